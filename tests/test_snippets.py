"""What is shown of an entry: passage and sentence in each language, the clause they answer, why they are there."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection

import pytest

from search.entries import Passage
from search.retrieval.results import Hit
from search.retrieval.searcher import Searcher
from search.retrieval.snippets import present
from tests.fakes import by_meaning, scored_by

BRUSSELS, CHARTER, GARDEN, BARRACKS, BUDGET, CONDITION = range(6)
"""Rows of entries."""


def shown(searcher: Searcher, text: str, row: int, **filters: Collection[str]) -> Hit:
    """Show one entry as an answer."""
    [hit] = present(searcher.index, scored_by(searcher, text, **filters), [row])
    return hit


def sentences(hit: Hit) -> dict[str, str]:
    return {language: sentence for language, (_, sentence) in hit.by_language.items()}


def test_hits_come_in_the_order_given_with_ranks_and_scores(searcher: Searcher) -> None:
    hits = present(searcher.index, scored_by(searcher, "trust"), [CONDITION, CHARTER, GARDEN])
    assert [(hit.rank, hit.entry.id, round(hit.score, 3)) for hit in hits] == [
        (1, "trust-first", 0.866),
        (2, "commitment-charter", 1.0),
        (3, "garden-network", 0.0),
    ]
    assert present(searcher.index, scored_by(searcher, "trust"), []) == ()


def test_rows_are_those_of_the_candidates(searcher: Searcher, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("search.retrieval.candidates.ALL_TO", 0)
    monkeypatch.setattr("search.retrieval.candidates.CANDIDATES", 2)
    monkeypatch.setattr("search.retrieval.candidates.FEWEST", 1)
    scored = scored_by(searcher, "jardin", most=1)
    row = scored.features.candidates.entries.tolist().index(GARDEN)
    assert row != GARDEN
    [hit] = present(searcher.index, scored, [row])
    assert (hit.entry.id, hit.sentence) == ("garden-network", "Un jardin par quartier.")


def test_an_entry_shows_its_nearest_passage_in_both_languages(searcher: Searcher) -> None:
    found = shown(searcher, "money", BARRACKS)
    french = Passage("lille-barracks", "fr", "what_happened", 0, "Un bâtiment prêté sans argent.")
    english = Passage("lille-barracks", "en", "what_happened", 0, "A building lent without money.")
    assert found.by_language == {"fr": (french, french.text), "en": (english, english.text)}
    assert (found.passage, found.sentence) in found.by_language.values()


def test_the_words_of_the_query_are_marked_in_the_sentence_of_each_language(searcher: Searcher) -> None:
    found = shown(searcher, "an empty building", BARRACKS)
    marked = {
        language: [sentence[start:end] for start, end in found.marks[language]]
        for language, sentence in sentences(found).items()
    }
    assert marked["en"] == ["empty", "building"]
    assert marked["fr"] == []


@pytest.mark.parametrize(
    ("matched", "marks", "shows"),
    [
        ("meaning", (), "meaning"),
        ("both", ((0, 5),), "both"),
        ("both", (), "meaning"),
        ("words", ((0, 5),), "words"),
        ("words", (), "elsewhere"),
    ],
)
def test_words_that_a_sentence_has_not_are_not_claimed_of_it(
    searcher: Searcher, matched: str, marks: tuple[tuple[int, int], ...], shows: str
) -> None:
    hit = dataclasses.replace(shown(searcher, "trust", CHARTER), matched=matched, marks={"en": marks})
    assert hit.shows("en") == shows


def test_of_passages_equally_near_the_first_is_shown(searcher: Searcher) -> None:
    assert sentences(shown(searcher, "building", BARRACKS)) == {
        "fr": "Un bâtiment vide partagé pendant deux ans.",
        "en": "An empty building shared for two years.",
    }


def test_an_entry_in_one_language_shows_that_one(searcher: Searcher) -> None:
    found = shown(searcher, "garden", GARDEN)
    assert found.passage == Passage("garden-network", "fr", "summary", 0, "Un jardin par quartier.")
    assert found.by_language == {"fr": (found.passage, "Un jardin par quartier.")}


@pytest.mark.parametrize(("language", "sentence"), [("fr", "Elle installe la confiance."), ("en", "It settles trust.")])
def test_a_language_left_out_is_not_shown(searcher: Searcher, language: str, sentence: str) -> None:
    found = shown(searcher, "trust", CHARTER, languages={language})
    assert sentences(found) == {language: sentence}
    assert (found.passage.language, found.sentence) == (language, sentence)


def test_the_sentence_shown_is_the_one_nearest_to_the_query(searcher: Searcher) -> None:
    found = shown(searcher, "confiance", CHARTER)
    assert found.passage.text == "Une page signée par tous. Elle installe la confiance."
    assert found.sentence == "Elle installe la confiance."


def test_a_sentence_that_is_quoted_is_shown_before_one_that_is_nearer(searcher: Searcher) -> None:
    found = shown(searcher, 'confiance "page signée"', CHARTER)
    assert found.passage.text == "Une page signée par tous. Elle installe la confiance."
    assert found.sentence == "Une page signée par tous."


def test_among_sentences_that_quote_the_nearest_is_shown(searcher: Searcher) -> None:
    found = shown(searcher, 'trust "it" "by all"', CHARTER)  # "signed by all" quotes, as does "it settles trust"
    assert found.by_language["en"][1] == "It settles trust."


def test_a_passage_that_quotes_is_shown_before_one_that_is_nearer(searcher: Searcher) -> None:
    found = shown(searcher, 'confiance "écrire une seule page"', CHARTER)
    assert (found.passage.field, found.sentence) == ("first_steps", "Écrire une seule page.")


def test_a_phrase_in_the_title_leaves_the_choice_to_nearness(searcher: Searcher) -> None:
    found = shown(searcher, 'argent "caserne de Lille"', BARRACKS)  # every French passage goes with the title
    assert (found.passage.field, found.sentence) == ("what_happened", "Un bâtiment prêté sans argent.")


def test_an_answer_says_which_clause_of_the_query_it_meets(searcher: Searcher) -> None:
    text = "There is no trust at all here. The building has been empty for years."
    meaning = by_meaning(searcher)
    assert shown(meaning, text, CHARTER).answers == "There is no trust at all here."
    assert shown(meaning, text, BARRACKS).answers == "The building has been empty for years."
    assert shown(meaning, "trust", CHARTER).answers == ""


def test_the_clause_answered_is_that_of_the_sentence_shown(searcher: Searcher) -> None:
    # of the charter's summary the second sentence is shown, which speaks of trust; the barracks' is of both
    text = "Here nobody has any trust, but we have money"
    assert shown(searcher, text, CHARTER).answers == "Here nobody has any trust,"
    assert shown(searcher, text, BARRACKS).answers == "but we have money"


def test_strength_and_match_are_said_of_each_hit(abstaining_searcher: Searcher) -> None:
    scored = scored_by(abstaining_searcher, "trust")
    hits = present(abstaining_searcher.index, scored, scored.best(6))
    # strong from 0.91 and related from 0.78; by meaning within 0.12 of the best
    assert {hit.entry.id: (hit.strength, hit.matched) for hit in hits} == {
        "commitment-charter": ("strong", "both"),  # 1
        "brussels-budget": ("related", "words"),  # 0.866
        "trust-first": ("related", "words"),
        "participatory-budget": ("weak", "words"),  # 0.714
        "garden-network": ("weak", ""),  # neither near nor with a word of the query
        "lille-barracks": ("weak", ""),
    }


def test_without_a_calibration_no_hit_has_a_strength(searcher: Searcher) -> None:
    assert {shown(searcher, "trust", row).strength for row in range(6)} == {""}
