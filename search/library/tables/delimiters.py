"""What stands between the cells of a CSV."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from io import StringIO
from itertools import islice

from .headers import LOOKED_AT, Cells, Known, filled, find_header, names_in

DELIMITERS = (";", "\t", ",", "|")
"""What may stand between cells, the likeliest first."""

_PART = 0.5
"""What a row with fewer cells than the header counts, beside one with as many: empty ones may be left out."""

_ONE_COLUMN = 0.25
"""What a table of one column is worth beside one of more: any text is one, by a delimiter that it does not hold."""

_END = re.compile(r"[.!?…][»”\")]?\s*\Z")
_PROSE = 0.8
"""Share of the lines that end as a sentence does, and of the pieces that begin with a space, in a text of sentences."""


@dataclass(frozen=True)
class _Cut:
    """The first rows of a table, cut at a delimiter.

    Attributes:
        rows: With anything in them, as `filled` gives them.
        widths: Number of each row to its cells, empty ones counted.
        plain: Rows that no delimiter cuts: a line above the table says nothing of what cuts it.
        spaced: Share of the cells after the first of their row that begin with a space, as the pieces of a sentence.
        prose: The rows are sentences, one a line: the first and most others end as such, and all cells after the first
            of their row are pieces of them.
    """

    rows: list[Cells]
    widths: dict[int, int]
    plain: frozenset[int]
    spaced: float
    prose: bool = False


def delimiter_of(start: str, known: Known) -> str:
    """Choose what gives (nearly) all rows as many cells as the header, of which known names tell more.

    Args:
        start: The beginning of the file.
        known: What the name of a column is known by.

    Returns:
        One of DELIMITERS; what a space is mostly after counts for less. Of two worth as much, the one that makes more
        cells.
    """

    def worth(delimiter: str) -> tuple[float, int]:
        cut = _cut(start, delimiter)
        if not cut.rows:
            return 0, 0
        line, cells = cut.rows[find_header(cut.rows, known)]
        width = cut.widths[line]
        if width > 1 and cut.prose and not names_in(cells, known):
            return 0, 0
        even = _evenness(cut, line) * (1 - cut.spaced / 2) * (1 if width > 1 else _ONE_COLUMN)
        return round(even * (1 + names_in(cells, known)), 3), width

    return max(DELIMITERS, key=worth)


def _cut(start: str, delimiter: str) -> _Cut:
    """Cut the first rows; nothing where csv cannot read them."""
    lines = StringIO(start.replace("\0", ""), newline="")  # lines end as those of a file do, and nowhere else
    try:
        table = [(line, row) for line, row in enumerate(csv.reader(lines, delimiter=delimiter), 1) if any(row)]
    except csv.Error:
        return _Cut([], {}, frozenset(), 0)
    rows = list(islice(filled(table), LOOKED_AT))
    raw = dict(table)
    raw = {line: raw[line] for line, _ in rows}
    after = [cell for row in raw.values() for cell in row[1:] if cell]
    plain = frozenset(line for line, row in raw.items() if len(row) == 1 and not set(DELIMITERS) & set(row[0]))
    spaced = sum(cell[0].isspace() for cell in after) / len(after) if after else 0
    ends = [bool(_END.search(row[-1])) for row in raw.values()]
    prose = spaced >= _PROSE and ends[0] and sum(ends) >= _PROSE * len(ends)
    return _Cut(rows, {line: len(row) for line, row in raw.items()}, plain, spaced, prose)


def _evenness(cut: _Cut, header: int) -> float:
    """Say which share of the rows has as many cells as the header; those above it count, but for plain ones."""
    counted = [width for line, width in cut.widths.items() if line >= header or line not in cut.plain]
    wanted = cut.widths[header]
    return sum(1 if width == wanted else _PART if 1 < width < wanted else 0 for width in counted) / len(counted)
