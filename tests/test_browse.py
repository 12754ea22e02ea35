"""The library without a question: counts, places, years, entries side by side, three questions."""

from __future__ import annotations

import pytest

from search.errors import UnknownFilterError
from search.output.browse import MOST_COMPARED, cells, compared, placed, starts
from search.output.guided_questions import answers, guided, obstacles, unquoted
from search.retrieval.searcher import Searcher


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
