"""What each view is called in the tab of the browser, its history and its bookmarks."""

from __future__ import annotations

from textwrap import shorten

import streamlit as st

import search

from .address import VIEWS
from .look import library_name
from .page import Page

LONGEST = 60
"""Characters of a question that are shown."""


def page_title(page: Page, view: str) -> str:
    """Return the title of what is shown, the name of the page last."""
    said = said_of_answers(page) if view == VIEWS[0] else page.say(view)
    name = library_name(page.searcher)
    return f"{said} – {name}" if said else name


def said_of_answers(page: Page) -> str:
    """Return the title of the view that answers: the entry, what was asked, or nothing yet."""
    if entry := st.session_state.get("entry"):
        try:
            return page.searcher.entry(entry).title(page.reader)
        except search.UnknownEntryError:
            return page.say("title_gone")
    return shorten(st.session_state["q"], LONGEST, placeholder=" …")
