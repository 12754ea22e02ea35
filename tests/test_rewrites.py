"""Rewrites of queries, worked out by hand, and what a measurement of them counts."""

from __future__ import annotations

from pathlib import Path

import pytest

from search.evaluation.rewrite_report import RememberingEncoder, changes, plain_forms, rewrites_table
from search.evaluation.rewrites import REWRITES
from search.library.judged_queries import JudgedQuery
from tests.fakes import CountingEncoder, by_meaning, tiny_searcher


@pytest.mark.parametrize(
    ("name", "text", "language", "number", "expected"),
    [
        ("courtesy before", "Le local est vide.", "fr", 0, "Bonjour, Le local est vide."),
        ("courtesy after", "The hall is empty.", "en", 4, "The hall is empty. Thanks in advance."),
        ("courtesy before and after", "Un local", "fr", 0, "Bonjour, Un local Merci d'avance."),
        ("capitals", "L'été", "fr", 0, "L'ÉTÉ"),
        ("small letters", "L'Été", "fr", 0, "l'été"),
        ("no accents", "Où est l'élu, ça va ?", "fr", 0, "Ou est l'elu, ca va ?"),
        ("accents apart (NFD)", "é", "fr", 0, "e\u0301"),
        ("typographic marks", "L'effort final...", "fr", 0, "L’eﬀort ﬁnal…"),
        ("straight marks", "L’œuvre…", "fr", 0, "L'oeuvre..."),
        ("words cut at line ends", "La mairie ne répond jamais aux propositions des gens", "fr", 0,
         "La mairie ne répond jamais aux proposit-\nions des gens"),
        ("lines", "La mairie ne répond jamais aux propositions des gens", "fr", 0,
         "La mairie ne répond jamais aux\npropositions des gens"),
        ("soft hyphens", "un quartier", "fr", 0, "un quar\u00adtier"),
        ("zero-width characters", "un quartier", "fr", 0, "un\u200b quart\u200bier"),
        ("zero-width spaces alone", "un local vide", "fr", 0, "un\u200blocal\u200bvide"),
        ("other spaces", "un local", "fr", 1, "un\u202flocal"),
        ("HTML", "a < b", "en", 0, "<p>a &lt; b</p>"),
        ("emoji", "One. Two.", "en", 0, "One. 🙏🏽 Two. 😡😡"),
        ("repeated", "Rien.", "fr", 0, "Rien.\nRien."),
        ("loud marks", "Rien.", "fr", 1, "Rien..."),
        ("another end", "Rien !", "fr", 0, "Rien"),
        ("another end", "nothing", "en", 3, "nothing,"),
        ("no hyphens", "Y a-t-il - 2020-21", "fr", 0, "Y a t il - 2020-21"),
        ("no apostrophes", "l’élu d'ici", "fr", 0, "lélu dici"),
        ("no apostrophes", "l’élu d'ici", "fr", 1, "l élu d ici"),
        ("no apostrophes", "it doesn't", "en", 1, "it doesnt"),
        ("one word quoted", "La mairie répond", "fr", 0, "La “mairie” répond"),
        ("one word quoted", "and the", "en", 0, "and the"),
        ("all quoted", "Rien", "fr", 2, "« Rien »"),
        ("plural and singular", "Les élus du Quartier", "fr", 0, "Les élu du Quartier"),
        ("inclusive endings", "Les Habitants et citoyens", "fr", 2, "Les Habitant-e-s et citoyen-ne-s"),
        ("inclusive endings", "Les animateurs", "fr", 0, "Les animateur·rice·s"),
        ("feminine", "Un conseiller", "fr", 0, "Un conseillère"),
        ("misspelt", "Un quartier vide", "fr", 0, "Un qurtier vide"),
        ("misspelt", "Un quartier vide", "fr", 1, "Un quarrtier vide"),
        ("misspelt", "Un quartier vide", "fr", 2, "Un quariter vide"),
        ("misspelt", "Un local", "fr", 0, "Un local"),
        ("British and American", "our neighborhood centre", "en", 0, "our neighbourhood center"),
    ],
)  # fmt: skip
def test_a_text_is_rewritten(name: str, text: str, language: str, number: int, expected: str) -> None:
    assert REWRITES[name](text, language, number) == expected


def test_only_what_a_rewrite_changes_is_asked_again_and_compared_with_its_plain_form(tmp_path: Path) -> None:
    searcher = by_meaning(tiny_searcher(tmp_path))
    queries = (
        JudgedQuery("a", "short", "other", {"fr": "confiance", "en": "trust"}, {"trust-first": 3}),
        JudgedQuery("b", "out-of-scope", "other", {"fr": "argent", "en": "money"}, {}),
    )

    def confused(text: str, language: str, number: int) -> str:
        return {"trust": "money"}.get(text, text)

    plain = plain_forms(searcher, queries, k=2)
    (found,) = changes(searcher, queries, confused, plain, k=2)
    assert (found.query.id, found.language, found.text) == ("a", "en", "money")
    assert found.overlap == 0.5  # brussels-budget is second for both: (1 + 0.5 * 0.7071) / 1.8
    assert found.same_silence


def test_the_table_has_a_line_for_each_rewrite_that_changes_anything(tmp_path: Path) -> None:
    queries = (JudgedQuery("a", "short", "other", {"fr": "confiance", "en": "trust"}, {"trust-first": 3}),)
    lines = rewrites_table(by_meaning(tiny_searcher(tmp_path)), queries, "tune").splitlines()
    assert "1 situations in scope and 0 out of scope (tune half)" in lines[0]
    assert "| lines |" not in "\n".join(lines)  # one word is one line
    assert "| capitals | 2 | 1.000 | 1.000 | 1.000 | 1.000 | 1.000 | 1.000 |" in lines


def test_no_query_is_encoded_twice() -> None:
    class Counting(CountingEncoder):
        asked = 0

        def encode_query(self, texts):
            self.asked += len(texts)
            return super().encode_query(texts)

    encoder = Counting()
    remembering = RememberingEncoder(encoder)
    first, again = remembering.encode_query(["trust", "money"]), remembering.encode_query(["money", "trust"])
    assert encoder.asked == 2
    assert (first == again[::-1]).all()
