"""Places that are refused ("pas à Paris", "outside Europe", "non-European"): cases from there are left out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from ..analysis import fold
from ..segmentation import spans
from .adjectives import of_refused
from .cues import AND, ASKING, LEAD, REFUSED, REFUSES, REFUSES_BEHIND, REFUSES_SOMEWHERE, SELF, TOKEN
from .gazetteer import PlaceNames
from .names import Mention, Named, names
from .phrases import cut, heads, is_subject


@dataclass(frozen=True)
class Refused:
    """The places a text refuses.

    Attributes:
        mentions: The places, in order; the first of several that are refused together has the words that refuse them.
        rest: The text without them.
    """

    mentions: tuple[Mention, ...]
    rest: str


def refused_places(text: str, known: PlaceNames) -> Refused:
    """Read the places a text refuses, and leave them and the words that refuse them out of it.

    Where nothing would remain, only the names are left out: "ailleurs qu'à".

    Args:
        text: What was typed, in one line.
        known: Every name of a place, as `place_form` writes it, to what the place goes by.
    """
    kept, named, mentions = text, text, list[Mention]()
    for start, end in reversed(spans(text)):
        for one in reversed(_refused(text[start:end], known)):
            kept = cut(kept, start + one.begins, start + one.ends)
            named = cut(named, start + one.places[0].start, start + one.places[-1].end)
            mentions[:0] = _mentions(text[start:end], one)
    return Refused(tuple(mentions), kept if TOKEN.search(kept) else named)


class _Refusal(NamedTuple):
    """Places that are refused together, and where the words that do so, with theirs, begin and end."""

    begins: int
    places: list[Named]
    ends: int


def _mentions(sentence: str, refusal: _Refusal) -> list[Mention]:
    starts = [refusal.begins, *(one.start for one in refusal.places[1:])]
    ends = [*(one.end for one in refusal.places[:-1]), refusal.ends]
    return [
        Mention(sentence[start:end].strip(" ,;()-"), sentence[one.name_start : one.end], one.place, refused=True)
        for start, end, one in zip(starts, ends, refusal.places, strict=True)
    ]


def _refused(sentence: str, known: PlaceNames) -> list[_Refusal]:
    """Return what is refused in a sentence, in order."""
    found = [_Refusal(one.start, [one], one.end) for one in of_refused(sentence)]
    if not (REFUSES_SOMEWHERE.search(sentence) or REFUSED.search(sentence)):
        return found
    every = list(names(sentence, known, everywhere=True))
    for n, one in enumerate(every):
        if any(other.begins <= one.start < other.ends for other in found):
            continue
        refuses = REFUSES.search(sentence[: one.start])
        if refuses and _asks(sentence, refuses):
            together = [one, *_refused_with(sentence, one, every[n + 1 :])]
            found.append(_Refusal(refuses.start(), together, together[-1].end))
        elif not one.prep and (behind := REFUSED.match(sentence, one.end)):
            found.append(_Refusal(one.start, [one], behind.end()))
    return sorted(found, key=lambda refusal: refusal.begins)


def _refused_with(sentence: str, one: Named, others: Iterable[Named]) -> Iterator[Named]:
    """Give the places that are refused in one breath with one."""
    end = one.end
    for other in others:
        if not _goes_on(sentence[end : other.start], one, other):
            return
        yield other
        end = other.end


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
