"""What the cells of a row say of its sources: nothing that stands in them is lost without a word."""

from __future__ import annotations

from pathlib import Path

import pytest

from search.library.export import export_library
from search.library.tables.preview import TablePreview
from search.library.tables.reading import preview_table, read_table

Pairs = list[tuple[str, str]]


def preview(folder: Path, header: str, *rows: str) -> TablePreview:
    file = folder / "mine.csv"
    file.write_text("\n".join([f"title,summary,{header}", *(f"T{n},Text.,{row}" for n, row in enumerate(rows))]) + "\n")
    return preview_table(file, suggestions=False)


def pairs(found: TablePreview) -> list[Pairs]:
    return [[(source.key, source.url) for source in entry.sources] for entry in found.entries]


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        (
            "Entretien avec Mme Durand, 2020 ; https://b.fr",
            [("Entretien avec Mme Durand, 2020", ""), ("https://b.fr", "https://b.fr")],
        ),
        ("https://d.fr (consulté le 3 mars)", [("consulté le 3 mars", "https://d.fr")]),
        ("Le Monde : https://lemonde.fr/a, p. 4", [("Le Monde, p. 4", "https://lemonde.fr/a")]),
        (
            "Le Monde https://a.fr, Ouest-France https://b.fr.",
            [("Le Monde", "https://a.fr"), ("Ouest-France", "https://b.fr")],
        ),
        ("Rapport (2020) www.a.fr/x", [("Rapport (2020)", "https://www.a.fr/x")]),
        ("[Le Monde](https://a.fr)", [("Le Monde", "https://a.fr")]),
        ("voir aussi : https://a.fr", [("https://a.fr", "https://a.fr")]),
        ("Source : Le Monde https://a.fr", [("Le Monde", "https://a.fr")]),
        ("<a href='https://a.fr'>le site</a>, un entretien", [("https://a.fr", "https://a.fr"), ("un entretien", "")]),
        ("https://a.fr et https://b.fr", [("https://a.fr",) * 2, ("https://b.fr",) * 2]),
    ],
)
def test_a_text_beside_an_address_is_kept_as_the_name_of_its_source(tmp_path: Path, cell: str, found: Pairs) -> None:
    read = preview(tmp_path, "Lien", f'"{cell}"')
    assert (pairs(read), read.notes) == ([found], ())


@pytest.mark.parametrize(
    ("names", "urls", "found", "counts"),
    [
        (
            "Le Monde ; Ouest-France",
            "https://a.fr",
            [("Le Monde", ""), ("Ouest-France", ""), ("https://a.fr",) * 2],
            "(sources: 2, addresses: 1)",
        ),
        (
            "Rapport 2020",
            "https://a.fr ; https://b.fr",
            [("Rapport 2020", ""), ("https://a.fr",) * 2, ("https://b.fr",) * 2],
            "(sources: 1, addresses: 2)",
        ),
    ],
)
def test_sources_and_addresses_that_are_not_as_many_are_all_kept_with_a_note(
    tmp_path: Path, names: str, urls: str, found: Pairs, counts: str
) -> None:
    read = preview(tmp_path, "Source,Lien", f'"{names}","{urls}"')
    assert (pairs(read), read.problems) == ([found], ())
    assert [str(note) for note in read.notes] == [
        f"mine.csv:2 column Lien: needs one address for each source {counts}: each is read as a source of its own; to "
        "join them, give as many, with semicolons between them"
    ]


def test_what_is_beside_an_address_whose_source_has_a_name_is_noted(tmp_path: Path) -> None:
    read = preview(tmp_path, "Source,Lien", "Rapport,https://d.fr (consulté le 3 mars)")
    assert pairs(read) == [[("Rapport", "https://d.fr")]]
    assert [str(note) for note in read.notes] == [
        "mine.csv:2 column Lien: “consulté le 3 mars”, beside an address, is not read: another column gives the names "
        "of the sources"
    ]


def test_a_source_keeps_its_name_though_its_address_is_none(tmp_path: Path) -> None:
    read = preview(tmp_path, "Source,Lien", "Rapport,à venir")
    assert pairs(read) == [[("Rapport", "")]]
    assert [str(note) for note in read.notes] == [
        "mine.csv:2 column Lien: 'à venir' must begin with http:// or https://; the cell is set aside"
    ]


@pytest.mark.parametrize("name", ["passerelle.jsonl", "passerelle.csv"])
def test_sources_with_and_without_an_address_are_exported_and_read_back(tmp_path: Path, name: str) -> None:
    preview(tmp_path, "Lien", '"Un entretien ; https://b.fr ; Rapport : https://c.fr"')
    library = read_table(tmp_path / "mine.csv")
    export_library(library, tmp_path / "made")
    again = read_table(tmp_path / "made" / name)
    assert again.entries == library.entries
    assert again.notes == ()
