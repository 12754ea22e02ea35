"""The field's metrics, by hand."""

from __future__ import annotations

import math

import pytest

from search.evaluation.metrics import ndcg, recall, reciprocal_rank

LOG3 = math.log2(3)  # the discount of the second rank; that of the third is 2


@pytest.mark.parametrize(
    ("ranked", "k", "expected"),
    [
        (["a", "b", "c"], 3, 1.0),
        (["a", "b", "c", "x"], 10, 1.0),
        (["b", "a", "c"], 3, (2 + 3 / LOG3 + 1 / 2) / (3 + 2 / LOG3 + 1 / 2)),
        (["x", "a"], 10, (3 / LOG3) / (3 + 2 / LOG3 + 1 / 2)),
        (["x", "a"], 1, 0.0),
        (["b", "a"], 1, 2 / 3),
        (["c", "x", "y"], 2, 1 / (3 + 2 / LOG3)),
        ([], 10, 0.0),
    ],
)
def test_ndcg_is_the_gain_over_that_of_the_ideal_order(ranked: list[str], k: int, expected: float) -> None:
    assert ndcg(ranked, {"a": 3, "b": 2, "c": 1}, k) == pytest.approx(expected)


def test_entries_of_one_grade_may_come_in_any_order() -> None:
    grades = {"a": 2, "b": 2, "c": 1}
    assert ndcg(["a", "b", "c"], grades, 3) == ndcg(["b", "a", "c"], grades, 3) == pytest.approx(1.0)


def test_ndcg_of_nothing_judged_is_zero() -> None:
    assert ndcg(["a"], {}, 10) == 0.0


@pytest.mark.parametrize(
    ("ranked", "relevant", "k", "expected"),
    [
        (["a", "x", "b"], {"a", "b"}, 3, 1.0),
        (["a", "x", "b"], {"a", "b"}, 2, 0.5),
        (["a", "x", "b"], {"a", "b", "c"}, 2, 0.5),  # two places can hold two of the three
        (["a", "b", "x"], {"a", "b", "c"}, 2, 1.0),
        (["x"], {"a"}, 1, 0.0),
        (["x"], set(), 1, 0.0),
        ([], {"a"}, 5, 0.0),
    ],
)
def test_recall_is_the_share_of_what_can_be_found(
    ranked: list[str], relevant: set[str], k: int, expected: float
) -> None:
    assert recall(ranked, relevant, k) == expected


@pytest.mark.parametrize(
    ("ranked", "k", "expected"),
    [
        (["a", "x"], 10, 1.0),
        (["x", "y", "b", "a"], 10, 1 / 3),
        (["x", "y", "b"], 2, 0.0),
        (["x", "y", "b"], 3, 1 / 3),
        ([], 3, 0.0),
    ],
)
def test_reciprocal_rank_is_that_of_the_first_relevant_entry(ranked: list[str], k: int, expected: float) -> None:
    assert reciprocal_rank(ranked, {"a", "b"}, k) == pytest.approx(expected)


def test_ndcg_compares_with_the_best_that_k_ranks_can_hold() -> None:
    # the ideal first two have 3 and 2; what is judged 0 gains nothing
    assert ndcg(["a", "none", "b"], {"a": 3, "b": 2, "c": 1, "none": 0}, 2) == pytest.approx(3 / (3 + 2 / LOG3))
    assert ndcg(["none"], {"none": 0}, 2) == 0.0
