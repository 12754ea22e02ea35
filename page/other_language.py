"""The request to write in French or English, for a text in another language."""

from __future__ import annotations

import streamlit as st

import search
from search.output.other_language import other_language_notice

from .page import Page


def draw_language(page: Page, results: search.Results) -> None:
    """Ask for French or English where the text is in neither."""
    if notice := other_language_notice(results.language, page.reader):
        st.info(notice, icon=":material/translate:")
