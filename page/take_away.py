"""What is taken along or passed on: files of a sheet, an entry or an answer, the printer, a link, an e-mail."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import streamlit as st

import search
from search.output.blocks import is_here
from search.output.document import Takeaway, file_stem
from search.output.docx import can_write_docx
from search.output.mail import to_mailto
from search.output.papers import sheet_entries
from search.output.pdf import can_write_pdf

from .address import page_address, shown_address
from .browser import give_file, print_paper
from .look import library_name
from .page import Page

FILE = "passerelle"

KINDS = (
    ("Word", "docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ("PDF", "pdf", "application/pdf"),
    ("Markdown", "md", "text/markdown"),
    ("CSV", "csv", "text/csv"),
)
"""Files something is given as: name, suffix, media type."""

CHECKS: Mapping[str, Callable[[], bool]] = {"docx": can_write_docx, "pdf": can_write_pdf}
"""Of the files that need a package of their own: whether it is there."""


@dataclass(frozen=True)
class Taken:
    """What is taken along.

    Attributes:
        paper: For the files that are read.
        rows: For the one that is a table.
        name: Of the files, before language and suffix.
    """

    paper: Takeaway
    rows: search.Sheet
    name: str = FILE

    def file(self, suffix: str) -> str | bytes:
        """Write a file of it."""
        writers: dict[str, Callable[[Takeaway], str | bytes]] = {
            "docx": search.to_docx,
            "pdf": search.to_pdf,
            "md": search.to_markdown,
        }
        return with_mark(self.rows) if suffix == "csv" else writers[suffix](self.paper)


def with_mark(made: search.Sheet) -> bytes:
    """Write the CSV with the mark by which spreadsheets know UTF-8."""
    return search.to_csv(made).encode("utf-8-sig")


def this_place(page: Page) -> search.PageAddress:
    """Return where the library can be opened."""
    return search.PageAddress(page_address(), library_name(page.searcher))


def entry_taken(page: Page, entry: search.Entry) -> Taken:
    """Return an entry as it is taken along."""
    vocabulary, place = page.searcher.vocabulary, this_place(page)
    paper = search.entry_document(entry, vocabulary, language=page.reader, place=place)
    rows = search.make_sheet("", [entry], vocabulary, language=page.reader, place=place)
    return Taken(paper, rows, f"{FILE}-{entry.id}")


def sheet_taken(made: search.Sheet) -> Taken:
    """Return a sheet as it is taken along: files are named by its title."""
    stem = file_stem(made.title)
    return Taken(made, made, f"{FILE}-{stem}" if stem else FILE)


def answer_taken(page: Page, results: search.Results) -> Taken:
    """Return the best answers as they are taken along."""
    vocabulary, place = page.searcher.vocabulary, this_place(page)
    paper = search.answer_document(
        results,
        vocabulary,
        language=page.reader,
        situation=st.session_state["q"],
        address=shown_address(),
        place=place,
    )
    rows = search.make_sheet("", sheet_entries(results), vocabulary, language=page.reader, place=place, by_phase=False)
    return Taken(paper, rows, f"{FILE}-{page.say('take_answer_file')}")


def draw_take_away(page: Page, taken: Taken, where: str) -> None:
    """Draw the button behind which everything is that can be done with an entry or an answer."""
    with st.popover(page.say("take"), icon=":material/ios_share:", type="tertiary", key=f"take {where}"):
        draw_files(page, taken, where)
        draw_passing_on(page, taken, where)


def draw_files(page: Page, taken: Taken, where: str) -> None:
    """Draw the buttons that give files.

    A file is made when its button is pressed, of what is on the screen: Streamlit's own button for downloads gives what
    was there when it was drawn, without the note that was typed last.
    """
    language = taken.rows.language  # of both: to make the paper for it would cost its whole text at each drawing
    missing = [suffix for suffix, can_write in CHECKS.items() if not can_write()]
    with st.container(horizontal=True):
        for label, suffix, kind in KINDS:
            if st.button(
                page.say("sheet_download", kind=label),
                key=f"download {suffix} {where}",
                icon=":material/download:",
                disabled=suffix in missing,
            ):
                give_file(f"{taken.name}-{language}.{suffix}", taken.file(suffix), kind)
        if st.button(page.say("take_print"), key=f"print {where}", icon=":material/print:"):
            print_paper(search.to_html(taken.paper))
    for suffix in missing:
        command = f"`pip install 'passerelle[{suffix}]'`"
        st.caption(page.say("sheet_no_pdf" if suffix == "pdf" else "take_no_docx", command=command))


def draw_passing_on(page: Page, taken: Taken, where: str, *, hint: str = "") -> None:
    """Draw the buttons that copy the address of what is shown and begin an e-mail; the browser does both.

    Args:
        page: The page.
        taken: What is passed on.
        where: It is drawn, once each.
        hint: The words of the page that say what the address holds.
    """
    address = shown_address()
    with st.container(horizontal=True):
        told = page.say(hint) if hint else None
        st.button(page.say("take_copy"), key=f"copy_link {where}", icon=":material/link:", help=told)
        st.link_button(page.say("take_mail"), to_mailto(taken.paper, address), icon=":material/mail:")
    copied = st.session_state.pop("copied", None)
    if copied is not None:
        told = page.say("take_copied_here" if is_here(address) else "take_copied")
        st.toast(told, icon=":material/check:") if copied else st.code(address, language=None)
