"""Training queries are read from a corpus; what is wrong is listed with file and line."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from search.entries import Vocabulary
from search.errors import CorpusError, Problem
from search.library import training_queries
from search.library.training_queries import (
    TrainingQuery,
    label_faults,
    landmarks,
    read_training_queries,
    training_query_faults,
)
from tests.fakes import write_training_queries

GOOD: dict[str, Any] = {"entries": ["trust-first", "garden-network"], "fr": "Plus de confiance.", "en": "No trust."}


def test_training_queries_are_read_in_order_of_file_and_line(tmp_path: Path) -> None:
    write_training_queries(tmp_path, {"entries": [], "fr": "Trois.", "en": "Three."}, name="b.jsonl")
    write_training_queries(
        tmp_path,
        {"entries": ["b", "a"], "en": "One.", "fr": "Un.", "author": "ignored"},
        {"entries": ["a"], "fr": "Deux.", "en": "Two."},
        name="a.jsonl",
    )
    write_training_queries(tmp_path, {"no": "query"}, name="notes.json")
    queries = read_training_queries(tmp_path)
    assert queries == (
        TrainingQuery(("b", "a"), {"fr": "Un.", "en": "One."}),
        TrainingQuery(("a",), {"fr": "Deux.", "en": "Two."}),
        TrainingQuery((), {"fr": "Trois.", "en": "Three."}),
    )
    assert list(queries[0].texts) == ["fr", "en"]


def test_labels_are_read_where_somebody_gave_them(tmp_path: Path) -> None:
    write_training_queries(tmp_path, GOOD | {"phases": ["launch"], "conditions": []}, GOOD)
    labelled, bare = read_training_queries(tmp_path)
    assert (labelled.phases, labelled.conditions) == (("launch",), ())
    assert (bare.phases, bare.conditions) == (None, None)


def test_what_is_told_may_be_translated_and_is_then_asked_in_both_languages(tmp_path: Path) -> None:
    write_training_queries(tmp_path, GOOD | {"translated": {"en": "More trust.", "fr": "Aucune confiance."}}, GOOD)
    queries = read_training_queries(tmp_path)
    assert queries[0].asked == ("Plus de confiance.", "No trust.", "More trust.", "Aucune confiance.")
    assert [query.tellings for query in queries] == [4, 2]
    assert landmarks(queries) == [(0,), (1,), (2,), (3,), (4,), (5,)]


@pytest.mark.parametrize(
    ("translated", "fault"),
    [
        ("More trust.", "translated must be texts by language: fr, en"),
        ({"nl": "Meer vertrouwen."}, "translated must be texts by language: fr, en"),
        ({"en": " "}, "translated: en must be a text"),
    ],
)
def test_a_translation_that_is_none_is_told(translated: object, fault: str) -> None:
    assert training_query_faults(GOOD | {"translated": translated}) == [fault]


def test_labels_are_compared_with_the_vocabulary_when_it_is_given() -> None:
    vocabulary = Vocabulary({"phases": {"before": {}, "launch": {}}, "conditions": {"trust": {}}})
    assert label_faults({"phases": ["launch"], "conditions": ["trust"]}, vocabulary) == []
    assert label_faults({"phases": ["end"], "conditions": "trust"}, vocabulary) == [
        "phases: 'end' is not one of before, launch",
        "conditions must be a list of keys",
    ]
    assert label_faults({"phases": ["end"]}) == []


def test_a_corpus_without_training_queries_has_none(tmp_path: Path) -> None:
    assert read_training_queries(tmp_path) == ()
    write_training_queries(tmp_path)
    assert read_training_queries(tmp_path) == ()


def test_an_entry_nobody_knows_is_not_told_while_reading(tmp_path: Path) -> None:
    write_training_queries(tmp_path, GOOD | {"entries": ["nowhere"]})
    assert [query.entries for query in read_training_queries(tmp_path)] == [("nowhere",)]


IDS = "entries must be a list of ids"


@pytest.mark.parametrize(
    ("row", "messages"),
    [
        (GOOD, []),
        (GOOD | {"fr": None}, ["fr must be a text"]),
        (GOOD | {"fr": 3}, ["fr must be a text"]),
        (GOOD | {"en": "  "}, ["en must be a text"]),
        (GOOD | {"entries": []}, []),  # the library has no answer
        (GOOD | {"entries": "trust-first"}, [IDS]),
        (GOOD | {"entries": {"trust-first": 3}}, [IDS]),
        (GOOD | {"entries": ["trust-first", 3]}, [IDS]),
        (GOOD | {"entries": None}, [IDS]),
        ({}, ["fr must be a text", "en must be a text", IDS]),
    ],
)
def test_what_is_wrong_with_a_training_query_is_said(row: dict[str, Any], messages: list[str]) -> None:
    assert training_query_faults(row) == messages


def test_ids_are_compared_with_the_known_ones_when_they_are_given() -> None:
    row = GOOD | {"entries": ["zoo", "trust-first", "ark"]}
    assert training_query_faults(row, {"trust-first"}) == [
        "names 'ark', and no entry has this id",
        "names 'zoo', and no entry has this id",
    ]
    assert training_query_faults(GOOD | {"en": ""}, []) == [
        "en must be a text",
        "names 'garden-network', and no entry has this id",
        "names 'trust-first', and no entry has this id",
    ]


def test_every_fault_of_every_file_is_told_with_file_and_line(tmp_path: Path) -> None:
    file = write_training_queries(tmp_path, GOOD, GOOD | {"entries": 3, "fr": ""}, name="a.jsonl")
    file.write_text(file.read_text(encoding="utf-8") + "{\n[]\n\n", encoding="utf-8")
    write_training_queries(tmp_path, GOOD | {"en": 3}, name="b.jsonl")
    with pytest.raises(CorpusError) as caught:
        read_training_queries(tmp_path)
    assert set(caught.value.problems) == {
        Problem("training/a.jsonl", 2, "fr must be a text"),
        Problem("training/a.jsonl", 2, IDS),
        Problem("training/a.jsonl", 3, "ends too soon: a quotation mark, a bracket or a brace is missing"),
        Problem("training/a.jsonl", 4, "must hold names and values"),
        Problem("training/a.jsonl", 5, "is empty: take this line out"),
        Problem("training/b.jsonl", 1, "en must be a text"),
    }


def test_a_file_that_is_not_utf_8_is_told_with_its_line(tmp_path: Path) -> None:
    file = write_training_queries(tmp_path, GOOD)
    file.write_bytes(file.read_bytes() + b"\xff\n")
    with pytest.raises(CorpusError) as caught:
        read_training_queries(tmp_path)
    assert caught.value.problems == (Problem("training/x.jsonl", 2, "is not UTF-8; save it as UTF-8"),)


def test_a_line_separator_inside_a_text_does_not_end_the_row(tmp_path: Path) -> None:
    write_training_queries(tmp_path, GOOD | {"fr": "une\u2028deux"})
    [query] = read_training_queries(tmp_path)
    assert query.texts["fr"] == "une\u2028deux"


def test_of_many_training_queries_each_is_one_landmark_and_of_few_each_text(monkeypatch: pytest.MonkeyPatch) -> None:
    both = {"fr": "un", "en": "one"}
    queries = [TrainingQuery(("a",), both), TrainingQuery((), {"fr": "seul"}), TrainingQuery(("b",), both)]
    assert landmarks(queries) == [(0,), (1,), (2,), (3,), (4,)]
    monkeypatch.setattr(training_queries, "ALL_TO", 4)
    assert landmarks(queries) == [(0, 1), (2,), (3, 4)]
    translated = TrainingQuery(("c",), both, translated={"fr": "deux", "en": "two"})
    assert landmarks([*queries, translated]) == [(0, 1), (2,), (3, 4), (5, 6, 7, 8)]
    assert landmarks([]) == []


def test_an_entry_is_named_once() -> None:
    row = GOOD | {"entries": ["trust-first", "zoo", "trust-first", "trust-first"]}
    assert training_query_faults(row, {"trust-first", "zoo"}) == ["names 'trust-first' twice"]


def test_a_line_that_names_an_entry_twice_is_read_as_naming_it_once(tmp_path: Path) -> None:
    """0.1.0 took such lines, and its library had 43: a copy of it with entries of one's own is still built."""
    write_training_queries(tmp_path, GOOD | {"entries": ["trust-first", "zoo", "trust-first"]})
    assert read_training_queries(tmp_path)[0].entries == ("trust-first", "zoo")
