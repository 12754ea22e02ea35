"""Which texts have which words: an inverted index, in arrays that a file keeps as they are."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np

from .lazy_files import load_array

_NOWHERE = slice(0, 0)


_NONE = np.array([], dtype=np.int32)


@dataclass(frozen=True)
class InvertedIndex:
    """An inverted index.

    Attributes:
        words: In order of first use.
        starts: Where the texts of each word begin in ``texts``, int64, shape (n_words + 1,).
        texts: Numbers of the texts that have each word, rising within a word, int32.
    """

    words: tuple[str, ...]
    starts: np.ndarray
    texts: np.ndarray

    @classmethod
    def of(cls, texts: Iterable[Collection[str]]) -> InvertedIndex:
        """Index texts, numbered in order, by their different words."""
        number: dict[str, int] = {}
        rows = [[number.setdefault(word, len(number)) for word in dict.fromkeys(text)] for text in texts]
        return cls.of_numbers(tuple(number), rows)

    @classmethod
    def of_numbers(cls, words: tuple[str, ...], rows: Sequence[Sequence[int]]) -> InvertedIndex:
        """Index texts by the numbers of their different words."""
        lengths = np.fromiter(map(len, rows), dtype=np.int64, count=len(rows))
        flat = np.fromiter((word for row in rows for word in row), dtype=np.int32, count=int(lengths.sum()))
        of_text = np.repeat(np.arange(len(rows), dtype=np.int32), lengths)
        counts = np.bincount(flat, minlength=len(words))
        starts = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
        return cls(words, starts, of_text[np.argsort(flat, kind="stable")])

    @cached_property
    def places(self) -> Mapping[str, slice]:
        """Where the texts of each word stand in ``texts``."""
        return dict(zip(self.words, map(slice, self.starts[:-1].tolist(), self.starts[1:].tolist()), strict=True))

    def place(self, word: str) -> slice:
        """Return where a word's texts stand in ``texts``; an empty slice when no text has it."""
        return self.places.get(word, _NOWHERE)

    def having(self, word: str) -> np.ndarray:
        """Number the texts that have a word, rising."""
        return self.texts[self.place(word)]

    def having_all(self, words: Collection[str]) -> np.ndarray:
        """Number the texts that have every one of some words, rising; none when there are no words."""
        found: np.ndarray | None = None
        for some in sorted((self.having(word) for word in words), key=len):
            found = some if found is None else found[among(found, some)]
        return _NONE if found is None else found

    def save(self, folder: Path, name: str) -> None:
        """Write the arrays into a folder, as ``NAME.json``, ``NAME-starts.npy`` and ``NAME-texts.npy``."""
        (folder / f"{name}.json").write_text(json.dumps(self.words, ensure_ascii=False) + "\n", encoding="utf-8")
        np.save(folder / f"{name}-starts.npy", self.starts, allow_pickle=False)
        np.save(folder / f"{name}-texts.npy", self.texts, allow_pickle=False)

    @classmethod
    def load(cls, folder: Path, name: str) -> InvertedIndex:
        """Read what `save` wrote."""
        words = tuple(json.loads((folder / f"{name}.json").read_text(encoding="utf-8")))
        return cls(words, load_array(folder / f"{name}-starts.npy"), load_array(folder / f"{name}-texts.npy"))


def among(wanted: np.ndarray, rising: np.ndarray) -> np.ndarray:
    """Say which of some numbers are among others that rise.

    Args:
        wanted: Shape (n,).
        rising: Shape (m,).

    Returns:
        Truth, shape (n,).
    """
    if not len(rising):
        return np.zeros(len(wanted), dtype=bool)
    found: np.ndarray = rising.take(rising.searchsorted(wanted), mode="clip") == wanted
    return found
