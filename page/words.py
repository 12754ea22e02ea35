"""The words of the articles for phases and conditions, each with one plain line that says what it means."""

from __future__ import annotations

from collections.abc import Iterable

from .page import Page
from .text import bullets, capital, one_line


def plain_line(page: Page, key: str) -> str:
    """Return what a phase or a condition of the shipped lists means; empty for one of a library's own."""
    return page.own(f"plain_{key}", "")


def plain_lines(page: Page, name: str, keys: Iterable[str]) -> str | None:
    """Write what some phases or conditions mean, as Markdown; None where there is nothing to say."""
    told = [
        f"**{one_line(capital(page.label(name, key)))}** – {one_line(line)}"
        for key in keys
        if (line := plain_line(page, key))
    ]
    return bullets(told) if told else None
