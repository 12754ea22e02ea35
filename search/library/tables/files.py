"""From the file of a table to its rows: JSON, CSV or XLSX, in whatever form it was saved."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ..jsonl import Fault, Row, row_of, value_of
from ..yaml_files import CorpusReader
from .cells import plain_value
from .columns import our_name
from .csv_rows import BYTE_ORDER_MARK, CsvRows, tell_misquoted
from .delimiters import delimiter_of
from .headers import Known, Sheet, read_sheet
from .json_shapes import Table, table_of
from .workbook import is_workbook, read_workbook

SUFFIXES = (".csv", ".tsv", ".tab", ".txt", ".xlsx", ".xlsm", ".jsonl", ".ndjson", ".json", ".geojson")
"""Of the files that can be read."""

JSON_DEPTH = 6
"""Names that lead to the rows of a JSON file, at most: ``{"response": {"data": [...]}}`` has two."""

WINDOWS = "cp1252"
"""What a spreadsheet on Windows saves as when it says “CSV”."""

MAC = "mac_roman"
"""What Excel on a Mac saves as when it says “CSV (Macintosh)”."""

MAPPINGS = ("phases", "conditions", "translation", "facets")
"""Columns whose value is a mapping, in JSON."""

ALIGNED = ("source_publishers", "source_titles", "source_read", "source_copies", "source_traits")
"""Columns whose list has a place for each source, null where nothing is told."""

_SAMPLE = 100_000  # characters the delimiter is chosen by
_SEP = re.compile(r"sep=(.)\r?\n?", re.IGNORECASE)
_NAMES = {
    "utf-8-sig": "UTF-8",
    "utf-16": "UTF-16",
    "utf-16-le": "UTF-16",
    "utf-16-be": "UTF-16",
    WINDOWS: "Windows-1252",
    MAC: "Mac Roman",
}
_ACCENTED = frozenset("éèêëàâçîïôöùûüÉÈÀÇŒœ’«»")  # what French and English texts have beyond ASCII


def read_file(path: Path, known: Known, reader: CorpusReader) -> Sheet:
    """Read the rows of a table; what cannot be read is a problem of the reader.

    Args:
        path: Its name ends as one of SUFFIXES.
        known: What the name of a column is known by.
        reader: Remembers problems and notes.

    Raises:
        ExtraMissingError: It is a workbook and the extra ``xlsx`` is not installed.
    """
    if not path.is_file():
        reader.tell("no_file", path.name)
        return Sheet()
    suffix = path.suffix.lower()
    if is_workbook(path) or suffix.startswith(".xls"):
        return read_workbook(path, known, reader)
    if suffix in {".json", ".geojson"}:
        return _read_json(path, known, reader)
    return (_read_jsonl if suffix in {".jsonl", ".ndjson"} else _read_csv)(path, known, reader)


# ---- Encodings -----------------------------------------------------------------------------------------------


def encoding_of(path: Path) -> str:
    """Say how a text file is encoded: UTF-8, UTF-16 by its mark or its zeros, else Windows-1252 or Mac Roman."""
    with path.open("rb") as file:
        start = file.read(4_096)
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if start.count(0) > len(start) // 4:
        return "utf-16-le" if start[1::2].count(0) >= start[::2].count(0) else "utf-16-be"
    return max((WINDOWS, MAC), key=lambda name: _accented(path, name)) if _broken(path) else "utf-8-sig"


def _accented(path: Path, encoding: str) -> int:
    """Count the letters of French in the beginning of a file, read in an encoding."""
    with path.open(encoding=encoding, errors="replace", newline="") as file:
        return sum(character in _ACCENTED for character in file.read(_SAMPLE))


def _broken(path: Path) -> bool:
    """Say whether a file has more bytes that are no UTF-8 than characters beyond ASCII that are."""
    bad, good = _counts(path)
    return bad > good


def _counts(path: Path) -> tuple[int, int]:
    """Count the places of a file that are no UTF-8, and its characters beyond ASCII."""
    bad = other = 0
    with path.open(encoding="utf-8-sig", errors="replace", newline="") as file:
        while block := file.read(1 << 20):
            if not block.isascii():
                bad += block.count("\ufffd")
                other += sum(character > "\x7f" for character in block)
    return bad, other - bad


def _encoding(path: Path, reader: CorpusReader) -> str:
    """Say how a file is encoded, with a note when it is not UTF-8 from end to end."""
    encoding = encoding_of(path)
    if _NAMES[encoding] != "UTF-8":
        reader.note("encoding", path.name, value=_NAMES[encoding])
    elif _counts(path)[0]:
        reader.note("bad_bytes", path.name)
    return encoding


# ---- JSONL ---------------------------------------------------------------------------------------------------


def _read_jsonl(path: Path, known: Known, reader: CorpusReader) -> Sheet:
    encoding = _encoding(path, reader)
    sheet, empty = Sheet(form={"encoding": _NAMES[encoding]}), dict[str, None]()
    for line, row, fault in _objects(path, encoding, reader):
        if fault:
            reader.tell(fault.kind, path.name, line, value=fault.value)
        else:
            sheet.rows.append((line, flat(row)))
            empty |= dict.fromkeys(name for name in row if our_name(name) == "facets")
    sheet.names = tuple(dict.fromkeys(name for _, row in sheet.rows for name in row) | empty)
    return sheet


def _read_json(path: Path, known: Known, reader: CorpusReader) -> Sheet:
    """Read a file that is one JSON text, or an object a line though it is not called so; what is neither is told."""
    encoding = encoding_of(path)
    text = path.read_text(encoding=encoding, errors="replace").strip()
    value, fault = value_of(text.encode())
    if fault:
        if "\n" in text and not row_of(text.splitlines()[0].encode())[1]:
            return _read_jsonl(path, known, reader)
        kind = {"json_wrong": "json_file", "json_cut": "json_file_cut", "json_blank": "no_entry"}
        reader.tell(kind.get(fault.kind, fault.kind), path.name, fault.line, value=fault.value)
        return Sheet()
    lists = list(lists_in(value, JSON_DEPTH))
    if table := table_of(value, JSON_DEPTH, sure=bool(lists)):
        return _other_shape(*table, path, known, reader)
    if not lists:
        if value not in ([], {}):
            reader.tell("json_shape", path.name)
        return Sheet()
    return _read_jsonl(path, known, reader)


def _other_shape(cells: Table, rows: list[Row], path: Path, known: Known, reader: CorpusReader) -> Sheet:
    """Make a sheet of what `table_of` found."""
    encoding = _encoding(path, reader)
    if cells:
        sheet = read_sheet(enumerate(cells, 1), known, path, reader)
    else:
        sheet = Sheet(rows=[(place, flat(row)) for place, row in enumerate(rows, 1)])
        sheet.names = tuple(dict.fromkeys(name for _, row in sheet.rows for name in row))
    sheet.form["encoding"] = _NAMES[encoding]
    return sheet


def _objects(path: Path, encoding: str, reader: CorpusReader) -> Iterator[tuple[int, Row, Fault | None]]:
    """Yield what `row_of` says of each line, by its number; of one list of objects, each by its place in it."""
    first, is_json = True, path.suffix.lower() in {".json", ".geojson"}
    for line, content in enumerate(_lines(path, encoding), 1):
        if not content.strip():
            continue
        row, fault = row_of(content)
        if first and (fault or is_json) and (whole := _whole(path, encoding, reader)):
            yield from ((place, one, None) for place, one in whole)
            return
        if first and is_json and value_of(path.read_text(encoding=encoding, errors="replace").encode())[1] is None:
            return  # JSON without a list of objects holds no entry
        first = False
        yield line, row, fault


def _whole(path: Path, encoding: str, reader: CorpusReader) -> list[tuple[int, Row]]:
    """Return the objects of a file that is one JSON text, by their place in the list of it that has the most.

    Other lists, and items of the list that are no objects, are noted.
    """
    value, fault = value_of(path.read_text(encoding=encoding, errors="replace").encode())
    lists = [] if fault else list(lists_in(value, JSON_DEPTH))
    if not lists:
        return []
    longest = max(lists, key=lambda one: _count_objects(one[1]))
    for name, items in lists:
        if items is not longest[1]:
            reader.note("json_list", path.name, column=name, value=f"{_count_objects(items):,}")
    for place, item in enumerate(longest[1], 1):
        if not isinstance(item, dict):
            reader.note("json_item", path.name, place)
    return [(place, item) for place, item in enumerate(longest[1], 1) if isinstance(item, dict)]


def _count_objects(items: list[Any]) -> int:
    return sum(isinstance(item, dict) for item in items)


def lists_in(value: Any, depth: int, path: str = "") -> Iterator[tuple[str, list[Any]]]:
    """Yield the lists with objects in them that a JSON value is, or holds under so many names.

    Args:
        value: Of the whole file.
        depth: Names that lead to a list, at most.
        path: Those that led to the value, with dots between them.
    """
    if isinstance(value, list) and _count_objects(value):
        yield path, value
    elif isinstance(value, dict) and depth:
        for key, item in value.items():
            yield from lists_in(item, depth - 1, f"{path}.{key}" if path else key)


def _lines(path: Path, encoding: str) -> Iterator[bytes]:
    """Yield the lines of a file as UTF-8; JSON texts may hold the other characters that end a line."""
    with path.open(encoding=encoding, errors="replace", newline="\n") as lines:
        for line in lines:
            yield line.removeprefix(BYTE_ORDER_MARK).encode()


def flat(row: Row, path: str = "") -> Row:
    """Give what is nested the names that lead to it, with dots between them.

    Args:
        row: An object of JSON. What is in a list of objects becomes a list under each of their names. The mappings
            that some columns of ours hold stay as they are.
        path: Before each name.
    """
    found: Row = {}
    for key, value in row.items():
        name = f"{path}{key}"
        if isinstance(value, list) and value and all(isinstance(item, dict) for item in value):
            parts = [flat(item, f"{name}.") for item in value]
            keys = dict.fromkeys(key for part in parts for key in part)
            found |= {key: [part[key] for part in parts if key in part] for key in keys}
        elif isinstance(value, dict) and our_name(key) not in MAPPINGS:
            found |= flat(value, f"{name}.")
        elif isinstance(value, list) and our_name(key) in {"source_urls", *ALIGNED}:
            found |= {name: value} if value else {}
        elif (one := plain_value(value)) is not None:
            found[name] = one
    return found


# ---- CSV -----------------------------------------------------------------------------------------------------


def _read_csv(path: Path, known: Known, reader: CorpusReader) -> Sheet:
    encoding = _encoding(path, reader)
    with path.open(encoding=encoding, errors="replace", newline="") as file:
        start = file.read(_SAMPLE)
        said = _SEP.match(start)
        delimiter = said[1] if said else delimiter_of(start, known)
        file.seek(0)
        if said:
            file.readline()  # a spreadsheet does not show it, nor count it
        rows = CsvRows(file, delimiter, path, reader)
        sheet = read_sheet(rows, known, path, reader, written=rows.widths)
        tell_misquoted(rows, sheet, path, reader)
    sheet.form |= {"encoding": _NAMES[encoding], "delimiter": delimiter}
    return sheet
