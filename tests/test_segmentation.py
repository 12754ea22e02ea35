"""Entries become passages, passages become sentences."""

from __future__ import annotations

import pytest

from search.entries import Entry, Passage
from search.library.reader import read_library
from search.text.segmentation import embedded_text, passages_of, sentences
from tests.fakes import TINY_CORPUS


@pytest.fixture(scope="module")
def entries() -> dict[str, Entry]:
    return {entry.id: entry for entry in read_library(TINY_CORPUS).entries}


def test_each_field_but_the_title_is_a_passage_in_reading_order(entries: dict[str, Entry]) -> None:
    french = [
        Passage("brussels-budget", "fr", "summary", 0, "La ville confie de l’argent aux quartiers."),
        Passage("brussels-budget", "fr", "context", 0, "Le conseil cherchait une autre façon de décider."),
        Passage("brussels-budget", "fr", "what_happened", 0, "L’argent est venu sans la confiance."),
        Passage("brussels-budget", "fr", "results", 0, "Douze projets ont vu le jour."),
        Passage("brussels-budget", "fr", "limits", 0, "La confiance manquait."),
    ]
    passages = passages_of(entries["brussels-budget"])
    assert list(passages[:5]) == french
    assert [(passage.language, passage.field) for passage in passages[5:]] == [
        ("en", passage.field) for passage in french
    ]


def test_obstacles_are_passages_one_by_one(entries: dict[str, Entry]) -> None:
    obstacles = [
        passage
        for passage in passages_of(entries["commitment-charter"])
        if passage.field == "obstacles" and passage.language == "en"
    ]
    assert obstacles == [
        Passage("commitment-charter", "en", "obstacles", 0, "The trust is lost after the elections."),
        Passage("commitment-charter", "en", "obstacles", 1, "The promised money never comes."),
    ]


def test_signs_that_a_condition_is_missing_are_passages_one_by_one(entries: dict[str, Entry]) -> None:
    signs = [p.text for p in passages_of(entries["trust-first"]) if p.field == "signs_it_is_missing"]
    assert signs == [
        "Personne ne répond au courrier.",
        "Les réunions se vident.",
        "Nobody answers letters.",
        "Meetings are emptying.",
    ]


def test_first_steps_are_one_passage_of_joined_lines(entries: dict[str, Entry]) -> None:
    steps = [p for p in passages_of(entries["commitment-charter"]) if p.field == "first_steps"]
    assert steps == [
        Passage("commitment-charter", "fr", "first_steps", 0, "Réunir tout le monde.\nÉcrire une seule page."),
        Passage("commitment-charter", "en", "first_steps", 0, "Call everyone together.\nWrite a single page."),
    ]


def test_an_entry_in_one_language_has_passages_in_that_language_only(entries: dict[str, Entry]) -> None:
    assert [(p.language, p.field) for p in passages_of(entries["garden-network"])] == [
        ("fr", "summary"),
        ("fr", "description"),
        ("fr", "how_to_join"),
        ("fr", "limits"),
    ]


def test_the_title_of_the_same_language_goes_before_what_is_embedded(entries: dict[str, Entry]) -> None:
    entry = entries["trust-first"]
    by_field = {(p.language, p.field): p for p in passages_of(entry)}
    assert embedded_text(by_field["fr", "summary"], entry) == "Se connaître d’abord. La confiance vient en premier."
    assert embedded_text(by_field["en", "summary"], entry) == "Know each other first. The trust comes first."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Une phrase. Une autre ? Oui !", ("Une phrase.", "Une autre ?", "Oui !")),
        ("One. Two? Three! Four… Five.", ("One.", "Two?", "Three!", "Four…", "Five.")),
        ("« Rien ne bouge. » Puis il part.", ("« Rien ne bouge. »", "Puis il part.")),
        ("On dit. « Rien ne bouge. »", ("On dit.", "« Rien ne bouge. »")),
        ("«\u00a0Pourquoi\u00a0?\u00a0» Personne ne sait.", ("«\u00a0Pourquoi\u00a0?\u00a0»", "Personne ne sait.")),
        ("They say “Nothing moves.” Then they go.", ("They say “Nothing moves.”", "Then they go.")),
        ("They say. “Nothing moves.”", ("They say.", "“Nothing moves.”")),
        ("M. Dupont signe. Dr. Smith too.", ("M. Dupont signe.", "Dr. Smith too.")),
        ("Des outils, etc. Puis on verra.", ("Des outils, etc. Puis on verra.",)),
        ("Un lieu, p. ex. Lille, suffit.", ("Un lieu, p. ex. Lille, suffit.",)),
        ("Some, e.g. London, agreed. St. Gilles too.", ("Some, e.g. London, agreed.", "St. Gilles too.")),
        ("En 2019. 30 écoles. École ouverte.", ("En 2019.", "30 écoles.", "École ouverte.")),
        ("Il coûte 2.5 euros. oui", ("Il coûte 2.5 euros. oui",)),
        ("Premier pas\nSecond pas", ("Premier pas", "Second pas")),
        ("  \n ", ()),
        ("", ()),
    ],
)
def test_sentences_end_where_a_reader_would_end_them(text: str, expected: tuple[str, ...]) -> None:
    assert sentences(text) == expected


def test_an_english_sentence_may_end_with_no() -> None:
    assert sentences("They said no. Then they left.") == ("They said no.", "Then they left.")


def test_before_a_number_no_is_an_abbreviation() -> None:
    text = "They signed agreement no. 43 in May. No. 44 came later. He lives in a casino. 43 people know."
    assert sentences(text) == (
        "They signed agreement no. 43 in May.",
        "No. 44 came later.",
        "He lives in a casino.",
        "43 people know.",
    )


def test_every_sentence_of_every_passage_stands_verbatim_in_it_and_none_is_lost(entries: dict[str, Entry]) -> None:
    for entry in entries.values():
        for passage in passages_of(entry):
            found = sentences(passage.text)
            assert all(sentence in passage.text for sentence in found)
            assert "".join("".join(found).split()) == "".join(passage.text.split())
