"""Places a person asks about, read from the text: cases are limited to them, and practices ordered by these cases."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from ..entries import LANGUAGES
from ..errors import UnknownPlaceError
from ..index.index import Index
from ..index.metadata import PLACES
from ..text.places.cues import IN
from ..text.places.gazetteer import gazetteer, place_form
from ..text.places.names import Mention, names
from ..text.places.own import without_own_places
from ..text.places.phrases import has_subject, without
from ..text.places.reading import PlaceReading, read_places
from ..text.segmentation import spans
from .filters import Selection, texts_of
from .results import GROUPS, AskedPlace
from .scoring import Scored

LIFT = 0.5
"""How far a practice is lifted towards the best case of the place that shows it: 0 not at all, 1 to its score."""


@dataclass(frozen=True)
class PlacesAsked:
    """The places of a text, and what is searched beside them.

    Attributes:
        places: What was read, with what was taken away.
        rest: What is searched; empty when the place is all that is asked.
    """

    places: tuple[AskedPlace, ...]
    rest: str

    @property
    def limits(self) -> tuple[str, ...]:
        """The places cases are limited to; none when nothing is."""
        return tuple(place.place for place in self.places if place.kept and place.place and not place.refused)

    @property
    def refuses(self) -> tuple[str, ...]:
        """The places cases are not wanted from."""
        return tuple(place.place for place in self.places if place.kept and place.refused)

    @property
    def browses(self) -> bool:
        """Whether a place is all that is asked."""
        return bool(self.limits) and not self.rest


def asked_places(index: Index, text: str, wanted: Collection[str] | None = None) -> PlacesAsked:
    """Read the places a text asks about.

    Args:
        index: Whose places are known.
        text: What was typed, cleaned.
        wanted: Words of the places to keep, as results name them or as names of places that stand in the text; None
            keeps all that are read, and an empty list none.

    Raises:
        UnknownPlaceError: One is not in the text, or no place.
        ValueError: They are no texts.
    """
    read = read_places(text, index.place_names) or PlaceReading((), text)
    if wanted is None:
        return _asked(index, read.mentions, read, text)
    said = list(dict.fromkeys(" ".join(words.split()) for words in texts_of("places", wanted)))
    known = {words for mention in read.mentions for words in (mention.words, mention.name)}
    own = [_named(index, text, words, read) for words in said if words not in known]
    kept = [one for one in read.mentions if {one.words, one.name} & set(said)]
    rest = read if all(one in kept or one.refused for one in read.mentions) else PlaceReading((), text)
    return _asked(index, (*read.mentions, *own), rest, text, kept=[*kept, *own])


def _asked(
    index: Index, mentions: Sequence[Mention], read: PlaceReading, text: str, kept: Collection[Mention] | None = None
) -> PlacesAsked:
    told = [_place(index, one, kept is None or one in kept) for one in mentions]
    places = tuple(place for place in told if place.place or not place.refused)
    browses = any(place.kept and place.place and not place.refused for place in places) and not read.rest
    rest = read.rest or ("" if browses else text)
    asks = any(not place.refused for place in places)
    return PlacesAsked(places, rest if asks else without_own_places(rest, index.place_names))


def _place(index: Index, mention: Mention, kept: bool) -> AskedPlace:
    known = gazetteer().get(mention.place)
    names: Mapping[str, str] = known.names if known else dict.fromkeys(LANGUAGES, mention.place or mention.name)
    there = mention.place if mention.place in index.metadata.values[PLACES] else ""
    return AskedPlace(mention.words, dict(names), there, kept, mention.refused)


def _named(index: Index, text: str, words: str, read: PlaceReading) -> Mention:
    """Take a place by its name in the text, though the text does not ask about it."""
    place = index.place_names.get(place_form(words))
    if place is None or f" {place_form(words)} " not in f" {place_form(text)} ":
        raise UnknownPlaceError([words], [one.words for one in read.mentions])
    return Mention(words, words, place)


def beside_places(index: Index, text: str) -> str:
    """Return a text without the places something is said to be in; empty when there are none, or nothing is left.

    Whether something answers is not a matter of where: "à Paris" is near what people ask of Paris.
    """
    parts = [text[start:end] for start, end in spans(text)]
    cuts = [[(one.start, one.end) for one in names(part, index.place_names) if one.prep in IN] for part in parts]
    rest = ". ".join(without(part, there) if there else part for part, there in zip(parts, cuts, strict=True))
    return rest if any(cuts) and has_subject(rest) else ""


def limited(index: Index, selection: Selection, asked: PlacesAsked) -> Selection:
    """Limit the cases of a selection to the places that are asked about, without those of places that are refused.

    Args:
        index: Of the library.
        selection: What the filters let through.
        asked: The places; nothing is changed when there are none.
    """
    metadata, limits, refuses = index.metadata, asked.limits, asked.refuses
    cases = metadata.having("kinds", GROUPS["cases"])
    if refuses:
        selection = replace(selection, entries=selection.entries & ~(cases & metadata.having(PLACES, refuses)))
    if not limits:
        return selection
    there = metadata.having(PLACES, limits)
    elsewhere = cases & ~there
    return replace(selection, entries=selection.entries & ~elsewhere, there=there & selection.entries & ~elsewhere)


def led_by_cases(scored: Scored, selection: Selection) -> Scored:
    """Lift what cases of the place show towards the best of these cases; as it was when no place is asked about."""
    if selection.there is None:
        return scored
    there = selection.there[scored.features.candidates.entries]
    of_cases = np.append(np.where(there, scored.scores, -np.inf), -np.inf)
    best = of_cases[scored.features.candidates.shown].max(axis=1, initial=-np.inf)
    lifted = ~there & np.isfinite(best) & np.isfinite(scored.scores)
    above = np.subtract(best, scored.scores, out=np.zeros_like(scored.scores), where=lifted)
    return replace(scored, scores=scored.scores + LIFT * np.maximum(above, 0.0))
