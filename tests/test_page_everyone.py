"""The page for everyone: in a real browser, every view by axe, by keyboard, in the dark, in the reader's language."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Iterator
from itertools import chain, pairwise
from urllib.parse import urlencode

import pytest

pytest.importorskip("selenium", reason="selenium is not installed: pip install -e '.[dev]'")
pytest.importorskip("axe_core_python", reason="axe-core-python is not installed: pip install -e '.[dev]'")
from axe_core_python.selenium import Axe
from selenium.webdriver import Chrome
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement

from page.built_in import BUILT_IN
from page.messages import MESSAGES
from tests.browser_helpers import (
    BROWSER_MARKS,
    LOOKS,
    contrast,
    look,
    luminance,
    press,
    requested,
    set_screen,
    shown,
    shows,
    wait,
)
from tests.page_places import LETTER, PLACES, go

pytestmark = BROWSER_MARKS

EVERY_LOOK = bool(os.environ.get("PASSERELLE_EVERY_LOOK"))
"""Whether axe reads every look in both languages, which takes minutes; else each look in one of them."""

SEEN = (
    [(name, language) for name in LOOKS for language in MESSAGES]
    if EVERY_LOOK
    else [("wide", "fr"), ("phone", "en"), ("dark", "en"), ("dark phone", "fr")]
)

FOLDED = (
    [one for one in SEEN if one[0] in ("wide", "dark phone")] if EVERY_LOOK else [("wide", "en"), ("dark phone", "fr")]
)

FINDINGS = {"moderate", "serious", "critical"}


def findings(browser: Chrome, within: str | None = None) -> list[tuple[str, str]]:
    """Return what axe finds that is moderate or worse and stays: charts and icons are drawn after the page has run."""
    for pause in (0.3, 1.0, 3.0):
        wait(browser, lambda one: not one.find_elements(By.CSS_SELECTOR, "[data-stale=true]"))
        time.sleep(pause)
        violations = Axe().run(browser, context=within)["violations"]
        found = [(one["id"], one["nodes"][0]["html"]) for one in violations if one["impact"] in FINDINGS]
        if not found:
            break
    return found


# ---- axe -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "language"), SEEN)
def test_no_view_has_an_accessibility_finding_of_moderate_or_worse_or_asks_another_host(
    browser: Chrome,
    address: str,
    name: str,
    language: str,
) -> None:
    look(browser, name)
    found = {}
    for place in PLACES:
        go(browser, address, place, language=language)
        found[place] = findings(browser)
    assert {place: one for place, one in found.items() if one} == {}
    assert requested(browser) == {"localhost"}


def unfold(browser: Chrome, selector: str) -> None:
    """Press what opens something, once it is there, and wait until that is drawn."""
    wait(browser, lambda one: one.find_elements(By.CSS_SELECTOR, selector))
    browser.execute_script("arguments[0].click()", browser.find_element(By.CSS_SELECTOR, selector))
    time.sleep(0.7)
    wait(browser, lambda _: True)


def everything_open(browser: Chrome, address: str, language: str) -> Iterator[str]:
    """Open one after the other what is folded when a view is opened; name each."""
    say = MESSAGES[language]
    go(browser, address, "welcome", language=language)
    unfold(browser, ".st-key-filters_behind button")
    yield "filters"
    go(browser, address, "welcome", language=language)
    unfold(browser, "[data-testid=stExpander] summary")
    yield "three questions"
    browser.get(f"{address}?{urlencode({'q': LETTER[language], 'lang': language, 'countries': 'belgium'})}")
    wait(browser, shows(say["best"]))
    for folded in (".st-key-form_open", ".st-key-stand_open", ".st-key-answer [data-testid=stExpander]"):
        unfold(browser, f"{folded} summary")
    yield "an answer with all its parts"
    press(browser, say["feedback_one"].replace("\u00a0", " "))
    wait(browser, lambda one: one.find_elements(By.CSS_SELECTOR, "[data-testid=stPopoverBody] textarea"))
    yield "what one says of an answer"
    go(browser, address, "curators", language=language)
    for number in range(1, 6):
        wait(browser, lambda one: len(one.find_elements(By.CSS_SELECTOR, "[role=tab]")) > 5)
        browser.execute_script("arguments[0].click()", browser.find_elements(By.CSS_SELECTOR, "[role=tab]")[number])
        if number == 3:
            press(browser, say["draft_source_new"])
            press(browser, say["draft_make"])
            wait(browser, lambda one: one.find_elements(By.CSS_SELECTOR, "[data-testid=stAlert]"))
        yield f"editors, part {number}"
    go(browser, address, "sheet", language=language)
    for number in range(len(browser.find_elements(By.CSS_SELECTOR, "[data-testid=stExpander] summary"))):
        browser.execute_script(
            "document.querySelectorAll('[data-testid=stExpander] summary')[arguments[0]].click()", number
        )
    yield "a sheet with all its parts"


@pytest.mark.parametrize(("name", "language"), FOLDED)
def test_what_is_folded_has_no_finding_either_when_it_is_opened(
    browser: Chrome,
    address: str,
    name: str,
    language: str,
) -> None:
    look(browser, name)
    found = {opened: findings(browser) for opened in everything_open(browser, address, language)}
    assert len(found) == 10
    assert {opened: one for opened, one in found.items() if one} == {}


# ---- Headings, names, words ----------------------------------------------------------------------------------


def test_headings_of_every_view_go_down_one_step_at_a_time(browser: Chrome, address: str) -> None:
    script = "return [...document.querySelectorAll('h1, h2, h3, h4, h5, h6')].map((one) => Number(one.tagName[1]))"
    for place in PLACES:
        go(browser, address, place, language="fr")
        levels = browser.execute_script(script)
        assert levels[:2] == [1, 2], place
        assert levels.count(1) == 1, place
        assert all(after <= before + 1 for before, after in pairwise(levels)), (place, levels)
        if place == "entry":
            assert levels.count(3) >= 6  # what it is, first steps, both sides, obstacles, sources


NAMELESS = """return [...document.querySelectorAll('[role=group], [role=radiogroup], [role=toolbar], [role=listbox]')]
  .filter((one) => one.querySelector('button, [role=radio], [role=option]') && !one.querySelector('[role=combobox]'))
  .filter((one) => !one.ariaLabel && !one.getAttribute('aria-labelledby')).map((one) => one.outerHTML.slice(0, 200))"""


SAID = """const said = [];
for (const one of document.querySelectorAll('*'))
  for (const name of ['aria-label', 'title', 'placeholder', 'aria-roledescription'])
    if (one.getAttribute(name)) said.push(one.getAttribute(name));
const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
while (texts.nextNode()) if (!texts.currentNode.parentElement.closest('script, style, [aria-hidden=true]'))
  said.push(texts.currentNode.data.trim());
return said;"""


def english(said: list[str]) -> list[str]:
    """Return which texts are words that Streamlit writes in English."""
    shapes = [
        re.compile(re.escape(word).replace(r"\{\}", ".+"))
        for word, told in BUILT_IN.items()
        if word not in told.values() and not word.startswith("Delete")
    ]
    return sorted({text for text in said if any(shape.fullmatch(text) for shape in shapes)})


def test_on_a_french_page_groups_of_choices_are_named_and_no_word_of_streamlit_is_left_in_english(
    browser: Chrome,
    address: str,
) -> None:
    places = (place for place in PLACES if go(browser, address, place, language="fr") is None)
    for place in chain(places, everything_open(browser, address, "fr")):  # one by one: each is read while it is open
        time.sleep(0.2)
        assert english(browser.execute_script(SAID)) == [], place
        assert browser.execute_script(NAMELESS) == [], place
    assert english(["Help for Phase", "Show data: Carte", "Aide : Phase"]) == ["Help for Phase", "Show data: Carte"]


def test_another_language_takes_the_words_of_streamlit_along(browser: Chrome, address: str) -> None:
    go(browser, address, "entry", language="fr")
    unfold(browser, "[data-testid=stExpander] summary")
    wait(browser, lambda one: one.find_elements(By.CSS_SELECTOR, "[aria-label='Copier']"))
    press(browser, "English")
    wait(browser, shows(MESSAGES["en"]["goes_with"]))
    wait(browser, lambda one: one.find_elements(By.CSS_SELECTOR, "[aria-label='Copy']"))
    assert not browser.find_elements(By.CSS_SELECTOR, "[aria-label='Copier']")


# ---- Dark, movement, focus -----------------------------------------------------------------------------------


def colours(browser: Chrome) -> tuple[str, str]:
    """Return the colour of the letters of the page and of what is behind them."""
    script = "const s = getComputedStyle(document.querySelector('.stApp')); return [s.color, s.backgroundColor]"
    letters, behind = browser.execute_script(script)
    return str(letters), str(behind)


def test_contrast_is_that_of_the_standard() -> None:
    assert contrast("rgb(0, 0, 0)", "rgb(255, 255, 255)") == pytest.approx(21)
    assert contrast("rgb(119, 119, 119)", "rgb(255, 255, 255)") == pytest.approx(4.48, abs=0.01)


def test_the_page_is_dark_for_those_whose_browser_asks_for_it(browser: Chrome, address: str) -> None:
    look(browser, "dark")
    go(browser, address, "welcome", language="fr")
    letters, behind = colours(browser)
    assert luminance(behind) < 0.05
    assert luminance(letters) > 0.7
    assert contrast(letters, behind) > 7
    script = "const s = getComputedStyle(arguments[0]); return [s.color, s.backgroundColor]"
    button = browser.find_element(By.CSS_SELECTOR, ".st-key-ask_button button")
    assert contrast(*browser.execute_script(script, button)) > 4.5
    assert browser.execute_script("return getComputedStyle(document.documentElement).colorScheme") == "dark"
    look(browser, "wide")
    go(browser, address, "welcome", language="fr")
    letters, behind = colours(browser)
    assert luminance(letters) < 0.05
    assert luminance(behind) > 0.9


def test_nothing_moves_for_those_who_ask_for_less_movement(browser: Chrome, address: str) -> None:
    look(browser, "wide")
    go(browser, address, "answer", language="fr")
    script = """return [...document.querySelectorAll('*')].filter((one) => {
      const style = getComputedStyle(one);
      return [...style.transitionDuration.split(','), ...style.animationDuration.split(',')]
        .some((time) => parseFloat(time) > 0.01);
    }).length"""
    assert browser.execute_script(script) == 0


def test_one_sees_where_the_keyboard_is(browser: Chrome, address: str) -> None:
    go(browser, address, "answer", language="fr")
    browser.execute_script(
        "document.activeElement.blur(); document.querySelector('[data-testid=stTopNavLink]').focus()"
    )
    script = """const one = document.activeElement, style = getComputedStyle(one);
    return [one.tagName, parseFloat(style.outlineWidth), style.outlineStyle, style.boxShadow, style.borderColor]"""
    unseen, reached = [], set()
    for _ in range(25):
        ActionChains(browser).send_keys(Keys.TAB).perform()
        tag, width, kind, shadow, _ = browser.execute_script(script)
        reached.add(tag)
        if tag not in {"BODY", "TEXTAREA", "INPUT"} and (width < 2 or kind == "none") and shadow == "none":
            unseen.append(browser.switch_to.active_element.get_attribute("outerHTML")[:200])
    assert {"A", "BUTTON", "SUMMARY"} <= reached
    assert unseen == []


def test_at_200_percent_every_view_can_be_read_without_going_sideways(browser: Chrome, address: str) -> None:
    set_screen(browser, 720, 450)  # 1440 x 900, twice as large
    wide = []
    for place in PLACES:
        go(browser, address, place, language="fr")
        main = "document.querySelector('[data-testid=stMain]')"
        if browser.execute_script(f"return {main}.scrollWidth > {main}.clientWidth"):
            wide.append(place)
    assert wide == []
    assert shown(browser)


# ---- Words that are explained --------------------------------------------------------------------------------

TIP = "const tip = document.querySelector('#passerelle-tip'); return tip && !tip.hidden ? tip.textContent : ''"


def explains(browser: Chrome, means: str) -> None:
    """Wait until the explanation in sight is a certain one; none at all when that is empty."""
    wait(browser, lambda one: one.execute_script(TIP) == means)


def first_explained(browser: Chrome, address: str) -> tuple[WebElement, str]:
    """Open an answer on a phone; return the first word that is explained there, in the middle, and what it means."""
    look(browser, "phone")
    go(browser, address, "answer", language="en")
    wait(browser, lambda one: one.find_elements(By.CSS_SELECTOR, ".st-key-answer abbr[tabindex]"))
    word = browser.find_elements(By.CSS_SELECTOR, ".st-key-answer abbr[tabindex]")[0]
    browser.execute_script("arguments[0].scrollIntoView({block: 'center'})", word)
    means = word.get_attribute("title")
    assert means
    return word, means


def test_a_word_of_the_glossary_is_explained_by_the_keyboard_and_escape_takes_it_away(
    browser: Chrome,
    address: str,
) -> None:
    word, means = first_explained(browser, address)
    browser.execute_script("arguments[0].focus()", word)
    explains(browser, means)
    assert word.get_attribute("aria-describedby") == "passerelle-tip"
    left, right = browser.execute_script(
        "const box = document.querySelector('#passerelle-tip').getBoundingClientRect(); return [box.left, box.right]"
    )
    assert left >= 0
    assert right <= 390
    assert findings(browser, "#passerelle-tip") == []
    assert browser.execute_script(
        "return !!document.querySelector('main, [role=main]').querySelector('#passerelle-tip')"
    )
    browser.switch_to.active_element.send_keys(Keys.ESCAPE)
    explains(browser, "")


def test_a_word_of_the_glossary_is_explained_by_pointing_and_by_tapping(browser: Chrome, address: str) -> None:
    word, means = first_explained(browser, address)
    ActionChains(browser).move_to_element(word).perform()
    explains(browser, means)
    ActionChains(browser).move_by_offset(0, 200).perform()
    explains(browser, "")
    word.click()
    explains(browser, means)


def test_an_explanation_stays_beside_its_word_when_the_page_is_scrolled_and_goes_with_it(
    browser: Chrome,
    address: str,
) -> None:
    word, means = first_explained(browser, address)
    browser.execute_script("arguments[0].focus()", word)
    explains(browser, means)
    scroll = "document.querySelector('[data-testid=stMain]').scrollBy(0, arguments[0])"
    gap = """const [tip, word] = [document.querySelector('#passerelle-tip'), arguments[0]].map((one) =>
      one.getBoundingClientRect()); return Math.min(Math.abs(tip.top - word.bottom), Math.abs(word.top - tip.bottom))"""
    browser.execute_script(scroll, 60)
    wait(browser, lambda one: one.execute_script(gap, word) < 40)
    explains(browser, means)
    browser.execute_script(scroll, 5000)
    explains(browser, "")
