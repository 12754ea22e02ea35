"""Links of the cells of a sheet: a workbook keeps where they lead apart from what the cells show."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from html import unescape
from itertools import product
from pathlib import Path, PurePosixPath
from typing import Any

from .cells import Linked
from .merged_cells import column_number, tags_of

_LINK = re.compile(rb"<(?:\w+:)?hyperlink\s[^>]*>")
_RELATION = re.compile(r"<(?:\w+:)?Relationship\s[^>]*>")
_ATTRIBUTE = re.compile(r"([\w:]+)\s*=\s*[\"']([^\"']*)[\"']")
_CELLS = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})(?::\$?([A-Z]{1,3})\$?(\d{1,7}))?")
_FORMULA = re.compile(r"=\s*HYPERLINK\(\s*\"(https?://[^\"]+)\"(?:\s*[,;]\s*\"([^\"]*)\")?", re.IGNORECASE)

_LONGEST = 5_000
"""Bytes of such a tag, at most: it may hold what is shown of the link, and an explanation."""

_MOST = 1_000
"""Cells of one link, at most: a link of more is one of a whole column."""


def links_of(path: Path, part: str) -> Mapping[tuple[int, int], str]:
    """Return the web addresses that the cells of a sheet lead to.

    Args:
        path: A workbook.
        part: Name of the sheet in it.

    Returns:
        Row of each cell with a link, and its column from 0, to the address.
    """
    part = part.lstrip("/")
    targets = _targets(path, part)
    found: dict[tuple[int, int], str] = {}
    for tag in tags_of(path, part, _LINK, _LONGEST) if targets else ():
        told = dict(_ATTRIBUTE.findall(tag[0].decode("utf-8", "replace")))
        target = next((targets[value] for name, value in told.items() if value in targets and name.endswith("id")), "")
        if target:
            found |= dict.fromkeys(_cells(told.get("ref", "")), target)
    return found


def _targets(path: Path, part: str) -> dict[str, str]:
    """Return the web addresses of a sheet by the names it knows them by."""
    name = PurePosixPath(part)
    with zipfile.ZipFile(path) as parts:
        told = str(name.parent / "_rels" / f"{name.name}.rels")
        text = parts.read(told).decode("utf-8", "replace") if told in parts.namelist() else ""
    found = (dict(_ATTRIBUTE.findall(tag)) for tag in _RELATION.findall(text))
    pairs = ((one.get("Id", ""), unescape(one.get("Target", "")).strip()) for one in found)
    return {key: target for key, target in pairs if target.lower().startswith(("http://", "https://"))}


def _cells(reference: str) -> Iterator[tuple[int, int]]:
    """Yield row and column, from 0, of the cells that ``D3`` or ``D3:D5`` names."""
    if not (found := _CELLS.fullmatch(reference)):
        return
    lines = range(int(found[2]), int(found[4] or found[2]) + 1)
    columns = range(column_number(found[1].encode()), column_number((found[3] or found[1]).encode()) + 1)
    if len(lines) * len(columns) <= _MOST:
        yield from product(lines, columns)


def with_links(
    rows: Iterable[tuple[int, list[Any]]], links: Mapping[tuple[int, int], str]
) -> Iterator[tuple[int, list[Any]]]:
    """Give each text of a cell with a link where that leads.

    Args:
        rows: Number and cells of each.
        links: As `links_of` returns them.
    """
    for line, cells in rows:
        for column, cell in enumerate(cells if links else ()):
            if isinstance(cell, str) and (target := links.get((line, column))):
                cells[column] = Linked(cell, target)
        yield line, cells


def of_formula(value: Any, written: Any) -> Any:
    """Return a cell with where ``=HYPERLINK("https://…"; "text")`` leads; its text where none was ever stored."""
    found = _FORMULA.match(written) if isinstance(written, str) else None
    if found is None or not (value is None or isinstance(value, str)):
        return value
    return Linked(value or found[2] or found[1], found[1])
