"""Bounds of strength that keep their promises, by hand."""

from __future__ import annotations

import pytest

from search.learning.strength_bounds import NONE, USUAL, Bounds, choose_bounds


def hits(*groups: tuple[float, int, int]) -> tuple[list[float], list[bool], list[int]]:
    """Give probabilities, truths and queries of hits from (probability, useful, useless), each of its own query."""
    rows = [(p, n < useful) for p, useful, useless in groups for n in range(useful + useless)]
    return [p for p, _ in rows], [truth for _, truth in rows], list(range(len(rows)))


def test_strong_begins_where_four_of_five_are_useful_and_weak_ends_where_one_of_five_is() -> None:
    # at 0.9: 0.9 useful, less 0.049 (1.645 times the root of 0.9 * 0.1 / 100); below: 0.1 useful and 0.049 more
    assert choose_bounds(*hits((0.9, 90, 10), (0.1, 10, 90))) == Bounds(strong=0.9, related=0.9)


def test_between_the_two_a_hit_is_related() -> None:
    found = choose_bounds(*hits((0.9, 90, 10), (0.5, 50, 50), (0.1, 10, 90)))
    assert found == Bounds(strong=0.9, related=0.5)


def test_what_cannot_be_promised_is_not_said() -> None:
    assert choose_bounds(*hits((0.9, 50, 50), (0.1, 50, 50))) == Bounds(strong=NONE, related=0.0)


def test_a_share_that_just_holds_is_not_sure_enough() -> None:
    # 0.86 useful, less 0.057: 0.803; 0.85, less 0.059: 0.791
    assert choose_bounds(*hits((0.9, 86, 14), (0.1, 10, 90))).strong == 0.9
    assert choose_bounds(*hits((0.9, 85, 15), (0.1, 10, 90))).strong == NONE


def test_the_hits_of_one_query_count_together() -> None:
    probabilities, truths, _ = hits((0.9, 90, 10), (0.1, 10, 90))
    alone = range(50, 150)
    # fifty queries of two hits, five of them without a useful one: 0.9 less 1.645 * 0.042 is 0.830
    assert choose_bounds(probabilities, truths, [*(n // 2 for n in range(100)), *alone]).strong == 0.9
    # ten queries of ten hits, one of them without a useful one: 0.9 less 1.645 * 0.095 is 0.744
    assert choose_bounds(probabilities, truths, [*(n // 10 for n in range(100)), *alone]).strong == NONE


@pytest.mark.parametrize("count", [0, 99])
def test_of_few_hits_nothing_is_chosen(count: int) -> None:
    assert choose_bounds([0.5] * count, [True] * count, list(range(count))) == USUAL
