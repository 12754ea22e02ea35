"""How likely an entry of a library is meant that training queries say nothing of, beside one they speak of.

Training queries lift the entries they name and no others. An entry of a library beside is weighed by how it stands
among all entries in meaning and words, and by what training queries say of the query: a logistic model, fitted on
situations that one library or the other answers (``beside.json``, `scripts.bench.fit_beside`).
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from ..learning.calibration import Logistic
from .features import Features
from .fusion import best_first

STOOD_OUT_FROM = 10
"""An entry stands out from the mean of so many best entries."""

FITTED = Path(__file__).with_name("beside.json")
"""The model, as fitted."""


@dataclass(frozen=True)
class BesideEvidence:
    """What tells whether entries of a library beside are meant; one number per entry, or one for all.

    Attributes:
        ahead_of_all: How far each is ahead of the mean of the ten best of all libraries, in cosine, shape (n_entries,).
        ahead_of_taught: How far each is ahead of the best entry that training queries speak of, in cosine.
        words: Share of the query's terms, rare ones above all, that it has more than the best of those.
        no_answer: How likely training queries hold it that nothing answers.
        likeliest: How likely the likeliest entry is to answer, as they teach.
    """

    ahead_of_all: np.ndarray
    ahead_of_taught: np.ndarray
    words: np.ndarray
    no_answer: float
    likeliest: float

    @classmethod
    def of(cls, scores: np.ndarray, features: Features) -> BesideEvidence:
        """Gather it.

        Args:
            scores: Of all entries by meaning and words, in cosine, shape (n_entries,); -inf for one not found.
            features: Of the query.
        """
        found, taught = scores[np.isfinite(scores)], np.isfinite(scores) & ~features.untaught
        usual = float(found[best_first(found, STOOD_OUT_FROM)].mean()) if len(found) else 0.0
        best = float(scores[taught].max()) if taught.any() else usual
        overlap = features.of_entries(features.overlap, features.candidates.entry)
        return cls(
            ahead_of_all=scores - usual,
            ahead_of_taught=scores - best,
            words=overlap - overlap[taught].max(initial=0.0),
            no_answer=features.no_answer,
            likeliest=float(features.training.max(initial=0.0)),
        )

    def rows(self) -> np.ndarray:
        """Return the numbers the model reads, shape (n_entries, 5)."""
        return np.stack(np.broadcast_arrays(*vars(self).values()), axis=1)


def fitted() -> Logistic:
    """Read the model."""
    return Logistic.from_dict(json.loads(FITTED.read_text(encoding="utf-8")))


def meant_beside(scores: np.ndarray, features: Features, model: Logistic) -> np.ndarray:
    """Say how likely each entry is meant, if training queries say nothing of it.

    Args:
        scores: As in `BesideEvidence.of`.
        features: Of the query.
        model: Reads the evidence.

    Returns:
        0 to 1, shape (n_entries,); 0 for an entry that is not found.
    """
    rows = np.nan_to_num(BesideEvidence.of(scores, features).rows(), neginf=-1.0)
    logit = model.intercept + rows @ np.asarray(model.weights)
    meant: np.ndarray = np.where(np.isfinite(scores), 1.0 / (1.0 + np.exp(-np.clip(logit, -50.0, 50.0))), 0.0)
    return meant
