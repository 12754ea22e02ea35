"""Which words of a text are those of a query: where they stand, so that a person sees them."""

from __future__ import annotations

import re
from collections.abc import Set as AbstractSet
from functools import lru_cache

from .analysis import analyse, stem_of

REMEMBERED = 2_000
"""Sentences whose words are kept once they are found: a library shows the same ones again and again."""

_WORD = re.compile(r"[^\W_]+")


@lru_cache(maxsize=64)
def stems_of(query: str, language: str) -> frozenset[str]:
    """Return the stems a text in a language is compared with a query by."""
    return frozenset(analyse(query, language))


def shared_spans(text: str, wanted: AbstractSet[str], language: str) -> tuple[tuple[int, int], ...]:
    """Find the words of a text whose stem is wanted.

    Args:
        text: Verbatim.
        wanted: Stems of a query, see `stems_of`.
        language: Of the text, ``fr`` or ``en``.

    Returns:
        Where each word begins and ends in the text, in order; stop words are never among them.
    """
    return tuple((start, end) for start, end, stem in _words(text, language) if stem in wanted) if wanted else ()


@lru_cache(maxsize=REMEMBERED)
def _words(text: str, language: str) -> tuple[tuple[int, int, str], ...]:
    """Return where each word of a text begins and ends, and its stem; empty for a stop word."""
    return tuple((*word.span(), stem_of(word[0], language)) for word in _WORD.finditer(text))
