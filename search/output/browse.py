"""The library as a whole, without a question: how its entries spread over the grid and over the years."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from ..curation.coverage import Cell
from ..entries import FIELDS, Entry, Text, Vocabulary

MOST_COMPARED = 4
"""Entries that can be read side by side."""


def cells(entries: Iterable[Entry], vocabulary: Vocabulary) -> dict[Cell, int]:
    """Count entries on the phase x condition grid.

    Returns:
        Every cell, phases first, in the order of the vocabulary; an entry counts in each cell it names.
    """
    counts = Counter(
        (phase, condition) for entry in entries for phase in entry.phases for condition in entry.conditions
    )
    return {
        (phase, condition): counts[phase, condition]
        for phase in vocabulary.keys("phases")
        for condition in vocabulary.keys("conditions")
    }


def placed(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Return the entries that have a latitude and a longitude."""
    return tuple(entry for entry in entries if entry.lat is not None and entry.lon is not None)


def starts(entries: Iterable[Entry]) -> dict[tuple[int, str], int]:
    """Count the cases by the year they began and what became of them, in order; an unknown start is left out."""
    counts = Counter((int(entry.start[:4]), entry.outcome or "") for entry in entries if entry.start)
    return dict(sorted(counts.items()))


def compared(entries: Sequence[Entry], language: str) -> tuple[tuple[str, tuple[Text, ...]], ...]:
    """Put entries side by side.

    Args:
        entries: At most MOST_COMPARED; they may be of different kinds.
        language: ``fr`` or ``en``; an entry that does not exist in it is given in the other.

    Returns:
        Each text field that one of them has, titles apart, with the text of each entry: empty where it has none.

    Raises:
        ValueError: There are too many.
    """
    if len(entries) > MOST_COMPARED:
        raise ValueError(f"at most {MOST_COMPARED} entries can be compared (got {len(entries)})")
    fields = dict.fromkeys(field for entry in entries for field in FIELDS[entry.kind] if field != "title")
    return tuple((field, tuple(entry.text(field, language) for entry in entries)) for field in fields)
