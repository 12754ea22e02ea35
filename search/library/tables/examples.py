"""What is in the columns of a table, a few texts of each, for whoever says what the columns are."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .cells import Broken, shown_text
from .headers import Worksheet

MOST, SHOWN = 2, 80
"""Texts of a column that are shown, and characters of one."""

LOOKED_THROUGH = 200
"""Rows in which they are looked for."""


def examples_in(sheet: Worksheet) -> Mapping[str, tuple[str, ...]]:
    """Return the name of each column and the first texts in it, each once, on one line, shortened."""
    found: dict[str, dict[str, None]] = {name: {} for name in sheet.names}
    for _, row in sheet.rows[:LOOKED_THROUGH]:
        for name, value in row.items():
            if len(found[name]) < MOST and (text := _shown(value)):
                found[name].setdefault(text)
    return {name: tuple(texts) for name, texts in found.items()}


def _shown(value: Any) -> str:
    """Put a cell on one line."""
    if isinstance(value, Broken):
        return value.value
    text = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
    line = " ".join(shown_text(text)[0].split())
    return line if len(line) <= SHOWN else f"{line[:SHOWN]}…"
