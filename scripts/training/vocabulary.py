"""A bilingual WordPiece vocabulary, and a first vector for each of its new pieces.

The English pieces are the teacher's own, so their rows are copied. The French pieces are learned from the
French side of the pairs; each starts as a weighted mean of the teacher's rows of its nearest English pieces,
found with a small bilingual bag of pieces trained on the same pairs.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import torch
from tokenizers import Tokenizer, decoders, models, normalizers, pre_tokenizers, processors, trainers

UNKNOWN = "[UNK]"
SPECIAL = ["[PAD]", UNKNOWN, "[CLS]", "[SEP]", "[MASK]"]
BAG_DIM = 256
NEIGHBOURS = 8
SHARPNESS = 20.0


def bert_tokenizer(pieces: dict[str, int]) -> Tokenizer:
    """Make a lower-casing, accent-stripping WordPiece tokenizer over the given pieces."""
    tokenizer = Tokenizer(models.WordPiece(pieces, unk_token=UNKNOWN, max_input_chars_per_word=100))
    tokenizer.normalizer = normalizers.Sequence(
        [
            normalizers.Replace("’", "'"),
            normalizers.Replace("ʼ", "'"),
            normalizers.Replace("œ", "oe"),
            normalizers.Replace("Œ", "OE"),
            normalizers.BertNormalizer(clean_text=True, handle_chinese_chars=True, strip_accents=True, lowercase=True),
        ]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.decoder = decoders.WordPiece(prefix="##")
    return tokenizer


def french_pieces(texts: Iterable[str], size: int) -> list[str]:
    """Learn `size` French word pieces, most useful first (not deterministic: train once, then reload)."""
    tokenizer = bert_tokenizer({UNKNOWN: 0})
    trainer = trainers.WordPieceTrainer(vocab_size=size, special_tokens=SPECIAL, show_progress=False)
    tokenizer.train_from_iterator(texts, trainer)
    vocabulary = tokenizer.get_vocab()
    return [piece for piece in sorted(vocabulary, key=vocabulary.__getitem__) if piece not in SPECIAL]


def english_pieces(texts: list[str], teacher: Tokenizer) -> list[str]:
    """Keep the teacher's pieces that occur in the English texts, in the teacher's order."""
    seen: Counter[int] = Counter()
    for start in range(0, len(texts), 10_000):
        for encoding in teacher.encode_batch(texts[start : start + 10_000], add_special_tokens=False):
            seen.update(encoding.ids)
    pieces = {identifier: piece for piece, identifier in teacher.get_vocab().items()}
    single = {
        identifier for identifier, piece in pieces.items() if len(piece.removeprefix("##")) == 1 and piece.isascii()
    }
    return [pieces[identifier] for identifier in sorted(set(seen) | single) if pieces[identifier] not in SPECIAL]


def build_tokenizer(english: list[str], french: list[str], teacher: Path, french_size: int) -> Tokenizer:
    """Join the teacher's English pieces and new French ones into one tokenizer.

    Args:
        english: English texts; the teacher's pieces that occur in them are kept.
        french: French texts the new pieces are learned from.
        teacher: The teacher's folder, holding ``tokenizer.json``.
        french_size: How many French pieces to learn before those the teacher has are set aside.

    Returns:
        A tokenizer with [CLS] and [SEP] around a text; specials first, then English, then French pieces.
    """
    kept = english_pieces(english, Tokenizer.from_file(str(teacher / "tokenizer.json")))
    known = set(kept) | set(SPECIAL)
    added = [piece for piece in french_pieces(french, french_size) if piece not in known]
    vocabulary = {piece: number for number, piece in enumerate(SPECIAL + kept + added)}
    tokenizer = bert_tokenizer(vocabulary)
    tokenizer.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]",
        pair="[CLS] $A [SEP] $B:1 [SEP]:1",
        special_tokens=[("[CLS]", vocabulary["[CLS]"]), ("[SEP]", vocabulary["[SEP]"])],
    )
    return tokenizer


def train_bag(pairs: list[tuple[str, str]], tokenizer: Tokenizer, seed: int, batch: int = 1024) -> torch.Tensor:
    """Train a bag of pieces so that the two sides of a pair point the same way.

    Args:
        pairs: (English, French) texts.
        tokenizer: Gives the pieces of both sides.
        seed: Fixes the first rows and the order.
        batch: Pairs compared with each other at each step.

    Returns:
        One row per piece, shape (n_pieces, BAG_DIM), not normalised.
    """
    torch.manual_seed(seed)
    bag = torch.nn.EmbeddingBag(tokenizer.get_vocab_size(), BAG_DIM, mode="mean", sparse=True)
    torch.nn.init.normal_(bag.weight, std=0.1)
    optimizer = torch.optim.SparseAdam(bag.parameters(), lr=5e-3)
    order = torch.randperm(len(pairs)).tolist()
    for start in range(0, len(order) - batch, batch):
        rows = [pairs[i] for i in order[start : start + batch]]
        english, french = (_bag_vectors(bag, tokenizer, [row[side] for row in rows]) for side in (0, 1))
        scores = 20.0 * english @ french.T
        target = torch.arange(batch)
        loss = torch.nn.functional.cross_entropy(scores, target) + torch.nn.functional.cross_entropy(scores.T, target)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return bag.weight.detach()


def _bag_vectors(bag: torch.nn.EmbeddingBag, tokenizer: Tokenizer, texts: list[str]) -> torch.Tensor:
    encodings = tokenizer.encode_batch(texts, add_special_tokens=False)
    ids = [encoding.ids[:96] or [1] for encoding in encodings]
    offsets = torch.tensor([0] + [len(i) for i in ids[:-1]]).cumsum(0)
    flat = torch.tensor([identifier for row in ids for identifier in row])
    return torch.nn.functional.normalize(bag(flat, offsets), dim=-1)


def first_rows(tokenizer: Tokenizer, teacher: Tokenizer, teacher_rows: torch.Tensor, bag: torch.Tensor) -> torch.Tensor:
    """Give every piece its starting row.

    Args:
        tokenizer: The bilingual tokenizer.
        teacher: The teacher's tokenizer.
        teacher_rows: The teacher's word rows, shape (n_teacher, dim).
        bag: Bilingual piece vectors, shape (n_pieces, BAG_DIM).

    Returns:
        Shape (n_pieces, dim): the teacher's row where the piece is the teacher's, else the mean of the rows of
        the NEIGHBOURS nearest English pieces, weighted by softmax(SHARPNESS * cosine).
    """
    vocabulary, known = tokenizer.get_vocab(), teacher.get_vocab()
    pieces = sorted(vocabulary, key=vocabulary.__getitem__)
    old = [number for number, piece in enumerate(pieces) if piece in known]
    new = [number for number, piece in enumerate(pieces) if piece not in known]
    rows = torch.empty(len(pieces), teacher_rows.shape[1])
    rows[old] = teacher_rows[[known[pieces[number]] for number in old]]
    anchors = [number for number in old if pieces[number] not in SPECIAL]
    unit = torch.nn.functional.normalize(bag, dim=-1)
    for start in range(0, len(new), 1000):
        some = new[start : start + 1000]
        cosine, place = (unit[some] @ unit[anchors].T).topk(NEIGHBOURS)
        weights = torch.softmax(SHARPNESS * cosine, dim=-1)
        rows[some] = (weights.unsqueeze(-1) * rows[torch.tensor(anchors)[place]]).sum(1)
    return rows


def save_tokenizer(tokenizer: Tokenizer, folder: Path) -> None:
    """Write tokenizer.json and the small files that let it load as a BERT tokenizer."""
    folder.mkdir(parents=True, exist_ok=True)
    tokenizer.save(str(folder / "tokenizer.json"))
    settings = {
        "tokenizer_class": "PreTrainedTokenizerFast",
        "model_max_length": 256,
        "pad_token": "[PAD]",
        "unk_token": UNKNOWN,
        "cls_token": "[CLS]",
        "sep_token": "[SEP]",
        "mask_token": "[MASK]",
        "model_input_names": ["input_ids", "token_type_ids", "attention_mask"],
    }
    (folder / "tokenizer_config.json").write_text(json.dumps(settings, indent=2) + "\n", encoding="utf-8")
