"""Places that are refused ("pas à Paris", "outside Europe"): their names are left out of what is searched."""

from __future__ import annotations

import re

from ..analysis import fold
from ..segmentation import spans
from .cues import AND, ASKING, LEAD, REFUSES, REFUSES_BEHIND, REFUSES_SOMEWHERE, SELF, TOKEN
from .gazetteer import PlaceNames
from .names import Named, names
from .phrases import cut, heads, is_subject


def without_refused(text: str, known: PlaceNames) -> str:
    """Return a text without the places it refuses and the words that refuse them; as it is when it refuses none.

    Where nothing would remain, only the names are left out: "ailleurs qu'à".

    Args:
        text: What was typed, in one line.
        known: Every name of a place, as `place_form` writes it, to what the place goes by.
    """
    kept, named = text, text
    for start, end in reversed(spans(text)):
        for one in reversed(_refused(text[start:end], known)):
            begins, name, ends = (start + at for at in one)
            kept = cut(kept, begins, ends)
            named = cut(named, name, ends)
    return kept if TOKEN.search(kept) else named


def _refused(sentence: str, known: PlaceNames) -> list[tuple[int, int, int]]:
    """Return where the words begin that refuse places, where these begin and where they end."""
    if not REFUSES_SOMEWHERE.search(sentence):
        return []
    found: list[tuple[int, int, int]] = []
    every = list(names(sentence, known, everywhere=True))
    for n, one in enumerate(every):
        refuses = REFUSES.search(sentence[: one.start])
        if (found and one.start < found[-1][2]) or not refuses or not _asks(sentence, refuses):
            continue
        last = one
        for other in every[n + 1 :]:
            if not _goes_on(sentence[last.end : other.start], one, other):
                break
            last = other
        found.append((refuses.start(), one.start, last.end))
    return found


def _asks(sentence: str, refuses: re.Match[str]) -> bool:
    """Say whether words refuse a place for what is asked: "exemples hors de ...", not "nous sommes hors de ..."."""
    lead = LEAD.match(sentence)
    begin = min(lead.end() if lead else 0, refuses.start())
    before = sentence[begin : refuses.start()]
    subject = is_subject(before)
    if SELF.search(before) or (refuses["weak"] and not (subject or REFUSES_BEHIND.search(before))):
        return False
    first = TOKEN.search(sentence)
    asking = bool(first) and (fold(first[0]) if first else "") in ASKING
    return subject or begin > 0 or asking or any(head.start() < refuses.start() for head in heads(sentence))


def _goes_on(between: str, one: Named, other: Named) -> bool:
    """Say whether another name is refused with one: "hors de Belgique et de France", not "..., en France"."""
    if not AND.fullmatch(between):
        return False
    joined = fold(between.strip())
    return not other.prep or joined in ("ou", "or", "ni", "nor") or (other.prep == one.prep and joined in ("et", "and"))
