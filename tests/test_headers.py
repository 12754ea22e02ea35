"""Which row of a table holds the names of its columns, and which cell has which name."""

from __future__ import annotations

from pathlib import Path

import pytest

from search.library.tables.column_draft import draft_map
from search.library.tables.columns import ColumnMap
from search.library.tables.headers import Cells, filled, find_header
from search.library.tables.reading import preview_table


def rows_of(text: str) -> list[Cells]:
    return list(filled(enumerate((line.split(";") for line in text.splitlines()), 1)))


def header_of(text: str) -> int:
    """Return the row, counted from 1, that is found in lines with semicolons between their cells."""
    rows = rows_of(text)
    return rows[find_header(rows, ColumnMap().known)][0]


@pytest.mark.parametrize(
    "text",
    [
        # words that are names elsewhere, as values: the names of the columns are the first row
        "Titre;Porteur;Échelle;En deux mots\nMarché;Asso;Quartier;x\nJardin;Commune;Ville;y\nFête;Commune;Région;z",
        "Titre;Porteur;Échelle;Description\nJardin;Commune;Ville;x\nCafé;Commune;Ville;y\nFête;Commune;Ville;Lien",
        "Action menée;Qui;Où;Quoi\nJardin;Commune;Ville;Des voisins\nCafé;Association;Quartier;Des élus",
        "Action menée;Qui;Où;Site\nJardin;Commune;Ville;https://a.fr\nCafé;Association;Lieu;https://b.fr",
        "Qui;Où\nCommune;Ville\nCommune;Quartier\nAssociation;Ville",
    ],
)
def test_a_row_of_values_that_are_names_elsewhere_is_no_header_below_rows_as_wide(text: str) -> None:
    assert header_of(text) == 1


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("Q1;Q2;Q3;Q4\nTitre;Description;Commune;Votre avis\nJardin;Un texte;Briec;bon", 2),  # codes above the names
        ("Ce que c’est;Où\nTitre;Commune\nJardin;Briec", 2),  # names only, though a row as wide is above
        ("Export du;3 mars;par;la mairie\nTitre;Description;Commune;Date\nJardin;Un texte;Briec;2019", 2),
        ("Liste des projets\n\nTitre;Description\nJardin;Un texte", 3),
    ],
)
def test_names_below_other_rows_are_found_where_known_names_outweigh_what_is_lost(text: str, line: int) -> None:
    assert header_of(text) == line


TABLE = "Intitulé du projet;Porteur;Ce qui s’est passé;Quartier\nJardin;Mairie;Un texte;Nord\nCafé;Asso;Une idée;Est"


@pytest.mark.parametrize(
    ("above", "line"),
    [
        ("Titre;Recensement 2024;;\nAuteur;Mairie;;\nDate;03/2024;;\n;;;\n", 5),
        ("Titre;Recensement 2024\n", 2),
        ("Auteur;Mairie\nDate;03/2024\n", 3),
    ],
)
@pytest.mark.parametrize("known", [True, False])
def test_lines_about_a_table_above_it_are_not_its_header_though_one_begins_with_a_known_name(
    above: str, line: int, known: bool
) -> None:
    assert header_of(above + (TABLE if known else TABLE.replace("Intitulé du projet", "Action menée"))) == line


@pytest.mark.parametrize(
    "rows",
    [
        "Jardin;Un terrain; une mairie; deux ans.\nCafé;Des élus; un café.",  # texts with semicolons, not quoted
        "Jardin;Un terrain, puis une mairie; et deux ans d’attente pour rien.\nCafé;Des élus, des voisins; un café.",
    ],
)
def test_a_header_with_one_known_name_stays_it_above_rows_that_are_cut_wrongly(rows: str) -> None:
    assert header_of(f"Titre;Ce que nous avons appris\n{rows}") == 1


TWICE = """\
Titre;Description;Avis;Avis;Thème;Thème;Thème (2)
Jardin;Un texte.;bon;;Nature;Démocratie;a
Café;Un autre.;;à revoir;Démocratie;Nature;a
Fête;Un troisième.;bon;;Nature;Démocratie;b
"""


def test_a_column_that_is_called_as_another_is_told_apart_with_a_note_and_loses_nothing(tmp_path: Path) -> None:
    file = tmp_path / "mine.csv"
    file.write_text(TWICE, encoding="utf-8")
    preview = preview_table(file)
    assert [str(note) for note in preview.notes if note.kind == "column_again"] == [
        "mine.csv:1 column Avis: another column has the same name: this one, number 4, is called 'Avis (2)'",
        "mine.csv:1 column Thème: another column has the same name: this one, number 6, is called 'Thème (3)'",
    ]
    assert dict(preview.entries[2].facets) == {
        "Avis": ("bon",), "Thème": ("Nature",), "Thème (3)": ("Démocratie",), "Thème (2)": ("a",)
    }  # fmt: skip


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_draft_of_a_table_with_columns_of_one_name_reads_it_alike(tmp_path: Path, language: str) -> None:
    file = tmp_path / "mine.csv"
    file.write_text(TWICE, encoding="utf-8")
    seen = preview_table(file)
    (tmp_path / "mine.columns.yaml").write_text(draft_map(seen, language), encoding="utf-8")
    again = preview_table(file)
    assert (again.entries, again.problems, again.notes) == (seen.entries, (), ())


def test_two_columns_of_one_known_name_are_a_problem_until_the_map_says_what_they_hold(tmp_path: Path) -> None:
    file = tmp_path / "mine.csv"
    file.write_text("Titre;Texte;Texte\nJardin;Un.;Deux.\n", encoding="utf-8")
    preview = preview_table(file)
    assert [str(one) for one in (*preview.problems, *preview.notes)] == [
        "mine.csv:1 column 'Texte' is there twice: name one of them otherwise",
        "mine.csv column Texte (2): is not read: “description” is read from column 'Texte'",
    ]
    assert '- "Texte (2)"  # or description, in place of "Texte"' in draft_map(preview, "en")
    (tmp_path / "mine.columns.yaml").write_text("columns: {Texte: summary, Texte (2): description}", encoding="utf-8")
    [entry] = preview_table(file).entries
    assert (entry.texts["fr"]["summary"], entry.texts["fr"]["description"]) == ("Un.", "Deux.")


@pytest.mark.parametrize("rows", ["Café;Deux.;;;à revoir", "Café;Deux.;à revoir;;"])
def test_a_cell_in_a_column_without_a_name_at_the_end_of_a_csv_is_passed_over_with_a_note(
    tmp_path: Path, rows: str
) -> None:
    file = tmp_path / "mine.csv"
    file.write_text(f"Titre;Description;;;\nJardin;Un.;;;\n{rows}\n", encoding="utf-8")
    preview = preview_table(file)
    column = rows.split(";").index("à revoir") + 1
    assert [str(note) for note in preview.notes] == [f"mine.csv:3 column {column} has no name and is not read"]
    assert (len(preview.entries), preview.problems) == (2, ())


@pytest.mark.parametrize("row", ["Café;Deux; trois.", "Café;Deux; trois.;;;"])
def test_a_row_that_is_not_as_wide_as_the_header_with_its_empty_cells_was_cut_wrongly(tmp_path: Path, row: str) -> None:
    file = tmp_path / "mine.csv"
    file.write_text(f"Titre;Description;;;\nJardin;Un.;;;\n{row}\n", encoding="utf-8")
    [problem] = preview_table(file).problems
    assert str(problem).startswith("mine.csv:3 has 3 cells where the header has 2")


@pytest.mark.parametrize(
    ("header", "found"),
    [
        # the first is read as addresses, by its cells: nothing is read as the names of the sources
        (
            "Source;Références",
            "column Références: looks like “sources” but is not read: confirm it in mine.columns.yaml",
        ),
        ("Source;titre_fr;titre_fr", "'titre_fr' is there twice: name one of them otherwise"),
        ("Source;Titre;Titre", "'Titre' is there twice: name one of them otherwise"),
    ],
)
def test_a_spare_column_is_told_of_though_the_other_is_read_as_something_else_by_its_cells(
    tmp_path: Path, header: str, found: str
) -> None:
    file = tmp_path / "mine.csv"
    last = ";x" * (header.count(";") - 1)
    file.write_text(f"Nom_fr;Nom_en;Résumé;{header}\nA;B;Un.;https://a.fr;x{last}\n", encoding="utf-8")
    preview = preview_table(file)
    assert any(found in str(one) for one in (*preview.problems, *preview.notes))
