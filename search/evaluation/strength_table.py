"""What the strength of a hit is worth: how many hits of each word are useful, over judged queries."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from ..learning.calibration import RELATED, STRONG, WEAK
from ..learning.strength_bounds import STRONG_SHARE, WEAK_SHARE
from ..library.judged_queries import USEFUL, JudgedQuery
from ..library.judged_sets import JudgedNeed
from ..retrieval.searcher import Searcher
from .bootstrap import DRAWS, SURE

PROMISED = {STRONG: f"at least {STRONG_SHARE:.2f}", RELATED: "", WEAK: f"at most {WEAK_SHARE:.2f}"}
"""What is promised of the share of useful hits."""


@dataclass(frozen=True)
class StrengthShare:
    """Of the hits of one strength.

    Attributes:
        strength: The word.
        hits: How many there are.
        useful: The share of grade 2 or 3, 0 to 1.
        low, high: The interval it lies in (bootstrap over the queries).
    """

    strength: str
    hits: int
    useful: float
    low: float
    high: float


def strength_shares(
    searcher: Searcher, judged: Iterable[JudgedQuery | JudgedNeed], *, k: int = 10
) -> tuple[StrengthShare, ...]:
    """Ask every query that has an answer, in both languages, and count its first k hits by their strength.

    Args:
        searcher: Any; without a calibration, hits have no strength and are counted together.
        judged: Queries and short needs; those without judgements are passed over.
        k: Hits that count of each text.

    Returns:
        One for each strength that a hit had; useful is a hit of grade USEFUL or more.
    """
    found: dict[str, dict[str, list[bool]]] = {word: {} for word in PROMISED}
    for query in judged:
        for text in query.texts.values() if query.judgements else ():
            for hit in searcher.search(text, k=k):
                useful = query.judgements.get(hit.entry.id, 0) >= USEFUL
                found.setdefault(hit.strength, {}).setdefault(query.id, []).append(useful)
    return tuple(_share(word, some) for word, some in found.items() if some)


def _share(word: str, by_query: Mapping[str, list[bool]]) -> StrengthShare:
    sums, sizes = np.array([sum(some) for some in by_query.values()]), np.array([len(v) for v in by_query.values()])
    drawn = np.random.default_rng(0).integers(len(sums), size=(DRAWS, len(sums)))
    means = sums[drawn].sum(axis=1) / sizes[drawn].sum(axis=1)
    low, high = np.quantile(means, ((1 - SURE) / 2, (1 + SURE) / 2))
    return StrengthShare(word, int(sizes.sum()), float(sums.sum() / sizes.sum()), float(low), float(high))


def strength_table(searcher: Searcher, judged: Iterable[JudgedQuery | JudgedNeed], half: str, *, k: int = 10) -> str:
    """Write it as a table of Markdown.

    Args:
        searcher: As of `strength_shares`.
        judged: As of `strength_shares`.
        half: Which half of the judged queries they are, for the heading.
        k: Hits that count of each text.

    Returns:
        A heading and the table, shares with three places.
    """
    shares = strength_shares(searcher, judged, k=k)
    total = sum(one.hits for one in shares)
    lines = [
        f"The first {k} hits of situations and short needs with an answer, each in both languages ({half} half)",
        "",
        "| strength | hits | share of hits | grade 2 or 3 | interval | promised |",
        "|---|---|---|---|---|---|",
    ]
    lines += [
        f"| {one.strength or 'unrated'} | {one.hits} | {one.hits / total:.3f} | {one.useful:.3f} "
        f"| {one.low:.3f} to {one.high:.3f} | {PROMISED.get(one.strength, '') or '–'} |"
        for one in shares
    ]
    return "\n".join(lines)
