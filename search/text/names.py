"""What is written like a name in a text: such words are compared as they are."""

from __future__ import annotations

import re

from .analysis import fold

_NAMED = re.compile(r"(?<![.!?…:]\s)(?<=\s)[^\W\d_a-zà-ÿ][^\W\d_]*|\b[A-Z]{2,}\b")


def names(text: str) -> frozenset[str]:
    """Return what is written with a capital inside a sentence, or in capitals, as `fold` writes it.

    A text of which most is in capitals says nothing of names.
    """
    letters = [one for one in text if one.isalpha()]
    if sum(one.isupper() for one in letters) * 2 > len(letters):
        return frozenset()
    return frozenset(fold(word) for word in _NAMED.findall(text))
