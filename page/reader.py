"""Which language the page is read in: chosen, else that of the question, else the browser's."""

from __future__ import annotations

import streamlit as st

from search.text.query import language_of

from .address import address, is_bare
from .messages import MESSAGES


def browser_language() -> str:
    """Return the browser's language, or French when it is neither of the two."""
    language = (st.context.locale or "").lower().split("-")[0]
    return language if language in MESSAGES else "fr"


def reader_language() -> str:
    """Return the language that was chosen; else that of the question; else the browser's."""
    chosen = next((value for value in st.query_params.get_all("lang") if value in MESSAGES), None)
    if address() != st.session_state.get("address") and (chosen or not is_bare()):
        st.session_state["lang"] = chosen
    asked = st.query_params.get("q") or st.session_state.get("q") or ""
    return st.session_state.get("lang") or language_of(asked) or browser_language()


def choose_language() -> None:
    """Keep the language of the switch; pressing the one in use keeps it too."""
    chosen = st.session_state["switch"] or st.session_state["shown_language"]
    st.session_state["lang"] = st.session_state["kept language"] = chosen
