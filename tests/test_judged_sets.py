"""Judged sets of what people type: what is read, what is refused, what the check of a corpus says of them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from search.curation.check_evaluation import check_evaluation
from search.errors import CorpusError, Problem
from search.library.judged_sets import (
    JudgedConcern,
    JudgedLetter,
    JudgedNeed,
    OffTopic,
    SearchTerms,
    read_letters,
    read_off_topic,
    read_plain,
    read_search_terms,
)
from search.library.reader import read_library
from tests.fakes import write_training_queries

NEED: dict[str, Any] = {
    "id": "n",
    "voice": "old",
    "fr": "la confiance entre voisins",
    "en": "no trust among neighbours",
    "judgements": {"trust-first": 3},
}
LETTER: dict[str, Any] = {
    "id": "l",
    "language": "en",
    "voice": "resident",
    "text": "Hello. Nobody trusts anybody. We want a garden behind the station.",
    "concerns": [
        {"words": "Nobody trusts anybody.", "judgements": {"trust-first": 3}},
        {"words": "a garden behind the station", "judgements": {"garden-network": 2}},
    ],
}
UMBRELLA: dict[str, Any] = {"id": "o", "category": "word", "fr": "parapluie rouge", "en": "red umbrella"}


def write(corpus: Path, name: str, *rows: dict[str, Any]) -> Path:
    path = corpus / "evaluation" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def test_the_sets_are_read_as_they_are_written(tmp_path: Path) -> None:
    assert read_plain(write(tmp_path, "plain/tune.jsonl", NEED)) == (
        JudgedNeed("n", "old", {"fr": NEED["fr"], "en": NEED["en"]}, {"trust-first": 3}),
    )
    assert read_letters(write(tmp_path, "letters/tune.jsonl", LETTER)) == (
        JudgedLetter(
            "l",
            "en",
            "resident",
            LETTER["text"],
            (
                JudgedConcern("Nobody trusts anybody.", {"trust-first": 3}),
                JudgedConcern("a garden behind the station", {"garden-network": 2}),
            ),
        ),
    )
    dutch = {"id": "d", "category": "other-language", "fr": "Hoe", "en": "Hoe", "language": "nl", "answerable": True}
    assert read_off_topic(write(tmp_path, "off-topic/tune.jsonl", UMBRELLA, dutch)) == (
        OffTopic("o", "word", {"fr": "parapluie rouge", "en": "red umbrella"}),
        OffTopic("d", "other-language", {"fr": "Hoe", "en": "Hoe"}, answerable=True),
    )


def test_words_for_a_search_box_may_have_no_answer_and_are_read_as_strictly(corpus: Path) -> None:
    row = {"id": "b", "fr": "troc", "en": "swap"}
    rows = [row | {"judgements": {"trust-first": 3}}, row | {"id": "c", "judgements": {}}]
    texts = {"fr": "troc", "en": "swap"}
    assert read_search_terms(write(corpus, "search-box/tune.jsonl", *rows)) == (
        SearchTerms("b", texts, {"trust-first": 3}),
        SearchTerms("c", texts, {}),
    )
    write(corpus, "search-box/report.jsonl", row, rows[0] | {"judgements": {"ark": 1}}, rows[0] | {"en": ""})
    assert check_evaluation(read_library(corpus)) == [
        Problem("search-box/report.jsonl", 1, "judgements must be entry ids with their grades"),
        Problem("search-box/report.jsonl", 3, "en must be a text"),
        Problem("search-box/report.jsonl", 2, "id 'b' is used twice"),
        Problem("search-box/report.jsonl", 2, "'b' judges 'ark', and no entry has this id"),
    ]


CONCERNS = "concerns must be a list of at least one, each with its words and judgements"
GRADES = "grades are 1, 2 or 3"


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"language": "nl"}, "language 'nl' is not one of fr, en"),
        ({"text": ""}, "text must be a text"),
        ({"concerns": []}, CONCERNS),
        ({"concerns": ["trust"]}, CONCERNS),
        ({"concerns": [{"words": "an apple", "judgements": {"a": 1}}]}, "concern 1: its words are not in the letter"),
        ({"concerns": [{"words": "Hello.", "judgements": {"a": 4}}]}, f"concern 1: {GRADES}"),
        ({"concerns": [{"words": "Hello.", "judgements": {}}]}, "concern 1: judgements must name an entry at least"),
    ],
)
def test_a_letter_that_is_not_as_it_should_be_is_told_with_its_line(
    change: dict[str, Any], message: str, tmp_path: Path
) -> None:
    with pytest.raises(CorpusError) as caught:
        read_letters(write(tmp_path, "letters/tune.jsonl", LETTER, LETTER | change))
    assert [str(problem) for problem in caught.value.problems] == [f"letters/tune.jsonl:2 {message}"]


def test_needs_and_what_has_no_answer_are_read_as_strictly(tmp_path: Path) -> None:
    with pytest.raises(CorpusError) as caught:
        read_plain(write(tmp_path, "plain/tune.jsonl", NEED | {"judgements": {}}, NEED | {"fr": " "}))
    assert [problem.message for problem in caught.value.problems] == [
        "judgements must name an entry at least",
        "fr must be a text",
    ]
    with pytest.raises(CorpusError) as caught:
        read_off_topic(write(tmp_path, "off-topic/tune.jsonl", UMBRELLA | {"category": "joke", "answerable": "no"}))
    assert {problem.message for problem in caught.value.problems} == {
        "category 'joke' is not one of word, greeting, function-words, administrative, everyday, near-topic, "
        "other-language",
        "answerable must be true or false",
    }


def test_the_check_names_unknown_entries_and_ids_used_twice_in_any_set(corpus: Path) -> None:
    write(corpus, "plain/tune.jsonl", NEED | {"judgements": {"zoo": 1}})
    write(corpus, "plain/report.jsonl", NEED)
    write(corpus, "letters/report.jsonl", LETTER | {"concerns": [{"words": "Hello.", "judgements": {"ark": 1}}]})
    write(corpus, "off-topic/report.jsonl", UMBRELLA | {"id": "l"}, UMBRELLA | {"fr": ""})
    assert sorted(check_evaluation(read_library(corpus)), key=str) == [
        Problem("letters/report.jsonl", 1, "'l' judges 'ark', and no entry has this id"),
        Problem("off-topic/report.jsonl", 1, "id 'l' is used twice"),
        Problem("off-topic/report.jsonl", 2, "fr must be a text"),
        Problem("plain/report.jsonl", 1, "id 'n' is used twice"),
        Problem("plain/tune.jsonl", 1, "'n' judges 'zoo', and no entry has this id"),
    ]


def test_the_check_names_training_queries_that_nearly_are_a_need_a_concern_or_off_topic(corpus: Path) -> None:
    write(corpus, "plain/tune.jsonl", NEED)
    write(corpus, "letters/tune.jsonl", LETTER)
    write(corpus, "off-topic/report.jsonl", UMBRELLA)
    write_training_queries(
        corpus,
        {"entries": ["trust-first"], "fr": "Confiance entre voisins !", "en": "bread"},
        {"entries": ["trust-first"], "fr": "pain", "en": "A garden behind that station."},
        {"entries": [], "fr": "pain", "en": "my red umbrella"},
        {"entries": [], "fr": "pain", "en": "bread", "translated": {"fr": "mon parapluie rouge", "en": "bread"}},
        {"entries": ["trust-first"], "fr": "pain", "en": "Hello. Nobody trusts anybody. We want bread and a swing."},
    )
    assert check_evaluation(read_library(corpus)) == [
        Problem("training/x.jsonl", 1, "fr is nearly the evaluation situation 'n'"),
        Problem("training/x.jsonl", 2, "en is nearly the evaluation situation 'l'"),
        Problem("training/x.jsonl", 3, "en is nearly the evaluation situation 'o'"),
        Problem("training/x.jsonl", 4, "fr is nearly the evaluation situation 'o'"),
    ]
