"""What the folder of a model says of it, read without loading its weights: that takes seconds, most of them imports."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

USUAL_MODULES = (("Transformer", "Pooling"), ("Transformer", "Pooling", "Normalize"))
"""Modules, in order, of models whose vectors are as long as their pooling says, and that read queries as documents."""


@dataclass(frozen=True)
class ModelFacts:
    """What is known of a model before it is loaded.

    Attributes:
        dim: Length of a vector.
        prompts: What is written before a text, by what it is for.
        words: The whole words of its vocabulary; none where its words are cut otherwise than into WordPieces.
    """

    dim: int
    prompts: Mapping[str, str]
    words: frozenset[str]

    @classmethod
    def read(cls, folder: Path) -> ModelFacts | None:
        """Read the folder of a sentence-transformers model; None where only loading it tells, or something is wrong."""
        try:
            modules = [module["type"].rpartition(".")[2] for module in _read_json(folder / "modules.json")]
            if tuple(modules) not in USUAL_MODULES or not _is_whole(folder / "model.safetensors"):
                return None
            pooling = _read_json(folder / "1_Pooling" / "config.json")
            if pooling["pooling_mode"] not in ("mean", "cls", "max"):  # others put several vectors in a row
                return None
            return cls(
                int(pooling["embedding_dimension"]),
                dict(_read_json(folder / "config_sentence_transformers.json")["prompts"]),
                whole_words(_read_json(folder / "tokenizer.json")["model"]["vocab"]),
            )
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return None


def whole_words(vocabulary: Mapping[str, int]) -> frozenset[str]:
    """Return the pieces of a vocabulary when it is one of WordPieces: those without ``##`` are whole words."""
    return frozenset(vocabulary) if "##s" in vocabulary else frozenset()


def _read_json(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def _is_whole(weights: Path) -> bool:
    """Say whether a file of weights is as long as its head says.

    Source:
        The safetensors format: 8 bytes, little-endian, length of the head; the head, JSON; the numbers.
    """
    with weights.open("rb") as file:
        head = int.from_bytes(file.read(8), "little")
        size = weights.stat().st_size
        if head > size:
            return False
        ends = [one["data_offsets"][1] for name, one in json.loads(file.read(head)).items() if name != "__metadata__"]
    return bool(size == 8 + head + max(ends))
