"""What is around the page: its style, the drawer of the menu on a narrow screen, the words Streamlit writes itself."""

from __future__ import annotations

import json
from pathlib import Path

import streamlit as st

from .built_in import built_in_words
from .glossary import draw_tips
from .page import Page

STYLE = f"<style>{Path(__file__).with_name('style.css').read_text(encoding='utf-8')}</style>"

SCRIPT = f"<script>{Path(__file__).with_name('frame.js').read_text(encoding='utf-8')}</script>"


def draw_frame(page: Page) -> None:
    """Draw the style; put Streamlit's words in the reader's language, and let a choice close the drawer of the menu."""
    st.html(f"{STYLE}<style>:root {{ --waiting: {json.dumps(page.say('waiting'), ensure_ascii=False)}; }}</style>")
    with st.container(key="unseen_frame"):
        script = SCRIPT.replace("WORDS)", f"{json.dumps(built_in_words(page.reader), ensure_ascii=False)})")
        st.html(script, unsafe_allow_javascript=True)
        draw_tips()
