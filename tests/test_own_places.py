"""Where somebody is, and what a street is called, is not what is asked."""

from __future__ import annotations

import pytest

from search.text.places.gazetteer import place_forms
from search.text.places.own import without_own_places


@pytest.mark.parametrize(
    ("text", "searched"),
    [
        ("À Namur, personne ne vient.", "personne ne vient."),
        ("Nous sommes à Liège et les jeunes ne viennent pas", "les jeunes ne viennent pas"),
        ("Nous habitons Gand et cherchons un local", "cherchons un local"),
        ("On est de Namur, on cherche un local", "on cherche un local"),
        ("We live in Brussels and nobody answers our letters", "nobody answers our letters"),
        ("Je vis à Paris. On n'a pas de local.", "On n'a pas de local."),
        ("nous voulons un potager à Montréal", "nous voulons un potager"),
        ("Notre asbl à Schaerbeek cherche un local", "Notre asbl cherche un local"),
        ("personne ne vient à nos réunions, Namur", "personne ne vient à nos réunions"),
        ("un potager rue de Paris", "un potager"),
        ("Our hall on London Road is shut", "Our hall on is shut"),
        ("Le jardin de notre rue à Lyon", "Le jardin de notre rue"),
    ],
)
def test_ones_own_town_and_the_names_of_streets_are_not_searched(text: str, searched: str) -> None:
    assert without_own_places(text, place_forms()) == searched


@pytest.mark.parametrize(
    "text",
    [
        "Nous sommes à Bruxelles.",  # nothing else is said
        "La charte de la participation à Bruxelles est-elle obligatoire ?",
        "À Gand, que fait-on pour les rues scolaires ?",
        "Nous voulons faire comme à Barcelone",
        "We'd like to learn from what they do in Barcelona",
        "le plan Good Food à Bruxelles nous intéresse",
        "En Belgique, nos bénévoles doivent-ils être assurés ?",  # the law of a country, of a region
        "We live in Scotland and want to buy the hall",
    ],
)
def test_a_place_that_may_be_what_is_asked_is_searched(text: str) -> None:
    assert without_own_places(text, place_forms()) == text
