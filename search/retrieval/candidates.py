"""Which entries a query is compared with closely: what the whole index says of it at first sight."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice

import numpy as np

from ..index.index import Index
from ..index.metadata import CandidateSet, Runs
from ..index.term_index import QueryTerms
from ..index.title_index import has_in_name
from ..index.vector_store import Allowed
from ..learning.relevance_model import TrainingEvidence
from ..text.names import names
from ..text.query import has_phrase
from .filters import Selection
from .fusion import best_first, best_per_entry
from .query_vectors import EncodedQuery, unit

ALL_TO = 20_000
"""Passages up to which a query is compared closely with all; beyond, with candidates."""

CANDIDATES = 500
"""Passages nearest by meaning, and as many best by terms, whose entries are candidates; more when they are of few."""

FEWEST = 100
"""Entries looked for by meaning, and by terms, if fewer hits are wanted: one long entry must not be all there is."""

LOOKED_THROUGH, QUOTING = 50_000, 1_000
"""Passages with the terms of a quoted phrase that are looked through for it, until so many have it."""

THERE_TO = 20_000
"""Passages of a place up to which a query that asks about it is compared with all of them."""

LIKELY = 100
"""Entries that training queries make most likely of those that may answer, and that are candidates too."""

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
    drawn, terms, named = _understood(index, query, titles=titles, spelling=spelling)
    training = _as_said(index, query, drawn, index.relevance.evidence(query.meant, drawn.vector))
    return FirstStage(drawn, terms, index.term_index.scores(terms), named, training)


def first_stages(index: Index, queries: Sequence[EncodedQuery], *, titles: bool, spelling: bool) -> list[FirstStage]:
    """Ask the whole index for several queries; training queries are compared with all of them at once."""
    understood = [_understood(index, query, titles=titles, spelling=spelling) for query in queries]
    texts = [query.meant for query, _, _ in understood]
    training = index.relevance.evidence_of_all(texts, np.stack([query.vector for query, _, _ in understood]))
    return [
        FirstStage(drawn, terms, index.term_index.scores(terms), named, _as_said(index, query, drawn, one))
        for query, (drawn, terms, named), one in zip(queries, understood, training, strict=True)
    ]


def _as_said(index: Index, said: EncodedQuery, drawn: EncodedQuery, training: TrainingEvidence) -> TrainingEvidence:
    """Tell where a query lies among training queries from what was said: the entries it was drawn to vouch for none."""
    return training if drawn is said else replace(training, leaning=index.relevance.leaning(said.vector))


def _understood(
    index: Index, query: EncodedQuery, *, titles: bool, spelling: bool
) -> tuple[EncodedQuery, Mapping[str, QueryTerms], np.ndarray]:
    """Return a query drawn towards the few entries it names, its terms, and the rows of these entries."""
    terms = index.term_index.terms(query.query.read, spelling=spelling, real=query.real)
    named = _named(index, query, terms) if titles else _NOBODY
    if 0 < len(named) <= FEW_NAMED:
        meant = np.mean([index.entry_vector(row) for row in named], axis=0)
        towards = unit(meant)
        query = replace(query, vector=unit(query.vector + towards), sought=unit(query.sought + towards))
    return query, terms, named


def _named(index: Index, query: EncodedQuery, terms: Mapping[str, QueryTerms]) -> np.ndarray:
    """Return the rows of the entries a short query names; a common word ("cat") names nothing by acronym or stem."""
    named = index.title_index.named(terms, names(query.query.read))
    if not (word := query.common_word) or len(named) > FEW_NAMED:
        return named
    called = [row for row in named.tolist() if has_in_name(index.entries[row], index.vocabulary, word)]
    return np.array(called, dtype=named.dtype)


def gather(
    index: Index, first: FirstStage, selection: Selection, *, quoting: np.ndarray, most: int = 1
) -> CandidateSet:
    """Choose what a query is compared with closely: everything, or of a large library the candidates.

    These are, among what may answer, the entries of the passages nearest by meaning and best by terms, those that
    training queries make likely and those that quote, those it names, and what all these are linked to.

    Args:
        index: The index.
        first: What the whole index says of the query.
        selection: What may answer.
        quoting: Rows of the passages that have the phrases it quotes, shape (n,).
        most: The most hits wanted: by meaning and by terms there are at least as many entries, if there are.
    """
    metadata = index.metadata
    if len(index.passages) <= ALL_TO:
        return metadata.whole
    allowed, wanted = selection.allowed(metadata), max(most, FEWEST)
    nearest = _nearest(index, first.query.sought, allowed, wanted)
    wording = _best_worded(index, first.bm25 if allowed is None else first.bm25 * allowed.passages, wanted)
    likely = np.where(selection.entries, first.training.answers, 0.0)
    likely = best_first(likely, LIKELY)[: np.count_nonzero(likely > 0)]
    there = _nearest_there(index, first.query.sought, selection)
    entries = np.unique(np.concatenate([nearest, wording, likely, first.named, metadata.entry[quoting], there]))
    for links in (metadata.shown, metadata.related):
        linked = links[entries].ravel()
        entries = np.union1d(entries, linked[linked >= 0])
    return metadata.part(entries)


def _nearest(index: Index, vector: np.ndarray, allowed: Allowed | None, wanted: int) -> np.ndarray:
    """Return the rows of the entries of the CANDIDATES passages nearest, or of more until so many entries are found."""
    asked, again = CANDIDATES, False
    while True:
        passages = index.store.nearest(vector, asked, allowed)
        entries = np.unique(index.metadata.entry[passages])
        if len(entries) >= wanted or asked >= len(index.passages) or (again and len(passages) < asked):
            return entries
        asked, again = 4 * asked, True
        allowed = allowed or Allowed(np.ones(len(index.passages), dtype=bool), {})  # looks into more lists


def _nearest_there(index: Index, vector: np.ndarray, selection: Selection) -> np.ndarray:
    """Return the rows of the entries of the CANDIDATES passages nearest in the place that is asked about, however far.

    Of a place with more than THERE_TO passages enough are among the nearest of all.
    """
    if selection.there is None:
        return _NOBODY
    rows = np.flatnonzero(selection.there[index.metadata.entry])
    if not 0 < len(rows) <= THERE_TO:
        return _NOBODY
    return np.unique(index.metadata.entry[rows[best_first(index.store.cosines(vector, rows), CANDIDATES)]])


def _best_worded(index: Index, scores: np.ndarray, wanted: int) -> np.ndarray:
    """Return the rows of the entries of the CANDIDATES passages of the best scores, or of more as in `_nearest`."""
    entry, passages = index.metadata.entry, np.flatnonzero(scores)
    best = passages[best_first(scores[passages], CANDIDATES)] if len(passages) > CANDIDATES else passages
    entries = np.unique(entry[best])
    if len(entries) >= wanted or len(best) == len(passages):
        return entries
    of_entries = best_per_entry(scores[passages], Runs.of(entry[passages]), len(index.metadata.ids))
    return best_first(of_entries, wanted)[: np.count_nonzero(np.isfinite(of_entries))]


def quoting_passages(index: Index, first: FirstStage, selection: Selection) -> np.ndarray:
    """Return the rows of the passages that have every phrase a query quotes, rising, shape (n,).

    Whole words are looked for; in a large library first where the query's words say most, and a phrase of stop words
    alone in the passages nearest by meaning.
    """
    phrases = first.query.query.phrases
    if not phrases:
        return _NOBODY
    if len(index.passages) <= ALL_TO:
        return np.flatnonzero([all(has_phrase(text, phrase) for phrase in phrases) for text in index.plain_texts])
    allowed, terms = selection.allowed(index.metadata), " ".join(phrases)
    rows = index.term_index.having_all(terms)
    if not index.term_index.has_terms(terms):
        rows = index.store.nearest(first.query.sought, LOOKED_THROUGH // 10, allowed)
    rows = rows if allowed is None else rows[allowed.passages[rows]]
    best = rows[np.argsort(-first.bm25[rows], kind="stable")][:LOOKED_THROUGH].tolist()
    quoting = (
        row for row in best if all(has_phrase(text, phrase) for text in [index.plain_text(row)] for phrase in phrases)
    )
    return np.sort(np.fromiter(islice(quoting, QUOTING), dtype=np.int64))
