"""What people leave for the editors with their consent: JSON lines in a file for its owner only, within limits."""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

from filelock import FileLock

from ..errors import SHOWN, NeedsFullError, Problem
from ..library.jsonl import read_items

OWNER_ONLY = 0o600
"""Mode of the file: what people wrote is for the editors."""

PATIENCE = 10
"""Seconds to wait while somebody else's line is written."""

T = TypeVar("T")

Read = Callable[[Path], tuple[Sequence[T], Sequence[Problem]]]
"""Reads what is in a file, in order, and what is wrong with its other lines."""


def leave_line(
    path: Path, item: T, *, read: Read[T], same: Callable[[T, T], bool], most: int, largest: int, what: str
) -> T:
    """Add a line to the file, which is made when missing, unless the same is there.

    Args:
        path: JSON lines.
        item: What is left, a dataclass of texts.
        read: Reads the file.
        same: Says whether two items say the same.
        most: Lines from which on nothing more is kept.
        largest: Bytes from which on nothing more is kept.
        what: What they are, for the error.

    Returns:
        What was written; what is there already, where it is.

    Raises:
        NeedsFullError: A limit is reached.
        OSError: The file cannot be written.
    """
    with _alone(path):
        if path.exists() and path.stat().st_size >= largest:
            raise NeedsFullError(most, what)
        kept, problems = read(path)
        for one in kept:
            if same(one, item):
                return one
        if len(kept) + len(problems) >= most:
            raise NeedsFullError(most, what)
        _append(path, json.dumps(vars(item), ensure_ascii=False))
    return item


def read_whole(path: Path) -> bytes:
    """Return the file as it is, with no line half written; nothing without a file."""
    if not path.exists():
        return b""
    with _alone(path):
        return path.read_bytes()


def add_lines(path: Path, lines: Iterable[bytes]) -> int:
    """Add the lines that are not there, as they are, and say how many these were; what is there stays.

    Args:
        path: JSON lines; made when there is anything to add.
        lines: Of a copy of this file, of whatever release.

    Raises:
        OSError: The file cannot be written.
    """
    with _alone(path):
        there = {line.strip() for line in path.read_bytes().splitlines()} if path.exists() else set()
        missing = [line for line in dict.fromkeys(map(bytes.strip, lines)) if line and line not in there]
        for line in missing:
            _append(path, line.decode("utf-8", "surrogateescape"))
    return len(missing)


def _alone(path: Path) -> FileLock:
    """Return what one waits for before reading or changing a file that others change too."""
    path.parent.mkdir(parents=True, exist_ok=True)
    return FileLock(path.with_name(f"{path.name}.lock"), timeout=PATIENCE, mode=OWNER_ONLY)


def _append(path: Path, line: str) -> None:
    """Add a line of its own, also after one that was cut off; it is on the disk when this returns, or not there."""
    with os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, OWNER_ONLY), "rb+", buffering=0) as file:
        if hasattr(os, "fchmod"):
            os.fchmod(file.fileno(), OWNER_ONLY)  # one that was made before may be open to all
        size = file.seek(0, os.SEEK_END)
        file.seek(max(size - 1, 0))
        begun = b"\n" if file.read(1) not in {b"", b"\n"} else b""
        left = begun + line.encode("utf-8", "surrogateescape") + b"\n"
        try:
            while left:
                left = left[file.write(left) :]
            os.fsync(file.fileno())
        except BaseException:
            os.ftruncate(file.fileno(), size)
            raise


def log_problems(log: logging.Logger, path: Path, problems: Sequence[Problem], what: str) -> None:
    """Tell the log of an editor's computer which lines cannot be read, and never what is in them."""
    if problems:
        lines = ", ".join(str(problem.line) for problem in problems[:SHOWN])
        log.warning("%s: %d lines are no %s, the first: %s", path, len(problems), what, lines)


def read_left(
    path: Path, faults: Callable[[Mapping[str, Any]], Iterable[str]], make: Callable[[Mapping[str, Any]], T]
) -> tuple[tuple[T, ...], tuple[Problem, ...]]:
    """Return what is in a file, in its order, and what is wrong with the other lines; nothing without a file.

    Args:
        path: JSON lines.
        faults: Says what is wrong with an object.
        make: Makes the item of an object without a fault.
    """
    if not path.exists():
        return (), ()
    items, problems = read_items(path, faults, make)
    return tuple(items.values()), tuple(sorted(problems))
