"""The place where a person gives a file, in their language."""

from __future__ import annotations

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from .state import Page

# Streamlit says in English what its place for files is for.
STYLE = """<style>
[data-testid="stFileUploaderDropzoneInstructions"] {{ display: none; }}
[data-testid="stFileUploaderDropzone"] [data-testid="stBaseButton-secondary"] * {{ font-size: 0; }}
[data-testid="stFileUploaderDropzone"] [data-testid="stBaseButton-secondary"]::after {{ content: "{choose}"; }}
</style>"""


def draw_place_for_file(page: Page, label: str, key: str) -> UploadedFile | None:
    """Draw a place for one file, and return what was given.

    Args:
        page: The page.
        label: What is to be given.
        key: Of the widget.
    """
    st.html(STYLE.format(choose=page.say("table_choose")))
    return st.file_uploader(label, key=key)
