"""Where what training queries teach is kept: what comes with the library, and what was learned here last."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ..encoding.shipped_vectors import SHIPPED_VECTORS
from ..learning.relevance_weights import RelevanceWeights

SHIPPED_WEIGHTS = SHIPPED_VECTORS.with_name("relevance.npz")


@dataclass(frozen=True)
class KeptRelevance:
    """Files of weights; each holds those of one set of training queries.

    Attributes:
        own: Written whenever something is learned; None to keep nothing.
        shipped: Comes with the library, and is only read.
    """

    own: Path | None = None
    shipped: Path | None = None

    def find(self, digest: str) -> RelevanceWeights | None:
        """Return what was learned from what has this digest, as a file keeps it; None when no file has it."""
        paths = filter(None, (self.shipped, self.own))
        return next((found for path in paths if (found := RelevanceWeights.read(path, digest))), None)

    def keep(self, digest: str, learned: RelevanceWeights) -> RelevanceWeights:
        """Write what was learned, and return it as `find` will."""
        if self.own:
            learned.write(self.own, digest)
        return learned.rounded()


NOTHING_KEPT = KeptRelevance()
"""Nothing is looked for, and nothing kept."""
