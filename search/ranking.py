"""From passage scores to entry scores: pure functions over arrays."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

BEST_WEIGHTS = (1.0, 0.3, 0.1)
"""What the best, second and third passage of a text count for."""

WORD_WEIGHT = 0.15
"""How far words move a text inside its language: this times its share of the best word score, on the cosine scale."""


def text_scores(passage_scores: np.ndarray, members: np.ndarray, weights: Sequence[float] = BEST_WEIGHTS) -> np.ndarray:
    """Score each text (one entry in one language) by its best passages.

    Args:
        passage_scores: Shape (n_passages,); -inf for a passage that may not answer.
        members: Passage numbers of each text, shape (n_texts, most), padded with -1.
        weights: Of the best passage, the second...

    Returns:
        The weighted mean of the best scores, shape (n_texts,); the mean runs over the passages a text has, and
        is -inf for a text with none that may answer.
    """
    padded = np.append(passage_scores, -np.inf)[members]
    best = -np.sort(-padded, axis=1)[:, : len(weights)]
    weight = np.where(np.isfinite(best), np.asarray(weights)[: best.shape[1]], 0.0)
    total = weight.sum(axis=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        mean = (np.where(np.isfinite(best), best, 0.0) * weight).sum(axis=1) / total
    return np.where(total > 0, mean, -np.inf)


def reorder_by_words(meaning: np.ndarray, words: np.ndarray, weight: float = WORD_WEIGHT) -> np.ndarray:
    """Let words change the order of the texts of one language, and nothing else.

    The texts are ordered by meaning plus ``weight`` times their share of the best word score; then the scores
    by meaning, best first, are handed out in that order. The set of scores stays what it was, so that a
    language in which the query's words occur gains no advantage over the other.

    Args:
        meaning: Cosines, shape (n_texts,), -inf for a text that may not answer.
        words: Word scores of the same texts, 0 or more.
        weight: See above.

    Returns:
        Shape (n_texts,).
    """
    top = words.max(initial=0.0)
    if top <= 0:
        return meaning.copy()
    order = np.argsort(-(meaning + weight * words / top), kind="stable")
    scores = np.empty_like(meaning)
    scores[order] = -np.sort(-meaning)
    return scores


def best_per_entry(scores: np.ndarray, entry_of: np.ndarray, n_entries: int) -> np.ndarray:
    """Count the translations of an entry once: its score is that of its best text.

    Args:
        scores: Of each text, shape (n_texts,).
        entry_of: Entry number of each text, shape (n_texts,).
        n_entries: How many entries there are.

    Returns:
        Shape (n_entries,), -inf for an entry without a text that may answer.
    """
    best = np.full(n_entries, -np.inf, dtype=scores.dtype)
    np.maximum.at(best, entry_of, scores)
    return best
