"""The command ``passerelle build``: its options, and what it prints."""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from tqdm import tqdm

from ..encoding.embedding_cache import Progress
from ..encoding.encoder import SHIPPED_MODEL, Encoder, SentenceEncoder
from ..entries import LANGUAGES
from ..errors import CorpusError, Problem
from ..index.reading import read_manifest
from ..index.vector_store import INDEX_TYPES
from ..library.arguments import corpus_typed, path_typed
from ..library.corpus import read_corpus
from ..library.counts import CorpusCounts
from ..library.messages.file_faults import sentence_of
from ..library.messages.spoken_names import spoken
from ..library.problems import amount, counted, listed, part, problem_of
from ..library.reader import Library
from ..library.side_by_side import join, read_libraries
from ..library.tables.column_draft import draft_map, sample_entries
from ..library.tables.paths import column_map_path
from ..library.tables.preview import OF_A_ROW, TablePreview
from ..library.tables.reading import preview_table
from ..locations import default_index, named_corpora
from ..text.language import system_language
from ..whole_files import write_whole
from .builder import Corpora, build, corpora_in_use, corpora_of, is_current
from .collecting import uncollected
from .publish_postgres import publish

MOST_SHOWN = 50
"""Problems that are all printed; of more, a few of each kind are, and all are written to a file."""

FEW = 3
"""Of a kind that are printed when there are many."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what to build, from what, and where it goes."""
    add_corpus(parser)
    parser.add_argument(
        "--dry-run",
        action="store_true",
        help="only read it, and say what its index would hold; of a table also write a draft of its column map",
    )
    parser.add_argument(
        "--skip-bad-rows", action="store_true", help="build the rows of a table that can be read, name the others"
    )
    parser.add_argument("--lang", choices=LANGUAGES, help="language of problems (default: that of this computer)")
    parser.add_argument(
        "--model",
        default=SHIPPED_MODEL,
        help="folder or public name of a sentence-transformers model (default: the shipped one)",
    )
    parser.add_argument(
        "--output", type=path_typed, default=default_index(), help="index folder (default: %(default)s)"
    )
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
        type=corpus_typed,
        action="append",
        help="corpus folder, or a table: .xlsx, .csv, .json...; given again, several side by side, “shipped” being the "
        "shipped one (default: what PASSERELLE_CORPUS names, else the shipped corpus)",
    )


def run(options: argparse.Namespace) -> int:
    """Make the index of a library; the one in use goes on answering until the new one is complete.

    Raises:
        CorpusError: A library is not there, or has problems.
    """
    corpora = corpora_of(options.corpus or None)
    if gone := [problem_of("no_file", str(corpus)) for corpus in corpora if not corpus.exists()]:
        raise CorpusError(gone)
    if options.dry_run:
        return _look_into_all(corpora, options.lang or system_language())
    encoder = SentenceEncoder(options.model)
    if options.check:
        current = is_current(corpora, options.output, encoder, index_type=options.index_type)
        said = "up_to_date" if current else "not_up_to_date"
        print(part(said, options.lang or system_language(), folder=options.output))
        return 0 if current else 1
    bring_up_to_date(
        corpora,
        options.output,
        encoder,
        options.index_type,
        skip_bad_rows=options.skip_bad_rows,
        language=options.lang,
    )
    if options.store:
        put_in_database(options.output, options.store)
    return 0


def keep_up_to_date(corpora: Sequence[Path] | None, output: Path, encoder: Encoder) -> None:
    """Make an index unless it is up to date: of some corpora, else of those PASSERELLE_CORPUS names, else as it is.

    Raises:
        IndexFormatError: Another release made it, and what it was made from is not there any more.
    """
    corpora = corpora or named_corpora()
    wanted = tuple(corpora or corpora_in_use(output))
    gone = [str(corpus) for corpus in wanted if not corpus.exists()]
    if not corpora and gone:
        read_manifest(output)  # raises where it is of another release, and cannot answer
        print(f"{' and '.join(gone)}: not there any more; the index that was made from it answers.")
        return
    bring_up_to_date(wanted, output, encoder, wait=True)


def served_corpora(corpora: Sequence[Path] | None, output: Path) -> tuple[Path, ...]:
    """Return the libraries the page answers from: those that are named, else what the index was made from."""
    return tuple(corpora or named_corpora() or corpora_in_use(output))


def bring_up_to_date(
    corpus: Corpora,
    output: Path,
    encoder: Encoder,
    index_type: str | None = None,
    *,
    wait: bool = False,
    skip_bad_rows: bool = False,
    language: str | None = None,
) -> None:
    """Make an index unless it is up to date, and say what it holds, and what was set aside.

    Args:
        corpus: Corpus folder or table, or several.
        output: Index folder.
        encoder: For its texts.
        index_type: How vectors are kept; chosen by their number when None.
        wait: Whether others who make it are waited for.
        skip_bad_rows: Leave out the rows of a table that cannot be read.
        language: Of what is said; that of the computer when None.

    Raises:
        PasserelleError: As `build`.
    """
    language = language or system_language()
    if is_current(corpus, output, encoder, index_type=index_type):
        print(part("up_to_date", language, folder=output))
        return
    start = time.perf_counter()

    def tell(library: Library) -> None:
        tell_notes(library.notes, library.skipped, language)

    with progress_bar() as progress, uncollected():
        path = build(
            corpus,
            output,
            encoder=encoder,
            progress=progress,
            index_type=index_type,
            wait=wait,
            skip_bad_rows=skip_bad_rows,
            on_read=tell,
        )
    made, seconds = read_manifest(output), time.perf_counter() - start
    held = {"entries": amount("entry", made.entries, language), "passages": amount("passage", made.passages, language)}
    kept = {"kept": made.index_type, "recall": made.recall, "model": made.model}
    print(part("built", language, **held, **kept, seconds=seconds, path=path))


def _look_into_all(corpora: Sequence[Path], language: str) -> int:
    """Say what an index of some libraries would hold, and which of their ids and labels meet."""
    code = max(look_into(corpus, language) for corpus in corpora)
    if len(corpora) > 1 and not code:
        tell_notes(join(read_libraries(corpora)).met, (), language)
    return code


def look_into(corpus: Path, language: str) -> int:
    """Say what the index of a library would hold; of a table also what it is read as, and what is wrong with it."""
    if not corpus.is_file():
        library = read_corpus(corpus)
        tell_notes(library.notes, (), language)
        print(say_counts(CorpusCounts.of(library.entries), language))
        return 0
    mapped = column_map_path(corpus).exists()  # then nothing is read by likeness: the build does not either
    preview = preview_table(corpus, suggestions=not mapped)
    tell_problems(preview.problems, language, corpus)
    tell_notes(preview.notes, (), language)
    if preview.entries:
        print(say_counts(CorpusCounts.of(preview.entries), language))
        print("\n" + part("samples", language))
        print("\n".join(sample_entries(preview.entries, preview.vocabulary, language)))
    if preview.columns:
        _draft(preview_table(corpus) if mapped and preview.problems else preview, language)
    return 2 if preview.problems else 0


def _draft(preview: TablePreview, language: str) -> None:
    """Write the draft of a column map where there is none and one can be written, and print it."""
    draft, file = draft_map(preview, language), column_map_path(preview.path)
    written = False
    try:
        if not file.exists() or not file.stat().st_size:  # an empty one was cut off when it was written
            write_whole(file, draft.encode(errors="backslashreplace"))
            written = True
    except OSError as error:
        print(sentence_of(error), file=sys.stderr)
    print("\n" + part("draft_written" if written else "draft_shown", language, file=file))
    print(draft, end="")


def say_counts(counts: CorpusCounts, language: str) -> str:
    """Say what an index would hold."""
    kinds = ", ".join(f"{spoken(name, language)} {count}" for name, count in counts.kinds.items())
    languages = ", ".join(f"{name} {count}" for name, count in counts.languages.items())
    entries, passages = amount("entry", counts.entries, language), amount("passage", counts.passages, language)
    return part("held", language, entries=entries, passages=passages, kinds=kinds, languages=languages)


def tell_error(error: CorpusError, language: str | None, corpus: Path | None = None) -> None:
    """Print what is wrong with a library on the error output; see `tell_problems`."""
    tell_problems(error.problems, language or system_language(), corpus)


def tell_problems(problems: Sequence[Problem], language: str, corpus: Path | None = None) -> None:
    """Print problems on the error output, one a line, those of a kind together; more than MOST_SHOWN go to a file.

    Args:
        problems: All.
        language: ``fr`` or ``en``.
        corpus: What they are of; the file of them lies beside it.
    """
    if not problems:
        return
    print(f"{counted(problems, language)}.", end=" " if len(problems) == 1 else "\n", file=sys.stderr)
    many = len(problems) > MOST_SHOWN
    for line in listed(problems, language, FEW if many else None):
        print(line, file=sys.stderr)
    if many and (file := _write_all(problems, language, corpus or Path("library"))):
        print(part("all_in", language, file=file), file=sys.stderr)
    if any(one.kind in OF_A_ROW for one in problems):
        print(part("skip", language), file=sys.stderr)


def _write_all(problems: Sequence[Problem], language: str, corpus: Path) -> Path | None:
    """Write all problems beside the library, or where temporary files go; None where nothing can be written."""
    text = "\n".join(listed(problems, language)) + "\n"
    for folder in (corpus.absolute().parent, Path(tempfile.gettempdir())):
        with suppress(OSError):
            file = folder / f"{corpus.stem}.problems.txt"
            write_whole(file, text.encode(errors="backslashreplace"))
            return file
    return None


def tell_notes(notes: Sequence[Problem], skipped: Sequence[Problem], language: str) -> None:
    """Print on the error output what was set aside, a few of each kind, and all the rows that were left out."""
    if skipped:
        print(part("left_rows", language), file=sys.stderr)
        print("\n".join(listed(skipped, language)), file=sys.stderr)
    if notes:
        print(f"{counted(notes, language)}.", file=sys.stderr)
        print("\n".join(listed(notes, language, FEW)), file=sys.stderr)


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
