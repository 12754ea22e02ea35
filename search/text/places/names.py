"""Names of places as they stand in a sentence, with the words before them: "à la ville de Gand", "in Spain"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ..analysis import fold, is_stop_word
from .cues import AND, BEFORE, DOES, ELSEWHERE, IN, INSIDE, JOINT, NEAR, NO_PLACE, OF, PART_OF, TOKEN
from .gazetteer import ALSO_WORDS, PlaceNames, place_form

LONGEST_NAME = 6
"""Words of the longest name of a place."""

LONGEST_ACRONYM = 4
"""Characters of the longest name that is an acronym."""

LONGEST_BEFORE = 60
"""Characters before a name that may belong to it."""


@dataclass(frozen=True)
class Mention:
    """A place that is asked about, or refused.

    Attributes:
        words: What says it, verbatim: "en Wallonie".
        name: The name in it, verbatim: "Wallonie".
        place: What the place goes by; empty when nobody knows it.
        refused: Whether what is there is not wanted.
    """

    words: str
    name: str
    place: str
    refused: bool = False


@dataclass(frozen=True)
class Named:
    """A name of a place that stands in a sentence, with the words before it that belong to it.

    Attributes:
        start: Where these words begin: "à la ville de Gand".
        name_start, end: Where the name begins and ends.
        prep: The preposition, in lower case; empty when there is none.
        formal: Whether it is "the town of" this name.
        place: What the place goes by; empty when nobody knows it.
        word: Whether the name is a word, too, or nobody knows it.
    """

    start: int
    name_start: int
    end: int
    prep: str
    formal: bool
    place: str
    word: bool

    def asked_in(self) -> bool:
        """Say whether what is before the name says that something is there, or is done by the town of this name."""
        return self.prep in IN or self.formal

    def surely_a_place(self) -> bool:
        """Say so of a name that is no word besides, or that stands behind a preposition of place."""
        return not self.word or self.prep in IN or self.prep == "from" or self.formal


def names(sentence: str, known: PlaceNames, *, unknown: bool = False, everywhere: bool = False) -> Iterator[Named]:
    """Give the names of places in a sentence, in order, the longest first; those of elsewhere are left out.

    Args:
        sentence: The sentence.
        known: The names there are.
        unknown: Whether to give what is written like a name behind a preposition of place and is in no list, too.
        everywhere: Whether to give those of elsewhere, too.
    """
    tokens = list(TOKEN.finditer(sentence))
    n = 0
    while n < len(tokens):
        count, place = _longest(sentence, tokens, n, known)
        if not count and not unknown:
            n += 1
            continue
        words = tokens[n : n + (count or _capitals(sentence, tokens, n))]
        named = _named(sentence, words, place)
        if named and not everywhere and _elsewhere(sentence, named):
            named = None
        if named:
            yield named
        n += len(words) if named else max(count, 1)


def _capitals(sentence: str, tokens: list[re.Match[str]], n: int) -> int:
    """Return how many words a name that is in no list seems to have: "Milton Keynes", "Nouvelle-Aquitaine"."""
    count = 1
    while n + count < len(tokens):
        joint = sentence[tokens[n + count - 1].end() : tokens[n + count].start()]
        if joint not in ("-", "'", "’") and not (joint == " " and tokens[n + count][0][0].isupper()):
            break
        count += 1
    return count


def _longest(sentence: str, tokens: list[re.Match[str]], n: int, known: PlaceNames) -> tuple[int, str]:
    """Return of how many words from one on the longest name is, 0 for none, and what its place goes by."""
    if not known.may_begin(tokens[n][0]):
        return 0, ""
    most = 1
    while most < LONGEST_NAME and n + most < len(tokens):
        if not JOINT.fullmatch(sentence[tokens[n + most - 1].end() : tokens[n + most].start()]):
            break
        most += 1
    for count in range(most, 0, -1):
        form = place_form(sentence[tokens[n].start() : tokens[n + count - 1].end()])
        if form in known:
            return count, known[form]
    return 0, ""


def _named(sentence: str, words: list[re.Match[str]], place: str) -> Named | None:
    """Take the words of a name and what is before it together; None when they are no place here."""
    start, end = words[0].start(), words[-1].end()
    written = sentence[start:end]
    before = BEFORE.search(sentence, max(0, start - LONGEST_BEFORE), start)
    prep = " ".join((before["prep"] or "").lower().split()) if before else ""
    formal = bool(before and before["formal"])
    begins = start - len(before[0].lstrip()) if before else start
    if (not prep or prep in OF) and (inside := INSIDE.search(sentence, 0, begins)):
        begins, prep = inside.start(), inside["prep"].lower()
    form = place_form(written)
    if form in ("nord", "midi") and PART_OF.match(sentence, end):
        return None
    word = not place or (form in ALSO_WORDS and not is_acronym(written, sentence))
    if word and (not written[0].isupper() or sentence.isupper()):
        return None
    if not place and not _like_a_place(sentence, words, prep, form):
        return None
    return Named(begins, start, end, prep, formal, place, word)


def is_acronym(written: str, sentence: str) -> bool:
    """Say whether a name is written in capitals where the rest is not: "US", "UK"."""
    return len(written) <= LONGEST_ACRONYM and written.isupper() and not sentence.isupper()


def _elsewhere(sentence: str, one: Named) -> bool:
    """Say whether a name is one of elsewhere: "hors de", "comme à"."""
    return bool(ELSEWHERE.search(sentence, max(0, one.start - LONGEST_BEFORE), one.start))


def _like_a_place(sentence: str, words: list[re.Match[str]], prep: str, form: str) -> bool:
    """Say whether what no list has is written like the name of a place: "à Toulouse", "what did Toulouse do?"."""
    first = fold(words[0][0])
    return bool(
        len(form) > 2
        and not words[0][0].isupper()
        and form not in NO_PLACE
        and (first not in NO_PLACE or len(words) > 1)
        and not is_stop_word(first)
        and ((prep in IN and prep not in NEAR) or DOES.match(sentence[: words[0].start()]))
    )


def enumerated(sentence: str, one: Named, known: PlaceNames) -> list[Named]:
    """Return the places that are enumerated behind one."""
    found: list[Named] = []
    for other in names(sentence, known):
        end = found[-1].end if found else one.end
        if other.start >= end and AND.fullmatch(sentence[end : other.start]):
            found.append(other)
    return found
