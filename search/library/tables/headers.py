"""Find the row of a table that holds the names of its columns, and give each cell its name."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, count, islice, repeat
from pathlib import Path
from typing import Any

from ..jsonl import Row
from ..yaml_files import CorpusReader
from .cells import plain_value
from .csv_guard import unguarded

LOOKED_AT = 30
"""Rows, of those with anything in them, among which the names of the columns are looked for."""

LONGEST_NAME = 200
"""Characters of a column's name: a question of a form is one; a longer text is none."""

_VALUE = re.compile(r"[-+\d\s.,/:%€$]*\d[-+\d\s.,/:%€$]*|(?:https?://|www\.)\S+|\S+@\S+|.{40,}[.!…]", re.I | re.S)
"""A cell that is no name of a column: a number or a date, an address, a sentence."""

_SENTENCE = re.compile(r".{40,}[.!…]", re.S)
_ADDRESS_OR_DATE = re.compile(r"(?:https?://|www\.)\S+|\S+@\S+|\d{1,4}([-/.])\d{1,2}\1\d{1,4}", re.IGNORECASE)
_ASKS = re.compile(r"\?|\b(?:vous|votre|vos|tu|ton|tes|you|your)\b", re.IGNORECASE)
"""What the question of a form has, which is the name of a column however long it is."""

Known = Callable[[str], bool]
"""Says whether a text is the name of a column that can be read."""

Cells = tuple[int, list[Any]]
"""A row: its number, and its cells as `plain_value` gives them."""


@dataclass
class Worksheet:
    """A table as it was found.

    Attributes:
        names: Of its columns, those that have one, in order.
        rows: Number of each row, and its cells by the names of their columns.
        header: The row with the names; 0 when each row has its own.
        form: How it is written, to be told: encoding, delimiter, sheet.
    """

    names: tuple[str, ...] = ()
    rows: list[tuple[int, Row]] = field(default_factory=list)
    header: int = 0
    form: dict[str, str] = field(default_factory=dict)


def filled(rows: Iterable[tuple[int, Iterable[Any]]]) -> Iterator[Cells]:
    """Yield the rows with anything in them, cells without what is empty at their end, and without an export's guard."""
    for line, cells in rows:
        values = [plain_value(unguarded(cell) if isinstance(cell, str) else cell) for cell in cells]
        while values and values[-1] is None:
            values.pop()
        if values:
            yield line, values


def names_in(cells: Sequence[Any], known: Known) -> int:
    """Count the cells of a row that are names of columns."""
    return sum(isinstance(cell, str) and len(cell) <= LONGEST_NAME and known(cell) for cell in cells)


def find_header(rows: Sequence[Cells], known: Known) -> int:
    """Say at which place of some rows the names of the columns are.

    Args:
        rows: The first of a table.
        known: What a name is known by.

    Returns:
        The place of the row with the most known names, the first of such; where rows as wide stand above it they would
        be lost, and count against it. If it has only one, or none has any, that of the first row as wide as any, with
        texts of some length and none twice.
    """
    counts = [_worth(rows, at, known) for at in range(len(rows))]
    best = max(range(len(rows)), key=counts.__getitem__)
    if counts[best] > 1:
        return best
    widths = [_width(cells) for _, cells in rows]
    wide = [at for at, (_, cells) in enumerate(rows) if widths[at] == max(widths) and _may_be_names(cells)]
    if counts[best] < 1 or (wide and (best > wide[0] or _is_above_table(rows, best, wide[0]))):
        return wide[0] if wide else max(best, 0)
    return best


def _worth(rows: Sequence[Cells], at: int, known: Known) -> int:
    """Count the known names of a row, less the rows above it that are as wide and would be lost.

    A row of known names only loses nothing that counts. Below a row as wide, one with a value that is no name has none,
    nor is a cell a name that another row has in the same column: so ``Commune`` is there as a value.
    """
    cells = rows[at][1]
    names = names_in(cells, known)
    lost = sum(_width(above) >= _width(cells) for _, above in rows[:at]) if names else 0
    if not lost:
        return names
    if any(map(_is_value, cells)):
        return 0
    own = [cell for column, cell in enumerate(cells) if not _is_elsewhere(rows, at, column)]
    names = names_in(own, known)
    return names if names == _width(cells) else max(names - lost, 0)


def _is_elsewhere(rows: Sequence[Cells], at: int, column: int) -> bool:
    """Say whether another row, that is not the same from end to end, has the same cell in a column."""
    cells = rows[at][1]
    others = (other for _, other in rows if other != cells and len(other) > column)
    return any(other[column] == cells[column] for other in others)


def _is_value(cell: Any) -> bool:
    """Say whether a cell holds what no name of a column is: a number, a date, an address, a sentence."""
    if not isinstance(cell, str):
        return cell is not None
    return len(cell) > LONGEST_NAME or bool(_VALUE.fullmatch(cell.strip()))


def _is_above_table(rows: Sequence[Cells], at: int, wide: int) -> bool:
    """Say whether a row is of the lines above a table (``Titre;Recensement``), whose names are in a wider row below.

    That row has no values and no pieces of texts, which begin with a space; none between the two has more cells than
    the first, and half of those below it are as wide.
    """
    narrow, cells = len(rows[at][1]), rows[wide][1]
    if at >= wide or len(cells) <= narrow or any(_is_value(cell) or str(cell)[0].isspace() for cell in cells):
        return False
    below = [len(row) for _, row in rows[wide + 1 :]]
    between = max((len(row) for _, row in rows[at:wide]), default=0)
    return between <= narrow and bool(below) and 2 * below.count(len(cells)) >= len(below)


def _width(cells: Sequence[Any]) -> int:
    return sum(cell is not None for cell in cells)


def _may_be_names(cells: Sequence[Any]) -> bool:
    names = [cell for cell in cells if cell is not None]
    return all(isinstance(name, str) and len(name) <= LONGEST_NAME for name in names) and len(set(names)) == len(names)


def read_sheet(
    rows: Iterable[tuple[int, Iterable[Any]]],
    known: Known,
    path: Path,
    reader: CorpusReader,
    *,
    written: Mapping[int, int] | None = None,
) -> Worksheet:
    """Find the names of a table's columns, and give each cell its name; what is wrong is a problem of the reader.

    Args:
        rows: Number and cells of each row, as they lie in the file.
        known: What a name is known by.
        path: The file, for messages.
        reader: Remembers problems and notes.
        written: Number of each row, once it was read, to its cells in a CSV, empty ones counted: a row with more than
            the header was cut wrongly. In a workbook, None: what is beside its names are columns without one.
    """
    waiting = filled(rows)
    first = list(islice(waiting, LOOKED_AT))
    if not first:
        return Worksheet()
    at = find_header(first, known)
    line, cells = first[at]
    if _is_entry(first, at, known):
        return _without_names(chain(first, waiting), line, cells, path, reader, written=written)
    if at:
        reader.note("header", path.name, value=line, expected=at)
    header = [" ".join(str(cell).split()) if isinstance(cell, (str, int, float)) else "" for cell in cells]
    names = _told_apart(header, known, path, line, reader)
    sheet = Worksheet(names=tuple(name for name in names if name), header=line)
    below = (row for row in chain(first[at + 1 :], waiting) if not _is_again(row, header, path, reader))
    whole = below if written is None else _whole(below, written, path, reader, names=len(header), header=line)
    sheet.rows = list(_named(whole, names, path, reader))
    return sheet


def _is_entry(rows: Sequence[Cells], at: int, known: Known) -> bool:
    """Say whether the row that would be that of the names is an entry like those below it: the table has no names.

    None of its cells is a known name, and one is a sentence that asks nothing, an address or a full date, as are most
    cells below it.
    """
    cells = rows[at][1]
    if names_in(cells, known):
        return False
    for column, cell in enumerate(cells):
        below = [row[column] for _, row in rows[at + 1 :] if len(row) > column and row[column] is not None]
        for form in (_SENTENCE, _ADDRESS_OR_DATE):
            alike = sum(bool(form.fullmatch(str(one).strip())) for one in below)
            if form.fullmatch(str(cell).strip()) and not _ASKS.search(str(cell)) and 2 * alike > len(below):
                return True
    return False


def _without_names(
    rows: Iterable[Cells],
    line: int,
    cells: Sequence[Any],
    path: Path,
    reader: CorpusReader,
    *,
    written: Mapping[int, int] | None,
) -> Worksheet:
    """Read a table without names, every row of it: its columns are called by letters, as a spreadsheet does."""
    names = [_letters(column) for column in range(1, len(cells) + 1)]
    reader.note("no_names", path.name, line, value=names[0], expected=", ".join(names[:3]))
    whole = rows if written is None else _whole(rows, written, path, reader, names=len(names), header=line)
    return Worksheet(names=tuple(names), rows=list(_named(whole, names, path, reader)))


def _letters(column: int) -> str:
    """Return what a spreadsheet calls a column: A, B, … Z, AA."""
    before, last = divmod(column - 1, 26)
    return (_letters(before) if before else "") + chr(ord("A") + last)


def _told_apart(header: Sequence[str], known: Known, path: Path, line: int, reader: CorpusReader) -> list[str]:
    """Give a name that is there already a number: ``Thème``, ``Thème (2)``.

    It is a problem where it is that of a column that is read, unless the numbered one is known too: a column map says
    what each of them holds.
    """
    names, taken, times = list[str](), set(header), Counter[str]()
    for column, name in enumerate(header, 1):
        times[name] += 1
        own = name
        if name and times[name] > 1:
            own = next(one for number in count(times[name]) if (one := f"{name} ({number})") not in taken)
            if not known(own) and not known(name):
                reader.note("column_again", path.name, line, column=name, value=own, expected=column)
            elif not known(own) and times[name] == 2:
                reader.tell("column_twice", path.name, line, value=name)
        taken.add(own)
        names.append(own)
    return names


def _whole(
    rows: Iterable[Cells], written: Mapping[int, int], path: Path, reader: CorpusReader, *, names: int, header: int
) -> Iterator[Cells]:
    """Yield the rows that were not cut wrongly; the others are problems.

    One has more cells than there are names, and is not as wide as the header is with the columns without a name at its
    end, which a spreadsheet writes of every row.
    """
    for line, cells in rows:
        if len(cells) > names and written[line] != written[header]:
            reader.tell("cells_beyond", path.name, line, value=len(cells), expected=names)
        else:
            yield line, cells


def _is_again(row: Cells, header: Sequence[str], path: Path, reader: CorpusReader) -> bool:
    """Say whether a row is that of the names once more, with a note."""
    line, cells = row
    again = sum(isinstance(cell, str) for cell in cells) > 1 and _same(cells, header)
    if again:
        reader.note("header_again", path.name, line)
    return again


def _same(cells: Sequence[Any], header: Sequence[str]) -> bool:
    """Say whether a row is that of the names once more."""
    return [" ".join(str(cell).split()) if cell is not None else "" for cell in cells] == list(header[: len(cells)])


def _named(rows: Iterable[Cells], header: Sequence[str], path: Path, reader: CorpusReader) -> Iterator[tuple[int, Row]]:
    unnamed: set[int] = set()
    for line, cells in rows:
        row: Row = {}
        for column, (name, value) in enumerate(zip(chain(header, repeat("")), cells, strict=False), 1):
            if not name and value is not None and column not in unnamed:
                unnamed.add(column)
                reader.note("column_unnamed", path.name, line, value=column)
            if name and value is not None:
                row[name] = value
        yield line, row
