"""Libraries of any size, drawn: words, vectors that agree with them, links and filters."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from search.entries import Entry
from search.library.reader import Library, read_library
from tests.fakes import TINY_CORPUS

DIM = 24
STARTS, ENDS = ("jar", "rou", "mai", "pon", "ter", "bal"), ("din", "ton", "tier", "ler")
WORDS = [f"{start}{end}" for start in STARTS for end in ENDS]


class WordVectors:
    """Gives a text the sum of vectors drawn for its words.

    Attributes:
        name, dim: As an encoder's.
    """

    name, dim = "words@1", DIM

    def load(self) -> None:
        """There is nothing to load."""

    def encode_document(self, texts: Sequence[str]) -> np.ndarray:
        """Return unit rows."""
        rows = np.stack([sum((self._word(word) for word in text.lower().split()), np.zeros(DIM)) for text in texts])
        unit: np.ndarray = rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)
        return unit.astype(np.float32)

    encode_query = encode_document

    @staticmethod
    def _word(word: str) -> np.ndarray:
        return np.random.default_rng(list(word.strip('".').encode())).standard_normal(DIM)


def drawn_entries(count: int) -> Iterator[Entry]:
    """Draw practices and cases of two passages; every case shows a practice, every fifth is related to another."""
    chance = np.random.default_rng(0)
    for n in range(count):
        case = n % 2 == 1
        language = ("fr", "en")[n // 2 % 2]
        text = {name: " ".join(chance.choice(WORDS, size)) + "." for name, size in (("summary", 6), ("result", 9))}
        yield Entry(
            id=f"entry-{n:04}",
            kind="case" if case else "insight",
            phases={},
            conditions={},
            actors=(),
            related=(f"entry-{n - 5:04}",) if n and n % 5 == 0 else (),
            illustrates=(f"entry-{n - 1:04}",) if case else (),
            sources=(),
            texts={language: {"title": f"Titre{n}", "summary": text["summary"], "description": text["result"]}},
            country="france" if n % 40 == 1 else "belgium",
            facets={"Quartier (2)": ("Nord", 'L\'Est, "haut"')}
            if n % 3
            else {"Quartier (2)": ("Sud",), "Thème": ("Eau",)},
        )


def drawn_library(entries: Sequence[Entry]) -> Library:
    """Make a library of some entries."""
    return Library(tuple(entries), read_library(TINY_CORPUS).vocabulary, TINY_CORPUS, {})
