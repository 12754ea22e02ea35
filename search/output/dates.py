"""Dates as a person writes them: “novembre 2026”, “1er mars 2024”, “1 March 2024”."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

MONTHS: Mapping[str, tuple[str, ...]] = {
    "fr": tuple(
        "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split()  # noqa: SIM905
    ),
    "en": tuple(
        "January February March April May June July August September October November December".split()  # noqa: SIM905
    ),
}
"""Language to the names of the months, in order."""

_WRITTEN = re.compile(r"([0-9]{4})(?:-(0[1-9]|1[0-2])(?:-(0[1-9]|[12][0-9]|3[01]))?)?")


def date_in_words(written: str | date, language: str) -> str:
    """Put a date in words.

    Args:
        written: A day, or YYYY, YYYY-MM or YYYY-MM-DD; a text that is none of them comes back as it is.
        language: ``fr`` or ``en``.
    """
    text = written.isoformat() if isinstance(written, date) else written
    found = _WRITTEN.fullmatch(text)
    if not found:
        return text
    year, month, day = found.groups()
    first = "1er" if language == "fr" else "1"
    number = [first if day == "01" else str(int(day))] if day else []
    return " ".join([*number, *([MONTHS[language][int(month) - 1]] if month else []), year])
