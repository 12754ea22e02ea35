"""Filters of a library's own: which columns of a table become one, how they are asked, that none is lost."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from search.building.builder import build
from search.building.indexing import build_index
from search.cli import facets_of
from search.encoding.embedding_cache import EmbeddingCache
from search.errors import UnknownFilterError
from search.index.reading import load_index
from search.library.export import export_library
from search.library.tables.column_draft import draft_map
from search.library.tables.facets import LONGEST_VALUE, MOST_VALUES, looks_like_facet, values_of
from search.library.tables.reading import preview_table, read_table
from search.output.listing import results_data
from search.retrieval.searcher import Searcher
from tests.fakes import CountingEncoder

TABLE = """\
title,what_happened,language,Commune,Thème,Suivi
The garden,A garden.,en,Namur,"Eau, Sol",Anne
The second garden,A garden.,en,Namur,Sol,Bruno
The bench,A building.,en,Liège,"Eau, Air",Chloé
The wall,A garden.,en,Liège,,David
"""


def write(folder: Path, text: str, name: str = "mine.csv", *, columns: str | None = None) -> Path:
    file = folder / name
    file.write_text(text, encoding="utf-8")
    if columns is not None:
        (folder / f"{file.stem}.columns.yaml").write_text(columns, encoding="utf-8")
    return file


@pytest.fixture
def searcher(tmp_path: Path) -> Searcher:
    """Over the table."""
    build(write(tmp_path, TABLE), tmp_path / "index", encoder=CountingEncoder())
    return Searcher(load_index(tmp_path / "index", CountingEncoder()), CountingEncoder())


# ---- Which columns -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cells", "values"),
    [
        (["Eau, Sol", "Sol", "Eau"], [("Eau", "Sol"), ("Sol",), ("Eau",)]),  # two values instead of three
        (["Eau, Sol", "Sol", "Eau, Air"], [("Eau", "Sol"), ("Sol",), ("Eau", "Air")]),  # three and three
        (["Namur, Belgique", "Lille, France"], [("Namur, Belgique",), ("Lille, France",)]),  # four instead of two
        (["Food,Green space", "Food,Mobility", "Art"], [("Food", "Green space"), ("Food", "Mobility"), ("Art",)]),
        (["Food,Green space", "Namur, Belgique"], [("Food,Green space",), ("Namur, Belgique",)]),  # a space after one
        (["45,56", "3,2"], [("45,56",), ("3,2",)]),
        (["Eau; Sol", "Air|Feu", None], [("Eau", "Sol"), ("Air", "Feu"), ()]),
        ([["Eau", "Sol", "Eau"], '["Air"]', 3], [("Eau", "Sol"), ("Air",), ("3",)]),
        ([" <b>Eau</b>  vive ", {"a": 1}], [("Eau vive",), ()]),
    ],
)
def test_a_cell_has_the_values_that_are_written_in_it(cells: list[object], values: list[tuple[str, ...]]) -> None:
    assert values_of(cells) == values


@pytest.mark.parametrize(
    ("values", "looks"),
    [
        (["Namur", "Namur", "Liège", "Mons"], True),  # two of four rows share theirs
        (["Namur", "Namur", "Liège", "Mons", "Huy"], False),  # two of five do
        (["oui", "oui", "oui"], False),  # it tells no row from another
        (["oui", "oui", ""], True),
        (["", "", ""], False),
        (["x" * LONGEST_VALUE, "x" * LONGEST_VALUE, "y"], True),
        (["x" * (LONGEST_VALUE + 1)] * 2 + ["y"], False),
        ([f"{n}" for n in range(MOST_VALUES)] * 2, True),
        ([f"{n}" for n in range(MOST_VALUES + 1)] * 2, False),
        (["anne@exemple.fr", "anne@exemple.fr", "b@exemple.fr"], False),
        (["02 99 12 34 56", "02 99 12 34 56", "02 99 12 34 57"], False),
        (["5000", "5000", "4000", "4000"], True),
    ],
)
def test_a_column_looks_like_a_filter_when_rows_share_its_few_short_values(values: list[str], looks: bool) -> None:
    assert looks_like_facet([(value,) if value else () for value in values]) is looks


def test_columns_that_look_like_it_become_filters_with_one_note_each(tmp_path: Path) -> None:
    preview = preview_table(write(tmp_path, TABLE))
    assert [column.name for column in preview.columns if column.facet] == ["Commune", "Thème"]
    assert {entry.id: (entry.place, entry.facets) for entry in preview.entries} == {
        "the-bench": ("Liège", {"Commune": ("Liège",), "Thème": ("Eau", "Air")}),
        "the-garden": ("Namur", {"Commune": ("Namur",), "Thème": ("Eau", "Sol")}),
        "the-second-garden": ("Namur", {"Commune": ("Namur",), "Thème": ("Sol",)}),
        "the-wall": ("Liège", {"Commune": ("Liège",)}),
    }
    assert [(note.column, note.kind) for note in preview.notes] == [
        ("Commune", "column_facet"),
        ("Suivi", "column_unknown"),
        ("Thème", "column_facet"),
    ]


@pytest.mark.parametrize(
    ("columns", "names", "noted"),
    [
        ("facets: [SUIVI]", ["Suivi"], ["column_unknown"]),  # Thème, which is no longer one
        ("facets: []", [], ["column_unknown", "column_unknown"]),
        ("ignore: [Commune]", ["Thème"], ["column_facet", "column_unknown"]),
        ("facets: [Canton]", [], ["column_unknown", "column_unknown", "map_absent"]),
        ("columns: {Thème: summary}", ["Commune"], ["column_facet", "column_unknown"]),
    ],
)
def test_the_column_map_says_which_columns_are_filters(
    tmp_path: Path, columns: str, names: list[str], noted: list[str]
) -> None:
    preview = preview_table(write(tmp_path, TABLE, columns=columns))
    assert [column.name for column in preview.columns if column.facet] == names
    assert sorted(note.kind for note in preview.notes) == noted


def test_facets_that_are_no_list_are_told(tmp_path: Path) -> None:
    [problem] = preview_table(write(tmp_path, TABLE, columns="facets: {Thème: x}")).problems
    assert str(problem) == "mine.columns.yaml:1 facets must be a list"


def test_the_draft_of_a_map_builds_the_same_filters(tmp_path: Path) -> None:
    file = write(tmp_path, TABLE)
    shown = preview_table(file)
    write(tmp_path, TABLE, columns=draft_map(shown, "fr"))
    assert read_table(file).entries == shown.entries
    assert read_table(file).notes == ()


def test_the_rows_of_an_entry_in_two_languages_give_it_the_values_of_both(tmp_path: Path) -> None:
    text = "id,title,language,Thème\na,Un,fr,Eau\na,One,en,Water\nb,Deux,fr,Eau\nb,Two,en,Water\n"
    library = read_table(write(tmp_path, text))
    assert [entry.facets for entry in library.entries] == [{"Thème": ("Eau", "Water")}] * 2
    assert {note.kind for note in library.notes} == {"column_facet", "title_only"}


# ---- Asking --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("facets", "found"),
    [
        ({}, {"the-garden", "the-second-garden", "the-bench", "the-wall"}),
        ({"Commune": ["Namur"]}, {"the-garden", "the-second-garden"}),
        ({"Commune": "Namur", "Thème": ["Eau"]}, {"the-garden"}),
        ({"Thème": ["Sol", "Air"]}, {"the-garden", "the-second-garden", "the-bench"}),
        ({"Commune": None, "Thème": []}, {"the-garden", "the-second-garden", "the-bench", "the-wall"}),
    ],
)
def test_entries_are_kept_that_have_one_of_the_values_of_each_facet(
    searcher: Searcher, facets: dict[str, list[str]], found: set[str]
) -> None:
    assert {entry.id for entry in searcher.matching(facets=facets)} == found
    results = searcher.search("garden", facets=facets, abstain=False)
    assert (results.total, {hit.entry.id for hit in results} - found) == (len(found), set())


def test_what_there_is_to_filter_by_and_what_entries_have_is_as_the_table_writes_it(searcher: Searcher) -> None:
    assert searcher.facets == {"Commune": ("Liège", "Namur"), "Thème": ("Eau", "Air", "Sol")}
    results = searcher.search("garden", facets={"Commune": ["Namur"], "Thème": ["Eau"]})
    assert results.hits[0].entry.facets == {"Commune": ("Namur",), "Thème": ("Eau", "Sol")}
    assert results_data(results, "en")["hits"][0]["facets"] == {"Commune": ["Namur"], "Thème": ["Eau", "Sol"]}


@pytest.mark.parametrize(
    ("facets", "message"),
    [
        ({"Canton": ["Namur"]}, "facets: Canton is not one of Commune, Thème."),
        ({"commune": []}, "facets: commune is not one of Commune, Thème."),
        ({"Commune": ["Mons", "Namur"]}, "Commune: Mons is not one of Liège, Namur."),
        ({"Commune": [3]}, "Commune: 3 is not one of Liège, Namur."),
    ],
)
def test_a_facet_or_a_value_that_is_not_there_is_refused_in_a_sentence(
    searcher: Searcher, facets: dict[str, list[str]], message: str
) -> None:
    for ask in (searcher.matching, lambda **kept: searcher.search("garden", **kept)):
        with pytest.raises(UnknownFilterError) as caught:
            ask(facets=facets)
        assert str(caught.value) == message


@pytest.mark.parametrize("wrong", [["Commune"], "Commune", 3])
def test_facets_that_are_no_mapping_are_refused_in_a_sentence(searcher: Searcher, wrong: object) -> None:
    with pytest.raises(TypeError, match=r"facets must be like \{'Commune': \['Namur'\]\}"):
        searcher.search("garden", facets=wrong)


def test_of_very_many_values_the_nearest_are_named(tmp_path: Path) -> None:
    rows = [json.dumps({"title": f"T{n}", "Rue": f"Rue {n:03}"}) for n in range(300)]
    library = read_table(write(tmp_path, "\n".join(rows), "mine.jsonl", columns="facets: [Rue]"))
    cache = EmbeddingCache(tmp_path / "embeddings.sqlite")
    searcher = Searcher(build_index(library, CountingEncoder(), cache), CountingEncoder())
    cache.close()
    with pytest.raises(UnknownFilterError) as caught:
        searcher.matching(facets={"Rue": ["Ruee 017"]})
    assert str(caught.value).startswith("Rue: Ruee 017 is not one of Rue 017, ")
    assert str(caught.value).endswith(" and 290 more.")
    assert len(caught.value.expected) == 300


@pytest.mark.parametrize(
    ("texts", "found"),
    [
        (["Commune=Namur", "Commune=Liège"], {"Commune": ["Namur", "Liège"]}),
        (["Thème = Eau"], {"Thème": ["Eau"]}),
        (["a=b=c"], {"a=b": ["c"]}),  # a facet that is known
        (["x=b=c", "y"], {"x": ["b=c"], "y": [""]}),
    ],
)
def test_facets_of_the_command_line(texts: list[str], found: dict[str, list[str]]) -> None:
    assert facets_of(texts, ["a", "a=b", "Commune"]) == found


# ---- Nothing lost --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["passerelle.jsonl", "passerelle.csv"])
def test_facets_are_exported_and_read_back_and_no_others(tmp_path: Path, name: str) -> None:
    library = read_table(write(tmp_path, TABLE.replace("Eau, Air", '""=Eau"", Air'), columns="facets: [Thème, Suivi]"))
    export_library(library, tmp_path / "made")
    again = read_table(tmp_path / "made" / name)
    assert (again.entries, again.notes) == (library.entries, ())


def test_a_table_without_facets_gets_none_when_it_is_exported_and_read_back(tmp_path: Path) -> None:
    library = read_table(write(tmp_path, TABLE, columns="facets: []"))
    export_library(library, tmp_path / "made")
    assert [entry.facets for entry in read_table(tmp_path / "made/passerelle.jsonl").entries] == [{}] * 4
