"""The map and the years in a real browser: what can be pressed on them, and that both follow the dark."""

from __future__ import annotations

import pytest

pytest.importorskip("selenium", reason="selenium is not installed: pip install -e '.[dev]'")
from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement

from tests.browser_helpers import BROWSER_MARKS, contrast, look, luminance, press, requested, shown, wait

pytestmark = BROWSER_MARKS

CASES = "show=map&kinds=case&lang=fr"
MARKS = "return [...document.querySelectorAll('.map a circle')].map((one) => getComputedStyle(one).fill)"
NUMBERS = """return [...document.querySelectorAll('.map a:has(text)')].map((one) =>
  [getComputedStyle(one.querySelector('text')).fill, getComputedStyle(one.querySelector('circle')).fill])"""
LAND = "return getComputedStyle(document.querySelector('.map path')).fill"
SEA = "return getComputedStyle(document.querySelector('.map svg')).backgroundColor"
LEGEND = """return [...document.querySelectorAll('p span span')].filter((one) => one.textContent === '●')
  .map((one) => getComputedStyle(one).color)"""
PLACES = "return [...document.querySelectorAll('.map a')].map((one) => one.dataset.ids)"
PRESS = """[...document.querySelectorAll('.map a')].find((one) => one.dataset.ids === arguments[0])
  .dispatchEvent(new MouseEvent('click'))"""
MOST_PRESSED = 12
"""Numbers that are pressed one after the other, each of which opens the one before."""
EDGES = """return [...document.querySelectorAll('p > span')].filter((one) => one.textContent.startsWith('●'))
  .map((one) => [one.getBoundingClientRect().left, one.getBoundingClientRect().right, innerWidth])"""
PAGE = "return getComputedStyle(document.querySelector('.stApp')).backgroundColor"


@pytest.mark.parametrize("name", ["wide", "dark"])
def test_the_map_follows_the_dark_and_its_dots_can_be_told_from_land_and_sea(
    browser: Chrome, address: str, name: str
) -> None:
    look(browser, name)
    browser.get(f"{address}browse?{CASES}")
    wait(browser, lambda one: len(one.find_elements(By.CSS_SELECTOR, ".map a")) > 5)
    wait(browser, lambda one: one.execute_script(LEGEND))
    land, sea = browser.execute_script(LAND), browser.execute_script(SEA)
    bright = [luminance(colour) > 0.5 for colour in (land, sea)]
    assert bright == ([False, False] if name == "dark" else [True, True])
    for colour in set(browser.execute_script(MARKS)):
        assert min(contrast(colour, land), contrast(colour, sea)) >= 3, colour
    numbers = browser.execute_script(NUMBERS)
    assert numbers
    assert min(contrast(letters, behind) for letters, behind in numbers) >= 4.5
    behind = browser.execute_script(PAGE)
    assert min(contrast(colour, behind) for colour in browser.execute_script(LEGEND)) >= 3
    assert requested(browser) == {"localhost"}


def test_cases_at_one_place_are_listed_below_the_map_when_their_number_is_pressed(
    browser: Chrome, address: str
) -> None:
    browser.get(f"{address}browse?{CASES}")
    wait(browser, lambda one: len(one.find_elements(By.CSS_SELECTOR, ".map a")) > 5)
    for _ in range(MOST_PRESSED):
        pressed = max(browser.execute_script(PLACES), key=lambda ids: len(ids.split()))
        browser.execute_script(PRESS, pressed)
        wait(browser, lambda one, ids=pressed: cards(one) or ids not in one.execute_script(PLACES))
        if cards(browser):
            break
    assert len(pressed.split()) > 1
    wait(browser, lambda one: len(cards(one)) == len(pressed.split()))


def cards(browser: Chrome) -> list[WebElement]:
    """Return the links of the cards below the map."""
    return browser.find_elements(By.CSS_SELECTOR, "[data-testid=stPageLink]")


@pytest.mark.parametrize("name", ["wide", "phone"])
def test_no_outcome_of_the_legend_is_cut(browser: Chrome, address: str, name: str) -> None:
    look(browser, name)
    browser.get(f"{address}browse?{CASES}")
    wait(browser, lambda one: len(one.execute_script(LEGEND)) > 3)
    edges = browser.execute_script(EDGES)
    assert all(left >= 0 and right <= width for left, right, width in edges), edges


def test_a_year_that_is_chosen_leads_to_its_cases(browser: Chrome, address: str) -> None:
    browser.get(f"{address}browse?show=years&kinds=case&lang=fr")
    wait(browser, lambda one: one.find_elements(By.CSS_SELECTOR, ".st-key-year-chosen input"))
    place = browser.find_element(By.CSS_SELECTOR, ".st-key-year-chosen input")
    place.send_keys("2016")
    wait(browser, lambda one: one.find_elements(By.CSS_SELECTOR, "[role=option]"))
    place.send_keys(Keys.ENTER)
    wait(browser, lambda one: "started=2016" in one.current_url)
    wait(browser, lambda one: one.find_elements(By.CSS_SELECTOR, ".st-key-chip-started button"))
    wait(browser, lambda one: cards(one) and f"{len(cards(one))} fiches sur" in shown(one).replace("\u00a0", " "))
    press(browser, "2016")
    wait(browser, lambda one: "started" not in one.current_url)
    wait(browser, lambda one: not one.find_elements(By.CSS_SELECTOR, ".st-key-chip-started button"))
    assert browser.find_elements(By.CSS_SELECTOR, ".st-key-browsed")
