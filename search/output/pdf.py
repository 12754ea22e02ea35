"""A sheet as PDF: A4, with an embedded font that has the accents of both languages and of the names in the library."""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING

from ..errors import needs_extra
from .sheet import Item, Sheet

if TYPE_CHECKING:
    from fpdf import FPDF


MARGIN, HEAD = 18, 30
"""Millimetres: around the page; room wanted for the head of an entry."""


INK, QUIET, ACCENT = (34, 34, 34), (95, 95, 95), (11, 94, 107)
"""Red, green, blue, 0 to 255."""


FONT = "Source Sans Pro"


def can_write_pdf() -> bool:
    """Say whether the extra ``pdf`` is installed."""
    return all(find_spec(name) for name in ("fpdf", "font_source_sans_pro"))


def to_pdf(made: Sheet) -> bytes:
    """Write a sheet as PDF; a character the font does not have is shown as an empty box.

    Raises:
        ExtraMissingError: The extra ``pdf`` is not installed.
    """
    pdf = _document(made)
    if made.title:
        _write(pdf, made.title, size=20, style="B", color=ACCENT, after=4)
    for label, items in made.phases():
        _write(pdf, label, size=15, style="B", color=ACCENT, after=2)
        for item in items:
            _write_item(pdf, made, item)
    return bytes(pdf.output())


def _document(made: Sheet) -> FPDF:
    with needs_extra("pdf"):
        from font_source_sans_pro import font_files_ttf
        from fpdf import FPDF

    class Document(FPDF):
        def footer(self) -> None:
            self.set_y(-MARGIN + 4)
            self.set_font(FONT, size=8)
            self.set_text_color(*QUIET)
            self.cell(0, 5, f"{self.page_no()} / {{nb}}", align="R")

    pdf = Document(format="A4")
    pdf.add_font(FONT, fname=font_files_ttf["SourceSansPro"])
    pdf.add_font(FONT, style="B", fname=font_files_ttf["SourceSansProBold"])
    pdf.set_margin(MARGIN)
    pdf.set_auto_page_break(auto=True, margin=MARGIN)
    pdf.set_title(made.title or "Passerelle")
    pdf.set_lang(made.language)
    pdf.set_creator("Passerelle")
    pdf.add_page()
    return pdf


def _write_item(pdf: FPDF, made: Sheet, item: Item) -> None:
    entry = item.entry
    if pdf.will_page_break(HEAD):  # a title never stands alone at the foot of a page
        pdf.add_page()
    _write(pdf, entry.title(made.language), size=12, style="B")
    _write(pdf, f"{made.facts(entry)} · {entry.id}", size=8.5, color=QUIET, after=1)
    if made.language not in entry.languages:
        _write(pdf, made.words["only"], size=8.5, color=QUIET, after=1)
    _write(pdf, entry.summary(made.language), after=1.5)
    for heading, texts in made.paragraphs(entry):
        _write(pdf, heading, style="B")
        for text in texts:
            _write(pdf, f"• {text}" if len(texts) > 1 else text)
        pdf.ln(1)
    if item.note:
        _write(pdf, made.words["note"], style="B", color=ACCENT)
        _write(pdf, item.note, after=1)
    _write(pdf, made.words["sources"], size=8.5, style="B", color=QUIET)
    for source in entry.sources:
        _write(pdf, made.source(source), size=8.5, color=QUIET)
    pdf.ln(4)


def _write(
    pdf: FPDF,
    text: str,
    *,
    size: float = 10,
    style: str = "",
    color: tuple[int, int, int] = INK,
    after: float = 0,
) -> None:
    pdf.set_font(FONT, style=style, size=size)
    pdf.set_text_color(*color)
    pdf.multi_cell(0, size * 0.47, text, new_x="LMARGIN", new_y="NEXT", align="L")
    pdf.ln(after)
