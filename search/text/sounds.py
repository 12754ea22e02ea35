"""How a French word sounds, roughly: what is written as it is heard has the sound of what is meant."""

from __future__ import annotations

import re

_SOUNDS = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"ph", "f"),
        (r"s?ch|sh", "C"),
        (r"h", ""),
        (r"tion", "sion"),
        (r"gn", "ni"),
        (r"g(?=[eiy])", "j"),
        (r"je(?=[ao])", "j"),
        (r"gu(?=[eiy])", "g"),
        (r"sc?(?=[eiy])|c(?=[eiy])", "s"),
        (r"qu|q|ck|c", "k"),
        (r"x(?=[aeiouy])", "ks"),
        (r"eau|au", "o"),
        (r"oy|oi", "wa"),
        (r"(?:[ae]?[iy][nm])(?![aeiouynmAIOU])", "I"),
        (r"(?:[ae][nm]|aon)(?![aeiouynmAIOU])", "A"),
        (r"o[nm](?![aeiouynmAIOU])", "O"),
        (r"ou", "U"),
        (r"ai|ei", "E"),
        (r"y", "i"),
        (r"w(?!a)", "v"),
        (r"z", "s"),
        (r"(.)\1+", r"\1"),
    )
)
"""In order: what is written, in small letters without accents, and how it sounds; a capital is one of two letters."""


_SILENT = re.compile(r"(?:ers?|e*s?|[tdspx]+)\Z")


def sound_of(word: str, *, to_the_end: bool = False) -> str:
    """Return how a word sounds in French.

    Args:
        word: Its letters as `fold` writes them.
        to_the_end: With what is silent at its end, if it is written at all: who writes "vid" means "vide".

    Source:
        Brouard, Phonex, 1999 (a word's sound in French by replacing its spellings in turn); the replacements are fewer.
    """
    for pattern, sound in _SOUNDS:
        word = pattern.sub(sound, word)
    return word if to_the_end else _SILENT.sub("", word)
