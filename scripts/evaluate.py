"""Measure the search on the judged situations of the corpus.

Example:
    python scripts/evaluate.py --half report --json report.json
    python scripts/evaluate.py --half report --beside PATH_OR_NAME
    python scripts/evaluate.py --half report --model PATH_OR_NAME

The figures of the README are printed by: python scripts/evaluate.py --half report
Another model gets an index of its own beside the usual one, made when missing.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import random
import re
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import search
from search.encoding.encoder import SHIPPED_MODEL, model_name
from search.entries import LANGUAGES
from search.evaluation.behaviour_checks import Check, pass_rates, read_checks
from search.evaluation.evaluation import SAME_FROM
from search.library.training_queries import read_training_queries
from search.retrieval.fusion import Weights

ABLATION = {
    "as it is": Weights(),
    "without words": Weights(words=0.0),
    "without told situations": Weights(told=0.0),
    "without links": Weights(links=0.0),
    "without names first": Weights(names=0.0),
    "without rare words": Weights(coverage=0.0),
    "without mended spelling": Weights(spelling=False),
    "the best passage alone": Weights(best=(1.0,)),
    "meaning of the best passages alone": Weights(words=0.0, told=0.0, links=0.0, names=0.0, coverage=0.0),
}
"""What each sign of the ranking is worth: leave it out."""

SHARES = (0.25, 0.5, 0.75, 1.0)
"""Of the situations that the search learns from; drawn at random, each share holding the one before it."""

GRID = {"phase": "phase (the surest)", "condition": "weak conditions (one of those said)"}
MODES = {"words": "words only", "meaning": "meaning only", "both": "meaning with words"}


def arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--half", choices=("tune", "report"), default="report", help="which situations (default: %(default)s)"
    )
    parser.add_argument("--corpus", type=Path, default=search.default_corpus(), help="where evaluation/ is")
    parser.add_argument("--index", type=Path, help="index folder, made when missing (default: the model's own)")
    parser.add_argument("--model", help="folder or public name of a sentence-transformers model (default: the shipped)")
    parser.add_argument("--dim", type=places, help="use only so many numbers of each vector (default: all)")
    parser.add_argument("--beside", nargs="+", default=[], metavar="MODEL", help="print these models beside it")
    parser.add_argument("--k", type=places, default=10, help="places that count (default: %(default)s)")
    parser.add_argument("--ablation", action="store_true", help="print what each sign of the ranking is worth instead")
    parser.add_argument("--curve", action="store_true", help="print what fewer situations to learn from give instead")
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
    evaluation = options.corpus / "evaluation"
    try:
        queries = search.read_judged_queries(evaluation / f"{options.half}.jsonl")
        checks = read_checks(path) if (path := evaluation / "checks" / f"{options.half}.jsonl").exists() else ()
        searcher = load(options.model, options.dim, options.index, options.corpus)
        beside = {Path(model).name: load(model, None, None, options.corpus) for model in options.beside}
    except (search.PasserelleError, OSError) as error:
        print(error, file=sys.stderr)
        return 2
    if why_not := unmeasurable(queries, searcher):
        print(why_not, file=sys.stderr)
        return 2
    if options.ablation:
        print(ablation(searcher, queries, checks, options.k))
        return 0
    if options.curve:
        print(curve(searcher, queries, options.corpus, options.k))
        return 0
    reports = {label: search.evaluate(searcher, queries, k=options.k, mode=mode) for mode, label in MODES.items()}
    reports |= {name: search.evaluate(other, queries, k=options.k) for name, other in beside.items()}
    print(render(reports, options.half, searcher.manifest))
    if checks:
        rates = {label: pass_rates(searcher, checks, mode=mode) for mode, label in MODES.items()}
        rates |= {name: pass_rates(other, checks) for name, other in beside.items()}
        print(render_checks(rates))
    if options.json:
        figures = {label: dataclasses.asdict(report) for label, report in reports.items()}
        options.json.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    return 0


def load(model: str | None, dim: int | None, index: Path | None, corpus: Path) -> search.Searcher:
    """Open the index of a model, made first when there is none: the usual one for the shipped model as it is."""
    if model is None and dim is None:
        return search.load(index, corpus=corpus)
    usual, model = search.default_index(), model or str(SHIPPED_MODEL)
    name = re.sub(r"[^\w.@-]+", "-", model_name(model)) + (f"-{dim}" if dim else "")
    return search.load(index or usual.with_name(f"{usual.name}-{name}"), corpus=corpus, model=model, dim=dim)


def ablation(searcher: search.Searcher, queries: Sequence[search.JudgedQuery], checks: Sequence[Check], k: int) -> str:
    """Put the figures with each sign left out in a Markdown table."""
    rows = []
    for name, weights in ABLATION.items():
        other = searcher.with_weights(weights)
        report = search.evaluate(other, queries, k=k)
        rates = list(pass_rates(other, checks).values())
        directions = [metrics[f"ndcg@{k}"] for metrics in report.by_direction.values()]
        passed = [sum(rates) / len(rates)] if rates else []
        rows.append(table_row(name, [*directions, report.mean[f"ndcg@{k}"], report.overlap, *passed]))
    columns = [*report.by_direction, "both languages", "shared by both tellings"]
    columns += ["checks passed"] if checks else []
    return "\n".join([f"| nDCG@{k} | {' | '.join(columns)} |", "|---|" + "---|" * len(columns), *rows])


def curve(searcher: search.Searcher, queries: Sequence[search.JudgedQuery], corpus: Path, k: int) -> str:
    """Put the figures with fewer situations to learn from in a Markdown table."""
    told = read_training_queries(corpus)
    texts = [text for situation in told for text in situation.texts.values()]
    drawn = random.Random(0).sample(range(len(told)), len(told))
    rows = []
    for share in SHARES:
        chosen = sorted(drawn[: round(share * len(told))])
        pairs = [len(LANGUAGES) * n + m for n in chosen for m in range(len(LANGUAGES))]
        report = search.evaluate(searcher.taught_by(pairs, texts), queries, k=k)
        rows.append(table_row(f"{len(chosen)} ({share:.0%})", [report.mean[f"ndcg@{k}"], report.overlap]))
    return "\n".join([f"| situations | nDCG@{k} | shared by both tellings |", "|---|---|---|", *rows])


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
    both = reports[MODES["both"]]
    k, ndcg = both.k, f"ndcg@{both.k}"
    lines = [
        f"{both.queries['in_scope']} situations in scope and {both.queries['out_of_scope']} out of scope "
        f"({half} half), each in French and in English, over {manifest.entries} entries; model {manifest.model}.",
        "",
        f"| nDCG@{k} | " + " | ".join(reports) + " |",
        "|---|" + "---|" * len(reports),
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
        "| both languages | " + " | ".join(reports) + " |",
        "|---|" + "---|" * len(reports),
        table_row(f"recall@{k}", [report.mean[f"recall@{k}"] for report in reports.values()]),
        table_row("MRR", [report.mean[f"mrr@{k}"] for report in reports.values()]),
        table_row("answers in the query's language", [report.query_language_share for report in reports.values()]),
        table_row(f"first {k} shared by both tellings", [report.overlap for report in reports.values()]),
        table_row(f"tellings that share {SAME_FROM:.0%} or more", [report.same_answer for report in reports.values()]),
        table_row(f"first {k} that show one practice", [report.crowding for report in reports.values()]),
        "",
        f"Silent on {both.silence['out_of_scope']:.1%} of the out-of-scope queries (goal: all) and on "
        f"{both.silence['in_scope']:.1%} of those in scope (goal: none).",
    ]
    if both.grid:
        lines += ["", "| where it stands | right | something said |", "|---|---|---|"]
        lines += [
            table_row(label, [both.grid[f"{name}_right"], both.grid[f"{name}_said"]])
            for name, label in GRID.items()
            if f"{name}_right" in both.grid
        ]
    return "\n".join(lines)


def render_checks(rates: Mapping[str, Mapping[str, float]]) -> str:
    """Put the share of the checks that pass, by category, in a Markdown table."""
    categories = next(iter(rates.values()))
    head = ["", f"| checks passed | {' | '.join(rates)} |", "|---|" + "---|" * len(rates)]
    return "\n".join([*head, *(table_row(name, [some[name] for some in rates.values()]) for name in categories)])


def table_row(name: str, values: list[float]) -> str:
    """Return one row of a Markdown table."""
    return f"| {name} | " + " | ".join(f"{value:.3f}" for value in values) + " |"


if __name__ == "__main__":
    sys.exit(main())
