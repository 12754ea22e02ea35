"""Counts and times of a served page for Prometheus, and its health, on a port of their own; never what people typed.

What is counted has fixed names: no text, no word, no entry, no address of anybody is in it.
"""

from __future__ import annotations

import json
import logging
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from socketserver import ThreadingMixIn
from time import perf_counter
from typing import TYPE_CHECKING, Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from ..errors import BusyError, PasserelleError, QueryError, needs_extra
from ..locations import metrics_place
from ..retrieval.live_searcher import LiveSearcher
from ..retrieval.results import Results
from .health import health_of

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

_log = logging.getLogger(__name__)

OUTCOMES = ("answered", "nothing", "refused", "busy", "failed")
"""What becomes of a question: answers; nothing close enough; it cannot be asked; too many people ask; a fault."""

SECONDS = (0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60)
"""Upper bounds of the classes of times; the last is how long anybody waits in the queue."""


def outcome_of(answer: Results | BaseException) -> str:
    """Return one of OUTCOMES."""
    if isinstance(answer, Results):
        return "answered" if answer.hits else "nothing"
    if isinstance(answer, BusyError):
        return "busy"
    return "refused" if isinstance(answer, QueryError) else "failed"


class Metrics:
    """Counts questions. Safe to share between threads.

    Attributes:
        registry: What Prometheus reads.
    """

    def __init__(self, live: LiveSearcher) -> None:
        """Begin at nothing.

        Args:
            live: What answers.

        Raises:
            ExtraMissingError: The extra ``metrics`` is not installed.
        """
        with needs_extra("metrics"):
            from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram
        self.registry = CollectorRegistry()
        self._live = live
        self._answers = Counter(
            "passerelle_answers", "Answers, each time a page draws one", ["outcome"], registry=self.registry
        )
        for outcome in OUTCOMES:
            self._answers.labels(outcome)
        self._seconds = Histogram(
            "passerelle_answer_seconds",
            "Seconds from a question to its answer, the queue included",
            buckets=SECONDS,
            registry=self.registry,
        )
        self._build = Gauge(
            "passerelle_build",
            "The build that answers: 1 when it is the newest, 0 when the newest cannot be taken up",
            ["build", "version", "model"],
            registry=self.registry,
        )
        self._entries = Gauge("passerelle_entries", "Entries of the build that answers", registry=self.registry)

    def count(self, answer: Results | BaseException, seconds: float) -> None:
        """Count a question that got an answer or an error, and the time it took."""
        self._answers.labels(outcome_of(answer)).inc()
        self._seconds.observe(seconds)

    def health(self) -> dict[str, object]:
        """Say which build answers, and take that into what Prometheus reads."""
        found = health_of(self._live)
        self._build.clear()
        self._build.labels(str(found.build), found.version, found.model).set(not found.problem)
        self._entries.set(found.entries)
        return asdict(found)


def wsgi_app(metrics: Metrics) -> WSGIApplication:
    """Return what answers ``/health`` with JSON and ``/metrics`` with Prometheus's text, and nothing else."""
    from prometheus_client import make_wsgi_app

    scraped = make_wsgi_app(metrics.registry)

    def answer(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        path = environ.get("PATH_INFO", "")
        if path == "/metrics":
            metrics.health()
            content: Iterable[bytes] = scraped(environ, start_response)
            return content
        found = metrics.health() if path == "/health" else None
        start_response("200 OK" if found else "404 Not Found", [("Content-Type", "application/json")])
        return [json.dumps(found).encode() + b"\n"]

    return answer


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *_: Any) -> None:
        """Write nothing: a request a few seconds apart tells nobody anything."""


_counting: list[Metrics] = []
"""The counts of this process, once they are served."""

_begin = threading.Lock()


def serve_metrics(live: LiveSearcher) -> int | None:
    """Tell health and counts where METRICS_VARIABLE says, from a thread of their own; once in a process.

    Args:
        live: What answers.

    Returns:
        The port, or None when they are told nowhere: it is not asked for, is told already, or cannot be, as the log
        then says. The page goes on without.
    """
    place = metrics_place()
    with _begin:
        if place is None or _counting:
            return None
        try:
            metrics = Metrics(live)
            server = make_server(*place, wsgi_app(metrics), server_class=_Server, handler_class=_Quiet)
        except (PasserelleError, OSError) as error:
            _log.warning("no metrics at %s, port %d: %s", *place, error)
            return None
        _counting.append(metrics)
    threading.Thread(target=server.serve_forever, name="metrics", daemon=True).start()
    return int(server.server_port)


@contextmanager
def counted() -> Iterator[list[Results | PasserelleError]]:
    """Count the question that is answered in the body, which puts its answer, or its error, on the list it is given.

    A fault that comes out of the body is counted as one, and goes on. Where nothing was put (the visitor went away),
    nothing is counted; nor where counts are not served.
    """
    start, answers = perf_counter(), list[Results | PasserelleError]()
    try:
        yield answers
    except Exception as error:
        _count([error], perf_counter() - start)
        raise
    _count(answers, perf_counter() - start)


def _count(answers: Iterable[Results | Exception], seconds: float) -> None:
    for metrics in _counting:
        for answer in answers:
            metrics.count(answer, seconds)
