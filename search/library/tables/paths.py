"""Where the files that go with a table are: its column map, and closed lists of its own."""

from __future__ import annotations

from pathlib import Path


def column_map_path(table: Path) -> Path:
    """Return where a table's column map is, when it has one: ``NAME.columns.yaml`` in its folder."""
    return table.with_name(f"{table.stem}.columns.yaml")


def vocabulary_path(table: Path) -> Path:
    """Return where a table's own closed lists are, when it has them: ``NAME.vocabulary.yaml`` in its folder."""
    return table.with_name(f"{table.stem}.vocabulary.yaml")
