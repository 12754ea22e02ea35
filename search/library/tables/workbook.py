"""From a workbook to the rows of the sheet that holds a table."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from io import BytesIO
from itertools import islice, zip_longest
from pathlib import Path
from typing import Any

from ...errors import needs_extra
from ..yaml_files import CorpusReader
from .cells import Broken
from .headers import LOOKED_AT, Cells, Known, Worksheet, filled, find_header, names_in, read_sheet
from .hyperlinks import links_of, of_formula, with_links
from .merged_cells import filled_down, merged_columns

WORKBOOK_LIMIT = 50_000_000
"""Bytes of a workbook's XML once unpacked: ten thousand long entries; more is a trick, or belongs in CSV.

A workbook at this limit is read, or refused, in less than a minute and 1 GB, whatever it is made of: of a sheet that
does not say how large it is, openpyxl keeps every row while it looks for that.
"""

CELLS_LIMIT = 500_000
"""Cells of a sheet, empty ones counted: ten thousand rows of fifty columns."""

_OLD = b"\xd0\xcf\x11\xe0"
"""What files of old formats, and protected workbooks, begin with."""

_FORMULA = re.compile(rb"<f[ >/]")


class _TooManyCellsError(Exception):
    """A sheet has more cells than are read."""


def read_workbook(path: Path, known: Known, reader: CorpusReader) -> Worksheet:
    """Read the sheet that looks most like a table; what cannot be read is a problem of the reader.

    Args:
        path: The file.
        known: What the name of a column is known by.
        reader: Remembers problems and notes.

    Raises:
        ExtraMissingError: The extra ``xlsx`` is not installed.
    """
    with needs_extra("xlsx"):
        from openpyxl import load_workbook

    if not _can_be_opened(path, reader):
        return Worksheet()
    book = None
    try:
        book = load_workbook(_content(path), read_only=True, data_only=True)
        sheet = _best(list(book.worksheets), known, path, reader)
        if sheet is None:
            reader.tell("no_sheet", path.name)
            return Worksheet()
        found = read_sheet(_rows(path, book, sheet), known, path, reader)
        found.form["sheet"] = str(sheet.title)
    except _TooManyCellsError:
        reader.tell("cells", path.name, expected=f"{CELLS_LIMIT:,}")
    except (OSError, MemoryError):
        raise
    except Exception:  # a workbook can be broken in any of its parts, and openpyxl has no error of its own
        reader.tell("broken_workbook", path.name)
    else:
        return found
    finally:
        if book is not None:
            book.close()
    return Worksheet()


def _content(path: Path) -> Path | BytesIO:
    """Return what openpyxl opens: it opens no file by a name that is not a workbook's."""
    return path if path.suffix.lower() == ".xlsx" else BytesIO(path.read_bytes())


def is_workbook(path: Path) -> bool:
    """Say whether a file is a workbook by what it begins with, whatever it is called."""
    with path.open("rb") as file:
        return file.read(4) in {b"PK\x03\x04", _OLD}


def _can_be_opened(path: Path, reader: CorpusReader) -> bool:
    """Say whether a file is a workbook of a size that is read; what it is instead is told."""
    try:
        with zipfile.ZipFile(path) as parts:
            if other := _other_kind(parts):
                reader.tell(other, path.name)
                return False
            size = sum(part.file_size for part in parts.infolist() if part.filename.endswith((".xml", ".rels")))
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        with path.open("rb") as file:
            reader.tell("old_workbook" if file.read(4) == _OLD else "not_workbook", path.name)
        return False
    if size > WORKBOOK_LIMIT:
        reader.tell("unpacked", path.name, value=f"{size:,}", expected=f"{WORKBOOK_LIMIT:,}")
    return size <= WORKBOOK_LIMIT


def _other_kind(parts: zipfile.ZipFile) -> str:
    """Say which other file it is that begins as a workbook does; nothing when it may be one.

    Returns:
        The kind of problem: OpenDocument says what it is in a part of its own, files of Numbers are in one for each
        sheet, a workbook has a part for itself, however broken.
    """
    names = set(parts.namelist())
    if "mimetype" in names and b"opendocument" in parts.read("mimetype")[:200]:
        return "open_document"
    if any(name.endswith(".iwa") for name in names):
        return "numbers_document"
    known = any(name.startswith("xl/") for name in names)
    return "" if known else "not_workbook"


def _best(sheets: list[Any], known: Known, path: Path, reader: CorpusReader) -> Any:
    """Choose the sheet with the most known names in one row, then the most rows; None when all are empty.

    A hidden sheet is read only where no visible one has anything in it.
    """
    worth = [_worth(sheet, known) for sheet in sheets]
    if not any(worth):
        return None
    ties = [at for at, one in enumerate(worth) if one == max(worth)]
    rows = {at: _rows_below(sheets[at], known, CELLS_LIMIT // len(ties))[0] for at in ties} if len(ties) > 1 else {}
    best = max(ties, key=lambda at: rows.get(at, 0))
    others = [sheet for at, sheet in enumerate(sheets) if at != best]
    if _note_unread(others, known, path, reader) or best or _is_hidden(sheets[best]):
        reader.note("sheet_hidden" if _is_hidden(sheets[best]) else "sheet", path.name, value=sheets[best].title)
    return sheets[best]


def _note_unread(sheets: list[Any], known: Known, path: Path, reader: CorpusReader) -> bool:
    """Note the sheets that have rows and are not read; say whether there are any.

    As many cells as a sheet may have are looked at in all of them together; when they are used up, a sheet has its
    number of rows or more.
    """
    left, found = CELLS_LIMIT, False
    for sheet in sheets:
        count, left = _rows_below(sheet, known, left)
        if count:
            found = True
            kind = "other_sheet_hidden" if _is_hidden(sheet) else "other_sheet"
            reader.note(kind, path.name, column=sheet.title, value=f"{count:,}{'' if left else '+'}")
    return found


def _rows_below(sheet: Any, known: Known, left: int) -> tuple[int, int]:
    """Count the rows below the names of a sheet, as far as some cells reach; also return how many of these are left."""
    first: list[Cells] = []
    count = 0
    for line, cells in _cells(sheet):
        if not left and len(first) == LOOKED_AT:
            break
        left = max(left - (len(cells) or 1), 0)
        for row in filled([(line, cells)]):
            count += 1
            first += [row] if len(first) < LOOKED_AT else []
    return (count - find_header(first, known) - 1 if first else 0), left


def _worth(sheet: Any, known: Known) -> tuple[int, ...]:
    """Say whether a sheet is visible, count its known names, and its cells in the row of them where none is known.

    An empty sheet has nothing.
    """
    rows = list(islice(filled(_cells(sheet)), LOOKED_AT))
    if not rows:
        return ()
    cells = rows[find_header(rows, known)][1]
    names = names_in(cells, known)
    return not _is_hidden(sheet), names, min(len(rows), 2), 0 if names else len(cells)


def _is_hidden(sheet: Any) -> bool:
    """Say whether a sheet is hidden, also from the list of hidden ones (``veryHidden``)."""
    return bool(sheet.sheet_state != "visible")


def _cells(sheet: Any) -> Iterator[tuple[int, tuple[Any, ...]]]:
    """Yield the rows of a sheet, however many its file says that it has."""
    sheet.reset_dimensions()
    count = 0
    for line, cells in enumerate(sheet.iter_rows(values_only=True), 1):
        count += len(cells) or 1
        if count > CELLS_LIMIT:
            raise _TooManyCellsError
        yield line, cells


def _rows(path: Path, book: Any, sheet: Any) -> Iterator[tuple[int, list[Any]]]:
    """Yield the rows of a sheet, texts with where they lead; a formula whose result was never stored is no value."""
    part = str(getattr(sheet, "_worksheet_path", ""))
    merged, links = merged_columns(path, part), links_of(path, part)
    if not _has_formulas(path):
        rows = ((line, list(cells)) for line, cells in _cells(sheet))
        yield from filled_down(with_links(rows, links), merged)
        return
    from openpyxl import load_workbook

    formulas = load_workbook(_content(path), read_only=True)
    try:
        twin = formulas.worksheets[book.worksheets.index(sheet)]
        pairs = zip(_cells(sheet), _cells(twin), strict=False)
        rows = (
            (line, [_value(*pair) for pair in zip_longest(cells, written)]) for (line, cells), (_, written) in pairs
        )
        yield from filled_down(with_links(rows, links), merged)
    finally:
        formulas.close()


def _value(value: Any, written: Any) -> Any:
    value = of_formula(value, written)
    formula = isinstance(written, str) and written.startswith("=")
    return Broken("formula", written) if value is None and formula else value


def _has_formulas(path: Path) -> bool:
    """Say whether a sheet of a workbook has a formula."""
    with zipfile.ZipFile(path) as parts:
        sheets = (name for name in parts.namelist() if name.startswith("xl/worksheets/"))
        return any(_FORMULA.search(window) for name in sheets for window in _windows(parts, name))


def _windows(parts: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    """Yield a part of a workbook block by block, each with the end of the one before it: a tag may lie in both."""
    before = b""
    with parts.open(name) as part:
        while block := part.read(1 << 20):
            yield before + block
            before = block[-4:]
