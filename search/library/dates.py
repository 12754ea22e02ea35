"""Read dates as people write them, in French and in English."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple

from ..text.analysis import fold

MONTHS: dict[str, int] = {
    name: number
    for number, names in enumerate(
        (
            "janvier january janv jan",
            "fevrier february fevr fev feb",
            "mars march mar",
            "avril april avr apr",
            "mai may",
            "juin june jun",
            "juillet july juil jul",
            "aout august aug",
            "septembre september sept sep",
            "octobre october oct",
            "novembre november nov",
            "decembre december dec",
        ),
        1,
    )
    for name in names.split()
}
"""Names of months, folded, to their numbers."""

EARLIEST, LATEST = 1000, 2100
"""Years that a number of four digits may be."""

_SERIAL_FROM, _SERIAL_TO = 14_000, 75_000  # days since the end of 1899, as spreadsheets count: 1938 to 2105
_FIRST_DAY = date(1899, 12, 30)

_ISO = re.compile(r"(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?(?:[t ]\d{1,2}:\d{2}.*)?")
_DAY_FIRST = re.compile(r"(?:(\d{1,2})[-/. ])?(\d{1,2})[-/. ](\d{4}|\d{2})(?:[t ]\d{1,2}:\d{2}.*)?")
_NAMED = re.compile(r"(?:(\d{1,2})(?:er|st|nd|rd|th)?\s+)?([a-z]+)\.?\s+(?:(\d{1,2})(?:st|nd|rd|th)?,?\s+)?(\d{4})")
_RANGE = re.compile(r"(.{4,}?)\s*(?:–|—|→|/|\bto\b|\ba\b|\bau\b|\bet\b|(?<=\d{4})\s*-)\s*(.{4,})")
_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)")
_BEFORE = re.compile(
    r"^(?:le |du |de |en |des |depuis |from |since |in |on |lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day|,| )+"
)


class When(NamedTuple):
    """What a date says.

    Attributes:
        start: YYYY, YYYY-MM or YYYY-MM-DD.
        end: The same, of a text that names two dates.
        sure: The whole text was read, not the year in it alone.
    """

    start: str
    end: str | None = None
    sure: bool = True


def read_date(value: object, *, month_first: bool = False) -> When | None:
    """Read a date, or two with something between them; None when there is none.

    Args:
        value: A text or a number: ``2021``, ``2021-03``, ``12/03/2021`` (the day first, unless that cannot be),
            ``mars 2021``, ``March 3, 2021``, ``2019-2021``, ``since 2019``, or the number a spreadsheet keeps a day as.
        month_first: In ``12/03/2021`` it is the month that is first, unless that cannot be.
    """
    text = fold(str(value)).strip().rstrip(".")
    if one := _one(text, month_first):
        return When(one)
    if (
        (pair := _RANGE.fullmatch(text))
        and (start := _one(pair[1], month_first))
        and (end := _one(pair[2], month_first))
    ):
        return When(start, end) if start[:4] <= end[:4] else None
    years = {year for year in _YEAR.findall(text) if EARLIEST <= int(year) <= LATEST}
    return When(years.pop(), sure=False) if len(years) == 1 else None


def is_month_first(cells: Iterable[object]) -> bool:
    """Say whether a column of dates has the month before the day.

    Args:
        cells: Of the column, as a table has them.

    Returns:
        At least one of its dates can only be read so (``4/25/2014``), and none only the other way (``25/4/2014``).
    """
    found = (_DAY_FIRST.fullmatch(_BEFORE.sub("", fold(cell).strip())) for cell in cells if isinstance(cell, str))
    numbers = [(int(one[1]), int(one[2])) for one in found if one and one[1]]
    only_day_first = any(first > 12 >= second for first, second in numbers)
    return not only_day_first and any(second > 12 >= first for first, second in numbers)


def _one(text: str, month_first: bool = False) -> str | None:
    """Read one date, folded."""
    text = _BEFORE.sub("", text.strip())
    if text.isdecimal() and _SERIAL_FROM <= int(text) <= _SERIAL_TO:
        return (_FIRST_DAY + timedelta(days=int(text))).isoformat()
    if found := _ISO.fullmatch(text):
        return _written(found[1], found[2], found[3])
    if found := _DAY_FIRST.fullmatch(text):
        day, month = found[1], found[2]
        if day and (month_first or int(month) > 12) and int(day) <= 12:
            day, month = month, day
        return _written(_century(found[3]) if day else found[3], month, day)
    if (found := _NAMED.fullmatch(text)) and found[2] in MONTHS:
        return _written(found[4], str(MONTHS[found[2]]), found[1] or found[3])
    return None


def _century(year: str) -> str:
    """Give a year of two digits its century: 69 to 99 are of the last one, as POSIX has it."""
    return year if len(year) == 4 else f"{'19' if int(year) >= 69 else '20'}{year}"


def _written(year: str, month: str | None, day: str | None) -> str | None:
    """Write a date as the library does, if there is such a day."""
    try:
        known = date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        return None
    if len(year) != 4 or not EARLIEST <= known.year <= LATEST:
        return None
    return known.isoformat()[: 10 if day else 7 if month else 4]
