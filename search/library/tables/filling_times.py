"""Columns of forms that say when the form was filled in: they are no dates of what it tells."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from ..jsonl import Row
from ..yaml_files import CorpusReader
from .columns import Column
from .paths import column_map_path

_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:[.,]\d+)?(?:Z|[+-]\d\d:?\d\d)?", re.IGNORECASE)
"""A moment to the second, as KoBo and ODK write when somebody began and ended filling in a form."""


def without_filling_times(
    columns: Sequence[Column], rows: Sequence[tuple[int, Row]], reader: CorpusReader, path: Path
) -> tuple[Column, ...]:
    """Do not read as start and end, with a note, the columns of these names whose cells are all moments of a day.

    Args:
        columns: As `columns.resolve` gives them; one that the map names stays what it is.
        rows: Of the table, by the names of its columns.
        reader: Remembers the notes.
        path: The table.
    """
    pair = [one for one in columns if one.ours in {"start", "end"} and one.how == "name"]
    cells = [str(row[one.name]).strip() for one in pair for _, row in rows if one.name in row]
    if len(pair) < 2 or not cells or not all(map(_is_within_a_day, cells)):
        return tuple(columns)
    for one in pair:
        reader.note("filled_in", path.name, column=one.name, expected=column_map_path(path).name)
    return tuple(Column(one.name, how="ignore") if one in pair else one for one in columns)


def _is_within_a_day(cell: str) -> bool:
    """Say whether a cell is a moment, and not midnight, as a program writes a day."""
    return bool(_MOMENT.fullmatch(cell)) and cell[11:19] != "00:00:00"
