"""Measure a library of one's own beside the shipped one: do its answers come first, and does the shipped one lose?

The own library is that of an invented town (``own_library.jsonl``: 300 rows, most of them in French only). What it
answers is in ``own_situations.tune.jsonl`` and ``own_situations.report.jsonl``; the shipped library is asked its judged
queries of the same half, for which every entry of the town counts as wrong. Which of them do answer is in
``own_answers.tune.jsonl`` and ``own_answers.report.jsonl``: in one more column these are passed over.

Example:
    python -m scripts.bench.side_by_side                   # the tuning half: what a weight is chosen on
    python -m scripts.bench.side_by_side --half report
    python -m scripts.bench.side_by_side --every-entry     # also for held-out shipped entries (minutes)
"""

from __future__ import annotations

import dataclasses
import json
import random
import shutil
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean

import numpy as np

import search
from search.building.builder import build
from search.evaluation.metrics import ndcg
from search.evaluation.variants import with_signals
from search.index.index import Index
from search.index.reading import load_index
from search.learning.relevance_model import RelevanceModel
from search.library.judged_queries import HALVES
from search.library.training_queries import read_training_queries
from search.locations import SHIPPED
from search.retrieval.signals import SIGNALS, Signal, TrainingQueries

from .measuring import make_parser

OWN = Path(__file__).with_name("own_library.jsonl")

HELD_OUT = 160
"""Shipped entries that no training query may name, for measuring a library of one's own on the shipped subject."""

K = 10


@dataclass(frozen=True)
class Row:
    """A line of the table; shares and means, 0 to 1.

    Attributes:
        name: Which ranking.
        first: Own situations whose answer is the first of its kind.
        with_filter: The same with the own library alone let through.
        shipped: nDCG@10 of the judged queries of the shipped library, everything let through.
        passed_over: The same with the own entries that answer passed over.
        shipped_filter: The same with the shipped library alone let through.
        own_among: Of the first ten for these, how many are own ones, in the mean.
    """

    name: str
    first: float
    with_filter: float
    shipped: float
    passed_over: float
    shipped_filter: float
    own_among: float


def main() -> int:
    """Build, ask, print."""
    parser = make_parser(__doc__)
    parser.add_argument("--half", choices=HALVES, default="tune", help="which situations (default: %(default)s)")
    parser.add_argument("--every-entry", action="store_true", help="measure with held-out shipped entries instead")
    parser.add_argument("--keep", type=Path, help="keep the three indexes in this folder, and use those it has")
    options = parser.parse_args()
    encoder = search.SentenceEncoder()
    judged = [query for query in judged_queries(options.half) if query.in_scope]
    if options.every_entry:
        print_held_out(search.load(), judged)
        return 0
    situations = search.read_judged_queries(OWN.with_name(f"own_situations.{options.half}.jsonl"))
    with tempfile.TemporaryDirectory() as spare:
        folder = options.keep or Path(spare)
        alone = made((search.default_corpus(),), folder / "shipped", encoder)
        own = made((OWN,), folder / "own", encoder)
        both = made((search.default_corpus(), OWN), folder / "both", encoder)
    print(f"Own library alone: {first_share(own, situations):.3f} of {2 * len(situations)} first of their kind")
    print(f"Shipped library alone: nDCG@{K} {mean_ndcg(alone, judged, {})[0]:.4f}\n")
    print_rows(rows(both, situations, judged, answering_too(options.half)))
    everything = judged_queries(options.half)
    print(f"\nSilence beside: {silence(both, everything)}; own answers silenced: {silenced(both, situations)}")
    print(f"Silence alone: {silence(alone, everything)}")
    return 0


def judged_queries(half: str) -> Sequence[search.JudgedQuery]:
    """Read the judged queries of a half of the shipped library."""
    return search.read_judged_queries(search.default_corpus() / "evaluation" / f"{half}.jsonl")


def answering_too(half: str) -> Mapping[str, Sequence[str]]:
    """Read which own entries do answer judged queries of the shipped library, by the ids of these."""
    lines = OWN.with_name(f"own_answers.{half}.jsonl").read_text(encoding="utf-8").splitlines()
    return {row["id"]: row["answers"] for row in map(json.loads, lines)}


def made(corpora: Sequence[Path], folder: Path, encoder: search.Encoder) -> search.Searcher:
    """Build an index of some libraries unless it is there, with the vectors that the usual index knows already."""
    known = search.default_index() / "embeddings.sqlite"
    if known.exists() and not folder.exists():
        folder.mkdir(parents=True)
        shutil.copy(known, folder / known.name)
    if not search.is_current(corpora, folder, encoder):
        build(corpora, folder, encoder=encoder)
    return search.Searcher(load_index(folder, encoder), encoder)


def variants() -> Iterator[tuple[str, Sequence[Signal]]]:
    """Give the rankings that are compared."""
    yield (
        "training queries lift shipped entries only",
        [dataclasses.replace(one, beside=0.0) if isinstance(one, TrainingQueries) else one for one in SIGNALS],
    )
    yield "no training queries", [one for one in SIGNALS if not isinstance(one, TrainingQueries)]
    yield "as it is", SIGNALS


def rows(
    both: search.Searcher,
    situations: Sequence[search.JudgedQuery],
    judged: Sequence[search.JudgedQuery],
    passed: Mapping[str, Sequence[str]],
) -> list[Row]:
    """Measure every ranking; ``passed`` is what `answering_too` reads."""
    found = []
    for name, signals in variants():
        searcher = with_signals(both, signals)
        shipped, passed_over, own_among = mean_ndcg(searcher, judged, passed)
        found.append(
            Row(
                name=name,
                first=first_share(searcher, situations),
                with_filter=first_share(searcher, situations, libraries={OWN.stem}),
                shipped=shipped,
                passed_over=passed_over,
                shipped_filter=mean_ndcg(searcher, judged, {}, libraries={SHIPPED})[0],
                own_among=own_among,
            )
        )
    return found


def first_share(
    searcher: search.Searcher, situations: Sequence[search.JudgedQuery], *, libraries: set[str] | None = None
) -> float:
    """Return the share of situations, in both languages, whose answer comes first among the entries of its kind."""
    found = []
    for query in situations:
        best = {name for name, grade in query.judgements.items() if grade == max(query.judgements.values())}
        kinds = {searcher.entry(name).kind for name in best}
        for text in query.texts.values():
            hits = searcher.search(text, k=1, abstain=False, kinds=kinds, libraries=libraries).hits
            found.append(bool(hits) and hits[0].entry.id in best)
    return fmean(found)


def mean_ndcg(
    searcher: search.Searcher,
    judged: Sequence[search.JudgedQuery],
    passed: Mapping[str, Sequence[str]],
    *,
    libraries: set[str] | None = None,
) -> tuple[float, float, float]:
    """Return the mean nDCG@K of queries, the same with some entries passed over, and how many of K are not shipped.

    Args:
        searcher: What is asked.
        judged: The queries.
        passed: Of each, by its id, the entries that are passed over.
        libraries: Those that are let through; all when None.
    """
    values, without, strangers = [], [], []
    for query in judged:
        over = passed.get(query.id, ())
        for text in query.texts.values():
            hits = searcher.search(text, k=K + len(over), abstain=False, libraries=libraries).hits
            found = [hit.entry.id for hit in hits]
            values.append(ndcg(tuple(found[:K]), query.judgements, K))
            without.append(ndcg(tuple([name for name in found if name not in over][:K]), query.judgements, K))
            strangers.append(sum(hit.entry.library != SHIPPED for hit in hits[:K]))
    return fmean(values), fmean(without), fmean(strangers)


def silence(searcher: search.Searcher, judged: Sequence[search.JudgedQuery]) -> str:
    """Say which share of the queries in and out of scope no shipped entry answers."""
    shares = []
    for inside in (True, False):
        texts = [text for query in judged if query.in_scope is inside for text in query.texts.values()]
        answers = [any(hit.entry.library == SHIPPED for hit in searcher.search(text, k=50).hits) for text in texts]
        shares.append(f"{'in' if inside else 'out of'} scope {1 - fmean(answers):.3f} of {len(texts)}")
    return ", ".join(shares)


def silenced(searcher: search.Searcher, situations: Sequence[search.JudgedQuery]) -> str:
    """Say which share of own situations no own entry answers."""
    texts = [text for query in situations for text in query.texts.values()]
    answers = [any(hit.entry.library != SHIPPED for hit in searcher.search(text, k=50).hits) for text in texts]
    return f"{1 - fmean(answers):.3f} of {len(texts)}"


def print_rows(found: Sequence[Row]) -> None:
    """Print the table."""
    print(
        "| ranking | own first | with the filter | shipped nDCG@10 | own answers passed over | with the filter "
        "| own in ten |\n|" + "---|" * 7
    )
    for row in found:
        values = [row.first, row.with_filter, row.shipped, row.passed_over, row.shipped_filter, row.own_among]
        print(f"| {row.name} | " + " | ".join(f"{value:.3f}" for value in values) + " |")


# ---- Held-out entries ----------------------------------------------------------------------------------------


def print_held_out(searcher: search.Searcher, judged: Sequence[search.JudgedQuery]) -> None:
    """Print nDCG@K when some entries are of a library that no training query names."""
    print("| drawn | " + " | ".join(name for name, _ in variants()) + " |\n|" + "---|" * (1 + len(list(variants()))))
    for seed in (1, 2):
        index = held_out(searcher.index, seed)
        cells = []
        for _, signals in variants():
            cells.append(f"{mean_ndcg(search.Searcher(index, searcher.encoder, signals=signals), judged, {})[0]:.4f}")
        print(f"| {seed} | " + " | ".join(cells) + " |", flush=True)


def held_out(index: Index, seed: int) -> Index:
    """Return the index with HELD_OUT entries as a library of their own that training queries know nothing of."""
    ids, model = index.metadata.ids, index.relevance
    held = set(random.Random(seed).sample(list(ids), HELD_OUT))
    texts = [text for query in read_training_queries(search.default_corpus()) for text in query.texts.values()]
    rows = [row for row, names in enumerate(model.answers) if not names or set(names) - held]
    answers = [[name for name in model.answers[row] if name not in held] for row in rows]
    vectors = model.vectors[rows].astype(np.float32)
    taught = RelevanceModel.fit(vectors, [texts[row] for row in rows], answers, list(ids))
    library = np.array([[int(name in held)] for name in ids], dtype=np.int32)
    values = {**index.metadata.values, "libraries": (SHIPPED, "held out")}
    columns = {**index.metadata.columns, "libraries": library}
    metadata = dataclasses.replace(index.metadata, values=values, columns=columns)
    return dataclasses.replace(index, metadata=metadata, relevance=taught)


if __name__ == "__main__":
    sys.exit(main())
