"""Whether a text is in neither French nor English, and in which language it is.

Words that only one language has between its nouns ("van het", "nicht", "para") tell it, and a detector must agree: the
detector alone takes two French words for Catalan. Texts of few words and of names stay as they are.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache, partial
from importlib.resources import files

from bm25s import stopwords
from langdetect.detector_factory import DetectorFactory
from langdetect.lang_detect_exception import LangDetectException

from ..entries import LANGUAGES
from .analysis import fold, is_stop_word

FEWEST_WORDS = 4
"""Shorter texts are told apart by what only their language has, and where the detector leaves no doubt."""

LIKELY, SURE, NO_DOUBT = 0.5, 0.9, 0.99
"""Probability the detector must give: where two words or more tell the language, where one does or none, and where
the text is short."""

FEWEST_FOR_FUNCTION_WORDS = 3
"""Words of a short text that a function word of another language may tell."""

LETTERS = {"de": "äöüß", "es": "áíóúñ", "pt": "áíóúãõ", "it": "ìòù"}
"""Letters of a language that French and English words hardly have."""

LONGEST_PARTICLE = 3
"""Letters of a word that has no capital in a name."""

KNOWN = {
    "nl": stopwords.STOPWORDS_DUTCH,
    "de": stopwords.STOPWORDS_GERMAN,
    "es": stopwords.STOPWORDS_SPANISH,
    "it": stopwords.STOPWORDS_ITALIAN,
    "pt": stopwords.STOPWORDS_PORTUGUESE,
    "sv": stopwords.STOPWORDS_SWEDISH,
    "da": stopwords.STOPWORDS_DANISH,
    "no": stopwords.STOPWORDS_NORWEGIAN,
    "tr": stopwords.STOPWORDS_TURKISH,
}
"""Language to its function words."""

ALSO_OURS = frozenset(
    {
        "also",
        "bin",
        "come",
        "con",
        "dare",
        "den",
        "die",
        "door",
        "dos",
        "dove",
        "due",
        "fare",
        "hat",
        "here",
        "man",
        "men",
        "mine",
    }
    | {"min", "per", "sale", "sei", "sin", "sole", "some", "ten", "tout", "vale", "var", "versus", "via", "want", "war"}
    | {"ah", "non", "will", "ya"}
)
"""Function words of another language that are words of French or English, as `fold` writes them."""

OF_THE_WEST = ("fr", "en", "nl", "de", "es", "it", "pt")
"""Languages a short text is told among: with more of them the detector takes too many words for another's."""

OF_SCRIPT = {"CJK": "zh", "HIRAGANA": "ja", "KATAKANA": "ja", "HANGUL": "ko", "GREEK": "el"}
"""Script to the language it tells."""

_WORD = re.compile(r"[^\W\d_]+")
_MARKS = frozenset("¿").union(*LETTERS.values())
_FOREIGN = re.compile(r"[^\W\d_a-zàâäáçéèêëíìîïóòôöúùûüÿñœæß]", re.IGNORECASE)


@lru_cache(maxsize=64)
def other_language(text: str) -> str | None:
    """Return the code of the language a text is in, like ``nl``; None when it may be French or English.

    Args:
        text: What a person typed.
    """
    words = _WORD.findall(text)
    script = _script(text)
    if script not in ("LATIN", ""):
        return OF_SCRIPT.get(script) or _detected(text, None, SURE)
    folded = [fold(word) for word in words]
    ours = sum(map(is_stop_word, folded))
    foreign = [word for word in folded if word in _foreign()]
    theirs = {language: sum(word in only for word in foreign) for language, only in _only().items()}
    language = max(theirs, key=lambda one: (theirs[one], _count(folded, one))) if foreign else ""
    if foreign and not (_is_name(words) and language != "de"):
        told = theirs[language] > 1 or len(words) > FEWEST_WORDS
        least = LIKELY if theirs[language] > max(ours, 1) else SURE
        if told and _count(folded, language) > max(map(partial(_count, folded), LANGUAGES)):
            found = _detected(text, (*LANGUAGES, *KNOWN), least)
            return found if found and theirs[found] else None
    if short := _of_few_words(text, words, theirs, ours):
        return short
    if not ours and sum(bool(_FOREIGN.search(word)) for word in words) > 1:
        return _detected(text, None, SURE)
    return None


def _of_few_words(text: str, words: Sequence[str], theirs: Mapping[str, int], ours: int) -> str | None:
    """Return the language the detector is sure of, where a function word or a letter of it says so too.

    Letters of a word with a capital may be those of a name (Zürich, São Paulo): the other words must tell then.
    """
    marked = any(theirs.values()) or (not ours and not _MARKS.isdisjoint(text.lower()))
    if len(words) < 2 or not marked or _is_name(words):
        return None
    found = _detected(text, OF_THE_WEST, NO_DOUBT)
    if not found:
        return None
    told = theirs[found] and not words[1][0].isupper()
    if told and len(words) >= FEWEST_FOR_FUNCTION_WORDS and ours <= theirs[found]:
        return found
    if ours:
        return None
    common = [word for word in words if word[0].islower()]
    letters = frozenset(LETTERS.get(found, ""))
    if any(letters.intersection(word) for word in common) or "¿" in text:
        return found
    named = any(letters.intersection(word.lower()) for word in words)
    return found if named and len(common) > 1 and _detected(" ".join(common), OF_THE_WEST, NO_DOUBT) == found else None


def _count(folded: Sequence[str], language: str) -> int:
    """Count the function words of a language, those it shares with others too."""
    return sum(word in _all()[language] for word in folded)


@cache
def _all() -> dict[str, frozenset[str]]:
    known = {"fr": stopwords.STOPWORDS_FRENCH, "en": stopwords.STOPWORDS_EN_PLUS, **KNOWN}
    return {language: frozenset(map(fold, words)) for language, words in known.items()}


@cache
def _only() -> dict[str, frozenset[str]]:
    """Return the function words of each language that are none of French and English."""
    return {
        language: frozenset(
            word for word in map(fold, words) if len(word) > 1 and not is_stop_word(word) and word not in ALSO_OURS
        )
        for language, words in KNOWN.items()
    }


@cache
def _foreign() -> frozenset[str]:
    return frozenset().union(*_only().values())


def _is_name(words: Sequence[str]) -> bool:
    """Say whether all words but the short ones have a capital, as in "Casa del Quartiere di Torino"."""
    return all(word[0].isupper() and not word.isupper() for word in words if len(word) > LONGEST_PARTICLE)


def _script(text: str) -> str:
    """Return the script most letters of a text are in, like ``LATIN``; empty when it has none."""
    scripts = Counter(_script_of(letter) for letter in text[:200] if letter.isalpha())
    return max(scripts, key=scripts.__getitem__, default="")


@lru_cache(maxsize=1_024)
def _script_of(letter: str) -> str:
    return unicodedata.name(letter, "?").split()[0]


@cache
def _factory(languages: Sequence[str] | None) -> DetectorFactory:
    """Make a detector that knows some languages, or all of langdetect's."""
    factory = DetectorFactory()
    factory.set_seed(0)
    folder = files("langdetect") / "profiles"
    names = sorted(languages or (one.name for one in folder.iterdir() if not one.name.startswith((".", "_"))))
    factory.load_json_profile([(folder / name).read_text(encoding="utf-8") for name in names])
    return factory


def _detected(text: str, languages: Sequence[str] | None, least: float) -> str | None:
    detector = _factory(languages).create()
    detector.append(text.lower())
    try:
        found = {one.lang: one.prob for one in detector.get_probabilities()}
    except LangDetectException:
        return None
    best = max(found, key=lambda one: found[one], default="")
    return best[:2] if best and best not in LANGUAGES and found[best] >= least else None
