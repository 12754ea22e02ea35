"""The view of the whole library: filters in the address, the grid with counts, a map, the years, the list."""

from __future__ import annotations

import html
import itertools
import re
from collections.abc import Sequence
from urllib.parse import parse_qs, urlencode

import altair as alt
import streamlit as st

import search
from search.output.browse import ORDERS, cells, containing, ordered, started_in, starts, typed_words

from .address import address, is_new, link_to, write_address
from .case_map import draw_map
from .chosen_filters import hold_fixed, known_values, read_filters, take_filters, wanted, written_filters
from .entries import draw_cards
from .filters import draw_filters
from .library import has_grid, has_places_and_years, used_values
from .page import Page
from .visit import draw_unknown

LISTED = 24  # entries before "show more" and with each click on it
COLORS = {
    "succeeded": ("#1b7f3b", "#5fd38a"),
    "mixed": ("#b25c00", "#ffb35c"),
    "stalled": ("#b3261e", "#ff8f86"),
    "stopped": ("#7a1f1f", "#d9a3ff"),
    "ongoing": ("#1f5fa8", "#86bdff"),
    "unknown": ("#6b6b6b", "#b8b8b8"),
}
"""What became of a case to its colour, in the light and in the dark."""
OTHER_COLORS = (
    ("#0b5e6b", "#63c3d0"),
    ("#8a3b8f", "#e29be6"),
    ("#7a5c00", "#e0c04d"),
    ("#a3195b", "#ff8fbf"),
    ("#3d4fa1", "#a9b6ff"),
    ("#4f6b1f", "#aacb6f"),
)
"""For a library's own outcomes, in their order."""

LONGEST_TEXT = 200
"""Characters of the text of an address that are read."""

GRID_STYLE = """<style>
table.grid { border-collapse: collapse; width: 100%; font-size: 0.95rem; }
table.grid :is(th, td) { border: 1px solid light-dark(#d5d2cb, #4a4845); padding: 0.4rem 0.5rem; }
table.grid :is(th, td) { text-align: right; font-weight: 400; }
table.grid th[scope=row] { text-align: left; }
table.grid a { display: block; margin: -0.4rem -0.5rem; padding: 0.4rem 0.5rem; color: inherit; }
table.grid a:is(:hover, :focus-visible) { background: light-dark(#e1edee, #24474d); }
@media (max-width: 640px) { table.grid { font-size: 0.75rem; } table.grid :is(th, td) { padding: 0.25rem; } }
</style>"""


def show_more() -> None:
    """Show more of the list."""
    st.session_state["listed"] += LISTED


def draw_grid(page: Page, entries: Sequence[search.Entry]) -> None:
    """Draw how many entries stand in each cell of the grid; a number leads to them."""
    counts = cells(entries, page.searcher.vocabulary)
    phases, conditions = (used_values(page.searcher, name) for name in ("phases", "conditions"))
    head = "".join(f'<th scope="col">{html.escape(page.label("phases", phase))}</th>' for phase in phases)
    rows = [
        f'<tr><th scope="row">{html.escape(page.label("conditions", condition))}</th>'
        + "".join(f"<td>{grid_cell(page, counts[phase, condition], phase, condition)}</td>" for phase in phases)
        + "</tr>"
        for condition in conditions
    ]
    st.html(f'{GRID_STYLE}<table class="grid"><thead><tr><td></td>{head}</tr></thead>{"".join(rows)}</table>')
    st.caption(f"{page.say('grid_hint')} {page.say('grid_press')}")


def grid_cell(page: Page, count: int, phase: str, condition: str) -> str:
    """Write a number, and where it leads; none leads nowhere."""
    if not count:
        return "0"
    asked = urlencode({"phases": phase, "conditions": condition} | link_to())
    label = page.say(
        "grid_cell", count=count, names=f"{page.label('phases', phase)}, {page.label('conditions', condition)}"
    )
    address = html.escape(f"browse?{asked}")
    return f'<a href="{address}" data-follow="{html.escape(asked)}" aria-label="{html.escape(label)}">{count}</a>'


def follow(searcher: search.Searcher) -> None:
    """Take over the filters of a number of the grid that was pressed."""
    asked = parse_qs(st.session_state.pop("followed", ""))
    for name in ("phases", "conditions"):
        if values := [value for value in asked.get(name, []) if value in known_values(searcher, name)]:
            st.session_state[name] = values
            st.session_state["browsed"] = "list"
    hold_fixed()


def draw_cases(page: Page, entries: Sequence[search.Entry]) -> None:
    """Draw the map."""
    colors = outcome_colors(page)
    draw_map(page, entries, {label: f"light-dark({light}, {dark})" for label, (light, dark) in colors.items()})


def outcome_colors(page: Page) -> dict[str, tuple[str, str]]:
    """Return the colours of what became of a case, by its label, for a library's own outcomes too."""
    others = itertools.cycle(OTHER_COLORS)
    colors = {page.outcome(key): COLORS.get(key) or next(others) for key in page.searcher.vocabulary.keys("outcomes")}
    colors.setdefault(page.say("outcome_none"), COLORS["unknown"])
    return colors


def outcome_color(page: Page) -> alt.Color:
    """Colour by what became of a case, the same on the map and over the years."""
    dark = st.context.theme.type == "dark"
    colors = {label: both[dark] for label, both in outcome_colors(page).items()}
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
        {"year": year, "outcome": page.outcome(what_became), "count": count}
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
        chart.add_params(alt.selection_point(name="year", fields=["year"])).properties(height=360),
        alt=page.say("years_alt", first=rows[0]["year"], last=rows[-1]["year"]),
        key="years",
        on_select=note_year,
    )
    st.caption(f"{page.say('years_hint', count=sum(counts.values()))} {page.say('years_press')}")
    st.selectbox(
        page.say("years_begin"),
        sorted({year for year, _ in counts}, reverse=True),
        index=None,
        key="year chosen",
        on_change=choose_year,
        placeholder=page.say("any"),
    )


def note_year() -> None:
    """Keep to the cases that began in the year whose bar was pressed."""
    chosen = st.session_state["years"]["selection"]["year"]
    if chosen:
        start_in(int(chosen[0]["year"]))


def choose_year() -> None:
    """Keep to the cases that began in the year that was chosen."""
    if st.session_state["year chosen"]:
        start_in(int(st.session_state["year chosen"]))


def start_in(year: int | None) -> None:
    """Keep to the cases that began in a year, as a list; to all of them when None."""
    st.session_state["started"] = year
    if year:
        st.session_state["browsed"] = "list"


def draw_list(page: Page, entries: Sequence[search.Entry]) -> None:
    """Draw the entries as cards, in the order that is chosen."""
    orders = orders_of(page.searcher)
    by = st.segmented_control(
        page.say("order"),
        orders,
        format_func=lambda key: page.say(f"order_{key}"),
        default=orders[0],
        key=f"order {page.reader}",
    )
    by = by or orders[0]
    shown = st.session_state.setdefault("listed", LISTED)
    cards = ordered(entries, by, page.searcher.vocabulary, page.reader)
    draw_cards(page, cards[:shown], read=by == "read")
    if len(cards) > shown:
        st.button(
            page.say("show_more", count=len(cards) - shown), key="more listed", on_click=show_more, width="stretch"
        )


def orders_of(searcher: search.Searcher) -> tuple[str, ...]:
    """Return the orders that put entries of a library apart."""
    places, years = has_places_and_years(searcher)
    there = {"known": years, "place": places, "kind": len(used_values(searcher, "kinds")) > 1}
    return tuple(name for name in ORDERS if there.get(name, True))


@st.cache_data(max_entries=8, show_spinner=False)
def words_of(version: str, _searcher: search.Searcher) -> dict[str, str]:
    """Return what each entry is found by as one types, once for each library."""
    return {entry.id: typed_words(entry, _searcher.vocabulary) for entry in _searcher.entries}


def narrowed(page: Page, entries: Sequence[search.Entry]) -> Sequence[search.Entry]:
    """Draw the place to type in and the year in use, and return the entries that are left."""
    st.text_input(
        page.say("browse_type"),
        key="browse text",
        type="search",
        live=True,
        placeholder=page.say("browse_type_hint"),
    )
    typed, year = st.session_state["browse text"], st.session_state["started"]
    if typed.strip():
        entries = containing(entries, words_of(page.searcher.manifest.version, page.searcher), typed)
    if year:
        entries = started_in(entries, year)
        st.button(
            page.say("told", name=page.say("years_begin"), values=year),
            key="chip started",
            icon=":material/close:",
            icon_position="right",
            help=page.say("filter_drop"),
            on_click=start_in,
            args=(None,),
        )
    return entries


VIEWS = {"list": draw_list, "grid": draw_grid, "map": draw_cases, "years": draw_years}


def views_of(searcher: search.Searcher) -> tuple[str, ...]:
    """Return the views that have something to show of a library."""
    places, years = has_places_and_years(searcher)
    shown = {"list": True, "grid": has_grid(searcher), "map": places, "years": years}
    return tuple(name for name in VIEWS if shown[name])


def follow_address(searcher: search.Searcher, views: Sequence[str]) -> None:
    """Take over what the address says: filters, the text, the year, the view."""
    written = address()
    read_filters(searcher)
    st.session_state["browsed"] = next((one for one in written.get("show", []) if one in views), "list")
    st.session_state["browse text"] = "".join(written.get("text", [])[:1])[:LONGEST_TEXT]
    year = "".join(written.get("started", [])[:1])
    st.session_state["started"] = int(year) if re.fullmatch("[0-9]{4}", year) else None


def written_address(shown: str) -> dict[str, list[str]]:
    """Return what is shown, as the address has it."""
    state = st.session_state
    own = {"show": "" if shown == "list" else shown, "text": state["browse text"], "started": state["started"]}
    return written_filters() | {name: [str(value)] for name, value in own.items() if value}


def main(page: Page) -> None:
    """Draw the view."""
    take_filters(page.searcher, "browse")
    views, state = views_of(page.searcher), st.session_state
    state["browse text"], state["started"] = state.get("browse text", ""), state.get("started")
    if is_new("browse"):
        follow_address(page.searcher, views)
    follow(page.searcher)
    draw_unknown(page)
    st.header(page.say("browse"), anchor=False)
    entries = narrowed(page, page.searcher.matching(**wanted()))
    draw_filters(page)
    st.markdown(page.say("browse_count", count=len(entries), total=page.searcher.manifest.entries))
    state["browsed"] = state.get("browsed") if state.get("browsed") in views else "list"
    shown = st.segmented_control(
        page.say("browse_show"),
        views,
        format_func=lambda key: page.say(f"browse_{key}"),
        key="browsed",
        label_visibility="collapsed",
    )
    write_address(written_address(shown or "list"))
    if not entries:
        st.warning(page.say("browse_none" if state["browse text"].strip() else "filtered_out"))
        return
    VIEWS[shown or "list"](page, entries)
