"""Words: how they are folded, stemmed and scored."""

from __future__ import annotations

import math

import numpy as np
import pytest

from search.lexical import WordIndex, analyse, fold, word_indexes


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Gdańsk", "gdansk"),
        ("Łódź", "lodz"),
        ("ÉLUES", "elues"),
        ("cœur de bœuf", "coeur de boeuf"),
        ("Œuvre, ex æquo", "oeuvre, ex aequo"),
        ("l’eau, lʼeau, l`eau", "l'eau, l'eau, l'eau"),
        ("Straße, smørrebrød", "strasse, smorrebrod"),
        ("e\u0301te\u0301", "ete"),
        ("ﬁnance", "finance"),
    ],
)
def test_fold_gives_typed_and_printed_words_one_form(text: str, expected: str) -> None:
    assert fold(text) == expected


@pytest.mark.parametrize(
    ("left", "right", "language"),
    [
        ("l’habitant", "habitant", "fr"),
        ("L'HABITANT", "habitant", "fr"),
        ("qu’écoles", "école", "fr"),
        ("lorsqu’habitants", "habitant", "fr"),
        ("d’œuvres", "oeuvre", "fr"),
        ("mobilité", "mobilite", "fr"),
        ("Gdańsk", "gdansk", "fr"),
        ("Gdańsk", "gdansk", "en"),
        ("gardens", "garden", "en"),
        ("meeting", "meetings", "en"),
        ("jardins", "jardin", "fr"),
    ],
)
def test_forms_of_a_word_have_one_stem(left: str, right: str, language: str) -> None:
    assert analyse(left, language) == analyse(right, language)
    assert analyse(left, language) != []


def test_stop_words_go_and_order_and_repeats_stay() -> None:
    assert analyse("Le jardin et le toit et le jardin", "fr") == ["jardin", "toit", "jardin"]
    assert analyse("We do the garden and you do the roof", "en") == ["garden", "roof"]
    assert analyse("Comment est-ce que nous ?", "fr") == []


def test_an_inner_apostrophe_is_no_elision() -> None:
    assert "hui" in analyse("aujourd’hui", "fr")


def bm25(frequency: int, length: int, mean_length: float, n_texts: int, n_with: int) -> float:
    """One term of the lucene formula, k1 = 1.5 and b = 0.75."""
    idf = math.log(1 + (n_texts - n_with + 0.5) / (n_with + 0.5))
    return idf * frequency / (frequency + 1.5 * (1 - 0.75 + 0.75 * length / mean_length))


def test_bm25_of_three_texts_is_the_formula() -> None:
    index = WordIndex(["garden roof", "garden garden bench tree", "bench roof tree"], "en")  # 2, 4 and 3 words: mean 3
    assert index.scores("garden").tolist() == pytest.approx([bm25(1, 2, 3, 3, 2), bm25(2, 4, 3, 3, 2), 0.0])
    both = [
        bm25(1, 2, 3, 3, 2) + bm25(1, 2, 3, 3, 2),
        bm25(2, 4, 3, 3, 2),
        bm25(1, 3, 3, 3, 2),
    ]
    assert index.scores("garden roof").tolist() == pytest.approx(both)
    # by hand: idf = ln(1 + 1.5/2.5) = ln 1.6; text 1: 1 / (1 + 1.5 * 0.75) of it
    assert index.scores("garden")[0] == pytest.approx(math.log(1.6) / 2.125)


def test_a_word_said_twice_in_a_query_counts_once() -> None:
    index = WordIndex(["garden roof", "bench"], "en")
    assert index.scores("garden garden gardens").tolist() == index.scores("garden").tolist()


def test_unknown_words_stop_words_and_no_words_score_zero() -> None:
    index = WordIndex(["garden roof", "bench"], "en")
    for query in ("zeppelin", "the of and", "", "?!", "42"):
        assert index.scores(query).tolist() == [0.0, 0.0], query
    assert index.scores("zeppelin bench").tolist() == index.scores("bench").tolist()


@pytest.mark.parametrize("texts", [[], ["the of and"], ["", ""]])
def test_texts_without_words_can_be_asked_all_the_same(texts: list[str]) -> None:
    scores = WordIndex(texts, "en").scores("garden")
    assert scores.tolist() == [0.0] * len(texts)
    assert scores.dtype == np.float32


def test_a_single_text_can_be_asked() -> None:
    assert WordIndex(["garden"], "en").scores("garden")[0] == pytest.approx(math.log(1 + 0.5 / 1.5) / 2.5)


def test_an_unaccented_query_scores_like_an_accented_one() -> None:
    index = WordIndex(["Les délégués de Gdańsk", "Les élus de Liège"], "fr")
    assert index.scores("delegues gdansk").tolist() == index.scores("délégués Gdańsk").tolist()
    assert index.scores("liege").tolist()[0] == 0.0 < index.scores("liege").tolist()[1]


def test_shared_is_the_share_of_the_query_that_a_text_has_as_it_is_spelt() -> None:
    index = WordIndex(["Un jardin pour nos voisines et voisins", "Le jardin", "Le toit"], "fr")
    assert index.shared("le jardin des voisins").tolist() == [1.0, 0.5, 0.0]
    assert index.shared("jardin toit").tolist() == [0.5, 0.5, 0.5]
    assert index.shared("le").tolist() == [0.0, 0.0, 0.0]


def test_word_indexes_has_both_languages_even_when_one_has_no_text() -> None:
    indexes = word_indexes({"fr": ["Le jardin"]})
    assert indexes["fr"].scores("jardin")[0] > 0
    assert indexes["en"].scores("jardin").tolist() == []
    assert (indexes["fr"].language, indexes["en"].language) == ("fr", "en")
