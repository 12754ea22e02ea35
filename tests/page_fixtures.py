"""Fixtures of the tests of the page: drawn without a browser, and served to a real one."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import search
from search.building.builder import build
from search.locations import INDEX_VARIABLE, TABLES_VARIABLE
from search.retrieval.live_searcher import LiveSearcher
from search.retrieval.searcher import Searcher
from tests.fakes import TINY_CORPUS, CountingEncoder, FakeLiveSearcher

if TYPE_CHECKING:
    from selenium.webdriver import Chrome
    from streamlit.testing.v1 import AppTest

    from tests.page_helpers import Open


# ---- Without a browser ---------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def components_found_once() -> Iterator[None]:
    """Streamlit looks through every installed package for components whenever a page is opened: look once for all."""
    from streamlit.components.v2 import manifest_scanner

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(manifest_scanner, "scan_component_manifests", cache(manifest_scanner.scan_component_manifests))
        yield


@pytest.fixture
def fresh_page(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, components_found_once: None) -> Iterator[None]:
    """A page that has cached nothing of the last test; its index would be in a folder of this test."""
    import streamlit

    monkeypatch.setenv(INDEX_VARIABLE, str(tmp_path))
    from page.host import PACES

    streamlit.cache_resource.clear()
    streamlit.cache_data.clear()
    PACES.clear()  # all tests are one visit to Streamlit
    yield
    streamlit.cache_resource.clear()


@pytest.fixture
def open_page(monkeypatch: pytest.MonkeyPatch, abstaining_searcher: Searcher) -> Open:
    """Open the page at an address, as one who follows a link; it abstains unless another searcher is given."""
    from tests.page_helpers import go_to, new_page

    def open_at(searcher: Searcher = abstaining_searcher, **address: str | list[str]) -> AppTest:
        monkeypatch.setattr(search, "follow", lambda **_: FakeLiveSearcher(searcher))
        return go_to(new_page(), **address)

    return open_at


@pytest.fixture
def page_index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fresh_page: None) -> Path:
    """The index of the page, of the tiny corpus, which the page follows; tables go beside it."""
    monkeypatch.setenv(TABLES_VARIABLE, str(tmp_path / "tables"))
    monkeypatch.setattr(search, "default_corpus", lambda: TINY_CORPUS)
    build(TINY_CORPUS, search.default_index(), encoder=CountingEncoder())
    monkeypatch.setattr(search, "follow", lambda **_: LiveSearcher(search.default_index(), CountingEncoder()))
    return search.default_index()


# ---- In a browser --------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def page_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where a served page leaves what it is told, one folder for each file of tests."""
    return tmp_path_factory.mktemp("page")


@pytest.fixture(scope="module")
def address(page_folder: Path, real_index: Path) -> Iterator[str]:
    """The address of a page that is served over the shipped library."""
    from tests.browser_helpers import PAGE, served

    with served(PAGE, page_folder, real_index) as where:
        yield where


@pytest.fixture
def browser() -> Iterator[Chrome]:
    """A browser that has never been here."""
    from tests.browser_helpers import opened_browser

    with opened_browser() as driver:
        yield driver
