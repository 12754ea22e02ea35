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
from pathlib import Path

from ..encoding.encoder import SHIPPED_MODEL, model_name
from ..errors import PasserelleError
from ..library.judged_queries import HALVES, JudgedQuery, read_judged_queries
from ..library.training_queries import TrainingQuery, read_training_queries
from ..locations import default_corpus, default_index
from ..retrieval.searcher import Searcher
from .behaviour_checks import Check, pass_rates, read_checks
from .evaluation import Report, evaluate
from .report_tables import ablation_table, checks_table, curve_table, report_tables
from .rewrite_report import rewrites_table
from .variants import COLUMNS, ablations, with_fewer_training_queries, with_signals

SHARES = (0.25, 0.5, 0.75, 1.0)
"""Of the training queries, for the curve."""

SETS = ("judged", "rewrites")
"""What can be measured: the judged situations, or whether rewriting them changes their answers."""

Load = Callable[..., Searcher]
"""Opens an index, making it when there is none: `search.load`."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what the command understands."""
    parser.add_argument("--set", choices=SETS, default="judged", help="what is measured (default: %(default)s)")
    parser.add_argument("--half", choices=HALVES, default="report", help="which queries (default: %(default)s)")
    parser.add_argument("--corpus", type=Path, default=default_corpus(), help="where evaluation/ is")
    parser.add_argument("--index", type=Path, help="index folder, made when missing (default: the model's own)")
    parser.add_argument("--model", help="folder or public name of a sentence-transformers model (default: the shipped)")
    parser.add_argument("--dim", type=_count, help="use only so many numbers of each vector (default: all)")
    parser.add_argument("--beside", nargs="+", default=[], metavar="MODEL", help="print these models beside it")
    parser.add_argument("--k", type=_count, default=10, help="ranks that count (default: %(default)s)")
    parser.add_argument("--ablation", action="store_true", help="print what each signal is worth instead")
    parser.add_argument("--curve", action="store_true", help="print what fewer training queries give instead")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write every figure to FILE as well")


def run(options: argparse.Namespace, load: Load) -> int:
    """Print the tables; exit code 2 when something cannot be read or measured."""
    folder = options.corpus / "evaluation"
    try:
        queries = read_judged_queries(folder / f"{options.half}.jsonl")
        checks = read_checks(path) if (path := folder / "checks" / f"{options.half}.jsonl").exists() else ()
        searcher = _open(load, options, options.model)
        taught = read_training_queries(options.corpus) if options.curve else ()
        if why_not := _unmeasurable(queries, searcher) or (_untaught(taught, searcher) if options.curve else None):
            print(why_not, file=sys.stderr)
            return 2
        beside = {Path(model).name: _open(load, options, model, beside=True) for model in options.beside}
    except (PasserelleError, OSError) as error:
        print(error, file=sys.stderr)
        return 2
    if options.set == "rewrites":
        print(rewrites_table(searcher, queries, options.half, k=options.k))
    elif options.ablation:
        print(_ablation(searcher, queries, checks, options.k))
    elif options.curve:
        print(_curve(searcher, queries, taught, options.k))
    else:
        _compare(searcher, beside, queries, checks, options)
    return 0


def _compare(
    searcher: Searcher,
    beside: Mapping[str, Searcher],
    queries: Sequence[JudgedQuery],
    checks: Sequence[Check],
    options: argparse.Namespace,
) -> None:
    """Print the columns, and other models with everything beside them."""
    columns = {name: with_signals(searcher, signals) for name, signals in COLUMNS.items()} | dict(beside)
    reports = {name: evaluate(one, queries, k=options.k) for name, one in columns.items()}
    print(report_tables(reports, options.half, searcher.manifest))
    if checks:
        print("\n" + checks_table({name: pass_rates(one, checks) for name, one in columns.items()}))
    if options.json:
        figures = {name: dataclasses.asdict(report) for name, report in reports.items()}
        options.json.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")


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


def _unmeasurable(queries: Sequence[JudgedQuery], searcher: Searcher) -> str | None:
    """Say why a searcher cannot be measured on these queries, if it cannot."""
    if not any(query.in_scope for query in queries):
        return "There is nothing to measure: no situation is in scope."
    missing = {name for query in queries for name in query.judgements} - {entry.id for entry in searcher.entries}
    if missing:
        return (
            f"The index lacks entries that are judged: {', '.join(sorted(missing))}. If the corpus has them, make the "
            "index again: passerelle build"
        )
    return None


def _untaught(taught: Sequence[TrainingQuery], searcher: Searcher) -> str | None:
    """Say why a searcher cannot be taught by fewer of some training queries, if it cannot."""
    if searcher.index.relevance.answers == tuple(query.entries for query in taught for _ in query.texts):
        return None
    return (
        "The index has learned from other training queries than the corpus has. Make the index again: passerelle build"
    )


def _count(text: str) -> int:
    """Read a number of ranks, 1 or more."""
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"must be a whole number, 1 or more (got {text!r})")
    return int(text)
