"""Measure letters: fit what tells a concern from the rest of a letter, compare ways to deal the answers out, time it.

Everything is of the tuning half: its letters, and letters made of its short needs with sentences between them that ask
for nothing. The weights that are printed are those of `search/text/concerns.py`.

With --marked, of a hundred letters whose sentences are marked by whether they ask for anything, by two hands
(``marked_letters.jsonl``): which the cues find, and which are answered when they are asked by themselves.

Example:
    python -m scripts.bench.letters --fit
    python -m scripts.bench.letters --marked
    python -m scripts.bench.letters --cut
    python -m scripts.bench.letters --short
    OMP_NUM_THREADS=1 python -m scripts.bench.letters --speed
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import product
from pathlib import Path
from statistics import fmean
from typing import Any
from unittest.mock import patch

import numpy as np

import search
from search.entries import LANGUAGES
from search.evaluation.metrics import ndcg
from search.evaluation.set_figures import letter_figures
from search.library.judged_queries import read_judged_queries
from search.library.judged_sets import JudgedConcern, JudgedLetter, read_letters, read_plain
from search.retrieval import dealing
from search.retrieval.abstention import any_answered, is_answered
from search.retrieval.filters import select
from search.retrieval.letters import answered_concerns, read_letter
from search.retrieval.query_vectors import encode, encode_all
from search.retrieval.scoring import score, score_all
from search.retrieval.searcher import Searcher
from search.retrieval.snippets import present_dealt
from search.text import concerns
from search.text.query import parse

from .measuring import make_parser, percentiles

EVALUATION = search.default_corpus() / "evaluation"
GREETING = {"fr": "Bonjour,\n\n", "en": "Hello,\n\n"}
FAREWELL = {
    "fr": " Merci d'avance pour vos conseils.\n\nBien à vous,\nMonique",
    "en": " Thanks in advance for any advice.\n\nBest wishes,\nMo",
}
BETWEEN = {
    "fr": (
        "J'habite ici depuis douze ans avec mes deux enfants.",
        "Nous sommes une quinzaine à nous voir le mardi.",
        "Notre commune compte neuf mille habitants.",
        "L'an dernier nous avons fait une belle fête.",
    ),
    "en": (
        "I have lived here for twelve years with my two kids.",
        "There are about fifteen of us who meet on Tuesdays.",
        "Our town has nine thousand people.",
        "Last year we had a lovely party.",
    ),
}
NEEDS = 5
"""Of each letter that is made."""

NEVER = 1_000_000
"""Words, and concerns, that no text has."""

PAGE = 60
"""Hits the page asks for."""


def made_letters(needs: int = NEEDS, *, framed: bool = True) -> Iterator[JudgedLetter]:
    """Make letters of short needs; without a frame there is nothing but the needs."""
    rows, draw = list(read_plain(EVALUATION / "plain" / "tune.jsonl")), random.Random(1)
    for language in LANGUAGES:
        for turn in range(2):
            draw.shuffle(rows)
            for start in range(0, len(rows) - needs + 1, needs):
                some = rows[start : start + needs]
                found = tuple(JudgedConcern(_sentence(row.texts[language]), row.judgements) for row in some)
                between = [" " + draw.choice(BETWEEN[language]) if framed and draw.random() < 0.5 else "" for _ in some]
                text = " ".join(one.words + more for one, more in zip(found, between, strict=True))
                text = GREETING[language] + text + FAREWELL[language] if framed else text
                yield JudgedLetter(f"made-{language}-{turn}-{start}", language, "resident", text, found)


def _sentence(text: str) -> str:
    text = text.strip()
    return text[0].upper() + text[1:] + ("" if text[-1] in ".!?…" else ".")


def labelled(letter: JudgedLetter) -> Iterator[tuple[dict[str, float], bool]]:
    """Give the cues of each sentence of a letter, and whether a concern stands in it."""
    said, text, end = concerns.lettered_sentences(letter.text), " ".join(letter.text.split()), 0
    words = [" ".join(concern.words.split()) for concern in letter.concerns]
    spans = [(text.index(one), text.index(one) + len(one)) for one in words]
    for place, (sentence, read) in enumerate(zip(said, concerns.with_what_they_lean_on(said), strict=True)):
        start = text.index(sentence, end)
        end = start + len(sentence)
        carries = any(min(end, last) - max(start, first) > 5 for first, last in spans)
        yield concerns.cues(read, place, len(said)), carries


def fit() -> None:
    """Print the weights that the cues get on each set of letters, and what those in use find in it."""
    from sklearn.linear_model import LogisticRegression

    sets = {"letters": list(read_letters(EVALUATION / "letters" / "tune.jsonl")), "made": list(made_letters())}
    for name, letters in sets.items():
        rows = [one for letter in letters for one in labelled(letter)]
        values, carries = np.array([list(found.values()) for found, _ in rows]), np.array([one for _, one in rows])
        model = LogisticRegression().fit(values, carries)
        weights = [model.intercept_[0], *model.coef_[0]]
        print(f"\n{name}:", {cue: round(float(one), 1) for cue, one in zip(concerns.WEIGHTS, weights, strict=True)})
        odds = np.array([concerns.log_odds_of(found) for found, _ in rows])
        print("| log-odds from, as weighed in use | recall | precision |\n|---|---|---|")
        for least in (-2.0, -1.5, -1.1, -0.8, -0.5, 0.0):
            kept = odds >= least
            print(f"| {least} | {kept[carries].mean():.2f} | {carries[kept].mean():.2f} |")


def cut(searcher: Searcher) -> None:
    """Print what dealing gives with other constants."""
    letters = {"letters": list(read_letters(EVALUATION / "letters" / "tune.jsonl")), "made": list(made_letters())}
    names = " | ".join(f"{name}, first 10 | {name}, groups" for name in letters)
    print(f"| half as well after | share served | {names} |\n|---|---|---|---|---|---|")
    with short_texts_cut_from(NEVER):
        print(f"| as a whole | – | {_cells(searcher, letters)} |")
    with short_texts_cut_from(concerns.FEWEST):  # many of those that are made are shorter than letters
        for halved, served in product((1.0, 2.0, 3.0), (0.7, 0.8, 0.9, 1.0)):
            with patch.multiple(dealing, HALVED_AT=halved, SERVED=served):
                print(f"| {halved} | {served} | {_cells(searcher, letters)} |")
        print(f"\n| what the whole claims | {names} |\n|---|---|---|---|---|")
        for claim in (0.0, 0.3, 0.5, 1.0):
            with patch.object(dealing, "WHOLE", claim):
                print(f"| {claim} | {_cells(searcher, letters)} |")


def short(searcher: Searcher) -> None:
    """Print what comes of texts that are shorter than a letter, as a whole and cut."""
    print("| texts shorter than a letter | as a whole | cut from two concerns | from three |\n|---|---|---|---|")
    ways = (NEVER, 2, 3)
    print(
        "| situations of one need, nDCG@10 | " + " | ".join(f"{situations(searcher, way):.3f}" for way in ways) + " |"
    )
    for needs in (2, 3, 4):
        joined = list(made_letters(needs, framed=False))
        met = " | ".join(f"{_met(searcher, joined, way):.3f}" for way in ways)
        print(f"| {needs} needs in a row: needs met among the first 10 | {met} |")


MARKED = Path(__file__).with_name("marked_letters.jsonl")


def marked(searcher: Searcher) -> None:
    """Print what cues and silence say of sentences that ask for something, and of the others."""
    index, everything = searcher.index, select({}, searcher.index.metadata, searcher.vocabulary)
    found, answered, carries = [], [], []
    for letter in read_lines(MARKED):
        said = [one["text"] for one in letter["sentences"]]
        for place, read in enumerate(concerns.with_what_they_lean_on(said)):
            scored = score(index, encode(parse(read), searcher.encoder), everything, searcher.signals)
            found.append(concerns.log_odds(read, place, len(said)) >= concerns.CARRIES_FROM)
            answered.append(is_answered(index.calibration, scored))
        carries += [one["carries"] for one in letter["sentences"]]
    asks = np.array(carries)
    print("| sentences | | the cues find | answered by itself | both |\n|---|---|---|---|---|")
    for name, some in (("that ask", asks), ("that ask for nothing", ~asks)):
        shares = (np.array(one)[some].mean() for one in (found, answered, np.array(found) & np.array(answered)))
        print(f"| {name} | {some.sum()} | " + " | ".join(f"{share:.2f}" for share in shares) + " |")


def read_lines(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the objects of JSON lines."""
    for line in path.read_text(encoding="utf-8").splitlines():
        yield json.loads(line)


@contextmanager
def short_texts_cut_from(fewest: int) -> Iterator[None]:
    """Read every text as a short one, concern by concern where it has so many."""
    with patch.multiple(concerns, LETTER_FROM=NEVER, FEWEST_OF_SHORT=fewest):
        yield


def _cells(searcher: Searcher, sets: Mapping[str, Sequence[JudgedLetter]]) -> str:
    figures = [letter_figures(searcher, letters) for letters in sets.values()]
    return " | ".join(f"{some[0].mean:.3f} | {some[-1].mean:.3f}" for some in figures)


def situations(searcher: Searcher, fewest: int) -> float:
    """Return the nDCG@10 of the situations of the tuning half, cut where they have so many concerns."""
    gains = []
    with short_texts_cut_from(fewest):
        for query in read_judged_queries(EVALUATION / "tune.jsonl"):
            for text in query.texts.values() if query.in_scope else ():
                found = searcher.search(text, abstain=False)
                gains.append(ndcg([hit.entry.id for hit in found], query.judgements, 10))
    return fmean(gains)


def _met(searcher: Searcher, letters: Sequence[JudgedLetter], fewest: int) -> float:
    with short_texts_cut_from(fewest):
        return letter_figures(searcher, letters)[0].mean


def speed(searcher: Searcher) -> None:
    """Print how long a letter of six concerns takes after its one batch of encoding, beside a query, p50 and p95."""
    letters = [one.text for one in read_letters(EVALUATION / "letters" / "tune.jsonl")]
    six = next(text for text in letters if len(concerns.concerns(text)) == 6)
    letter, selection = read_letter(six, parse(six)), select({}, searcher.index.metadata, searcher.vocabulary)
    encoded = encode_all([letter.whole, *(one.query for one in letter.readings)], searcher.encoder)
    index, signals = searcher.index, searcher.signals

    def answer(_: int) -> None:
        streams = score_all(index, encoded, selection, signals, most=PAGE)
        any_answered(index.calibration, streams)
        dealt = dealing.deal(index, streams, letter.asked_of, PAGE)
        answered_concerns(letter, present_dealt(index, streams, dealt, letter.answers), dealt.chances)

    print("| | p50, ms | p95, ms |\n|---|---|---|")
    rows = {
        f"six concerns ({len(encoded)} readings), {PAGE} hits": percentiles(answer),
        "cutting it": percentiles(lambda _: read_letter(six, letter.whole)),
        "encoding it": percentiles(lambda _: encode_all([one.query for one in encoded], searcher.encoder)),
        "the whole text scored alone": percentiles(lambda _: score(index, encoded[0], selection, signals, most=PAGE)),
    }
    for name, found in rows.items():
        print(f"| {name} | {found['p50']:.1f} | {found['p95']:.1f} |")


def main() -> int:
    """Do what is asked."""
    parser = make_parser(__doc__)
    for name in ("fit", "cut", "short", "marked", "speed"):
        parser.add_argument(f"--{name}", action="store_true")
    options = parser.parse_args()
    if options.fit:
        fit()
    chosen = [one for one in (cut, short, marked, speed) if getattr(options, one.__name__)]
    if chosen:
        searcher = search.load()
        for measure in chosen:
            measure(searcher)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
