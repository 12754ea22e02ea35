"""The words of French and English dictionaries: a word that one of them has is not misspelt."""

from __future__ import annotations

import gzip
import json
from collections.abc import Collection, Mapping
from functools import cache
from importlib.resources import files

from ..entries import LANGUAGES
from .analysis import fold

COMMON = 1_000
"""How often a word is in its source from which on people know it well."""


def in_dictionary(word: str, language: str | None = None) -> bool:
    """Say whether a word, as `fold` writes it, stands in the dictionary of a language, or in any when that is None.

    Source:
        The dictionaries that pyspellchecker brings: words of subtitles, cleaned (MIT).
    """
    return any(word in _words(one) for one in ([language] if language in LANGUAGES else LANGUAGES))


def common_words(language: str) -> Collection[str]:
    """Return the common words of a dictionary, as `fold` writes them."""
    return [word for word, count in _words(language).items() if count >= COMMON]


def frequency(word: str, language: str) -> float:
    """Return how often a word, as `fold` writes it, is there in a million words of a language; 0 when it is not."""
    return _words(language).get(word, 0) / _size(language) * 1e6


@cache
def _size(language: str) -> int:
    return sum(_words(language).values())


@cache
def _words(language: str) -> Mapping[str, int]:
    """Read a dictionary, once: each word and how often it is there; from its file, in a third of the library's time."""
    packed = (files("spellchecker") / "resources" / f"{language}.json.gz").read_bytes()
    words: dict[str, int] = {}
    for word, count in json.loads(gzip.decompress(packed)).items():
        form = fold(word)
        words[form] = max(count, words.get(form, 0))
    return words
