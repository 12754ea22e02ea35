"""What a misspelt word most likely stands for, worked out by hand on a handful of texts."""

from __future__ import annotations

from pathlib import Path

import pytest

from search.index.word_list import WordList
from search.retrieval.mending import Mender, as_typed
from search.retrieval.searcher import Searcher
from search.text.query import parse
from tests.fakes import CountingEncoder, tiny_index, tiny_searcher

TEXTS = (
    "Le budget participatif du quartier",
    "Town halls and their budgets",
    "A town hall, a grant",
    "Les habitants du quartier, une grande fête",
)
ASKED = ("plombier du quartier", "un plombier", "le plombier", "plombier", "particpatif", "particpatif")


@pytest.fixture(scope="module")
def words() -> WordList:
    return WordList.of(TEXTS, ASKED)


def test_words_of_texts_are_counted_and_those_of_few_queries_are_left_out(words: WordList) -> None:
    found = {word: words.counts[word] for word in ("quartier", "town", "fete", "plombier")}
    assert found == {"quartier": 2, "town": 2, "fete": 1, "plombier": 0}
    assert "particpatif" not in words.counts  # two queries have it, misspelt alike


@pytest.mark.parametrize(
    ("word", "known"), [("halls", True), ("habitante", True), ("plombiers", True), ("tuba", False)]
)
def test_another_form_of_a_word_is_told(words: WordList, word: str, known: bool) -> None:
    assert words.knows_form(word) is known
    assert not words.knows(word) or word == "halls"


def test_what_queries_misspelt_alike_is_no_word_but_one_of_a_dictionary_is() -> None:
    often = ("comunity", "my comunity", "the comunity", "comunity hall", *4 * ("pilates",))
    assert {"comunity", "pilates"} & set(WordList.of(("a community", "pilots"), often).counts) == {"pilates"}


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("particpatif", "participatif"),  # a letter lost
        ("partiicpatif", "participatif"),  # exchanged
        ("particcipatiff", "participatif"),  # two added: it is long
        ("quartir", "quartier"),
        ("qartir", None),  # two lost: it is short
        ("bduget", "budget"),
        ("uartier", None),  # the first letter is right
        ("grand", "grande"),  # "grant" is as near, in as many texts: the first in the alphabet
        ("townhall", "town hall"),
        ("dhabitants", "d'habitants"),  # the apostrophe left out
        ("quhabitants", "qu'habitants"),
        ("dquartier", None),  # nothing is left out before a consonant
        ("buge", None),
    ],
)
def test_the_nearest_word_is_meant(words: WordList, word: str, meant: str | None) -> None:
    assert words.meant_by(word) == meant


def test_no_apostrophe_is_missing_in_an_english_word(words: WordList) -> None:
    assert words.meant_by("dhabitants", language="en") is None


def test_what_is_saved_is_read_again(words: WordList, tmp_path: Path) -> None:
    words.save(tmp_path)
    assert WordList.load(tmp_path) == words


class Knowing(CountingEncoder):
    """Knows a word that no text has."""

    def has_word(self, word: str) -> bool:
        return word == "tryst"


def test_what_neither_library_encoder_nor_dictionary_knows_is_mended_and_names_stay(tmp_path: Path) -> None:
    mend = Mender(tiny_index(tmp_path), Knowing())
    assert mend(parse("trustt in the mayor")) == "trust in the mayor."
    assert mend(parse("tryst")) == "tryst."
    assert mend(parse("we met Trustt")) == "we met Trustt."
    assert mend(parse("the truss")) == "the truss."  # a dictionary has it
    assert as_typed(parse("trustt")) == "trustt."


def test_a_misspelt_word_finds_what_it_means_unless_spelling_is_left(tmp_path: Path) -> None:
    plain = tiny_searcher(tmp_path)
    right = [hit.entry.id for hit in plain.search("trust", abstain=False).hits]
    assert [hit.entry.id for hit in plain.search("trustt", abstain=False).hits] == right
    left = Searcher(plain.index, plain.encoder, spelling=False)
    assert [hit.entry.id for hit in left.search("trustt", abstain=False).hits] != right
