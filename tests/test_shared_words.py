"""Words of a text that are those of a query, found by hand."""

from __future__ import annotations

import pytest

from search.text.shared_words import shared_spans, stems_of


def words(text: str, query: str, language: str) -> list[str]:
    return [text[start:end] for start, end in shared_spans(text, stems_of(query, language), language)]


@pytest.mark.parametrize(
    ("text", "query", "language", "found"),
    [
        ("The towns fund a garden.", "funding of gardens", "en", ["fund", "garden"]),
        ("L’école d’à côté prête ses clés.", "prêter la CLE de l'ecole", "fr", ["école", "prête", "clés"]),
        ("Le vœu des œuvres", "oeuvre", "fr", ["œuvres"]),
        ("It is for the people and with them.", "for the and with", "en", []),  # stop words say nothing
        ("Rien de commun ici.", "budget participatif", "fr", []),
        ("", "budget", "fr", []),
    ],
)
def test_words_with_the_stem_of_one_of_the_query_are_found_where_they_stand(
    text: str, query: str, language: str, found: list[str]
) -> None:
    assert words(text, query, language) == found


def test_a_word_that_stands_twice_is_found_twice() -> None:
    assert shared_spans("trust, and trust again", stems_of("trust", "en"), "en") == ((0, 5), (11, 16))


def test_a_query_of_stop_words_finds_nothing() -> None:
    assert shared_spans("trust", stems_of("the of", "en"), "en") == ()
