"""Marks of Markdown and links inside texts: read as what they mean, addresses kept."""

from __future__ import annotations

import re

_WEB = r"https?://[^\s<>\"']+?"
_PICTURE = re.compile(r"!\[([^\[\]\n]*)\]\([^()\s]*\)")
MARKDOWN_LINK = re.compile(rf"\[([^\[\]\n]+)\]\(({_WEB})(?:\s+\"[^\"]*\")?\)")
"""``[what is shown](https://…)``."""

HTML_LINK = re.compile(
    rf"<a\s[^<>]*href\s*=\s*[\"']?({_WEB})[\"']?(?:\s[^<>]*)?>([^<]*(?:<(?!/?a\b)[^<]*)*)</a\s*>", re.IGNORECASE
)
"""``<a href="https://…">what is shown</a>``."""

_TAG = re.compile(r"<[^<>]*>")
_MARKS = (
    (re.compile(r"^[ \t]{0,3}#{1,6}[ \t]+(\S.*?)[ \t]*#*$", re.MULTILINE), r"\1"),
    (re.compile(r"^([ \t]*)\*[ \t]+(?=\S)", re.MULTILINE), r"\1- "),
    (re.compile(r"(?<![\w*])(\*\*|__)(?=\S)([^\n]*?\S)\1(?![\w*])"), r"\2"),
    (re.compile(r"(?<![\w*])\*(?![\s*])([^*\n]*[^\s*])\*(?![\w*])"), r"\1"),
    (re.compile(r"(?<![\w_])_(?![\s_])([^_\n]*[^\s_])_(?![\w_])"), r"\1"),
    (re.compile(r"(?<!`)`([^`\n]+)`(?!`)"), r"\1"),
)
"""Headings, items, strong and stressed words, code; a star inside a word (``habitant*es``) or after it stays."""


def without_marks(text: str) -> str:
    """Return a text without the marks of Markdown; its links, and those of HTML, with their addresses in brackets."""
    if not _may_have_marks(text):
        return text
    shown = _PICTURE.sub(r"\1", text)
    shown = HTML_LINK.sub(lambda one: _with_address(_TAG.sub("", one[2]), one[1]), shown)
    shown = MARKDOWN_LINK.sub(lambda one: _with_address(one[1], one[2]), shown)
    for mark, instead in _MARKS:
        shown = mark.sub(instead, shown)
    return shown


def without_links(text: str) -> tuple[str, tuple[str, ...]]:
    """Return what a text shows of its links, and where they lead."""
    if "http" not in text:
        return text, ()
    found = [one[1] for one in HTML_LINK.finditer(text)] + [one[2] for one in MARKDOWN_LINK.finditer(text)]
    return MARKDOWN_LINK.sub(r"\1", HTML_LINK.sub(r"\2", text)), tuple(dict.fromkeys(found))


def _may_have_marks(text: str) -> bool:
    return any(mark in text for mark in ("*", "_", "#", "`", "](", "<a ", "<A "))


def _with_address(shown: str, address: str) -> str:
    shown = shown.strip()
    return address if not shown or shown in address else f"{shown} ({address})"
