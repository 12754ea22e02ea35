"""What somebody says the columns of a table are, one by one: from drop-down lists to a column map, and back."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from ..errors import Problem
from .column_draft import draft_map
from .columns import Column, ColumnMap, read_columns
from .export import COLUMNS
from .fingerprint import beside
from .problems import problem_of
from .tables import TablePreview, preview_table
from .yaml_files import CorpusReader

NOT_READ = ""
"""What is chosen for a column that is passed over."""

CHOICES = (NOT_READ, *COLUMNS)
"""What a column may be read as."""

OF_ALL_ROWS = ("kind", "language")
"""What every row may have without a column that says it."""


def choices_of(preview: TablePreview) -> dict[str, str]:
    """Return the name of each column and what it is read as, those by likeness too; NOT_READ for the others."""
    return {column.name: column.ours for column in preview.columns}


def values_of(preview: TablePreview) -> dict[str, str]:
    """Return what every row has, of OF_ALL_ROWS."""
    return {name: str(preview.values[name]) for name in OF_ALL_ROWS if name in preview.values}


def map_of(choices: Mapping[str, str], values: Mapping[str, str], *, skip_bad_rows: bool = False) -> ColumnMap:
    """Make a column map of what was chosen.

    Args:
        choices: Name of a column to one of CHOICES.
        values: What every row has, by our names; those that are empty, or that a column is read as, are left out.
        skip_bad_rows: As in `ColumnMap`.
    """
    columns = {name: ours for name, ours in choices.items() if ours != NOT_READ}
    said = {name: value for name, value in values.items() if value and name not in columns.values()}
    return ColumnMap(columns, said, frozenset(choices) - frozenset(columns), skip_bad_rows)


def chosen_twice(choices: Mapping[str, str], file: str) -> tuple[Problem, ...]:
    """Return a problem for each column that is to be read as one before it: what one of them holds would be lost."""
    first: dict[str, str] = {}
    return tuple(
        problem_of("chosen_twice", file, column=name, value=ours, expected=first[ours])
        for name, ours in choices.items()
        if ours != NOT_READ and first.setdefault(ours, name) != name
    )


def written_map(preview: TablePreview, language: str, *, skip_bad_rows: bool) -> str:
    """Write the column map of a preview that was made with one, as `search.library.columns.read_columns` reads it.

    Args:
        preview: Of the table.
        language: Of the comments, ``fr`` or ``en``.
        skip_bad_rows: As in `ColumnMap`.
    """
    return draft_map(preview, language) + ("skip_bad_rows: true\n" if skip_bad_rows else "")


def first_reading(draft: Path, before: Path) -> TablePreview:
    """Read a table for the first time: as the version before was read, if its columns are there, else by their names.

    Args:
        draft: The table.
        before: Where its version before lies, if there is one.

    Raises:
        ExtraMissingError: It is a workbook and the extra ``xlsx`` is not installed.
    """
    seen = preview_table(draft)
    known = map_of_before(before, seen.columns)
    return preview_table(draft, columns=known) if known else seen


def map_of_before(table: Path, columns: tuple[Column, ...]) -> ColumnMap | None:
    """Return the column map beside a table if it is one of these columns: of a newer version of the same table.

    Args:
        table: That was built before, if it was.
        columns: Of the newer version.

    Returns:
        The map; None when there is none, when something is wrong with it, or when it names a column that is not there.
    """
    file = beside(table)[0]
    if not file.exists():
        return None
    reader = CorpusReader(table.parent)
    found = read_columns(reader, file)
    there = {column.name for column in columns}
    return found if not reader.problems and there.issuperset(found.columns) else None
