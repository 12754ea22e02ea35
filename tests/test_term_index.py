"""The terms of a query: mended spelling, what of them a text has."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import log1p

import numpy as np
import pytest

from search.index.bm25 import BM25
from search.index.term_index import QueryTerms, TermIndex

TEXTS = {
    "fr": ["Un budget participatif à Gdańsk", "Le jardin partagé des voisins", "Le budget des voisins"],
    "en": ["A participatory budget in Gdańsk", "The shared garden of the neighbours", "Superblocks"],
}


@pytest.fixture(scope="module")
def index() -> TermIndex:
    return index_of(TEXTS)


def index_of(texts: Mapping[str, Sequence[str]]) -> TermIndex:
    """Index texts by language: the French ones first."""
    rows = [(text, language) for language, some in texts.items() for text in some]
    return TermIndex.of([text for text, _ in rows], [language for _, language in rows])


def test_a_word_of_the_texts_is_left_as_it_is(index: TermIndex) -> None:
    assert index.terms("budget gdansk")["en"] == QueryTerms(("budget", "gdansk"), 1.0)


@pytest.mark.parametrize(
    ("query", "language", "stems"),
    [
        ("budjet", "fr", ("budget",)),  # one letter changed
        ("budegt", "fr", ("budget",)),  # two neighbours exchanged
        ("vosins", "fr", ("voisin",)),  # one lost
        ("superbloks", "en", ("superblock",)),
        ("partisipatif", "fr", ("particip",)),  # a long word
    ],
)
def test_a_word_no_text_has_is_mended(index: TermIndex, query: str, language: str, stems: tuple[str, ...]) -> None:
    terms = index.terms(query)[language]
    assert (terms.stems, terms.known) == (stems, 1.0)
    assert index.terms(query, spelling=False)[language].known == 0.0


def test_a_word_that_one_language_knows_is_no_mistake_in_the_other(index: TermIndex) -> None:
    assert index.terms("jardin")["en"].stems == ("jardin",)  # one letter from "garden", and two
    assert index.terms("voisins")["en"].known == 0.0


@pytest.mark.parametrize(
    ("query", "share"),
    [("budget voisins zeppelin dirigeable", 0.5), ("voisins voisines zeppelin", 0.5), ("le budget", 1.0), ("le", 0.0)],
)
def test_the_known_share_is_that_of_different_stems(index: TermIndex, query: str, share: float) -> None:
    assert index.terms(query)["fr"].known == share


@pytest.mark.parametrize("query", ["zeppelin", "pud", "2024", "sudget"])
def test_what_is_not_near_enough_or_too_short_stays(index: TermIndex, query: str) -> None:
    assert index.terms(query)["fr"].known == 0.0  # the first letter is never mended


def test_a_name_is_mended_and_an_acronym_is_not(index: TermIndex) -> None:
    assert index.terms("le Budjet")["fr"].stems == ("budget",)
    assert index.terms("le BUDJET annuel")["fr"].stems[0] == "budjet"


def test_a_word_of_a_dictionary_is_none_to_mend_unless_it_is_written_as_a_name(index: TermIndex) -> None:
    assert index.terms("les voisons")["fr"].stems == ("voisin",)
    assert index.terms("un gardien")["en"].stems == ("gardien",)  # one letter from "garden"
    assert index.terms("Gardien")["en"].stems == ("garden",)


def test_scores_are_those_of_the_mended_words(index: TermIndex) -> None:
    assert index.scores(index.terms("budjet")).tolist() == index.scores(index.terms("budget")).tolist()
    assert index.scores(index.terms("budjet"))[:3].argmax() in (0, 2)


def test_a_text_is_scored_by_the_index_of_its_language(index: TermIndex) -> None:
    terms = index.terms("voisins garden")
    assert np.flatnonzero(index.scores(terms)).tolist() == [1, 2, 4]
    assert index.shared("voisins garden").tolist() == [0.0, 0.5, 0.5, 0.0, 0.5, 0.0]
    assert index.shared("voisins garden", np.array([4, 0])).tolist() == [0.5, 0.0]


def test_texts_with_every_word_are_found_in_both_languages(index: TermIndex) -> None:
    assert index.having_all("Gdańsk budget").tolist() == [0, 3]
    assert index.having_all("le jardin des voisins").tolist() == [1]
    assert index.having_all("le des the").tolist() == []


def test_words_need_no_text_in_either_language() -> None:
    assert (
        index_of({"fr": ["Le jardin"]}).scores({"fr": QueryTerms(("jardin",), 1.0), "en": QueryTerms((), 0.0)})[0] > 0
    )
    assert index_of({}).terms("jardin")["en"] == QueryTerms(("jardin",), 0.0)


def test_coverage_is_the_share_of_the_words_by_how_rare_they_are() -> None:
    index = BM25.of(["garden roof", "garden", "bench", "bench"], "en")
    garden, roof, unknown = (log1p(4 / 2.5), log1p(4 / 1.5), log1p(4 / 0.5))
    assert index.coverage(["garden", "roof"]).tolist() == pytest.approx([1.0, garden / (garden + roof), 0.0, 0.0])
    assert index.coverage(["roof", "zeppelin"])[0] == pytest.approx(roof / (roof + unknown))
    assert index.coverage([]).tolist() == [0.0] * 4


@pytest.mark.parametrize("number", ["60,000", "60.000", "60 000", "60\u00a0000", "60000"])
def test_a_number_is_one_word_however_its_thousands_are_marked(number: str) -> None:
    index = BM25.of(["60\u202f000 euros", "60 euros, 2000 voix"], "fr")
    assert index.coverage(["60000"]).tolist() == [1.0, 0.0]
    assert index_of({"fr": ["60\u202f000 euros"]}).terms(number)["fr"] == QueryTerms(("60000",), 1.0)
