"""Guess whether a text is French or English. The guess never decides what is searched."""

from __future__ import annotations

import locale
import math
import os
import re
import threading
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

from langdetect.detector_factory import DetectorFactory
from langdetect.lang_detect_exception import LangDetectException

from ..entries import LANGUAGES
from .analysis import fold, function_words
from .dictionary import frequency, in_dictionary
from .other_languages import other_language

FEWEST_WORDS = 4
"""Shorter texts stay undecided: on two words the detector is wrong about one time in eight."""


DRAWS, DRAWS_OF_A_QUERY = 7, 3
"""Times the detector draws: 3 are quicker, and as right about what people tell; one text of the library needs the 7."""


RARE = 0.1
"""Times in a million words that a word counts as more than its dictionary has it: what one lacks is rare there."""

_lock = threading.Lock()


@cache
def _factory() -> DetectorFactory:
    """Make a detector that only knows French and English (langdetect's own profiles)."""
    factory = DetectorFactory()
    factory.set_seed(0)
    folder = files("langdetect") / "profiles"
    factory.load_json_profile([(folder / language).read_text(encoding="utf-8") for language in sorted(LANGUAGES)])
    return factory


def guess_language(text: str) -> str | None:
    """Guess the language of a text.

    Args:
        text: Anything a person typed.

    Returns:
        ``fr``, ``en``, or None when the text has fewer than FEWEST_WORDS words or no letters, or is in another one.
        Function words of one language alone decide, then how frequent its words are in each, then the detector.
    """
    if other_language(text):
        return None
    words = re.findall(r"[^\W\d_]+", fold(text))
    if len(words) < FEWEST_WORDS:
        return None
    said = [language for language in LANGUAGES if not function_words(language).isdisjoint(words)]
    if len(said) == 1:
        return said[0]
    return _of_words(words) or _detected(text, DRAWS_OF_A_QUERY)


def _of_words(words: Sequence[str]) -> str | None:
    """Return the language in which some words are more frequent, as `fold` writes them; None where neither has any.

    Letters alone mislead in texts of nouns: "participatory budgeting outside Europe" looks French to the detector.
    """
    known = [word for word in words if in_dictionary(word)]
    odds = sum(math.log((frequency(word, "fr") + RARE) / (frequency(word, "en") + RARE)) for word in known)
    return ("fr" if odds > 0 else "en") if odds else None


def written_language(text: str) -> str | None:
    """Say which of the two languages a text looks more like, however short; None when it has no letters."""
    return _detected(text, DRAWS)


def system_language() -> str:
    """Return the language this computer speaks to its user, of those there are; English when it is another."""
    said = next((os.environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(name)), None)
    code = (said or locale.getlocale()[0] or "").lower()
    return "fr" if code.startswith(("fr_", "fr-", "french")) or code == "fr" else "en"


def _detected(text: str, draws: int) -> str | None:
    with _lock:  # the seed is one for the whole process
        detector = _factory().create()
        detector.n_trial = draws
        detector.append(text.lower())  # words in capitals are read as English
        try:
            return str(detector.detect())
        except LangDetectException:
            return None
