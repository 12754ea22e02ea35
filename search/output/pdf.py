"""A paper as PDF: A4, with embedded fonts for the accents of both languages, other alphabets and common signs.

What none of the fonts has is told in words; see `glyphs`.
"""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from ..errors import needs_extra
from .document import Block, Document, Role, Takeaway, document_of
from .glyphs import drawable

if TYPE_CHECKING:
    from fpdf import FPDF


MARGIN = 18
"""Millimetres around the page."""

HEADS: Mapping[Role, float] = {"section": 40, "entry": 30, "heading": 16, "note_heading": 16, "sources": 12}
"""Millimetres wanted at the foot of a page for what never stands there alone."""


INK, QUIET, ACCENT = (34, 34, 34), (95, 95, 95), (11, 94, 107)
"""Red, green, blue, 0 to 255."""


FONT = "Source Sans Pro"

OTHERS = ("figo", "symbol2", "symbol1", "math")
"""Fonts for what the first has not, as their package calls them: other alphabets (FiraGO), then signs (Noto)."""

LINE = 0.47
"""Millimetres from line to line, a point of the font's size."""


class Look(NamedTuple):
    """How a block is drawn: points, bold, colour, millimetres before and behind."""

    size: float = 10
    style: str = ""
    color: tuple[int, int, int] = INK
    before: float = 0
    after: float = 1


TITLE = Look(20, "B", ACCENT, after=3)

LOOKS: Mapping[Role, Look] = {
    "day": Look(8.5, "", QUIET, after=2),
    "label": Look(10, "B", ACCENT, after=0),
    "situation": Look(10, "", INK, after=3),
    "section": Look(15, "B", ACCENT, before=4, after=2),
    "entry": Look(12, "B", INK, before=4, after=0),
    "facts": Look(8.5, "", QUIET),
    "heading": Look(10, "B", INK, before=1, after=0),
    "item": Look(10, after=0),
    "note_heading": Look(10, "B", ACCENT, before=1, after=0),
    "sources": Look(8.5, "B", QUIET, before=1, after=0),
    "source": Look(8.5, "", QUIET, after=0),
    "link": Look(8.5, "", ACCENT, after=2),
}


def can_write_pdf() -> bool:
    """Say whether the extra ``pdf`` is installed."""
    return all(find_spec(name) for name in ("fpdf", "font_source_sans_pro", "pymupdf_fonts", "uharfbuzz", "emoji"))


def to_pdf(made: Takeaway) -> bytes:
    """Write a sheet, an entry or an answer as PDF.

    Raises:
        ExtraMissingError: The extra ``pdf`` is not installed.
    """
    paper = document_of(made)
    pdf = _document(paper)
    blocks = (Block("text", paper.title), *paper.blocks) if paper.title else paper.blocks
    with tempfile.TemporaryDirectory() as folder:
        if not _known(pdf).issuperset(ord(sign) for block in blocks for sign in block.text):
            _add_others(pdf, Path(folder))
        known = _known(pdf)
        for n, block in enumerate(blocks):
            if pdf.will_page_break(HEADS.get(block.role, 0)):
                pdf.add_page()
            look = TITLE if paper.title and n == 0 else LOOKS.get(block.role, Look())
            _write(pdf, Block(block.role, drawable(block.text, known, paper.language), block.url), look)
        return bytes(pdf.output())


def _document(paper: Document) -> FPDF:
    with needs_extra("pdf"):
        import emoji  # noqa: F401 (names of pictures)
        import pymupdf_fonts  # noqa: F401
        import uharfbuzz  # noqa: F401 (fpdf2 joins the letters of Arabic with it)
        from font_source_sans_pro import font_files_ttf
        from fpdf import FPDF

    class Paper(FPDF):
        def footer(self) -> None:
            self.set_y(-MARGIN + 4)
            self.set_font(FONT, size=8)
            self.set_text_color(*QUIET)
            self.cell(0, 5, f"{self.page_no()} / {{nb}}", align="R")

    pdf = Paper(format="A4")
    pdf.add_font(FONT, fname=font_files_ttf["SourceSansPro"])
    pdf.add_font(FONT, style="B", fname=font_files_ttf["SourceSansProBold"])
    pdf.set_margin(MARGIN)
    pdf.set_auto_page_break(auto=True, margin=MARGIN)
    pdf.set_title(paper.title or paper.name)
    pdf.set_lang(paper.language)
    pdf.set_creator(paper.name)
    pdf.add_page()
    return pdf


def _add_others(pdf: FPDF, folder: Path) -> None:
    """Add the fonts for what the first has not: fpdf2 reads them from files only, which have to stay until the end."""
    from pymupdf_fonts import myfont

    for name in OTHERS:
        file = folder / f"{name}.ttf"
        file.write_bytes(myfont(name))
        pdf.add_font(name, fname=str(file))
    pdf.set_fallback_fonts(list(OTHERS), exact_match=False)
    pdf.set_text_shaping(use_shaping_engine=True)


def _known(pdf: FPDF) -> frozenset[int]:
    """Return the code points that one of the fonts has."""
    return frozenset().union(*(getattr(font, "cmap", ()) for font in pdf.fonts.values()))


def _write(pdf: FPDF, block: Block, look: Look) -> None:
    pdf.ln(look.before)
    pdf.set_font(FONT, style=look.style, size=look.size)
    pdf.set_text_color(*look.color)
    height = look.size * LINE
    text = f"• {block.text}" if block.role == "item" else block.text
    if not block.url:
        pdf.multi_cell(0, height, text, new_x="LMARGIN", new_y="NEXT", align="L")
    elif block.role == "link":
        pdf.write(height, text, link=block.url)
    else:
        pdf.write(height, f"{text}, " if text else "")
        pdf.set_text_color(*ACCENT)
        pdf.write(height, block.url, link=block.url if block.url.startswith(("http://", "https://")) else "")
    if block.url:
        pdf.ln(height)
    pdf.ln(look.after)
