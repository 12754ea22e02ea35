"""What is written like a name in a text: such words are compared as they are."""

from __future__ import annotations

import re

from .analysis import fold

LONGEST_ACRONYM = 6
"""Letters."""

_ACRONYM = re.compile(r"\b[A-Z]{2,}\b")
_NAMED = re.compile(r"(?<![.!?…:]\s)(?<=\s)[^\W\d_a-zà-ÿ][^\W\d_]*|\b[A-Z]{2,}\b")


def names(text: str) -> frozenset[str]:
    """Return what is written with a capital inside a sentence, or in capitals, as `fold` writes it.

    A text that is all in capitals says nothing of names, unless it is one short word: an acronym.
    """
    if text.isupper() and (len(text.split()) > 1 or len(text) > LONGEST_ACRONYM):
        return frozenset()
    return frozenset(fold(word) for word in _NAMED.findall(text))


def acronyms(text: str) -> frozenset[str]:
    """Return what is written in capitals in a text that is not all in capitals, as `fold` writes it."""
    return frozenset(fold(word) for word in _ACRONYM.findall(text)) & names(text)
