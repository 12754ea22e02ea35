"""Features of three entries, small enough to work every signal out on paper.

| entry | text | passages | cosine of the text |
|-------|------|----------|--------------------|
| 0     | fr   | 0, 1     | 0.6                |
| 0     | en   | 2        | 0.5                |
| 1     | fr   | 3        | 0.5                |
| 2     | en   | 4        | 0.4                |

Entry 0 shows entry 1, which is related to entry 2.
"""

from __future__ import annotations

import dataclasses
from typing import Any

import numpy as np

from search.index.metadata import CandidateSet
from search.retrieval.features import Features

CANDIDATES = CandidateSet(
    entries=np.array([0, 1, 2]),
    passages=np.arange(5),
    language=np.array([0, 0, 1, 0, 1]),
    entry=np.array([0, 0, 0, 1, 2]),
    members=np.array([[0, 1], [2, -1], [3, -1], [4, -1]]),
    text_language=np.array([0, 1, 0, 1]),
    text_entry=np.array([0, 0, 1, 2]),
    shown=np.array([[1], [0], [-1]]),
    related=np.array([[-1], [2], [1]]),
    whole=True,
)

FEATURES = Features(
    candidates=CANDIDATES,
    allowed=np.ones(3, dtype=bool),
    known=(1.0, 1.0),
    cosines=np.array([0.6, 0.6, 0.5, 0.5, 0.4]),
    bm25=np.zeros(5),
    overlap=np.zeros(5),
    rare=np.ones(5),
    sure=(1.0, 1.0),
    quoting=np.zeros(5, dtype=bool),
    text_cosines=np.array([0.6, 0.5, 0.5, 0.4]),
    training=np.zeros(3),
    named=np.zeros(3, dtype=bool),
    taught=np.full(3, np.inf),
    untaught=np.zeros(3, dtype=bool),
    said=np.array([0.6, 0.5, 0.5, 0.4]),
)
"""Nothing but meaning: no term, no phrase, no name; training queries say all there is to say of each entry."""


def features(**changes: Any) -> Features:
    """Return the features with some of them changed; lists become arrays."""
    made: dict[str, Any] = {
        name: np.array(value) if isinstance(value, list) else value for name, value in changes.items()
    }
    if "text_cosines" in made:
        made.setdefault("said", made["text_cosines"])
    return dataclasses.replace(FEATURES, **made)
