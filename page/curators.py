"""The view for those who keep the library: what the check finds, what is thin or missed, a form for a new entry."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

import search
from search.curation.coverage import coverage
from search.curation.lint import check_library
from search.curation.unmet_needs import MOST_NEEDS, read_unmet, unmet_problems
from search.library.fingerprint import corpus_hash
from search.library.problems import said_with_place
from search.locations import SHIPPED

from .address import is_new, write_address
from .draft import draw_draft
from .faults import note_fault
from .feedback import draw_left
from .host import may_edit
from .library import has_grid, is_shipped, used_values
from .page import Page
from .table import at_tables, draw_table
from .text import bullets, escape, one_line

LISTED = 50

TAB = "curators tab"
"""Where it is kept which tab is open."""


@st.cache_resource(max_entries=1, show_spinner=False)
def read(corpus: Path, fingerprint: str) -> tuple[search.Library | None, tuple[search.Problem, ...]]:
    """Read the library's files and check their writing, once for each fingerprint of theirs."""
    try:
        library = search.read_library(corpus)
    except search.CorpusError as error:
        return None, error.problems
    return library, tuple(check_library(library))


def draw_findings(page: Page, problems: tuple[search.Problem, ...]) -> None:
    """Draw what the check finds."""
    if not problems:
        st.success(page.say("findings_none"))
        return
    st.warning(page.say("findings", count=len(problems)))
    st.markdown(bullets(one_line(said_with_place(problem, page.reader)) for problem in problems[:LISTED]))


def draw_coverage(page: Page, library: search.Library) -> None:
    """Draw where the library is thin."""
    counts = coverage(library)
    used = used_values(page.searcher, "kinds")
    kinds = [page.say("told", name=page.label("kinds", kind), values=counts.kinds[kind]) for kind in used]
    st.markdown(bullets(map(escape, kinds)))
    for kind in counts.grid if has_grid(page.searcher) else ():
        if kind not in used:
            continue
        weak = [f"{page.label('phases', p)} / {page.label('conditions', c)}" for p, c in counts.weak_cells(kind)]
        draw_thin(page, page.say("thin_cells", kind=page.label("kinds", kind)), weak)
    titles = {entry.id: entry.title(page.reader) for entry in library.entries}
    if {"practice", "case"}.issubset(used):
        draw_thin(page, page.say("thin_practices"), [titles[n] for count in (0, 1) for n in counts.shown_by(count)])
    for language in search.LANGUAGES:
        names = [titles[name] for name in counts.one_language.get(language, ())]
        draw_thin(page, page.say("thin_language", language=page.label("languages", language)), names)


def draw_thin(page: Page, title: str, names: list[str]) -> None:
    """Draw what there is little of, or that there is enough."""
    st.markdown(f"**{one_line(title)}** ({len(names)})")
    st.markdown(bullets(map(one_line, names)) if names else escape(page.say("thin_none")))


def draw_unmet(page: Page) -> None:
    """Draw the needs that people left."""
    file = search.default_unmet()
    try:
        needs, problems = read_unmet(file), unmet_problems(file)
    except OSError as error:
        note_fault(type(error).__name__, str(error))
        st.error(page.say("unmet_unread"))
        return
    st.caption(page.say("unmet_file", path=one_line(str(file)), most=MOST_NEEDS))
    if problems:
        lines = ", ".join(str(problem.line) for problem in problems[:LISTED])
        st.warning(page.say("unmet_lines", count=len(problems), lines=lines))
    if not needs and not problems:
        st.info(page.say("unmet_none"))
    if len(needs) > LISTED:
        st.caption(page.say("unmet_latest", shown=LISTED, count=len(needs)))
    for need in needs[:LISTED]:
        with st.container(border=True):
            st.caption(page.date(need.day))
            st.markdown(escape(need.text))


# ---- The view ------------------------------------------------------------------------------------------------


def main(page: Page) -> None:
    """Draw the view."""
    is_new("curators")
    write_address({})
    st.header(page.say("curators"), anchor=False)
    if not may_edit(page):
        return
    library = choose_library(page)
    if library == SHIPPED or (not library and is_shipped(page.searcher)):
        draw_shipped(page)
    else:
        draw_other(page, library)


def choose_library(page: Page) -> str | None:
    """Draw the choice between several libraries, and return the one that is read; None when there is one only."""
    names = page.searcher.manifest.names
    if len(names) < 2:
        return None
    chosen = st.pills(
        page.say("libraries"),
        names,
        format_func=lambda name: one_line(page.label("libraries", name)),
        default=names[0],
        key="curators library",
        required=True,
    )
    return chosen or names[0]


def draw_shipped(page: Page) -> None:
    """Draw what there is to do in the shipped library, from its files as they are now."""
    corpus = search.default_corpus()
    with st.spinner(page.say("curators_reading")):
        library, problems = read(corpus, corpus_hash(corpus))
    tabs = draw_tabs(page, "findings", "coverage", "unmet", "draft", "table", "feedback")
    with tabs[0]:
        draw_findings(page, problems)
    with tabs[2]:
        draw_unmet(page)
    for tab, draw in ((tabs[1], draw_coverage), (tabs[3], draw_draft)):
        with tab:
            if library:
                draw(page, library)
            else:
                st.error(page.say("corpus_wrong"))
    with tabs[4]:
        draw_table(page)
    with tabs[5]:
        draw_left(page)


def draw_tabs(page: Page, *names: str) -> Sequence[DeltaGenerator]:
    """Draw the tabs, the one that was open before open: in another language, and whatever tabs another library has."""
    labels = {name: page.say(f"curators_{name}") for name in names}
    key = f"curators tabs {page.reader} {len(names)}"
    before = st.session_state.get(TAB, "table" if at_tables() else "")
    default = labels.get(before)
    return st.tabs(list(labels.values()), default=default, key=key, on_change=note_tab, args=(key, labels))


def note_tab(key: str, labels: Mapping[str, str]) -> None:
    """Remember which tab was opened."""
    st.session_state[TAB] = next(name for name, label in labels.items() if label == st.session_state[key])


def draw_other(page: Page, name: str | None) -> None:
    """Draw what an index tells of a library of one's own: the rules of writing and the form are the shipped one's.

    Args:
        page: The page.
        name: The library, of several; everything when None.
    """
    searcher = page.searcher
    entries = tuple(entry for entry in searcher.entries if name in (None, entry.library))
    library = search.Library(entries, searcher.vocabulary, Path(), {})
    coverage_tab, unmet_tab, table_tab, feedback_tab = draw_tabs(page, "coverage", "unmet", "table", "feedback")
    with coverage_tab:
        draw_coverage(page, library)
    with unmet_tab:
        draw_unmet(page)
    with table_tab:
        draw_table(page)
    with feedback_tab:
        draw_left(page)
