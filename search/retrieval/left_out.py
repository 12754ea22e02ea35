"""What somebody left out of a text, written short enough for an address, and read back from one.

A concern is told by its number in the text, counted from 1; a place by its words.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from ..index.index import Index
from ..text.concerns import concerns
from ..text.query import parse
from .places import asked_places
from .results import Results


@dataclass(frozen=True)
class LeftOut:
    """What was left out of a text.

    Attributes:
        concerns: Numbers, in order.
        places: Words of the text.
    """

    concerns: tuple[int, ...] = ()
    places: tuple[str, ...] = ()


def left_out_of(results: Results) -> LeftOut:
    """Return what is left out of the text that was answered."""
    numbers = tuple(number for number, concern in enumerate(results.concerns, 1) if not concern.kept)
    return LeftOut(numbers, tuple(place.words for place in results.places if place.place and not place.kept))


def concerns_without(text: str, numbers: Collection[str]) -> list[str] | None:
    """Return the concerns of a text that are left, as a search takes them.

    Args:
        text: What was typed.
        numbers: Of the concerns to leave out, as an address has them; what is none counts for nothing.

    Returns:
        Their words; None when nothing is left out.
    """
    understood = [(str(number), concern.words) for number, concern in enumerate(concerns(text), 1)]
    kept = [words for number, words in understood if number not in numbers]
    return kept if len(kept) < len(understood) else None


def places_without(index: Index, text: str, words: Collection[str]) -> list[str] | None:
    """Return the places a text asks about that are left, as a search takes them; None when nothing is left out.

    Args:
        index: Whose places are known.
        text: What was typed.
        words: Of the places to leave out, as results name them; what is none counts for nothing.
    """
    asked = [place.words for place in asked_places(index, parse(text).text, None).places if place.place]
    kept = [one for one in asked if one not in words]
    return kept if len(kept) < len(asked) else None
