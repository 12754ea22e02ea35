"""How scores become words: is the query answered at all, and how strongly is each hit.

Two logistic models, fitted on judged queries. Raw cosines mean something else for every encoder and library, so a
calibration belongs to one index and is stored in it.

Source:
    Platt, Probabilistic outputs for support vector machines, 1999 (logistic calibration of a score).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

STRONG, RELATED, WEAK = "strong", "related", "weak"

SURELY_MEANT, LENIENCE = 0.8, 0.5
"""Share of a query's terms, a rare one among them, from which on the passage that has them is meant; what the bound of
silence is multiplied by then, but for a query of function words with a term among them."""

IN_SCOPE_COST = 1.5
"""What a query the library answers costs when it gets no answer, where one it does not answer costs 1 when it gets one
(docs/decisions/0010-what-people-type.md; `scripts.bench.silence`)."""

UNRATED = ""
"""The strength of a hit where nobody has judged queries: none is said."""


@dataclass(frozen=True)
class QueryEvidence:
    """What tells whether anything in the library answers a query.

    Attributes:
        leaning: Whether training queries lie denser about it that the library answers, or that it does not; see
            `relevance_model`. None when there are not both.
        answer: How likely the likeliest entry is to answer, as training queries teach; see `relevance_model`.
        no_answer: The same for there being no answer.
        overlap: Share of the query's words, rare ones above all, that the passage with most of them has, 0 to 1;
            passages without a rare one are passed over.
        top: Cosine score of the best entry.
        gap: How far it stands above the mean of the next nine.
        known: Share of the query's terms the library uses, in the language where that is larger, 0 to 1.
        out_of_scope: Cosine of the nearest training query the library does not answer; 0 when there is none.
        nearest, mean: Of all entries, the best cosine score and the mean with what was said, before it is turned to
            where answers are expected; with ``out_of_scope``, read where there are no judged queries only
            (`carried_calibration`).
        says_little: Whether most of its words are function words ("how come that").
    """

    leaning: float | None
    answer: float
    no_answer: float
    overlap: float
    top: float
    gap: float
    known: float
    out_of_scope: float = 0.0
    nearest: float = 0.0
    mean: float = 0.0
    says_little: bool = False

    @property
    def surely_meant(self) -> bool:
        """Whether one passage has nearly all that was asked in so many words."""
        return self.overlap >= SURELY_MEANT

    def features(self) -> tuple[float, ...]:
        """Return what the model of `Calibration` reads: what training queries say; the library, where none do."""
        if self.leaning is None:
            return self.top, self.gap, self.known, self.overlap
        return self.leaning, self.answer, self.no_answer


@dataclass(frozen=True)
class HitEvidence:
    """What tells how well an entry answers a query.

    Attributes:
        score: What the entry is ranked by.
        below_top: How far it stands below the best entry.
        words: Share of the query's words that its best passage has, 0 to 1.
        across: 1 when its nearest passage is in the other language than the query, else 0.
        training: How likely the entry is to answer, as training queries teach.
        apart: How far its cosine lies below the best one.
    """

    score: float
    below_top: float
    words: float
    across: float
    training: float = 0.0
    apart: float = 0.0

    def features(self) -> tuple[float, ...]:
        """Return the numbers the model reads."""
        return tuple(vars(self).values())


@dataclass(frozen=True)
class Logistic:
    """A logistic model: probability = 1 / (1 + exp(-(intercept + weights . features)))."""

    intercept: float
    weights: tuple[float, ...]

    @cached_property
    def _row(self) -> np.ndarray:
        return np.asarray(self.weights)

    def probability(self, features: Sequence[float] | np.ndarray) -> float:
        """Return the probability, 0 to 1; features of shape (n_features,).

        Args:
            features: As many as there are weights, in their order.

        Returns:
            0 to 1; the sum of which it is made is cut at 50 either way.

        Raises:
            ValueError: There are more or fewer.
        """
        if isinstance(features, np.ndarray):
            total = self.intercept + float(self._row @ features)
        else:  # a few numbers: an array of them would cost more than adding them up
            total = self.intercept + sum(weight * one for weight, one in zip(self.weights, features, strict=True))
        return 1.0 / (1.0 + math.exp(-max(-50.0, min(50.0, total))))

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Logistic:
        """Read what ``dataclasses.asdict`` wrote."""
        return cls(data["intercept"], tuple(data["weights"]))

    @classmethod
    def fit(
        cls, rows: Sequence[Sequence[float]] | np.ndarray, truths: Sequence[bool], *, penalty: float = 1.0
    ) -> Logistic:
        """Fit by maximum likelihood with a squared penalty; both classes weigh the same.

        Args:
            rows: Features, shape (n, n_features).
            truths: One per row; both values must occur.
            penalty: On the weights of the features scaled to unit spread.

        Returns:
            The model, in the units of the features.
        """
        from sklearn.linear_model import LogisticRegression  # only needed to fit

        data = np.asarray(rows, dtype=float)
        mean, spread = data.mean(axis=0), np.maximum(data.std(axis=0), 1e-9)
        model = LogisticRegression(C=1.0 / penalty, class_weight="balanced", solver="newton-cholesky")  # few features
        model.fit((data - mean) / spread, list(truths))
        weights = model.coef_[0] / spread
        return cls(float(model.intercept_[0] - weights @ mean), tuple(float(w) for w in weights))


@dataclass(frozen=True)
class Calibration:
    """The two models of an index and where they cut.

    Attributes:
        answerable: Reads QueryEvidence.
        abstain_below: Below this probability of being answerable nothing is close enough.
        helpful: Reads HitEvidence.
        strong, related: From these probabilities on, a hit is strong, or related; below it is weak.
    """

    answerable: Logistic
    abstain_below: float
    helpful: Logistic
    strong: float
    related: float

    def is_answered(self, evidence: QueryEvidence) -> bool:
        """Say whether anything is close enough to a query."""
        lenient = evidence.surely_meant and not evidence.says_little
        bound = self.abstain_below * (LENIENCE if lenient else 1.0)
        return self.answerable.probability(evidence.features()) >= bound

    def strength(self, evidence: HitEvidence) -> str:
        """Put the strength of a hit in a word."""
        probability = self.helpful.probability(evidence.features())
        return STRONG if probability >= self.strong else RELATED if probability >= self.related else WEAK

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Calibration:
        """Read what ``dataclasses.asdict`` wrote."""
        models = {name: Logistic.from_dict(data[name]) for name in ("answerable", "helpful")}
        return cls(
            answerable=models["answerable"],
            abstain_below=data["abstain_below"],
            helpful=models["helpful"],
            strong=data["strong"],
            related=data["related"],
        )


def abstention_threshold(
    answerable: Logistic, in_scope: Sequence[QueryEvidence], out_of_scope: Sequence[QueryEvidence]
) -> float:
    """Choose below which probability a fitted model abstains, as `cheapest_cut` does.

    Args:
        answerable: The fitted model.
        in_scope: Evidence of queries the library answers.
        out_of_scope: Evidence of queries it does not.
    """
    yes = np.array([answerable.probability(evidence.features()) for evidence in in_scope])
    no = np.array([answerable.probability(evidence.features()) for evidence in out_of_scope])
    return cheapest_cut(yes, no)


def cheapest_cut(yes: np.ndarray, no: np.ndarray) -> float:
    """Choose below which probability to abstain.

    A person who is told "nothing" wrongly loses more than one who sees weak answers, so an in-scope query that is
    not answered costs IN_SCOPE_COST times an out-of-scope one that is.

    Args:
        yes: Of being answerable, of queries the library answers, shape (n,).
        no: The same of queries it does not.

    Returns:
        The probability with the lowest cost: the middle of the widest range of neighbouring cuts that have it. The
        middle of cuts that lie apart could cost more than any of them.
    """
    marks = np.unique(np.concatenate([yes, no, [0.0, 1.0]]))
    cuts = (marks[:-1] + marks[1:]) / 2
    costs = [IN_SCOPE_COST * (yes < cut).mean() + (no >= cut).mean() for cut in cuts]
    best = np.flatnonzero(np.isclose(costs, min(costs)))
    runs = np.split(best, np.flatnonzero(np.diff(best) > 1) + 1)
    widest = max(runs, key=lambda run: marks[run[-1] + 1] - marks[run[0]])
    return float(cuts[widest[[0, -1]]].mean())
