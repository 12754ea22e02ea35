"""A page in a real browser: served, opened, waited for, pressed, looked at."""

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
from typing import Literal
from urllib.parse import parse_qs, urlsplit

import pytest

pytest.importorskip("selenium", reason="selenium is not installed: pip install -e '.[dev]'")
from selenium.common.exceptions import (
    ElementClickInterceptedException,
    ElementNotInteractableException,
    StaleElementReferenceException,
)
from selenium.webdriver import Chrome, ChromeOptions, ChromeService
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.ui import WebDriverWait

from tests.page_helpers import PAGE

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
UNMET = "unmet.jsonl"
SECONDS_TO_START = 60
SECONDS_TO_ANSWER = 90

BROWSER_MARKS = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM, reason="Chromium is missing: apt-get install chromium"),
    pytest.mark.skipif(not CHROMEDRIVER, reason="its driver is missing: apt-get install chromium-driver"),
    pytest.mark.flaky(reruns=2),  # a loaded machine now and then draws a piece after a test has looked
]
"""Of a file whose tests open a browser: its ``pytestmark``."""

LOOKS = {
    "wide": (1440, 900, "light"),
    "phone": (390, 844, "light"),
    "dark": (1440, 900, "dark"),
    "dark phone": (390, 844, "dark"),
}
"""Width and height of the screen in CSS pixels, and the colours the browser asks for."""


# ---- The server and the browser ------------------------------------------------------------------------------


@contextmanager
def served(script: Path, folder: Path, index: Path, port: int | None = None) -> Iterator[str]:
    """Run a script with Streamlit, on a free port unless one is given; give its address."""
    port = port or free_port()
    environment = {**os.environ, "PASSERELLE_INDEX": str(index), "PASSERELLE_UNMET": str(folder / UNMET)}
    command = [sys.executable, "-m", "streamlit", "run", str(script), f"--server.port={port}", "--server.headless=true"]
    with (folder / "server.log").open("w") as log:
        root = PAGE.parent
        server = subprocess.Popen(command, cwd=root, env=environment, stdout=log, stderr=log)  # noqa: S603 (our own)
    try:
        wait_for_server(f"http://localhost:{port}/_stcore/health")
        yield f"http://localhost:{port}/"
    finally:
        server.terminate()
        server.wait(timeout=30)


def free_port() -> int:
    """Return a port of this computer that nobody listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


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


@contextmanager
def opened_browser() -> Iterator[Chrome]:
    """Open a browser that has never been here."""
    options = ChromeOptions()
    options.binary_location = str(CHROMIUM)
    for flag in FLAGS:
        options.add_argument(flag)
    options.add_experimental_option("prefs", {"intl.accept_languages": "fr-FR,fr"})
    options.set_capability("goog:loggingPrefs", {"performance": "ALL"})
    driver = Chrome(options=options, service=ChromeService(CHROMEDRIVER))
    driver.set_window_size(1400, 1000)
    try:
        yield driver
    finally:
        driver.quit()


# ---- What is waited for, read and pressed --------------------------------------------------------------------


def wait(browser: Chrome, until: Callable[[Chrome], object]) -> None:
    """Return once the page is drawn and a condition holds."""
    waiting = WebDriverWait(browser, SECONDS_TO_ANSWER, ignored_exceptions=[StaleElementReferenceException])
    waiting.until(lambda driver: settled(driver, until))


def settled(browser: Chrome, until: Callable[[Chrome], object]) -> object:
    """Say whether the page is drawn and a condition holds."""
    app = browser.find_elements(By.CSS_SELECTOR, "[data-testid=stApp][data-test-script-state=notRunning]")
    return app and until(browser)


def shown(browser: Chrome) -> str:
    """Return the text in sight beside the filters, without joiners."""
    return str(browser.find_element(By.CSS_SELECTOR, "[data-testid=stMain]").text).replace("\u2060", "")


def shows(text: str) -> Callable[[Chrome], bool]:
    """Return the condition that a text is in sight, whatever its spaces."""
    return lambda browser: text.replace("\u00a0", " ") in shown(browser).replace("\u00a0", " ")


def button(browser: Chrome, label: str) -> WebElement:
    """Return the first button in sight that has a label, once there is one: a page is drawn piece by piece."""

    def found(driver: Chrome) -> WebElement | Literal[False]:
        every = driver.find_elements(By.TAG_NAME, "button")
        return next((one for one in every if label in one.text and one.is_displayed()), False)

    waiting = WebDriverWait(browser, SECONDS_TO_ANSWER, ignored_exceptions=[StaleElementReferenceException])
    return waiting.until(found)


NOT_YET = [ElementClickInterceptedException, ElementNotInteractableException, StaleElementReferenceException]
"""What pressing runs into while a page is still drawn or folds open."""


def press(browser: Chrome, label: str) -> None:
    """Bring a button to the middle of the screen and press it."""
    WebDriverWait(browser, SECONDS_TO_ANSWER, ignored_exceptions=NOT_YET).until(
        lambda driver: pressed(driver, button(driver, label))
    )


def press_at(browser: Chrome, selector: str) -> None:
    """Press the first of what a selector finds, once that can be pressed."""
    WebDriverWait(browser, SECONDS_TO_ANSWER, ignored_exceptions=NOT_YET).until(
        lambda driver: any(pressed(driver, one) for one in driver.find_elements(By.CSS_SELECTOR, selector)[:1])
    )


def pressed(browser: Chrome, found: WebElement) -> bool:
    """Bring what was found to the middle of the screen and press it."""
    browser.execute_script("arguments[0].scrollIntoView({block: 'center'})", found)
    found.click()
    return True


def open_tab(browser: Chrome, label: str) -> None:
    """Press the tab whose label holds some words."""
    wait(browser, shows(label))
    [tab] = [one for one in browser.find_elements(By.CSS_SELECTOR, "[role=tab]") if label in one.text]
    tab.click()


def query(browser: Chrome) -> dict[str, list[str]]:
    """Return what the address of the page says."""
    return parse_qs(urlsplit(browser.current_url).query)


def requested(browser: Chrome) -> set[str]:
    """Return the hosts that the page asked anything of since it was opened."""
    events = [json.loads(entry["message"])["message"] for entry in browser.get_log("performance")]
    addresses = [
        event["params"]["request"]["url"] for event in events if event["method"] == "Network.requestWillBeSent"
    ]
    addresses += [event["params"]["url"] for event in events if event["method"] == "Network.webSocketCreated"]
    return {str(urlsplit(url).hostname) for url in addresses if urlsplit(url).scheme in {"http", "https", "ws", "wss"}}


def downloads_to(browser: Chrome, folder: Path) -> None:
    """Have the browser save files in a folder without asking."""
    browser.execute_cdp_cmd("Browser.setDownloadBehavior", {"behavior": "allow", "downloadPath": str(folder)})


def downloaded(browser: Chrome, folder: Path, suffix: str) -> bytes:
    """Wait for a file and return it."""
    wait(browser, lambda _: list(folder.glob(f"*.{suffix}")))
    [file] = folder.glob(f"*.{suffix}")
    return file.read_bytes()


# ---- How the page looks --------------------------------------------------------------------------------------


def set_screen(browser: Chrome, width: int, height: int) -> None:
    """Give the screen a size in CSS pixels; a narrow one is that of a phone."""
    size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 500}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)


def look(browser: Chrome, name: str) -> None:
    """Let the page be seen in a certain look, without movement."""
    width, height, colours = LOOKS[name]
    set_screen(browser, width, height)
    asked = [{"name": "prefers-color-scheme", "value": colours}, {"name": "prefers-reduced-motion", "value": "reduce"}]
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": asked})


def luminance(colour: str) -> float:
    """Return the relative luminance of a colour as a browser writes it, from 0 (black) to 1 (white): WCAG 2, 1.4.3."""
    parts = [int(part) / 255 for part in re.findall(r"\d+", colour)[:3]]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, from 1 to 21."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)
