"""The places a text asks about, drawn as chips: a click takes one away, another brings it back."""

from __future__ import annotations

import streamlit as st

import search

from .page import Page
from .text import one_line


def kept_places(text: str) -> list[str] | None:
    """Return the places of a text that were left ticked; None when nobody has unticked any."""
    asked, words = st.session_state.get("kept places", ("", []))
    return list(words) if asked == text else None


def keep_places() -> None:
    """Let the places that are ticked limit the cases, of this text."""
    st.session_state["kept places"] = (st.session_state["q"], list(st.session_state["places"]))


def draw_places(page: Page, results: search.Results) -> None:
    """Draw what was read as a place, and say of one where the library has nothing that it has not."""
    there = {place.words: place for place in results.places if place.place}
    for place in results.places:
        if not place.place:
            st.info(page.say("place_unknown", place=one_line(place.names[page.reader])), icon=":material/location_off:")
    if not there:
        return
    st.session_state["places"] = [words for words, place in there.items() if place.kept]
    with st.container(key="places_row"):
        st.pills(
            page.say("places"),
            list(there),
            selection_mode="multi",
            format_func=lambda words: _label(page, there[words]),
            key="places",
            on_change=keep_places,
            help=page.say("places_hint"),
        )


def _label(page: Page, place: search.AskedPlace) -> str:
    """Return what a chip says: the place, or that it is left out."""
    name = one_line(place.names[page.reader])
    return page.say("place_refused", place=name) if place.refused else name
