"""What situations teach of which entries answer, by hand."""

from __future__ import annotations

import numpy as np
import pytest

from search.learned import learn_answers, likeness

EAST, NORTH = [1.0, 0.0], [0.0, 1.0]
BETWEEN = [0.5**0.5, 0.5**0.5]


def answers(query: list[float], rows: list[list[float]], names: list[tuple[str, ...]]) -> list[float]:
    vectors = np.array(rows, dtype=np.float32)
    weights = learn_answers(vectors, names, ["a", "b"])
    likely: list[float] = (likeness(vectors @ np.array(query, dtype=np.float32)) @ weights.astype(np.float32)).tolist()
    return likely


def close(*values: float) -> object:
    return pytest.approx(list(values), abs=1e-3)  # weights are kept in half precision


def test_likeness_is_the_square_of_what_is_above_zero() -> None:
    assert likeness(np.array([-0.5, 0.0, 0.5, 1.0])).tolist() == [0.0, 0.0, 0.25, 1.0]


def test_one_situation_teaches_two_thirds_of_what_it_says() -> None:
    # (1 + 0.5) w = 1 for the first entry, (1 + 0.5) w = 0.6 for the other
    assert answers(EAST, [EAST], [("a", "b")]) == close(1 / 1.5, 0.6 / 1.5)
    assert answers(BETWEEN, [EAST], [("a", "b")]) == close(0.5 / 1.5, 0.5 * 0.6 / 1.5)
    assert answers(NORTH, [EAST], [("a", "b")]) == close(0.0, 0.0)


def test_two_that_agree_teach_more() -> None:
    assert answers(EAST, [EAST, EAST], [("a",), ("a",)]) == close(2 / 2.5, 0.0)


def test_one_that_the_library_does_not_answer_teaches_too() -> None:
    assert answers(EAST, [EAST, EAST], [("a",), ()]) == close(1 / 2.5, 0.0)


def test_ids_nobody_knows_are_passed_over_and_keep_the_place_of_the_first() -> None:
    assert answers(EAST, [EAST], [("gone", "a")]) == close(0.6 / 1.5, 0.0)


def test_without_situations_nothing_is_learned() -> None:
    assert learn_answers(np.zeros((0, 2), dtype=np.float32), [], ["a", "b"]).shape == (0, 2)
