"""Judged queries: situations with a grade for each entry that answers them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..entries import LANGUAGES
from ..errors import CorpusError, Problem
from ..locations import StrPath
from .jsonl import read_items
from .problems import problem_of
from .training_queries import LABELS, label_faults, text_faults

CATEGORIES = ("situation", "obstacle", "question", "short", "name", "noisy", "out-of-scope")

SEARCH_TERMS = "search-terms"
"""Category of a word or a few that are judged beside the situations: of the entries that answer, some are named."""


HALVES = ("tune", "report")


GRADES = (1, 2, 3)


USEFUL = 2
"""From this grade on, an entry counts as relevant for recall and MRR."""


@dataclass(frozen=True)
class JudgedQuery:
    """One situation in both languages, with the entries that answer it.

    Attributes:
        id: Stable name.
        category: One of CATEGORIES, or SEARCH_TERMS.
        voice: Who speaks.
        texts: Language to text.
        judgements: Entry id to grade: 1 related, 2 useful, 3 just what was needed. Empty when out of scope.
        phases, conditions: Where it stands and what it lacks, as a careful reader would say; empty when it does not
            say.
    """

    id: str
    category: str
    voice: str
    texts: Mapping[str, str]
    judgements: Mapping[str, int]
    phases: tuple[str, ...] = ()
    conditions: tuple[str, ...] = ()

    @property
    def in_scope(self) -> bool:
        """Whether the library has an answer."""
        return bool(self.judgements)


def read_judged_queries(path: StrPath) -> tuple[JudgedQuery, ...]:
    """Read one half of the evaluation set.

    Args:
        path: A JSONL file with id, category, voice, fr, en and judgements on each line.

    Returns:
        The queries, in file order.

    Raises:
        CorpusError: There is no such file, or a line is not as it should be; all of them are listed.
    """
    if not Path(path).is_file():
        raise CorpusError([problem_of("no_file", str(path))])
    queries, problems = judged_queries_by_line(Path(path))
    if problems:
        raise CorpusError(problems)
    return tuple(queries.values())


def judged_queries_by_line(path: Path) -> tuple[dict[int, JudgedQuery], list[Problem]]:
    """Return the queries of a file by 1-based line, and what is wrong with the other lines."""
    return read_items(path, _faults, _query)


def _query(row: Mapping[str, Any]) -> JudgedQuery:
    return JudgedQuery(
        id=row["id"],
        category=row["category"],
        voice=row["voice"],
        texts={language: row[language] for language in LANGUAGES},
        judgements=row["judgements"],
        **{name: tuple(row.get(name, ())) for name in LABELS},
    )


def _faults(row: Mapping[str, Any]) -> list[str]:
    """Say what is wrong with one line of an evaluation file."""
    faults = text_faults(row, ("id", "voice", *LANGUAGES)) + label_faults(row)
    category, judgements = row.get("category"), row.get("judgements")
    if category not in CATEGORIES:
        faults.append(f"category {category!r} is not one of {', '.join(CATEGORIES)}")
    if isinstance(judgements, dict) and bool(judgements) == (category == "out-of-scope"):
        faults.append("out-of-scope queries, and only they, have no judgements")
    return faults + judgement_faults(judgements, fewest=0)


def judgement_faults(judgements: Any, *, fewest: int = 1) -> list[str]:
    """Say what is wrong with entry ids and their grades; at least so many must be there."""
    if not isinstance(judgements, dict):
        return ["judgements must be entry ids with their grades"]
    faults = [] if len(judgements) >= fewest else ["judgements must name an entry at least"]
    if not all(type(grade) is int and grade in GRADES for grade in judgements.values()):  # True and 1.0 are no grades
        faults.append("grades are 1, 2 or 3")
    return faults
