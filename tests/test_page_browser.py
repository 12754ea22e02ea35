"""The page in a real browser, over the real library (the index PASSERELLE_INDEX names, else one made for the tests)."""

from __future__ import annotations

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import pytest

pytest.importorskip("selenium", reason="selenium is not installed: pip install -e '.[dev]'")
from selenium.webdriver import Chrome, ChromeOptions, ChromeService
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.ui import WebDriverWait

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "streamlit_app.py"
TEXT = ROOT / "page" / "text.py"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
CHROMEDRIVER = shutil.which("chromedriver")
FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
)
SECONDS_TO_START = 60
SECONDS_TO_ANSWER = 90

SITUATION = "La commune nous soutient un an, puis plus rien. Nous cherchons un accord qui tienne après les élections."
HOSTILE = (
    "<script>document.title = 'broken'</script> **bold** _it_ $x$ and $y$ :red[x] :smile: :material/home: `code` "
    "[a](https://b.example) https://c.example www.d.example me@e.example a -> b -- c | ~~no~~ &amp; \\* # 1. <b>"
)

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM, reason="Chromium is missing: apt-get install chromium"),
    pytest.mark.skipif(not CHROMEDRIVER, reason="its driver is missing: apt-get install chromium-driver"),
]


@contextmanager
def served(script: Path, folder: Path, index: Path) -> Iterator[str]:
    """Run a script with Streamlit on a free port; give its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {**os.environ, "PASSERELLE_INDEX": str(index)}
    command = [sys.executable, "-m", "streamlit", "run", str(script), f"--server.port={port}", "--server.headless=true"]
    with (folder / "server.log").open("w") as log:
        server = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)  # noqa: S603 (our own)
    try:
        wait_for_server(f"http://localhost:{port}/_stcore/health")
        yield f"http://localhost:{port}/"
    finally:
        server.terminate()
        server.wait(timeout=30)


def wait_for_server(address: str) -> None:
    """Return once the server answers."""
    end = time.monotonic() + SECONDS_TO_START
    while True:
        try:
            with urllib.request.urlopen(address, timeout=5):  # noqa: S310 (an address of this computer)
                return
        except OSError:
            if time.monotonic() > end:
                raise
            time.sleep(0.2)


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory, real_index: Path) -> Iterator[str]:
    with served(PAGE, tmp_path_factory.mktemp("page"), real_index) as where:
        yield where


@pytest.fixture
def browser() -> Iterator[Chrome]:
    options = ChromeOptions()
    options.binary_location = str(CHROMIUM)
    for flag in FLAGS:
        options.add_argument(flag)
    options.add_experimental_option("prefs", {"intl.accept_languages": "fr-FR,fr"})
    options.set_capability("goog:loggingPrefs", {"performance": "ALL"})
    driver = Chrome(options=options, service=ChromeService(CHROMEDRIVER))
    driver.set_window_size(1400, 1000)
    yield driver
    driver.quit()


def wait(browser: Chrome, until: Callable[[Chrome], object]) -> None:
    WebDriverWait(browser, SECONDS_TO_ANSWER).until(lambda driver: settled(driver, until))


def settled(browser: Chrome, until: Callable[[Chrome], object]) -> object:
    """Say whether the page is drawn and a condition holds."""
    app = browser.find_elements(By.CSS_SELECTOR, "[data-testid=stApp][data-test-script-state=notRunning]")
    return app and until(browser)


def shown(browser: Chrome) -> str:
    """Return the text in sight beside the filters, without joiners."""
    return str(browser.find_element(By.CSS_SELECTOR, "[data-testid=stMain]").text).replace("\u2060", "")


def shows(text: str) -> Callable[[Chrome], bool]:
    return lambda browser: text in shown(browser)


def button(browser: Chrome, label: str) -> WebElement:
    """Return the first button in sight whose label starts so."""
    found = [one for one in browser.find_elements(By.TAG_NAME, "button") if one.text.startswith(label)]
    return next(one for one in found if one.is_displayed())


def requested(browser: Chrome) -> set[str]:
    """Return the hosts that the page asked anything of since it was opened."""
    events = [json.loads(entry["message"])["message"] for entry in browser.get_log("performance")]  # type: ignore[no-untyped-call]
    addresses = [
        event["params"]["request"]["url"] for event in events if event["method"] == "Network.requestWillBeSent"
    ]
    addresses += [event["params"]["url"] for event in events if event["method"] == "Network.webSocketCreated"]
    return {str(urlsplit(url).hostname) for url in addresses if urlsplit(url).scheme in {"http", "https", "ws", "wss"}}


def test_a_situation_typed_in_french_is_answered_and_nothing_leaves_the_computer(browser: Chrome, address: str) -> None:
    browser.get(address)
    wait(browser, shows("Votre situation"))
    browser.find_element(By.TAG_NAME, "textarea").send_keys(SITUATION)
    button(browser, "Chercher").click()
    wait(browser, shows("Que faire ("))
    assert browser.find_element(By.CSS_SELECTOR, "[role=tabpanel] h3").text
    marked = browser.find_element(By.CSS_SELECTOR, "[role=tabpanel] .stMarkdownColoredBackground").text
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
    title = browser.find_element(By.CSS_SELECTOR, "[role=tabpanel] h3").text
    browser.find_element(By.CSS_SELECTOR, "[role=tabpanel] summary").click()
    wait(browser, shows("Ouvrir la fiche et ses voisines"))
    opener = button(browser, "Ouvrir la fiche et ses voisines")
    browser.execute_script("arguments[0].scrollIntoView({block: 'center'})", opener)
    opener.click()
    wait(browser, shows("Fiches qui ressemblent"))
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
