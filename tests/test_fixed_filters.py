"""Filters that were fixed can be narrowed, never left."""

from __future__ import annotations

from search.retrieval.fixed_filters import narrowed


def test_a_part_of_what_is_fixed_may_be_chosen() -> None:
    assert narrowed({"kinds": ["case", "practice"]}, {"kinds": ["case"]}) == {"kinds": ("case",)}


def test_what_is_fixed_is_neither_left_nor_widened() -> None:
    fixed = {"countries": ["belgium"]}
    assert narrowed(fixed, {}) == {"countries": ("belgium",)}
    assert narrowed(fixed, {"countries": ["france"]}) == {"countries": ("belgium",)}
    assert narrowed(fixed, {"countries": ["france", "belgium"]}) == {"countries": ("belgium",)}


def test_other_filters_are_the_persons() -> None:
    assert narrowed({"kinds": "case"}, {"phases": ["launch"], "actors": []}) == {
        "kinds": ("case",),
        "phases": ("launch",),
    }


def test_a_year_may_be_a_later_one_only() -> None:
    assert narrowed({"known_since": ["2015"]}, {"known_since": ["2020"]}) == {"known_since": ("2020",)}
    assert narrowed({"known_since": ["2015"]}, {"known_since": ["2010"]}) == {"known_since": ("2015",)}
