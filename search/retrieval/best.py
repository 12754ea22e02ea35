"""The few answers that are shown first: they serve every concern, and are of more than one kind where that is honest.

A place goes first to each concern that nothing chosen answers yet, or, where there are more of them than places, to
what answers most of them together; then to each group of kinds that has none, unless
the best of that group is a weak answer; then to whatever stands highest.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from .results import GROUPS, Hit, Results

MOST_BEST = 5
"""Answers that are shown before all the others."""

WEAK = "weak"
"""The strength of answers that get no place for the sake of variety."""


def best_of(results: Results, *, most: int = MOST_BEST) -> tuple[Hit, ...]:
    """Choose the answers that are shown first.

    Args:
        results: Of a search; all of its hits are looked at.
        most: How many at most.

    Returns:
        Hits of the results, in their order. Each concern that is answered has one of its own hits among them, and then
        each group of kinds whose best answer is not weak, as far as there are places.
    """
    served = sum(bool(concern.hits) for concern in results.concerns)
    chosen = _of_concerns(results) if served <= most else _of_most_concerns(results, most)
    chosen += list(_of_other_groups(results.hits, chosen))[: most - len(chosen)]
    taken = {hit.rank for hit in chosen}
    chosen += [hit for hit in results.hits if hit.rank not in taken][: most - len(chosen)]
    return tuple(sorted(chosen, key=lambda hit: hit.rank))


def _of_concerns(results: Results) -> list[Hit]:
    """Return one hit for each concern, its best, unless one before it answers it too."""
    chosen: dict[int, Hit] = {}
    for concern in results.concerns:
        if concern.hits and not any(hit.rank in chosen for hit in concern.hits):
            chosen[concern.hits[0].rank] = concern.hits[0]
    return list(chosen.values())


def _of_most_concerns(results: Results, most: int) -> list[Hit]:
    """Return hits that together answer as many concerns as there is room for: each the most that none before it does.

    Of hits that answer as many, the one that stands highest.
    """
    answers: dict[int, set[int]] = {}
    for number, concern in enumerate(results.concerns):
        for hit in concern.hits:
            answers.setdefault(hit.rank, set()).add(number)
    hits = {hit.rank: hit for concern in results.concerns for hit in concern.hits}
    chosen: list[Hit] = []
    left = set().union(*answers.values())
    while left and len(chosen) < most:
        rank = min(answers, key=lambda one: (-len(answers[one] & left), one))
        chosen.append(hits[rank])
        left -= answers.pop(rank)
    return chosen


def _of_other_groups(hits: Sequence[Hit], chosen: Sequence[Hit]) -> Iterator[Hit]:
    """Give the best hit of each group that none chosen is of, best first; none that is weak."""
    there = {_group(hit) for hit in chosen}
    for hit in hits:
        if hit.strength != WEAK and _group(hit) not in there:
            there.add(_group(hit))
            yield hit


def _group(hit: Hit) -> str:
    """Return the group an entry is shown in; a kind that is in none is one by itself."""
    return next((name for name, kinds in GROUPS.items() if hit.entry.kind in kinds), hit.entry.kind)
