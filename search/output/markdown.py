"""A paper as Markdown; what could be taken for markup in its texts is escaped."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

from .document import Block, Takeaway, document_of, one_line

_MARKUP = re.compile(r"([\\`*_{}\[\]<>#|~])")
_BEGINS = re.compile(r"^(\d*)([-+=.)])(?=\s|$)")
"""What would begin a list or underline a heading."""

_LISTED = ("item", "source")


def to_markdown(made: Takeaway) -> str:
    """Write a sheet, an entry or an answer as Markdown."""
    paper = document_of(made)
    lines = [f"# {_plain(paper.title)}", ""] if paper.title else []
    for together, blocks in groupby(paper.blocks, key=lambda block: block.role if block.role in _LISTED else ""):
        for block in blocks:
            lines += _written(block, "#" * paper.entry_level)
            lines += [] if together else [""]
        lines += [""] if together else []
    return "\n".join(lines).rstrip("\n") + "\n"


def _written(block: Block, entry: str) -> Iterator[str]:
    text = _plain(block.text)
    if block.role in {"section", "entry"}:
        yield f"{'##' if block.role == 'section' else entry} {text}"
    elif block.role in {"label", "heading", "sources"}:
        yield f"**{text}**"
    elif block.role in _LISTED:
        yield f"- {_with_address(text, block.url)}"
    elif block.role in {"situation", "note"}:
        yield from (f"> {_plain(line)}".rstrip() for line in block.text.splitlines())
    elif block.role == "note_heading":
        yield f"> **{text}**"
    elif block.role == "link":
        yield f"[{text}](<{block.url}>)"
    else:
        yield _with_address(text, block.url)


def _with_address(text: str, url: str) -> str:
    return ", ".join(filter(None, (text, f"<{url}>" if url else "")))


def _plain(text: str) -> str:
    return _BEGINS.sub(r"\1\\\2", _MARKUP.sub(r"\\\1", one_line(text)))
