"""What may answer: filters by name, turned into truth per entry and per passage."""

from __future__ import annotations

import math
import reprlib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from operator import index
from typing import Any, SupportsIndex

import numpy as np

from ..entries import LANGUAGES, Vocabulary
from ..errors import UnknownFilterError
from ..index.metadata import FACETS, FILTERS, SAID_OF_CASES, Metadata, facet_key
from ..index.vector_store import Allowed

LAST_KNOWN, KNOWN_SINCE = "last_known", "known_since"
"""The years in which cases were last known, and a year: all of them from it on."""

NAMES = (*(name for name in FILTERS if name != FACETS), "languages", KNOWN_SINCE)
"""Every filter there is of every library; `languages` keeps texts, the others entries."""

Filters = Mapping[str, Collection[str] | None]
"""Name of a filter to the values it lets through; None, or no value, lets everything through."""

Facets = Mapping[str, Collection[str] | None]
"""The same of the filters of a library's own, by their names there."""


@dataclass(frozen=True)
class Selection:
    """What filters let through.

    Attributes:
        entries: Truth per entry, shape (n_entries,).
        passages: Truth per passage, shape (n_passages,); None when languages are not filtered.
        wanted: The filters in use, values in the order of the vocabulary; facets as in `Allowed`.
        there: Truth per entry: whether it is in the place that is asked about; None when none is.
        shown: Truth per entry: practices let through because of the cases that show them; None when there are none.
    """

    entries: np.ndarray
    passages: np.ndarray | None
    wanted: Mapping[str, tuple[str, ...]]
    there: np.ndarray | None = None
    shown: np.ndarray | None = None

    def without(self, row: int) -> Selection:
        """Return the same but for one entry, by its row."""
        entries = self.entries.copy()
        entries[row] = False
        return replace(self, entries=entries)

    def with_text(self, metadata: Metadata) -> np.ndarray:
        """Say which entries are let through with a passage that is, shape (n_entries,).

        Args:
            metadata: Of the index that was filtered.

        Returns:
            Truth per entry, shape (n_entries,); `entries` itself when languages are not filtered.
        """
        if self.passages is None:
            return self.entries
        having = np.bincount(metadata.entry[self.passages], minlength=len(self.entries)) > 0
        found: np.ndarray = self.entries & having
        return found

    def count(self, metadata: Metadata) -> int:
        """Count these entries."""
        return int(self.with_text(metadata).sum())

    def allowed(self, metadata: Metadata) -> Allowed | None:
        """Say it per passage, for a vector store; None when nothing is filtered."""
        if not self.wanted:
            return None
        passages = self.entries[metadata.entry]
        passages = passages if self.passages is None else passages & self.passages
        shown = [] if self.shown is None else np.flatnonzero(self.shown).tolist()
        return Allowed(passages, self.wanted, tuple(metadata.ids[row] for row in shown))


def select(filters: Filters, metadata: Metadata, vocabulary: Vocabulary, facets: Facets | None = None) -> Selection:
    """Turn filters into what may answer; filters of different names must all hold.

    A practice has no country and no outcome of its own: a filter by these lets it through when a case that shows it is
    let through by them.

    Args:
        filters: Name of each filter to the values it lets through; None for one that is not used.
        metadata: Of the index.
        vocabulary: The closed lists.
        facets: Filters of the library's own, by what it calls them.

    Raises:
        TypeError: There is no filter of this name.
        UnknownFilterError: A value is not in the vocabulary; the library has no such facet, or no such value of it.
    """
    wanted = in_use(filters, vocabulary) | facets_in_use(facets or {}, metadata.facets)
    entries = np.ones(len(metadata.ids), dtype=bool)
    for name, values in wanted.items():
        if name not in ("languages", *SAID_OF_CASES):
            entries &= metadata.having(name.partition(":")[0], values)
    of_cases = {name: wanted[name] for name in SAID_OF_CASES if name in wanted}
    shown = _shown_by_cases(metadata, of_cases) if of_cases else None
    if shown is not None:
        entries &= _having_all(metadata, of_cases) | shown
    languages = wanted.get("languages")
    return Selection(entries, metadata.in_languages(languages) if languages else None, wanted, shown=shown)


def _having_all(metadata: Metadata, wanted: Mapping[str, tuple[str, ...]]) -> np.ndarray:
    """Say which entries have one of the values of every filter themselves, shape (n_entries,)."""
    found: np.ndarray = np.logical_and.reduce([metadata.having(name, values) for name, values in wanted.items()])
    return found


def _shown_by_cases(metadata: Metadata, wanted: Mapping[str, tuple[str, ...]]) -> np.ndarray:
    """Say which entries are practices that a case shows which has all that is wanted, shape (n_entries,)."""
    cases = _having_all(metadata, {**wanted, "kinds": ("case",)})
    linked = (metadata.shown >= 0) & cases[metadata.shown]
    found: np.ndarray = linked.any(axis=1) & metadata.having("kinds", ("practice",))
    return found


def in_use(filters: Filters, vocabulary: Vocabulary) -> dict[str, tuple[str, ...]]:
    """Return the filters that filter something, their values checked and in the order of the vocabulary.

    Raises:
        TypeError: There is no filter of this name.
        UnknownFilterError: A value is not in the vocabulary.
    """
    if unknown := sorted(filters.keys() - set(NAMES)):
        raise TypeError(f"{unknown[0]!r} is not a filter; there are {', '.join(NAMES)}")
    wanted = {}
    lists = listed(filters)
    if years := lists.get(LAST_KNOWN):
        lists[LAST_KNOWN] = tuple(_as_texts(years))
    since = _year(lists.pop(KNOWN_SINCE, None) or (), vocabulary)
    for name, given in lists.items():
        known = LANGUAGES if name == "languages" else vocabulary.keys(name)
        _check(name, given or (), known)
        if given:
            wanted[name] = tuple(value for value in known if value in given)
    if since:
        known = wanted.get(LAST_KNOWN, vocabulary.keys(LAST_KNOWN))
        wanted[LAST_KNOWN] = tuple(year for year in known if year >= since)
    return wanted


def _year(given: Iterable[Any], vocabulary: Vocabulary) -> str | None:
    """Return the earliest of some years, which may be numbers; None of none.

    Raises:
        UnknownFilterError: One is no year.
    """
    years = _as_texts(given)
    _check(KNOWN_SINCE, years, [*vocabulary.keys(LAST_KNOWN), *(year for year in years if _is_year(year))])
    return min(years, default=None)


def _as_texts(years: Iterable[Any]) -> list[Any]:
    """Return years as the library writes them, whether they are texts or numbers."""
    numbers = (isinstance(year, SupportsIndex) and not isinstance(year, bool | np.ndarray) for year in years)
    return [str(index(year)) if number else year for year, number in zip(years, numbers, strict=True)]


def _is_year(value: object) -> bool:
    return isinstance(value, str) and len(value) == 4 and value.isascii() and value.isdecimal()


def facets_in_use(facets: Facets, known: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """Return the facets that filter something, by ``facets:`` and their name, with the keys of their values.

    Args:
        facets: Name to the values that are let through.
        known: Those of the library.

    Raises:
        UnknownFilterError: The library has no such facet, or no such value of it.
        TypeError: They are no mapping.
    """
    if not isinstance(facets, Mapping):
        raise TypeError("facets must be like {'Commune': ['Namur']}")
    _check(FACETS, facets, tuple(known))
    wanted = {}
    for name, given in listed(facets).items():
        _check(name, given or (), known[name])
        if given:
            wanted[f"{FACETS}:{name}"] = tuple(facet_key(name, value) for value in known[name] if value in given)
    return wanted


def _check(name: str, values: Iterable[Any], known: Collection[str]) -> None:
    if strange := [value for value in values if not isinstance(value, str) or value not in known]:
        found = {one if isinstance(one, str) else reprlib.repr(one) for one in strange}  # however deep one is
        raise UnknownFilterError(name, found, known)


def listed(filters: Filters) -> dict[str, tuple[str, ...] | None]:
    """Return the values of each filter, whatever they were given as: one alone is one value, an empty text is none."""
    return {name: None if values is None else _listed(values) for name, values in filters.items()}


def _listed(values: object) -> tuple[Any, ...]:
    if isinstance(values, str | bytes) or not isinstance(values, Iterable):
        return () if values == "" else (values,)
    return tuple(values)


def texts_of(name: str, wanted: Collection[str]) -> list[str]:
    """Return the words of the concerns to answer, or of the places to keep.

    Raises:
        ValueError: They are no list of texts.
    """
    texts = list(wanted) if isinstance(wanted, Iterable) and not isinstance(wanted, str) else [None]
    if not all(isinstance(words, str) for words in texts):
        raise ValueError(f"{name} must be a list of texts, like ['words of the text'] (got {reprlib.repr(wanted)})")
    return [str(words) for words in texts]


def check_count(k: SupportsIndex) -> int:
    """Return a number of hits, which may be one of NumPy's; refuse what is none.

    Raises:
        ValueError: It is not a whole number from 1 on.
    """
    if isinstance(k, bool) or not isinstance(k, SupportsIndex) or isinstance(k, np.ndarray) or index(k) < 1:
        found = k if isinstance(k, int | float) and not (isinstance(k, float) and math.isnan(k)) else repr(k)
        raise ValueError(f"k must be a whole number, 1 or more (got {found})")
    return index(k)
