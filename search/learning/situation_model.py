"""Where a situation stands: the phases and the weak conditions it speaks of, with the words that say so.

One logistic model per phase and per condition, over the vector of the text; learned from the situations of the corpus
that carry labels (``training/*.jsonl``), so that it belongs to one encoder and is stored with the index.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from .calibration import Logistic

PHASE_FROM, CONDITION_FROM = 0.5, 0.5
"""Probability from which a phase, or a weak condition, is said."""


WORDS_FROM = 0.5
"""Probability a clause must have by itself to be shown as the words that say it."""


MOST_PHASES, MOST_CONDITIONS = 2, 3


FEWEST_EXAMPLES = 10
"""A key with fewer labelled situations, for or against, is not learned."""


PENALTY = 1000.0
"""Of the models: a vector has hundreds of features, and situations with labels are few."""


@dataclass(frozen=True)
class Reading:
    """One phase or weak condition of a situation.

    Attributes:
        key: Its key in the vocabulary.
        words: The part of the text that led there, verbatim; empty when the person said so themselves, or when no part
            says it clearly.
        probability: 0 to 1; 1 when the person said so themselves.
    """

    key: str
    words: str
    probability: float


@dataclass(frozen=True)
class Situation:
    """Where a text stands; what it does not say clearly is left out.

    Attributes:
        phases: Surest first.
        conditions: The weak or missing ones, surest first.
    """

    phases: tuple[Reading, ...] = ()
    conditions: tuple[Reading, ...] = ()


NOT_READ = Situation()


def stated(
    read: Situation, *, phases: Collection[str] | None = None, conditions: Collection[str] | None = None
) -> Situation:
    """Put what a person said in the place of what was read; None leaves the reading.

    Args:
        read: What was read.
        phases: What they say the phases are.
        conditions: The same of the weak conditions.
    """
    said = {
        name: tuple(Reading(key, "", 1.0) for key in keys)
        for name, keys in (("phases", phases), ("conditions", conditions))
        if keys is not None
    }
    return replace(read, **said)


@dataclass(frozen=True)
class SituationModel:
    """Reads phases and weak conditions from a vector.

    Attributes:
        phases, conditions: Key to its model over vectors of shape (dim,).
    """

    phases: Mapping[str, Logistic]
    conditions: Mapping[str, Logistic]

    @classmethod
    def fit(
        cls,
        vectors: np.ndarray,
        phases: Sequence[Sequence[str]],
        conditions: Sequence[Sequence[str]],
    ) -> SituationModel | None:
        """Learn from labelled situations.

        Args:
            vectors: Unit rows, shape (n, dim).
            phases: Keys of each.
            conditions: Keys of each.

        Returns:
            The model; None when no key has enough examples.
        """
        model = cls(_models(vectors, phases), _models(vectors, conditions))
        return model if model.phases or model.conditions else None

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> SituationModel:
        """Read what ``dataclasses.asdict`` wrote."""
        return cls(*({key: Logistic.from_dict(model) for key, model in data[name].items()} for name in data))

    def read(self, vector: np.ndarray, parts: Sequence[str], rows: np.ndarray) -> Situation:
        """Read a situation.

        Args:
            vector: Unit vector of the text, shape (dim,).
            parts: Its clauses; see `clauses`.
            rows: Their unit vectors, shape (n_parts, dim).

        Returns:
            What it says clearly, each with the clause that says it best.
        """
        vector, rows = vector.astype(np.float64), rows.astype(np.float64)  # as the models are: once, not for each
        phases = _likely(self.phases, vector, PHASE_FROM, MOST_PHASES)
        conditions = _likely(self.conditions, vector, CONDITION_FROM, MOST_CONDITIONS)
        models = {**self.phases, **self.conditions}

        def reading(key: str, probability: float) -> Reading:
            surest, best = max((models[key].probability(row), -n) for n, row in enumerate(rows))
            return Reading(key, parts[-best] if surest >= WORDS_FROM else "", probability)

        return Situation(
            tuple(reading(*pair) for pair in phases),
            tuple(reading(*pair) for pair in conditions),
        )


def _models(vectors: np.ndarray, labels: Sequence[Sequence[str]]) -> dict[str, Logistic]:
    """Fit one model per key that has enough examples for and against."""
    models = {}
    for key in sorted({key for keys in labels for key in keys}):
        truths = [key in keys for keys in labels]
        if min(sum(truths), len(truths) - sum(truths)) >= FEWEST_EXAMPLES:
            models[key] = Logistic.fit(vectors, truths, penalty=PENALTY)
    return models


def _likely(models: Mapping[str, Logistic], vector: np.ndarray, cut: float, most: int) -> list[tuple[str, float]]:
    """Return the keys that reach the cut with their probability, surest first, the most there may be."""
    found = sorted(((key, model.probability(vector)) for key, model in models.items()), key=lambda pair: -pair[1])
    return [pair for pair in found[:most] if pair[1] >= cut]
