"""Fit how likely an entry of a library beside the shipped one is meant, on the tuning halves.

The own library of `scripts.bench.side_by_side` is asked its situations, whose best own entry is meant, and what the
shipped library was judged on, where none is. How much all of them count against each other is then chosen: the cut
with which own answers come first most often while the shipped library loses at most LOSS.

Example:
    python -m scripts.bench.fit_beside            # print the model and the table of cuts
    python -m scripts.bench.fit_beside --write    # and write search/retrieval/beside.json
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import asdict, replace
from pathlib import Path

import numpy as np

import search
from search.building.fit_calibration import scored_query
from search.evaluation.variants import with_signals
from search.learning.calibration import Logistic
from search.library.judged_sets import read_letters, read_plain
from search.retrieval import beside
from search.retrieval.features import Features
from search.retrieval.signals import SIGNALS, Signal, TrainingQueries, fuse

from .measuring import make_parser
from .side_by_side import OWN, first_share, made, mean_ndcg

LOSS = 0.01
"""Of nDCG@10 that the shipped library may lose on its situations."""

CUTS = tuple(np.arange(-3.0, 3.01, 0.5).tolist())
"""Added to the intercept, one after the other."""


def main() -> int:
    """Fit, print, write."""
    parser = make_parser(__doc__)
    parser.add_argument("--write", action="store_true", help="write the model into the package")
    parser.add_argument("--keep", type=Path, help="keep the two indexes in this folder, and use those it has")
    options = parser.parse_args()
    encoder = search.SentenceEncoder()
    with tempfile.TemporaryDirectory() as spare:
        folder = options.keep or Path(spare)
        alone = made((search.default_corpus(),), folder / "shipped", encoder)
        both = made((search.default_corpus(), OWN), folder / "both", encoder)
    situations = search.read_judged_queries(OWN.with_name("own_situations.tune.jsonl"))
    judged = search.read_judged_queries(search.default_corpus() / "evaluation" / "tune.jsonl")
    inside = [query for query in judged if query.in_scope]
    own = [text for query in situations for text in query.texts.values()]
    fitted = fit(both, own, list(shipped_texts(inside)))
    least = mean_ndcg(alone, inside)[0] - LOSS
    print(json.dumps(asdict(fitted)))
    print(f"The shipped library alone: {least + LOSS:.3f}\n\n| cut | own first | shipped nDCG@10 |\n|---|---|---|")
    chosen, most = fitted, -1.0
    for cut in CUTS:
        model = replace(fitted, intercept=fitted.intercept + cut)
        asked = with_signals(both, with_model(model))
        first, shipped = first_share(asked, situations), mean_ndcg(asked, inside)[0]
        print(f"| {cut:+.1f} | {first:.3f} | {shipped:.3f} |", flush=True)
        if shipped >= least and first > most:
            chosen, most = model, first
    if options.write:
        beside.FITTED.write_text(json.dumps(asdict(chosen), indent=1) + "\n", encoding="utf-8")
    return 0


def with_model(model: Logistic) -> list[Signal]:
    """Return the ranking with another model of what is meant beside."""
    return [replace(one, meant=model) if isinstance(one, TrainingQueries) else one for one in SIGNALS]


def shipped_texts(inside: Sequence[search.JudgedQuery]) -> Iterator[str]:
    """Yield what the shipped library answers: situations, short needs, concerns of letters."""
    folder = search.default_corpus() / "evaluation"
    for situation in inside:
        yield from situation.texts.values()
    for need in read_plain(folder / "plain" / "tune.jsonl"):
        yield from need.texts.values()
    for letter in read_letters(folder / "letters" / "tune.jsonl"):
        yield from (concern.words for concern in letter.concerns)


def fit(both: search.Searcher, own: Sequence[str], shipped: Sequence[str]) -> Logistic:
    """Fit on the own entry that stands highest in meaning and words for each text."""
    rows = np.array([_evidence(scored_query(both.index, both.encoder, text).features) for text in (*own, *shipped)])
    return Logistic.fit(rows, [True] * len(own) + [False] * len(shipped))


def _evidence(features: Features) -> np.ndarray:
    """Return the evidence of the best entry beside, shape (n_features,)."""
    before = SIGNALS[: [type(one) for one in SIGNALS].index(TrainingQueries)]
    scores = fuse(features, before)
    best = int(np.argmax(np.where(features.untaught, scores, -np.inf)))
    row: np.ndarray = beside.BesideEvidence.of(scores, features).rows()[best]
    return row


if __name__ == "__main__":
    sys.exit(main())
