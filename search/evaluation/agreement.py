"""How far two readers agree, and what that leaves for a ranking to gain."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from sklearn.metrics import cohen_kappa_score

from ..library.second_readings import GIVEN
from .bootstrap import SURE

DRAWS = 2_000
"""Times the situations are drawn with replacement."""

GradePairs = Sequence[tuple[int, int]]
"""The first and the second reader's grade of each entry of one situation."""

_CELLS = [(first, second) for first in GIVEN for second in GIVEN]


@dataclass(frozen=True)
class Agreement:
    """Quadratic weighted kappa of two readers, with the interval it lies in.

    Attributes:
        kappa: 1 when they agree on everything, 0 when no more than by chance.
        low: Below it lie half of the draws that are not SURE.
        high: Above it lies the other half.
        situations, grades: How many were read by both.
    """

    kappa: float
    low: float
    high: float
    situations: int
    grades: int


def agreement(read: Sequence[GradePairs]) -> Agreement:
    """Compare two readers; situations are drawn whole, for the entries of one are judged together.

    Args:
        read: The grades of each situation, at least one situation with two entries on which grades differ.

    Raises:
        ValueError: Nothing was read.

    Source:
        Cohen, Weighted kappa, 1968; Efron and Tibshirani, An Introduction to the Bootstrap, 1993, chapter 13.
    """
    counts = np.array([cells(some) for some in read])
    if not counts.any():
        raise ValueError("There is nothing to compare: give at least one entry that both have graded.")
    drawn = np.random.default_rng(0).integers(len(counts), size=(DRAWS, len(counts)))
    low, high = np.nanquantile([_kappa(counts[some]) for some in drawn], ((1 - SURE) / 2, (1 + SURE) / 2))
    return Agreement(_kappa(counts), float(low), float(high), len(counts), int(counts.sum()))


def cells(some: GradePairs) -> list[int]:
    """Count how often each pair of grades was given, row by row: shape (len(GIVEN) ** 2,)."""
    return [list(some).count(cell) for cell in _CELLS]


def pairs(first: Mapping[str, int], second: Mapping[str, int]) -> list[tuple[int, int]]:
    """Return both grades of everything the second reader read; what the first left out answers nothing."""
    return [(first.get(name, 0), grade) for name, grade in second.items()]


def _kappa(counts: np.ndarray) -> float:
    """Quadratic weighted kappa of counts of shape (situations, cells)."""
    firsts, seconds = zip(*_CELLS, strict=True)
    weights = counts.sum(axis=0)
    return float(cohen_kappa_score(firsts, seconds, labels=GIVEN, weights="quadratic", sample_weight=weights))
