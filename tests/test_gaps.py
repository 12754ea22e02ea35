"""Questions about what the library once lacked: what counts as met, silent and missed, and the questions shipped."""

from __future__ import annotations

import json
from pathlib import Path
from typing import cast

import pytest

from scripts.bench.gaps import MET, MISSED, SILENT, SPOKE, Outcome, Question, ask, read_questions, tables
from search.curation.check_evaluation import TOO_SIMILAR
from search.entries import Entry, Passage
from search.errors import CorpusError
from search.library.aliases import every_id
from search.library.reader import read_library
from search.library.training_queries import read_training_queries
from search.locations import default_corpus
from search.retrieval.results import Hit, Results
from search.retrieval.searcher import Searcher
from search.text.analysis import analyse

PRACTICES = ("charter", "budget", "council", "visits")


class PlantedSearcher:
    """Answers with four practices, then a case; with near misses alone what says "nothing"."""

    def search(self, text: str, *, k: int) -> Results:
        found = tuple(hit(rank, name) for rank, name in enumerate((*PRACTICES, "lille"), 1))[:k]
        silent = "nothing" in text
        return Results(text, "en", hits=() if silent else found, near_misses=found[:1] if silent else ())


def hit(rank: int, name: str) -> Hit:
    kind = "practice" if name in PRACTICES else "case"
    entry = Entry(name, kind, {}, {}, (), (), (), (), {"en": {"title": name}})
    passage = Passage(name, "en", "summary", 0, "Words.")
    return Hit(rank, entry, passage, "Words.", {"en": (passage, "Words.")}, "", "meaning", "related", 1.0 / rank)


def question(name: str, gap: str, text: str, *fits: str) -> Question:
    return Question(name, gap, "en", text, frozenset(fits))


QUESTIONS = (
    question("third of the practices", "trust", "trust", "council"),
    question("first of the cases, though fifth of all", "trust", "trust", "lille", "zoo"),
    question("fourth of the practices", "trust", "trust", "visits"),
    question("should have been answered", "police", "nothing", "charter"),
    question("nothing fits, yet answered", "police", "trust"),
    question("nothing fits", "police", "nothing"),
)


def asked() -> list[Outcome]:
    return list(ask(cast(Searcher, PlantedSearcher()), QUESTIONS))


def test_a_question_is_met_among_the_first_three_of_a_group_and_by_silence_where_nothing_fits() -> None:
    assert [one.outcome for one in asked()] == [MET, MET, MISSED, MISSED, SPOKE, SILENT]


def test_the_table_counts_by_gap_and_the_list_says_what_came_first() -> None:
    assert list(tables(asked())) == [
        "| gap | asked | met | silent where none | answered where none | missed |",
        "|---|---|---|---|---|---|",
        "| trust | 3 | 2 | 0 | 0 | 1 |",
        "| police | 3 | 0 | 1 | 1 | 1 |",
        "| **all** | 6 | 2 | 1 | 1 | 2 |",
        "",
        "- missed: fourth of the practices (en) “trust”: first came charter, budget, council",
        "- missed: should have been answered (en) “nothing”: nothing was answered; nearest charter",
        "- answered where none: nothing fits, yet answered (en) “trust”: first came charter, budget, council",
    ]


def test_each_situation_is_read_in_both_languages_with_what_fits_in_each(tmp_path: Path) -> None:
    path = tmp_path / "gaps.jsonl"
    row = {"id": "a", "gap": "police", "fr": "la police", "en": "police", "fits": {"fr": ["x"], "en": []}}
    path.write_text(json.dumps(row) + "\n", encoding="utf-8")
    assert read_questions(path) == (
        Question("a", "police", "fr", "la police", frozenset({"x"})),
        Question("a", "police", "en", "police", frozenset()),
    )
    path.write_text("{\n", encoding="utf-8")
    with pytest.raises(CorpusError):
        read_questions(path)


def test_the_shipped_questions_name_entries_that_exist_and_no_training_query_is_nearly_one_of_them() -> None:
    corpus = default_corpus()
    questions = read_questions(corpus / "evaluation" / "gaps.jsonl")
    assert len({(one.id, one.language) for one in questions}) == len(questions)
    known = every_id(read_library(corpus).entries)
    assert {name for one in questions for name in one.fits} <= known
    taught = read_training_queries(corpus)
    near = []
    for language in ("fr", "en"):
        stems = [(frozenset(analyse(one.texts[language], language)), one.texts[language]) for one in taught]
        for one in (one for one in questions if one.language == language):
            own = frozenset(analyse(one.text, language))
            near += [(one.text, text) for other, text in stems if len(own & other) >= TOO_SIMILAR * len(own | other)]
    assert near == []
