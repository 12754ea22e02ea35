"""The library as a whole, without a question: how its entries spread over the grid and over the years."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence

from ..curation.coverage import Cell
from ..entries import FIELDS, LANGUAGES, Entry, Text, Vocabulary
from ..text.analysis import fold
from ..text.places.wording import place_in

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


# ---- Found by typing, put in order ---------------------------------------------------------------------------

ORDERS = ("kind", "title", "known", "place", "read")
"""What a list can be ordered by: kind and title, title, latest known first, place, sources read last first."""


def typed_words(entry: Entry, vocabulary: Vocabulary) -> str:
    """Return what an entry is found by as one types: titles, summaries, place and country, folded, a space before each.

    Both languages count, whichever is read.
    """
    texts = [
        *(place_in(entry.place or "", language) for language in LANGUAGES),
        *(entry.texts[one].get(name, "") for one in entry.texts for name in ("title", "summary")),
    ]
    if entry.country:
        texts += [vocabulary.label("countries", entry.country, language) for language in LANGUAGES]
    return " " + " ".join(re.findall(r"\w+", fold(" ".join(map(str, texts)))))


def containing(entries: Iterable[Entry], words: Mapping[str, str], typed: str) -> tuple[Entry, ...]:
    """Keep the entries in which every word that was typed begins a word; accents and capitals aside.

    Args:
        entries: In any order, which is kept.
        words: Entry id to its `typed_words`.
        typed: As far as somebody has typed; nothing keeps them all.
    """
    wanted = [f" {word}" for word in re.findall(r"\w+", fold(typed))]
    return tuple(entry for entry in entries if all(word in words[entry.id] for word in wanted))


def started_in(entries: Iterable[Entry], year: int) -> tuple[Entry, ...]:
    """Keep the cases that began in a year."""
    return tuple(entry for entry in entries if entry.start and int(entry.start[:4]) == year)


def last_read(entry: Entry) -> str:
    """Return the month its newest source was read, YYYY-MM: when an entry was written or last checked; else nothing."""
    return max((source.read for source in entry.sources if source.read), default="")


def ordered(entries: Iterable[Entry], by: str, vocabulary: Vocabulary, language: str) -> tuple[Entry, ...]:
    """Put entries in order; those that lack what they are ordered by come last, equal ones by title.

    Args:
        entries: In any order.
        by: One of ORDERS.
        vocabulary: Its kinds give the order of kinds.
        language: Of titles and of countries.
    """
    kinds = vocabulary.keys("kinds")

    def place(entry: Entry) -> tuple[bool, str, str]:
        country = vocabulary.label("countries", entry.country, language) if entry.country else ""
        return not (entry.place or country), fold(country), fold(place_in(entry.place or "", language))

    keys: dict[str, Callable[[Entry], object]] = {
        "kind": lambda entry: kinds.index(entry.kind),
        "title": lambda entry: 0,
        "known": lambda entry: latest_first(entry.last_known or entry.end or entry.start or ""),
        "place": place,
        "read": lambda entry: latest_first(last_read(entry)),
    }
    by_title = sorted(entries, key=lambda entry: fold(entry.title(language)))
    return tuple(sorted(by_title, key=keys[by]))  # type: ignore[arg-type]


def latest_first(written: str) -> tuple[bool, tuple[int, ...]]:
    """Return what puts dates in order, the latest first and none at all last; a year alone is as good as its end."""
    numbers = [int(part) for part in re.findall(r"\d+", written)]
    return not numbers, tuple(-number for number in (numbers + [12, 31][len(numbers) - 1 :])[:3]) if numbers else ()
