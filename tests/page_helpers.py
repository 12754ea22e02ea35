"""The page drawn without a browser: opened, asked, read, given a table."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from streamlit.testing.v1 import AppTest

from page.table import building

PAGE = Path(__file__).parent.parent / "streamlit_app.py"
SECONDS_TO_DRAW = 60

FRENCH = "Nous avons perdu la confiance de la commune"
ENGLISH = "We have lost the trust of the council"

TABLE = """\
Intitulé du dossier,Récit complet,Mél de contact,Année
Le café du coin,Un jardin et un café ouverts par les voisins de la rue.,a@b.example,2021
La halle,Le bâtiment était vide et la commune a donné les clés.,c@d.example,2019
"""

Open = Callable[..., AppTest]


# ---- Opened --------------------------------------------------------------------------------------------------


def run(page: AppTest) -> AppTest:
    """Draw the page, without an error."""
    page.run()
    assert not page.exception, page.exception
    return page


def new_page() -> AppTest:
    """Return a page that is not drawn yet."""
    return AppTest.from_file(str(PAGE), default_timeout=SECONDS_TO_DRAW)


def go_to(page: AppTest, **address: str | list[str]) -> AppTest:
    """Draw the page at an address."""
    for key, value in address.items():
        page.query_params[key] = value
    return run(page)


def open_view(view: str = "", *, sheet: Sequence[str] = (), **address: str | list[str]) -> AppTest:
    """Open a view at an address, in English unless that says otherwise."""
    page = new_page()
    page.session_state["sheet"] = list(sheet)
    page.run()
    if view:
        switch_view(page, view)
    return go_to(page, **{"lang": "en", **address})


def switch_view(page: AppTest, view: str) -> None:
    """Press a view in the menu (AppTest.switch_page knows views by their file, and these are functions)."""
    [page._page_hash] = [key for key, info in page._registered_pages.items() if info.get("url_pathname") == view]


# ---- Read ----------------------------------------------------------------------------------------------------


def texts(page: AppTest) -> str:
    """Return everything the page wrote as Markdown or caption, without backslashes and joiners."""
    elements = [*page.markdown, *page.caption, *page.title, *page.header, *page.subheader]
    return "\n".join(re.sub(r"\\(?=[!-/:-@\[-`{-~])|\u2060", "", element.value) for element in elements)


def links(page: AppTest) -> list[str]:
    """Return the labels of links to entries, without what follows a colon."""
    return [link.proto.label.split(" :")[0] for link in page.get("page_link")]


def downloads(page: AppTest) -> list[str]:
    """Return the labels of the buttons that give a file."""
    return [button.label for button in page.button if str(button.key).startswith("download ")]


# ---- Asked and given -----------------------------------------------------------------------------------------


def submit(page: AppTest, text: str) -> AppTest:
    """Type a situation and press the button."""
    page.text_area(key="q").set_value(text)
    page.button(key="ask_button").click()
    return run(page)


def give(page: AppTest, text: str | bytes = TABLE, name: str = "mine.csv") -> AppTest:
    """Give a table to the view of the editors."""
    content = text.encode() if isinstance(text, str) else text
    page.file_uploader(key="table_file").set_value((name, content, "text/csv"))
    return run(page)


def press_build(page: AppTest) -> AppTest:
    """Build the library of a table, and wait until it is over."""
    page.button(key="table_build").click()
    run(page)
    end = time.monotonic() + 60
    while building().state.running and time.monotonic() < end:
        time.sleep(0.02)
    return run(page)
