"""How many entries each value of each filter would leave: what a person reads beside it before choosing it."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping

import numpy as np

from ..entries import LANGUAGES, Vocabulary
from ..index.index import Index
from ..index.metadata import FACETS, FILTERS, SAID_OF_CASES, Metadata
from .filters import Facets, Filters, Selection, listed, select

Counts = Mapping[str, Mapping[str, int]]
"""Name of a filter, of a facet by ``facets:`` and its name, to value to count; values that leave nothing are absent."""


def value_counts(index: Index, *, facets: Facets | None = None, **filters: Collection[str] | None) -> Counts:
    """Count the entries each value of each filter would leave, the other filters staying as they are.

    Args:
        index: Of the library.
        facets: Those of the library's own in use, as `Searcher.search` takes them.
        filters: The others in use.

    Raises:
        UnknownFilterError: A filter or a facet names something that the library has not.
        TypeError: There is no filter of this name.
    """
    metadata, vocabulary = index.metadata, index.vocabulary
    chosen, own = listed(filters), dict(facets or {})
    found: dict[str, Mapping[str, int]] = {}
    for name in (one for one in FILTERS if one != FACETS):
        others = {other: values for other, values in chosen.items() if other != name}
        if name in SAID_OF_CASES:
            found[name] = _one_by_one(metadata, vocabulary, others, own, name)
        else:
            found[name] = _of_column(metadata, select(others, metadata, vocabulary, own), name)
    others = {other: values for other, values in chosen.items() if other != "languages"}
    found["languages"] = _of_languages(metadata, select(others, metadata, vocabulary, own))
    for name in metadata.facets:
        rest = {other: values for other, values in own.items() if other != name}
        found[f"{FACETS}:{name}"] = _of_facet(metadata, select(chosen, metadata, vocabulary, rest), name)
    return found


def _one_by_one(
    metadata: Metadata, vocabulary: Vocabulary, others: Filters, facets: Facets, name: str
) -> dict[str, int]:
    """Count by choosing each value in turn: practices have it by their cases."""
    counts = {}
    for value in metadata.values[name]:
        selection = select({**others, name: (value,)}, metadata, vocabulary, facets)
        counts[value] = int(selection.with_text(metadata).sum())
    return {value: count for value, count in counts.items() if count}


def _of_column(metadata: Metadata, selection: Selection, name: str) -> dict[str, int]:
    """Count the values that the entries let through have."""
    values, column = metadata.values[name], metadata.columns[name][selection.with_text(metadata)]
    counts = np.bincount(column[column >= 0], minlength=len(values))
    return {value: int(count) for value, count in zip(values, counts, strict=True) if count}


def _of_facet(metadata: Metadata, selection: Selection, name: str) -> dict[str, int]:
    pairs = ((json.loads(key), count) for key, count in _of_column(metadata, selection, FACETS).items())
    return {value: count for (facet, value), count in pairs if facet == name}


def _of_languages(metadata: Metadata, selection: Selection) -> dict[str, int]:
    """Count the entries let through that have a text in each language."""
    counts = {}
    for language in LANGUAGES:
        having = np.zeros(len(metadata.ids), dtype=bool)
        having[metadata.entry[metadata.in_languages([language])]] = True
        counts[language] = int((having & selection.entries).sum())
    return {language: count for language, count in counts.items() if count}
