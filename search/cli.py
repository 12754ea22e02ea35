"""The command ``passerelle``: one sub-command for each thing that is done with a library.

Exit codes: 0 all is well; 1 a check found something; 2 it cannot be done, and one sentence on the error output says
why; 130 it was stopped by Ctrl-C. What only one room is needed for is in the ``command`` module of that room; asking
and the page are here.
"""

from __future__ import annotations

import argparse
import dataclasses
import importlib.util
import json
import os
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import NamedTuple, NoReturn

from .api import load
from .building import command as building
from .building.collecting import uncollected
from .curation import command as curation
from .encoding.encoder import SentenceEncoder
from .entries import LANGUAGES
from .errors import CorpusError, ExtraMissingError, PasserelleError
from .evaluation.behaviour_checks import check_checks
from .hosting import command as hosting
from .learning.situation_model import NOT_READ
from .library.arguments import corpus_typed, path_typed, port_typed, positive
from .library.messages.file_faults import sentence_of
from .library.settings import COLORS, read_settings, settings_file
from .locations import STORE_VARIABLE, default_index, default_store, page_script, serve_options
from .output.ctrl_c import STOPPED
from .output.listing import list_results, list_situation, results_data
from .output.terminal import quiet_packages, ready_for_json, ready_outputs
from .retrieval.filters import NAMES
from .retrieval.searcher import Searcher
from .text.language import system_language
from .text.query import language_of

Options = argparse.Namespace


class Parser(argparse.ArgumentParser):
    """Reads a command line; what it says of a wrong one holds no address of a database, which may hold a password."""

    def error(self, message: str) -> NoReturn:
        """Say what is wrong, and exit with code 2."""
        super().error(re.sub(r"\S*(://|password).*", "…", message, flags=re.DOTALL | re.IGNORECASE))


class Command(NamedTuple):
    """A sub-command.

    Attributes:
        does: What it does, in one line.
        example: What to type after its name.
        add_arguments: Adds its options.
        run: Does it, prints, and returns the exit code.
    """

    does: str
    example: str
    add_arguments: Callable[[Parser], None]
    run: Callable[[Options], int]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a sub-command and return its exit code.

    Args:
        arguments: What is typed after the program's name; that of this process when None.
    """
    ready_outputs()
    options = make_parser().parse_args(arguments)
    if getattr(options, "json", None) is True:
        ready_for_json()
    quiet_packages()
    with _noting_ctrl_c() as stopped:
        try:
            return _run(options)
        except BaseException as error:
            # Nothing is half made: builds switch at their end. While something is imported, it becomes another error.
            if stopped.is_set() or isinstance(error, KeyboardInterrupt):
                return STOPPED
            if not isinstance(error, PasserelleError | OSError):
                raise
            _tell(error, options)
            return 2


@contextmanager
def _noting_ctrl_c() -> Iterator[threading.Event]:
    """Give what says whether Ctrl-C was pressed, whatever became of it since."""
    stopped, usual = threading.Event(), signal.getsignal(signal.SIGINT)
    if usual is not signal.default_int_handler or threading.current_thread() is not threading.main_thread():
        yield stopped
        return

    def stop(number: int, frame: object) -> NoReturn:
        stopped.set()
        raise KeyboardInterrupt

    signal.signal(signal.SIGINT, stop)
    try:
        yield stopped
    finally:
        signal.signal(signal.SIGINT, usual)


def _run(options: Options) -> int:
    """Do what was typed."""
    try:
        code = int(options.run(options))
        sys.stdout.flush()
    except BrokenPipeError:  # whoever reads has read enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    return code


def _tell(error: PasserelleError | OSError, options: Options) -> None:
    """Say what went wrong, on the error output."""
    if isinstance(error, CorpusError):
        building.tell_error(error, getattr(options, "lang", None), _told_corpus(options))
    else:
        print(sentence_of(error) if isinstance(error, OSError) else error, file=sys.stderr)


def _told_corpus(options: Options) -> Path | None:
    """Return the library beside which a file of problems lies: the last one named, for the shipped one comes first."""
    corpora = getattr(options, "corpus", None)
    return corpora[-1] if isinstance(corpora, list) else corpora


def make_parser() -> Parser:
    """Return what reads the command line; it gives the options of a sub-command, and as ``run`` what does it."""
    parser = Parser(prog="passerelle", description="Search a library in French and in English; keep it, measure it.")
    commands = parser.add_subparsers(metavar="COMMAND", required=True, title="commands")
    for name, command in COMMANDS.items():
        example = f"Example: passerelle {name} {command.example}".rstrip()
        one = commands.add_parser(
            name, help=command.does, description=f"{command.does[0].upper()}{command.does[1:]}.", epilog=example
        )
        command.add_arguments(one)
        one.set_defaults(run=command.run)
    return parser


# ---- Asking --------------------------------------------------------------------------------------------------


def add_situate_arguments(parser: Parser) -> None:
    """Say what is asked, of which index, and how the answer is written."""
    parser.add_argument("text", metavar="TEXT", help="a situation, in French or in English")
    parser.add_argument(
        "--index", type=path_typed, help="index folder, made when there is none (default: the usual one)"
    )
    parser.add_argument("--store", metavar="URL", help="ask the index in this PostgreSQL database instead")
    parser.add_argument(
        "--lang",
        choices=LANGUAGES,
        help="language to read (default: that of TEXT where it is clear, else that of this computer)",
    )
    parser.add_argument("--json", action="store_true", help="print JSON")


def add_search_arguments(parser: Parser) -> None:
    """Say what is asked, how many answers are wanted, and which entries may answer."""
    add_situate_arguments(parser)
    parser.add_argument("--k", type=positive, default=10, help="answers wanted (default: %(default)s)")
    parser.add_argument(
        "--concern",
        action="append",
        dest="concerns",
        metavar="WORDS",
        help="answer only this concern of a letter, in the words it was understood by (may be given again)",
    )
    parser.add_argument(
        "--place",
        action="append",
        dest="places",
        metavar="WORDS",
        help='limit the cases to this place of the text only (may be given again; "" takes every place away)',
    )
    for name in NAMES:
        parser.add_argument(f"--{name}", type=listed, metavar="A,B", help=f"only entries of one of these {name}")
    parser.add_argument(
        "--facet",
        action="append",
        default=[],
        metavar="NAME=VALUE",
        help="only entries with this value in a column of one's own; several of one name: with one of them",
    )


def run_search(options: Options) -> int:
    """Print the answers, best first, or what comes nearest when nothing is close enough."""
    wanted, searcher = {name: getattr(options, name) for name in NAMES}, _opened(options)
    facets = facets_of(options.facet, searcher.facets)
    places = None if options.places is None else list(filter(None, options.places))
    results = searcher.search(
        options.text, k=options.k, concerns=options.concerns, places=places, facets=facets, **wanted
    )
    reader = _reader(options)
    _print(results_data(results, reader) if options.json else list_results(results, reader, searcher.vocabulary))
    return 0


def run_situate(options: Options) -> int:
    """Print the phases and the weak conditions that are read; nothing is of a text that nothing answers."""
    searcher = _opened(options)
    read = searcher.situate(options.text) if searcher.search(options.text, k=1).hits else NOT_READ
    _print(dataclasses.asdict(read) if options.json else list_situation(read, searcher.vocabulary, _reader(options)))
    return 0


def _opened(options: Options) -> Searcher:
    with building.progress_bar() as progress, uncollected():
        return load(options.index, store=options.store, progress=progress)


def _reader(options: Options) -> str:
    return str(options.lang or language_of(options.text) or system_language())


def _print(answer: object) -> None:
    print(answer if isinstance(answer, str) else json.dumps(answer, ensure_ascii=False, indent=1))


def listed(text: str) -> list[str]:
    """Read values with commas between them."""
    return [value.strip() for value in text.split(",") if value.strip()]


def facets_of(texts: Iterable[str], known: Iterable[str]) -> dict[str, list[str]]:
    """Read texts like ``Commune=Namur``, names to values; a name that is known may hold the sign itself."""
    names, found = sorted(known, key=len, reverse=True), dict[str, list[str]]()
    for text in texts:
        name = next((one for one in names if text.startswith(f"{one}=")), text.partition("=")[0])
        found.setdefault(name.strip(), []).append(text[len(name) + 1 :].strip())
    return found


# ---- Measuring -----------------------------------------------------------------------------------------------


def add_evaluate_arguments(parser: Parser) -> None:
    """Add the options of measuring."""
    from .evaluation import command

    command.add_arguments(parser)


def run_evaluate(options: Options) -> int:
    """Measure, and print the figures."""
    from .evaluation import command

    return command.run(options, load)


# ---- The page ------------------------------------------------------------------------------------------------


def add_serve_arguments(parser: Parser) -> None:
    """Say which library the page shows, and where it is seen."""
    parser.add_argument(
        "--corpus",
        type=corpus_typed,
        action="append",
        help="corpus folder, or a table; given again, several side by side (default: what PASSERELLE_CORPUS names, "
        "else what the index in use was made from, else the shipped corpus)",
    )
    parser.add_argument(
        "--store",
        metavar="URL",
        default=default_store(),
        help="answer from the index in this PostgreSQL database, and make none here",
    )
    parser.add_argument("--port", type=port_typed, help="where the page is seen on this computer (default: 8501)")


def run_serve(options: Options) -> int:
    """Bring the index up to date, then become the page's server.

    Raises:
        ExtraMissingError: The extra ``page`` is not installed.
    """
    if importlib.util.find_spec("streamlit") is None:
        raise ExtraMissingError("page", "streamlit")
    if not options.store:
        building.keep_up_to_date(options.corpus, default_index(), SentenceEncoder())
    port = [f"--server.port={options.port}"] if options.port else []
    look = [] if options.store else theme_of(building.served_corpora(options.corpus, default_index()))
    command = [sys.executable, "-m", "streamlit", "run", str(page_script()), *serve_options(), *look, *port]
    return _become(command, os.environ | ({STORE_VARIABLE: options.store} if options.store else {}))


def theme_of(corpora: Sequence[Path]) -> list[str]:
    """Return the options for the colours that the first of some libraries says.

    Raises:
        SettingsError: Its settings say something that cannot be.
    """
    colors = read_settings(settings_file(corpora[0])).colors if corpora else {}
    return [f"--theme.{COLORS[name]}={color}" for name, color in colors.items()]


def _become(command: list[str], environment: dict[str, str]) -> int:
    """Put another program in the place of this one, so that signals reach it and the encoder's memory is given back."""
    sys.stdout.flush()
    if os.name == "posix":
        os.execve(command[0], command, environment)  # noqa: S606
    return subprocess.call(command, env=environment)  # noqa: S603


COMMANDS = {
    "build": Command(
        "make the index of a library, or say whether it is up to date",
        "--corpus mine.xlsx",
        building.add_arguments,
        building.run,
    ),
    "search": Command(
        "find the practices, conditions and cases that answer a situation",
        '"La commune écoute mais rien n\'avance" --k 5 --kinds practice,case',
        add_search_arguments,
        run_search,
    ),
    "situate": Command(
        "say which phase a situation is in and which conditions it lacks",
        '"The council listens but nothing moves"',
        add_situate_arguments,
        run_situate,
    ),
    "serve": Command("bring the index up to date and open the page", "--port 8600", add_serve_arguments, run_serve),
    "check": Command(
        "list every problem of a library, with file and line",
        "--near-duplicates",
        curation.add_check_arguments,
        partial(curation.run_check, also=(check_checks,)),
    ),
    "new-entry": Command(
        "write the file of a new entry, to be filled in",
        "case neighbours-run-the-pool",
        curation.add_new_entry_arguments,
        curation.run_new_entry,
    ),
    "coverage": Command(
        "tell what a library covers and where it is thin, as a page of Markdown",
        "--output docs/coverage.md",
        curation.add_coverage_arguments,
        curation.run_coverage,
    ),
    "export": Command(
        "write a library as JSONL, CSV and a data card",
        "--output dist/library",
        curation.add_export_arguments,
        curation.run_export,
    ),
    "health": Command(
        "say which build answers, and whether it does", "--json", hosting.add_health_arguments, hosting.run_health
    ),
    "backup": Command(
        "write the index, what people left for the editors and their tables to one file",
        "backups/monday.zip",
        hosting.add_backup_arguments,
        hosting.run_backup,
    ),
    "restore": Command(
        "bring a backup back; nothing that is there is lost",
        "backups/monday.zip",
        hosting.add_restore_arguments,
        hosting.run_restore,
    ),
    "evaluate": Command(
        "measure the search on the judged situations of a library", "", add_evaluate_arguments, run_evaluate
    ),
}
