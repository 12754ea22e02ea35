"""Say what 8 bits cost: how far vectors turn in fewer bits, and how well an index answers of vectors and weights in 8.

The judged situations of the tuning half are asked of four indexes in memory: nothing rounded, vectors in 8 bits, and
weights too, in even steps and by their roots, as they come with the library. Vectors in 32 bits are kept in a file of
their own.

Example:
    python -m scripts.bench.rounding              # encodes everything once in 32 bits (minutes)
    python -m scripts.bench.rounding --weights    # the last three indexes only, of the shipped vectors
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np

import search
from search.building.builder import built_in_memory
from search.building.inputs import read_inputs
from search.building.kept_relevance import KeptRelevance
from search.encoding.embedding_cache import EmbeddingCache
from search.encoding.rounding import LARGEST, vectors_of
from search.encoding.shipped_vectors import NOTHING, ShippedVectors
from search.learning.relevance_weights import RelevanceWeights
from search.library.training_queries import read_training_queries
from search.retrieval.searcher import Searcher

from .measuring import make_parser

SAMPLE, PAIRS = 2_000, 200_000
"""Training queries whose vectors are rounded; pairs of them whose cosines are compared."""


@dataclass(frozen=True)
class Learned(KeptRelevance):
    """Keeps what was learned in memory, and gives it rounded in some way.

    Attributes:
        rounding: The way; None leaves it as it is.
        known: What was learned, by its digest; may be shared by those of the same vectors.
    """

    rounding: Callable[[RelevanceWeights], RelevanceWeights] | None = None
    known: dict[str, RelevanceWeights] = field(default_factory=dict)

    def find(self, digest: str) -> RelevanceWeights | None:
        """Return what is known, rounded."""
        learned = self.known.get(digest)
        return self.rounding(learned) if learned and self.rounding else learned

    def keep(self, digest: str, learned: RelevanceWeights) -> RelevanceWeights:
        """Keep it whole, and return it rounded."""
        self.known[digest] = learned
        return self.rounding(learned) if self.rounding else learned


def in_even_steps(learned: RelevanceWeights) -> RelevanceWeights:
    """Round weights to whole parts of the largest of their row."""
    steps = np.maximum(np.abs(learned.weights).max(axis=1, keepdims=True), 1e-12) / LARGEST
    return replace(learned.rounded(), weights=np.rint(learned.weights / steps) * steps)


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
    parser.add_argument("--weights", action="store_true", help="only what rounding the weights costs")
    options = parser.parse_args()
    cache, encoder, shipped = options.cache, search.SentenceEncoder(), ShippedVectors.read()
    with closing(EmbeddingCache(cache, shared=True)) as known:
        asked = read_training_queries(search.default_corpus())[:SAMPLE]
        vectors = known.queries([query.texts["fr"] for query in asked], encoder)
    print("| bits | mean cosine with itself | least | cosines of pairs differ by | at most |\n|---|---|---|---|---|")
    print("\n".join(turned(vectors, bits) for bits in (8, 7, 6, 5)))
    print("\n| tuning half | nDCG@10 | recall@10 |\n|---|---|---|")
    once: dict[str, RelevanceWeights] = {}
    rows = [
        ("nothing rounded", NOTHING, Learned()),
        ("vectors in 8 bits", shipped, Learned(known=once)),
        ("weights too, in even steps", shipped, Learned(rounding=in_even_steps, known=once)),
        ("weights too, by their roots, as shipped", shipped, Learned(rounding=RelevanceWeights.rounded, known=once)),
    ]
    for name, known_vectors, kept in rows[options.weights :]:
        print(answered(name, cache, known_vectors, kept, encoder), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
