"""Let many people ask at once, for as long as wanted: in the page, over its own protocol, or in Python threads.

Each asks, waits for the whole answer, and asks again. First one person asks alone: the others' times are compared with
theirs, times the queue that the processors impose (people / processors).

Example:
    python -m scripts.bench.load page --people 50 --minutes 30
    python -m scripts.bench.load python --people 50 --minutes 30
    python -m scripts.bench.load page --people 20 --minutes 10 --streamlit=--runner.postScriptGC=true
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import numpy as np
import psutil

import search
from search.locations import page_script, serve_options

from .measuring import free_port, make_parser

if TYPE_CHECKING:
    from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

ALONE = 30
"""Questions one person asks before the others come."""

SAMPLED_EVERY = 5.0
"""Seconds between two looks at the memory."""

Ask = Callable[[int], None]
"""Asks a question, by number, and waits for the answer; raises when there is none."""


def questions() -> list[str]:
    """Return the questions of the tuning half that the library answers, in both languages."""
    judged = search.read_judged_queries(search.default_corpus() / "evaluation" / "tune.jsonl")
    return [text for query in judged if query.in_scope for text in query.texts.values()]


# ---- People --------------------------------------------------------------------------------------------------


@dataclass
class Crowd:
    """What many people met.

    Attributes:
        seconds: How long each answer took.
        errors: What went wrong, each time.
        memory: Megabytes of the process that answers, from time to time.
    """

    seconds: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    memory: list[float] = field(default_factory=list)

    def p(self, percent: float) -> float:
        """Return a percentile of the seconds."""
        return float(np.percentile(self.seconds, percent)) if self.seconds else float("nan")


def together(asks: Sequence[Ask], minutes: float, process: psutil.Process) -> Crowd:
    """Let people ask for some time, each with an ``ask`` of their own."""
    crowd, end = Crowd(), time.monotonic() + 60 * minutes

    def one(number: int, ask: Ask) -> None:
        asked = number
        while time.monotonic() < end:
            start = time.perf_counter()
            try:
                ask(asked)
                crowd.seconds.append(time.perf_counter() - start)
            except Exception as error:  # whatever it is, it is counted
                crowd.errors.append(repr(error))
                time.sleep(1)
            asked += len(asks)

    threads = [threading.Thread(target=one, args=pair, daemon=True) for pair in enumerate(asks)]
    for thread in threads:
        thread.start()
    while any(thread.is_alive() for thread in threads):
        crowd.memory.append(process.memory_info().rss / 2**20)
        time.sleep(SAMPLED_EVERY)
    return crowd


def alone(ask: Ask) -> Crowd:
    """Let one person ask, the first questions unmeasured."""
    crowd = Crowd()
    for number in range(-5, ALONE):
        start = time.perf_counter()
        ask(number)
        if number >= 0:
            crowd.seconds.append(time.perf_counter() - start)
    return crowd


# ---- The page ------------------------------------------------------------------------------------------------


class Visitor:
    """A browser's connection to the page, without a browser."""

    def __init__(self, port: int, texts: Sequence[str]) -> None:
        """Connect.

        Args:
            port: Of the page, on this machine.
            texts: Questions.
        """
        import websocket

        self._texts = texts
        self._socket = websocket.create_connection(f"ws://127.0.0.1:{port}/_stcore/stream", timeout=300)
        self.queued = 0

    def ask(self, number: int) -> None:
        """Open the page at the address of a question, and read what it draws until it is done.

        Raises:
            RuntimeError: It drew an error.
        """
        answers = 0
        for drawn in self.draws({"q": self._texts[number % len(self._texts)]}):
            element = drawn.delta.new_element
            self.queued += element.alert.format == element.alert.INFO
            answers += "keep " in element.button.id
        if not answers:
            raise RuntimeError("no answer was drawn")

    def see_box(self) -> None:
        """Open the page without a question, and read what it draws until there is a box to type in.

        Raises:
            RuntimeError: It drew an error, or no box.
        """
        if not any(drawn.delta.new_element.WhichOneof("type") == "text_area" for drawn in self.draws({})):
            raise RuntimeError("no box was drawn")

    def draws(self, address: Mapping[str, str]) -> Iterator[ForwardMsg]:
        """Open the page at an address, and give what it draws until it is done.

        Raises:
            RuntimeError: It drew an error.
        """
        from streamlit.proto.BackMsg_pb2 import BackMsg
        from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

        message = BackMsg()
        message.rerun_script.query_string = urlencode(address)
        self._socket.send_binary(message.SerializeToString())
        while True:
            drawn = ForwardMsg.FromString(self._socket.recv())
            element = drawn.delta.new_element
            if element.WhichOneof("type") == "exception" or element.alert.format == element.alert.ERROR:
                raise RuntimeError(element.exception.message or element.alert.body)
            yield drawn
            if drawn.WhichOneof("type") == "script_finished":
                return


def wait_for(port: int, seconds: float = 60) -> None:
    """Wait until something listens on a port of this machine."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        with socket.socket() as door:
            if door.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)


@contextmanager
def page_server(options: Sequence[str] = ()) -> Iterator[tuple[int, psutil.Process]]:
    """Run the page as `passerelle serve` does; give its port and its process.

    Args:
        options: For Streamlit; they come after those of the page, and count more.
    """
    port = free_port()
    command = [sys.executable, "-m", "streamlit", "run", str(page_script()), *serve_options(), *options]
    where = [f"--server.port={port}", "--server.headless=true"]
    server = subprocess.Popen([*command, *where], stdout=subprocess.DEVNULL)  # noqa: S603
    try:
        wait_for(port)
        yield port, psutil.Process(server.pid)
    finally:
        server.terminate()
        server.wait(30)


def in_the_page(people: int, minutes: float, options: Sequence[str] = ()) -> tuple[Crowd, Crowd, int]:
    """Ask in the page, alone and together; also return how often somebody was told to wait."""
    texts = questions()
    with page_server(options) as (port, process):
        one = alone(Visitor(port, texts).ask)
        visitors = [Visitor(port, texts) for _ in range(people)]
        many = together([visitor.ask for visitor in visitors], minutes, process)
        return one, many, sum(visitor.queued for visitor in visitors)


# ---- Python --------------------------------------------------------------------------------------------------


def in_python(people: int, minutes: float, options: Sequence[str] = ()) -> tuple[Crowd, Crowd, int]:
    """Ask one searcher, alone and from many threads; there is nothing the options could change."""
    texts, searcher = questions(), search.load()

    def ask(number: int) -> None:
        if not len(searcher.search(texts[number % len(texts)], abstain=False)):
            raise RuntimeError("no answer")

    return alone(ask), together([ask] * people, minutes, psutil.Process()), 0


def main() -> int:
    """Print what the people met; exit code 1 when there was an error."""
    parser = make_parser(__doc__)
    parser.add_argument("where", choices=("page", "python"), help="what is asked")
    parser.add_argument("--people", type=int, default=50, help="how many at once (default: %(default)s)")
    parser.add_argument("--minutes", type=float, default=30, help="how long (default: %(default)s)")
    parser.add_argument("--streamlit", action="append", default=[], help="an option for Streamlit; may be repeated")
    options = parser.parse_args()
    measure = in_the_page if options.where == "page" else in_python
    one, many, queued = measure(options.people, options.minutes, options.streamlit)
    bound = 3 * one.p(50) * options.people / (os.cpu_count() or 1)
    quarter = max(len(many.memory) // 4, 1)
    print(f"one person: p50 {one.p(50):.3f} s, p95 {one.p(95):.3f} s")
    print(
        f"{options.people} people, {options.minutes:g} minutes: {len(many.seconds)} answers, {len(many.errors)} errors"
    )
    print(f"p50 {many.p(50):.2f} s, p95 {many.p(95):.2f} s (bound {bound:.2f} s); told to wait {queued} times")
    print(
        f"memory: {many.memory[0]:.0f} MB at the start, {np.mean(many.memory[quarter : 2 * quarter]):.0f} MB in the "
        f"second quarter, {np.mean(many.memory[-quarter:]):.0f} MB in the last, {max(many.memory):.0f} MB at most"
    )
    for error in sorted(set(many.errors)):
        print(f"{many.errors.count(error)} times: {error}")
    return 1 if many.errors else 0


if __name__ == "__main__":
    sys.exit(main())
