"""The library without a question: counts, places, years, entries side by side, three questions."""

from __future__ import annotations

import dataclasses

import pytest

from search.entries import Entry
from search.errors import UnknownFilterError
from search.output.browse import (
    MOST_COMPARED,
    cells,
    compared,
    containing,
    last_read,
    ordered,
    placed,
    started_in,
    starts,
    typed_words,
)
from search.output.guided_questions import answers, guided, obstacles, unquoted
from search.retrieval.searcher import Searcher
from search.text.analysis import fold


def test_every_cell_is_counted_an_entry_in_each_it_names(searcher: Searcher) -> None:
    counts = cells(searcher.entries, searcher.vocabulary)
    assert len(counts) == 16
    assert list(counts)[:2] == [("before", "know-each-other"), ("before", "gather-resources")]
    named = {cell: count for cell, count in counts.items() if count}
    assert named[("before", "commit-formally")] == named[("launch", "commit-formally")] == 1  # the charter, in two
    assert sum(counts.values()) == sum(len(one.phases) * len(one.conditions) for one in searcher.entries)


def test_cases_with_a_place_and_years_they_began(searcher: Searcher) -> None:
    assert [entry.id for entry in placed(searcher.entries)] == ["brussels-budget", "lille-barracks"]
    assert starts(searcher.entries) == {(2016, "stalled"): 1, (2018, "succeeded"): 1}


def test_entries_side_by_side_have_a_row_for_each_field_one_of_them_has(searcher: Searcher) -> None:
    chosen = [searcher.entry("lille-barracks"), searcher.entry("trust-first")]
    rows = dict(compared(chosen, "en"))
    assert list(rows) == [
        "summary",
        "context",
        "what_happened",
        "results",
        "limits",
        "description",
        "signs_it_is_missing",
    ]
    assert rows["summary"] == ("An empty building shared for two years.", "The trust comes first.")
    assert rows["context"][1] == ""


def test_no_more_than_four_are_compared(searcher: Searcher) -> None:
    assert MOST_COMPARED == 4
    with pytest.raises(ValueError, match="at most 4 entries can be compared"):
        compared(searcher.entries[:5], "fr")


def test_filters_can_be_used_without_a_question(searcher: Searcher) -> None:
    assert len(searcher.matching()) == len(searcher.entries)
    assert [one.id for one in searcher.matching(kinds={"case"}, countries={"france"})] == ["lille-barracks"]
    assert "garden-network" not in [one.id for one in searcher.matching(languages={"en"})]
    with pytest.raises(UnknownFilterError):
        searcher.matching(phases={"afterwards"})


def test_three_questions_narrow_the_library(searcher: Searcher) -> None:
    assert len(guided(searcher, who=None, phase=None, lacking=[])) == len(searcher.entries)
    found = guided(searcher, who="resident", phase="before", lacking=["know-each-other"])
    assert [one.id for one in found] == ["trust-first"]


def test_answers_become_filters_of_actors_the_library_knows(searcher: Searcher) -> None:
    assert answers(searcher, who="officer", phase="launch", lacking=["commit-formally"]) == {
        "actors": ("public-authority",),
        "phases": ("launch",),
        "conditions": ("commit-formally",),
    }
    with pytest.raises(KeyError):
        answers(searcher, who="nobody", phase=None, lacking=[])


def test_what_is_in_the_way_is_told_as_people_say_it(searcher: Searcher) -> None:
    assert obstacles(searcher, "fr") == {"know-each-other": "Personne ne répond au courrier."}


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("«\u00a0Rien ne bouge.\u00a0»", "Rien ne bouge."),
        ("“Nothing moves.”", "Nothing moves."),
        ("«\u00a0Non\u00a0», dit-elle.", "«\u00a0Non\u00a0», dit-elle."),
        ("«\u00a0Non\u00a0» et «\u00a0jamais\u00a0»", "«\u00a0Non\u00a0» et «\u00a0jamais\u00a0»"),
        (" Personne ne répond. ", "Personne ne répond."),
        ("«»", ""),
    ],
)
def test_quotation_marks_around_a_whole_text_go_together(text: str, shown: str) -> None:
    assert unquoted(text) == shown


# ---- Found by typing, put in order ---------------------------------------------------------------------------


def found(searcher: Searcher, typed: str) -> list[str]:
    words = {entry.id: typed_words(entry, searcher.vocabulary) for entry in searcher.entries}
    return [entry.id for entry in containing(searcher.entries, words, typed)]


@pytest.mark.parametrize("typed", ["casern", "CASERNE Lille", "lille caser", "barr", "fran barracks"])
def test_words_are_found_as_one_types_in_both_languages_with_place_and_country(searcher: Searcher, typed: str) -> None:
    assert "lille-barracks" in found(searcher, typed)
    assert len(found(searcher, typed)) < len(searcher.entries)


def test_what_is_in_the_middle_of_a_word_is_not_found_and_nothing_typed_keeps_all(searcher: Searcher) -> None:
    assert "lille-barracks" not in found(searcher, "arracks")
    assert len(found(searcher, "  ?! ")) == len(searcher.entries)


def dated(searcher: Searcher, name: str, **told: object) -> Entry:
    return dataclasses.replace(searcher.entry("lille-barracks"), id=name, **told)


def test_the_latest_known_comes_first_and_a_year_is_as_good_as_its_end(searcher: Searcher) -> None:
    entries = [
        dated(searcher, "none", last_known=None, start=None, end=None),
        dated(searcher, "march", last_known="2024-03"),
        dated(searcher, "year", last_known="2024"),
        dated(searcher, "began", last_known=None, start="2023-05-06", end=None),
    ]
    order = [entry.id for entry in ordered(entries, "known", searcher.vocabulary, "en")]
    assert order == ["year", "march", "began", "none"]


def test_entries_are_ordered_by_place_those_without_last_and_by_sources_read(searcher: Searcher) -> None:
    names = ("trust-first", "lille-barracks", "brussels-budget")
    by_place = ordered([searcher.entry(name) for name in names], "place", searcher.vocabulary, "en")
    assert [entry.id for entry in by_place] == ["brussels-budget", "lille-barracks", "trust-first"]
    late = dataclasses.replace(searcher.entry("lille-barracks").sources[0], read="2027-01")
    entries = [
        searcher.entry("brussels-budget"),
        dated(searcher, "late", sources=(late,)),
        dated(searcher, "none", sources=()),
    ]
    assert [entry.id for entry in ordered(entries, "read", searcher.vocabulary, "en")] == [
        "late",
        "brussels-budget",
        "none",
    ]
    assert last_read(entries[1]) == "2027-01"


def test_titles_are_ordered_as_in_a_dictionary(searcher: Searcher) -> None:
    titles = [entry.title("fr") for entry in ordered(searcher.entries, "title", searcher.vocabulary, "fr")]
    assert titles == sorted(titles, key=fold)


def test_cases_of_one_year(searcher: Searcher) -> None:
    assert [entry.id for entry in started_in(searcher.entries, 2016)] == ["brussels-budget"]
    assert started_in(searcher.entries, 2017) == ()
