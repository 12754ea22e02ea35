"""The page inside another site keeps the filters that site has fixed; who asks may narrow them."""

from __future__ import annotations

import pytest
from streamlit.runtime.context import ContextProxy
from streamlit.testing.v1 import AppTest

from search.retrieval.searcher import Searcher
from tests.page_helpers import Open, submit, texts

pytestmark = pytest.mark.usefixtures("fresh_page")


@pytest.fixture(autouse=True)
def _embedded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ContextProxy, "is_embedded", property(lambda _: True))


def type_address(page: AppTest, **said: str | list[str]) -> AppTest:
    """Have another address than the page wrote, in the same visit."""
    for key in list(page.query_params):
        del page.query_params[key]
    for key, value in said.items():
        page.query_params[key] = value
    page.run()
    assert not page.exception
    return page


def chips(page: AppTest) -> list[str]:
    return [str(one.key).removeprefix("chip ") for one in page.button if str(one.key).startswith("chip ")]


def test_what_the_site_has_fixed_is_told_and_has_no_cross(open_page: Open, searcher: Searcher) -> None:
    page = submit(open_page(searcher, kinds="case", lang="fr"), "confiance")
    assert chips(page) == []
    told = [line for line in texts(page).splitlines() if line.startswith("Ce site")]
    assert told == ["Ce site s’en tient à\u00a0: Cas."]
    assert not [one for one in page.pills if one.key == "kinds"]
    assert page.query_params["kinds"] == "case"


def test_a_filter_of_ones_own_narrows_and_is_apart_in_the_address(
    open_page: Open,
    searcher: Searcher,
) -> None:
    page = open_page(searcher, q="confiance", kinds=["practice", "case"], lang="fr")
    page.pills(key="kinds").set_value(["case"]).run()
    assert not page.exception
    assert (page.query_params["kinds"], page.query_params["own.kinds"]) == (["practice", "case"], "case")
    assert chips(page) == ["kinds case"]
    reloaded = open_page(searcher, **{"q": "confiance", "kinds": ["practice", "case"], "own.kinds": "case"})
    assert reloaded.pills(key="kinds").value == ["case"]
    reloaded.button(key="chip kinds case").click().run()
    assert reloaded.pills(key="kinds").value == ["practice", "case"]
    assert "own.kinds" not in reloaded.query_params


def test_another_address_of_the_same_visit_takes_nothing_away(
    open_page: Open,
    searcher: Searcher,
) -> None:
    page = open_page(searcher, q="confiance", kinds="case", lang="fr")
    for said in ({}, {"kinds": "practice"}, {"kinds": ["case", "practice"]}, {"own.kinds": "practice"}):
        type_address(page, q="confiance", lang="fr", **said)
        assert page.session_state["kinds"] == ["case"], said
        assert page.query_params["kinds"] == "case"
    type_address(page, q="confiance", lang="fr", phases="launch")
    assert (page.session_state["kinds"], page.session_state["phases"]) == (["case"], ["launch"])


def test_a_correction_of_where_it_stands_stays_within(open_page: Open, searcher: Searcher) -> None:
    page = open_page(searcher, q="confiance", phases="launch", lang="fr")
    page.session_state["phases"] = ["before"]
    page.run()
    assert not page.exception
    assert page.session_state["phases"] == ["launch"]


def test_an_entry_and_the_way_back_keep_what_is_fixed(open_page: Open, searcher: Searcher) -> None:
    page = open_page(searcher, entry=searcher.entries[0].id, kinds="case", lang="fr")
    assert page.query_params["kinds"] == "case"
    page.button(key="back").click().run()
    assert not page.exception
    assert page.session_state["kinds"] == ["case"]


def test_a_value_nobody_knows_is_told_and_fixes_nothing(open_page: Open, searcher: Searcher) -> None:
    page = open_page(searcher, kinds="poem", lang="fr")
    assert page.warning[0].value.endswith("poem.")
    assert page.session_state["kinds"] == []
