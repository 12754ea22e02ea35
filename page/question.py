"""The question: the box to type in, and on the first screen the promise and examples.

Read it from the bottom: `draw_asking` where nothing is answered, `draw_folded_form` above an answer.
"""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

import search

from .answer import folded
from .chosen_filters import clear_filters, filters, wanted
from .faults import tell
from .filters import draw_filters
from .guided import draw_guided
from .library import holds_shipped
from .look import is_embedded, tagline
from .page import Page
from .text import cut, one_line

LONGEST_LINE = 160
"""Characters of what was asked that its one line has at most; it is cut where the screen is narrower."""

EXAMPLES = ("citizen_1", "officer_1", "elected_1")
"""Situations on the first screen: one of a resident, one of an officer, one of somebody elected."""

MORE_EXAMPLES = ("citizen_2", "citizen_3", "officer_2")

FORM = "form_open"
"""Where it is kept whether the form of an answered question is open."""


# ---- What buttons do (before the page is drawn again) --------------------------------------------------------


def note_asked() -> None:
    """Remember that "search" was pressed, so that an empty text gets a message; the form folds again."""
    st.session_state["asked"] = True
    st.session_state[FORM] = False


def take_example(text: str) -> None:
    """Put an example in the text area."""
    st.session_state["q"] = text


def start_again() -> None:
    """Go back to the welcome."""
    clear_filters()
    st.session_state["q"] = ""


# ---- Drawing -------------------------------------------------------------------------------------------------


def draw_form(page: Page, *, answered: bool) -> None:
    """Draw the text area and its buttons."""
    with st.form("ask"):
        st.text_area(page.say("question"), key="q", height=120, placeholder=page.say("question_hint"))
        with st.container(horizontal=True):
            st.form_submit_button(page.say("ask"), key="ask_button", type="primary", on_click=note_asked)
            if answered:
                st.form_submit_button(page.say("clear"), key="clear", type="tertiary", on_click=start_again)


def draw_folded_form(page: Page) -> None:
    """Draw the text that was asked in one line; opening it shows the whole form."""
    asked = page.say("quoted", words=one_line(cut(st.session_state["q"], LONGEST_LINE)))
    with st.expander(folded(page, asked, "correct"), key=FORM, on_change="rerun"):
        draw_form(page, answered=True)
        st.caption(page.say("privacy"))


def draw_welcome(page: Page) -> None:
    """Draw the promise: what the library is for, what to type, and that it stays here."""
    count = len(page.searcher.matching(**wanted())) if filters() else page.searcher.manifest.entries
    st.markdown(f"**{one_line(tagline(page))}** {page.say('welcome', count=count)}")


def draw_examples(page: Page, keys: Sequence[str]) -> None:
    """Draw example situations; they are those of the shipped library."""
    for key in keys:
        text = page.say(key)
        st.button(one_line(text), key=key, on_click=take_example, args=(text,), width="stretch")


def draw_more(page: Page) -> None:
    """Draw what is below the first screen: three questions for who would rather not write, other examples, privacy."""
    if is_embedded():
        st.caption(page.say("privacy_link"))
        return
    draw_guided(page)
    if holds_shipped(page.searcher):
        with st.container(key="below"):
            st.header(page.say("more_examples"), anchor=False)
        draw_examples(page, MORE_EXAMPLES)
    st.caption(page.say("privacy_link"))


def draw_asking(page: Page, error: search.PasserelleError | None) -> None:
    """Draw the first screen: the promise, the box, the filters behind a button, three examples; the rest is below."""
    with st.container(key="first_screen"):
        if not error:
            draw_welcome(page)
        draw_form(page, answered=bool(error))
        if error:
            tell(error, page.reader)
        if not is_embedded() or filters():
            draw_filters(page)
        if holds_shipped(page.searcher) and not is_embedded():
            st.caption(page.say("examples"))
            draw_examples(page, EXAMPLES)
    draw_more(page)
