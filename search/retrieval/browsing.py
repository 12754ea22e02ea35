"""What a place has, where it is all that is asked: in an order of its own, for no words tell the entries apart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import cycle

import numpy as np

from ..index.index import Index
from ..learning.calibration import UNRATED
from .filters import Selection
from .places import led_by_cases
from .results import GROUPS, Hit
from .scoring import Scored

TURNS = ("cases", "cases", "practices", "cases", "cases", "conditions")
"""Groups whose entries come in turn."""


def led_by_places(index: Index, streams: Sequence[Scored], selection: Selection, *, browses: bool) -> Sequence[Scored]:
    """Let the cases of the place that is asked about lead, or be all there is; as it was where none is.

    Args:
        index: The index.
        streams: The readings of a text, ranked; all of it first.
        selection: What may answer.
        browses: Whether the place is all that is asked.
    """
    if browses:
        return [browsed(index, streams[0], selection)]
    return [led_by_cases(scored, selection) for scored in streams]


def browsed(index: Index, scored: Scored, selection: Selection) -> Scored:
    """Rank what a place has.

    Its cases come by how many practices they show, then the latest first; practices by how many of these cases show
    them, conditions by how many speak of them; the groups in turn.

    Args:
        index: The index.
        scored: The candidates, the cases of the place among them.
        selection: What may answer, with the cases of the place.
    """
    entries = scored.features.candidates.entries
    there = scored.features.allowed if selection.there is None else selection.there[entries]
    counts = _counts(index, scored, there)
    kinds = np.array(index.metadata.values["kinds"])[index.metadata.columns["kinds"][entries, 0]]
    rows: dict[str, list[int]] = {}
    for group in dict.fromkeys(TURNS):
        wanted = there if group == "cases" else (counts > 0) & scored.features.allowed
        some = np.flatnonzero(np.isin(kinds, list(GROUPS[group])) & wanted).tolist()
        rows[group] = sorted(some, key=lambda row: (-counts[row], _latest_first(index, int(entries[row])), row))
    order = in_turn(rows, TURNS)
    scores = np.full(len(entries), -np.inf)
    scores[order] = 1.0 - np.arange(len(order)) / max(len(order), 1)
    return replace(scored, scores=scores)


def _counts(index: Index, scored: Scored, there: np.ndarray) -> np.ndarray:
    """Count, for each candidate, the cases of a place that show it or speak of it; of such a case, what it shows."""
    candidates, metadata = scored.features.candidates, index.metadata
    counts: np.ndarray = np.append(there, False)[candidates.shown].sum(axis=1)
    counts[there] = (candidates.shown[there] >= 0).sum(axis=1)
    spoken = metadata.columns["conditions"][candidates.entries[there]]
    row = {metadata.ids[entry]: n for n, entry in enumerate(candidates.entries.tolist())}
    for value, count in zip(*np.unique(spoken[spoken >= 0], return_counts=True), strict=True):
        if (condition := row.get(metadata.values["conditions"][value])) is not None:
            counts[condition] += count
    return counts


def _latest_first(index: Index, entry: int) -> int:
    """Return what sorts entries by the month they began in, the latest first; those that do not say it come last."""
    start = (index.entries[entry].start or "").replace("-", "")
    return -int(f"{start:0<8}") if start.isdecimal() else 0


def in_turn(rows: Mapping[str, Sequence[int]], turns: Sequence[str]) -> list[int]:
    """Take one row of each group in turn, and what is left when others have no more.

    Args:
        rows: Of each group, best first.
        turns: The groups, in the order of their turns; one may have several.
    """
    left = {group: list(some) for group, some in rows.items()}
    order: list[int] = []
    for group in cycle(turns):
        if not any(left.values()):
            break
        if left[group]:
            order.append(left[group].pop(0))
    return order


def unrated(hits: Sequence[Hit]) -> tuple[Hit, ...]:
    """Return hits without a strength: where nothing but a place is asked, all of it answers."""
    return tuple(replace(hit, strength=UNRATED) for hit in hits)
