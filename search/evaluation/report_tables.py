"""Reports as tables of Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from statistics import fmean

from ..index.index import Manifest
from .bootstrap import SURE, Difference, difference
from .evaluation import SAME_FROM, Report
from .set_figures import Figure
from .variants import EVERYTHING

SITUATION = {"phase": "phase (the surest)", "condition": "weak conditions (one of those said)"}


def report_tables(reports: Mapping[str, Report], half: str, manifest: Manifest) -> str:
    """Put reports side by side, a column each; `EVERYTHING` must be one of them.

    Args:
        reports: Name of a column to its report.
        half: Which judged queries they are of.
        manifest: Of the index.
    """
    everything = reports[EVERYTHING]
    counted, abstention = everything.queries, everything.abstention
    lines = [
        f"{counted['in_scope']} situations in scope and {counted['out_of_scope']} out of scope ({half} half), each in "
        f"French and in English, over {manifest.entries} entries; model {manifest.model}.",
        "",
        *table(f"nDCG@{everything.k}", reports, _ndcg_rows(reports)),
        "",
        *table("both languages", reports, _other_rows(reports)),
        "",
        f"No answer to {abstention['out_of_scope']:.1%} of the out-of-scope queries (goal: all) and to "
        f"{abstention['in_scope']:.1%} of those in scope (goal: none).",
    ]
    lines += _situation_table(everything)
    if everything.by_query:
        both = {name: [Figure(f"nDCG@{report.k}", report.by_query)] for name, report in reports.items()}
        lines += ["", *difference_table(both)]
    return "\n".join(lines)


def _ndcg_rows(reports: Mapping[str, Report]) -> Iterator[tuple[str, list[float]]]:
    every = list(reports.values())
    ndcg = f"ndcg@{every[0].k}"
    for direction in every[0].by_direction:
        yield direction, [report.by_direction[direction][ndcg] for report in every]
    yield "both languages", [report.mean[ndcg] for report in every]
    for kind in every[0].by_kind:
        yield f"only {kind}", [report.by_kind[kind][ndcg] for report in every]
    for name in every[0].by_category:
        yield f"category {name}", [report.by_category[name][ndcg] for report in every]


def _other_rows(reports: Mapping[str, Report]) -> Iterator[tuple[str, list[float]]]:
    every = list(reports.values())
    k = every[0].k
    yield f"recall@{k}", [report.mean[f"recall@{k}"] for report in every]
    yield "MRR", [report.mean[f"mrr@{k}"] for report in every]
    yield "answers in the query's language", [report.query_language_share for report in every]
    yield f"first {k} shared by both tellings", [report.overlap for report in every]
    yield f"tellings that share {SAME_FROM:.0%} or more", [report.same_answer for report in every]
    yield f"first {k} that show one practice", [report.crowding for report in every]


def _situation_table(report: Report) -> list[str]:
    read = report.situation
    rows = [
        (label, [read[f"{name}_right"], read[f"{name}_said"]])
        for name, label in SITUATION.items()
        if f"{name}_right" in read
    ]
    return ["", *table("where it stands", ("right", "something said"), rows)] if rows else []


def figure_tables(head: str, figures: Mapping[str, Sequence[Figure]]) -> str:
    """Put the figures of a set side by side and, where there are two columns or more, how far each adds to the last.

    Args:
        head: What the figures are of.
        figures: Name of a column to its figures, the same ones in each.
    """
    rows = [(some[0].name, [one.mean for one in some]) for some in zip(*figures.values(), strict=True)]
    lines = [*table(head, figures, rows)]
    return "\n".join([*lines, "", *difference_table(figures)] if len(figures) > 1 else lines)


def difference_table(figures: Mapping[str, Sequence[Figure]]) -> Iterator[str]:
    """Yield the lines of a table of what each column has more than the one before it, with its interval."""
    _, *others = figures
    yield f"| more than the column before ({SURE:.0%} interval, paired bootstrap) | {' | '.join(others)} |"
    yield "|---|" + "---|" * len(others)
    for some in zip(*figures.values(), strict=True):
        cells = (_interval(difference(first.values, second.values)) for first, second in pairwise(some))
        yield f"| {some[0].name} | {' | '.join(cells)} |"


def _interval(found: Difference) -> str:
    return f"{found.mean:+.3f} ({found.low:+.3f} to {found.high:+.3f})"


def checks_table(rates: Mapping[str, Mapping[str, float]]) -> str:
    """Put the share of the behaviour checks that pass side by side, by category."""
    categories = next(iter(rates.values()))
    rows = [(name, [some[name] for some in rates.values()]) for name in categories]
    return "\n".join(table("checks passed", rates, rows))


def ablation_table(reports: Mapping[str, Report], rates: Mapping[str, Mapping[str, float]]) -> str:
    """Put the figures with each signal left out in a table.

    Args:
        reports: What is left out to the report.
        rates: The same to the share of the checks that pass, by category; empty when there are none.
    """
    first = next(iter(reports.values()))
    columns = [*first.by_direction, "both languages", "shared by both tellings", *(["checks passed"] if rates else [])]
    rows = [
        (
            name,
            [
                *(metrics[f"ndcg@{report.k}"] for metrics in report.by_direction.values()),
                report.mean[f"ndcg@{report.k}"],
                report.overlap,
                *([fmean(rates[name].values())] if rates else []),
            ],
        )
        for name, report in reports.items()
    ]
    return "\n".join(table(f"nDCG@{first.k}", columns, rows))


def curve_table(reports: Mapping[str, Report]) -> str:
    """Put the figures with fewer training queries in a table."""
    k = next(iter(reports.values())).k
    rows = [(name, [report.mean[f"ndcg@{k}"], report.overlap]) for name, report in reports.items()]
    return "\n".join(table("training queries", (f"nDCG@{k}", "shared by both tellings"), rows))


def table(head: str, columns: Iterable[str], rows: Iterable[tuple[str, Sequence[float]]]) -> Iterator[str]:
    """Yield the lines of a Markdown table of numbers, three places each.

    Args:
        head: Above the names of the rows.
        columns: Above the numbers.
        rows: Name of each row, and a number for each column.
    """
    names = list(columns)
    yield f"| {head} | {' | '.join(names)} |"
    yield "|---|" + "---|" * len(names)
    for name, values in rows:
        yield f"| {name} | " + " | ".join(f"{value:.3f}" for value in values) + " |"
