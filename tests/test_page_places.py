"""Places and other languages on the page."""

from __future__ import annotations

import pytest

from search.output.other_language import NOTICES
from search.retrieval.searcher import Searcher
from tests.page_helpers import Open

pytestmark = pytest.mark.usefixtures("fresh_page")


def test_a_place_is_a_chip_that_can_be_taken_away(open_page: Open, searcher: Searcher) -> None:
    page = open_page(searcher, q="des exemples à Lille de confiance", lang="fr")
    assert (page.pills(key="places").options, page.pills(key="places").value) == (["Lille"], ["à Lille"])
    assert page.pills(key="places").help.startswith("Seuls les cas de ce lieu")
    page.pills(key="places").set_value([]).run()
    assert not page.exception
    assert page.session_state["kept places"] == ("des exemples à Lille de confiance", [])
    assert any("Bruxelles" in title.value for title in page.subheader)
    assert page.query_params["elsewhere"] == "à Lille"
    again = open_page(searcher, q="des exemples à Lille de confiance", lang="fr", elsewhere="à Lille")
    assert again.pills(key="places").value == []
    again.pills(key="places").set_value(["à Lille"]).run()
    assert "elsewhere" not in again.query_params


def test_a_place_that_is_refused_is_a_chip_that_says_so(open_page: Open, searcher: Searcher) -> None:
    page = open_page(searcher, q="des exemples de confiance, pas à Lille", lang="fr")
    assert (page.pills(key="places").options, page.pills(key="places").value) == (["sans Lille"], ["pas à Lille"])
    page.pills(key="places").set_value([]).run()
    assert page.query_params["elsewhere"] == "pas à Lille"


def test_a_place_the_library_has_nothing_from_is_told(open_page: Open, searcher: Searcher) -> None:
    page = open_page(searcher, q="exemples à Toulouse de confiance", lang="fr")
    assert any("rien de ce lieu : Toulouse" in one.value for one in page.info)


def test_a_text_in_dutch_leaves_the_page_french_and_is_told_in_dutch(
    open_page: Open,
    searcher: Searcher,
) -> None:
    page = open_page(searcher, q="De gemeente antwoordt niet op onze brieven")
    assert NOTICES["nl"] in [one.value for one in page.info]
    assert page.session_state["shown_language"] == "fr"
