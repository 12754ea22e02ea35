"""A paper as a document of a text processor (.docx), with its own styles, so that it can be worked on further."""

from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import datetime, timezone
from importlib.util import find_spec
from typing import TYPE_CHECKING

from ..errors import needs_extra
from .document import Block, Document, Role, Takeaway, document_of

if TYPE_CHECKING:
    from docx.document import Document as Word
    from docx.text.paragraph import Paragraph

STYLES: Mapping[Role, str] = {
    "section": "Heading 1",
    "label": "Heading 1",
    "situation": "Quote",
    "item": "List Bullet",
    "source": "List Bullet",
    "note": "Intense Quote",
}
"""Of the blocks that are no plain paragraph, as text processors call them; the titles of entries go by their depth."""

STRONG: frozenset[Role] = frozenset({"heading", "note_heading", "sources"})
"""Paragraphs in bold that stay with what follows."""

QUIET: frozenset[Role] = frozenset({"day", "facts", "source", "sources"})
"""What is smaller and grey."""

GREY, INK, ACCENT = "5F5F5F", "222222", "0B5E6B"
"""Colours: red, green and blue in two hexadecimal digits each."""

SMALL, PLAIN = 9, 10.5
"""Points."""

LANGUAGES: Mapping[str, str] = {"fr": "fr-FR", "en": "en-GB"}
"""What a text processor calls the languages, for its spelling."""

LONGEST_PROPERTY = 255
"""Characters that a property of a Word file can have."""

HYPERLINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"


def can_write_docx() -> bool:
    """Say whether the extra ``docx`` is installed."""
    return find_spec("docx") is not None


def to_docx(made: Takeaway) -> bytes:
    """Write a sheet, an entry or an answer as .docx.

    Raises:
        ExtraMissingError: The extra ``docx`` is not installed.
    """
    with needs_extra("docx"):
        import docx
    paper, written = document_of(made), io.BytesIO()
    word = docx.Document()
    _prepare(word, paper)
    if paper.title:
        word.add_heading(paper.title, level=0)
    for block in paper.blocks:
        _add(word, block, paper)
    word.save(written)
    return written.getvalue()


def _prepare(word: Word, paper: Document) -> None:
    """Set the language, the font and the colours of the styles, the properties of the file, and number the pages."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Cm, Pt, RGBColor

    word.core_properties.title = (paper.title or paper.name)[:LONGEST_PROPERTY]
    word.core_properties.author = paper.name[:LONGEST_PROPERTY]
    word.core_properties.language = LANGUAGES[paper.language]
    word.core_properties.comments = ""
    word.core_properties.created = word.core_properties.modified = datetime.now(timezone.utc)
    for style in word.styles:
        if style.name in {"Title", "Heading 1", "Heading 2"}:
            style.font.color.rgb = RGBColor.from_string(ACCENT if style.name != "Heading 2" else INK)
    normal = word.styles["Normal"]
    normal.font.name, normal.font.size = "Calibri", Pt(PLAIN)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), LANGUAGES[paper.language])
    normal.element.get_or_add_rPr().append(language)
    for section in word.sections:
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.left_margin = section.right_margin = Cm(2.2)
        _number(section.footer.paragraphs[0])


def _number(paragraph: Paragraph) -> None:
    """Write the number of the page, which the text processor counts."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    paragraph._p.append(field)  # python-docx has no field of its own


def _add(word: Word, block: Block, paper: Document) -> None:
    from docx.shared import Pt, RGBColor

    if block.role == "entry":
        word.add_heading(block.text, level=paper.entry_level - 1)
        return
    paragraph = word.add_paragraph(style=STYLES.get(block.role))
    if block.role != "link":
        run = paragraph.add_run(block.text)
        run.bold = block.role in STRONG or None
        if block.role in QUIET:
            run.font.size, run.font.color.rgb = Pt(SMALL), RGBColor.from_string(GREY)
    paragraph.paragraph_format.keep_with_next = block.role in {*STRONG, "label"} or None
    paragraph.paragraph_format.space_after = Pt(2 if block.role in {*STRONG, "item", "source"} else 6)
    if block.url.startswith(("http://", "https://")):
        if block.text and block.role != "link":
            paragraph.add_run(", ").font.size = Pt(SMALL)
        _link(paragraph, block.text if block.role == "link" else block.url, block.url)
    elif block.url:
        paragraph.add_run(f", {block.url}")


def _link(paragraph: Paragraph, text: str, url: str) -> None:
    """Add a link that a click follows."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), paragraph.part.relate_to(url, HYPERLINK, is_external=True))
    run = paragraph.add_run(text)
    run.font.size, run.font.underline, run.font.color.rgb = Pt(SMALL), True, RGBColor.from_string(ACCENT)
    link.append(run._r)
    paragraph._p.append(link)
