"""How likely an entry is meant that is of a library training queries say nothing of, beside one they speak of."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from .fusion import ahead_of_best

if TYPE_CHECKING:
    from .features import Features

FITTED = Path(__file__).with_name("beside.json")
"""The numbers of `MeantBeside`, as fitted (`scripts.bench.fit_beside`)."""


@dataclass(frozen=True)
class MeantBeside:
    """A logistic model of an entry of a library beside, and what it gains that is surely meant.

    Attributes:
        intercept: Of the model.
        ahead: What a cosine counts that it stands before the ten best of all libraries, by what was said: the map of
            queries draws everything towards the library it was learned with.
        overlap: What it counts that a passage has the query's terms, a rare one among them.
        no_answer: What it counts that training queries see no answer.
        more: What an entry that is surely meant gains more than the likeliest of all, as training queries teach.
    """

    intercept: float
    ahead: float
    overlap: float
    no_answer: float
    more: float

    def probability(self, features: Features) -> np.ndarray:
        """Say how likely each entry is meant, 0 to 1, shape (n_entries,)."""
        logit = (
            self.intercept
            + self.ahead * ahead_of_best(features.said_cosines)
            + self.overlap * features.telling_overlaps
            + self.no_answer * features.no_answer
        )
        meant: np.ndarray = 1.0 / (1.0 + np.exp(-np.clip(logit, -50.0, 50.0)))
        return meant

    def gains(self, features: Features, likeliest: float) -> np.ndarray:
        """Say what each entry gains, shape (n_entries,), where the likeliest of all gains so much.

        Args:
            features: Of the query.
            likeliest: What training queries give the entry they find likeliest: a score, no unit.

        Returns:
            Scores, 0 to ``likeliest + more``; shape (n_entries,).
        """
        gained: np.ndarray = (likeliest + self.more) * self.probability(features)
        return gained

    @classmethod
    def fitted(cls) -> MeantBeside:
        """Read the numbers in use."""
        return cls(**json.loads(FITTED.read_text(encoding="utf-8")))
