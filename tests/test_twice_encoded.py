"""Texts whose accents were encoded twice."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from openpyxl import Workbook

from search.library.problems import said_with_place
from search.library.tables.columns import ColumnMap
from search.library.tables.reading import preview_table, read_table

TITLE, TEXT = "Café à Châteauroux", "L’œuvre des élus : « être là », 5 € → 🌳"


def twice(text: str, encoding: str = "cp1252") -> str:
    """Return what a program shows that takes UTF-8 for another encoding."""
    return "".join(
        bytes([byte]).decode("latin-1" if byte in b"\x81\x8d\x8f\x90\x9d" and encoding == "cp1252" else encoding)
        for byte in text.encode()
    )


def write(folder: Path, text: str, name: str = "mine.csv") -> Path:
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return file


@pytest.mark.parametrize("encoding", ["cp1252", "mac_roman", "cp850"])
def test_accents_that_were_encoded_twice_are_mended_with_a_note(tmp_path: Path, encoding: str) -> None:
    file = write(tmp_path, twice(f"Titre;Résumé\n{TITLE};{TEXT}\n", encoding))
    library = read_table(file)
    assert library.entries[0].texts == {"fr": {"title": TITLE, "summary": TEXT}}
    assert [str(note) for note in library.notes] == [
        f"mine.csv has accents that were encoded twice: “{twice('Résumé', encoding)}” is read as “Résumé”, and so is "
        "all the rest"
    ]


def test_accents_that_were_encoded_three_times_are_mended(tmp_path: Path) -> None:
    library = read_table(write(tmp_path, twice(twice(f"Titre;Contexte\n{TITLE};été\n"))))
    assert library.entries[0].title("fr") == TITLE


def test_a_space_where_a_no_break_space_was_is_mended_too(tmp_path: Path) -> None:
    file = write(tmp_path, twice(f"Titre;Contexte\n{TITLE};été\n").replace("\u00a0", " "))
    assert read_table(file).entries[0].title("fr") == TITLE


def test_accents_of_a_workbook_and_of_json_are_mended(tmp_path: Path) -> None:
    row = {"titre": twice(TITLE), "contexte": [twice("été"), "hiver"]}
    book = Workbook()
    for cells in (list(row), [row["titre"], twice("été")]):
        book.worksheets[0].append(cells)
    book.save(tmp_path / "mine.xlsx")
    for file in (tmp_path / "mine.xlsx", write(tmp_path, json.dumps([row]), "mine.json")):
        assert read_table(file).entries[0].title("fr") == TITLE


def test_a_table_with_other_accents_too_is_left_as_it_is_with_a_note(tmp_path: Path) -> None:
    file = write(tmp_path, f"Titre;Contexte\n{twice('Café citoyen')};été\n")
    library = read_table(file)
    assert library.entries[0].title("fr") == "CafÃ© citoyen"
    [note] = library.notes
    assert said_with_place(note, "fr") == (
        "mine.csv:2 a des accents qui semblent encodés deux fois, comme « CafÃ© » : exportez-le de nouveau, en UTF-8"
    )


@pytest.mark.parametrize("text", ["É’s", "voilà\u00a0»", "l’é", "Ã", "SÃO", "naïve", "Œ", "№ 5", "à «", "Привет"])
def test_texts_as_people_write_them_stay_as_they_are(tmp_path: Path, text: str) -> None:
    library = read_table(write(tmp_path, f"title,language,summary\nA,fr,{text}\n"))
    assert (library.entries[0].texts["fr"]["summary"], library.notes) == (text, ())


def test_a_name_that_the_map_has_stays_as_it_is(tmp_path: Path) -> None:
    name = twice("Intitulé du dossier")
    preview = preview_table(write(tmp_path, f"{name},context\n{twice(TITLE)},x\n"), columns=ColumnMap({name: "title"}))
    assert preview.entries[0].title("fr") == TITLE
