"""BM25 over the passages of one language."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import OSA

from ..text.analysis import analyse_spelt
from .inverted_index import InvertedIndex, among
from .lazy_files import load_array

SHORTEST_MENDED, LONG_WORD = 4, 8
"""Letters from which a stem's spelling is mended at all, and from which two letters may be wrong."""


RARE, FEW = 0.02, 2
"""A stem is rare that at most this share of the texts has, or so few in a small library."""

K1, B = 1.5, 0.75
"""How soon more of a stem adds no more, and how much the length of a text counts: the usual values."""


def bm25_weights(postings: InvertedIndex, counts: np.ndarray, size: int) -> np.ndarray:
    """Weigh every stem in every text that has it, as Lucene does (the library bm25s is the tests' reference).

    Args:
        postings: Which texts have which stem.
        counts: How often, in the order of ``postings.texts``, shape (n_pairs,).
        size: How many texts there are, those without a stem too.

    Returns:
        What a stem adds to the score of a text, float32, shape (n_pairs,).

    Source:
        Robertson and Zaragoza, The Probabilistic Relevance Framework: BM25 and Beyond, 2009; the variant as in
        Kamphuis, de Vries, Boytsov and Lin, Which BM25 Do You Mean?, 2020.
    """
    having = np.diff(postings.starts)
    idf = np.log1p((size - having + 0.5) / (having + 0.5))
    lengths = np.bincount(postings.texts, weights=counts, minlength=size)
    usual = max(float(lengths.sum()) / max(size, 1), 1e-12)
    slowing = K1 * (1 - B + B * lengths / usual)
    weights: np.ndarray = np.repeat(idf, having) * counts / (counts + slowing[postings.texts])
    return weights.astype(np.float32)


@dataclass(frozen=True)
class BM25:
    """BM25 over texts of one language.

    Attributes:
        language: Of the texts.
        postings: Which texts have which stem; a text goes by its row among all texts of all languages.
        weights: What a stem adds to the score of each text that has it, float32, in the order of ``postings.texts``,
            shape (n_pairs,).
        size: How many texts are of this language.
        total: How many texts there are.
    """

    language: str
    postings: InvertedIndex
    weights: np.ndarray
    size: int
    total: int

    @classmethod
    def of(cls, texts: Sequence[str], language: str, rows: np.ndarray | None = None, total: int | None = None) -> BM25:
        """Index texts.

        Args:
            texts: Of one language, as `one_spelling` writes them.
            language: Theirs.
            rows: Of each among all texts of all languages, rising, shape (n_texts,); None when there are no others.
            total: How many there are in all.
        """
        postings, counts = InvertedIndex.counted(analyse_spelt(text, language) for text in texts)
        weights = bm25_weights(postings, counts, len(texts))
        if rows is not None:
            postings = replace(postings, texts=rows[postings.texts].astype(np.int32))
        return cls(language, postings, weights, len(texts), len(texts) if total is None else total)

    def save(self, folder: Path) -> None:
        """Write the arrays into a folder."""
        self.postings.save(folder, f"terms-{self.language}")
        np.save(folder / f"terms-{self.language}-weights.npy", self.weights, allow_pickle=False)

    @classmethod
    def load(cls, folder: Path, language: str, size: int, total: int) -> BM25:
        """Read what `save` wrote; ``size`` and ``total`` are as in the class."""
        weights = load_array(folder / f"terms-{language}-weights.npy")
        return cls(language, InvertedIndex.load(folder, f"terms-{language}"), weights, size, total)

    @cached_property
    def _by_letter(self) -> Mapping[str, Sequence[str]]:
        groups: dict[str, list[str]] = {}
        for stem in self.postings.terms:
            groups.setdefault(stem[0], []).append(stem)
        return groups

    def knows(self, stem: str) -> bool:
        """Say whether a text has a stem."""
        return stem in self.postings.slices

    def scores(self, stems: Collection[str]) -> np.ndarray:
        """Score every text against stems; each counts once.

        Returns:
            BM25 scores, float32, shape (total,); 0 where no stem is shared.
        """
        parts = [self.postings.slice_of(stem) for stem in dict.fromkeys(stems)]
        return _added([self.postings.texts[part] for part in parts], [self.weights[part] for part in parts], self.total)

    def coverage(self, stems: Collection[str], rows: np.ndarray | None = None) -> np.ndarray:
        """Say how much of some stems texts have; a stem weighs by how few texts have it.

        Args:
            stems: Any; each counts once.
            rows: Of the texts, shape (n,); every text when None.

        Returns:
            Shares, float32, shape (n,): 0 none, 1 all of them; a stem no text has weighs most.
        """
        having = [self.postings.having(stem) for stem in dict.fromkeys(stems)]
        weights = [math.log(1.0 + self.size / (len(texts) + 0.5)) for texts in having]
        return self._share(having, weights, rows)

    def shared(self, stems: Collection[str], rows: np.ndarray | None = None) -> np.ndarray:
        """Say what share of some stems texts have, shape (n,): as `coverage`, but each stem weighs the same."""
        having = [self.postings.having(stem) for stem in dict.fromkeys(stems)]
        return self._share(having, [1.0] * len(having), rows)

    def rare(self, stems: Collection[str], rows: np.ndarray | None = None) -> np.ndarray:
        """Count how many of some stems texts have that few others have (FEW, or the share RARE of them), shape (n,)."""
        having = [self.postings.having(stem) for stem in dict.fromkeys(stems)]
        few = [texts for texts in having if len(texts) <= max(FEW, RARE * self.size)]
        return self._sum(few, [1.0] * len(few), rows)

    def _share(self, having: Sequence[np.ndarray], weights: Sequence[float], rows: np.ndarray | None) -> np.ndarray:
        """Add up the weights of the stems that texts have, as a share of all weights."""
        sums, total = self._sum(having, weights, rows), sum(weights)
        return sums / total if total else sums

    def _sum(self, having: Sequence[np.ndarray], weights: Sequence[float], rows: np.ndarray | None) -> np.ndarray:
        """Add up the weights of the stems that texts have."""
        if rows is None:
            of_each = [np.full(len(texts), weight) for texts, weight in zip(having, weights, strict=True)]
            return _added(having, of_each, self.total)
        sums = np.zeros(len(rows), dtype=np.float32)
        for texts, weight in zip(having, weights, strict=True):
            sums += among(rows, texts) * np.float32(weight)
        return sums

    def nearest_spelling(self, stem: str) -> str | None:
        """Return the stem of the texts that a misspelt one stands for, or None when none is near enough.

        Near enough: one letter added, lost, changed or exchanged with its neighbour, two in a long word; the first
        letter is right.
        """
        if len(stem) < SHORTEST_MENDED or not stem.isalpha():
            return None
        wrong = 2 if len(stem) >= LONG_WORD else 1
        same_start = self._by_letter.get(stem[0], ())
        found = process.extractOne(stem, same_start, scorer=OSA.distance, score_cutoff=wrong)
        return str(found[0]) if found else None


def _added(texts: Sequence[np.ndarray], weights: Sequence[np.ndarray], size: int) -> np.ndarray:
    """Add weights up by the texts they are of, both in arrays of the same lengths; float32, shape (size,)."""
    if not texts:
        return np.zeros(size, dtype=np.float32)
    return np.bincount(np.concatenate(texts), np.concatenate(weights), minlength=size).astype(np.float32)
