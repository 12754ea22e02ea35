"""The map of cases: clusters that open at a click, the card of a case, closer and farther; nothing is fetched."""

from __future__ import annotations

import html
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import streamlit as st

import search
from search.output.browse import placed
from search.output.case_map import EUROPE, HEIGHT, WIDTH, WORLD, Cluster, Frame, clusters, opened, outlines
from search.text.places.wording import place_in

from .entries import draw_cards
from .page import Page

LAND = Path(__file__).with_name("land.json")

FRAMES: Mapping[str, Frame] = {"europe": EUROPE, "world": WORLD}

NAMED = 4
"""Cases of a cluster whose titles are told when it is pointed at."""

CLUSTER = "light-dark(#0b5e6b, #63c3d0)"
"""Colour of several cases as one, in the light and in the dark."""

STYLE = """<style>
.map svg { width: 100%; height: auto; display: block; border-radius: 0.5rem; cursor: grab;
  background: light-dark(#f3f6f7, #1d2326); }
.map path { fill: light-dark(#dcd8cf, #3a3d3e); stroke: light-dark(#fff, #1d2326); stroke-width: 0.6; }
.map circle { stroke: light-dark(#fff, #14181a); stroke-width: 1.5; }
.map text { fill: light-dark(#fff, #0d2226); font: 600 12px sans-serif; }
.map text { text-anchor: middle; dominant-baseline: central; }
.map a { cursor: pointer; }
.map a:is(:hover, :focus-visible) circle { stroke: light-dark(#111, #fff); stroke-width: 3; }
.map a:focus { outline: none; }
</style>"""

COMPONENT = st.components.v2.component(
    "passerelle_map", js=Path(__file__).with_name("map.js").read_text(encoding="utf-8"), isolate_styles=False
)


@st.cache_data
def land() -> list[dict[str, Any]]:
    """Read the outlines of the lands (Natural Earth, public domain)."""
    features: list[dict[str, Any]] = json.loads(LAND.read_text(encoding="utf-8"))["features"]
    return features


@st.cache_data(max_entries=50, show_spinner=False)
def lands(frame: Frame) -> str:
    """Return the lands in sight as a path."""
    return outlines(land(), frame)


# ---- What is in sight ----------------------------------------------------------------------------------------


def in_sight() -> Frame:
    """Return the part of the world that is shown."""
    frame: Frame = st.session_state.setdefault("map frame", EUROPE)
    return frame


def show(frame: Frame) -> None:
    """Show another part of the world."""
    st.session_state["map frame"] = frame


def draw_frames(page: Page) -> None:
    """Draw the buttons that show more or less of the world."""
    frame = in_sight()
    with st.container(horizontal=True, gap="xsmall"):
        st.button(
            page.say("map_closer"), key="map closer", icon=":material/add:", on_click=show, args=(frame.zoomed(2),)
        )
        away = frame.zoomed(0.5)
        st.button(page.say("map_farther"), key="map farther", icon=":material/remove:", on_click=show, args=(away,))
        for name, whole in FRAMES.items():
            st.button(page.say(f"map_{name}"), key=f"map {name}", type="tertiary", on_click=show, args=(whole,))


def note_moved() -> None:
    """Follow the wheel or a drag."""
    moved = st.session_state["map"].get("moved")
    if moved:
        show(in_sight().moved(moved["x"], moved["y"], factor=moved["factor"], drag=moved["drag"]))


def note_chosen() -> None:
    """Open the cluster that was clicked; cases at one place, or one alone, are shown below."""
    chosen = st.session_state["map"].get("chosen")
    if chosen:
        st.session_state["map chosen"] = list(chosen["ids"])


def follow_chosen(entries: Sequence[search.Entry]) -> list[search.Entry]:
    """Return the cases to show below the map; a cluster whose cases stand apart is opened instead."""
    ids = st.session_state.pop("map chosen", None)
    if ids is not None:
        members = [entry for entry in entries if entry.id in set(ids)]
        frame = opened(members, in_sight()) if len(members) > 1 else None
        if frame:
            show(frame)
        st.session_state["map cards"] = [] if frame else [entry.id for entry in members]
    shown = set(st.session_state.get("map cards", ()))
    return [entry for entry in entries if entry.id in shown]


# ---- Drawing -------------------------------------------------------------------------------------------------


def draw_map(page: Page, entries: Sequence[search.Entry], colors: Mapping[str, str]) -> None:
    """Draw where the cases are.

    Args:
        page: The library and the reader.
        entries: Those without a place are left out.
        colors: Outcome, by its label, to its colour as CSS has it, in the light and in the dark.
    """
    here = placed(entries)
    if not here:
        st.info(page.say("map_none"))
        return
    cards = follow_chosen(here)
    draw_frames(page)
    found = clusters(here, in_sight())
    told = page.say("map_alt", count=sum(len(one.entries) for one in found))
    marks = "".join(mark(page, one, colors) for one in found)
    drawn = f'<path d="{lands(in_sight())}"/>{marks}'
    svg = f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" role="group" aria-label="{html.escape(told)}"><g>{drawn}</g></svg>'
    st.html(STYLE)
    COMPONENT(key="map", data={"svg": svg}, on_chosen_change=note_chosen, on_moved_change=note_moved)
    st.html(legend(page, here, colors))
    st.caption(page.say("map_hint", count=len(here)))
    st.caption(page.say("map_how"))
    if cards:
        draw_cards(page, cards)


def mark(page: Page, cluster: Cluster, colors: Mapping[str, str]) -> str:
    """Write a case as a dot of its outcome's colour, several as one with their number; both are links."""
    count, first = len(cluster.entries), cluster.entries[0]
    titles = [entry.title(page.reader) for entry in cluster.entries[:NAMED]]
    rest = [page.say("map_more", count=count - NAMED)] if count > NAMED else []
    alone = f"{first.title(page.reader)}, {place_in(first.place or '', page.reader)} ({page.outcome(first.outcome)})"
    told = alone if count == 1 else page.say("map_several", count=count, titles=" · ".join([*titles, *rest]))
    ids = html.escape(" ".join(entry.id for entry in cluster.entries))
    x, y, size = round(cluster.x, 1), round(cluster.y, 1), 7 if count == 1 else min(11 + count**0.5, 20)
    color = colors[page.outcome(first.outcome)] if count == 1 else CLUSTER
    number = f'<text x="{x}" y="{y}">{count}</text>' if count > 1 else ""
    circle = f'<circle cx="{x}" cy="{y}" r="{size:.1f}" style="fill:{color}"/>'
    label = html.escape(told)
    return f'<a href="#" data-ids="{ids}" aria-label="{label}"><title>{label}</title>{circle}{number}</a>'


def legend(page: Page, entries: Sequence[search.Entry], colors: Mapping[str, str]) -> str:
    """Write which colour is which outcome, of those that are there."""
    there = {page.outcome(entry.outcome) for entry in entries}
    parts = [
        f'<span style="white-space:nowrap"><span style="color:{color}">●</span> {html.escape(label)}</span>'
        for label, color in colors.items()
        if label in there
    ]
    return f'<p style="font-size:0.85rem;margin:0">{" &nbsp; ".join(parts)}</p>'
