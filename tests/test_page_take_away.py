"""What is taken away, Browse and a page inside another site, in a real browser."""

from __future__ import annotations

import io
import json
import time
from pathlib import Path
from urllib.parse import unquote, urlencode

import docx
import pytest

pytest.importorskip("selenium", reason="selenium is not installed: pip install -e '.[dev]'")
from selenium.webdriver import Chrome
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from page.messages import MESSAGES
from tests.browser_helpers import BROWSER_MARKS, button, downloaded, downloads_to, query, requested, shown, shows, wait
from tests.page_places import SITUATION

pytestmark = BROWSER_MARKS


@pytest.mark.parametrize("language", ["fr", "en"])
def test_an_answer_is_taken_along_printed_copied_and_mailed(
    browser: Chrome, address: str, language: str, tmp_path: Path
) -> None:
    words = MESSAGES[language]
    downloads_to(browser, tmp_path)
    browser.get(f"{address}?{urlencode({'q': SITUATION + ' 😡', 'lang': language})}")
    wait(browser, shows(words["best"]))
    button(browser, words["take"]).click()
    button(browser, words["sheet_download"].format(kind="Word")).click()
    word = docx.Document(io.BytesIO(downloaded(browser, tmp_path, "docx")))
    assert f"{SITUATION} 😡" in [paragraph.text for paragraph in word.paragraphs]
    browser.execute_script(
        "window.print = () => { window.paper = document.getElementById('passerelle-paper').innerText }"
    )
    button(browser, words["take_print"]).click()
    wait(browser, lambda one: one.execute_script("return window.paper"))
    assert SITUATION in browser.execute_script("return window.paper")
    button(browser, words["take_copy"]).click()
    wait(browser, lambda one: words["take_copied"] in one.find_element(By.TAG_NAME, "body").text)
    mail = browser.find_element(By.CSS_SELECTOR, "a[href^='mailto:']").get_attribute("href")
    assert SITUATION[:40] in unquote(str(mail))


def test_the_keyboard_reaches_what_is_behind_a_button_and_goes_on_after_it(
    browser: Chrome, address: str, tmp_path: Path
) -> None:
    words = MESSAGES["en"]
    downloads_to(browser, tmp_path)
    browser.get(f"{address}?{urlencode({'q': SITUATION, 'lang': 'en'})}")
    wait(browser, shows(words["best"]))

    def after(*keys: str) -> str:
        ActionChains(browser).send_keys(*keys).perform()
        time.sleep(0.3)
        wait(browser, lambda one: True)  # what a key does may draw the page anew
        return str(browser.switch_to.active_element.text)

    opener = button(browser, words["take"])
    browser.execute_script("arguments[0].focus()", opener)
    after(Keys.ENTER)
    wait(browser, lambda one: one.find_elements(By.CSS_SELECTOR, "[data-testid=stPopoverBody] button"))
    assert words["sheet_download"].format(kind="Word") in after(Keys.TAB)
    after(Keys.ENTER)
    assert downloaded(browser, tmp_path, "docx")
    wait(browser, lambda one: words["take_mail"] in after(Keys.TAB))
    assert words["filters"] in after(Keys.TAB)  # what comes after the button


def test_the_list_follows_the_letters_without_a_key(browser: Chrome, address: str) -> None:
    browser.get(f"{address}browse?lang=fr")
    wait(browser, shows(MESSAGES["fr"]["browse_type"]))
    browser.find_element(By.CSS_SELECTOR, ".st-key-browse-text input").send_keys("budget participatif pari")
    wait(browser, lambda one: query(one).get("text") == ["budget participatif pari"])
    wait(browser, shows("Budget participatif de Paris"))
    assert len(browser.find_elements(By.CSS_SELECTOR, "[data-testid=stPageLink]")) < 5


def test_a_cluster_opens_and_a_number_of_the_grid_leads_to_its_entries(browser: Chrome, address: str) -> None:
    browser.get(f"{address}browse?{urlencode({'show': 'map', 'lang': 'fr'})}")
    wait(browser, lambda one: len(one.find_elements(By.CSS_SELECTOR, ".map a")) > 5)
    clusters = browser.find_elements(By.CSS_SELECTOR, ".map a text")
    largest = max(clusters, key=lambda one: int(one.text))
    count = int(largest.text)
    browser.execute_script("arguments[0].parentNode.dispatchEvent(new MouseEvent('click'))", largest)
    wait(
        browser,
        lambda one: max(int(each.text or 0) for each in one.find_elements(By.CSS_SELECTOR, ".map a text")) < count,
    )
    browser.get(f"{address}browse?{urlencode({'show': 'grid', 'lang': 'fr'})}")
    wait(browser, lambda one: one.find_elements(By.CSS_SELECTOR, "table.grid a"))
    number = browser.find_element(By.CSS_SELECTOR, "table.grid a")
    count = int(number.text)
    number.click()
    wait(browser, lambda one: "conditions" in query(one))
    wait(browser, shows(f"{count} fiches sur"))
    assert {"localhost"} >= requested(browser) - {"None"}


def test_inside_another_site_there_is_question_and_answer_with_the_filters_it_was_given(
    browser: Chrome, address: str
) -> None:
    browser.get(f"{address}?{urlencode({'embed': 'true', 'kinds': 'case', 'lang': 'fr'})}")
    wait(browser, shows(MESSAGES["fr"]["question"]))
    assert MESSAGES["fr"]["view_browse"] not in browser.find_element(By.TAG_NAME, "body").text
    assert not browser.find_elements(By.CSS_SELECTOR, "h1")
    browser.find_element(By.TAG_NAME, "textarea").send_keys(SITUATION)
    button(browser, MESSAGES["fr"]["ask"]).click()
    wait(browser, shows(MESSAGES["fr"]["best"]))
    assert MESSAGES["fr"]["on_sheet"] not in shown(browser)
    kinds = browser.find_elements(By.CSS_SELECTOR, ".st-key-answer h3")
    assert kinds
    assert query(browser)["kinds"] == ["case"]
    assert query(browser)["embed"] == ["true"]
    assert json.dumps(query(browser)["q"]) == json.dumps([SITUATION])


def test_who_asks_inside_another_site_can_narrow_what_it_has_fixed_and_a_reload_keeps_both_apart(
    browser: Chrome, address: str
) -> None:
    words = MESSAGES["fr"]
    said = [("embed", "true"), ("kinds", "case"), ("kinds", "practice"), ("lang", "fr"), ("q", SITUATION)]
    browser.get(f"{address}?{urlencode([*said, ('own.kinds', 'case')])}")
    fixed = words["filters_fixed"].split("\u00a0")[0].split(":")[0]
    wait(browser, shows(words["best"]))
    wait(browser, shows(fixed))
    wait(browser, lambda one: sorted(query(one)["kinds"]) == ["case", "practice"])
    wait(browser, lambda one: query(one)["own.kinds"] == ["case"])
    browser.refresh()
    wait(browser, shows(words["best"]))
    wait(browser, lambda one: len(one.find_elements(By.CSS_SELECTOR, "[class*='st-key-chip-kinds']")) == 1)
    browser.find_element(By.CSS_SELECTOR, "[class*='st-key-chip-kinds'] button").click()
    wait(browser, lambda one: "own.kinds" not in query(one))
    wait(browser, lambda one: not one.find_elements(By.CSS_SELECTOR, "[class*='st-key-chip-kinds']"))
    assert sorted(query(browser)["kinds"]) == ["case", "practice"]
    assert query(browser)["embed"] == ["true"]
