"""The page: menu, name and language switch; each view is a module of ``page``, every rule lives in ``search``."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from page.messages import MESSAGES
from page.state import VIEWS, Page, choose_language, keep_widgets, this_page

# Long labels read from the left; Streamlit's own hint for the text area exists in English only.
STYLE = """<style>
[data-testid="stButton"] button, [data-testid="stButton"] button * { justify-content: flex-start; text-align: left; }
[data-testid="InputInstructions"] { display: none; }
@media (max-width: 640px) { [data-testid="stMarkdownContainer"] :is(th, td) { padding: 0.25rem; font-size: 0.8rem; } }
[data-testid="stCaptionContainer"], [data-testid="stCaptionContainer"] * { color: #5b5957; opacity: 1; }
[data-testid="stTopNavLink"] [data-testid="stIconMaterial"] { color: inherit; }
[data-testid="stPageLink"] * { white-space: normal; overflow: visible; text-align: left; font-weight: normal; }
[data-testid="stPageLink"] a:not(:hover, :focus-visible) { background: none; }
</style>"""

ICON = str(Path(__file__).with_name("page") / "icon.png")  # without one, Streamlit fetches that of the view from afar

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
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        st.title("Passerelle", anchor=False, width="content")
        st.segmented_control(
            page.say("switch"),
            tuple(MESSAGES),
            format_func={"fr": "Français", "en": "English"}.__getitem__,
            key="switch",
            on_change=choose_language,
            label_visibility="collapsed",
        )


def main() -> None:
    """Draw the page."""
    st.set_page_config(page_title="Passerelle", page_icon=ICON)
    keep_widgets()
    page = this_page()
    views = [
        st.Page(
            f"page/{view}.py",
            title=page.say(f"view_{view}", count=len(st.session_state["sheet"])),
            icon=ICONS[view],
            url_path="" if view == VIEWS[0] else view,
            default=view == VIEWS[0],
        )
        for view in VIEWS
    ]
    shown = st.navigation(views, position="top")
    draw_head(page)
    shown.run()


if __name__ == "__main__":
    main()
