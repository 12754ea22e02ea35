"""From a text to the stems words are compared by: folded letters, elisions, stop words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import cache, lru_cache

import Stemmer
from bm25s.stopwords import STOPWORDS_EN, STOPWORDS_FRENCH

from ..entries import LANGUAGES

_WORD = re.compile(r"[^\W_]+")


_THOUSANDS = re.compile(r"(?<=\d)[.,\s](?=\d{3}(?!\d))")


_ELISION = re.compile(r"\b(?:[cdjlmnst]|qu|lorsqu|puisqu|jusqu|quoiqu|presqu)'(?=\w)")


def fold(text: str) -> str:
    """Lower-case a text, drop its accents, open its ligatures and straighten its apostrophes."""
    text = text.lower().replace("œ", "oe").replace("æ", "ae").replace("ł", "l").replace("ø", "o").replace("ß", "ss")
    text = re.sub("[’ʼ`´]", "'", text)
    if text.isascii():
        return text
    text = _MARKS.sub("", unicodedata.normalize("NFKD", text))
    return text if text.isascii() else text.translate(_other_marks())


_MARKS = re.compile("[\u0300-\u036f]+")  # those of Latin letters


@cache
def _other_marks() -> dict[int, None]:
    """Leave out every combining character there is (none is beyond Unicode's second plane)."""
    return {code: None for code in range(0x20000) if unicodedata.combining(chr(code))}


@cache
def _stop_words(language: str) -> frozenset[str]:
    words = {"fr": STOPWORDS_FRENCH, "en": STOPWORDS_EN}[language]
    extra = {
        "fr": "a au aux on nous vous ils elles y en est sont ont plus sans tres ca cela comment quoi",
        "en": "we our us you your they their how what when who do does can",
    }
    return frozenset(fold(word) for word in words) | frozenset(extra[language].split())


def is_stop_word(word: str) -> bool:
    """Say whether a word that `fold` wrote is a stop word of any language."""
    return any(word in _stop_words(language) for language in LANGUAGES)


@cache
def _stemmer(language: str) -> Stemmer.Stemmer:
    return Stemmer.Stemmer({"fr": "french", "en": "english"}[language])


def analyse(text: str, language: str) -> list[str]:
    """Cut a text into the stems words are compared by.

    Args:
        text: Any text.
        language: Whose elisions, stop words and stems to use, ``fr`` or ``en``.

    Returns:
        Stems in reading order, repeats kept; accents are folded first, so that a text typed without them
        gives the same stems. Marks between the thousands of a number are left out: 60,000, 60.000 and 60 000 are one.
    """
    return list(_analysed(text, language))


@lru_cache(maxsize=64)
def _analysed(text: str, language: str) -> tuple[str, ...]:
    """Analyse a text once, though several parts of a search ask for it."""
    folded = _THOUSANDS.sub("", fold(text))
    if language == "fr":
        folded = _ELISION.sub(" ", folded)
    return tuple(stems(_WORD.findall(folded), language))


def stems(words: Sequence[str], language: str) -> list[str]:
    """Return the stems of words that `fold` wrote, without the stop words."""
    stop = _stop_words(language)
    return list(_stemmer(language).stemWords([word for word in words if word not in stop]))
