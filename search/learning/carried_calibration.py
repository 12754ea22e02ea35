"""A calibration that carries over: silence for a library nobody has judged queries for.

What a cosine means changes with the encoder and with the library. What does not change is how a query fares beside
queries known to be out of scope (how to renew a passport, what to put in a crumble): the library says how near they
usually come to it, and they say how near they usually come to each other. A query is measured on these two scales, and
two weights fitted once on other libraries (``carried.json``, `scripts.bench.carry_calibration`) do the rest.

Source:
    Auckenthaler, Carey and Lloyd-Thomas, Score Normalization for Text-Independent Speaker Verification Systems, 2000
    (a score is told against those of impostors).
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from .calibration import UNRATED, Calibration, HitEvidence, Logistic, QueryEvidence

FITTED = Path(__file__).with_name("carried.json")
"""The weights and the cut, as fitted."""

LEAST = 1e-3
"""A scale shorter than this measures nothing."""

AS_SPREAD = 1.4826
"""Times the median distance from the median: the standard deviation, if the numbers are spread normally."""


@dataclass(frozen=True)
class Scale:
    """How queries that are out of scope fare in one library with one encoder; medians, for a few may be in scope here.

    Attributes:
        top: Cosine of their best entry.
        mean: Of the cosines of all entries, their mean.
        spread: How far that mean varies from one to the next.
        near: Cosine of each one's nearest among the others.
    """

    top: float
    mean: float
    spread: float
    near: float

    @classmethod
    def of(cls, evidence: Sequence[QueryEvidence], near: Sequence[float]) -> Scale | None:
        """Measure queries that are out of scope.

        Args:
            evidence: Of each query; at least one.
            near: Of each, the cosine of its nearest among the others.

        Returns:
            The scale; None when it would measure nothing, because the encoder tells none of them apart.
        """
        means = np.array([one.mean for one in evidence])
        middle = float(np.median(means))
        spread, usual = AS_SPREAD * float(np.median(np.abs(means - middle))), float(np.median(near))
        if min(spread, usual) < LEAST:
            return None
        return cls(float(np.median([one.nearest for one in evidence])), middle, spread, usual)

    def features(self, evidence: QueryEvidence) -> tuple[float, float]:
        """Return the numbers the model reads.

        Returns:
            How much nearer the best entry is than the nearest query known to be out of scope, the mean of two readings:
            as it is, and with each told from what is usual for it. Then how far the whole library is nearer than usual.
        """
        ahead = evidence.nearest - evidence.out_of_scope - (self.top - self.near) / 2
        return ahead / self.near, (evidence.mean - self.mean) / self.spread


@dataclass(frozen=True)
class CarriedCalibration:
    """Tells whether a query is answered where nobody has judged queries; it rates no hit.

    Attributes:
        scale: Of the library.
        answerable: Reads `Scale.features`.
        abstain_below: Below this probability of being answerable nothing is close enough.
    """

    scale: Scale
    answerable: Logistic
    abstain_below: float

    def is_answered(self, evidence: QueryEvidence) -> bool:
        """Say whether anything is close enough to a query."""
        near = self.answerable.probability(self.scale.features(evidence)) >= self.abstain_below
        return near or evidence.surely_meant

    def strength(self, evidence: HitEvidence) -> str:
        """Rate no hit: how useful one is did not carry over (docs/decisions/0009-libraries-side-by-side.md)."""
        return UNRATED

    @classmethod
    def fitted(cls, scale: Scale) -> CarriedCalibration:
        """Put what was fitted on other libraries on the scale of this one."""
        return cls.from_dict(json.loads(FITTED.read_text(encoding="utf-8")) | {"scale": vars(scale)})

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> CarriedCalibration:
        """Read what ``dataclasses.asdict`` wrote."""
        return cls(Scale(**data["scale"]), Logistic.from_dict(data["answerable"]), data["abstain_below"])


def calibration_from(data: Mapping[str, Any]) -> Calibration | CarriedCalibration:
    """Read a calibration of either kind from what ``dataclasses.asdict`` wrote."""
    return CarriedCalibration.from_dict(data) if "scale" in data else Calibration.from_dict(data)
