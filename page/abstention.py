"""What is drawn when nothing is close enough: how to rephrase, what came nearest, and a need that can be left."""

from __future__ import annotations

from functools import partial

import streamlit as st

import search
from search.curation.unmet_needs import leave_unmet

from .chosen_entries import open_entry
from .chosen_filters import own_filters
from .entries import badges, draw_match
from .feedback import is_kept
from .page import Page
from .text import bullets, one_line


def draw_abstention(page: Page, results: search.Results) -> None:
    """Say that nothing is close enough, how to rephrase, what came nearest, and let the need be left."""
    st.info(f"**{page.say('abstained')}** {page.say('abstained_why')}")
    with st.container(key="nothing"):
        st.header(page.say("rephrase"), anchor=False)
    hints = ["rephrase_1", "rephrase_2", "rephrase_3"]
    if own_filters():
        hints.append("rephrase_filters")
    st.markdown(bullets(page.say(hint) for hint in hints))
    draw_unmet(page, results)
    with st.container(key="near_misses"):
        st.header(page.say("near"), anchor=False)
    for hit in results.near_misses:
        draw_near_miss(page, hit)


def draw_unmet(page: Page, results: search.Results) -> None:
    """Offer to leave the situation for the curators; only with consent."""
    if st.session_state.get("left") == results.query:
        st.success(page.say("unmet_left"))
        return
    with st.form("unmet"):
        st.markdown(f"**{page.say('unmet')}** {page.say('unmet_why')}")
        lacking = st.empty()  # beside the box, where one looks
        consent = st.checkbox(page.say("unmet_consent"), key="unmet_consent")
        if not st.form_submit_button(page.say("unmet_leave"), key="unmet_leave"):
            return
    if not consent:
        lacking.warning(page.say("unmet_no_consent"))
        return
    if is_kept(page, partial(leave_unmet, search.default_unmet(), results.query, language=results.language)):
        st.session_state["left"] = results.query
        st.rerun()


def draw_near_miss(page: Page, hit: search.Hit) -> None:
    """Draw an entry that came near: no strength, and nothing to unfold."""
    with st.container(border=True):
        st.subheader(one_line(hit.entry.title(page.reader)), anchor=False)
        st.markdown(" ".join(badges(page, hit.entry)))
        draw_match(page, hit)
        key = f"open near {hit.entry.id}"
        st.button(page.say("open"), key=key, on_click=open_entry, args=(hit.entry.id,))
