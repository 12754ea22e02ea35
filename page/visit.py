"""What outlasts a run of the page: what was typed and chosen, what a newer library no longer has, what is told once."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

import search

from .address import LONGEST_NAME, MOST_NAMED
from .chosen_entries import follow_ids, split_known
from .chosen_filters import FILTERS, kept_facets, known_values
from .page import Page
from .text import one_line

CHOICES = {
    **dict(zip(FILTERS, FILTERS, strict=True)),
    "guided phase": "phases",
    "guided obstacle": "conditions",
    "draft kind": "kinds",
    "draft phases": "phases",
    "draft conditions": "conditions",
    "draft actors": "actors",
    "draft country": "countries",
    "draft outcome": "outcomes",
}
"""What is chosen from a closed list: where it is kept, and which list."""

STAYS = frozenset(
    (
        *("token", "browser", "kept known", "kept refused"),  # what goes to and fro between page and browser
        *("lang", "library", "filters fixed"),  # what the page is read in and answers from
        *("view", "views", "answers", "address", "leave", "sheet addresses"),  # which steps of the history are its own
    )
)
"""What outlives "erase it all": an address of a sheet that this visit wrote brings nothing back."""


def keep_widgets() -> None:
    """Keep what was typed and ticked while its widgets are not drawn (Streamlit forgets it otherwise)."""
    state = st.session_state
    state["q"] = state.get("q", "")
    state["title"] = state.get("title", "")
    state["situation"] = state.get("situation", "")
    state["sheet"] = state.get("sheet", [])
    state["notes"] = state.get("notes", {})
    state["called"] = state.get("called", {})
    state["draft"] = state.get("draft", {})
    state["before"] = state.get("before")
    state["kept language"] = state.get("kept language", "")
    state["kept compared"] = state.get("kept compared", [])
    state["typed"] = {}
    for name in (*FILTERS, *kept_facets()):
        state[name] = state.get(name, [])


def forget_visit() -> None:
    """Let go of all that was asked, typed and chosen; what is no work of the person's (STAYS) is left."""
    state = st.session_state
    files = state.get("files given", 0) + 1  # the place for a saved file is empty again
    for key in [key for key in state if key not in STAYS]:
        del state[key]
    state["files given"] = files
    keep_widgets()


def hold_draft(filled: Mapping[str, str | list[str]]) -> None:
    """Go on with what was filled in of a new entry: its places take it from there when they are drawn."""
    st.session_state["draft"] = dict(filled)
    for key in [key for key in st.session_state if str(key).startswith("draft ")]:
        del st.session_state[key]


# ---- A newer library -----------------------------------------------------------------------------------------


def follow_library(page: Page) -> None:
    """Remember what chosen entries are called; when a newer library was taken up, let go of choices it has not."""
    state = st.session_state
    follow_ids(page)
    split_known(page.searcher, [*state["sheet"], *state.get("compared", ())])
    if state.get("library") == page.searcher.manifest.version:
        return
    if "library" in state:
        choices = CHOICES | {name: name for name in kept_facets()}
        state["let go"] = [value for kept, name in choices.items() for value in let_go(page.searcher, kept, name)]
    state["library"] = page.searcher.manifest.version


def let_go(searcher: search.Searcher, kept: str, name: str) -> list[str]:
    """Take out of a choice what its closed list no longer has, and return it."""
    chosen, known = st.session_state.get(kept), known_values(searcher, name)
    if isinstance(chosen, list):
        st.session_state[kept] = [value for value in chosen if value in known]
        return [value for value in chosen if value not in known]
    if chosen is None or chosen in known:
        return []
    st.session_state[kept] = None
    return [chosen]


# ---- What is told once ---------------------------------------------------------------------------------------


def tell_once(kept: str) -> None:
    """Have what is told from the state let go once the person does something else, and not before.

    The page is drawn again for what the browser tells of itself too: that is nothing the person did.
    """
    st.session_state["told"] = {*st.session_state.get("told", ()), kept}


def drop_told() -> None:
    """Let go of what was told, now that the person does something else."""
    for kept in st.session_state.pop("told", ()):
        st.session_state.pop(kept, None)


def draw_unknown(page: Page) -> None:
    """Say which filters of the address nobody knows, and which ones a newer library no longer has."""
    for kept, words in (("unknown", "filters_unknown"), ("let go", "filters_gone")):
        if names := st.session_state.get(kept):
            tell_once(kept)
            shown = ", ".join(name[:LONGEST_NAME] for name in names[:MOST_NAMED])
            st.warning(page.say(words, values=one_line(shown)))
