"""Ask what is typed as in a text message, and the same in ordinary spelling: are the answers the same?

120 short texts of one hand (``text_messages.tune.jsonl``, ``text_messages.report.jsonl``), told without the search.

Example:
    python -m scripts.bench.text_messages                 # the tuning half
    python -m scripts.bench.text_messages --half report
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import fmean

import search
from search.entries import LANGUAGES
from search.library.judged_queries import HALVES

from .measuring import make_parser

K = 10


def main() -> int:
    """Ask, print."""
    parser = make_parser(__doc__)
    parser.add_argument("--half", choices=HALVES, default="tune", help="which texts (default: %(default)s)")
    half = parser.parse_args().half
    lines = Path(__file__).with_name(f"text_messages.{half}.jsonl").read_text(encoding="utf-8").splitlines()
    mended = search.load()
    searchers = {"as typed": search.Searcher(mended.index, mended.encoder, spelling=False), "mended": mended}
    print("| read | language | texts | shared | silent where the plain one is answered |\n|---|---|---|---|---|")
    for name, searcher in searchers.items():
        for language in LANGUAGES:
            rows = [row for row in map(json.loads, lines) if row["language"] == language]
            shares = shared(searcher, mended, rows)
            silent = sum(share is None for share in shares)
            print(f"| {name} | {language} | {len(shares)} | {fmean(share or 0.0 for share in shares):.3f} | {silent} |")
    return 0


def shared(
    searcher: search.Searcher, ordinary: search.Searcher, rows: Sequence[Mapping[str, str]]
) -> list[float | None]:
    """Return, of each text whose plain form is answered, the share of these answers it meets; None where silent."""
    shares: list[float | None] = []
    for row in rows:
        if right := _first(ordinary, row["plain"]):
            found = _first(searcher, row["typed"])
            shares.append(len(right & found) / len(right) if found else None)
    return shares


def _first(searcher: search.Searcher, text: str) -> set[str]:
    return {hit.entry.id for hit in searcher.search(text, k=K).hits}


if __name__ == "__main__":
    sys.exit(main())
