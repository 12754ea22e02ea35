"""Learn the map of queries that is shipped beside the encoder, and print what it is worth on the tuning half.

Example:
    python scripts/fit_query_map.py                 # print the table
    python scripts/fit_query_map.py --write         # and write search/model/query-map.npy; raise FORMAT in index.py

Vectors alone, nDCG@10: by direction, and where a third of the entries is hidden while learning and only they are found,
as the entries of another library would be.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import numpy as np
import torch

import search
from scripts.training.query_map import Lessons, Texts, learn_map
from search.encoding.embedding_cache import EmbeddingCache
from search.encoding.encoder import QUERY_MAP, SHIPPED_MODEL
from search.entries import LANGUAGES
from search.evaluation.metrics import ndcg
from search.library.training_queries import read_training_queries
from search.text.query import as_read

SEED, HIDDEN, K = 3, 3, 10
"""One entry in HIDDEN is hidden in the second part of the table."""


def main() -> int:
    """Learn with and without the hidden entries, print, and write the map if asked to."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--epochs", type=int, default=3, help="how often all is read (default: %(default)s)")
    parser.add_argument("--rate", type=float, default=1e-3, help="step of Adam (default: %(default)s)")
    parser.add_argument("--decay", type=float, default=1e-3, help="hold to no map at all (default: %(default)s)")
    parser.add_argument("--write", action="store_true", help="write the map of the last epoch into the package")
    options = parser.parse_args()
    searcher = search.load()
    index = searcher.index
    texts = Texts.of(index)
    with closing(EmbeddingCache(search.default_index() / "embeddings.sqlite", shared=True)) as cache:
        queries = read_training_queries(search.default_corpus())
        lessons = Lessons.of(queries, lambda told: cache.queries(told, searcher.encoder), index)
    asked = judged(searcher)
    chance = torch.Generator().manual_seed(SEED)
    hidden = torch.randperm(len(index.entries), generator=chance) < len(index.entries) // HIDDEN
    learning = {"epochs": options.epochs, "rate": options.rate, "decay": options.decay, "seed": SEED}
    directions = [f"{a}->{b}" for a in LANGUAGES for b in LANGUAGES]
    print_row("vectors alone, tuning half", [*directions, *(f"{a}, hidden entries" for a in LANGUAGES)])
    print_row("---", ["---"] * (len(directions) + len(LANGUAGES)))
    same = np.eye(texts.passages.shape[1], dtype=np.float32)
    seen = [same, *learn_map(lessons, texts, **learning)]
    unseen = [same, *learn_map(lessons.without(hidden), texts.only(~hidden), **learning)]
    for epoch, (one, other) in enumerate(zip(seen, unseen, strict=True)):
        found = [worth(one, asked[a], texts, index.metadata.ids, language=b) for a in LANGUAGES for b in (0, 1)]
        found += [worth(other, asked[a], texts.only(hidden), index.metadata.ids) for a in LANGUAGES]
        print_row(str(epoch), [f"{value:.3f}" for value in found])
    if options.write:
        np.save(SHIPPED_MODEL / QUERY_MAP, seen[-1].astype(np.float16))
    return 0


Asked = Sequence[tuple[torch.Tensor, Mapping[str, int]]]


def judged(searcher: search.Searcher) -> dict[str, Asked]:
    """Encode the situations of the tuning half, by language, each with its grades."""
    told = search.read_judged_queries(search.default_corpus() / "evaluation" / "tune.jsonl")
    queries = [query for query in told if query.in_scope]
    return {
        language: [
            (torch.from_numpy(row), query.judgements)
            for row, query in zip(
                searcher.encoder.encode_query([as_read(one.texts[language]) for one in queries]), queries, strict=True
            )
        ]
        for language in LANGUAGES
    }


def worth(turned: np.ndarray, asked: Asked, texts: Texts, ids: Sequence[str], *, language: int | None = None) -> float:
    """Return the mean nDCG@10 over what the texts can answer, in one language of the library or in both."""
    here = {ids[row] for row in texts.entry.tolist()}
    if language is not None:
        rows = texts.language == language
        texts = Texts(texts.passages, texts.members[rows], texts.entry[rows], texts.language[rows])
    gains = []
    for vector, judgements in asked:
        wanted = {entry: grade for entry, grade in judgements.items() if entry in here}
        if max(wanted.values(), default=0) < 2:
            continue
        query = torch.nn.functional.normalize(vector[None] @ torch.from_numpy(turned), dim=1)
        order = texts.cosines(query)[0].argsort(descending=True)
        ranked = list(dict.fromkeys(ids[row] for row in texts.entry[order].tolist()))
        gains.append(ndcg(ranked[:K], wanted, K))
    return float(np.mean(gains))


def print_row(head: str, cells: Sequence[str]) -> None:
    """Print one line of a Markdown table."""
    print("| " + " | ".join([head, *cells]) + " |", flush=True)


if __name__ == "__main__":
    sys.exit(main())
