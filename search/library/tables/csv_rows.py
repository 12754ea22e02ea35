"""The rows of a CSV, also those in which a quotation mark stands where none may."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from ..yaml_files import CorpusReader
from .headers import Worksheet

CELL_LIMIT = 10_000_000
"""Characters of one CSV cell; csv's own limit is 131,072, less than a long report."""

BYTE_ORDER_MARK = "\ufeff"
"""What many programs write at the beginning of a file, and so before a row where files were joined."""


class CsvRows:
    """Rows counted as a spreadsheet does, whatever lines a cell has.

    A row that strict CSV refuses, as ``"Together" for the river;Text``, is read as csv does when it is not strict if it
    begins and ends on one line: a cell of more lines might swallow the rows below it.

    Attributes:
        widths: Cells of each row.
        misquoted: Rows that strict CSV refuses and that were read all the same.
    """

    def __init__(self, lines: Iterable[str], delimiter: str, path: Path, reader: CorpusReader) -> None:
        self._lines, self._delimiter, self._path, self._reader = lines, delimiter, path, reader
        self._row_lines: list[str] = []
        self.widths: dict[int, int] = {}
        self.misquoted: list[int] = []

    def __iter__(self) -> Iterator[tuple[int, list[Any]]]:
        """Yield the number and the cells of each row; what cannot be read ends them, and is a problem."""
        csv.field_size_limit(CELL_LIMIT)
        table, row = csv.reader(self._kept(), delimiter=self._delimiter, strict=True), 0
        while True:
            row += 1
            self._row_lines.clear()
            try:
                cells = next(table, None)
            except csv.Error as error:
                cells = self._refused(row, str(error))
            if cells is None:
                return
            self.widths[row] = len(cells)
            yield row, list(cells)

    def _kept(self) -> Iterator[str]:
        """Yield the lines, and keep those of the row that is being read; exports that were joined have marks inside."""
        for line in self._lines:
            self._row_lines.append(line.replace("\0", "").removeprefix(BYTE_ORDER_MARK))
            yield self._row_lines[-1]

    def _refused(self, row: int, error: str) -> list[str] | None:
        """Return the cells of a row that strict CSV refuses, or None when it cannot be read, which is told."""
        cells = None
        if "unexpected end" in error:
            self._reader.tell("cut_csv", self._path.name, row)
        elif "field larger" in error:
            self._reader.tell("long_cell", self._path.name, row, expected=f"{CELL_LIMIT:,}")
        elif cells := self._read_leniently():
            self.misquoted.append(row)
        else:
            self._reader.tell("not_csv", self._path.name, row)
        return cells

    def _read_leniently(self) -> list[str] | None:
        """Return the cells of the one line a row has, read by csv when it is not strict; None if it has more."""
        table = csv.reader([*self._row_lines, ""], delimiter=self._delimiter)
        cells = next(table)
        return cells if table.line_num == 1 else None  # a cell that is open at the end of its line goes on to the next


def tell_misquoted(rows: CsvRows, sheet: Worksheet, path: Path, reader: CorpusReader) -> None:
    """Note the misquoted rows of a table that are read; those with fewer cells than the header are problems instead.

    Args:
        rows: Those of the file, all read.
        sheet: What was made of them; rows that are problems are taken out.
        path: The file, for messages.
        reader: Remembers problems and notes. It has been told of rows with more cells than the header.
    """
    read, width = {sheet.header, *(line for line, _ in sheet.rows)}, rows.widths.get(sheet.header, 0)
    short = [row for row in rows.misquoted if row in read and rows.widths[row] < width]
    for row in rows.misquoted:
        if row in short:
            reader.tell("misquoted", path.name, row, value=rows.widths[row], expected=width)
        elif row in read:
            reader.note("quotes", path.name, row)
    sheet.rows = [(line, row) for line, row in sheet.rows if line not in short]
