"""The map of cases: where a place is drawn, which cases are shown as one, and how a cluster opens."""

from __future__ import annotations

import dataclasses
import math

import pytest

from search.entries import Entry
from search.output.case_map import CLOSEST, EUROPE, HEIGHT, WIDEST, WIDTH, WORLD, Frame, clusters, opened, outlines
from search.retrieval.searcher import Searcher


def case(searcher: Searcher, name: str, lon: float, lat: float) -> Entry:
    return dataclasses.replace(searcher.entry("lille-barracks"), id=name, lon=lon, lat=lat)


def test_the_middle_is_in_the_middle_and_north_is_up() -> None:
    assert EUROPE.project(EUROPE.lon, EUROPE.lat) == (WIDTH / 2, HEIGHT / 2)
    frame = Frame(0.0, 0.0, 100.0)
    assert frame.project(math.degrees(1), 0.0) == pytest.approx((WIDTH / 2 + 100, HEIGHT / 2))
    x, y = frame.project(0.0, 45.0)
    assert (x, y) == pytest.approx((WIDTH / 2, HEIGHT / 2 - 100 * math.log(1 + math.sqrt(2))))


def test_cases_close_together_are_one_and_those_out_of_sight_none(searcher: Searcher) -> None:
    entries = [case(searcher, "a", 4.35, 50.85), case(searcher, "b", 4.4, 50.85), case(searcher, "c", 24.9, 60.2)]
    entries.append(case(searcher, "far", -120.0, 40.0))
    found = [[entry.id for entry in one.entries] for one in clusters(entries, EUROPE)]
    assert found == [["a", "b"], ["c"]]
    assert sum(len(one.entries) for one in clusters(entries, WORLD)) == 4


def test_a_cluster_opens_until_its_cases_stand_apart(searcher: Searcher) -> None:
    entries = [case(searcher, "a", 4.35, 50.85), case(searcher, "b", 4.4, 50.85)]
    frame = opened(entries, EUROPE)
    assert frame is not None
    assert (frame.lon, frame.lat) == pytest.approx((4.375, 50.85))
    assert [len(one.entries) for one in clusters(entries, frame)] == [1, 1]


def test_cases_at_one_place_do_not_open(searcher: Searcher) -> None:
    entries = [case(searcher, name, 4.35, 50.85) for name in "ab"]
    assert opened(entries, EUROPE) is None
    assert opened(entries, dataclasses.replace(EUROPE, scale=CLOSEST)) is None


def test_the_point_under_the_wheel_stays_and_a_drag_moves_the_middle() -> None:
    place = (4.35, 50.85)
    before = EUROPE.project(*place)
    closer = EUROPE.moved(*before, factor=2, drag=False)
    assert closer.scale == 2 * EUROPE.scale
    assert closer.project(*place) == pytest.approx(before)
    dragged = EUROPE.moved(30, -20, factor=1, drag=True)
    assert dragged.project(*place) == pytest.approx((before[0] - 30, before[1] + 20))


def test_it_comes_no_closer_than_a_city_and_goes_no_farther_than_the_world() -> None:
    assert EUROPE.zoomed(1e9).scale == CLOSEST
    assert EUROPE.zoomed(1e-9).scale == WIDEST


def test_only_lands_in_sight_are_drawn() -> None:
    square = {"geometry": {"type": "Polygon", "coordinates": [[[8, 51], [10, 51], [10, 53], [8, 53], [8, 51]]]}}
    away = {"geometry": {"type": "MultiPolygon", "coordinates": [[[[170, 0], [175, 0], [175, 5], [170, 0]]]]}}
    path = outlines([square, away], EUROPE)
    assert path.count("M") == path.count("Z") == 1
    assert outlines([away], EUROPE) == ""
