"""Plurals and feminines that share a stem."""

from __future__ import annotations

import pytest

from search.text.analysis import analyse


@pytest.mark.parametrize(
    ("words", "language", "stem"),
    [
        ("élu élus élue élues", "fr", "elu"),
        ("lieu lieux", "fr", "lieu"),
        ("clé clés clef clefs", "fr", "cle"),
        ("conseiller conseillers conseillère conseillères", "fr", "conseil"),
        ("usager usagers usagère", "fr", "usag"),
        ("public publics publique publiques", "fr", "public"),
        ("directeur directrice directrices", "fr", "directeur"),
        ("travail travaux", "fr", "travail"),
        ("subside subvention", "fr", "subvent"),
        ("échevine adjoint adjointe", "fr", "adjoint"),
        ("center centre centres", "fr", "centr"),
        ("child children", "en", "child"),
        ("neighborhood neighbourhoods", "en", "neighbourhood"),
        ("allotment allotments", "en", "allotment"),
    ],
)
def test_forms_of_one_word_share_its_stem(words: str, language: str, stem: str) -> None:
    assert analyse(words, language) == [stem] * len(words.split())


def test_words_that_are_not_one_stay_apart() -> None:
    assert analyse("matrice hier allotting", "fr")[0] != analyse("mateur", "fr")[0]
    assert analyse("allotment", "en") != analyse("allotting", "en")
    assert analyse("department", "en") != analyse("depart", "en")


def test_function_words_of_either_language_and_single_letters_say_nothing() -> None:
    for text in ("le", "de la", "the", "of", "é", "hello", "bonjour merci"):
        assert analyse(text, "fr") == analyse(text, "en") == []
    assert analyse("car", "en") == ["car"]
    assert analyse("car", "fr") == []


@pytest.mark.parametrize("amount", ["40'000", "40’000", "40 000", "40.000", "40,000"])
def test_marks_between_thousands_are_left_out(amount: str) -> None:
    assert analyse(amount, "fr") == ["40000"]


def test_soft_hyphens_of_a_text_are_not_seen() -> None:
    assert analyse("par\u00adticipation", "fr") == analyse("participation", "fr")
