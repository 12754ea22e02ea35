"""Follow an index: a long-lived process answers from the newest one without a restart."""

from __future__ import annotations

import logging
import os
import threading
import time
from pathlib import Path
from typing import Protocol

from ..encoding.encoder import Encoder
from ..errors import SearchIndexError
from ..index.index import Index
from ..index.reading import IndexFolder
from ..locations import StrPath
from .searcher import Searcher

_log = logging.getLogger(__name__)

SECONDS_TO_NEXT_TRY = 10.0
"""Seconds after which what could not be loaded is tried again."""


class IndexSource(Protocol):
    """What holds an index."""

    def current(self) -> str | None:
        """Return the name of the build in use, another for every build; None when there is none."""
        ...

    def load(self, encoder: Encoder) -> Index:
        """Load the build in use."""
        ...


class LiveSearcher:
    """Gives the searcher of the index in use. Safe to share between threads.

    A query asked of one `Searcher` is answered from one index from beginning to end. While a new index is being loaded,
    and when it cannot be, the one before goes on answering.

    Attributes:
        problem: Why the newest index is not the one that answers; None when it is.
        build: Name of the build that answers, another for every build.
    """

    def __init__(self, place: StrPath | IndexSource, encoder: Encoder) -> None:
        """Open the index.

        Args:
            place: Folder of the index, or what holds it (`search.postgres.Database`).
            encoder: For the queries; an index made with another is not taken up.

        Raises:
            SearchIndexError: There is no index to begin with, or it cannot be used.
        """
        self.problem: SearchIndexError | None = None
        self._place: IndexSource = IndexFolder(Path(place)) if isinstance(place, str | os.PathLike) else place
        self._encoder = encoder
        self._lock, self._again = threading.Lock(), 0.0
        self._seen = self._place.current()
        self._searcher = Searcher(self._place.load(encoder), encoder)
        self.build = self._seen

    @property
    def searcher(self) -> Searcher:
        """The searcher of the newest index that could be loaded; the check reads one small file, or one row."""
        if self._lock.acquire(blocking=False):  # while another thread loads, the one before answers
            try:
                self._follow()
            finally:
                self._lock.release()
        return self._searcher

    def _follow(self) -> None:
        try:
            newest = self._place.current()
            if newest == self._seen and (self.problem is None or time.monotonic() < self._again):
                return
            self._seen = newest
            self._searcher = Searcher(self._place.load(self._encoder), self._encoder)
            self.build = newest
            if self.problem:
                _log.info("the newest index was taken up")
            self.problem = None
        except SearchIndexError as error:
            if str(error) != str(self.problem):  # once, however often it is tried again
                _log.warning("the newest index cannot be taken up, the one before goes on answering: %s", error)
            self.problem = error
            self._again = time.monotonic() + SECONDS_TO_NEXT_TRY
