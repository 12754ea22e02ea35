"""Places on the map that a table has in one column: two numbers in a cell become a latitude and a longitude."""

from __future__ import annotations

import dataclasses
import json
import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any

from ..jsonl import Row
from .cells import Broken, UnreadableError, degrees_of
from .columns import ColumnMap, our_name, plain_name
from .headers import Worksheet

_CALLED = (
    "geo point 2d, geo point, geopoint, geopoint 2d, geoloc, geolocalisation, geolocation, geocoordinates, "
    "coordonnees, coordonnees gps, coordonnees geo, coordonnees geographiques, gps, gps coordinates, coordinates, "
    "coords, lat lon, lat long, lat lng, latlon, latlong, latlng, latitude longitude, position, position gps, "
    "geometry, geometrie, geom, the geom, geo shape, wkt, centroid, centroide"
)
NAMES = frozenset(_CALLED.split(", "))
"""Last parts of the names, as `plain_name` gives them, of columns that may hold places on the map."""

_POINT = "coordinates"
"""Last part of the name of the numbers of a GeoJSON point, whose ``type`` stands beside: the longitude is first."""

_WKT = re.compile(r"\s*(?:SRID=\d+;)?POINT\s*Z?\s*\(\s*([-\d.]+)\s+([-\d.]+)(?:\s+[-\d.]+)?\s*\)\s*", re.IGNORECASE)
_CUTS = tuple(map(re.compile, (r"\s*[;/|]\s*", r",\s+", r"(?<=\d),(?=-?\d+\.)", r"\s+")))
"""What stands between two numbers, the surest first; a comma between digits is one of a number, unless a point is."""


def with_positions(sheet: Worksheet, columns: ColumnMap) -> Worksheet:
    """Give a table a column of latitudes and one of longitudes for each column that holds both.

    Args:
        sheet: A table. Of GeoJSON points (``geometry.coordinates``) and WKT the longitude is first, else the latitude.
        columns: The map; a column that it names stays what it is.

    Returns:
        The table as it is where it has columns of both; else with ``NAME.lat`` and ``NAME.lon`` in place of a column
        ``NAME`` in which more than half of the filled cells are places. What else such a column holds is in both, to be
        told as what it is.
    """
    if {"lat", "lon"} <= {columns.mapped(name) or our_name(name) for name in sheet.names}:
        return sheet
    names = [name for name in sheet.names if _may_hold_places(name) and not _is_named(name, columns)]
    places = {name: cells for name in names if (cells := _places(name, sheet.rows))}
    if not places:
        return sheet
    types = {f"{name.rpartition('.')[0]}.type" for name in places if name.endswith(f".{_POINT}")}
    gone = {*places, *(name for name in types if not columns.known(name))}
    split = [part for name in sheet.names for part in ((f"{name}.lat", f"{name}.lon") if name in places else (name,))]
    rows = [(line, _split(row, at, places, gone)) for at, (line, row) in enumerate(sheet.rows)]
    return dataclasses.replace(sheet, names=tuple(name for name in split if name not in gone), rows=rows)


def _may_hold_places(name: str) -> bool:
    return plain_name(name.rpartition(".")[2]) in NAMES


def _is_named(name: str, columns: ColumnMap) -> bool:
    return bool(columns.mapped(name)) or columns.ignored(name) or columns.is_facet(name)


def _places(name: str, rows: Sequence[tuple[int, Row]]) -> list[tuple[Any, Any] | None]:
    """Return the place each row has in a column, or nothing when fewer than half of its filled cells are one."""
    cells = [(row.get(name), row) for _, row in rows]
    found = [None if cell is None else _place(name, cell, row) for cell, row in cells]
    read = sum(place is not None for place in found)
    if 2 * read <= sum(cell is not None for cell, _ in cells):
        return []
    return [place or (None if cell is None else (cell, cell)) for (cell, _), place in zip(cells, found, strict=True)]


def _place(name: str, cell: Any, row: Row) -> tuple[Any, Any] | None:
    """Read the latitude and the longitude of a cell; None when it is no place."""
    if isinstance(cell, list):
        kind = row.get(f"{name.rpartition('.')[0]}.type") if name.endswith(f".{_POINT}") else None
        return _degrees(*(cell[1::-1] if kind == "Point" else cell[:2])) if len(cell) in {2, 3} else None
    if isinstance(cell, Broken) or not isinstance(cell, str):
        return None
    if point := _WKT.fullmatch(cell):
        return _degrees(point[2], point[1])
    if cell.lstrip().startswith(("{", "[")):
        return _of_json(cell)
    parts = next((parts for cut in _CUTS if len(parts := cut.split(cell.strip(" ()"))) == 2), None)
    return _degrees(*parts) if parts else None


def _of_json(cell: str) -> tuple[Any, Any] | None:
    """Read a place that is written as JSON: a GeoJSON point, its feature, an object with names, or two numbers."""
    value: Any = None
    with suppress(ValueError, RecursionError):
        value = json.loads(cell)
    if isinstance(value, Mapping) and isinstance(value.get("geometry"), Mapping):
        value = value["geometry"]
    if isinstance(value, Mapping) and value.get("type") == "Point" and isinstance(value.get(_POINT), list):
        value = value[_POINT][1::-1]
    elif isinstance(value, Mapping):
        value = [value.get("lat", value.get("latitude")), value.get("lon", value.get("lng", value.get("longitude")))]
    return _degrees(*value[:2]) if isinstance(value, list) and len(value) in {2, 3} else None


def _degrees(lat: Any, lon: Any) -> tuple[float, float] | None:
    """Return both as numbers, if they can be such."""
    try:
        return degrees_of(lat, 90), degrees_of(lon, 180)
    except UnreadableError:
        return None


def _split(row: Row, at: int, places: Mapping[str, Sequence[tuple[Any, Any] | None]], gone: set[str]) -> Row:
    """Return a row with two cells in place of each that holds a place."""
    kept = {name: cell for name, cell in row.items() if name not in gone}
    for name, found in places.items():
        if place := found[at]:
            kept |= {f"{name}.lat": place[0], f"{name}.lon": place[1]}
    return kept
