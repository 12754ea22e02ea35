"""One build of an index at a time, and who is at it."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

from filelock import FileLock, Timeout

from ..errors import IndexBusyError


@contextmanager
def build_lock(folder: Path) -> Iterator[None]:
    """Hold the right to build an index; the system gives it back when the process ends, however it ends.

    Args:
        folder: Of the index; made when it is not there.

    Raises:
        IndexBusyError: Another process, or another thread, holds it.
        OSError: The folder cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    holder = folder / "build.holder"
    try:
        with FileLock(folder / "build.lock", timeout=0, is_singleton=False):
            since = datetime.now().astimezone().isoformat(timespec="seconds")
            holder.write_text(f"process {os.getpid()} on {socket.gethostname()} since {since}", encoding="utf-8")
            try:
                yield
            finally:
                holder.unlink(missing_ok=True)
    except Timeout as error:
        raise IndexBusyError(folder, _read(holder)) from error


def _read(holder: Path) -> str:
    with suppress(OSError, UnicodeDecodeError):
        return holder.read_text(encoding="utf-8").strip()
    return ""
