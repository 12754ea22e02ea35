"""Judged queries in, the field's metrics out, by direction and by kind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import fmean

from ..entries import LANGUAGES
from ..library.judged_queries import CATEGORIES, USEFUL, JudgedQuery
from ..library.side_by_side import renamed_judged
from ..retrieval.searcher import Searcher
from .metrics import METRICS, ndcg, recall, reciprocal_rank


@dataclass(frozen=True)
class Report:
    """What an evaluation found; every number is a mean over queries, 0 to 1.

    Metrics are named with the places that count: ``ndcg@10``, ``recall@10``, ``mrr@10``.

    Attributes:
        k: Places that count.
        mean: Metric to value in the mixed pool (both languages searched), over both query languages.
        by_direction: ``fr->en``... to metric to value.
        by_kind: Kind of entry to metric to value, mixed pool.
        by_category: Category of query to metric to value, mixed pool.
        query_language_share: Share of the first k whose best passage is in the query's language.
        overlap: Share of the first k that both tellings of a situation have in common.
        same_answer: Share of the situations whose tellings have at least SAME_FROM of the first k in common.
        crowding: Share of the first k that show one and the same practice, the one most of them show.
        abstention: Share that got no answer, ``out_of_scope`` (should be 1) and ``in_scope`` (should be 0).
        situation: Of the tellings whose phase (weak conditions) a reader can say, the share where the surest one read
            is right, ``phase_right`` (one of those read is right, ``condition_right``), and where anything is read,
            ``phase_said`` (``condition_said``). Nothing read counts as not right.
        queries: How many situations, in and out of scope.
        by_query: Id of a query to its nDCG in the mixed pool, of each telling; for comparing searchers.
    """

    k: int
    mean: Mapping[str, float]
    by_direction: Mapping[str, Mapping[str, float]]
    by_kind: Mapping[str, Mapping[str, float]]
    by_category: Mapping[str, Mapping[str, float]]
    query_language_share: float
    overlap: float
    same_answer: float
    crowding: float
    abstention: Mapping[str, float]
    situation: Mapping[str, float] = field(default_factory=dict)
    queries: Mapping[str, int] = field(default_factory=dict)
    by_query: Mapping[str, Sequence[float]] = field(default_factory=dict)


def evaluate(searcher: Searcher, queries: Sequence[JudgedQuery], *, k: int = 10) -> Report:
    """Measure a searcher on judged queries.

    Ranking is measured on what would be shown if the searcher were never to abstain; abstention is measured apart.

    Args:
        searcher: The searcher.
        queries: Both in and out of scope.
        k: Places that count.

    Returns:
        The report.

    Raises:
        ValueError: No query is in scope.
        UnknownEntryError: A query judges an entry the searcher has not.
    """
    queries = renamed_judged(queries, searcher.index.metadata.aliases)
    inside = [query for query in queries if query.in_scope]
    if not inside:
        raise ValueError("There is nothing to measure: no query is in scope. Give at least one that has judgements.")
    mixed = _runs(searcher, inside, k=k)
    kinds = [kind for kind in searcher.vocabulary.keys("kinds") if any(_judged(searcher, q, kind) for q in inside)]
    return Report(
        k=k,
        mean=_mean_metrics(mixed, k),
        by_direction={
            f"{asked}->{answered}": _mean_metrics(_runs(searcher, inside, k=k, asked=asked, languages={answered}), k)
            for asked in LANGUAGES
            for answered in LANGUAGES
        },
        by_kind={kind: _mean_metrics(_kind_runs(searcher, inside, kind, k=k), k) for kind in kinds},
        by_category={
            name: _mean_metrics(some, k)
            for name in CATEGORIES
            if (some := [run for run in mixed if run.query.category == name])
        },
        query_language_share=fmean(run.share for run in mixed),
        overlap=fmean(shared := _shared(mixed, k)),
        same_answer=fmean(share >= SAME_FROM for share in shared),
        crowding=fmean(_crowding(searcher, run.ranked, k) for run in mixed),
        abstention={
            "out_of_scope": _abstained(searcher, [query for query in queries if not query.in_scope]),
            "in_scope": _abstained(searcher, inside),
        },
        situation=_situation(searcher, inside),
        queries={"in_scope": len(inside), "out_of_scope": len(queries) - len(inside)},
        by_query=_gains(mixed, k),
    )


@dataclass(frozen=True)
class _Run:
    """One telling of one query and what came back."""

    query: JudgedQuery
    language: str
    ranked: tuple[str, ...]
    judgements: Mapping[str, int]
    share: float


def _runs(
    searcher: Searcher,
    queries: Sequence[JudgedQuery],
    *,
    k: int,
    asked: str | None = None,
    languages: Collection[str] | None = None,
) -> list[_Run]:
    """Ask every query in both languages, or in one."""
    runs = []
    for query in queries:
        for language in (asked,) if asked else LANGUAGES:
            results = searcher.search(query.texts[language], k=k, languages=languages, abstain=False)
            own = [hit.passage.language == language for hit in results.hits]
            ranked = tuple(hit.entry.id for hit in results.hits)
            runs.append(_Run(query, language, ranked, query.judgements, fmean(own) if own else 0.0))
    return runs


def _judged(searcher: Searcher, query: JudgedQuery, kind: str) -> dict[str, int]:
    return {name: grade for name, grade in query.judgements.items() if searcher.entry(name).kind == kind}


def _kind_runs(searcher: Searcher, queries: Sequence[JudgedQuery], kind: str, *, k: int) -> list[_Run]:
    """Ask for one kind only, the queries that have judged entries of that kind."""
    runs = []
    for query in queries:
        judgements = _judged(searcher, query, kind)
        for language in LANGUAGES if judgements else ():
            results = searcher.search(query.texts[language], k=k, kinds={kind}, abstain=False)
            runs.append(_Run(query, language, tuple(hit.entry.id for hit in results.hits), judgements, 0.0))
    return runs


def _mean_metrics(runs: Sequence[_Run], k: int) -> dict[str, float]:
    rows = []
    for run in runs:
        relevant = {name for name, grade in run.judgements.items() if grade >= USEFUL}
        rows.append(
            (
                ndcg(run.ranked, run.judgements, k),
                recall(run.ranked, relevant, k),
                reciprocal_rank(run.ranked, relevant, k),
            )
        )
    return {f"{name}@{k}": fmean(column) for name, column in zip(METRICS, zip(*rows, strict=True), strict=True)}


def _gains(runs: Sequence[_Run], k: int) -> dict[str, list[float]]:
    """Return the nDCG of each telling, by query."""
    gains: dict[str, list[float]] = {}
    for run in runs:
        gains.setdefault(run.query.id, []).append(ndcg(run.ranked, run.judgements, k))
    return gains


def _shared(runs: Sequence[_Run], k: int) -> list[float]:
    """Share of the first k that the two tellings have in common, of each situation."""
    tellings: dict[str, list[set[str]]] = {}
    for run in runs:
        tellings.setdefault(run.query.id, []).append(set(run.ranked))
    return [len(first & second) / k for first, second in tellings.values()]


SAME_FROM = 0.8
"""Share of the first places from which two tellings are said to get the same answer."""


def _crowding(searcher: Searcher, ranked: Sequence[str], k: int) -> float:
    """Share of the first k that show the practice most of them show."""
    shown = Counter(practice for name in ranked for practice in searcher.entry(name).illustrates)
    return max(shown.values(), default=0) / k


def _situation(searcher: Searcher, queries: Sequence[JudgedQuery]) -> dict[str, float]:
    """Compare what is read of where situations stand with what readers said; see Report."""
    figures: dict[str, list[bool]] = {}
    for query in queries:
        for text in query.texts.values():
            read = searcher.situate(text)
            phases = [reading.key for reading in read.phases]
            conditions = {reading.key for reading in read.conditions}
            if query.phases:
                figures.setdefault("phase_right", []).append(bool(set(phases[:1]) & set(query.phases)))
                figures.setdefault("phase_said", []).append(bool(phases))
            if query.conditions:
                figures.setdefault("condition_right", []).append(bool(conditions & set(query.conditions)))
                figures.setdefault("condition_said", []).append(bool(conditions))
    return {name: fmean(values) for name, values in figures.items()}


def _abstained(searcher: Searcher, queries: Sequence[JudgedQuery]) -> float:
    """Share of the tellings that got no answer."""
    answers = [not searcher.search(query.texts[language], k=1).hits for query in queries for language in LANGUAGES]
    return fmean(answers) if answers else 0.0
