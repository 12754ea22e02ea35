"""Tables in JSON that are no list of objects: by id, by column, or with the names apart from the rows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ..jsonl import Row
from .columns import field_of, our_name

HEADS = ("columns", "fields", "headers", "header", "colonnes")
"""What programs call the list of the columns' names, beside one of BODIES."""

BODIES = ("data", "rows", "values", "records", "lignes", "donnees", "données")
"""What they call the list of the rows, each a list of cells."""

_ID = re.compile(r"[^\W_]([\w.-]{0,98}[^\W_])?")

Table = list[list[Any]]
"""The names of the columns, then the cells of each row."""


def table_of(value: Any, depth: int, *, sure: bool) -> tuple[Table, list[Row]] | None:
    """Read a table that a JSON value is, or that lies alone under so many names.

    Args:
        value: Of the whole file.
        depth: Names that lead to the table, at most.
        sure: Only what can be nothing else, as it has a title where one belongs or names its columns apart; else also
            what is like a table.

    Returns:
        Its rows of cells, those of the names first, or its objects; the other of the two is empty. None when it is no
        table.
    """
    for one in _alone(value, depth):
        if cells := _split(one) or _by_column(one) or ([] if sure else _listed(one)):
            return cells, []
        if rows := _by_index(one, sure=sure) or _by_id(one, sure=sure) or ([] if sure else _single(one)):
            return [], rows
    return None


def _alone(value: Any, depth: int) -> Iterator[Any]:
    """Yield a value, then what lies in it alone beside texts and numbers, and so on."""
    yield value
    inside = [one for one in value.values() if isinstance(one, (dict, list))] if isinstance(value, dict) else []
    if depth and len(inside) == 1:
        yield from _alone(inside[0], depth - 1)


def _is_title(name: str) -> bool:
    return field_of(our_name(name) or "") == "title"


def _split(value: Any) -> Table:
    """Read ``{"columns": ["title"], "data": [["A"], ["B"]]}``; a column may be an object with its name."""
    if not isinstance(value, dict):
        return []
    heads: list[Any] = next((value[name] for name in HEADS if isinstance(value.get(name), list)), [])
    names = [one.get("name") or one.get("title") if isinstance(one, dict) else one for one in heads]
    rows = next((value[name] for name in BODIES if _are_lists(value.get(name))), None)
    return [names, *rows] if rows and names and all(isinstance(name, str) for name in names) else []


def _are_lists(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(one, list) for one in value)


def _by_column(value: Any) -> Table:
    """Read ``{"title": ["A", "B"], "summary": ["One", "Two"]}``."""
    if not isinstance(value, dict) or not value or not all(isinstance(one, list) for one in value.values()):
        return []
    even = len({len(one) for one in value.values()}) == 1 and len(value) > 1
    if not even or not any(map(_is_title, value)):
        return []
    return [list(value), *map(list, zip(*value.values(), strict=True))]


def _listed(value: Any) -> Table:
    """Read ``[["title", "summary"], ["A", "One"]]``."""
    names = value[0] if _are_lists(value) and len(value) > 1 else []
    return value if names and all(isinstance(name, str) for name in names) else []


def _by_index(value: Any, *, sure: bool) -> list[Row]:
    """Read ``{"title": {"0": "A", "1": "B"}, "summary": {"0": "One", "1": "Two"}}``, as pandas writes it."""
    if not _are_objects(value):
        return []
    index = dict.fromkeys(key for one in value.values() for key in one)
    like = any(map(_is_title, value)) or (not sure and all(key.isdecimal() for key in index))
    if not like or any(map(_is_title, index)) or any(one.keys() != index.keys() for one in value.values()):
        return []
    return _with_keys({key: {name: one[key] for name, one in value.items()} for key in index})


def _by_id(value: Any, *, sure: bool) -> list[Row]:
    """Read ``{"p1": {"title": "A"}, "p2": {"title": "B"}}``."""
    if not _are_objects(value):
        return []
    rows = list(value.values())
    if all(any(map(_is_title, row)) for row in rows):
        return _with_keys(value)
    shared = set(rows[0]).intersection(*rows[1:]) if len(rows) > 1 else set()
    return [] if sure or not any(our_name(name) for name in shared) else _with_keys(value)


def _are_objects(value: Any) -> bool:
    return isinstance(value, dict) and bool(value) and all(isinstance(one, dict) and one for one in value.values())


def _with_keys(objects: Mapping[str, Row]) -> list[Row]:
    """Give each object its key as its id, or as its title where it has none; numbers that only count are neither."""
    names = {name for row in objects.values() for name in row}
    if len(objects) < 2 or _only_count(list(objects)):
        return list(objects.values())
    if not any(map(_is_title, names)):
        return [{"title": key} | row for key, row in objects.items()]
    if any(our_name(name) == "id" for name in names) or not all(map(_ID.fullmatch, objects)):
        return list(objects.values())
    return [{"id": key} | row for key, row in objects.items()]


def _only_count(keys: Sequence[str]) -> bool:
    return any(keys == [str(number) for number in range(first, first + len(keys))] for first in (0, 1))


def _single(value: Any) -> list[Row]:
    """Read an object that is one entry: it has a title, or what lies in it has."""
    if not isinstance(value, dict):
        return []
    inside = [f"{name}.{key}" for name, one in value.items() if isinstance(one, dict) for key in one]
    return [value] if any(map(_is_title, (*value, *inside))) else []
