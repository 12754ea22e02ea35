"""Words of the library's glossary explained where an entry's text is shown: on pointing, tapping or by the keyboard."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

import search
from search.library.glossary import Glossary, read_glossary
from search.locations import corpus_named

from .faults import LOG
from .page import Page
from .text import Explained, bullets, explained, highlight

SCRIPT = f"<script>{Path(__file__).with_name('glossary.js').read_text(encoding='utf-8')}</script>"


@st.cache_resource(max_entries=4, show_spinner=False)
def glossaries(version: str, corpora: tuple[str, ...]) -> tuple[Glossary, ...]:
    """Read the glossaries of the libraries in use, once for each build; one that cannot be read explains nothing."""
    read = []
    for name in corpora:
        try:
            read.append(read_glossary(corpus_named(name)))
        except search.CorpusError as error:
            LOG.warning("%s: its glossary explains nothing (%s)", name, error)
    return tuple(read)


def words_in(page: Page, text: str, language: str) -> tuple[Explained, ...]:
    """Return the words of a text that are explained, each once, in the reader's language."""
    manifest, taken = page.searcher.manifest, -1
    found = [
        (one.start, one.end, one.word.lines[page.reader])
        for glossary in glossaries(manifest.version, manifest.corpora)
        for one in glossary.words_in(text, language, once=True)
    ]
    kept = []
    for start, end, means in sorted(found):
        if start >= taken:
            kept.append((start, end, means))
            taken = end
    return tuple(kept)


def draw_text(page: Page, text: str | tuple[str, ...], language: str, *, title: str = "") -> None:
    """Draw a text of an entry, or a list of texts, with its words explained; under a title where there is one."""
    one = isinstance(text, str)
    items = [explained(item, words_in(page, item, language)) for item in ((text,) if isinstance(text, str) else text)]
    above = f"**{title}**\n\n" if title else ""
    st.markdown(above + (items[0] if one else bullets(items)), unsafe_allow_html=True)


def draw_passage(
    page: Page, passage: str, sentence: str, language: str, marks: tuple[tuple[int, int], ...] = ()
) -> None:
    """Draw the passage that answers, its sentence marked, with its words explained."""
    words = words_in(page, passage, language)
    st.markdown(highlight(passage, sentence, marks, words), unsafe_allow_html=True)


def draw_tips() -> None:
    """Have the browser show what a word means when it is pointed at, tapped or reached."""
    st.html(SCRIPT, unsafe_allow_javascript=True)
