"""Filters by name become truth per entry and per passage, over the tiny corpus."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import numpy as np
import pytest

from search.entries import Vocabulary
from search.errors import UnknownFilterError
from search.index.metadata import Metadata
from search.retrieval.filters import NAMES, Selection, in_use, select
from search.retrieval.searcher import Searcher
from tests.fakes import ENGLISH_ROWS, ENTRY_IDS

PRACTICES = [*range(10, 24), *range(38, 52)]
"""Rows of the passages of both practices."""


@pytest.fixture(scope="module")
def metadata(searcher: Searcher) -> Metadata:
    return searcher.index.metadata


@pytest.fixture(scope="module")
def vocabulary(searcher: Searcher) -> Vocabulary:
    return searcher.vocabulary


def ids(entries: np.ndarray) -> list[str]:
    return [name for name, kept in zip(ENTRY_IDS, entries, strict=True) if kept]


def rows(passages: np.ndarray | None) -> list[int]:
    assert passages is not None
    return np.flatnonzero(passages).tolist()


def test_there_is_a_filter_for_each_list_of_the_vocabulary_that_entries_use_and_for_languages() -> None:
    assert NAMES == ("kinds", "phases", "conditions", "actors", "countries", "outcomes", "languages")


@pytest.mark.parametrize(
    "values",
    [{"upkeep", "before", "during"}, ["upkeep", "during", "before"], ("during", "before", "upkeep", "during")],
    ids=["set", "list", "twice"],
)
def test_values_come_in_the_order_of_the_vocabulary(vocabulary: Vocabulary, values: Collection[str]) -> None:
    assert in_use({"phases": values}, vocabulary) == {"phases": ("before", "during", "upkeep")}


def test_languages_come_french_first(vocabulary: Vocabulary) -> None:
    assert in_use({"languages": ["en", "fr"]}, vocabulary) == {"languages": ("fr", "en")}


def test_one_text_is_one_value_and_not_its_letters(vocabulary: Vocabulary, metadata: Metadata) -> None:
    assert in_use({"kinds": "case", "languages": "en"}, vocabulary) == {"kinds": ("case",), "languages": ("en",)}
    assert ids(select({"kinds": "case"}, metadata, vocabulary).entries) == ["brussels-budget", "lille-barracks"]
    with pytest.raises(UnknownFilterError) as caught:
        in_use({"kinds": "cases"}, vocabulary)
    assert caught.value.found == ("cases",)


@pytest.mark.parametrize("nothing", [None, (), [], set(), ""])
def test_a_filter_without_a_value_is_not_in_use(
    vocabulary: Vocabulary, metadata: Metadata, nothing: Collection[str] | None
) -> None:
    assert in_use({"kinds": nothing, "phases": ["launch"], "languages": nothing}, vocabulary) == {"phases": ("launch",)}
    free = select({"kinds": nothing, "languages": nothing}, metadata, vocabulary)
    assert (ids(free.entries), free.passages, free.wanted) == (list(ENTRY_IDS), None, {})


@pytest.mark.parametrize(
    ("filters", "message"),
    [
        ({"phases": {"avant"}}, "phases: avant is not one of before, launch, during, upkeep."),
        ({"languages": {"nl", "fr"}}, "languages: nl is not one of fr, en."),
        ({"countries": {"narnia", "france", "eden"}}, "countries: eden, narnia is not one of belgium, france."),
        ({"outcomes": {"failed"}}, "outcomes: failed is not one of succeeded, stalled."),
        ({"actors": {"mayor"}}, "actors: mayor is not one of citizens, public-authority, association."),
        ({"kinds": {"cases"}}, "kinds: cases is not one of practice, condition, case, resource, insight, phase."),
        ({"conditions": {"x"}}, "conditions: x is not one of know-each-other, gather-resources, commit-formally, "),
    ],
)
def test_an_unknown_filter_value_is_refused_with_the_known_ones(
    vocabulary: Vocabulary, filters: dict[str, set[str]], message: str
) -> None:
    with pytest.raises(UnknownFilterError) as caught:
        in_use(filters, vocabulary)
    assert str(caught.value).startswith(message)


@pytest.mark.parametrize(
    ("values", "found"),
    [
        ([None], ("None",)),
        ([None, "before"], ("None",)),
        ([None, "someday", 3, "avant"], ("3", "None", "avant", "someday")),
        ({("before", "launch"), "launch"}, ("('before', 'launch')",)),
        ([True, b"before", 1.5], ("1.5", "True", "b'before'")),
    ],
    ids=str,
)
def test_values_that_are_no_texts_are_refused_as_unknown_and_in_order(
    vocabulary: Vocabulary, values: Collection[Any], found: tuple[str, ...]
) -> None:
    with pytest.raises(UnknownFilterError) as caught:
        in_use({"phases": values}, vocabulary)
    assert (caught.value.field, caught.value.found) == ("phases", found)
    assert caught.value.expected == ("before", "launch", "during", "upkeep")


def test_languages_are_refused_by_the_two_there_are(vocabulary: Vocabulary) -> None:
    with pytest.raises(UnknownFilterError) as caught:
        in_use({"languages": [None, "fr", "nl"]}, vocabulary)  # type: ignore[list-item]
    assert (caught.value.found, caught.value.expected) == (("None", "nl"), ("fr", "en"))


def test_a_filter_nobody_knows_is_refused_even_when_it_filters_nothing(vocabulary: Vocabulary) -> None:
    names = "kinds, phases, conditions, actors, countries, outcomes, languages"
    with pytest.raises(TypeError, match=f"^'kindz' is not a filter; there are {names}$"):
        in_use({"phases": ["before"], "stages": None, "kindz": None}, vocabulary)


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({}, list(ENTRY_IDS)),
        ({"kinds": ["practice", "condition"]}, ["commitment-charter", "participatory-budget", "trust-first"]),
        ({"phases": ["launch", "upkeep"]}, ["commitment-charter", "garden-network", "lille-barracks"]),
        ({"kinds": ["insight"]}, []),
        ({"phases": ["launch"], "actors": ["association"]}, ["lille-barracks"]),
        ({"countries": ["france"], "outcomes": ["stalled"]}, []),
        ({"languages": ["en"]}, list(ENTRY_IDS)),  # languages keep texts
    ],
    ids=str,
)
def test_one_value_of_each_filter_must_be_had(
    metadata: Metadata, vocabulary: Vocabulary, filters: dict[str, list[str]], expected: list[str]
) -> None:
    assert ids(select(filters, metadata, vocabulary).entries) == expected


def test_languages_keep_passages(metadata: Metadata, vocabulary: Vocabulary) -> None:
    english = select({"languages": ["en"], "kinds": ["case"]}, metadata, vocabulary)
    assert rows(english.passages) == ENGLISH_ROWS  # of every kind
    assert english.wanted == {"languages": ("en",), "kinds": ("case",)}
    both = select({"languages": ["en", "fr"]}, metadata, vocabulary)
    assert rows(both.passages) == list(range(60))


def test_an_entry_without_a_text_in_the_language_is_not_let_through(metadata: Metadata, vocabulary: Vocabulary) -> None:
    french = {"countries": ["france"]}
    assert ids(select(french, metadata, vocabulary).with_text(metadata)) == ["garden-network", "lille-barracks"]
    assert ids(select(french | {"languages": ["en"]}, metadata, vocabulary).with_text(metadata)) == ["lille-barracks"]


def test_a_vector_store_is_asked_for_passages_of_entries_and_languages_let_through(
    metadata: Metadata, vocabulary: Vocabulary
) -> None:
    assert select({}, metadata, vocabulary).allowed(metadata) is None
    practices = select({"kinds": ["practice"]}, metadata, vocabulary).allowed(metadata)
    assert practices is not None
    assert (rows(practices.passages), practices.filters) == (PRACTICES, {"kinds": ("practice",)})
    english = select({"kinds": ["practice"], "languages": ["en"]}, metadata, vocabulary).allowed(metadata)
    assert english is not None
    assert rows(english.passages) == [*range(17, 24), *range(45, 52)]
    assert english.filters == {"kinds": ("practice",), "languages": ("en",)}


def test_one_entry_can_be_left_out_of_a_selection_that_stays_as_it_was(
    metadata: Metadata, vocabulary: Vocabulary
) -> None:
    cases = select({"kinds": ["case"], "languages": ["en"]}, metadata, vocabulary)
    without = cases.without(metadata.number["brussels-budget"])
    assert isinstance(without, Selection)
    assert ids(without.entries) == ["lille-barracks"]
    assert ids(cases.entries) == ["brussels-budget", "lille-barracks"]
    assert (rows(without.passages), without.wanted) == (ENGLISH_ROWS, cases.wanted)
