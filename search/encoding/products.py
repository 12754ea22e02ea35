"""Rows multiplied by one vector, in one thread: many people ask at once, and other threads would be waited for."""

from __future__ import annotations

import numpy as np


def inner_products(rows: np.ndarray, vector: np.ndarray) -> np.ndarray:
    """Multiply rows by one vector.

    NumPy's own ``@`` shares a product of this size among all processors: it is quicker where nothing else is at work,
    and takes many times as long where one of them is (docs/decisions/0006-size-and-faults.md).

    Args:
        rows: Shape (n, dim).
        vector: Shape (dim,).

    Returns:
        Float32, shape (n,).

    Raises:
        ValueError: The vector is of another length than the rows.
    """
    if rows.shape[1:] != vector.shape:  # a vector of one number would be taken for all
        raise ValueError(f"rows of {rows.shape[1]} numbers cannot be multiplied by a vector of shape {vector.shape}")
    rows, vector = rows.astype(np.float32, copy=False), vector.astype(np.float32, copy=False)
    products: np.ndarray = np.einsum("ij,j->i", rows, vector)
    return products
