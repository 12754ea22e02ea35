"""How the library in use presents itself: its own name, promise and logo; and whether another site shows the page."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

import search
from search.library.settings import Settings, read_settings, settings_file

from .faults import note_fault
from .page import Page

NAME = "Passerelle"
"""What the page calls itself over the shipped library."""


def settings_of(searcher: search.Searcher) -> Settings:
    """Return what the library in use says of itself; nothing when its file is wrong, which the log tells."""
    own = [Path(corpus) for corpus in searcher.manifest.corpora if Path(corpus).exists()]
    if not own:
        return Settings()
    file = settings_file(own[0])
    return _read(file, file.stat().st_mtime_ns if file.is_file() else 0)


@st.cache_data(max_entries=8, show_spinner=False)
def _read(file: Path, changed: int) -> Settings:
    try:
        return read_settings(file)
    except search.SettingsError as error:
        note_fault(type(error).__name__, str(error))
        return Settings()


def logo_of(searcher: search.Searcher) -> str | None:
    """Return the file of the logo, as long as it is there."""
    logo = settings_of(searcher).logo
    return str(logo) if logo and Path(logo).is_file() else None


def library_name(searcher: search.Searcher) -> str:
    """Return what the library calls itself."""
    return settings_of(searcher).name or NAME


def tagline(page: Page) -> str:
    """Return the promise of the library, in the reader's language where it has one, else in the other."""
    own = settings_of(page.searcher).tagline
    return own.get(page.reader) or next(iter(own.values()), page.say("tagline"))


def is_embedded() -> bool:
    """Say whether the page is a part of another site (``?embed=true``): then it has question and answer alone."""
    return bool(st.context.is_embedded)
