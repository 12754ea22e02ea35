"""How far what an entry says of its case holds: what is known, and until when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ..entries import Entry
from ..library.last_known import UNKNOWN, is_stale

KNOWN_UNTIL, UNKNOWN_SINCE = "known_until", "unknown_since"


@dataclass(frozen=True)
class Standing:
    """What can be said of a case on a day.

    Attributes:
        kind: UNKNOWN_SINCE when it was running and nobody knows whether it still is; else KNOWN_UNTIL.
        date: Of the latest fact, YYYY or YYYY-MM.
    """

    kind: str
    date: str


def standing(entry: Entry, on: date) -> Standing | None:
    """Say until when a case is known, and whether that is all that is known of it.

    Args:
        entry: Of any kind.
        on: The day it is read.

    Returns:
        None when the entry does not say when it was last known.
    """
    if entry.last_known is None:
        return None
    lost = is_stale(entry, on) or (entry.outcome == UNKNOWN and entry.end is None)
    return Standing(UNKNOWN_SINCE if lost else KNOWN_UNTIL, entry.last_known)


def outcome_on(entry: Entry, on: date) -> str | None:
    """Return what became of a case, as it can be said on a day: what went on is unknown when that is long ago."""
    return UNKNOWN if is_stale(entry, on) else entry.outcome
