"""What is wrong with the judged and the training queries of a corpus."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from ..entries import LANGUAGES
from ..errors import Problem
from ..library.jsonl import corpus_file, read_rows
from ..library.judged_queries import HALVES, JudgedQuery, judged_queries_by_line
from ..library.reader import Library
from ..library.training_queries import LABELS, label_faults, training_query_faults
from ..text.analysis import analyse

TOO_SIMILAR = 0.6
"""Share of their stems two situations have in common from which they are nearly the same."""


def check_evaluation(library: Library) -> list[Problem]:
    """Say what is wrong with the judged and the training queries of a corpus.

    Lines that are not as they should be, unknown entries, ids used twice, and training queries that are nearly a
    judged query (the share of their stems they have in common reaches TOO_SIMILAR): figures would be worth
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
        for line, row in rows.items():
            faults = [
                *training_query_faults(row, known),
                *label_faults(row, library.vocabulary),
                *_too_near(row, judged, stems),
            ]
            problems += [Problem(corpus_file(path), line, fault) for fault in faults]
    return problems


def _check_judged(path: Path, library: Library, judged: list[JudgedQuery]) -> list[Problem]:
    """Say what is wrong with one half, and add its queries to those that are judged already."""
    queries, problems = judged_queries_by_line(path)
    known = {entry.id for entry in library.entries}
    seen = {query.id for query in judged}
    for line, query in queries.items():
        if query.id in seen:
            problems.append(Problem(corpus_file(path), line, f"id {query.id!r} is used twice"))
        seen.add(query.id)
        faults = label_faults({name: list(getattr(query, name)) for name in LABELS}, library.vocabulary)
        faults += [
            f"{query.id!r} judges {name!r}, and no entry has this id" for name in sorted(set(query.judgements) - known)
        ]
        problems += [Problem(corpus_file(path), line, fault) for fault in faults]
    judged += queries.values()
    return problems


def _too_near(
    row: Mapping[str, Any], judged: Sequence[JudgedQuery], stems: Mapping[str, Sequence[frozenset[str]]]
) -> Iterator[str]:
    """Name the judged queries a training query nearly is."""
    for language in LANGUAGES:
        own = _stems(str(row.get(language, "")), language)
        for query, other in zip(judged, stems[language], strict=True):
            if own and len(own & other) / len(own | other) >= TOO_SIMILAR:
                yield f"{language} is nearly the evaluation situation {query.id!r}"


def _stems(text: str, language: str) -> frozenset[str]:
    return frozenset(analyse(text, language))
