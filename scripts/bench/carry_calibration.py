"""Fit the calibration that carries over, and check it on libraries it was not fitted on.

Libraries are made as tables of the shipped one, without its training and judged queries; one more
(``town_services.jsonl``) answers just what is out of scope for all the others. Fitted on the judged queries of the
tuning half and the out-of-scope training queries, each of these compared with all others but itself.

Example:
    python -m scripts.bench.carry_calibration             # fit, write search/learning/carried.json, print the table
    python -m scripts.bench.carry_calibration --check report   # print the table of the other half, with what is written
"""

from __future__ import annotations

import dataclasses
import json
import random
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean

import numpy as np

import search
from search.building.carry_over import measure, with_out_of_scope
from search.building.fit_calibration import scored_query
from search.building.indexing import build_index
from search.building.inputs import Inputs
from search.encoding.embedding_cache import EmbeddingCache
from search.index.index import Index
from search.learning.calibration import Logistic, QueryEvidence
from search.learning.carried_calibration import FITTED, CarriedCalibration, Scale
from search.library.export import Row, rows
from search.library.judged_queries import HALVES, USEFUL
from search.library.reader import read_library
from search.library.tables.reading import read_table
from search.retrieval.abstention import is_answered, query_evidence

from .measuring import make_parser

SERVICES = Path(__file__).with_name("town_services.jsonl")

IN_SERVICES = {
    "t-oos-identity-card", "t-oos-pool-hours", "t-oos-parking-fine", "t-oos-bin-dates", "t-oos-veranda",
    "t-oos-school-enrolment", "t-oos-barking-dog", "t-oos-council-job", "r-out-birth-certificate",
    "r-out-library-hours", "r-out-towed-car", "r-out-bulky-waste", "r-out-garden-shed", "r-out-nursery-place",
    "r-out-barking-dog", "r-out-summer-job", "r-out-election-date",
}  # fmt: skip
"""Out of scope for the shipped library; the services answer them."""

FIT = ("whole", "practices", "french", "200 English rows", "300 rows")
"""What is fitted on; the others are for checking."""


IN_SCOPE_SILENCED = 0.02
"""Share of the in-scope queries that may get no answer on what is fitted; the cut is the highest that keeps to it."""


@dataclass(frozen=True)
class Asked:
    """A query and what became of it.

    Attributes:
        group: ``in scope``, ``out of scope`` or ``left out`` (an out-of-scope training query, without itself).
        evidence: What a calibration reads.
        surely: Whether it is answered whatever the calibration says.
    """

    group: str
    evidence: QueryEvidence
    surely: bool


@dataclass(frozen=True)
class Measured:
    """A library with its queries."""

    scale: Scale
    asked: Sequence[Asked]


def main() -> int:
    """Fit or check, and print the share of the queries that get no answer, library by library."""
    parser = make_parser(__doc__)
    parser.add_argument("--check", choices=HALVES, help="print the table of this half instead")
    parser.add_argument("--cache", type=Path, help="keep vectors in this folder (default: that of the index)")
    options = parser.parse_args()
    cache = EmbeddingCache((options.cache or search.default_index()) / "bench-embeddings.sqlite")
    libraries = dict(measured_libraries(options.check or "tune", cache))
    if not options.check:
        fitted = fit([libraries[name] for name in FIT])
        FITTED.write_text(json.dumps(fitted, indent=1) + "\n", encoding="utf-8")
    print_table(libraries)
    return 0


def tables() -> Iterator[tuple[str, Sequence[Row]]]:
    """Give each library drawn from the shipped one, with its rows."""
    every, drawn = list(rows(read_library(search.default_corpus()))), random.Random(1)
    english = [row for row in every if row["language"] == "en"]
    near = ("france", "belgium")
    local: Callable[[Row], bool] = lambda row: row["kind"] == "case" and row["country"] in near  # noqa: E731
    yield "whole", every
    yield "practices", [row for row in every if row["kind"] == "practice"]
    yield "french", [row for row in every if row["language"] == "fr"]
    yield "200 English rows", drawn.sample(english, 200)
    yield "300 rows", drawn.sample(every, 300)
    yield "resources and insights", [row for row in every if row["kind"] in ("resource", "insight")]
    yield "cases of France and Belgium", [row for row in every if local(row)]
    yield "40 rows", drawn.sample(every, 40)


def write_table(path: Path, some: Sequence[Row]) -> Path:
    """Write rows as a table that stands alone: links to what is not in it are left out."""
    ids = {row["id"] for row in some}
    with path.open("w", encoding="utf-8") as file:
        for row in some:
            kept = {name: value for name, value in row.items() if value not in (None, [], {}) and name != "translation"}
            for link in ("related", "illustrates"):
                kept[link] = [name for name in row[link] if name in ids]  # type: ignore[union-attr]
            file.write(json.dumps(kept, ensure_ascii=False) + "\n")
    return path


def measured_libraries(half: str, cache: EmbeddingCache) -> Iterator[tuple[str, Measured]]:
    """Build each library and ask it everything."""
    encoder = search.SentenceEncoder()
    with tempfile.TemporaryDirectory() as folder:
        made = [(name, write_table(Path(folder) / f"{name}.jsonl", some)) for name, some in tables()]
        for name, path in [*made, ("town services", SERVICES)]:
            inputs = with_out_of_scope(Inputs.of(read_table(path)))
            yield name, _measured(name, build_index(inputs, encoder, cache), inputs, half, encoder)


def _measured(name: str, index: Index, inputs: Inputs, half: str, encoder: search.Encoder) -> Measured:
    evidence, near = measure(index, encoder, inputs.queries)
    scale = Scale.of(evidence, near)
    if scale is None:
        raise SystemExit(f"{name}: this encoder tells nothing apart")
    asked = []
    for query in search.read_judged_queries(search.default_corpus() / "evaluation" / f"{half}.jsonl"):
        useful = any(grade >= USEFUL and name in index.metadata.number for name, grade in query.judgements.items())
        inside = query.id in IN_SERVICES if name == "town services" else useful
        if not inside and query.judgements and name != "town services":
            continue  # it is about what the library is about, and nothing in it is useful: neither in nor out
        for text in query.texts.values():
            scored = scored_query(index, encoder, text)
            surely = is_answered(NEVER, scored)
            asked.append(Asked("in scope" if inside else "out of scope", query_evidence(scored), surely))
    if name != "town services":
        asked += [
            Asked("left out", dataclasses.replace(one, out_of_scope=cosine), surely=False)
            for one, cosine in zip(evidence, near, strict=True)
        ]
    return Measured(scale, asked)


NEVER = CarriedCalibration(Scale(0.0, 0.0, 1.0, 1.0), Logistic(0.0, (0.0, 0.0)), abstain_below=1.0)
"""Answers only what is answered anyway."""


def fit(libraries: Sequence[Measured]) -> dict[str, object]:
    """Fit the two weights and the cut on some libraries together."""
    pairs = [(library.scale.features(one.evidence), one) for library in libraries for one in library.asked]
    truths = [one.group == "in scope" for _, one in pairs]
    model = Logistic.fit([features for features, _ in pairs], truths)
    told = [1.0 if one.surely else model.probability(features) for features, one in pairs if one.group == "in scope"]
    cut = float(np.quantile(told, IN_SCOPE_SILENCED, method="lower"))
    return {"answerable": dataclasses.asdict(model), "abstain_below": cut}


def print_table(libraries: dict[str, Measured]) -> None:
    """Print the share of the queries that get no answer."""
    groups = ("in scope", "out of scope", "left out")
    print("| library | fitted on | " + " | ".join(groups) + " |\n|" + "---|" * (len(groups) + 2))
    for name, library in libraries.items():
        calibration = CarriedCalibration.fitted(library.scale)
        cells = []
        for group in groups:
            some = [one for one in library.asked if one.group == group]
            silent = [not (one.surely or calibration.is_answered(one.evidence)) for one in some]
            cells.append(f"{fmean(silent):.3f} of {len(silent)}" if silent else "")
        print(f"| {name} | {'yes' if name in FIT else 'no'} | " + " | ".join(cells) + " |")


if __name__ == "__main__":
    sys.exit(main())
