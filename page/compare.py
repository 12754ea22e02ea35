"""The view that puts up to four entries side by side."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

import search
from search.output.browse import MOST_COMPARED, compared

from .address import address, is_new, write_address
from .chosen_entries import called, named_entries, split_known
from .entries import badges, draw_entry_link, where_and_when
from .glossary import draw_text
from .page import Page
from .text import escape, one_line


def keep_compared() -> None:
    """Have what is compared kept."""
    st.session_state["kept compared"] = list(st.session_state["compared"])


def choose(page: Page) -> list[str]:
    """Draw what can be compared; those of the sheet come first to hand."""
    titles = {entry.id: entry.title(page.reader) for entry in page.searcher.entries}
    first = dict.fromkeys([*st.session_state["sheet"], *st.session_state["compared"]])
    titles |= {name: page.say("gone_short", title=called(page, name)) for name in first if name not in titles}
    return st.multiselect(
        page.say("compare_choose", most=MOST_COMPARED),
        [*first, *(name for name in titles if name not in first)],
        format_func=titles.__getitem__,
        max_selections=MOST_COMPARED,
        key="compared",
        on_change=keep_compared,
        placeholder=page.say("compare_hint"),
    )


def draw_side_by_side(page: Page, entries: Sequence[search.Entry]) -> None:
    """Draw heads, then one row for each field that one of them has."""
    for column, entry in zip(st.columns(len(entries)), entries, strict=True):
        with column:
            draw_entry_link(page, entry, badged=False)
            st.markdown(" ".join(badges(page, entry)))
            if facts := where_and_when(page, entry):
                st.caption(facts)
    for field, texts in compared(entries, page.reader):
        st.subheader(page.say(f"field_{field}"), anchor=False)
        for column, entry, text in zip(st.columns(len(entries)), entries, texts, strict=True):
            with column:
                st.caption(one_line(entry.title(page.reader)))
                if text:
                    draw_text(page, text, page.reader if page.reader in entry.languages else entry.languages[0])
                else:
                    st.markdown(escape(page.say("compare_none")))


def main(page: Page) -> None:
    """Draw the view."""
    new, written = is_new("compare"), address()
    if new and written.get("on"):
        st.session_state["compared"] = named_entries(page.searcher, written["on"])[:MOST_COMPARED]
        keep_compared()
    first = st.session_state["kept compared"] or st.session_state["sheet"][:MOST_COMPARED]
    st.session_state["compared"] = st.session_state.get("compared", first)
    st.header(page.say("compare"), anchor=False)
    chosen, gone = split_known(page.searcher, choose(page))
    write_address({"on": [*(entry.id for entry in chosen), *gone]} if chosen or gone else {})
    for name in gone:
        st.warning(page.say("gone", title=one_line(called(page, name)), id=one_line(name)))
    if len(chosen) < 2:
        st.info(page.say("compare_more"))
        return
    draw_side_by_side(page, chosen)
