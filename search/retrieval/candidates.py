"""Which entries a query is compared with closely: what the whole index says of it at first sight."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from ..index.index import Index
from ..index.metadata import CandidateSet
from ..index.term_index import QueryTerms
from ..learning.relevance_model import TrainingEvidence
from .filters import Selection
from .fusion import best_first
from .query_vectors import EncodedQuery, unit

ALL_TO = 20_000
"""Passages up to which a query is compared closely with all; beyond, with candidates."""

CANDIDATES = 500
"""Passages nearest by meaning, and as many best by terms, whose entries are candidates."""

QUOTING = 1_000
"""Passages with the terms of a quoted phrase that are looked through for it."""

LIKELY = 100
"""Entries that training queries make most likely, and that are candidates too."""

FEW_NAMED = 5
"""When a query names this many entries at most, what they say is part of what is asked: what is like them follows."""

_NOBODY = np.array([], dtype=np.int32)


@dataclass(frozen=True)
class FirstStage:
    """What the whole index says of a query.

    Attributes:
        query: The query, its vector drawn towards the entries it names when they are few.
        terms: What it asks of the texts of each language.
        bm25: Of all passages, shape (n_passages,).
        named: Rows of the entries it names, rising.
        training: What training queries say of it.
    """

    query: EncodedQuery
    terms: Mapping[str, QueryTerms]
    bm25: np.ndarray
    named: np.ndarray
    training: TrainingEvidence


def first_stage(index: Index, query: EncodedQuery, *, titles: bool, spelling: bool) -> FirstStage:
    """Ask the whole index.

    Args:
        index: The index.
        query: The query.
        titles: Whether a short query may name entries.
        spelling: Whether words that no text has are mended.
    """
    text = query.query.text
    terms = index.term_index.terms(text, spelling=spelling)
    named = index.title_index.named(terms) if titles else _NOBODY
    if 0 < len(named) <= FEW_NAMED:
        meant = np.mean([index.entry_vector(row) for row in named], axis=0)
        query = replace(query, vector=unit(query.vector + unit(meant)))
    training = index.relevance.evidence(text, query.vector)
    return FirstStage(query, terms, index.term_index.scores(terms), named, training)


def gather(index: Index, first: FirstStage, selection: Selection) -> CandidateSet:
    """Choose what a query is compared with closely: everything, or of a large library the candidates.

    These are the entries of the passages nearest by meaning and best by terms among those that may answer, those it
    names or may quote, those training queries make likely, and what all these are linked to.
    """
    metadata = index.metadata
    if len(index.passages) <= ALL_TO:
        return metadata.whole
    allowed = selection.allowed(metadata)
    nearest = index.store.nearest(first.query.vector, CANDIDATES, allowed)
    wording = np.flatnonzero(first.bm25 if allowed is None else first.bm25 * allowed.passages)
    if len(wording) > CANDIDATES:
        wording = wording[best_first(first.bm25[wording], CANDIDATES)]
    likely = np.flatnonzero(first.training.answers)
    likely = likely[best_first(first.training.answers[likely], LIKELY)] if len(likely) else likely
    found = [metadata.entry[nearest], metadata.entry[wording], likely, first.named, _may_quote(index, first)]
    entries = np.unique(np.concatenate(found))
    for links in (metadata.shown, metadata.related):
        linked = links[entries].ravel()
        entries = np.union1d(entries, linked[linked >= 0])
    return metadata.part(entries)


def _may_quote(index: Index, first: FirstStage) -> np.ndarray:
    """Return the rows of the entries that have every term of the phrases a query quotes, the first of them."""
    phrases = first.query.query.phrases
    having = index.term_index.having_all(" ".join(phrases))[:QUOTING] if phrases else _NOBODY
    rows: np.ndarray = index.metadata.entry[having]
    return rows
