"""Measure the search on the judged situations of the corpus.

Example:
    python scripts/evaluate.py --half report --json report.json

The figures of the README are printed by: python scripts/evaluate.py --half report
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import search
from search.ranking import Weights

ABLATION = {
    "as it is": Weights(),
    "without words": Weights(words=0.0),
    "without told situations": Weights(told=0.0),
    "without links": Weights(links=0.0),
    "without names first": Weights(names=0.0),
    "the best passage alone": Weights(best=(1.0,)),
    "meaning of the best passages alone": Weights(words=0.0, told=0.0, links=0.0, names=0.0),
}
"""What each sign of the ranking is worth: leave it out."""

MODES = {"words": "words only", "meaning": "meaning only", "both": "meaning with words"}


def arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--half", choices=("tune", "report"), default="report", help="which situations (default: %(default)s)"
    )
    parser.add_argument("--corpus", type=Path, default=search.default_corpus(), help="where evaluation/ is")
    parser.add_argument("--index", type=Path, default=search.default_index(), help="index folder (made when missing)")
    parser.add_argument("--model", help="folder or public name of the model the index was made with")
    parser.add_argument("--k", type=places, default=10, help="places that count (default: %(default)s)")
    parser.add_argument("--ablation", action="store_true", help="print what each sign of the ranking is worth instead")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write every figure to FILE as well")
    return parser.parse_args()


def places(text: str) -> int:
    """Read a number of places, 1 or more."""
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"must be a whole number, 1 or more (got {text!r})")
    return int(text)


def main() -> int:
    """Print the tables; exit code 2 when something cannot be read or measured."""
    options = arguments()
    model = {"model": options.model} if options.model else {}
    try:
        queries = search.read_judged_queries(options.corpus / "evaluation" / f"{options.half}.jsonl")
        searcher = search.load(options.index, corpus=options.corpus, **model)
    except (search.PasserelleError, OSError) as error:
        print(error, file=sys.stderr)
        return 2
    if why_not := unmeasurable(queries, searcher):
        print(why_not, file=sys.stderr)
        return 2
    if options.ablation:
        print(ablation(searcher, queries, options.k))
        return 0
    reports = {mode: search.evaluate(searcher, queries, k=options.k, mode=mode) for mode in MODES}
    print(render(reports, options.half, searcher.manifest))
    if options.json:
        figures = {mode: dataclasses.asdict(report) for mode, report in reports.items()}
        options.json.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    return 0


def ablation(searcher: search.Searcher, queries: Sequence[search.JudgedQuery], k: int) -> str:
    """Put the figures with each sign left out in a Markdown table."""
    reports = {
        name: search.evaluate(searcher.with_weights(weights), queries, k=k) for name, weights in ABLATION.items()
    }
    directions = list(next(iter(reports.values())).by_direction)
    rows = [
        table_row(name, [*(report.by_direction[d][f"ndcg@{k}"] for d in directions), report.mean[f"ndcg@{k}"]])
        for name, report in reports.items()
    ]
    head = f"| nDCG@{k} | {' | '.join(directions)} | both languages |"
    return "\n".join([head, "|---|" + "---|" * (len(directions) + 1), *rows])


def unmeasurable(queries: Sequence[search.JudgedQuery], searcher: search.Searcher) -> str | None:
    """Say why a searcher cannot be measured on these queries, if it cannot."""
    if not any(query.in_scope for query in queries):
        return "There is nothing to measure: no situation is in scope."
    missing = {name for query in queries for name in query.judgements} - {entry.id for entry in searcher.entries}
    if missing:
        return (
            f"The index lacks entries that are judged: {', '.join(sorted(missing))}. If the corpus has them, make the "
            "index again: python scripts/build_index.py"
        )
    return None


def render(reports: Mapping[str, search.Report], half: str, manifest: search.Manifest) -> str:
    """Put the reports in Markdown tables."""
    both = reports["both"]
    k, ndcg = both.k, f"ndcg@{both.k}"
    lines = [
        f"{both.queries['in_scope']} situations in scope and {both.queries['out_of_scope']} out of scope "
        f"({half} half), each in French and in English, over {manifest.entries} entries; model {manifest.model}.",
        "",
        f"| nDCG@{k} | " + " | ".join(MODES.values()) + " |",
        "|---|" + "---|" * len(MODES),
        *(
            table_row(name, [report.by_direction[name][ndcg] for report in reports.values()])
            for name in both.by_direction
        ),
        table_row("both languages", [report.mean[ndcg] for report in reports.values()]),
        *(table_row(f"only {kind}", [r.by_kind[kind][ndcg] for r in reports.values()]) for kind in both.by_kind),
        *(
            table_row(f"category {name}", [r.by_category[name][ndcg] for r in reports.values()])
            for name in both.by_category
        ),
        "",
        "| both languages | " + " | ".join(MODES.values()) + " |",
        "|---|" + "---|" * len(MODES),
        table_row(f"recall@{k}", [report.mean[f"recall@{k}"] for report in reports.values()]),
        table_row("MRR", [report.mean[f"mrr@{k}"] for report in reports.values()]),
        table_row("answers in the query's language", [report.query_language_share for report in reports.values()]),
        table_row(f"first {k} shared by both tellings", [report.overlap for report in reports.values()]),
        "",
        f"Silent on {both.silence['out_of_scope']:.1%} of the out-of-scope queries (goal: all) and on "
        f"{both.silence['in_scope']:.1%} of those in scope (goal: none).",
    ]
    return "\n".join(lines)


def table_row(name: str, values: list[float]) -> str:
    """Return one row of a Markdown table."""
    return f"| {name} | " + " | ".join(f"{value:.3f}" for value in values) + " |"


if __name__ == "__main__":
    sys.exit(main())
