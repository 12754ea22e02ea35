"""Compare what a query is encoded as: as it is typed, with its words in one form, or both.

For each: nDCG@10 of the situations of the tuning half, ranked by everything and by vectors and words, and the share of
the first ten that rewrites of number and gender have in common with the plain form. The weights in use were fitted with
both.

Example:
    python -m scripts.bench.forms
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from statistics import fmean
from unittest.mock import patch

import search
from search.evaluation.metrics import ndcg
from search.evaluation.rewrites import REWRITES
from search.evaluation.variants import COLUMNS, with_signals
from search.library.judged_queries import JudgedQuery
from search.text.one_form import in_one_form
from search.text.query import Query, pieces

from .measuring import K, make_parser

FORMS: Mapping[str, Callable[[Query], tuple[str, ...]]] = {
    "as typed": lambda query: tuple(pieces(query.read)),
    "both": Query.encoded.fget,  # type: ignore[attr-defined]
    "in one form alone": lambda query: tuple(pieces(in_one_form(query.read, query.language))),
}
"""What is compared to what is encoded of a query."""

REWRITTEN = ("plural and singular", "feminine")


def main() -> int:
    """Print a table, a row for each form."""
    make_parser(__doc__).parse_args()
    searcher = search.load()
    judged = search.read_judged_queries(search.default_corpus() / "evaluation" / "tune.jsonl")
    plain = with_signals(searcher, COLUMNS["vectors and words"])
    print("| encoded | nDCG@10 | vectors and words | " + " | ".join(REWRITTEN) + " |\n" + "|---" * 5 + "|")
    for name, encoded in FORMS.items():
        with patch.object(Query, "encoded", property(encoded)):
            figures = [gain(one, judged) for one in (searcher, plain)]
            figures += [shared(searcher, judged, rewrite) for rewrite in REWRITTEN]
        print(f"| {name} | " + " | ".join(f"{figure:.3f}" for figure in figures) + " |", flush=True)
    return 0


def first(searcher: search.Searcher, text: str) -> list[str]:
    """Return the ids of the first K hits."""
    return [hit.entry.id for hit in searcher.search(text, k=K, abstain=False).hits]


def gain(searcher: search.Searcher, judged: Sequence[JudgedQuery]) -> float:
    """Return the mean nDCG of the tellings of situations in scope, both languages of the library together."""
    return fmean(
        ndcg(first(searcher, text), query.judgements, K)
        for query in judged
        if query.in_scope
        for text in query.texts.values()
    )


def shared(searcher: search.Searcher, judged: Sequence[JudgedQuery], rewrite: str) -> float:
    """Return the share of the first ten that situations have in common with a rewrite that changes them."""
    found = []
    for number, query in enumerate(one for one in judged if one.in_scope):
        for language, text in query.texts.items():
            other = REWRITES[rewrite](text, language, number)
            if other != text:
                found.append(len({*first(searcher, text)} & {*first(searcher, other)}) / K)
    return fmean(found)


if __name__ == "__main__":
    sys.exit(main())
