"""Checks pass or fail by what comes first; what is wrong with a file of them is told."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from search.errors import CorpusError, Problem
from search.evaluation.behaviour_checks import Check, check_checks, pass_rates, read_checks
from search.library.reader import read_library
from search.retrieval.searcher import Searcher

GOOD: dict[str, Any] = {
    "id": "a",
    "category": "acronym",
    "fr": "confiance",
    "en": "trust",
    "expected": ["commitment-charter"],
    "excluded": [],
}


def write(corpus: Path, *rows: dict[str, Any]) -> Path:
    path = corpus / "evaluation" / "checks" / "tune.jsonl"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("ranked", "passed"),
    [
        (["a"], True),
        (["x", "y", "z", "u", "b"], True),
        (["x", "y", "z", "u", "v", "a"], False),
        ([], False),
        (["a", "no"], False),
        (["a", *"23456789", "no"], False),
        (["a", *"23456789", "10", "no"], True),
    ],
)
def test_one_expected_entry_comes_early_and_no_excluded_one(ranked: list[str], passed: bool) -> None:
    assert Check("i", "acronym", {}, frozenset({"a", "b"}), frozenset({"no"})).passed(ranked) is passed


def test_rates_are_the_share_that_passes_by_category(searcher: Searcher, tmp_path: Path) -> None:
    checks = read_checks(
        write(
            tmp_path,
            GOOD,
            GOOD | {"id": "b", "fr": "jardin", "en": "trust", "expected": ["garden-network"]},
            GOOD | {"id": "c", "category": "amount", "excluded": ["brussels-budget"]},
        )
    )
    # six entries: the garden network is the fifth of six for "trust", and every entry is among the first ten
    assert pass_rates(searcher, checks) == {"acronym": 1.0, "amount": 0.0}


def test_a_query_without_an_answer_does_not_pass(abstaining_searcher: Searcher, tmp_path: Path) -> None:
    [check] = read_checks(write(tmp_path, GOOD | {"fr": "zeppelin"}))
    assert pass_rates(abstaining_searcher, [check]) == {"acronym": 0.5}


def test_every_fault_is_told(corpus: Path) -> None:
    path = write(
        corpus,
        GOOD | {"category": "odd", "fr": " "},
        GOOD | {"expected": []},
        GOOD | {"excluded": "brussels-budget"},
        GOOD | {"expected": ["nowhere"]},
    )
    faults = [
        Problem("checks/tune.jsonl", 1, "fr must be a text"),
        Problem(
            "checks/tune.jsonl",
            1,
            "category 'odd' is not one of acronym, misspelling, exact-phrase, amount, frequent-word, question-form, "
            "dissimilar-excluded",
        ),
        Problem("checks/tune.jsonl", 2, "expected must be a list of at least one id"),
        Problem("checks/tune.jsonl", 3, "excluded must be a list of ids"),
    ]
    with pytest.raises(CorpusError) as caught:
        read_checks(path)
    assert set(caught.value.problems) == set(faults)
    unknown = Problem("checks/tune.jsonl", 4, "'a' names 'nowhere', and no entry has this id")
    assert set(check_checks(read_library(corpus))) == {*faults, unknown}
