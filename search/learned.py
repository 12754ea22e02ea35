"""What situations teach of which entries answer: kernel ridge regression over their vectors and their letters.

A new situation is answered by the entries of those it is like, in meaning and in its very words, each counting as much
as it tells more than the others. Letters are compared as well as vectors because people of one trade or trouble use
the same words, many of them alike in French and in English, and because a small encoder does not keep them all.

Source:
    Saunders, Gammerman and Vovk, Ridge Regression Learning Algorithm in Dual Variables, 1998 (by scikit-learn).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from search.lexical import fold

if TYPE_CHECKING:
    from scipy.sparse import csr_array
    from sklearn.feature_extraction.text import HashingVectorizer

ALPHA = 1.0
"""Penalty: how little one situation alone may decide."""

LETTERS = 4.0
"""What being spelt alike counts, where being alike in meaning counts 1."""

FIRST, OTHERS = 1.0, 0.6
"""What the entry a situation was told for is worth, and the others that answer it."""

COMPANY, RARE = 0.5, 10
"""What an entry gains by those it often answers with; situations added to each count, so that few prove little."""

GRAMS, SIZE, COMMON = (3, 5), 2**18, 3
"""Letters in a row that are compared; places they are hashed to; situations that must have one for it to count."""


@dataclass(frozen=True)
class Learned:
    """What was learned, and what a query is compared with.

    Attributes:
        vectors: Unit rows of the situations, float16, shape (n, dim).
        letters: Unit columns of their weighted letter grams, shape (SIZE, n): a query reads the rows of its own grams.
        rarity: Weight of each gram, float32, shape (SIZE,); 0 for one that fewer than COMMON situations have.
        weights: What each situation says of each entry and, last, of there being no answer, float16, shape
            (n_entries + 1, n): a product reads it row by row.
    """

    vectors: np.ndarray
    letters: csr_array
    rarity: np.ndarray
    weights: np.ndarray

    @classmethod
    def fit(
        cls, vectors: np.ndarray, texts: Sequence[str], answers: Sequence[Sequence[str]], ids: Sequence[str]
    ) -> Learned:
        """Learn which entries answer a text.

        Args:
            vectors: Unit rows of the situations, shape (n, dim).
            texts: The situations.
            answers: Of each, the entries that answer it, the one it was told for first; none when the library has no
                answer. Ids that are not in ``ids`` are passed over.
            ids: Of the entries.
        """
        counts = _counts(texts)
        rarity = _rarity(counts)
        letters = _unit_rows(counts, rarity)
        weights = np.zeros((len(ids) + 1, len(texts)), dtype=np.float16)
        if len(texts):
            from sklearn.kernel_ridge import KernelRidge  # only needed to learn

            kernel = likeness(vectors @ vectors.T) + LETTERS * (letters @ letters.T).toarray()
            model = KernelRidge(alpha=ALPHA, kernel="precomputed").fit(kernel, _wanted(answers, ids))
            weights = np.ascontiguousarray(model.dual_coef_.T, dtype=np.float16)
        return cls(vectors.astype(np.float16), letters.T.tocsr(), rarity, weights)

    def answer(self, text: str, cosines: np.ndarray) -> np.ndarray:
        """Say how likely each entry is to answer a text.

        Args:
            text: The text.
            cosines: Of its vector with each situation's, shape (n,).

        Returns:
            Shape (n_entries + 1,): about 0 for an entry that does not answer, 1 for one that was told of in such words;
            the last says the same of there being no answer.
        """
        if not len(cosines):
            return np.zeros(len(self.weights), dtype=np.float32)
        asked = _unit_rows(_counts([text]), self.rarity)
        letters = self.letters[asked.indices].T @ asked.data  # a product of sparse arrays would make a third
        answers: np.ndarray = self.weights @ (likeness(cosines) + LETTERS * letters).astype(np.float32)
        return answers

    def save(self, folder: Path) -> None:
        """Write the arrays into a folder."""
        from scipy.sparse import save_npz

        np.save(folder / "told.npy", self.vectors, allow_pickle=False)
        np.save(folder / "told-rarity.npy", self.rarity, allow_pickle=False)
        np.save(folder / "told-weights.npy", self.weights, allow_pickle=False)
        save_npz(folder / "told-letters.npz", self.letters)

    @classmethod
    def load(cls, folder: Path) -> Learned:
        """Read what `save` wrote."""
        from scipy.sparse import csr_array, load_npz

        vectors, rarity, weights = (
            np.load(folder / f"{name}.npy", allow_pickle=False) for name in ("told", "told-rarity", "told-weights")
        )
        return cls(vectors, csr_array(load_npz(folder / "told-letters.npz")), rarity, weights.astype(np.float32))


def likeness(cosines: np.ndarray) -> np.ndarray:
    """Return the kernel of cosines: their square, 0 for those below 0; the same shape."""
    positive: np.ndarray = np.maximum(cosines, 0.0) ** 2
    return positive


def _wanted(answers: Sequence[Sequence[str]], ids: Sequence[str]) -> np.ndarray:
    """Return what should come out for each situation, shape (n, n_entries + 1)."""
    number: Mapping[str, int] = {name: n for n, name in enumerate(ids)}
    wanted = np.zeros((len(answers), len(ids) + 1), dtype=np.float32)
    for row, names in enumerate(answers):
        wanted[row, -1] = 0.0 if names else 1.0
        for place, name in enumerate(names):
            if name in number:
                wanted[row, number[name]] = OTHERS if place else FIRST
    wanted[:, :-1] += COMPANY * wanted[:, :-1] @ _company(wanted[:, :-1] > 0)
    return wanted


def _company(answers: np.ndarray) -> np.ndarray:
    """Say how often entries answer the same situations, as the cosine of their columns; 0 for an entry with itself.

    Nobody names every entry that answers a situation: those that usually go with the named ones are worth something.

    Source:
        Sarwar, Karypis, Konstan and Riedl, Item-Based Collaborative Filtering Recommendation Algorithms, 2001.
    """
    named = answers.astype(np.float32)
    together = named.T @ named
    counts = np.diag(together) + RARE
    cosines: np.ndarray = together / np.sqrt(np.outer(counts, counts))
    np.fill_diagonal(cosines, 0.0)
    return cosines


def _counts(texts: Sequence[str]) -> csr_array:
    """Count the letter grams inside the words of each text: 1 + the logarithm of how often, shape (n, SIZE)."""
    from scipy.sparse import csr_array

    counts = csr_array(_vectorizer().transform(texts), dtype=np.float32) if texts else csr_array((0, SIZE), dtype="f4")
    counts.data = 1.0 + np.log(counts.data)
    return counts


@cache
def _vectorizer() -> HashingVectorizer:
    """Make what counts letter grams; it keeps nothing of what it counted."""
    from sklearn.feature_extraction.text import HashingVectorizer  # heavy, and only wanted with a searcher

    return HashingVectorizer(
        analyzer="char_wb", ngram_range=GRAMS, n_features=SIZE, alternate_sign=False, norm=None, preprocessor=fold
    )


def _rarity(counts: csr_array) -> np.ndarray:
    """Weigh each gram by the inverse share of the texts that have it (smooth idf), shape (SIZE,)."""
    having = np.bincount(counts.indices, minlength=SIZE)
    weight = np.log((1 + counts.shape[0]) / (1 + having)) + 1.0
    return np.where(having >= COMMON, weight, 0.0).astype(np.float32)


def _unit_rows(counts: csr_array, rarity: np.ndarray) -> csr_array:
    """Weigh counts and give each row unit length; a row with nothing common stays zero."""
    from scipy.sparse import csr_array

    weighed, own = counts.data * rarity[counts.indices], np.repeat(np.arange(counts.shape[0]), np.diff(counts.indptr))
    lengths = np.sqrt(np.bincount(own, weights=weighed**2, minlength=counts.shape[0])).astype(np.float32)
    kept = np.flatnonzero(weighed)
    unit = weighed[kept] / lengths[own[kept]]
    return csr_array((unit, (own[kept], counts.indices[kept])), shape=counts.shape)
