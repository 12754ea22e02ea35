"""The words a library explains: found in its texts, read with every fault told, shipped and exported."""

from __future__ import annotations

from pathlib import Path

import pytest

import search
from search.errors import CorpusError
from search.library.corpus import read_corpus
from search.library.data_card import data_card
from search.library.export import export_library
from search.library.glossary import Glossary, GlossaryWord, read_glossary
from search.library.problems import said_with_place
from search.library.reader import read_library
from search.locations import default_corpus
from tests.fakes import write_corpus

FILE = """\
asbl:
  where: [belgium]
  source: herald-1
  fr: {forms: [asbl, ASBL], line: "association sans but lucratif"}
  en: {forms: [asbl, vzw], line: "non-profit association"}
regie:
  where: [france]
  fr: {forms: [régie], line: "service géré en direct"}
  en: {forms: [], line: "service run by the town itself"}
regie-de-quartier:
  where: [france]
  fr: {forms: [régie de quartier, régies de quartier], line: "association qui entretient un quartier"}
  en: {forms: [neighbourhood enterprise], line: "body that looks after a neighbourhood"}
land:
  where: [france]
  fr: {forms: [Land, Länder], line: "État fédéré"}
  en: {forms: [Länder], line: "federal states"}
"""


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """The tiny corpus, with a glossary of four words."""
    folder = write_corpus(tmp_path / "corpus")
    vocabulary = (folder / "vocabulary.yaml").read_text(encoding="utf-8")
    if "belgium:" not in vocabulary:
        vocabulary = vocabulary.replace("countries:\n", "countries:\n  belgium: {fr: Belgique, en: Belgium}\n")
        (folder / "vocabulary.yaml").write_text(vocabulary, encoding="utf-8")
    (folder / "glossary.yaml").write_text(FILE, encoding="utf-8")
    return folder


def found(glossary: Glossary, text: str, language: str, *, once: bool = False) -> list[tuple[str, str]]:
    """What was found: the form as it stands in the text, and the word."""
    places = glossary.words_in(text, language, once=once)
    return [(text[place.start : place.end], place.word.id) for place in places]


def test_a_word_is_read_with_its_forms_its_lines_and_its_source(corpus: Path) -> None:
    word = read_glossary(corpus).words[0]
    assert (word.id, word.where) == ("asbl", ("belgium",))
    assert word.forms == {"fr": ("asbl", "ASBL"), "en": ("asbl", "vzw")}
    assert word.lines == {"fr": "association sans but lucratif", "en": "non-profit association"}
    assert word.source is not None
    assert word.source.url == "https://herald.example/charter"


def test_spans_say_where_the_words_of_a_text_are(corpus: Path) -> None:
    places = read_glossary(corpus).words_in("L’asbl et la régie.", "fr")
    assert [(place.start, place.end, place.word.id) for place in places] == [(2, 6, "asbl"), (13, 18, "regie")]


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("Une asbl, deux asbl.", "fr", [("asbl", "asbl"), ("asbl", "asbl")]),
        ("ASBL Toestand", "fr", [("ASBL", "asbl")]),
        (
            "Régie et régies de\u00a0quartier",
            "fr",
            [("Régie", "regie"), ("régies de\u00a0quartier", "regie-de-quartier")],
        ),
        ("une régie\nde quartier", "fr", [("régie\nde quartier", "regie-de-quartier")]),  # the longest form wins
        ("le régiesseur, contre-régie", "fr", []),  # a form inside a word is none
        ("Le Land de Saxe, le land art", "fr", [("Land", "land")]),  # a capital is meant
        (
            "a neighbourhood enterprise or an asbl",
            "en",
            [("neighbourhood enterprise", "regie-de-quartier"), ("asbl", "asbl")],
        ),
        ("une régie", "en", []),  # not a word of English texts
        ("", "fr", []),
    ],
)
def test_words_are_found_as_the_texts_have_them(
    corpus: Path, text: str, language: str, expected: list[tuple[str, str]]
) -> None:
    assert found(read_glossary(corpus), text, language) == expected


def test_a_page_may_explain_each_word_once(corpus: Path) -> None:
    text = "Une asbl aide une autre ASBL et une régie."
    assert found(read_glossary(corpus), text, "fr", once=True) == [("asbl", "asbl"), ("régie", "regie")]


def test_a_library_without_a_glossary_explains_nothing(tmp_path: Path) -> None:
    glossary = read_glossary(write_corpus(tmp_path / "corpus"))
    assert glossary == Glossary()
    assert glossary.words_in("Une asbl.", "fr") == ()


FAULTS = {
    "not the keys of a word": (
        "land:\n  where: [france]\n",
        "land:\n  place: [france]\n",
        "glossary.yaml:14 'land' must hold where, fr and en",
        "glossary.yaml:14 'land' doit avoir where, fr et en",
    ),
    "an unknown key": (
        "  source: herald-1\n",
        "  sources: herald-1\n",
        "glossary.yaml:3 'asbl' has an unknown key (sources): where, source, fr and en are known",
        "glossary.yaml:3 'asbl' a une clé inconnue (sources) : where, source, fr et en sont connues",
    ),
    "an unknown country": (
        "where: [belgium]",
        "where: [narnia]",
        "glossary.yaml:2 asbl: where must be a list of countries of vocabulary.yaml, not 'narnia'",
        "glossary.yaml:2 asbl : where doit être une liste de pays de vocabulary.yaml, pas 'narnia'",
    ),
    "an unknown source": (
        "source: herald-1",
        "source: herald-9",
        "glossary.yaml:3 asbl: unknown source 'herald-9'; add it to sources.yaml, or write its address",
        "glossary.yaml:3 asbl : source inconnue 'herald-9' ; ajoutez-la à sources.yaml, ou écrivez son adresse",
    ),
    "no line in one language": (
        'line: "non-profit association"',
        "line: ''",
        "glossary.yaml:5 'asbl' is not explained in en: write line, in one line",
        "glossary.yaml:5 'asbl' n’est pas expliqué dans « en » : écrivez line, en une ligne".replace("« ", "« "),
    ),
    "forms that are no list": (
        "forms: [régie]",
        "forms: régie",
        "glossary.yaml:8 'regie': forms must be a list of words in fr; empty when that language has no such word",
        "glossary.yaml:8 'regie' : forms doit être une liste de mots dans « fr » ; vide si cette langue n’a pas ce mot",
    ),
    "one form of two words": (
        "forms: [régie]",
        "forms: [régie, Asbl]",
        "glossary.yaml:8 regie: 'Asbl' is a form of 'asbl' already: leave it to one word",
        "glossary.yaml:8 regie : 'Asbl' est déjà une forme de 'asbl' : laissez-la à un seul mot",
    ),
}


@pytest.mark.parametrize(("old", "new", "english", "french"), FAULTS.values(), ids=FAULTS)
def test_each_fault_is_told_with_file_and_line_in_both_languages(
    corpus: Path, old: str, new: str, english: str, french: str
) -> None:
    assert FILE.count(old) == 1
    (corpus / "glossary.yaml").write_text(FILE.replace(old, new), encoding="utf-8")
    with pytest.raises(CorpusError) as raised:
        read_glossary(corpus)
    assert said_with_place(raised.value.problems[0], "en") == english
    assert said_with_place(raised.value.problems[0], "fr") == french


def test_a_word_needs_a_form_in_one_language_at_least(corpus: Path) -> None:
    (corpus / "glossary.yaml").write_text(FILE.replace("forms: [régie]", "forms: []"), encoding="utf-8")
    with pytest.raises(CorpusError, match="'regie' has forms in no language"):
        read_glossary(corpus)


def test_what_is_exported_is_read_beside_the_table(corpus: Path, tmp_path: Path) -> None:
    made = tmp_path / "made"
    files = export_library(read_library(corpus), made)
    assert [file.name for file in files][2:4] == ["passerelle.vocabulary.yaml", "passerelle.glossary.yaml"]
    again, before = read_glossary(made / "passerelle.csv"), read_glossary(corpus)
    assert [(one.id, one.where, one.forms, one.lines) for one in again.words] == [
        (one.id, one.where, one.forms, one.lines) for one in before.words
    ]
    assert again.words[0].source is not None
    assert again.words[0].source.url == "https://herald.example/charter"
    assert "| `passerelle.glossary.yaml` | " in data_card(read_library(corpus))


def test_a_table_without_a_glossary_has_none(corpus: Path, tmp_path: Path) -> None:
    (corpus / "glossary.yaml").unlink()
    export_library(read_library(corpus), tmp_path / "made")
    assert not (tmp_path / "made/passerelle.glossary.yaml").exists()
    assert read_glossary(read_corpus(tmp_path / "made/passerelle.csv").path) == Glossary()


SHIPPED = read_glossary(default_corpus())


def test_the_shipped_glossary_explains_the_words_a_reader_stumbles_over() -> None:
    asked = (
        "échevin asbl subside collège communal tutelle CPAS SPF Beliris école de devoirs maison médicale "
        "foncière solidaire Ostbelgien arrondissement agglo tiers-lieux"
    )
    words = {place.word.id for place in SHIPPED.words_in(asked, "fr")}
    assert words == {
        *("echevin", "asbl", "subside", "college-communal", "tutelle", "cpas", "spf", "beliris", "ecole-de-devoirs"),
        *("maison-medicale", "fonciere-solidaire", "ostbelgien", "arrondissement", "agglomeration", "tiers-lieu"),
    }
    english = "A borough or parish council, a ward, a CIC, a charity, an alderman, a third place, a deputy mayor"
    assert {place.word.id for place in SHIPPED.words_in(english, "en")} == {
        *("borough", "parish-council", "ward", "cic", "charity", "alderman", "tiers-lieu", "echevin"),
    }


@pytest.mark.parametrize("word", SHIPPED.words, ids=[word.id for word in SHIPPED.words])
def test_each_shipped_line_is_short_and_does_not_lean_on_the_word_itself(word: GlossaryWord) -> None:
    for language, line in word.lines.items():
        assert 3 <= len(line.split()) <= 30, line
        assert not line.endswith("."), line
        assert line not in word.forms[language]


def test_the_shipped_glossary_has_plurals_and_is_public() -> None:
    assert search.read_glossary(search.default_corpus()) == SHIPPED
    assert [place.word.id for place in SHIPPED.words_in("Échevines, CPAS, tiers-lieux", "fr")] == [
        "echevin",
        "cpas",
        "tiers-lieu",
    ]
