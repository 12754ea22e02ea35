"""The filters in the sidebar."""

from __future__ import annotations

import streamlit as st

from .library import offered_values
from .state import FACET, FILTERS, SHORT_FILTERS, Page, clear_filters, facets, filters, is_facet
from .text import capital, one_line, sort_key


def draw_filters(page: Page) -> None:
    """Draw the sidebar."""
    with st.sidebar:
        st.subheader(page.say("filters"), anchor=False)
        st.caption(page.say("filters_hint"))
        for name in (*FILTERS, *facets(page.searcher)):
            draw_filter(page, name)
        st.button(page.say("filters_clear"), key="filters_clear", on_click=clear_filters, disabled=not filters())


def draw_filter(page: Page, name: str) -> None:
    """Draw one filter: every value in sight when they are few, else a list to choose from; none without values."""
    values = offered_values(page.searcher, name, st.session_state.setdefault(name, []))
    if not values:
        return
    if name in SHORT_FILTERS:
        st.pills(
            page.say(name),
            values,
            selection_mode="multi",
            format_func=lambda key: one_line(capital(page.label(name, key))),
            key=name,
        )
        return
    if name == "countries" or is_facet(name):
        values = tuple(sorted(values, key=lambda key: sort_key(page.label(name, key))))
    label = one_line(name.removeprefix(FACET)) if is_facet(name) else page.say(name)
    st.multiselect(label, values, format_func=lambda key: page.label(name, key), key=name, placeholder=page.say("any"))
