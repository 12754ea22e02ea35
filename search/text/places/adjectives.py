"""Places that are said by an adjective or by who lives there: "exemples wallons", "what did the Danes do?"."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import islice, pairwise

from ..analysis import fold
from .cues import (
    ARTICLES,
    ATTRIBUTED,
    BEFORE,
    DOES,
    DONE,
    ELSEWHERE,
    EMPTY,
    HEAD_OF_ADJECTIVE,
    LANGUAGE,
    LEAD,
    NON,
    OF_THEM,
    RELATIVE,
    SELF,
    TELLS,
    TOKEN,
    TONGUE,
    TOWN,
    WHO,
)
from .gazetteer import ALSO_WORDS, gazetteer, place_adjectives, place_form, place_forms
from .names import Named, is_acronym
from .phrases import heads

Asked = tuple[list[Named], list[tuple[int, int]]]
"""Names in a sentence that are asked about, and the stretches of it that say so."""

MOST_HEADS = 5
"""Words for examples that are looked at beside an adjective."""

MOST_BEHIND = 12
"""Words of what is said of towns: "des villes allemandes qui ..."."""

INHABITANTS: Mapping[str, str] = {
    "britons": "United Kingdom",
    "brits": "United Kingdom",
    "danes": "Denmark",
    "finns": "Finland",
    "icelanders": "Iceland",
    "londoners": "London",
    "new zealanders": "New Zealand",
    "poles": "Poland",
    "scots": "Scotland",
    "slovenes": "Slovenia",
    "spaniards": "Spain",
    "swedes": "Sweden",
    "turks": "Turkey",
}
"""Names of inhabitants that are no form of an adjective, as `place_form` writes them; read with a capital only."""

NEEDS_CAPITAL = frozenset({"polish"})
"""Adjectives that are other words without a capital."""


def of_adjective(sentence: str) -> Asked | None:
    """Read "exemples wallons", "Scottish examples"."""
    lead = LEAD.match(sentence)
    begin = lead.end() if lead else 0
    for head in islice(heads(sentence), MOST_HEADS):
        if SELF.search(sentence[begin : head.start()]):
            continue
        behind, before = list(TOKEN.finditer(sentence, head.end()))[:2], list(TOKEN.finditer(sentence, 0, head.start()))
        if one := _adjective(sentence, behind):
            return [one], [(0, begin), (head.start(), one.end)]
        if one := _adjective(sentence, before[-2:]) or _attributed(sentence, before[-2:], head[0]):
            return [one], [(0, min(begin, one.start)), (one.start, head.end())]
        if not SELF.search(sentence[head.end() :]) and (one := of_towns(sentence, head.end())):
            return [one], [(0, begin), (head.start(), head.end()), (one.start, one.end)]
    return None


def of_towns(sentence: str, begin: int) -> Named | None:
    """Read "exemples de communes wallonnes", "examples from Italian cities" behind the word for examples."""
    words = list(TOKEN.finditer(sentence, begin))
    for pair in pairwise(words):
        for adjective, other in (pair, pair[::-1]):
            place = place_adjectives().get(place_form(adjective[0])) or _country(sentence, adjective)
            if place and fold(other[0]) in TOWN:
                return Named(adjective.start(), adjective.start(), adjective.end(), "", False, place, False)
    return None


def of_refused(sentence: str) -> list[Named]:
    """Read the adjectives of what is not wanted: "non-European examples", "exemples non européens"."""
    found = []
    lead = LEAD.match(sentence)
    for refuses in NON.finditer(sentence):
        place = place_adjectives().get(place_form(refuses["adjective"]))
        if place and not SELF.search(sentence, lead.end() if lead else 0, refuses.start()):
            found.append(Named(refuses.start(), refuses.start("adjective"), refuses.end(), "", False, place, False))
    return found


def _adjective(sentence: str, words: list[re.Match[str]]) -> Named | None:
    """Return the place of one of two words, or of both together ("sud-africains")."""
    for some in (words, words[:1], words[1:]):
        start, end = (some[0].start(), some[-1].end()) if some else (0, 0)
        place = place_adjectives().get(place_form(sentence[start:end]))
        if place and not (LANGUAGE.search(sentence[:start]) or ELSEWHERE.search(sentence[:start])):
            return Named(start, start, end, "", False, place, False)
    return None


def _attributed(sentence: str, words: list[re.Match[str]], head: str) -> Named | None:
    """Return the place whose name stands before words for examples: "UK examples", "New York case studies"."""
    if not ATTRIBUTED.match(head):
        return None
    for some in (words, words[1:]):
        start, end = (some[0].start(), some[-1].end()) if some else (0, 0)
        before = BEFORE.search(sentence, 0, start)
        if not (before and before["prep"]) and (place := _written(sentence, start, end)):
            return Named(start, start, end, "", False, place, False)
    return None


def _written(sentence: str, start: int, end: int) -> str:
    """Return the place that a part of a sentence names with a capital; empty when it names none."""
    written = sentence[start:end]
    place = place_forms().get(place_form(written)) if written[:1].isupper() else None
    is_word = place_form(written) in ALSO_WORDS and not is_acronym(written, sentence)
    return place if place and not is_word and not sentence.isupper() else ""


def _country(sentence: str, word: re.Match[str]) -> str:
    """Return the country or the part of the world that a word names; empty when it names none."""
    place = gazetteer().get(_written(sentence, word.start(), word.end()))
    return place.name if place and place.kind else ""


def of_inhabitants(sentence: str) -> Asked | None:
    """Read "what did the Danes do?", "qu'ont fait les Écossais pour ...?"."""
    words = list(TOKEN.finditer(sentence))
    for n, word in enumerate(words):
        if DOES.match(sentence[: word.start()]):
            for some in (words[n : n + 2], words[n : n + 1]):
                start, end = some[0].start(), some[-1].end()
                place = _inhabitants(sentence, start, end)
                if place and not SELF.search(sentence[end:]):
                    done = DONE.match(sentence[end:])
                    named = Named(start, start, end, "", False, place, False)
                    return [named], [(0, end + (done.end() if done else 0))]
    return None


def _inhabitants(sentence: str, start: int, end: int) -> str:
    """Return the place of those who do something, "les Danois", "Germans"; empty when they are of none."""
    form = place_form(sentence[start:end])
    capital = sentence[start].isupper()
    place = place_adjectives().get(form) or (INHABITANTS.get(form) if capital else None)
    several = WHO.search(sentence[:start])
    if not place or TONGUE.match(sentence, end) or not (several or (capital and form.endswith("s"))):
        return ""
    surely = OF_THEM.match(sentence, end) and (capital or form not in NEEDS_CAPITAL)
    follows = TOKEN.search(sentence, end)
    plural = capital and form.endswith("s")
    return place if surely or plural or (capital and follows and fold(follows[0]) in TOWN | {"government"}) else ""


def of_towns_alone(sentence: str) -> Asked | None:
    """Read a text that only names towns and what they do: "une ville italienne qui ...", "communes bretonnes"."""
    lead = LEAD.match(sentence)
    begin = lead.end() if lead else 0
    words = list(TOKEN.finditer(sentence, begin))
    first = next((n for n, word in enumerate(words) if fold(word[0]) not in ARTICLES), len(words))
    pair = words[first : first + 2]
    if len(pair) < 2 or sentence[pair[0].end() : pair[1].start()] != " " or SELF.search(sentence, begin):
        return None
    for adjective, other in (pair, pair[::-1]):
        place = place_adjectives().get(place_form(adjective[0])) or _country(sentence, adjective)
        own = place != "Europe" and fold(other[0]) in HEAD_OF_ADJECTIVE  # "projets européens" are those of its funds
        if place and (own or fold(other[0]) in TOWN) and _only_describes(sentence[pair[1].end() :]):
            named = Named(adjective.start(), adjective.start(), adjective.end(), "", False, place, False)
            cut = pair if fold(other[0]) in EMPTY else [adjective]
            return [named], [(0, cut[0].start() if cut is pair else begin), (cut[0].start(), cut[-1].end())]
    return None


def _only_describes(text: str) -> bool:
    """Say whether what stands behind towns says which, and tells nothing of them."""
    behind = text.strip(" .?!…")
    said = RELATIVE.match(behind)
    fits = not behind or (bool(said) and len(behind.split()) <= MOST_BEHIND)
    return fits and not TELLS.search(behind, said.end("who") if said and said["who"] else 0)
