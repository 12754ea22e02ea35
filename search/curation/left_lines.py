"""What people leave for the editors with their consent: JSON lines in a file for its owner only, within limits."""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from filelock import FileLock

from ..errors import SHOWN, NeedsFullError, Problem
from ..library.jsonl import read_items

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

_log = logging.getLogger(__name__)

OWNER_ONLY = 0o600
"""Mode of the file: what people wrote is for the editors."""

LOCK_SECONDS = 10
"""Seconds to wait while somebody else's line is written."""

T = TypeVar("T", bound="DataclassInstance")


@dataclass(frozen=True)
class LeftLines(Generic[T]):
    """What one kind of thing that people leave is: how it is read, what counts as the same, and how much is kept.

    Attributes:
        what: What they are, for errors.
        lines: What the lines of the file are, for the log.
        make: Makes one of what a line says, once it has no fault.
        faults: Says what is wrong with what a line says.
        said: What two have in common that say the same.
        most: Lines from which on nothing more is kept.
        largest: Bytes of the file from which on nothing more is kept.
    """

    what: str
    lines: str
    make: Callable[..., T]
    faults: Callable[[Mapping[str, Any]], Iterable[str]]
    said: Callable[[T], object]
    most: int
    largest: int

    def leave(self, path: Path, item: T) -> T:
        """Add a line to the file, which is made when missing, unless the same is there.

        Args:
            path: JSON lines.
            item: What is left, a dataclass of texts.

        Returns:
            What was written; what is there already, where it is.

        Raises:
            NeedsFullError: A limit is reached.
            OSError: The file cannot be written.
        """
        with _alone(path):
            if path.exists() and path.stat().st_size >= self.largest:
                raise NeedsFullError(self.most, self.what)
            kept, problems = self._read(path)
            for one in kept:
                if self.said(one) == self.said(item):
                    return one
            if len(kept) + len(problems) >= self.most:
                raise NeedsFullError(self.most, self.what)
            _append(path, json.dumps(asdict(item), ensure_ascii=False))
        return item

    def read(self, path: Path) -> tuple[T, ...]:
        """Read what was left, latest first; none without a file. Lines that cannot be read hide no others."""
        left, problems = self._read(path)
        if problems:  # which lines, and never what is in them: the log is that of an editor's computer
            first = ", ".join(str(problem.line) for problem in problems[:SHOWN])
            _log.warning("%s: %d lines are no %s, the first: %s", path, len(problems), self.lines, first)
        return tuple(reversed(left))

    def problems(self, path: Path) -> tuple[Problem, ...]:
        """Return what is wrong with the lines of the file that cannot be read, in order."""
        return self._read(path)[1]

    def _read(self, path: Path) -> tuple[tuple[T, ...], tuple[Problem, ...]]:
        """Return what is in a file, in its order, and what is wrong with the other lines."""
        if not path.exists():
            return (), ()
        items, problems = read_items(path, self.faults, lambda row: self.make(**row))
        return tuple(items.values()), tuple(sorted(problems))


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
    return FileLock(path.with_name(f"{path.name}.lock"), timeout=LOCK_SECONDS, mode=OWNER_ONLY)


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
