"""Measure what places change, on the tuning half: those that are asked about, and one's own.

Each situation and short need is asked in both languages, limited in turn to each country from which a case answers it.
Printed for each lift: nDCG@10 of the practices by what was judged, whatever the place, and of the first three practices
the share that a case from there shows which answers.

With --own each short need is asked as people say it of their own town ("À Namur, ..."), in five ways: what that costs,
searched with the town and without it.

Example:
    python -m scripts.bench.places
    python -m scripts.bench.places --own
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from statistics import fmean
from unittest.mock import patch

import search
from search.evaluation.metrics import ndcg
from search.library.judged_queries import USEFUL, JudgedQuery, read_judged_queries
from search.library.judged_sets import JudgedNeed, read_plain
from search.retrieval import places
from search.retrieval.filters import Selection, select
from search.retrieval.query_vectors import encode
from search.retrieval.results import GROUPS, AskedPlace
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
                there_only = places.PlacesAsked((AskedPlace(country, {}, place),), "")
                yield scored, places.limited(index, whole, there_only), shown, practices


SAID = {
    "fr": ("À {town}, {need}", "Nous sommes à {town} et {need}", "{need}, à {town}", "Chez nous à {town}, {need}"),
    "en": ("In {town}, {need}", "We are in {town} and {need}", "{need}, in {town}", "Here in {town}, {need}"),
}
TOWNS_OF = {
    "fr": ("Namur", "Bruxelles", "Lille", "Gand", "Genève", "Montréal", "Paris", "Liège"),
    "en": ("Bristol", "Brussels", "Leeds", "Ghent", "New York", "Edinburgh", "Paris", "Glasgow"),
}


def own(searcher: Searcher, needs: Sequence[JudgedNeed]) -> None:
    """Print the nDCG@10 of short needs by themselves, and said of one's own town, searched with it and without it."""
    print(f"| | nDCG@{K}, French | English |\n|---|---|---|")
    _print_gains(searcher, needs, "the need alone", dict.fromkeys(SAID, ("{need}",)))
    with patch.object(places, "without_own_places", lambda text, _: text):
        _print_gains(searcher, needs, "of a town, which is searched", SAID)
    _print_gains(searcher, needs, "of a town, which is not searched", SAID)


def _print_gains(
    searcher: Searcher, needs: Sequence[JudgedNeed], name: str, forms: Mapping[str, Sequence[str]]
) -> None:
    gains: dict[str, list[float]] = {language: [] for language in SAID}
    for number, need in enumerate(needs):
        for language, text in need.texts.items():
            town = TOWNS_OF[language][number % len(TOWNS_OF[language])]
            for form in forms[language]:
                found = searcher.search(form.format(town=town, need=text.strip().rstrip(".!?")), k=K, abstain=False)
                gains[language].append(ndcg([hit.entry.id for hit in found], need.judgements, K))
    print(f"| {name} | " + " | ".join(f"{fmean(some):.3f}" for some in gains.values()) + " |")


def main() -> None:
    """Print the table that is asked for."""
    parser = make_parser(__doc__)
    parser.add_argument("--own", action="store_true", help="one's own town instead")
    options = parser.parse_args()
    searcher, evaluation = search.load(), search.default_corpus() / "evaluation"
    if options.own:
        own(searcher, list(read_plain(evaluation / "plain" / "tune.jsonl")))
    else:
        asked_about(searcher, evaluation)


def asked_about(searcher: Searcher, evaluation: Path) -> None:
    """Print what lifting practices towards the cases of a place that is asked about changes."""
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
