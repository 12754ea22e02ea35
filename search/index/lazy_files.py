"""Arrays and lines of an index as they lie on the disk: small ones are read, large ones stay there until asked for."""

from __future__ import annotations

import json
import mmap
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar, overload

import numpy as np

LARGE = 64 * 2**20
"""Bytes from which a file is not read into memory: the system brings in what is asked for, and shares it."""


REMEMBERED = 10_000
"""Lines of a large file that are kept once read."""


T = TypeVar("T")


def load_array(path: Path) -> np.ndarray:
    """Read an array of any shape that `numpy.save` wrote, without pickles; a large one cannot be changed."""
    large = path.stat().st_size >= LARGE
    array: np.ndarray = np.load(path, allow_pickle=False, mmap_mode="r" if large else None)
    return array


def load_lines(path: Path, read: Callable[[Any], T]) -> Sequence[T]:
    """Read a JSON Lines file.

    Args:
        path: The file.
        read: Makes an item of what a line holds.

    Returns:
        The items: a tuple, or for a large file a sequence that reads an item when it is asked for.
    """
    if path.stat().st_size >= LARGE:
        return LazyLines(path, read)
    with path.open(encoding="utf-8") as lines:
        return tuple(read(json.loads(line)) for line in lines)


class LazyLines(Sequence[T]):
    """The items of a JSON Lines file, each read when it is asked for. Safe to share between threads."""

    def __init__(self, path: Path, read: Callable[[Any], T]) -> None:
        """Find the lines.

        Args:
            path: The file, not empty; it may be removed but not changed.
            read: Makes an item of what a line holds.
        """
        with path.open("rb") as file:
            self._bytes = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        ends = np.flatnonzero(np.frombuffer(self._bytes, dtype=np.uint8) == ord("\n"))
        self._starts = np.concatenate([[0], ends + 1])
        self._read = read
        self._item = lru_cache(REMEMBERED)(self._line)

    def __len__(self) -> int:
        """Count the lines."""
        return len(self._starts) - 1

    @overload
    def __getitem__(self, n: int) -> T: ...

    @overload
    def __getitem__(self, n: slice) -> tuple[T, ...]: ...

    def __getitem__(self, n: int | slice) -> T | tuple[T, ...]:
        """Read one item, or some of them."""
        if isinstance(n, slice):
            return tuple(map(self._item, range(*n.indices(len(self)))))
        return self._item(range(len(self))[n])

    def __iter__(self) -> Iterator[T]:
        """Read every item in order; none is kept."""
        return (self._line(n) for n in range(len(self)))

    def _line(self, n: int) -> T:
        return self._read(json.loads(self._bytes[self._starts[n] : self._starts[n + 1]]))
