"""Which build answers, and whether it is the newest."""

from __future__ import annotations

import time
from dataclasses import dataclass

from ..encoding.encoder import Encoder
from ..entries import LANGUAGES
from ..retrieval.live_searcher import IndexSource, LiveSearcher

ASKED = "Les habitants et la commune ne se font plus confiance"
"""What is asked to see whether an answer comes; nobody's words."""

OK, OLD = "ok", "old"
"""The newest build answers; the one before does, since the newest cannot be taken up."""


@dataclass(frozen=True)
class Health:
    """What a host can say of itself.

    Attributes:
        status: OK or OLD.
        build: Name of the build that answers, another for every build.
        version: Fingerprint of what it was made from: the same inputs, the same version.
        format: Of its files.
        model: Of the encoder.
        corpora: What it was made from.
        entries: How many it holds.
        passages: How many it holds.
        problem: Name of the error that keeps the newest build from answering; empty when none does. Its message, which
            may name files, is in the log.
        seconds: How long an answer took; None when nothing was asked.
    """

    status: str
    build: str | None
    version: str
    format: int
    model: str
    corpora: tuple[str, ...]
    entries: int
    passages: int
    problem: str = ""
    seconds: float | None = None


def health_of(live: LiveSearcher, seconds: float | None = None) -> Health:
    """Say which build answers; a newer one that has come is taken up first."""
    made, problem = live.searcher.manifest, live.problem
    return Health(
        OLD if problem else OK,
        live.build,
        made.version,
        made.format,
        made.model,
        made.corpora,
        made.entries,
        made.passages,
        type(problem).__name__ if problem else "",
        seconds,
    )


def check_health(place: IndexSource, encoder: Encoder) -> Health:
    """Open the build in use, every file checked, ask it something, and say which it is; nothing is made or changed.

    Args:
        place: What holds the index.
        encoder: For the question.

    Raises:
        SearchIndexError: There is no index, or it cannot be used.
        ModelMissingError: The encoder could not be loaded.
    """
    live = LiveSearcher(place, encoder)
    start = time.perf_counter()
    live.searcher.search(ASKED, k=1, languages=LANGUAGES)
    return health_of(live, time.perf_counter() - start)
