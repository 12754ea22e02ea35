"""What a person typed: cleaned, its language guessed, cut into pieces and clauses, its quoted phrases."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from ..errors import EmptyQueryError, QueryTooLongError
from .analysis import fold
from .language import guess_language
from .segmentation import sentences, spans

LONGEST_QUERY = 5_000
"""Characters read; about two pages."""

LONGEST_TYPED = 20 * LONGEST_QUERY
"""Characters beyond which a text is refused unread, whatever it would be once trimmed."""

PIECE = 700
"""A longer query is encoded in pieces of about this many characters, so that its end counts too."""

SHORTEST_CLAUSE = 3
"""Words; a shorter piece of a sentence is left with its neighbour."""

MOST_CLAUSES = 32
"""Of a text; each is encoded by itself, and a text of nothing else would take as long as twenty others."""

_WORD = re.compile(r"\S+")
_QUOTED = re.compile(r"[\"“«]\s*([^\"“”«»]+?)\s*[\"”»]")
_BETWEEN_WORDS = re.compile(r"[\W_]+")
_CUT = re.compile(
    r"(?<=[;:,–—])\s+|\s+(?=(?:mais|sauf que|parce que|alors que|sans que|but|except that|because|while)\b)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Query:
    """A query that was read; nothing of it is compared yet.

    Attributes:
        text: What was typed, cleaned.
        language: Its guessed language; None when undecided.
        clauses: Its clauses, verbatim, in order.
        phrases: Its quoted phrases, as `plain` writes them.
    """

    text: str
    language: str | None
    clauses: tuple[str, ...]
    phrases: tuple[str, ...]


def parse(text: str) -> Query:
    """Read what a person typed.

    Raises:
        ValueError: It is no text.
        EmptyQueryError: Nothing was typed.
        QueryTooLongError: More than LONGEST_QUERY characters.
    """
    query = clean(text)
    return Query(query, guess_language(query), clauses(query), quoted(query))


def clean(text: str) -> str:
    """Trim a query, drop its invisible and control characters and put its letters in one form (NFC).

    Raises:
        ValueError: It is no text.
        EmptyQueryError: Nothing is left.
        QueryTooLongError: More than LONGEST_QUERY characters are left.
    """
    if not isinstance(text, str):
        raise ValueError(f"The query must be a text (got {type(text).__name__}).")
    if len(text) > LONGEST_TYPED:
        raise QueryTooLongError(LONGEST_QUERY, len(text))
    visible = "".join(one for one in text if unicodedata.category(one) not in {"Cf", "Cs", "Co", "Cn"})
    visible = "".join(" " if unicodedata.category(one) == "Cc" else one for one in visible)
    query = re.sub(r"\s+", " ", unicodedata.normalize("NFC", visible)).strip()
    if not query:
        raise EmptyQueryError
    if len(query) > LONGEST_QUERY:
        raise QueryTooLongError(LONGEST_QUERY, len(query))
    return query


def pieces(query: str) -> list[str]:
    """Cut a query into pieces of about PIECE characters, at ends of sentences where there are any."""
    if len(query) <= PIECE:
        return [query]
    parts = [""]
    for sentence in sentences(query):
        for start in range(0, len(sentence), PIECE):
            part = sentence[start : start + PIECE]
            if parts[-1] and len(parts[-1]) + len(part) > PIECE:
                parts.append("")
            parts[-1] = f"{parts[-1]} {part}".strip()
    return parts


def clauses(text: str) -> tuple[str, ...]:
    """Cut a text into clauses: sentences, and their parts at commas and turning words; each stands verbatim in it.

    Of more than MOST_CLAUSES, neighbours stay together.
    """
    found = [part for start, end in spans(text) for part in _parts(text, start, end)]
    count = min(len(found), MOST_CLAUSES)
    groups = [found[n * len(found) // count : (n + 1) * len(found) // count] for n in range(count)]
    return tuple(text[group[0][0] : group[-1][1]].strip() for group in groups)


def _parts(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Give where the parts of a sentence begin and end; there are SHORTEST_CLAUSE words on both sides of a cut."""
    words = [word.start() for word in _WORD.finditer(text, start, end)]
    before = 0
    for cut in _CUT.finditer(text, start, end):
        here = bisect_left(words, cut.end())
        if min(here - before, len(words) - here) >= SHORTEST_CLAUSE:
            yield start, cut.start()
            start, before = cut.end(), here
    yield start, end


def quoted(query: str) -> tuple[str, ...]:
    """Return the phrases a query has between double quotation marks, as `plain` writes them."""
    return tuple(phrase for match in _QUOTED.finditer(query) if (phrase := plain(match[1])))


def plain(text: str) -> str:
    """Return a text folded, with single spaces for everything that is no letter or digit."""
    return _BETWEEN_WORDS.sub(" ", fold(text)).strip()
