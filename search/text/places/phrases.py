"""Parts of a sentence around a place: the words for examples, a subject, and what remains without the place."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..analysis import fold, is_stop_word
from ..spelling import one_spelling
from .cues import CLAUSE, EMPTY, HEAD, LINK, NO_HEAD, NOUN_PHRASE, SELF, TELLS, TOKEN
from .names import LONGEST_BEFORE

MOST_WORDS = 9
"""Words of a text that is a subject and a place, without the place."""


def heads(sentence: str) -> Iterator[re.Match[str]]:
    """Give the words for examples, but those that ask for nothing: "par exemple", "dans notre cas"."""
    for head in HEAD.finditer(sentence):
        before = NO_HEAD.search(sentence, max(0, head.start() - LONGEST_BEFORE), head.start())
        if not before or (before[0].strip().lower() in ("par", "for") and head[0].lower().endswith("s")):
            yield head


def is_subject(text: str) -> bool:
    """Say whether a part of a text only names a subject: it is short, says nothing of oneself and tells nothing."""
    return (
        len(text.split()) <= MOST_WORDS
        and not re.search(r"[;!?.]", text.strip(" ."))
        and not (SELF.search(text) or TELLS.search(text.rstrip(" ,:")))
        and (not CLAUSE.match(text) or bool(NOUN_PHRASE.match(text)))
    )


def without(sentence: str, cuts: list[tuple[int, int]]) -> str:
    """Return a sentence without some stretches, nor the words that only joined them to the rest."""
    parts, at = [], 0
    for start, end in sorted(cuts):
        parts.append(sentence[at : max(start, at)])
        at = max(at, end)
    parts.append(sentence[at:])
    kept = " ".join(LINK.sub("", part).strip(" ,;:") for part in parts if part.strip())
    return re.sub(r"\s+(?=[.,])", "", kept).strip(' ,;:–-?!.«»"')


def cut(text: str, start: int, end: int) -> str:
    """Return a text without a stretch, nor the comma or bracket that set it apart."""
    before, behind = text[:start].rstrip(" ,;:–-("), text[end:].lstrip(",)")
    return f"{before}{behind}".strip() if not behind[:1].isalnum() else f"{before} {behind}".strip()


def has_subject(text: str) -> bool:
    """Say whether anything is left to search for."""
    words = (fold(word) for word in TOKEN.findall(one_spelling(text)))
    return any(len(word) > 1 and word not in EMPTY and not is_stop_word(word) for word in words)
