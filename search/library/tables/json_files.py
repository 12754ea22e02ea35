"""The rows of a table in JSON: an object a line, a list of objects wherever it lies, or another shape of a table."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ..jsonl import Fault, Row, row_of, value_of
from ..yaml_files import CorpusReader
from .cells import plain_value
from .columns import our_name
from .csv_rows import BYTE_ORDER_MARK
from .encodings import ENCODING_NAMES, encoding_of, told_encoding
from .headers import Known, Worksheet, read_sheet
from .json_shapes import Table, table_of
from .our_columns import ALIGNED, MAPPINGS

JSON_DEPTH = 6
"""Names that lead to the rows of a JSON file, at most: ``{"response": {"data": [...]}}`` has two."""


def read_jsonl(path: Path, reader: CorpusReader) -> Worksheet:
    """Read a file with an object a line, or one list of objects; what is neither is told.

    Args:
        path: The file.
        reader: Remembers problems and notes.
    """
    encoding = told_encoding(path, reader)
    sheet, empty = Worksheet(form={"encoding": ENCODING_NAMES[encoding]}), dict[str, None]()
    for line, row, fault in _objects(path, encoding, reader):
        if fault:
            reader.tell(fault.kind, path.name, line, value=fault.value)
        else:
            sheet.rows.append((line, flat(row)))
            empty |= dict.fromkeys(name for name in row if our_name(name) == "facets")
    sheet.names = tuple(dict.fromkeys(name for _, row in sheet.rows for name in row) | empty)
    return sheet


def read_json(path: Path, known: Known, reader: CorpusReader) -> Worksheet:
    """Read a file that is one JSON text, or an object a line though it is not called so; what is neither is told.

    Args:
        path: The file.
        known: What the name of a column is known by.
        reader: Remembers problems and notes.
    """
    text = path.read_text(encoding=encoding_of(path), errors="replace").strip()
    value, fault = value_of(text.encode())
    if fault:
        return read_jsonl(path, reader) if _has_object_a_line(text) else _no_json(fault, path, reader)
    lists = list(lists_in(value, JSON_DEPTH))
    if table := table_of(value, JSON_DEPTH, sure=bool(lists)):
        return _other_shape(*table, path, known, reader)
    if lists:
        return read_jsonl(path, reader)
    if value not in ([], {}):
        reader.tell("json_shape", path.name)
    return Worksheet()


def _has_object_a_line(text: str) -> bool:
    """Say whether a text that is not JSON as a whole begins with a line that is an object."""
    return "\n" in text and not row_of(text.partition("\n")[0].encode())[1]


def _no_json(fault: Fault, path: Path, reader: CorpusReader) -> Worksheet:
    """Tell why a file is no JSON; nothing is read of it."""
    kind = {"json_wrong": "json_file", "json_cut": "json_file_cut", "json_blank": "no_entry"}
    reader.tell(kind.get(fault.kind, fault.kind), path.name, fault.line, value=fault.value)
    return Worksheet()


def _other_shape(cells: Table, rows: list[Row], path: Path, known: Known, reader: CorpusReader) -> Worksheet:
    """Make a sheet of what `table_of` found."""
    encoding = told_encoding(path, reader)
    if cells:
        sheet = read_sheet(enumerate(cells, 1), known, path, reader)
    else:
        sheet = Worksheet(rows=[(place, flat(row)) for place, row in enumerate(rows, 1)])
        sheet.names = tuple(dict.fromkeys(name for _, row in sheet.rows for name in row))
    sheet.form["encoding"] = ENCODING_NAMES[encoding]
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
        found |= _flat_value(key, value, f"{path}{key}")
    return found


def _flat_value(key: str, value: Any, name: str) -> Row:
    """Return the columns that one key of an object becomes, with their values."""
    if isinstance(value, list) and value and all(isinstance(item, dict) for item in value):
        parts = [flat(item, f"{name}.") for item in value]
        keys = dict.fromkeys(key for part in parts for key in part)
        return {key: [part[key] for part in parts if key in part] for key in keys}
    if isinstance(value, dict) and our_name(key) not in MAPPINGS:
        return flat(value, f"{name}.")
    if isinstance(value, list) and our_name(key) in {"source_urls", *ALIGNED}:
        return {name: value} if value else {}
    one = plain_value(value)
    return {} if one is None else {name: one}
