"""Columns of a table that become filters of the library's own: few values, short ones, that rows share."""

from __future__ import annotations

import dataclasses
import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from ..jsonl import Row
from .cells import Broken, UnreadableError, shown_text, text_of, texts_of
from .columns import Column, ColumnMap

MOST_VALUES, LONGEST_VALUE = 100, 80
"""Values a column may have, and characters of one, to become a filter unasked: they are to be seen in a list."""

SHARED = 0.5
"""Share of the filled rows that must have a value of another row too, for the column to become a filter unasked."""

_LISTED = ";|\n"
"""What stands between values of one cell, always; commas do where that makes no more values of a column, and where no
space is after any of them: so a program writes a list, and nobody a sentence or a town and its country."""

_COMMA = re.compile(r"(?<!\d),|,(?!\d)")
"""A comma that is no part of a number."""

_WRITTEN = re.compile(r"[-–—*•#>]\s.*|\d{1,2}[.)]\s.*|.*\s.*\s.*[.!?…]|[^:]{2,40}\s?:\s.*", re.DOTALL)
"""A line of a text that somebody wrote: an item, a sentence, ``Présents : …``."""

WRITTEN = 0.25
"""Share of the values of a column that are such lines, or longer than a value is, from which on it is a text."""

_PERSONAL = re.compile(r"\S+@\S+|https?://\S+|www\.\S+|\+?[\d\s./()-]{9,}", re.IGNORECASE)
"""Addresses and telephone numbers: never a filter unasked."""


def with_facets(
    columns: Sequence[Column], rows: Sequence[tuple[int, Row]], given: ColumnMap
) -> tuple[tuple[Column, ...], list[dict[str, tuple[str, ...]]]]:
    """Say which columns are filters of the library's own, and what each row has of them.

    Args:
        columns: Of a table, as they are read otherwise.
        rows: By the names of its columns.
        given: The map; what it names is a filter. When it names none at all, those are that look like it: columns that
            are not read as anything, and the place. A table that has a column of facets says all of them there.

    Returns:
        The columns, those that are filters marked; and for each row, their names to its values, each once.
    """
    facets: dict[str, list[tuple[str, ...]]] = {}
    unasked = given.facets is None and not any(column.ours == "facets" for column in columns)
    for column in columns:
        named = given.is_facet(column.name)
        if not named and not (unasked and column.how in {"unknown", "spare", "name"} and column.ours in {"", "place"}):
            continue
        cells = [row.get(column.name) for _, row in rows]
        if not named and _has_too_many(cells):
            continue
        values = values_of(cells)
        if named or looks_like_facet(values):
            facets[column.name] = values
    marked = tuple(dataclasses.replace(one, facet=True) if one.name in facets else one for one in columns)
    shown = {shown_text(name)[0]: values for name, values in facets.items()}
    return marked, [{name: values[at] for name, values in shown.items() if values[at]} for at in range(len(rows))]


def _has_too_many(cells: Iterable[Any]) -> bool:
    """Say at first sight, of cells as they are, whether a column has far more than MOST_VALUES."""
    whole, cut = set[str](), set[str]()
    for cell in cells:
        texts = cell if isinstance(cell, list) else [cell]
        whole.update(part.strip() for text in texts for part in re.split("[;|\n]", str(text)))
        cut.update(part.strip() for text in texts for part in re.split("[,;|\n]", str(text)))
        if min(len(whole), len(cut)) > 2 * MOST_VALUES:
            return True
    return False


def values_of(cells: Sequence[Any]) -> list[tuple[str, ...]]:
    """Return the values of each cell of a column, each once, as they are written; what cannot be read has none."""
    whole = [_listed(cell, _LISTED) for cell in cells]
    cut = [_listed(cell, f"{_LISTED},") for cell in cells]
    return cut if len(_distinct(cut)) <= len(_distinct(whole)) or _commas_part(_distinct(whole)) else whole


def _commas_part(values: Iterable[str]) -> bool:
    """Say whether the commas in the values of a column stand between values: there are some, none before a space."""
    after = [value[found.end() : found.end() + 1] for value in values for found in _COMMA.finditer(value)]
    return bool(after) and not any(one.isspace() for one in after)


def _listed(cell: Any, separators: str) -> tuple[str, ...]:
    if cell is None or isinstance(cell, Broken):
        return ()
    try:
        texts = texts_of(shown_text(text_of(cell))[0] if isinstance(cell, str) else cell, separators)
    except UnreadableError:
        return ()
    shown = (" ".join(shown_text(text)[0].split()) for text in texts)
    return tuple(dict.fromkeys(text for text in shown if text))


def _distinct(values: Iterable[tuple[str, ...]]) -> set[str]:
    return {value for some in values for value in some}


def looks_like_facet(values: Sequence[tuple[str, ...]]) -> bool:
    """Say whether a column looks like a filter, by the values of each row.

    It has at most MOST_VALUES, a row of each other value than another; SHARED of the filled rows have a value of
    LONGEST_VALUE characters at most that another row has too; none is an address or a telephone number; and where a
    cell has several, they are not the lines of a text.
    """
    counts = Counter(value for some in values for value in some)
    filled = [some for some in values if some]
    if not 0 < len(counts) <= MOST_VALUES or len(set(values)) < 2 or any(map(_PERSONAL.fullmatch, counts)):
        return False
    lines = [one for one in counts if len(one) > LONGEST_VALUE or _WRITTEN.fullmatch(one)]
    if any(len(some) > 1 for some in filled) and len(lines) >= WRITTEN * len(counts):
        return False
    shared = sum(any(counts[one] > 1 and len(one) <= LONGEST_VALUE for one in some) for some in filled)
    return shared >= SHARED * len(filled)


def facets_of(value: Any) -> dict[str, tuple[str, ...]]:
    """Read the cell of an export: names to values, a mapping or its JSON.

    Raises:
        UnreadableError: It is neither.
    """
    if isinstance(value, str):
        try:
            value = json.loads(value)
        except (ValueError, RecursionError):
            value = None
    if not isinstance(value, Mapping):
        raise UnreadableError("form", expected='{"…": ["…"]}')
    found = {str(name): given if isinstance(given, tuple) else _listed(given, "\n") for name, given in value.items()}
    return {name: values for name, values in found.items() if values}
