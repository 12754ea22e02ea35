"""Measure what training queries cost in libraries of any size: the shipped ones beside entries nobody names.

Each size is built in one new Python process and loaded in another; vectors are drawn. The memory is all that the
process has had at once, Python and its libraries among it (`without any` says how much they are).

Example:
    python -m scripts.bench.relevance --entries 451 50000
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

import search
from search.learning.relevance_model import RelevanceModel
from search.library.training_queries import landmarks, read_training_queries

from .fakes import DIM, unit
from .measuring import make_parser


def build(folder: Path, entries: int) -> None:
    """Learn from the shipped training queries, in a library of the shipped entries and others up to so many."""
    corpus = search.default_corpus()
    ids = sorted(path.stem for path in corpus.glob("*/*.yaml"))
    ids += [f"zz-{n:07}" for n in range(entries - len(ids))]
    queries = read_training_queries(corpus)
    rows = [(text, one.entries) for one in queries for text in one.asked]
    vectors = unit(np.random.default_rng(0).standard_normal((len(rows), DIM), dtype=np.float32))
    texts, names = [text for text, _ in rows], [names for _, names in rows]
    RelevanceModel.fit(vectors, texts, names, ids, landmarks=landmarks(queries)).save(folder)


def ask(folder: Path, entries: int) -> None:
    """Load what was learned and ask it once."""
    model = RelevanceModel.load(folder, entries)
    model.evidence("Nous cherchons un lieu avec la commune", unit(np.ones((1, DIM), dtype=np.float32))[0])


STEPS = {"build": build, "ask": ask, "without any": lambda *_: None}


def measured(step: str, folder: Path, entries: int) -> dict[str, float]:
    """Do a step in a process of its own, and return its seconds and megabytes."""
    command = [sys.executable, "-m", __spec__.name if __spec__ else __name__, step, str(folder), str(entries)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603
    found: dict[str, float] = json.loads(done.stdout)
    return found


def main() -> int:
    """Print seconds and megabytes of each size, or do one step when one is named."""
    if sys.argv[1:2] and sys.argv[1] in STEPS:
        start = time.perf_counter()
        STEPS[sys.argv[1]](Path(sys.argv[2]), int(sys.argv[3]))
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(json.dumps({"seconds": time.perf_counter() - start, "megabytes": peak}))
        return 0
    parser = make_parser(__doc__)
    parser.add_argument("--entries", type=int, nargs="+", default=[451, 50_000], help="sizes (default: 451 50000)")
    for entries in parser.parse_args().entries:
        with tempfile.TemporaryDirectory() as folder:
            for step in STEPS:
                found = measured(step, Path(folder), entries)
                print(f"{entries:,} entries, {step}: {found['seconds']:.1f} s, {found['megabytes']:,.0f} MB")
            kept = sum(path.stat().st_size for path in Path(folder).iterdir()) / 2**20
            print(f"{entries:,} entries, files: {kept:.1f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
