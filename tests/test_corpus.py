"""The content that is shipped."""

from __future__ import annotations

from itertools import combinations

import pytest

from search.curation.check_evaluation import check_evaluation
from search.curation.coverage import last_read
from search.curation.lint import check_library, words
from search.library.judged_queries import CATEGORIES, HALVES, JudgedQuery, read_judged_queries
from search.library.reader import Library, read_library
from search.locations import default_corpus
from search.text.analysis import fold


@pytest.fixture(scope="module")
def library() -> Library:
    return read_library(default_corpus())


@pytest.fixture(scope="module")
def halves() -> dict[str, tuple[JudgedQuery, ...]]:
    return {half: read_judged_queries(default_corpus() / "evaluation" / f"{half}.jsonl") for half in HALVES}


def test_the_validator_finds_nothing(library: Library) -> None:
    assert [str(problem) for problem in check_library(library, on=last_read(library))] == []


def test_the_evaluation_set_judges_entries_that_exist_and_uses_no_id_twice(library: Library) -> None:
    assert [str(problem) for problem in check_evaluation(library)] == []


def test_every_kind_phase_condition_and_outcome_is_used(library: Library) -> None:
    used = {
        "kinds": {entry.kind for entry in library.entries},
        "phases": {phase for entry in library.entries for phase in entry.phases},
        "conditions": {condition for entry in library.entries for condition in entry.conditions},
        "outcomes": {entry.outcome for entry in library.entries if entry.outcome},
        "countries": {entry.country for entry in library.entries if entry.country},
        "actors": {actor for entry in library.entries for actor in entry.actors},
    }
    unused = [(name, key) for name, keys in used.items() for key in library.vocabulary.keys(name) if key not in keys]
    assert unused == []


def test_every_phase_and_condition_has_its_own_entry(library: Library) -> None:
    for name, kind in (("phases", "phase"), ("conditions", "condition")):
        ids = {entry.id for entry in library.entries if entry.kind == kind}
        assert ids == set(library.vocabulary.keys(name)), kind


def test_no_two_entries_have_the_same_title_in_a_language(library: Library) -> None:
    seen: dict[tuple[str, str, str], str] = {}
    for entry in library.entries:
        for language in entry.languages:
            place = (entry.kind, language, fold(entry.title(language)))
            assert place not in seen, f"{entry.id} has the title of {seen.get(place)}"
            seen[place] = entry.id


def test_the_two_halves_share_no_query(halves: dict[str, tuple[JudgedQuery, ...]]) -> None:
    ids = {half: {query.id for query in queries} for half, queries in halves.items()}
    assert ids["tune"] & ids["report"] == set()
    for language in ("fr", "en"):
        texts = {
            half: {tuple(words(fold(query.texts[language]))) for query in queries} for half, queries in halves.items()
        }
        assert texts["tune"] & texts["report"] == set(), language


def test_no_query_is_another_with_a_few_words_changed(halves: dict[str, tuple[JudgedQuery, ...]]) -> None:
    """Two queries of ten words or more share fewer than two words in three, in each language."""
    queries = [query for half in HALVES for query in halves[half]]
    for language in ("fr", "en"):
        bags = [(query.id, set(words(fold(query.texts[language])))) for query in queries]
        long = [(name, bag) for name, bag in bags if len(bag) >= 10]
        close = [
            (one, other) for (one, a), (other, b) in combinations(long, 2) if len(a & b) >= 2 / 3 * min(len(a), len(b))
        ]
        assert close == [], language


@pytest.mark.parametrize("half", HALVES)
def test_each_half_has_every_category(half: str, halves: dict[str, tuple[JudgedQuery, ...]]) -> None:
    assert {query.category for query in halves[half]} == set(CATEGORIES)


@pytest.mark.parametrize("half", HALVES)
def test_each_query_in_scope_has_an_entry_of_the_best_grade(
    half: str, halves: dict[str, tuple[JudgedQuery, ...]]
) -> None:
    assert [query.id for query in halves[half] if query.in_scope and 3 not in query.judgements.values()] == []
