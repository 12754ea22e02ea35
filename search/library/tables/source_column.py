"""Whether the column of sources holds what they are called, or where they are."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Sequence

from ..jsonl import Row
from .cells import UnreadableError
from .columns import Column
from .source_cells import named_addresses

_WEB = re.compile(r"https?://|\bwww\.", re.IGNORECASE)


def with_source_urls(columns: Sequence[Column], rows: Sequence[tuple[int, Row]]) -> tuple[Column, ...]:
    """Read a column that is called a source as addresses, where more than half of its filled cells hold such.

    Args:
        columns: As `columns.resolve` gives them; one that the map names, or beside one of addresses, stays what it is.
        rows: Of the table, by the names of its columns.
    """
    source = next((one for one in columns if one.ours == "sources" and one.how == "name"), None)
    if source is None or any(one.ours == "source_urls" for one in columns):
        return tuple(columns)
    cells = [row[source.name] for _, row in rows if source.name in row]
    if sum(map(_holds_addresses, cells)) <= len(cells) / 2:
        return tuple(columns)
    return tuple(dataclasses.replace(one, ours="source_urls") if one is source else one for one in columns)


def _holds_addresses(cell: object) -> bool:
    """Say whether a cell has web addresses in it, and can be read as such."""
    try:
        return bool(_WEB.search(str(cell)) and named_addresses(cell))
    except UnreadableError:
        return False
