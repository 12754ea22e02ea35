"""Deal the answers to the concerns of a text out in one list, so that its first places serve them all.

A place goes to the entry that stands high for most of the concerns that are not served yet; what it serves, it serves
as well as its ranks there say. A concern claims once, in how many readings it is asked; the whole text claims beside
them, so that the list is never far from its own.

Source:
    Agrawal, Gollapudi, Halverson and Ieong, Diversifying Search Results, 2009 (greedy cover of intents).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from statistics import fmean

import numpy as np

from ..index.index import Index
from .results import GROUPS
from .scoring import Scored

FIRST, FIRST_OF_GROUP = 10, 3
"""Places that serve every concern: of the list, and of each group of kinds."""

DEEPEST = 60
"""Entries of each reading that are dealt; where more hits are wanted, as many."""

HALVED_AT = 2.0
"""Ranks after the first at which an entry serves a reading half as well (`scripts.bench.letters` tries others)."""

SERVED = 0.9
"""Share of a concern's claim that the entry which stands first for it takes away (`scripts.bench.letters` too)."""

WHOLE = 0.5
"""What all of a text claims, where one of its concerns claims 1 (`scripts.bench.letters --cut`)."""

NO_CONCERN = -1
"""The concern of a reading of the whole text."""


FIRST_ANSWERS = 5
"""Entries of a reading that tell whether two concerns ask for the same."""


@dataclass(frozen=True)
class Dealt:
    """Entries in the order they are shown.

    Attributes:
        entries: Their numbers.
        reading: For each, the reading it answers best.
        row: For each, its row in the candidates of that reading.
        chances: How well each answers each reading, 0 to 1, shape (n_readings, n_entries).
    """

    entries: tuple[int, ...]
    reading: tuple[int, ...]
    row: tuple[int, ...]
    chances: np.ndarray


def deal(index: Index, streams: Sequence[Scored], concerns: Sequence[int], most: int) -> Dealt:
    """Deal the entries of several readings out; those of one reading keep their order.

    Args:
        index: The index.
        streams: Each reading, with its candidates ranked.
        concerns: The number of the concern that each reading is of; NO_CONCERN for the whole text.
        most: The most hits wanted.
    """
    best = [np.array(scored.best(max(most, DEEPEST)), dtype=np.int64) for scored in streams]
    ranked = [scored.features.candidates.entries[rows] for scored, rows in zip(streams, best, strict=True)]
    if len(streams) == 1:
        return _as_ranked(ranked[0][:most], best[0][:most])
    entries = np.array(list(dict.fromkeys(int(one) for some in ranked for one in some)), dtype=np.int64)
    chances = chances_of(ranked, entries)
    group_of = {kind: number for number, kinds in enumerate(GROUPS.values()) for kind in kinds}
    groups = np.array([group_of.get(index.entries[int(one)].kind, -1) for one in entries], dtype=np.int64)
    order = order_of(claimed(chances, concerns), groups)[:most]
    reading = chances[:, order].argmax(axis=0)
    rows = [int(best[one][np.argmax(ranked[one] == entries[n])]) for n, one in zip(order, reading, strict=True)]
    return Dealt(tuple(entries[order].tolist()), tuple(reading.tolist()), tuple(rows), chances[:, order])


def likeness_of_concerns(streams: Sequence[Scored], concerns: Sequence[int]) -> float:
    """Say how much of their first answers two concerns share, 0 to 1, in the mean of all pairs; 0 for fewer than two.

    Args:
        streams: Each reading, with its candidates ranked.
        concerns: The number of the concern that each reading is of; NO_CONCERN for the whole text.
    """
    first: dict[int, set[int]] = {}
    for scored, number in zip(streams, concerns, strict=True):
        if number != NO_CONCERN:
            entries = scored.features.candidates.entries[scored.best(FIRST_ANSWERS)]
            first.setdefault(number, set()).update(entries.tolist())
    pairs = [(one, other) for one, other in combinations(first.values(), 2) if one and other]
    return fmean(len(one & other) / min(len(one), len(other)) for one, other in pairs) if pairs else 0.0


def _as_ranked(entries: np.ndarray, rows: np.ndarray) -> Dealt:
    """Give the entries of one reading, and their rows in its candidates, the order they have: both of shape (n,)."""
    chances = _falling(len(entries))[np.newaxis]
    return Dealt(tuple(entries.tolist()), (0,) * len(entries), tuple(rows.tolist()), chances)


def _falling(count: int) -> np.ndarray:
    """Return the chances of the entries at so many ranks, shape (count,)."""
    chances: np.ndarray = HALVED_AT / (HALVED_AT + np.arange(count))
    return chances


def chances_of(ranked: Sequence[np.ndarray], entries: np.ndarray) -> np.ndarray:
    """Say how well entries answer readings, by their ranks: 1 for the first, half at HALVED_AT ranks after it.

    Args:
        ranked: Of each reading, the numbers of entries, best first.
        entries: The numbers of all of them, shape (n_entries,).

    Returns:
        Shape (n_readings, n_entries); 0 where a reading has not found an entry.
    """
    column = {int(one): n for n, one in enumerate(entries)}
    chances = np.zeros((len(ranked), len(entries)))
    for reading, some in enumerate(ranked):
        chances[reading, [column[int(one)] for one in some]] = _falling(len(some))
    return chances


def claimed(chances: np.ndarray, concerns: Sequence[int]) -> np.ndarray:
    """Say how well entries answer each concern: as well as its readings in the mean; WHOLE as well all of the text.

    Args:
        chances: How well each entry answers each reading, shape (n_readings, n_entries).
        concerns: The number of the concern that each reading is of; NO_CONCERN for the whole text.

    Returns:
        Shape (n_concerns, n_entries), the whole text first where it is asked.
    """
    of = np.asarray(concerns)
    rows = [(WHOLE if one == NO_CONCERN else 1.0) * chances[of == one].mean(axis=0) for one in np.unique(of)]
    return np.array(rows)


def order_of(chances: np.ndarray, groups: np.ndarray) -> np.ndarray:
    """Order entries: the first places serve every concern, then those of each group, then comes what serves most.

    Args:
        chances: How well each entry answers each concern, shape (n_concerns, n_entries).
        groups: The group of each entry, shape (n_entries,).

    Returns:
        The columns of all entries, in order, shape (n_entries,).
    """
    order = cover(chances, [], np.ones(len(groups), dtype=bool), FIRST)
    of_groups = []
    for group in np.unique(groups):
        there = [one for one in order if groups[one] == group]
        of_groups.append(cover(chances, there, groups == group, FIRST_OF_GROUP)[len(there) :])
    turns = max(map(len, of_groups), default=0)
    order += [some[turn] for turn in range(turns) for some in of_groups if turn < len(some)]
    rest = np.argsort(-chances.sum(axis=0), kind="stable")
    return np.array([*order, *rest[~np.isin(rest, order)]], dtype=np.int64)


def cover(chances: np.ndarray, chosen: Sequence[int], among: np.ndarray, places: int) -> list[int]:
    """Choose entries one by one, each the one that answers most of what those before it left unanswered.

    Args:
        chances: How well each entry answers each concern, shape (n_concerns, n_entries).
        chosen: Those that have a place already, in order.
        among: Which entries may have one, shape (n_entries,).
        places: How many there are, with those that are taken.

    Returns:
        Those chosen before, then the others.
    """
    order, free = list(chosen), among.copy()
    claims = np.prod(1 - SERVED * chances[:, order], axis=1)
    free[order] = False
    while len(order) < places and free.any():
        one = int(np.argmax(np.where(free, claims @ chances, -np.inf)))
        order.append(one)
        free[one] = False
        claims = claims * (1 - SERVED * chances[:, one])
    return order
