"""Texts in neither French nor English are told apart; short texts and names are not."""

from __future__ import annotations

import json

import pytest

from search.entries import LANGUAGES
from search.locations import default_corpus
from search.output.other_language import NOTICES, other_language_notice
from search.text.other_languages import other_language
from search.text.query import parse


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("De gemeente antwoordt niet op onze brieven", "nl"),
        ("DE GEMEENTE ANTWOORDT NIET OP ONZE BRIEVEN", "nl"),
        ("Wij zoeken nog een lokaal", "nl"),
        ("Die Stadt hört zu, aber nichts passiert", "de"),
        ("Öffnungszeiten der Apotheke am Sonntag", "de"),
        ("El ayuntamiento no responde a nuestras cartas", "es"),
        ("Il comune ci ascolta ma nulla si muove", "it"),
        ("O município ouve-nos mas nada acontece", "pt"),
        ("subsidie voor buurtfeest", "nl"),
        ("samenwerken met de gemeente", "nl"),
        ("Bürgerhaushalt einführen", "de"),
        ("leerstehendes Gebäude nutzen", "de"),
        ("participación ciudadana jóvenes", "es"),
        ("¿ceder locales?", "es"),
        ("espaço vazio para moradores", "pt"),
        ("patti di collaborazione", "it"),
        ("Город нас слышит, но ничего не меняется", "ru"),
        ("市政府不听我们的", "zh"),
    ],
)
def test_another_language_is_named(text: str, language: str) -> None:
    assert other_language(text) == language
    assert (parse(text).language, parse(text).other) == (None, language)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "jardins collectifs",
        "jardins collectifs ville",
        "mairie habitants confiance projets",
        "shared garden with neighbours",
        "budget participatif de Porto Alegre",
        "Casa del Quartiere di Torino",
        "G1000 Amersfoort Den Haag Gent",
        "Van der Valk et les communs",
        "birders versus farmers versus dog walkers",
        "un projet à Los Angeles et à San Sebastián",
        "ya plu de benevole",
        "mal de dos",
        "São Paulo jardins partagés",
        "Zürich housing cooperatives",
        "exemples Düsseldorf",
        "school streets",
        "volunteer expenses",
    ],
)
def test_french_english_names_and_few_words_are_not_taken_for_another(text: str) -> None:
    assert other_language(text) is None


@pytest.mark.parametrize("half", ["tune", "report"])
def test_no_judged_text_is_taken_for_another_language(half: str) -> None:
    evaluation = default_corpus() / "evaluation"
    rows = [
        json.loads(line)
        for path in (evaluation / f"{half}.jsonl", *evaluation.glob(f"*/{half}.jsonl"))
        for line in path.read_text(encoding="utf-8").splitlines()
    ]
    texts = [
        row[name]
        for row in rows
        if row.get("category") != "other-language"
        for name in (*LANGUAGES, "text")
        if name in row
    ]
    assert len(texts) > 300
    assert [text for text in texts if other_language(text)] == []


@pytest.mark.parametrize("half", ["tune", "report"])
def test_every_judged_text_in_another_language_is_named(half: str) -> None:
    path = default_corpus() / "evaluation" / "off-topic" / f"{half}.jsonl"
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    others = {row["fr"]: row["language"] for row in rows if row["category"] == "other-language"}
    assert {text: other_language(text) for text in others} == others


def test_the_notice_is_in_the_language_of_the_text_or_of_the_reader() -> None:
    assert other_language_notice("nl", "fr") == NOTICES["nl"]
    assert other_language_notice("pl", "en") == NOTICES["en"]
    assert other_language_notice("fr", "en") == ""
    assert other_language_notice(None, "fr") == ""


def test_letters_that_have_no_name_are_of_no_language() -> None:
    assert other_language("𗀀") is None
