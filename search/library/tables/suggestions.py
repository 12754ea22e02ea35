"""Which columns seem to be the title and a text of a table, where none is known as such: to be confirmed."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from ..jsonl import Row
from .cells import shown_text
from .columns import Column, field_of
from .our_columns import TEXT_FIELDS
from .prose import is_prose
from .title_column import likeliest_title

_ADDRESS = re.compile(r"\(?https?://\S+")


def with_suggestions(
    columns: Sequence[Column], rows: Sequence[tuple[int, Row]], values: Mapping[str, Any]
) -> tuple[Column, ...]:
    """Read the column that seems to be the title when none is known as it, and one that seems to be a text.

    Args:
        columns: As `resolve` gives them.
        rows: Of the table, by the names of its columns.
        values: What every row has.
    """
    known = {field_of(ours) for ours in {*(column.ours for column in columns), *values}}
    if "title" not in known and (name := likeliest_title(columns, rows)):
        columns = _confirm(columns, name, "title")
    if not known & (set(TEXT_FIELDS) - {"title"}):
        likely = [one for one in columns if not one.ours and one.suggestion in set(TEXT_FIELDS) - {"title"}]
        name = likely[0].name if likely else _longest(columns, rows)
        if name:
            columns = _confirm(columns, name, likely[0].suggestion if likely else "description")
    return tuple(columns)


def _confirm(columns: Sequence[Column], name: str, ours: str) -> tuple[Column, ...]:
    return tuple(Column(one.name, ours, "suggestion") if one.name == name else one for one in columns)


def _longest(columns: Sequence[Column], rows: Sequence[tuple[int, Row]]) -> str | None:
    """Name the column with the longest texts, if they are sentences."""
    lengths = {column.name: _mean(_texts(column, rows)) for column in columns if column.how == "unknown"}
    best = max(lengths, key=lengths.__getitem__, default=None)
    return best if best is not None and lengths[best] >= 40 else None


def _texts(column: Column, rows: Sequence[tuple[int, Row]]) -> list[str]:
    if column.how != "unknown":
        return []
    texts = (value for _, row in rows if isinstance(value := row.get(column.name), str))
    return [text for text in map(_words, texts) if is_prose(text)]


def _words(text: str) -> str:
    """Return a text without its marks and without the addresses in it: a story may have links."""
    return _ADDRESS.sub("", shown_text(text)[0])


def _mean(texts: Sequence[str]) -> float:
    return sum(map(len, texts)) / len(texts) if texts else 0.0
