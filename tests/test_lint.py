"""Rules of writing, each broken on purpose in an entry that keeps them all."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from search.curation.lint import check_library, numbers, read_facts, words
from search.errors import CorpusError, Problem
from search.library.reader import Library, read_library
from tests.fakes import CLEAN_FILE, TINY_CORPUS, replace_text, write_clean_corpus, write_corpus

FILE = CLEAN_FILE


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """One entry, well written."""
    return write_clean_corpus(tmp_path / "corpus")


def changed(corpus: Path, old: str, new: str) -> Library:
    """Read the entry with one place of it changed."""
    replace_text(corpus / FILE, old, new)
    return read_library(corpus)


def test_a_well_written_entry_passes(corpus: Path) -> None:
    assert check_library(read_library(corpus), seed="une autre histoire, sans rien de commun avec la première") == []


FAULTS = {
    "a straight apostrophe in French": ("vie d’un", "vie d'un", 12, "fr.summary has a straight apostrophe; use ’"),
    "a straight apostrophe in English": ("Nobody had", "Nobody's got", 21, "en.description has a straight apostrophe"),
    "straight quotes in French": ("de bureau", 'de "bureau"', 13, "fr.description has straight quotes; use « »"),
    "straight quotes in English": ("an office", 'an "office"', 21, "en.description has straight quotes; use “ ”"),
    "French quotes in English": ("an office", "an «office", 21, "en.description has French quotes; use “ ”"),
    "no space before a colon in French": (
        "quartier\u00a0:",
        "quartier:",
        12,
        "fr.summary needs a no-break space before ; : ? ! »",
    ),
    "a breaking space before a colon in French": (
        "quartier\u00a0:",
        "quartier :",
        12,
        "fr.summary has a breaking space before ; : ? ! »",
    ),
    "no space before a question mark in French": (
        "de bureau.",
        "de bureau?",
        13,
        "fr.description needs a no-break space before ; : ? ! »",
    ),
    "no space after an opening quote": ("«\u00a0On", "«On", 13, "fr.description needs a no-break space after «"),
    "a space before a comma in English": (
        "In Lille, 30",
        "In Lille , 30",
        21,
        "en.description has a space before a punct",
    ),
    "no ligature": ("Un lieu ouvert", "Un coeur ouvert", 12, "fr.summary needs the ligature œ: 'Un coeur ouvert"),
    "a word true only on its day, in French": (
        "La mairie payait",
        "Actuellement, la mairie payait",
        13,
        "fr.description says 'Actuellement': give the date instead",
    ),
    "a word true only on its day, in English": (
        "The council paid",
        "Today the council paid",
        21,
        "en.description says 'Today': give the date instead",
    ),
    "a field in the other language": (
        "A place that is open every day changes the life of a district: people meet there, then they talk.",
        "Un lieu ouvert chaque jour change la vie de tout un quartier, on se croise puis on se parle.",
        20,
        "en.summary reads as fr, not en",
    ),
    "numbers that differ": ("30 neighbours", "31 neighbours", 18, "fr and en do not carry the same numbers: 30, 31"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_planted_fault_is_the_only_finding(name: str, corpus: Path) -> None:
    old, new, line, message = FAULTS[name]
    found = check_library(changed(corpus, old, new))
    assert [(problem.file, problem.line, problem.message[: len(message)]) for problem in found] == [
        (FILE, line, message)
    ]


def test_a_finding_quotes_the_place(corpus: Path) -> None:
    [problem] = check_library(changed(corpus, "had an office", 'had an "office"'))
    assert problem.message == "en.description has straight quotes; use “ ”: ' Nobody had an \"office\". “'"


def test_a_sentence_of_forty_words_passes_and_one_of_forty_one_is_too_long(corpus: Path) -> None:
    forty = " ".join(["Nobody", *["had", "an", "office"] * 13]) + "."
    assert check_library(changed(corpus, "Nobody had an office.", forty)) == []
    [problem] = check_library(changed(corpus, forty, forty.replace("Nobody", "Nobody there")))
    assert (problem.file, problem.line) == (FILE, 21)
    assert problem.message.startswith("en.description has a sentence of more than 40 words: 'Nobody there had an off")


def test_a_text_that_is_too_short_is_told_with_its_count(corpus: Path) -> None:
    text = (corpus / FILE).read_text(encoding="utf-8")
    start = text.rindex("  description: >-")
    (corpus / FILE).write_text(text[:start] + '  description: "In Lille, 30 kept it for 2 years."\n', encoding="utf-8")
    # 19 words of summary, 8 of description; the title does not count
    assert check_library(read_library(corpus)) == [Problem(FILE, 18, "en has 27 words; 50–350 are wanted")]


def test_a_text_that_is_too_long_is_told_with_its_count(corpus: Path) -> None:
    long = "Nobody had an office. " * 80
    assert [problem.message for problem in check_library(changed(corpus, "Nobody had an office.", long.strip()))] == [
        "en has 388 words; 50–350 are wanted"
    ]  # 72 + 79 x 4


def test_eight_words_in_a_row_of_the_seed_are_a_copy_whatever_their_accents_and_characters(corpus: Path) -> None:
    library = read_library(corpus)
    seed = "On dit que LE JARDIN SERVAIT LE MATIN : la salle servait ! Et plus rien."
    assert check_library(library, seed=seed) == [
        Problem(FILE, 13, "fr.description copies 8 words: 'le jardin servait le matin la salle servait'")
    ]


def test_seven_words_in_a_row_are_no_copy(corpus: Path) -> None:
    assert check_library(read_library(corpus), seed="le jardin servait le matin la salle restait vide") == []


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"lille-barracks": "ateliers : 9 000, soit 2.5 par jour"}, []),
        (
            {"lille-barracks": "ateliers : 9 000"},
            [
                Problem("cases/lille-barracks.yaml", 18, "fr has numbers that are not in its facts: 2.5"),
                Problem("cases/lille-barracks.yaml", 26, "en has numbers that are not in its facts: 2.5"),
            ],
        ),
        ({"another-case": "rien"}, []),
    ],
)
def test_a_number_that_no_fact_gives_is_told(facts: dict[str, str], expected: list[Problem], tmp_path: Path) -> None:
    folder = write_corpus(tmp_path / "corpus")
    file = folder / "cases/lille-barracks.yaml"
    replace_text(file, "Trente ateliers", "9\u00a0000 ateliers, 2,5 par jour,")
    replace_text(file, "Thirty workshops", "9,000 workshops, 2.5 a day,")
    found = check_library(read_library(folder), facts=facts)
    assert [problem for problem in found if "numbers" in problem.message] == expected


def test_lists_need_two_to_six_items(tmp_path: Path) -> None:
    folder = write_corpus(tmp_path / "corpus")
    charter = folder / "practices/commitment-charter.yaml"
    replace_text(charter, '    - "Write a single page."\n', "")
    steps = "\n".join(f'    - "Step {letter} comes."' for letter in "abcdefg")
    replace_text(charter, '    - "Réunir tout le monde."\n    - "Écrire une seule page."', steps)
    found = [problem for problem in check_library(read_library(folder)) if "items" in problem.message]
    assert found == [
        Problem("practices/commitment-charter.yaml", 14, "fr.first_steps has 7 items; 2–6 are wanted"),
        Problem("practices/commitment-charter.yaml", 32, "en.first_steps has 1 items; 2–6 are wanted"),
    ]


def test_a_practice_no_case_shows_must_say_so_in_each_language(tmp_path: Path) -> None:
    folder = write_corpus(tmp_path / "corpus")
    replace_text(folder / "cases/lille-barracks.yaml", "illustrates: [commitment-charter]", "illustrates: []")
    found = [problem for problem in check_library(read_library(folder)) if "no case shows" in problem.message]
    name, rest = "practices/commitment-charter.yaml", "no case shows this practice, and the text does not say so"
    assert found == [Problem(name, 10, f"fr: {rest}"), Problem(name, 23, f"en: {rest}")]
    replace_text(folder / name, "Nommer une personne qui répond.", "Aucun cas n’est connu.")
    replace_text(folder / name, "Name one person who answers.", "No case is known.")
    assert not any("no case shows" in problem.message for problem in check_library(read_library(folder)))


def test_findings_come_in_order_of_file_and_line() -> None:
    found = check_library(read_library(TINY_CORPUS))
    assert found[0].message.startswith("a case must say when it was last known")
    assert [problem.message for problem in found[1:3]] == [
        "fr has 30 words; 120–350 are wanted",
        "en has 30 words; 120–350 are wanted",
    ]
    assert found == sorted(found)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("9 000, 9\u00a0000, 9\u202f000, 9,000 et 9.000", {"9000"}),
        ("2,5 et 2.5", {"2.5"}),
        ("100 m² en 2016-2018", {"100", "2", "2016", "2018"}),
        ("1,234,567", {"1234567"}),
        ("27e Région, article 3.", {"27", "3"}),
        ("trente", set()),
    ],
)
def test_numbers_have_one_form(text: str, expected: set[str]) -> None:
    assert numbers(text) == expected


def test_words_are_counted_as_a_reader_counts_them() -> None:
    assert words("L’eau, c’est-à-dire « tout » : 2 m.") == ["L’eau", "c’est-à-dire", "tout", "2", "m"]


def test_facts_are_everything_a_row_says(tmp_path: Path) -> None:
    rows = [{"id": "a", "year": 2016, "said": "café"}, {"id": "b"}]
    file = tmp_path / "facts.jsonl"
    file.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    assert read_facts(file) == {"a": '{"id": "a", "year": 2016, "said": "café"}', "b": '{"id": "b"}'}


def test_facts_that_cannot_be_read_are_told_with_their_line(tmp_path: Path) -> None:
    file = tmp_path / "facts.jsonl"
    file.write_text('{"id": "a", "said": "une\u2028deux"}\n{"name": "b"}\n' + "[" * 100_000, encoding="utf-8")
    with pytest.raises(CorpusError) as caught:
        read_facts(file)
    assert [(problem.line, problem.message) for problem in caught.value.problems] == [
        (2, "has no id"),
        (3, "cannot be read: it is nested too deeply"),
    ]
