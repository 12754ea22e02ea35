"""An inverted index: which texts have which terms."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from search.index.inverted_index import InvertedIndex, among

TEXTS = (["roof", "garden", "roof"], [], ["garden"], ["bench", "garden"])


def test_terms_are_in_order_of_first_use_and_texts_rise_within_a_term() -> None:
    postings = InvertedIndex.of(TEXTS)
    assert postings.terms == ("roof", "garden", "bench")
    assert [postings.having(term).tolist() for term in postings.terms] == [[0], [0, 2, 3], [3]]
    assert postings.having("zeppelin").tolist() == []


def test_how_often_a_text_has_a_term_is_counted() -> None:
    postings, counts = InvertedIndex.counted(TEXTS)
    assert postings.texts.tolist() == [0, 0, 2, 3, 3]  # roof; garden, three times; bench
    assert counts.tolist() == [2, 1, 1, 1, 1]


@pytest.mark.parametrize(
    ("terms", "expected"),
    [
        (["garden"], [0, 2, 3]),
        (["bench", "garden"], [3]),
        (["roof", "bench"], []),
        (["garden", "zeppelin"], []),
        ([], []),
    ],
)
def test_texts_with_every_term(terms: list[str], expected: list[int]) -> None:
    assert InvertedIndex.of(TEXTS).having_all(terms).tolist() == expected


@pytest.mark.parametrize("texts", [TEXTS, [], [[]]])
def test_what_is_read_is_what_was_written(tmp_path: Path, texts: list[list[str]]) -> None:
    postings = InvertedIndex.of(texts)
    postings.save(tmp_path, "terms")
    loaded = InvertedIndex.load(tmp_path, "terms")
    assert loaded.terms == postings.terms
    assert [loaded.having(term).tolist() for term in loaded.terms] == [
        postings.having(term).tolist() for term in postings.terms
    ]


def test_among_says_which_numbers_are_there() -> None:
    assert among(np.array([5, 1, 9, 0]), np.array([1, 5, 7])).tolist() == [True, True, False, False]
    assert among(np.array([5]), np.array([], dtype=int)).tolist() == [False]
    assert among(np.array([], dtype=int), np.array([1])).tolist() == []
