"""What entries are called: a short query of such words asks for the entry itself."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from ..entries import LANGUAGES, Entry, Vocabulary
from ..text.analysis import analyse_spelt, fold, stems
from ..text.names import names
from ..text.places.gazetteer import place_form
from ..text.spelling import one_spelling
from ..text.word_forms import usual_form
from .inverted_index import InvertedIndex
from .term_index import QueryTerms

LONGEST_NAME = 3
"""A query of up to this many content words may be the name of something."""


_CAPITALS = re.compile(r"\b[A-ZÀ-ÖØ-Þ]\w+(?:[ -][A-ZÀ-ÖØ-Þ]\w+)+")


_WORD = re.compile(r"[^\W_]+")


_BEGINNING = re.compile(r"\s*[,:(]|\s[–—-]\s")  # what a title goes on with after a name


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
        texts = [one_spelling(_names(entry, vocabulary)) for entry in entries]
        return cls({one: InvertedIndex.of(analyse_spelt(text, one) for text in texts) for one in LANGUAGES})

    def named(self, terms: Mapping[str, QueryTerms], capitals: Collection[str] = ()) -> np.ndarray:
        """Return the rows of the entries that a short query names, rising, shape (n,).

        Its terms are among theirs; where no entry has them all, those it writes with a capital are ("créer un CLT").

        Args:
            terms: Of the query, for each language.
            capitals: What it writes like a name, as `fold` writes it.
        """
        short = {language: asked.stems for language, asked in terms.items() if len(asked.stems) <= LONGEST_NAME}
        found = self._having_all(short)
        if len(found):
            return found
        return self._having_all({language: set(stems(sorted(capitals), language)) for language in short})

    def _having_all(self, asked: Mapping[str, Collection[str]]) -> np.ndarray:
        if not any(asked.values()):  # most queries are too long to be a name
            return np.array([], dtype=np.int32)
        found = [self.postings[language].having_all(some) for language, some in asked.items()]
        return np.unique(np.concatenate([np.array([], dtype=np.int32), *found]))

    def save(self, folder: Path) -> None:
        """Write them into a folder."""
        for language, postings in self.postings.items():
            postings.save(folder, f"titles-{language}")

    @classmethod
    def load(cls, folder: Path) -> TitleIndex:
        """Read what `save` wrote."""
        return cls({language: InvertedIndex.load(folder, f"titles-{language}") for language in LANGUAGES})


def short_names(entry: Entry) -> str:
    """Return the acronyms of the titles of an entry, with spaces between them."""
    return " ".join(dict.fromkeys(short for own in entry.languages for short in acronyms(entry.title(own))))


def called(entry: Entry, *, acronyms: bool = True) -> frozenset[str]:
    """Return what an entry is called, as `place_form` writes it: its titles, what they begin with, their acronyms."""
    titles = [entry.title(own) for own in entry.languages]
    begins = [_BEGINNING.split(title)[0] for title in titles]
    return frozenset(map(place_form, [*titles, *begins, *(short_names(entry).split() if acronyms else ())]))


def has_in_name(entry: Entry, vocabulary: Vocabulary, word: str) -> bool:
    """Say whether an entry is called by a word or, but for proper names, another number or gender of it.

    Acronyms and other words of its stem do not count.

    Args:
        entry: The entry.
        vocabulary: Has the labels of its country.
        word: As `fold` writes it.
    """
    texts = _long_names(entry, vocabulary)
    found = set(_WORD.findall(fold(one_spelling(" ".join(texts)))))
    common = found.difference(*map(names, texts))
    return word in found or any(_one_form(word, own) in {_one_form(one, own) for one in common} for own in LANGUAGES)


def _one_form(word: str, language: str) -> str:
    return usual_form(word, language).removesuffix("s")


def _names(entry: Entry, vocabulary: Vocabulary) -> str:
    return " ".join([*_long_names(entry, vocabulary), short_names(entry)])


def _long_names(entry: Entry, vocabulary: Vocabulary) -> list[str]:
    titles = [entry.title(own) for own in entry.languages]
    country = [vocabulary.label("countries", entry.country, own) for own in LANGUAGES] if entry.country else []
    return [*titles, *country, entry.place or "", entry.id]


def acronyms(title: str) -> tuple[str, ...]:
    """Return the initials of every three words or more in a row that have a capital: CLT of Community Land Trust."""
    found = []
    for run in _CAPITALS.findall(title):
        initials = "".join(word[0] for word in re.split("[ -]", run))
        found += [initials[a:b] for a in range(len(initials)) for b in range(a + 3, len(initials) + 1)]
    return tuple(found)
