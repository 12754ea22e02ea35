"""What is taken away, whatever the file: a title and blocks in reading order. Each writer beside this module draws it.

``markdown``, ``pdf``, ``docx`` and ``html`` take anything that has a document: a sheet, an entry, an answer.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, Protocol

from ..text.analysis import fold

Role = Literal[
    "day",
    "label",
    "situation",
    "section",
    "entry",
    "facts",
    "text",
    "heading",
    "item",
    "note_heading",
    "note",
    "sources",
    "source",
    "link",
]
"""What a block is: the day, a label over what the person wrote, that itself; a section; the title of an entry, its
facts, a text, the heading of one, an item of a list; a note of one's own and its heading; sources; a link alone."""

LONGEST_STEM = 60
"""Characters of a title that are in the name of a file."""

_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
"""Characters no file of a text processor can hold."""


@dataclass(frozen=True)
class Block:
    """One paragraph.

    Attributes:
        role: What it is.
        text: Verbatim, with the line breaks the person typed.
        url: Where it leads; of a ``link`` the whole text does, of others the address is written behind the text.
    """

    role: Role
    text: str
    url: str = ""


@dataclass(frozen=True)
class Document:
    """A title and blocks.

    Attributes:
        language: ``fr`` or ``en``.
        title: As the person called it, or what it is; may be empty.
        blocks: In reading order.
        name: Of the library it is from.
    """

    language: str
    title: str
    blocks: tuple[Block, ...]
    name: str = "Passerelle"

    @property
    def entry_level(self) -> int:
        """How deep the titles of entries are, 2 or 3: under those of sections where there are any."""
        return 3 if any(block.role == "section" for block in self.blocks) else 2

    def document(self) -> Document:
        """Return itself, so that a writer takes it as it takes a sheet."""
        return self


class Takeaway(Protocol):
    """What a file can be written of."""

    def document(self) -> Document:
        """Return it as a title and blocks."""


def document_of(made: Takeaway) -> Document:
    """Return what a file is written of as a title and blocks.

    Raises:
        TypeError: No file can be written of it.
    """
    if not callable(getattr(made, "document", None)):
        raise TypeError(
            "a file is written of what make_sheet, entry_document or answer_document returns "
            f"(got {type(made).__name__})"
        )
    return made.document()


def make_document(language: str, title: str, blocks: Iterable[Block], *, name: str = "Passerelle") -> Document:
    """Make a document; characters that no file can hold are left out, and so are blocks without a text.

    Args:
        language: ``fr`` or ``en``, which the file says it is in.
        title: Trimmed.
        blocks: In order; one with an address and no text is kept.
        name: Of what the file was made with.
    """
    written = (Block(block.role, _writable(block.text), _writable(block.url)) for block in blocks)
    kept = tuple(block for block in written if block.text or block.url)
    return Document(language, _writable(title).strip(), kept, name)


def file_stem(title: str) -> str:
    """Return a title as a part of the name of a file: words without accents, joined by hyphens; may be empty."""
    words = re.findall(r"\w+", fold(title))
    kept = itertools.takewhile(lambda n: len("-".join(words[:n])) <= LONGEST_STEM, range(1, len(words) + 1))
    return "-".join(words[: max(kept, default=0)])


def one_line(text: str) -> str:
    """Return a text on one line; no-break spaces stay."""
    return re.sub(r"[ \t\r\n]+", " ", text).strip()


def _writable(text: str) -> str:
    return _UNWRITABLE.sub("", text)
