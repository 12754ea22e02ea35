"""Calibrate a library without judged queries by the shipped queries that are known to be out of scope."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from ..encoding.encoder import Encoder
from ..index.index import Index
from ..learning.calibration import QueryEvidence
from ..learning.carried_calibration import CarriedCalibration, Scale
from ..library.training_queries import LENT, TrainingQuery, landmarks, read_training_queries
from ..locations import default_corpus
from ..retrieval.abstention import query_evidence
from ..retrieval.filters import select
from ..retrieval.query_vectors import as_query
from ..retrieval.scoring import part_of, score
from ..retrieval.signals import SIGNALS
from .inputs import Inputs


def with_out_of_scope(inputs: Inputs) -> Inputs:
    """Add the shipped training queries that are out of scope where a library has no judged queries and none names any.

    Raises:
        CorpusError: A line of the shipped ones is not as it should be; all of them are listed.
    """
    every_judged = inputs.judged and all(inputs.judged_beside.values())
    if every_judged or any(not query.entries for query in inputs.queries):
        return inputs
    shipped = [query for files in LENT for query in read_training_queries(default_corpus(), files=files)]
    return replace(inputs, queries=(*inputs.queries, *shipped))


def carry_over(
    index: Index, encoder: Encoder, queries: Sequence[TrainingQuery], *, library: str | None = None
) -> CarriedCalibration | None:
    """Put the calibration that was fitted on other libraries on the scale of this one.

    Args:
        index: Of the library.
        encoder: What it was made with.
        queries: What it learned from, in the same order.
        library: Name of the library meant, of several in the index; everything when None.

    Returns:
        The calibration; None when no query is out of scope, or the encoder tells none of these apart.
    """
    measured = measure(index, encoder, queries, library=library)
    scale = Scale.of(*measured) if measured[0] else None
    return CarriedCalibration.fitted(scale) if scale else None


def measure(
    index: Index, encoder: Encoder, queries: Sequence[TrainingQuery], *, library: str | None = None
) -> tuple[list[QueryEvidence], list[float]]:
    """Ask the out-of-scope queries a library learned from; see `Scale.of` and `carry_over`.

    Args:
        index: Just built.
        encoder: The one it was built with.
        queries: What it learned from, in the same order.
        library: Name of the library meant, of several in the index; everything when None.

    Returns:
        For each text that is asked: what a calibration reads of it, and its largest cosine (at least 0) with the texts
        of the other out-of-scope queries.
    """
    rows = [row for row, names in enumerate(index.relevance.answers) if not names]
    asked = [(n, text) for n, query in enumerate(queries) for text in query.asked]
    outside = [asked[row] for row, *_ in landmarks(queries) if not queries[asked[row][0]].entries]
    owner = [n for n, _ in outside]
    vectors = index.relevance.vectors[rows].astype(np.float32)
    selection = select({}, index.metadata, index.vocabulary)
    evidence = [
        query_evidence(part_of(index, score(index, as_query(text, vector, encoder), selection, SIGNALS), library))
        for (_, text), vector in zip(outside, vectors, strict=True)
    ]
    cosines = vectors @ vectors.T
    cosines[np.equal.outer(owner, owner)] = 0.0  # not a query with itself, nor with its other telling
    return evidence, cosines.max(axis=1, initial=0.0).tolist()
