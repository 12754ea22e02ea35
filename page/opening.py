"""The library is opened once for everyone; everyone's questions stand in one queue."""

from __future__ import annotations

import gc
import logging
import os

import streamlit as st

import search
from search.building.collecting import uncollected
from search.hosting.metrics import serve_metrics

from .faults import tell
from .messages import MESSAGES
from .page import Page
from .reader import browser_language, reader_language

SECONDS_IN_QUEUE = 60  # seconds anybody waits in the queue


@st.cache_resource(max_entries=1, show_spinner=False)
def open_library(_building: str) -> search.LiveSearcher:
    """Open the index once for everyone, making it when there is none; newer ones are taken up as they come.

    Args:
        _building: What to say while it is made.
    """
    logging.basicConfig(format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    bar = st.empty()

    def show(done: int, total: int) -> None:
        bar.progress(done / max(total, 1), text=_building)

    try:
        with uncollected():  # nobody sees the page yet
            live = search.follow(progress=show, ready=keep_out_of_collections)
        serve_metrics(live)
        return live
    finally:
        bar.empty()


def keep_out_of_collections() -> None:
    """Let nothing of what is there now be looked through for garbage again: library and encoder stay."""
    gc.collect()
    gc.freeze()


def library() -> search.Searcher:
    """Return the searcher, or say why there is none and stop."""
    asked = st.query_params.get("lang", "")
    words = MESSAGES[asked if asked in MESSAGES else browser_language()]
    try:
        with st.spinner(words["opening"]):
            live = open_library(words["building"])
            searcher = live.searcher
        if live.problem:
            st.info(words["old_answers"], icon=":material/history:")
        return searcher
    except search.PasserelleError as error:
        tell(error, asked if asked in MESSAGES else browser_language())
        st.stop()


def this_page() -> Page:
    """Return what the view that is drawn needs."""
    return Page(library(), reader_language())


@st.cache_resource(show_spinner=False)
def turns() -> search.AdmissionQueue:
    """Return the queue everyone's questions stand in: as many are answered at once as there are processors."""
    return search.AdmissionQueue(os.cpu_count() or 1, SECONDS_IN_QUEUE)
