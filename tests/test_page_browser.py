"""The page in a real browser, over the real library (the index PASSERELLE_INDEX names, else one made for the tests)."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from urllib.parse import urlencode

import pytest

pytest.importorskip("selenium", reason="selenium is not installed: pip install -e '.[dev]'")
from selenium.webdriver import Chrome
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement

from page.messages import MESSAGES as PAGE_WORDS
from search.curation.feedback import read_feedback
from search.curation.unmet_needs import read_unmet
from tests.browser_helpers import (
    BROWSER_MARKS,
    UNMET,
    button,
    open_tab,
    press,
    requested,
    served,
    set_screen,
    shown,
    shows,
    wait,
)
from tests.page_helpers import PAGE
from tests.page_places import ENGLISH_SITUATION, LETTER, PLACES, SITUATION, go

pytestmark = BROWSER_MARKS

TEXT = PAGE.parent / "page" / "text.py"
HOSTILE = (
    "<script>document.title = 'broken'</script> **bold** _it_ $x$ and $y$ :red[x] :smile: :material/home: `code` "
    "[a](https://b.example) https://c.example www.d.example me@e.example a -> b -- c | ~~no~~ &amp; \\* # 1. <b>"
)


@pytest.fixture(scope="module")
def unmet(page_folder: Path) -> Path:
    """The file that needs go to."""
    return page_folder / UNMET


def test_a_situation_typed_in_french_is_answered_and_nothing_leaves_the_computer(browser: Chrome, address: str) -> None:
    browser.get(address)
    wait(browser, shows("Votre situation"))
    browser.find_element(By.TAG_NAME, "textarea").send_keys(SITUATION)
    button(browser, "Chercher").click()
    wait(browser, shows("Que faire ("))
    assert browser.find_element(By.CSS_SELECTOR, ".st-key-answer h3").text
    marked = browser.find_element(By.CSS_SELECTOR, ".st-key-answer .stMarkdownColoredBackground").text
    assert len(marked.split()) >= 3
    assert "trouvé par" in shown(browser)

    button(browser, "English").click()
    wait(browser, shows("What you can do ("))
    assert browser.find_element(By.TAG_NAME, "textarea").get_attribute("value") == SITUATION
    assert "lang=en" in browser.current_url
    assert requested(browser) == {"localhost"}


def test_back_and_forward_move_between_an_entry_and_the_answer(browser: Chrome, address: str) -> None:
    browser.get(address + "?" + urlencode({"q": SITUATION}))
    wait(browser, shows("Que faire ("))
    title = browser.find_element(By.CSS_SELECTOR, ".st-key-answer h3").text
    browser.find_element(By.CSS_SELECTOR, ".st-key-answer summary").click()
    wait(browser, shows("Ouvrir la fiche et ses voisines"))
    press(browser, "Ouvrir la fiche et ses voisines")
    wait(browser, shows("Fiches voisines"))
    assert browser.find_element(By.TAG_NAME, "h2").text == title
    assert re.search(r"\?entry=[a-z0-9-]+$", browser.current_url)
    assert browser.execute_script("return document.querySelector('[data-testid=stMain]').scrollTop") == 0
    browser.back()
    wait(browser, shows("Que faire ("))
    assert browser.find_element(By.TAG_NAME, "textarea").get_attribute("value") == SITUATION
    browser.forward()
    wait(browser, shows("Retour à la réponse"))


@pytest.mark.parametrize("width", [390, 1400])
def test_nothing_is_wider_than_the_screen(browser: Chrome, address: str, width: int) -> None:
    size = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 500}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    browser.get(address + "?" + urlencode({"q": SITUATION}))
    wait(browser, shows("Que faire ("))
    main = "document.querySelector('[data-testid=stMain]')"
    assert browser.execute_script(f"return {main}.scrollWidth <= {main}.clientWidth")


def test_text_that_looks_like_markdown_or_html_is_shown_as_it_is(browser: Chrome, tmp_path: Path) -> None:
    script = tmp_path / "shown.py"
    script.write_text(
        f"import runpy\nimport streamlit as st\nnames = runpy.run_path({str(TEXT)!r})\ntext = {HOSTILE!r}\n"
        "st.markdown(names['escape'](text))\n"
        "st.markdown(names['highlight']('Before. ' + text + ' After.', text))\n"
        "st.subheader(names['one_line'](text), anchor=False)\n"
        "st.markdown(names['bullets']([names['escape'](text)]))\n"
        "st.markdown(names['badge']('gray', text))\n"
        "st.button(names['one_line'](text))\n"
        "st.markdown(names['escape']('1. one\\n    - two\\n# three'))\n",
        encoding="utf-8",
    )
    with served(script, tmp_path, tmp_path / "index") as where:
        browser.get(where)
        wait(browser, shows("# three"))
        assert shown(browser).splitlines() == [
            *[HOSTILE, f"Before. {HOSTILE} After.", HOSTILE, HOSTILE, HOSTILE, HOSTILE],
            *["1. one", "- two", "# three"],
        ]
        assert not browser.find_elements(By.CSS_SELECTOR, "[data-testid=stMarkdown] a, [data-testid=stMarkdown] img")
        assert browser.title != "broken"


# ---- Every view, in both languages ---------------------------------------------------------------------------


def test_no_view_is_wider_than_a_narrow_screen(browser: Chrome, address: str) -> None:
    size = {"width": 390, "height": 900, "deviceScaleFactor": 1, "mobile": True}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    wide = []
    for place in PLACES:
        go(browser, address, place, language="fr")
        main = "document.querySelector('[data-testid=stMain]')"
        if browser.execute_script(f"return {main}.scrollWidth > {main}.clientWidth"):
            wide.append(place)
    assert wide == []


MESSAGES = {
    "fr": {
        "situation": SITUATION,
        "ask": "Chercher",
        "answered": "Que faire (",
        "add": "Ajouter à mon dossier",
        "added": "Retirer de mon dossier",
        "menu": "Mon dossier (1)",
        "pdf": "Télécharger en PDF",
        "phase": "Avant",
        "yours": "Votre choix : la réponse s’y tient.",
    },
    "en": {
        "situation": ENGLISH_SITUATION,
        "ask": "Search",
        "answered": "What you can do (",
        "add": "Add to my file",
        "added": "Remove from my file",
        "menu": "My file (1)",
        "pdf": "Download as PDF",
        "phase": "Before",
        "yours": "Your choice: the answer keeps to it.",
    },
}


FIRST_ANSWER = {"desktop": (1440, 900, 500), "phone": (390, 844, 640), "zoomed to 200 %": (720, 450, 400)}
"""Width and height of a screen in CSS pixels, and where the first answer begins at most."""


def top_of(browser: Chrome, selector: str) -> float:
    """Return where an element begins on the screen, in CSS pixels."""
    script = "return document.querySelector(arguments[0]).getBoundingClientRect().top"
    return float(browser.execute_script(script, selector))


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("screen", list(FIRST_ANSWER))
def test_the_first_answer_is_on_the_first_screen(browser: Chrome, address: str, screen: str, language: str) -> None:
    width, height, limit = FIRST_ANSWER[screen]
    set_screen(browser, width, height)
    texts = {"sentence": MESSAGES[language]["situation"], "letter": LETTER[language]}
    begins = {}
    for name, text in texts.items():
        browser.get(f"{address}?{urlencode({'q': text, 'lang': language, 'countries': 'belgium'})}")
        wait(browser, shows(MESSAGES[language]["answered"]))
        begins[name] = top_of(browser, ".st-key-answer h3")
    print(f"first answer, {screen}, {language}: {begins}")
    assert all(0 < begin < limit for begin in begins.values()), begins


@pytest.mark.parametrize("language", ["fr", "en"])
def test_before_asking_there_is_the_promise_the_box_and_three_examples(
    browser: Chrome, address: str, language: str
) -> None:
    set_screen(browser, 1440, 900)
    go(browser, address, "welcome", language=language)
    say = PAGE_WORDS[language]
    buttons = [
        one for one in browser.find_elements(By.CSS_SELECTOR, "[data-testid=stMain] button") if one.is_displayed()
    ]
    first = [one.text for one in buttons if top_of_element(browser, one) < 900]
    examples = [say[key] for key in ("citizen_1", "officer_1", "elected_1")]
    switch = ["Français", "English"]
    assert [text for text in first if text not in switch] == [
        say["ask"],
        f"filter_list\n{say['filters']}\nexpand_more",
        *examples,
    ]
    assert top_of(browser, "[data-testid=stExpander]") >= 900
    assert say["tagline"] in shown(browser)


def top_of_element(browser: Chrome, element: WebElement) -> float:
    return float(browser.execute_script("return arguments[0].getBoundingClientRect().top", element))


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_country_is_a_chip_and_never_empties_the_practices(browser: Chrome, address: str, language: str) -> None:
    say, words = PAGE_WORDS[language], MESSAGES[language]
    browser.get(f"{address}?{urlencode({'q': words['situation'], 'lang': language, 'countries': 'belgium'})}")
    wait(browser, shows(words["answered"]))
    label = browser.find_element(By.CSS_SELECTOR, "[role=tab]").text
    assert re.search(r"\((\d+)\)", label)
    assert "(0)" not in label
    press(browser, {"fr": "Belgique", "en": "Belgium"}[language])
    wait(browser, lambda one: "countries=" not in one.current_url)
    assert say["filters_clear"] not in shown(browser)


def test_concerns_of_a_letter_are_chips_one_can_switch_off(browser: Chrome, address: str) -> None:
    browser.get(f"{address}?{urlencode({'q': LETTER['fr'], 'lang': 'fr'})}")
    wait(browser, shows("Que faire ("))
    chips = [one for one in browser.find_elements(By.CSS_SELECTOR, ".st-key-concerns_row button") if "…" in one.text]
    assert len(chips) >= 3
    before = [one.text for one in browser.find_elements(By.CSS_SELECTOR, ".st-key-answer h3")]
    assert len(before) == 5
    chips[0].click()
    wait(
        browser,
        lambda one: [found.text for found in one.find_elements(By.CSS_SELECTOR, ".st-key-answer h3")] != before,
    )


@pytest.mark.parametrize("language", ["fr", "en"])
def test_on_a_phone_the_menu_is_labelled_and_closes_after_a_choice(
    browser: Chrome, address: str, language: str
) -> None:
    say = PAGE_WORDS[language]
    set_screen(browser, 390, 844)
    go(browser, address, "welcome", language=language)
    opener = browser.find_element(By.CSS_SELECTOR, "[data-testid=stExpandSidebarButton]")
    wait(browser, lambda _: opener.get_attribute("aria-label") == "Menu")
    assert browser.execute_script("return getComputedStyle(arguments[0], '::after').content", opener) == '"Menu"'
    opener.click()
    choice = "[data-testid=stSidebarNavLink]"
    wait(browser, lambda one: [link for link in one.find_elements(By.CSS_SELECTOR, choice) if link.is_displayed()])
    [browse] = [one for one in browser.find_elements(By.CSS_SELECTOR, choice) if say["view_browse"] in one.text]
    browse.click()
    wait(browser, shows(say["browse"]))
    wait(browser, drawer_is_away)


def drawer_is_away(browser: Chrome) -> bool:
    """Say whether nothing of the drawer is on the screen."""
    script = (
        "const d = document.querySelector('[data-testid=stSidebar]'); return d ? d.getBoundingClientRect().right : 0"
    )
    return float(browser.execute_script(script)) <= 1


@pytest.mark.parametrize("language", ["fr", "en"])
def test_what_was_chosen_begins_on_the_first_screen_of_the_sheet(browser: Chrome, address: str, language: str) -> None:
    browser.set_window_size(1440, 1040)
    browser.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride", {"width": 1440, "height": 900, "deviceScaleFactor": 1, "mobile": False}
    )
    browser.get(f"{address}sheet?{urlencode({'on': 'commitment-charter', 'lang': language})}")
    wait(browser, lambda one: one.find_elements(By.CSS_SELECTOR, ".st-key-note-commitment-charter"))
    chosen = "[data-testid=stMain] [data-testid=stPageLink]"
    wait(browser, lambda one: one.find_elements(By.CSS_SELECTOR, chosen))
    link = browser.find_element(By.CSS_SELECTOR, chosen)
    assert link.rect["y"] + link.rect["height"] < 900


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_new_answer_is_announced_and_gets_the_keyboard(browser: Chrome, address: str, language: str) -> None:
    say, words = PAGE_WORDS[language], MESSAGES[language]
    go(browser, address, "welcome", language=language)
    browser.find_element(By.TAG_NAME, "textarea").send_keys(words["situation"])
    button(browser, words["ask"]).click()
    wait(browser, shows(words["answered"]))
    wait(browser, lambda one: one.switch_to.active_element.text == say["best"])
    status = browser.find_element(By.CSS_SELECTOR, "[role=status]").get_attribute("textContent") or ""
    assert status == say["announced"].format(count=re.sub(r"\D", "", status))


@pytest.mark.parametrize("language", ["fr", "en"])
def test_what_is_said_of_an_answer_is_kept_with_consent_and_shown_to_editors(
    browser: Chrome, address: str, language: str, unmet: Path
) -> None:
    words = MESSAGES[language]
    say = {key: text.replace("\u00a0", " ") for key, text in PAGE_WORDS[language].items()}  # as a browser gives it
    file = unmet.with_name("feedback.jsonl")
    before = len(read_feedback(file))
    browser.get(f"{address}?{urlencode({'q': words['situation'], 'lang': language})}")
    wait(browser, shows(words["answered"]))
    press(browser, say["feedback_one"])
    wait(browser, lambda one: say["feedback_leave"] in one.find_element(By.TAG_NAME, "body").text)
    pick = f"//*[@data-testid='stPopoverBody']//button[.//text()='{say['feedback_useful']}']"
    browser.find_element(By.XPATH, pick).click()
    press(browser, say["feedback_leave"])
    wait(browser, lambda one: say["unmet_no_consent"] in one.find_element(By.TAG_NAME, "body").text)
    assert len(read_feedback(file)) == before
    browser.find_element(By.CSS_SELECTOR, "[data-testid=stPopoverBody] [data-testid=stCheckbox] label").click()
    press(browser, say["feedback_leave"])
    wait(browser, lambda one: say["feedback_left"] in one.find_element(By.TAG_NAME, "body").text)
    assert read_feedback(file)[0].text == words["situation"]
    browser.get(f"{address}curators?lang={language}")
    open_tab(browser, say["curators_feedback"])
    press(browser, say["feedback_draft"])
    wait(browser, shows('"entries": ['))


@pytest.mark.parametrize("language", ["fr", "en"])
def test_from_an_empty_page_to_a_sheet_in_hand(browser: Chrome, address: str, language: str, tmp_path: Path) -> None:
    words = MESSAGES[language]
    browser.execute_cdp_cmd("Browser.setDownloadBehavior", {"behavior": "allow", "downloadPath": str(tmp_path)})
    go(browser, address, "welcome", language=language)
    browser.find_element(By.TAG_NAME, "textarea").send_keys(words["situation"])
    button(browser, words["ask"]).click()
    wait(browser, shows(words["answered"]))
    press(browser, words["add"])
    wait(browser, lambda one: words["menu"] in one.find_element(By.TAG_NAME, "body").text)
    browser.find_element(By.PARTIAL_LINK_TEXT, words["menu"]).click()
    wait(browser, shows(words["pdf"]))
    assert re.search(r"/sheet\?on=[a-z0-9-]+&lang=", browser.current_url)
    press(browser, words["pdf"])
    wait(browser, lambda _: [file for file in tmp_path.iterdir() if file.suffix == ".pdf"])
    [file] = tmp_path.iterdir()
    assert file.name == f"passerelle-{language}.pdf"
    assert file.read_bytes().startswith(b"%PDF-")
    browser.back()
    wait(browser, shows(words["answered"]))


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_click_corrects_where_the_situation_stands(browser: Chrome, address: str, language: str) -> None:
    words = MESSAGES[language]
    browser.get(f"{address}?{urlencode({'q': words['situation'], 'lang': language})}")
    wait(browser, shows(words["answered"]))
    pill = "[data-testid=stMain] [data-testid=stButtonGroup] button"
    browser.find_element(By.CSS_SELECTOR, ".st-key-stand_open summary").click()
    wait(browser, lambda one: words["phase"] in [found.text for found in one.find_elements(By.CSS_SELECTOR, pill)])
    [before] = [one for one in browser.find_elements(By.CSS_SELECTOR, pill) if one.text == words["phase"]]
    before.click()
    wait(browser, shows(words["yours"]))
    assert "phases=before" in browser.current_url


def test_the_situation_can_be_asked_by_the_keyboard_alone(browser: Chrome, address: str) -> None:
    go(browser, address, "welcome", language="en")
    keys = ActionChains(browser)
    for _ in range(60):
        keys.send_keys(Keys.TAB).perform()
        if browser.switch_to.active_element.tag_name == "textarea":
            break
    browser.switch_to.active_element.send_keys(ENGLISH_SITUATION + Keys.TAB)
    browser.switch_to.active_element.send_keys(Keys.ENTER)
    wait(browser, shows("What you can do ("))
    assert browser.find_element(By.TAG_NAME, "textarea").get_attribute("value") == ENGLISH_SITUATION


def test_a_link_of_the_list_opens_the_entry_and_back_returns(browser: Chrome, address: str) -> None:
    go(browser, address, "list", language="en")
    first = browser.find_element(By.CSS_SELECTOR, "[data-testid=stPageLink] a")
    title = first.text
    first.click()
    wait(browser, lambda one: "entry=" in one.current_url)
    wait(browser, shows("More like this"))
    assert browser.find_element(By.TAG_NAME, "h2").text in title
    browser.back()
    wait(browser, shows("Browse the library"))


@pytest.mark.parametrize("language", ["fr", "en"])
def test_three_questions_lead_to_an_answer(browser: Chrome, address: str, language: str) -> None:
    say = PAGE_WORDS[language]
    go(browser, address, "welcome", language=language)
    browser.find_element(By.XPATH, f"//summary[contains(., '{say['guided'][:12]}')]").click()
    wait(browser, shows(say["guided_who"]))
    press(browser, say["who_officer"])
    press(browser, say["stage_launch"])
    wait(browser, lambda one: re.search(r": (?!451)\d+\.", shown(one)))
    press(browser, say["guided_ask"])
    wait(browser, shows(say["group_practices"] + " ("))
    assert "phases=launch" in browser.current_url
    asked = browser.find_element(By.TAG_NAME, "textarea").get_attribute("value") or ""
    assert asked.startswith(say["who_officer_text"])


@pytest.mark.parametrize("language", ["fr", "en"])
def test_an_unmet_need_is_left_with_consent(browser: Chrome, address: str, language: str, unmet: Path) -> None:
    say = PAGE_WORDS[language]
    before = read_unmet(unmet)
    go(browser, address, "abstention", language=language)
    wait(browser, shows(say["unmet_why"]))
    press(browser, say["unmet_leave"])
    wait(browser, shows(say["unmet_no_consent"]))
    assert read_unmet(unmet) == before
    browser.find_element(By.CSS_SELECTOR, "[data-testid=stMain] [data-testid=stCheckbox] label").click()
    press(browser, say["unmet_leave"])
    wait(browser, shows(say["unmet_left"]))
    kept = [need.text for need in read_unmet(unmet)]
    assert kept.count(dict(PLACES["abstention"][1])["q"]) == 1  # once, though it is left in both languages


@pytest.mark.parametrize("language", ["fr", "en"])
def test_entries_stand_side_by_side(browser: Chrome, address: str, language: str) -> None:
    go(browser, address, "compare", language=language)
    wait(browser, shows(PAGE_WORDS[language]["field_for_authorities"]))
    assert len(browser.find_elements(By.CSS_SELECTOR, "[data-testid=stMain] [data-testid=stPageLink]")) == 2


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_form_of_a_new_entry_says_what_is_missing(browser: Chrome, address: str, language: str) -> None:
    say = PAGE_WORDS[language]
    go(browser, address, "curators", language=language)
    wait(browser, lambda one: one.find_elements(By.CSS_SELECTOR, "[role=tab]"))
    browser.find_elements(By.CSS_SELECTOR, "[role=tab]")[3].click()
    wait(browser, shows(say["draft_make"]))
    browser.find_element(By.CSS_SELECTOR, "input[placeholder=my-town-pool]").send_keys("pool/2026")
    press(browser, say["draft_make"])
    wait(browser, shows(say["draft_problems"].format(count=3)))
    red = [one.text for one in browser.find_elements(By.CSS_SELECTOR, "[data-testid=stMain] .stMarkdownColoredText")]
    assert any(text.endswith("my-town-pool") and "pool/2026" in text for text in red)
    assert not [text for text in red if "yaml" in text and "sources.yaml" not in text]  # no file that is not there


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_filters_of_the_library_are_in_the_address_and_work_from_it(
    browser: Chrome, address: str, language: str
) -> None:
    go(browser, address, "map", language=language)
    wait(browser, lambda one: one.find_elements(By.CSS_SELECTOR, ".map a"))
    press(browser, PAGE_WORDS[language]["browse_list"])
    wait(browser, lambda one: one.find_elements(By.CSS_SELECTOR, "[data-testid=stMain] [data-testid=stPageLink]"))
    assert "kinds=case" in browser.current_url
    assert "show=" not in browser.current_url


def test_a_table_is_given_built_asked_and_gone_back_from(
    browser: Chrome, real_index: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(real_index, tmp_path / "index")
    monkeypatch.setenv("PASSERELLE_TABLES", str(tmp_path / "tables"))
    table = tmp_path / "mes projets.csv"
    text = "Nom;Récit\nLe four de Briec;Les voisins ont rebâti le four à pain du village.\n"
    table.write_text(text, encoding="cp1252")
    with served(PAGE, tmp_path, tmp_path / "index") as address:
        browser.get(address + "curators?lang=fr")
        open_tab(browser, "Un tableau à vous")
        wait(browser, shows("Répond en ce moment : la bibliothèque livrée"))
        browser.find_element(By.CSS_SELECTOR, "input[type=file]").send_keys(str(table))
        wait(browser, shows(PAGE_WORDS["fr"]["table_samples"]))
        press(browser, "Construire")
        wait(browser, shows("mes projets.csv est prêt. Fiches : 1."))
        browser.get(address + "?" + urlencode({"q": "rebâtir un four à pain avec les voisins", "lang": "fr"}))
        wait(browser, shows("Le four de Briec"))
        browser.get(address + "curators?lang=fr")
        open_tab(browser, "Un tableau à vous")
        press(browser, "Répondre avec la bibliothèque livrée")
        wait(browser, shows("Répond en ce moment : la bibliothèque livrée"))
        assert button(browser, "Répondre avec mes projets.csv").is_enabled()
