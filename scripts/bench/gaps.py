"""Ask the library what it once lacked, and what its founding articles name, in the words of people who need it.

`corpus/evaluation/gaps.jsonl` has on each line a situation: `gap`, its subject; `asker`; `fr` and `en`, each as if
written first; and `fits`, for each language the entries that would help, none where the library still has none.
A situation is met where one of them is among the first three of its group. The questions were written before the
entries were read, and stay as they are: what is missed is mended elsewhere.

Example:
    python -m scripts.bench.gaps
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import search
from search.entries import LANGUAGES
from search.evaluation.set_figures import first_of_groups
from search.library.jsonl import read_rows
from search.retrieval.searcher import Searcher

from .measuring import make_parser

PAGE = 60
"""Hits the page asks for."""

MET, SILENT, SPOKE, MISSED = "met", "silent where none", "answered where none", "missed"
OUTCOMES = (MET, SILENT, SPOKE, MISSED)
"""What becomes of a question; the two in the middle are of those that nothing in the library fits."""


@dataclass(frozen=True)
class Question:
    """A situation in one language.

    Attributes:
        id: Of the situation.
        gap: What it is about.
        language: It is asked in.
        text: What is typed.
        fits: Ids of the entries that would help; none where the library has none.
    """

    id: str
    gap: str
    language: str
    text: str
    fits: frozenset[str]


@dataclass(frozen=True)
class Outcome:
    """What became of a question.

    Attributes:
        question: Which.
        outcome: One of OUTCOMES.
        first: Ids of the first three answers, whatever their group; of the near misses where nothing was answered.
        answered: Whether anything was.
    """

    question: Question
    outcome: str
    first: tuple[str, ...]
    answered: bool


def read_questions(path: Path) -> tuple[Question, ...]:
    """Read the situations of a file, each in both languages.

    Raises:
        search.CorpusError: A line holds no object; all such lines are listed.
        KeyError: A line lacks something.
    """
    rows, problems = read_rows(path)
    if problems:
        raise search.CorpusError(problems)
    return tuple(
        Question(row["id"], row["gap"], language, row[language], frozenset(row["fits"][language]))
        for row in rows.values()
        for language in LANGUAGES
    )


def ask(searcher: Searcher, questions: Iterable[Question]) -> Iterator[Outcome]:
    """Ask each question as the page does, and yield what became of it."""
    for question in questions:
        results = searcher.search(question.text, k=PAGE)
        if question.fits:
            outcome = MET if question.fits & first_of_groups(results.hits) else MISSED
        else:
            outcome = SPOKE if results.hits else SILENT
        first = tuple(hit.entry.id for hit in (results.hits or results.near_misses)[:3])
        yield Outcome(question, outcome, first, answered=bool(results.hits))


def tables(outcomes: Iterable[Outcome]) -> Iterator[str]:
    """Yield the lines of a table by gap, all of them last, and of the list of what was missed."""
    every = list(outcomes)
    counts = Counter((one.question.gap, one.outcome) for one in every)
    counts.update(("**all**", one.outcome) for one in every)
    yield f"| gap | asked | {' | '.join(OUTCOMES)} |"
    yield f"|{'---|' * (len(OUTCOMES) + 2)}"
    for gap in dict.fromkeys(gap for gap, _ in counts):
        cells = [counts[gap, outcome] for outcome in OUTCOMES]
        yield f"| {gap} | {sum(cells)} | {' | '.join(map(str, cells))} |"
    yield ""
    for one in every:
        if one.outcome in (MISSED, SPOKE):
            came = "first came" if one.answered else "nothing was answered; nearest"
            asked = f"{one.question.id} ({one.question.language}) “{one.question.text}”"
            yield f"- {one.outcome}: {asked}: {came} {', '.join(one.first)}"


def main() -> None:
    """Print the table and the list."""
    parser = make_parser(__doc__)
    path = search.default_corpus() / "evaluation" / "gaps.jsonl"
    parser.add_argument("--questions", type=Path, default=path, help="JSON Lines (default: %(default)s)")
    options = parser.parse_args()
    for line in tables(ask(search.load(), read_questions(options.questions))):
        print(line)


if __name__ == "__main__":
    main()
