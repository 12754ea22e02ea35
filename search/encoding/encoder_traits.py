"""What an encoder may say of itself beside what each must offer, and what holds of one that does not say it.

Each trait is a protocol of its own: an encoder has it by having its member. Nothing else asks whether an encoder has
one; an encoder of this package that has them all says so by `FullEncoder`, so that a misspelt member is a type error.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal, Protocol, runtime_checkable

import numpy as np

Purpose = Literal["query", "document"]
"""What a text is encoded as."""


@runtime_checkable
class ReadsAlike(Protocol):
    """Says whether it reads queries as it reads documents; vectors are kept by this."""

    @property
    def alike(self) -> bool:
        """Whether a query is read as a document is."""
        ...


@runtime_checkable
class WritesPrompts(Protocol):
    """Says what it writes before a text; vectors are kept by this."""

    @property
    def prompts(self) -> Mapping[str, str]:
        """What is written before a query and before a document."""
        ...


@runtime_checkable
class KnowsWords(Protocol):
    """Knows words: one it knows is not taken for a misspelt one."""

    def has_word(self, word: str) -> bool:
        """Say whether a word, in small letters without accents, is known to be a real one."""
        ...


@runtime_checkable
class TurnsQueries(Protocol):
    """Knows where the passages that answer a query are expected."""

    def towards_answers(self, vector: np.ndarray) -> np.ndarray:
        """Turn the unit vector of a query, shape (dim,), to where its answers are expected."""
        ...


class FullEncoder(ReadsAlike, WritesPrompts, KnowsWords, TurnsQueries, Protocol):
    """Has every trait."""


def reads_alike(encoder: object) -> bool:
    """Say whether an encoder reads queries as it reads documents; one that does not say it is taken not to."""
    return isinstance(encoder, ReadsAlike) and encoder.alike


def prompts_of(encoder: object) -> Mapping[str, str]:
    """Return what an encoder writes before a query and before a document; nothing when it does not say it."""
    return encoder.prompts if isinstance(encoder, WritesPrompts) else {}


def prompt_of(encoder: object, purpose: Purpose) -> str | None:
    """Return what an encoder writes before texts for a purpose; None when it reads them as they are, like any."""
    prompt = str(prompts_of(encoder).get(purpose, ""))
    as_any = not prompt and (purpose == "document" or reads_alike(encoder))
    return None if as_any else prompt


def knows_word(encoder: object, word: str) -> bool:
    """Say whether an encoder knows a word, as `search.text.analysis.fold` writes it; one without words knows none."""
    return isinstance(encoder, KnowsWords) and encoder.has_word(word)


def known_words(encoder: object, words: Iterable[str]) -> frozenset[str]:
    """Return the words that an encoder knows, each as `knows_word` tells; whether it knows any is asked once."""
    return frozenset(filter(encoder.has_word, words)) if isinstance(encoder, KnowsWords) else frozenset()


def towards_answers(encoder: object, vector: np.ndarray) -> np.ndarray:
    """Turn the unit vector of a query, shape (dim,), to where its answers are expected, if an encoder knows how to."""
    return encoder.towards_answers(vector) if isinstance(encoder, TurnsQueries) else vector
