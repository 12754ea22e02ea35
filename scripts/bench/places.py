"""Measure how far practices should be lifted towards the cases of a place that is asked about, on the tuning half.

Each situation and short need is asked in both languages, limited in turn to each country from which a case answers it.
Printed for each lift: nDCG@10 of the practices by what was judged, whatever the place, and of the first three practices
the share that a case from there shows which answers.

Example:
    python -m scripts.bench.places
"""

from __future__ import annotations

from collections.abc import Iterator
from statistics import fmean

import search
from search.evaluation.metrics import ndcg
from search.library.judged_queries import USEFUL, JudgedQuery, read_judged_queries
from search.library.judged_sets import JudgedNeed, read_plain
from search.retrieval import places
from search.retrieval.filters import Selection, select
from search.retrieval.query_vectors import encode
from search.retrieval.results import GROUPS
from search.retrieval.scoring import Scored, score
from search.retrieval.searcher import Searcher
from search.text.places.gazetteer import place_form
from search.text.query import parse

from .measuring import K, make_parser

LIFTS = (0.0, 0.25, 0.5, 0.75, 1.0)
FIRST = 3
"""Practices a person sees first."""


def limits(searcher: Searcher, judged: JudgedQuery | JudgedNeed) -> dict[str, set[str]]:
    """Return the countries from which cases answer a query, each with what these cases show."""
    found: dict[str, set[str]] = {}
    for name, grade in judged.judgements.items():
        entry = searcher.entry(name)
        if entry.kind == "case" and grade >= USEFUL and entry.country:
            found.setdefault(entry.country, set()).update(entry.illustrates)
    return found


Asked = tuple[Scored, Selection, set[str], dict[str, int]]
"""A query ranked, what it is limited to, what answering cases from there show, and the judged practices."""


def asked(searcher: Searcher, every: list[JudgedQuery | JudgedNeed]) -> Iterator[Asked]:
    """Yield each query with each country from which a case answers it."""
    index, kinds = searcher.index, GROUPS["practices"]
    for judged in every:
        practices = {name: grade for name, grade in judged.judgements.items() if searcher.entry(name).kind in kinds}
        there = limits(searcher, judged)
        for text in judged.texts.values() if practices and there else ():
            whole = select({}, index.metadata, index.vocabulary)
            scored = score(index, encode(parse(text), searcher.encoder), whole, searcher.signals)
            for country, shown in there.items():
                place = index.place_names[place_form(country)]
                yield scored, places.limited(index, whole, [place]), shown, practices


def main() -> None:
    """Print the table."""
    make_parser(__doc__).parse_args()
    searcher, evaluation = search.load(), search.default_corpus() / "evaluation"
    every: list[JudgedQuery | JudgedNeed] = [
        *read_judged_queries(evaluation / "tune.jsonl"),
        *read_plain(evaluation / "plain" / "tune.jsonl"),
    ]
    ranked = list(asked(searcher, every))
    print(
        f"{len(ranked)} questions\n\n"
        f"| lift | nDCG@{K} of practices | of the first {FIRST}, shown by an answering case there |"
    )
    print("|---|---|---|")
    for lift in LIFTS:
        places.LIFT = lift
        gains, shares = [], []
        for scored, selection, shown, practices in ranked:
            lifted = places.led_by_cases(scored, selection)
            numbers = scored.features.candidates.entries[lifted.best(len(lifted.scores))]
            entries = [searcher.entries[int(number)] for number in numbers]
            order = [entry.id for entry in entries if entry.kind in GROUPS["practices"]]
            gains.append(ndcg(order, practices, K))
            shares.append(fmean(name in shown for name in order[:FIRST]))
        print(f"| {lift} | {fmean(gains):.3f} | {fmean(shares):.3f} |")


if __name__ == "__main__":
    main()
