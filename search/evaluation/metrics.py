"""Metrics of retrieval, as in the field."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence

METRICS = ("ndcg", "recall", "mrr")


def ndcg(ranked: Sequence[str], judgements: Mapping[str, int], k: int) -> float:
    """Return the normalised discounted cumulative gain of a ranking.

    Args:
        ranked: Entry ids, best first.
        judgements: Entry id to grade; the grade is the gain.
        k: How many places count.

    Returns:
        0 to 1; 1 is the ideal order. 0 when nothing is judged.

    Source:
        Järvelin and Kekäläinen, Cumulated gain-based evaluation of IR techniques, 2002 (discount log2(rank + 1)).
    """
    ideal = sorted(judgements.values(), reverse=True)[:k]
    best = sum(gain / math.log2(place + 2) for place, gain in enumerate(ideal))
    got = sum(judgements.get(name, 0) / math.log2(place + 2) for place, name in enumerate(ranked[:k]))
    return got / best if best else 0.0


def ndcg_by_grades(grades: Mapping[str, int], judgements: Mapping[str, int], k: int) -> float:
    """Return the nDCG of what is ranked by grades, the mean over all orders of entries with the same grade.

    Args:
        grades: Entry id to what it is ranked by, the highest first.
        judgements: Entry id to the grade that counts; the grade is the gain.
        k: How many places count.

    Returns:
        0 to 1: what a ranking that knows the grades of one reader is worth to another.
    """
    expected: list[float] = []
    for grade in sorted(set(grades.values()), reverse=True):
        gains = [judgements.get(name, 0) for name, given in grades.items() if given == grade]
        expected += [sum(gains) / len(gains)] * len(gains)
    ideal = sorted(judgements.values(), reverse=True)[:k]
    best = sum(gain / math.log2(place + 2) for place, gain in enumerate(ideal))
    return sum(gain / math.log2(place + 2) for place, gain in enumerate(expected[:k])) / best if best else 0.0


def recall(ranked: Sequence[str], relevant: Collection[str], k: int) -> float:
    """Return the share of the relevant entries among the first k, 0 to 1, of at most k that can be there.

    Args:
        ranked: Ids, best first.
        relevant: Ids that answer.
        k: How many places count.
    """
    possible = min(len(relevant), k)
    return len(set(ranked[:k]) & set(relevant)) / possible if possible else 0.0


def reciprocal_rank(ranked: Sequence[str], relevant: Collection[str], k: int) -> float:
    """Return 1 / rank of the first relevant entry among the first k; 0 when there is none.

    Args:
        ranked: Ids, best first.
        relevant: Ids that answer.
        k: How many places count.
    """
    return next((1.0 / place for place, name in enumerate(ranked[:k], 1) if name in relevant), 0.0)
