"""What letters in a row a text has, weighed by TF-IDF: who writes of one trade or trouble uses the same words.

Letters are counted inside words, of which texts have few different ones: those of each word are found once.

Source:
    scikit-learn, Feature extraction, ``char_wb`` and TF-IDF term weighting (what is computed here gives its numbers).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

import numpy as np

from ..text.analysis import fold

if TYPE_CHECKING:
    from scipy.sparse import csr_array
    from sklearn.feature_extraction.text import CountVectorizer

GRAMS, FEWEST = (3, 5), 3
"""Letters in a row that are compared; texts that must have some for them to count."""

REMEMBERED = 20_000
"""Words whose letters are kept once they are found."""


@dataclass(frozen=True)
class CharacterGrams:
    """The letters in a row that count.

    Attributes:
        grams: They, in order.
        idf: What each weighs, by how few texts have it, float32, shape (n_grams,).
    """

    grams: tuple[str, ...]
    idf: np.ndarray

    @classmethod
    def fit(cls, texts: Sequence[str]) -> tuple[CharacterGrams, csr_array]:
        """Choose and weigh the letters in a row that enough texts have; their `rows` come with them."""
        none = cls((), np.array([], dtype=np.float32))
        if not len(texts):  # scikit-learn takes a second to import
            return none, none.rows(texts)
        from sklearn.feature_extraction.text import TfidfTransformer

        counts, grams = _counted(texts, None)
        often = np.flatnonzero(np.bincount(counts.indices, minlength=len(grams)) >= FEWEST)
        if not len(often):
            return none, none.rows(texts)
        idf = TfidfTransformer().fit(counts[:, often]).idf_.astype(np.float32)
        fitted = cls(tuple(grams[row] for row in often), idf)
        return fitted, fitted._weighed(counts[:, often])

    def rows(self, texts: Sequence[str]) -> csr_array:
        """Weigh the letters of texts: unit rows, or zeros for a text that has none, shape (n, n_grams)."""
        from scipy.sparse import csr_array

        if not len(texts) or not self.grams:
            return csr_array((len(texts), len(self.grams)), dtype=np.float32)
        return self._weighed(_counted(texts, self.grams)[0])

    def of_text(self, text: str) -> tuple[np.ndarray, np.ndarray]:
        """Weigh the letters of one text, as `rows` does those of many.

        Returns:
            The rows of its grams, rising, and what they weigh, a unit vector: both shape (n,).
        """
        words = fold(text).split() if self.grams else []  # where none count, scikit-learn need not be imported
        found = [row for word in words for row in self._of_word(word)]
        rows, counts = np.unique(np.array(found, dtype=np.int64), return_counts=True)
        weights = (1.0 + np.log(counts)) * self.idf[rows]
        return rows, (weights / max(float(np.linalg.norm(weights)), 1e-12)).astype(np.float32)

    def _weighed(self, counts: csr_array) -> csr_array:
        """Turn counts into weights, in unit rows; both shape (n, n_grams)."""
        from scipy.sparse import csr_array
        from sklearn.preprocessing import normalize

        weights = (1.0 + np.log(counts.data)) * self.idf[counts.indices]
        made = csr_array((weights.astype(np.float32), counts.indices, counts.indptr), shape=counts.shape)
        return csr_array(normalize(made, copy=False))

    @cached_property
    def _of_word(self) -> Callable[[str], tuple[int, ...]]:
        """Find the rows of the grams of a word; those of many words are kept."""
        row_of = {gram: row for row, gram in enumerate(self.grams)}
        analyse = _vectorizer(None).build_analyzer()

        @lru_cache(maxsize=REMEMBERED)
        def rows(word: str) -> tuple[int, ...]:
            return tuple(row for gram in analyse(word) if (row := row_of.get(gram)) is not None)

        return rows


def _counted(texts: Sequence[str], grams: Sequence[str] | None) -> tuple[csr_array, tuple[str, ...]]:
    """Count the letters in a row of texts, word by word.

    Args:
        texts: Any.
        grams: Which to count; all there are when None.

    Returns:
        How often each text has each, shape (n, n_grams), and the letters.
    """
    from scipy.sparse import csr_array

    told = [fold(text).split() for text in texts]
    number_of = {word: number for number, word in enumerate(dict.fromkeys(word for words in told for word in words))}
    if not number_of:
        return csr_array((len(texts), len(grams or ())), dtype=np.float32), tuple(grams or ())
    numbers = np.fromiter((number_of[word] for words in told for word in words), dtype=np.int32)
    ends = np.cumsum([0, *map(len, told)])
    of_texts = csr_array((np.ones(len(numbers), dtype=np.float32), numbers, ends), shape=(len(texts), len(number_of)))
    vectorizer = _vectorizer(grams)
    of_words = csr_array(vectorizer.fit_transform(number_of))
    counts = csr_array(of_texts @ of_words)
    counts.sort_indices()
    return counts, tuple(vectorizer.get_feature_names_out().tolist())


def _vectorizer(grams: Sequence[str] | None) -> CountVectorizer:
    """Make what counts the letters inside words that `fold` wrote."""
    from sklearn.feature_extraction.text import CountVectorizer  # heavy, and only wanted with a searcher

    return CountVectorizer(analyzer="char_wb", ngram_range=GRAMS, lowercase=False, vocabulary=grams, dtype=np.float32)
