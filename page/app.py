"""The page: menu, name and language switch; each view is a module beside this one, every rule lives in ``search``."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import Path

import streamlit as st

import search

from .browser import draw_browser, take_kept
from .frame import draw_frame
from .host import keep_pace
from .look import NAME, is_embedded, library_name, settings_of
from .messages import MESSAGES
from .state import VIEWS, Page, choose_language, follow_library, keep_widgets, tell, this_page
from .text import one_line
from .titles import page_title

# Long labels read from the left; Streamlit's own hint for the text area exists in English only.
STYLE = """<style>
[data-testid="stButton"] button, [data-testid="stButton"] button * { justify-content: flex-start; text-align: left; }
[data-testid="InputInstructions"] { display: none; }
@media (max-width: 640px) { [data-testid="stMarkdownContainer"] :is(th, td) { padding: 0.25rem; font-size: 0.8rem; } }
[data-testid="stCaptionContainer"], [data-testid="stCaptionContainer"] * { color: #5b5957; opacity: 1; }
[data-testid="stTopNavLink"] [data-testid="stIconMaterial"] { color: inherit; }
[data-testid="stPageLink"] * { white-space: normal; overflow: visible; text-align: left; font-weight: normal; }
[data-testid="stPageLink"] a:not(:hover, :focus-visible) { background: none; }
[data-testid="stLayoutWrapper"]:has(> :is(.st-key-unseen, .st-key-unseen_answer, .st-key-unseen_frame)) {
  position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%);
}
[data-testid="stMainBlockContainer"] { padding-top: 4.5rem; }
[data-testid="stMainBlockContainer"] h1 { padding: 0; }
.st-key-first_screen { min-height: calc(100dvh - 8.5rem); }
:is(.st-key-answer, .st-key-all_answers, .st-key-nothing, .st-key-near_misses, .st-key-below) h2 {
  font-size: 1.35rem; padding: 0; outline: none;
}
:is(.st-key-form_open, .st-key-stand_open) summary p { display: flex; gap: 0.4em; min-width: 0; }
:is(.st-key-form_open, .st-key-stand_open) summary p > :first-child {
  font-weight: 400; overflow: hidden; text-overflow: ellipsis; white-space: nowrap;
}
:is(.st-key-form_open, .st-key-stand_open) summary p > :last-child { flex: none; }
[class*="s_row"] [data-testid="stButtonGroup"] > div { flex-wrap: nowrap; overflow-x: auto; }
[class*="s_row"] [data-testid="stButtonGroup"] button { flex: none; }
@media (max-height: 500px) {
  [data-testid="stMainBlockContainer"] { padding-top: 4rem; }
  [data-testid="stMainBlockContainer"] h1 { font-size: 1.5rem; }
  [class*="s_row"] [data-testid="stWidgetLabel"] { position: absolute; clip-path: inset(50%); }
}
@media (max-width: 767.98px) {
  [data-testid="stExpandSidebarButton"] { width: auto; }
  [data-testid="stExpandSidebarButton"]::after { content: "Menu"; font-size: 1rem; padding: 0 0.25rem; }
}
</style>"""

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
    st.html(STYLE)
    st.session_state["switch"] = st.session_state["shown_language"] = page.reader
    draw_frame(page)
    if logo := settings_of(page.searcher).logo:
        st.logo(str(logo), size="large")
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
    take_kept()
    page = this_page()
    follow_library(page)
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
