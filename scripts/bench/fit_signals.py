"""Fit the weights of the signals on the tuning halves: situations, short needs, concerns of letters, behaviour checks.

One weight after the other takes the value of a short list that ranks best, until none changes. What counts is the mean
over the sets: of nDCG@10, of the share of the checks that pass, and of the share of the first ten that the French and
the English telling of a situation or a need have in common. The situations are asked without training queries too,
which libraries of one's own have not. Fitted on four fifths of what is asked and measured
on the fifth left out, in turn, the same search says what the fit is worth on queries it has not seen.

Example:
    python -m scripts.bench.fit_signals            # print the table
    python -m scripts.bench.fit_signals --promise  # those of a finer grid with which the promise on examples holds
    python -m scripts.bench.fit_signals --write    # and write search/retrieval/weights.json; raise FORMAT in index.py
"""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import product
from pathlib import Path
from statistics import fmean

import numpy as np

import search
from page.messages import MESSAGES
from search.building.fit_calibration import scored_query
from search.entries import LANGUAGES
from search.evaluation.behaviour_checks import read_checks
from search.evaluation.metrics import ndcg
from search.evaluation.variants import taught_by
from search.library.judged_sets import read_letters, read_plain
from search.library.training_queries import read_training_queries
from search.retrieval.features import Features
from search.retrieval.fusion import best_first
from search.retrieval.signals import SIGNALS, WEIGHTS, Meaning, Signal, TrainingQueries, fuse, weights_of, with_weights

from .measuring import K, make_parser
from .page import SITUATIONS

TRIED: Mapping[str, Sequence[float]] = {
    "words": (0.0, 0.1, 0.2, 0.25, 0.3, 0.45),
    "training queries": (0.8, 1.3, 1.8, 2.5, 3.5, 5.0),
    "links": (0.0, 0.15, 0.3, 0.35, 0.4, 0.45, 0.5, 0.6),
    "related entries": (0.0, 0.15, 0.3, 0.35, 0.4, 0.45, 0.5, 0.6),
    "titles": (0.3, 0.6, 1.0, 2.0, 3.0),
    "term overlap": (0.0, 1.0, 2.0, 4.0, 8.0, 12.0),
}
"""Values of each weight; that of quoted phrases, which are one kind of check only, stays as it is."""

GRID: Mapping[str, Sequence[float]] = {
    "words": (0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35),
    "training queries": (2.5, 3.0, 3.5, 4.25, 5.0),
    "links": (0.35, 0.4, 0.45, 0.5),
    "related entries": (0.25, 0.3, 0.35, 0.4, 0.45),
}
"""The finer grid around the places where the search for weights ends; the others stay as they are in use."""

PROMISED, MOST_SHOWN = 8, 12
"""Of the first ten, what the examples of the page share between their tellings, on average; rows of the grid shown."""

FOLDS, LEAST = 5, 1e-4
"""Parts of what is asked; a gain below LEAST is none."""

UNTAUGHT = "situations without training queries"

NEW, ONE_IN = "situations, a fifth of the entries new", 5
"""The situations once more, where no training query names one entry in ONE_IN, as if these had come later."""

FEW = (0.0, 5.0, 10.0, 20.0, 40.0, 80.0)
"""What is tried of how many training queries say half of what there is to say of an entry (`TrainingQueries.few`)."""

MEANS = (0.0, 0.3, 0.6, 1.0)
"""What is tried of how far an entry is drawn to the mean of its texts (`Meaning.mean`)."""

TOLD_TWICE = ("situations", "plain")
"""Sets whose texts are told in both languages."""

Gain = Callable[[Sequence[str]], float]

Weights = tuple[float, ...]
"""One for each of TRIED, in its order."""


@dataclass(frozen=True)
class Asked:
    """One text of a set.

    Attributes:
        set_name: Which set.
        owner: What it tells; both tellings of a need have the same.
        gain: What an order of ids, best first, is worth, 0 to 1.
        features: What the signals read.
    """

    set_name: str
    owner: str
    gain: Gain
    features: Features


def texts(corpus: Path) -> Iterator[tuple[str, str, str, Gain]]:
    """Yield set, owner, text and gain for everything that is asked."""
    folder = corpus / "evaluation"
    situations = [one for one in search.read_judged_queries(folder / "tune.jsonl") if one.in_scope]
    for name, rows in (
        ("situations", situations),
        (UNTAUGHT, situations),
        (NEW, situations),
        ("plain", read_plain(folder / "plain" / "tune.jsonl")),
    ):
        for row in rows:
            yield from ((name, row.id, row.texts[language], _graded(row.judgements)) for language in LANGUAGES)
    for letter in read_letters(folder / "letters" / "tune.jsonl"):
        yield from (("concerns", letter.id, one.words, _graded(one.judgements)) for one in letter.concerns)
    for check in read_checks(folder / "checks" / "tune.jsonl"):
        yield from (("checks", check.id, check.texts[language], check.passed) for language in LANGUAGES)


def _shared(told: Sequence[set[str]]) -> float:
    return len(set.intersection(*told)) / K


def _graded(judgements: Mapping[str, int]) -> Gain:
    return lambda ranked: ndcg(ranked, judgements, K)


class Fit:
    """Searches for weights; what a text ranks with some weights is worked out once."""

    def __init__(self, searcher: search.Searcher, asked: Sequence[Asked], signals: Sequence[Signal] = SIGNALS) -> None:
        """Take what is asked, of what, and the signals to weigh."""
        self._ids, self.asked, self._signals = searcher.index.metadata.ids, asked, signals
        self._gains = cache(self._measure)

    def _measure(self, weights: Weights) -> np.ndarray:
        """Return the gain of each text and what it shares with the other telling (NaN), shape (n_asked, 2)."""
        signals = with_weights(self._signals, dict(zip(TRIED, weights, strict=True)))
        untaught = [signal for signal in signals if not isinstance(signal, TrainingQueries)]
        orders = (
            best_first(fuse(one.features, untaught if one.set_name == UNTAUGHT else signals), K) for one in self.asked
        )
        ranked = [[self._ids[row] for row in order] for order in orders]
        told: dict[tuple[str, str], list[set[str]]] = {}
        for one, ids in zip(self.asked, ranked, strict=True):
            told.setdefault((one.set_name, one.owner), []).append(set(ids))
        gains = [float(one.gain(ids)) for one, ids in zip(self.asked, ranked, strict=True)]
        shared = [
            _shared(told[one.set_name, one.owner]) if one.set_name in TOLD_TWICE else np.nan for one in self.asked
        ]
        return np.array([gains, shared]).T

    def worth(self, weights: Weights, rows: Collection[int]) -> dict[str, float]:
        """Return the mean of each set over some of the texts."""
        return self._means(self._gains(weights)[list(rows)], [self.asked[row].set_name for row in rows])

    def _means(self, gains: np.ndarray, names: Sequence[str]) -> dict[str, float]:
        """Return the mean of each set over gains of shape (n, 2), and of what tellings share."""
        of = np.array(names)
        return {name: float(gains[of == name, 0].mean()) for name in dict.fromkeys(names)} | {
            "shared by both tellings": float(np.nanmean(gains[:, 1]))
        }

    def best(self, start: Weights, rows: Collection[int]) -> Weights:
        """Return the weights that rank some of the texts best, one changed after the other."""
        found, before = start, None
        while found != before:
            before = found
            for position, values in enumerate(TRIED.values()):
                for value in values:
                    other = (*found[:position], value, *found[position + 1 :])
                    if self._total(other, rows) > self._total(found, rows) + LEAST:
                        found = other
        return found

    def _total(self, weights: Weights, rows: Collection[int]) -> float:
        return fmean(self.worth(weights, rows).values())

    def cross_validated(self, start: Weights) -> dict[str, float]:
        """Return the mean of each set where every text is ranked by weights fitted without its fold."""
        owners = sorted({one.owner for one in self.asked})
        fold = {owner: number % FOLDS for number, owner in enumerate(owners)}
        unseen = np.zeros((len(self.asked), 2))
        for left_out in range(FOLDS):
            inside = [row for row, one in enumerate(self.asked) if fold[one.owner] != left_out]
            outside = [row for row, one in enumerate(self.asked) if fold[one.owner] == left_out]
            unseen[outside] = self._gains(self.best(start, inside))[outside]
        return self._means(unseen, [one.set_name for one in self.asked])


def main() -> int:
    """Print what the weights in use, the fitted ones and these on unseen queries are worth."""
    parser = make_parser(__doc__)
    parser.add_argument("--write", action="store_true", help="write the fitted weights into the package")
    parser.add_argument("--few", action="store_true", help="print what `few` of training queries is worth instead")
    parser.add_argument("--mean", action="store_true", help="print what `mean` of meaning is worth instead")
    parser.add_argument("--promise", action="store_true", help="print what keeps the promise on examples instead")
    options = parser.parse_args()
    searcher = search.load()
    newer = with_new_entries(searcher)
    asked = [
        Asked(
            name, owner, gain, scored_query((newer if name == NEW else searcher).index, searcher.encoder, text).features
        )
        for name, owner, text, gain in texts(search.default_corpus())
    ]
    if options.few:
        print_few(searcher, asked)
    if options.mean:
        print_mean(searcher, asked)
    if options.promise:
        print_promise(searcher, asked)
    if options.few or options.mean or options.promise:
        return 0
    fit, everything = Fit(searcher, asked), range(len(asked))
    in_use = weights_of(SIGNALS)
    start = tuple(in_use[name] for name in TRIED)
    fitted = fit.best(start, everything)
    rows = {"in use": fit.worth(start, everything), "fitted": fit.worth(fitted, everything)}
    print_rows(rows | {"fitted without the query's fifth": fit.cross_validated(start)})
    weights = in_use | dict(zip(TRIED, fitted, strict=True))
    print(json.dumps(weights))
    if options.write:
        WEIGHTS.write_text(json.dumps(weights, indent=1) + "\n", encoding="utf-8")
    return 0


def with_new_entries(searcher: search.Searcher) -> search.Searcher:
    """Return a searcher taught by training queries of which none names one entry in ONE_IN, drawn once."""
    new = set(random.Random(ONE_IN).sample(searcher.index.metadata.ids, len(searcher.entries) // ONE_IN))
    left = [
        replace(query, entries=names)
        for query in read_training_queries(search.default_corpus())
        if (names := tuple(name for name in query.entries if name not in new)) or not query.entries
    ]
    return taught_by(searcher, left)


def print_few(searcher: search.Searcher, asked: Sequence[Asked]) -> None:
    """Print what each of FEW is worth with the weights in use."""
    print_tried(searcher, asked, {f"few {few:.0f}": changed(TrainingQueries, few=few) for few in FEW})


def print_mean(searcher: search.Searcher, asked: Sequence[Asked]) -> None:
    """Print what each of MEANS is worth with the weights in use."""
    print_tried(searcher, asked, {f"mean {mean}": changed(Meaning, mean=mean) for mean in MEANS})


def changed(kind: type[Signal], **values: float) -> list[Signal]:
    """Return the signals in use, with other values of the fields of one kind."""
    return [replace(one, **values) if isinstance(one, kind) else one for one in SIGNALS]


def print_tried(searcher: search.Searcher, asked: Sequence[Asked], tried: Mapping[str, Sequence[Signal]]) -> None:
    """Print what the signals of each name are worth with the weights in use."""
    in_use = tuple(weights_of(SIGNALS)[name] for name in TRIED)
    print_rows({name: Fit(searcher, asked, some).worth(in_use, range(len(asked))) for name, some in tried.items()})


def print_promise(searcher: search.Searcher, asked: Sequence[Asked]) -> None:
    """Print what the weights in use are worth, and the best of the finer grid with which the examples share enough."""
    told = [
        [scored_query(searcher.index, searcher.encoder, MESSAGES[language][key]).features for language in LANGUAGES]
        for key in SITUATIONS
    ]
    fit, in_use = Fit(searcher, asked), tuple(weights_of(SIGNALS)[name] for name in TRIED)
    tried = (dict(zip(GRID, values, strict=True)) for values in product(*GRID.values()))
    grid = [tuple({**dict(zip(TRIED, in_use, strict=True)), **some}.values()) for some in tried]
    kept = {weights: count for weights in grid if (count := examples_shared(weights, told)) >= PROMISED * len(told)}
    best = sorted(kept, key=lambda weights: -fmean(fit.worth(weights, range(len(asked))).values()))[:MOST_SHOWN]
    print("| " + " | ".join(TRIED) + " | examples share | mean of the sets |\n" + "|---" * (len(TRIED) + 2) + "|")
    for weights in (in_use, *best):
        mean = fmean(fit.worth(weights, range(len(asked))).values())
        print(f"| {' | '.join(map(str, weights))} | {examples_shared(weights, told)} | {mean:.4f} |")


def examples_shared(weights: Weights, told: Sequence[Sequence[Features]]) -> int:
    """Return how many of the first ten both tellings of each example have in common, all together."""
    signals = with_weights(SIGNALS, dict(zip(TRIED, weights, strict=True)))
    orders = ([set(best_first(fuse(one, signals), K)) for one in tellings] for tellings in told)
    return sum(len(set.intersection(*both)) for both in orders)


def print_rows(rows: Mapping[str, Mapping[str, float]]) -> None:
    """Print the means of each set as a Markdown table."""
    heads = next(iter(rows.values()))
    print("| tuning halves | " + " | ".join(heads) + " |")
    print("|---" * (1 + len(heads)) + "|")
    for name, means in rows.items():
        print(f"| {name} | " + " | ".join(f"{mean:.3f}" for mean in means.values()) + " |")


if __name__ == "__main__":
    sys.exit(main())
