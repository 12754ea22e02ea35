"""What somebody says the columns of a table are, one by one: from drop-down lists to a column map, and back."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path

from ...errors import Problem
from ..problems import problem_of
from ..yaml_files import CorpusReader
from .column_draft import draft_map
from .columns import IN_ONE_LANGUAGE, Column, ColumnMap, read_columns
from .our_columns import COLUMNS
from .paths import column_map_path
from .preview import TablePreview
from .reading import preview_table

NOT_READ = ""
"""What is chosen for a column that is passed over."""

FACET = "facet"
"""What is chosen for a column whose values are a filter of the library's own."""

CHOICES = (NOT_READ, FACET, *COLUMNS, *IN_ONE_LANGUAGE)
"""What a column may be read as."""

OF_ALL_ROWS = ("kind", "language")
"""What every row may have without a column that says it."""


def choices_of(preview: TablePreview) -> dict[str, str]:
    """Return the name of each column and what it is read as, those by likeness too; else FACET or NOT_READ."""
    return {column.name: column.ours or (FACET if column.facet else NOT_READ) for column in preview.columns}


def values_of(preview: TablePreview) -> dict[str, str]:
    """Return what every row has, of OF_ALL_ROWS."""
    return {name: str(preview.values[name]) for name in OF_ALL_ROWS if name in preview.values}


def filters_of(preview: TablePreview) -> frozenset[str]:
    """Return the names of the columns that are filters of the library's own beside what they are read as."""
    return frozenset(column.name for column in preview.columns if column.facet and column.ours)


def map_of(
    choices: Mapping[str, str],
    values: Mapping[str, str],
    *,
    filters: Collection[str] = (),
    skip_bad_rows: bool = False,
) -> ColumnMap:
    """Make a column map of what was chosen.

    Args:
        choices: Name of a column to one of CHOICES.
        values: What every row has, by our names; those that are empty, or that a column is read as, are left out.
        filters: As `filters_of` returns them; those that are not read any more are left out.
        skip_bad_rows: As in `ColumnMap`.
    """
    columns = {name: ours for name, ours in choices.items() if ours not in {NOT_READ, FACET}}
    facets = tuple(name for name, ours in choices.items() if ours == FACET or (name in filters and name in columns))
    said = {name: value for name, value in values.items() if value and name not in columns.values()}
    ignored = frozenset(choices) - frozenset(columns) - frozenset(facets)
    return ColumnMap(columns, said, ignored, facets, skip_bad_rows)


def chosen_twice(choices: Mapping[str, str], file: str) -> tuple[Problem, ...]:
    """Return a problem for each column that is to be read as one before it: what one of them holds would be lost."""
    first: dict[str, str] = {}
    return tuple(
        problem_of("chosen_twice", file, column=name, value=ours, expected=first[ours])
        for name, ours in choices.items()
        if ours not in {NOT_READ, FACET} and first.setdefault(ours, name) != name
    )


def written_map(preview: TablePreview, language: str, *, skip_bad_rows: bool) -> str:
    """Write the column map of a preview that was made with one, as `columns.read_columns` reads it.

    Args:
        preview: Of the table.
        language: Of the comments, ``fr`` or ``en``.
        skip_bad_rows: As in `ColumnMap`.
    """
    none = "" if any(column.facet for column in preview.columns) else "facets: []\n"  # none unasked either
    return draft_map(preview, language) + none + ("skip_bad_rows: true\n" if skip_bad_rows else "")


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
    file = column_map_path(table)
    if not file.exists():
        return None
    reader = CorpusReader(table.parent)
    found = read_columns(reader, file)
    there = {column.name for column in columns}
    return found if not reader.problems and there.issuperset(found.columns) else None
