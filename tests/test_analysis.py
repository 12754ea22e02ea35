"""Texts to stems: folded letters, elisions, stop words."""

from __future__ import annotations

import pytest

from search.text.analysis import analyse, fold


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
