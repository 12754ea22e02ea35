"""The words a library and its training queries are written in: what a misspelt word most likely stands for."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from rapidfuzz import process
from rapidfuzz.distance import OSA

from ..entries import LANGUAGES
from ..text.analysis import fold, is_stop_word, stem_of, stems

FILE = "words.json"

MOST_READ = 10_000
"""Texts whose words are counted, evenly spread: more of them add few words."""

ASKED_BY = 4
"""Training queries that have a word which no text has: others may have misspelt it alike."""

SHORTEST, LONG = 5, 11
"""Letters from which a word is mended at all, and from which two may be wrong."""

SHORTEST_PART = 4
"""Letters of each of two words that are written as one."""

_WORD = re.compile(r"[^\W\d_]{3,}")
_ELIDED = re.compile(r"(qu|[cdjlmns])([aeiouyh]\w{3,})\Z")
"""A French word behind what may have lost its apostrophe."""


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
        more = {word: 0 for word, count in typed.items() if count >= ASKED_BY and word not in written}
        return cls({**written, **more})

    def knows(self, word: str) -> bool:
        """Say whether a word is one of these, or another form of one."""
        return word in self.counts or any(stem_of(word, language) in self._stems[language] for language in LANGUAGES)

    def meant_by(self, word: str) -> str | None:
        """Return the word, or the two words, that a misspelt one most likely stands for; None when none is near enough.

        Near enough is an apostrophe that is missing ("denfants"), one letter added, lost, changed or exchanged with its
        neighbour, two in a long word, or a space that is missing; the first letter is right. Of several words the one
        most texts have is taken.
        """
        if len(word) < SHORTEST or not word.isalpha():
            return None
        if (elided := _ELIDED.match(word)) and self.counts.get(elided[2]):
            return f"{elided[1]}'{elided[2]}"
        wrong = 2 if len(word) >= LONG else 1
        found = process.extract(word, self._by_letter.get(word[0], ()), scorer=OSA.distance, score_cutoff=wrong)
        if found:
            return str(min(found, key=lambda one: (one[1], -self.counts[one[0]], one[0]))[0])
        return self._in_two(word)

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
