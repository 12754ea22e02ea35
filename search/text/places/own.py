"""One's own town ("À Namur, la mairie nous ...", "we want a garden in Ghent"): where somebody is, not what is asked.

Countries and regions are left in: what the law says there may be just what is asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..analysis import fold
from ..segmentation import spans
from .cues import ASKING, IN, SELF, TOKEN
from .gazetteer import PlaceNames, gazetteer
from .names import Named, names
from .phrases import cut, has_subject

_STREET = re.compile(
    r"\b(?:rue|avenue|av\.?|boulevard|bd\.?|place|chaussée|chée|quai|square|allée|chemin|impasse|cours|esplanade"
    r"|faubourg|pont|gare|porte|rond-point)\s*\Z",
    re.IGNORECASE,
)
"""What stands before "de Paris" in the name of a street, whichever town it is in."""

_STREET_BEHIND = re.compile(
    r"\A\s+(?:street|road|avenue|lane|square|place|terrace|close|drive|way|gardens|park|rd|st|ave)\b", re.IGNORECASE
)
"""The same behind a name: "London Road"."""

_BEING = re.compile(
    r"(?:(?:nous\s+(?:sommes|vivons|habitons)|on\s+(?:est|vit|habite)|je\s+(?:suis|vis)|j['’]habite|ici"
    r"|chez\s+(?:nous|moi)|(?:we|i)(?:['’](?:re|m)|\s+(?:are|am|live|work))(?:\s+based)?|here)\s*,?\s*)\Z",
    re.IGNORECASE,
)
"""What says that somebody is there, before the place."""

_GOES_ON = re.compile(r"\A\s*,?\s*(?:et|mais|où|and|but|where)\b|\A\s*[,:]", re.IGNORECASE)
"""What goes on behind the place where a sentence only began with it."""


REGIONS = frozenset({"England", "Flanders", "Northern Ireland", "Québec", "Scotland", "Wales", "Wallonia", "Catalonia"})
"""Places of a country that have laws of their own, by what they go by."""

_OTHERS = re.compile(
    r"\b(?:comme|appr(?:endre|is)\w*|inspir\w+|copi\w+|imit\w+|visit\w+|ce\s+(?:qui|que)|ce\s+qu['’]|ils|elles|ceux"
    r"|like|as|learn\w*|copy\w*|inspired?|what|they|those|how)\b",
    re.IGNORECASE,
)
"""What speaks of others: then the place is theirs."""


def without_own_places(text: str, known: PlaceNames) -> str:
    """Return a text without one's own place and the names of streets; as it is where nothing else would be left.

    Args:
        text: What was typed, in one line, in which no place is asked about.
        known: Every name of a place, as `place_form` writes it, to what the place goes by.
    """
    kept = text
    for start, end in reversed(spans(text)):
        sentence = text[start:end]
        for begins, ends in reversed(list(_own(sentence, known))):
            kept = cut(kept, start + begins, start + ends)
    return kept.lstrip(" .,;:!?") if has_subject(kept) else text


def _own(sentence: str, known: PlaceNames) -> Iterator[tuple[int, int]]:
    """Give where the words begin and end that only say where somebody is, or what a street is called."""
    for one in filter(_is_town, names(sentence, known)):
        if one.prep not in IN and (street := _STREET.search(sentence, 0, one.start)):
            yield street.start(), one.end
        elif not one.prep and (street := _STREET_BEHIND.match(sentence[one.end :])):
            yield one.name_start, one.end + street.end()
        elif being := _BEING.search(sentence, 0, one.start):
            goes_on = _GOES_ON.match(sentence[one.end :])
            yield being.start(), one.end + (goes_on.end() if goes_on else 0)
        elif one.surely_a_place() and (_begins(sentence, one) or _is_beside(sentence, one)):
            yield one.start, one.end


def _is_town(one: Named) -> bool:
    """Say whether a name is neither of a country nor of a region."""
    place = gazetteer().get(one.place)
    return not (place and place.kind) and one.place not in REGIONS


def _begins(sentence: str, one: Named) -> bool:
    """Say whether a sentence that is no question begins with the place: "À Namur, ..."."""
    first = TOKEN.search(sentence[one.end :])
    asks = first is not None and fold(first[0]) in ASKING and "?" in sentence
    return (
        one.prep in IN and not sentence[: one.start].strip() and bool(_GOES_ON.match(sentence[one.end :])) and not asks
    )


def _is_beside(sentence: str, one: Named) -> bool:
    """Say whether somebody who speaks of oneself says where that is: "... à Namur", "..., Namur" at the end."""
    before, ends = sentence[: one.start], not sentence[one.end :].strip(" .!?…)")
    if not SELF.search(before) or _OTHERS.search(before):
        return False
    return one.prep in IN or (ends and not one.prep and before.rstrip().endswith((",", "(")))
