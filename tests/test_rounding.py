"""Vectors in 8 bits, by hand."""

from __future__ import annotations

import numpy as np
import pytest

from search.encoding.rounding import codes_of, rounded, vectors_of


def test_the_largest_number_is_127_and_the_others_are_told_by_it() -> None:
    vectors = np.array([[0.6, -0.8, 0.0], [1.0, 0.0, 0.0]], dtype=np.float32)
    assert codes_of(vectors).tolist() == [[95, -127, 0], [127, 0, 0]]  # 0.6 / 0.8 x 127 = 95.25
    assert codes_of(vectors).dtype == np.int8


def test_what_codes_stand_for_has_unit_length() -> None:
    codes = np.array([[3, 4], [0, -127]], dtype=np.int8)
    assert vectors_of(codes).tolist() == [[pytest.approx(0.6), pytest.approx(0.8)], [0.0, -1.0]]


def test_zeros_stay_zeros() -> None:
    assert rounded(np.zeros((1, 3), dtype=np.float32)).tolist() == [[0.0, 0.0, 0.0]]


def test_none_gives_none() -> None:
    assert rounded(np.zeros((0, 3), dtype=np.float32)).shape == (0, 3)


def test_rounding_again_changes_nothing() -> None:
    drawn = np.random.default_rng(0).normal(size=(500, 384)).astype(np.float32)
    codes = codes_of(drawn / np.linalg.norm(drawn, axis=1, keepdims=True))
    assert (codes_of(vectors_of(codes)) == codes).all()


def test_little_of_a_direction_is_lost() -> None:
    drawn = np.random.default_rng(0).normal(size=(500, 384)).astype(np.float32)
    unit = drawn / np.linalg.norm(drawn, axis=1, keepdims=True)
    assert float((unit * rounded(unit)).sum(axis=1).min()) > 0.9999
