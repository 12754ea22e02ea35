"""The part of the editors' view for a table of one's own: give it, see how it reads, correct that, build, go back."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

import streamlit as st

import search
from search.building.background import BackgroundBuild, BuildState
from search.index.builds import KeptBuild, kept_builds
from search.index.writing import switch_to
from search.library.counts import CorpusCounts
from search.library.problems import listed
from search.library.tables.column_choices import (
    choices_of,
    chosen_twice,
    filters_of,
    first_reading,
    map_of,
    values_of,
    written_map,
)
from search.library.tables.column_draft import facts_of, samples_of, shortened
from search.library.tables.preview import TablePreview
from search.library.tables.problem_cells import problem_cells
from search.library.tables.reading import preview_table
from search.library.tables.uploads import keep_draft, path_typed, place_of
from search.locations import (
    INDEX_VARIABLE,
    SHIPPED,
    STORE_VARIABLE,
    corpus_name,
    corpus_named,
    default_store,
    default_tables,
)

from .faults import note_fault
from .given_files import draw_place_for_file
from .host import is_here
from .page import Page
from .table_columns import Chosen, column_label, draw_columns
from .text import bullets, escape, one_line

LISTED = 50
"""Problems that are shown; all of them are in the file that can be downloaded."""

LOOKED_AT_EVERY = 1.0
"""Seconds between two looks at how far a build is."""

ERRORS: Mapping[type[Exception], str] = {
    search.CorpusError: "table_wrong",
    search.ExtraMissingError: "table_extra",
    search.IndexBusyError: "table_busy",
    search.IndexWriteError: "table_unwritten",
    OSError: "table_unwritten",
    search.SearchIndexError: "table_unopened",
}

Pairs = tuple[tuple[str, str], ...]


@st.cache_resource(show_spinner=False)
def building() -> BackgroundBuild:
    """Return what builds for everybody, one table at a time."""
    return BackgroundBuild()


@st.cache_resource(max_entries=8, show_spinner=False)
def read(
    draft: Path, choices: Pairs, values: Pairs, filters: frozenset[str], _beside: search.Searcher, version: str
) -> TablePreview:
    """Read a table with what was chosen, once; beside a library, whose version is given, it may link to its entries."""
    columns = map_of(dict(choices), dict(values), filters=filters)
    others = {entry.id: entry.kind for entry in _beside.entries} if version else None
    return preview_table(draft, columns=columns, suggestions=False, others=others)


def read_chosen(page: Page, chosen: Chosen) -> TablePreview:
    """Read a table with what was chosen."""
    pairs = (tuple(chosen.choices.items()), tuple(chosen.values.items()))
    version = page.searcher.manifest.version if is_beside() else ""
    return read(chosen.draft, *pairs, chosen.filters, page.searcher, version)


def draw_table(page: Page) -> None:
    """Draw the whole part."""
    draw_libraries(page)
    state = building().state
    if state.running:
        draw_progress(page)
        return
    if state.name:
        draw_end(page, state)
    draw_upload(page)
    draw_named(page)
    if "table" in st.session_state:
        draw_reading(page, st.session_state["table"])


def tell_table(page: Page, error: Exception) -> None:
    """Say what went wrong in words; the rest goes to the log of the host."""
    key = next((words for kind, words in ERRORS.items() if isinstance(error, kind)), "table_failed")
    st.error(page.say(key, extra=getattr(error, "extra", "")))
    note_fault(type(error).__name__, str(error))


# ---- Which library answers -----------------------------------------------------------------------------------


def draw_libraries(page: Page) -> None:
    """Draw which library answers, and a button for each other one that is kept."""
    used = page.searcher.manifest
    st.markdown(escape(page.say("table_now", name=library_name(page, used.corpora), count=used.entries)))
    if error := st.session_state.pop("table fault", None):
        tell_table(page, error)
    for build in others(page):
        name = library_name(page, build.corpora)
        st.button(
            page.say("table_open", name=one_line(name), count=build.entries),
            key=f"table open {build.name}",
            icon=":material/swap_horiz:",
            on_click=open_build,
            args=(build.name, page.searcher.encoder),
            disabled=building().state.running,
        )


def others(page: Page) -> list[KeptBuild]:
    """Return the other libraries of the index folder; none when a database answers."""
    with suppress(OSError):
        if not default_store():
            used = page.searcher.manifest.corpora
            return [build for build in kept_builds(search.default_index()) if build.corpora != used]
    return []


def library_name(page: Page, corpora: tuple[str, ...]) -> str:
    """Return what people call a library: its file, or that it is the shipped one."""
    return " + ".join(page.say("table_shipped") if one == SHIPPED else Path(one).name for one in corpora)


def at_tables() -> bool:
    """Say whether this visitor built a table or changed the library."""
    return bool(st.session_state.get("table used"))


def open_build(name: str, encoder: search.Encoder) -> None:
    """Answer from another library; why that cannot be is told when the page is drawn."""
    building().forget()
    st.session_state["table used"] = True
    try:
        switch_to(search.default_index(), name, encoder)
    except (search.PasserelleError, OSError) as error:
        st.session_state["table fault"] = error


# ---- A build -------------------------------------------------------------------------------------------------


@st.fragment(run_every=LOOKED_AT_EVERY)
def draw_progress(page: Page) -> None:
    """Draw how far the build is, again and again until it is over."""
    state = building().state
    if not state.running:
        st.rerun()
    st.progress(state.share, text=page.say("table_building", name=one_line(state.name)))
    st.caption(page.say("table_meanwhile"))


def draw_end(page: Page, state: BuildState) -> None:
    """Draw how a build ended."""
    if state.error:
        tell_table(page, state.error)
        if isinstance(state.error, search.CorpusError):
            draw_problems(page, state.error.problems, state.name)
        return
    name = library_name(page, state.corpora)
    st.success(page.say("table_built", name=one_line(name), count=state.entries))
    if state.skipped:
        st.markdown(escape(page.say("table_left")))
        draw_problems(page, tuple(state.skipped), state.name)
    if state.table and corpus_name(state.table) in page.searcher.manifest.corpora:
        st.page_link(st.session_state["answers"], label=page.say("table_ask"), icon=":material/search:")
    elif state.table:
        st.markdown(page.say("table_elsewhere"))
        st.code(f"{STORE_VARIABLE}= {INDEX_VARIABLE}={output_of(state.table)} passerelle serve", language="sh")


def output_of(table: Path) -> Path:
    """Return the folder a table's index goes to: the page's own, or one beside the table when a database answers."""
    return table.parent / "index" if default_store() else search.default_index()


def start(page: Page, chosen: Chosen, preview: TablePreview, *, skip: bool) -> None:
    """Begin to build."""
    tables = default_tables()
    column_map = written_map(preview, page.reader, skip_bad_rows=skip)
    output = output_of(place_of(tables, chosen.draft))
    st.session_state["table used"] = True
    if building().start(chosen.draft, tables, column_map, output, page.searcher.encoder, beside=beside(page)):
        st.rerun()
    st.warning(page.say("table_busy"))


# ---- Beside the library that answers -------------------------------------------------------------------------


def is_beside() -> bool:
    """Say whether what is given is to stand beside the library that answers."""
    return bool(st.session_state.get("table_beside"))


def beside(page: Page) -> tuple[Path, ...]:
    """Return what a table is to stand beside: what answers now, or nothing."""
    return libraries_in_use(page) if is_beside() else ()


def libraries_in_use(page: Page) -> tuple[Path, ...]:
    """Return where the libraries that answer now are."""
    return tuple(map(corpus_named, page.searcher.manifest.corpora))


def draw_beside(page: Page) -> None:
    """Draw the choice whether a table answers alone, or beside the library that answers."""
    name = one_line(library_name(page, page.searcher.manifest.corpora))
    st.checkbox(page.say("table_beside", name=name), key="table_beside")


def draw_named(page: Page) -> None:
    """Draw the place to name a file or a folder of this computer that is to stand beside the library that answers."""
    if not is_here() or default_store():
        return
    with st.expander(page.say("beside_named")), st.form("beside", border=False):
        name = library_name(page, page.searcher.manifest.corpora)
        st.markdown(escape(page.say("beside_hint", name=name)))
        typed = st.text_input(page.say("beside_path"), key="beside_path")
        if not st.form_submit_button(page.say("beside_build"), key="beside_build"):
            return
    place = path_typed(typed)
    if place is None:
        st.error(page.say("beside_missing"))
        return
    st.session_state["table used"] = True
    work = (place, search.default_index(), page.searcher.encoder)
    if building().start_where_it_is(*work, beside=libraries_in_use(page)):
        st.rerun()
    st.warning(page.say("table_busy"))


# ---- A table -------------------------------------------------------------------------------------------------


def draw_upload(page: Page) -> None:
    """Draw the place for a file; one that was given is kept and read."""
    st.markdown(page.say("table_hint"))
    given = draw_place_for_file(page.say("table_file"), "table_file")
    if given is None or given.file_id == st.session_state.get("table file"):
        return
    st.session_state["table file"] = given.file_id
    building().forget()
    try:
        with st.spinner(page.say("table_reading")):
            draft = keep_draft(default_tables(), given.name, given.getvalue())
            seen = first_reading(draft, place_of(default_tables(), draft))
    except (search.ExtraMissingError, OSError) as error:
        tell_table(page, error)
        return
    guessed = frozenset(column.name for column in seen.columns if column.how == "suggestion")
    suggested = {column.name: column.suggestion for column in seen.columns if column.suggestion}
    st.session_state["table"] = Chosen(draft, choices_of(seen), values_of(seen), guessed, suggested, filters_of(seen))


def draw_reading(page: Page, chosen: Chosen) -> None:
    """Draw how a table reads, what may be corrected, and the button that builds it."""
    if not chosen.draft.exists():  # it was built, or a day has gone by
        del st.session_state["table"]
        return
    head, columns = st.container(), st.container()
    seen = read_chosen(page, chosen)
    with columns:
        corrected = draw_columns(page, chosen, seen)
    if corrected != chosen:
        st.session_state["table"] = chosen = corrected
    with st.spinner(page.say("table_reading")):
        preview = read_chosen(page, chosen)
    twice = chosen_twice(chosen.choices, chosen.draft.name)
    with head:
        draw_summary(page, preview, (*twice, *preview.problems))
    draw_samples(page, preview)
    draw_notes(page, preview)
    skip = bool(preview.bad_rows) and preview.can_be_built(skip_bad_rows=True)
    if skip:
        skip = st.checkbox(page.say("table_skip", count=len(preview.entries)), key="table_skip")
    ready = not twice and preview.can_be_built(skip_bad_rows=skip)
    draw_beside(page)
    st.caption(page.say("table_elsewhere_first" if default_store() else "table_for_all"))
    if st.button(page.say("table_build"), key="table_build", type="primary", disabled=not ready):
        start(page, chosen, preview, skip=skip)


def draw_summary(page: Page, preview: TablePreview, problems: tuple[search.Problem, ...]) -> None:
    """Draw what a table holds, and what is wrong with it, by row and column."""
    st.subheader(one_line(preview.path.name), anchor=False)
    if preview.entries:
        st.markdown(bullets(map(escape, counts(page, preview))))
    if not problems:
        return
    st.warning(page.say("table_problems", count=len(problems)))
    draw_problems(page, problems, preview.path.name)


def draw_problems(page: Page, problems: tuple[search.Problem, ...], name: str) -> None:
    """Draw problems by row and column, and a file of all of them where there are many."""
    cells = problem_cells(problems, page.reader)
    heads = [page.say(f"table_{name}") for name in ("row", "column", "what")]
    shown = [[str(cell.row or ""), one_line(cell.column), one_line(cell.said)] for cell in cells[:LISTED]]
    st.table([dict(zip(heads, line, strict=True)) for line in shown])
    if len(cells) > LISTED:
        text = "\n".join(listed(problems, page.reader)) + "\n"
        label = page.say("table_all", shown=LISTED, count=len(cells))
        st.download_button(label, text, file_name=f"{Path(name).stem}.problems.txt", on_click="ignore")


def counts(page: Page, preview: TablePreview) -> list[str]:
    """Say how many entries a table gives, of which kinds and in which languages."""
    held = CorpusCounts.of(preview.entries)
    kinds = [f"{preview.vocabulary.label('kinds', kind, page.reader)} {count}" for kind, count in held.kinds.items()]
    languages = [
        f"{page.say('and').join(page.label('languages', one) for one in name.split('+'))} {count}"
        for name, count in held.languages.items()
    ]
    return [
        page.say("table_entries", count=held.entries, passages=held.passages),
        page.say("told", name=page.say("kinds"), values=", ".join(kinds)),
        page.say("told", name=page.say("languages"), values=", ".join(languages)),
    ]


def draw_samples(page: Page, preview: TablePreview) -> None:
    """Draw some entries as they will read."""
    if not preview.entries:
        return
    st.markdown(f"**{page.say('table_samples')}**")
    for entry in samples_of(preview.entries):
        with st.container(border=True):
            st.markdown(f"**{one_line(entry.title(page.reader))}**")
            kind = preview.vocabulary.label("kinds", entry.kind, page.reader)
            st.caption(one_line(f"{kind}, {page.languages(entry)}"))
            facts = [
                (column_label(page, name), said) for name, said in facts_of(entry, preview.vocabulary, page.reader)
            ]
            texts = [
                (column_label(page, name), shortened(text))
                for language in entry.languages
                for name, text in entry.texts[language].items()
                if name != "title"
            ]
            told = (page.say("told", name=name, values=said) for name, said in [*texts, *facts])
            st.markdown(bullets(map(one_line, told)))


def draw_notes(page: Page, preview: TablePreview) -> None:
    """Draw what was set aside, or is read as is said."""
    if preview.notes:
        with st.expander(page.say("table_notes", count=len(preview.notes))):
            st.markdown(bullets(map(one_line, listed(preview.notes, page.reader, LISTED))))
