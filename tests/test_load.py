"""Many people at once: what they meet is counted."""

from __future__ import annotations

import time

import psutil
import pytest

from scripts.bench import load
from scripts.bench.load import ALONE, alone, together


def test_answers_errors_and_memory_of_a_crowd_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(load, "SAMPLED_EVERY", 0.05)
    asked: list[int] = []

    def answered(number: int) -> None:
        asked.append(number)
        time.sleep(0.01)

    def refused(_: int) -> None:
        raise ValueError("no")

    crowd = together([answered, refused], minutes=0.005, process=psutil.Process())
    assert len(crowd.seconds) == len(asked) > 5
    assert crowd.p(50) >= 0.01
    assert asked[:3] == [0, 2, 4]  # nobody asks what another does
    assert crowd.errors == ["ValueError('no')"]
    assert len(crowd.memory) > 2
    assert min(crowd.memory) > 1


def test_one_person_asks_without_the_first_questions_being_measured() -> None:
    asked: list[int] = []
    assert len(alone(asked.append).seconds) == ALONE
    assert len(asked) == ALONE + 5
