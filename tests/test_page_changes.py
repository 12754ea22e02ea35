"""The page while the library changes under it, or goes away: nothing is lost, nothing of the computer is shown."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

import search
from search.retrieval.searcher import Searcher
from tests.fakes import SIGNALS, CountingEncoder, FakeLiveSearcher, replace_text, searcher_of
from tests.page_helpers import downloads, links, open_view, texts

pytestmark = pytest.mark.usefixtures("fresh_page")


@pytest.fixture
def live(monkeypatch: pytest.MonkeyPatch, corpus: Path, tmp_path: Path) -> FakeLiveSearcher:
    """A library the page follows."""
    followed = FakeLiveSearcher(searcher_of(corpus, tmp_path))
    monkeypatch.setattr(search, "follow", lambda **_: followed)
    return followed


@pytest.fixture
def without_the_barracks(live: FakeLiveSearcher, corpus: Path, tmp_path: Path) -> Searcher:
    """The same library when somebody has deleted a row."""
    (corpus / "cases" / "lille-barracks.yaml").unlink()
    return searcher_of(corpus, tmp_path)


GONE = "“The Lille barracks” (lille\\-barracks) is no longer in the library."


def test_a_row_that_goes_while_it_is_on_a_sheet_is_named_with_its_note_and_can_be_removed(
    live: FakeLiveSearcher, without_the_barracks: Searcher
) -> None:
    page = open_view("sheet", on=["lille-barracks", "trust-first"])
    page.text_area(key="note lille-barracks").set_value("Ask for the *keys*").run()
    live.searcher = without_the_barracks
    page.run()
    assert not page.exception
    assert [message.value for message in page.warning] == [GONE]
    assert "Ask for the *keys*" in texts(page)
    assert links(page) == ["Know each other first"]
    assert len(downloads(page)) == 4
    page.button(key="off lille-barracks").click().run()
    assert not page.exception
    assert not page.warning
    assert page.session_state["sheet"] == ["trust-first"]
    assert page.query_params["on"] == "trust-first"


def test_the_last_row_of_a_sheet_may_go_too(live: FakeLiveSearcher, without_the_barracks: Searcher) -> None:
    page = open_view("sheet", on="lille-barracks")
    live.searcher = without_the_barracks
    page.run()
    assert not page.exception
    assert [message.value for message in page.warning] == [GONE]
    assert page.info[0].value.startswith("Your file is empty.")


def test_an_old_link_to_a_sheet_names_what_the_library_never_had(live: FakeLiveSearcher) -> None:
    page = open_view("sheet", on=["trust-first", "old-<b>name</b>"])
    assert [message.value for message in page.warning] == [
        "“old\\-\\<b\\>name\\<\\/b\\>” (old\\-\\<b\\>name\\<\\/b\\>) is no longer in the library."
    ]
    page.button(key="off old-<b>name</b>").click().run()
    assert not page.warning


def test_a_link_to_hundreds_of_unknown_rows_names_ten(live: FakeLiveSearcher) -> None:
    page = open_view("sheet", on=[f"{n:04}-{'x' * 500}" for n in range(900)])
    assert len(page.warning) == 10
    assert page.session_state["sheet"][9] == f"0009-{'x' * 75}"


def test_a_row_that_goes_while_it_is_compared_is_named_and_can_be_removed(
    live: FakeLiveSearcher, without_the_barracks: Searcher
) -> None:
    page = open_view("compare", on=["lille-barracks", "brussels-budget", "trust-first"])
    live.searcher = without_the_barracks
    page.run()
    assert not page.exception
    assert [message.value for message in page.warning] == [GONE]
    assert links(page) == ["The Brussels vote", "Know each other first"]
    assert "The Lille barracks (no longer in the library)" in page.multiselect(key="compared").options
    page.multiselect(key="compared").set_value(["brussels-budget", "trust-first"]).run()
    assert not page.warning


def test_a_row_that_goes_while_it_is_open_is_named_and_can_be_taken_off_the_sheet(
    live: FakeLiveSearcher, without_the_barracks: Searcher
) -> None:
    page = open_view("", entry="lille-barracks")
    page.button(key="keep entry lille-barracks").click().run()
    live.searcher = without_the_barracks
    page.run()
    assert not page.exception
    assert [message.value for message in page.error] == [GONE]
    page.button(key="off lille-barracks").click().run()
    assert page.session_state["sheet"] == []
    assert page.button(key="back").label == "Go to the search"


def test_a_filter_that_a_newer_library_has_not_is_named_and_let_go(
    live: FakeLiveSearcher, corpus: Path, tmp_path: Path
) -> None:
    page = open_view("browse", countries=["france", "belgium"])
    replace_text(corpus / "vocabulary.yaml", "  france: {fr: France, en: France}\n", "")
    for file in (corpus / "cases" / "lille-barracks.yaml", corpus / "resources" / "garden-network.yaml"):
        replace_text(file, "country: france", "country: belgium")
    live.searcher = searcher_of(corpus, tmp_path)
    page.run()
    assert not page.exception
    assert [message.value for message in page.warning] == [
        "The library has changed: it no longer has these filters, which were left out: france."
    ]
    assert page.multiselect(key="countries").value == ["belgium"]
    assert page.query_params["countries"] == "belgium"


def test_choices_of_the_three_questions_that_a_newer_library_has_not_are_let_go(
    live: FakeLiveSearcher, corpus: Path, tmp_path: Path
) -> None:
    page = open_view("")
    page.pills(key="guided phase").set_value("upkeep").run()
    for file in corpus.rglob("*.yaml"):
        text = file.read_text(encoding="utf-8")
        file.write_text(text.replace("upkeep:", "later:"), encoding="utf-8")
    live.searcher = searcher_of(corpus, tmp_path)
    page.run()
    assert not page.exception
    assert page.pills(key="guided phase").value is None


def test_a_file_that_goes_while_a_view_is_drawn_is_told_in_words_and_its_path_is_logged(
    monkeypatch: pytest.MonkeyPatch, live: FakeLiveSearcher, caplog: pytest.LogCaptureFixture
) -> None:
    class Damaged(Searcher):
        def matching(self, **_: object) -> tuple[search.Entry, ...]:
            raise search.IndexDamagedError(Path("/srv/secret/.index"), "entries.jsonl was cut")

    live.searcher = Damaged(live.searcher.index, CountingEncoder(), signals=SIGNALS)
    page = open_view("browse")
    assert [message.value for message in page.error] == ["A file of the library is damaged. Prepare it again."]
    assert "secret" not in texts(page)
    assert [(record.levelno, record.getMessage()) for record in caplog.records if record.name == "search.page"] == [
        (
            logging.ERROR,
            "IndexDamagedError: The index in /srv/secret/.index is damaged: entries.jsonl was cut. "
            "Make it again: passerelle build --output /srv/secret/.index",
        )
    ]
