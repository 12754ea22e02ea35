"""Filters by name become truth per entry and per passage, over the tiny corpus."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Collection
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from search.building.builder import build
from search.entries import Vocabulary
from search.errors import UnknownEntryError, UnknownFilterError
from search.index.metadata import Metadata
from search.retrieval.filters import NAMES, Selection, in_use, select
from search.retrieval.searcher import Searcher
from tests.fakes import ENGLISH_ROWS, ENTRY_IDS, CountingEncoder

ROOT = Path(__file__).parent.parent
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
    lists = ("kinds", "phases", "conditions", "actors", "countries", "outcomes", "last_known", "libraries", "languages")
    assert (*lists, "known_since") == NAMES


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
        in_use({"languages": [None, "fr", "nl"]}, vocabulary)
    assert (caught.value.found, caught.value.expected) == (("None", "nl"), ("fr", "en"))


def test_a_filter_nobody_knows_is_refused_even_when_it_filters_nothing(vocabulary: Vocabulary) -> None:
    names = "kinds, phases, conditions, actors, countries, outcomes, last_known, libraries, languages, known_since"
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
    found = ["commitment-charter", "garden-network", "lille-barracks"]
    assert ids(select(french, metadata, vocabulary).with_text(metadata)) == found
    english = select(french | {"languages": ["en"]}, metadata, vocabulary)
    assert ids(english.with_text(metadata)) == ["commitment-charter", "lille-barracks"]


@pytest.mark.parametrize(
    ("filters", "practices"),
    [
        # the Lille barracks (France, succeeded) show the charter, the Brussels vote (Belgium, stalled) the budget
        ({"countries": ["france"]}, ["commitment-charter"]),
        ({"countries": ["belgium"]}, ["participatory-budget"]),
        ({"countries": ["belgium", "france"]}, ["commitment-charter", "participatory-budget"]),
        ({"outcomes": ["stalled"]}, ["participatory-budget"]),
        ({"countries": ["france"], "outcomes": ["succeeded"]}, ["commitment-charter"]),
        ({"countries": ["france"], "outcomes": ["stalled"]}, []),  # one case has both, or none
        ({"countries": ["france"], "phases": ["upkeep"]}, []),  # what is no country is asked of the practice itself
    ],
    ids=str,
)
def test_a_country_or_an_outcome_keeps_the_practices_that_cases_of_it_show(
    metadata: Metadata, vocabulary: Vocabulary, filters: dict[str, list[str]], practices: list[str]
) -> None:
    assert ids(select(filters | {"kinds": ["practice"]}, metadata, vocabulary).entries) == practices


def test_what_no_case_shows_is_not_let_through_by_a_country(metadata: Metadata, vocabulary: Vocabulary) -> None:
    """The garden network is a resource of France: what it is linked to is shown by no case there."""
    found = ids(select({"countries": ["france"]}, metadata, vocabulary).entries)
    assert found == ["commitment-charter", "garden-network", "lille-barracks"]
    assert "trust-first" not in found


def test_a_vector_store_is_told_which_practices_cases_let_through(metadata: Metadata, vocabulary: Vocabulary) -> None:
    french = select({"countries": ["france"]}, metadata, vocabulary).allowed(metadata)
    assert french is not None
    assert (french.filters, french.shown) == ({"countries": ("france",)}, ("commitment-charter",))


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


def deep(depth: int = 100_000) -> list[Any]:
    values: list[Any] = []
    for _ in range(depth):
        values = [values]
    return values


@pytest.mark.parametrize(
    ("values", "found"),
    [
        (5, "5"),
        (1.5, "1.5"),
        (False, "False"),
        (b"case", "b'case'"),
        ([["case"]], "['case']"),
        ([{"case": 1}], "{'case': 1}"),
        (["case", {"case"}], "{'case'}"),
        ([deep()], "[[[[[[[...]]]]]]]"),
        (["x" * 100, object], "<class 'object'>"),
        (np.array([1]), "1"),
    ],
    ids=lambda value: type(value).__name__,
)
def test_whatever_is_given_as_a_filter_is_known_or_refused_in_a_sentence(
    searcher: Searcher, values: Any, found: str
) -> None:
    for ask in (
        lambda: searcher.search("trust", phases=values),
        lambda: searcher.situate("trust", phases=values),
        lambda: searcher.similar("trust-first", kinds=values),
        lambda: searcher.matching(outcomes=values),
    ):
        with pytest.raises(UnknownFilterError) as caught:
            ask()
        assert any(one.replace("np.int64(1)", "1") == found for one in caught.value.found)
        assert len(str(caught.value)) < 500


@pytest.mark.parametrize(
    "values",
    [np.array(["case", "practice"]), {"case": 1, "practice": 2}, (one for one in ("case", "practice"))],
    ids=["array", "keys", "generator"],
)
def test_values_may_be_given_in_any_collection(searcher: Searcher, values: Any) -> None:
    assert {hit.entry.kind for hit in searcher.search("trust", kinds=values)} == {"case", "practice"}


def test_what_a_person_said_is_read_once_whatever_holds_it(searcher: Searcher) -> None:
    said = (one for one in ("launch", "before"))
    assert [one.key for one in searcher.search("trust", phases=said).situation.phases] == ["before", "launch"]
    assert [one.key for one in searcher.situate("trust", phases={"upkeep", "before"}).phases] == ["before", "upkeep"]


@pytest.mark.parametrize("text", [None, 5, b"trust", ["trust"], deep()], ids=lambda value: type(value).__name__)
def test_a_query_that_is_no_text_is_refused_in_a_sentence(searcher: Searcher, text: Any) -> None:
    for ask in (searcher.search, searcher.situate):
        with pytest.raises(ValueError, match=rf"^The query must be a text \(got {type(text).__name__}\)\.$"):
            ask(text)


@pytest.mark.parametrize("name", [None, 5, ["trust-first"], deep()], ids=lambda value: type(value).__name__)
def test_an_id_that_is_no_text_is_that_of_no_entry(searcher: Searcher, name: Any) -> None:
    for ask in (searcher.entry, searcher.similar):
        with pytest.raises(UnknownEntryError):
            ask(name)


ASK = """
import sys
from pathlib import Path
from search.index.reading import load_index
from search.retrieval import candidates
from search.retrieval.searcher import Searcher
from tests.fakes import CountingEncoder
candidates.ALL_TO = int(sys.argv[2])
one = Searcher(load_index(Path(sys.argv[1]), CountingEncoder()), CountingEncoder())
some = {"phases": {"before", "launch", "during", "upkeep"}, "actors": {"citizens", "association", "public-authority"}}
print(one.search('trust "la confiance", un jardin', conditions={"know-each-other", "gather-resources"}, **some))
print(one.situate("trust", phases=some["phases"]), one.matching(**some))
"""


@pytest.mark.slow
@pytest.mark.parametrize("all_to", ["0", "20000"])
def test_filters_given_as_sets_answer_the_same_in_every_process(all_to: str, corpus: Path, tmp_path: Path) -> None:
    build(corpus, tmp_path / "index", encoder=CountingEncoder())
    command = [sys.executable, "-c", ASK, str(tmp_path / "index"), all_to]
    said = {
        subprocess.run(  # noqa: S603
            command, cwd=ROOT, env=os.environ | {"PYTHONHASHSEED": seed}, capture_output=True, text=True, check=True
        ).stdout
        for seed in ("0", "1", "2", "3")
    }
    assert len(said) == 1
    assert said.pop().count("rank=") > 1


@pytest.mark.parametrize("name", ["concerns", "places"])
@pytest.mark.parametrize("wanted", [1, True, float("nan"), "garden", b"garden", [1], [None], [["garden"]]])
def test_concerns_and_places_are_lists_of_texts(name: str, wanted: Any, searcher: Searcher) -> None:
    with pytest.raises(ValueError, match=rf"^{name} must be a list of texts, like \['words of the text'\] \(got"):
        searcher.search("No garden here.", **{name: wanted})


def test_concerns_are_taken_from_what_gives_them_once(searcher: Searcher) -> None:
    results = searcher.search("We have no garden.", concerns=iter(["garden"]))
    assert [concern.words for concern in results.concerns if concern.kept] == ["garden"]
