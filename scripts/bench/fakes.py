"""Encoders and libraries that are drawn, so that any size can be measured without a model."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import numpy as np

import search
from search.building.indexing import build_index
from search.encoding.embedding_cache import EmbeddingCache
from search.entries import Entry
from search.index.writing import save_index
from search.library.reader import Library

DIM, CENTRES, WORDS, ASKED = 384, 2_000, 30, 12
"""Numbers of a vector, centres they are around, words of a text and of a query."""


def drawn_centres() -> np.ndarray:
    """Draw the centres, float32, shape (CENTRES, DIM); they are always the same."""
    return np.random.default_rng(0).standard_normal((CENTRES, DIM)).astype(np.float32)


def unit(rows: np.ndarray) -> np.ndarray:
    """Give rows, shape (n, dim), unit length."""
    scaled: np.ndarray = rows / np.linalg.norm(rows, axis=1, keepdims=True)
    return scaled


class DrawnEncoder:
    """Gives every text a unit vector of its own: one of the centres and noise, drawn from the text.

    Attributes:
        name, dim: As an encoder's.
        encoded: Texts it was given so far.
        spent: Seconds it drew so far: no part of building.
    """

    name, dim = "drawn@1", DIM

    def __init__(self) -> None:
        self._centres = drawn_centres()
        self.encoded, self.spent = 0, 0.0

    def encode_document(self, texts: Sequence[str]) -> np.ndarray:
        """Return unit rows, shape (n_texts, dim)."""
        start = time.perf_counter()
        rows = unit(np.stack([self._vector(text) for text in texts]))
        self.encoded += len(texts)
        self.spent += time.perf_counter() - start
        return rows

    encode_query = encode_document

    def _vector(self, text: str) -> np.ndarray:
        draw = np.random.default_rng(int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "little"))
        vector: np.ndarray = self._centres[draw.integers(CENTRES)] + draw.standard_normal(DIM, dtype=np.float32)
        return vector


class RememberingEncoder:
    """An encoder that remembers the queries it was given: asked again, they cost nothing.

    Attributes:
        name, dim: As the encoder's.
    """

    def __init__(self, encoder: search.Encoder, known: dict[str, np.ndarray] | None = None) -> None:
        self._encoder, self.name, self.dim = encoder, encoder.name, encoder.dim
        self._known = known or {}

    def encode_document(self, texts: Sequence[str]) -> np.ndarray:
        """Return what the encoder does, shape (n_texts, dim)."""
        return self._encoder.encode_document(texts)

    def encode_query(self, texts: Sequence[str]) -> np.ndarray:
        """Return what the encoder does, shape (n_texts, dim); it is asked for texts not known yet."""
        for text in texts:
            if text not in self._known:
                self._known[text] = self._encoder.encode_query([text])[0]
        return np.stack([self._known[text] for text in texts])


def drawn_library(count: int) -> Library:
    """Make a library of so many passages, two an entry, of the shipped library's words."""
    shipped = search.read_library(search.default_corpus())
    words = np.array(" ".join(str(entry.text("description", "fr")) for entry in shipped.entries).split())
    draw = np.random.default_rng(1)

    def text() -> str:
        return " ".join(draw.choice(words, WORDS)) + "."

    entries = tuple(
        Entry(
            id=f"entry-{n:07}",
            kind="insight",
            phases={},
            conditions={},
            actors=(),
            related=(),
            illustrates=(),
            sources=(),
            texts={"fr": {"title": " ".join(draw.choice(words, 6)), "summary": text(), "description": text()}},
        )
        for n in range(count // 2)
    )
    return Library(entries, shipped.vocabulary, Path("drawn"), {})


def drawn_queries(texts: Sequence[str], count: int) -> list[str]:
    """Draw queries, each of some words of one text."""
    draw = np.random.default_rng(2)
    return [" ".join(draw.choice(texts[row].split(), ASKED)) for row in draw.integers(len(texts), size=count)]


def write_index(library: Library, encoder: search.Encoder, folder: Path) -> None:
    """Build the index of a library and write it."""
    with closing(EmbeddingCache(folder / "embeddings.sqlite")) as cache:
        save_index(build_index(library, encoder, cache), folder)
