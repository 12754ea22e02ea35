"""The answers that are shown first, chosen on paper: by concern, then by group, then by rank."""

from __future__ import annotations

import pytest

from search.entries import Entry, Passage
from search.retrieval.best import best_of
from search.retrieval.results import AnsweredConcern, Hit, Results


def hit(rank: int, kind: str, strength: str = "related") -> Hit:
    entry = Entry(f"entry-{rank}", kind, {}, {}, (), (), (), (), {"en": {"title": f"Entry {rank}"}})
    passage = Passage(entry.id, "en", "summary", 0, "Words.")
    return Hit(rank, entry, passage, "Words.", {"en": (passage, "Words.")}, "", "meaning", strength, 1.0 / rank)


def results(*kinds: str, weak_from: int = 99, concerns: tuple[tuple[int, ...], ...] = ()) -> Results:
    """Make results of some kinds in order, weak from a rank on, and concerns by the ranks that answer them."""
    hits = tuple(hit(n, kind, "weak" if n >= weak_from else "strong") for n, kind in enumerate(kinds, 1))
    of = tuple(
        AnsweredConcern(f"concern {n}", tuple(hits[rank - 1] for rank in some)) for n, some in enumerate(concerns)
    )
    return Results(query="words", language="en", hits=hits, total=len(hits), concerns=of)


def ranks(found: Results, **options: int) -> list[int]:
    return [one.rank for one in best_of(found, **options)]


def test_five_practices_leave_a_place_to_the_best_of_each_other_group() -> None:
    found = results(*["practice"] * 7, "case", "condition", "case", "resource")
    assert ranks(found) == [1, 2, 8, 9, 11]


def test_a_weak_answer_gets_no_place_for_the_sake_of_variety() -> None:
    found = results(*["practice"] * 7, "case", "condition", weak_from=9)
    assert ranks(found) == [1, 2, 3, 4, 8]


def test_kinds_of_one_group_are_one_group() -> None:
    found = results("practice", "insight", "practice", "practice", "practice", "condition", "phase")
    assert ranks(found) == [1, 2, 3, 4, 6]


def test_every_concern_has_one_of_its_own_answers() -> None:
    found = results(*["practice"] * 12, concerns=((1, 2), (12, 11), (7,)))
    assert ranks(found) == [1, 2, 3, 7, 12]


def test_what_answers_two_concerns_serves_both() -> None:
    found = results(*["practice"] * 9, concerns=((1, 2), (9, 1)))
    assert ranks(found) == [1, 2, 3, 4, 5]


def test_a_concern_comes_before_a_group_and_a_weak_answer_may_serve_it() -> None:
    found = results(*["practice"] * 4, "case", "practice", weak_from=6, concerns=((1,), (6,)))
    assert ranks(found, most=2) == [1, 6]
    assert ranks(found, most=3) == [1, 5, 6]


def test_a_concern_that_was_left_out_asks_for_no_place() -> None:
    found = results(*["practice"] * 6, concerns=((), (6,)))
    assert ranks(found, most=1) == [6]


@pytest.mark.parametrize("count", [0, 1, 3])
def test_fewer_answers_than_places_are_all_shown_in_their_order(count: int) -> None:
    assert ranks(results(*["case"] * count)) == list(range(1, count + 1))


def test_more_concerns_than_places_get_the_answers_that_serve_most_of_them() -> None:
    concerns = ((1, 9), (2, 9), (3,), (4, 10), (5, 10), (6,))
    found = results(*["practice"] * 10, concerns=concerns)
    assert ranks(found, most=4) == [3, 6, 9, 10]  # 9 and 10 answer two each; 3 and 6 the other two
    assert ranks(found, most=2) == [9, 10]
