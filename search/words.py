"""The words of a query as the texts of each language may have them, with their spelling mended."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from search.entries import LANGUAGES
from search.lexical import WordIndex, analyse, fold, stems, word_indexes

_QUOTED = re.compile(r"[\"“«]\s*([^\"“”«»]+?)\s*[\"”»]")
_SPACE_OR_SIGN = re.compile(r"[\W_]+")


@dataclass(frozen=True)
class Terms:
    """What a query asks of the texts of one language.

    Attributes:
        stems: Its own different stems in order, misspelt ones mended.
        known: Share of its stems that the texts have, 0 to 1.
    """

    stems: tuple[str, ...]
    known: float


class Words:
    """The word indexes of both languages."""

    def __init__(self, texts: Mapping[str, Sequence[str]]) -> None:
        """Index the texts.

        Args:
            texts: Language to its texts, in the order scores are wanted.
        """
        self.indexes = word_indexes({language: list(some) for language, some in texts.items()})

    def terms(self, query: str, *, spelling: bool = True) -> dict[str, Terms]:
        """Read a query for the texts of each language.

        Args:
            query: The query.
            spelling: Whether words that no text has in either language are mended.

        Returns:
            Language to its terms.
        """
        mended = self._mended(query) if spelling else {language: {} for language in LANGUAGES}
        return {
            language: self._terms(
                index, dict.fromkeys(mended[language].get(stem, stem) for stem in analyse(query, language))
            )
            for language, index in self.indexes.items()
        }

    @staticmethod
    def _terms(index: WordIndex, stems: Collection[str]) -> Terms:
        known = sum(stem in index.vocabulary for stem in stems)
        return Terms(tuple(stems), known / len(stems) if stems else 0.0)

    def _mended(self, query: str) -> dict[str, dict[str, str]]:
        """Return, for each language, the nearest spelling of the stems of words that no text has in any language."""
        mended: dict[str, dict[str, str]] = {language: {} for language in LANGUAGES}
        for word in dict.fromkeys(re.findall(r"[^\W\d_]+", fold(query))):
            found = {language: stem for language in LANGUAGES for stem in stems([word], language)}
            if len(found) < len(LANGUAGES) or any(  # a stop word of either language is a word
                stem in self.indexes[language].vocabulary for language, stem in found.items()
            ):
                continue
            for language, stem in found.items():
                if near := self.indexes[language].nearest_spelling(stem):
                    mended[language][stem] = near
        return mended

    def scores(self, terms: Mapping[str, Terms]) -> dict[str, np.ndarray]:
        """Score the texts of each language; see `WordIndex.score_stems`."""
        return {language: index.score_stems(terms[language].stems) for language, index in self.indexes.items()}

    def coverage(self, terms: Mapping[str, Terms]) -> dict[str, np.ndarray]:
        """Say how much of the query's words the texts of each language have; see `WordIndex.coverage`."""
        return {language: index.coverage(terms[language].stems) for language, index in self.indexes.items()}

    def shared(self, query: str) -> dict[str, np.ndarray]:
        """Say what share of the query's words the texts of each language have; see `WordIndex.shared`."""
        return {language: index.shared(query) for language, index in self.indexes.items()}


def quoted(query: str) -> tuple[str, ...]:
    """Return the phrases a query has between double quotation marks, as `plain` writes them."""
    return tuple(phrase for match in _QUOTED.finditer(query) if (phrase := plain(match[1])))


def plain(text: str) -> str:
    """Return a text folded, with single spaces for everything that is no letter or digit."""
    return _SPACE_OR_SIGN.sub(" ", fold(text)).strip()
