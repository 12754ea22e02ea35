"""What a search gives back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import overload

from ..entries import Entry, Passage
from ..learning.situation_model import NOT_READ, Situation

GROUPS: Mapping[str, frozenset[str]] = {
    "practices": frozenset({"practice", "insight"}),
    "conditions": frozenset({"condition", "phase"}),
    "cases": frozenset({"case"}),
    "resources": frozenset({"resource"}),
}
"""Groups that answers are shown in, and the kinds of entries in each."""


@dataclass(frozen=True)
class Hit:
    """One answer.

    Attributes:
        rank: 1 is best.
        entry: The entry that answers.
        passage: Its passage that answers best, verbatim, in whichever language that was.
        sentence: The sentence of that passage nearest to the query, verbatim.
        by_language: The best passage and its nearest sentence, in each language the entry was searched in.
        answers: The part of the query it answers, a concern or a clause, verbatim; empty when there is one part only.
        matched: How: ``meaning``, ``words`` or ``both``; empty where neither is clear (training queries or links did).
        strength: ``strong``, ``related`` or ``weak``; empty where nobody has judged queries, for then it is not known.
        score: What hits are ranked by, those of a letter within the concern they answer; for developers, not for show.
        marks: In each language, where in the sentence of `by_language` the words of the query stand.
    """

    rank: int
    entry: Entry
    passage: Passage
    sentence: str
    by_language: Mapping[str, tuple[Passage, str]]
    answers: str
    matched: str
    strength: str
    score: float
    marks: Mapping[str, tuple[tuple[int, int], ...]] = field(default_factory=dict)

    def shows(self, language: str) -> str:
        """Say what the sentence that is shown in a language shows of how the entry matched.

        Returns:
            As `matched`, but what a sentence has not is not claimed of it: without a word of the query, ``meaning``
            where the entry was found by that too, else ``elsewhere``: the words stand in another part of the entry.
        """
        if self.matched in ("", "meaning") or self.marks.get(language):
            return self.matched
        return "meaning" if self.matched == "both" else "elsewhere"


@dataclass(frozen=True)
class AnsweredConcern:
    """One of the concerns that were understood in a text.

    Attributes:
        words: What says it, as the person wrote it.
        hits: Those of the results that answer it best, best first; none when it was left out or nothing is close to it.
        kept: Whether it was asked.
        close: Whether anything is close enough to it: what only sets the scene finds nothing, and takes no place.
    """

    words: str
    hits: tuple[Hit, ...] = ()
    kept: bool = True
    close: bool = True


@dataclass(frozen=True)
class AskedPlace:
    """A place that was read in a text as one that is asked about, or refused: cases are limited to it, or left out.

    Attributes:
        words: What says it, as the person wrote it: "en Wallonie".
        names: Language to what the place is called.
        place: What cases are limited to, as `Metadata` has it; empty when the library has nothing from there.
        kept: Whether it limits the answer; not when it was taken away.
        refused: Whether cases from there are left out: "sauf Bruxelles".
    """

    words: str
    names: Mapping[str, str]
    place: str
    kept: bool = True
    refused: bool = False


@dataclass(frozen=True)
class Results:
    """The ordered answers to a query.

    Attributes:
        query: What was searched, trimmed.
        language: Guessed language of the query, ``fr``, ``en`` or another like ``nl``; None when undecided.
        hits: Best first; empty when nothing is close enough.
        near_misses: What came nearest when nothing is close enough.
        total: How many entries the filters let through.
        situation: Where the query stands; phases and conditions that were filtered by stand for those that were read.
        concerns: What was understood, in order; empty when the text was answered as a whole.
        places: The places that are asked about, in order, then those that are refused; empty when there are none.
    """

    query: str
    language: str | None
    hits: tuple[Hit, ...]
    near_misses: tuple[Hit, ...] = ()
    total: int = 0
    situation: Situation = NOT_READ
    concerns: tuple[AnsweredConcern, ...] = ()
    places: tuple[AskedPlace, ...] = ()

    def __iter__(self) -> Iterator[Hit]:
        """Run through the hits, best first."""
        return iter(self.hits)

    def __len__(self) -> int:
        """Count the hits."""
        return len(self.hits)

    @overload
    def __getitem__(self, at: int) -> Hit: ...

    @overload
    def __getitem__(self, at: slice) -> tuple[Hit, ...]: ...

    def __getitem__(self, at: int | slice) -> Hit | tuple[Hit, ...]:
        """Return one hit, counted from the best, or several: ``results[0]``, ``results[:5]``.

        Raises:
            IndexError: There are not so many.
        """
        return self.hits[at]

    def of_kind(self, *kinds: str) -> tuple[Hit, ...]:
        """Return the hits of some kinds, best first."""
        return tuple(hit for hit in self.hits if hit.entry.kind in kinds)

    @property
    def practices(self) -> tuple[Hit, ...]:
        """What one can do: practices and insights."""
        return self.of_kind(*GROUPS["practices"])

    @property
    def conditions(self) -> tuple[Hit, ...]:
        """What must be in place: conditions and phases."""
        return self.of_kind(*GROUPS["conditions"])

    @property
    def cases(self) -> tuple[Hit, ...]:
        """Who has done it."""
        return self.of_kind(*GROUPS["cases"])

    @property
    def resources(self) -> tuple[Hit, ...]:
        """What to lean on."""
        return self.of_kind(*GROUPS["resources"])
