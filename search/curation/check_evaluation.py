"""What is wrong with the judged sets and the training queries of a corpus."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ..entries import LANGUAGES
from ..errors import Problem
from ..library.aliases import every_id
from ..library.jsonl import corpus_file, read_rows
from ..library.judged_queries import HALVES, judged_queries_by_line
from ..library.judged_sets import JudgedItem, JudgedLetter, OffTopic, judged_sets_by_line
from ..library.reader import Library
from ..library.second_readings import second_readings_by_line
from ..library.training_queries import LABELS, TRANSLATED, label_faults, training_query_faults
from ..text.analysis import analyse

TOO_SIMILAR = 0.6
"""Share of their stems two situations have in common from which they are nearly the same."""


def check_evaluation(library: Library) -> list[Problem]:
    """Say what is wrong with the judged sets and the training queries of a corpus.

    Lines that are not as they should be, unknown entries, ids used twice, and training queries that are nearly
    something judged, a concern of a letter too (the share of their stems they have in common reaches TOO_SIMILAR):
    figures would be worth nothing.
    """
    known = every_id(library.entries)
    judged = _Judged()
    problems: list[Problem] = []
    for half in HALVES:
        if (path := library.path / "evaluation" / f"{half}.jsonl").exists():
            problems += _check_judged(path, library, known, judged)
    for half in HALVES:
        for path, items, faults in judged_sets_by_line(library.path / "evaluation", half):
            problems += [*faults, *_check_items(path, items, known, judged)]
        problems += _check_second_readings(library.path / "evaluation", half, known)
    for path in sorted((library.path / "training").glob("*.jsonl")):
        rows, unreadable = read_rows(path)
        problems += unreadable
        for line, row in rows.items():
            faults_of_row = [
                *training_query_faults(row, known),
                *label_faults(row, library.vocabulary),
                *judged.too_near(row),
            ]
            problems += [Problem(corpus_file(path), line, fault) for fault in faults_of_row]
    return problems


@dataclass
class _Judged:
    """What is judged already: its ids, and its texts by their stems.

    Attributes:
        ids: Of everything that is judged.
        texts: For each language, the id and the stems of each text.
        having: For each language, the numbers of the texts that have a stem.
    """

    ids: set[str] = field(default_factory=set)
    texts: dict[str, list[tuple[str, int]]] = field(default_factory=lambda: {one: [] for one in LANGUAGES})
    having: dict[str, dict[str, list[int]]] = field(default_factory=lambda: {one: {} for one in LANGUAGES})

    def add_text(self, name: str, text: str, language: str) -> None:
        stems, number = _stems(text, language), len(self.texts[language])
        self.texts[language].append((name, len(stems)))
        for stem in stems:
            self.having[language].setdefault(stem, []).append(number)

    def too_near(self, row: Mapping[str, Any]) -> Iterator[str]:
        """Name what is judged that a training query nearly is."""
        translated = row.get(TRANSLATED)
        more = translated if isinstance(translated, dict) else {}
        for language, text in [(one, texts.get(one, "")) for texts in (row, more) for one in LANGUAGES]:
            own = _stems(str(text), language)
            shared = Counter(number for stem in own for number in self.having[language].get(stem, ()))
            near = (
                self.texts[language][number][0]
                for number, count in sorted(shared.items())
                if count / (len(own) + self.texts[language][number][1] - count) >= TOO_SIMILAR
            )
            yield from (f"{language} is nearly the evaluation situation {name!r}" for name in dict.fromkeys(near))


def _check_judged(path: Path, library: Library, known: set[str], judged: _Judged) -> list[Problem]:
    """Say what is wrong with one half of the situations, and add them to what is judged already."""
    queries, problems = judged_queries_by_line(path)
    for line, query in queries.items():
        faults = _used_twice(query.id, judged)
        faults += label_faults({name: list(getattr(query, name)) for name in LABELS}, library.vocabulary)
        faults += _unknown(query.id, query.judgements, known)
        problems += [Problem(corpus_file(path), line, fault) for fault in faults]
        for language in LANGUAGES:
            judged.add_text(query.id, query.texts[language], language)
    return problems


def _check_items(path: Path, items: Mapping[int, JudgedItem], known: set[str], judged: _Judged) -> Iterator[Problem]:
    """Say what is wrong with one half of a set, and add it to what is judged already."""
    for line, item in items.items():
        faults = _used_twice(item.id, judged)
        if isinstance(item, JudgedLetter):
            for concern in item.concerns:
                faults += _unknown(item.id, concern.judgements, known)
                judged.add_text(item.id, concern.words, item.language)
        else:
            faults += [] if isinstance(item, OffTopic) else _unknown(item.id, item.judgements, known)
            for language in LANGUAGES:
                judged.add_text(item.id, item.texts[language], language)
        yield from (Problem(corpus_file(path), line, fault) for fault in faults)


def _check_second_readings(evaluation: Path, half: str, known: set[str]) -> Iterator[Problem]:
    """Say what is wrong with what was read a second time: lines, entries, and situations the half has not."""
    path, judged = evaluation / "second-reading" / f"{half}.jsonl", evaluation / f"{half}.jsonl"
    if not path.exists():
        return
    readings, problems = second_readings_by_line(path)
    yield from problems
    ids = {query.id for query in judged_queries_by_line(judged)[0].values()} if judged.exists() else set()
    for line, reading in readings.items():
        faults = _unknown(reading.id, {**reading.first, **reading.second}, known)
        if reading.id not in ids:
            faults.append(f"{reading.id!r} is read twice, and {judged.name} has no such situation")
        yield from (Problem(corpus_file(path), line, fault) for fault in faults)


def _used_twice(name: str, judged: _Judged) -> list[str]:
    faults = [f"id {name!r} is used twice"] if name in judged.ids else []
    judged.ids.add(name)
    return faults


def _unknown(name: str, judgements: Mapping[str, int], known: set[str]) -> list[str]:
    return [f"{name!r} judges {other!r}, and no entry has this id" for other in sorted(set(judgements) - known)]


def _stems(text: str, language: str) -> frozenset[str]:
    return frozenset(analyse(text, language))
