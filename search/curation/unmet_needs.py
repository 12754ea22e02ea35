"""Needs the library could not meet, left by people who agreed to it, in a local file that the curators read."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..errors import Problem
from ..text.query import clean
from .left_lines import LeftLines

MOST_NEEDS, LARGEST_FILE = 1_000, 10_000_000
"""Lines and bytes of the file from which on nothing more is kept; a need has LONGEST_QUERY characters at most."""


@dataclass(frozen=True)
class UnmetNeed:
    """A situation nothing in the library was close enough to.

    Attributes:
        text: As it was typed.
        language: ``fr``, ``en`` or another like ``nl``; None when undecided.
        day: When it was left, YYYY-MM-DD (or as somebody wrote it who changed the file); no hour, so that it tells less
            of who left it.
    """

    text: str
    language: str | None
    day: str


def leave_unmet(path: Path, text: str, *, language: str | None, day: datetime.date | None = None) -> UnmetNeed:
    """Add a need to the file, which is made when missing. Ask the person first: the file is read by others.

    The same text (capitals aside) is kept once, however often it is left. The file is for its owner only.

    Args:
        path: JSON lines.
        text: The situation.
        language: Of the text; None when undecided.
        day: When; today for None.

    Returns:
        What was written; what is there already, where it is.

    Raises:
        EmptyQueryError: Nothing was typed.
        QueryTooLongError: More text than the search reads.
        NeedsFullError: MOST_NEEDS are kept, or LARGEST_FILE bytes.
        OSError: The file cannot be written.
    """
    return NEEDS.leave(path, UnmetNeed(clean(text), language, (day or datetime.date.today()).isoformat()))


def read_unmet(path: Path) -> tuple[UnmetNeed, ...]:
    """Read the needs, latest first; none when there is no file. Lines that are no needs hide none: `unmet_problems`."""
    return NEEDS.read(path)


def unmet_problems(path: Path) -> tuple[Problem, ...]:
    """Return what is wrong with the lines of the file that are no needs, in order."""
    return NEEDS.problems(path)


def _faults(row: Mapping[str, Any]) -> list[str]:
    """Say what is wrong with one line."""
    texts = isinstance(row.get("text"), str) and isinstance(row.get("day"), str)
    sound = set(row) == {"text", "language", "day"} and texts and isinstance(row["language"], str | None)
    return [] if sound else ["must have text, language and day"]


NEEDS = LeftLines(
    what="unmet needs",
    lines="needs",
    make=UnmetNeed,
    faults=_faults,
    said=lambda need: need.text.casefold(),
    most=MOST_NEEDS,
    largest=LARGEST_FILE,
)
"""How they are kept."""
