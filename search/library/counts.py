"""What an index of a library would hold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ..entries import Entry
from ..locations import StrPath
from ..text.segmentation import passages_of
from .corpus import read_corpus
from .problems import amount


@dataclass(frozen=True)
class CorpusCounts:
    """What an index of a corpus would hold.

    Attributes:
        entries, passages: How many.
        kinds: Kind to how many entries.
        languages: Languages, like ``fr+en``, to how many entries have just these.
    """

    entries: int
    passages: int
    kinds: Mapping[str, int]
    languages: Mapping[str, int]

    @classmethod
    def of(cls, entries: Sequence[Entry]) -> CorpusCounts:
        """Count entries and what they would become."""
        return cls(
            entries=len(entries),
            passages=sum(len(passages_of(entry)) for entry in entries),
            kinds=Counter(entry.kind for entry in entries),
            languages=Counter("+".join(entry.languages) for entry in entries),
        )

    def __str__(self) -> str:
        parts = (", ".join(f"{name} {count}" for name, count in some.items()) for some in (self.kinds, self.languages))
        entries, passages = amount("entry", self.entries, "en"), amount("passage", self.passages, "en")
        return f"{entries} ({'; '.join(parts)}), {passages}. Nothing was written."


def count_corpus(path: StrPath) -> CorpusCounts:
    """Read a corpus as for building, and count.

    Raises:
        CorpusError: Something is wrong; every problem is listed with its file and line.
        ExtraMissingError: It is a workbook and the extra ``xlsx`` is not installed.
    """
    return CorpusCounts.of(read_corpus(path).entries)
