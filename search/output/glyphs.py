"""What a font cannot draw, in words: a picture by its name, writing of another script by what it is called."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Mapping
from itertools import groupby

from ..errors import needs_extra

SCRIPTS: Mapping[str, Mapping[str, str]] = {
    "CJK": {"fr": "chinois", "en": "Chinese"},
    "HIRAGANA": {"fr": "japonais", "en": "Japanese"},
    "KATAKANA": {"fr": "japonais", "en": "Japanese"},
    "HANGUL": {"fr": "coréen", "en": "Korean"},
    "BENGALI": {"fr": "bengali", "en": "Bengali"},
    "TAMIL": {"fr": "tamoul", "en": "Tamil"},
    "ETHIOPIC": {"fr": "guèze", "en": "Ge’ez"},
    "ARMENIAN": {"fr": "arménien", "en": "Armenian"},
    "KHMER": {"fr": "khmer", "en": "Khmer"},
}
"""First word of the names of a script's characters to what it is called."""

TOLD: Mapping[str, Mapping[str, str]] = {
    "fr": {"one": "[1 signe en {script}]", "many": "[{count} signes en {script}]", "unnamed": "[signe inconnu]"},
    "en": {"one": "[1 character in {script}]", "many": "[{count} characters in {script}]", "unnamed": "[unknown sign]"},
}

_SPACE = re.compile(r"[\s\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff\U000e0000-\U000e007f]")
"""Spaces, joiners and marks of direction or shape: nothing is lost where a font has none."""


def drawable(text: str, known: Collection[int], language: str) -> str:
    """Replace what a font cannot draw.

    Args:
        text: As somebody typed it.
        known: Code points that can be drawn.
        language: ``fr`` or ``en``, of the words that stand for the rest.

    Returns:
        The text with pictures by their names and other scripts told in brackets: “[visage boudeur]”, “[3 signes en
        chinois]”.

    Raises:
        ExtraMissingError: The extra ``pdf`` is not installed.
    """
    if all(ord(sign) in known for sign in text):
        return text
    with needs_extra("pdf"):
        import emoji
    emoji.config.load_language(language)
    named = emoji.replace_emoji(text, lambda found, data: _named(found, data, known, language))
    parts = groupby(unicodedata.normalize("NFC", named), key=lambda sign: _script(sign, known))
    return "".join(_told(script, "".join(signs), language) for script, signs in parts)


def _named(found: str, data: Mapping[str, str], known: Collection[int], language: str) -> str:
    """Name a picture, unless it can be drawn: marks of colour or shape are no part of it."""
    bare = _SPACE.sub("", found)
    if all(ord(sign) in known for sign in bare):
        return bare
    name = data.get(language) or data.get("en") or ""
    return f"[{name.strip(':').replace('_', ' ')}]"


def _script(sign: str, known: Collection[int]) -> str:
    """Return what stands for a character: nothing for one that can be drawn, else its script, or its own name."""
    if ord(sign) in known or _SPACE.match(sign):
        return ""
    name = unicodedata.name(sign, "")
    first = name.split(" ")[0].split("-")[0]
    return first if first in SCRIPTS or unicodedata.category(sign)[0] in "LM" else f"={name.lower()}"


def _told(script: str, signs: str, language: str) -> str:
    words = TOLD[language]
    if not script:
        return "".join(" " if sign.isspace() and sign not in "\n\u00a0\u202f" else _kept(sign) for sign in signs)
    plain = unicodedata.normalize("NFKC", signs)
    if plain != signs and plain.isascii():
        return plain
    if script.startswith("="):
        return f"[{script[1:]}]" * len(signs) if script[1:] else words["unnamed"]
    called = SCRIPTS.get(script, {}).get(language, script.lower())
    return words["one" if len(signs) == 1 else "many"].format(count=len(signs), script=called)


def _kept(sign: str) -> str:
    return "" if _SPACE.match(sign) and not sign.isspace() else sign
