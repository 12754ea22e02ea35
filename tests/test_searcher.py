"""Answers to queries over the tiny corpus; its table of cosines is in fakes.py."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, ClassVar

import numpy as np
import pytest

from search.entries import Entry
from search.errors import EmptyQueryError, QueryTooLongError, UnknownEntryError, UnknownFilterError
from search.evaluation.variants import with_signals
from search.index.title_index import TitleIndex
from search.retrieval.results import Hit, Results
from search.retrieval.searcher import Searcher
from search.retrieval.signals import Titles, TrainingQueries
from search.text.query import LONGEST_QUERY, pieces
from tests.fakes import (
    ENTRY_IDS,
    SIGNALS,
    CountingEncoder,
    by_meaning,
    by_words,
    tiny_index,
)

HALF = 0.5**0.5  # cosine of a passage with words of two axes
ALL = pytest.approx(1.0)
ONE = pytest.approx(1 / 1.4)  # one passage at 1, two at 0, weights 1, 0.3 and 0.1
TWO = pytest.approx(1.3 / 1.4)
ONE_AND_A_HALF = pytest.approx((1 + 0.3 * HALF) / 1.4)
A_HALF = pytest.approx(HALF / 1.4)


def ids(results: Results) -> list[str]:
    return [hit.entry.id for hit in results.hits]


def hit(results: Results, entry_id: str) -> Hit:
    return next(one for one in results.hits if one.entry.id == entry_id)


def texts_of(one: Hit) -> list[str]:
    """Every text of a hit's entry, items of lists joined as passages join them."""
    texts = []
    for fields in one.entry.texts.values():
        for text in fields.values():
            texts += [text] if isinstance(text, str) else [*text, "\n".join(text)]
    return texts


@pytest.mark.parametrize("query", ["confiance", "trust"])
@pytest.mark.parametrize("ranked", [lambda whole: whole, by_meaning], ids=["with words", "by meaning"])
def test_entries_are_ordered_by_score_then_id(
    searcher: Searcher, query: str, ranked: Callable[[Searcher], Searcher]
) -> None:
    results = ranked(searcher).search(query)
    assert [(one.rank, one.entry.id, one.score) for one in results.hits] == [
        (1, "commitment-charter", ALL),
        (2, "brussels-budget", ONE_AND_A_HALF),
        (3, "trust-first", ONE_AND_A_HALF),
        (4, "participatory-budget", ONE),
        (5, "garden-network", 0.0),
        (6, "lille-barracks", 0.0),
    ]


def test_money_is_found_where_it_is_said(searcher: Searcher) -> None:
    assert [(one.entry.id, one.score) for one in by_meaning(searcher).search("argent").hits] == [
        ("participatory-budget", ALL),
        ("brussels-budget", ONE_AND_A_HALF),
        ("commitment-charter", ONE),
        ("garden-network", ONE),
        ("lille-barracks", A_HALF),
        ("trust-first", A_HALF),
    ]


def test_translations_of_an_entry_count_once(searcher: Searcher) -> None:
    results = searcher.search("trust")
    assert sorted(ids(results)) == list(ENTRY_IDS)
    assert results.total == 6


def test_an_entry_in_one_language_is_found_from_the_other(searcher: Searcher) -> None:
    first = searcher.search("garden").hits[0]
    assert (first.entry.id, first.score, first.passage.language) == ("garden-network", TWO, "fr")


@pytest.mark.parametrize("query", ["confiance", "money", "a building and money", "jardin", "nothing known here"])
def test_what_is_shown_stands_verbatim_in_the_entry(searcher: Searcher, query: str) -> None:
    for one in searcher.search(query).hits:
        for passage, sentence in ((one.passage, one.sentence), *one.by_language.values()):
            assert passage.text in texts_of(one)
            assert passage.entry_id == one.entry.id
            assert sentence in passage.text


def test_results_say_what_was_searched_and_in_which_language(searcher: Searcher) -> None:
    results = searcher.search("  La commune n’a plus\nla confiance des habitants ")
    assert results.query == "La commune n’a plus la confiance des habitants"
    assert results.language == "fr"
    assert searcher.search("trust").language is None


def test_results_are_grouped_as_a_page_draws_them(searcher: Searcher) -> None:
    results = searcher.search("trust")
    assert [one.entry.id for one in results.practices] == ["commitment-charter", "participatory-budget"]
    assert [one.entry.id for one in results.conditions] == ["trust-first"]
    assert [one.entry.id for one in results.cases] == ["brussels-budget", "lille-barracks"]
    assert [one.entry.id for one in results.resources] == ["garden-network"]
    assert [one.rank for one in results.of_kind("case", "resource")] == [2, 5, 6]


FILTERS = [
    ({"kinds": {"case"}}, ["brussels-budget", "lille-barracks"]),
    ({"kinds": ["practice", "condition"]}, ["commitment-charter", "trust-first", "participatory-budget"]),
    ({"kinds": {"insight"}}, []),
    ({"phases": {"before"}}, ["commitment-charter", "trust-first"]),
    ({"phases": {"launch"}}, ["commitment-charter", "lille-barracks"]),
    ({"phases": {"launch", "upkeep"}}, ["commitment-charter", "garden-network", "lille-barracks"]),
    ({"conditions": {"gather-resources"}}, ["garden-network", "lille-barracks"]),
    ({"actors": {"association"}}, ["garden-network", "lille-barracks"]),
    ({"actors": {"public-authority"}}, ["commitment-charter", "brussels-budget", "trust-first"]),
    ({"countries": {"france"}}, ["commitment-charter", "garden-network", "lille-barracks"]),
    (
        {"countries": {"belgium", "france"}},
        ["commitment-charter", "brussels-budget", "participatory-budget", "garden-network", "lille-barracks"],
    ),
    ({"outcomes": {"stalled"}}, ["brussels-budget", "participatory-budget"]),
    ({"kinds": {"case"}, "phases": {"launch"}}, ["lille-barracks"]),
    ({"countries": {"france"}, "outcomes": {"stalled"}}, []),
    (
        {"kinds": None, "phases": None},
        [
            "commitment-charter",
            "brussels-budget",
            "trust-first",
            "participatory-budget",
            "garden-network",
            "lille-barracks",
        ],
    ),
]


@pytest.mark.parametrize(("filters", "expected"), FILTERS)
def test_a_filter_keeps_what_it_says_in_the_order_there_was(
    searcher: Searcher, filters: dict[str, set[str]], expected: list[str]
) -> None:
    results = searcher.search("trust", **filters)
    assert ids(results) == expected
    assert results.total == len(expected)
    assert [one.rank for one in results.hits] == list(range(1, len(expected) + 1))


def replace_few(searcher: Searcher, few: float) -> Searcher:
    """Return a searcher in which few training queries say all there is to say of an entry."""
    signals = [
        dataclasses.replace(one, few=few) if isinstance(one, TrainingQueries) else one for one in searcher.signals
    ]
    return with_signals(searcher, signals)


LEARNED = pytest.approx(1.25 * 0.5836, abs=1e-3)
"""What training queries add to the garden network for "trust"; see `taught_searcher`."""


def test_an_entry_is_found_by_the_training_queries_it_answers(taught_searcher: Searcher) -> None:
    taught = replace_few(by_meaning(taught_searcher), 1e-9)
    found = {one.entry.id: one.score for one in taught.search("trust").hits}
    assert found["garden-network"] == LEARNED
    assert found["trust-first"] == ONE_AND_A_HALF  # its training queries are of gardens
    assert found["lille-barracks"] == pytest.approx(0.0, abs=1e-3)


def test_an_entry_that_no_training_query_names_is_not_behind_for_that(taught_searcher: Searcher) -> None:
    found = {one.entry.id: one.score for one in by_meaning(taught_searcher).search("trust").hits}
    assert max(found, key=found.__getitem__) == "commitment-charter"
    # it is all about trust and stands out: it gains what training queries add to the likeliest entry, but for 0.0004
    assert found["commitment-charter"] - 1.0 == LEARNED


def test_training_queries_count_beside_words_and_not_in_words_alone(taught_searcher: Searcher) -> None:
    assert hit(taught_searcher.search("trust"), "garden-network").score == LEARNED
    assert "garden-network" not in ids(by_words(taught_searcher).search("trust"))


def test_a_training_query_finds_no_entry_that_has_no_text_in_the_language_wanted(taught_searcher: Searcher) -> None:
    assert "garden-network" not in ids(taught_searcher.search("trust", languages={"en"}))


def test_what_is_shown_of_an_entry_found_by_a_training_query_is_its_own_text(taught_searcher: Searcher) -> None:
    found = hit(taught_searcher.search("trust"), "garden-network")
    assert found.passage.text in texts_of(found)


def test_links_lift_an_entry_first_by_what_it_shows_then_by_what_it_is_related_to(linked_searcher: Searcher) -> None:
    # shown: brussels-budget and participatory-budget, lille-barracks and commitment-charter
    # related: trust-first and the charter, both budgets, participatory-budget and the charter
    brussels = (1 + 0.3 * HALF) / 1.4
    participatory = (1 / 1.4 + brussels) / 2  # half the way to brussels-budget, which shows it
    assert [(one.entry.id, one.score) for one in by_meaning(linked_searcher).search("trust").hits] == [
        ("commitment-charter", ALL),
        ("trust-first", pytest.approx((brussels + 1) / 2)),
        ("participatory-budget", pytest.approx((participatory + 1) / 2)),  # 0.895
        ("brussels-budget", ONE_AND_A_HALF),  # both its neighbours are the same entry, at 0.790 by then
        ("lille-barracks", pytest.approx(0.5)),  # says nothing of trust, shows the charter
        ("garden-network", 0.0),  # is linked to nothing
    ]


@pytest.mark.parametrize("query", ["trust", "confiance argent réunions vident"])
@pytest.mark.parametrize(("filters", "expected"), FILTERS)
def test_a_filter_takes_entries_away_and_changes_nothing_else(
    linked_searcher: Searcher, filters: dict[str, set[str]], expected: list[str], query: str
) -> None:
    free = [dataclasses.replace(one, rank=0) for one in linked_searcher.search(query).hits]
    kept = [dataclasses.replace(one, rank=0) for one in linked_searcher.search(query, **filters).hits]
    assert kept == [one for one in free if one.entry.id in expected]
    assert len(kept) == len(expected)


def test_an_entry_is_lifted_by_one_that_a_filter_hides(linked_searcher: Searcher) -> None:
    results = by_meaning(linked_searcher).search("trust", countries={"france"}, kinds={"case", "resource"})
    assert [(one.rank, one.entry.id, one.score) for one in results.hits] == [
        (1, "lille-barracks", pytest.approx(0.5)),
        (2, "garden-network", 0.0),
    ]


@pytest.mark.parametrize("query", ["trust", "confiance", "jardin"])
def test_english_only_searches_english_texts_only(searcher: Searcher, query: str) -> None:
    results = searcher.search(query, languages={"en"})
    assert sorted(ids(results)) == [name for name in ENTRY_IDS if name != "garden-network"]
    for one in results.hits:
        assert one.by_language == {"en": (one.passage, one.sentence)}
        assert one.passage.language == "en"


def test_french_only_still_finds_what_an_english_query_means(searcher: Searcher) -> None:
    first = searcher.search("money", languages={"fr"}).hits[0]
    assert (first.entry.id, first.passage.text) == ("participatory-budget", "Les habitants choisissent où va l’argent.")


def test_an_unknown_filter_value_is_refused(searcher: Searcher) -> None:
    with pytest.raises(UnknownFilterError, match=r"^phases: avant is not one of before, launch, during, upkeep\.$"):
        searcher.search("trust", phases={"avant"})


def test_k_is_the_most_hits_and_not_the_total(searcher: Searcher) -> None:
    results = searcher.search("trust", k=2)
    assert (ids(results), results.total) == (["commitment-charter", "brussels-budget"], 6)
    assert len(searcher.search("trust", k=1000).hits) == 6


@pytest.mark.parametrize("k", [0, -1, 1.5, True])
def test_k_that_is_no_count_is_refused(searcher: Searcher, k: int) -> None:
    with pytest.raises(ValueError, match=rf"k must be a whole number, 1 or more \(got {k}\)"):
        searcher.search("trust", k=k)
    with pytest.raises(ValueError, match=rf"k must be a whole number, 1 or more \(got {k}\)"):
        searcher.similar("trust-first", k=k)


def test_a_filter_nobody_knows_is_refused(searcher: Searcher) -> None:
    with pytest.raises(TypeError, match="'kindz' is not a filter; there are kinds, phases"):
        searcher.search("trust", kindz={"case"})


def test_what_cannot_be_read_is_refused(searcher: Searcher) -> None:
    with pytest.raises(EmptyQueryError):
        searcher.search(" \u200b ")
    with pytest.raises(QueryTooLongError):
        searcher.search("x" * (LONGEST_QUERY + 1))


def test_the_end_of_a_long_query_counts_as_much_as_its_beginning(searcher: Searcher) -> None:
    filler = "Word " * 120 + "here. "  # one piece each
    text = f"Trust {filler} Money {filler}".strip()
    assert len(pieces(text)) == 2
    results = by_meaning(searcher).search(text, concerns=[])  # as a whole
    # the query's direction is trust and money alike: the passage with both is at 1, those with one at 0.7071
    assert hit(results, "trust-first").score == pytest.approx((1 + 0.3 * HALF) / 1.4, abs=1e-6)
    assert hit(results, "commitment-charter").score == pytest.approx(HALF, abs=1e-6)


def test_words_change_the_order_inside_a_language_and_keep_its_set_of_scores(searcher: Searcher) -> None:
    # by meaning brussels-budget has 0.916 and trust-first 0.866; "réunions" and "vident" stand in trust-first only
    query = "confiance argent réunions vident"
    meaning = by_meaning(searcher).search(query, languages={"fr"})
    both = searcher.search(query, languages={"fr"})
    assert ids(meaning)[:3] == ["brussels-budget", "trust-first", "commitment-charter"]
    assert ids(both)[:3] == ["trust-first", "brussels-budget", "commitment-charter"]
    assert meaning.hits[0].score == pytest.approx((1 + 0.4 * HALF) / 1.4, abs=1e-6)
    assert [one.score for one in both.hits] == [one.score for one in meaning.hits]
    english = [one.search(query, languages={"en"}) for one in (searcher, by_meaning(searcher))]
    assert ids(english[0]) == ids(english[1])


def test_words_count_little_where_the_library_knows_few_of_them(searcher: Searcher) -> None:
    # as above, but four of eight words are known: 0.15 * 0.5 ** 2 = 0.0375 does not bridge 0.916 - 0.866
    query = "confiance argent réunions vident zeppelin dirigible ballon fusée"
    results = searcher.search(query, languages={"fr"})
    assert ids(results)[:3] == ["brussels-budget", "trust-first", "commitment-charter"]


def test_words_alone_find_only_what_says_them(searcher: Searcher) -> None:
    assert ids(by_words(searcher).search("caserne")) == ["lille-barracks"]
    assert ids(by_words(searcher).search("potagers")) == ["garden-network"]
    assert by_words(searcher).search("zeppelin").hits == ()


def test_words_without_meaning_change_nothing_for_the_encoder_alone(searcher: Searcher) -> None:
    assert [one.score for one in by_meaning(searcher).search("caserne").hits] == [0.0] * 6


def test_how_an_entry_matched_is_said(searcher: Searcher) -> None:
    results = searcher.search("trust")
    assert {one.entry.id: one.matched for one in results.hits} == {
        "commitment-charter": "both",  # the best by meaning, and it says trust
        "brussels-budget": "words",  # 0.134 below the best
        "trust-first": "words",
        "participatory-budget": "words",  # 0.286 below the best
        "garden-network": "",  # neither near nor with a word of the query
        "lille-barracks": "",
    }
    assert searcher.search("garden").hits[0].matched == "meaning"  # said in French only


def test_the_same_query_gets_the_same_results(tmp_path: Path, searcher: Searcher) -> None:
    other = Searcher(tiny_index(tmp_path), CountingEncoder(), signals=SIGNALS)
    for query in ("trust money", "Un bâtiment vide, sans argent", "zeppelin"):
        assert searcher.search(query) == searcher.search(query) == other.search(query)
        assert searcher.similar("trust-first") == other.similar("trust-first")


def test_threads_share_a_searcher(searcher: Searcher) -> None:
    queries = ["trust", "argent", "La commune n’a plus la confiance des habitants", "jardin"] * 8
    alone = [searcher.search(query) for query in queries]
    with ThreadPoolExecutor(8) as threads:
        assert list(threads.map(searcher.search, queries)) == alone


def test_similar_entries_come_without_the_entry_itself(searcher: Searcher) -> None:
    results = searcher.similar("garden-network")
    # its own passages: twice garden, once money, once nothing; so money counts 1 against 2: cosine 1 / sqrt(5)
    money = 1 / 5**0.5
    assert [(one.entry.id, one.score) for one in results.hits] == [
        ("participatory-budget", pytest.approx(money)),
        ("brussels-budget", pytest.approx(money * (1 + 0.3 * HALF) / 1.4)),
        ("commitment-charter", pytest.approx(money / 1.4)),
        ("lille-barracks", pytest.approx(money * HALF / 1.4)),
        ("trust-first", pytest.approx(money * HALF / 1.4)),
    ]
    assert results.total == 5


@pytest.mark.parametrize("entry_id", ENTRY_IDS)
def test_no_entry_is_similar_to_itself(searcher: Searcher, entry_id: str) -> None:
    assert sorted([*ids(searcher.similar(entry_id, k=100)), entry_id]) == list(ENTRY_IDS)


def test_similar_entries_can_be_of_some_kinds_and_few(searcher: Searcher) -> None:
    assert ids(searcher.similar("trust-first", kinds={"case"})) == ["brussels-budget", "lille-barracks"]
    assert ids(searcher.similar("trust-first", k=1)) == ["commitment-charter"]
    assert ids(searcher.similar("garden-network", kinds={"resource"})) == []
    with pytest.raises(UnknownFilterError):
        searcher.similar("trust-first", kinds={"cases"})


def test_an_unknown_entry_is_told(searcher: Searcher) -> None:
    for ask in (searcher.entry, searcher.similar):
        with pytest.raises(UnknownEntryError, match="No entry has the id 'nowhere'") as caught:
            ask("nowhere")
        assert caught.value.found == "nowhere"


def test_the_library_can_be_read_through_the_searcher(searcher: Searcher) -> None:
    assert tuple(entry.id for entry in searcher.entries) == ENTRY_IDS
    assert searcher.entry("lille-barracks").title("en") == "The Lille barracks"
    assert [entry.id for entry in searcher.illustrated_by("participatory-budget")] == ["brussels-budget"]
    assert searcher.illustrated_by("lille-barracks") == ()
    assert searcher.vocabulary.label("phases", "before", "en") == "Before"
    assert searcher.manifest.model == "counting@1"


def test_what_shows_an_entry_is_found_without_reading_the_others(searcher: Searcher) -> None:
    class Lines(Sequence[Entry]):
        read: ClassVar[list[str]] = []

        def __len__(self) -> int:
            return len(searcher.entries)

        def __getitem__(self, n: Any) -> Any:
            self.read.append(searcher.entries[n].id)
            return searcher.entries[n]

    lazy = Searcher(dataclasses.replace(searcher.index, entries=Lines()), searcher.encoder)
    assert [entry.id for entry in lazy.illustrated_by("participatory-budget")] == ["brussels-budget"]
    assert Lines.read == ["brussels-budget"]
    assert lazy.illustrated_by("brussels-budget") == ()  # it shows, and is not shown
    assert lazy.illustrated_by("nobody") == ()


def test_without_a_calibration_the_searcher_is_never_silent_and_rates_no_hit(searcher: Searcher) -> None:
    results = searcher.search("zeppelin")
    assert ids(results) == list(ENTRY_IDS)  # all at 0, in order of id
    assert {one.strength for one in results.hits} == {""}


def test_a_calibration_gives_each_hit_its_strength(abstaining_searcher: Searcher) -> None:
    # probability at cosine c is 1 / (1 + exp(8 - 10 c)): strong from 0.91, related from 0.78
    strengths = {one.entry.id: one.strength for one in abstaining_searcher.search("trust").hits}
    assert strengths == {
        "commitment-charter": "strong",  # 1.0
        "brussels-budget": "related",  # 0.866
        "trust-first": "related",
        "participatory-budget": "weak",  # 0.714
        "garden-network": "weak",
        "lille-barracks": "weak",
    }


def test_when_nothing_is_close_the_nearest_are_near_misses(abstaining_searcher: Searcher) -> None:
    results = abstaining_searcher.search("zeppelin")
    assert results.hits == results.practices == results.cases == ()
    assert [one.entry.id for one in results.near_misses] == list(ENTRY_IDS[:5])
    assert [one.rank for one in results.near_misses] == [1, 2, 3, 4, 5]
    assert results.total == 6


def test_when_something_is_close_there_are_no_near_misses(abstaining_searcher: Searcher) -> None:
    assert abstaining_searcher.search("jardin").near_misses == ()
    assert ids(abstaining_searcher.search("jardin"))[0] == "garden-network"


def test_abstention_can_be_turned_off_for_measuring(abstaining_searcher: Searcher) -> None:
    results = abstaining_searcher.search("zeppelin", abstain=False)
    assert (ids(results), results.near_misses) == (list(ENTRY_IDS), ())


def test_filters_that_leave_nothing_give_nothing(abstaining_searcher: Searcher) -> None:
    results = abstaining_searcher.search("trust", kinds={"insight"})
    assert (results.hits, results.near_misses, results.total) == ((), (), 0)


def test_similar_is_never_silent(abstaining_searcher: Searcher) -> None:
    assert ids(abstaining_searcher.similar("lille-barracks", k=1)) == ["participatory-budget"]


def test_hits_and_results_cannot_be_changed(searcher: Searcher) -> None:
    results = searcher.search("trust")
    with pytest.raises(dataclasses.FrozenInstanceError):
        results.hits[0].rank = 7
    with pytest.raises(dataclasses.FrozenInstanceError):
        results.total = 7


def test_scores_are_plain_numbers(searcher: Searcher) -> None:
    for one in searcher.search("trust").hits:
        assert type(one.score) is float
        assert np.isfinite(one.score)


@pytest.mark.parametrize("query", ["Lille", "lille", "caserne de Lille"])
def test_a_short_query_that_names_an_entry_finds_it_first(tmp_path: Path, query: str) -> None:
    index, encoder = tiny_index(tmp_path), CountingEncoder()
    named = Searcher(index, encoder, signals=(*SIGNALS, Titles(0.3)))
    first, second = named.search(query).hits[:2]
    assert (first.entry.id, second.entry.id) == ("lille-barracks", "participatory-budget")
    # the query says nothing else, so it asks what the barracks say: of their five passages in a language, two speak of
    # the building and one of building and money, so that their mean points to 0.2 * (2 + HALF) and 0.2 * HALF
    building, money = np.array([2 + HALF, HALF]) / np.hypot(2 + HALF, HALF)
    barracks = (building + 0.3 * building + 0.1 * (building + money) * HALF) / 1.4
    assert first.score == pytest.approx(barracks + 0.3)
    assert second.score == pytest.approx(money)  # it speaks of money in three passages


def test_a_query_that_names_many_entries_asks_only_what_it_says(tmp_path: Path) -> None:
    index, encoder = tiny_index(tmp_path), CountingEncoder()
    entries = [dataclasses.replace(entry, place="Gand") for entry in index.entries]
    everywhere = dataclasses.replace(index, title_index=TitleIndex.of(entries, index.vocabulary))
    assert {
        one.score for one in Searcher(everywhere, encoder, signals=(*SIGNALS, Titles(0.3))).search("gand").hits
    } == {0.3}
