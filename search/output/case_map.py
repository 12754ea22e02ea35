"""The map of cases: what part of the world is in sight, where a case is on it, and which ones stand too close together.

Mercator, drawn from outlines that are shipped; nothing is fetched.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from ..entries import Entry

WIDTH, HEIGHT = 720, 480
"""Pixels."""

CLOSE = 32.0
"""Pixels between two cases from which on they are shown apart."""

CLOSEST, WIDEST = 150_000.0, 100.0
"""Pixels a radian: a city fills the map; the whole world does."""

ROOM = 0.7
"""Share of the map that a cluster fills when it is opened."""


@dataclass(frozen=True)
class Frame:
    """What is in sight.

    Attributes:
        lon, lat: Degrees, of its middle.
        scale: Pixels a radian.
    """

    lon: float
    lat: float
    scale: float

    def project(self, lon: float, lat: float) -> tuple[float, float]:
        """Return where a place is on the map: pixels from its left and from its top."""
        across = WIDTH / 2 + self.scale * math.radians(lon - self.lon)
        return across, HEIGHT / 2 + self.scale * (_height(self.lat) - _height(lat))

    def zoomed(self, factor: float) -> Frame:
        """Return the same middle, larger or smaller."""
        return replace(self, scale=min(max(self.scale * factor, WIDEST), CLOSEST))

    def moved(self, x: float, y: float, *, factor: float, drag: bool) -> Frame:
        """Return what is in sight after the wheel was turned at a point, or the map was dragged.

        Args:
            x: Pixels: of the point, which stays where it is; of a drag, how far the middle goes right.
            y: The same from the top; of a drag, how far it goes down.
            factor: How much larger it becomes.
            drag: Whether it was dragged.
        """
        closer = self.zoomed(factor)
        right, down = (x, y) if drag else (x - WIDTH / 2, y - HEIGHT / 2)
        share = 1 / self.scale - (0 if drag else 1 / closer.scale)
        lon = (self.lon + math.degrees(right * share) + 180) % 360 - 180
        return Frame(lon, min(max(_latitude(_height(self.lat) - down * share), -80.0), 84.0), closer.scale)


EUROPE, WORLD = Frame(9.0, 52.0, 560.0), Frame(5.0, 25.0, 105.0)


@dataclass(frozen=True)
class Cluster:
    """Cases that stand so close together that they are shown as one.

    Attributes:
        x, y: Pixels, of their middle.
        entries: In the order they were given.
    """

    x: float
    y: float
    entries: tuple[Entry, ...]


def _height(lat: float) -> float:
    return math.log(math.tan(math.pi / 4 + math.radians(min(max(lat, -85.0), 85.0)) / 2))


def _latitude(height: float) -> float:
    return math.degrees(2 * math.atan(math.exp(height)) - math.pi / 2)


def _where(entry: Entry) -> tuple[float, float]:
    return entry.lon or 0.0, entry.lat or 0.0


def clusters(entries: Iterable[Entry], frame: Frame) -> tuple[Cluster, ...]:
    """Return what is in sight, cases that would cover each other as one.

    Args:
        entries: With a latitude and a longitude; each joins the first cluster whose middle is near it, and so do
            clusters, until all of them stand apart.
        frame: What is in sight.
    """
    alone = [_cluster([entry], frame) for entry in entries]
    found = [one for one in alone if 0 <= one.x <= WIDTH and 0 <= one.y <= HEIGHT]
    while len(joined := _joined(found, frame)) < len(found):
        found = joined
    return tuple(found)


def _joined(found: Iterable[Cluster], frame: Frame) -> list[Cluster]:
    joined: list[Cluster] = []
    for one in found:
        apart = [math.dist((one.x, one.y), (other.x, other.y)) for other in joined]
        near = next((n for n, pixels in enumerate(apart) if pixels < CLOSE), None)
        if near is None:
            joined.append(one)
        else:
            joined[near] = _cluster((*joined[near].entries, *one.entries), frame)
    return joined


def _cluster(members: Sequence[Entry], frame: Frame) -> Cluster:
    points = [frame.project(*_where(entry)) for entry in members]
    middle = [sum(values) / len(points) for values in zip(*points, strict=True)]
    return Cluster(middle[0], middle[1], tuple(members))


def opened(entries: Sequence[Entry], frame: Frame) -> Frame | None:
    """Return the frame in which cases of a cluster stand apart; None when they stand at one place.

    Args:
        entries: Of the cluster.
        frame: What is in sight now.
    """
    lons, heights = [entry.lon or 0.0 for entry in entries], [_height(entry.lat or 0.0) for entry in entries]
    across, up = math.radians(max(lons) - min(lons)), max(heights) - min(heights)
    if frame.scale >= CLOSEST or max(across, up) * CLOSEST < CLOSE:
        return None
    fitting = ROOM * min(WIDTH / across if across else math.inf, HEIGHT / up if up else math.inf)
    scale = min(max(fitting, frame.scale * 2), CLOSEST)
    return Frame((max(lons) + min(lons)) / 2, _latitude((max(heights) + min(heights)) / 2), scale)


def outlines(features: Iterable[Mapping[str, Any]], frame: Frame) -> str:
    """Return the outlines of the lands in sight as the path of an SVG.

    Args:
        features: GeoJSON, of polygons or of several.
        frame: What is in sight.
    """
    rings = []
    for feature in features:
        shape = feature["geometry"]
        polygons = [shape["coordinates"]] if shape["type"] == "Polygon" else shape["coordinates"]
        for polygon in polygons:
            rings.append([frame.project(lon, lat) for lon, lat, *_ in polygon[0]])
    return "".join(_path(ring) for ring in rings if _in_sight(ring))


def _in_sight(ring: Sequence[tuple[float, float]]) -> bool:
    lefts, tops = zip(*ring, strict=True)
    wide = max(lefts) - min(lefts) >= 1 or max(tops) - min(tops) >= 1
    return bool(wide and max(lefts) >= 0 and min(lefts) <= WIDTH and max(tops) >= 0 and min(tops) <= HEIGHT)


def _path(ring: Sequence[tuple[float, float]]) -> str:
    points = dict.fromkeys((round(x), round(y)) for x, y in ring)
    return "M" + "L".join(f"{x},{y}" for x, y in points) + "Z"
