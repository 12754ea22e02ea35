"""Measure what is said beside an answer, on the tuning half: how it matched, what it answers, where a text stands.

Matched: a hit matches by meaning when it is among the first FOUND by the cosine of passages alone, by words when it is
among the first FOUND by BM25 alone. Answers and words: two short needs, or two situations, are asked as one text; an
entry that answers one of them, or a phase that only one has, must be told from the words of that one. Each table has
the share that is right, and of how many, from each threshold on.

Example:
    python -m scripts.bench.evidence
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import numpy as np

import search
from search.entries import LANGUAGES
from search.evaluation.variants import with_signals
from search.library.judged_queries import USEFUL, JudgedQuery, read_judged_queries
from search.library.judged_sets import JudgedNeed, read_plain
from search.retrieval.abstention import hit_evidence
from search.retrieval.filters import select
from search.retrieval.query_vectors import NEAR_ENOUGH, encode
from search.retrieval.scoring import Scored, score
from search.retrieval.searcher import Searcher
from search.retrieval.signals import Meaning, WordsAlone
from search.retrieval.snippets import present
from search.text.query import parse

from .measuring import make_parser

FOUND, SHOWN = 20, 10
"""First entries by one signal alone that count as found by it; first hits that are looked at."""

Measured = tuple[float, bool]
"""What a threshold is put on, and whether what would be said is right."""


def scored(searcher: Searcher, text: str) -> Scored:
    """Rank everything for a text."""
    index = searcher.index
    query = encode(parse(text), searcher.encoder)
    return score(index, query, select({}, index.metadata, index.vocabulary), searcher.signals, most=FOUND)


def matches(searcher: Searcher, texts: Iterable[str]) -> tuple[list[Measured], list[Measured]]:
    """Return, of each first hit, how far its cosine is from the best and its share of words, with what is true."""
    meaning, words = with_signals(searcher, (Meaning(),)), with_signals(searcher, (WordsAlone(),))
    near, worded = list[Measured](), list[Measured]()
    for text in texts:
        ranked = scored(searcher, text)
        rows = ranked.best(SHOWN)
        entries = ranked.features.candidates.entries
        by_meaning, by_words = (
            {int(one.features.candidates.entries[row]) for row in one.best(FOUND)}
            for one in (scored(meaning, text), scored(words, text))
        )
        for row, evidence in zip(rows, hit_evidence(searcher.index, ranked, rows), strict=True):
            near.append((-evidence.apart, int(entries[row]) in by_meaning))
            worded.append((evidence.words, int(entries[row]) in by_words))
    return near, worded


def pairs(items: Sequence[JudgedQuery | JudgedNeed]) -> Iterator[tuple[JudgedQuery | JudgedNeed, ...]]:
    """Pair each item with the one half the list further on."""
    half = len(items) // 2
    return zip(items[:half], items[half : 2 * half], strict=True)


def ended(text: str) -> str:
    """Return a text that ends like a sentence."""
    return text if text.endswith((".", "?", "!")) else f"{text}."


def answered(searcher: Searcher, needs: Sequence[JudgedNeed]) -> list[Measured]:
    """Return, of hits that answer one of two needs, how far the nearest clause is ahead, and whether it is of that.

    Left out are hits of which no clause is near enough to be said to be what they answer.
    """
    found = list[Measured]()
    for pair in pairs(needs):
        for language in LANGUAGES:
            texts = [ended(one.texts[language]) for one in pair]
            ranked = scored(searcher, " ".join(texts))
            query = ranked.first.query
            for hit in present(searcher.index, ranked, ranked.best(SHOWN)):
                of = [one.judgements.get(hit.entry.id, 0) >= USEFUL for one in pair]
                if sum(of) == 1 and len(query.query.clauses) > 1:
                    vector = searcher.encoder.encode_document([hit.sentence])[0]
                    nearness = query.clause_vectors @ vector
                    second, best = np.argsort(nearness)[-2:]
                    right = query.query.clauses[best] in texts[of.index(True)]
                    if nearness[best] >= NEAR_ENOUGH:
                        found.append((float(nearness[best] - nearness[second]), right))
    return found


def read(searcher: Searcher, situations: Sequence[JudgedQuery]) -> list[Measured]:
    """Return, of phases and conditions that one of two situations has, how sure the clause is, and if it is its."""
    found = list[Measured]()
    model = searcher.index.situation_model
    if model is None:
        return found
    for pair in pairs(situations):
        for language in LANGUAGES:
            texts = [ended(one.texts[language]) for one in pair]
            query = encode(parse(" ".join(texts)), searcher.encoder)
            situation = model.read(query.vector, query.query.clauses, query.clause_vectors)
            for name, readings in (("phases", situation.phases), ("conditions", situation.conditions)):
                for reading in readings:
                    of = [reading.key in getattr(one, name) for one in pair]
                    if sum(of) == 1:
                        one = getattr(model, name)[reading.key]
                        sure = [one.probability(row) for row in query.clause_vectors]
                        words = query.query.clauses[int(np.argmax(sure))]
                        found.append((max(sure), words in texts[of.index(True)]))
    return found


def table(title: str, found: Sequence[Measured], steps: int = 24) -> str:
    """Write the share that is right from each of some thresholds on, at equal shares of what was measured."""
    values, right = np.array([one for one, _ in found]), np.array([one for _, one in found], dtype=float)
    lines = [f"{title} ({len(found)})", "| from | said of | right |", "|---|---|---|"]
    for cut in np.unique(np.quantile(values, np.linspace(0, 1, steps + 1)[:-1])):
        some = values >= cut
        lines.append(f"| {cut:.3f} | {some.mean():.3f} | {right[some].mean():.3f} |")
    return "\n".join(lines)


def main() -> None:
    """Print the tables."""
    make_parser(__doc__).parse_args()
    searcher, evaluation = search.load(), search.default_corpus() / "evaluation"
    situations = [one for one in read_judged_queries(evaluation / "tune.jsonl") if one.in_scope]
    needs = read_plain(evaluation / "plain" / "tune.jsonl")
    texts = [text for one in situations for text in one.texts.values()]
    texts += [text for one in needs for text in one.texts.values()]
    near, worded = matches(searcher, texts)
    print(table("by meaning: cosine below the nearest, less than", near))
    print("\n" + table("by words: share of the terms", worded))
    print("\n" + table("answers: cosine ahead of the next clause", answered(searcher, needs)))
    print("\n" + table("stands: probability of the clause", read(searcher, [one for one in situations if one.phases])))


if __name__ == "__main__":
    main()
