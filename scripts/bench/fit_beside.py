"""Fit what tells that an entry of a library beside is meant, on the tuning halves.

A logistic model is fitted on the right entry of each own situation (``own_situations.tune.jsonl``) and, of each judged
situation and short need of the shipped library, on the own entries nearest to it that do not answer it
(``own_answers.tune.jsonl``). How much steeper it is made, from which of its values an entry is likelier meant than not,
and what one gains that surely is, are chosen as they rank: of what loses at most LOSS of the shipped nDCG@10, that with
most own situations whose answer is the first of its kind. Every query is ranked by a model of four fifths of the
others; its two tellings stay together.

Example:
    python -m scripts.bench.fit_beside            # print the table
    python -m scripts.bench.fit_beside --write    # and write search/retrieval/beside.json
"""

from __future__ import annotations

import dataclasses
import json
import random
import sys
import tempfile
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from statistics import fmean

import numpy as np

import search
from search.building.fit_calibration import scored_query
from search.evaluation.metrics import ndcg
from search.learning.calibration import Logistic
from search.library.judged_sets import read_plain
from search.locations import SHIPPED
from search.retrieval.beside import FITTED, MeantBeside
from search.retrieval.features import Features
from search.retrieval.fusion import ahead_of_best, best_first
from search.retrieval.signals import SIGNALS, TrainingQueries, fuse

from .measuring import K, make_parser
from .side_by_side import OWN, answering_too, judged_queries, made

LOSS = 0.01
"""Of the shipped nDCG@K, with everything let through and own entries that answer passed over."""

NEAREST = 3
"""Own entries of a query of the shipped library that the model is shown."""

FOLDS = 5

STEEPER, FROM, MORE = (1.0, 2.0, 3.0), (0.5, 0.65, 0.8, 0.95, 1.1), (0.2, 0.4, 0.6, 0.8)
"""What is tried: times the fitted weights; the fitted value from which an entry is likelier meant than not; what one
gains more than the likeliest that is surely meant."""


@dataclass(frozen=True)
class Asked:
    """A telling of a query and what is known of it.

    Attributes:
        group: ``own``, ``situations`` or ``plain``.
        fold: In which fifth its query is.
        judgements: Entry to grade.
        passed_over: Own entries that answer a query of the shipped library.
        features: What signals read.
    """

    group: str
    fold: int
    judgements: Mapping[str, int]
    passed_over: Collection[str]
    features: Features


@dataclass(frozen=True)
class Figures:
    """What a model is worth.

    Attributes:
        own: Share of the own situations whose answer is the first of its kind.
        situations: nDCG@K of the judged situations.
        passed: The same with the own entries that answer passed over.
        plain: nDCG@K of the short needs.
    """

    own: float
    situations: float
    passed: float
    plain: float


@dataclass(frozen=True)
class Library:
    """Both libraries by rows: ids, kinds, and which entries are own ones."""

    ids: Sequence[str]
    kinds: np.ndarray
    own: np.ndarray


def main() -> int:
    """Build, fit, print; write when asked to."""
    parser = make_parser(__doc__)
    parser.add_argument("--write", action="store_true", help="write search/retrieval/beside.json")
    parser.add_argument("--keep", type=Path, help="keep the index in this folder, and use the one it has")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as spare:
        folder = (options.keep or Path(spare)) / "both"
        both = made((search.default_corpus(), OWN), folder, search.SentenceEncoder())
        asked, library = list(asked_of(both)), library_of(both)
    folds = [fitted(asked, library, leaving=fold) for fold in range(FOLDS)]
    chosen = print_table(asked, library, folds)
    everything = fitted(asked, library, leaving=None)
    model = sharpened(everything, *chosen)
    print(f"\n{json.dumps(dataclasses.asdict(model))}")
    if options.write:
        FITTED.write_text(json.dumps(dataclasses.asdict(model), indent=1) + "\n", encoding="utf-8")
    return 0


def library_of(both: search.Searcher) -> Library:
    """Return the rows of both libraries."""
    own = np.array([entry.library != SHIPPED for entry in both.entries])
    return Library(both.index.metadata.ids, np.array([entry.kind for entry in both.entries]), own)


def asked_of(both: search.Searcher) -> Iterator[Asked]:
    """Ask the tuning halves: own situations, judged ones, short needs."""
    plain = read_plain(search.default_corpus() / "evaluation" / "plain" / "tune.jsonl")
    own = search.read_judged_queries(OWN.with_name("own_situations.tune.jsonl"))
    situations = [query for query in judged_queries("tune") if query.in_scope]
    passed, drawn = answering_too("tune"), random.Random(1)
    for group, queries in (("own", own), ("situations", situations), ("plain", plain)):
        for query in queries:
            fold = drawn.randrange(FOLDS)
            for text in query.texts.values():
                features = scored_query(both.index, both.encoder, text).features
                yield Asked(group, fold, query.judgements, passed.get(query.id, ()), features)


def numbers(features: Features) -> np.ndarray:
    """Return what the model reads of each entry, shape (n_entries, 3)."""
    ahead, overlaps = ahead_of_best(features.said_cosines), features.telling_overlaps
    return np.stack([ahead, overlaps, np.full(len(ahead), features.no_answer)], axis=1)


def fitted(asked: Sequence[Asked], library: Library, *, leaving: int | None) -> MeantBeside:
    """Fit the model on all queries but those of a fold."""
    rows, truths = [], []
    for one in asked:
        if one.fold != leaving:
            shown = np.flatnonzero(np.isin(library.ids, list(one.judgements)) & library.own)
            if one.group != "own":
                wrong = library.own & ~np.isin(library.ids, list(one.passed_over))
                shown = best_first(np.where(wrong, one.features.said_cosines, -np.inf), NEAREST)
            rows.append(numbers(one.features)[shown])
            truths += [one.group == "own"] * len(shown)
    model = Logistic.fit(np.concatenate(rows), truths)
    ahead, overlap, no_answer = model.weights
    return MeantBeside(model.intercept, ahead, overlap, no_answer, more=0.0)


def sharpened(model: MeantBeside, steeper: float, least: float, more: float) -> MeantBeside:
    """Make a model steeper, a half at ``least``; see STEEPER."""
    return MeantBeside(
        intercept=round(steeper * (model.intercept - least), 3),
        ahead=round(steeper * model.ahead, 3),
        overlap=round(steeper * model.overlap, 3),
        no_answer=round(steeper * model.no_answer, 3),
        more=more,
    )


def figures(asked: Sequence[Asked], library: Library, models: Sequence[MeantBeside] | None) -> Figures:
    """Rank everything by the model of each fold, or with own entries gaining nothing when None."""
    found: dict[str, list[float]] = {"own": [], "situations": [], "plain": [], "passed": []}
    for one in asked:
        meant = TrainingQueries(beside=0.0) if models is None else TrainingQueries(meant=models[one.fold])
        signals = [
            dataclasses.replace(meant, weight=signal.weight) if isinstance(signal, TrainingQueries) else signal
            for signal in SIGNALS
        ]
        scores = fuse(one.features, signals)
        if one.group == "own":
            found["own"].append(is_first(scores, library, one.judgements))
            continue
        order = [library.ids[row] for row in np.argsort(-scores, kind="stable")]
        found[one.group].append(ndcg(tuple(order[:K]), one.judgements, K))
        if one.group == "situations":
            left = [name for name in order if name not in one.passed_over][:K]
            found["passed"].append(ndcg(tuple(left), one.judgements, K))
    return Figures(**{name: fmean(values) for name, values in found.items()})


def is_first(scores: np.ndarray, library: Library, judgements: Mapping[str, int]) -> bool:
    """Say whether the right entry is the first of its kind."""
    best = np.isin(library.ids, [name for name, grade in judgements.items() if grade == max(judgements.values())])
    of_kind = np.isin(library.kinds, library.kinds[best])
    return bool(best[np.argmax(np.where(of_kind, scores, -np.inf))])


def print_table(asked: Sequence[Asked], library: Library, folds: Sequence[MeantBeside]) -> tuple[float, float, float]:
    """Print what each way of making the models steeper is worth, and return the best."""
    print("| steeper | from | more | own first | shipped | own answers passed over | short needs |\n|" + "---|" * 7)
    alone = figures(asked, library, None)
    _print_row(("own entries gain nothing", "", ""), alone)
    best, chosen = -1.0, (STEEPER[0], FROM[-1], MORE[0])
    for steeper, more, least in product(STEEPER, MORE, FROM):
        found = figures(asked, library, [sharpened(model, steeper, least, more) for model in folds])
        _print_row((steeper, least, more), found)
        if found.passed >= alone.passed - LOSS and found.own > best:
            best, chosen = found.own, (steeper, least, more)
    return chosen


def _print_row(names: Sequence[object], found: Figures) -> None:
    values = (found.own, found.situations, found.passed, found.plain)
    print(f"| {' | '.join(map(str, names))} | " + " | ".join(f"{value:.4f}" for value in values) + " |", flush=True)


if __name__ == "__main__":
    sys.exit(main())
