"""Tables in JSON that are no list of objects, and JSON that is none."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from search.errors import CorpusError
from search.library.problems import said_with_place
from search.library.tables.reading import read_table

A, B = {"titre": "Le four", "résumé": "On l’a rebâti."}, {"titre": "La mare", "résumé": "On l’a creusée."}
NAMES = list(A)
CELLS = [list(A.values()), list(B.values())]


def write(folder: Path, value: object) -> Path:
    file = folder / "mine.json"
    file.write_text(value if isinstance(value, str) else json.dumps(value), encoding="utf-8")
    return file


def told(file: Path, language: str) -> str:
    with pytest.raises(CorpusError) as error:
        read_table(file)
    [problem] = error.value.problems
    return said_with_place(problem, language)


@pytest.mark.parametrize(
    ("value", "ids"),
    [
        ({"p1": A, "p2": B}, ["p1", "p2"]),
        ({"projets": {"p1": A, "p2": B}, "total": 2}, ["p1", "p2"]),
        ({"p1": A | {"photos": [{"nom": "un"}, {"nom": "deux"}, {"nom": "trois"}]}, "p2": B}, ["p1", "p2"]),
        ({"0": A, "1": B}, ["la-mare", "le-four"]),
        ({"Le four": {"résumé": "Un."}, "La mare": {"résumé": "Deux."}}, ["la-mare", "le-four"]),
        ({name: {"0": A[name], "1": B[name]} for name in NAMES}, ["la-mare", "le-four"]),
        ({name: {"p1": A[name], "p2": B[name]} for name in NAMES}, ["p1", "p2"]),
        ({name: [A[name], B[name]] for name in NAMES}, ["la-mare", "le-four"]),
        ({"columns": NAMES, "index": [0, 1], "data": CELLS}, ["la-mare", "le-four"]),
        ({"columns": [{"name": name} for name in NAMES], "rows": CELLS}, ["la-mare", "le-four"]),
        ([NAMES, *CELLS], ["la-mare", "le-four"]),
        (A, ["le-four"]),
        ({"type": "Feature", "properties": A, "geometry": {"type": "Point"}}, ["le-four"]),
        ({"a": {"b": {"c": {"d": {"e": [A, B]}}}}}, ["la-mare", "le-four"]),
    ],
)
def test_plain_tables_of_other_shapes_are_read(tmp_path: Path, value: object, ids: list[str]) -> None:
    found = {entry.id: entry.title("fr") for entry in read_table(write(tmp_path, value)).entries}
    assert list(found) == ids
    assert set(found.values()) <= {"Le four", "La mare"}


def test_a_list_of_objects_goes_before_objects_beside_it(tmp_path: Path) -> None:
    value = {"crs": {"properties": {"name": "EPSG:4326"}}, "meta": {"titre": "Liste"}, "features": [A, B]}
    assert [entry.id for entry in read_table(write(tmp_path, value)).entries] == ["la-mare", "le-four"]


@pytest.mark.parametrize("value", [["Un jardin", "Un café"], [1, 2], "un texte", {"communes": {"Lille": 3}}])
def test_of_other_json_it_is_said_which_shape_is_wanted(tmp_path: Path, value: object) -> None:
    file = write(tmp_path, json.dumps(value))
    assert told(file, "en") == (
        'mine.json has no list of objects: write it like [{"title": "…", "description": "…"}, …], one object for each '
        "entry, or save it as CSV"
    )


@pytest.mark.parametrize(
    ("text", "french"),
    [
        (
            '[\n{"titre": "Un"},\n{"titre": "Deux" "oups"}\n]',
            'mine.json:3 n’est pas du JSON à partir de « "oups"} » : corrigez ce qui est là ou juste avant (une '
            "virgule, un guillemet, une accolade), ou exportez-le de nouveau",
        ),
        (
            '[\n{"titre": "Un},\n{"titre": "Deux"}\n]',
            'mine.json:2 n’est pas du JSON à partir de « {"titre": "Un}, » : corrigez ce qui est là ou juste avant '
            "(une virgule, un guillemet, une accolade), ou exportez-le de nouveau",
        ),
        (
            '[\n{"titre": "Un"},\n{"titre": "Deux"',
            "mine.json:3 s’arrête avant la fin du JSON : il y manque un guillemet, un crochet ou une accolade ; "
            "exportez-le de nouveau",
        ),
    ],
)
def test_wrong_json_is_told_with_its_line_and_what_stands_there(tmp_path: Path, text: str, french: str) -> None:
    assert told(write(tmp_path, text), "fr") == french
