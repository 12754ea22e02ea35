"""Needs the library could not meet, left by people who agreed to it, in a local file that the curators read."""

from __future__ import annotations

import datetime
import json
import logging
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from filelock import FileLock

from ..errors import SHOWN, NeedsFullError, Problem
from ..library.jsonl import read_items
from ..text.query import clean

MOST_NEEDS, LARGEST_FILE = 1_000, 10_000_000
"""Lines and bytes of the file from which on nothing more is kept; a need has LONGEST_QUERY characters at most."""

OWNER_ONLY = 0o600
"""Mode of the file: what people wrote is for the curators."""

PATIENCE = 10
"""Seconds to wait while somebody else's need is written."""

_log = logging.getLogger(__name__)


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
    need = UnmetNeed(clean(text), language, (day or datetime.date.today()).isoformat())
    path.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(path.with_name(f"{path.name}.lock"), timeout=PATIENCE, mode=OWNER_ONLY):
        if path.exists() and path.stat().st_size >= LARGEST_FILE:
            raise NeedsFullError(MOST_NEEDS)
        needs, problems = _read(path)
        for kept in needs:
            if kept.text.casefold() == need.text.casefold():
                return kept
        if len(needs) + len(problems) >= MOST_NEEDS:
            raise NeedsFullError(MOST_NEEDS)
        _append(path, json.dumps(vars(need), ensure_ascii=False))
    return need


def _append(path: Path, line: str) -> None:
    """Add a line; a last one that was cut off, as when the computer stops, stays a line of its own."""
    with os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, OWNER_ONLY), "rb+") as file:
        if hasattr(os, "fchmod"):
            os.fchmod(file.fileno(), OWNER_ONLY)  # one that was made before may be open to all
        size = file.seek(0, os.SEEK_END)
        file.seek(max(size - 1, 0))
        begun = b"\n" if file.read(1) not in {b"", b"\n"} else b""
        file.write(begun + line.encode() + b"\n")
        file.flush()
        os.fsync(file.fileno())


def read_unmet(path: Path) -> tuple[UnmetNeed, ...]:
    """Read the needs, latest first; none when there is no file. Lines that are no needs hide none: `unmet_problems`."""
    needs, problems = _read(path)
    if problems:
        lines = ", ".join(str(problem.line) for problem in problems[:SHOWN])  # never what is in them
        _log.warning("%s: %d lines are no needs, the first: %s", path, len(problems), lines)
    return tuple(reversed(needs))


def unmet_problems(path: Path) -> tuple[Problem, ...]:
    """Return what is wrong with the lines of the file that are no needs, in order."""
    return _read(path)[1]


def _read(path: Path) -> tuple[tuple[UnmetNeed, ...], tuple[Problem, ...]]:
    """Return the needs in their order, and what is wrong with the other lines."""
    if not path.exists():
        return (), ()
    needs, problems = read_items(path, _faults, lambda row: UnmetNeed(**row))
    return tuple(needs.values()), tuple(sorted(problems))


def _faults(row: Mapping[str, Any]) -> list[str]:
    """Say what is wrong with one line."""
    texts = isinstance(row.get("text"), str) and isinstance(row.get("day"), str)
    sound = set(row) == {"text", "language", "day"} and texts and isinstance(row["language"], str | None)
    return [] if sound else ["must have text, language and day"]
