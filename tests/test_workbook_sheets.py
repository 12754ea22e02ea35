"""Which sheet of a workbook is read."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from openpyxl import Workbook

from search.library.tables.reading import preview_table

Rows = list[list[object]]
VISIBLE, HIDDEN, VERY_HIDDEN = "visible", "hidden", "veryHidden"


def workbook(folder: Path, sheets: Mapping[str, tuple[str, Rows]]) -> Path:
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, (state, rows) in sheets.items():
        sheet = book.create_sheet(name)
        sheet.sheet_state = state
        for row in rows:
            sheet.append(row)
    book.save(folder / "mine.xlsx")
    return folder / "mine.xlsx"


def table(header: list[object], rows: int) -> Rows:
    return [header, *([f"Action {n}", "Un texte.", *["x"] * (len(header) - 2)] for n in range(rows))]


@pytest.mark.parametrize("state", [HIDDEN, VERY_HIDDEN])
def test_a_hidden_sheet_is_not_read_in_place_of_a_visible_one_though_more_of_its_names_are_known(
    tmp_path: Path, state: str
) -> None:
    lists: Rows = [["Pays", "Phase", "Ville", "Date"], ["France", "before", "Briec", 2019]]
    sheets = {"Listes": (state, lists), "Réponses": (VISIBLE, table(["Votre action", "Ce que vous faites"], 2))}
    preview = preview_table(workbook(tmp_path, sheets))
    assert preview.form["sheet"] == "Réponses"
    assert [str(note) for note in preview.notes if "sheet" in note.kind] == [
        "mine.xlsx the hidden sheet “Listes” is not read (rows below its header: 1): if they are entries to publish, "
        "save it as a file of its own",
        "mine.xlsx the sheet “Réponses” was read",
    ]


def test_a_hidden_sheet_that_is_read_is_said_to_be_hidden(tmp_path: Path) -> None:
    sheets: dict[str, tuple[str, Rows]] = {"Fiches": (HIDDEN, table(["Titre", "Résumé"], 2)), "Vide": (VISIBLE, [])}
    preview = preview_table(workbook(tmp_path, sheets))
    assert [str(note) for note in preview.notes] == [
        "mine.xlsx the sheet “Fiches” was read, which is hidden: the visible ones are empty"
    ]
    assert len(preview.entries) == 2


def test_of_sheets_whose_names_are_known_alike_the_longest_is_read(tmp_path: Path) -> None:
    sheets = {
        "2022": (VISIBLE, table(["Titre", "Résumé", "Remarque"], 1)),  # wider, which does not count
        "2023": (VISIBLE, table(["Titre", "Résumé"], 40)),
        "2024": (VISIBLE, table(["Titre", "Résumé"], 35)),
    }
    preview = preview_table(workbook(tmp_path, sheets))
    assert (preview.form["sheet"], len(preview.entries)) == ("2023", 40)


def test_of_sheets_without_known_names_the_widest_is_read_then_the_longest(tmp_path: Path) -> None:
    sheets = {
        "Notice": (VISIBLE, [[f"Ligne {n}"] for n in range(20)]),
        "A": (VISIBLE, table(["Votre action", "Récit libre", "Avis"], 1)),
        "B": (VISIBLE, table(["Votre action", "Récit libre", "Avis"], 3)),
    }
    assert preview_table(workbook(tmp_path, sheets)).form["sheet"] == "B"
