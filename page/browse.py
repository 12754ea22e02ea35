"""The view of the whole library: filters in the address, the grid with counts, a map, the years, the list."""

from __future__ import annotations

import itertools
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import altair as alt
import streamlit as st

import search
from search.output.browse import cells, placed, starts

from .entries import draw_entry_link
from .filters import draw_filters
from .library import has_grid, has_places_and_years, used_values
from .state import Page, address, draw_unknown, filters, is_new, read_filters, take_filters, wanted, write_address
from .text import one_line, sort_key

LISTED = 40  # entries before "show more" and with each click on it
LAND = Path(__file__).with_name("land.json")
COLORS = {
    "succeeded": "#1b7f3b",
    "mixed": "#b25c00",
    "stalled": "#b3261e",
    "stopped": "#7a1f1f",
    "ongoing": "#1f5fa8",
    "unknown": "#6b6b6b",
}
OTHER_COLORS = ("#0b5e6b", "#8a3b8f", "#7a5c00", "#a3195b", "#3d4fa1", "#4f6b1f")
"""For a library's own outcomes, in their order."""

FRAMES = {"europe": ((9.0, 52.0), 560.0), "world": ((5.0, 25.0), 105.0)}
"""What a map shows: its centre, degrees east and north, and pixels a radian."""


def show_more() -> None:
    """Show more of the list."""
    st.session_state["listed"] += LISTED


def draw_grid(page: Page, entries: Sequence[search.Entry]) -> None:
    """Draw how many entries stand in each cell of the grid."""
    counts = cells(entries, page.searcher.vocabulary)
    phases, conditions = (used_values(page.searcher, name) for name in ("phases", "conditions"))
    lines = ["| |" + "|".join(one_line(page.label("phases", phase)) for phase in phases) + "|"]
    lines.append("|---|" + "---:|" * len(phases))
    for condition in conditions:
        row = "|".join(str(counts[phase, condition]) for phase in phases)
        lines.append(f"|{one_line(page.label('conditions', condition))}|{row}|")
    st.markdown("\n".join(lines))
    st.caption(page.say("grid_hint"))


@st.cache_data
def land() -> list[dict[str, Any]]:
    """Read the outlines of the lands (Natural Earth, public domain)."""
    outlines: list[dict[str, Any]] = json.loads(LAND.read_text(encoding="utf-8"))["features"]
    return outlines


def draw_map(page: Page, entries: Sequence[search.Entry]) -> None:
    """Draw where the cases are; nothing is fetched from elsewhere."""
    here = placed(entries)
    if not here:
        st.info(page.say("map_none"))
        return
    frame = st.segmented_control(
        page.say("map_frame"),
        tuple(FRAMES),
        format_func=lambda key: page.say(f"map_{key}"),
        default="europe",
        key="map frame",
    )
    st.altair_chart(map_chart(page, here, FRAMES[frame or "europe"]), alt=page.say("map_alt", count=len(here)))
    st.caption(page.say("map_hint", count=len(here)))


def map_chart(
    page: Page, entries: Sequence[search.Entry], frame: tuple[tuple[float, float], float]
) -> alt.LayerChart | alt.FacetChart:
    """Draw the lands and a dot for each case, coloured by what became of it."""
    center, scale = frame
    lands = alt.Chart(alt.InlineData(values=land())).mark_geoshape(fill="#e6e4df", stroke="#ffffff", aria=False)
    dots = alt.Chart(alt.InlineData(values=[dot(page, entry) for entry in entries]))
    points = dots.mark_circle(size=60, opacity=0.8, stroke="#ffffff", strokeWidth=0.5).encode(
        longitude="lon:Q",
        latitude="lat:Q",
        color=outcome_color(page),
        tooltip=[alt.Tooltip(f"{name}:N", title=page.say(f"map_{name}")) for name in ("title", "place", "outcome")],
    )
    return alt.layer(lands, points).project("mercator", center=list(center), scale=scale).properties(height=500)


def dot(page: Page, entry: search.Entry) -> dict[str, object]:
    """Return what the map knows of a case."""
    return {
        "lon": entry.lon,
        "lat": entry.lat,
        "title": entry.title(page.reader),
        "place": entry.place or "",
        "outcome": outcome(page, entry.outcome),
    }


def outcome(page: Page, key: str | None) -> str:
    """Return the label of what became of a case; words of our own where nothing is told."""
    return page.label("outcomes", key) if key else page.say("outcome_none")


def outcome_color(page: Page) -> alt.Color:
    """Colour by what became of a case, the same on the map and over the years, for a library's own outcomes too."""
    keys = page.searcher.vocabulary.keys("outcomes")
    others = itertools.cycle(OTHER_COLORS)
    colors = {outcome(page, key): COLORS.get(key) or next(others) for key in keys}
    colors.setdefault(page.say("outcome_none"), COLORS["unknown"])
    return alt.Color(
        "outcome:N",
        title=page.say("outcomes"),
        scale=alt.Scale(domain=list(colors), range=list(colors.values())),
        legend=alt.Legend(orient="top", columns=3, labelLimit=200, titleLimit=400),
    )


def draw_years(page: Page, entries: Sequence[search.Entry]) -> None:
    """Draw how many cases began in each year."""
    counts = starts(entries)
    if not counts:
        st.info(page.say("map_none"))
        return
    rows = [
        {"year": year, "outcome": outcome(page, what_became), "count": count}
        for (year, what_became), count in counts.items()
    ]
    years = list(range(min(counts)[0], max(counts)[0] + 1))  # those without a case as well
    chart = (
        alt.Chart(alt.InlineData(values=rows))
        .mark_bar()
        .encode(
            x=alt.X("year:O", title=page.say("years_begin"), scale=alt.Scale(domain=years)),
            y=alt.Y("sum(count):Q", title=page.say("years_cases")),
            color=outcome_color(page),
            tooltip=[
                alt.Tooltip(f"{name}:N", title=page.say(f"years_{name}")) for name in ("year", "outcome", "count")
            ],
        )
    )
    st.altair_chart(
        chart.properties(height=360), alt=page.say("years_alt", first=rows[0]["year"], last=rows[-1]["year"])
    )
    st.caption(page.say("years_hint", count=sum(counts.values())))


def draw_list(page: Page, entries: Sequence[search.Entry]) -> None:
    """Draw links to the entries, kind by kind."""
    shown = st.session_state.setdefault("listed", LISTED)
    kinds = page.searcher.vocabulary.keys("kinds")
    ordered = sorted(entries, key=lambda one: (kinds.index(one.kind), sort_key(one.title(page.reader))))
    with st.container(gap="xxsmall"):
        for entry in ordered[:shown]:
            draw_entry_link(page, entry)
    if len(ordered) > shown:
        st.button(
            page.say("show_more", count=len(ordered) - shown), key="more listed", on_click=show_more, width="stretch"
        )


VIEWS = {"list": draw_list, "grid": draw_grid, "map": draw_map, "years": draw_years}


def views_of(searcher: search.Searcher) -> tuple[str, ...]:
    """Return the views that have something to show of a library."""
    places, years = has_places_and_years(searcher)
    shown = {"list": True, "grid": has_grid(searcher), "map": places, "years": years}
    return tuple(name for name in VIEWS if shown[name])


def main(page: Page) -> None:
    """Draw the view."""
    take_filters(page.searcher, "browse")
    new, written, views = is_new("browse"), address(), views_of(page.searcher)
    if new:
        read_filters(page.searcher)
        st.session_state["browsed"] = next((one for one in written.get("show", []) if one in views), "list")
    draw_unknown(page)
    st.header(page.say("browse"), anchor=False)
    draw_filters(page)
    entries = page.searcher.matching(**wanted())
    st.markdown(page.say("browse_count", count=len(entries), total=page.searcher.manifest.entries))
    kept = st.session_state.get("browsed")
    st.session_state["browsed"] = kept if kept in views else "list"
    shown = st.segmented_control(
        page.say("browse_show"),
        views,
        format_func=lambda key: page.say(f"browse_{key}"),
        key="browsed",
        label_visibility="collapsed",
    )
    write_address(filters() | ({"show": [shown]} if shown and shown != "list" else {}))
    if not entries:
        st.warning(page.say("filtered_out"))
        return
    VIEWS[shown or "list"](page, entries)
