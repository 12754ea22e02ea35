"""Problems of a table as rows and columns, for whoever mends it in a spreadsheet."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from dataclasses import dataclass

from ...errors import Problem
from ..problems import IN_VALUES, MESSAGES, saying


@dataclass(frozen=True, order=True)
class ProblemCell:
    """Where something is wrong, and what to do.

    Attributes:
        row: As a spreadsheet counts; 0 when it is not of one row.
        column: As the table calls it; empty when it is not of one column.
        said: What is wrong and what to do.
    """

    row: int
    column: str
    said: str


def problem_cells(problems: Iterable[Problem], language: str) -> tuple[ProblemCell, ...]:
    """Return problems in the order of their rows, said in French or in English (``fr``, ``en``)."""
    return tuple(sorted(ProblemCell(one.line, one.column, _said(one, language)) for one in problems))


def _said(problem: Problem, language: str) -> str:
    """Say a problem without its column, which stands beside it unless its words need it."""
    if problem.kind.startswith(IN_VALUES) or "{column}" in MESSAGES.get(problem.kind, ("",))[0]:
        return saying(problem, language)
    return saying(dataclasses.replace(problem, column=""), language)
