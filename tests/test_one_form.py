"""The form in which the encoder reads the words of a query."""

from __future__ import annotations

import pytest

from search.text.analysis import fold
from search.text.one_form import in_one_form
from search.text.query import parse


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("nos élues", "nos élus"),
        ("les conseillères communales", "les conseiller communale"),
        ("des locaux vides", "des local vide"),
        ("les animatrices du quartier", "les animateur du quartier"),
        ("des citoyennes et des habitantes", "des citoyens et des habitants"),
        ("des réunions", "des réunion"),
        ("les travaux", "les travail"),
        ("des lieux et des jeux", "des lieu et des jeu"),
        ("des maisons", "des maison"),
        ("deux bureaux", "deux bureau"),
        ("LES ASSOCIATIONS", "LES association"),
    ],
)
def test_french_words_that_mean_one_have_one_form(one: str, other: str) -> None:
    assert fold(in_one_form(one, "fr")) == fold(in_one_form(other, "fr"))


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("our neighbours want gardens", "our neighbour want garden"),
        ("churches, parties and boxes", "church, party and box"),
        ("women and children", "woman and child"),
        ("the bus and the news on glass", "the bus and the news on glass"),
    ],
)
def test_english_words_are_read_in_the_singular(text: str, form: str) -> None:
    assert in_one_form(text, "en") == form


@pytest.mark.parametrize(
    "text", ["nous voulons", "je savais", "le temps presse", "un avis", "dans six mois", "la matrice", "Être à Paris"]
)
def test_what_has_one_form_keeps_its_letters(text: str) -> None:
    assert in_one_form(text, "fr") == text


def test_a_text_of_no_known_language_is_read_as_french() -> None:
    assert in_one_form("locaux", None) == "local"


def test_a_query_is_encoded_as_it_is_typed_and_in_one_form() -> None:
    typed = "Nos élues ne répondent pas à nos lettres"
    assert parse(typed).encoded == (f"{typed}.", "Nos elu ne répondent pas à nos lettre.")
    assert parse("Le terrain est vide").encoded == ("Le terrain est vide.",)
