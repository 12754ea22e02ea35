"""What is shown of an entry that answers: the passage and the sentence nearest to the query, and why it is there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from ..entries import LANGUAGES, Passage
from ..index.index import Index
from ..learning.calibration import UNRATED, HitEvidence
from ..text.query import has_phrase, plain
from ..text.shared_words import shared_spans, stems_of
from .abstention import hit_evidence
from .dealing import Dealt
from .results import Hit
from .scoring import Scored
from .signals import matched

QUOTED_FIRST = 2.0
"""Added to the cosine of a sentence that has a quoted phrase: it is shown before all that have not."""


@dataclass(frozen=True)
class Snippet:
    """What is shown of a text.

    Attributes:
        passage: The passage nearest to the query.
        sentence: Its sentence nearest to the query, verbatim.
        vector: Of that sentence, shape (dim,).
        cosine: Of the passage.
    """

    passage: Passage
    sentence: str
    vector: np.ndarray
    cosine: float


def present(index: Index, scored: Scored, order: Sequence[int]) -> tuple[Hit, ...]:
    """Make the hits of some entries, by their rows in the candidate set, best first."""
    evidence = hit_evidence(index, scored, order)
    return tuple(
        _hit(index, scored, row, rank, one) for rank, (row, one) in enumerate(zip(order, evidence, strict=True), 1)
    )


def present_dealt(index: Index, streams: Sequence[Scored], dealt: Dealt, answers: Sequence[str]) -> tuple[Hit, ...]:
    """Make the hits of what was dealt out, each as the reading it answers best shows it.

    Args:
        index: The index.
        streams: The readings.
        dealt: The entries, in order.
        answers: For each reading, the words of the concern it is of; empty for a whole text, whose clauses are told.
    """
    hits: dict[int, Hit] = {}
    for reading, scored in enumerate(streams):
        places = [place for place, one in enumerate(dealt.reading) if one == reading]
        for place, hit in zip(places, present(index, scored, [dealt.row[one] for one in places]), strict=True):
            hits[place] = replace(hit, rank=place + 1, answers=answers[reading] or hit.answers)
    return tuple(hits[place] for place in sorted(hits))


def _hit(index: Index, scored: Scored, row: int, rank: int, evidence: HitEvidence) -> Hit:
    snippets = _snippets(index, scored, row)
    shown = max(snippets.values(), key=lambda one: one.cosine)
    entry = index.entries[int(scored.features.candidates.entries[row])]
    calibration = index.calibration_of(entry.library)
    return Hit(
        rank=rank,
        entry=entry,
        passage=shown.passage,
        sentence=shown.sentence,
        by_language={language: (one.passage, one.sentence) for language, one in snippets.items()},
        answers=scored.first.query.clause_nearest(shown.vector),
        matched=matched(scored.signals, evidence),
        strength=calibration.strength(evidence) if calibration else UNRATED,
        score=float(scored.scores[row]),
        marks=_marks(scored.first.query.query.read, snippets),
    )


def _marks(query: str, snippets: Mapping[str, Snippet]) -> dict[str, tuple[tuple[int, int], ...]]:
    """Find the words of a query in the sentences that are shown, language by language."""
    return {
        language: shared_spans(one.sentence, stems_of(query, language), language) for language, one in snippets.items()
    }


def _snippets(index: Index, scored: Scored, row: int) -> dict[str, Snippet]:
    """Choose what is shown in each language an entry was searched in: where it quotes, if it does."""
    features = scored.features
    rows = features.searched(row)
    rows = rows[features.quoting[rows]] if features.quoting[rows].any() else rows
    in_language = features.candidates.language[rows]
    return {
        language: _snippet(index, scored, int(some[np.argmax(features.cosines[some])]))
        for n, language in enumerate(LANGUAGES)
        if len(some := rows[in_language == n])
    }


def _snippet(index: Index, scored: Scored, row: int) -> Snippet:
    """Choose the sentence of a passage nearest to the query, among those it quotes from where it quotes.

    A passage that nobody could cut into sentences is shown whole.
    """
    features, query = scored.features, scored.first.query
    passage, cosine = int(features.candidates.passages[row]), float(features.cosines[row])
    vectors = index.sentence_vectors_of(passage)
    if not len(vectors):
        whole = index.passages[passage]
        return Snippet(whole, whole.text.strip(), index.store.vectors(np.array([passage]))[0], cosine)
    nearness = vectors @ query.sought
    if features.quoting[row]:
        sentences = [plain(sentence) for sentence in index.sentences(passage)]
        quotes = [any(has_phrase(sentence, phrase) for phrase in query.query.phrases) for sentence in sentences]
        nearness = nearness + QUOTED_FIRST * np.array(quotes)
    best = int(np.argmax(nearness))
    return Snippet(index.passages[passage], index.sentence(passage, best), vectors[best], cosine)
