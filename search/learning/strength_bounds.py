"""From which probabilities on a hit is called strong, or no longer weak: chosen so that the words keep their promise.

Of the hits called strong at least STRONG_SHARE are useful, of those called weak at most WEAK_SHARE. Probabilities must
come from models that did not learn from the same query; the error of a share is kept free on top.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

STRONG_SHARE, WEAK_SHARE = 0.8, 0.2
"""What is promised of strong hits, at least, and of weak ones, at most: the share that is useful."""

FEWEST = 100
"""Hits below which nothing is chosen: with fewer, no cut shows that it keeps a promise."""

ERRORS = 1.645
"""Standard errors that are kept free: a promise that holds is shown to hold with 95 % certainty."""

NONE = 2.0
"""No probability is as high: nothing is called strong."""

STEPS = 200
"""Cuts that are tried, at equal shares of the hits."""


@dataclass(frozen=True)
class Bounds:
    """Where the strength of a hit changes.

    Attributes:
        strong: From this probability on a hit is strong; above 1 when none may be called so.
        related: From this probability on a hit is related, below it is weak; 0 when none may be called so.
    """

    strong: float
    related: float


USUAL = Bounds(strong=0.75, related=0.45)
"""Where too few hits are judged to choose."""


def choose_bounds(probabilities: Sequence[float], useful: Sequence[bool], groups: Sequence[int]) -> Bounds:
    """Choose the widest strong and the widest weak that keep their promises.

    Args:
        probabilities: Of each hit, by a model that did not learn from its query.
        useful: Whether each is.
        groups: The number of the query each is of: the hits of one are alike, and count together for the error.
    """
    if len(probabilities) < FEWEST:
        return USUAL
    given, truths, of = np.asarray(probabilities), np.asarray(useful, dtype=float), np.asarray(groups)
    cuts = np.unique(np.quantile(given, np.linspace(0, 1, STEPS + 1), method="nearest"))
    kept = [cut for cut in cuts if _share(truths, of, given >= cut, -ERRORS) >= STRONG_SHARE]
    weak = [cut for cut in cuts if _share(truths, of, given < cut, ERRORS) <= WEAK_SHARE]
    strong = float(min(kept, default=NONE))
    return Bounds(strong=strong, related=min(float(max(weak, default=0.0)), strong))


def _share(truths: np.ndarray, groups: np.ndarray, among: np.ndarray, errors: float) -> float:
    """Return the share of useful hits among some, with so many standard errors added, those of one query together."""
    some, of = truths[among], groups[among]
    if not len(some):
        return float("nan")
    share = float(some.mean())
    sums = np.bincount(np.unique(of, return_inverse=True)[1], weights=some - share)
    return share + errors * float(np.sqrt((sums**2).sum())) / len(some)
