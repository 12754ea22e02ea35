"""A queue: so many at once, in the order they came, told how many are before, for a time only."""

from __future__ import annotations

import threading
import time

import pytest

from search.errors import BusyError
from search.retrieval.admission_queue import AdmissionQueue


class Asker(threading.Thread):
    """Has one turn until told to end it."""

    def __init__(self, queue: AdmissionQueue, served: list[str], name: str) -> None:
        super().__init__(daemon=True, name=name)
        self._queue, self._served = queue, served
        self.told: list[int] = []
        self.done = threading.Event()

    def run(self) -> None:
        with self._queue.turn(self.told.append):
            self._served.append(self.name)
            self.done.wait(10)


def start(queue: AdmissionQueue, served: list[str], *names: str) -> list[Asker]:
    """Start some askers, each in the queue before the next comes."""
    askers = [Asker(queue, served, name) for name in names]
    for n, asker in enumerate(askers):
        asker.start()
        until(lambda n=n: len(queue._waiting) + queue._served == n + 1)
    return askers


def until(true: object) -> None:
    end = time.monotonic() + 5
    while not true() and time.monotonic() < end:
        time.sleep(0.001)
    assert true()


def test_so_many_are_served_at_once_and_the_others_in_the_order_they_came(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("search.retrieval.admission_queue.NOTIFY_EVERY", 0.01)
    served: list[str] = []
    askers = start(AdmissionQueue(2, patience=10), served, "a", "b", "c", "d")
    until(lambda: len(served) == 2)
    assert set(served) == {"a", "b"}
    until(lambda: 2 in askers[2].told and 3 in askers[3].told)  # before c: two served; before d: c too
    askers[0].done.set()
    until(lambda: len(served) == 3)
    assert served[2] == "c"
    for asker in askers:
        asker.done.set()
        asker.join(5)
    assert served[3] == "d"
    assert askers[0].told == []


def test_who_waits_too_long_is_told_so_and_leaves_the_queue() -> None:
    queue = AdmissionQueue(1, patience=0.02)
    with queue.turn():
        with pytest.raises(BusyError, match="1 before you") as caught, queue.turn():
            pytest.fail("no turn was free")
        assert caught.value.waiting == 1
    with queue.turn():
        pass


def test_an_error_in_a_turn_gives_it_back() -> None:
    queue = AdmissionQueue(1, patience=0.02)
    with pytest.raises(KeyError), queue.turn():
        raise KeyError
    with queue.turn():
        pass


def test_an_error_while_told_leaves_the_queue(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("search.retrieval.admission_queue.NOTIFY_EVERY", 0.001)
    queue = AdmissionQueue(1, patience=1)

    def stop(_: int) -> None:
        raise KeyboardInterrupt  # as a page does that is drawn again meanwhile

    with queue.turn(), pytest.raises(KeyboardInterrupt), queue.turn(stop):
        pytest.fail("no turn was free")
    with queue.turn():
        pass


def test_many_threads_all_get_their_turn() -> None:
    queue, busy, most, done = AdmissionQueue(3, patience=30), [0], [0], [0]
    lock = threading.Lock()

    def ask() -> None:
        for _ in range(20):
            with queue.turn():
                with lock:
                    busy[0] += 1
                    most[0] = max(most[0], busy[0])
                time.sleep(0.0005)
                with lock:
                    busy[0] -= 1
                    done[0] += 1

    threads = [threading.Thread(target=ask) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert done == [400]
    assert 1 < most[0] <= 3


def test_who_asks_without_pause_has_one_turn_before_anybody_elses() -> None:
    queue, served = AdmissionQueue(1, patience=10), list[str]()
    asked, stop = threading.Event(), threading.Event()

    def flood() -> None:
        for _ in range(500):
            with queue.turn():
                served.append("flood")
                if len(served) == 3:
                    asked.wait(10)  # somebody else comes meanwhile
                    until(lambda: len(queue._waiting) == 1)
            if stop.is_set():
                return

    def ask() -> None:
        until(lambda: len(served) == 3)
        asked.set()
        with queue.turn():
            served.append("other")
            stop.set()

    threads = [threading.Thread(target=one, daemon=True) for one in (flood, ask)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    assert served[:4] == ["flood", "flood", "flood", "other"]
