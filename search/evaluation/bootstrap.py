"""How sure a difference between two searchers is: paired bootstrap over what was asked of both."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

DRAWS = 10_000
"""Times the units are drawn with replacement."""

SURE = 0.95
"""Share of the draws within the interval."""

Units = Mapping[str, Sequence[float]]
"""What was asked to its values: those of one (the tellings of a situation, the concerns of a letter) go together."""


@dataclass(frozen=True)
class Difference:
    """A difference of two means with the interval it lies in.

    Attributes:
        mean: The second mean less the first.
        low: Below it lie half of the draws that are not SURE.
        high: Above it lies the other half.
    """

    mean: float
    low: float
    high: float


def difference(first: Units, second: Units) -> Difference:
    """Compare two searchers on the same units, drawn whole and in pairs.

    Args:
        first: What was asked to its values by one searcher.
        second: The same by another.

    Raises:
        ValueError: They were not asked the same, or nothing.

    Source:
        Efron and Tibshirani, An Introduction to the Bootstrap, 1993, chapter 13 (percentile interval); Sakai,
        Evaluating Evaluation Metrics based on the Bootstrap, 2006, for pairs of systems.
    """
    if not first or first.keys() != second.keys() or any(len(first[unit]) != len(second[unit]) for unit in first):
        raise ValueError("Two searchers are compared by what both were asked; give the same units with as many values.")
    gained = np.array([sum(second[unit]) - sum(first[unit]) for unit in first])
    sizes = np.array([len(first[unit]) for unit in first])
    drawn = np.random.default_rng(0).integers(len(gained), size=(DRAWS, len(gained)))
    means = gained[drawn].sum(axis=1) / sizes[drawn].sum(axis=1)
    low, high = np.quantile(means, ((1 - SURE) / 2, (1 + SURE) / 2))
    return Difference(float(gained.sum() / sizes.sum()), float(low), float(high))
