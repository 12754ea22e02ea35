"""What somebody left out of a text, as an address has it."""

from __future__ import annotations

import pytest

from search.retrieval.left_out import LeftOut, concerns_without, left_out_of, places_without
from search.retrieval.searcher import Searcher
from tests.letter import GARDEN, LETTER, MONEY, TRUST


@pytest.mark.parametrize(
    ("numbers", "kept"),
    [
        (["2"], [TRUST, MONEY]),
        (["3", "1"], [GARDEN]),
        (["1", "2", "3"], []),
        ([], None),
        (["0", "4", "two", "-1"], None),
    ],
)
def test_concerns_are_left_out_by_their_number(numbers: list[str], kept: list[str] | None) -> None:
    assert concerns_without(LETTER, numbers) == kept


def test_what_is_left_out_of_an_answer_leads_to_the_same_answer(searcher: Searcher) -> None:
    answer = searcher.search(LETTER, concerns=[TRUST, MONEY])
    assert left_out_of(answer) == LeftOut(concerns=(2,))
    again = searcher.search(LETTER, concerns=concerns_without(LETTER, ["2"]))
    assert [hit.entry.id for hit in again] == [hit.entry.id for hit in answer]


def test_a_place_is_left_out_by_its_words(searcher: Searcher) -> None:
    text = "des exemples à Lille de confiance"
    assert places_without(searcher.index, text, ["à Lille"]) == []
    assert places_without(searcher.index, text, ["Lille", "à Bruxelles"]) is None
    assert left_out_of(searcher.search(text, places=[])) == LeftOut(places=("à Lille",))
    assert left_out_of(searcher.search(text)) == LeftOut()
