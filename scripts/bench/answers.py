"""Write down what a version answers, and count how much of it another version answers alike.

Asked are all judged queries and behaviour checks in both languages (as they are, in the texts of each language alone,
for practices alone), every title, and what is like every entry. Each answer is its ids in order with strengths,
matched sentences and scores to four decimals; it holds near misses where the search abstains.

Example:
    python -m scripts.bench.answers --write before.jsonl
    python -m scripts.bench.answers --write after.jsonl --against before.jsonl
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Any

import search

from .measuring import make_parser

WAYS: tuple[dict[str, Any], ...] = ({}, {"languages": ["fr"]}, {"languages": ["en"]}, {"kinds": ["practice"]})
"""How each judged query is asked."""

ASPECTS = ("ids", "order", "strength", "sentence", "score")

Hit = list[Any]
"""Of one hit: id, strength, sentence, score."""


def questions(searcher: search.Searcher) -> Iterator[tuple[str, str]]:
    """Yield a name and a text for everything that is asked in words."""
    evaluation = search.default_corpus() / "evaluation"
    for half in ("tune", "report"):
        for path in (evaluation / f"{half}.jsonl", evaluation / "checks" / f"{half}.jsonl"):
            for row in map(json.loads, path.read_text(encoding="utf-8").splitlines()):
                yield from ((f"{path.parent.name}/{half}/{row['id']}/{code}", row[code]) for code in ("fr", "en"))
    for entry in searcher.entries:
        yield from ((f"title/{entry.id}/{code}", entry.title(code)) for code in entry.languages)


def answers(searcher: search.Searcher) -> Iterator[tuple[str, list[Hit]]]:
    """Yield a name and the hits for everything that is asked."""
    for name, text in questions(searcher):
        for way in WAYS if name.startswith("evaluation") else WAYS[:1]:
            yield f"{name} {json.dumps(way)}", _hits(searcher.search(text, k=10, **way))
    for entry in searcher.entries:
        yield f"similar/{entry.id}", _hits(searcher.similar(entry.id, k=10))


def _hits(results: search.Results) -> list[Hit]:
    found = chain(results.hits, results.near_misses)
    return [[hit.entry.id, hit.strength, hit.sentence, round(hit.score, 4)] for hit in found]


def same(one: list[Hit], other: list[Hit]) -> dict[str, bool]:
    """Say in which aspects two answers are the same; all but the first ask for the same order."""
    ids, ids_other = [hit[0] for hit in one], [hit[0] for hit in other]
    alike = {"ids": sorted(ids) == sorted(ids_other), "order": ids == ids_other}
    columns = {aspect: [hit[n] for hit in one] == [hit[n] for hit in other] for n, aspect in enumerate(ASPECTS[2:], 1)}
    return alike | {aspect: alike["order"] and equal for aspect, equal in columns.items()}


def main() -> int:
    """Write all answers; with another version's, print how many are the same."""
    parser = make_parser(__doc__)
    parser.add_argument("--write", type=Path, required=True, help="file to write, JSON Lines")
    parser.add_argument("--against", type=Path, help="file another version wrote")
    options = parser.parse_args()
    found = dict(answers(search.load()))
    lines = (json.dumps([name, hits], ensure_ascii=False) + "\n" for name, hits in found.items())
    options.write.write_text("".join(lines), encoding="utf-8")
    print(f"{len(found)} answers written to {options.write}")
    if options.against:
        other = dict(map(json.loads, options.against.read_text(encoding="utf-8").splitlines()))
        both = [same(found[name], other[name]) for name in found.keys() & other.keys()]
        counts = Counter(aspect for one in both for aspect, equal in one.items() if equal)
        print(f"of {len(both)} asked of both, the same " + ", ".join(f"{one} {counts[one]}" for one in ASPECTS))
    return 0


if __name__ == "__main__":
    sys.exit(main())
