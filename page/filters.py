"""The filters: one button behind which they are, and those in use as chips that a click removes."""

from __future__ import annotations

import json
from collections.abc import Mapping

import streamlit as st

import search
from search.index.metadata import FACETS
from search.retrieval.value_counts import Counts, value_counts

from .chosen_filters import (
    FACET,
    FILTERS,
    SHORT_FILTERS,
    clear_filters,
    drop_filter,
    facets,
    fixed_filters,
    is_facet,
    own_filters,
    wanted,
)
from .library import offered_values
from .page import Page
from .text import capital, one_line, sort_key
from .words import plain_lines

NAMED = ("languages",)
"""Filters whose values say nothing without the name of the filter."""


def draw_filters(page: Page) -> None:
    """Draw the button and, beside it, a chip for each value in use."""
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall", key="filters_row"):
        draw_button(page)
        draw_chips(page)


def draw_button(page: Page) -> None:
    """Draw the button; behind it every filter the library has, with how many entries each value leaves."""
    counts = counted(page.searcher.manifest.version, json.dumps(wanted(), sort_keys=True), page.searcher)
    with st.popover(page.say("filters"), icon=":material/filter_list:", key="filters_behind"):
        st.caption(page.say("filters_hint"))
        for name in (*FILTERS, *facets(page.searcher)):
            draw_filter(page, name, counts.get(name.replace(FACET, f"{FACETS}:", 1), {}))


@st.cache_data(max_entries=200, show_spinner=False)
def counted(version: str, chosen: str, _searcher: search.Searcher) -> Counts:
    """Count what each value would leave, once for each library and choice."""
    return value_counts(_searcher.index, **wanted())


def draw_chips(page: Page) -> None:
    """Draw what the site around the page has fixed, the values a person chose, and the button that removes those."""
    if fixed := [chip(page, name, value) for name, values in fixed_filters().items() for value in values]:
        st.caption(page.say("filters_fixed", values=", ".join(fixed)), width="content")
    chosen = own_filters()
    for name, values in chosen.items():
        for value in values:
            st.button(
                chip(page, name, value),
                key=f"chip {name} {value}",
                icon=":material/close:",
                icon_position="right",
                help=page.say("filter_drop"),
                on_click=drop_filter,
                args=(name, value),
            )
    if chosen:
        st.button(page.say("filters_clear"), key="filters_clear", type="tertiary", on_click=clear_filters)


def chip(page: Page, name: str, value: str) -> str:
    """Write a value in use; with its filter where it says nothing alone."""
    label = page.label(name, value)
    if is_facet(name) or name in NAMED:
        return one_line(page.say("told", name=filter_name(page, name), values=label))
    return one_line(capital(label))


def filter_name(page: Page, name: str) -> str:
    """Return what a filter is called; one of a library's own as its table calls it."""
    return name.removeprefix(FACET) if is_facet(name) else page.say(name)


def draw_filter(page: Page, name: str, counts: Mapping[str, int]) -> None:
    """Draw one filter: every value in sight when they are few, else a list to choose from; none without values."""
    values = offered_values(page.searcher, name, st.session_state.setdefault(name, []))
    if not values or (len(values) == 1 and name in fixed_filters()):
        return

    def shown(key: str) -> str:
        return page.say("counted", label=page.label(name, key), count=counts.get(key, 0))

    if name in SHORT_FILTERS:
        st.pills(
            page.say(name),
            values,
            selection_mode="multi",
            format_func=lambda key: one_line(capital(shown(key))),
            key=name,
            help=plain_lines(page, name, values),
        )
        return
    if name == "countries" or is_facet(name):
        values = tuple(sorted(values, key=lambda key: sort_key(page.label(name, key))))
    st.multiselect(
        one_line(filter_name(page, name)),
        values,
        format_func=shown,
        key=name,
        placeholder=page.say("any"),
        help=plain_lines(page, name, values),
    )
