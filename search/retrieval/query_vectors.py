"""The vectors of a query: of the whole, and of its clauses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from ..encoding.encoder import Encoder
from ..encoding.encoder_traits import known_words, towards_answers
from ..text.analysis import fold
from ..text.concerns import only_introduces
from ..text.query import Query, plain
from .mending import Mend, as_typed

CLEARLY = 0.15
"""Cosine by which the nearest clause must be ahead of the next to be said to be what is answered; from there on it is
right for nine of ten (`scripts.bench.evidence`)."""

NEAR_ENOUGH = 0.33
"""Cosine it must have itself: of two clauses that are both far away, one is ahead of the other by chance."""


@dataclass(frozen=True)
class EncodedQuery:
    """A query with its vectors.

    Attributes:
        query: What was typed.
        vector: Unit vector of the whole, shape (dim,).
        sought: Unit vector that passages are compared with, shape (dim,): where answers to the whole are expected.
        clause_vectors: Unit rows of its clauses, shape (n_clauses, dim).
        real: Its words that the encoder knows, as `fold` writes them: they are not misspelt.
        meant: What its meaning is read from: what was typed, as it is read, misspelt words mended.
    """

    query: Query
    vector: np.ndarray
    sought: np.ndarray
    clause_vectors: np.ndarray
    real: frozenset[str] = frozenset()
    meant: str = ""

    @property
    def common_word(self) -> str:
        """The word it is, as `fold` writes it, where it is one that the encoder knows, in small letters; else empty."""
        read = self.query.read.rstrip(".")
        return fold(read) if read.islower() and self.real == {fold(read)} else ""

    def clause_nearest(self, vector: np.ndarray) -> str:
        """Return the clause nearest to a vector of shape (dim,).

        Empty where none is near enough and clearly nearest, and where that only says who somebody is.
        """
        if len(self.query.clauses) == 1:
            return ""
        nearness: list[float] = (self.clause_vectors @ vector).tolist()
        second, best = sorted(nearness)[-2:]
        clause, clear = self.query.clauses[nearness.index(best)], best - second >= CLEARLY
        return clause if clear and best >= NEAR_ENOUGH and not only_introduces(clause) else ""


def encode(query: Query, encoder: Encoder, mend: Mend = as_typed) -> EncodedQuery:
    """Encode a query, as the mean direction of what it is read in, and its clauses; misspelt words are mended."""
    meant, clauses = replace(query, text=mend(query)), _clauses(query, mend)
    vector = unit(encoder.encode_query(meant.encoded).mean(axis=0))
    rows = encoder.encode_query(clauses) if clauses else vector[np.newaxis]
    return EncodedQuery(query, vector, towards_answers(encoder, vector), rows, _real(query, encoder), meant.read)


def _real(query: Query, encoder: Encoder) -> frozenset[str]:
    """Return the words of a query that its encoder knows."""
    return known_words(encoder, plain(query.read).split())


def encode_all(queries: Sequence[Query], encoder: Encoder, mend: Mend = as_typed) -> list[EncodedQuery]:
    """Encode several queries as `encode` does each, in one batch; one alone as `encode` does."""
    if len(queries) == 1:
        return [encode(queries[0], encoder, mend)]
    meant = [replace(query, text=mend(query)) for query in queries]
    parts = [(one.encoded, _clauses(query, mend)) for query, one in zip(queries, meant, strict=True)]
    rows = iter(encoder.encode_query([text for whole, clauses in parts for text in (*whole, *clauses)]))
    encoded = []
    for query, one, (whole, clauses) in zip(queries, meant, parts, strict=True):
        vector = unit(np.mean([next(rows) for _ in whole], axis=0))
        of_clauses = np.array([next(rows) for _ in clauses]) if clauses else vector[np.newaxis]
        towards = towards_answers(encoder, vector)
        encoded.append(EncodedQuery(query, vector, towards, of_clauses, _real(query, encoder), one.read))
    return encoded


def _clauses(query: Query, mend: Mend) -> Sequence[str]:
    """Return what is encoded of the clauses of a query: nothing where it is one itself."""
    return [mend(replace(query, text=clause)) for clause in query.clauses] if len(query.clauses) > 1 else ()


def as_query(text: str, vector: np.ndarray, encoder: Encoder | None = None) -> EncodedQuery:
    """Let a vector that is known already be searched as a query of one clause.

    Args:
        text: What is told of it.
        vector: Of shape (dim,).
        encoder: What gave the vector, when it is that of something a person typed; None when it stands for an entry,
            which is compared with others as it is.
    """
    row = unit(vector)
    sought = towards_answers(encoder, row) if encoder else row
    query = Query(text, None, (text,), ())
    return EncodedQuery(query, row, sought, row[np.newaxis], meant=query.read)


def unit(vector: np.ndarray) -> np.ndarray:
    """Give a vector unit length, float32, the same shape; all zeros stay zeros."""
    scaled: np.ndarray = (vector / max(float(np.linalg.norm(vector)), 1e-12)).astype(np.float32)
    return scaled
