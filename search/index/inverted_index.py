"""Which texts have which terms: an inverted index, in arrays that a file keeps as they are."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from pathlib import Path

import numpy as np

from .lazy_files import load_array

_EMPTY = slice(0, 0)


_NONE = np.array([], dtype=np.int32)


@dataclass(frozen=True)
class InvertedIndex:
    """An inverted index.

    Attributes:
        terms: In order of first use.
        starts: Where the texts of each term begin in ``texts``, int64, shape (n_terms + 1,).
        texts: Rows of the texts that have each term, rising within a term, int32, shape (n_pairs,).
    """

    terms: tuple[str, ...]
    starts: np.ndarray
    texts: np.ndarray

    @classmethod
    def of(cls, texts: Iterable[Iterable[str]]) -> InvertedIndex:
        """Index texts, by row in order, by their different terms."""
        return cls.counted(texts)[0]

    @classmethod
    def counted(cls, texts: Iterable[Iterable[str]]) -> tuple[InvertedIndex, np.ndarray]:
        """Index texts, by row in order, and count how often each has each of its terms.

        Args:
            texts: The terms of each text, repeats kept.

        Returns:
            The index, and the counts in the order of its ``texts``, int64, shape (n_pairs,).
        """
        number: defaultdict[str, int] = defaultdict()
        number.default_factory = number.__len__  # a term not met before gets the next number
        of_texts = [[number[term] for term in text] for text in texts]
        lengths = np.fromiter(map(len, of_texts), dtype=np.int64, count=len(of_texts))
        flat = np.fromiter(chain.from_iterable(of_texts), dtype=np.int64, count=int(lengths.sum()))
        rows = np.repeat(np.arange(len(of_texts)), lengths)
        pairs, counts = np.unique(flat * len(of_texts) + rows, return_counts=True)
        of_terms, texts_of_terms = np.divmod(pairs, max(len(of_texts), 1))
        starts = np.searchsorted(of_terms, np.arange(len(number) + 1))
        return cls(tuple(number), starts, texts_of_terms.astype(np.int32)), counts

    @cached_property
    def slices(self) -> Mapping[str, slice]:
        """Which part of ``texts`` each term has."""
        return dict(zip(self.terms, map(slice, self.starts[:-1].tolist(), self.starts[1:].tolist()), strict=True))

    def slice_of(self, term: str) -> slice:
        """Return which part of ``texts`` a term has; an empty slice when no text has it."""
        return self.slices.get(term, _EMPTY)

    def having(self, term: str) -> np.ndarray:
        """Return the rows of the texts that have a term, rising, shape (n,)."""
        return self.texts[self.slice_of(term)]

    def having_all(self, terms: Collection[str]) -> np.ndarray:
        """Return the rows of the texts that have every one of some terms, rising, shape (n,); none for no terms."""
        found: np.ndarray | None = None
        for some in sorted(map(self.having, terms), key=len):
            found = some if found is None else found[among(found, some)]
        return _NONE if found is None else found

    def save(self, folder: Path, name: str) -> None:
        """Write the arrays into a folder, as ``NAME.json``, ``NAME-starts.npy`` and ``NAME-texts.npy``."""
        (folder / f"{name}.json").write_text(json.dumps(self.terms, ensure_ascii=False) + "\n", encoding="utf-8")
        np.save(folder / f"{name}-starts.npy", self.starts, allow_pickle=False)
        np.save(folder / f"{name}-texts.npy", self.texts, allow_pickle=False)

    @classmethod
    def load(cls, folder: Path, name: str) -> InvertedIndex:
        """Read what `save` wrote."""
        terms = tuple(json.loads((folder / f"{name}.json").read_text(encoding="utf-8")))
        return cls(terms, load_array(folder / f"{name}-starts.npy"), load_array(folder / f"{name}-texts.npy"))


def among(wanted: np.ndarray, rising: np.ndarray) -> np.ndarray:
    """Say which of some rows are among others that rise.

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
