"""What is shown of an entry that answers: the passage and the sentence nearest to the query, and why it is there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from ..encoding.products import inner_products
from ..entries import LANGUAGES, Passage
from ..index.index import Index
from ..learning.calibration import UNRATED, HitEvidence
from ..text.query import has_phrase, plain
from ..text.shared_words import shared_spans, stems_of
from .abstention import hit_evidence
from .dealing import Dealt
from .features import Features
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
    parts = zip(order, hit_evidence(index, scored, order), _snippets(index, scored, order), strict=True)
    return tuple(
        _hit(index, scored, row, evidence, snippets, rank=rank)
        for rank, (row, evidence, snippets) in enumerate(parts, 1)
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


def _hit(
    index: Index, scored: Scored, row: int, evidence: HitEvidence, snippets: Mapping[str, Snippet], *, rank: int
) -> Hit:
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


def _snippets(index: Index, scored: Scored, order: Sequence[int]) -> list[dict[str, Snippet]]:
    """Choose what is shown of some entries in each language they were searched in."""
    languages = scored.features.candidates.language
    rows = [_nearest_passages(scored.features, row) for row in order]
    shown = iter(_of_passages(index, scored, [one for some in rows for one in some]))
    return [{LANGUAGES[languages[one]]: next(shown) for one in some} for some in rows]


def _nearest_passages(features: Features, row: int) -> list[int]:
    """Return the row of an entry's nearest passage in each language: of those that quote, if any does."""
    rows = features.searched(row)
    rows = rows[features.quoting[rows]] if features.quoting[rows].any() else rows
    in_language = features.candidates.language[rows]
    of_languages = (rows[in_language == n] for n in range(len(LANGUAGES)))
    return [int(some[np.argmax(features.cosines[some])]) for some in of_languages if len(some)]


def _of_passages(index: Index, scored: Scored, rows: Sequence[int]) -> Iterator[Snippet]:
    """Choose the sentence of each passage nearest to the query; the sentences of all are compared at once."""
    vectors, counts = index.sentence_vectors_of([int(scored.features.candidates.passages[row]) for row in rows])
    nearness, start = inner_products(vectors, scored.first.query.sought), 0
    for row, count in zip(rows, counts, strict=True):
        part = slice(start, start + count)
        yield _snippet(index, scored, row, vectors[part], nearness[part])
        start += count


def _snippet(index: Index, scored: Scored, row: int, vectors: np.ndarray, nearness: np.ndarray) -> Snippet:
    """Choose the sentence of a passage nearest to the query, among those it quotes from where it quotes.

    A passage that nobody could cut into sentences is shown whole.
    """
    features, phrases = scored.features, scored.first.query.query.phrases
    passage, cosine = int(features.candidates.passages[row]), float(features.cosines[row])
    shown = index.passages[passage]
    if not len(vectors):
        return Snippet(shown, shown.text.strip(), index.store.vectors(np.array([passage]))[0], cosine)
    if features.quoting[row]:
        sentences = map(plain, index.sentences(passage))
        quotes = [any(has_phrase(sentence, phrase) for phrase in phrases) for sentence in sentences]
        nearness = nearness + QUOTED_FIRST * np.array(quotes)
    best = int(nearness.argmax())
    return Snippet(shown, index.sentence(passage, best), vectors[best], cosine)
