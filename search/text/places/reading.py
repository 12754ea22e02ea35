"""Places a person asks about ("exemples en Wallonie", "what did Lisbon do?"), told from places that are merely said.

A place is asked about where a word that asks for examples governs it, where a question is about what is done there, or
where a text of a few words is a subject and a place. A sentence about oneself ("nous habitons à Lyon et ...") names
one's own place: nothing is read from it. When in doubt nothing is read: the answer is what it would be without places.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from ..analysis import fold, is_stop_word
from ..segmentation import spans
from .adjectives import Asked, of_adjective, of_inhabitants, of_towns, of_towns_alone
from .cues import ALONE, AND, ASKING, DOES, DONE, IN, IS_DONE, LEAD, MARKS, MIGHT, OF, SELF, THERE, TOKEN, TOWNS
from .gazetteer import ALSO_WORDS, PlaceNames, gazetteer, place_form
from .names import Mention, Named, enumerated, names
from .phrases import MOST_WORDS, has_subject, heads, is_subject, without
from .refused import refused_places

FARTHEST = 12
"""Words between the word that asks for examples and the place."""

_BETWEEN_PLACES = re.compile(r"[,;/()]|\s(?:et|and|&)\s")
_BEFORE_PLACE = re.compile(r"^(?:(?:a|au|aux|en|dans|in|at|la|le|les|l|the|ville|commune|city|town|de|du|d|of) )+")
"""What stands between places, and before the name of one."""


@dataclass(frozen=True)
class PlaceReading:
    """What a text asks about places.

    Attributes:
        mentions: The places that are asked about, in order, then those that are refused ("pas à Paris").
        rest: The text without them, without those it refuses and without the words that ask for examples; empty when
            nothing is left.
    """

    mentions: tuple[Mention, ...]
    rest: str


def read_places(text: str, known: PlaceNames) -> PlaceReading | None:
    """Read the places a text asks about and leave out those it refuses; None when it does neither.

    Args:
        text: What was typed, in one line.
        known: Every name of a place, as `place_form` writes it, to what the place goes by.
    """
    refused = refused_places(text, known)
    read = _read(refused.rest, known)
    if not (read or refused.mentions):
        return None
    asked = read or PlaceReading((), refused.rest)
    return replace(asked, mentions=(*asked.mentions, *refused.mentions))


def _read(text: str, known: PlaceNames) -> PlaceReading | None:
    sentences = spans(text)
    for start, end in sentences:
        alone = len(sentences) == 1
        found = _asked_in_sentence(text[start:end], known, alone=alone)
        if found:
            named, cuts = found
            sentence = text[start:end]
            mentions = tuple(
                Mention(sentence[one.start : one.end], sentence[one.name_start : one.end], one.place)
                for one in _narrowed(named, sentence)
            )
            kept = without(sentence, cuts) if cuts else sentence
            rest = " ".join(part for part in (text[:start].strip(), kept, text[end:].strip()) if part)
            return PlaceReading(mentions, rest if has_subject(rest) else "")
    return None


def _asked_in_sentence(sentence: str, known: PlaceNames, *, alone: bool) -> Asked | None:
    """Read one sentence; None when it asks about no place."""
    return (
        _after_examples(sentence, known)
        or of_adjective(sentence)
        or of_inhabitants(sentence)
        or _in_question(sentence, known)
        or ((_beside_subject(sentence, known) or of_towns_alone(sentence)) if alone else None)
    )


def _after_examples(sentence: str, known: PlaceNames) -> Asked | None:
    """Read "exemples en Wallonie de ...", "examples of ... in Scotland", "à Gand, des exemples de ..."."""
    lead = LEAD.match(sentence)
    begin = lead.end() if lead else 0
    head = next(heads(sentence), None)
    if head is None:
        return None
    before = next((one for one in names(sentence, known) if one.end <= head.start()), None)
    if before and before.asked_in() and before.surely_a_place() and _leads(sentence, before, head):
        return None if SELF.search(sentence) else ([before], [(before.start, before.end), (before.end, head.end())])
    if SELF.search(sentence[begin : head.start()]):
        return None
    for one in names(sentence, known, unknown=True):
        between = sentence[head.end() : one.start]
        fits = one.asked_in() or (one.prep in OF and not between.strip()) or _set_apart(sentence, one)
        if one.start < head.end() or not fits or not one.surely_a_place():
            continue
        if SELF.search(between) or len(between.split()) > FARTHEST or re.search(r"[;!?]", between):
            return None
        named = [one, *enumerated(sentence, one, known)]
        return named, [(0, begin), (head.start(), head.end()), (one.start, named[-1].end)]
    return None


def _set_apart(sentence: str, one: Named) -> bool:
    """Say whether a name without a preposition stands behind a comma or a bracket."""
    return not one.prep and not one.word and sentence[: one.start].rstrip().endswith((",", ":", "("))


def _leads(sentence: str, one: Named, head: re.Match[str]) -> bool:
    """Say whether a place before the words for examples is theirs: "à Gand, des exemples de ...", "... : exemples"."""
    first = not sentence[: one.start].strip(MARKS) or fold(sentence[: one.start].strip(MARKS)) in ASKING
    return first or sentence[one.end : head.start()].strip() in (",", ":", "–", "-")


def _in_question(sentence: str, known: PlaceNames) -> Asked | None:
    """Read "what did Lisbon do about ...?", "qu'a fait Gand ?", "who has done this in Flanders?"."""
    first = TOKEN.search(sentence)
    if first is None or fold(first[0]) not in ASKING:
        return None
    for one in names(sentence, known, unknown=True):
        if one.prep not in IN and DOES.match(sentence[: one.name_start]):
            if SELF.search(sentence[one.end :]):
                return None
            done = DONE.match(sentence[one.end :])
            return [one], [(0, one.end + (done.end() if done else 0))]
    there = THERE.match(sentence)
    if not there or SELF.search(sentence[there.end() :]) or MIGHT.search(sentence):
        return None
    if towns := of_towns(sentence, there.end()):
        return [towns], []
    return _there(sentence, known, there.end())


def _there(sentence: str, known: PlaceNames, begin: int) -> Asked | None:
    """Read where something is done, behind the words a question begins with."""
    for one in names(sentence, known):
        towns = one.prep in OF and TOWNS.search(sentence[: one.start])
        if one.start >= begin - 1 and (one.asked_in() or towns) and one.surely_a_place():
            named = [one, *enumerated(sentence, one, known)]
            done = IS_DONE.match(sentence[begin : one.start])
            cuts = [(0, begin + (done.end() if done else 0)), (one.start, named[-1].end)]
            return named, [] if has_subject(without(sentence, cuts)) else cuts
    return None


def _beside_subject(sentence: str, known: PlaceNames) -> Asked | None:
    """Read "jardins collectifs au Québec", "community gardens, Québec", "Wallonie : jardins", "et à Gand ?"."""
    found = list(names(sentence, known)) if len(sentence.split()) <= 2 * MOST_WORDS else []
    if not found:
        return None
    first, last = found[0], _last(sentence, found)
    begins = bool(ALONE.match(sentence[: first.start])) and (not first.word or first.prep in IN)
    if begins:
        named = [first, *enumerated(sentence, first, known)]
        if not sentence[named[-1].end :].strip(f"{MARKS}.?!"):
            asks = first.asked_in() or sentence[: first.start].strip(MARKS)  # a bare name may be that of an entry
            return (named, [(0, len(sentence))]) if asks else None
    if not sentence[last[-1].end :].strip(f"{MARKS}.") and _fits_behind(last[0], sentence):
        return (last, [(last[0].start, last[-1].end)]) if is_subject(sentence[: last[0].start]) else None
    colon = re.match(r"\s*[,:–]\s*", sentence[first.end :]) if begins else None
    if colon and is_subject(sentence[first.end + colon.end() :]):
        return [first], [(0, first.end + colon.end())]
    place = gazetteer().get(first.place)
    large = begins and place and place.kind and not first.prep and not sentence[: first.start].strip(MARKS)
    if large and is_subject(sentence[first.end :]) and _is_apart(sentence, first):
        return [first], [(0, first.end)]
    return None


def _is_apart(sentence: str, one: Named) -> bool:
    """Say whether more than one word that is no function word stands behind a name: "UK community gardens"."""
    behind = TOKEN.findall(sentence[one.end :])
    return len(behind) > 1 and not is_stop_word(fold(behind[0]))


def _last(sentence: str, found: list[Named]) -> list[Named]:
    """Return the last name, with those it is enumerated with."""
    count = 1
    while count < len(found) and AND.fullmatch(sentence[found[-count - 1].end : found[-count].start]):
        count += 1
    return found[-count:]


def _fits_behind(one: Named, sentence: str) -> bool:
    """Say whether a name at the end of a text of few words is a place beside its subject, not "from here to there"."""
    if one.prep or one.word:
        return one.prep in IN or (one.formal and not one.word)
    before = TOKEN.findall(sentence[: one.start])
    return bool(before) and not is_stop_word(fold(before[-1]))


def _narrowed(named: list[Named], sentence: str) -> list[Named]:
    """Take "Liège, Belgium" as one place: the narrower, with the words of both."""
    kept: list[Named] = []
    for one in named:
        place = gazetteer().get(kept[-1].place) if kept else None
        if place and one.place in place.within and sentence[kept[-1].end : one.start].strip() == ",":
            kept[-1] = replace(kept[-1], end=one.end)
        else:
            kept.append(one)
    return kept


def only_places(text: str, known: PlaceNames) -> frozenset[str]:
    """Return what places go by that are all a text says ("à la ville de Gand, Belgique"); none if it says more.

    Args:
        text: What was typed.
        known: Every name of a place, as `place_form` writes it, to what the place goes by.
    """
    found = set()
    for part in filter(str.strip, _BETWEEN_PLACES.split(text)):
        form = place_form(part)
        name = _BEFORE_PLACE.sub("", form)
        is_word = name in ALSO_WORDS and name == form and not part.strip()[0].isupper()
        place = known.get(form) or known.get(name)
        if place is None or is_word:
            return frozenset()
        found.add(place)
    return frozenset(found)
