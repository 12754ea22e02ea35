"""What every measurement needs: its command line, a clock, a free port."""

from __future__ import annotations

import argparse
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np

QUERIES, WARM, K = 200, 10, 10
"""How often something is asked, and before that unmeasured; answers wanted."""

MEASURED = {
    "build": "build s",
    "load": "load s",
    "memory": "memory MB",
    "p50": "p50 ms",
    "p95": "p95 ms",
    "recall": "recall@10",
}
"""What is measured of an engine, to the head of its column."""


def make_parser(doc: str | None, *, sizes: int | None = None) -> argparse.ArgumentParser:
    """Return what reads a command line; with ``--sizes``, in passages, when there are usual ones."""
    parser = argparse.ArgumentParser(description=doc, formatter_class=argparse.RawDescriptionHelpFormatter)
    if sizes:
        parser.add_argument("--sizes", type=int, nargs="+", default=[sizes], help=f"passages (default: {sizes})")
    return parser


@contextmanager
def timed(into: dict[str, Any], name: str) -> Iterator[None]:
    """Note how many seconds something takes."""
    start = time.perf_counter()
    yield
    into[name] = time.perf_counter() - start


def percentiles(ask: Callable[[int], object]) -> dict[str, float]:
    """Ask every query, the first ones unmeasured, and return p50 and p95 in milliseconds."""
    for n in range(WARM):
        ask(n)
    spent = []
    for n in range(QUERIES):
        start = time.perf_counter()
        ask(n)
        spent.append(time.perf_counter() - start)
    p50, p95 = np.percentile(spent, [50, 95]) * 1e3
    return {"p50": float(p50), "p95": float(p95)}


@contextmanager
def every_processor_busy() -> Iterator[None]:
    """Have a process for each processor compute without end, as visitors and other programs do."""
    others = [subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(os.cpu_count() or 1)]
    try:
        yield
    finally:
        for other in others:
            other.kill()
            other.wait()


def free_port() -> int:
    """Find a port nobody listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])
