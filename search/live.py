"""Follow an index: a long-lived process answers from the newest one without a restart."""

from __future__ import annotations

import threading
from pathlib import Path

from search.encoder import Encoder
from search.errors import SearchIndexError
from search.index import current_version, load_index
from search.searcher import Searcher


class LiveSearcher:
    """Gives the searcher of the index in use. Safe to share between threads.

    A query asked of one `Searcher` is answered from one index from beginning to end. While a new index is being loaded,
    and when it cannot be, the one before goes on answering.

    Attributes:
        problem: Why the newest index is not the one that answers; None when it is.
    """

    def __init__(self, folder: Path, encoder: Encoder) -> None:
        """Open the index.

        Args:
            folder: Of the index.
            encoder: For the queries; an index made with another is not taken up.

        Raises:
            SearchIndexError: There is no index to begin with, or it cannot be used.
        """
        self.problem: SearchIndexError | None = None
        self._folder, self._encoder = folder, encoder
        self._lock = threading.Lock()
        self._seen = current_version(folder)
        self._searcher = Searcher(load_index(folder, encoder), encoder)

    @property
    def searcher(self) -> Searcher:
        """The searcher of the newest index that could be loaded; the check is the reading of one small file."""
        if self._lock.acquire(blocking=False):  # while another thread loads, the one before answers
            try:
                self._follow()
            finally:
                self._lock.release()
        return self._searcher

    def _follow(self) -> None:
        try:
            newest = current_version(self._folder)
            if newest == self._seen:
                return
            self._seen = newest
            self._searcher = Searcher(load_index(self._folder, self._encoder), self._encoder)
            self.problem = None
        except SearchIndexError as error:
            self.problem = error
