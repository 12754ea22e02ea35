"""The commands of who keeps a library, ``passerelle check``, ``new-entry``, ``coverage`` and ``export``.

Of each: its options, and what it prints.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from pathlib import Path

from ..encoding.embedding_cache import EmbeddingCache
from ..encoding.encoder import SentenceEncoder
from ..encoding.shipped_vectors import ShippedVectors
from ..entries import LANGUAGES
from ..errors import CorpusError, Problem
from ..library.arguments import path_typed
from ..library.corpus import read_corpus
from ..library.export import export_library
from ..library.problems import amount, part, said_with_place, saying
from ..library.reader import Library, must_be_folder, read_library
from ..locations import default_corpus, default_index
from ..text.language import system_language
from ..whole_files import write_whole
from .check_addresses import check_addresses
from .check_evaluation import check_evaluation
from .coverage import report
from .lint import check_library, read_facts
from .named_cases import check_named_cases
from .near_duplicates import check_allowed_pairs, check_near_duplicates
from .templates import write_template

Check = Callable[[Library], list[Problem]]
"""Says what is wrong with something of a library."""


def add_check_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what is checked, and against what."""
    parser.add_argument(
        "corpus", type=path_typed, nargs="?", default=default_corpus(), help="folder (default: the shipped)"
    )
    parser.add_argument("--facts", type=path_typed, help="JSON lines the numbers of cases and resources must occur in")
    parser.add_argument("--seed", type=path_typed, help="text no run of eight words may be shared with")
    parser.add_argument(
        "--near-duplicates",
        action="store_true",
        help="also report entries that say nearly the same (loads the shipped model)",
    )
    parser.add_argument("--lang", choices=LANGUAGES, help="language of problems (default: that of this computer)")
    parser.add_argument("--json", action="store_true", help="print the problems as JSON (default: in English)")


def run_check(options: argparse.Namespace, also: Sequence[Check] = ()) -> int:
    """List what is wrong in a library: schema, links, sources, languages, lengths, typography, numbers, copied runs.

    Args:
        options: Of the command line.
        also: Checks of what is measured with, which this room does not know.

    Raises:
        CorpusError: There is no such folder: nothing was checked.
    """
    must_be_folder(options.corpus)
    try:
        library = read_library(options.corpus)
        seed = options.seed.read_text(encoding="utf-8") if options.seed else ""
        if (facts := _facts(options.facts)) is None:
            return 2
        problems = check_library(library, seed=seed, facts=facts)
        checks = (check_evaluation, *also, check_allowed_pairs, check_named_cases, check_addresses)
        problems += [problem for check in checks for problem in check(library)]
        problems += _near_duplicates(library) if options.near_duplicates else []
        good = _counted(library)
    except CorpusError as error:
        problems, good = list(error.problems), ""
    if options.json:
        print(json.dumps([_data(one, options.lang or "en") for one in problems], ensure_ascii=False, indent=1))
    else:
        print("\n".join(_told(problems, options.lang or system_language())) if problems else good)
    return 1 if problems else 0


def _facts(path: Path | None) -> dict[str, str] | None:
    """Read the fact base, if one is given; None, after a sentence on why, when a line is not as it should be."""
    try:
        return read_facts(path) if path else {}
    except CorpusError as error:
        print(error, file=sys.stderr)
        return None


def _near_duplicates(library: Library) -> list[Problem]:
    """Report entries that say nearly the same; vectors come from the index's cache, and go there."""
    with closing(EmbeddingCache(default_index() / "embeddings.sqlite", shipped=ShippedVectors.read())) as cache:
        return check_near_duplicates(library, SentenceEncoder(), cache)


def _data(problem: Problem, language: str) -> dict[str, str | int]:
    return {"file": problem.file, "line": problem.line, "message": saying(problem, language)}


def _told(problems: Sequence[Problem], language: str) -> Iterator[str]:
    yield from (said_with_place(problem, language) for problem in problems)
    files = amount("file", len({problem.file for problem in problems}), language)
    yield part("in_files", language, problems=amount("problem", len(problems), language), files=files)


def _counted(library: Library) -> str:
    kinds = Counter(entry.kind for entry in library.entries)
    texts = sum(len(entry.languages) for entry in library.entries)
    listed = ", ".join(f"{count} {kind}" for kind, count in sorted(kinds.items()))
    return f"{amount('entry', len(library.entries), 'en')}, {amount('text', texts, 'en')}, no problem: {listed}."


def add_new_entry_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what the entry is."""
    parser.add_argument("kind", help="practice, condition, case, resource, insight or phase")
    parser.add_argument("id", help="lower-case English words joined by hyphens; becomes the file's name")
    _add_corpus(parser)


def run_new_entry(options: argparse.Namespace) -> int:
    """Write the file of a new entry, to be filled in: every key in place, comments that say what goes where."""
    print(write_template(options.corpus, options.kind, options.id))
    return 0


def add_coverage_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what is counted, and where the page goes."""
    _add_corpus(parser)
    parser.add_argument("--output", type=path_typed, help="file to write (default: print the page)")


def run_coverage(options: argparse.Namespace) -> int:
    """Tell what a library covers and where it is thin, as a page of Markdown."""
    page = report(read_library(options.corpus))
    if options.output:
        write_whole(options.output, page.encode())
    print(options.output or page, end="\n" if options.output else "")
    return 0


def add_export_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what is written, and where."""
    parser.add_argument(
        "--corpus",
        type=path_typed,
        default=default_corpus(),
        help="corpus folder, or a table (default: the shipped corpus)",
    )
    parser.add_argument(
        "--output", type=path_typed, required=True, help="folder to write to; made when it is not there"
    )


def run_export(options: argparse.Namespace) -> int:
    """Write a library as JSONL, CSV and a data card, for anyone to use."""
    library = read_corpus(options.corpus)
    for note in library.notes if options.corpus.is_dir() else ():
        print(said_with_place(note, system_language()), file=sys.stderr)
    for file in export_library(library, options.output):
        print(file)
    return 0


def _add_corpus(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--corpus", type=path_typed, default=default_corpus(), help="folder (default: the shipped corpus)"
    )
