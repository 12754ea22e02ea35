"""Who opens the view of the editors, what a visitor never sees, how fast one visitor may go."""

from __future__ import annotations

import logging
from functools import partial
from pathlib import Path

import pytest
import streamlit as st

import search
from page import host
from page.host import PASSWORD_VARIABLE, Pace, is_local, is_right
from page.page import Page
from search.curation.unmet_needs import leave_unmet
from search.retrieval.searcher import Searcher
from tests.fakes import FakeLiveSearcher
from tests.page_helpers import Open, open_view, texts

LEFT = "A ski jump on the town hall"


@pytest.fixture
def editors(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, corpus: Path, abstaining_searcher: Searcher, fresh_page: None
) -> Open:
    """Open the view of the editors, where somebody left a need."""
    monkeypatch.setenv("PASSERELLE_UNMET", str(tmp_path / "unmet.jsonl"))
    monkeypatch.delenv(PASSWORD_VARIABLE, raising=False)
    monkeypatch.setattr(search, "default_corpus", lambda: corpus)
    monkeypatch.setattr(search, "follow", lambda **_: FakeLiveSearcher(abstaining_searcher))
    monkeypatch.setattr(host, "WRONG_PAUSE", 0.0)
    leave_unmet(tmp_path / "unmet.jsonl", LEFT, language="en")

    return partial(open_view, "curators")


@pytest.fixture
def served_to_all(monkeypatch: pytest.MonkeyPatch) -> None:
    """The page listens on every address of the computer."""
    option = st.get_option
    everywhere = {"server.address": "0.0.0.0"}  # noqa: S104
    monkeypatch.setattr(st, "get_option", lambda name: everywhere.get(name) or option(name))


def test_on_this_computer_the_view_is_open(editors: Open) -> None:
    assert LEFT in texts(editors())


@pytest.mark.usefixtures("served_to_all")
def test_elsewhere_a_visitor_reads_no_need_no_finding_and_no_path(editors: Open, tmp_path: Path) -> None:
    page = editors()
    assert page.info[0].value == (
        "This view opens on the computer that serves the page, not elsewhere. To open it elsewhere, whoever runs the "
        "page sets a password in the variable `PASSERELLE_EDITORS_PASSWORD`."
    )
    assert not page.tabs
    assert LEFT not in texts(page)
    assert str(tmp_path) not in texts(page)


def test_with_a_password_the_view_is_closed_until_it_is_given_and_it_is_never_logged(
    editors: Open, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    monkeypatch.setenv(PASSWORD_VARIABLE, "pont-d’Arc 1847")
    page = editors()
    assert not page.tabs
    for wrong in ("", "pont-d’Arc 184", "pont-d’Arc 1847 "):
        page.text_input(key="editors_password").set_value(wrong)
        page.button(key="editors_open").click().run()
        assert [message.value for message in page.error] == ["That is not the password. Try again."]
        assert LEFT not in texts(page)
    page.text_input(key="editors_password").set_value("pont-d’Arc 1847")
    page.button(key="editors_open").click().run()
    assert not page.exception
    assert LEFT in texts(page)
    assert not page.text_input(key="draft id").value
    assert "pont-d’Arc" not in caplog.text
    assert "pont-d’Arc" not in str(dict(page.query_params))


@pytest.mark.parametrize(("typed", "right"), [("é", True), ("e", False), ("", False), ("é" * 10_000, False)])
def test_a_password_is_right_or_wrong_as_a_whole(typed: str, right: bool) -> None:
    assert is_right(typed, "é") is right


@pytest.mark.parametrize(
    ("address", "headers", "local"),
    [
        ("localhost", {}, True),
        ("127.0.0.1", {"Host": "127.0.0.1:8501", "Origin": "http://127.0.0.1:8501"}, True),
        ("::1", {"Host": "[::1]:8501", "Origin": "http://[::1]:8501"}, True),
        (None, {}, False),  # Streamlit then listens to all
        ("0.0.0.0", {"Host": "localhost:8501"}, False),  # noqa: S104
        ("localhost", {"Host": "library.example"}, False),
        ("localhost", {"Host": "localhost:8501", "Origin": "https://library.example"}, False),
        ("localhost", {"Host": "localhost:8501", "Origin": "null"}, False),
        ("localhost", {"Host": "[cut", "Origin": "http://localhost"}, False),
        ("localhost", {"Host": "localhost:8501", "X-Forwarded-For": "203.0.113.9"}, False),
    ],
)
def test_local_is_who_sits_at_the_computer_and_not_who_comes_through_a_proxy(
    address: str | None, headers: dict[str, str], local: bool
) -> None:
    assert is_local(address, headers) is local


def test_lines_that_are_no_needs_and_days_that_are_none_hide_nothing(editors: Open, tmp_path: Path) -> None:
    with (tmp_path / "unmet.jsonl").open("a", encoding="utf-8") as file:
        file.write('cut\n{"text": "A slide", "language": null, "day": "2026-99-*x*"}\n')
    page = editors()
    shown = texts(page)
    assert LEFT in shown
    assert "A slide" in shown
    assert "2026-99-*x*" in shown
    assert "1 lines of the file cannot be read and are left out: 2." in [message.value for message in page.warning]


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("2026", "2026"),
        ("2026-03", "March 2026"),
        ("2026-03-01", "1 March 2026"),
        ("2026-00", "2026\\-00"),
        ("2026-13-01", "2026\\-13\\-01"),
        ("in spring", "in spring"),
        ("", ""),
    ],
)
def test_a_date_is_told_in_words_and_what_is_none_as_it_is_written(
    abstaining_searcher: Searcher, written: str, told: str
) -> None:
    assert Page(abstaining_searcher, "en").date(written) == told


def test_one_visitor_has_some_drawings_at_once_then_one_at_a_time() -> None:
    pace = Pace(at_once=3, every=0.5)
    assert [pace.wait(100.0) for _ in range(3)] == [0, 0, 0]
    assert pace.wait(100.0) == 0.5
    assert pace.wait(100.5) == 0.5  # who goes on as fast as may be waits as long again
    assert pace.wait(101.0) == 0.5
    assert [pace.wait(200.0) for _ in range(4)] == [0, 0, 0, 0.5]  # a pause gives all back, and no more
