"""Compare what silence could be told by: fitted on some judged queries of the tuning half, asked of the others.

In scope are the situations that something answers, the short needs, and the words for a search box that something
answers; out of scope the other situations, the other words, and what is off topic. Each is rated by a model of seven
eighths of all, its other telling left out with it, in several draws.

Example:
    python -m scripts.bench.silence
"""

from __future__ import annotations

import random
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

import search
from search.building.fit_calibration import scored_query
from search.entries import LANGUAGES
from search.index.index import Index
from search.index.reading import load_index
from search.learning import calibration, relevance_model
from search.learning.calibration import Logistic, QueryEvidence, cheapest_cut
from search.library.judged_queries import read_judged_queries
from search.library.judged_sets import read_off_topic, read_plain, read_search_terms
from search.locations import default_corpus, default_index
from search.retrieval.abstention import query_evidence
from search.retrieval.query_vectors import encode
from search.text.query import parse

from .measuring import make_parser

FOLDS, DRAWS = 8, 6
"""Parts the queries are cut in, and how often they are cut anew."""

COSTS = (1.0, 1.5, 2.0, 4.0)
"""What an in-scope query without an answer may cost, beside an out-of-scope one that gets one."""

CONCENTRATIONS = (10.0, 15.0, 20.0, 25.0, 30.0, 40.0)


@dataclass(frozen=True)
class Asked:
    """A telling of a judged query.

    Attributes:
        name: Of the query.
        group: Column it counts in.
        in_scope: Whether something answers it.
        text: As it is typed.
        evidence: What was found.
    """

    name: str
    group: str
    in_scope: bool
    text: str
    evidence: QueryEvidence


Features = Callable[[QueryEvidence], Sequence[float]]

VARIANTS: dict[str, Features] = {
    "the library": lambda one: (one.top, one.gap, one.known, one.overlap),
    "nearest training query out of scope": lambda one: (one.out_of_scope,),
    "what training queries teach": lambda one: (one.answer, one.no_answer),
    "where they lie": lambda one: (one.leaning or 0.0,),
    "both, as it is": lambda one: one.features(),
    "both, and how many of its words the library uses": lambda one: (*one.features(), one.known),
    "both and the library": lambda one: (*one.features(), one.top, one.gap, one.known, one.overlap),
}


def texts_asked() -> Iterator[tuple[str, str, bool, str]]:
    """Yield name, group, whether something answers, and text of all that is asked."""
    folder = default_corpus() / "evaluation"
    for query in read_judged_queries(folder / "tune.jsonl"):
        yield from ((query.id, "situations", query.in_scope, query.texts[one]) for one in LANGUAGES)
    for need in read_plain(folder / "plain" / "tune.jsonl"):
        yield from ((need.id, "short needs", True, need.texts[one]) for one in LANGUAGES)
    for terms in read_search_terms(folder / "search-box" / "tune.jsonl"):
        yield from ((terms.id, "a few words", bool(terms.judgements), terms.texts[one]) for one in LANGUAGES)
    for item in read_off_topic(folder / "off-topic" / "tune.jsonl"):
        if item.category != "other-language":  # told by the language alone
            yield from ((item.id, "off topic", False, item.texts[one]) for one in LANGUAGES)


def ask(index: Index, encoder: search.Encoder) -> list[Asked]:
    """Ask all of it."""
    return [
        Asked(name, f"{group}, {'in' if inside else 'out of'} scope", inside, text, query_evidence(scored))
        for name, group, inside, text in texts_asked()
        for scored in [scored_query(index, encoder, text)]
    ]


def silenced(asked: Sequence[Asked], features: Features) -> dict[str, float]:
    """Return, by group, the share that gets no answer from models of the others."""
    rows = np.array([features(one.evidence) for one in asked])
    count: dict[str, list[bool]] = {}
    for draw in range(DRAWS):
        names = sorted({one.name for one in asked})
        random.Random(draw).shuffle(names)
        part = {name: number % FOLDS for number, name in enumerate(names)}
        parts = np.array([part[one.name] for one in asked])
        for fold in range(FOLDS):
            model, cut = _fitted(rows, [one.in_scope for one in asked], parts != fold)
            for row in np.flatnonzero(parts == fold):
                count.setdefault(asked[int(row)].group, []).append(model.probability(rows[row]) < cut)
    return {group: float(np.mean(silent)) for group, silent in count.items()}


def _fitted(rows: np.ndarray, truths: Sequence[bool], learned: np.ndarray) -> tuple[Logistic, float]:
    """Fit as a calibration is; where silence begins too."""
    truth = np.array(truths)
    model = Logistic.fit(rows[learned], truth[learned].tolist())
    probabilities = np.array([model.probability(row) for row in rows])
    return model, cheapest_cut(probabilities[learned & truth], probabilities[learned & ~truth])


def main() -> int:
    """Ask everything once, then print a row for each variant, each cost and each concentration of the kernels."""
    make_parser(__doc__).parse_args()
    encoder = search.SentenceEncoder()
    index = load_index(default_index(), encoder)
    asked = ask(index, encoder)
    groups = list(dict.fromkeys(one.group for one in asked))
    print(f"| share without an answer | {' | '.join(groups)} |\n|---|{'---|' * len(groups)}")
    for name, features in VARIANTS.items():
        _print(name, silenced(asked, features), groups)
    usual = calibration.IN_SCOPE_COST
    for cost in COSTS:
        calibration.IN_SCOPE_COST = cost
        _print(f"both, one in scope costs {cost:g}", silenced(asked, VARIANTS["both, as it is"]), groups)
    calibration.IN_SCOPE_COST = usual
    vectors = [encode(parse(one.text), encoder).vector for one in asked]
    for concentration in CONCENTRATIONS:
        relevance_model.CONCENTRATION = concentration
        moved = [
            replace(one, evidence=replace(one.evidence, leaning=index.relevance.leaning(vector)))
            for one, vector in zip(asked, vectors, strict=True)
        ]
        _print(f"both, concentration {concentration:g}", silenced(moved, VARIANTS["both, as it is"]), groups)
    return 0


def _print(name: str, found: Mapping[str, float], groups: Sequence[str]) -> None:
    print(f"| {name} | {' | '.join(f'{found[group]:.3f}' for group in groups)} |", flush=True)


if __name__ == "__main__":
    sys.exit(main())
