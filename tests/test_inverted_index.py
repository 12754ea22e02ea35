"""An inverted index: which texts have which words."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from search.index.inverted_index import InvertedIndex, among

TEXTS = (["roof", "garden", "roof"], [], ["garden"], ["bench", "garden"])


def test_words_stand_in_order_of_first_use_and_texts_in_order_within_a_word() -> None:
    postings = InvertedIndex.of(TEXTS)
    assert postings.words == ("roof", "garden", "bench")
    assert [postings.having(word).tolist() for word in postings.words] == [[0], [0, 2, 3], [3]]
    assert postings.having("zeppelin").tolist() == []


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["garden"], [0, 2, 3]),
        (["bench", "garden"], [3]),
        (["roof", "bench"], []),
        (["garden", "zeppelin"], []),
        ([], []),
    ],
)
def test_texts_with_every_word(words: list[str], expected: list[int]) -> None:
    assert InvertedIndex.of(TEXTS).having_all(words).tolist() == expected


@pytest.mark.parametrize("texts", [TEXTS, [], [[]]])
def test_what_is_read_is_what_was_written(tmp_path: Path, texts: list[list[str]]) -> None:
    postings = InvertedIndex.of(texts)
    postings.save(tmp_path, "words")
    loaded = InvertedIndex.load(tmp_path, "words")
    assert loaded.words == postings.words
    assert [loaded.having(word).tolist() for word in loaded.words] == [
        postings.having(word).tolist() for word in postings.words
    ]


def test_among_says_which_numbers_are_there() -> None:
    assert among(np.array([5, 1, 9, 0]), np.array([1, 5, 7])).tolist() == [True, True, False, False]
    assert among(np.array([5]), np.array([], dtype=int)).tolist() == [False]
    assert among(np.array([], dtype=int), np.array([1])).tolist() == []
