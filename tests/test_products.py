"""Rows multiplied by one vector, however they are kept."""

from __future__ import annotations

import numpy as np
import pytest

from search.encoding.products import inner_products


def test_rows_are_multiplied_however_they_are_kept() -> None:
    rows = np.array([[1.0, 2.0], [3.0, -4.0], [0.5, 0.0]])
    for kept in (rows, rows.astype(np.float16), np.asfortranarray(rows), np.repeat(rows, 2, axis=0)[::2]):
        products = inner_products(kept, np.array([2.0, 1.0]))
        assert (products.dtype, products.tolist()) == (np.float32, [4.0, 2.0, 1.0])
    assert inner_products(rows[:0], np.array([2.0, 1.0])).tolist() == []


@pytest.mark.parametrize("vector", [np.ones(3), np.ones(1), np.ones((1, 2))], ids=["longer", "shorter", "two axes"])
def test_a_vector_of_another_shape_is_refused(vector: np.ndarray) -> None:
    with pytest.raises(ValueError, match="rows of 2 numbers"):
        inner_products(np.ones((4, 2)), vector)
