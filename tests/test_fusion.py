"""From the scores of passages to the scores of entries."""

from __future__ import annotations

import numpy as np
import pytest

from search.index.metadata import Runs, padded
from search.retrieval.fusion import (
    best_first,
    best_per_entry,
    drawn_to_mean,
    lift_by_links,
    reorder_by_words,
    text_scores,
)

NO = -np.inf
BEST = (1.0, 0.3, 0.1)


@pytest.mark.parametrize(
    ("scores", "expected"),
    [
        ([0.6], 0.6),
        ([0.2, 0.6], (0.6 + 0.3 * 0.2) / 1.3),
        ([0.2, 0.6, 0.4], (0.6 + 0.3 * 0.4 + 0.1 * 0.2) / 1.4),
        ([0.2, 0.6, 0.1, 0.4, 0.0], (0.6 + 0.3 * 0.4 + 0.1 * 0.2) / 1.4),
        ([-0.5, -0.1], (-0.1 + 0.3 * -0.5) / 1.3),
        ([NO, 0.6], 0.6),
        ([0.4, NO, 0.6, NO], (0.6 + 0.3 * 0.4) / 1.3),
        ([NO, NO], NO),
    ],
)
def test_a_text_scores_the_weighted_mean_of_its_three_best_passages(scores: list[float], expected: float) -> None:
    assert text_scores(np.array(scores), np.arange(len(scores))[np.newaxis], BEST).tolist() == pytest.approx([expected])


def test_texts_of_different_sizes_are_scored_apart_and_padding_counts_for_nothing() -> None:
    passages = np.array([0.9, 0.1, 0.5, NO], dtype=np.float32)
    members = np.array([[0, -1, -1], [1, 2, -1], [3, -1, -1]])
    assert text_scores(passages, members, BEST).tolist() == pytest.approx([0.9, (0.5 + 0.03) / 1.3, NO])


def test_other_weights_can_be_given() -> None:
    assert text_scores(np.array([0.2, 0.8]), np.array([[0, 1]]), weights=(1.0,)).tolist() == [0.8]


def test_words_lift_a_text_over_a_slightly_better_one() -> None:
    # 0.50 + 0.15 * 1 = 0.65 beats 0.60 + 0.15 * 0.2 = 0.63; the scores are handed out in that order
    assert reorder_by_words(np.array([0.60, 0.50]), np.array([1.0, 5.0]), 0.15).tolist() == [0.50, 0.60]


def test_words_do_not_lift_a_text_over_a_much_better_one() -> None:
    assert reorder_by_words(np.array([0.70, 0.50]), np.array([0.0, 5.0]), 0.15).tolist() == [0.70, 0.50]


def test_reordering_keeps_the_set_of_scores() -> None:
    chance = np.random.default_rng(1)
    for _ in range(20):
        meaning, words = chance.random(12), chance.random(12) * chance.integers(0, 2, 12)
        assert sorted(reorder_by_words(meaning, words, 0.15)) == sorted(meaning)


def test_a_text_that_may_not_answer_still_may_not_after_reordering() -> None:
    assert reorder_by_words(np.array([0.2, NO, 0.3]), np.array([4.0, 0.0, 0.0]), 0.15).tolist() == [0.3, NO, 0.2]


def test_without_words_nothing_moves_and_the_given_scores_are_left_alone() -> None:
    meaning = np.array([0.1, 0.9])
    moved = reorder_by_words(meaning, np.zeros(2), 0.15)
    moved[0] = 7.0
    assert meaning.tolist() == [0.1, 0.9]
    assert reorder_by_words(np.array([]), np.array([]), 0.15).tolist() == []


def test_equal_scores_keep_their_order() -> None:
    assert reorder_by_words(np.array([0.5, 0.5, 0.4]), np.array([1.0, 1.0, 0.0]), 0.15).tolist() == [0.5, 0.5, 0.4]


def test_an_entry_scores_as_its_best_text() -> None:
    scores = np.array([0.4, 0.7, 0.2, NO])
    assert best_per_entry(scores, Runs.of(np.array([0, 0, 2, 3])), 4).tolist() == [0.7, NO, 0.2, NO]


@pytest.mark.parametrize(
    ("share", "expected"),
    [
        (0.0, [0.7, NO, 0.2, NO]),
        (0.6, [0.61, NO, 0.2, NO]),  # the mean of 0.4 and 0.7 is 0.55
        (1.0, [0.55, NO, 0.2, NO]),
    ],
)
def test_an_entry_is_drawn_from_its_best_text_to_the_mean_of_those_that_are_found(
    share: float, expected: list[float]
) -> None:
    scores, runs = np.array([0.4, 0.7, 0.2, NO, NO]), Runs.of(np.array([0, 0, 2, 2, 3]))
    drawn = drawn_to_mean(best_per_entry(scores, runs, 4), scores, runs, share)
    assert drawn == pytest.approx(expected)


@pytest.mark.parametrize(
    ("weight", "expected"),
    [
        (0.0, [0.2, 0.8, 0.6]),
        (0.5, [0.5, 0.8, 0.7]),  # half the way to 0.8
        (1.0, [0.8, 0.8, 0.8]),
    ],
)
def test_a_higher_neighbour_lifts_an_entry_and_a_lower_one_does_not(weight: float, expected: list[float]) -> None:
    neighbours = np.array([[1, 2], [0, 2], [1, -1]])
    assert lift_by_links(np.array([0.2, 0.8, 0.6]), neighbours, weight).tolist() == pytest.approx(expected)


def test_an_entry_is_lifted_by_what_its_neighbours_had_and_not_by_what_they_get() -> None:
    # a chain: the first is lifted towards 0.4, which is itself lifted towards 0.8
    chain = np.array([[1, -1], [0, 2], [1, -1]])
    assert lift_by_links(np.array([0.0, 0.4, 0.8]), chain, 0.5).tolist() == pytest.approx([0.2, 0.6, 0.8])


def test_an_equal_neighbour_changes_nothing() -> None:
    assert lift_by_links(np.array([0.5, 0.5]), np.array([[1], [0]]), 0.6).tolist() == [0.5, 0.5]


@pytest.mark.parametrize("weight", [0.0, 0.5, 1.0])
def test_an_entry_that_may_not_answer_is_not_lifted_and_lifts_nothing(weight: float) -> None:
    assert lift_by_links(np.array([NO, 0.5]), np.array([[1], [0]]), weight).tolist() == [NO, 0.5]
    assert lift_by_links(np.array([NO, NO]), np.array([[1], [0]]), weight).tolist() == [NO, NO]


def test_padding_is_no_neighbour() -> None:
    # -1 is not the last entry, which has 0.9
    assert lift_by_links(np.array([0.1, 0.9]), np.array([[-1, -1], [-1, -1]]), 1.0).tolist() == [0.1, 0.9]
    assert lift_by_links(np.array([-0.5, 0.9]), np.array([[-1], [-1]]), 1.0).tolist() == [-0.5, 0.9]


@pytest.mark.parametrize(
    ("groups", "expected"),
    [
        ([[3], [1, 2], []], [[3, -1], [1, 2], [-1, -1]]),
        ([[0, 1]], [[0, 1]]),
        ([[], []], [[-1], [-1]]),
        ([], []),
    ],
)
def test_groups_of_numbers_are_padded_to_the_longest(groups: list[list[int]], expected: list[list[int]]) -> None:
    rows = padded(groups)
    assert rows.tolist() == expected
    assert rows.dtype == np.int64
    assert rows.ndim == 2


def test_best_first_gives_equal_scores_in_order_and_no_more_than_wanted() -> None:
    scores = np.array([0.5, 0.9, 0.5, -np.inf, 0.5, 0.7])
    assert best_first(scores, 4).tolist() == [1, 5, 0, 2]
    assert best_first(scores, 9).tolist() == [1, 5, 0, 2, 4, 3]


def test_words_re_order_the_nearest_texts_and_let_nobody_from_further_down_pass(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    meaning, words = np.array([0.9, 0.8, 0.7, 0.6, 0.5]), np.array([0.0, 1.0, 0.0, 0.0, 0.5])
    monkeypatch.setattr("search.retrieval.fusion.DEEPEST", 2)
    assert reorder_by_words(meaning, words, 0.2).tolist() == [0.8, 0.9, 0.7, 0.6, 0.5]
