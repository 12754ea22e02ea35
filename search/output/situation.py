"""Where a query stands, as it is told to people: nothing is read of a text that nothing in the library answers."""

from __future__ import annotations

from ..learning.situation_model import Reading, Situation
from ..retrieval.results import Results


def told_situation(results: Results) -> Situation:
    """Return where a query stands; where the search is silent, only what the person said themselves."""
    if results.hits:
        return results.situation
    return Situation(_said(results.situation.phases), _said(results.situation.conditions))


def _said(readings: tuple[Reading, ...]) -> tuple[Reading, ...]:
    return tuple(one for one in readings if one.probability == 1.0 and not one.words)
