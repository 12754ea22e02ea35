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


def recall(ranked: Sequence[str], relevant: Collection[str], k: int) -> float:
    """Return the share of the relevant entries among the first k, 0 to 1, of at most k that can be there."""
    possible = min(len(relevant), k)
    return len(set(ranked[:k]) & set(relevant)) / possible if possible else 0.0


def reciprocal_rank(ranked: Sequence[str], relevant: Collection[str], k: int) -> float:
    """Return 1 / rank of the first relevant entry among the first k; 0 when there is none."""
    return next((1.0 / place for place, name in enumerate(ranked[:k], 1) if name in relevant), 0.0)
