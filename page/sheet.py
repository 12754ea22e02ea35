"""The view of the sheet one brings to the meeting: chosen entries, notes of one's own, files to take away."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from urllib.parse import urlencode

import streamlit as st

import search
from search.output.pdf import can_write_pdf, to_pdf
from search.output.sheet import Item, Sheet, make_sheet, to_csv, to_markdown

from .entries import draw_entry_link, draw_off
from .state import Page, address, called, is_new, named_entries, split_known, write_address
from .text import capital, escape, one_line

FILE = "passerelle"
KINDS = (
    ("PDF", "pdf", "application/pdf"),
    ("Markdown", "md", "text/markdown"),
    ("CSV", "csv", "text/csv"),
)
"""Files a sheet is given as: name, suffix, media type."""


def keep_note(entry_id: str) -> None:
    """Keep what was written of an entry."""
    st.session_state["notes"] = st.session_state["notes"] | {entry_id: st.session_state[f"note {entry_id}"]}


def draw_item(page: Page, item: Item) -> None:
    """Draw one entry of the sheet, with the place for a note."""
    entry = item.entry
    with st.container(border=True):
        draw_entry_link(page, entry)
        st.markdown(one_line(entry.summary(page.reader)))
        st.session_state[f"note {entry.id}"] = st.session_state["notes"].get(entry.id, "")
        st.text_area(page.say("sheet_note"), key=f"note {entry.id}", height=80, on_change=keep_note, args=(entry.id,))
        draw_off(page, entry.id)


def draw_gone(page: Page, name: str) -> None:
    """Draw an entry that the library no longer has: what it was called, the note that was written of it."""
    with st.container(border=True):
        st.warning(page.say("gone", title=one_line(called(page, name)), id=one_line(name)))
        if note := st.session_state["notes"].get(name):
            st.markdown(f"**{page.say('sheet_note')}**\n\n{escape(note)}")
        draw_off(page, name)


def draw_files(page: Page, made: Sheet) -> None:
    """Draw the buttons that give the sheet as files; each is made when it is asked for."""
    make: dict[str, Callable[[Sheet], str | bytes]] = {"pdf": to_pdf, "md": to_markdown, "csv": with_mark}
    with st.container(horizontal=True):
        for label, suffix, kind in KINDS:
            st.download_button(
                page.say("sheet_download", kind=label),
                data=partial(make[suffix], made),
                file_name=f"{FILE}-{made.language}.{suffix}",
                mime=kind,
                key=f"download {suffix}",
                icon=":material/download:",
                on_click="ignore",
                disabled=suffix == "pdf" and not can_write_pdf(),
            )
    if not can_write_pdf():
        st.caption(page.say("sheet_no_pdf", command="`pip install 'passerelle[pdf]'`"))


def with_mark(made: Sheet) -> bytes:
    """Write the CSV with the mark by which spreadsheets know UTF-8."""
    return to_csv(made).encode("utf-8-sig")


def draw_link(page: Page, chosen: Sequence[search.Entry]) -> None:
    """Draw the address that opens this sheet elsewhere; notes are not in it."""
    where, ids = (st.context.url or "").split("?")[0], [entry.id for entry in chosen]
    with st.expander(page.say("sheet_share"), icon=":material/link:"):
        st.code(f"{where}?{urlencode({'on': ids}, doseq=True)}", language=None, wrap_lines=True)
        st.caption(page.say("sheet_share_hint"))


def main(page: Page) -> None:
    """Draw the view."""
    new, written = is_new("sheet"), address()
    if new and written.get("on"):
        st.session_state["sheet"] = named_entries(page.searcher, written["on"])
        st.session_state["address"] = written
        st.rerun()  # the menu counts them
    chosen, gone = split_known(page.searcher, st.session_state["sheet"])
    write_address({"on": [entry.id for entry in chosen]} if chosen else {})
    st.header(page.say("sheet"), anchor=False)
    for name in gone:
        draw_gone(page, name)
    if not chosen:
        st.info(page.say("sheet_empty"))
        return
    st.markdown(page.say("sheet_hint"))
    st.text_input(page.say("sheet_title"), key="title", placeholder=page.say("sheet_title_hint"))
    language = st.segmented_control(
        page.say("sheet_language"),
        search.LANGUAGES,
        format_func=lambda key: capital(page.label("languages", key)),
        default=page.reader,
        key=f"sheet language {page.reader}",
    )
    made = make_sheet(
        st.session_state["title"],
        chosen,
        page.searcher.vocabulary,
        language=language or page.reader,
        notes=st.session_state["notes"],
    )
    draw_files(page, made)
    draw_link(page, chosen)
    reading = make_sheet("", chosen, page.searcher.vocabulary, language=page.reader)
    for label, items in reading.phases():
        st.subheader(one_line(label), anchor=False)
        for item in items:
            draw_item(page, item)
