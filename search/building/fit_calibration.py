"""Fit the words for scores on judged queries."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from ..encoding.encoder import Encoder
from ..entries import LANGUAGES
from ..index.index import Index
from ..learning.calibration import Calibration, HitEvidence, Logistic, QueryEvidence, abstention_threshold
from ..library.judged_queries import USEFUL, JudgedQuery
from ..retrieval.searcher import Searcher

STRONG_FROM, RELATED_FROM = 0.75, 0.45
"""Probabilities from which a hit is called strong, or related."""


def calibrate(index: Index, encoder: Encoder, judged: Sequence[JudgedQuery]) -> Calibration | None:
    """Fit the words for scores on judged queries, asked in both languages.

    Args:
        index: What they are asked of.
        encoder: For the queries.
        judged: In scope and out of scope.

    Returns:
        The calibration of this index; None when the queries cannot teach one: some must be in scope and some not,
        and of what is found some must be useful and some not.
    """
    searcher = Searcher(dataclasses.replace(index, calibration=None), encoder)
    inside: list[QueryEvidence] = []
    outside: list[QueryEvidence] = []
    hits: list[tuple[HitEvidence, bool]] = []
    for query in judged:
        for language in LANGUAGES:
            evidence, found = searcher.evidence(query.texts[language])
            (inside if query.in_scope else outside).append(evidence)
            hits += [(hit, query.judgements.get(name, 0) >= USEFUL) for name, hit in found]
    truths = [truth for _, truth in hits]
    if not inside or not outside or len(set(truths)) < 2:
        return None
    rows = [evidence.features() for evidence in [*inside, *outside]]
    answered = Logistic.fit(rows, [True] * len(inside) + [False] * len(outside))
    return Calibration(
        answered=answered,
        silence=abstention_threshold(answered, inside, outside),
        helpful=Logistic.fit([hit.features() for hit, _ in hits], truths),
        strong=STRONG_FROM,
        related=RELATED_FROM,
    )
