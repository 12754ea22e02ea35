"""From the scores of passages to the scores of entries."""

from __future__ import annotations

import numpy as np
import pytest

from search.ranking import best_per_entry, reorder_by_words, text_scores

NO = -np.inf


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
    assert text_scores(np.array(scores), np.arange(len(scores))[np.newaxis]).tolist() == pytest.approx([expected])


def test_texts_of_different_sizes_are_scored_apart_and_padding_counts_for_nothing() -> None:
    passages = np.array([0.9, 0.1, 0.5, NO], dtype=np.float32)
    members = np.array([[0, -1, -1], [1, 2, -1], [3, -1, -1]])
    assert text_scores(passages, members).tolist() == pytest.approx([0.9, (0.5 + 0.03) / 1.3, NO])


def test_other_weights_can_be_given() -> None:
    assert text_scores(np.array([0.2, 0.8]), np.array([[0, 1]]), weights=(1.0,)).tolist() == [0.8]


def test_words_lift_a_text_over_a_slightly_better_one() -> None:
    # 0.50 + 0.15 * 1 = 0.65 beats 0.60 + 0.15 * 0.2 = 0.63; the scores are handed out in that order
    assert reorder_by_words(np.array([0.60, 0.50]), np.array([1.0, 5.0])).tolist() == [0.50, 0.60]


def test_words_do_not_lift_a_text_over_a_much_better_one() -> None:
    assert reorder_by_words(np.array([0.70, 0.50]), np.array([0.0, 5.0])).tolist() == [0.70, 0.50]


def test_reordering_keeps_the_set_of_scores() -> None:
    chance = np.random.default_rng(1)
    for _ in range(20):
        meaning, words = chance.random(12), chance.random(12) * chance.integers(0, 2, 12)
        assert sorted(reorder_by_words(meaning, words)) == sorted(meaning)


def test_a_text_that_may_not_answer_still_may_not_after_reordering() -> None:
    assert reorder_by_words(np.array([0.2, NO, 0.3]), np.array([4.0, 0.0, 0.0])).tolist() == [0.3, NO, 0.2]


def test_without_words_nothing_moves_and_the_given_scores_are_left_alone() -> None:
    meaning = np.array([0.1, 0.9])
    moved = reorder_by_words(meaning, np.zeros(2))
    moved[0] = 7.0
    assert meaning.tolist() == [0.1, 0.9]
    assert reorder_by_words(np.array([]), np.array([])).tolist() == []


def test_equal_scores_keep_their_order() -> None:
    assert reorder_by_words(np.array([0.5, 0.5, 0.4]), np.array([1.0, 1.0, 0.0])).tolist() == [0.5, 0.5, 0.4]


def test_an_entry_scores_as_its_best_text() -> None:
    scores = np.array([0.4, 0.7, 0.2, NO])
    assert best_per_entry(scores, np.array([0, 0, 2, 3]), 4).tolist() == [0.7, NO, 0.2, NO]
