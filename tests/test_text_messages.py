"""Words as they sound and as they are shortened in text messages, and what is made of them in a whole text."""

from __future__ import annotations

from pathlib import Path

import pytest

from search.index.word_list import WordList
from search.retrieval.mending import Mender
from search.text.query import parse
from search.text.sounds import sound_of
from search.text.text_messages import written_out
from tests.fakes import CountingEncoder, tiny_index


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("associasion", "association"),
        ("koman", "comment"),
        ("lassenceur", "lascenseur"),
        ("kestion", "question"),
        ("travo", "travaux"),
        ("voizin", "voisins"),
        ("organiser", "organise"),
        ("cartie", "quartiers"),
        ("ekol", "ecole"),
    ],
)
def test_two_spellings_of_one_sound(typed: str, meant: str) -> None:
    assert sound_of(typed) == sound_of(meant)


@pytest.mark.parametrize(
    ("one", "other"), [("ville", "vallee"), ("maire", "mare"), ("salle", "seul"), ("bon", "bonne")]
)
def test_two_sounds(one: str, other: str) -> None:
    assert sound_of(one) != sound_of(other)


def test_what_is_silent_at_the_end_is_told_when_it_is_written() -> None:
    assert (sound_of("vid"), sound_of("vid", to_the_end=True), sound_of("vide")) == ("vi", "vid", "vid")


def test_a_word_is_shortened_in_one_language() -> None:
    assert (written_out("Bcp", "fr"), written_out("ppl", "en"), written_out("ppl", "fr")) == (
        "beaucoup",
        "people",
        None,
    )
    assert written_out("pk", None) is None


WORDS = WordList.of(
    (
        "Le quartier",
        "la salle du quartier",
        "une salle",
        "la grande salle",
        "une association de voisins",
        "un ascenseur",
        "la carte",
        "éviter",
    ),
    (),
)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("kartie", "quartier"),
        ("cartie", "quartier"),  # "carte" is one letter away, but sounds otherwise
        ("sal", "salle"),
        ("evviter", "eviter"),
        ("koi", "quoi"),
        ("zut", None),
    ],
)
def test_the_word_that_sounds_so_is_meant(typed: str, meant: str | None) -> None:
    assert WORDS.heard_as(typed) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("lassociasion", "l'association"),
        ("lassenceur", "l'ascenseur"),
        ("jconnai", "je connais"),
        ("kelles", "qu'elles"),
    ],
)
def test_two_french_words_written_as_one(typed: str, meant: str) -> None:
    assert WORDS.meant_by(typed, language="fr") == meant


@pytest.fixture(scope="module")
def mend(tmp_path_factory: pytest.TempPathFactory) -> Mender:
    return Mender(tiny_index(Path(tmp_path_factory.mktemp("index"))), CountingEncoder())


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("ya plu de confiance pr les gens", "il y a plus de confiance pour les gens."),
        ("on a confianse ds le maire", "on a confiance dans le maire."),
        (
            "ppl dont trust the council coz it dosent listen",
            "people don't trust the council because it doesn't listen.",
        ),
        ("le tracteur du maire est dans la rue", "le tracteur du maire est dans la rue."),
        ("pilates", "pilates."),
    ],
)
def test_a_text_is_read_as_it_is_meant(mend: Mender, typed: str, meant: str) -> None:
    assert mend(parse(typed)) == meant
