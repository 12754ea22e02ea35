"""The page, drawn without a browser over the tiny corpus."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

import search
from page import answer, ask
from page.built_in import BUILT_IN, built_in_words
from page.messages import MESSAGES
from page.text import cut, escape, highlight, link
from search.curation.feedback import read_feedback
from search.curation.unmet_needs import read_unmet
from search.entries import FIELDS
from search.learning.situation_model import FEWEST_EXAMPLES
from search.retrieval.searcher import Searcher
from search.text.query import LONGEST_QUERY
from tests.fakes import (
    TINY_CORPUS,
    FakeLiveSearcher,
    replace_text,
    searcher_of,
    tiny_searcher,
    write_corpus,
    write_training_queries,
)
from tests.letter import GARDEN, LETTER, MONEY, TRUST
from tests.page_helpers import ENGLISH, FRENCH, PAGE, Open, submit, texts

HOSTILE = "<script>alert(1)</script> **bold** $x$ :red[x] :smile: `code` | ~~no~~"


pytestmark = pytest.mark.usefixtures("fresh_page")


@pytest.fixture(autouse=True)
def _shipped(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pretend that the tiny corpus is shipped."""
    monkeypatch.setattr(search, "default_corpus", lambda: TINY_CORPUS)


def titles(page: AppTest, tab: int = 0) -> list[str]:
    """Return the titles of the cards of a tab, in order."""
    return [element.value for element in page.tabs[tab].subheader]


def cards(page: AppTest, place: str = "best") -> list[str]:
    """Return the ids of the cards of the best answers, or of a group, in order."""
    keys = [str(button.key) for button in page.button]
    return [key.split()[-1] for key in keys if key.startswith(f"keep {place} ")]


@pytest.fixture
def no_best(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is shown before the groups: they hold every card."""
    monkeypatch.setattr(answer, "best_of", lambda _: ())


def labels(page: AppTest) -> list[str]:
    """Return the labels of all buttons and links."""
    return [button.label for button in page.button] + [link.proto.label for link in page.get("page_link")]


def ways(page: AppTest) -> list[str]:
    """Return the ids of the entries that links open, in order."""
    return [parse_qs(link.proto.query_string)["entry"][0] for link in page.get("page_link")]


def kept(page: AppTest) -> list[str]:
    """Return the ids of the entries that are answers, in order."""
    return [str(button.key).split()[-1] for button in page.button if str(button.key).startswith("keep ")]


def read_on(page: AppTest, card: str) -> AppTest:
    """Unfold the rest of a card, by group and id."""
    page.session_state[f"more {card}"] = True
    page.run()
    assert not page.exception
    return page


# ---- Welcome -------------------------------------------------------------------------------------------------


def test_welcome_tells_what_to_type_and_that_it_stays_here(open_page: Open) -> None:
    page = open_page(lang="en")
    assert "compares your words with 6 entries" in texts(page)
    assert page.text_area(key="q").placeholder == "Three sentences work better than two words."
    assert "What you type stays on the computer that runs this page." in texts(page)
    assert not page.tabs


def test_welcome_offers_one_example_of_each_and_more_below(open_page: Open) -> None:
    page = open_page(lang="fr")
    offered = [button.key for button in page.button if re.search(r"_\d$", str(button.key))]
    assert offered == ["citizen_1", "officer_1", "elected_1", "citizen_2", "citizen_3", "officer_2"]


def test_the_promise_counts_what_the_filters_let_through(open_page: Open) -> None:
    page = open_page(lang="en")
    page.pills(key="kinds").set_value(["case"]).run()
    assert "compares your words with 2 entries" in texts(page)


def test_an_example_fills_the_text_area_and_searches(open_page: Open) -> None:
    page = open_page(lang="en")
    page.button(key="citizen_2").click().run()
    assert page.text_area(key="q").value == MESSAGES["en"]["citizen_2"]
    assert page.query_params["q"] == page.text_area(key="q").value
    assert "lille-barracks" in cards(page)


# ---- Answers -------------------------------------------------------------------------------------------------


def test_a_french_situation_gives_groups_in_french(open_page: Open) -> None:
    page = submit(open_page(), FRENCH)
    assert [tab.label for tab in page.tabs] == [
        "Que faire (2)",
        "Ce qu’il faut réunir (1)",
        "Qui l’a fait (2)",
        "Ressources utiles (1)",
    ]
    assert page.subheader[0].value == "La charte d’engagement"
    assert titles(page, tab=2) == ["La caserne de Lille"]
    assert page.tabs[2].caption[0].value == "Déjà ci-dessus\u00a0: Le vote de Bruxelles"


def test_the_best_five_come_first_and_are_named_in_their_groups(open_page: Open) -> None:
    page = open_page(q=ENGLISH)
    # the network and the barracks are weak: they have no word of trust, and get no place for the sake of variety
    found = ["commitment-charter", "brussels-budget", "trust-first", "participatory-budget", "garden-network"]
    assert cards(page) == found
    groups = ("practices", "conditions", "cases", "resources")
    assert [cards(page, group) for group in groups] == [[], [], ["lille-barracks"], []]
    assert "Already above: The commitment charter · Participatory budgeting" in texts(page)
    assert [heading.value for heading in page.header] == ["Best answers", "All answers, by type"]


def test_an_english_situation_gives_groups_in_english(open_page: Open) -> None:
    page = submit(open_page(), ENGLISH)
    assert page.tabs[0].label == "What you can do (2)"
    assert page.subheader[0].value == "The commitment charter"


def test_a_card_shows_strength_kind_and_the_sentence_that_matched(open_page: Open) -> None:
    page = open_page(q=ENGLISH, languages="en")
    card = [element.value for element in page.markdown]
    [first, *_] = [n for n, text in enumerate(card) if text.startswith(":primary-badge[Practice] ")]
    assert card[first - 1] == ":green-badge[Strong match]"
    assert page.markdown[first - 1].proto.help == MESSAGES["en"]["strong_means"]
    assert ":gray-badge[Before]" in card[first]
    assert ":gray-badge[Commit formally]" in card[first]
    assert ":gray-badge[FR \\+ EN]" in card[first]
    marked = [text for text in card if ":primary-background[" in text]
    assert re.search(r":primary-background\[[^]]*\*\*trust\*\*[^]]*\]", marked[0])


def test_a_case_tells_honestly_what_became_of_it(open_page: Open) -> None:
    page = open_page(q=ENGLISH)
    assert any(":red-badge[Stalled]" in element.value for element in page.markdown)
    assert any(element.value.startswith("Brussels\\, Belgium · May 2016 · ") for element in page.caption)
    assert "There was a lack of **trust**" in texts(page)


def test_a_practice_shows_both_readings_its_cases_and_its_sources(open_page: Open) -> None:
    page = read_on(open_page(q=ENGLISH), "best commitment-charter")
    columns = [column.markdown[0].value for column in page.columns[:2]]
    assert columns == [
        "**For residents**\n\nSay what you will do\\, and when\\.",
        "**For public authorities**\n\nName one person who answers\\.",
    ]
    assert "The Lille barracks :green-badge[Succeeded]" in labels(page)
    assert (
        "- The Herald, [A charter at last](<https://herald.example/charter>), read in October 2026, "
        "copy\\: Wayback Machine\\, 2019\\-03\\-02"
    ) in [element.value for element in page.markdown]


def test_the_rest_of_a_card_is_drawn_when_it_is_unfolded(open_page: Open) -> None:
    page = open_page(q=ENGLISH)
    assert "Write a single page." not in texts(page)
    assert "Write a single page." in texts(read_on(page, "best commitment-charter"))


def test_a_practice_without_a_case_says_so(open_page: Open, tmp_path: Path, corpus: Path) -> None:
    replace_text(corpus / "cases" / "lille-barracks.yaml", "illustrates: [commitment-charter]", "illustrates: []")
    page = read_on(open_page(searcher_of(corpus, tmp_path), q=ENGLISH), "best commitment-charter")
    assert "The library knows no case of this practice yet." in texts(page)


def test_what_shows_a_practice_without_being_a_case_comes_apart(open_page: Open, tmp_path: Path, corpus: Path) -> None:
    replace_text(corpus / "cases" / "lille-barracks.yaml", "illustrates: [commitment-charter]", "illustrates: []")
    network = corpus / "resources" / "garden-network.yaml"
    replace_text(network, "related: []", "related: []\nillustrates: [commitment-charter]")
    page = open_page(searcher_of(corpus, tmp_path), entry="commitment-charter", lang="en")
    assert "The library knows no case of this practice yet." in texts(page)
    assert "Going further" in texts(page)
    assert "garden-network" in ways(page)


def test_a_source_says_beside_it_who_speaks_and_what_that_means(open_page: Open, tmp_path: Path, corpus: Path) -> None:
    url = '  url: "https://herald.example/charter"\n'
    replace_text(corpus / "sources.yaml", url, f"{url}  self_published: true\n")
    page = open_page(searcher_of(corpus, tmp_path), entry="commitment-charter", lang="en")
    line = next(element.value for element in page.markdown if "The Herald" in element.value)
    assert line.endswith("copy\\: Wayback Machine\\, 2019\\-03\\-02 :gray-badge[self\\-published]")
    means = [element.value for element in page.caption if "“Self-published”" in element.value]
    assert len(means) == 1 and "“Party”" not in means[0]


def test_the_old_id_of_an_entry_opens_it_and_on_a_sheet_it_takes_the_new_one(
    open_page: Open, tmp_path: Path, corpus: Path
) -> None:
    charter = corpus / "practices" / "commitment-charter.yaml"
    replace_text(charter, "kind: practice\n", "kind: practice\naliases: [old-charter]\n")
    searcher = searcher_of(corpus, tmp_path)
    page = open_page(searcher, entry="old-charter", lang="en")
    assert page.header[0].value == "The commitment charter"
    page.session_state["sheet"] = ["old-charter", "trust-first"]
    page.session_state["notes"] = {"old-charter": "Ask Léa"}
    page.run()
    assert page.session_state["sheet"] == ["commitment-charter", "trust-first"]
    assert page.session_state["notes"] == {"commitment-charter": "Ask Léa"}


def test_an_entry_in_the_other_language_says_which_it_exists_in(open_page: Open) -> None:
    page = open_page(q="Everyone wants a garden in our street", lang="en")
    assert page.subheader[0].value == "Le réseau des potagers"
    assert "This entry exists only in French." in texts(page)


def test_the_passage_is_shown_in_the_readers_language_when_there_is_one(open_page: Open) -> None:
    page = open_page(q=FRENCH, lang="en")
    assert page.subheader[0].value == "The commitment charter"
    shown = [element.value for element in page.markdown if ":primary-background[" in element.value]
    assert not any("confiance" in text for text in shown)
    assert "Found in the French text; this is the closest passage in your language." in texts(page)


def test_six_hits_a_group_then_show_more(monkeypatch: pytest.MonkeyPatch, open_page: Open, no_best: None) -> None:
    monkeypatch.setattr(answer, "HITS_SHOWN", 1)
    page = open_page(q=ENGLISH)
    assert titles(page) == ["The commitment charter"]
    assert page.button(key="more practices").label == "Show more (1)"
    page.button(key="more practices").click().run()
    assert titles(page) == ["The commitment charter", "Participatory budgeting"]
    assert "more practices" not in [button.key for button in page.button]


def test_another_question_shows_six_again_and_leaves_nothing_behind(
    monkeypatch: pytest.MonkeyPatch, open_page: Open, no_best: None
) -> None:
    monkeypatch.setattr(answer, "HITS_SHOWN", 1)
    page = open_page(q=ENGLISH)
    page.button(key="more practices").click().run()
    assert len(titles(page)) == 2
    assert len(titles(submit(page, f"{ENGLISH} again"))) == 1
    assert not [key for key in page.session_state.keys() if ENGLISH in str(key)]  # noqa: SIM118 (no mapping)


def test_a_group_without_hits_says_so(open_page: Open) -> None:
    page = open_page(q=ENGLISH, kinds="practice")
    assert [message.value for message in page.tabs[2].info] == ["No case among the closest answers."]


def test_the_first_group_with_hits_is_shown(open_page: Open) -> None:
    shown = [open_page(q=ENGLISH, **chosen).get("tab_container")[0].proto for chosen in ({}, {"kinds": "case"})]
    assert [one.tab_container.default_tab_index for one in shown] == [0, 2]


def test_every_kind_of_entry_is_in_one_group() -> None:
    assert sorted(kind for kinds in answer.GROUPS.values() for kind in kinds) == sorted(FIELDS)


# ---- Language of the page ------------------------------------------------------------------------------------


def test_the_switch_wins_over_the_language_of_the_situation_and_is_written(open_page: Open) -> None:
    page = open_page(q=FRENCH)
    assert page.subheader[0].value == "La charte d’engagement"
    page.segmented_control(key="switch").set_value("en").run()
    assert page.subheader[0].value == "The commitment charter"
    assert page.text_area(key="q").value == FRENCH
    assert page.query_params == {"q": FRENCH, "lang": "en"}


def test_the_switch_shows_the_language_in_use_before_any_choice(open_page: Open) -> None:
    page = open_page(q=FRENCH)
    assert page.segmented_control(key="switch").value == "fr"
    assert "lang" not in page.query_params


@pytest.mark.parametrize(
    ("locale", "language"), [("fr-BE", "fr"), ("en-GB", "en"), ("nl-BE", "fr"), (None, "fr"), ("EN", "en")]
)
def test_the_browsers_language_is_the_first_guess(
    monkeypatch: pytest.MonkeyPatch, open_page: Open, locale: str | None, language: str
) -> None:
    monkeypatch.setattr(type(st.context), "locale", property(lambda _: locale))
    assert open_page().segmented_control(key="switch").value == language


# ---- Filters and the address ---------------------------------------------------------------------------------


def test_filters_are_read_from_the_address(open_page: Open) -> None:
    page = open_page(q=ENGLISH, kinds=["case", "practice"], countries="belgium")
    assert page.pills(key="kinds").value == ["case", "practice"]
    assert page.multiselect(key="countries").value == ["belgium"]
    assert [tab.label[-3:] for tab in page.tabs] == ["(1)", "(0)", "(1)", "(0)"]
    assert cards(page) == ["brussels-budget", "participatory-budget"]  # the vote shows the practice


def test_filters_are_written_to_the_address(open_page: Open) -> None:
    page = open_page(q=ENGLISH)
    page.pills(key="phases").set_value(["before"]).run()
    page.multiselect(key="actors").set_value(["citizens", "public-authority"]).run()
    assert page.query_params == {"q": ENGLISH, "phases": "before", "actors": ["citizens", "public-authority"]}
    assert cards(page) == ["commitment-charter", "trust-first"]


def test_filters_in_use_are_chips_that_a_click_removes(open_page: Open) -> None:
    page = open_page(q=ENGLISH, phases="before", languages="en", countries="france")
    chips = {str(button.key): button for button in page.button if str(button.key).startswith("chip ")}
    assert [chip.label for chip in chips.values()] == ["Before", "Language of the texts\\: English", "France"]
    assert [chip.help for chip in chips.values()] == ["Remove this filter"] * 3
    page.button(key="chip countries france").click().run()
    assert page.query_params == {"q": ENGLISH, "phases": "before", "languages": "en"}
    page.button(key="filters_clear").click().run()
    assert page.query_params == {"q": ENGLISH}
    assert not [button for button in page.button if str(button.key).startswith(("chip ", "filters_clear"))]


def test_values_of_filters_say_how_many_entries_they_leave(open_page: Open) -> None:
    page = open_page(lang="en")
    page.pills(key="kinds").set_value(["case"]).run()
    counted = [option.replace("\\", "") for option in page.pills(key="kinds").options]
    assert counted == ["Practice (2)", "Condition (1)", "Case (2)", "Resource (1)"]
    assert page.multiselect(key="countries").options == ["Belgium (1)", "France (1)"]


def test_phases_and_conditions_have_a_plain_line_each(open_page: Open) -> None:
    page = open_page(lang="fr")
    told = page.pills(key="phases").help
    assert told is not None
    assert [line.split("**")[1] for line in told.splitlines()] == ["Avant", "Lancement", "Pendant", "Entretien"]
    assert "prendre soin du lien" in told
    assert "poser l’accord" in str(page.multiselect(key="conditions").help)


def test_filters_that_keep_nothing_say_so_and_can_be_removed(open_page: Open) -> None:
    page = open_page(q=ENGLISH, countries="belgium", outcomes="succeeded")
    assert [message.value for message in page.warning] == ["No entry passes all these filters. Remove one."]
    page.button(key="filters_clear").click().run()
    assert page.query_params == {"q": ENGLISH}
    assert page.subheader[0].value == "The commitment charter"


def test_unknown_filters_of_the_address_are_named_and_left_out(open_page: Open) -> None:
    page = open_page(q=ENGLISH, phases=["before", "ava*nt*"])
    assert [message.value for message in page.warning] == [
        "The address held unknown filters, which were left out: ava\\*nt\\*."
    ]
    assert page.query_params["phases"] == "before"


def test_a_warning_of_filters_stays_until_the_person_does_something(open_page: Open) -> None:
    page = open_page(q=ENGLISH, phases=["before", "avant"])
    page.session_state["told by browser"] = True  # the first thing a browser does: it tells what it keeps
    page.run()
    assert len(page.warning) == 1
    page.pills(key="phases").set_value([]).run()
    assert not page.warning


def test_filters_chosen_before_anything_is_asked_are_in_the_address(open_page: Open) -> None:
    page = open_page(lang="en")
    page.pills(key="phases").set_value(["before"]).run()
    assert page.query_params == {"phases": "before", "lang": "en"}
    page = open_page(lang="en", phases="before")
    assert page.pills(key="phases").value == ["before"]
    page.button(key="filters_clear").click().run()
    assert page.query_params == {"lang": "en"}


def test_another_address_replaces_what_was_asked(open_page: Open) -> None:
    page = open_page(q=ENGLISH, phases="before")
    page.query_params.clear()
    page.query_params["q"] = FRENCH
    page.run()
    assert page.text_area(key="q").value == FRENCH
    assert page.pills(key="phases").value == []


def test_clear_all_goes_back_to_the_welcome(open_page: Open) -> None:
    page = open_page(q=ENGLISH, phases="before", lang="en")
    page.button(key="clear").click().run()
    assert page.text_area(key="q").value == ""
    assert page.query_params == {"lang": "en"}
    assert "What helps residents and public authorities act together." in texts(page)


# ---- Where you stand, three questions, the sheet ------------------------------------------------------------


@pytest.fixture(scope="module")
def standing_searcher(tmp_path_factory: pytest.TempPathFactory) -> Searcher:
    """Over the tiny corpus, with situations that say where they stand: "trust" before, "money" during."""
    folder = tmp_path_factory.mktemp("standing")
    corpus = write_corpus(folder / "corpus")
    before = {"entries": ["trust-first"], "phases": ["before"], "conditions": ["commit-formally"]}
    during = {"entries": ["participatory-budget"], "phases": ["launch"], "conditions": []}
    rows = [before | {"fr": f"Confiance {n}", "en": f"Trust {n}"} for n in range(FEWEST_EXAMPLES)]
    rows += [during | {"fr": f"Argent {n}", "en": f"Money {n}"} for n in range(FEWEST_EXAMPLES)]
    write_training_queries(corpus, *rows)
    return searcher_of(corpus, folder)


def test_where_it_stands_is_told_with_the_words_that_say_so(open_page: Open, standing_searcher: Searcher) -> None:
    page = open_page(standing_searcher, q="There is no trust between all of us, and that is the whole story", lang="en")
    assert page.pills(key="stand phases").value == ["before"]
    assert page.pills(key="stand conditions").value == ["commit-formally"]
    assert "Before: “There is no trust between all of us,”" in texts(page)
    assert "**Before · Commit formally** :primary[— edit]" in [expander.label for expander in page.expander]


def test_the_concerns_of_a_letter_are_shown_and_one_can_be_left_out(open_page: Open) -> None:
    page = open_page(q=LETTER, lang="en")
    assert page.pills(key="concerns").value == [TRUST, GARDEN, MONEY]
    page.pills(key="concerns").set_value([GARDEN]).run()
    assert page.pills(key="concerns").value == [GARDEN]
    assert page.pills(key="concerns").options[0].startswith("Nobody here has any trust")
    page.text_area(key="q").set_value(LETTER.replace("garden", "building"))
    page.button(key="ask_button").click().run()
    assert page.pills(key="concerns").value == [TRUST, GARDEN.replace("garden", "building"), MONEY]  # another text


def test_a_concern_that_is_left_out_is_in_the_address_and_stays_out_when_that_is_opened(open_page: Open) -> None:
    page = open_page(q=LETTER, lang="en")
    page.pills(key="concerns").set_value([TRUST, MONEY]).run()
    assert page.query_params["without"] == "2"
    again = open_page(q=LETTER, lang="en", without="2")
    assert again.pills(key="concerns").value == [TRUST, MONEY]
    assert again.query_params["without"] == "2"
    again.pills(key="concerns").set_value([TRUST, GARDEN, MONEY]).run()
    assert "without" not in again.query_params
    assert open_page(q=LETTER, lang="en", without=["9", "x"]).pills(key="concerns").value == [TRUST, GARDEN, MONEY]
    all_out = open_page(q=LETTER, lang="en", without=["1", "2", "3"])
    assert all_out.pills(key="concerns").value == []


def test_a_short_text_has_no_concerns_to_choose_from(open_page: Open) -> None:
    assert "What we understood of your text" not in [pills.label for pills in open_page(q="No trust", lang="en").pills]


def test_a_click_corrects_where_it_stands_and_the_answer_follows(open_page: Open, standing_searcher: Searcher) -> None:
    page = open_page(standing_searcher, q="No trust", lang="en")
    page.pills(key="stand phases").set_value(["launch"]).run()
    assert page.query_params["phases"] == "launch"
    assert page.pills(key="phases").value == ["launch"]
    assert "Your choice: the answer keeps to it." in texts(page)
    assert all("launch" in standing_searcher.entry(name).phases for name in kept(page))


def test_saying_that_no_phase_is_meant_is_kept_and_filters_nothing(
    open_page: Open, standing_searcher: Searcher
) -> None:
    page = open_page(standing_searcher, q="Hello, there is no trust left and that is the whole story", lang="en")
    assert page.pills(key="stand phases").value == ["before"]
    page.pills(key="stand phases").set_value([]).run()
    assert page.pills(key="stand phases").value == []
    assert "phases" not in page.query_params
    assert cards(page)
    assert "You have unticked them all: the answer does not take them into account." in texts(page)
    assert "Nothing clear in your text. Tick" not in texts(page)


def test_three_questions_ask_for_those_who_do_not_want_to_write(open_page: Open) -> None:
    page = open_page(lang="en")
    assert "Entries that fit these answers: 6." in texts(page)
    assert page.button(key="guided_ask").disabled
    page.pills(key="guided who").set_value("resident")
    page.pills(key="guided phase").set_value("before").run()
    assert "Entries that fit these answers: 2." in texts(page)
    page.button(key="guided_ask").click().run()
    assert page.text_area(key="q").value == "We are a group of residents. Nothing has begun between us yet."
    assert page.pills(key="phases").value == ["before"]


def test_an_answer_says_which_part_of_the_text_it_answers(open_page: Open) -> None:
    page = open_page(q="There is no trust at all here. The building has been empty for years.", lang="en")
    cards = texts(page)
    assert "Answers: “There is no trust at all here.”" in cards
    assert "Answers: “The building has been empty for years.”" in cards


def test_an_entry_can_be_read_in_its_other_language(open_page: Open) -> None:
    page = open_page(entry="commitment-charter", lang="en")
    page.segmented_control(key="read entry commitment-charter en").set_value("fr").run()
    assert "Sans confiance" in texts(page)


def test_an_answer_goes_on_the_sheet_and_off_it(open_page: Open) -> None:
    page = open_page(q=ENGLISH)
    page.button(key="keep best commitment-charter").click().run()
    assert page.session_state["sheet"] == ["commitment-charter"]
    assert page.button(key="keep best commitment-charter").label == "Remove from my file"
    page.button(key="keep best commitment-charter").click().run()
    assert page.session_state["sheet"] == []


# ---- Nothing to show -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["", "   \n"])
def test_an_empty_text_gets_a_message_and_the_examples(open_page: Open, text: str) -> None:
    page = submit(open_page(lang="fr"), text)
    assert [message.value for message in page.error] == [
        "Rien à chercher\u00a0: décrivez votre situation en une à trois phrases."
    ]
    assert "citizen_1" in [button.key for button in page.button]


def test_a_text_that_is_too_long_gets_a_message(open_page: Open) -> None:
    page = submit(open_page(lang="en"), "a" * (LONGEST_QUERY + 1))
    assert [message.value for message in page.error] == [
        "This text has 5001 characters; at most 5000 are read. Keep the part that matters most."
    ]
    assert "q" not in page.query_params


def test_nothing_close_says_so_and_keeps_near_misses_apart(open_page: Open) -> None:
    page = open_page(q="What is the best recipe for an apple pie")
    assert "**Nothing close enough in the library.**" in page.info[0].value
    assert not page.tabs
    assert "- Prefer everyday words to proper names and acronyms." in texts(page)
    headings = [element.value for element in page.main.header]
    assert headings == ["How to rephrase", "Closest entries, though none is an answer"]
    assert not re.search(r"Strong match|Related|Weak match", texts(page))


def test_an_unmet_need_is_kept_with_consent_only(
    monkeypatch: pytest.MonkeyPatch, open_page: Open, tmp_path: Path
) -> None:
    file = tmp_path / "unmet.jsonl"
    monkeypatch.setenv("PASSERELLE_UNMET", str(file))
    page = open_page(q="What is the best recipe for an apple pie")
    page.button(key="unmet_leave").click().run()
    assert [message.value for message in page.warning] == ["Nothing was kept: tick the box first if you agree."]
    assert not file.exists()
    page.checkbox(key="unmet_consent").check()
    page.button(key="unmet_leave").click().run()
    assert [need.text for need in read_unmet(file)] == ["What is the best recipe for an apple pie"]
    assert [message.value for message in page.success] == ["Thank you. Your text is kept for the editors."]
    assert "unmet_leave" not in [button.key for button in page.button]


def test_an_unmet_need_that_cannot_be_kept_is_told_without_a_path_of_the_computer(
    monkeypatch: pytest.MonkeyPatch, open_page: Open, tmp_path: Path
) -> None:
    monkeypatch.setenv("PASSERELLE_UNMET", str(tmp_path))  # a folder
    page = open_page(q="What is the best recipe for an apple pie", lang="en")
    page.checkbox(key="unmet_consent").check()
    page.button(key="unmet_leave").click().run()
    assert [message.value for message in page.error] == [
        "The text could not be kept: its file cannot be written. Copy your text and try again later."
    ]


# ---- What people say of answers ------------------------------------------------------------------------------


def say(page: AppTest, of: str, **said: Any) -> AppTest:
    """Open the form beside an answer, fill it in and send it."""
    key = f"say {of}"
    page.session_state[key] = True
    page.run()
    if "verdict" in said:
        page.pills(key=f"verdict {key}").set_value(said["verdict"])
    page.text_area(key=f"expected {key}").set_value(said.get("expected", ""))
    if said.get("consent"):
        page.checkbox(key=f"consent {key}").check()
    page.button(key=f"leave {key}").click().run()
    assert not page.exception
    return page


@pytest.fixture
def opinions(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """The file that what people say goes to."""
    monkeypatch.setenv("PASSERELLE_FEEDBACK", str(tmp_path / "feedback.jsonl"))
    return tmp_path / "feedback.jsonl"


def test_what_is_said_of_an_answer_is_kept_with_consent_only(open_page: Open, opinions: Path) -> None:
    page = say(open_page(q=ENGLISH), "best commitment-charter", verdict="useful")
    assert [message.value for message in page.warning] == ["Nothing was kept: tick the box first if you agree."]
    assert not opinions.exists()
    page = say(page, "best commitment-charter", verdict="useful", expected="A model", consent=True)
    [left] = read_feedback(opinions)
    assert (left.text, left.language, left.entry) == (ENGLISH, "en", "commitment-charter")
    assert (left.verdict, left.expected) == ("useful", "A model")
    assert [message.value for message in page.success] == ["Thank you. What you said is kept for the editors."]


def test_what_is_said_and_not_sent_is_there_again_when_its_place_is_opened_again(
    open_page: Open, opinions: Path
) -> None:
    key = "say best commitment-charter"
    page = say(open_page(q=ENGLISH), "best commitment-charter", verdict="not-useful", expected="A model")
    page.session_state[key] = False
    page.run()
    assert not [one for one in page.text_area if one.key == f"expected {key}"]
    page.session_state[key] = True
    page.run()
    assert page.pills(key=f"verdict {key}").value == "not-useful"
    assert page.text_area(key=f"expected {key}").value == "A model"
    page.query_params["q"] = f"{ENGLISH}."  # of another question nothing was said
    page.session_state[key] = True
    page.run()
    assert page.text_area(key=f"expected {key}").value == ""
    page.query_params["q"] = ENGLISH
    page.session_state[key] = True
    page.run()
    page.checkbox(key=f"consent {key}").check()
    page.button(key=f"leave {key}").click().run()
    assert [one.expected for one in read_feedback(opinions)] == ["A model"]
    assert page.session_state["not sent"] == {}


def test_saying_nothing_is_not_kept(open_page: Open, opinions: Path) -> None:
    page = say(open_page(q=ENGLISH), "best commitment-charter", consent=True)
    assert [message.value for message in page.warning] == ["Say whether it is useful, or what you expected."]
    assert not opinions.exists()


def test_what_was_expected_can_be_said_of_all_answers_together(open_page: Open, opinions: Path) -> None:
    say(open_page(q=ENGLISH), "all ", expected="A lawyer", consent=True)
    [left] = read_feedback(opinions)
    assert (left.entry, left.verdict, left.expected) == ("", "", "A lawyer")


def test_what_cannot_be_kept_is_told_and_nothing_is_lost(
    monkeypatch: pytest.MonkeyPatch, open_page: Open, tmp_path: Path
) -> None:
    monkeypatch.setenv("PASSERELLE_FEEDBACK", str(tmp_path))  # a folder
    page = say(open_page(q=ENGLISH), "best commitment-charter", expected="A model", consent=True)
    assert [message.value for message in page.error] == [MESSAGES["en"]["unmet_failed"]]
    assert page.text_area(key="expected say best commitment-charter").value == "A model"


# ---- An entry ------------------------------------------------------------------------------------------------


def test_an_entry_is_shown_at_its_address_with_everything_about_it(open_page: Open) -> None:
    page = open_page(entry="commitment-charter", lang="en")
    assert page.header[0].value == "The commitment charter"
    shown = texts(page)
    for part in ("Without trust, no promise lasts.", "Write a single page.", "The promised money never comes."):
        assert part in shown
    assert "Phase: Before (stated by the source), Launch (inferred by the editors)" in shown
    assert "French text: freely adapted." in shown
    assert "Know each other first :primary-badge[Condition]" in labels(page)
    assert "The Lille barracks :green-badge[Succeeded]" in labels(page)
    for heading in ("Who puts it into practice", "See also", "More like this", "Sources"):
        assert heading in shown
    assert page.button(key="back").label == "Go to the search"


def test_an_entry_opens_from_an_answer_and_the_way_back_keeps_the_answer(open_page: Open) -> None:
    page = read_on(open_page(q=ENGLISH, phases="before"), "best commitment-charter")
    page.button(key="open best commitment-charter").click().run()
    assert page.query_params == {"entry": "commitment-charter"}
    assert page.header[0].value == "The commitment charter"
    assert "trust-first" in ways(page)
    page.query_params["entry"] = "trust-first"  # what the link does
    page.run()
    assert page.header[0].value == "Know each other first"
    assert page.button(key="back").label == "Back to the answer"
    page.button(key="back").click().run()
    assert page.query_params == {"q": ENGLISH, "phases": "before"}
    assert cards(page) == ["commitment-charter", "trust-first"]


def test_a_case_shows_the_practices_it_illustrates(open_page: Open) -> None:
    page = open_page(entry="brussels-budget", lang="fr")
    assert "Bruxelles, Belgique · mai 2016" in texts(page)
    assert "Pratiques que cette fiche illustre" in texts(page)
    assert "Le budget participatif :primary-badge[Pratique]" in labels(page)


def test_an_unknown_entry_gets_a_message_and_a_way_back(open_page: Open) -> None:
    page = open_page(entry="no-*such*-entry", lang="en")
    assert [message.value for message in page.error] == [
        "No entry is called “no\\-\\*such\\*\\-entry”. The link may be an old one."
    ]
    page.button(key="back").click().run()
    assert page.query_params == {"lang": "en"}
    assert page.text_area(key="q").value == ""


# ---- Opening the library -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (
            search.IndexDamagedError(Path("here"), "cut"),
            "Un fichier de la bibliothèque est abîmé. Préparez-la à nouveau.",
        ),
        (search.ModelMissingError("m", "gone"), "Le modèle de langue n’a pas pu être chargé."),
        (search.PasserelleError("other"), "La bibliothèque n’a pas pu être ouverte."),
    ],
)
def test_a_library_that_cannot_be_opened_says_why_and_its_paths_go_to_the_log(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, error: search.PasserelleError, words: str
) -> None:
    def fail(**_: Any) -> search.LiveSearcher:
        raise error

    monkeypatch.setattr(search, "follow", fail)
    page = AppTest.from_file(str(PAGE), default_timeout=30).run()
    assert [message.value for message in page.error] == [words]
    assert page.caption[0].value == "Le détail est dans le journal de l’ordinateur qui sert cette page."
    assert str(error) not in texts(page)
    assert [record.getMessage() for record in caplog.records if record.name == "search.page"] == [
        f"{type(error).__name__}: {error}"
    ]
    assert not page.text_area


def test_the_library_is_opened_once_and_a_newer_one_is_taken_up(
    monkeypatch: pytest.MonkeyPatch, abstaining_searcher: Searcher, tmp_path: Path
) -> None:
    other_searcher = tiny_searcher(tmp_path)  # never silent
    live, opened = FakeLiveSearcher(abstaining_searcher), list[str]()

    def follow(**_: Any) -> FakeLiveSearcher:
        opened.append("once")
        return live

    monkeypatch.setattr(search, "follow", follow)
    page = AppTest.from_file(str(PAGE), default_timeout=30)
    page.query_params["q"] = "zeppelin"
    page.run()
    before = texts(page)
    live.searcher = other_searcher
    page.run()
    assert opened == ["once"]
    assert texts(page) != before
    assert not page.info


@pytest.mark.parametrize(("lang", "words"), [("fr", "viennent de la précédente"), ("en", "come from the one before")])
def test_a_new_library_that_cannot_be_opened_is_told_and_the_old_one_answers(
    monkeypatch: pytest.MonkeyPatch, abstaining_searcher: Searcher, lang: str, words: str
) -> None:
    live = FakeLiveSearcher(abstaining_searcher, search.IndexDamagedError(Path("here"), "cut"))
    monkeypatch.setattr(search, "follow", lambda **_: live)
    page = AppTest.from_file(str(PAGE), default_timeout=30)
    page.query_params["lang"] = lang
    page.run()
    assert not page.exception
    assert words in page.info[0].value
    assert page.text_area


@pytest.mark.parametrize(
    ("lang", "words"), [("fr", "Trop de personnes cherchent en même temps"), ("en", "Too many people are searching")]
)
def test_who_waits_too_long_is_told_and_keeps_the_text(
    monkeypatch: pytest.MonkeyPatch, open_page: Open, lang: str, words: str
) -> None:
    busy = search.AdmissionQueue(1, patience=0.01)
    monkeypatch.setattr(ask, "turns", lambda: busy)
    with busy.turn():
        page = open_page(q=FRENCH, lang=lang)
    assert words in page.error[0].value
    assert page.text_area(key="q").value == FRENCH
    page.run()
    assert not page.error


def test_who_waits_is_told_how_many_are_before(monkeypatch: pytest.MonkeyPatch, open_page: Open) -> None:
    monkeypatch.setattr("search.retrieval.admission_queue.NOTIFY_EVERY", 0.01)
    busy, told = search.AdmissionQueue(1, patience=10), list[int]()

    class NotedQueue(search.AdmissionQueue):
        def turn(self, tell: Callable[[int], None] | None = None) -> AbstractContextManager[None]:
            def note(before: int) -> None:
                told.append(before)
                assert tell is not None
                tell(before)
                leave.set()

            return busy.turn(note)

    leave = threading.Event()

    def hold() -> None:
        with busy.turn():
            held.set()
            leave.wait(10)

    held = threading.Event()
    threading.Thread(target=hold, daemon=True).start()
    held.wait(5)
    monkeypatch.setattr(ask, "turns", lambda: NotedQueue(1, 10))
    page = open_page(q=FRENCH, lang="en")
    assert told
    assert set(told) == {1}
    assert not page.error
    assert not page.info  # the notice goes when the turn has come


def test_a_missing_index_is_made_with_a_progress_bar(
    monkeypatch: pytest.MonkeyPatch, abstaining_searcher: Searcher
) -> None:
    told = []

    def make(progress: Callable[[int, int], None], ready: Callable[[], None]) -> FakeLiveSearcher:
        progress(3, 12)
        ready()
        told.append("made")
        return FakeLiveSearcher(abstaining_searcher)

    monkeypatch.setattr(search, "follow", make)
    page = AppTest.from_file(str(PAGE), default_timeout=30).run()
    assert not page.exception
    assert told == ["made"]
    assert page.title[0].value == "Passerelle"


# ---- Text shown as it is -------------------------------------------------------------------------------------


def test_an_entry_that_looks_like_markdown_or_html_is_shown_as_it_is(
    open_page: Open, tmp_path: Path, corpus: Path
) -> None:
    file = corpus / "practices" / "commitment-charter.yaml"
    replace_text(file, "The commitment charter", f"Charter {HOSTILE}")
    replace_text(file, "Without trust, no promise lasts.", f"Trust {HOSTILE}")
    searcher = searcher_of(corpus, tmp_path)
    page = open_page(searcher, entry="commitment-charter", lang="en")
    assert page.header[0].value == escape(f"Charter {HOSTILE}")
    assert escape(f"Trust {HOSTILE}") in [element.value for element in page.markdown]
    page = open_page(searcher, entry="trust-first", lang="en")
    assert f"{escape(f'Charter {HOSTILE}')} :primary-badge[Practice]" in labels(page)


def test_a_situation_that_looks_like_markdown_or_html_is_shown_as_it_is(open_page: Open) -> None:
    page = open_page(q=f"trust {HOSTILE}", lang="en")
    assert page.text_area(key="q").value == f"trust {HOSTILE}"
    lines = [line.label for line in page.expander]
    assert any(escape("<script>alert(1)</script> **bold** $x$") in line for line in lines)  # what was asked
    written = [*lines, *(element.value for element in [*page.markdown, *page.caption])]
    assert not any("<script>" in text for text in written)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("plain, text", "plain\\, text"),
        ("**bold** _it_", "\\*\\*bold\\*\\* \\_it\\_"),
        ("$x$", "\\$x\\$"),
        (":red[x]", "\\:\u2060red\\[x\\]"),
        (":material/home:", "\\:\u2060material\\/home\\:"),
        ("<b>&amp;", "\\<b\\>\\&amp\\;"),
        ("https://a.example", "https\\:\u2060\\/\\/a\\.example"),
        ("www.a.example me@a.example", "www\u2060\\.a\\.example me\u2060\\@a\\.example"),
        ("a -> b -- c", "a \\-\u2060\\> b \\-\u2060\\- c"),
        ("    four spaces", " four spaces"),
        ("1. one\n  - two\r\n# three", "1\\. one  \n\\- two  \n\\# three"),
        ("« Oui\u00a0: non\u00a0! »", "« Oui\u00a0\\: non\u00a0\\! »"),
        ("", ""),
    ],
)
def test_escape(text: str, written: str) -> None:
    assert escape(text) == written


def test_highlight_marks_the_sentence_inside_its_passage() -> None:
    assert highlight("One. Two! Three.", "Two!") == "One\\. :primary-background[Two\\!] Three\\."
    assert highlight("One. Two!", "Elsewhere.") == "One\\. Two\\!"
    assert highlight("One.", "") == "One\\."
    marked = highlight("One. No trust, no [money]. Three.", "No trust, no [money].", [(3, 8), (14, 19)])
    assert marked == "One\\. :primary-background[No **trust**\\, no \\[**money**\\]\\.] Three\\."


def test_a_long_text_is_cut_to_one_line() -> None:
    assert cut("No\n trust  at all", 12) == "No trust a …"
    assert cut("No\n trust", 8) == "No trust"
    assert cut("a" * 9, 8) == "aaaaaa …"


def test_a_link_goes_to_the_web_only_and_its_parts_stay_apart() -> None:
    assert link("a [b](c)", "https://x.example/a b>(c)?d=1&copy=2") == (
        "[a \\[b\\]\\(c\\)](<https://x.example/a%20b%3E(c)?d=1&amp;copy=2>)"
    )
    assert link("click", "javascript:alert(1)") == "click"


# ---- Words ---------------------------------------------------------------------------------------------------


def test_both_dictionaries_have_the_same_keys_and_the_same_gaps_to_fill() -> None:
    assert list(MESSAGES["fr"]) == list(MESSAGES["en"])
    for key, french in MESSAGES["fr"].items():
        assert set(re.findall(r"{\w+}", french)) == set(re.findall(r"{\w+}", MESSAGES["en"][key])), key


def test_french_words_have_no_break_spaces_where_french_wants_them() -> None:
    for key, french in MESSAGES["fr"].items():
        assert not re.search(r"(?<!\u00a0)[:;?!»]|«(?!\u00a0)|'", french), key


@pytest.mark.parametrize("reader", ["fr", "en"])
def test_every_word_that_streamlit_writes_has_one_in_the_language_of_the_reader(reader: str) -> None:
    assert all(set(told) == set(MESSAGES) for told in BUILT_IN.values())
    assert all(told[one].count("{}") == english.count("{}") for english, told in BUILT_IN.items() for one in told)
    words = built_in_words(reader)
    assert words["Help for {}"] == {"fr": "Aide\u00a0: {}", "en": "Help: {}"}[reader]
    assert words["Select all"] == {"fr": "Tout choisir", "en": "Select all"}[reader]
    assert words["Fermer le menu"] == words["Collapse sidebar"]  # after a change of language


def test_every_field_of_an_entry_has_a_name() -> None:
    fields = {field for fields in FIELDS.values() for field in fields} - {"title"}
    assert {f"field_{field}" for field in fields} <= set(MESSAGES["fr"])


def test_an_entry_that_is_a_case_or_a_practice_of_another_is_not_named_again_under_see_also(
    open_page: Open, tmp_path: Path, corpus: Path
) -> None:
    case = corpus / "cases" / "lille-barracks.yaml"
    replace_text(case, "related: []", "related: [commitment-charter, trust-first]")
    page = open_page(searcher_of(corpus, tmp_path), entry="lille-barracks", lang="en")
    assert ways(page).count("commitment-charter") == 1
    assert ways(page).count("trust-first") == 1
