"""Looking for garbage while an index is made: for a process that does nothing else meanwhile to switch off."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """Do not look for garbage meanwhile: what a build makes stays to its end, and looking costs time.

    A build of the shipped library took 20.2 and 21.5 s of a processor with it, 19.0 and 19.7 s without.

    This is of the whole process, so it is for a command, or a page nobody sees yet; `search.build` leaves it alone.
    """
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()
