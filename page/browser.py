"""What the visitor's browser does for the page: it keeps their work, gives them files, says the language it is in.

A few lines of JavaScript in a component of Streamlit (``browser.js``); nothing of it is kept on the server. What is
kept, and how it is checked, is in ``search.output.kept_work``.
"""

from __future__ import annotations

import base64
import re
import uuid
from collections import Counter
from pathlib import Path

import streamlit as st

import search
from search.output.kept_work import KeptWork, read_kept, write_kept
from search.output.saved_sheet import SavedSheet, merged

from .chosen_entries import hold_sheet, own_sheet
from .page import Page
from .visit import hold_draft

PRINTED = Path(__file__).with_name("print.css").read_text(encoding="utf-8")
"""What is on paper of a page that is printed."""

COMPONENT = st.components.v2.component(
    "passerelle_browser", js=Path(__file__).with_name("browser.js").read_text(encoding="utf-8"), isolate_styles=False
)


# ---- From the browser ----------------------------------------------------------------------------------------


def note_kept() -> None:
    """Take what the browser tells, to be taken over when the page is drawn; not what it told a server before this."""
    told = st.session_state["browser"].get("kept") or {}
    st.session_state["told by browser"] = True
    if told.get("token") == st.session_state.get("token"):
        st.session_state["kept waiting"] = told["text"]
        st.session_state["kept refused"] = told["refused"]


def take_kept() -> None:
    """Take over what the browser keeps: at the beginning of a visit, and when another tab has changed it."""
    state = st.session_state
    text = state.pop("kept waiting", None)
    if text is None:
        return
    try:
        work = read_kept(text)
    except search.SavedSheetError:
        work, state["kept aside"] = KeptWork(), True
    if state.get("kept known"):
        hold_sheet(work.sheet)
        hold_draft(work.draft)
        state["kept language"], state["kept compared"] = work.language, list(work.compared)
    else:
        begin(work)
    state["kept known"], state["before"] = True, work.before


def begin(work: KeptWork) -> None:
    """Join what was kept with what was done, or came by a link, before it was known."""
    state = st.session_state
    linked = state.pop("linked", None)
    own = own_sheet()
    if linked is None or not work.sheet.ids:
        hold_sheet(merged(work.sheet, own))
    else:
        hold_sheet(work.sheet)
        if set(linked) != set(work.sheet.ids):
            state["offered"], state["offered by"] = SavedSheet(ids=tuple(linked)), "link"
    hold_draft({**state["draft"], **work.draft})
    state["kept language"] = state["kept language"] or work.language
    state["kept compared"] = state["kept compared"] or list(work.compared)
    if work.language and not state.get("lang") and "lang" not in st.query_params:
        state["lang"] = work.language
    if work.compared and "on" not in st.query_params:
        state["compared"] = list(work.compared)


# ---- To the browser ------------------------------------------------------------------------------------------


def keep_as_typed(key: str, *path: str) -> None:
    """Have the browser keep what is typed in a place before it is left.

    Args:
        key: Of the widget.
        path: Where it belongs in what is kept.
    """
    st.session_state["typed"][key] = path


def give_file(name: str, content: str | bytes, mime: str) -> None:
    """Have the browser save a file, once the page is drawn."""
    data = content.encode("utf-8") if isinstance(content, str) else content
    file = {"name": name, "mime": mime, "base64": base64.b64encode(data).decode("ascii"), "number": uuid.uuid4().hex}
    st.session_state["file"] = file


def print_paper(html: str) -> None:
    """Have the browser print a paper instead of the page, once that is drawn.

    Args:
        html: As `search.to_html` writes it; its texts are escaped there.
    """
    st.session_state["paper"] = {"html": html, "number": uuid.uuid4().hex}


def note_copied() -> None:
    """Take what became of copying the address: whether the browser let it."""
    st.session_state["copied"] = bool((st.session_state["browser"].get("copied") or {}).get("done"))


def note_followed() -> None:
    """Take the link of the page that was pressed, for the view to follow."""
    st.session_state["followed"] = (st.session_state["browser"].get("followed") or {}).get("asked", "")


def kept_now() -> KeptWork:
    """Return what is to be kept as things are."""
    state = st.session_state
    return KeptWork(own_sheet(), state["before"], tuple(state["kept compared"]), state["kept language"], state["draft"])


def class_of(key: str) -> str:
    """Return the class Streamlit gives the place of a widget."""
    return "st-key-" + re.sub(r"[^a-zA-Z0-9_-]", "-", key.strip())


def live_places(typed: dict[str, tuple[str, ...]]) -> dict[str, list[str]]:
    """Return the class of each place to where it belongs; places that have one class are left out."""
    counts = Counter(map(class_of, typed))
    return {class_of(key): list(path) for key, path in typed.items() if counts[class_of(key)] == 1}


def draw_browser(page: Page) -> None:
    """Hand the browser what it is to keep, and the file that was asked for."""
    state = st.session_state
    state["token"] = state.get("token") or uuid.uuid4().hex
    data = {
        "token": state["token"],
        "lang": page.reader,
        "kept": write_kept(kept_now()) if state.get("kept known") else None,
        "aside": state.pop("kept aside", False),
        "forgotten": state.get("forgotten"),
        "question": state["q"],
        "answered": not state.get("unanswered"),
        "live": live_places(state["typed"]),
        "file": state.pop("file", None),
        "paper": state.pop("paper", None),
    }
    st.html(f"<style>{PRINTED}</style>")  # a style alone takes no room
    COMPONENT(
        key="browser",
        data=data,
        on_kept_change=note_kept,
        on_copied_change=note_copied,
        on_followed_change=note_followed,
    )
