"""Say what 8 bits cost: how far vectors turn in fewer bits, and how well an index answers of vectors and weights in 8.

The judged situations of the tuning half are asked of three indexes in memory: nothing rounded, vectors in 8 bits, and
vectors and weights in 8 bits, as they come with the library. Vectors in 32 bits are kept in a file of their own.

Example:
    python -m scripts.bench.rounding
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import numpy as np

import search
from search.building.builder import built_in_memory
from search.building.inputs import read_inputs
from search.building.kept_relevance import SHIPPED_WEIGHTS, KeptRelevance
from search.encoding.embedding_cache import EmbeddingCache
from search.encoding.rounding import vectors_of
from search.encoding.shipped_vectors import NOTHING, ShippedVectors
from search.learning.relevance_weights import RelevanceWeights
from search.library.training_queries import read_training_queries
from search.retrieval.searcher import Searcher

from .measuring import make_parser

SAMPLE, PAIRS = 2_000, 200_000
"""Training queries whose vectors are rounded; pairs of them whose cosines are compared."""


class Unrounded(KeptRelevance):
    """Keeps nothing, and leaves what is learned as it is."""

    def weights(self, digest: str, learn: Callable[[], RelevanceWeights]) -> RelevanceWeights:
        """Learn."""
        return learn()


def turned(vectors: np.ndarray, bits: int) -> str:
    """Write how far unit rows, shape (n, dim), turn when each number has some bits."""
    largest = 2 ** (bits - 1) - 1
    steps = np.rint(vectors * (largest / np.abs(vectors).max(axis=1, keepdims=True)))
    unit = vectors_of(steps)
    cosines = (unit * vectors).sum(axis=1)
    one, other = np.random.default_rng(0).integers(0, len(vectors), (2, PAIRS))
    apart = np.abs((unit[one] * unit[other]).sum(axis=1) - (vectors[one] * vectors[other]).sum(axis=1))
    return f"| {bits} | {cosines.mean():.5f} | {cosines.min():.5f} | {apart.mean():.5f} | {apart.max():.5f} |"


def answered(name: str, cache: Path, shipped: ShippedVectors, kept: KeptRelevance, encoder: search.Encoder) -> str:
    """Write how well an index answers."""
    with closing(EmbeddingCache(cache, shared=True, shipped=shipped)) as vectors:
        index = built_in_memory(read_inputs([search.default_corpus()]), encoder, vectors, kept=kept)
    judged = search.read_judged_queries(search.default_corpus() / "evaluation" / "tune.jsonl")
    mean = search.evaluate(Searcher(index, encoder), judged, k=10).mean
    return f"| {name} | {mean['ndcg@10']:.4f} | {mean['recall@10']:.4f} |"


def main() -> int:
    """Print two tables."""
    parser = make_parser(__doc__)
    usual = search.default_index() / "bench-embeddings.sqlite"
    parser.add_argument("--cache", type=Path, default=usual, help="vectors in 32 bits (default: %(default)s)")
    cache, encoder, shipped = parser.parse_args().cache, search.SentenceEncoder(), ShippedVectors.read()
    with closing(EmbeddingCache(cache, shared=True)) as known:
        asked = read_training_queries(search.default_corpus())[:SAMPLE]
        vectors = known.queries([query.texts["fr"] for query in asked], encoder)
    print("| bits | mean cosine with itself | least | cosines of pairs differ by | at most |\n|---|---|---|---|---|")
    print("\n".join(turned(vectors, bits) for bits in (8, 7, 6, 5)))
    print("\n| tuning half | nDCG@10 | recall@10 |\n|---|---|---|")
    for name, known_vectors, kept in (
        ("nothing rounded", NOTHING, Unrounded()),
        ("vectors in 8 bits", shipped, Unrounded()),
        ("weights too, as shipped", shipped, KeptRelevance(shipped=SHIPPED_WEIGHTS)),
    ):
        print(answered(name, cache, known_vectors, kept, encoder), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
