"""A file cut in pieces where its bytes say so: after a small change nearly all pieces are those of before.

Source:
    Muthitacharoen, Chen and Mazières, A Low-bandwidth Network File System, 2001, section 3.1: boundaries that depend on
    what is around them only, so that bytes put in or taken out move no other boundary.
"""

from __future__ import annotations

import mmap
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import numpy as np

LEAST, MOST = 64 * 2**10, 4 * 2**20
"""Bytes of a piece, but for the last of a file, which may be shorter."""

WINDOW = 64
"""Bytes behind a line feed that decide whether a piece ends at it."""

ONE_OF = 512
"""Of so many line feeds one ends a piece; a power of two."""

BLOCK = 16 * 2**20
"""Bytes that are looked through at once."""

_ODD = np.random.default_rng(0).integers(2**63, size=WINDOW // 8, dtype=np.uint64) * np.uint64(2) + np.uint64(1)


def pieces(path: Path) -> Iterator[bytes]:
    """Give the pieces of a file in order; of an empty one, one that is empty."""
    if not path.stat().st_size:
        yield b""
        return
    with path.open("rb") as file, closing(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)) as held:
        start = 0
        for end in _ends(held):
            yield held[start:end]
            start = end


def _ends(held: mmap.mmap) -> Iterator[int]:
    """Give where pieces end, rising, the end of the file last."""
    start, size = 0, len(held)
    for end in [*_boundaries(held), size]:
        while end - start > MOST:
            start += MOST
            yield start
        if end - start >= LEAST or end == size:
            start = end
            yield end


def _boundaries(held: mmap.mmap) -> list[int]:
    """Return where a piece may end, rising: behind line feeds that what follows picks out."""
    found: list[int] = []
    for start in range(0, len(held), BLOCK):
        some = np.frombuffer(held[start : start + BLOCK + WINDOW], dtype=np.uint8)
        at = np.flatnonzero(some[:BLOCK] == ord("\n")) + 1
        at = at[at + WINDOW <= len(some)]
        if len(at):
            following = np.lib.stride_tricks.sliding_window_view(some, WINDOW)[at].view(np.uint64)
            mixed = (following * _ODD).sum(axis=1, dtype=np.uint64)
            chosen = mixed >> np.uint64(64 - ONE_OF.bit_length() + 1) == 0
            found += (start + at[chosen]).tolist()
    return found
