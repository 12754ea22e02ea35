"""Places by name: what each is called in French and in English, what it lies in, and its adjectives.

``gazetteer.csv`` has the countries and regions people ask about, the parts of some that are told by a direction
("Northern England"), and the towns of the library; a library of one's own adds the places of its entries.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from pathlib import Path

from ..analysis import fold
from ..other_names import PLACES

TABLE = Path(__file__).with_name("gazetteer.csv")

ALSO_WORDS = frozenset(
    {
        "ales",
        "barking",
        "chili",
        "evere",
        "fives",
        "florence",
        "forest",
        "frome",
        "hague",
        "jette",
        "la madeleine",
        "lot",
        "marche",
        "marches",
        "mons",
        "nice",
        "nord",
        "preston",
        "pula",
        "reading",
        "rosario",
        "the states",
        "tours",
        "turkey",
        "us",
        "victoria",
        "vienne",
    }
)
"""Names that are words, or first names, too, as `place_form` writes them: they are places in clear cases only."""

ENDINGS = ("", "s", "e", "es", "ne", "nes")
"""Of the forms of an adjective: wallon, wallons, wallonne, wallonnes."""

DIRECTIONS = frozenset({"East", "West", "North", "South", "Est", "Ouest", "Nord", "Sud", "Centre"})
"""Parts of a town where an entry says where it is, though the north of France goes by this name alone."""

_SIDE = r"(?:north|south)(?:[- ]?(?:east|west))?|east|west"
_ENGLISH_DIRECTION = re.compile(
    rf"(?P<side>{_SIDE})(?:ern)? (?:of )?(?P<place>(?:England|Europe|France|Germany|Italy"
    r"|Portugal|Spain))",
    re.IGNORECASE,
)
_FRENCH_DIRECTION = re.compile(
    r"(?P<side>(?:nord|sud)(?:-(?:est|ouest))?|est|ouest|centre) (?P<of>de (?:l['’]|la )|du |de )(?P<place>\w+)",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"[^\w]+|_+")
_PARTS = re.compile(r"\s*[,;/()&]\s*|\s+(?:and|et|with|avec|near|près de|incl\.?)\s+")
_LEAD = re.compile(
    r"\A(?:[^A-ZÀ-Þ]+(?:\s|['’])"
    r"|(?:Ville|Commune|Région|Province|City|Town|Municipality|Region) (?:de |d['’]|du |of ))+"
)
_ACRONYM = re.compile("[A-Z]{2,4}")
_TRAIL = re.compile(r"\s+[^\sA-ZÀ-Þ][^A-ZÀ-Þ]*\Z")


@dataclass(frozen=True)
class Place:
    """A place of the gazetteer.

    Attributes:
        name: What it goes by: its English name.
        names: Language to what it is called.
        within: What it lies in, the nearest first, by what these go by.
        kind: ``continent`` (or a part of one) or ``country``; empty for what is smaller.
    """

    name: str
    names: Mapping[str, str]
    within: tuple[str, ...]
    kind: str = ""


@cache
def _rows() -> tuple[Mapping[str, str], ...]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


@cache
def gazetteer() -> Mapping[str, Place]:
    """Return every place by what it goes by."""
    above = {row["name"]: tuple(filter(None, row["within"].split("|"))) for row in _rows()}
    return {
        row["name"]: Place(row["name"], {"fr": row["fr"], "en": row["name"]}, _within(row["name"], above), row["kind"])
        for row in _rows()
    }


def _within(name: str, above: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """Return all that a place lies in, level by level."""
    found: dict[str, None] = {}
    level = above[name]
    while level:
        found |= dict.fromkeys(level)
        level = tuple(other for one in level for other in above[one])
    return tuple(found)


@lru_cache(maxsize=4_096)
def place_form(name: str) -> str:
    """Return a name as names are compared: folded, with single spaces for what is no letter or digit."""
    return _BETWEEN.sub(" ", fold(name)).strip()


class PlaceNames(dict[str, str]):
    """Names of places, as `place_form` writes them, to what each place goes by."""

    def may_begin(self, word: str) -> bool:
        """Say whether a name begins with a word: few do, and only these need to be read on from."""
        return place_form(word).partition(" ")[0] in self._first_words

    @cached_property
    def _first_words(self) -> frozenset[str]:
        return frozenset(name.partition(" ")[0] for name in self)


@cache
def place_forms() -> PlaceNames:
    """Return every name of a place; the first there is of those of one name."""
    found: dict[str, str] = {}
    for row in _rows():
        for name in (row["name"], row["fr"], *filter(None, row["also"].split("|"))):
            for said in (name, *directed(name)):
                found.setdefault(place_form(said), row["name"])
    for other, name in PLACES.items():
        if place_form(name) in found:
            found.setdefault(place_form(other), found[place_form(name)])
    written = (one for row in _rows() for one in row["also"].split("|") if _ACRONYM.fullmatch(one))
    found = {" ".join(place_form(one)): found[place_form(one)] for one in written} | found  # "N.Y.C."
    saints = {f"{short}{form[len(long) :]}": name for form, name in found.items() for long, short in _saints(form)}
    return PlaceNames(saints | found)


def directed(name: str) -> tuple[str, ...]:
    """Return the other ways to name a part of a place: "north of England", "England du Nord" of the like."""
    if english := _ENGLISH_DIRECTION.fullmatch(name):
        side, place = english["side"], english["place"]
        return f"{side}ern {place}", f"{side} {place}", f"{side} of {place}", f"the {side} of {place}"
    if french := _FRENCH_DIRECTION.fullmatch(name):
        side, place = french["side"], french["place"]
        of = "de l'" if side[0].lower() in "aeo" else "du "
        return f"le {side} {french['of']}{place}", f"{place} {of}{side}"
    return ()


def _saints(form: str) -> Iterable[tuple[str, str]]:
    return [(long, short) for long, short in (("saint ", "st "), ("sainte ", "ste ")) if form.startswith(long)]


@cache
def place_adjectives() -> Mapping[str, str]:
    """Return every form of an adjective ("wallonnes", "Scottish"), as `place_form` writes it, to the place it is of."""
    return {
        f"{place_form(adjective)}{ending}": row["name"]
        for row in _rows()
        for adjective in filter(None, row["adjectives"].split("|"))
        for ending in ENDINGS
    }


def places_named(text: str) -> tuple[str, ...]:
    """Return the places that what a library says of where something is names, with all that these lie in.

    Args:
        text: Like ``Schaerbeek and Evere, Brussels`` or ``Wallonia (Namur, Ciney)``; a part that the gazetteer does not
            have is a place of its own, unless it ends in words without a capital ("five living labs").
    """
    found: dict[str, None] = {}
    for part in _PARTS.split(text):
        bare = _LEAD.sub("", part.strip())
        if bare in DIRECTIONS:
            continue
        known = next((name for name in map(_known, (part, bare, _TRAIL.sub("", bare))) if name), None)
        if known:
            found |= dict.fromkeys((known, *gazetteer()[known].within))
        elif bare and bare[0].isupper() and not _TRAIL.search(bare):
            found[bare] = None
    return tuple(found)


def _known(name: str) -> str | None:
    return place_forms().get(place_form(name))
