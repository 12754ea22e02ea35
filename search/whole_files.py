"""Files of which a reader sees the one before or the new one, never a part, whenever the computer stops."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

USUAL_MODE = 0o666
"""Who may read a new file, before the umask has its say."""

BEGINNING = 20
"""Characters of the name of a file that the one written beside it begins with, after a dot."""

_BINARY: int = getattr(os, "O_BINARY", 0)
"""On Windows, bytes are written as they are."""


@contextmanager
def written_whole(path: Path, *, mode: int = USUAL_MODE) -> Iterator[BinaryIO]:
    """Write a file beside its place; when the body ends well it is flushed to disk and put there, else it is gone.

    A link stays one: the file it leads to is written. What is no file of a disk (a pipe, a terminal) is written to as
    it is.

    Args:
        path: Of the file, in a folder that is there.
        mode: Who may read it, the umask applied.

    Yields:
        What the body writes to.

    Raises:
        OSError: It cannot be written; what was there stays. It names this file, not the one beside it.
    """
    if path.exists() and not path.is_file():
        with path.open("wb") as file:
            yield file
        return
    place = Path(os.path.realpath(path))
    beside = place.with_name(f".{place.name[:BEGINNING]}-{secrets.token_hex(4)}")
    try:
        with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY, mode), "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        beside.replace(place)
    except OSError as error:
        if error.errno is None or error.filename not in (None, str(beside), beside):
            raise
        raise OSError(error.errno, error.strerror, str(path)) from error
    finally:
        with suppress(NotADirectoryError):
            beside.unlink(missing_ok=True)
    flush(place.parent)


def write_whole(path: Path, content: bytes, *, mode: int = USUAL_MODE) -> None:
    """Write all of a file as `written_whole` does.

    Args:
        path: As there.
        content: All of it.
        mode: As there.

    Raises:
        OSError: It cannot be written; what was there stays.
    """
    with written_whole(path, mode=mode) as file:
        file.write(content)


def flush(path: Path) -> None:
    """Ask the system to put a file or folder on the disk (folders: where the system can)."""
    try:
        descriptor = os.open(path, os.O_RDONLY)
    except PermissionError:  # Windows opens no folder
        return
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
