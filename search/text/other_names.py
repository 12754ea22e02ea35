"""What people type for what the library calls by another name: places, abbreviations, terms of the field.

Names of places are those their people or their neighbours use; one that means something else in French or English
(Roma) is left out. Each term leads to its entry where its words alone did not; tests hold that it does.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from .analysis import fold

PLACES: dict[str, str] = {
    "Luik": "Liège", "Lüttich": "Liège", "Gent": "Ghent", "Torino": "Turin", "København": "Copenhagen",
    "Danzig": "Gdańsk", "BXL": "Brussels", "Brussel": "Brussels", "Brüssel": "Brussels", "Bruxelas": "Brussels",
    "Napoli": "Naples", "Milano": "Milan", "Lisboa": "Lisbon", "Wien": "Vienna", "Warszawa": "Warsaw",
    "Antwerpen": "Antwerp", "Namen": "Namur", "Rijsel": "Lille", "Duinkerke": "Dunkerque",
    "Dunkirk": "Dunkerque", "Elsene": "Ixelles", "Ukkel": "Uccle", "Schaarbeek": "Schaerbeek", "Vorst": "Forest",
    "Sint-Gillis": "Saint-Gilles", "Oudergem": "Auderghem", "Watermaal-Bosvoorde": "Watermael-Boitsfort",
    "Laken": "Laeken", "Wallonië": "Wallonia", "Vlaanderen": "Flanders", "Firenze": "Florence",
    "Genf": "Geneva", "Genève": "Geneva", "Göteborg": "Gothenburg", "Straßburg": "Strasbourg", "Köln": "Cologne",
    "Den Haag": "The Hague", "Praha": "Prague", "Bucureşti": "Bucharest", "Klausenburg": "Cluj-Napoca",
    "Kolozsvár": "Cluj-Napoca", "Posen": "Poznań", "Athina": "Athens", "Euskadi": "Basque Country",
    "La Haye": "The Hague", "Leuven": "Louvain", "Genova": "Genoa", "Neapel": "Naples", "Mailand": "Milan",
    "Warschau": "Warsaw", "BCN": "Barcelona", "Nordrhein-Westfalen": "North Rhine-Westphalia",
    "NYC": "New York City", "Sevilla": "Seville",
}  # fmt: skip
"""A place in another language, as it is written there, to its name in the library."""

ABBREVIATIONS: dict[str, str] = {
    "BP": "budget participatif",
    "PB": "participatory budgeting",
    "CLTB": "Community Land Trust Brussels",
}
"""What is written in capitals to what it stands for."""

SAME: dict[str, str] = {
    "subside": "subvention",
    "subsides": "subventions",
    "échevin": "adjoint",
    "échevins": "adjoints",
    "échevine": "adjointe",
    "premises": "rooms",
    "échevines": "adjointes",
}
"""A word of one country, or with two meanings, to the usual word for the same."""

TERMS: Mapping[str, tuple[str, str]] = {
    "urbanisme transitoire": ("occupation temporaire de lieux vides", "temporary-use-of-vacant-space"),
    "urbanisme temporaire": ("occupation temporaire de lieux vides", "temporary-use-of-vacant-space"),
    "occupation transitoire": ("occupation temporaire de lieux vides", "temporary-use-of-vacant-space"),
    "squat autorisé": ("occupation temporaire de lieux vides", "temporary-use-of-vacant-space"),
    "meanwhile use": ("temporary use of empty buildings", "temporary-use-of-vacant-space"),
    "meanwhile space": ("temporary use of empty buildings", "temporary-use-of-vacant-space"),
    "allotment": ("community garden on public land", "new-york-community-gardens"),
    "allotments": ("community garden on public land", "new-york-community-gardens"),
    "jardins ouvriers": ("jardins partagés", "new-york-community-gardens"),
    "mini-public": ("assemblée citoyenne tirée au sort", "ostbelgien-citizens-dialogue"),
    "mini-publics": ("citizens' assembly drawn by lot", "ostbelgien-citizens-dialogue"),
    "jury citoyen": ("assemblée citoyenne tirée au sort", "ostbelgien-citizens-dialogue"),
    "foncier solidaire": ("community land trust", "community-land-trusts"),
    "organisme de foncier solidaire": ("community land trust", "community-land-trusts"),
    "bail réel solidaire": ("community land trust", "community-land-trusts"),
}
"""A term of the field to the words the library has for it, and the entry it leads to."""


def _either(words: Mapping[str, object]) -> str:
    """Return a pattern of any of some words, longest first, with and without their accents."""
    forms = {form for word in words for form in (word, fold(word))}
    return rf"(?<![\w-])(?:{'|'.join(re.escape(form) for form in sorted(forms, key=len, reverse=True))})(?![\w-])"


_INSTEAD = {fold(word): place for word, place in (PLACES | SAME).items()}
_OF_TERMS = {fold(word): said for word, (said, _) in TERMS.items()}
_NAMED = re.compile(_either(PLACES | SAME), re.IGNORECASE)
_TERM = re.compile(_either(TERMS), re.IGNORECASE)
_ABBREVIATION = re.compile(rf"(?<![\w-])(?:{'|'.join(ABBREVIATIONS)})(?![\w-])")
_FEMININE = {
    "un": "une", "le": "la", "ce": "cette", "mon": "ma", "ton": "ta", "son": "sa", "aucun": "aucune", "quel": "quelle",
    "petit": "petite", "grand": "grande", "ancien": "ancienne", "vieux": "vieille", "nouveau": "nouvelle",
    "bon": "bonne", "beau": "belle", "joli": "jolie", "premier": "première", "vrai": "vraie",
}  # fmt: skip
_A_ROOM = re.compile(
    rf"\b({'|'.join(_FEMININE)}|même|vaste|notre|votre|leur|des|les|nos|vos|leurs|ces|de|sans|cherch\w+|trouv\w+)(\s+)"
    r"loca(l|ux)\b(?! et (?:le|la|au|l['’]))",
    re.IGNORECASE,
)
"""A room, in French, with what stands before it; the adjective stands behind a noun."""

_WORD = re.compile(r"[^\W\d_]+")
_SAID_OTHERWISE = frozenset(_WORD.findall(" ".join([*_INSTEAD, *_OF_TERMS, "local locaux"])))
"""Words of what has another name: a text without any, as most are, is not looked through for names."""

_SAINT = re.compile(r"\b([Ss])(?:t|(te))(?:\.[ -]?|[ -])(?=[^\W\d_]{3})")


def with_usual_names(text: str) -> str:
    """Write what the library has another name for by that name; terms of the field keep their own beside it."""
    text = _SAINT.sub(lambda saint: f"{saint[1]}aint{'e' if saint[2] else ''}-", text)
    if not _SAID_OTHERWISE.isdisjoint(_WORD.findall(fold(text))):
        text = _NAMED.sub(lambda found: _INSTEAD[fold(found[0])], text)
        text = _A_ROOM.sub(_as_room, text)
        text = _TERM.sub(lambda found: f"{found[0]} ({_OF_TERMS[fold(found[0])]})", text)
    return _ABBREVIATION.sub(lambda found: ABBREVIATIONS[found[0]], text)


def _as_room(found: re.Match[str]) -> str:
    """Write "salle" for the noun "local", and what stands before it in its gender."""
    before, space, ending = found.groups()
    return f"{_FEMININE.get(before.lower(), before)}{space}salle{'s' if ending.lower() == 'ux' else ''}"
