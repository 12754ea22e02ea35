"""The entries in use: the one that is open, those on the sheet, those an address names; what they were called."""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st

import search
from search.library.aliases import current_ids
from search.output.saved_sheet import SavedSheet, renamed

from .address import LONGEST_NAME, MOST_NAMED
from .page import Page


def split_known(searcher: search.Searcher, names: Iterable[str]) -> tuple[list[search.Entry], list[str]]:
    """Return the entries that have some ids, each once, and the ids no entry has: deleted since, or never there.

    What the entries are called is remembered, should they leave the library while they are in use.
    """
    found, gone = [], []
    for name in current_ids(names, searcher.index.metadata.aliases):
        try:
            found.append(searcher.entry(name))
        except search.UnknownEntryError:
            gone.append(name)
    titles = {entry.id: {one: entry.title(one) for one in search.LANGUAGES} for entry in found}
    st.session_state["called"] = st.session_state["called"] | titles
    return found, gone


def named_entries(searcher: search.Searcher, names: Iterable[str]) -> list[str]:
    """Return the ids an address names: those of entries, then the first that no entry has, cut where they are long."""
    found, gone = split_known(searcher, names)
    return [*(entry.id for entry in found), *dict.fromkeys(name[:LONGEST_NAME] for name in gone[:MOST_NAMED])]


def called(page: Page, name: str) -> str:
    """Return the title of an entry that is no longer there as it was last seen; its id when it never was."""
    return str(st.session_state["called"].get(name, {}).get(page.reader, name))


def open_entry(entry_id: str) -> None:
    """Show an entry."""
    st.session_state["entry"] = entry_id


def switch_on_sheet(entry_id: str) -> None:
    """Put an entry on the sheet, or take it off; its note is kept. What was asked is what a first one is about."""
    chosen = st.session_state["sheet"]
    if not chosen and not st.session_state["situation"].strip():
        st.session_state["situation"] = st.session_state["q"].strip()
    st.session_state["sheet"] = [n for n in chosen if n != entry_id] if entry_id in chosen else [*chosen, entry_id]


def own_sheet() -> SavedSheet:
    """Return the sheet as it is now, as it can be saved."""
    state = st.session_state
    return SavedSheet(state["title"], tuple(state["sheet"]), state["notes"], state["called"], state["situation"])


def hold_sheet(saved: SavedSheet) -> None:
    """Go on with a sheet that was saved."""
    state = st.session_state
    state["title"], state["sheet"], state["notes"] = saved.title, list(saved.ids), dict(saved.notes)
    state["situation"] = saved.situation
    state["called"] = {**saved.titles, **state["called"]}


def follow_ids(page: Page) -> None:
    """Name what was chosen by the ids it has now, where entries were merged or are called otherwise."""
    state, names = st.session_state, page.searcher.index.metadata.aliases
    if not names.keys().isdisjoint([*state["sheet"], *state["notes"]]):
        hold_sheet(renamed(own_sheet(), names))
    for kept in ("compared", "kept compared"):
        if not names.keys().isdisjoint(state.get(kept, ())):
            state[kept] = list(current_ids(state[kept], names))
