"""What entries are called: a short query of such words asks for the entry itself."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from ..entries import LANGUAGES, Entry, Vocabulary
from ..text.analysis import analyse
from .inverted_index import InvertedIndex
from .term_index import QueryTerms

LONGEST_NAME = 3
"""A query of up to this many content words may be the name of something."""


_CAPITALS = re.compile(r"\b[A-ZÀ-ÖØ-Þ]\w+(?:[ -][A-ZÀ-ÖØ-Þ]\w+)+")


@dataclass(frozen=True)
class TitleIndex:
    """The stems of what entries are called.

    Attributes:
        postings: For each language whose stems they are, which entries have which.
    """

    postings: Mapping[str, InvertedIndex]

    @classmethod
    def of(cls, entries: Iterable[Entry], vocabulary: Vocabulary) -> TitleIndex:
        """Collect the names of entries: titles and their acronyms, place, country and id."""
        texts = [_names(entry, vocabulary) for entry in entries]
        return cls({language: InvertedIndex.of(analyse(text, language) for text in texts) for language in LANGUAGES})

    def named(self, terms: Mapping[str, QueryTerms]) -> np.ndarray:
        """Return the rows of the entries that a short query names, rising, shape (n,): its terms are among theirs."""
        found = [
            self.postings[language].having_all(asked.stems)
            for language, asked in terms.items()
            if len(asked.stems) <= LONGEST_NAME
        ]
        return np.unique(np.concatenate([np.array([], dtype=np.int32), *found]))

    def save(self, folder: Path) -> None:
        """Write them into a folder."""
        for language, postings in self.postings.items():
            postings.save(folder, f"titles-{language}")

    @classmethod
    def load(cls, folder: Path) -> TitleIndex:
        """Read what `save` wrote."""
        return cls({language: InvertedIndex.load(folder, f"titles-{language}") for language in LANGUAGES})


def _names(entry: Entry, vocabulary: Vocabulary) -> str:
    titles = [entry.title(own) for own in entry.languages]
    country = [vocabulary.label("countries", entry.country, own) for own in LANGUAGES] if entry.country else []
    short = (initials for title in titles for initials in acronyms(title))
    return " ".join([*titles, *short, *country, entry.place or "", entry.id])


def acronyms(title: str) -> tuple[str, ...]:
    """Return the initials of every three words or more in a row that have a capital: CLT of Community Land Trust."""
    found = []
    for run in _CAPITALS.findall(title):
        initials = "".join(word[0] for word in re.split("[ -]", run))
        found += [initials[a:b] for a in range(len(initials)) for b in range(a + 3, len(initials) + 1)]
    return tuple(found)
