"""What an entry says of where it is, in the reader's language: "Brussels and Flanders" is "Bruxelles et Flandre"."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from .gazetteer import gazetteer, place_form, place_forms

FRENCH: Mapping[str, str] = {
    "and other neighbourhoods": "et d’autres quartiers",
    "and": "et",
    "with": "avec",
    "near": "près de",
    "incl.": "dont",
    "lead": "chef de file",
    "two cities": "deux villes",
    "three cities": "trois villes",
    "four cities": "quatre villes",
    "five cities": "cinq villes",
    "six cities": "six villes",
    "seven cities": "sept villes",
    "eight cities": "huit villes",
    "nine cities": "neuf villes",
    "ten cities": "dix villes",
    "eight partners": "huit partenaires",
    "nine partners": "neuf partenaires",
    "five living labs": "cinq laboratoires vivants",
    "VILCO living labs": "laboratoires vivants VILCO",
    "national assembly of citizens": "assemblée nationale de citoyens",
    "national": "tout le pays",
    "federal services": "services fédéraux",
    "all 31 local authorities": "les 31 collectivités locales",
    "about 1,500 priority neighbourhoods": "environ 1\u202f500 quartiers prioritaires",
    "150 areas": "150 secteurs",
    "rural area": "campagne",
    "East": "est",
    "European quarter": "quartier européen",
    "European Quarter": "quartier européen",
    "canal zone": "zone du canal",
    "Molenbeek/Laeken border": "limite de Molenbeek et Laeken",
    "City of Brussels": "Ville de Bruxelles",
    "Brussels-Capital Region": "Région de Bruxelles-Capitale",
    "Brussels Environment": "Bruxelles Environnement",
    "Lille Metropole": "Métropole de Lille",
    "canton of": "canton de",
    "municipality of": "commune de",
    "Chevreuse valley": "vallée de Chevreuse",
    "former Saint-Vincent-de-Paul hospital": "ancien hôpital Saint-Vincent-de-Paul",
    "Puglia region": "région des Pouilles",
    "mainland Portugal": "Portugal continental",
    "Twelve towns in France": "Douze villes de France",
    "A village in the Lot": "Un village du Lot",
}
"""What stands between names, or beside them, in English and in French; what is longer comes first where both begin."""

_PIECE = re.compile(r"(\s*(?:,(?!\d)|[;()])\s*|\s+/\s+)")


def place_in(text: str, language: str) -> str:
    """Put what an entry says of where it is in a language, as far as the gazetteer and the words above go.

    Args:
        text: Like ``Schaerbeek and Evere, Brussels``; what neither knows stays as it is.
        language: ``fr`` or ``en``.
    """
    return "".join(piece if n % 2 else _piece(piece, language) for n, piece in enumerate(_PIECE.split(text)))


@cache
def _wording(language: str) -> tuple[Mapping[str, str], re.Pattern[str]]:
    words = FRENCH if language == "fr" else {french: english for english, french in FRENCH.items()}
    longest_first = "|".join(map(re.escape, sorted(words, key=len, reverse=True)))
    return words, re.compile(rf"(?<!\w)({longest_first})(?!\w)")


def _piece(text: str, language: str) -> str:
    """Put what stands between commas and brackets in a language: as one name, or as words and names."""
    if name := _named(text, language):
        return name
    words, known = _wording(language)
    parts = known.split(text)
    return "".join(words[part] if n % 2 else _name(part, language) for n, part in enumerate(parts))


def _name(text: str, language: str) -> str:
    """Put a name in a language, with the white space around it; what is none stays."""
    bare = text.strip()
    return text.replace(bare, _named(bare, language) or bare) if bare else text


def _named(text: str, language: str) -> str:
    """Return what a place is called in a language, when a text is one of its two names; else nothing."""
    name = place_forms().get(place_form(text))
    if not name:
        return ""
    told = gazetteer()[name].names
    own = place_form(text) in map(place_form, told.values())
    if not own:
        return ""
    return text if told[language].startswith(f"{text} ") else told[language]
