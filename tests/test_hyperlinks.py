"""Links of the cells of a workbook: what they show, and where they lead."""

from __future__ import annotations

from pathlib import Path

from openpyxl import Workbook, load_workbook

from search.library.tables.reading import read_table


def workbook(folder: Path, rows: list[list[object]], links: dict[str, str]) -> Path:
    book = Workbook()
    sheet = book.worksheets[0]
    for row in rows:
        sheet.append(row)
    for cell, target in links.items():
        sheet[cell].hyperlink = target
        sheet[cell].value = rows[int(cell[1]) - 1]["ABCD".index(cell[0])]
    book.save(folder / "mine.xlsx")
    return folder / "mine.xlsx"


def sources(file: Path) -> list[list[tuple[str, str]]]:
    return [[(one.title, one.url) for one in entry.sources] for entry in read_table(file).entries]


def test_the_target_of_a_link_is_the_address_of_a_source(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["Titre", "Résumé", "Lien"],
        ["A", "Un.", "voir le site"],
        ["B", "Deux.", "https://b.fr/x"],
        ["C", "Trois.", "c.fr"],
    ]
    links = {"C2": "https://a.fr/?x=1&y=2", "C3": "https://b.fr/x", "A4": "https://titre.fr", "C4": "http://c.fr/"}
    file = workbook(tmp_path, rows, links)
    assert sources(file) == [
        [("", "https://a.fr/?x=1&y=2")],
        [("", "https://b.fr/x")],
        [("", "http://c.fr/"), ("", "https://titre.fr")],
    ]
    assert read_table(file).notes == ()


def test_a_source_that_is_a_link_keeps_its_name(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["Titre", "Résumé", "Source"],
        ["A", "Un.", "Rapport ; tome 2"],
        ["B", "Deux.", "Le Journal"],
        ["C", "Trois.", "Écrire"],
    ]
    file = workbook(tmp_path, rows, {"C2": "https://a.fr/r.pdf", "C4": "mailto:mairie@exemple.fr"})
    assert sources(file) == [[("Rapport ; tome 2", "https://a.fr/r.pdf")], [("Le Journal", "")], [("Écrire", "")]]


def test_a_link_of_several_cells_is_one_of_each(tmp_path: Path) -> None:
    rows: list[list[object]] = [["Titre", "Résumé", "Lien"], ["A", "Un.", "ici"], ["B", "Deux.", "ici"]]
    file = workbook(tmp_path, rows, {"C2": "https://a.fr"})
    book = load_workbook(file)
    book.worksheets[0]["C2"].hyperlink.ref = "C2:C3"
    book.save(file)
    assert sources(file) == [[("", "https://a.fr")], [("", "https://a.fr")]]


def test_a_formula_of_a_link_is_its_address_though_its_text_was_never_stored(tmp_path: Path) -> None:
    rows: list[list[object]] = [["Titre", "Résumé", "Lien"], ["A", "Un.", '=HYPERLINK("https://a.fr","site")']]
    assert sources(workbook(tmp_path, rows, {})) == [[("", "https://a.fr")]]
