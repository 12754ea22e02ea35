"""Judged situations that somebody read a second time, without seeing the first grades."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..entries import LANGUAGES
from ..errors import CorpusError, Problem
from .jsonl import read_items
from .judged_queries import GRADES
from .training_queries import text_faults

NOTHING = 0
"""The grade of what answers nothing; the judged queries leave it out."""

GIVEN = (NOTHING, *GRADES)

APART = 2
"""Two grades that differ by so much are looked at a third time."""


@dataclass(frozen=True)
class SecondReading:
    """What two readers gave one judged situation.

    Attributes:
        id: Of the judged query.
        language: The second reader read it in.
        first: Entry id to the grade it had then, 1 to 3.
        second: Entry id to the second reader's grade, 0 to 3, of everything that was to be read.
        third: Entry id to the grade, 0 to 3, that was settled where the two are APART or more; the judged query has it.
    """

    id: str
    language: str
    first: Mapping[str, int]
    second: Mapping[str, int]
    third: Mapping[str, int]

    @property
    def mended(self) -> dict[str, int]:
        """The first grades, with what was settled; entries that answer nothing are left out."""
        return {name: grade for name, grade in {**self.first, **self.third}.items() if grade != NOTHING}


def read_second_readings(path: Path) -> tuple[SecondReading, ...]:
    """Read one half of the second readings.

    Args:
        path: A JSONL file with id, language, first, second and third on each line.

    Returns:
        The readings, in file order.

    Raises:
        CorpusError: A line is not as it should be; all of them are listed.
    """
    readings, problems = second_readings_by_line(path)
    if problems:
        raise CorpusError(problems)
    return tuple(readings.values())


def second_readings_by_line(path: Path) -> tuple[dict[int, SecondReading], list[Problem]]:
    """Return the readings of a file by 1-based line, and what is wrong with the other lines."""
    return read_items(path, _faults, _reading)


def _reading(row: Mapping[str, Any]) -> SecondReading:
    return SecondReading(**{name: row[name] for name in ("id", "language", "first", "second", "third")})


def _faults(row: Mapping[str, Any]) -> list[str]:
    faults = text_faults(row, ("id",))
    if row.get("language") not in LANGUAGES:
        faults.append(f"language {row.get('language')!r} is not one of {', '.join(LANGUAGES)}")
    for name in ("first", "second", "third"):
        given = row.get(name)
        if not isinstance(given, dict) or not all(type(grade) is int and grade in GIVEN for grade in given.values()):
            faults.append(f"{name} must be entry ids with grades from 0 to 3")
    return faults or _differences(row)


def _differences(row: Mapping[str, Any]) -> list[str]:
    """Say where the three readings of a line do not go together."""
    first, second = row["first"], row["second"]
    if unread := sorted(set(first) - set(second)):
        return [f"the second reader gave no grade to {', '.join(unread)}"]
    apart = {name for name, grade in second.items() if abs(grade - first.get(name, NOTHING)) >= APART}
    if wrong := sorted(apart ^ set(row["third"])):
        return [f"third must settle just what differs by {APART} or more: {', '.join(wrong)}"]
    return []
