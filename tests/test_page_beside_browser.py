"""A second library beside the shipped one, in a real browser: a file is named, built, told apart and filtered by."""

from __future__ import annotations

import shutil
from pathlib import Path
from urllib.parse import urlencode

import pytest

pytest.importorskip("selenium", reason="selenium is not installed: pip install -e '.[dev]'")
from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By

from page.messages import MESSAGES
from tests.browser_helpers import BROWSER_MARKS, open_tab, press, served, shown, shows, wait
from tests.page_helpers import PAGE

pytestmark = BROWSER_MARKS

ROWS = "titre;description;langue;type\nLe four de Briec;Les voisins ont rebâti le four à pain du village.;fr;case\n"
QUERY = "rebâtir un four à pain avec les voisins"


def test_a_file_that_is_named_stands_beside_the_shipped_library(
    browser: Chrome,
    real_index: Path,
    tmp_path: Path,
) -> None:
    words = MESSAGES["fr"]
    shutil.copytree(real_index, tmp_path / "index")
    table = tmp_path / "briec.csv"
    table.write_text(ROWS, encoding="utf-8")
    with served(PAGE, tmp_path, tmp_path / "index") as address:
        browser.get(f"{address}curators?lang=fr")
        open_tab(browser, words["curators_table"])
        press_summary(browser, words["beside_named"])
        type_in(browser, ".st-key-beside_path input", str(table))
        press(browser, words["beside_build"])
        wait(browser, shows("briec.csv est prêt."))
        wait(browser, shows("la bibliothèque livrée + briec.csv"))
        browser.get(f"{address}?{urlencode({'q': QUERY, 'lang': 'fr', 'libraries': 'briec'})}")
        wait(browser, shows("Le four de Briec"))
        wait(browser, lambda one: one.find_elements(By.CSS_SELECTOR, "[class*='st-key-chip-libraries-briec'] button"))
        assert "briec" in shown(browser)
        browser.get(f"{address}?{urlencode({'q': QUERY, 'lang': 'fr', 'libraries': 'shipped'})}")
        wait(browser, lambda one: one.find_elements(By.CSS_SELECTOR, "[class*='st-key-chip-libraries-shipped'] button"))
        assert "Le four de Briec" not in shown(browser)


def press_summary(browser: Chrome, label: str) -> None:
    """Unfold the line that has a label, once it is there; again where it was drawn anew meanwhile."""

    def unfolded(one: Chrome) -> bool:
        for summary in one.find_elements(By.TAG_NAME, "summary"):
            if label in summary.text:
                if summary.find_element(By.XPATH, "..").get_attribute("open"):
                    return True
                one.execute_script("arguments[0].click()", summary)
        return False

    wait(browser, unfolded)


def type_in(browser: Chrome, selector: str, words: str) -> None:
    """Type into a field, once it can be seen; again where it was drawn anew meanwhile."""

    def typed(one: Chrome) -> bool:
        fields = [field for field in one.find_elements(By.CSS_SELECTOR, selector) if field.is_displayed()]
        for field in fields:
            if not field.get_attribute("value"):
                field.send_keys(words)
        return any(field.get_attribute("value") == words for field in fields)

    wait(browser, typed)
