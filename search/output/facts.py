"""What is told of an entry beside its texts: where it was, when, what became of it and until when that is known."""

from __future__ import annotations

import re
from datetime import date

from ..entries import SOURCE_TRAITS, Entry, Source, Vocabulary
from ..text.places.wording import place_in
from .dates import date_in_words
from .standing import outcome_on, standing
from .wording import WORDS

ONGOING = "ongoing"
"""The outcome of a case that went on when it was last known."""

APART = " · "
"""Between facts on one line: places have commas of their own."""

_EARLY = re.compile(r"\b(?:test|pre-?release)\b", re.IGNORECASE)
_AMONG_OTHERS = re.compile(r"\b(?:on (?:the|a) (?:page|list)|in a (?:feed|press review))\b", re.IGNORECASE)
_ENGLISH = re.compile(r"\b(?:copy|on|of|the|in|site|version|page|article|host)\b", re.IGNORECASE)


def where(entry: Entry, vocabulary: Vocabulary, language: str) -> str:
    """Return the place and the country of a case in a language; empty when neither is told."""
    country = vocabulary.label("countries", entry.country, language) if entry.country else None
    return ", ".join(filter(None, (place_in(entry.place or "", language), country)))


def when(entry: Entry, language: str) -> str:
    """Return the dates of a case, in words; empty when its start is not told."""
    if not entry.start:
        return ""
    start = date_in_words(entry.start, language)
    if entry.end and entry.end != entry.start:
        return f"{start} – {date_in_words(entry.end, language)}"
    return WORDS[language]["since"].format(start=start) if entry.outcome == ONGOING and not entry.end else start


def known(entry: Entry, language: str, on: date) -> str:
    """Return until when a case is known, on a day; empty when the entry does not say."""
    told = standing(entry, on)
    return WORDS[language][told.kind].format(date=date_in_words(told.date, language)) if told else ""


def where_and_when(entry: Entry, vocabulary: Vocabulary, language: str, on: date) -> str:
    """Return place, dates, and until when it is known, on one line; empty when none is told.

    Args:
        entry: Any.
        vocabulary: With the names of countries.
        language: ``fr`` or ``en``.
        on: The day it is read.
    """
    parts = (where(entry, vocabulary, language), when(entry, language), known(entry, language, on))
    return APART.join(filter(None, parts))


def facts(entry: Entry, vocabulary: Vocabulary, language: str, on: date) -> str:
    """Return kind, place, dates, outcome, and until when it is known, on one line.

    Args:
        entry: Any.
        vocabulary: With the names of kinds, countries and outcomes.
        language: ``fr`` or ``en``.
        on: The day it is read: what is known of a case grows old.
    """
    outcome = outcome_on(entry, on)
    parts = (
        vocabulary.label("kinds", entry.kind, language),
        where(entry, vocabulary, language),
        when(entry, language),
        vocabulary.label("outcomes", outcome, language) if outcome else "",
        known(entry, language, on),
    )
    return APART.join(filter(None, parts))


def copy_told(source: Source, language: str) -> str:
    """Say what the address of a source is, where it is no page of its own at the publisher's; else nothing.

    The note of the editors is told as it is, but not in English to a French reader.
    """
    if not source.copy:
        return ""
    if not _ENGLISH.search(source.copy):
        return WORDS[language]["copy"].format(copy=source.copy)
    if language == "en":
        return source.copy
    early, among = _EARLY.search(source.copy), _AMONG_OTHERS.search(source.copy)
    return WORDS[language]["copy_early" if early else "copy_among" if among else "copy_stored"]


def source_line(source: Source, language: str) -> str:
    """Return a source without its address, as much of it as is told."""
    words = WORDS[language]
    read = words["read"].format(date=date_in_words(source.read, language)) if source.read else ""
    traits = [words[trait] for trait in SOURCE_TRAITS if getattr(source, trait)]
    return ", ".join(filter(None, (source.publisher, source.title, read, *traits)))
