"""What situations teach of which entries answer: kernel ridge regression over the vectors of their texts.

A new situation is answered by the entries of those it is like, each counting as much as it tells more than the others.

Source:
    Saunders, Gammerman and Vovk, Ridge Regression Learning Algorithm in Dual Variables, 1998 (by scikit-learn).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

ALPHA = 0.5
"""Penalty: how little one situation alone may decide."""

FIRST, OTHERS = 1.0, 0.6
"""What the entry a situation was told for is worth, and the others that answer it."""


def likeness(cosines: np.ndarray) -> np.ndarray:
    """Return the kernel of cosines: their square, 0 for those below 0; the same shape."""
    positive: np.ndarray = np.maximum(cosines, 0.0) ** 2
    return positive


def learn_answers(vectors: np.ndarray, answers: Sequence[Sequence[str]], ids: Sequence[str]) -> np.ndarray:
    """Learn which entries answer a vector.

    Args:
        vectors: Unit rows of the situations, shape (n, dim).
        answers: Of each, the entries that answer it, the one it was told for first; none when the library has no
            answer. Ids that are not in ``ids`` are passed over.
        ids: Of the entries.

    Returns:
        Weights, float16, shape (n, n_entries). ``likeness(vectors @ query) @ weights`` says how likely each entry is
        to answer a query: about 0 for one that does not, 1 for one that was told of in such words.
    """
    if not len(vectors):
        return np.zeros((0, len(ids)), dtype=np.float16)
    from sklearn.kernel_ridge import KernelRidge  # only needed to learn

    number: Mapping[str, int] = {name: n for n, name in enumerate(ids)}
    wanted = np.zeros((len(vectors), len(ids)), dtype=np.float32)
    for row, names in enumerate(answers):
        for place, name in enumerate(names):
            if name in number:
                wanted[row, number[name]] = OTHERS if place else FIRST
    model = KernelRidge(alpha=ALPHA, kernel="precomputed").fit(likeness(vectors @ vectors.T), wanted)
    return np.asarray(model.dual_coef_, dtype=np.float16)
