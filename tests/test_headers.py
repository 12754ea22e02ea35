"""Which row of a table holds the names of its columns."""

from __future__ import annotations

import pytest

from search.library.columns import ColumnMap
from search.library.headers import Cells, filled, find_header


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
