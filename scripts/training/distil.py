"""Teach the student to give a French text the vector the teacher gives its English translation."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
import torch
from datasets import Dataset
from sentence_transformers import SentenceTransformer, SentenceTransformerTrainer, SentenceTransformerTrainingArguments
from sentence_transformers.base.sampler import DefaultBatchSampler
from torch.utils.data import SequentialSampler

from scripts.training.pairs import mixed_pairs

BATCH = 96
CONTRAST_SCALE = 20.0
CONTRAST_WEIGHT = 0.1
ENGLISH_SHARE = 1 / 3


class TeacherVectors:
    """The teacher's vectors of English texts, made once and kept on disk (float16)."""

    def __init__(self, teacher: str, texts: list[str], folder: Path, chunk: int = 20_000) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.row = {text: number for number, text in enumerate(texts)}
        parts = []
        model: SentenceTransformer | None = None
        for start in range(0, len(texts), chunk):
            path = folder / f"{start:08d}.npy"
            if not path.exists():
                model = model or SentenceTransformer(teacher)
                vectors = model.encode(texts[start : start + chunk], batch_size=64, show_progress_bar=False)
                np.save(path.with_suffix(".part.npy"), vectors.astype(np.float16))
                path.with_suffix(".part.npy").rename(path)
                print(f"teacher vectors: {start + len(vectors):,} of {len(texts):,}", flush=True)
            parts.append(np.load(path))
        self.vectors = np.concatenate(parts)


class DistilLoss(torch.nn.Module):
    """1 - cosine to the teacher's vector, plus telling it apart from the others of the batch.

    The label of an example is the row of its teacher vector.
    """

    def __init__(self, model: SentenceTransformer, vectors: np.ndarray) -> None:
        super().__init__()
        self.model = model
        self.vectors = vectors

    def forward(self, sentence_features: Iterable[dict[str, torch.Tensor]], labels: torch.Tensor) -> torch.Tensor:
        """Return the loss of one batch, a scalar."""
        (features,) = sentence_features
        student = self.model(features)["sentence_embedding"].float()
        teacher = torch.from_numpy(self.vectors[labels.cpu().numpy()]).float().to(student.device)
        near = (1.0 - torch.nn.functional.cosine_similarity(student, teacher)).mean()
        target = torch.arange(len(student), device=student.device)
        apart = torch.nn.functional.cross_entropy(CONTRAST_SCALE * student @ teacher.T, target)
        return near + CONTRAST_WEIGHT * apart


def planned_examples(pairs: list[tuple[str, str]], chance: random.Random) -> list[tuple[str, str]]:
    """Turn pairs into (text, English text) examples, in batches of one language and similar length.

    Every French side is used, and as many English sides as make ENGLISH_SHARE of the whole; the order of
    the batches is shuffled.
    """
    english = chance.sample(pairs, int(len(pairs) * ENGLISH_SHARE / (1 - ENGLISH_SHARE)))
    batches = []
    for examples in ([(f, e) for e, f in pairs], [(e, e) for e, _ in english]):
        counts = Counter(examples)
        for turn in range(max(counts.values())):  # a repeated pair never meets itself in a batch
            pool = [example for example, count in counts.items() if count > turn]
            chance.shuffle(pool)
            for start in range(0, len(pool), 50 * BATCH):
                window = sorted(pool[start : start + 50 * BATCH], key=lambda example: len(example[0]))
                batches += [window[i : i + BATCH] for i in range(0, len(window) - BATCH + 1, BATCH)]
    chance.shuffle(batches)
    return [example for batch in batches for example in batch]


def thinned(examples: list[tuple[str, str]], count: int) -> list[tuple[str, str]]:
    """Keep about ``count`` examples: whole batches, evenly spread, in their order."""
    starts = range(0, len(examples) - BATCH + 1, BATCH)
    wanted = min(max(count // BATCH, 1), len(starts))
    kept = [starts[number * len(starts) // wanted] for number in range(wanted)]
    return [example for start in kept for example in examples[start : start + BATCH]]


def in_order(dataset: Dataset, batch_size: int, drop_last: bool, **_: Any) -> DefaultBatchSampler:
    """Keep the planned order: the batches are already made."""
    return DefaultBatchSampler(SequentialSampler(dataset), batch_size=batch_size, drop_last=drop_last)


def distil(
    student: Path,
    teacher: str,
    data: Path,
    folder: Path,
    *,
    seed: int,
    sentences: int | None = None,
    gently: bool = False,
) -> SentenceTransformer:
    """Run the distillation, from the last checkpoint if there is one.

    Args:
        student: Folder of the student, untrained or to be taught further.
        teacher: Folder of the English teacher.
        data: Folder of the training data.
        folder: Where teacher vectors and checkpoints are kept.
        seed: Fixes data and order.
        sentences: Read about this many, spread evenly over the mix; None reads all of it.
        gently: Half the learning rates, for a student that has learned before.

    Returns:
        The trained student, in float32.
    """
    chance = random.Random(seed)
    pace = 0.5 if gently else 1.0
    stages = mixed_pairs(data, seed)
    examples = [example for stage in sorted(stages) for example in planned_examples(stages[stage], chance)]
    examples = thinned(examples, sentences) if sentences else examples
    targets = list(dict.fromkeys(english for _, english in examples))
    teacher_vectors = TeacherVectors(teacher, targets, folder / "teacher")
    dataset = Dataset.from_dict(
        {"text": [text for text, _ in examples], "label": [teacher_vectors.row[english] for _, english in examples]}
    )
    model = SentenceTransformer(str(student), model_kwargs={"dtype": "float32"})
    model.max_seq_length = 128
    without_dropout(model)
    trainer = SentenceTransformerTrainer(
        model=model,
        args=training_arguments(folder / "distil", seed=seed, batch=BATCH, body=1e-4 * pace, rows=1e-3 * pace),
        train_dataset=dataset,
        loss=DistilLoss(model, teacher_vectors.vectors),
    )
    trainer.train(resume_from_checkpoint=any((folder / "distil").glob("checkpoint-*")))
    return model


def without_dropout(model: SentenceTransformer) -> None:
    """Switch dropout off: the teacher's vector is a fixed target, and it costs time."""
    for module in model.modules():
        if isinstance(module, torch.nn.Dropout):
            module.p = 0.0


def training_arguments(
    folder: Path, *, seed: int, batch: int, body: float = 1e-4, rows: float = 1e-3, warmup: int = 100
) -> SentenceTransformerTrainingArguments:
    """Settings of both stages: one learning rate for the body, one for the word rows, checkpoints.

    bf16 on a GPU only: on a processor without matrix units for it, float32 was faster.
    """
    return SentenceTransformerTrainingArguments(
        output_dir=str(folder),
        num_train_epochs=1,
        per_device_train_batch_size=batch,
        learning_rate=body,
        learning_rate_mapping={r"word_embeddings": rows},
        weight_decay=0.01,
        warmup_steps=warmup,
        lr_scheduler_type="cosine",
        optim="adamw_torch_fused",
        bf16=torch.cuda.is_available(),
        seed=seed,
        batch_sampler=in_order,
        dataloader_drop_last=True,
        save_steps=500,
        save_total_limit=2,
        logging_steps=50,
        report_to="none",
        disable_tqdm=True,
    )
