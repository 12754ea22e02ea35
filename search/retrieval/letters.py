"""A text read as the concerns it has: which of them are answered, and the queries that are asked of them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np

from ..errors import UnknownConcernError
from ..text.characters import tidied
from ..text.concerns import Concern, concerns, is_letter
from ..text.query import Query, clean, meant_phrases, parse
from .dealing import NO_CONCERN, likeness_of_concerns
from .filters import texts_of
from .results import AnsweredConcern, Hit
from .scoring import Scored

HITS_OF_CONCERN = 3
"""Hits that are named for a concern."""

ANSWERS_FROM = 0.1
"""A hit answers a concern when it is among about the first ten of one of its readings."""

ALIKE = 0.05
"""Share of their first answers up to which the concerns of a short text are several things: beyond, they are one need
that is told in several sentences (`scripts.bench.letters --short`)."""


class ConcernReading(NamedTuple):
    """A query that is asked.

    Attributes:
        query: What is searched.
        concern: The number of the concern it is of.
    """

    query: Query
    concern: int


@dataclass(frozen=True)
class Letter:
    """A text with its concerns; a text of one concern is a letter of none, and answered as a whole.

    Attributes:
        whole: All of it, as a query.
        concerns: What was understood, in order.
        kept: Whether each is to be answered.
        asks_whole: Whether the whole text is asked too: it is, unless some of its concerns were chosen.
        far: Numbers of the concerns that nothing is close to; they take no place.
        sure: Whether its concerns are surely several things: those of a letter or a list, and those that were chosen.
    """

    whole: Query
    concerns: tuple[Concern, ...] = ()
    kept: tuple[bool, ...] = ()
    asks_whole: bool = True
    far: frozenset[int] = frozenset()
    sure: bool = True

    @property
    def readings(self) -> tuple[ConcernReading, ...]:
        """What is asked of the concerns that are kept and not far from everything."""
        return tuple(
            ConcernReading(replace(self.whole, text=text, clauses=(text,), phrases=meant_phrases(text)), number)
            for number, (concern, kept) in enumerate(zip(self.concerns, self.kept, strict=True))
            for text in (map(clean, concern.readings) if kept and number not in self.far else ())
        )

    @property
    def queries(self) -> tuple[Query, ...]:
        """The whole, then what is asked of the concerns that are kept."""
        return (self.whole, *(reading.query for reading in self.readings))

    def searching(self, rest: str) -> Letter:
        """Return what is searched when a text of one concern asks about a place: the rest of it, if there is any."""
        if self.concerns or rest in ("", self.whole.text):
            return self
        return replace(self, whole=replace(parse(rest), language=self.whole.language))

    def answered_by(self, close: Sequence[bool]) -> Letter:
        """Return the text with the concerns that nothing is close to left aside; nothing is where no concern has any.

        Args:
            close: Whether anything is close to each query that is asked. Concerns that a person chose are not judged.
        """
        of = [number for number, near in zip(self.asked_of, close, strict=True) if near and number != NO_CONCERN]
        far = frozenset(self.asked_of) - {NO_CONCERN, *of}
        return replace(self, far=far) if of and self.asks_whole else self

    @property
    def asked_of(self) -> tuple[int, ...]:
        """The number of the concern that each query which is asked is of; NO_CONCERN for the whole."""
        of_parts = tuple(reading.concern for reading in self.readings)
        return (NO_CONCERN, *of_parts) if self.asks_whole else of_parts

    @property
    def answers(self) -> tuple[str, ...]:
        """What a hit of each reading that is asked is said to answer: empty for the whole, whose clauses tell it."""
        words = tuple(self.concerns[reading.concern].words for reading in self.readings)
        return ("", *words) if self.asks_whole else words


def read_letter(text: str, whole: Query, wanted: Collection[str] | None = None) -> Letter:
    """Read the concerns of a text, and which of them are wanted.

    Args:
        text: What was typed, with its line breaks.
        whole: The same as a query.
        wanted: The words of the concerns to answer, as they were understood or as they stand in the text; None answers
            all, and none of them the text as a whole.

    Raises:
        UnknownConcernError: Some are not in the text.
        ValueError: The concerns wanted are no texts.
    """
    understood = concerns(text)
    if wanted is None:
        return Letter(whole, understood, (True,) * len(understood), sure=not understood or is_letter(text))
    said = list(dict.fromkeys(" ".join(words.split()) for words in texts_of("concerns", wanted)))
    known = {concern.words for concern in understood}
    typed = " ".join(tidied(text).split())
    if foreign := [words for words in said if words not in known and (not words or words not in typed)]:
        raise UnknownConcernError(foreign, [concern.words for concern in understood])
    own = [Concern(words, (words,)) for words in said if words not in known]
    every = sorted((*understood, *own), key=lambda concern: typed.find(concern.words))
    kept = tuple(concern.words in said for concern in every)
    return Letter(whole, tuple(every), kept, asks_whole=not said or (all(kept) and not own))


def as_heard(letter: Letter, streams: Sequence[Scored], close: Sequence[bool]) -> tuple[Letter, list[Scored]]:
    """Leave aside the concerns that nothing is close to, and answer a short text as a whole that is about one thing.

    Args:
        letter: The text.
        streams: What was found for each query that is asked.
        close: Whether anything is close to each; empty for a text of one concern.

    Returns:
        The text, and what was found for what is still asked of it.
    """
    if not letter.concerns:
        return letter, list(streams)
    near = letter.answered_by(close)
    kept = [found for found, number in zip(streams, letter.asked_of, strict=True) if number not in near.far]
    if letter.sure or likeness_of_concerns(kept, near.asked_of) <= ALIKE:
        return near, kept
    return Letter(letter.whole), kept[:1]


def answered_concerns(letter: Letter, hits: Sequence[Hit], chances: np.ndarray) -> tuple[AnsweredConcern, ...]:
    """Say of each concern which hits answer it.

    Args:
        letter: The text.
        hits: Of all of it.
        chances: How well each hit answers each reading that is asked, shape (n_readings, n_hits).
    """
    of = np.array(letter.asked_of, dtype=np.int64)
    made = []
    for number, (concern, kept) in enumerate(zip(letter.concerns, letter.kept, strict=True)):
        own = chances[of == number].max(axis=0, initial=0.0)
        best = [int(n) for n in np.argsort(-own, kind="stable")[:HITS_OF_CONCERN] if own[n] >= ANSWERS_FROM]
        made.append(AnsweredConcern(concern.words, tuple(hits[n] for n in best), kept, number not in letter.far))
    return tuple(made)
