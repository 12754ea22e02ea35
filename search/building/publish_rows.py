"""The rows that the passages of a build make in a database, from the few of its files that hold them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np

from ..entries import Passage
from ..index.index import Manifest
from ..index.lazy_files import LazyLines
from ..index.metadata import FILTERS, Metadata
from ..index.postgres import Key, passage_key
from ..index.vector_store import FaissStore

BLOCK = 1_000
"""Passages whose vectors are read at once."""


@dataclass(frozen=True)
class PassageRows:
    """The passages of a build as rows of a database; a passage goes by its row in the build.

    Attributes:
        path: Of the file that holds them.
        metadata: Of the build.
        store: Their vectors.
    """

    path: Path
    metadata: Metadata
    store: FaissStore

    @classmethod
    def read(cls, here: Path, manifest: Manifest) -> PassageRows:
        """Read what rows are made of; the files of the build were compared with its manifest, or are meanwhile.

        Args:
            here: Folder of the build.
            manifest: Its own.
        """
        store = FaissStore.load(here, index_type=manifest.index_type, lists=manifest.lists, recall=manifest.recall)
        return cls(here / "passages.jsonl", Metadata.load(here), store)

    def digests(self) -> dict[Key, bytes]:
        """Return what each passage goes by, and the fingerprint of its text, filters and vector; in order."""
        return dict(self._digests())

    def _digests(self) -> Iterator[tuple[Key, bytes]]:
        said_of, of_entry = [repr(filters) for filters in self._filters[0]], self._filters[1]
        with self.path.open(encoding="utf-8") as lines:
            for start in range(0, len(self.metadata.entry), BLOCK):
                rows = np.arange(start, min(start + BLOCK, len(self.metadata.entry)))
                of_rows = of_entry[self.metadata.entry[rows]].tolist()
                for line, filters, vector in zip(
                    islice(lines, len(rows)), of_rows, self.store.vectors(rows), strict=True
                ):
                    passage = Passage(**json.loads(line))
                    said = f"({_storable(passage.text)!r}, {said_of[filters]})".encode()
                    yield passage_key(passage), hashlib.sha256(said + vector.tobytes()).digest()

    def rows(self, build: int, chosen: Sequence[int], digests: Sequence[bytes]) -> Iterator[tuple[Any, ...]]:
        """Give the rows of some passages, in order of the columns that are written.

        Args:
            build: Number of the build in the database.
            chosen: Which passages.
            digests: Of all passages.
        """
        from pgvector import Vector

        if not chosen:
            return
        passages, (filters, of_entry) = LazyLines(self.path, lambda row: Passage(**row)), self._filters
        for start in range(0, len(chosen), BLOCK):
            some = chosen[start : start + BLOCK]
            for row, vector in zip(some, self.store.vectors(np.array(some)), strict=True):
                passage, of_row = passages[row], filters[of_entry[self.metadata.entry[row]]]
                yield build, *passage_key(passage), digests[row], _storable(passage.text), *of_row, Vector(vector)

    @cached_property
    def _filters(self) -> tuple[list[list[list[str]]], np.ndarray]:
        """The values for each filter that some entry has, each such list once, and which of them each entry has."""
        columns = [self.metadata.columns[name] for name in FILTERS]
        lists, of_entry = np.unique(np.hstack(columns), axis=0, return_inverse=True)
        parts = np.split(lists, np.cumsum([column.shape[1] for column in columns])[:-1], axis=1)
        of_filters = [
            [sorted(self.metadata.values[name][n] for n in numbers if n >= 0) for numbers in part.tolist()]
            for name, part in zip(FILTERS, parts, strict=True)
        ]
        return [list(one) for one in zip(*of_filters, strict=True)], of_entry.reshape(-1)


def _storable(text: str) -> str:
    """Return a text without the character that a text of PostgreSQL cannot have."""
    return text.replace("\0", "")
