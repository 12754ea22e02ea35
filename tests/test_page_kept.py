"""Nothing is lost in a real browser: what is downloaded, kept, saved, shared, and where addresses lead."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlencode

import pytest

pytest.importorskip("selenium", reason="selenium is not installed: pip install -e '.[dev]'")
from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.ui import WebDriverWait

from page.built_in import BUILT_IN
from page.messages import MESSAGES
from tests.browser_helpers import (
    BROWSER_MARKS,
    downloaded,
    downloads_to,
    free_port,
    opened_browser,
    press,
    press_at,
    query,
    requested,
    served,
    shown,
    shows,
    wait,
)
from tests.page_helpers import PAGE
from tests.page_places import ENGLISH_SITUATION, SITUATION

pytestmark = BROWSER_MARKS

TWO = ["paris-participatory-budget", "commitment-charter"]
NOTE = "Qui a les clés ? Demander à Anne."


def open_sheet(browser: Chrome, address: str, *ids: str, language: str = "fr") -> None:
    browser.get(f"{address}sheet?{urlencode({'on': ids, 'lang': language}, doseq=True)}")
    wait(browser, shows(MESSAGES[language]["sheet_title"] if ids else MESSAGES[language]["sheet_empty"][:20]))
    wait(browser, kept)


def kept(browser: Chrome) -> str:
    """Return what the browser keeps; empty before it keeps anything."""
    return str(browser.execute_script("return localStorage.getItem('passerelle') ?? ''"))


def keeps(text: str) -> Callable[[Chrome], bool]:
    return lambda browser: text in kept(browser)


def note_of(browser: Chrome, entry: str) -> WebElement:
    return browser.find_element(By.CSS_SELECTOR, f".st-key-note-{entry} textarea")


def title_of_sheet(browser: Chrome) -> WebElement:
    return browser.find_element(By.CSS_SELECTOR, ".st-key-title input")


# ---- What is downloaded is what is on the screen --------------------------------------------------------------


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_note_and_a_title_typed_just_before_are_in_the_file(
    browser: Chrome, address: str, language: str, tmp_path: Path
) -> None:
    downloads_to(browser, tmp_path)
    open_sheet(browser, address, *TWO, language=language)
    title_of_sheet(browser).send_keys("Réunion du 3 mars")
    note_of(browser, TWO[0]).send_keys(NOTE)
    press(browser, MESSAGES[language]["sheet_download"].format(kind="Markdown"))
    text = downloaded(browser, tmp_path, "md").decode("utf-8")
    assert text.startswith("# Réunion du 3 mars\n")
    assert f"> {NOTE}" in text
    note_of(browser, TWO[1]).send_keys("Encore autre chose")
    press(browser, MESSAGES[language]["sheet_download"].format(kind="CSV"))
    assert "Encore autre chose" in downloaded(browser, tmp_path, "csv").decode("utf-8-sig")
    note_of(browser, TWO[1]).send_keys(" et plus")
    press(browser, MESSAGES[language]["sheet_save"])
    saved = json.loads(downloaded(browser, tmp_path, "json"))
    assert saved["notes"] == {TWO[0]: NOTE, TWO[1]: "Encore autre chose et plus"}


# ---- Nothing is lost by a reload, a closed tab, a server that begins anew -------------------------------------


def test_a_reload_loses_neither_sheet_nor_title_nor_what_is_being_typed(browser: Chrome, address: str) -> None:
    open_sheet(browser, address, *TWO)
    title_of_sheet(browser).send_keys("Notre réunion" + Keys.TAB)
    wait(browser, keeps("Notre réunion"))
    note_of(browser, TWO[0]).send_keys(NOTE)  # and not left: the page knows nothing of it yet
    browser.refresh()
    wait(browser, lambda one: note_of(one, TWO[0]).get_attribute("value") == NOTE)
    assert title_of_sheet(browser).get_attribute("value") == "Notre réunion"
    assert query(browser)["on"] == TWO


def test_a_closed_tab_loses_neither_sheet_nor_comparison_nor_language(browser: Chrome, address: str) -> None:
    open_sheet(browser, address, *TWO)
    browser.get(f"{address}compare?{urlencode({'on': [*TWO, 'trust-first'][:2]}, doseq=True)}")
    wait(browser, shows(MESSAGES["fr"]["field_for_authorities"]))
    press(browser, "English")
    wait(browser, keeps('"language": "en"'))
    browser.switch_to.new_window("tab")
    first, second = browser.window_handles
    browser.switch_to.window(first)
    browser.close()
    browser.switch_to.window(second)
    browser.get(address)
    wait(
        browser, lambda one: MESSAGES["en"]["view_sheet"].format(count=2) in one.find_element(By.TAG_NAME, "body").text
    )
    browser.get(address + "compare")
    wait(browser, shows(MESSAGES["en"]["field_for_authorities"]))


def test_an_answer_that_is_reloaded_keeps_the_sheet(browser: Chrome, address: str) -> None:
    browser.get(f"{address}?{urlencode({'q': SITUATION})}")
    wait(browser, shows("Que faire ("))
    press(browser, MESSAGES["fr"]["on_sheet"])
    wait(browser, lambda one: len(json.loads(kept(one) or '{"sheet": {"entries": []}}')["sheet"]["entries"]) == 1)
    browser.refresh()
    wait(
        browser, lambda one: MESSAGES["fr"]["view_sheet"].format(count=1) in one.find_element(By.TAG_NAME, "body").text
    )
    assert query(browser)["q"] == [SITUATION]


def test_two_tabs_have_the_same_sheet(browser: Chrome, address: str) -> None:
    open_sheet(browser, address, TWO[0])
    first = browser.current_window_handle
    browser.switch_to.new_window("tab")
    browser.get(f"{address}?{urlencode({'entry': TWO[1]})}")
    wait(browser, shows(MESSAGES["fr"]["on_sheet"]))
    wait(browser, lambda one: "(1)" in one.find_element(By.TAG_NAME, "body").text)
    press(browser, MESSAGES["fr"]["on_sheet"])
    wait(browser, lambda one: "(2)" in one.find_element(By.TAG_NAME, "body").text)
    browser.switch_to.window(first)
    wait(browser, lambda one: one.find_elements(By.CSS_SELECTOR, f".st-key-note-{TWO[1]} textarea"))
    assert query(browser)["on"] == TWO


def in_english(browser: Chrome) -> bool:
    """Press once the server answers: a page takes a while to notice that it is there again."""
    away = "[data-testid=stDialog], [data-testid=stMain] [role=radio][disabled]"
    if browser.find_elements(By.CSS_SELECTOR, away):
        return False
    press(browser, "English")
    time.sleep(3)
    return shows(MESSAGES["en"]["sheet"])(browser)


def test_a_server_that_begins_anew_finds_everything_again(browser: Chrome, real_index: Path, tmp_path: Path) -> None:
    port = free_port()
    with served(PAGE, tmp_path, real_index, port) as address:
        open_sheet(browser, address, *TWO)
        title_of_sheet(browser).send_keys("Notre réunion")
        note_of(browser, TWO[0]).send_keys(NOTE + Keys.TAB)
        wait(browser, keeps(NOTE))
    away = BUILT_IN[
        "Is Streamlit still running? If you accidentally stopped Streamlit, just restart it in your terminal:"
    ]["fr"].replace("\u00a0", " ")  # as a driver reads it
    WebDriverWait(browser, 60).until(lambda one: away in one.find_element(By.TAG_NAME, "body").text)
    with served(PAGE, tmp_path, real_index, port):
        wait(browser, in_english)
        assert note_of(browser, TWO[0]).get_attribute("value") == NOTE
        browser.refresh()
        wait(browser, shows(MESSAGES["en"]["sheet"]))
        wait(browser, lambda one: note_of(one, TWO[0]).get_attribute("value") == NOTE)
        assert title_of_sheet(browser).get_attribute("value") == "Notre réunion"


# ---- Saved, opened, shared -----------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_saved_sheet_is_opened_in_another_browser_and_a_bad_file_changes_nothing(
    browser: Chrome, address: str, language: str, tmp_path: Path
) -> None:
    say = MESSAGES[language]
    downloads_to(browser, tmp_path)
    open_sheet(browser, address, *TWO, language=language)
    note_of(browser, TWO[0]).send_keys(NOTE)
    press(browser, say["sheet_save"])
    downloaded(browser, tmp_path, "json")
    cut = tmp_path / "cut.txt"
    cut.write_text('{"passerelle-sheet": 1, "entr', encoding="utf-8")
    with opened_browser() as other:
        open_sheet(other, address, language=language)
        other.find_element(By.XPATH, f"//summary[contains(., '{say['sheet_open']}')]").click()
        place = "input[type=file]"
        wait(other, lambda one: one.find_elements(By.CSS_SELECTOR, place))
        other.find_element(By.CSS_SELECTOR, place).send_keys(str(cut))
        wait(other, shows(say["saved_not_json"]))
        assert json.loads(kept(other))["sheet"]["entries"] == []
        other.find_element(By.CSS_SELECTOR, place).send_keys(str(tmp_path / "passerelle-sheet.json"))
        wait(other, lambda one: one.find_elements(By.CSS_SELECTOR, f".st-key-note-{TWO[0]} textarea"))
        assert note_of(other, TWO[0]).get_attribute("value") == NOTE
        assert query(other)["on"] == TWO
        assert requested(other) == {"localhost"}


def test_a_shared_link_opens_in_another_browser_and_beside_a_sheet_it_is_offered(browser: Chrome, address: str) -> None:
    open_sheet(browser, address, TWO[0])
    link = browser.current_url
    with opened_browser() as other:
        other.get(link)
        wait(other, shows("Titre"))
        assert note_of(other, TWO[0]).is_displayed()
        wait(other, keeps(TWO[0]))
        other.get(f"{address}sheet?{urlencode({'on': TWO[1], 'lang': 'fr'})}")
        wait(other, shows("Ce lien apporte un autre dossier"))
        assert json.loads(kept(other))["sheet"]["entries"] == [TWO[0]]
        press(other, "Ajouter au mien")
        wait(other, lambda one: query(one)["on"] == TWO)
        wait(other, keeps(TWO[1]))


# ---- Addresses -----------------------------------------------------------------------------------------------


def follow(browser: Chrome) -> str:
    """Follow the last link to another entry, and return its id."""
    before = query(browser)["entry"]
    link = browser.find_elements(By.CSS_SELECTOR, "[data-testid=stMain] [data-testid=stPageLink] a")[-1]
    browser.execute_script("arguments[0].scrollIntoView({block: 'center'})", link)
    link.click()
    wait(browser, lambda one: query(one).get("entry") not in (None, before))
    wait(browser, lambda one: one.title.startswith(heading(one)))
    return query(browser)["entry"][0]


def heading(browser: Chrome) -> str:
    return str(browser.find_element(By.CSS_SELECTOR, "[data-testid=stMain] h2").text)


def test_from_entry_to_entry_each_has_its_address_and_back_leads_to_each(browser: Chrome, address: str) -> None:
    browser.get(f"{address}?{urlencode({'entry': 'commitment-charter', 'lang': 'en'})}")
    wait(browser, shows("More like this"))
    first = heading(browser)
    second, title = follow(browser), heading(browser)
    third = follow(browser)
    assert len({"commitment-charter", second, third}) == 3
    browser.refresh()
    wait(browser, shows("More like this"))
    assert query(browser)["entry"] == [third]
    browser.back()
    wait(browser, lambda one: heading(one) == title)
    assert query(browser)["entry"] == [second]
    browser.back()
    wait(browser, lambda one: heading(one) == first)
    browser.forward()
    wait(browser, lambda one: heading(one) == title)


def test_the_menu_is_one_step_of_the_history(browser: Chrome, address: str) -> None:
    open_sheet(browser, address, *TWO)
    for name in ("about", "compare"):
        browser.find_element(By.PARTIAL_LINK_TEXT, MESSAGES["fr"][f"view_{name}"]).click()
        stands(browser, name)
    for name in ("about", "sheet"):
        browser.back()
        stands(browser, name)
    assert query(browser)["on"] == TWO


def stands(browser: Chrome, name: str) -> None:
    """Wait until a view is drawn under its title and its address is written to the end."""
    wait(browser, lambda one: one.title == f"{MESSAGES['fr'][name]} – Passerelle")
    wait(browser, shows(MESSAGES["fr"][name]))
    wait(browser, rests)


def rests(browser: Chrome) -> bool:
    """Say whether the address stays as it is for a second."""
    before = browser.current_url
    time.sleep(1)
    return browser.current_url == before


TITLES = {
    "": "Passerelle",
    "?entry=commitment-charter": "Une charte d’engagement réciproque – Passerelle",
    "?entry=no-such-entry": "Fiche introuvable – Passerelle",
    "?q=budget+participatif": "budget participatif – Passerelle",
    "browse": "Parcourir la bibliothèque – Passerelle",
    "sheet": "Mon dossier pour la réunion – Passerelle",
}


def test_each_view_has_its_title_and_the_document_its_language(browser: Chrome, address: str) -> None:
    for place, title in TITLES.items():
        browser.get(f"{address}{place}")
        wait(browser, lambda one: one.execute_script("return document.documentElement.lang") == "fr")
        wait(browser, lambda one, title=title: one.title == title)
    press(browser, "English")
    wait(browser, lambda one: one.execute_script("return document.documentElement.lang") == "en")
    wait(browser, lambda one: one.title == f"{MESSAGES['en']['sheet']} – Passerelle")
    assert query(browser)["lang"] == ["en"]


@pytest.mark.parametrize("view", ["sheet", "compare"])
def test_an_unknown_id_is_named_and_can_be_removed_and_stays_named_after_a_reload(
    browser: Chrome, address: str, view: str
) -> None:
    browser.get(f"{address}{view}?{urlencode({'on': [*TWO, 'no-such-entry'], 'lang': 'en'}, doseq=True)}")
    gone = MESSAGES["en"]["gone"].format(title="no-such-entry", id="no-such-entry")
    wait(browser, shows(gone))
    wait(browser, kept)
    browser.refresh()
    wait(browser, shows(gone))
    if view == "sheet":
        browser.find_element(By.CSS_SELECTOR, ".st-key-off-no-such-entry button").click()
    else:
        browser.find_element(
            By.CSS_SELECTOR, "[data-testid=stMultiSelect] [aria-label^='Remove no-such-entry']"
        ).click()
    wait(browser, lambda one: gone not in shown(one))
    assert query(browser)["on"] == TWO


# ---- A new entry ---------------------------------------------------------------------------------------------


def at_form(browser: Chrome, address: str, language: str) -> None:
    browser.get(f"{address}curators?lang={language}")
    wait(browser, lambda one: one.find_elements(By.CSS_SELECTOR, "[role=tab]"))
    browser.find_elements(By.CSS_SELECTOR, "[role=tab]")[3].click()
    wait(browser, shows(MESSAGES[language]["draft_make"]))


def typed(browser: Chrome, key: str, text: str) -> None:
    browser.find_element(By.CSS_SELECTOR, f".st-key-draft-{key} :is(input, textarea)").send_keys(text + Keys.TAB)
    time.sleep(0.3)
    wait(browser, lambda _: True)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_new_source_is_made_and_the_form_outlives_views_languages_and_a_reload(
    browser: Chrome, address: str, language: str
) -> None:
    say = MESSAGES[language]
    at_form(browser, address, language)
    typed(browser, "id", "our-town-pool")
    press(browser, say["draft_source_new"])
    wait(browser, lambda one: one.find_elements(By.CSS_SELECTOR, ".st-key-draft-source-1-publisher"))
    typed(browser, "source-1-publisher", "Le Courrier")
    wait(browser, shows("le-courrier-1"))
    typed(browser, "fr-practice-title", "La piscine des voisins")
    wait(browser, shows(say["draft_preview"]))
    browser.find_element(By.PARTIAL_LINK_TEXT, say["view_about"]).click()
    wait(browser, shows(say["about"]))
    at_form(browser, address, "en" if language == "fr" else "fr")  # a new visit
    field = ".st-key-draft-{} :is(input, textarea)"
    for key, value in (
        ("id", "our-town-pool"),
        ("source-1-publisher", "Le Courrier"),
        ("fr-practice-title", "La piscine des voisins"),
    ):
        wait(
            browser,
            lambda one, key=key, value=value: (
                one.find_element(By.CSS_SELECTOR, field.format(key)).get_attribute("value") == value
            ),
        )
    assert json.loads(kept(browser))["draft"]["source 1 publisher"] == "Le Courrier"


# ---- A question that was not sent ----------------------------------------------------------------------------


def test_a_question_that_was_not_sent_outlives_another_view_and_another_language(browser: Chrome, address: str) -> None:
    browser.get(address + "?lang=fr")
    wait(browser, shows("Votre situation"))
    wait(browser, kept)
    browser.find_element(By.CSS_SELECTOR, ".st-key-q textarea").send_keys(ENGLISH_SITUATION)
    press(browser, "English")
    wait(browser, lambda one: question(one) == ENGLISH_SITUATION and "lang=en" in one.current_url)
    browser.find_element(By.PARTIAL_LINK_TEXT, "About").click()
    wait(browser, shows("About the search"))
    browser.find_element(By.PARTIAL_LINK_TEXT, "Search").click()
    wait(browser, lambda one: question(one) == ENGLISH_SITUATION)
    press(browser, "Search")
    wait(browser, shows("What you can do ("))
    assert query(browser)["q"] == [ENGLISH_SITUATION]


def test_a_question_too_long_to_be_answered_outlives_a_reload_until_a_shorter_one_is(
    browser: Chrome, address: str
) -> None:
    letter = "La commune ne nous répond pas. " * 200
    browser.get(f"{address}?{urlencode({'q': letter[:5100], 'lang': 'fr'})}")
    wait(browser, lambda one: len(question(one)) == 5100)
    wait(browser, kept)
    browser.refresh()
    wait(browser, lambda one: question(one) == letter[:5100])
    field = browser.find_element(By.CSS_SELECTOR, ".st-key-q textarea")
    field.send_keys(Keys.CONTROL + "a", Keys.DELETE)
    field.send_keys(SITUATION)
    press(browser, "Chercher")
    wait(browser, shows("Que faire ("))
    wait(browser, lambda one: one.execute_script("return sessionStorage.getItem('passerelle question')") is None)
    assert question(browser) == SITUATION


def test_another_language_keeps_the_tab_of_the_editors(browser: Chrome, address: str) -> None:
    browser.get(address + "curators?lang=fr")
    wait(browser, lambda one: len(one.find_elements(By.CSS_SELECTOR, "[role=tab]")) >= 6)
    browser.find_elements(By.CSS_SELECTOR, "[role=tab]")[2].click()
    wait(browser, lambda one: open_tab(one) == MESSAGES["fr"]["curators_unmet"])
    press(browser, "English")
    wait(browser, lambda one: open_tab(one) == MESSAGES["en"]["curators_unmet"])
    press(browser, "Français")
    wait(browser, lambda one: "lang=fr" in one.current_url)
    wait(browser, lambda one: open_tab(one) == MESSAGES["fr"]["curators_unmet"])
    assert len(browser.find_elements(By.CSS_SELECTOR, "[role=tab]")) >= 6


def open_tab(browser: Chrome) -> str:
    """Return the label of the tab that is open: the first, for a part of the editors' has tabs of its own."""
    return browser.find_element(By.CSS_SELECTOR, "[role=tab][aria-selected=true]").text


# ---- What is said of an answer -------------------------------------------------------------------------------

BEHIND = "[data-testid=stPopoverBody]"
IN_SIGHT = """
const {top, bottom} = document.querySelector(arguments[0]).getBoundingClientRect();
return 0 <= top && bottom <= innerHeight"""


def test_what_is_typed_of_an_answer_outlives_escape_and_another_language(browser: Chrome, address: str) -> None:
    browser.get(f"{address}?{urlencode({'q': SITUATION, 'lang': 'fr'})}")
    wait(browser, shows("Que faire ("))
    press(browser, MESSAGES["fr"]["feedback_one"].replace("\u00a0", " "))
    wait(browser, lambda one: one.find_elements(By.CSS_SELECTOR, f"{BEHIND} textarea"))
    browser.find_element(By.CSS_SELECTOR, f"{BEHIND} textarea").send_keys("Un modèle de bail" + Keys.ESCAPE)
    wait(browser, lambda one: not one.find_elements(By.CSS_SELECTOR, BEHIND))
    press(browser, "English")
    wait(browser, shows("What you can do ("))
    press(browser, MESSAGES["en"]["feedback_one"])
    wait(browser, lambda one: one.find_elements(By.CSS_SELECTOR, f"{BEHIND} textarea"))
    assert browser.find_element(By.CSS_SELECTOR, f"{BEHIND} textarea").get_attribute("value") == "Un modèle de bail"


@pytest.mark.parametrize(("width", "height"), [(1366, 625), (375, 812)])
def test_that_nothing_was_kept_is_said_in_sight(browser: Chrome, address: str, width: int, height: int) -> None:
    size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 500}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    browser.get(f"{address}?{urlencode({'q': SITUATION, 'lang': 'fr'})}")
    wait(browser, shows("Que faire ("))
    press(browser, MESSAGES["fr"]["feedback_one"].replace("\u00a0", " "))
    wait(browser, lambda one: one.find_elements(By.CSS_SELECTOR, f"{BEHIND} textarea"))
    press(browser, MESSAGES["fr"]["feedback_leave"])
    wait(browser, lambda one: one.find_elements(By.CSS_SELECTOR, f"{BEHIND} [data-testid=stAlert]"))
    assert browser.execute_script(IN_SIGHT, f"{BEHIND} [data-testid=stAlert]")


# ---- A computer that others use ------------------------------------------------------------------------------

STORED = "return JSON.stringify([{ ...localStorage }, { ...sessionStorage }])"


def test_erasing_it_all_leaves_no_word_of_the_question_for_who_comes_next(browser: Chrome, address: str) -> None:
    say = {key: text.replace("\u00a0", " ") for key, text in MESSAGES["fr"].items()}
    browser.get(f"{address}?{urlencode({'q': SITUATION, 'lang': 'fr'})}")
    wait(browser, shows("Que faire ("))
    press(browser, say["on_sheet"])
    wait(browser, keeps("situation"))
    press_at(browser, ".st-key-form_open summary")
    wait(browser, lambda one: one.find_element(By.CSS_SELECTOR, ".st-key-q textarea").is_displayed())
    browser.find_element(By.CSS_SELECTOR, ".st-key-q textarea").send_keys(" Madame Dupont")
    browser.execute_script("localStorage.setItem('passerelle aside', 'Madame Dupont')")
    browser.find_element(By.PARTIAL_LINK_TEXT, say["view_sheet"].format(count=1)).click()
    press(browser, say["sheet_forget"])
    press(browser, say["sheet_forget_now"])
    wait(browser, shows(say["sheet_forgotten"]))
    stored = str(browser.execute_script(STORED))
    assert "Dupont" not in stored
    assert SITUATION[:20] not in stored
    browser.find_element(By.PARTIAL_LINK_TEXT, say["view_ask"]).click()
    wait(browser, shows(say["examples"]))
    time.sleep(2)  # a text that was not sent would come back
    assert question(browser) == ""
    assert query(browser) == {"lang": ["fr"]}


def question(browser: Chrome) -> str:
    found = browser.find_elements(By.CSS_SELECTOR, ".st-key-q textarea")
    return str(found[0].get_attribute("value")) if found else ""
