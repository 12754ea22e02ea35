"""The filters in use: taken from the address, kept, narrowed to what another site has fixed.

They are kept in ``st.session_state``, under the same names as in the address.
"""

from __future__ import annotations

from typing import Any

import streamlit as st

import search
from search.retrieval.filters import KNOWN_SINCE, LAST_KNOWN
from search.retrieval.fixed_filters import narrowed

from .address import Address, address

FILTERS = ("libraries", "kinds", "phases", "conditions", "actors", "languages", "countries", "outcomes", "known_since")

SHORT_FILTERS = ("libraries", "kinds", "phases", "languages", "outcomes")  # few values: all of them are in sight

FACET = "facet."
"""Before the name of a filter of the library's own, in the address and where its choice is kept."""

OWN = "own."
"""In the address of a page inside another site, before a filter of the person's own; the others that site has fixed."""


# ---- Their names and values ----------------------------------------------------------------------------------


def is_facet(name: object) -> bool:
    """Say whether a name is that of a filter of a library's own."""
    return str(name).startswith(FACET)


def facets(searcher: search.Searcher) -> tuple[str, ...]:
    """Return what the filters of the library's own go by here, in the order of its table."""
    return tuple(f"{FACET}{name}" for name in searcher.facets)


def kept_facets() -> tuple[str, ...]:
    """Return what the filters of a library's own go by that were drawn or chosen."""
    return tuple(str(name) for name in st.session_state if is_facet(name))


def known_values(searcher: search.Searcher, name: str) -> tuple[str, ...]:
    """Return the values a filter may have."""
    if is_facet(name):
        return searcher.facets.get(name.removeprefix(FACET), ())
    return search.LANGUAGES if name == "languages" else searcher.vocabulary.keys(list_of(name))


def list_of(name: str) -> str:
    """Return which list the values of a filter are in."""
    return LAST_KNOWN if name == KNOWN_SINCE else name


# ---- What is chosen ------------------------------------------------------------------------------------------


def filters() -> Address:
    """Return the filters in use."""
    return {name: list(st.session_state[name]) for name in (*FILTERS, *kept_facets()) if st.session_state[name]}


def own_filters() -> Address:
    """Return the filters in use that a person chose: all but those that the site around the page has fixed."""
    fixed = fixed_filters()
    return {name: values for name, values in filters().items() if set(values) != set(fixed.get(name, ()))}


def written_filters() -> Address:
    """Return the filters as the address has them: inside another site, what is fixed apart from the person's own."""
    if "filters fixed" not in st.session_state:
        return filters()
    return fixed_filters() | {OWN + name: values for name, values in own_filters().items()}


def wanted() -> dict[str, Any]:
    """Return the filters in use, as a search takes them."""
    chosen = filters()
    own = {name.removeprefix(FACET): chosen.pop(name) for name in list(chosen) if is_facet(name)}
    return chosen | ({"facets": own} if own else {})


def read_filters(searcher: search.Searcher) -> None:
    """Take over the filters of the address; values nobody knows are kept under ``unknown``."""
    unknown, written = [], address()
    named = filter(is_facet, (key.removeprefix(OWN) for key in written))
    for name in (*FILTERS, *dict.fromkeys((*kept_facets(), *facets(searcher), *named))):
        values, known = written.get(OWN + name) or written.get(name, []), known_values(searcher, name)
        st.session_state[name] = [value for value in values if value in known]
        own = f"{name.removeprefix(FACET)}: " if is_facet(name) else ""
        unknown += [f"{own}{value}" for value in values if value not in known]
    st.session_state["unknown"] = unknown
    hold_fixed()


def clear_filters() -> None:
    """Remove every filter; those that the site around the page has fixed stay."""
    fixed = fixed_filters()
    for name in (*FILTERS, *kept_facets()):
        st.session_state[name] = list(fixed.get(name, []))


def drop_filter(name: str, value: str) -> None:
    """Remove one value of a filter."""
    st.session_state[name] = [one for one in st.session_state[name] if one != value]


def take_filters(searcher: search.Searcher, view: str) -> None:
    """Bring back the filters of a view: those of the search and those of Browse are apart.

    What a newer library no longer has is let go, and told as `draw_unknown` tells it.
    """
    state = st.session_state
    last = state.get("filters of", view)
    state["filters of"] = view
    if last == view:
        return
    put_by = state.setdefault("filters put by", {})
    put_by[last] = filters()
    clear_filters()
    for name, values in put_by.pop(view, {}).items():
        known = known_values(searcher, name)
        state[name] = [value for value in values if value in known]
        if gone := [value for value in values if value not in known]:
            state["let go"] = [*state.get("let go", ()), *gone]
    hold_fixed()


# ---- What the site around the page has fixed -----------------------------------------------------------------


def fixed_filters() -> Address:
    """Return the filters that the site around the page has fixed; none where there is no such site."""
    fixed: Address = st.session_state.get("filters fixed", {})
    return fixed


def keep_fixed(searcher: search.Searcher) -> None:
    """Let a page inside another site keep the filters of the address that opened it, to the end of the visit."""
    state = st.session_state
    if "filters fixed" not in state and st.context.is_embedded:
        state["filters fixed"] = address()
    if "filters fixed" in state:
        named = [name for name in state["filters fixed"] if name in FILTERS or is_facet(name)]
        values = {name: known_values(searcher, name) for name in named}
        kept = {name: [one for one in state["filters fixed"][name] if one in values[name]] for name in named}
        state["filters fixed"] = {name: some for name, some in kept.items() if some}
        hold_fixed()


def hold_fixed() -> None:
    """Bring what was chosen back to what the site around the page has fixed."""
    for name, values in narrowed(fixed_filters(), filters()).items():
        st.session_state[name] = list(values)
