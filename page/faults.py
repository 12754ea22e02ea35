"""What went wrong, in words for anybody; files, addresses and reasons go to the log of the host."""

from __future__ import annotations

import logging
from collections.abc import Mapping

import streamlit as st

import search

from .messages import MESSAGES
from .text import one_line

ERROR_MESSAGES: Mapping[type[search.PasserelleError], str] = {
    search.BusyError: "busy",
    search.EmptyQueryError: "empty",
    search.QueryTooLongError: "too_long",
    search.UnknownConcernError: "unknown_concern",
    search.UnknownPlaceError: "unknown_place",
    search.UnknownEntryError: "unknown_entry",
    search.IndexMismatchError: "index_mismatch",
    search.IndexDamagedError: "index_damaged",
    search.IndexFormatError: "index_of_another_release",
    search.StoreError: "store_away",
    search.ModelMissingError: "model_missing",
    search.CorpusError: "corpus_wrong",
    search.NeedsFullError: "unmet_full",
}

LOGGED_EVERY = 60  # seconds after which the same fault is written to the log again

LOG = logging.getLogger("search.page")
"""What the host of the page reads and nobody else: paths, addresses of databases, faults of files."""


def message_key(error: search.PasserelleError) -> str:
    """Return which words of the page say an error; a database that answers but cannot be used is not away."""
    if isinstance(error, search.StoreError) and not error.may_pass:
        return "store_unusable"
    if isinstance(error, search.SavedSheetError):
        return f"saved_{error.kind}"
    return ERROR_MESSAGES.get(type(error), "failed")


def tell(error: search.PasserelleError, language: str) -> None:
    """Say what went wrong in words for anybody; files, addresses and reasons go to the log of the host."""
    fields = {name: one_line(str(value)) for name, value in vars(error).items()}
    st.error(MESSAGES[language][message_key(error)].format(**fields))
    if not isinstance(error, (search.QueryError, search.SavedSheetError)):
        note_fault(type(error).__name__, str(error))
        st.caption(MESSAGES[language]["in_log"])


@st.cache_data(ttl=LOGGED_EVERY, max_entries=100, show_spinner=False)
def note_fault(name: str, text: str) -> None:
    """Write a fault to the log: once in a while, however many people meet it."""
    LOG.error("%s: %s", name, text)
