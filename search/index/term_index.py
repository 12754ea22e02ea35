"""The terms of a query as the texts of each language may have them, with their spelling mended."""

from __future__ import annotations

import functools
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from ..entries import LANGUAGES
from ..text.analysis import analyse, fold, is_stop_word, stem_of, stems
from ..text.dictionary import in_dictionary
from ..text.names import acronyms
from ..text.spelling import one_spelling
from .bm25 import BM25


@dataclass(frozen=True)
class QueryTerms:
    """What a query asks of the texts of one language.

    Attributes:
        stems: Its own different stems in order, misspelt ones mended.
        known: Share of its stems that the texts have, 0 to 1.
        sure: Share of its stems that were not mended, 0 to 1: a mended word proves nothing.
    """

    stems: tuple[str, ...]
    known: float
    sure: float = 1.0


class TermIndex:
    """The terms of the texts of both languages; a text goes by its row among all of them."""

    def __init__(self, indexes: Mapping[str, BM25]) -> None:
        """Take the index of each language.

        Args:
            indexes: Language to index.
        """
        self.indexes = indexes

    @classmethod
    def of(cls, texts: Sequence[str], languages: Sequence[str]) -> TermIndex:
        """Index texts, as `one_spelling` writes them, by row in order, each in its language."""
        of_language = np.array(languages, dtype=object)
        rows = {language: np.flatnonzero(of_language == language) for language in LANGUAGES}
        return cls(
            {
                language: BM25.of([texts[int(row)] for row in some], language, some, len(texts))
                for language, some in rows.items()
            }
        )

    def save(self, folder: Path) -> None:
        """Write the indexes into a folder."""
        for index in self.indexes.values():
            index.save(folder)

    @classmethod
    def load(cls, folder: Path, sizes: Mapping[str, int]) -> TermIndex:
        """Read what `save` wrote; ``sizes`` says how many texts are in each language."""
        total = sum(sizes.values())
        return cls({language: BM25.load(folder, language, size, total) for language, size in sizes.items()})

    def terms(self, query: str, *, spelling: bool = True, real: Collection[str] = frozenset()) -> dict[str, QueryTerms]:
        """Read a query for the texts of each language.

        Args:
            query: The query.
            spelling: Whether words that no text has in either language are mended.
            real: Words, as `fold` writes them, that are none to mend.

        Returns:
            Language to its terms.
        """
        mended = self._mended(query, real) if spelling else {language: {} for language in LANGUAGES}
        return {
            language: self._terms(index, dict.fromkeys(analyse(query, language)), mended[language])
            for language, index in self.indexes.items()
        }

    @staticmethod
    def _terms(index: BM25, stems: Collection[str], mended: Mapping[str, str]) -> QueryTerms:
        written = dict.fromkeys(mended.get(stem, stem) for stem in stems)
        known = sum(index.knows(stem) for stem in written)
        sure = sum(stem not in mended for stem in stems)
        return QueryTerms(tuple(written), known / max(len(written), 1), sure / max(len(stems), 1))

    def _mended(self, query: str, real: Collection[str]) -> dict[str, dict[str, str]]:
        """Return, for each language, the nearest spelling of the stems of words that no text has in any language.

        Real words, those of a dictionary and acronyms are none to mend; what is written with a capital is no word of a
        dictionary, but may be a name of the library.
        """
        mended: dict[str, dict[str, str]] = {language: {} for language in LANGUAGES}
        passed = {*real, *acronyms(query)}
        told = {fold(word): word[0].islower() for word in re.findall(r"[^\W\d_]+", one_spelling(query))}
        passed |= {word for word, small in told.items() if is_stop_word(word) or (small and in_dictionary(word))}
        words = [word for word in told if word not in passed]
        for found in zip(*(stems(words, language) for language in LANGUAGES), strict=True):
            pairs = dict(zip(LANGUAGES, found, strict=True))
            if any(self.indexes[language].knows(stem) for language, stem in pairs.items()):
                continue
            for language, stem in pairs.items():
                if near := self.indexes[language].nearest_spelling(stem):
                    mended[language][stem] = near
        return mended

    def scores(self, terms: Mapping[str, QueryTerms]) -> np.ndarray:
        """Score every text by the terms of its language, shape (n_texts,); see `BM25.scores`."""
        return self._sum(index.scores(terms[language].stems) for language, index in self.indexes.items())

    def coverage(self, terms: Mapping[str, QueryTerms], rows: np.ndarray | None = None) -> np.ndarray:
        """Say how much of the query's terms texts have, shape (n,); see `BM25.coverage`."""
        return self._sum(index.coverage(terms[language].stems, rows) for language, index in self.indexes.items())

    def rare(self, terms: Mapping[str, QueryTerms], rows: np.ndarray | None = None) -> np.ndarray:
        """Count the query's terms that texts have and few of their language do, shape (n,); see `BM25.rare`."""
        return self._sum(index.rare(terms[language].stems, rows) for language, index in self.indexes.items())

    def shared(self, query: str, rows: np.ndarray | None = None) -> np.ndarray:
        """Say what share of the query's terms texts have, as it is spelt, shape (n,); see `BM25.shared`."""
        return self._sum(index.shared(analyse(query, language), rows) for language, index in self.indexes.items())

    def has_terms(self, text: str) -> bool:
        """Say whether a text has a term in any language: stop words are none."""
        return any(analyse(text, language) for language in self.indexes)

    def knows(self, word: str) -> bool:
        """Say whether a text has a word, in any form of it."""
        return any(index.knows(stem_of(word, language)) for language, index in self.indexes.items())

    def having_all(self, text: str) -> np.ndarray:
        """Return the rows of the texts that have every term of a text in their language, rising, shape (n,)."""
        found = [index.postings.having_all(analyse(text, language)) for language, index in self.indexes.items()]
        return np.sort(np.concatenate(found))

    @staticmethod
    def _sum(of_languages: Iterable[np.ndarray]) -> np.ndarray:
        """Put the languages together: what one gives to texts of another is 0."""
        total: np.ndarray = functools.reduce(np.add, of_languages)
        return total
