"""Vectors of unit length: an inner product of two is their cosine similarity."""

from __future__ import annotations

import numpy as np

NOTHING = 1e-12
"""Length below which a vector counts as none: it stays as short as it is."""


def unit_rows(rows: np.ndarray) -> np.ndarray:
    """Give rows unit length; rows of zeros stay zeros.

    Args:
        rows: Any floats, shape (n, dim).

    Returns:
        Of the same type and shape.
    """
    unit: np.ndarray = rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), NOTHING)
    return unit
