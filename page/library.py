"""What the library in use has: only that is offered, counted and told; and whether it is the one that is shipped."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

import streamlit as st

import search
from search.library.reader import FOLDERS
from search.output.browse import placed, starts
from search.retrieval.fixed_filters import is_within

from .chosen_filters import fixed_filters, is_facet, known_values, list_of

MOSTLY = 0.9
"""Share of entries from which on two libraries are the same one, edited."""


def used_values(searcher: search.Searcher, name: str) -> tuple[str, ...]:
    """Return the values of a filter that an entry has, in the order of the closed list."""
    metadata = searcher.index.metadata
    if name == "languages":
        return tuple(language for language in search.LANGUAGES if metadata.counts[language])
    if is_facet(name):
        return known_values(searcher, name)
    closed = list_of(name)
    return tuple(key for key in searcher.vocabulary.keys(closed) if key in metadata.values[closed])


def offered_values(searcher: search.Searcher, name: str, chosen: Collection[str]) -> tuple[str, ...]:
    """Return what a filter offers: what entries have, and what was chosen already (by a link).

    One library alone is no choice; of what the site around the page has fixed, nothing else is offered.
    """
    used = used_values(searcher, name)
    wanted = {*(used if name != "libraries" or len(used) > 1 else ()), *chosen}
    fixed = fixed_filters().get(name)
    wanted = {key for key in wanted if fixed is None or is_within(name, key, fixed)}
    return tuple(key for key in known_values(searcher, name) if key in wanted)


def has_grid(searcher: search.Searcher) -> bool:
    """Say whether entries name phases and conditions."""
    return bool(used_values(searcher, "phases") and used_values(searcher, "conditions"))


def has_places_and_years(searcher: search.Searcher) -> tuple[bool, bool]:
    """Say whether an entry has a place on the map, and whether one says when it began."""
    return _places_and_years(searcher.manifest.version, searcher)


@st.cache_data(max_entries=8, show_spinner=False)
def _places_and_years(version: str, _searcher: search.Searcher) -> tuple[bool, bool]:
    return bool(placed(_searcher.entries)), bool(starts(_searcher.entries))


# ---- The shipped library -------------------------------------------------------------------------------------


def holds_shipped(searcher: search.Searcher) -> bool:
    """Say whether the library in use has the shipped entries, alone or beside others: its examples are answered."""
    return _shares(searcher)[0] >= MOSTLY


def is_shipped(searcher: search.Searcher) -> bool:
    """Say whether the library in use is the shipped one, or that with some entries changed: its figures hold."""
    return min(_shares(searcher)) >= MOSTLY


def _shares(searcher: search.Searcher) -> tuple[float, float]:
    """Return which share of the shipped entries the library in use has, and which share of its own they are."""
    shipped, ids = shipped_ids(search.default_corpus()), set(searcher.index.metadata.ids)
    both = len(shipped & ids)
    return both / max(len(shipped), 1), both / max(len(ids), 1)


@st.cache_data(max_entries=8, ttl=60, show_spinner=False)
def shipped_ids(corpus: Path) -> set[str]:
    """Return the ids of the entries of a corpus folder: the names of its files."""
    return {file.stem for folder in FOLDERS for file in (corpus / folder).glob("*.yaml")}
