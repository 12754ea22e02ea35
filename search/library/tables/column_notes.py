"""What is said of the columns of a table: those that are not read, that no title is known, values that cannot be."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

from ...entries import Vocabulary
from ...errors import Problem
from ..problems import IN_VALUES, problem_of, saying
from ..yaml_files import CorpusReader
from .cells import plain_value
from .columns import Column, ColumnMap, field_of, plain_name
from .headers import Worksheet
from .paths import column_map_path
from .rows import RowReader

NAMED = 8
"""Names of columns that a message gives."""


def value_faults(columns: ColumnMap, vocabulary: Vocabulary, path: Path) -> list[Problem]:
    """Say once what every row would be told of the values of a column map.

    Args:
        columns: The map.
        vocabulary: The closed lists.
        path: The table.
    """
    where, trial = column_map_path(path).name, CorpusReader(path.parent)
    row = {name: one for name, value in columns.values.items() if (one := plain_value(value)) is not None}
    RowReader(trial, where, vocabulary, {}).read(0, {"title": "-"} | row)
    return [_in_values(one, columns) for one in [*trial.problems, *trial.notes]]


def _in_values(one: Problem, columns: ColumnMap) -> Problem:
    """Say of the values of a column map what was said of a row that has them."""
    line = columns.lines.get(("values", one.column), 0)
    told = dataclasses.replace(one, kind=f"{IN_VALUES}{one.kind}", line=line, warning=False)
    return dataclasses.replace(told, message=saying(told, "en"))


def column_notes(columns: Sequence[Column], sheet: Worksheet, given: ColumnMap, path: Path) -> Iterator[Problem]:
    """Note the columns that are not read though they hold something, and those that are read by likeness.

    Args:
        columns: What each is read as.
        sheet: The table.
        given: The map.
        path: The file.
    """
    used = {name for _, row in sheet.rows for name in row}
    read = [column for column in columns if column.ours]
    by = {field_of(column.ours): column.name for column in read} | {column.ours: column.name for column in read}
    where = column_map_path(path).name
    for column in columns:
        other = by.get(column.suggestion, "")
        if (kind := _kind_of_note(column, given, used, other=other)) is None:
            continue
        value = column.ours if kind == "column_confirm" else "" if kind == "column_facet" else column.suggestion
        expected = other if kind == "column_spare" else where
        yield problem_of(kind, path.name, column=column.name, value=value, expected=expected, warning=True)


def _kind_of_note(column: Column, given: ColumnMap, used: Collection[str], *, other: str) -> str | None:
    """Say which kind of note a column gets, if any; ``other`` is the column that is read in its place."""
    if column.facet:
        return None if given.is_facet(column.name) else "column_facet"
    if column.how == "suggestion":
        return "column_confirm"
    if column.how not in {"unknown", "spare"} or column.name not in used:
        return None
    if column.how == "spare" and other:
        return "column_spare"
    return "column_like" if column.suggestion else "column_unknown"


def absent_notes(columns: Sequence[Column], given: ColumnMap, path: Path) -> Iterator[Problem]:
    """Note the names of a column map that its table has not; see `absent`.

    Args:
        columns: Of the table.
        given: The map.
        path: The table.
    """
    for name in absent(columns, given):
        line = given.lines.get(("columns", name), 0)
        yield problem_of("map_absent", column_map_path(path).name, line, value=name, warning=True)


def absent(columns: Sequence[Column], given: ColumnMap) -> list[str]:
    """Return the names of a column map, of what is read or is a filter, that a table has not.

    Args:
        columns: Of the table.
        given: The map.
    """
    there = {plain_name(column.name) for column in columns}
    return [name for name in dict.fromkeys((*given.columns, *(given.facets or ()))) if plain_name(name) not in there]


def no_title(columns: Sequence[Column], sheet: Worksheet, given: ColumnMap, path: Path) -> Iterator[Problem]:
    """Tell that no column is known as the title; if there is a column map, that it is the one to correct.

    Args:
        columns: What each is read as.
        sheet: The table.
        given: The map.
        path: The file.
    """
    shown = ", ".join(sheet.names[:NAMED]) + (", …" if len(sheet.names) > NAMED else "")
    kind = ("no_title" if sheet.header else "no_title_key") + ("_here" if given.file else "")
    yield problem_of(kind, path.name, sheet.header, value=sheet.header, expected=shown)
    if given.file:
        names = ", ".join(map(repr, absent(columns, given)))
        yield problem_of("map_stale" if names else "map_no_title", str(given.file), expected=names)
