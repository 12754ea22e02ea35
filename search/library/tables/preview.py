"""What a table is read as, before anything is made of it: its columns, its entries, and what is wrong."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ...entries import Entry, Vocabulary
from ...errors import CorpusError, Problem
from ..aliases import with_current_links
from ..parse_cache import Lines
from ..reader import Library
from .columns import Column

OF_A_ROW = frozenset(
    {
        "cells_beyond",
        "misquoted",
        "empty",
        "id_form",
        "id_twice",
        "language",
        "form",
        "error_value",
        "formula",
        "no_value",
        "not_utf8",
        "json_deep",
        "json_wrong",
        "json_cut",
        "json_blank",
        "json_number",
        "json_no_object",
    }
)
"""Kinds of problems that one row has, without which the others can be read."""


@dataclass(frozen=True)
class TablePreview:
    """What a table is read as, before anything is made of it.

    Attributes:
        path: The table.
        columns: What each of its columns is read as.
        values: What every row without a value has: the map's, and the kind that was seen.
        form: How the file is written: ``encoding``, ``delimiter``, ``sheet``.
        header: The row with the names of the columns; 0 when each row has its own.
        entries: Those that can be read, in order of id.
        vocabulary: The closed lists.
        lines: As in `Library`.
        problems: What stops the reading; those of single rows stop that row only, if that is wanted.
        notes: What was set aside, or read as is said.
        examples: Name of a column to the first texts in it, shortened.
        skip_bad_rows: What its column map says of rows that cannot be read.
        kind_seen: The kind in ``values`` was seen, by the columns that hold anything; nobody said it.
    """

    path: Path
    columns: tuple[Column, ...] = ()
    values: Mapping[str, Any] = field(default_factory=dict)
    form: Mapping[str, str] = field(default_factory=dict)
    header: int = 0
    entries: tuple[Entry, ...] = ()
    vocabulary: Vocabulary = field(default_factory=lambda: Vocabulary({}))
    lines: Mapping[str, Lines] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    notes: tuple[Problem, ...] = ()
    examples: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    skip_bad_rows: bool = False
    kind_seen: bool = False

    @property
    def bad_rows(self) -> tuple[Problem, ...]:
        """The problems of single rows, without which the others can be read."""
        return tuple(one for one in self.problems if one.kind in OF_A_ROW)

    def can_be_built(self, *, skip_bad_rows: bool) -> bool:
        """Say whether `library` would give a library."""
        left = self.bad_rows if skip_bad_rows or self.skip_bad_rows else ()
        return bool(self.entries) and len(left) == len(self.problems)

    def library(self, *, skip_bad_rows: bool = False) -> Library:
        """Make a library of it.

        Args:
            skip_bad_rows: Leave out the rows that cannot be read, as where the column map says so.

        Raises:
            CorpusError: There are problems; those of single rows are none when they are left out and others stay.
        """
        skipped = self.bad_rows if skip_bad_rows or self.skip_bad_rows else ()
        stopping = [one for one in self.problems if one not in skipped]
        if stopping or not self.entries:
            raise CorpusError(self.problems)
        entries = with_current_links(self.entries)
        return Library(entries, self.vocabulary, self.path, self.lines, notes=self.notes, skipped=skipped)
