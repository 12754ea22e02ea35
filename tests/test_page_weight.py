"""What a first visit and an answer cost the visitor: requests and bytes, and that none goes elsewhere.

The figures of docs/decisions/0005-page.md: ``python -m pytest -s -q -m browser tests/test_page_weight.py``.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from urllib.parse import urlsplit

import pytest

pytest.importorskip("selenium", reason="selenium is not installed: pip install -e '.[dev]'")
from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By

from page.messages import MESSAGES
from tests.browser_helpers import BROWSER_MARKS, button, shows, wait
from tests.page_places import SITUATION

pytestmark = BROWSER_MARKS

MOST_BYTES, MOST_REQUESTS = 6_000_000, 150
"""Of a first visit with an empty cache."""

MOST_OF_AN_ANSWER = 500_000
"""Bytes of an answer, over the connection that is open already."""


@dataclass(frozen=True)
class Cost:
    """What the network carried.

    Attributes:
        requests: How many.
        bytes: As they were sent, received on the open connection too.
        hosts: That were asked.
    """

    requests: int
    bytes: int
    hosts: frozenset[str]


def cost(browser: Chrome) -> Cost:
    """Return what was carried since this was asked last."""
    events = [json.loads(entry["message"])["message"] for entry in browser.get_log("performance")]
    urls = [one["params"]["request"]["url"] for one in events if one["method"] == "Network.requestWillBeSent"]
    urls += [one["params"]["url"] for one in events if one["method"] == "Network.webSocketCreated"]
    asked = [url for url in urls if urlsplit(url).scheme in {"http", "https", "ws", "wss"}]
    loaded = [one["params"]["encodedDataLength"] for one in events if one["method"] == "Network.loadingFinished"]
    frames = [
        len(one["params"]["response"]["payloadData"]) * 3 // 4  # binary, as base64
        for one in events
        if one["method"] == "Network.webSocketFrameReceived"
    ]
    hosts = frozenset(str(urlsplit(url).hostname) for url in asked)
    return Cost(len(asked), int(sum(loaded)) + sum(frames), hosts)


def test_a_first_visit_and_an_answer_are_light_and_ask_nobody_else(browser: Chrome, address: str) -> None:
    browser.get(f"{address}?lang=fr")
    wait(browser, lambda one: one.find_elements(By.CSS_SELECTOR, ".st-key-ask_button button"))
    wait(browser, shows(MESSAGES["fr"]["question"]))
    first = cost(browser)
    browser.find_element(By.TAG_NAME, "textarea").send_keys(SITUATION)
    button(browser, MESSAGES["fr"]["ask"]).click()
    wait(browser, shows(MESSAGES["fr"]["all_answers"]))
    answer = cost(browser)
    for name, one in (("first visit", first), ("answer", answer)):
        print(f"{name}: {one.requests} requests, {one.bytes / 1000:.0f} kB, hosts {sorted(one.hosts)}")
    assert first.hosts == {"localhost"}
    assert answer.hosts <= {"localhost"}
    assert first.requests <= MOST_REQUESTS
    assert 100_000 < first.bytes <= MOST_BYTES
    assert 1_000 < answer.bytes <= MOST_OF_AN_ANSWER
