"""The page: menu, name and language switch; each view is a module beside this one, every rule lives in ``search``."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import Path

import streamlit as st

import search

from .address import VIEWS
from .browser import draw_browser, take_kept
from .chosen_filters import keep_fixed
from .faults import tell
from .frame import draw_frame
from .host import keep_pace
from .look import NAME, is_embedded, library_name, logo_of
from .messages import MESSAGES
from .opening import this_page
from .page import Page
from .reader import choose_language
from .text import one_line
from .titles import page_title
from .visit import drop_told, follow_library, keep_widgets

ICON = str(Path(__file__).with_name("icon.png"))  # without one, Streamlit fetches that of the view from afar

ICONS = {
    "ask": ":material/search:",
    "browse": ":material/map:",
    "compare": ":material/compare:",
    "sheet": ":material/description:",
    "curators": ":material/edit_note:",
    "about": ":material/info:",
}


def draw_head(page: Page) -> None:
    """Draw the name and the language switch."""
    st.session_state["switch"] = st.session_state["shown_language"] = page.reader
    draw_frame(page)
    if logo := logo_of(page.searcher):
        st.logo(logo, size="large")
    if is_embedded():
        return
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        st.title(one_line(library_name(page.searcher)), anchor=False, width="content")
        st.segmented_control(
            page.say("switch"),
            tuple(MESSAGES),
            format_func={"fr": "Français", "en": "English"}.__getitem__,
            key="switch",
            on_change=choose_language,
            label_visibility="collapsed",
        )


def view(name: str, page: Page) -> Callable[[], None]:
    """Return what draws a view; its module is imported when it is first drawn."""

    def draw() -> None:
        try:
            import_module(f".{name}", __package__).main(page)
        except search.PasserelleError as error:  # a file or a database that went away meanwhile
            tell(error, page.reader)

    return draw


def main() -> None:
    """Draw the page."""
    keep_pace()  # before anything is drawn: there the next message would begin all over again
    st.set_page_config(page_title=st.session_state.get("page title", NAME), page_icon=ICON)
    keep_widgets()
    if not st.session_state.pop("told by browser", False):
        drop_told()
    take_kept()
    page = this_page()
    follow_library(page)
    keep_fixed(page.searcher)
    views = [
        st.Page(
            view(name, page),
            title=page.say(f"view_{name}", count=len(st.session_state["sheet"])),
            icon=ICONS[name],
            url_path="" if name == VIEWS[0] else name,
            default=name == VIEWS[0],
        )
        for name in VIEWS
    ]
    st.session_state["answers"] = views[0]
    shown = st.navigation(views, position="hidden" if is_embedded() else "top")
    draw_head(page)
    shown.run()
    st.session_state["page title"] = page_title(page, shown.url_path or VIEWS[0])
    st.set_page_config(page_title=st.session_state["page title"])
    draw_browser(page)
