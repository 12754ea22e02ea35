"""Ask the tuning half twice: compared closely with the whole library, and with candidates as a large library is.

Example:
    python -m scripts.bench.compare_candidates --candidates 100 300 500
"""

from __future__ import annotations

import sys
from typing import Any
from unittest.mock import patch

import search
from search.index.reading import load_index
from search.retrieval import searcher as searching

from .measuring import make_parser

WAYS: tuple[dict[str, Any], ...] = ({}, {"languages": ["fr"]}, {"kinds": ["case"]}, {"mode": "meaning"})
"""How each query is asked: without a filter, with two, and by meaning alone."""


def answers(searcher: search.Searcher) -> list[list[str]]:
    """Return the ids that answer each query in each way."""
    judged = search.read_judged_queries(search.default_corpus() / "evaluation" / "tune.jsonl")
    texts = [text for query in judged for text in query.texts.values()]
    found = [searcher.search(text, **way) for text in texts for way in WAYS]
    return [[hit.entry.id for hit in (*results.hits, *results.near_misses)] for results in found]


def main() -> int:
    """Print how many answers are the same, whole and in the first place."""
    parser = make_parser(__doc__)
    parser.add_argument("--candidates", type=int, nargs="+", default=[300], help="passages (default: 300)")
    options = parser.parse_args()
    search.load()
    encoder = search.SentenceEncoder()
    index = load_index(search.default_index(), encoder)
    whole = answers(search.Searcher(index, encoder))
    for count in options.candidates:
        with patch.object(searching, "ALL_TO", 0), patch.object(searching, "CANDIDATES", count):
            some = answers(search.Searcher(index, encoder))
        pairs = list(zip(whole, some, strict=True))
        same, first = sum(a == b for a, b in pairs), sum(a[:1] == b[:1] for a, b in pairs)
        print(f"{count} candidates: {same} of {len(pairs)} answers the same, {first} in the first place")
    return 0


if __name__ == "__main__":
    sys.exit(main())
