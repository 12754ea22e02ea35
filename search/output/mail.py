"""What is found, as the beginning of an e-mail in the person's own programme."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import shorten

from ..locations import percent_encoded
from .document import Document, Takeaway, one_line
from .wording import WORDS

LONGEST = 1_900
"""Characters of such an address: some programmes for e-mail cut what goes beyond two thousand."""


SHORT = 160
"""Characters of a situation that is told again: entries are to have the room."""


def to_mailto(made: Takeaway, address: str = "") -> str:
    """Return a ``mailto:`` address, without a receiver, with subject and text.

    The text names the entries as far as they fit, and leads to them. A long subject is cut, and an address that would
    leave no room for any entry is left out.

    Args:
        made: A sheet, an entry or an answer.
        address: Where it can be opened; said first, so that it is never cut in the middle.
    """
    paper = made.document()
    head = f"mailto:?subject={_subject(paper.title or paper.name)}&body="
    if len(percent_encoded(address)) > LONGEST // 3:
        address = ""
    body = ""
    for line in _lines(paper, address):
        longer = body + percent_encoded(f"{line}\r\n")
        if len(head) + len(longer) > LONGEST:
            break
        body = longer
    return head + body


def _subject(text: str) -> str:
    """Return a text as it stands in an address, cut at a word so that it takes a quarter of it at most."""
    room = LONGEST // 4
    if len(percent_encoded(text)) <= room:
        return percent_encoded(text)
    while text and len(percent_encoded(f"{text}…")) > room:
        text = text[:-1]
    return percent_encoded(f"{text.rpartition(' ')[0].rstrip() or text}…")


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
            yield shorten(block.text, SHORT, placeholder=" …") if block.role == "situation" else one_line(block.text)
        elif block.role == "source" and block.text == WORDS[paper.language]["online"]:
            yield block.url
