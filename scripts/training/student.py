"""Put the student together: the teacher's body, the bilingual vocabulary, the usual pooling."""

from __future__ import annotations

from pathlib import Path

import torch
from sentence_transformers import SentenceTransformer
from sentence_transformers.sentence_transformer.modules import Normalize, Pooling, Transformer
from tokenizers import Tokenizer
from transformers import AutoModel, PreTrainedTokenizerFast

from scripts.training.vocabulary import build_tokenizer, first_rows, save_tokenizer, train_bag


def make_student(pairs: list[tuple[str, str]], teacher: Path, folder: Path, *, french_size: int, seed: int) -> Path:
    """Write an untrained student in sentence-transformers format.

    Args:
        pairs: (English, French) texts the vocabulary and the first rows are learned from.
        teacher: Folder of the English teacher (a BERT with mean pooling).
        folder: Where the student goes; left alone if it is there already.
        french_size: How many French word pieces to learn.
        seed: Fixes the bag of pieces.

    Returns:
        The student's folder.
    """
    target = folder / "student"
    if (target / "modules.json").exists():
        return target
    parts = folder / "parts"
    tokenizer = build_tokenizer([e for e, _ in pairs], [f for _, f in pairs], teacher, french_size)
    save_tokenizer(tokenizer, parts)
    bag = train_bag(pairs, tokenizer, seed)
    body = AutoModel.from_pretrained(teacher)
    rows = first_rows(
        tokenizer,
        Tokenizer.from_file(str(teacher / "tokenizer.json")),
        body.get_input_embeddings().weight.detach(),
        bag,
    )
    body.set_input_embeddings(torch.nn.Embedding.from_pretrained(rows, freeze=False, padding_idx=0))
    body.config.vocab_size = rows.shape[0]
    body.save_pretrained(parts)
    PreTrainedTokenizerFast.from_pretrained(parts).save_pretrained(parts)
    words = Transformer(str(parts), max_seq_length=256)
    student = SentenceTransformer(modules=[words, Pooling(body.config.hidden_size, "mean"), Normalize()])
    student.save(str(target))
    return target


def save_half(model: SentenceTransformer, folder: Path) -> None:
    """Save a model with its weights in float16 (half the size; sentence-transformers loads it as it is)."""
    model.half().save(str(folder), create_model_card=False)
