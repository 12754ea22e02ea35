"""How far a second reader agrees with the first grades of judged situations, and what that leaves to gain.

The pool of a situation is what is graded, and what the ranking gives in its first ten of everything and of each group
to either telling. A second reader grades it in one language, without the first grades and without ranks, in an order
drawn at random; the grades go into corpus/evaluation/second-reading/. Where the readers are far apart, a third reading
settles the grade, higher or lower, and the judged query gets it. Source of the method: Voorhees, Variations in
relevance judgments and the measurement of retrieval effectiveness, 2000.

Example:
    python -m scripts.bench.second_reading                     # agreement, and the ranking under each reader's grades
    python -m scripts.bench.second_reading --pools > to_read.jsonl
"""

from __future__ import annotations

import json
import math
import random
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean

import search
from search.entries import LANGUAGES, Entry
from search.evaluation.agreement import agreement, cells, pairs
from search.evaluation.bootstrap import SURE
from search.evaluation.metrics import ndcg, ndcg_by_grades
from search.evaluation.report_tables import table
from search.library.judged_queries import CATEGORIES, HALVES, JudgedQuery, read_judged_queries
from search.library.second_readings import GIVEN, SecondReading, read_second_readings
from search.retrieval.results import GROUPS
from search.retrieval.searcher import Searcher

from .measuring import K, make_parser

SHARE = 0.6
"""Of the situations of each category in each half that are read a second time, rounded up."""

READERS: Mapping[str, Callable[[SecondReading], Mapping[str, int]]] = {
    "first": lambda reading: reading.first,
    "second": lambda reading: reading.second,
    "mended": lambda reading: reading.mended,
}
"""Whose grades a ranking is measured by."""


@dataclass(frozen=True)
class Asked:
    """A reading, its half, and the first K entries of everything for each telling."""

    half: str
    reading: SecondReading
    ranked: Mapping[str, Sequence[str]]


def main() -> int:
    """Print the pools to read, or what was read."""
    parser = make_parser(__doc__)
    parser.add_argument("--pools", action="store_true", help="print what is to be read, a JSON line for each situation")
    parser.add_argument("--corpus", type=Path, default=search.default_corpus(), help="where evaluation/ is")
    parser.add_argument("--index", type=Path, default=search.default_index(), help="index folder")
    options = parser.parse_args()
    searcher, evaluation = search.load(options.index), options.corpus / "evaluation"
    if options.pools:
        print("\n".join(json.dumps(line, ensure_ascii=False) for line in to_read(searcher, evaluation)))
        return 0
    halves = {half: read_judged_queries(evaluation / f"{half}.jsonl") for half in HALVES}
    readings = {half: read_second_readings(evaluation / "second-reading" / f"{half}.jsonl") for half in HALVES}
    print_agreement(searcher, readings)
    print_ranking([ask(searcher, half, one, halves[half]) for half in HALVES for one in readings[half]])
    return 0


def to_read(searcher: Searcher, evaluation: Path) -> Iterator[dict[str, object]]:
    """Give each situation drawn: its text in the language it is read in, and its pool in an order drawn at random."""
    turn = 0
    for half in HALVES:
        for query in drawn(read_judged_queries(evaluation / f"{half}.jsonl")):
            language, names = LANGUAGES[turn % len(LANGUAGES)], sorted(pool(searcher, query))
            random.Random(query.id).shuffle(names)
            entries = [told(searcher.entry(name), language) for name in names]
            yield {"id": query.id, "half": half, "language": language, "text": query.texts[language], "pool": entries}
            turn += 1


def drawn(queries: Sequence[JudgedQuery]) -> Iterator[JudgedQuery]:
    """Draw SHARE of the situations of each category, out-of-scope ones apart."""
    chance = random.Random(17)
    for category in CATEGORIES:
        some = [query for query in queries if query.in_scope and query.category == category]
        yield from chance.sample(some, math.ceil(SHARE * len(some)))


def pool(searcher: Searcher, query: JudgedQuery) -> set[str]:
    """Return what is graded, and what comes among the first K of everything and of each group, for either telling."""
    names = set(query.judgements)
    for text in query.texts.values():
        every = [hit.entry for hit in searcher.search(text, k=len(searcher.entries), abstain=False)]
        lists = [every, *([entry for entry in every if entry.kind in kinds] for kinds in GROUPS.values())]
        names |= {entry.id for some in lists for entry in some[:K]}
    return names


def told(entry: Entry, language: str) -> dict[str, str]:
    """Return what a reader sees of an entry."""
    texts = {
        name: entry.text(name, language) for name in ("title", "summary", "description", "what_happened", "results")
    }
    return {"id": entry.id, **{name: str(text) for name, text in texts.items() if text}}


def print_agreement(searcher: Searcher, readings: Mapping[str, Sequence[SecondReading]]) -> None:
    """Print kappa of all, each half, each language and each group, and how often each pair of grades was given."""
    every = [one for some in readings.values() for one in some]
    rows = {"all": every, **readings}
    rows |= {f"read in {code}": [one for one in every if one.language == code] for code in LANGUAGES}
    print(f"| agreement | quadratic weighted kappa ({SURE:.0%} interval) | situations | grades |\n|---|---|---|---|")
    for name, some in rows.items():
        print_kappa(name, [pairs(one.first, one.second) for one in some])
    for group, kinds in GROUPS.items():
        print_kappa(group, [[*of_kinds(searcher, one, kinds)] for one in every])
    counts = [sum(column) for column in zip(*(cells(pairs(one.first, one.second)) for one in every), strict=True)]
    print("\n| first reader | " + " | ".join(f"second: {grade}" for grade in GIVEN) + " |\n|---|" + "---|" * len(GIVEN))
    for place, grade in enumerate(GIVEN):
        row = counts[place * len(GIVEN) : (place + 1) * len(GIVEN)]
        print(f"| {grade} | " + " | ".join(map(str, row)) + " |")


def of_kinds(searcher: Searcher, reading: SecondReading, kinds: frozenset[str]) -> Iterator[tuple[int, int]]:
    """Give both grades of the entries of some kinds."""
    read = {name: grade for name, grade in reading.second.items() if searcher.entry(name).kind in kinds}
    yield from pairs(reading.first, read)


def print_kappa(name: str, read: Sequence[Sequence[tuple[int, int]]]) -> None:
    """Print one row of the table of agreement."""
    found = agreement(read)
    kappa = f"{found.kappa:.3f} ({found.low:.3f} to {found.high:.3f})"
    print(f"| {name} | {kappa} | {found.situations} | {found.grades} |")


def ask(searcher: Searcher, half: str, reading: SecondReading, queries: Sequence[JudgedQuery]) -> Asked:
    """Ask both tellings of what was read."""
    [query] = [one for one in queries if one.id == reading.id]
    ranked = {
        language: [hit.entry.id for hit in searcher.search(text, k=K, abstain=False)]
        for language, text in query.texts.items()
    }
    return Asked(half, reading, ranked)


def print_ranking(asked: Sequence[Asked]) -> None:
    """Print nDCG of the ranking by each reader's grades, of one reader's order by the other's, and what is left."""
    rows: dict[str, tuple[Sequence[Asked], Sequence[str]]] = {"all": (asked, LANGUAGES)}
    rows |= {half: ([one for one in asked if one.half == half], LANGUAGES) for half in HALVES}
    rows |= {f"asked in {language}": (asked, (language,)) for language in LANGUAGES}
    by = [(name, [by_grades(*row, grades) for grades in READERS.values()]) for name, row in rows.items()]
    print("\n" + "\n".join(table(f"nDCG@{K} of the ranking by the grades", READERS, by)))
    some = list(rows)[: 1 + len(HALVES)]
    other_ways = (("first", "second"), ("second", "first"))
    ceilings = [(name, [ideal(rows[name][0], *way) for way in other_ways]) for name in some]
    heads = ("the first reader’s, by the second’s grades", "the second’s, by the first’s")
    print("\n" + "\n".join(table(f"nDCG@{K} of an ideal order", heads, ceilings)))
    left = [
        (name, [(1 - ceiling[0]) / (1 - found[1]), (1 - ceiling[1]) / (1 - found[0])])
        for (name, found), (_, ceiling) in zip(by, ceilings, strict=False)
    ]
    ways = ("by the second’s grades", "by the first’s")
    print("\n" + "\n".join(table("share of the error that disagreement leaves", ways, left)))


def by_grades(
    asked: Sequence[Asked], languages: Sequence[str], grades: Callable[[SecondReading], Mapping[str, int]]
) -> float:
    """Mean nDCG of the ranking over tellings in some languages."""
    return fmean(ndcg(one.ranked[code], grades(one.reading), K) for one in asked for code in languages)


def ideal(asked: Sequence[Asked], ranked_by: str, judged_by: str) -> float:
    """Mean nDCG of all that was read in the order of one reader's grades, by the grades of another."""
    worth = []
    for one in asked:
        given = READERS[ranked_by](one.reading)
        order = {name: given.get(name, 0) for name in one.reading.second}
        worth.append(ndcg_by_grades(order, READERS[judged_by](one.reading), K))
    return fmean(worth)


if __name__ == "__main__":
    sys.exit(main())
