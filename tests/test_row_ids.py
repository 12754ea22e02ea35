"""Ids of a table that are none here, or are there more than once: no row is lost for them."""

from __future__ import annotations

from pathlib import Path

import pytest

from search.library.tables.preview import TablePreview
from search.library.tables.reading import preview_table


def preview(folder: Path, text: str, name: str = "mine.csv") -> TablePreview:
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return preview_table(file, suggestions=False)


def titles(found: TablePreview) -> dict[str, str]:
    return {entry.id: entry.title("fr") for entry in found.entries}


@pytest.mark.parametrize(
    ("ids", "found"),
    [
        (["FR/2021/001", "n° 12", "évè-3"], ["fr-2021-001", "n-12", "évè-3"]),
        (["https://www.data.fr/p/1", "https://www.data.fr/p/2", ""], ["data-fr-p-1", "data-fr-p-2", "fete"]),
        (["a b", "a/b", "a-b"], ["a-b-2", "a-b-3", "a-b"]),  # each its own
        (["(1)", "♥", "(3)"], ["1", "cafe", "3"]),  # nothing of it can be one: by its title
    ],
)
def test_ids_are_made_of_values_that_can_be_none_with_one_note(
    tmp_path: Path, ids: list[str], found: list[str]
) -> None:
    names = ["Jardin", "Café", "Fête"]
    rows = "".join(f"{one};{name};Un texte.\n" for one, name in zip(ids, names, strict=True))
    read = preview(tmp_path, f"Identifiant;Titre;Résumé\n{rows}")
    assert titles(read) == dict(sorted(zip(found, names, strict=True)))
    assert read.problems == ()
    assert [str(note) for note in read.notes] == [
        "mine.csv column Identifiant: its values are no ids (letters, digits and hyphens, 100 at most): those of the "
        f"entries are made of them, '{ids[0]}' becomes '{found[0]}'"
    ]


def test_one_id_among_others_that_can_be_none_is_a_problem(tmp_path: Path) -> None:
    read = preview(tmp_path, "id;Titre;Résumé\na;Un;x\nb;Deux;x\n../c;Trois;x\n")
    assert [str(one) for one in read.problems] == [
        "mine.csv:4 column id: '../c' is not an id: letters, digits and hyphens, 100 at most"
    ]


def test_links_and_languages_follow_the_ids_that_are_made(tmp_path: Path) -> None:
    text = (
        "id,language,title,summary,related\n"
        "P/1,fr,Un four,Texte.,P/2\nP/1,en,An oven,Text.,P/2\nP/2,fr,Une mare,Texte.,P/1;P/3\n"
    )
    read = preview(tmp_path, text)
    assert {entry.id: (entry.languages, entry.related) for entry in read.entries} == {
        "p-1": (("fr", "en"), ("p-2",)),
        "p-2": (("fr",), ("p-1",)),
    }
    assert "no entry has the id 'P/3'" in str(read.notes[-1])


def test_a_row_with_the_id_of_another_and_another_title_is_an_entry_of_its_own_with_a_note(tmp_path: Path) -> None:
    read = preview(
        tmp_path,
        "ID;Titre;Résumé\n12;Jardin;Un texte.\n12;Café;Un autre.\n12-2;Fête;Des voisins.\n12;Le four;Du pain.\n",
    )
    assert titles(read) == {"12": "Jardin", "12-2": "Fête", "12-3": "Café", "12-4": "Le four"}
    told = "is in row 2 already, with another title: the row is an entry of its own, with a number after that id"
    assert [str(note) for note in read.notes] == [f"mine.csv:{line} column ID: '12' {told}" for line in (3, 5)]


@pytest.mark.parametrize(
    "text",
    [
        "ID;Titre;Résumé\n12;Jardin;Un texte.\n12;Jardin;Un autre.\n",  # the same title
        "ID;Langue;Titre;Résumé\n12;fr;Jardin;Un texte.\n12;fr;Café;Un autre.\n",  # ids join languages
    ],
)
def test_an_id_that_is_there_twice_in_one_language_is_a_problem_where_it_may_be_meant(
    tmp_path: Path, text: str
) -> None:
    assert [str(one) for one in preview(tmp_path, text).problems] == [
        "mine.csv:3 column ID: '12' is in row 2 already, in the same language: give another id"
    ]


def test_ten_thousand_rows_of_one_id_are_read_in_no_more_time_than_others(tmp_path: Path) -> None:
    (tmp_path / "mine.columns.yaml").write_text("values: {language: fr}", encoding="utf-8")
    read = preview(tmp_path, "ID;Titre;Résumé\n" + "".join(f"1;Action {n};x\n" for n in range(10_000)))
    assert (len(read.entries), len(read.notes)) == (10_000, 9_999)
