"""The place where a person gives a file, in their language."""

from __future__ import annotations

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

# Streamlit says beside its button what may be given, in English.
STYLE = """<style>[data-testid="stFileUploaderDropzoneInstructions"] { display: none; }</style>"""


def draw_place_for_file(label: str, key: str) -> UploadedFile | None:
    """Draw a place for one file, and return what was given.

    Args:
        label: What is to be given.
        key: Of the widget.
    """
    st.html(STYLE)
    return st.file_uploader(label, key=key)
