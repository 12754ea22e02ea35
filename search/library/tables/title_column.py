"""Which column of a table is its title, by the words of the columns' names and by what is in their cells."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from ..jsonl import Row
from .columns import Column, our_name, plain_name
from .prose import is_prose, names_given, says_who

CALLED = frozenset({"titre", "title", "intitule", "appelle", "appele", "appelee", "called", "nomme", "nommee"})
"""Words, folded, in the names of columns that ask what something is called."""

SUBJECT = frozenset({"projet", "project", "initiative", "action", "pratique", "practice", "demarche", "idee", "idea"})
"""Words, folded, in the names of columns that say what a row is about."""

_NAMED, _ABOUT, _WHO, _OTHER, _LEAST, _CODES = range(6)
"""How likely a column is the title, the likeliest first; what names a thing goes before what names people."""

_CODE = re.compile(r"(?=\D*\d)\S+")
"""A cell that names nothing to a reader: one word with a digit in it, as ``ARA-00001``."""

Rows = Sequence[tuple[int, Row]]


def likeliest_title(columns: Sequence[Column], rows: Rows) -> str | None:
    """Name the column that seems to be the title, of those that are not read; None when none does.

    One whose cells are codes, numbers or addresses comes after all others, one that says who is behind something after
    those that say what it is: it is the title of a list of organisations, and of nothing else.

    Args:
        columns: As `search.library.tables.columns.resolve` gives them.
        rows: Of the table, by the names of its columns.
    """
    found = {column.name: rank for column in columns if (rank := _rank(column, rows)) is not None}
    return min(found, key=found.__getitem__, default=None)


def with_title_by_cells(columns: Sequence[Column], rows: Rows) -> tuple[Column, ...]:
    """Do not read as the title, though it is called so, what holds codes or family names, where another may be it.

    Args:
        columns: As `search.library.tables.columns.resolve` gives them.
        rows: Of the table, by the names of its columns.

    Returns:
        The columns. Another that is called like a title is read instead; one that only seems to be it is left to be
        confirmed.
    """
    title = next((one for one in columns if one.ours == "title" and one.how == "name"), None)
    if title is None or not (_are_codes(_cells(title, rows)) or _is_family_name(title, columns)):
        return tuple(columns)
    spare = [one for one in columns if one.how == "spare" and one.suggestion == "title"]
    if other := next((one for one in spare if (cells := _cells(one, rows)) and not _are_codes(cells)), None):
        changed = {title.name: Column(title.name, how="spare", suggestion="title"), other.name: _as_title(other)}
    elif any(rank and rank[0] <= _ABOUT for rank in (_rank(one, rows) for one in columns)):
        changed = {title.name: Column(title.name)}
    else:
        return tuple(columns)
    return tuple(changed.get(one.name, one) for one in columns)


def _as_title(column: Column) -> Column:
    return Column(column.name, "title", "name")


def _is_family_name(title: Column, columns: Sequence[Column]) -> bool:
    """Say whether the title is a column of family names: it is called a name, and given names stand beside it."""
    return plain_name(title.name) in {"nom", "name"} and any(names_given(one.name) for one in columns)


def _rank(column: Column, rows: Rows) -> tuple[int, int] | None:
    """Say how likely a column is the title, the likeliest smallest; None when it is none.

    Of those with a word of SUBJECT the one with the shortest name goes first: ``Action`` before ``Qui mène l’action``.
    """
    words = plain_name(column.name).split()
    cells = _cells(column, rows)
    texts = [cell for cell in cells if isinstance(cell, str) and is_prose(cell)]
    fits = column.how == "unknown" and _may_be_titles(texts, len(rows))
    called = column.suggestion == "title" and not column.ours
    if not called and not fits:
        return None
    if _are_codes(cells) or (rows and not cells):
        return _CODES, 0
    if called and len(set(texts)) < 0.8 * len(texts):
        return _LEAST, 0
    if says_who(column.name):
        return _WHO if called else _LEAST, 0
    if called or not CALLED.isdisjoint(words):
        return _NAMED, 0
    return (_ABOUT, len(words)) if _says_about(words) else (_OTHER, 0)


def _says_about(words: Sequence[str]) -> bool:
    """Say whether a name has a word of SUBJECT, and none that is the name of something else: a date, a description."""
    others = {our_name(word) for word in words} - {None, "title"}
    return not others and not SUBJECT.isdisjoint(word.removesuffix("s") for word in words)


def _may_be_titles(texts: Sequence[str], rows: int) -> bool:
    """Say whether texts are short, and few of them the same."""
    distinct = len(set(texts)) >= 0.8 * rows
    mean = sum(map(len, texts)) / len(texts) if texts else 0.0
    return distinct and 4 <= mean <= 150 and any(" " in text for text in texts)


def _cells(column: Column, rows: Rows) -> list[Any]:
    return [row[column.name] for _, row in rows if column.name in row]


def _are_codes(cells: Sequence[Any]) -> bool:
    """Say whether more than half of some cells are codes, numbers or addresses."""
    texts = [cell for cell in cells if isinstance(cell, str) and is_prose(cell) and not _CODE.fullmatch(cell.strip())]
    return len(texts) < len(cells) / 2
