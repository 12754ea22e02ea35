"""What was found on the page by walking through it, each in a real browser: docs/decisions/0012-the-page.md."""

from __future__ import annotations

from urllib.parse import parse_qs, urlencode, urlsplit

import pytest

pytest.importorskip("selenium", reason="selenium is not installed: pip install -e '.[dev]'")
from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By

from page.messages import MESSAGES
from search.output.other_language import NOTICES
from tests.browser_helpers import BROWSER_MARKS, press_at, set_screen, shown, shows, wait
from tests.page_places import ENGLISH_SITUATION, LETTER, SITUATION, go

pytestmark = BROWSER_MARKS


def asked(browser: Chrome, address: str, text: str, *, language: str = "fr", **more: str) -> None:
    """Ask a text and wait for what comes."""
    browser.get(f"{address}?{urlencode({'q': text, 'lang': language, **more})}")
    wait(browser, lambda one: one.find_elements(By.CSS_SELECTOR, ".st-key-answer h3, .st-key-nothing h2"))


def best(browser: Chrome) -> list[str]:
    """Return the titles of the answers that are shown first."""
    return [one.text for one in browser.find_elements(By.CSS_SELECTOR, ".st-key-answer h3")]


def stand(browser: Chrome) -> str:
    """Return the line that says where the situation stands; empty when there is none."""
    found = browser.find_elements(By.CSS_SELECTOR, ".st-key-stand_open summary")
    return found[0].text if found else ""


def said(browser: Chrome) -> str:
    """Return what is in sight, with common spaces."""
    return shown(browser).replace("\u00a0", " ")


def test_filters_of_browse_stay_in_browse(browser: Chrome, address: str) -> None:
    browser.get(f"{address}browse?{urlencode({'lang': 'fr', 'countries': 'france'})}")
    wait(browser, shows("Retirer les filtres"))
    browser.find_element(By.PARTIAL_LINK_TEXT, MESSAGES["fr"]["view_ask"]).click()
    wait(browser, shows("Votre situation"))
    assert "Retirer les filtres" not in said(browser)
    assert "countries" not in browser.current_url


def test_one_noun_is_no_diagnosis_and_what_answers_a_sentence_is_about_it(browser: Chrome, address: str) -> None:
    asked(browser, address, "budget")
    assert MESSAGES["fr"]["stand_unsaid"].replace("\u00a0", " ") in stand(browser).replace("\u00a0", " ")
    asked(browser, address, "Third, there is an election. How do we keep our agreement?", language="en")
    cards = browser.find_elements(By.CSS_SELECTOR, "[data-testid=stMain] [data-testid=stVerticalBlock]:has(> * h3)")
    claimed = [card.text.lower() for card in cards if "Answers: “Third" in card.text]
    assert claimed
    assert all("election" in text.replace("third, there is an election", "") for text in claimed)


def test_dutch_leaves_the_page_french_and_is_told_so_in_dutch(browser: Chrome, address: str) -> None:
    browser.get(f"{address}?{urlencode({'q': 'De gemeente antwoordt niet op onze brieven en niemand luistert'})}")
    wait(browser, shows(NOTICES["nl"][:30]))
    assert browser.execute_script("return document.documentElement.lang") == "fr"


def test_a_place_that_is_asked_about_is_a_chip_and_taking_it_away_outlives_a_reload(
    browser: Chrome, address: str
) -> None:
    asked(browser, address, "Avez-vous des exemples de budgets participatifs en Wallonie ?")
    chip = ".st-key-places_row button[aria-pressed]"
    wait(browser, lambda one: one.find_elements(By.CSS_SELECTOR, chip))
    assert browser.find_element(By.CSS_SELECTOR, chip).text == "Wallonie"
    browser.find_element(By.CSS_SELECTOR, chip).click()
    wait(browser, lambda one: parse_qs(urlsplit(one.current_url).query).get("elsewhere") == ["en Wallonie"])
    browser.refresh()
    wait(browser, lambda one: one.find_elements(By.CSS_SELECTOR, chip))
    assert browser.find_element(By.CSS_SELECTOR, chip).get_attribute("aria-pressed") != "true"
    assert "elsewhere=" in browser.current_url


def test_a_concern_that_is_left_out_stays_out_after_a_reload(browser: Chrome, address: str) -> None:
    asked(browser, address, LETTER["en"], language="en")
    before = best(browser)
    chips = browser.find_elements(
        By.CSS_SELECTOR, ".st-key-concerns_row [data-testid=stButtonGroup] button[aria-pressed]"
    )
    assert len(chips) >= 3
    chips[0].click()
    wait(browser, lambda one: best(one) not in ([], before) and "without=1" in one.current_url)
    after = best(browser)
    browser.refresh()
    wait(browser, lambda one: best(one) == after)
    assert "without=1" in browser.current_url


def test_the_group_that_is_open_first_has_answers(browser: Chrome, address: str) -> None:
    asked(browser, address, SITUATION, kinds="case")
    chosen = browser.find_element(By.CSS_SELECTOR, "[role=tab][aria-selected=true]").text
    assert chosen.startswith(MESSAGES["fr"]["group_cases"])
    assert "(0)" not in chosen


def test_a_greeting_alone_is_not_answered(browser: Chrome, address: str) -> None:
    for text, language in (("hello", "en"), ("Bonjour", "fr")):
        asked(browser, address, text, language=language)
        assert best(browser) == []
        assert MESSAGES[language]["strong"] not in said(browser)


def test_no_quotation_mark_stands_alone_beside_the_three_questions(browser: Chrome, address: str) -> None:
    go(browser, address, "welcome", language="fr")
    browser.find_element(By.CSS_SELECTOR, "[data-testid=stExpander] summary").click()
    wait(browser, shows("Qui êtes-vous"))
    assert [line for line in said(browser).splitlines() if line.strip() in {"«", "»", "“", "”"}] == []


def test_no_empty_sidebar_stands_beside_an_entry(browser: Chrome, address: str) -> None:
    set_screen(browser, 1440, 900)
    go(browser, address, "entry", language="fr")
    sidebars = browser.find_elements(By.CSS_SELECTOR, "[data-testid=stSidebar]")
    assert not [one for one in sidebars if one.is_displayed() and one.rect["width"] > 1]


@pytest.mark.parametrize(
    "dressed",
    [
        "Hello, {} Thank you very much!",
        "<p>{}</p>",
        "**{}**",
    ],
)
def test_courtesy_and_markup_change_no_answer(browser: Chrome, address: str, dressed: str) -> None:
    asked(browser, address, ENGLISH_SITUATION, language="en")
    plain = best(browser)
    assert len(plain) == 5
    asked(browser, address, dressed.format(ENGLISH_SITUATION), language="en")
    assert best(browser) == plain


def test_unticking_all_conditions_is_told_as_ones_own_choice(browser: Chrome, address: str) -> None:
    asked(browser, address, SITUATION)
    press_at(browser, ".st-key-stand_open summary")
    pills = ".st-key-stand-conditions [data-testid=stButtonGroup] button"
    ticked = f"{pills}[kind=pillsActive], {pills}[data-testid=stBaseButton-pillsActive], {pills}[aria-pressed=true]"
    wait(browser, lambda one: one.find_elements(By.CSS_SELECTOR, ticked))
    wait(browser, lambda one: not one.find_elements(By.CSS_SELECTOR, ticked) or press_at(one, ticked))
    wait(browser, shows(MESSAGES["fr"]["stand_none"]))
    assert MESSAGES["fr"]["stand_unread"].replace("\u00a0", " ") not in said(browser).split("Ce qui semble manquer")[-1]


def test_no_badge_stands_twice_on_a_card_or_beside_a_link(browser: Chrome, address: str) -> None:
    asked(browser, address, SITUATION)
    cards = browser.find_elements(By.CSS_SELECTOR, ".st-key-answer [data-testid=stVerticalBlock]:has(> div h3)")
    groups = [[one.text for one in card.find_elements(By.CSS_SELECTOR, ".stMarkdownBadge")] for card in cards]
    go(browser, address, "compare", language="fr")
    columns = browser.find_elements(By.CSS_SELECTOR, "[data-testid=stColumn]:has([data-testid=stPageLink])")
    groups += [[one.text for one in column.find_elements(By.CSS_SELECTOR, ".stMarkdownBadge")] for column in columns]
    groups = [badges for badges in groups if badges]
    assert len(groups) >= 3
    assert [badges for badges in groups if len(badges) != len(set(badges))] == []
