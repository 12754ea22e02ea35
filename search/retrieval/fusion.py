"""From passage scores to entry scores: pure functions over arrays."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ..index.metadata import Runs

DEEPEST = 1_000
"""Texts of a language that words re-order: in a larger library, those nearest by meaning and words together."""

STOOD_OUT_FROM = 10
"""An entry stands out from the mean of so many best entries."""

STEEPNESS, HALF_MEANT, NO_ANSWER = 20.0, 0.025, 10.0
"""Of how likely an entry that few name is meant: steepness per cosine, how far it stands out where that is a half, and
how much it counts that training queries see no answer (docs/decisions/0010-what-people-type.md)."""


def text_scores(passage_scores: np.ndarray, members: np.ndarray, weights: Sequence[float]) -> np.ndarray:
    """Score each text (one entry in one language) by its best passages.

    Args:
        passage_scores: Shape (n_passages,); -inf for a passage that may not answer.
        members: Passage numbers of each text, shape (n_texts, most), padded with -1.
        weights: Of the best passage, the second...

    Returns:
        The weighted mean of the best scores, shape (n_texts,); the mean runs over the passages a text has, and
        is -inf for a text with none that may answer.
    """
    of_passages = np.append(passage_scores, -np.inf)[members.T]
    count = min(len(weights), len(of_passages))
    best, weight = np.sort(of_passages, axis=0)[: -count - 1 : -1], np.asarray(weights)[:count]
    found = np.isfinite(best)
    total, summed = weight @ found, weight @ np.where(found, best, 0.0)
    mean: np.ndarray = np.divide(summed, total, out=np.full(len(total), -np.inf), where=total > 0)
    return mean


def reorder_by_words(meaning: np.ndarray, words: np.ndarray, weight: float) -> np.ndarray:
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
    order = best_first(meaning + weight * words / top, DEEPEST)
    given = -np.sort(np.partition(-meaning, len(order) - 1)[: len(order)])
    scores: np.ndarray = np.minimum(meaning, given[-1])  # further down than anyone reads: nobody passes those before
    scores[order] = given
    return scores


def best_first(scores: np.ndarray, most: int) -> np.ndarray:
    """Number the best scores.

    Args:
        scores: Shape (n,), n at least 1.
        most: How many are wanted.

    Returns:
        Their places, best first, equal scores in order; shape (n,) or (most,), whichever is less.
    """
    if most >= len(scores):
        everything: np.ndarray = np.argsort(-scores, kind="stable")
        return everything
    cut = np.partition(scores, len(scores) - most)[len(scores) - most]
    above, equal = np.flatnonzero(scores > cut), np.flatnonzero(scores == cut)
    some = np.sort(np.concatenate([above, equal[: most - len(above)]]))
    ordered: np.ndarray = some[np.argsort(-scores[some], kind="stable")]
    return ordered


def best_per_entry(scores: np.ndarray, runs: Runs, n_entries: int) -> np.ndarray:
    """Count the translations of an entry once: its score is that of its best text.

    Args:
        scores: Of each text, entry by entry, shape (n_texts,).
        runs: Where the texts of each entry begin.
        n_entries: How many entries there are.

    Returns:
        Shape (n_entries,), -inf for an entry without a text that may answer.
    """
    best = np.full(n_entries, -np.inf, dtype=scores.dtype)
    if len(runs.starts):
        best[runs.entries] = np.maximum.reduceat(scores, runs.starts)
    return best


def drawn_to_mean(best: np.ndarray, scores: np.ndarray, runs: Runs, share: float) -> np.ndarray:
    """Draw the score of each entry from that of its best text towards the mean of its texts.

    That an entry is near a query in both languages is surer than that it is in one.

    Args:
        best: As `best_per_entry` gives them, shape (n_entries,).
        scores: Of each text, entry by entry, shape (n_texts,); -inf for one that may not answer or is not found.
        runs: Where the texts of each entry begin.
        share: How far: 0 leaves the best, 1 gives the mean.

    Returns:
        Shape (n_entries,); -inf as in ``best``.
    """
    found = np.isfinite(scores)
    if not share or not len(runs.starts):
        return best
    counts, sums = (np.add.reduceat(one, runs.starts) for one in (found.astype(float), np.where(found, scores, 0.0)))
    drawn, shown = best.copy(), counts > 0
    rows = runs.entries[shown]
    drawn[rows] += share * (sums[shown] / counts[shown] - best[rows])
    return drawn


def meant_though_new(scores: np.ndarray, no_answer: float) -> np.ndarray:
    """Say how likely entries that training queries say little of are meant.

    Args:
        scores: Of all entries by meaning and words, in cosine, shape (n_entries,); -inf for one that is not found.
        no_answer: How likely training queries hold it that nothing answers.

    Returns:
        Between 0 and 1, shape (n_entries,): more for one that stands out, which of many alike none does.
    """
    logit: np.ndarray = STEEPNESS * (ahead_of_best(scores) - HALF_MEANT) + NO_ANSWER * no_answer
    meant: np.ndarray = 1.0 / (1.0 + np.exp(-np.clip(logit, -50.0, 50.0)))
    return np.where(np.isfinite(scores).any(), meant, 0.0)


def ahead_of_best(scores: np.ndarray) -> np.ndarray:
    """Say how far each entry stands before the mean of the best: of many alike none does.

    Args:
        scores: Of all entries, shape (n_entries,); -inf for one that is not found.

    Returns:
        The same shape; -inf for one that is not found.
    """
    found = scores[np.isfinite(scores)]
    if not len(found):
        return scores
    ahead: np.ndarray = scores - found[best_first(found, STOOD_OUT_FROM)].mean()
    return ahead


def lift_by_links(scores: np.ndarray, neighbours: np.ndarray, weight: float) -> np.ndarray:
    """Lift an entry towards the best entry it is linked to: a practice and its cases stand by each other.

    Args:
        scores: Of each entry, shape (n_entries,); -inf for one that may not answer.
        neighbours: Entry numbers each entry is linked to, shape (n_entries, most), padded with -1.
        weight: 0 leaves the scores as they are, 1 gives the best neighbour's score where it is higher.

    Returns:
        Shape (n_entries,).
    """
    best = np.append(scores, -np.inf)[neighbours.T].max(axis=0, initial=-np.inf)
    lifted = np.isfinite(scores) & (best > scores)
    return np.where(lifted, scores + weight * (np.where(lifted, best, 0.0) - np.where(lifted, scores, 0.0)), scores)
