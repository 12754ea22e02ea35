"""List what nobody has judged yet: entries the search finds for a judged situation, in an order that hides its ranks.

A judge reads the lines and grades them; the grades go into corpus/evaluation/. Source of the method: Voorhees and
Harman, TREC: Experiment and Evaluation in Information Retrieval, 2005, chapter 2 (pooling).

Example:
    python -m scripts.bench.pool --half tune --depth 15 > to_judge.jsonl
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import search
from search.evaluation.variants import COLUMNS, with_signals

from .measuring import make_parser


def main() -> int:
    """Print one JSON line per in-scope situation: its texts and the entries to judge, in order of id."""
    parser = make_parser(__doc__)
    parser.add_argument("--half", choices=("tune", "report"), required=True)
    parser.add_argument("--corpus", type=Path, default=search.default_corpus(), help="where evaluation/ is")
    parser.add_argument("--index", type=Path, default=search.default_index(), help="index folder")
    parser.add_argument(
        "--depth", type=int, default=15, help="places of each ranking that are judged (default: %(default)s)"
    )
    options = parser.parse_args()
    searcher = search.load(options.index)
    columns = [with_signals(searcher, signals) for signals in COLUMNS.values()]
    for query in search.read_judged_queries(options.corpus / "evaluation" / f"{options.half}.jsonl"):
        found = {
            hit.entry.id
            for one in columns
            for text in query.texts.values()
            for hit in one.search(text, k=options.depth, abstain=False)
        }
        to_judge = sorted(found - set(query.judgements)) if query.in_scope else []
        if to_judge:
            print(json.dumps({"id": query.id, **query.texts, "to_judge": to_judge}, ensure_ascii=False))
    return 0


if __name__ == "__main__":
    sys.exit(main())
