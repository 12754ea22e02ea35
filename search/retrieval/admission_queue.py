"""AdmissionQueue: so many questions are answered at once, the others wait in the order they came."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from ..errors import BusyError

NOTIFY_EVERY = 0.5
"""Seconds after which somebody who waits is told how many are before them."""


class AdmissionQueue:
    """A queue in front of something that takes time. Safe to share between threads."""

    def __init__(self, at_once: int, patience: float) -> None:
        """Open the queue.

        Args:
            at_once: How many may be served at the same time.
            patience: Seconds anybody waits at most.
        """
        self._at_once, self._patience = at_once, patience
        self._served = 0
        self._waiting: deque[object] = deque()
        self._changed = threading.Condition()

    @contextmanager
    def turn(self, tell: Callable[[int], None] | None = None) -> Iterator[None]:
        """Wait for a turn, and have it for the length of a ``with`` block.

        Args:
            tell: Told every NOTIFY_EVERY seconds how many are served before.

        Raises:
            BusyError: The turn did not come in time.
        """
        self._wait(tell)
        try:
            yield
        finally:
            with self._changed:
                self._served -= 1
                self._changed.notify_all()

    def _wait(self, tell: Callable[[int], None] | None) -> None:
        ticket, until = object(), time.monotonic() + self._patience
        with self._changed:
            self._waiting.append(ticket)
        try:
            while (before := self._before(ticket)) is not None:
                if time.monotonic() >= until:
                    raise BusyError(before)
                if tell:
                    tell(before)
        except BaseException:
            self._leave(ticket)
            raise

    def _before(self, ticket: object) -> int | None:
        """Take a turn that is free, waiting a little for one; return how many are before, or None with the turn."""
        with self._changed:
            if self._changed.wait_for(lambda: self._may(ticket), min(NOTIFY_EVERY, self._patience)):
                self._waiting.popleft()
                self._served += 1
                self._changed.notify_all()  # there may be room for the next one too
                return None
            return self._waiting.index(ticket) + self._served

    def _may(self, ticket: object) -> bool:
        return self._served < self._at_once and self._waiting[0] is ticket

    def _leave(self, ticket: object) -> None:
        """Leave the queue without a turn."""
        with self._changed:
            self._waiting.remove(ticket)
            self._changed.notify_all()
