"""Read dates as people write them, in French and in English."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta, timezone
from typing import NamedTuple

from ...text.analysis import fold

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

_ISO = re.compile(r"(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_DAY_FIRST = re.compile(r"(?:(\d{1,2})[-/. ])?(\d{1,2})[-/. ](\d{4}|\d{2})")
_GAP = r"(?:\s+|\.?[-/.]|\.?\s+)"
_DAY_MONTH = re.compile(
    rf"(?:(\d{{1,2}})(?:er|st|nd|rd|th)?{_GAP})?([a-z]+)(\.?-|\.?[/.]|\.?\s*'|\.?,?\s+)(\d{{4}}|\d{{2}})"
)
_MONTH_DAY = re.compile(r"([a-z]+)\.?\s+(\d{1,2})(?:st|nd|rd|th)?(?:,\s*|\s+)(\d{4})")
_YEAR_MONTH = re.compile(rf"(\d{{4}}){_GAP}([a-z]+)\.?(?:{_GAP}(\d{{1,2}}))?")
_NUMBERS = re.compile(r"(?<![\d/.-])(\d{1,2})[-/. ](\d{1,2})[-/. ](?:\d{4}|\d{2})(?!\d)")
_SHORT_YEARS = re.compile(r"(\d{4})\s?[-/–]\s?(\d{2})")
_BETWEEN = re.compile(r"\s*(?:–|—|→|/|-)\s*|\s+(?:to|until|through|a|au|aux|jusqu'a|jusqu'au|et|and)\s+")
_TIME = re.compile(
    r"(?:(?<=\d)t|[\s,]*(?:\b(?:a|at|de|from)\s+)?(?<!\d))"
    r"(?:\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?(?:\s*[ap]\.?m\b\.?)?|\d{1,2}\s?h(?:\s?\d{2})?\b|\d{1,2}\s*[ap]\.?m\b\.?)"
    r"(?:\s*(?:z|utc|gmt)(?:[+-]\d{1,2}(?::?\d{2})?)?\b|\s?[+-][01]\d:?\d{2}\b)?(?:\s*\([^()]*\))?"
)
"""A time of the day, as programs and people write it, with its zone: it is no part of a date."""

_FRENCH_ONLY = frozenset(
    ("janvier", "janv", "fevrier", "fevr", "fev", "mars", "avril", "avr", "mai", "juin", "juillet", "juil", "aout")
)
"""Names of months, folded, after which a number of two digits is a year: in French the day is before them."""

_MILLISECONDS = re.compile(r"\d{13}")  # since 1970, as programs count: September 2001 and later
_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)")
_BEFORE = re.compile(
    r"^(?:le |du |de |en |des |depuis |from |since |in |on |between |entre |lundi|mardi|mercredi|jeudi|vendredi|samedi"
    r"|dimanche|(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:mon|tue|wed|thu|fri|sat|sun|lun|mer|jeu|ven|sam|dim)\b\.?"
    r"|mar\b\.?(?=\s\d{1,2}\s[a-z])|,| )+"
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


def read_date(value: object, *, month_first: bool = False, short_years: bool = False) -> When | None:
    """Read a date, or two with something between them; None when there is none.

    Args:
        value: A text or a number: ``2021``, ``2021-03``, ``12/03/2021`` (the day first, unless that cannot be),
            ``mars 2021``, ``mars-21``, ``March 3, 2021 2:03 PM``, ``2019-2021``, ``du 12 au 14 mars 2021``,
            ``since 2019``, or the number a spreadsheet keeps a day as. The time of the day is passed over.
        month_first: In ``12/03/2021`` it is the month that is first, unless that cannot be.
        short_years: ``2010-11`` are two years, as ``2012-13`` is, which can be nothing else.
    """
    text = fold(str(value)).replace("’", "'").strip().rstrip(".")
    if _MILLISECONDS.fullmatch(text):
        return When(datetime.fromtimestamp(int(text) / 1000, timezone.utc).date().isoformat())
    text = _TIME.sub("", text).strip(" ,-–")
    if years := _two_years(text, short_years):
        return years
    if one := _one(text, month_first):
        return When(one)
    if pair := _range(text, month_first):
        return pair if _in_order(pair) else None
    found = {year for year in _YEAR.findall(text) if EARLIEST <= int(year) <= LATEST}
    return When(found.pop(), sure=False) if len(found) == 1 else None


def short_years_in(cell: object) -> tuple[int, int] | None:
    """Return the year and the two digits after it of a cell like ``2010-11``, whatever they mean; None for others."""
    found = _SHORT_YEARS.fullmatch(_BEFORE.sub("", fold(str(cell)).strip()))
    return (int(found[1]), int(found[2])) if found and EARLIEST <= int(found[1]) <= LATEST else None


def are_day_first(cell: str) -> list[bool | None]:
    """Say of each date in a cell like ``12/03/2021`` if its day is first; None where both can be."""
    numbers = [(int(one[1]), int(one[2])) for one in _NUMBERS.finditer(fold(cell))]
    known = [one for one in numbers if 1 <= min(one) <= 12 and max(one) <= 31]
    return [None if max(one) <= 12 and one[0] != one[1] else one[0] >= one[1] for one in known if one[0] != one[1]]


def _two_years(text: str, short_years: bool) -> When | None:
    """Read two years of which the second has two digits: ``2012-13``; what may be a month only if that is said."""
    found = short_years_in(text)
    if not found or (1 <= found[1] <= 12 and not short_years):
        return None
    year = found[0]
    end = year - year % 100 + found[1] + (100 if found[1] < year % 100 else 0)
    near = found[1] > year % 100 or end == year + 1
    return When(str(year), str(end)) if near else None


def _range(text: str, month_first: bool) -> When | None:
    """Read two dates; the first may leave out what the second has: ``du 12 au 14 mars 2021``."""
    for between in _BETWEEN.finditer(text):
        first, second = text[: between.start()], text[between.end() :]
        if not first or not (end := _one(second, month_first)):
            continue
        if start := next(filter(None, (_one(one, month_first) for one in _completed(first, second))), None):
            return When(start, end)
    return None


def _completed(first: str, second: str) -> Iterator[str]:
    """Yield the first of two dates as it stands, then with ever more, or ever less, of what the second ends with."""
    yield first
    cuts = [cut.start() for cut in re.finditer(r"[-/. ]", second)]
    bare = _BEFORE.sub("", first).isdecimal()  # a day: it lacks as much as it can
    for cut in cuts if bare else reversed(cuts):
        yield first + second[cut:]


def _in_order(pair: When) -> bool:
    end = pair.end or pair.start
    known = min(len(pair.start), len(end))
    return pair.start[:known] <= end[:known]


def _one(text: str, month_first: bool = False) -> str | None:
    """Read one date, folded."""
    text = _BEFORE.sub("", text.strip())
    if text.isdecimal() and _SERIAL_FROM <= int(text) <= _SERIAL_TO:
        return (_FIRST_DAY + timedelta(days=int(text))).isoformat()
    if found := _ISO.fullmatch(text) or _COMPACT.fullmatch(text):
        return _written(found[1], found[2], found[3])
    if found := _DAY_FIRST.fullmatch(text):
        day, month = found[1], found[2]
        if day and (month_first or int(month) > 12) and int(day) <= 12:
            day, month = month, day
        return _written(_century(found[3]) if day else found[3], month, day)
    return _named(text)


def _named(text: str) -> str | None:
    """Read one date with the name of a month, folded: ``12 mars 2021``, ``mars-21``, ``March 3, 2021``."""
    if (found := _DAY_MONTH.fullmatch(text)) and found[2] in MONTHS:
        a_day = found[3].isspace() and not found[1] and found[2] not in _FRENCH_ONLY  # March 21
        year = found[4] if len(found[4]) == 2 and a_day else _century(found[4])
        return _written(year, str(MONTHS[found[2]]), found[1])
    if (found := _MONTH_DAY.fullmatch(text)) and found[1] in MONTHS:
        return _written(found[3], str(MONTHS[found[1]]), found[2])
    if (found := _YEAR_MONTH.fullmatch(text)) and found[2] in MONTHS:
        return _written(found[1], str(MONTHS[found[2]]), found[3])
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
