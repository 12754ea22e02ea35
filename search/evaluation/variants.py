"""The same searcher with other signals, or taught by fewer training queries: what a measurement compares."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from ..encoding.encoder import Encoder, encode
from ..learning.relevance_model import RelevanceModel
from ..library.training_queries import TrainingQuery, landmarks
from ..retrieval.searcher import Searcher
from ..retrieval.signals import (
    SIGNALS,
    Links,
    Meaning,
    Phrases,
    Related,
    Signal,
    TermOverlap,
    Titles,
    Words,
    WordsAlone,
)

_LEXICAL = (Words, Titles, Phrases, TermOverlap)


def only(*kinds: type[Signal]) -> tuple[Signal, ...]:
    """Return the signals of some kinds, as they are weighted and in their order."""
    return tuple(signal for signal in SIGNALS if isinstance(signal, kinds))


def without(*kinds: type[Signal]) -> tuple[Signal, ...]:
    """Return all signals but those of some kinds."""
    return tuple(signal for signal in SIGNALS if not isinstance(signal, kinds))


COLUMNS: Mapping[str, tuple[Signal, ...]] = {
    "words alone": (WordsAlone(),),
    "vectors alone": only(Meaning),
    "vectors and words": only(Meaning, *_LEXICAL),
    "with training queries": without(Links, Related),
    "everything": SIGNALS,
}
"""What the tables of measurements compare; each column adds to the one before it."""

EVERYTHING = "everything"


def with_signals(searcher: Searcher, signals: Sequence[Signal]) -> Searcher:
    """Return a searcher of the same index that ranks by other signals."""
    return _with(searcher, signals=signals)


def with_encoder(searcher: Searcher, encoder: Encoder) -> Searcher:
    """Return the same searcher with another encoder, which must give the vectors the index was made with."""
    return _with(searcher, encoder=encoder)


def _with(searcher: Searcher, **parts: Any) -> Searcher:
    """Return the same searcher with another index or encoder, other signals or another spelling."""
    same = {name: getattr(searcher, name) for name in ("index", "encoder", "signals", "spelling")}
    return Searcher(**(same | parts))


def ablations(searcher: Searcher) -> Iterator[tuple[str, Searcher]]:
    """Yield the searcher as it is, then with one signal after the other left out; what each is worth."""
    yield "as it is", searcher
    for signal in searcher.signals:
        if not isinstance(signal, Meaning):
            others = [one for one in searcher.signals if one is not signal]
            yield f"without {signal.name}", with_signals(searcher, others)
    yield "without mended spelling", _with(searcher, spelling=False)
    best_alone = [replace(one, best=(1.0,)) if isinstance(one, Meaning) else one for one in searcher.signals]
    yield "the best passage alone", with_signals(searcher, best_alone)


def taught_by(searcher: Searcher, queries: Sequence[TrainingQuery], vectors: np.ndarray | None = None) -> Searcher:
    """Return a searcher that has learned from other training queries than its index: from some of them, usually.

    Args:
        searcher: The searcher.
        queries: The training queries.
        vectors: Unit rows of their texts, query by query, shape (n_texts, dim); encoded when None.
    """
    index, texts = searcher.index, _texts(queries)
    rows = encode(searcher.encoder, "query", texts) if vectors is None else vectors
    answers, ids = [query.entries for query in queries for _ in range(query.tellings)], list(index.metadata.ids)
    learned = RelevanceModel.fit(rows, texts, answers, ids, landmarks=landmarks(queries))
    return _with(searcher, index=replace(index, relevance=learned))


def _texts(queries: Sequence[TrainingQuery]) -> list[str]:
    return [text for query in queries for text in query.asked]


def with_fewer_training_queries(
    searcher: Searcher, queries: Sequence[TrainingQuery], shares: Sequence[float]
) -> Iterator[tuple[int, Searcher]]:
    """Yield how many training queries a share of them is, and the searcher taught by these alone.

    They are drawn at random, always the same; each share holds the one before it.

    Args:
        searcher: To be taught otherwise.
        queries: All there are.
        shares: Each from 0 to 1, in growing order.
    """
    vectors, owner = encode(searcher.encoder, "query", _texts(queries)), _owners(queries)
    drawn = random.Random(0).sample(range(len(queries)), len(queries))  # noqa: S311 (chance is no secret here)
    for share in shares:
        chosen = sorted(drawn[: round(share * len(queries))])
        rows = vectors[np.isin(owner, chosen)]
        yield len(chosen), taught_by(searcher, [queries[number] for number in chosen], rows)


def _owners(queries: Sequence[TrainingQuery]) -> np.ndarray:
    """Return the number of the training query of each text, shape (n_texts,)."""
    return np.repeat(np.arange(len(queries)), [query.tellings for query in queries])
