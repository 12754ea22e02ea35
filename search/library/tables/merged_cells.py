"""Cells of a sheet that are merged down a column: what they hold is said of each of their rows."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*?ref="\$?([A-Z]{1,3})\$?(\d{1,7}):\$?[A-Z]{1,3}\$?(\d{1,7})"')
_LONGEST = 200
"""Bytes of such a tag, at most."""


def merged_columns(path: Path, part: str) -> Mapping[int, list[tuple[int, int]]]:
    """Return where cells are merged over several rows.

    Args:
        path: A workbook.
        part: Name of the sheet in it.

    Returns:
        Row in which a merged cell begins to its columns, from 0, and the last row of each.
    """
    found: dict[int, list[tuple[int, int]]] = {}
    for tag in tags_of(path, part.lstrip("/"), _MERGED, _LONGEST):
        column, first, last = column_number(tag[1]), int(tag[2]), int(tag[3])
        if last > first:
            found.setdefault(first, []).append((column, last))
    return found


def tags_of(path: Path, part: str, kind: re.Pattern[bytes], longest: int) -> Iterator[re.Match[bytes]]:
    """Yield the tags of a kind in a part of a workbook, however long the part is.

    Args:
        path: The workbook.
        part: Name of the part; nothing is in one that is not there.
        kind: What such a tag is like.
        longest: Bytes of such a tag, at most.
    """
    with zipfile.ZipFile(path) as parts:
        if part not in parts.namelist():
            return
        with parts.open(part) as sheet:
            before = b""
            while block := before + sheet.read(1 << 20):
                end = 0
                for tag in kind.finditer(block):
                    end = tag.end()
                    yield tag
                if len(block) == len(before):
                    return
                before = block[max(end, len(block) - longest) :]


def column_number(letters: bytes) -> int:
    """Return the number of a column, from 0, by its letters."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number - 1


def filled_down(
    rows: Iterable[tuple[int, list[Any]]], merged: Mapping[int, list[tuple[int, int]]]
) -> Iterator[tuple[int, list[Any]]]:
    """Give each row what the merged cells it has a part in hold; a row with nothing else in it stays empty.

    Args:
        rows: Number and cells of each.
        merged: As `merged_columns` returns it.
    """
    open_cells: dict[int, tuple[int, Any]] = {}
    for line, cells in rows:
        open_cells = {column: cell for column, cell in open_cells.items() if cell[0] >= line}
        if open_cells and any(cell is not None for cell in cells):
            cells.extend([None] * (max(open_cells) + 1 - len(cells)))
            for column, (_, value) in open_cells.items():
                cells[column] = value if cells[column] is None else cells[column]
        for column, last in merged.get(line, ()):
            if column < len(cells) and cells[column] is not None:
                open_cells[column] = (last, cells[column])
        yield line, cells
