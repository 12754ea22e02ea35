"""Time the search of the nearest vectors under filters, and say how many of the truly nearest ten it finds.

Vectors are drawn around centres, as in ``speed``, and kept as their count chooses unless ``--index-type`` says
otherwise. One filter lets passages through by chance; the other only those of centres far from the query.

Example:
    python -m scripts.bench.filters --sizes 100000 1000000
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator

import numpy as np

from search.index.vector_store import INDEX_TYPES, Allowed, FaissStore
from search.retrieval.candidates import CANDIDATES

from .fakes import CENTRES, DIM, drawn_centres, unit
from .measuring import QUERIES, K, make_parser, percentiles

SHARES = (0.5, 0.3, 0.05, 0.003, 0.0001)
"""How much of all passages a filter lets through."""

PART = 50_000
"""Vectors that are drawn or compared at once."""

Filter = Callable[[int], Allowed | None]
"""Says what may answer a query, by its number."""


def drawn(count: int, centres: np.ndarray, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Draw unit rows, float32, shape (count, DIM), and the centre each is near to."""
    draw = np.random.default_rng(seed)
    near = draw.integers(CENTRES, size=count)
    rows = np.empty((count, DIM), dtype=np.float32)
    for start in range(0, count, PART):
        some = near[start : start + PART]
        part = centres[some] + draw.standard_normal((len(some), DIM), dtype=np.float32)
        rows[start : start + PART] = unit(part)
    return rows, near


def by_chance(count: int, share: float) -> Filter:
    """Let a share of all passages through, the same for every query."""
    allowed = Allowed(np.random.default_rng(3).random(count) < share, {})
    return lambda _: allowed


def far_away(near: np.ndarray, centres: np.ndarray, asked: np.ndarray, share: float) -> Filter:
    """Let through the passages of the centres farthest from each query."""
    order = np.argsort(asked @ centres.T, axis=1)[:, : max(round(share * CENTRES), 1)]

    def allowed(number: int) -> Allowed:
        chosen = np.zeros(CENTRES, dtype=bool)
        chosen[order[number]] = True
        return Allowed(chosen[near], {})

    return allowed


def truly_nearest(rows: np.ndarray, query: np.ndarray, allowed: Allowed | None) -> np.ndarray:
    """Number the K nearest rows that are allowed, all compared."""
    cosines = rows @ query
    if allowed is not None:
        cosines[~allowed.passages] = -np.inf
    best = np.argpartition(-cosines, K)[:K]
    found: np.ndarray = best[np.isfinite(cosines[best])]
    return found


def measure(count: int, kind: str | None) -> Iterator[str]:
    """Measure one size; give a table, line by line."""
    centres = drawn_centres()
    rows, near = drawn(count, centres, 1)
    asked, _ = drawn(QUERIES, centres, 2)
    store = FaissStore.of(rows, asked, kind)
    yield f"\n{count:,} passages ({store.index_type})\n"
    yield "| filter lets through | p50 ms | p95 ms | recall@10 |\n|---|---|---|---|"
    yield line("everything", store, rows, asked, lambda _: None)
    for share in SHARES:
        yield line(f"{share:.2%} by chance", store, rows, asked, by_chance(count, share))
    for share in SHARES[:3]:
        yield line(f"{share:.2%}, far from the query", store, rows, asked, far_away(near, centres, asked, share))


def line(label: str, store: FaissStore, rows: np.ndarray, asked: np.ndarray, filtered: Filter) -> str:
    """Time one filter and compare what it finds with the truth."""
    allowed = [filtered(n) for n in range(QUERIES)]
    times = percentiles(lambda n: store.nearest(asked[n], CANDIDATES, allowed[n]))
    found = [store.nearest(query, K, some) for query, some in zip(asked, allowed, strict=True)]
    truth = [truly_nearest(rows, query, some) for query, some in zip(asked, allowed, strict=True)]
    recall = sum(len(np.intersect1d(*pair)) for pair in zip(found, truth, strict=True)) / max(sum(map(len, truth)), 1)
    return f"| {label} | {times['p50']:.2f} | {times['p95']:.2f} | {recall:.3f} |"


def main() -> int:
    """Measure each size."""
    parser = make_parser(__doc__, sizes=100_000)
    parser.add_argument(
        "--index-type", choices=INDEX_TYPES, help="how vectors are kept (default: chosen by their number)"
    )
    options = parser.parse_args()
    for count in options.sizes:
        for text in measure(count, options.index_type):
            print(text, flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
