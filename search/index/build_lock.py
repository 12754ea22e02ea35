"""One build of an index at a time, who is at it, and how far they are."""

from __future__ import annotations

import logging
import os
import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from filelock import FileLock, Timeout

from ..encoding.embedding_cache import Progress
from ..errors import IndexBusyError

_log = logging.getLogger(__name__)

SECONDS_WITHOUT_PROGRESS = 30 * 60
"""Seconds somebody who waits for a build of others waits while it comes no further."""

SECONDS_BETWEEN_LOOKS = 0.2
"""Seconds between two looks at the lock."""


@dataclass(frozen=True)
class Holder:
    """Whoever builds.

    Attributes:
        name: Process, machine and since when; empty when that is not known.
        progress: How many texts are done and how many there are; None when that is not known.
    """

    name: str = ""
    progress: tuple[int, int] | None = None

    def write(self, file: Path) -> None:
        """Tell others; it is no fault when that cannot be."""
        with suppress(OSError):
            file.write_text(f"{self.name}\n" + " ".join(map(str, self.progress or ())), encoding="utf-8")

    @classmethod
    def read(cls, file: Path) -> Holder:
        """Read what `write` wrote, as far as it can be read."""
        with suppress(OSError, ValueError):
            name, _, numbers = file.read_text(encoding="utf-8").partition("\n")
            found = [int(number) for number in numbers.split()]
            return cls(name.strip(), (found[0], found[1]) if len(found) == 2 else None)
        return cls()


@contextmanager
def build_lock(folder: Path, *, patience: float = 0.0, waiting: Progress | None = None) -> Iterator[Progress]:
    """Hold the right to build an index; the system gives it back when the process ends, however it ends.

    Args:
        folder: Of the index; made when it is not there.
        patience: Seconds that others who hold it are waited for while they come no further.
        waiting: Called meanwhile with how far they are.

    Yields:
        What tells others how far this build is.

    Raises:
        IndexBusyError: Another process, or another thread, holds it.
        OSError: The folder cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "build.holder"
    with ExitStack() as held:
        _acquire(folder, file, patience, waiting, held)
        since = datetime.now().astimezone().isoformat(timespec="seconds")
        name = f"process {os.getpid()} on {socket.gethostname()} since {since}"
        Holder(name).write(file)
        try:
            yield lambda done, total: Holder(name, (done, total)).write(file)
        finally:
            file.unlink(missing_ok=True)


def _acquire(folder: Path, file: Path, patience: float, waiting: Progress | None, held: ExitStack) -> None:
    """Take the lock, waiting for whoever holds it as long as they come further."""
    seen, until = None, time.monotonic() + patience
    while True:
        try:
            held.enter_context(FileLock(folder / "build.lock", timeout=0, is_singleton=False))
        except Timeout as error:
            holder = Holder.read(file)
            if time.monotonic() >= until and holder == seen:
                raise IndexBusyError(folder, holder.name) from error
            if seen is None:
                _log.info("the index in %s is being built by %s: it is waited for", folder, holder.name or "others")
            if holder != seen:
                seen, until = holder, time.monotonic() + patience
            if waiting and holder.progress:
                waiting(*holder.progress)
            time.sleep(min(SECONDS_BETWEEN_LOOKS, patience))
        else:
            return
