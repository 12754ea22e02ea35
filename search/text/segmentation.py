"""Cut an entry into the pieces that are embedded, and a piece into sentences."""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise

from ..entries import FIELDS, LIST_FIELDS, Entry, Passage
from .characters import seen
from .compounds import apart
from .spelling import one_spelling

ITEM_BY_ITEM = frozenset({"obstacles", "signs_it_is_missing"})
"""List fields whose items stand alone: each is something a person could say of their own situation."""


LONGEST_PASSAGE = 1_500
"""Characters; a longer text is cut at ends of sentences, for an encoder reads no further than its first page."""


UNSEEN = frozenset({"Cc", "Cf"})
"""Categories of characters that nobody sees: controls, and formats like the space of no width."""


_ABBREVIATIONS = r"(?<!\bM)(?<!\bDr)(?<!\bSt)(?<!\betc)(?<!\bp\. ex)(?<!\be\.g)(?<!\bi\.e)(?<!\bvs)"


_NUMBER = r"(?!(?<=\b[Nn]o)\.\s+\d)"  # "no. 43"; without a number, "no" is the word


_SENTENCE_END = re.compile(r"(?=[.!?…])" + _ABBREVIATIONS + _NUMBER + r"[.!?…]+(?:\s*[»”])?\s+(?=[«“A-ZÀ-ÖØ-Þ\d])")


_BREAK = re.compile(_SENTENCE_END.pattern + r"|\n+")


def passages_of(entry: Entry) -> tuple[Passage, ...]:
    """Cut an entry into passages, one per field, in reading order.

    The title goes before every passage when it is embedded (see `embedded_text`); it is a passage of its own only in a
    language that has no other text. A blank text gives none: every passage has a sentence.
    Items of ITEM_BY_ITEM fields are passages of their own; the items of other lists are joined by line breaks. A text
    longer than LONGEST_PASSAGE becomes several passages; fields the entry does not have give none.

    Args:
        entry: Any entry, in one language or two.

    Returns:
        French passages first where there are any.
    """
    passages: list[Passage] = []
    for language in entry.languages:
        there = [field for field in FIELDS[entry.kind] if field != "title" and field in entry.texts[language]]
        found = [passage for field in there for passage in _passages_of_field(entry, language, field)]
        passages += found or _passages_of_field(entry, language, "title")
    return tuple(passages)


def _passages_of_field(entry: Entry, language: str, field: str) -> list[Passage]:
    text = entry.texts[language].get(field, "")
    whole = text if field in ITEM_BY_ITEM else ("\n".join(text),) if field in LIST_FIELDS else (str(text),)
    pieces = [piece for one in whole for piece in cut(one, LONGEST_PASSAGE) if not is_blank(piece)]
    return [Passage(entry.id, language, field, n, piece) for n, piece in enumerate(pieces)]


def is_blank(text: str) -> bool:
    """Say whether nothing can be seen of a text: white space, controls and characters of no width."""
    return all(character.isspace() or unicodedata.category(character) in UNSEEN for character in text)


def cut(text: str, longest: int) -> list[str]:
    """Cut a text into pieces of at most so many characters, each verbatim, at ends of sentences where there are any.

    Args:
        text: Any text.
        longest: Characters; a longer sentence is cut at a space, or in the middle of a word where there is none.
    """
    pieces = []
    rest = text.strip()
    while len(rest) > longest:
        ends = [match.end() for match in _BREAK.finditer(rest, 0, longest)]
        end = ends[-1] if ends else rest.rfind(" ", 1, longest)
        end = end if end > 0 else longest
        pieces.append(rest[:end].strip())
        rest = rest[end:].strip()
    return [*pieces, rest] if pieces else [text]


def embedded_text(passage: Passage, entry: Entry) -> str:
    """Return what the encoder reads for a passage: the entry's title in the same language, then the passage."""
    if passage.field == "title":
        return passage.text
    return f"{entry.title(passage.language)}. {passage.text}"


def as_embedded(text: str) -> str:
    """Return what the encoder reads of a text of the library: what is seen of it, spelt in one way, without hyphens."""
    return apart(one_spelling(seen(text)))


def sentences(text: str) -> tuple[str, ...]:
    """Cut a text into sentences; each stands verbatim in it, without the white space around it."""
    return tuple(text[start:end] for start, end in spans(text))


def spans(text: str) -> list[tuple[int, int]]:
    """Say where each sentence of a text begins and ends."""
    found, start = [], 0
    for line in text.split("\n"):
        cuts = [start, *(start + end.end() for end in _SENTENCE_END.finditer(line)), start + len(line)]
        found += [span for one in pairwise(cuts) if (span := _trimmed(text, *one))]
        start += len(line) + 1
    return found


def _trimmed(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Leave the white space at both ends of a piece of text out; None when nothing else is in it."""
    piece = text[start:end]
    left = len(piece) - len(piece.lstrip())
    return (start + left, start + len(piece.rstrip())) if left < len(piece) else None
