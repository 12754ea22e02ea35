"""Judged queries in, the field's metrics out, by direction and by kind."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import fmean
from typing import Any

from search.entries import LANGUAGES
from search.errors import CorpusError, Problem
from search.jsonlines import corpus_file, read_rows
from search.lexical import analyse
from search.library import Library
from search.searcher import Searcher
from search.told import LABELS, label_faults, text_faults, told_faults

CATEGORIES = ("situation", "obstacle", "question", "short", "name", "noisy", "out-of-scope")
HALVES = ("tune", "report")
METRICS = ("ndcg", "recall", "mrr")
GRADES = (1, 2, 3)
USEFUL = 2
"""From this grade on, an entry counts as relevant for recall and MRR."""


@dataclass(frozen=True)
class JudgedQuery:
    """One situation told in both languages, with the entries that answer it.

    Attributes:
        id: Stable name.
        category: One of CATEGORIES.
        voice: Who speaks.
        texts: Language to text.
        judgements: Entry id to grade: 1 related, 2 useful, 3 just what was needed. Empty when out of scope.
        phases, conditions: Where it stands and what it lacks, as a careful reader would say; empty when it does not
            say.
    """

    id: str
    category: str
    voice: str
    texts: Mapping[str, str]
    judgements: Mapping[str, int]
    phases: tuple[str, ...] = ()
    conditions: tuple[str, ...] = ()

    @property
    def in_scope(self) -> bool:
        """Whether the library has an answer."""
        return bool(self.judgements)


def read_judged_queries(path: Path) -> tuple[JudgedQuery, ...]:
    """Read one half of the evaluation set.

    Args:
        path: A JSONL file with id, category, voice, fr, en and judgements on each line.

    Returns:
        The queries, in file order.

    Raises:
        CorpusError: A line is not as it should be; all of them are listed.
    """
    queries, problems = _read_judged(path)
    if problems:
        raise CorpusError(problems)
    return tuple(queries.values())


def _read_judged(path: Path) -> tuple[dict[int, JudgedQuery], list[Problem]]:
    """Return the queries by line, and what is wrong with the other lines."""
    rows, problems = read_rows(path)
    queries = {}
    for number, row in rows.items():
        faults = _judged_faults(row)
        problems += [Problem(corpus_file(path), number, fault) for fault in faults]
        if not faults:
            queries[number] = JudgedQuery(
                id=row["id"],
                category=row["category"],
                voice=row["voice"],
                texts={language: row[language] for language in LANGUAGES},
                judgements=row["judgements"],
                **{name: tuple(row.get(name, ())) for name in LABELS},
            )
    return queries, problems


def _judged_faults(row: Mapping[str, Any]) -> list[str]:
    """Say what is wrong with one line of an evaluation file."""
    faults = text_faults(row, ("id", "voice", *LANGUAGES)) + label_faults(row)
    category, judgements = row.get("category"), row.get("judgements")
    if category not in CATEGORIES:
        faults.append(f"category {category!r} is not one of {', '.join(CATEGORIES)}")
    if not isinstance(judgements, dict):
        faults.append("judgements must be entry ids with their grades")
        return faults
    if bool(judgements) == (category == "out-of-scope"):
        faults.append("out-of-scope queries, and only they, have no judgements")
    if not all(type(grade) is int and grade in GRADES for grade in judgements.values()):  # True and 1.0 are no grades
        faults.append("grades are 1, 2 or 3")
    return faults


def check_evaluation(library: Library) -> list[Problem]:
    """Say what is wrong with a corpus's situations, those that are judged and those the encoder learned from.

    Lines that are not as they should be, unknown entries, ids used twice, and training situations that are nearly an
    evaluation situation (the share of their stems they have in common reaches TOO_ALIKE): figures would be worth
    nothing.
    """
    known = {entry.id for entry in library.entries}
    judged: list[JudgedQuery] = []
    problems: list[Problem] = []
    for path in (library.path / "evaluation" / f"{half}.jsonl" for half in HALVES):
        if path.exists():
            problems += _check_judged(path, library, judged)
    stems = {language: [_stems(query.texts[language], language) for query in judged] for language in LANGUAGES}
    for path in sorted((library.path / "training").glob("*.jsonl")):
        rows, unreadable = read_rows(path)
        problems += unreadable
        for number, row in rows.items():
            faults = [
                *told_faults(row, known),
                *label_faults(row, library.vocabulary),
                *_too_near(row, judged, stems),
            ]
            problems += [Problem(corpus_file(path), number, fault) for fault in faults]
    return problems


def _check_judged(path: Path, library: Library, judged: list[JudgedQuery]) -> list[Problem]:
    """Say what is wrong with one half, and add its queries to those that are judged already."""
    queries, problems = _read_judged(path)
    known = {entry.id for entry in library.entries}
    seen = {query.id for query in judged}
    for number, query in queries.items():
        if query.id in seen:
            problems.append(Problem(corpus_file(path), number, f"id {query.id!r} is used twice"))
        seen.add(query.id)
        faults = label_faults({name: list(getattr(query, name)) for name in LABELS}, library.vocabulary)
        faults += [
            f"{query.id!r} judges {name!r}, and no entry has this id" for name in sorted(set(query.judgements) - known)
        ]
        problems += [Problem(corpus_file(path), number, fault) for fault in faults]
    judged += queries.values()
    return problems


def _too_near(
    row: Mapping[str, Any], judged: Sequence[JudgedQuery], stems: Mapping[str, Sequence[frozenset[str]]]
) -> Iterator[str]:
    """Name the evaluation situations a training situation nearly is."""
    for language in LANGUAGES:
        own = _stems(str(row.get(language, "")), language)
        for query, other in zip(judged, stems[language], strict=True):
            if own and len(own & other) / len(own | other) >= TOO_ALIKE:
                yield f"{language} is nearly the evaluation situation {query.id!r}"


TOO_ALIKE = 0.6


def _stems(text: str, language: str) -> frozenset[str]:
    return frozenset(analyse(text, language))


def ndcg(ranked: Sequence[str], judgements: Mapping[str, int], k: int) -> float:
    """Return the normalised discounted cumulative gain of a ranking.

    Args:
        ranked: Entry ids, best first.
        judgements: Entry id to grade; the grade is the gain.
        k: How many places count.

    Returns:
        0 to 1; 1 is the ideal order. 0 when nothing is judged.

    Source:
        Järvelin and Kekäläinen, Cumulated gain-based evaluation of IR techniques, 2002 (discount log2(rank + 1)).
    """
    ideal = sorted(judgements.values(), reverse=True)[:k]
    best = sum(gain / math.log2(place + 2) for place, gain in enumerate(ideal))
    got = sum(judgements.get(name, 0) / math.log2(place + 2) for place, name in enumerate(ranked[:k]))
    return got / best if best else 0.0


def recall(ranked: Sequence[str], relevant: Collection[str], k: int) -> float:
    """Return the share of the relevant entries among the first k, 0 to 1, of at most k that can be there."""
    possible = min(len(relevant), k)
    return len(set(ranked[:k]) & set(relevant)) / possible if possible else 0.0


def reciprocal_rank(ranked: Sequence[str], relevant: Collection[str], k: int) -> float:
    """Return 1 / rank of the first relevant entry among the first k; 0 when there is none."""
    return next((1.0 / place for place, name in enumerate(ranked[:k], 1) if name in relevant), 0.0)


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
        silence: ``out_of_scope`` silenced (should be 1), ``in_scope`` silenced (should be 0).
        grid: Of the tellings whose phase (weak conditions) a reader can say, the share where the surest one read is
            right, ``phase_right`` (one of those read is right, ``condition_right``), and where anything is read,
            ``phase_said`` (``condition_said``). Nothing read counts as not right.
        queries: How many situations, in and out of scope.
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
    silence: Mapping[str, float]
    grid: Mapping[str, float] = field(default_factory=dict)
    queries: Mapping[str, int] = field(default_factory=dict)


def evaluate(searcher: Searcher, queries: Sequence[JudgedQuery], *, k: int = 10, mode: str = "both") -> Report:
    """Measure a searcher on judged queries.

    Ranking is measured on what would be shown if the searcher were never silent; silence is measured apart.

    Args:
        searcher: The searcher.
        queries: Both in and out of scope.
        k: Places that count.
        mode: ``both``, ``meaning`` or ``words``.

    Returns:
        The report.

    Raises:
        ValueError: No query is in scope.
        UnknownEntryError: A query judges an entry the searcher has not.
    """
    inside = [query for query in queries if query.in_scope]
    if not inside:
        raise ValueError("There is nothing to measure: no query is in scope. Give at least one that has judgements.")
    mixed = _runs(searcher, inside, k=k, mode=mode)
    kinds = [kind for kind in searcher.vocabulary.keys("kinds") if any(_judged(searcher, q, kind) for q in inside)]
    return Report(
        k=k,
        mean=_mean_metrics(mixed, k),
        by_direction={
            f"{asked}->{answered}": _mean_metrics(
                _runs(searcher, inside, k=k, mode=mode, asked=asked, languages={answered}), k
            )
            for asked in LANGUAGES
            for answered in LANGUAGES
        },
        by_kind={kind: _mean_metrics(_kind_runs(searcher, inside, kind, k=k, mode=mode), k) for kind in kinds},
        by_category={
            name: _mean_metrics(some, k)
            for name in CATEGORIES
            if (some := [run for run in mixed if run.query.category == name])
        },
        query_language_share=fmean(run.share for run in mixed),
        overlap=fmean(shared := _shared(mixed, k)),
        same_answer=fmean(share >= SAME_FROM for share in shared),
        crowding=fmean(_crowding(searcher, run.ranked, k) for run in mixed),
        silence={
            "out_of_scope": _silenced(searcher, [query for query in queries if not query.in_scope]),
            "in_scope": _silenced(searcher, inside),
        },
        grid=_grid(searcher, inside),
        queries={"in_scope": len(inside), "out_of_scope": len(queries) - len(inside)},
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
    mode: str,
    asked: str | None = None,
    languages: Collection[str] | None = None,
) -> list[_Run]:
    """Ask every query in both languages, or in one."""
    runs = []
    for query in queries:
        for language in (asked,) if asked else LANGUAGES:
            results = searcher.search(query.texts[language], k=k, mode=mode, languages=languages, silence=False)
            own = [hit.passage.language == language for hit in results.hits]
            ranked = tuple(hit.entry.id for hit in results.hits)
            runs.append(_Run(query, language, ranked, query.judgements, fmean(own) if own else 0.0))
    return runs


def _judged(searcher: Searcher, query: JudgedQuery, kind: str) -> dict[str, int]:
    return {name: grade for name, grade in query.judgements.items() if searcher.entry(name).kind == kind}


def _kind_runs(searcher: Searcher, queries: Sequence[JudgedQuery], kind: str, *, k: int, mode: str) -> list[_Run]:
    """Ask for one kind only, the queries that have judged entries of that kind."""
    runs = []
    for query in queries:
        judgements = _judged(searcher, query, kind)
        for language in LANGUAGES if judgements else ():
            results = searcher.search(query.texts[language], k=k, mode=mode, kinds={kind}, silence=False)
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


def _grid(searcher: Searcher, queries: Sequence[JudgedQuery]) -> dict[str, float]:
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


def _silenced(searcher: Searcher, queries: Sequence[JudgedQuery]) -> float:
    """Share of the tellings that got no answer."""
    answers = [not searcher.search(query.texts[language], k=1).hits for query in queries for language in LANGUAGES]
    return fmean(answers) if answers else 0.0
