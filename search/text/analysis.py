"""From a text to the stems words are compared by: folded letters, elisions, stop words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import cache, lru_cache

import Stemmer
from bm25s.stopwords import STOPWORDS_EN_PLUS, STOPWORDS_FRENCH

from ..entries import LANGUAGES
from .spelling import one_spelling
from .word_forms import UNSTEMMED, usual_form

_WORD = re.compile(r"[^\W_]+")


_THOUSANDS = re.compile(r"(\d)[.,'’ʼ`´\s](?=\d{3}(?!\d))")


_AS_WRITTEN = re.compile("[\t\n -~\u00a0«»À-ÖØ-öø-ÿŒœ‘’“”–—…€]*")
"""Texts that are cut into the same words before and after `fold`: then the words are folded, once each."""


_INVISIBLE = re.compile("[\u00ad\u034f\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufe00-\ufe0f\ufeff]")


def fold(text: str) -> str:
    """Lower-case a text, drop its accents and what nobody sees, open its ligatures and straighten its apostrophes."""
    if text.isascii():
        return text.lower().replace("`", "'")
    text = text.lower().replace("œ", "oe").replace("æ", "ae").replace("ł", "l").replace("ø", "o").replace("ß", "ss")
    text = re.sub("[’ʼ`´]", "'", _INVISIBLE.sub("", text))
    if text.isascii():
        return text
    text = _MARKS.sub("", unicodedata.normalize("NFKD", text))
    return text if text.isascii() else text.translate(_other_marks())


_MARKS = re.compile("[\u0300-\u036f]+")  # those of Latin letters


@cache
def _other_marks() -> dict[int, None]:
    """Leave out every combining character there is (none is beyond Unicode's second plane)."""
    return {code: None for code in range(0x20000) if unicodedata.combining(chr(code))}


_MORE = {
    "fr": "a ainsi alors as au aussi aux car ca cela celle celles celui cet cette ceux chez comme comment dans deja "
    "depuis des donc dont elles encore entre est hors ici ils leurs lorsque mais ni nous on ou pendant plus puis "
    "quand que quel quelle quelles quels quoi rien sans si sont sous toujours tous tout toute toutes tres trop vers "
    "y en vous bonjour bonsoir merci salut svp stp qu lorsqu puisqu jusqu quoiqu presqu",
    "en": "would could may might must shall us our your the let get also ever every any anything nothing something "
    "there hello hi hey thanks thank please dear",
}
"""Function words that the lists of bm25s lack, those of greetings and thanks, and what apostrophes cut off."""

_ALSO_NOUNS = {"fr": frozenset({"but"}), "en": frozenset({"car", "son", "hors"})}
"""Stop words of the other language that say something in this one."""


@cache
def _own_stop_words(language: str) -> frozenset[str]:
    words = {"fr": STOPWORDS_FRENCH, "en": STOPWORDS_EN_PLUS}[language]
    parts = (part for word in words for part in fold(word).split("'"))
    return frozenset(parts) | frozenset(_MORE[language].split())


@cache
def _stop_words(language: str) -> frozenset[str]:
    """Return the function words of both languages: those of a query in the other one say nothing either."""
    others = (_own_stop_words(other) for other in LANGUAGES if other != language)
    return _own_stop_words(language) | frozenset().union(*others) - _ALSO_NOUNS[language]


@cache
def function_words(language: str) -> frozenset[str]:
    """Return the stop words of a language that are none of another, as `fold` writes them."""
    others = (_own_stop_words(other) for other in LANGUAGES if other != language)
    return _own_stop_words(language) - frozenset().union(*others) - _ALSO_NOUNS[language]


def is_stop_word(word: str) -> bool:
    """Say whether a word that `fold` wrote is a stop word of any language."""
    return word in _every_stop_word()


@cache
def _every_stop_word() -> frozenset[str]:
    return frozenset().union(*(_own_stop_words(language) for language in LANGUAGES))


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
    return tuple(analyse_spelt(one_spelling(text), language))


def analyse_spelt(text: str, language: str) -> list[str]:
    """Do as `analyse` for a text that `one_spelling` wrote."""
    text = text if _AS_WRITTEN.fullmatch(text) else fold(text)
    return stems(_WORD.findall(_THOUSANDS.sub(r"\1", text)), language)


def stems(words: Sequence[str], language: str) -> list[str]:
    """Return the stems of words, without the stop words and single letters."""
    return [stem for word in words if (stem := stem_of(word, language))]


@lru_cache(maxsize=100_000)
def stem_of(word: str, language: str) -> str:
    """Return the stem of a word, empty for a stop word and a single letter."""
    word = fold(word)
    if word in _stop_words(language) or (len(word) < 2 and not word.isdigit()):
        return ""
    form = usual_form(word, language)
    return form if form in UNSTEMMED else str(_stemmer(language).stemWord(form))
