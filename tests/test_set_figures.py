"""What is measured on short needs, letters and what has no answer; the tiny searcher measured on paper."""

from __future__ import annotations

import math

import pytest

from search.evaluation.set_figures import (
    first_of_groups,
    letter_figures,
    off_topic_figures,
    plain_figures,
    search_box_figures,
)
from search.library.judged_queries import JudgedQuery
from search.library.judged_sets import JudgedConcern, JudgedLetter, JudgedNeed, OffTopic, SearchTerms
from search.retrieval.searcher import Searcher
from tests.fakes import by_meaning

# by meaning "trust" gives charter, brussels-budget, trust-first, participatory-budget; "garden" the garden network
TRUST = {"fr": "confiance", "en": "trust"}


def test_a_need_is_met_by_an_entry_of_grade_2_among_the_first_of_its_group(abstaining_searcher: Searcher) -> None:
    needs = [
        JudgedNeed("met", "old", TRUST, {"trust-first": 2}),
        JudgedNeed("of grade 1", "old", TRUST, {"commitment-charter": 1}),
        JudgedNeed("silent in English", "old", {"fr": "confiance", "en": "nothing"}, {"commitment-charter": 3}),
    ]
    figures = plain_figures(by_meaning(abstaining_searcher), needs, k=3)
    assert [(figure.name, figure.mean) for figure in figures[:2]] == [
        ("a fitting entry among the first 3 of its group, fr", pytest.approx(2 / 3)),
        ("a fitting entry among the first 3 of its group, en", pytest.approx(1 / 3)),
    ]
    assert figures[2].name == "nDCG@3, fr"
    assert figures[2].values == {"met": [0.5], "of grade 1": [1.0], "silent in English": [1.0]}  # 1 / log2(1 + rank)


def test_the_first_of_a_group_are_of_its_kinds(searcher: Searcher) -> None:
    hits = by_meaning(searcher).search("trust", k=60).hits
    practices = [hit.entry.id for hit in hits if hit.entry.kind == "practice"]
    assert practices == ["commitment-charter", "participatory-budget"]
    assert first_of_groups(hits) == {hit.entry.id for hit in hits}  # no group has more than three
    assert first_of_groups(()) == set()


def test_every_concern_of_a_letter_counts_once(searcher: Searcher) -> None:
    trust, garden = JudgedConcern("trust", {"trust-first": 3}), JudgedConcern("garden", {"garden-network": 3})
    letters = [
        JudgedLetter("a", "en", "old", "trust", (trust, garden)),
        JudgedLetter("b", "fr", "old", "jardin", (garden,)),
    ]
    figures = {one.name: one for one in letter_figures(by_meaning(searcher), letters, k=3)}
    assert figures["concerns met among the first 3"].values == {"b": [1.0], "a": [1.0, 0.0]}
    assert figures["concerns met among the first 3"].mean == pytest.approx(2 / 3)
    assert figures["concerns met among the first 3, fr"].mean == 1.0
    assert figures["concerns met among the first 3, en"].mean == 0.5
    assert figures["concerns met among the first 3 of a group"].mean == 1.0  # the only resource is always shown


def test_a_few_words_are_answered_fitly_answered_or_not_and_silent_where_nothing_answers(
    abstaining_searcher: Searcher,
) -> None:
    items = [
        SearchTerms("fits", TRUST, {"trust-first": 3}),
        SearchTerms("silent in English", {"fr": "confiance", "en": "zeppelin"}, {"trust-first": 1}),
        SearchTerms("none", {"fr": "parapluie", "en": "garden"}, {}),
    ]
    figures = search_box_figures(by_meaning(abstaining_searcher), items)
    assert [(figure.name, figure.mean) for figure in figures] == [
        ("answered where there is an answer, fr", 1.0),
        ("a fitting entry among the first 3 of its group, fr", 0.5),  # one of grade 1 does not fit
        ("answered where there is an answer, en", 0.5),
        ("a fitting entry among the first 3 of its group, en", 0.5),
        ("no answer where there is none, fr", 1.0),
        ("no answer where there is none, en", 0.0),
    ]
    assert search_box_figures(abstaining_searcher, ()) == ()


def test_what_has_no_answer_is_counted_by_category_and_what_has_one_apart(abstaining_searcher: Searcher) -> None:
    items = [
        OffTopic("a", "word", {"fr": "parapluie", "en": "garden"}),
        OffTopic("b", "greeting", {"fr": "bonjour", "en": "hello"}),
        OffTopic("c", "other-language", {"fr": "hoe laat", "en": "hoe laat"}),
        OffTopic("d", "other-language", {"fr": "trust", "en": "trust"}, answerable=True),
    ]
    query = JudgedQuery("q", "short", "old", {"fr": "confiance", "en": "zeppelin"}, {"trust-first": 3})
    figures = off_topic_figures(by_meaning(abstaining_searcher), items, situations=[query])
    assert [(figure.name, figure.mean) for figure in figures] == [
        ("no answer where there is none", 0.8),  # of five that are asked; what is written twice is asked once
        ("… word", 0.5),
        ("… greeting", 1.0),
        ("… other-language", 1.0),
        ("answered where there is an answer, other-language", 1.0),
        ("no answer where there is one", 0.5),
    ]
    assert math.isclose(sum(len(values) for values in figures[0].values.values()), 5)
