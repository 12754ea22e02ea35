"""What the host of the page decides: who may open the view of the editors, and how fast one visitor may go."""

from __future__ import annotations

import hashlib
import hmac
import os
import threading
import time
from collections import OrderedDict
from collections.abc import Mapping
from urllib.parse import urlsplit

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

import search
from search.locations import THIS_COMPUTER

from .faults import tell
from .page import Page

PASSWORD_VARIABLE = "PASSERELLE_EDITORS_PASSWORD"  # noqa: S105 (the name of a variable)
"""Environment variable that holds the password of the editors; without one their view opens on this computer only."""

FORWARDED = ("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-IP", "Via")
"""Headers by which a proxy says that the person is elsewhere."""

WRONG_PAUSE = 1.0
"""Seconds a wrong password costs; those of everybody are looked at one after the other."""

AT_ONCE, EVERY = 40, 0.2
"""How often the page is drawn again for one visitor without a pause, and seconds between two drawings after that."""


MOST_VISITS = 10_000
"""Visits whose pace is remembered."""


# ---- The editors ---------------------------------------------------------------------------------------------


def is_local(address: str | None, headers: Mapping[str, str]) -> bool:
    """Say whether a page is served on this computer only, to somebody who sits at it.

    Args:
        address: What the server listens on.
        headers: Of the visitor's connection.
    """
    try:
        names = [urlsplit(f"//{headers.get('Host', 'localhost')}").hostname]
        names.append(urlsplit(headers.get("Origin", "http://localhost")).hostname)
    except ValueError:  # no address at all
        return False
    forwarded = any(name in headers for name in FORWARDED)
    return address in THIS_COMPUTER and not forwarded and THIS_COMPUTER.issuperset(names)


def is_here() -> bool:
    """Say whether this visitor sits at the computer that serves the page, which then serves nobody else."""
    return is_local(st.get_option("server.address"), st.context.headers)


def is_right(typed: str, password: str) -> bool:
    """Compare a password with the right one, in a time that tells nothing of either."""
    one, other = (hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest() for text in (typed, password))
    return hmac.compare_digest(one, other)


def may_edit(page: Page) -> bool:
    """Say whether this visitor is an editor; who is not is told why, or asked for the password."""
    password = os.environ.get(PASSWORD_VARIABLE, "")
    if not password:
        if is_here():
            return True
        st.info(page.say("editors_closed", variable=f"`{PASSWORD_VARIABLE}`"), icon=":material/lock:")
        return False
    if not st.session_state.get("editor"):
        ask_password(page, password)
    return bool(st.session_state.get("editor"))


def ask_password(page: Page, password: str) -> None:
    """Draw the form that asks for the password; the right one opens the view for this visit."""
    with st.form("editors"):
        typed = st.text_input(page.say("editors_password"), type="password", key="editors_password")
        if not st.form_submit_button(page.say("editors_open"), key="editors_open"):
            return
    try:
        with one_by_one().turn():
            if not is_right(typed, password):
                time.sleep(WRONG_PAUSE)
                st.error(page.say("editors_wrong"))
                return
    except search.BusyError as error:
        tell(error, page.reader)
        return
    st.session_state["editor"] = True
    st.rerun()


@st.cache_resource(show_spinner=False)
def one_by_one() -> search.AdmissionQueue:
    """Return the queue passwords stand in."""
    return search.AdmissionQueue(1, 10)


# ---- Pace ----------------------------------------------------------------------------------------------------


class Pace:
    """How fast one visitor may have the page drawn again."""

    def __init__(self, at_once: int = AT_ONCE, every: float = EVERY) -> None:
        """Begin.

        Args:
            at_once: Drawings without a pause.
            every: Seconds between two after that; a pause gives them back.
        """
        self._at_once, self._every, self._due = at_once, every, float("-inf")

    def wait(self, now: float) -> float:
        """Count one drawing, and return how many seconds it has to wait."""
        self._due = max(self._due, now - self._at_once * self._every) + self._every
        return max(0.0, self._due - now)


PACES: OrderedDict[str, Pace] = OrderedDict()
"""Of the visits that were drawn last, by the name Streamlit gives a visit.

Not in ``st.session_state``: with the next message already there, reading that ends the drawing, before it has waited.
"""

_paces = threading.Lock()


def keep_pace() -> None:
    """Wait when this visitor asks too fast; what is asked meanwhile is answered together, by one drawing."""
    visit = get_script_run_ctx(suppress_warning=True)
    if visit is None:
        return
    with _paces:
        pace = PACES.setdefault(visit.session_id, Pace())
        PACES.move_to_end(visit.session_id)
        while len(PACES) > MOST_VISITS:
            PACES.popitem(last=False)
    time.sleep(pace.wait(time.monotonic()))
