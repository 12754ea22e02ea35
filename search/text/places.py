"""Places a person asks about ("exemples en Wallonie", "what did Lisbon do?"), told from places that are merely said.

A place is asked about where a word that asks for examples governs it, where a question is about what is done there, or
where a text of a few words is a subject and a place. A sentence about oneself ("nous habitons à Lyon et ...") names
one's own place: nothing is read from it. When in doubt nothing is read: the answer is what it would be without places.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice, pairwise

from .analysis import fold, is_stop_word
from .gazetteer import ALSO_WORDS, gazetteer, place_adjectives, place_form
from .place_cues import (
    ALONE,
    AND,
    ASKING,
    CLAUSE,
    DOES,
    DONE,
    ELSEWHERE,
    EMPTY,
    HEAD,
    IN,
    IS_DONE,
    LANGUAGE,
    LEAD,
    LINK,
    MARKS,
    MIGHT,
    NO_HEAD,
    NOUN_PHRASE,
    OF,
    SELF,
    TELLS,
    THERE,
    TOKEN,
    TOWN,
    TOWNS,
)
from .place_names import LONGEST_BEFORE, Named, enumerated, names
from .segmentation import spans

MOST_WORDS = 9
"""Words of a text that is a subject and a place, without the place."""

MOST_HEADS = 5
"""Words for examples that are looked at beside an adjective."""

FARTHEST = 12
"""Words between the word that asks for examples and the place."""

Asked = tuple[list[Named], list[tuple[int, int]]]
"""Names in a sentence that are asked about, and the stretches of it that say so."""


_BETWEEN_PLACES = re.compile(r"[,;/()]|\s(?:et|and|&)\s")
_BEFORE_PLACE = re.compile(r"^(?:(?:a|au|aux|en|dans|in|at|la|le|les|l|the|ville|commune|city|town|de|du|d|of) )+")
"""What stands between places, and before the name of one."""


@dataclass(frozen=True)
class Mention:
    """A place that is asked about.

    Attributes:
        words: What says it, verbatim: "en Wallonie".
        name: The name in it, verbatim: "Wallonie".
        place: What the place goes by; empty when nobody knows it.
    """

    words: str
    name: str
    place: str


@dataclass(frozen=True)
class PlaceReading:
    """What a text asks about places.

    Attributes:
        mentions: The places, in order.
        rest: The text without them and without the words that ask for examples; empty when nothing is left.
    """

    mentions: tuple[Mention, ...]
    rest: str


def read_places(text: str, known: Mapping[str, str]) -> PlaceReading | None:
    """Read the places a text asks about; None when it asks about none.

    Args:
        text: What was typed, in one line.
        known: Every name of a place, as `place_form` writes it, to what the place goes by.
    """
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
            kept = _without(sentence, cuts) if cuts else sentence
            rest = " ".join(part for part in (text[:start].strip(), kept, text[end:].strip()) if part)
            return PlaceReading(mentions, rest if _has_subject(rest) else "")
    return None


def _asked_in_sentence(sentence: str, known: Mapping[str, str], *, alone: bool) -> Asked | None:
    """Read one sentence; None when it asks about no place."""
    return (
        _after_examples(sentence, known)
        or _of_adjective(sentence)
        or _in_question(sentence, known)
        or (_beside_subject(sentence, known) if alone else None)
    )


def _after_examples(sentence: str, known: Mapping[str, str]) -> Asked | None:
    """Read "exemples en Wallonie de ...", "examples of ... in Scotland", "à Gand, des exemples de ..."."""
    lead = LEAD.match(sentence)
    begin = lead.end() if lead else 0
    head = next(_heads(sentence), None)
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


def _heads(sentence: str) -> Iterator[re.Match[str]]:
    """Give the words for examples, but those that ask for nothing: "par exemple", "dans notre cas"."""
    for head in HEAD.finditer(sentence):
        before = NO_HEAD.search(sentence, max(0, head.start() - LONGEST_BEFORE), head.start())
        if not before or (before[0].strip().lower() in ("par", "for") and head[0].lower().endswith("s")):
            yield head


def _leads(sentence: str, one: Named, head: re.Match[str]) -> bool:
    """Say whether a place before the words for examples is theirs: "à Gand, des exemples de ...", "... : exemples"."""
    first = not sentence[: one.start].strip(MARKS) or fold(sentence[: one.start].strip(MARKS)) in ASKING
    return first or sentence[one.end : head.start()].strip() in (",", ":", "–", "-")


def _of_adjective(sentence: str) -> Asked | None:
    """Read "exemples wallons", "Scottish examples"."""
    lead = LEAD.match(sentence)
    begin = lead.end() if lead else 0
    for head in islice(_heads(sentence), MOST_HEADS):
        if SELF.search(sentence[begin : head.start()]):
            continue
        behind, before = list(TOKEN.finditer(sentence, head.end()))[:2], list(TOKEN.finditer(sentence, 0, head.start()))
        if one := _adjective(sentence, behind):
            return [one], [(0, begin), (head.start(), one.end)]
        if one := _adjective(sentence, before[-2:]):
            return [one], [(0, min(begin, one.start)), (one.start, head.end())]
        if not SELF.search(sentence[head.end() :]) and (one := _of_towns(sentence, head.end())):
            return [one], [(0, begin), (head.start(), head.end()), (one.start, one.end)]
    return None


def _of_towns(sentence: str, begin: int) -> Named | None:
    """Read "exemples de communes wallonnes", "examples from Italian cities" behind the word for examples."""
    words = list(TOKEN.finditer(sentence, begin))
    for pair in pairwise(words):
        for adjective, other in (pair, pair[::-1]):
            place = place_adjectives().get(place_form(adjective[0]))
            if place and fold(other[0]) in TOWN:
                return Named(adjective.start(), adjective.start(), adjective.end(), "", False, place, False)
    return None


def _adjective(sentence: str, words: list[re.Match[str]]) -> Named | None:
    """Return the place of one of two words, or of both together ("sud-africains")."""
    for some in (words, words[:1], words[1:]):
        start, end = (some[0].start(), some[-1].end()) if some else (0, 0)
        place = place_adjectives().get(place_form(sentence[start:end]))
        if place and not (LANGUAGE.search(sentence[:start]) or ELSEWHERE.search(sentence[:start])):
            return Named(start, start, end, "", False, place, False)
    return None


def _in_question(sentence: str, known: Mapping[str, str]) -> Asked | None:
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
    if towns := _of_towns(sentence, there.end()):
        return [towns], []
    return _there(sentence, known, there.end())


def _there(sentence: str, known: Mapping[str, str], begin: int) -> Asked | None:
    """Read where something is done, behind the words a question begins with."""
    for one in names(sentence, known):
        towns = one.prep in OF and TOWNS.search(sentence[: one.start])
        if one.start >= begin - 1 and (one.asked_in() or towns) and one.surely_a_place():
            named = [one, *enumerated(sentence, one, known)]
            done = IS_DONE.match(sentence[begin : one.start])
            cuts = [(0, begin + (done.end() if done else 0)), (one.start, named[-1].end)]
            return named, [] if _has_subject(_without(sentence, cuts)) else cuts
    return None


def _beside_subject(sentence: str, known: Mapping[str, str]) -> Asked | None:
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
        return (last, [(last[0].start, last[-1].end)]) if _is_subject(sentence[: last[0].start]) else None
    colon = re.match(r"\s*[,:–]\s*", sentence[first.end :]) if begins else None
    if colon and _is_subject(sentence[first.end + colon.end() :]):
        return [first], [(0, first.end + colon.end())]
    return None


def _last(sentence: str, found: list[Named]) -> list[Named]:
    """Return the last name, with those it is enumerated with."""
    count = 1
    while count < len(found) and AND.fullmatch(sentence[found[-count - 1].end : found[-count].start]):
        count += 1
    return found[-count:]


def _is_subject(text: str) -> bool:
    """Say whether a part of a text only names a subject: it is short, says nothing of oneself and tells nothing."""
    return (
        len(text.split()) <= MOST_WORDS
        and not re.search(r"[;!?.]", text.strip(" ."))
        and not (SELF.search(text) or TELLS.search(text.rstrip(" ,:")))
        and (not CLAUSE.match(text) or bool(NOUN_PHRASE.match(text)))
    )


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


def _without(sentence: str, cuts: list[tuple[int, int]]) -> str:
    """Return a sentence without some stretches, nor the words that only joined them to the rest."""
    parts, at = [], 0
    for start, end in sorted(cuts):
        parts.append(sentence[at : max(start, at)])
        at = max(at, end)
    parts.append(sentence[at:])
    kept = " ".join(LINK.sub("", part).strip(" ,;:") for part in parts if part.strip())
    return re.sub(r"\s+(?=[.,])", "", kept).strip(' ,;:–-?!.«»"')


def _has_subject(text: str) -> bool:
    """Say whether anything is left to search for."""
    words = (fold(word) for word in TOKEN.findall(text))
    return any(len(word) > 1 and word not in EMPTY and not is_stop_word(word) for word in words)


def only_places(text: str, known: Mapping[str, str]) -> frozenset[str]:
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
