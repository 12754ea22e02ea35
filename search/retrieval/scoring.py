"""From a query to the scores of its candidates: first stage, candidates, features, signals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from ..index.index import Index
from ..index.vector_store import cosines_of_all
from .candidates import ALL_TO, FirstStage, first_stage, first_stages, gather, quoting_passages
from .features import Features, compare
from .filters import Selection
from .fusion import best_first
from .query_vectors import EncodedQuery
from .signals import Signal, Titles, fuse, meaning_of


@dataclass(frozen=True)
class Scored:
    """A query whose candidates are ranked.

    Attributes:
        first: What the whole index says of the query.
        features: What the signals read.
        scores: Of each candidate entry, shape (n_entries,), filters left aside; -inf for one that is not found.
        signals: What it was ranked by.
    """

    first: FirstStage
    features: Features
    scores: np.ndarray
    signals: Sequence[Signal]

    def best(self, most: int) -> list[int]:
        """Return the rows of the entries that may answer, best first, at most so many; equal scores in order of id."""
        allowed = np.where(self.features.allowed, self.scores, -np.inf)
        order = best_first(allowed, most)
        found: list[int] = order[np.isfinite(allowed[order])].tolist()
        return found


def part_of(index: Index, scored: Scored, library: str | None) -> Scored:
    """Return what a ranking says of one library alone: the entries and passages of the others are not found.

    Args:
        index: The index.
        scored: The ranking.
        library: Its name, one of ``index.libraries``; everything when None.
    """
    if library is None:
        return scored
    of_library = index.metadata.library == index.libraries.index(library)
    features = scored.features.only(of_library[scored.features.candidates.entries])
    told = scored.first.training
    leaning = told.leaning if index.taught[of_library].any() else None  # they say nothing of a library they never name
    training = replace(told, answers=np.where(of_library, told.answers, 0.0), leaning=leaning)
    scores = np.where(of_library[features.candidates.entries], scored.scores, -np.inf)
    return replace(scored, first=replace(scored.first, training=training), features=features, scores=scores)


def score(
    index: Index,
    query: EncodedQuery,
    selection: Selection,
    signals: Sequence[Signal],
    *,
    spelling: bool = True,
    most: int = 1,
) -> Scored:
    """Rank what may answer a query.

    Args:
        index: The index.
        query: The query.
        selection: What may answer.
        signals: What entries are ranked by, in this order.
        spelling: Whether words that no text has are mended.
        most: The most hits wanted.
    """
    first = first_stage(index, query, titles=_titles(signals), spelling=spelling)
    return _scored(index, first, selection, signals, most)


def score_all(
    index: Index,
    queries: Sequence[EncodedQuery],
    selection: Selection,
    signals: Sequence[Signal],
    *,
    spelling: bool = True,
    most: int = 1,
) -> list[Scored]:
    """Rank what may answer each of several queries, as `score` does; what can be shared among them is.

    In a small library all queries are compared with all passages, and with all training queries, by one product each.
    """
    if len(queries) == 1 or len(index.passages) > ALL_TO:
        return [score(index, query, selection, signals, spelling=spelling, most=most) for query in queries]
    stages = first_stages(index, queries, titles=_titles(signals), spelling=spelling)
    cosines = cosines_of_all(index.store, np.stack([first.query.sought for first in stages]))
    return [
        _scored(index, first, selection, signals, most, cosines=row) for first, row in zip(stages, cosines, strict=True)
    ]


def _titles(signals: Sequence[Signal]) -> bool:
    return any(isinstance(signal, Titles) and signal.weight for signal in signals)


def _scored(
    index: Index,
    first: FirstStage,
    selection: Selection,
    signals: Sequence[Signal],
    most: int,
    *,
    cosines: np.ndarray | None = None,
) -> Scored:
    """Rank what may answer a query of which the first stage is known, and in a small library the cosines too."""
    quoting = quoting_passages(index, first, selection)
    candidates = gather(index, first, selection, quoting=quoting, most=most)
    best = meaning_of(signals).best
    features = compare(index, first, candidates, selection, quoting=quoting, best=best, cosines=cosines)
    return Scored(first, features, fuse(features, signals), signals)
