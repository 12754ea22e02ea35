"""The command ``passerelle build``: its options, and what it prints."""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tqdm import tqdm

from ..encoding.embedding_cache import Progress
from ..encoding.encoder import SHIPPED_MODEL, Encoder, SentenceEncoder
from ..index.reading import read_manifest
from ..index.vector_store import INDEX_TYPES
from ..library.tables import count_corpus
from ..locations import default_corpus, default_index
from .builder import build, is_current
from .publishing import publish


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what to build, from what, and where it goes."""
    add_corpus(parser)
    parser.add_argument("--dry-run", action="store_true", help="only read it, and say what its index would hold")
    parser.add_argument(
        "--model",
        default=SHIPPED_MODEL,
        help="folder or public name of a sentence-transformers model (default: the shipped one)",
    )
    parser.add_argument("--output", type=Path, default=default_index(), help="index folder (default: %(default)s)")
    parser.add_argument(
        "--index-type",
        choices=INDEX_TYPES,
        help="how vectors are kept: 32 bits, 16 bits, or 8 bits in lists of near ones (default: by their number)",
    )
    parser.add_argument(
        "--store",
        metavar="URL",
        help="then put the index in a PostgreSQL database too: postgresql://user@host/name (docs/scaling.md)",
    )
    parser.add_argument(
        "--check", action="store_true", help="only say whether the index is up to date (exit code 1 if not)"
    )


def add_corpus(parser: argparse.ArgumentParser) -> None:
    """Add the option that says what an index is made from."""
    parser.add_argument(
        "--corpus",
        type=Path,
        default=default_corpus(),
        help="corpus folder, or a table: .jsonl, .csv, .xlsx (default: the shipped corpus)",
    )


def run(options: argparse.Namespace) -> int:
    """Make the index of a library; the one in use goes on answering until the new one is complete."""
    if options.dry_run:
        print(count_corpus(options.corpus))
        return 0
    encoder = SentenceEncoder(options.model)
    if options.check:
        current = is_current(options.corpus, options.output, encoder, index_type=options.index_type)
        print(f"{options.output} is {'up to date' if current else 'not up to date'}.")
        return 0 if current else 1
    bring_up_to_date(options.corpus, options.output, encoder, options.index_type)
    if options.store:
        put_in_database(options.output, options.store)
    return 0


def bring_up_to_date(
    corpus: Path, output: Path, encoder: Encoder, index_type: str | None = None, *, wait: bool = False
) -> None:
    """Make an index unless it is up to date, and say what it holds; with ``wait`` others who make it are waited for."""
    if is_current(corpus, output, encoder, index_type=index_type):
        print(f"{output} is up to date.")
        return
    start = time.perf_counter()
    with progress_bar() as progress:
        path = build(corpus, output, encoder=encoder, progress=progress, index_type=index_type, wait=wait)
    made, seconds = read_manifest(output), time.perf_counter() - start
    print(
        f"{made.entries} entries, {made.passages} passages ({made.index_type}, recall {made.recall:.3f}), "
        f"{made.model}, in {seconds:.1f} s: {path}"
    )


def put_in_database(folder: Path, url: str) -> None:
    """Publish an index, and say what was written."""
    start = time.perf_counter()
    made = publish(folder, url)
    print(
        f"Build {made.build} published: {made.passages} passages, {made.added} written, {made.closed} closed, "
        f"in {time.perf_counter() - start:.1f} s"
    )


@contextmanager
def progress_bar() -> Iterator[Progress]:
    """Give what tells how many texts are embedded: a bar on the error output, if that is a terminal."""
    with tqdm(unit=" texts", desc="Embedding", disable=None, delay=0.2) as bar:

        def progress(done: int, total: int) -> None:
            bar.total = total
            bar.update(done - bar.n)

        yield progress
