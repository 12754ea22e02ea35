"""The characters of a text in one form: what nobody sees goes, what looks alike is alike."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from .analysis import fold, is_stop_word
from .markup import without_markup

_UNSEEN = frozenset({"Cf", "Cs", "Co", "Cn"})
"""Categories of characters that are dropped: formats (soft hyphens, characters of no width), halves and unassigned."""

_ALIKE = re.compile(r"[^\x00-\x7f\u00c0-\u024f]")
"""Characters that may have another form: all but those of French and English words as they are typed."""

_USUAL = re.compile("[\x00-\x7f\u00c0-\u017e«»‘’“”–—…€]*")
"""Texts of characters in their usual form, none a part of another: most."""

_PICTURE = re.compile("[0-9#*]?\ufe0f?\u20e3|[\U0001f3fb-\U0001f3ff]")
"""Key caps and colours of skin: parts of emoji that are no pictures by themselves."""

_FILLERS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0")
"""Letters and marks that nobody sees either."""

_CONTROL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f]")
"""Controls (category Cc) but for ends of lines."""

_LAST_WORD, _FIRST_WORD = re.compile(r"[^\W\d_]+\Z"), re.compile(r"[^\W\d_]+")
_LINE_END = re.compile(r"(?<=[^\W\d_])[-\u2010\u00ad\u00ac][ \t]*\r?\n\s*(?=[^\W\d_])")

_STANDS_BEFORE = re.compile(
    "co|non|peut|rendez|demi|semi|mi|sous|vice|ex|self|well|long|short|porte|avant|après|inter|auto|anti|post|pré|pre"
    "|full|part|mid|multi|bien|mal|quasi|micro|mini|socio|éco|eco|grand|petit",
    re.IGNORECASE,
)
"""Words that keep the hyphen behind them at the end of a line: rendez-vous, self-help."""

_STANDS_BEHIND = re.compile(
    "je|tu|il|elle|on|nous|vous|ils|elles|ce|ci|là|t|y|en|moi|toi|lui|leur|le|la|les|même", re.IGNORECASE
)
"""Words that keep the hyphen before them: dit-elle."""

LONGEST_WORD = 16
"""Letters; what is as long and has spaces of no width is several words."""


def seen(text: str) -> str:
    """Return what can be seen of a text, each character in its usual form (NFC; letters, digits and spaces NFKC).

    Soft hyphens, characters of no width, key caps and emoji go; a space of no width separates words only where these
    have no other separator.
    """
    if text.isascii() or _USUAL.fullmatch(text):
        return text
    text = _PICTURE.sub("", _with_spaces(text))
    return unicodedata.normalize("NFC", _ALIKE.sub(lambda one: _form(one[0]), text))


@lru_cache(maxsize=4_096)
def _form(character: str) -> str:
    """Return the usual form of a character, empty when it cannot be seen or is a picture."""
    category = unicodedata.category(character)
    if category in _UNSEEN or character in _FILLERS or "\ufe00" <= character <= "\ufe0f":
        return ""
    if category == "So" and character > "\u22ff":
        return " "
    if category[0] in "LZ" or category == "Nd" or "\uff01" <= character <= "\uff5e":
        return unicodedata.normalize("NFKC", character)
    return character


def _with_spaces(text: str) -> str:
    """Write a space for each space of no width that is the only thing between words."""
    if "\u200b" not in text:
        return text
    return re.sub(r"\S*\u200b\S*", lambda run: run[0].replace("\u200b", " " if _is_several(run[0]) else ""), text)


def _is_several(run: str) -> bool:
    """Say whether what has no spaces but those of no width is several words, and not one that may break there."""
    words = [word for word in run.split("\u200b") if word]
    if len(words) < 2 or any(word[-1] in ",.;:!?" or (word.isupper() and not run.isupper()) for word in words[:-1]):
        return len(words) > 1
    long = min(map(len, words)) > 3 and sum(map(len, words)) >= LONGEST_WORD
    return long or len(words) > 3 or (len(words) > 2 and any(is_stop_word(fold(word)) for word in words))


def joined_lines(text: str) -> str:
    """Join the words that the end of a line cuts with a hyphen; compounds keep theirs."""

    def joint(cut: re.Match[str]) -> str:
        before = _LAST_WORD.search(text, max(cut.start() - LONGEST_WORD, 0), cut.start())
        after = _FIRST_WORD.match(text, cut.end())
        if "\u00ad" in cut[0] or not before or not after:
            return ""
        keeps = _STANDS_BEFORE.fullmatch(before[0]) or _STANDS_BEHIND.fullmatch(after[0]) or after[0][0].isupper()
        return "-" if keeps else ""

    return _LINE_END.sub(joint, text)


@lru_cache(maxsize=64)
def tidied(text: str) -> str:
    """Return what a person would say they typed or pasted: without markup, its cut words joined, in seen characters.

    A text that has nothing but markup or pictures stays as it is, but for what cannot be seen.
    """
    words = seen(joined_lines(without_markup(text)))
    if not re.search(r"\w", words):
        words = "".join(one for one in text if unicodedata.category(one) not in _UNSEEN and one not in _FILLERS)
    return _CONTROL.sub(" ", words)
