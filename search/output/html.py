"""A paper as HTML, for the browser to print; whatever its texts hold is shown as it is written."""

from __future__ import annotations

import html
from collections.abc import Iterator, Mapping
from itertools import groupby

from .document import Block, Document, Role, Takeaway, document_of

TAGS: Mapping[Role, str] = {
    "section": "h2",
    "label": "h2",
    "heading": "h4",
    "note_heading": "h4",
    "sources": "h4",
    "item": "li",
    "source": "li",
}
"""Of the blocks that are no plain paragraph; the titles of entries go by their depth."""


def to_html(made: Takeaway) -> str:
    """Write a sheet, an entry or an answer as one ``article``."""
    paper = document_of(made)
    title = f"<h1>{html.escape(paper.title)}</h1>" if paper.title else ""
    return f'<article lang="{paper.language}">{title}{"".join(_bodies(paper))}</article>'


def _bodies(paper: Document) -> Iterator[str]:
    for tag, blocks in groupby(paper.blocks, key=lambda block: _tag(block, paper)):
        written = "".join(f'<{tag} class="{block.role}">{_content(block)}</{tag}>' for block in blocks)
        yield f"<ul>{written}</ul>" if tag == "li" else written


def _tag(block: Block, paper: Document) -> str:
    return f"h{paper.entry_level}" if block.role == "entry" else TAGS.get(block.role, "p")


def _content(block: Block) -> str:
    text = html.escape(block.text).replace("\n", "<br>")
    if not block.url.startswith(("http://", "https://")):
        return ", ".join(filter(None, (text, html.escape(block.url))))
    address = html.escape(block.url)
    if block.role == "link":
        return f'<a href="{address}">{text}</a>'
    return ", ".join(filter(None, (text, f'<a href="{address}">{address}</a>')))
