"""Which language a text is in, or that it cannot be told."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from search.text.language import guess_language, written_language
from search.text.query import language_of, parse

FRENCH = "La commune nous aide un an puis plus rien"
ENGLISH = "Every department sends us on to another"
TORN = (  # words of both languages: without a seed the detector says now one, now the other
    "festival parking restaurant transport",
    "information participation communication transition",
    "nature transition parking central participation",
)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "2024",
        "12 34 56 78 90",
        "?! … ;",
        "jardin",
        "trust between citizens",  # langdetect on its own says Dutch
        "budget participatif",
        "confiance entre habitants",
        "shared garden",
        "Gdańsk 2019 2020 2021",
    ],
)
def test_up_to_three_words_stay_undecided_and_digits_are_not_words(text: str) -> None:
    assert guess_language(text) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (FRENCH, "fr"),
        (ENGLISH, "en"),
        ("Nous cherchons un bâtiment vide pour nos ateliers", "fr"),
        ("la mairie repond jamais a nos mails", "fr"),
        ("We are looking for an empty building for our workshops", "en"),
        ("the council never answers our emails", "en"),
    ],
)
def test_a_sentence_is_decided(text: str, expected: str) -> None:
    assert guess_language(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("LE MAIRE NE VEUT PAS NOUS RECEVOIR", "fr"),
        ("THE MAYOR DOES NOT WANT TO MEET US", "en"),
        (FRENCH.upper(), "fr"),
    ],
)
def test_a_sentence_in_capitals_is_decided_like_any_other(text: str, expected: str) -> None:
    assert guess_language(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("participatory budgeting outside Europe", "en"),
        ("social enterprise procurement clause", "en"),
        ("meeting room etiquette quotes", "en"),
        ("tool library insurance costs", "en"),
        ("clauses sociales marchés publics", "fr"),
        ("participation citoyenne urbanisme communication", "fr"),
        ("prime isolation toiture montant", "fr"),
    ],
)
def test_a_text_of_nouns_is_in_the_language_whose_words_they_are(text: str, expected: str) -> None:
    assert guess_language(text) == expected
    assert language_of(text) == expected


def test_what_is_told_to_the_reader_is_told_of_the_same_text() -> None:
    assert language_of("Hello! outside Belgium best practice") == parse("Hello! outside Belgium best practice").language
    assert language_of("   ") is None


@pytest.mark.parametrize("text", ["Il comune ci ascolta ma nulla si muove", "Die Stadt hört zu, aber nichts passiert"])
def test_another_language_is_not_read_as_one_of_the_two(text: str) -> None:
    assert guess_language(text) is None


def test_written_language_decides_short_texts_too_but_not_those_without_letters() -> None:
    assert written_language("Les délais sont longs.") == "fr"
    assert written_language("The delays are long.") == "en"
    assert written_language("2024 : 12 %") is None


def test_the_same_text_gets_the_same_answer_every_time() -> None:
    for text in TORN:
        answers = set()
        for _ in range(30):
            guess_language(ENGLISH)
            answers.add(guess_language(text))
        assert len(answers) == 1, text


def test_threads_get_the_answers_one_thread_gets() -> None:
    texts = [FRENCH, ENGLISH, *TORN, "deux mots"] * 10
    alone = [guess_language(text) for text in texts]
    assert alone[:2] == ["fr", "en"]
    with ThreadPoolExecutor(8) as threads:
        assert list(threads.map(guess_language, texts)) == alone


@pytest.mark.parametrize(
    ("text", "expected"),
    [("on cherche un local", "fr"), ("we need help fast", "en"), ("une salle pour notre club", "fr")],
)
def test_function_words_of_one_language_decide(text: str, expected: str) -> None:
    assert guess_language(text) == expected
