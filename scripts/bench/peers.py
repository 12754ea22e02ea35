"""Put Passerelle beside raw FAISS, raw bm25s, txtai and Chroma: time, memory, recall and quality, in one run.

Every engine gets the same drawn passages and vectors (see ``speed``), builds its index on the disk in a process of its
own, and answers from it in another; encoding is left out for all, and each query is searched with one thread of FAISS.
One passage in a hundred passes the narrow filter. Recall is that of the ten nearest by vectors alone, against all
compared. Quality is that of the shipped library's judged queries with the shipped encoder; an engine's first entries
are those of its first passages. txtai and Chroma are measured when they are installed (docs/performance.md).

Example:
    python -m scripts.bench.peers --sizes 10000 100000 --json peers.json
    python -m scripts.bench.peers --quality tune
"""

from __future__ import annotations

import json
import multiprocessing
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from statistics import fmean
from typing import Any

import faiss
import numpy as np
import psutil

import search
from search.building.indexing import build_index
from search.encoding.embedding_cache import EmbeddingCache
from search.evaluation.metrics import ndcg
from search.evaluation.variants import COLUMNS as COLUMNS_OF_SIGNALS
from search.evaluation.variants import with_signals
from search.index.index import Index
from search.index.reading import load_index
from search.index.vector_store import Allowed
from search.index.writing import save_index
from search.library.reader import Library
from search.text.segmentation import as_embedded, embedded_text, passages_of

from .fakes import DrawnEncoder, RememberingEncoder, drawn_library, drawn_queries
from .measuring import MEASURED, QUERIES, K, make_parser, percentiles, timed
from .peer_engines import PEERS, Ask, Engine, Passages, Question

Figures = dict[str, float]
"""Figure to value, of one engine."""

Rank = Callable[[Question], Sequence[str]]
"""Gives the ids of the first entries for a question."""

NARROW = 100
"""One entry in so many is a case, which is what the narrow filter lets through."""

OURS = "Passerelle"

DEEP = 200
"""Passages an engine is asked for when its first ten entries are wanted."""

NEEDS = {"txtai hybrid": "txtai", "Chroma": "chromadb"}
"""Engines to the package without which they are left out."""

COLUMNS = MEASURED | {
    "narrow p50": "narrow: p50 ms",
    "narrow p95": "p95 ms",
    "narrow recall": "recall@10",
}


def with_cases(count: int) -> Library:
    """Draw a library of so many passages in which one entry of NARROW is a case."""
    library = drawn_library(count)
    entries = tuple(entry if n % NARROW else replace(entry, kind="case") for n, entry in enumerate(library.entries))
    return replace(library, entries=entries)


def passages_in(library: Library, encoder: search.Encoder) -> Passages:
    """Cut a library as Passerelle does, and embed it."""
    cut = [(passage, entry) for entry in library.entries for passage in passages_of(entry)]
    texts = [as_embedded(embedded_text(passage, entry)) for passage, entry in cut]
    narrow = np.array([entry.kind == "case" for _, entry in cut])
    return Passages(texts, [passage.language for passage, _ in cut], encoder.encode_document(texts), narrow)


def questions_for(passages: Passages, encoder: search.Encoder) -> list[Question]:
    """Draw as many queries as are asked."""
    texts = drawn_queries(passages.texts, QUERIES)
    return [Question(*pair) for pair in zip(texts, encoder.encode_query(texts), strict=True)]


def truly_nearest(passages: Passages, questions: Sequence[Question], *, narrow: bool) -> np.ndarray:
    """Number the K nearest passages of each question, all compared, shape (n_questions, K)."""
    rows = np.flatnonzero(passages.narrow) if narrow else np.arange(len(passages.texts))
    exact = faiss.IndexFlatIP(passages.vectors.shape[1])
    exact.add(passages.vectors[rows])
    found: np.ndarray = rows[exact.search(np.stack([question.vector for question in questions]), K)[1]]
    return found


def recall_of(ask: Ask, questions: Sequence[Question], truth: np.ndarray, *, narrow: bool) -> float:
    """Say what share of the truly nearest is found, 0 to 1."""
    found = (
        len(set(ask(question, K, narrow)) & set(row)) for question, row in zip(questions, truth.tolist(), strict=True)
    )
    return sum(found) / truth.size


def asked_both_ways(ask: Callable[[int, bool], object]) -> Figures:
    """Time every question without the filter, and with it."""
    wide, narrow = percentiles(lambda n: ask(n, False)), percentiles(lambda n: ask(n, True))
    return wide | {f"narrow {name}": value for name, value in narrow.items()}


def megabytes() -> float:
    """Return the memory this process holds."""
    return float(psutil.Process().memory_info().rss / 2**20)


def build_peer(kind: type[Engine], passages: Passages, folder: Path) -> Figures:
    """Let a peer build, in this process."""
    found: Figures = {}
    engine = kind()
    with timed(found, "build"):
        engine.build(passages, folder)
    return found


def ask_peer(
    kind: type[Engine], folder: Path, questions: Sequence[Question], truths: Mapping[bool, np.ndarray]
) -> Figures:
    """Let a peer answer from what it built, in this process."""
    found: Figures = {}
    faiss.omp_set_num_threads(1)
    engine = kind()
    with timed(found, "load"):
        ask = engine.open(folder)
    found |= asked_both_ways(lambda n, narrow: ask(questions[n], K, narrow))
    found["memory"] = megabytes()
    if kind.vectors:
        alone = engine.by_vectors(ask)
        found["recall"] = recall_of(alone, questions, truths[False], narrow=False)
        found["narrow recall"] = recall_of(alone, questions, truths[True], narrow=True)
    return found


def build_ours(count: int, folder: Path) -> Figures:
    """Build ours, in this process: from entries to files."""
    library, encoder = with_cases(count), DrawnEncoder()
    found: Figures = {}
    with timed(found, "build"), closing(EmbeddingCache(folder / "embeddings.sqlite")) as cache:
        save_index(build_index(library, encoder, cache), folder)
    found["build"] -= encoder.spent
    return found


def ask_ours(folder: Path, questions: Sequence[Question], truths: Mapping[bool, np.ndarray]) -> Figures:
    """Let ours answer from what it built, in this process: the whole way."""
    known = {question.text: question.vector for question in questions}
    encoder, found = RememberingEncoder(DrawnEncoder(), known), Figures()
    with timed(found, "load"):
        searcher = search.Searcher(load_index(folder, encoder), encoder)
    found |= asked_both_ways(
        lambda n, narrow: searcher.search(questions[n].text, k=K, kinds=["case"] if narrow else None)
    )
    found["memory"] = megabytes()
    store, metadata = searcher.index.store, searcher.index.metadata
    cases = search_allowed(metadata.having("kinds", ["case"])[metadata.entry])

    def ask(question: Question, most: int, narrow: bool) -> Sequence[int]:
        rows: list[int] = store.nearest(question.vector, most, cases if narrow else None).tolist()
        return rows

    found["recall"] = recall_of(ask, questions, truths[False], narrow=False)
    found["narrow recall"] = recall_of(ask, questions, truths[True], narrow=True)
    return found


def search_allowed(passages: np.ndarray) -> Allowed:
    """Return a filter by kind, as a vector store reads it."""
    return Allowed(passages, {"kinds": ["case"]})


def in_process(work: Callable[..., Figures], *given: Any) -> Figures:
    """Do something in a process of its own."""
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        return pool.submit(work, *given).result()


def installed(peers: Sequence[type[Engine]]) -> Iterator[type[Engine]]:
    """Give the engines that can be measured."""
    for kind in peers:
        if find_spec(NEEDS.get(kind.name, "numpy")):
            yield kind
        else:
            print(f"{kind.name} is not installed: left out.", file=sys.stderr)


def measure(count: int) -> dict[str, Figures]:
    """Measure every engine on so many passages."""
    encoder = DrawnEncoder()
    passages = passages_in(with_cases(count), encoder)
    questions = questions_for(passages, encoder)
    truths = {narrow: truly_nearest(passages, questions, narrow=narrow) for narrow in (False, True)}
    found: dict[str, Figures] = {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        found[OURS] = in_process(build_ours, count, folder) | in_process(ask_ours, folder, questions, truths)
    for kind in installed(PEERS):
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            built = in_process(build_peer, kind, passages, folder)
            found[kind.name] = built | in_process(ask_peer, kind, folder, questions, truths)
        print("\n".join(table(found)), file=sys.stderr, flush=True)  # the rest may take long
    return found


def table(found: Mapping[str, Figures]) -> Iterator[str]:
    """Write the figures as Markdown, a row an engine."""
    yield "| engine | " + " | ".join(COLUMNS.values()) + " |"
    yield "|---" * (len(COLUMNS) + 1) + "|"
    for name, row in found.items():
        told = {key: f"{value:,.3g}" if "recall" in key else f"{value:,.2f}" for key, value in row.items()}
        yield f"| {name} | " + " | ".join(told.get(key, "") for key in COLUMNS) + " |"


def beside_txtai(found: Mapping[str, Figures]) -> str:
    """Say what Passerelle takes for each second of txtai's hybrid; empty when that was not measured."""
    if "txtai hybrid" not in found:
        return ""
    ours, theirs = found[OURS], found["txtai hybrid"]
    shares = {name: ours[name] / theirs[name] for name in ("p50", "narrow p50", "build")}
    return "Of txtai's hybrid: query {p50:.2f}, under the filter {narrow p50:.2f}, build {build:.1f}.".format(**shares)


def shipped_passages(index: Index) -> tuple[Passages, list[str]]:
    """Return the passages of an index as every engine gets them, and the id of the entry each is of."""
    row = index.metadata.number
    texts = [embedded_text(passage, index.entries[row[passage.entry_id]]) for passage in index.passages]
    vectors, nothing = index.store.vectors(np.arange(len(texts))), np.zeros(len(texts), dtype=bool)
    languages = [passage.language for passage in index.passages]
    return Passages(texts, languages, vectors, nothing), [passage.entry_id for passage in index.passages]


def rank_by_peer(kind: type[Engine], passages: Passages, entries: Sequence[str], folder: Path) -> Rank:
    """Build and open a peer, and return what ranks entries by it: each by its first passage."""
    kind().build(passages, folder)
    ask = kind().open(folder)
    return lambda question: list(dict.fromkeys(entries[row] for row in ask(question, DEEP, False)))[:K]


def rank_by_ours(searcher: search.Searcher) -> Rank:
    """Return what ranks entries by ours."""
    return lambda question: [hit.entry.id for hit in searcher.search(question.text, k=K, abstain=False).hits]


def quality(half: str) -> dict[str, float]:
    """Return the nDCG@10 of every engine on the judged queries of a half, both tellings, out-of-scope ones left out."""
    searcher, encoder = search.load(), search.SentenceEncoder()
    judged = search.read_judged_queries(search.default_corpus() / "evaluation" / f"{half}.jsonl")
    inside = [query for query in judged if query.in_scope]
    texts = [text for query in inside for text in query.texts.values()]
    grades = [query.judgements for query in inside for _ in query.texts]
    questions = [Question(*pair) for pair in zip(texts, encoder.encode_query(texts), strict=True)]
    passages, entries = shipped_passages(searcher.index)

    def mean(rank: Rank) -> float:
        return fmean(ndcg(rank(question), some, K) for question, some in zip(questions, grades, strict=True))

    untaught = with_signals(searcher, COLUMNS_OF_SIGNALS["vectors and words"])
    found = {OURS: mean(rank_by_ours(searcher)), "its vectors and words": mean(rank_by_ours(untaught))}
    for kind in installed(PEERS):
        with tempfile.TemporaryDirectory() as name:
            found[kind.name] = mean(rank_by_peer(kind, passages, entries, Path(name)))
    return found


def main() -> int:
    """Measure each size, or quality, and print a table of each."""
    parser = make_parser(__doc__, sizes=10_000)
    parser.add_argument(
        "--quality", choices=("tune", "report"), help="quality instead, on the judged queries of a half"
    )
    parser.add_argument("--json", type=Path, help="also write the figures here")
    options = parser.parse_args()
    if options.quality:
        print("| engine | nDCG@10 |", "|---|---|", sep="\n")
        for name, value in quality(options.quality).items():
            print(f"| {name} | {value:.3f} |", flush=True)
        return 0
    figures = {}
    for count in options.sizes:
        figures[count] = measure(count)
        print(f"\n{count:,} passages\n", *table(figures[count]), "", beside_txtai(figures[count]), sep="\n", flush=True)
    if options.json:
        options.json.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
