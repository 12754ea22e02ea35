"""The words a library and its training queries are written in: what a misspelt word most likely stands for."""

from __future__ import annotations

import json
import math
import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from rapidfuzz import process
from rapidfuzz.distance import OSA

from ..entries import LANGUAGES
from ..text.analysis import fold, function_words, is_stop_word, stem_of, stems
from ..text.dictionary import common_words, in_dictionary
from ..text.sounds import sound_of

FILE = "words.json"

MOST_READ = 10_000
"""Texts whose words are counted, evenly spread: more of them add few words."""

ASKED_BY = 4
"""Training queries that have a word which no text has: fewer may have misspelt it alike."""

SHORTEST, LONG = 5, 11
"""Letters from which a word is mended at all, and from which two may be wrong."""

SHORTEST_SOUND = 3
"""Sounds that a word must have to be told by them."""

EDIT, EDIT_HEARD = 3.0, 1.0
"""What an edited letter costs, in logs of how many texts have a word, and where both words sound alike."""

SHORTEST_PART = 4
"""Letters of each of two words that are written as one."""

_WORD = re.compile(r"[^\W\d_]{3,}")
_ELIDED = re.compile(r"(qu|[cdjlmns])([aeiouyh]\w{3,})\Z")
"""A French word behind what may have lost its apostrophe."""

_JOINED = (
    (re.compile(r"[dlmnst]([aeiouyh]\w{2,})\Z"), ""),
    (re.compile(r"j([bcdfgklmnpqrstvxz]\w+)\Z"), "je"),
    (re.compile(r"k([aeiouy]\w+)\Z"), "qu"),
)
"""Two French words as they are heard, and how the first is written where it is not by its letter."""


@dataclass(frozen=True)
class WordList:
    """Words as `fold` writes them.

    Attributes:
        counts: Word to how many texts have it; 0 where only training queries do.
    """

    counts: Mapping[str, int]

    @classmethod
    def of(cls, texts: Sequence[str], asked: Iterable[str]) -> WordList:
        """Count the words of texts, and take those that several training queries have."""
        step = max(1, -(-len(texts) // MOST_READ))
        written, typed = _counted(texts[::step]), _counted(asked)
        of_texts = cls(written)
        more = [word for word, count in typed.items() if count >= ASKED_BY and word not in written]
        return cls({**written, **{word: 0 for word in more if in_dictionary(word) or not of_texts.meant_by(word)}})

    def knows(self, word: str) -> bool:
        """Say whether a word is one of these."""
        return word in self.counts

    def knows_form(self, word: str) -> bool:
        """Say whether a word may be another form of one of these."""
        return any(stem_of(word, language) in self._stems[language] for language in LANGUAGES)

    def meant_by(self, word: str, *, language: str | None = None) -> str | None:
        """Return the word, or the two words, that a misspelt one most likely stands for; None when none is near enough.

        Near enough is an apostrophe that is missing ("denfants"), one letter added, lost, changed or exchanged with its
        neighbour, two in a long word, or a space that is missing; with an edited letter the first one is right. Of
        several words the one most texts have is taken.

        Args:
            word: As `fold` writes it.
            language: Of the text it stands in; None when that is not known.
        """
        if not word.isalpha():
            return None
        ways = (
            (self._near, self._in_two) if language == "en" else (self._elided, self._near, self._joined, self._in_two)
        )
        return next(filter(None, (way(word) for way in ways)), None)

    def heard_as(self, word: str) -> str | None:
        """Return the French word that sounds as a word is written ("kestion").

        None when none does, or when one that sounds otherwise is likelier: an edit counts more there, and with either
        the words that many texts have are likelier.

        Args:
            word: As `fold` writes it.
        """
        sounds = (sound_of(word), sound_of(word, to_the_end=True))
        found = {one for sound in sounds if len(sound) >= SHORTEST_SOUND for one in self._by_sound.get(sound, ())}
        costs = {one: self._cost(word, one, EDIT_HEARD) for one in sorted(found)}
        heard, near = min(costs, key=costs.__getitem__, default=None), self._near(word)
        return None if heard and near and self._cost(word, near, EDIT) < costs[heard] else heard

    def _cost(self, word: str, other: str, edit: float) -> float:
        often = MOST_READ if other in function_words("fr") else self.counts.get(other, 0)
        return edit * OSA.distance(word, other) - math.log1p(often)

    def _elided(self, word: str) -> str | None:
        """Return a French word with its apostrophe."""
        found = _ELIDED.match(word)
        return f"{found[1]}'{found[2]}" if found and self.counts.get(found[2]) and not is_stop_word(found[2]) else None

    def _near(self, word: str) -> str | None:
        """Return the word with the fewest edits."""
        if len(word) < SHORTEST:
            return None
        wrong = 2 if len(word) >= LONG else 1
        found = process.extract(word, self._by_letter.get(word[0], ()), scorer=OSA.distance, score_cutoff=wrong)
        return str(min(found, key=lambda one: (one[1], -self.counts[one[0]], one[0]))[0]) if found else None

    def _joined(self, word: str) -> str | None:
        """Return two French words of which the first lost its vowel: "lassociasion", "jpeu", "kil"."""
        for pattern, first in _JOINED:
            if (found := pattern.match(word)) and (second := self._word(found[1])):
                return f"{first or word[0]}{' ' if first == 'je' else chr(39)}{second}"
        return None

    def _word(self, word: str) -> str | None:
        return word if is_stop_word(word) or self.counts.get(word) else self.heard_as(word)

    def _in_two(self, word: str) -> str | None:
        """Return the two words that are written as one: those of which the rarer is least rare."""
        cuts = range(SHORTEST_PART, len(word) - SHORTEST_PART + 1)
        parts = ((word[:cut], word[cut:]) for cut in cuts)
        known = [pair for pair in parts if all(self.counts.get(part) and not is_stop_word(part) for part in pair)]
        best = max(known, key=lambda pair: min(self.counts[part] for part in pair), default=None)
        return " ".join(best) if best else None

    def save(self, folder: Path) -> None:
        """Write them into a folder."""
        (folder / FILE).write_text(json.dumps(self.counts, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> WordList:
        """Read what `save` wrote."""
        return cls(json.loads((folder / FILE).read_text(encoding="utf-8")))

    @cached_property
    def _by_letter(self) -> Mapping[str, Sequence[str]]:
        groups: dict[str, list[str]] = {}
        for word in self.counts:
            if len(word) >= SHORTEST - 1:
                groups.setdefault(word[0], []).append(word)
        return groups

    @cached_property
    def _by_sound(self) -> Mapping[str, Sequence[str]]:
        """Each sound to the French words that have it: function words, those of texts, common ones."""
        of_texts = filter(lambda word: in_dictionary(word, "fr"), self.counts)
        groups: dict[str, list[str]] = {}
        for word in {*function_words("fr"), *of_texts, *common_words("fr")}:
            groups.setdefault(sound_of(word), []).append(word)
        return groups

    @cached_property
    def _stems(self) -> Mapping[str, Collection[str]]:
        return {language: frozenset(stems(list(self.counts), language)) for language in LANGUAGES}


def _counted(texts: Iterable[str]) -> Counter[str]:
    """Count how many texts have each word; a word is folded once, not wherever it stands."""
    counts, folded = Counter[str](), Counter[str]()
    for text in texts:
        counts.update(set(_WORD.findall(text.lower())))
    for word, count in counts.items():
        folded[fold(word)] += count
    return folded
