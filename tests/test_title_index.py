"""What entries are called, and which of them a short query names."""

from __future__ import annotations

import pytest

from search.index.title_index import acronyms, has_in_name
from search.retrieval.searcher import Searcher
from tests.fakes import ENTRY_IDS


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("The Brussels Community Land Trust", ("TBC", "TBCL", "TBCLT", "BCL", "BCLT", "CLT")),
        ("Every One Every Day in Barking", ("EOE", "EOED", "OED")),
        ("Un jardin à Liège", ()),
        ("Big Local", ()),
    ],
)
def test_acronyms_are_the_initials_of_capitalised_words(title: str, expected: tuple[str, ...]) -> None:
    assert acronyms(title) == expected


@pytest.mark.parametrize(
    ("query", "named"),
    [
        ("caserne de Lille", ["lille-barracks"]),
        ("Brussels", ["brussels-budget"]),  # a title, a place and an id
        ("Belgique", ["brussels-budget"]),
        ("France", ["garden-network", "lille-barracks"]),  # their country, in either language
        ("budget", ["brussels-budget", "participatory-budget"]),
        ("caserne de Bruxelles", []),  # nothing is called both
        ("la caserne de Lille est vide", []),
        ("caserne Lille caserne Lille", ["lille-barracks"]),  # words count once
        ("caserne Lille barracks", ["lille-barracks"]),
        ("caserne Lille barracks France", []),  # four words are no name, though it is called all of them
    ],
)
def test_a_query_of_up_to_three_words_names_the_entries_that_are_called_all_of_them(
    searcher: Searcher, query: str, named: list[str]
) -> None:
    index = searcher.index
    found = index.title_index.named(index.term_index.terms(query))
    assert [ENTRY_IDS[row] for row in found] == named


@pytest.mark.parametrize(
    ("word", "entry_id", "called"),
    [
        ("caserne", "lille-barracks", True),
        ("casernes", "lille-barracks", True),
        ("lille", "lille-barracks", True),
        ("lilles", "lille-barracks", False),  # a proper name has one form
        ("belgique", "brussels-budget", True),  # its country
        ("budgeter", "brussels-budget", False),  # another word of the same stem
        ("lb", "lille-barracks", False),  # no acronym
    ],
)
def test_a_common_word_names_what_is_called_by_it(searcher: Searcher, word: str, entry_id: str, called: bool) -> None:
    assert has_in_name(searcher.entry(entry_id), searcher.vocabulary, word) is called
