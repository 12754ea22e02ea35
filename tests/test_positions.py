"""Places on the map that a table has in one column."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from search.library.tables.columns import ColumnMap
from search.library.tables.reading import preview_table, read_table

LILAS, PLACE = {"nom": "Les Lilas", "texte": "Un jardin partagé."}, (48.87, 2.41)


def read(folder: Path, name: str, text: str) -> list[tuple[float | None, float | None]]:
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return [(entry.lat, entry.lon) for entry in read_table(file).entries]


def test_the_points_of_geojson_are_places_and_other_shapes_are_none(tmp_path: Path) -> None:
    shapes = (
        {"type": "Point", "coordinates": [2.41, 48.87]},
        {"type": "Point", "coordinates": [2.41, 48.87, 120.5]},
        {"type": "LineString", "coordinates": [[2.41, 48.87], [2.42, 48.88]]},
        None,
    )
    features = [
        {"type": "Feature", "properties": LILAS | {"nom": f"Les Lilas {at}"}, "geometry": shape}
        for at, shape in enumerate(shapes)
    ]
    text = json.dumps({"type": "FeatureCollection", "features": features})
    assert read(tmp_path, "mine.geojson", text) == [PLACE, PLACE, (None, None), (None, None)]


@pytest.mark.parametrize("place", [[48.87, 2.41], "48.87, 2.41", {"lat": 48.87, "lon": 2.41}, "POINT (2.41 48.87)"])
def test_a_geo_point_of_json_is_a_place(tmp_path: Path, place: object) -> None:
    assert read(tmp_path, "mine.json", json.dumps([LILAS | {"geo_point_2d": place}])) == [PLACE]


@pytest.mark.parametrize("name", ["Coordonnées GPS", "geo_point_2d", "Geo Point", "coordinates"])
@pytest.mark.parametrize(
    "cell",
    [
        "48.87, 2.41",
        "48.87,2.41",
        "48,87 ; 2,41",
        "48,87, 2,41",
        "48,87 2,41",
        "(48.87 2.41)",
        "48.87° N, 2.41° E",
        '{""type"": ""Point"", ""coordinates"": [2.41, 48.87]}',
    ],
)
def test_a_column_with_both_numbers_is_a_place_however_they_are_written(tmp_path: Path, name: str, cell: str) -> None:
    assert read(tmp_path, "mine.csv", f'Titre,Résumé,{name}\nA,Un texte.,"{cell}"\n') == [PLACE]


@pytest.mark.parametrize("cell", ["48,87", "06 12 34 56 78", "mairie@exemple.fr", "95.2, 2.41", "rue des Lilas"])
def test_a_cell_without_two_numbers_is_no_place(tmp_path: Path, cell: str) -> None:
    assert read(tmp_path, "mine.csv", f'Titre,Résumé,Coordonnées\nA,Un texte.,"{cell}"\n') == [(None, None)]


def test_what_is_no_place_among_places_is_told(tmp_path: Path) -> None:
    file = tmp_path / "mine.csv"
    rows = 'A,Un texte.,"48.87, 2.41"\nB,Un texte.,"46.81, 1.69"\nC,Un texte.,au lavoir\n'
    file.write_text(f"Titre,Contexte,GPS\n{rows}", encoding="utf-8")
    assert [(note.line, note.column, note.kind) for note in read_table(file).notes] == [
        (4, "GPS.lat", "degrees"),
        (4, "GPS.lon", "degrees"),
    ]


def test_columns_of_latitude_and_longitude_go_before_one_of_both(tmp_path: Path) -> None:
    text = 'Titre,Résumé,geo_point_2d,Latitude,Longitude\nA,Un texte.,"1.5, 2.5",48.87,2.41\n'
    assert read(tmp_path, "mine.csv", text) == [PLACE]


def test_a_column_that_the_map_names_stays_what_it_is(tmp_path: Path) -> None:
    file = tmp_path / "mine.csv"
    file.write_text('Titre,Résumé,GPS\nA,Un texte.,"48.87, 2.41"\n', encoding="utf-8")
    preview = preview_table(file, columns=ColumnMap({"GPS": "place"}))
    assert [(one.place, one.lat) for one in preview.entries] == [("48.87, 2.41", None)]
