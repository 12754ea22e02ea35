"""Rows that look like headings, totals or notes of a table are named."""

from __future__ import annotations

from pathlib import Path

import pytest

from search.library.tables.reading import preview_table
from search.library.tables.sections import looks_like_section


@pytest.mark.parametrize(
    "title", ["AXE 1 : NATURE", "Axe 2 – La ville", "Total", "Sous-total Nord", "Source : mairie, 2022", "VIE LOCALE"]
)
def test_headings_totals_and_notes_of_a_table_look_like_it(title: str) -> None:
    assert looks_like_section(title)


@pytest.mark.parametrize(
    "title", ["Jardin des Lilas", "AMAP", "Totalement local", "La section 3", "Sources vives", "3"]
)
def test_titles_of_entries_do_not(title: str) -> None:
    assert not looks_like_section(title)


def test_a_row_that_looks_like_a_heading_and_has_no_text_is_named(tmp_path: Path) -> None:
    file = tmp_path / "mine.csv"
    file.write_text(
        "Titre;Résumé\nAXE 1 : NATURE;\nJardin;Un texte.\nUne friche;\nFÊTE DU PAIN;Un autre.\n", encoding="utf-8"
    )
    assert [str(note) for note in preview_table(file).notes] == [
        "mine.csv:2 column Titre: “AXE 1 : NATURE” has no text and looks like a heading, a total or a note of the "
        "table: the row is read as an entry; if it is none, take it out",
        "mine.csv:4 column Titre: has a title only: the entry is found by it alone",
    ]
