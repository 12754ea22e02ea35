"""How the dates of a table's columns are written: what one cell leaves open, the others of its column may say."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from .dates import are_day_first, read_date, short_years_in

_HALF_DAY = re.compile(r"\d\s*[ap]\.?m\b", re.IGNORECASE)
_TWO_YEARS = re.compile(r"\D*(\d{4})\s*(?:[-/–]|à|to)\s*(\d{4})\D*")
_FULL_DATE = re.compile(r"\d{4}[-/.]\d{1,2}[-/.]\d.*")


class Said(NamedTuple):
    """A note on a column: its kind (`search.library.problems`), our name of the column, a cell, what it is read as."""

    kind: str
    column: str
    value: str = ""
    expected: str = ""


@dataclass(frozen=True)
class DateForms:
    """How the columns of dates are read.

    Attributes:
        month_first: Those in which the month is before the day.
        short_years: Those in which ``2010-11`` is two years.
        notes: What is to be said of them.
    """

    month_first: frozenset[str] = frozenset()
    short_years: frozenset[str] = frozenset()
    notes: tuple[Said, ...] = ()


def date_forms(columns: Mapping[str, Sequence[object]], *, english: bool) -> DateForms:
    """Say how columns of dates are read.

    Args:
        columns: Our name of each to its filled cells, in any order.
        english: The texts beside them are: then ``3/12/2021`` may be a day of March, and is noted where nothing says.
    """
    months = _months(columns, english)
    years = [said for name, cells in columns.items() if (said := _years(name, cells))]
    return DateForms(
        frozenset(said.column for said in months if said.kind != "month_unsure"),
        frozenset(said.column for said in years if said.kind == "short_years"),
        (*months, *years),
    )


def is_month_first(cells: Iterable[object]) -> bool | None:
    """Say whether a column of dates has the month before the day.

    Args:
        cells: Of the column, as a table has them.

    Returns:
        Whether, where at least one of its dates can only be read so (``4/25/2014``, ``25/4/2014``); None where there is
        none, or one of each.
    """
    ways = {way for cell in cells if isinstance(cell, str) for way in are_day_first(cell)} - {None}
    return (False in ways) if len(ways) == 1 else None


def _months(columns: Mapping[str, Sequence[object]], english: bool) -> list[Said]:
    """Say of each column whether the month is first, or that nothing says so; nothing where the day is."""
    known = {name: is_month_first(cells) for name, cells in columns.items()}
    sure = [Said("month_first", name) for name, first in known.items() if first]
    undecided = {name: cells for name, cells in columns.items() if known[name] is None}
    ways = set(known.values()) - {None}
    if ways == {False}:
        return []
    if ways == {True}:
        return sure + [Said("month_first_as", name, sure[0].column) for name in undecided if _open_cell(columns[name])]
    return sure + [said for name, cells in undecided.items() if (said := _month_alone(name, cells, english))]


def _open_cell(cells: Sequence[object]) -> str:
    """Return the first cell whose date may be read either way; empty when there is none."""
    return next((cell for cell in cells if isinstance(cell, str) and None in are_day_first(cell)), "")


def _month_alone(name: str, cells: Sequence[object], english: bool) -> Said | None:
    """Say whether the month is first in a column where neither it nor another says so; None where the day is."""
    if not (cell := _open_cell(cells)):
        return None
    if any(isinstance(one, str) and _HALF_DAY.search(one) for one in cells):
        return Said("month_first_time", name, cell, _read(cell, month_first=True))
    return Said("month_unsure", name, cell, _read(cell)) if english else None


def _read(cell: str, *, month_first: bool = False) -> str:
    when = read_date(cell, month_first=month_first)
    return when.start if when else ""


def _years(name: str, cells: Sequence[object]) -> Said | None:
    """Say whether ``2010-11`` is two years in a column, or that nothing says so; None where it is a month."""
    pairs = {cell: pair for cell in map(str, cells) if (pair := short_years_in(cell))}
    unclear = [cell for cell, (year, end) in pairs.items() if 1 <= end <= 12 and end == (year + 1) % 100]
    if not unclear:
        return None
    years = any(not 1 <= end <= 12 for _, end in pairs.values()) or any(map(_follow, map(str, cells)))
    months = any(1 <= end <= 12 and cell not in unclear for cell, (_, end) in pairs.items())
    months = months or any(_FULL_DATE.fullmatch(str(cell).strip()) for cell in cells)
    if years and not months:
        return Said("short_years", name, unclear[0])
    return None if months and not years else Said("years_unsure", name, unclear[0])


def _follow(cell: str) -> bool:
    """Say whether a cell is two years of which one follows the other: ``2010-2011``."""
    found = _TWO_YEARS.fullmatch(cell)
    return found is not None and int(found[2]) == int(found[1]) + 1
