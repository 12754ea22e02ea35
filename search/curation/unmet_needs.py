"""Needs the library could not meet, left by people who agreed to it, in a local file that the curators read."""

from __future__ import annotations

import datetime
import json
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..errors import SHOWN, CorpusError
from ..library.jsonl import read_items
from ..text.query import clean

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class UnmetNeed:
    """A situation nothing in the library was close enough to.

    Attributes:
        text: As it was typed.
        language: ``fr`` or ``en``; None when undecided.
        day: When it was left, YYYY-MM-DD; no hour, so that it tells less of who left it.
    """

    text: str
    language: str | None
    day: str


def leave_unmet(path: Path, text: str, *, language: str | None, day: datetime.date | None = None) -> UnmetNeed:
    """Add a need to the file, which is made when missing. Ask the person first: the file is read by others.

    Args:
        path: JSON lines.
        text: The situation.
        language: Of the text; None when undecided.
        day: When; today for None.

    Returns:
        What was written.

    Raises:
        EmptyQueryError: Nothing was typed.
        QueryTooLongError: More text than the search reads.
        OSError: The file cannot be written.
    """
    need = UnmetNeed(clean(text), language, (day or datetime.date.today()).isoformat())
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a", encoding="utf-8") as file:
        file.write(json.dumps(vars(need), ensure_ascii=False) + "\n")
    return need


def read_unmet(path: Path) -> tuple[UnmetNeed, ...]:
    """Read the needs, latest first; none when there is no file.

    Raises:
        CorpusError: A line is not as it should be; all of them are listed.
    """
    if not path.exists():
        return ()
    needs, problems = read_items(path, _faults, lambda row: UnmetNeed(**row))
    if problems:
        lines = ", ".join(map(str, sorted(problem.line for problem in problems)[:SHOWN]))  # never what is in them
        _log.warning("%s: %d lines are no needs, the first: %s", path, len(problems), lines)
        raise CorpusError(problems)
    return tuple(reversed(needs.values()))


def _faults(row: Mapping[str, Any]) -> list[str]:
    """Say what is wrong with one line."""
    texts = isinstance(row.get("text"), str) and isinstance(row.get("day"), str)
    sound = set(row) == {"text", "language", "day"} and texts and isinstance(row["language"], str | None)
    return [] if sound else ["must have text, language and day"]
