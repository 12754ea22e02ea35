"""One spelling for each word: inclusive endings, dotted acronyms, American and British."""

from __future__ import annotations

import re
from functools import lru_cache

from .compounds import together, with_hyphen

_ENDINGS = "e|ne|le|te|se|ve|fe|sse|rice|trice|ice|euse|esse|ère|ere|ière|iere|ienne|enne|elle|ale|s"
_INCLUSIVE = re.compile(
    rf"(?<![^\W\d_])([^\W\d_]{{2,40}})(?:"
    rf"[·•‧∙⋅・]({_ENDINGS})(?:[·•‧∙⋅・.-]?(s))?"  # habitant·e·s, habitant·es, communaux·ales
    rf"|\.({_ENDINGS})[.·](s)|\.(e|rice|trice|euse|ère|ales)(s?)"  # habitant.e.s, habitant.e
    rf"|-({_ENDINGS})-(s)|-(e|ne|rice|trice|euse|ère|ales)(s?)"  # habitant-e-s, habitant-e
    rf"|\(({_ENDINGS})\)(?:\(?(s)\)?)?|\((es|nes|les|tes|trices|rices|euses|ères)\)"  # habitant(e)s, habitants(es)
    rf"|/({_ENDINGS})/?(s)?"  # habitant/e/s
    rf")(?![\w·-])",
    re.IGNORECASE,
)
_MAY_END_TWICE = re.compile(r"[·•‧∙⋅・.\-(/](?<=[^\W\d_]{2}.)[^\W\d_]")
"""What every inclusive ending has: looked for first, for most texts have none.

Here and below what comes before a mark is looked at behind the mark: a pattern that begins with a few characters is
found several times as fast as one that begins by looking back.
"""

_CAPITAL = re.compile(r"E(?<=[a-zà-ÿ]{3}E)(?=s?\b)")
_NEEDS = {
    "ne": "n",
    "nes": "n",
    "le": "l",
    "les": "l",
    "te": "tu",
    "tes": "tu",
    "se": "xs",
    "ve": "f",
    "fe": "f",
    "sse": "e",
    "ale": "lx",
    "ales": "x",
}
"""Endings that are words too: the letters one of which must stand before them (citoyen·ne, tou·te·s, heureux·se)."""

_DOTTED = re.compile(r"(?<![\w.])(?:[^\W\d_]\.){2,}[^\W\d_]?(?!\w)")
_MAY_BE_DOTTED = re.compile(r"\.[^\W\d_]\.")
"""What every dotted acronym has."""

_SPACED = re.compile(r"(?<![\w.])[A-Z]\.(?: [A-Z]\.){2,}")
_WITH_NUMBER = re.compile(r"([B-HJ-NP-XZ])(?<!\w.)[ -](?=(?!19\d\d|20\d\d)\d{3,4}\b)")
_WORD = re.compile(r"(?<![^\W\d_])[^\W\d_]{3,24}(?![^\W\d_])")


@lru_cache(maxsize=64)
def one_spelling(text: str) -> str:
    """Write the words of a text that are spelt in several ways in one.

    Inclusive endings are left out (habitant·e·s, conseiller(ère)s), with the plural kept; dotted acronyms are closed
    (C.L.T., G 1000); American words are written the British way. What is not concerned stays as it is.
    """
    if "E" in text:
        text = _CAPITAL.sub("", text)
    if _MAY_END_TWICE.search(text):
        text = _INCLUSIVE.sub(_masculine, text)
    if _MAY_BE_DOTTED.search(text):
        text = _DOTTED.sub(lambda found: found[0].replace(".", ""), text)
    text = together(_WITH_NUMBER.sub(r"\1", text))
    changed = {word: usual for word in set(_WORD.findall(text)) if (usual := _usual(word)) != word}
    return _WORD.sub(lambda word: changed.get(word[0], word[0]), text) if changed else text


def acronyms_closed(text: str) -> str:
    """Write acronyms that have points and spaces between their letters together (C. C. A. S.)."""
    return _SPACED.sub(lambda found: found[0].replace(". ", "").rstrip("."), text) if ". " in text else text


def _masculine(found: re.Match[str]) -> str:
    """Return the word without its second ending; as it is where the ending could be a word of its own."""
    word, parts = found[1], [part.lower() for part in found.groups()[1:] if part]
    ending = parts[0] if parts else ""
    before = _NEEDS.get(ending)
    if not ending or (before and word[-1].lower() not in before):
        return found[0]
    plural = (parts[-1] == "s" or ending.endswith("es")) and word[-1] not in "sxSX"
    return f"{word}s" if plural else word


_OUR = (
    "arm behavi cand clam col demean endeav fav ferv flav glam harb hon hum lab neighb odo parl ranc rig rum sav "
    "splend tum val vap vig"
)
_RULES = tuple(
    (re.compile(rf"\b{found}\b"), made)
    for found, made in (
        (
            rf"({'|'.join(_OUR.split())})or(s?|ed|ing|ite|ites|hood|hoods|ful|less|able|ly|liness|al|ally|ers?)",
            r"\1our\2",
        ),
        (r"(?!\w*(?:[es]ize|prize))(\w{3,})iz(e|es|ed|ing|ers?|ations?|ational|able)", r"\1is\2"),
        (r"(emphas|synthes|hypothes|metathes)iz(e|es|ed|ing)", r"\1is\2"),
        (r"(anal|paral|catal)yz(e|es|ed|ing|ers?)", r"\1ys\2"),
        (r"((?:kilo|centi|milli)?met|cent|theat|lit|fib|calib|somb|lust|meag|spect)er(s?)", r"\1re\2"),
        (r"centered", "centred"),
        (r"centering", "centring"),
        (r"(dia|cata|ana|mono|pro)log(s?)", r"\1logue\2"),
        (r"(def|off|pret|lic)ense(s?|d)", r"\1ence\2"),
        (r"practis(e|es|ed|ing)", r"practic\1"),
        (
            r"(trave|cance|labe|mode|counse|counci|leve|fue|marve|signa|tunne|channe|initia|equa|dia|quarre|fune)"
            r"l(ed|ing|ers?|ors?)",
            r"\1ll\2",
        ),
        (r"(fulfi|enro|insta|ski)ll(s?|ment|ments|ful)", r"\1l\2"),
        (r"program(s?)", r"programme\1"),
        (r"(acknowledg|judg|abridg)ment(s?)", r"\1ement\2"),
        (r"gray(s?)", r"grey\1"),
        (r"mom(s?)", r"mum\1"),
        (r"(to|after|for|up|back)ward", r"\1wards"),
        (r"aging", "ageing"),
        (r"skeptic(s?|al|ism)", r"sceptic\1"),
        (r"plow(s?|ed|ing)", r"plough\1"),
        (r"artifact(s?)", r"artefact\1"),
        (r"jewelry", "jewellery"),
        (r"aluminum", "aluminium"),
        (r"cozy", "cosy"),
        (r"(m|sm)old(s?|y|er|ering)", r"\1ould\2"),
        (r"maneuver(s?|ed|ing)", r"manoeuvre\1"),
    )
)
"""American to British, of whole words."""

_MAY_BE_AMERICAN = re.compile("|".join(f"(?:{found.pattern})" for found, _ in _RULES))
"""What one of the rules changes: looked for first, for none changes most words."""


@lru_cache(maxsize=20_000)
def _usual(word: str) -> str:
    """Write a word the British way and a compound the usual way, with the capital it had; as it is when it is so."""
    lower = word.lower()
    usual = with_hyphen(_as_british(lower))
    if usual == lower:
        return word
    return usual.capitalize() if word[0].isupper() else usual


def _as_british(word: str) -> str:
    """Write a word in small letters the British way; as it is when it is no American one."""
    if _MAY_BE_AMERICAN.search(word):
        for found, made in _RULES:
            british, count = found.subn(made, word)
            if count:
                return british
    return word
