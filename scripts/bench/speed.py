"""Time Passerelle beside raw FAISS, raw bm25s, txtai and Chroma on the same passages and vectors, in one run.

The passages are made of the library's own words, drawn by how often they occur, and their vectors around 2,000
centres, so that no encoder is needed: encoding a query is left out for everyone. txtai and Chroma are measured when
they are installed (pip install txtai chromadb).

Example:
    python -m scripts.bench.speed --sizes 10000 100000 --json benchmark.json
"""

from __future__ import annotations

import json
import multiprocessing
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import bm25s
import faiss
import numpy as np
import psutil
import yaml

import search
from search.index.reading import load_index
from search.index.vector_store import measured_recall
from search.library.reader import Library
from search.library.schema import ONE_LANGUAGE
from search.retrieval.candidates import CANDIDATES
from search.retrieval.query_vectors import encode_all
from search.text.analysis import analyse
from search.text.query import parse
from search.text.segmentation import as_embedded, embedded_text, passages_of

from .fakes import DIM, DrawnEncoder, RememberingEncoder, drawn_library, drawn_queries, write_index
from .measuring import MEASURED, QUERIES, WARM, K, every_processor_busy, make_parser, percentiles, timed


def measure(count: int, *, others: bool) -> dict[str, dict[str, float]]:
    """Measure every engine on so many passages."""
    encoder, library = DrawnEncoder(), drawn_library(count)
    texts = [as_embedded(embedded_text(one, entry)) for entry in library.entries for one in passages_of(entry)]
    queries = drawn_queries(texts, QUERIES)
    asked = encoder.encode_query(queries)
    with tempfile.TemporaryDirectory() as name:
        folder, found = Path(name), {}
        built = build_ours(library, encoder, folder)
        del library
        vectors = encoder.encode_document(texts)
        raw, truth = raw_faiss(vectors, asked)
        with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
            found = pool.submit(ask_ours, folder, queries, asked, truth).result()
    found["Passerelle"] |= built
    found["FAISS flat"] = raw
    found["bm25s"] = raw_bm25s(texts, queries)
    for name, engine in (("txtai hybrid", txtai_hybrid), ("Chroma", chroma)) if others else ():
        try:
            found[name] = engine(texts, queries, vectors, asked)
        except ImportError:
            print(f"{name} is not installed: left out.", file=sys.stderr)
        print("\n".join(table(found)), file=sys.stderr, flush=True)  # the rest may take long
    return found


def after_encoding(*, busy: bool) -> dict[str, float]:
    """Ask the shipped library the queries of the tuning half, encoded beforehand.

    Args:
        busy: Whether every processor is at work for something else meanwhile.

    Returns:
        What `percentiles` returns and, as ``processor``, how long a query keeps processors, in ms of all threads.
    """
    encoder = RememberingEncoder(search.SentenceEncoder())
    judged = search.read_judged_queries(search.default_corpus() / "evaluation" / "tune.jsonl")
    queries = [text for query in judged for text in query.texts.values()]
    search.load()
    searcher = search.Searcher(load_index(search.default_index(), encoder), encoder)
    for query in queries:
        searcher.search(query, k=K)
    with every_processor_busy() if busy else nullcontext():
        begun = time.process_time()
        found = percentiles(lambda n: searcher.search(queries[n % len(queries)], k=K))
        spent = time.process_time() - begun
    return found | {"processor": spent * 1e3 / (WARM + QUERIES)}


def write_table(rows: Sequence[dict[str, Any]], place: Path) -> Path:
    """Write entries as JSON Lines."""
    table = place / "drawn.jsonl"
    table.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return table


def write_folder(rows: Sequence[dict[str, Any]], place: Path) -> Path:
    """Write entries as a corpus folder, a YAML file each; what has not changed is not written again."""
    folder = place / "corpus" / "insights"
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("vocabulary.yaml", "sources.yaml"):
        shutil.copy(search.default_corpus() / name, folder.parent / name)
    source = next(iter(yaml.safe_load((folder.parent / "sources.yaml").read_text(encoding="utf-8"))))
    fixed: dict[str, Any] = {"phases": {}, "conditions": {}, "actors": [], "related": [], "sources": [source]}
    for row in rows:
        texts = {name: row[name] for name in ("title", "summary", "description")}
        data = {"id": row["id"], "kind": row["kind"], **fixed, "fr": texts}
        data["translation"] = {"first": "fr", "other": ONE_LANGUAGE}
        text = yaml.dump(data, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False)
        file = folder / f"{row['id']}.yaml"
        if not file.exists() or file.read_text(encoding="utf-8") != text:
            file.write_text(text, encoding="utf-8")
    return folder.parent


def rebuild(count: int, write: Callable[[Sequence[dict[str, Any]], Path], Path]) -> str:
    """Build the index of so many passages, change one entry, and build again."""
    entries = drawn_library(count).entries
    rows = [{"id": entry.id, "kind": entry.kind, "language": "fr", **entry.texts["fr"]} for entry in entries]
    found: dict[str, Any] = {}
    with tempfile.TemporaryDirectory() as name:
        encoder = DrawnEncoder()
        for step in ("first", "again"):
            if step == "again":
                rows[5]["description"] = f"{rows[5]['description']} Une phrase de plus."
            corpus, before = write(rows, Path(name)), encoder.encoded
            with timed(found, step):
                search.build(corpus, Path(name) / "index", encoder=encoder)
            found[f"{step} encoded"] = encoder.encoded - before
    return (
        f"{write.__name__}: {len(entries):,} entries: {found['first encoded']:,} texts in {found['first']:.1f} s; "
        f"one entry changed: {found['again encoded']:,} texts in {found['again']:.1f} s"
    )


def build_ours(library: Library, encoder: DrawnEncoder, folder: Path) -> dict[str, float]:
    """Build and write an index of ours; the time of drawing its vectors is left out."""
    found: dict[str, float] = {}
    drawn = encoder.spent
    with timed(found, "build"):
        write_index(library, encoder, folder)
    found["build"] -= encoder.spent - drawn
    return found


def ask_ours(folder: Path, queries: Sequence[str], asked: np.ndarray, truth: np.ndarray) -> dict[str, dict[str, float]]:
    """Load an index of ours in a process of its own, and search it: the whole way, and parts of it."""
    encoder = RememberingEncoder(DrawnEncoder(), dict(zip(queries, asked, strict=True)))
    encode_all([parse(text) for text in queries], encoder)  # their clauses too are then known
    found: dict[str, float] = {}
    with timed(found, "load"):
        index = load_index(folder, encoder)
        searcher = search.Searcher(index, encoder)
    found |= percentiles(lambda n: searcher.search(queries[n], k=K))
    found["memory"] = psutil.Process().memory_info().rss / 2**20
    found["recall"] = measured_recall(index.store, asked, truth)
    return {
        "Passerelle": found,
        "its vectors": percentiles(lambda n: index.store.nearest(asked[n], CANDIDATES)),
        "its words": percentiles(lambda n: index.term_index.scores(index.term_index.terms(queries[n]))),
    }


def raw_faiss(vectors: np.ndarray, asked: np.ndarray) -> tuple[dict[str, float], np.ndarray]:
    """Search the vectors and nothing else, with one thread; also return what is truly nearest."""
    found: dict[str, float] = {"recall": 1.0}
    faiss.omp_set_num_threads(1)
    with timed(found, "build"):
        index = faiss.IndexFlatIP(DIM)
        index.add(vectors)
    found |= percentiles(lambda n: index.search(asked[n : n + 1], K))
    return found, index.search(asked, K)[1]


def raw_bm25s(texts: Sequence[str], queries: Sequence[str]) -> dict[str, float]:
    """Search the words and nothing else; the query is analysed as ours is."""
    found: dict[str, float] = {}
    with timed(found, "build"):
        index = bm25s.BM25(method="lucene")
        index.index([analyse(text, "fr") for text in texts], show_progress=False)
    return found | percentiles(lambda n: index.retrieve([analyse(queries[n], "fr")], k=K, show_progress=False))


def txtai_hybrid(
    texts: Sequence[str], queries: Sequence[str], vectors: np.ndarray, asked: np.ndarray
) -> dict[str, float]:
    """Search with txtai: exact vectors, BM25, texts kept; the vectors are looked up."""
    from txtai import Embeddings

    known = dict(zip([*texts, *queries], [*vectors, *asked], strict=True))
    found: dict[str, float] = {}
    with timed(found, "build"):
        index = Embeddings(
            method="external",
            transform=lambda some: np.stack([known[text] for text in some]),
            hybrid=True,
            content=True,
            faiss={"components": "IDMap,Flat"},
        )
        index.index(list(texts))
    return found | percentiles(lambda n: index.search(queries[n], K))


def chroma(texts: Sequence[str], queries: Sequence[str], vectors: np.ndarray, asked: np.ndarray) -> dict[str, float]:
    """Search with Chroma (vectors only: its words are not ranked), texts kept, in memory."""
    import chromadb
    from chromadb.config import Settings

    found: dict[str, float] = {}
    with timed(found, "build"):
        client = chromadb.EphemeralClient(Settings(anonymized_telemetry=False))
        passages = client.create_collection(f"passages-{len(texts)}", metadata={"hnsw:space": "ip"})
        for start in range(0, len(texts), 5_000):
            some = range(start, min(start + 5_000, len(texts)))
            passages.add(
                [str(n) for n in some], embeddings=vectors[start : some.stop], documents=list(texts[start : some.stop])
            )
    return found | percentiles(lambda n: passages.query(query_embeddings=asked[n : n + 1], n_results=K))


def table(found: dict[str, dict[str, float]]) -> Iterator[str]:
    """Write the figures as Markdown, a row an engine."""
    yield "| engine | " + " | ".join(MEASURED.values()) + " |"
    yield "|---" * (len(MEASURED) + 1) + "|"
    for name, row in found.items():
        cells = (
            f"{row[key]:.3g}" if key == "recall" and key in row else f"{row[key]:,.2f}" if key in row else ""
            for key in MEASURED
        )
        yield f"| {name} | " + " | ".join(cells) + " |"


def main() -> int:
    """Measure each size and print a table of each."""
    parser = make_parser(__doc__, sizes=10_000)
    parser.add_argument("--library", action="store_true", help="the shipped library instead: what comes after encoding")
    parser.add_argument("--busy", action="store_true", help="with --library: while every processor is busy otherwise")
    parser.add_argument(
        "--rebuild", action="store_true", help="a rebuild instead: one entry changed, two passages each"
    )
    parser.add_argument("--alone", action="store_true", help="leave txtai and Chroma out")
    parser.add_argument("--json", type=Path, help="also write the figures here")
    options = parser.parse_args()
    if options.library:
        said = "p50 {p50:.1f} ms, p95 {p95:.1f} ms, {processor:.1f} ms of processor a query"
        print("shipped library, after encoding:", said.format(**after_encoding(busy=options.busy)))
        return 0
    if options.rebuild:
        for count in options.sizes:
            for write in (write_table, write_folder):
                print(rebuild(count, write), flush=True)
        return 0
    figures = {}
    for count in options.sizes:
        figures[count] = measure(count, others=not options.alone)
        print(f"\n{count:,} passages\n", *table(figures[count]), sep="\n", flush=True)
    if options.json:
        options.json.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
