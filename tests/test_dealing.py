"""Dealing several rankings out in one list, worked out on paper."""

from __future__ import annotations

import numpy as np
import pytest

from search.retrieval.dealing import HALVED_AT, NO_CONCERN, SERVED, WHOLE, chances_of, claimed, cover, order_of

EVERY = np.ones(4, dtype=bool)


def test_the_first_of_a_reading_answers_it_and_later_ones_less() -> None:
    chances = chances_of([np.array([7, 3]), np.array([5])], np.array([3, 5, 7]))
    assert chances == pytest.approx(np.array([[HALVED_AT / (HALVED_AT + 1), 0.0, 1.0], [0.0, 1.0, 0.0]]))


def test_a_place_goes_to_what_answers_the_readings_that_are_left() -> None:
    chances = np.array([[1.0, 0.9, 0.0, 0.0], [0.0, 0.0, 0.6, 0.5]])
    # 0 takes 0.9 of the first claim: 1 is worth 0.09, 2 still 0.6; 2 leaves 0.46 of the second: 3 is worth 0.23
    assert pytest.approx(0.9) == SERVED
    assert cover(chances, [], EVERY, 4) == [0, 2, 3, 1]


def test_what_answers_two_readings_a_little_comes_before_what_answers_one() -> None:
    assert cover(np.array([[0.7, 0.6], [0.0, 0.6]]), [], EVERY[:2], 1) == [1]


def test_what_has_a_place_already_keeps_it_and_counts() -> None:
    chances = np.array([[1.0, 0.9, 0.0, 0.0], [0.0, 0.0, 0.6, 0.5]])
    assert cover(chances, [2], np.array([False, True, True, True]), 3) == [2, 1, 3]


def test_each_group_serves_every_reading_after_the_first_ten() -> None:
    # fifteen entries of group 0 stand before the two of group 1, one for each reading
    chances = np.zeros((2, 17))
    chances[0, :15], chances[0, 15], chances[1, 16] = np.linspace(1.0, 0.5, 15), 0.02, 0.01
    order = order_of(chances, np.array([0] * 15 + [1, 1]))
    assert sorted(order.tolist()) == list(range(17))
    assert {15, 16} <= set(order[:13].tolist())


def test_equal_chances_keep_the_order_of_the_readings() -> None:
    assert order_of(np.ones((2, 3)), np.zeros(3, dtype=int)).tolist() == [0, 1, 2]


def test_a_concern_claims_once_in_how_many_readings_it_is_asked() -> None:
    # the whole text, a concern asked in two readings, another asked in one: it is not outvoted by the two
    chances = np.array([[0.4, 0.0, 0.2], [1.0, 0.0, 0.0], [0.5, 0.0, 0.0], [0.0, 0.8, 0.0]])
    claims = claimed(chances, [NO_CONCERN, 0, 0, 1])
    assert claims == pytest.approx(np.array([[0.4 * WHOLE, 0.0, 0.2 * WHOLE], [0.75, 0.0, 0.0], [0.0, 0.8, 0.0]]))
