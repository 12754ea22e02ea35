"""Places that are asked about limit the cases, and nothing else; they can be taken away."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

import numpy as np
import pytest

from search.errors import UnknownPlaceError
from search.index.index import Index
from search.output.listing import list_results, results_data
from search.retrieval.browsing import in_turn
from search.retrieval.filters import Selection
from search.retrieval.places import asked_places, beside_places, led_by_cases
from search.retrieval.results import AskedPlace, Results
from search.retrieval.scoring import Scored
from search.retrieval.searcher import Searcher
from tests.by_hand import FEATURES
from tests.fakes import by_meaning, scored_by

LILLE = AskedPlace("à Lille", {"fr": "Lille", "en": "Lille"}, "Lille")


def ids(results: Results) -> list[str]:
    return [hit.entry.id for hit in results]


def test_cases_are_limited_to_the_place_and_nothing_else_is(searcher: Searcher) -> None:
    results = by_meaning(searcher).search("des exemples à Lille de confiance")
    assert results.places == (LILLE,)
    assert [hit.entry.id for hit in results.cases] == ["lille-barracks"]
    assert {hit.entry.id for hit in results.practices} == {"commitment-charter", "participatory-budget"}
    assert [hit.entry.id for hit in results.conditions] == ["trust-first"]
    assert results.total == 5  # all but the case of Brussels
    assert results.query == "des exemples à Lille de confiance"


def test_a_country_limits_to_what_lies_in_it(searcher: Searcher) -> None:
    results = searcher.search("exemples en Belgique de confiance")
    assert [hit.entry.id for hit in results.cases] == ["brussels-budget"]
    assert len(searcher.search("exemples en Europe de confiance").cases) == 2


def test_where_a_place_is_all_that_is_asked_its_cases_and_what_they_show_come(searcher: Searcher) -> None:
    results = searcher.search("exemples à Lille")
    assert ids(results) == ["lille-barracks", "commitment-charter"]
    assert {hit.strength for hit in results} == {""}
    assert results.situation.phases == ()


def test_a_place_that_is_taken_away_limits_nothing(searcher: Searcher) -> None:
    results = searcher.search("des exemples à Lille de confiance", places=[])
    assert results.places == (dataclasses.replace(LILLE, kept=False),)
    assert len(results.cases) == 2
    assert results.total == 6


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("Comment faire un jardin à Lille ?", "Comment faire un jardin"),
        ("Nous habitons à Lille. Il manque un local en Belgique.", "Nous habitons. Il manque un local"),
        ("Le maire de Lille nous écoute", ""),  # whose mayor it is stays
        ("à Lille", ""),
        ("un jardin", ""),
    ],
)
def test_silence_is_told_beside_the_places_where_something_is(searcher: Searcher, text: str, rest: str) -> None:
    assert beside_places(searcher.index, text) == rest


def test_what_is_answered_anywhere_is_answered_at_a_place(searcher: Searcher, monkeypatch: pytest.MonkeyPatch) -> None:
    def answering(
        index: Index, streams: Sequence[Scored], text: str, *, read: object = None
    ) -> Sequence[Scored] | None:
        return streams if text == "confiance" and read else None

    monkeypatch.setattr("search.retrieval.abstention.answering", answering)
    assert searcher.search("confiance à Lille").hits
    assert not searcher.search("confiance").hits


def test_cases_of_a_place_that_is_refused_are_left_out(searcher: Searcher) -> None:
    text = "des exemples de confiance, pas à Lille"
    refused = dataclasses.replace(LILLE, words="pas à Lille", refused=True)
    asked = asked_places(searcher.index, text)
    assert (asked.places, asked.limits, asked.rest) == ((refused,), (), "des exemples de confiance")
    results = by_meaning(searcher).search(text)
    assert [hit.entry.id for hit in results.cases] == ["brussels-budget"]
    assert (results.places, results.total, results.query) == ((refused,), 5, text)
    assert list_results(results, "fr").startswith("Sans les cas de : Lille (“pas à Lille”)")


def test_a_refusal_can_be_taken_away(searcher: Searcher) -> None:
    text = "des exemples de confiance, pas à Lille"
    results = searcher.search(text, places=[])
    assert [place.kept for place in results.places] == [False]
    assert (len(results.cases), results.total) == (2, 6)
    assert asked_places(searcher.index, text, []).rest == "des exemples de confiance"


def test_a_part_of_a_place_is_refused(searcher: Searcher) -> None:
    results = searcher.search("exemples de confiance en Europe sauf en France")
    assert [(place.place, place.refused) for place in results.places] == [("Europe", False), ("France", True)]
    assert [hit.entry.id for hit in results.cases] == ["brussels-budget"]


def test_a_place_that_is_refused_and_that_nothing_is_from_is_not_told(searcher: Searcher) -> None:
    results = searcher.search("des exemples de confiance, pas à Toulouse")
    assert (results.places, len(results.cases)) == ((), 2)


def test_a_place_is_kept_by_its_words_or_its_name(searcher: Searcher) -> None:
    text = "des exemples à Lille de confiance"
    for words in ("à Lille", "Lille"):
        assert searcher.search(text, places=[words]).places == (LILLE,)


def test_a_place_that_is_merely_said_can_be_taken(searcher: Searcher) -> None:
    text = "Nous habitons à Lille et sans confiance rien n'avance"
    assert searcher.search(text).places == ()
    results = searcher.search(text, places=["Lille"])
    assert [hit.entry.id for hit in results.cases] == ["lille-barracks"]


def test_a_place_the_library_has_nothing_from_is_told_and_limits_nothing(searcher: Searcher) -> None:
    for name in ("Toulouse", "Trifouilly"):
        results = searcher.search(f"exemples à {name} de confiance")
        assert results.places == (AskedPlace(f"à {name}", {"fr": name, "en": name}, ""),)
        assert len(results.cases) == 2
        assert list_results(results, "fr").startswith(f"La bibliothèque n'a rien de ce lieu : {name}")


def test_words_that_are_no_place_in_the_text_are_refused(searcher: Searcher) -> None:
    with pytest.raises(UnknownPlaceError, match="names no place “Paris”") as caught:
        searcher.search("exemples à Lille", places=["Paris"])
    assert caught.value.expected == ("à Lille",)
    with pytest.raises(UnknownPlaceError):
        searcher.search("exemples à Lille", places=["exemples"])
    with pytest.raises(ValueError, match="list of texts"):
        searcher.search("exemples à Lille", places="Lille")


def test_a_place_is_listed_and_told_to_programs(searcher: Searcher) -> None:
    results = searcher.search("exemples à Lille")
    assert list_results(results, "en").startswith("Cases from: Lille (“à Lille”)")
    assert results_data(results, "fr")["places"] == [dataclasses.asdict(LILLE)]


def test_in_a_large_library_the_cases_of_the_place_are_candidates(
    searcher: Searcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in (("ALL_TO", 0), ("CANDIDATES", 1), ("FEWEST", 1)):
        monkeypatch.setattr(f"search.retrieval.candidates.{name}", value)
    results = by_meaning(searcher).search("des exemples à Lille de jardin", k=3)
    assert [hit.entry.id for hit in results.cases] == ["lille-barracks"]


def test_what_a_case_of_the_place_shows_is_lifted_half_way_to_it(searcher: Searcher) -> None:
    first = scored_by(searcher, "trust").first
    scored = Scored(first, FEATURES, np.array([0.2, 0.6, 0.1]), ())
    everything = np.ones(3, dtype=bool)
    there = Selection(everything, None, {}, there=np.array([False, True, False]))
    assert led_by_cases(scored, there).scores.tolist() == pytest.approx([0.4, 0.6, 0.1])  # 0.2 + (0.6 - 0.2) / 2
    assert led_by_cases(scored, Selection(everything, None, {})).scores.tolist() == [0.2, 0.6, 0.1]


def test_groups_come_in_turn_and_what_is_left_follows() -> None:
    rows = {"cases": [1, 2, 3, 4], "practices": [5], "conditions": [6]}
    assert in_turn(rows, ("cases", "practices", "cases", "conditions")) == [1, 5, 2, 6, 3, 4]
