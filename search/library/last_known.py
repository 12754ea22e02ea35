"""When a case was last heard of: is that a date, and does it lie near enough to say that the case goes on?"""

from __future__ import annotations

import re
from datetime import date

from ..entries import Entry

CURRENT_YEARS = 3
"""A case goes on when a fact of so many years says so; after that nobody knows."""

ONGOING, UNKNOWN = "ongoing", "unknown"
"""Keys of the outcomes the rule is about, in libraries that have them."""

_FORM = re.compile(r"[12]\d{3}(-(0[1-9]|1[0-2]))?")


def is_month(text: str) -> bool:
    """Say whether a text is YYYY or YYYY-MM."""
    return bool(_FORM.fullmatch(text))


def is_future(text: str, on: date) -> bool:
    """Say whether the whole year, or month, of a text comes after a day."""
    return text > on.isoformat()[: len(text)]


def is_recent(text: str, on: date) -> bool:
    """Say whether the last month a text may mean was CURRENT_YEARS before a day, or since.

    Args:
        text: YYYY (its December may be meant) or YYYY-MM.
        on: The day.
    """
    year, month = int(text[:4]), int(text[5:7] or 12)
    return 12 * (on.year - year) + on.month - month <= 12 * CURRENT_YEARS


def is_stale(entry: Entry, on: date) -> bool:
    """Say whether an entry tells that a case goes on, with no fact near enough to a day to know it."""
    return entry.outcome == ONGOING and entry.last_known is not None and not is_recent(entry.last_known, on)
