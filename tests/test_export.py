"""The library as files: every entry in every language, nothing lost, nothing a spreadsheet would run."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from search.library.data_card import data_card
from search.library.export import Value, cell, export_library, rows, to_csv
from search.library.reader import read_library
from search.library.tables.our_columns import COLUMNS
from tests.fakes import TINY_CORPUS, Main, replace_text, write_clean_corpus


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tiny corpus, exported."""
    folder = tmp_path_factory.mktemp("export") / "made"
    export_library(read_library(TINY_CORPUS), folder)
    return folder


def read_jsonl(folder: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in (folder / "passerelle.jsonl").read_text(encoding="utf-8").splitlines()]


def read_csv(folder: Path) -> list[dict[str, str]]:
    with (folder / "passerelle.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


ROWS = [
    ("brussels-budget", "fr"),
    ("brussels-budget", "en"),
    ("commitment-charter", "fr"),
    ("commitment-charter", "en"),
    ("garden-network", "fr"),  # exists in French only
    ("lille-barracks", "fr"),
    ("lille-barracks", "en"),
    ("participatory-budget", "fr"),
    ("participatory-budget", "en"),
    ("trust-first", "fr"),
    ("trust-first", "en"),
]


def test_each_entry_has_one_row_in_each_of_its_languages(folder: Path) -> None:
    assert [(row["id"], row["language"]) for row in read_jsonl(folder)] == ROWS
    assert [(row["id"], row["language"]) for row in read_csv(folder)] == ROWS


def test_both_files_have_the_same_columns(folder: Path) -> None:
    assert {tuple(row) for row in read_jsonl(folder)} == {tuple(COLUMNS)}
    assert {tuple(row) for row in read_csv(folder)} == {tuple(COLUMNS)}


def test_a_practice_as_json(folder: Path) -> None:
    row = read_jsonl(folder)[2]
    assert {column: value for column, value in row.items() if value is not None} == {
        "id": "commitment-charter",
        "kind": "practice",
        "language": "fr",
        "title": "La charte d’engagement",
        "summary": "Une page signée par tous. Elle installe la confiance.",
        "description": "Sans confiance, aucune promesse ne dure.",
        "first_steps": ["Réunir tout le monde.", "Écrire une seule page."],
        "for_citizens": "Dire ce que vous ferez, et quand.",
        "for_authorities": "Nommer une personne qui répond.",
        "obstacles": ["La confiance se perd après les élections.", "L’argent promis n’arrive jamais."],
        "phases": {"before": "stated", "launch": "inferred"},
        "conditions": {"commit-formally": "stated"},
        "actors": ["citizens", "public-authority"],
        "related": ["trust-first"],
        "illustrates": [],
        "aliases": [],
        "sources": ["herald-1"],
        "source_urls": ["https://herald.example/charter"],
        "source_publishers": ["The Herald"],
        "source_titles": ["A charter at last"],
        "source_read": ["2026-10"],
        "source_copies": ["Wayback Machine, 2019-03-02"],
        "source_traits": [],
        "translation": {"first": "en", "other": "adapted"},
        "facets": {},
    }


def test_a_case_as_a_row_of_the_spreadsheet(folder: Path) -> None:
    row = read_csv(folder)[6]
    assert {column: value for column, value in row.items() if value} == {
        "id": "lille-barracks",
        "kind": "case",
        "language": "en",
        "title": "The Lille barracks",
        "summary": "An empty building shared for two years.",
        "context": "The building was closing for works.",
        "what_happened": "A building lent without money.",
        "results": "Thirty workshops worked there.",
        "limits": "They had to leave.",
        "phases": "launch: stated",
        "conditions": "gather-resources: stated",
        "actors": "citizens\nassociation",
        "illustrates": "commitment-charter",
        "place": "Lille",
        "country": "france",
        "lat": "50.63",
        "lon": "3.06",
        "start": "2018",
        "end": "2020-09-30",
        "outcome": "succeeded",
        "sources": "gazette-1",
        "source_urls": "https://gazette.example/budget",
        "source_publishers": "La Gazette",
        "source_titles": "Le budget de Bruxelles",
        "source_read": "2026-11",
        "translation": "first: fr\nother: adapted",
    }


def test_several_sources_keep_their_order(folder: Path) -> None:
    row = read_csv(folder)[4]
    assert row["sources"] == "gazette-1\nherald-1"
    assert row["source_urls"] == "https://gazette.example/budget\nhttps://herald.example/charter"


def test_spreadsheets_see_utf_8_and_a_header(folder: Path) -> None:
    content = (folder / "passerelle.csv").read_bytes()
    assert content.startswith("\ufeffid,kind,language,title,".encode())
    assert "La charte d’engagement".encode() in content
    assert content.count(b"\r\n") == 1 + len(ROWS)


@pytest.mark.parametrize("character", ["=", "+", "-", "@", "\t", "\r"])
def test_no_spreadsheet_runs_a_text(character: str) -> None:
    assert cell(f"{character}HYPERLINK(1)") == f"'{character}HYPERLINK(1)".replace("\r", "\n")
    assert cell([f"{character}1", "two"]) == ('["\\r1", "two"]' if character == "\r" else f"'{character}1\ntwo")


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("5 - 3 = 2", "5 - 3 = 2"),
        ("« - »", "« - »"),
        (-71.06, "-71.06"),
        (-3, "-3"),
        (0, "0"),
        (None, ""),
        ([], ""),
        ({}, ""),
        ("", ""),
    ],
)
def test_what_is_no_formula_is_left_as_it_is(value: Value, expected: str) -> None:
    assert cell(value) == expected


def test_a_risky_title_is_harmless_in_csv_and_whole_in_json(corpus: Path) -> None:
    replace_text(corpus / "cases/lille-barracks.yaml", '"The Lille barracks"', "'=1+1, \"x\"'")
    row = next(row for row in rows(read_library(corpus)) if row["title"] == '=1+1, "x"')
    assert next(csv.DictReader(to_csv([row]).splitlines()))["title"] == '\'=1+1, "x"'


def test_the_card_holds_the_counts_of_the_tiny_corpus(folder: Path) -> None:
    card = (folder / "README.md").read_text(encoding="utf-8")
    flat = " ".join(card.split())
    assert card == data_card(read_library(TINY_CORPUS))
    for words in (
        "CC BY 4.0",
        "6 entries, 11 rows: one row per entry and language. 5 entries are in both languages, 1 in French only, 0 in",
        "| Practice | 2 | | Condition | 1 | | Case | 2 | | Resource | 1 | | Insight | 0 | | Phase | 0 |",
        "From 2 cited sources, in our own words",
        "read twice",
        "with 2 of 2 cases, 1 of them in Belgium. By country: Belgium 1, France 1.",
        "**Outcome**: Stalled 1, Succeeded 1.",
        "0 cases have none",
        "the sources were read in October 2026 to November 2026",
        "2 of the 13 phases and conditions given to entries are inferred",
    ):
        assert words in flat
    for column in COLUMNS:
        assert f"| `{column}` | " in card


def test_a_card_without_cases_can_be_made(tmp_path: Path) -> None:
    card = data_card(read_library(write_clean_corpus(tmp_path / "corpus")))
    assert "with 0 of 0 cases" in card
    assert "the sources were read in November 2026;" in card


def test_the_command_says_what_it_wrote_and_writes_it_again(
    main: Main, capsys: pytest.CaptureFixture[str], tmp_path: Path, folder: Path
) -> None:
    made = tmp_path / "a/b"
    for _ in range(2):
        assert main("export", "--corpus", TINY_CORPUS, "--output", made) == 0
        assert capsys.readouterr().out == "".join(
            f"{made}/{name}\n"
            for name in ("passerelle.jsonl", "passerelle.csv", "passerelle.vocabulary.yaml", "README.md")
        )
        assert {file.name: file.read_bytes() for file in made.iterdir()} == {
            file.name: file.read_bytes() for file in folder.iterdir()
        }


def test_the_command_says_what_it_cannot_read_or_write(
    main: Main, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert main("export", "--corpus", tmp_path / "nowhere", "--output", tmp_path / "made") == 2
    assert "is not there: look at its name and its folder" in capsys.readouterr().err
    (tmp_path / "file").touch()
    assert main("export", "--corpus", TINY_CORPUS, "--output", tmp_path / "file") == 2
    assert capsys.readouterr().err.startswith(f"{tmp_path}/file: it is a file, where a folder is wanted.")
