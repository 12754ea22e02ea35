"""Measure the search on the judged queries of a corpus, as a command.

Another model gets an index of its own beside the usual one, made when missing.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import re
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from ..encoding.encoder import SHIPPED_MODEL, model_name
from ..errors import PasserelleError
from ..library.aliases import current_grades
from ..library.arguments import path_typed, positive
from ..library.judged_queries import HALVES, JudgedQuery, read_judged_queries
from ..library.judged_sets import (
    JudgedConcern,
    JudgedLetter,
    JudgedNeed,
    OffTopic,
    SearchTerms,
    read_letters,
    read_off_topic,
    read_plain,
    read_search_terms,
)
from ..library.reader import must_be_folder
from ..library.side_by_side import renamed_judged, renamed_training
from ..library.training_queries import TrainingQuery, landmarks, read_training_queries
from ..locations import default_corpus, default_index
from ..retrieval.searcher import Searcher
from ..whole_files import write_whole
from .behaviour_checks import Check, pass_rates, read_checks
from .evaluation import Report, evaluate
from .report_tables import ablation_table, checks_table, curve_table, figure_tables, report_tables
from .rewrite_report import rewrites_table
from .set_figures import Figure, letter_figures, off_topic_figures, plain_figures, search_box_figures
from .strength_table import strength_table
from .variants import COLUMNS, EVERYTHING, ablations, with_fewer_training_queries, with_signals

SITUATIONS, PLAIN, LETTERS, SEARCH_BOX, OFF_TOPIC_SET = SETS = (
    "situations",
    "plain",
    "letters",
    "search-box",
    "off-topic",
)
"""Judged sets; all but the situations have a folder of this name in ``evaluation/``."""

REWRITES = "rewrites"
"""The situations and what they become when they are typed otherwise."""

STRENGTH = "strength"
"""How many of the hits of each strength are useful, of situations and short needs."""

SHARES = (0.25, 0.5, 0.75, 1.0)
"""Of the training queries, for the curve."""

Load = Callable[..., Searcher]
"""Opens an index, making it when there is none: `search.load`."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what the command understands."""
    parser.add_argument("--half", choices=HALVES, default="report", help="which queries (default: %(default)s)")
    parser.add_argument(
        "--set",
        choices=(*SETS, REWRITES, STRENGTH, "all"),
        default=SITUATIONS,
        help="which judged set (default: %(default)s)",
    )
    parser.add_argument("--corpus", type=path_typed, default=default_corpus(), help="where evaluation/ is")
    parser.add_argument("--index", type=path_typed, help="index folder, made when missing (default: the model's own)")
    parser.add_argument("--model", help="folder or public name of a sentence-transformers model (default: the shipped)")
    parser.add_argument("--dim", type=positive, help="use only so many numbers of each vector (default: all)")
    parser.add_argument("--beside", nargs="+", default=[], metavar="MODEL", help="print these models beside it")
    parser.add_argument("--k", type=positive, default=10, help="ranks that count (default: %(default)s)")
    parser.add_argument("--ablation", action="store_true", help="print what each signal is worth instead")
    parser.add_argument("--curve", action="store_true", help="print what fewer training queries give instead")
    parser.add_argument("--json", type=path_typed, metavar="FILE", help="write every figure to FILE as well")


def run(options: argparse.Namespace, load: Load) -> int:
    """Print the tables; exit code 2 when something cannot be read or measured.

    Raises:
        CorpusError: There is no such corpus.
    """
    must_be_folder(options.corpus)
    try:
        ready = _made_ready(options, load)
    except (PasserelleError, OSError, _CannotMeasureError) as error:
        print(error, file=sys.stderr)
        return 2
    _measure(ready, options)
    return 0


class _CannotMeasureError(Exception):
    """What was opened cannot be measured; the message says why."""


@dataclass(frozen=True)
class _Ready:
    """All that is measured, and what it is measured on.

    Attributes:
        searcher: What is measured.
        asked: The judged sets, with the ids that entries have now.
        taught: The training queries, where fewer of them are tried.
        beside: Name of each other model to its searcher.
    """

    searcher: Searcher
    asked: _Asked
    taught: Sequence[TrainingQuery]
    beside: Mapping[str, Searcher]


def _made_ready(options: argparse.Namespace, load: Load) -> _Ready:
    """Read what is asked and open what is measured.

    Raises:
        PasserelleError, OSError: Something cannot be read.
        _CannotMeasureError: The index is not one of what is asked.
    """
    asked = _read(options)
    searcher = _open(load, options, options.model)
    asked = asked.renamed(searcher.index.metadata.aliases)
    queries = read_training_queries(options.corpus) if options.curve else ()
    taught = renamed_training(queries, searcher.index.metadata.aliases)
    if why_not := _unmeasurable(asked, searcher) or (_untaught(taught, searcher) if options.curve else None):
        raise _CannotMeasureError(why_not)
    beside = {Path(model).name: _open(load, options, model, beside=True) for model in options.beside}
    return _Ready(searcher, asked, taught, beside)


def _measure(ready: _Ready, options: argparse.Namespace) -> None:
    """Measure what is wanted and print it."""
    searcher, asked, k = ready.searcher, ready.asked, options.k
    if options.set == STRENGTH:
        print(strength_table(searcher, (*asked.situations, *asked.needs), options.half, k=k))
    elif options.set == REWRITES:
        print(rewrites_table(searcher, asked.situations, options.half, k=k))
    elif options.ablation:
        print(_ablation(searcher, asked.situations, asked.checks, k))
    elif options.curve:
        print(_curve(searcher, asked.situations, ready.taught, k))
    else:
        _compare(searcher, ready.beside, asked, options)


@dataclass(frozen=True)
class _Asked:
    """What is measured; a set that is not wanted is empty, but all that is in scope is needed beside what is not."""

    situations: Sequence[JudgedQuery] = ()
    checks: Sequence[Check] = ()
    needs: Sequence[JudgedNeed] = ()
    letters: Sequence[JudgedLetter] = ()
    terms: Sequence[SearchTerms] = ()
    off_topic: Sequence[OffTopic] = ()

    def renamed(self, names: Mapping[str, str]) -> _Asked:
        """Return the same with the ids that entries have now."""
        return dataclasses.replace(
            self,
            situations=renamed_judged(self.situations, names),
            needs=[_regraded(need, names) for need in self.needs],
            terms=[_regraded(one, names) for one in self.terms],
            letters=[
                dataclasses.replace(letter, concerns=tuple(_regraded(one, names) for one in letter.concerns))
                for letter in self.letters
            ],
        )

    def judgements(self) -> Iterator[Mapping[str, int]]:
        """Yield all judgements there are."""
        yield from (query.judgements for query in self.situations)
        yield from (need.judgements for need in self.needs)
        yield from (one.judgements for one in self.terms)
        yield from (concern.judgements for letter in self.letters for concern in letter.concerns)


Graded = TypeVar("Graded", JudgedNeed, JudgedConcern, SearchTerms)


def _regraded(one: Graded, names: Mapping[str, str]) -> Graded:
    return dataclasses.replace(one, judgements=current_grades(one.judgements, names))


def _read(options: argparse.Namespace) -> _Asked:
    """Read the sets that are wanted, or that are needed beside them."""
    folder, half = options.corpus / "evaluation", options.half

    def wanted(name: str) -> bool:
        beside = (REWRITES, SITUATIONS), (STRENGTH, SITUATIONS), (STRENGTH, PLAIN)
        return options.set in (name, "all", OFF_TOPIC_SET) or (options.set, name) in beside

    checks = folder / "checks" / f"{half}.jsonl"
    return _Asked(
        situations=read_judged_queries(folder / f"{half}.jsonl") if wanted(SITUATIONS) else (),
        checks=read_checks(checks) if wanted(SITUATIONS) and checks.exists() else (),
        needs=read_plain(folder / PLAIN / f"{half}.jsonl") if wanted(PLAIN) else (),
        letters=read_letters(folder / LETTERS / f"{half}.jsonl") if wanted(LETTERS) else (),
        terms=read_search_terms(folder / SEARCH_BOX / f"{half}.jsonl") if options.set in (SEARCH_BOX, "all") else (),
        off_topic=read_off_topic(folder / OFF_TOPIC_SET / f"{half}.jsonl") if wanted(OFF_TOPIC_SET) else (),
    )


def _compare(searcher: Searcher, beside: Mapping[str, Searcher], asked: _Asked, options: argparse.Namespace) -> None:
    """Print the columns of each set, and other models with everything beside them."""
    columns = {name: with_signals(searcher, signals) for name, signals in COLUMNS.items()} | dict(beside)
    written: dict[str, Any] = {}
    if options.set in (SITUATIONS, "all"):
        reports = {name: evaluate(one, asked.situations, k=options.k) for name, one in columns.items()}
        print(report_tables(reports, options.half, searcher.manifest))
        if asked.checks:
            print("\n" + checks_table({name: pass_rates(one, asked.checks) for name, one in columns.items()}))
        written |= {name: _without_queries(report) for name, report in reports.items()}
    for name in TYPED:
        if options.set in (name, "all"):
            head, figures = _figures(name, asked, columns, options)
            print(("\n" if options.set == "all" else "") + figure_tables(head, figures))
            written[name] = {column: {one.name: one.mean for one in some} for column, some in figures.items()}
    if options.json:
        write_whole(options.json, f"{json.dumps(written, indent=1)}\n".encode())


@dataclass(frozen=True)
class _Typed:
    """A judged set of what people type, beside the situations.

    Attributes:
        size: Says how many it has.
        figures: Measures a searcher on it, with the ranks that count.
        by_signals: Whether its figures depend on the signals: whether there is an answer does not.
    """

    size: Callable[[_Asked], str]
    figures: Callable[[Searcher, _Asked, int], tuple[Figure, ...]]
    by_signals: bool = True


def _letters_and_concerns(asked: _Asked) -> str:
    return f"{len(asked.letters)} letters, {sum(len(letter.concerns) for letter in asked.letters)} concerns"


def _off_topic(searcher: Searcher, asked: _Asked, _k: int) -> tuple[Figure, ...]:
    return off_topic_figures(
        searcher, asked.off_topic, situations=asked.situations, needs=asked.needs, letters=asked.letters
    )


TYPED: Mapping[str, _Typed] = {
    PLAIN: _Typed(
        size=lambda asked: f"{len(asked.needs)} needs, each in both languages",
        figures=lambda searcher, asked, k: plain_figures(searcher, asked.needs, k=k),
    ),
    LETTERS: _Typed(
        size=_letters_and_concerns,
        figures=lambda searcher, asked, k: letter_figures(searcher, asked.letters, k=k),
    ),
    SEARCH_BOX: _Typed(
        size=lambda asked: f"{len(asked.terms)} terms, each in both languages",
        figures=lambda searcher, asked, _k: search_box_figures(searcher, asked.terms),
        by_signals=False,
    ),
    OFF_TOPIC_SET: _Typed(
        size=lambda asked: f"{len(asked.off_topic)} lines",
        figures=_off_topic,
        by_signals=False,
    ),
}
"""Name of each set but the situations to how it is measured."""


def _figures(
    name: str, asked: _Asked, columns: Mapping[str, Searcher], options: argparse.Namespace
) -> tuple[str, dict[str, tuple[Figure, ...]]]:
    """Measure one of TYPED; return the line above its table, and the figures of each column."""
    typed = TYPED[name]
    wanted = [column for column in columns if typed.by_signals or column not in COLUMNS or column == EVERYTHING]
    figures = {column: typed.figures(columns[column], asked, options.k) for column in wanted}
    return f"{name}: {typed.size(asked)} ({options.half} half)", figures


def _without_queries(report: Report) -> dict[str, Any]:
    """Return the figures of a report, but those of single queries."""
    return {name: value for name, value in dataclasses.asdict(report).items() if name != "by_query"}


def _open(load: Load, options: argparse.Namespace, model: str | None, *, beside: bool = False) -> Searcher:
    """Open the index of a model, made first when there is none: the usual one for the shipped model as it is."""
    index, dim = (None, None) if beside else (options.index, options.dim)
    if model is None and dim is None:
        return load(index, corpus=options.corpus)
    usual, model = default_index(), model or str(SHIPPED_MODEL)
    name = re.sub(r"[^\w.@-]+", "-", model_name(model)) + (f"-{dim}" if dim else "")
    return load(index or usual.with_name(f"{usual.name}-{name}"), corpus=options.corpus, model=model, dim=dim)


def _ablation(searcher: Searcher, queries: Sequence[JudgedQuery], checks: Sequence[Check], k: int) -> str:
    reports: dict[str, Report] = {}
    rates: dict[str, Mapping[str, float]] = {}
    for name, other in ablations(searcher):
        reports[name] = evaluate(other, queries, k=k)
        if checks:
            rates[name] = pass_rates(other, checks)
    return ablation_table(reports, rates)


def _curve(searcher: Searcher, queries: Sequence[JudgedQuery], taught: Sequence[TrainingQuery], k: int) -> str:
    def reports() -> Iterator[tuple[str, Report]]:
        for share, (count, other) in zip(SHARES, with_fewer_training_queries(searcher, taught, SHARES), strict=True):
            yield f"{count} ({share:.0%})", evaluate(other, queries, k=k)

    return curve_table(dict(reports()))


def _unmeasurable(asked: _Asked, searcher: Searcher) -> str | None:
    """Say why a searcher cannot be measured on these queries, if it cannot."""
    if not any(asked.judgements()):
        return "There is nothing to measure: no situation is in scope."
    missing = {name for judgements in asked.judgements() for name in judgements} - {one.id for one in searcher.entries}
    if missing:
        return (
            f"The index lacks entries that are judged: {', '.join(sorted(missing))}. If the corpus has them, make the "
            "index again: passerelle build"
        )
    return None


def _untaught(taught: Sequence[TrainingQuery], searcher: Searcher) -> str | None:
    """Say why a searcher cannot be taught by fewer of some training queries, if it cannot."""
    answers = [query.entries for query in taught for _ in range(query.tellings)]
    if searcher.index.relevance.answers == tuple(answers[row] for row, *_ in landmarks(taught)):
        return None
    return (
        "The index has learned from other training queries than the corpus has. Make the index again: passerelle build"
    )
