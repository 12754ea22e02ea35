"""The address of the page: what it says, whether somebody else wrote it, how what is shown is written to it."""

from __future__ import annotations

from urllib.parse import urlencode

import streamlit as st

VIEWS = ("ask", "browse", "compare", "sheet", "curators", "about")
"""In the order of the menu; all but the first have their name in the address."""

Address = dict[str, list[str]]

MOST_NAMED, LONGEST_NAME = 10, 80
"""Unknown values of the address that are shown, and characters of one."""


def address() -> Address:
    """Return what the address of the page says."""
    return {key: st.query_params.get_all(key) for key in st.query_params}


def is_bare() -> bool:
    """Say whether the address says nothing but a view and a language: the menu was used, or "back" after it."""
    return not set(address()) - {"lang"}


def is_new(view: str) -> bool:
    """Say whether the address was written by someone else: a link was opened, or "back" was pressed.

    Coming from another view by the menu leaves the address bare: then what was asked here is kept. An address that is
    bare because of "back" is left so: written again, it would keep "back" from leading any further.
    """
    by_menu = is_bare() and st.session_state.get("view") not in (None, view)
    new = address() != st.session_state.get("address") and not by_menu
    st.session_state["view"] = view
    st.session_state["leave"] = new and is_bare()
    return new


def write_address(written: Address) -> None:
    """Write what is shown to the address of the page.

    It is written even when it seems to be there: a link from one entry to another tells the server the new address and
    leaves the old one in the browser, which takes a new one as a step of its history.
    """
    if st.session_state.get("lang"):
        written = written | {"lang": [st.session_state["lang"]]}
    if st.session_state["leave"]:
        written = address()
    st.query_params.from_dict(written)
    st.session_state["address"] = written


def page_address() -> str:
    """Return the address of the page, whichever view is shown, with the slash at its end; empty where there is none."""
    where = (st.context.url or "").split("?")[0].split("#")[0]
    head, _, last = where.rpartition("/")
    return f"{head}/" if last in VIEWS else where and f"{where.rstrip('/')}/"


def shown_address() -> str:
    """Return the address of what is shown, as the browser has it."""
    where = (st.context.url or "").split("?")[0].split("#")[0]
    written = st.session_state.get("address") or {}
    where = where if where.rpartition("/")[2] in VIEWS else page_address()
    return f"{where}?{urlencode(written, doseq=True)}" if written else where


def link_to(**parts: str) -> dict[str, str]:
    """Return the address of a view, in the language that was chosen."""
    return parts | ({"lang": st.session_state["lang"]} if st.session_state.get("lang") else {})
