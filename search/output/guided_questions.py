"""Three questions for those who would rather not write: who they are, where they stand, what is in the way."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from ..entries import Entry
from ..retrieval.searcher import Searcher

_QUOTED = re.compile(r"\A(?:«\s*([^«»]*?)\s*»|“([^“”]*)”)\Z")

ACTORS: Mapping[str, tuple[str, ...]] = {
    "resident": ("citizens", "citizen-initiative"),
    "association": ("association", "citizen-initiative"),
    "officer": ("civil-servant", "public-authority"),
    "elected": ("elected-representative", "public-authority"),
}
"""Who one may be, and the actors that stand for it."""


def obstacles(searcher: Searcher, language: str) -> dict[str, str]:
    """Return condition to what a person says when it is missing, verbatim, for each condition with an entry that tells.

    None in a library of one's own whose entries tell no signs.
    """
    if "condition" not in searcher.vocabulary.keys("kinds"):
        return {}
    signs = {}
    for condition in searcher.vocabulary.keys("conditions"):
        found = searcher.matching(kinds={"condition"}, conditions={condition})
        told = [entry for entry in found if entry.text("signs_it_is_missing", language)]
        entry = min(told, key=lambda one: one.id != condition, default=None)  # its own entry, if there is one
        if entry:
            signs[condition] = unquoted(entry.text("signs_it_is_missing", language)[0])
    return signs


def unquoted(text: str) -> str:
    """Return what stands between the quotation marks around a whole text; any other text as it is, trimmed."""
    found = _QUOTED.match(text.strip())
    return (found[1] or found[2] or "") if found else text.strip()


def answers(
    searcher: Searcher, *, who: str | None, phase: str | None, lacking: Sequence[str]
) -> dict[str, tuple[str, ...]]:
    """Turn the answers given so far into filters; actors the library does not know are left out.

    Args:
        searcher: Whose library is asked.
        who: A key of ACTORS; None when it was not said.
        phase: A key of the phases; None when it was not said.
        lacking: Keys of conditions.

    Returns:
        Name of each filter to its values; none for a question without an answer.

    Raises:
        KeyError: Nobody is called so in ACTORS.
    """
    known = searcher.vocabulary.keys("actors")
    actors = tuple(actor for actor in ACTORS[who] if actor in known) if who else ()
    return {"actors": actors, "phases": (phase,) if phase else (), "conditions": tuple(lacking)}


def guided(searcher: Searcher, *, who: str | None, phase: str | None, lacking: Sequence[str]) -> tuple[Entry, ...]:
    """Return the entries that fit the answers given so far, in order of id: how many there are is a live count.

    Args:
        searcher: Whose entries fit.
        who: A key of ACTORS; None when it was not said.
        phase: A key of the phases; None when it was not said.
        lacking: Keys of conditions.

    Raises:
        UnknownFilterError: A phase or a condition is not in the vocabulary.
        KeyError: Nobody is called so in ACTORS.
    """
    return searcher.matching(facets=None, **answers(searcher, who=who, phase=phase, lacking=lacking))
