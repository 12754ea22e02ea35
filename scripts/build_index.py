"""Build the index of a corpus; the index in use goes on answering until the new one is complete.

Example:
    python scripts/build_index.py --corpus corpus --output .index
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tqdm import tqdm

import search


def arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--corpus",
        type=Path,
        default=search.default_corpus(),
        help="corpus folder, or a table: .jsonl, .csv, .xlsx (default: the shipped corpus)",
    )
    parser.add_argument(
        "--dry-run", action="store_true", help="only read the corpus, and say what an index of it would hold"
    )
    parser.add_argument(
        "--model", help="folder or public name of a sentence-transformers model (default: the shipped one)"
    )
    parser.add_argument(
        "--output", type=Path, default=search.default_index(), help="index folder (default: %(default)s)"
    )
    parser.add_argument(
        "--index-type",
        choices=search.INDEX_TYPES,
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
    return parser.parse_args()


def main() -> int:
    """Build, or check; exit code 0 when the index is up to date, 1 when it is not, 2 when it cannot be made."""
    options = arguments()
    try:
        if options.dry_run:
            print(search.count_corpus(options.corpus))
            return 0
        encoder = search.SentenceEncoder(options.model) if options.model else search.SentenceEncoder()
        current = search.is_current(options.corpus, options.output, encoder, index_type=options.index_type)
        if options.check or current:
            print(f"{options.output} is {'up to date' if current else 'not up to date'}.")
        else:
            build(options, encoder)
        if options.check:
            return 0 if current else 1
        if options.store:
            publish(options)
    except search.PasserelleError as error:
        print(error, file=sys.stderr)
        return 2
    return 0


def build(options: argparse.Namespace, encoder: search.Encoder) -> None:
    """Build with a progress bar and say what was made."""
    start = time.perf_counter()
    with tqdm(unit=" texts", desc="Embedding") as bar:

        def progress(done: int, total: int) -> None:
            bar.total = total
            bar.update(done - bar.n)

        path = search.build(
            options.corpus, options.output, encoder=encoder, progress=progress, index_type=options.index_type
        )
    manifest = search.read_manifest(options.output)
    print(
        f"{manifest.entries} entries, {manifest.passages} passages ({manifest.index_type}, "
        f"recall {manifest.recall:.3f}), {manifest.model}, in {time.perf_counter() - start:.1f} s: {path}"
    )


def publish(options: argparse.Namespace) -> None:
    """Put the index in the database and say what was written."""
    start = time.perf_counter()
    written = search.publish(options.output, options.store)
    print(
        f"Build {written.build} published: {written.passages} passages, {written.added} written, "
        f"{written.closed} closed, in {time.perf_counter() - start:.1f} s"
    )


if __name__ == "__main__":
    sys.exit(main())
