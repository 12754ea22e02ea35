"""Vectors in 8 bits: each number a whole one, -127 to 127, where the largest of its vector is 127.

Vectors of unit length need no scale beside them: their length is known.
"""

from __future__ import annotations

import numpy as np

from .unit_rows import unit_rows

LARGEST = 127


def codes_of(vectors: np.ndarray) -> np.ndarray:
    """Write unit rows in 8 bits.

    Args:
        vectors: Shape (n, dim); a row of zeros stays one.

    Returns:
        The codes, int8, the same shape. Those of `vectors_of` some codes are these codes.
    """
    largest = np.maximum(np.abs(vectors).max(axis=1, initial=0.0, keepdims=True), 1e-12)
    codes: np.ndarray = np.rint(vectors * (LARGEST / largest)).astype(np.int8)
    return codes


def vectors_of(codes: np.ndarray) -> np.ndarray:
    """Return the unit rows that codes stand for, float32; both shape (n, dim)."""
    return unit_rows(codes.astype(np.float32))


def rounded(vectors: np.ndarray) -> np.ndarray:
    """Return what is left of unit rows in 8 bits, as unit rows, float32; both shape (n, dim)."""
    return vectors_of(codes_of(vectors))
