"""How sure a difference is, by drawing again what was asked."""

from __future__ import annotations

import pytest

from search.evaluation.bootstrap import difference


def test_the_same_everywhere_is_no_difference_at_all() -> None:
    found = difference({"a": [0.5, 0.25], "b": [1.0]}, {"a": [0.5, 0.25], "b": [1.0]})
    assert (found.mean, found.low, found.high) == (0.0, 0.0, 0.0)


def test_the_same_gain_everywhere_is_certain() -> None:
    found = difference({str(n): [n / 10] for n in range(5)}, {str(n): [n / 10 + 0.25] for n in range(5)})
    assert (found.mean, found.low, found.high) == pytest.approx((0.25, 0.25, 0.25))


def test_every_value_counts_once_and_those_of_a_unit_are_drawn_together() -> None:
    # one of two units has three values that all gain 1, the other one value that gains nothing: 3 of 4
    found = difference({"letter": [0.0, 0.0, 0.0], "other": [1.0]}, {"letter": [1.0, 1.0, 1.0], "other": [1.0]})
    assert found.mean == 0.75
    assert (found.low, found.high) == (0.0, 1.0)  # a quarter of the draws has the one twice, a quarter the other


def test_a_hundred_units_of_which_a_tenth_gain_are_sure_to_gain() -> None:
    # the count that gain among 100 drawn is binomial: 10 with a standard deviation of 3; its 2.5 % and 97.5 % are 5, 16
    nothing = {str(n): [0.0] for n in range(100)}
    found = difference(nothing, nothing | {str(n): [1.0] for n in range(10)})
    assert found.mean == pytest.approx(0.1)
    assert found.low == pytest.approx(0.05, abs=0.011)
    assert found.high == pytest.approx(0.16, abs=0.011)


@pytest.mark.parametrize("other", [{}, {"b": [1.0]}, {"a": [1.0, 0.0]}])
def test_what_was_not_asked_of_both_is_not_compared(other: dict[str, list[float]]) -> None:
    with pytest.raises(ValueError, match="give the same units with as many values"):
        difference({"a": [1.0]}, other)
