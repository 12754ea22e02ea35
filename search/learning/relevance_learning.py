"""Learn from training queries which entries answer a text: kernel ridge regression over vectors and letters.

All texts of training queries teach, and each is compared with the landmarks: of many training queries, the mean
direction of the tellings of each, which is nearer to what is meant than one telling is.

Source:
    Saunders, Gammerman and Vovk, Ridge Regression Learning Algorithm in Dual Variables, 1998 (by scikit-learn).
    Williams and Seeger, Using the Nyström Method to Speed Up Kernel Machines, 2001 (landmarks).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from .character_grams import FEWEST, GRAMS, CharacterGrams
from .relevance_weights import RelevanceWeights, digest_of

if TYPE_CHECKING:
    from scipy.sparse import csr_array

ALPHA = 1.0
"""Penalty: how little one training query alone may decide."""

LETTERS = 1.0
"""What being spelt alike counts, where being alike in meaning counts 1."""

NEAR = 0.2
"""Cosine from which on a query is like a landmark at all: few are, and only they need to be added up."""

FIRST, OTHERS = 1.0, 0.6
"""What the entry a training query was written for is worth, and the others that answer it."""

SMOOTHING, RARE = 0.5, 10
"""What an entry gains by those it often answers with (item-item smoothing); training queries added to each count, so
that few prove little."""

TOGETHER = 1_000
"""Entries whose cosines with all others are in memory at once; training queries whose likeness to all landmarks is."""

STEADY = 1e-2
"""Added to what is solved for landmarks, whose likenesses are known to 32 bits only."""

Landmarks = Sequence[Sequence[int]]
"""Of each landmark, the rows of the texts whose mean it is, in meaning and in letters."""


def learn(
    vectors: np.ndarray,
    texts: Sequence[str],
    answers: Sequence[Sequence[str]],
    ids: Sequence[str],
    *,
    landmarks: Landmarks | None = None,
) -> RelevanceWeights:
    """Learn what takes long to learn.

    Args:
        vectors: Unit rows of the texts, shape (n, dim).
        texts: Of the training queries, every telling.
        answers: Of each, the entries that answer it, the one it was written for first; none when the library has
            no answer. Ids that are not in ``ids`` are passed over.
        ids: Of the entries.
        landmarks: What a query is compared with; each text when None.
    """
    letters, spelt = CharacterGrams.fit(texts)
    known, marks = known_rows(answers, ids), each(texts, landmarks)
    middles, their_letters = _middles(vectors, marks), middle_grams(spelt, marks)
    weights = np.zeros((len(known) + 1, len(marks)), dtype=np.float32)
    if len(texts):
        kernel, wanted = _kernel(vectors, spelt, middles, their_letters), _wanted(answers, [ids[row] for row in known])
        exact = [tuple(rows) for rows in marks] == [(row,) for row in range(len(texts))]
        dual = _solve(kernel, wanted, None if exact else _kernel(middles, their_letters, middles, their_letters))
        weights = np.ascontiguousarray(dual.T, dtype=np.float32)
    return RelevanceWeights(letters.grams, letters.idf, middles, weights)


def learned_from(
    encoder: str,
    texts: Sequence[str],
    answers: Sequence[Sequence[str]],
    ids: Sequence[str],
    landmarks: Landmarks,
) -> str:
    """Return what tells whether `learn` would learn the same: a digest of all it reads; arguments as there."""
    settings = [ALPHA, LETTERS, NEAR, FIRST, OTHERS, SMOOTHING, RARE, STEADY, *GRAMS, FEWEST]
    known = [ids[row] for row in known_rows(answers, ids)]
    return digest_of(encoder, settings, list(texts), list(answers), known, list(map(list, landmarks)))


def likeness(cosines: np.ndarray) -> np.ndarray:
    """Return the kernel of cosines: 0 up to NEAR, the square of the way from there to 1 beyond; the same shape."""
    above: np.ndarray = np.maximum(cosines - NEAR, 0.0) / (1.0 - NEAR)
    return above**2


def each(texts: Sequence[str], landmarks: Landmarks | None) -> Landmarks:
    """Return the landmarks; where none are chosen, each text is one."""
    return [(row,) for row in range(len(texts))] if landmarks is None else landmarks


def known_rows(answers: Sequence[Sequence[str]], ids: Sequence[str]) -> np.ndarray:
    """Return the rows of the entries that training queries name, rising, shape (n_known,)."""
    named = {name for names in answers for name in names}
    return np.array([row for row, name in enumerate(ids) if name in named], dtype=np.int32)


def middle_grams(spelt: csr_array, landmarks: Landmarks) -> csr_array:
    """Return the mean letters of each landmark, in unit rows, shape (n, n_grams), of those of the texts."""
    from scipy.sparse import csr_array

    rows = np.array([row for rows in landmarks for row in rows], dtype=np.int32)
    ends = np.cumsum([0, *map(len, landmarks)])
    members = csr_array((np.ones(len(rows), dtype=np.float32), rows, ends), shape=(len(landmarks), spelt.shape[0]))
    sums = csr_array(members @ spelt)
    if not sums.nnz:
        return sums
    from sklearn.preprocessing import normalize  # takes a second to import

    return csr_array(normalize(sums, copy=False))


def _middles(vectors: np.ndarray, landmarks: Landmarks) -> np.ndarray:
    """Return the mean direction of each landmark, float32, shape (n, dim)."""
    means = [vectors[list(rows)].mean(axis=0) for rows in landmarks]
    units = [mean / max(float(np.linalg.norm(mean)), 1e-12) for mean in means]
    return np.array(units, dtype=np.float32).reshape(len(landmarks), vectors.shape[1])


def _kernel(vectors: np.ndarray, letters: csr_array, middles: np.ndarray, their_letters: csr_array) -> np.ndarray:
    """Say how like each text is to each landmark, in meaning and letters, shape (n, n_marks)."""
    kernel, columns = likeness(vectors @ middles.T), their_letters.T
    for start in range(0, len(vectors), TOGETHER):
        part = slice(start, start + TOGETHER)
        kernel[part] += LETTERS * (letters[part] @ columns).toarray()
    return kernel


def _solve(kernel: np.ndarray, wanted: np.ndarray, among: np.ndarray | None) -> np.ndarray:
    """Return what each landmark says of each entry, shape (n_marks, n_entries + 1).

    Args:
        kernel: Of each text with each landmark, shape (n, n_marks).
        wanted: What should come out for each text, shape (n, n_entries + 1).
        among: Of each landmark with each other, shape (n_marks, n_marks); None where the texts are the landmarks.
    """
    if among is None:
        matrix, right = kernel.astype(np.float64), wanted.astype(np.float64)
        matrix[np.diag_indices_from(matrix)] += ALPHA
    else:
        matrix, right = (kernel.T @ kernel).astype(np.float64), (kernel.T @ wanted).astype(np.float64)
        matrix += ALPHA * among
        matrix[np.diag_indices_from(matrix)] += STEADY
    return _solved(matrix, right)


def _solved(matrix: np.ndarray, right: np.ndarray) -> np.ndarray:
    """Solve for a positive definite matrix, shape (n, n), which is overwritten, and right sides, shape (n, m).

    PyTorch's LAPACK does it: SciPy's (OpenBLAS) ends the process from some 15,600 rows on.
    """
    import torch  # takes a second to import

    factor = torch.from_numpy(matrix)
    torch.linalg.cholesky(factor, out=factor)
    solved: np.ndarray = torch.cholesky_solve(torch.from_numpy(right), factor).numpy()
    return solved


def _wanted(answers: Sequence[Sequence[str]], ids: Sequence[str]) -> np.ndarray:
    """Return what should come out for each training query, shape (n, n_entries + 1), of the entries with some ids."""
    row_of: Mapping[str, int] = {name: n for n, name in enumerate(ids)}
    wanted = np.zeros((len(answers), len(ids) + 1), dtype=np.float32)
    for row, names in enumerate(answers):
        wanted[row, -1] = 0.0 if names else 1.0
        for rank, name in enumerate(names):
            if name in row_of:
                wanted[row, row_of[name]] = OTHERS if rank else FIRST
    named, gaining = (wanted[:, :-1] > 0).astype(np.float32), SMOOTHING * wanted[:, :-1]
    for start in range(0, len(ids), TOGETHER):
        part = slice(start, min(start + TOGETHER, len(ids)))
        wanted[:, part] += gaining @ _item_cosines(named, part)
    return wanted


def _item_cosines(named: np.ndarray, part: slice) -> np.ndarray:
    """Say how often entries answer the same queries, as the cosine of their columns; 0 for an entry with itself.

    Args:
        named: 1 where a query names an entry, else 0, shape (n, n_entries).
        part: Of the entries, that the others are compared with.

    Returns:
        Shape (n_entries, n_part).

    Nobody names every entry that answers a query: those that usually go with the named ones are worth something.

    Source:
        Sarwar, Karypis, Konstan and Riedl, Item-Based Collaborative Filtering Recommendation Algorithms, 2001.
    """
    together, counts = named.T @ named[:, part], named.sum(axis=0) + RARE
    cosines: np.ndarray = together / np.sqrt(np.outer(counts, counts[part]))
    np.fill_diagonal(cosines[part], 0.0)
    return cosines
