"""Rows multiplied by one vector, in one thread: many people ask at once, and other threads would be waited for."""

from __future__ import annotations

import faiss
import numpy as np


def inner_products(rows: np.ndarray, vector: np.ndarray) -> np.ndarray:
    """Multiply rows by one vector as FAISS does.

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
    if rows.shape[1:] != vector.shape:  # FAISS would read on behind the shorter one
        raise ValueError(f"rows of {rows.shape[1]} numbers cannot be multiplied by a vector of shape {vector.shape}")
    rows, vector = np.ascontiguousarray(rows, dtype=np.float32), np.ascontiguousarray(vector, dtype=np.float32)
    products = np.empty(len(rows), dtype=np.float32)
    if len(rows):
        pointers = [faiss.swig_ptr(one) for one in (products, vector, rows)]
        faiss.fvec_inner_products_ny(*pointers, rows.shape[1], len(rows))
    return products
