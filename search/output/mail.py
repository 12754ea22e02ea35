"""What is found, as the beginning of an e-mail in the person's own programme."""

from __future__ import annotations

from collections.abc import Iterator

from ..locations import percent_encoded
from .blocks import is_here
from .document import Document, Takeaway, document_of, one_line
from .wording import WORDS

LONGEST = 1_900
"""Characters of such an address: some programmes for e-mail cut what goes beyond two thousand."""

PART = LONGEST // 5
"""Characters of it that a subject, or a situation that is told again, may take: entries are to have the room."""


def to_mailto(made: Takeaway, address: str = "") -> str:
    """Return a ``mailto:`` address, without a receiver, with subject and text.

    The text names the entries as far as they fit, and leads to them. A long subject is cut, and an address that would
    leave no room for any entry is left out, and so are those of this computer, which lead nowhere from another one.

    Args:
        made: A sheet, an entry or an answer.
        address: Where it can be opened; said first, so that it is never cut in the middle.
    """
    paper = document_of(made)
    head = f"mailto:?subject={percent_encoded(_cut(paper.title or paper.name))}&body="
    if len(percent_encoded(address)) > LONGEST // 3 or is_here(address):
        address = ""
    body = ""
    for line in _lines(paper, address):
        longer = body + percent_encoded(f"{line}\r\n")
        if len(head) + len(longer) > LONGEST:
            break
        body = longer
    return head + body


def _cut(text: str) -> str:
    """Return a text in one line, cut (at a word where there is one) so that it takes PART characters of an address."""
    text = whole = one_line(text)
    while text and len(percent_encoded(f"{text}…")) > PART:
        text = text[:-1]
    return whole if text == whole else f"{text.rpartition(' ')[0].rstrip() or text}…"


def _lines(paper: Document, address: str) -> Iterator[str]:
    yield WORDS[paper.language]["mail"]
    if address:
        yield address
    if not any(block.role == "entry" for block in paper.blocks):
        yield ""
        yield from (one_line(block.text) for block in paper.blocks if block.role == "text")
    for block in paper.blocks:
        if block.role in {"entry", "situation"}:
            yield ""
            yield _cut(block.text) if block.role == "situation" else one_line(block.text)
        elif block.role == "source" and block.text == WORDS[paper.language]["online"]:
            yield block.url
