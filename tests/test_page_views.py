"""The views beside the search, drawn without a browser over the tiny corpus."""

from __future__ import annotations

import base64
import json
import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

import search
from page.address import VIEWS
from page.browser import live_places
from page.messages import MESSAGES
from page.take_away import with_mark
from search.curation.feedback import leave_feedback
from search.curation.unmet_needs import leave_unmet
from search.output.case_map import WORLD
from search.output.kept_work import KeptWork, write_kept
from search.output.saved_sheet import SavedSheet, read_saved
from search.retrieval.searcher import Searcher
from tests.fakes import FakeLiveSearcher, replace_text
from tests.page_helpers import Open, downloads, links, switch_view, texts
from tests.page_helpers import open_view as open_view_at


@pytest.fixture(autouse=True)
def _shipped(monkeypatch: pytest.MonkeyPatch, corpus: Path, fresh_page: None) -> None:
    """Pretend that the tiny corpus is shipped."""
    monkeypatch.setattr(search, "default_corpus", lambda: corpus)


@pytest.fixture
def open_view(monkeypatch: pytest.MonkeyPatch, abstaining_searcher: Searcher) -> Open:
    """Open a view at an address."""

    def open_at(view: str, *, sheet: Sequence[str] = (), **address: str | list[str]) -> AppTest:
        monkeypatch.setattr(search, "follow", lambda **_: FakeLiveSearcher(abstaining_searcher))
        return open_view_at(view, sheet=sheet, **address)

    return open_at


def told(page: AppTest) -> dict[str, Any]:
    """Return what the browser is told."""
    [component] = page.get("bidi_component")
    data: dict[str, Any] = json.loads(component.proto.json)
    return data


def given(page: AppTest) -> dict[str, str]:
    """Return the name and the text of the file the browser is given."""
    file = told(page)["file"]
    return {"name": file["name"], "text": base64.b64decode(file["base64"]).decode("utf-8")}


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("view", VIEWS[1:])
def test_every_view_speaks_the_language_of_its_address(open_view: Open, view: str, language: str) -> None:
    page = open_view(view, lang=language)
    assert page.header[0].value == MESSAGES[language][view]
    assert page.segmented_control(key="switch").value == language
    assert page.query_params["lang"] == language


# ---- Browse --------------------------------------------------------------------------------------------------


def test_the_library_is_listed_kind_by_kind_with_links(open_view: Open) -> None:
    page = open_view("browse")
    assert "**6** entries of 6." in texts(page)
    assert (
        links(page)
        == [
            "Participatory budgeting",
            "The commitment charter",
            "Know each other first",
            "The Brussels vote",
            "The Lille barracks",
            "Le réseau des potagers",
        ][:2]
        + links(page)[2:]
    )
    assert set(links(page)) >= {"The Brussels vote", "Le réseau des potagers"}


def test_filters_of_the_address_narrow_what_is_listed(open_view: Open) -> None:
    page = open_view("browse", kinds="case", countries="france")
    assert links(page) == ["The Lille barracks"]
    page.multiselect(key="countries").set_value([]).run()
    assert links(page) == ["The Brussels vote", "The Lille barracks"]
    assert page.query_params == {"kinds": "case", "lang": "en"}


def test_a_country_keeps_the_practices_that_its_cases_show(open_view: Open) -> None:
    assert set(links(open_view("browse", countries="belgium"))) == {"Participatory budgeting", "The Brussels vote"}


def test_filters_of_browse_and_those_of_the_search_are_apart(open_view: Open) -> None:
    page = open_view("browse", kinds="case", countries="france")
    switch_view(page, "")
    page.query_params.clear()  # as the menu leaves the address
    page.run()
    assert "compares your words with 6 entries" in texts(page)
    assert page.multiselect(key="countries").value == []
    page.pills(key="kinds").set_value(["practice"]).run()
    switch_view(page, "browse")
    page.query_params.clear()
    page.run()
    assert page.pills(key="kinds").value == ["case"]
    assert page.multiselect(key="countries").value == ["france"]
    assert links(page) == ["The Lille barracks"]
    switch_view(page, "")
    page.query_params.clear()
    page.run()
    assert page.pills(key="kinds").value == ["practice"]


def test_there_is_no_sidebar_beside_the_menu(open_view: Open) -> None:
    for view in VIEWS:
        assert not open_view("" if view == VIEWS[0] else view).sidebar.children


def test_the_grid_counts_the_entries_of_each_cell(open_view: Open) -> None:
    page = open_view("browse", show="grid")
    table = next(one.proto.body for one in page.get("html") if "<table" in one.proto.body)
    rows = [re.sub("<[^>]+>", " ", row).split() for row in table.split("<tr>")[1:]]
    assert rows[0] == ["Before", "Launch", "During", "Upkeep"]
    assert ["Commit", "formally", "1", "1", "0", "0"] in rows


def test_a_number_of_the_grid_leads_to_its_entries(open_view: Open) -> None:
    page = open_view("browse", show="grid")
    page.session_state["followed"] = "phases=launch&conditions=commit-formally&phases=nonsense"
    page.run()
    assert links(page) == ["The commitment charter"]
    assert page.query_params["phases"] == "launch"
    assert page.segmented_control(key="browsed").value == "list"


def test_the_list_follows_what_is_typed_and_the_address_keeps_it(open_view: Open) -> None:
    page = open_view("browse")
    page.text_input(key="browse text").set_value("barr lille").run()
    assert links(page) == ["The Lille barracks"]
    assert page.query_params["text"] == "barr lille"
    assert links(open_view("browse", text="barr lille")) == ["The Lille barracks"]


def test_a_year_keeps_the_cases_that_began_then_until_it_is_taken_away(open_view: Open) -> None:
    page = open_view("browse", show="years")
    page.selectbox(key="year chosen").set_value(2016).run()
    assert links(page) == ["The Brussels vote"]
    assert page.query_params["started"] == "2016"
    page.button(key="chip started").click().run()
    assert len(links(page)) == 6
    assert links(open_view("browse", started="2018")) == ["The Lille barracks"]
    assert len(links(open_view("browse", started="soon"))) == 6


def test_cards_tell_place_dates_outcome_and_summary_and_can_be_ordered(open_view: Open) -> None:
    page = open_view("browse", kinds="case")
    assert "Lille, France · 2018 – 30 September 2020" in texts(page)
    assert ":green-badge[Succeeded]" in texts(page)
    assert "An empty building shared for two years." in texts(page)
    page.segmented_control(key="order en").set_value("read").run()
    assert "sources read in" in texts(page)


def test_a_case_of_the_map_is_shown_below_it(open_view: Open) -> None:
    page = open_view("browse", show="map")
    assert links(page) == []
    page.session_state["map chosen"] = ["lille-barracks"]
    page.run()
    assert links(page) == ["The Lille barracks"]
    page.button(key="map world").click().run()
    assert page.session_state["map frame"] == WORLD


def test_the_map_and_the_years_show_cases_only(open_view: Open) -> None:
    assert "2 cases with a place" in texts(open_view("browse", show="map"))
    assert "2 cases whose start is known." in texts(open_view("browse", show="years"))
    page = open_view("browse", show="map", kinds="practice")
    assert [message.value for message in page.info] == ["None of these entries is a case with a place on the map."]


def test_filters_that_keep_nothing_say_so(open_view: Open) -> None:
    page = open_view("browse", kinds="case", phases="upkeep")
    assert [message.value for message in page.warning] == ["No entry passes all these filters. Remove one."]


# ---- Compare -------------------------------------------------------------------------------------------------


def test_entries_of_the_address_stand_side_by_side(open_view: Open) -> None:
    page = open_view("compare", on=["lille-barracks", "brussels-budget", "no-such-entry"])
    assert links(page) == ["The Lille barracks", "The Brussels vote"]
    assert "It was time to leave." in texts(page) or "There was a lack of trust." in texts(page)
    assert page.query_params["on"] == ["lille-barracks", "brussels-budget", "no-such-entry"]
    assert [message.value for message in page.warning] == [
        "“no\\-such\\-entry” (no\\-such\\-entry) is no longer in the library."
    ]


def test_the_sheet_is_compared_when_nothing_was_chosen(open_view: Open) -> None:
    page = open_view("compare", sheet=["lille-barracks", "trust-first"])
    assert page.multiselect(key="compared").value == ["lille-barracks", "trust-first"]


def test_one_entry_is_not_compared_with_nothing(open_view: Open) -> None:
    page = open_view("compare", on="lille-barracks")
    assert page.info[0].value.startswith("Choose at least two entries.")


# ---- Sheet ---------------------------------------------------------------------------------------------------


def test_an_empty_sheet_says_how_to_fill_it(open_view: Open) -> None:
    page = open_view("sheet")
    assert page.info[0].value == "Your file is empty. Put answers in it with “Add to my file”."


def test_a_shared_link_brings_the_sheet_in_the_order_of_the_phases(open_view: Open) -> None:
    page = open_view("sheet", on=["lille-barracks", "commitment-charter"])
    assert [element.value for element in page.subheader] == ["Before", "Launch"]
    assert links(page) == ["The commitment charter", "The Lille barracks"]
    assert downloads(page) == [f"Download as {kind}" for kind in ("Word", "PDF", "Markdown", "CSV")]


def test_without_the_packages_for_pdf_the_sheet_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, open_view: Open
) -> None:
    assert "passerelle[pdf]" not in texts(open_view("sheet", sheet=["lille-barracks"]))
    monkeypatch.setitem(sys.modules, "fpdf", None)
    page = open_view("sheet", sheet=["lille-barracks"])
    assert "The PDF needs a package that is not installed: `pip install 'passerelle[pdf]'`" in texts(page)
    disabled = {button.label: button.disabled for button in page.button if button.label in downloads(page)}
    assert disabled == {
        "Download as Word": False,
        "Download as PDF": True,
        "Download as Markdown": False,
        "Download as CSV": False,
    }


def test_the_file_for_a_french_spreadsheet_begins_with_its_mark(abstaining_searcher: Searcher) -> None:
    entry = abstaining_searcher.entry("trust-first")
    made = search.make_sheet("", [entry], abstaining_searcher.vocabulary, language="fr")
    assert with_mark(made).startswith(b"\xef\xbb\xbfPhase;Type de fiche;Titre;")


def test_a_note_stays_and_is_not_in_the_address(open_view: Open) -> None:
    page = open_view("sheet", sheet=["lille-barracks"])
    page.text_area(key="note lille-barracks").set_value("Ask for the keys").run()
    assert page.session_state["notes"] == {"lille-barracks": "Ask for the keys"}
    assert page.text_area(key="note lille-barracks").value == "Ask for the keys"
    assert page.query_params == {"on": "lille-barracks", "lang": "en"}


def test_an_entry_can_be_taken_off_the_sheet(open_view: Open) -> None:
    page = open_view("sheet", sheet=["lille-barracks", "trust-first"])
    page.button(key="off lille-barracks").click().run()
    assert page.query_params["on"] == "trust-first"


@pytest.mark.parametrize("kind", ["md", "csv"])
def test_a_file_holds_the_note_and_the_title_that_were_typed_just_before(open_view: Open, kind: str) -> None:
    page = open_view("sheet", sheet=["lille-barracks"])
    page.text_area(key="note lille-barracks").set_value("Ask for the keys")
    page.text_input(key="title").set_value("Our meeting")
    page.button(key=f"download {kind} sheet").click().run()
    file = given(page)
    assert file["name"] == f"passerelle-our-meeting-en.{kind}"
    assert "Ask for the keys" in file["text"]
    assert ("Our meeting" in file["text"]) is (kind == "md")
    page.run()
    assert told(page)["file"] is None  # once


# ---- What the browser keeps ----------------------------------------------------------------------------------

WORK = KeptWork(
    SavedSheet(
        "Our meeting", ("lille-barracks", "old-pool"), {"lille-barracks": "Keys?"}, {"old-pool": {"en": "Pool"}}
    ),
    compared=("lille-barracks", "trust-first"),
    language="fr",
    draft={"id": "water-is-shared"},
)


def keeps(page: AppTest, work: KeptWork | str) -> AppTest:
    """Let the browser tell what it keeps."""
    page.session_state["kept waiting"] = work if isinstance(work, str) else write_kept(work)
    page.run()
    assert not page.exception
    return page


def test_nothing_is_kept_before_it_is_known_what_was(open_view: Open) -> None:
    assert told(open_view("sheet", sheet=["lille-barracks"]))["kept"] is None


def test_what_was_kept_is_there_again_with_what_has_left_the_library_by_its_title(open_view: Open) -> None:
    page = keeps(open_view("sheet"), WORK)
    assert page.text_input(key="title").value == "Our meeting"
    assert page.text_area(key="note lille-barracks").value == "Keys?"
    assert [message.value for message in page.warning] == ["“Pool” (old\\-pool) is no longer in the library."]
    assert json.loads(told(page)["kept"])["draft"] == {"id": "water-is-shared"}
    assert page.query_params["on"] == ["lille-barracks", "old-pool"]
    switch_view(page, "compare")
    page.query_params.clear()
    page.run()
    assert page.multiselect(key="compared").value == ["lille-barracks", "trust-first"]


def test_the_language_that_was_chosen_is_kept_unless_the_address_has_one(open_view: Open) -> None:
    assert keeps(open_view("about"), WORK).segmented_control(key="switch").value == "en"
    page = open_view("about")
    del page.query_params["lang"]
    page.session_state["lang"] = None
    assert keeps(page, WORK).segmented_control(key="switch").value == "fr"
    page.segmented_control(key="switch").set_value("en").run()
    assert json.loads(told(page)["kept"])["language"] == "en"


def test_what_was_chosen_before_it_is_known_what_was_kept_joins_it(open_view: Open) -> None:
    page = keeps(open_view("browse", sheet=["trust-first"]), WORK)
    assert page.session_state["sheet"] == ["lille-barracks", "old-pool", "trust-first"]


def test_a_shared_link_beside_a_sheet_of_ones_own_is_offered_and_nothing_is_lost(open_view: Open) -> None:
    page = keeps(open_view("sheet", on=["trust-first"]), WORK)
    assert page.session_state["sheet"] == ["lille-barracks", "old-pool"]
    assert "This link brings another choice of entries. Entries: 1." in texts(page)
    assert page.query_params["on"] == "trust-first"
    page.button(key="add offered").click().run()
    assert page.session_state["sheet"] == ["lille-barracks", "old-pool", "trust-first"]
    assert page.session_state["notes"] == {"lille-barracks": "Keys?"}
    assert not [button for button in page.button if button.key == "add offered"]


def test_a_sheet_that_takes_the_place_of_ones_own_can_be_gone_back_from(open_view: Open) -> None:
    page = keeps(open_view("sheet", on=["trust-first"]), WORK)
    page.button(key="take offered").click().run()
    assert page.session_state["sheet"] == ["trust-first"]
    assert json.loads(told(page)["kept"])["before"]["notes"] == {"lille-barracks": "Keys?"}
    page.button(key="sheet before").click().run()
    assert page.session_state["sheet"] == ["lille-barracks", "old-pool"]
    assert page.text_area(key="note lille-barracks").value == "Keys?"


def test_ones_own_sheet_alone_can_be_kept(open_view: Open) -> None:
    page = keeps(open_view("sheet", on=["trust-first"]), WORK)
    page.button(key="leave offered").click().run()
    assert page.session_state["sheet"] == ["lille-barracks", "old-pool"]
    assert page.query_params["on"] == ["lille-barracks", "old-pool"]


def test_a_link_to_ones_own_sheet_is_no_other_one(open_view: Open) -> None:
    page = keeps(open_view("sheet", on=["old-pool", "lille-barracks"]), WORK)
    assert page.session_state["sheet"] == ["lille-barracks", "old-pool"]
    assert not [button for button in page.button if button.key == "add offered"]


def test_back_to_an_older_address_of_the_sheet_takes_nothing_off_it(open_view: Open) -> None:
    page = keeps(open_view("sheet", sheet=["lille-barracks"]), "")
    page.session_state["sheet"] = ["lille-barracks", "trust-first"]
    page.run()
    page.query_params["on"] = "lille-barracks"
    page.run()
    assert page.session_state["sheet"] == ["lille-barracks", "trust-first"]
    assert page.query_params["on"] == ["lille-barracks", "trust-first"]


def test_a_shared_link_is_the_sheet_where_there_is_none_yet(open_view: Open) -> None:
    page = keeps(open_view("sheet", on=["trust-first"]), "")
    assert page.session_state["sheet"] == ["trust-first"]
    assert json.loads(told(page)["kept"])["sheet"]["entries"] == ["trust-first"]


def test_what_another_tab_changed_is_taken_over(open_view: Open) -> None:
    page = keeps(keeps(open_view("sheet"), WORK), KeptWork(SavedSheet("", ("trust-first",))))
    assert page.session_state["sheet"] == ["trust-first"]
    assert page.text_input(key="title").value == ""


@pytest.mark.parametrize("damaged", ["{", '{"format": 2}', "null"])
def test_what_cannot_be_read_is_set_aside_and_not_written_over(open_view: Open, damaged: str) -> None:
    page = keeps(open_view("sheet", sheet=["trust-first"]), damaged)
    assert told(page)["aside"] is True
    assert page.session_state["sheet"] == ["trust-first"]
    page.run()
    assert told(page)["aside"] is False


def test_erasing_it_all_lets_go_of_question_filters_sheet_and_what_was_told_and_says_so(open_view: Open) -> None:
    page = open_view("sheet", on="trust-first")
    switch_view(page, "")
    page.query_params.clear()
    page.query_params["q"] = "No trust"
    page.query_params["phases"] = "before"
    page.query_params["lang"] = "en"
    page.run()
    page.session_state["kept concerns"] = ("No trust", [])
    page.session_state["editor"] = True
    switch_view(page, "sheet")
    page.query_params.clear()
    page.run()
    page.button(key="forget").click().run()
    assert not page.exception
    assert [message.value for message in page.success] == [MESSAGES["en"]["sheet_forgotten"]]
    assert told(page)["forgotten"]
    assert "on" not in page.query_params
    assert page.session_state["sheet"] == page.session_state["phases"] == []
    for key in ("kept concerns", "filters put by", "editor"):
        assert key not in page.session_state
    page.run()
    assert not page.success
    switch_view(page, "")
    page.query_params.clear()
    page.run()
    assert page.text_area(key="q").value == ""
    assert page.query_params == {"lang": "en"}


def test_who_only_asked_can_erase_it_all_too(open_view: Open) -> None:
    assert open_view("sheet").button(key="forget").label == MESSAGES["en"]["sheet_forget_now"]


def test_a_saved_sheet_is_the_file_that_can_be_opened_again(open_view: Open) -> None:
    page = open_view("sheet", sheet=["lille-barracks"])
    page.text_area(key="note lille-barracks").set_value("Keys?")
    page.button(key="save sheet").click().run()
    file = given(page)
    assert file["name"] == "passerelle-sheet.json"
    saved = read_saved(file["text"])
    assert (saved.ids, saved.notes) == (("lille-barracks",), {"lille-barracks": "Keys?"})
    assert saved.titles["lille-barracks"]["en"] == "The Lille barracks"


def test_places_of_one_class_are_not_told_apart_and_left_out() -> None:
    typed = {"note a b": ("notes", "a b"), "note a-b": ("notes", "a-b"), "title": ("title",)}
    assert live_places(typed) == {"st-key-title": ["title"]}


# ---- Editors -------------------------------------------------------------------------------------------------


def test_editors_see_what_the_check_finds_and_what_is_thin(open_view: Open) -> None:
    page = open_view("curators")
    assert "To fix: " in page.warning[0].value  # the texts of the tiny corpus are too short
    assert "practices/commitment-charter.yaml:" in texts(page)
    assert "Entries in French only" in texts(page)


def test_editors_see_what_people_left(monkeypatch: pytest.MonkeyPatch, open_view: Open, tmp_path: Path) -> None:
    monkeypatch.setenv("PASSERELLE_UNMET", str(tmp_path / "unmet.jsonl"))
    assert "Nobody has left a text yet." in [message.value for message in open_view("curators").info]
    leave_unmet(tmp_path / "unmet.jsonl", "A *ski* jump", language="en")
    assert "A *ski* jump" in texts(open_view("curators"))


def test_editors_see_what_people_say_together_and_make_a_draft_of_what_is_useful(
    monkeypatch: pytest.MonkeyPatch, open_view: Open, tmp_path: Path
) -> None:
    file = tmp_path / "feedback.jsonl"
    monkeypatch.setenv("PASSERELLE_FEEDBACK", str(file))
    assert "No feedback on any answer yet." in [one.value for one in open_view("curators").info]
    for entry, verdict in (("trust-first", "useful"), ("gone", "not-useful")):
        leave_feedback(file, "No *trust*", language="en", entry=entry, verdict=verdict)
    leave_feedback(file, "no trust", language="en", expected="A mediator")
    page = open_view("curators")
    shown = texts(page)
    assert "Useful: Know each other first (times said: 1)" in shown
    assert "Not useful: gone (times said: 1)" in shown
    assert "Expected from all the answers: “A mediator”" in shown
    page.button(key="draft of 0").click().run()
    assert json.loads(page.code[-1].value) == {"entries": ["trust-first"], "fr": "", "en": "no trust"}


def wrong(page: AppTest) -> list[str]:
    """Return what is said in red under the places of the form, in order."""
    found = [element.value for element in page.markdown if element.value.startswith(":red[:material/error: ")]
    said = [one.removeprefix(":red[:material/error: ").removesuffix("]") for one in found]
    return [re.sub(r"\\(?=\W)|\u2060", "", one) for one in said]


def test_an_empty_form_says_nothing_until_it_is_tried_then_all_that_is_missing(open_view: Open) -> None:
    page = open_view("curators")
    assert wrong(page) == []
    page.button(key="draft_make").click().run()
    assert [message.value for message in page.error] == ["To correct before the file is valid: 3."]
    assert wrong(page) == [
        "The id is missing: a few words that name the entry, like my-town-pool",
        "Sources: at least one is needed; choose it from the list, or add a new one",
        "French: nothing is written yet; fill in one language, or both",
    ]


def test_what_is_to_mend_is_said_in_french_at_its_place_and_goes_when_it_is_mended(open_view: Open) -> None:
    page = open_view("curators", lang="fr")
    page.button(key="draft_make").click().run()
    page.text_input(key="draft id").set_value("my-pool")
    page.multiselect(key="draft sources").set_value(["herald-1"]).run()
    assert wrong(page) == ["Français : rien n’est encore écrit ; remplissez une langue, ou les deux"]
    assert "Français, à corriger" in texts(page).replace("\u00a0", " ")


def test_a_filled_form_gives_back_a_file(open_view: Open) -> None:
    page = open_view("curators")
    page.pills(key="draft kind").set_value("insight").run()
    page.text_input(key="draft id").set_value("water-is-shared")
    for closed, value in (("phases", "launch"), ("conditions", "commit-formally"), ("actors", "citizens")):
        page.multiselect(key=f"draft {closed}").set_value([value])
    page.multiselect(key="draft sources").set_value(["herald-1"])
    page.text_area(key="draft en insight title").set_value("Water is shared")
    page.text_area(key="draft en insight summary").set_value("Water is shared by all who live along the river.")
    page.text_area(key="draft en insight description").set_value("Those who live upstream hold it back a little. " * 6)
    page.button(key="draft_make").click().run()
    assert not page.error
    assert page.success[-1].value == "The file is valid; put it at insights/water-is-shared.yaml."
    assert page.code[-1].value.startswith("id: water-is-shared\nkind: insight\n")
    assert "**Water is shared**" in texts(page)  # as it will read
    page.button(key="draft_download").click().run()
    file = given(page)
    assert (file["name"], file["text"]) == ("water-is-shared.yaml", f"{page.code[-1].value}\n")
    page.button(key="draft_source_new").click().run()
    told = {"publisher": "The Herald", "title": "A river", "url": "https://herald.example", "read": "2026-11"}
    for part, value in told.items():
        page.text_input(key=f"draft source 1 {part}").set_value(value)
    page.run()
    page.button(key="draft_source_download").click().run()
    file = given(page)
    assert (file["name"], file["text"]) == (
        "water-is-shared.sources.yaml",
        'the-herald-1:\n  publisher: "The Herald"\n  title: "A river"\n  url: "https://herald.example"\n'
        '  read: "2026-11"\n',
    )


def test_a_source_is_made_in_the_form_with_its_lines(open_view: Open) -> None:
    page = open_view("curators")
    page.button(key="draft_make").click().run()
    page.button(key="draft_source_new").click().run()
    assert "Publisher is empty: write it" in wrong(page)
    for part, value in {"publisher": "The Herald", "title": "A pool", "url": "the herald", "read": "2026"}.items():
        page.text_input(key=f"draft source 1 {part}").set_value(value)
    page.run()
    assert "named `the-herald-1`" in texts(page)
    assert wrong(page)[1:3] == [
        "Address (URL) must begin with http:// or https://",
        "Date read (YYYY-MM) must be like 2026-11",
    ]
    page.button(key="draft_source_out").click().run()
    assert not [one for one in page.text_input if "source" in str(one.key)]


def test_what_is_filled_in_stays_over_views_and_languages(open_view: Open) -> None:
    page = open_view("curators")
    page.pills(key="draft kind").set_value("insight").run()
    page.text_input(key="draft id").set_value("water-is-shared")
    page.multiselect(key="draft phases").set_value(["launch"])
    page.text_area(key="draft en insight title").set_value("Water is shared").run()
    switch_view(page, "about")
    page.run()
    switch_view(page, "curators")
    page.run()
    page.segmented_control(key="switch").set_value("fr").run()
    assert not page.exception
    assert page.pills(key="draft kind").value == "insight"
    assert page.text_input(key="draft id").value == "water-is-shared"
    assert page.multiselect(key="draft phases").value == ["launch"]
    assert page.text_area(key="draft en insight title").value == "Water is shared"
    page.button(key="draft_clear").click().run()
    assert page.text_input(key="draft id").value == ""


def test_the_form_of_a_case_offers_outcomes_of_ones_own_and_chooses_none(open_view: Open) -> None:
    page = open_view("curators")
    page.pills(key="draft kind").set_value("case").run()
    assert not page.exception
    assert page.selectbox(key="draft outcome").options == ["Succeeded", "Stalled"]
    assert page.selectbox(key="draft outcome").value is None


def test_editors_see_files_as_they_are_now(open_view: Open, corpus: Path) -> None:
    replace_text(corpus / "sources.yaml", "herald-1:", "herald-one:")
    page = open_view("curators")
    assert "unknown source 'herald-1'" in texts(page)


# ---- About ---------------------------------------------------------------------------------------------------


def test_figures_are_shown_as_they_were_written(open_view: Open, corpus: Path) -> None:
    page = open_view("about")
    assert "6 entries, " in texts(page)
    assert (
        page.info[0].value == "The figures of this library have not been measured yet. The command below prints them."
    )


ROWS = ("fr->fr", "fr->en", "en->fr", "en->en")


def figures(mean: float) -> dict[str, object]:
    """Write a report as the measurement does, as much of it as is shown."""
    return {
        "mean": {"ndcg@10": mean},
        "by_direction": {row: {"ndcg@10": mean + n / 100} for n, row in enumerate(ROWS, 1)},
        "abstention": {"out_of_scope": 0.912, "in_scope": 0.013},
        "situation": {"phase_right": 0.75, "condition_right": 0.8},
    }


def test_figures_that_were_measured_are_shown_in_a_table(open_view: Open, corpus: Path) -> None:
    file = corpus / "evaluation" / "figures.json"
    file.parent.mkdir(exist_ok=True)
    file.write_text(json.dumps({"words alone": figures(0.5), "everything": figures(0.75)}), encoding="utf-8")
    page = open_view("about")
    assert "| both languages | 0.500 | 0.750 |" in texts(page)
    assert "| question in French, French texts | 0.510 | 0.760 |" in texts(page)
    abstained = (
        "No answer to 91.2% of the questions off the subject (goal: all), and to 1.3% of the situations within it"
    )
    assert abstained in texts(page)
    assert "Phase read right: 75.0%; at least one condition read right: 80.0%." in texts(page)
    assert not page.info


@pytest.mark.parametrize("written", ["{}", "[]", "cut", '{"words only": {}}', '{"words alone": 1, "everything": 1}'])
def test_figures_of_another_release_are_left_out(open_view: Open, corpus: Path, written: str) -> None:
    file = corpus / "evaluation" / "figures.json"
    file.parent.mkdir(exist_ok=True)
    file.write_text(written, encoding="utf-8")
    assert open_view("about").info[0].value.startswith("The figures of this library have not been measured yet.")
