"""Fit the words for scores on judged queries."""

from __future__ import annotations

from collections.abc import Sequence

from ..encoding.encoder import Encoder
from ..entries import LANGUAGES
from ..index.index import Index
from ..learning.calibration import Calibration, HitEvidence, Logistic, QueryEvidence, abstention_threshold
from ..learning.strength_bounds import USUAL, Bounds, choose_bounds
from ..library.judged_queries import SEARCH_TERMS, USEFUL, JudgedQuery
from ..retrieval.abstention import hit_evidence, query_evidence
from ..retrieval.filters import Selection, select
from ..retrieval.query_vectors import encode
from ..retrieval.scoring import Scored, part_of, score, score_all
from ..retrieval.signals import SIGNALS
from ..text.query import parse

FOLDS, SHOWN = 5, 10
"""Parts the queries are cut in, so that each is rated by a model of the others; first hits of each that are rated."""

Rated = tuple[HitEvidence, bool]
"""The evidence of a hit, and whether it is useful."""

LOOKED_AT = 20
"""First entries of each query that the strength of a hit is learned from."""


def calibrate(
    index: Index, encoder: Encoder, judged: Sequence[JudgedQuery], *, library: str | None = None
) -> Calibration | None:
    """Fit the words for scores on judged queries, asked in both languages.

    Words for a search box say whether anything answers, and nothing of how useful a hit is.

    Args:
        index: What they are asked of.
        encoder: For the queries.
        judged: In scope and out of scope.
        library: Name of the library they judge, of several in the index; everything when None.

    Returns:
        The calibration of this index, or library; None when the queries cannot teach one: some must be in scope and
        some not, and of what is found some must be useful and some not.
    """
    told = [(query, query.texts[language]) for query in judged for language in LANGUAGES]
    scored = score_all(index, [encode(parse(text), encoder) for _, text in told], everything(index), SIGNALS)
    asked = [(query, part_of(index, one, library)) for (query, _), one in zip(told, scored, strict=True)]
    in_scope = [query_evidence(scored) for query, scored in asked if query.in_scope]
    out_of_scope = [query_evidence(scored) for query, scored in asked if not query.in_scope]
    rated = [(query, scored) for query, scored in asked if query.category != SEARCH_TERMS]
    by_query = [_hits(index, query, scored) for query, scored in rated]
    hits = [pair for some in by_query for pair in some]
    truths = [truth for _, truth in hits]
    if not in_scope or not out_of_scope or len(set(truths)) < 2:
        return None
    answerable = _answerable(in_scope, out_of_scope)
    bounds = _bounds([(query, some) for (query, _), some in zip(rated, by_query, strict=True)])
    return Calibration(
        answerable=answerable,
        abstain_below=abstention_threshold(answerable, in_scope, out_of_scope),
        helpful=_helpful(hits),
        strong=bounds.strong,
        related=bounds.related,
    )


def scored_query(index: Index, encoder: Encoder, text: str) -> Scored:
    """Rank everything for a text, as a search without filters does."""
    return score(index, encode(parse(text), encoder), everything(index), SIGNALS)


def everything(index: Index) -> Selection:
    """Let everything answer, as a search without filters does."""
    return select({}, index.metadata, index.vocabulary)


def _answerable(in_scope: Sequence[QueryEvidence], out_of_scope: Sequence[QueryEvidence]) -> Logistic:
    rows = [evidence.features() for evidence in [*in_scope, *out_of_scope]]
    return Logistic.fit(rows, [True] * len(in_scope) + [False] * len(out_of_scope))


def _helpful(hits: Sequence[Rated]) -> Logistic:
    return Logistic.fit([hit.features() for hit, _ in hits], [truth for _, truth in hits])


def _bounds(by_query: Sequence[tuple[JudgedQuery, Sequence[Rated]]]) -> Bounds:
    """Choose the bounds of strength on the first hits of each query in scope, as models of other queries rate them."""
    numbers = {name: n for n, name in enumerate(dict.fromkeys(query.id for query, _ in by_query))}
    rated: list[tuple[float, bool, int]] = []
    for fold in range(FOLDS):
        learned = [pair for query, some in by_query if numbers[query.id] % FOLDS != fold for pair in some]
        if len({truth for _, truth in learned}) < 2:
            return USUAL
        model = _helpful(learned)
        rated += [
            (model.probability(hit.features()), truth, numbers[query.id])
            for query, some in by_query
            if query.in_scope and numbers[query.id] % FOLDS == fold
            for hit, truth in some[:SHOWN]
        ]
    return choose_bounds(*(list(column) for column in zip(*rated, strict=True)))


def _hits(index: Index, query: JudgedQuery, scored: Scored) -> list[Rated]:
    """Return the evidence of the first entries, and whether each is useful."""
    order = scored.best(LOOKED_AT)
    ids = [index.metadata.ids[scored.features.candidates.entries[row]] for row in order]
    useful = [query.judgements.get(name, 0) >= USEFUL for name in ids]
    return list(zip(hit_evidence(index, scored, order), useful, strict=True))
