"""Take a picture of every view of the page: both languages, a wide screen, a phone, and both in the dark.

Example:
    python -m scripts.screenshots pictures --places answer,entry --looks wide,dark

It serves the library that is in use, opens Chromium with its driver (both must be installed), and writes
``PLACE-LANGUAGE-LOOK.png``. Nothing of it leaves this computer.
"""

from __future__ import annotations

import argparse
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

sys.path.insert(0, str(Path(__file__).parent.parent))  # run as a file, too

from selenium.webdriver import Chrome, ChromeOptions, ChromeService
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import WebDriverWait

from page.messages import MESSAGES
from search.locations import page_script, serve_options

SITUATIONS = {language: words["citizen_1"] for language, words in MESSAGES.items()}
OFF_TOPIC = {"fr": "Quelle est la meilleure recette de tarte ?", "en": "What is the best recipe for an apple pie?"}
TWO = (("on", "paris-participatory-budget"), ("on", "commitment-charter"))

PLACES: dict[str, tuple[str, tuple[tuple[str, str], ...]]] = {
    "welcome": ("", ()),
    "answer": ("", (("q", "{situation}"),)),
    "abstention": ("", (("q", "{off_topic}"),)),
    "entry": ("", (("entry", "commitment-charter"),)),
    "case": ("", (("entry", "paris-participatory-budget"),)),
    "list": ("browse", ()),
    "grid": ("browse", (("show", "grid"),)),
    "map": ("browse", (("show", "map"), ("kinds", "case"))),
    "years": ("browse", (("show", "years"),)),
    "compare": ("compare", TWO),
    "sheet": ("sheet", TWO),
    "curators": ("curators", ()),
    "about": ("about", ()),
}
"""Name to view and what its address says."""

LOOKS = {
    "wide": (1440, 900, "light"),
    "phone": (390, 844, "light"),
    "dark": (1440, 900, "dark"),
    "dark-phone": (390, 844, "dark"),
}
"""Width and height of the screen in CSS pixels, and the colours the browser asks for."""

FLAGS = ("--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-dev-shm-usage")
DRAWN = "[data-testid=stApp][data-test-script-state=notRunning]"
SECONDS = 120
"""How long a server may take to start, or a view to be drawn."""


def address_of(base: str, place: str, language: str) -> str:
    """Return the address of a place in a language."""
    view, said = PLACES[place]
    words = {"situation": SITUATIONS[language], "off_topic": OFF_TOPIC[language]}
    return f"{base}{view}?{urlencode([*((key, value.format(**words)) for key, value in said), ('lang', language)])}"


@contextmanager
def served() -> Iterator[str]:
    """Serve the page on a free port; give its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    options = [f"--server.port={port}", "--server.headless=true"]
    command = [sys.executable, "-m", "streamlit", "run", str(page_script()), *serve_options(), *options]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL)  # noqa: S603 (our own)
    try:
        wait_for(f"http://localhost:{port}/_stcore/health")
        yield f"http://localhost:{port}/"
    finally:
        server.terminate()
        server.wait(timeout=30)


def wait_for(address: str) -> None:
    """Return once a server answers.

    Raises:
        TimeoutError: It does not, within SECONDS.
    """
    end = time.monotonic() + SECONDS
    while time.monotonic() < end:
        try:
            with urllib.request.urlopen(address, timeout=5):  # noqa: S310 (an address of this computer)
                return
        except OSError:
            time.sleep(0.2)
    raise TimeoutError(f"Nothing answers at {address} after {SECONDS} seconds.")


def take(folder: Path, *, places: list[str], languages: list[str], looks: list[str]) -> int:
    """Take the pictures, and return how many."""
    options = ChromeOptions()
    options.binary_location = shutil.which("chromium") or shutil.which("google-chrome") or ""
    for flag in FLAGS:
        options.add_argument(flag)
    folder.mkdir(parents=True, exist_ok=True)
    driver = Chrome(options=options, service=ChromeService(shutil.which("chromedriver")))
    try:
        with served() as base:
            for look in looks:
                show_as(driver, look)
                for language in languages:
                    for place in places:
                        driver.get(address_of(base, place, language))
                        WebDriverWait(driver, SECONDS).until(lambda one: one.find_elements(By.CSS_SELECTOR, DRAWN))
                        time.sleep(1.5)  # charts are drawn after the script has run
                        WebDriverWait(driver, SECONDS).until(lambda one: one.find_elements(By.CSS_SELECTOR, DRAWN))
                        driver.save_screenshot(str(folder / f"{place}-{language}-{look}.png"))
    finally:
        driver.quit()
    return len(looks) * len(languages) * len(places)


def show_as(driver: Chrome, look: str) -> None:
    """Give the browser a size and the colours it asks for."""
    width, height, colours = LOOKS[look]
    size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    driver.execute_cdp_cmd(
        "Emulation.setEmulatedMedia", {"features": [{"name": "prefers-color-scheme", "value": colours}]}
    )


def main() -> int:
    """Read the command line and take the pictures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="where the pictures go")
    for name, values in (("places", PLACES), ("languages", MESSAGES), ("looks", LOOKS)):
        parser.add_argument(f"--{name}", default=",".join(values), help="some of: %(default)s")
    given = parser.parse_args()
    chosen = {name: getattr(given, name).split(",") for name in ("places", "languages", "looks")}
    for name, values in (("places", PLACES), ("languages", MESSAGES), ("looks", LOOKS)):
        if unknown := [one for one in chosen[name] if one not in values]:
            parser.error(f"{', '.join(unknown)}: {name} are {', '.join(values)}")
    print(f"{take(given.folder, **chosen)} pictures in {given.folder}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
