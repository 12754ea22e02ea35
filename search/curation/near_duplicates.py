"""Entries that say nearly the same: pairs of one kind whose vectors are too close."""

from __future__ import annotations

import reprlib
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import numpy as np

from ..encoding.embedding_cache import EmbeddingCache
from ..encoding.encoder import Encoder
from ..encoding.unit_rows import unit_rows
from ..entries import Entry
from ..errors import Problem
from ..library.reader import Library
from ..library.yaml_files import CorpusReader
from ..text.segmentation import embedded_text, passages_of

SIMILAR_FROM = 0.75
"""Cosine from which two entries of one kind are nearly identical.

Chosen in November 2026 by looking at 451 entries with the shipped encoder (model@d597c09ca53f). The French and English
passages of one entry, which say the same, have a median cosine of 0.88. Of the 42,125 pairs of entries of one kind, 2
reach 0.75; both were read. Another encoder spreads its cosines otherwise: look again when the model changes.
"""


FILE = "near-duplicates.yaml"
"""In the corpus folder: pairs that are close and meant to be."""


Pair = frozenset[str]
"""The ids of two entries, in no order."""


@dataclass(frozen=True)
class NearPair:
    """Two entries of one kind that are close.

    Attributes:
        first, second: The entries, in order of id.
        cosine: Between their mean passage vectors, -1 to 1.
    """

    first: Entry
    second: Entry
    cosine: float


def read_allowed_pairs(library: Library) -> tuple[frozenset[Pair], list[Problem]]:
    """Read the pairs that are close and meant to be.

    Args:
        library: Its folder may hold FILE, a list of ``[id, id]``.

    Returns:
        The pairs, none when there is no file; and what is wrong with the file: a pair that is not two known entries of
        one kind, or is given twice.
    """
    kinds, reader = {entry.id: entry.kind for entry in library.entries}, CorpusReader(library.path)
    meant: set[Pair] = set()
    if not (library.path / FILE).exists():
        return frozenset(), []
    for line, row in reader.yaml_list(FILE, "[id, id]"):
        fault = _fault(row, kinds)
        if not fault and frozenset(row) in meant:
            fault = ("pair_twice", row, "")
        if fault:
            reader.tell(fault[0], FILE, line, value=fault[1], expected=fault[2])
        else:
            meant.add(frozenset(row))
    return frozenset(meant), reader.problems


def check_allowed_pairs(library: Library) -> list[Problem]:
    """Say what is wrong with the list of pairs that are close and meant to be."""
    return read_allowed_pairs(library)[1]


def _fault(row: Any, kinds: dict[str, str]) -> tuple[str, object, str] | None:
    """Say what is wrong with one item of the list, if anything: which kind of problem, with what, what was expected."""
    if not isinstance(row, list) or len(row) != 2 or not all(isinstance(name, str) for name in row):
        return "pair_form", reprlib.repr(row), ""
    if unknown := [name for name in row if name not in kinds]:
        return "pair_unknown", "', '".join(unknown), ""
    if row[0] == row[1]:
        return "pair_itself", row[0], ""
    if kinds[row[0]] != kinds[row[1]]:
        return "pair_kinds", row, f"{kinds[row[0]]}, {kinds[row[1]]}"
    return None


def near_duplicates(
    library: Library, encoder: Encoder, cache: EmbeddingCache, *, bound: float = SIMILAR_FROM
) -> tuple[NearPair, ...]:
    """Find the entries of one kind that are close, those that are meant to be too.

    Args:
        library: Read without a problem.
        encoder: For the passages the cache does not hold.
        cache: Where vectors are kept.
        bound: Cosine from which two entries are close.

    Returns:
        The pairs, closest first, then in order of ids.
    """
    vectors = mean_vectors(library.entries, encoder, cache)
    found = []
    for kind in dict.fromkeys(entry.kind for entry in library.entries):
        rows = [n for n, entry in enumerate(library.entries) if entry.kind == kind]
        cosines = vectors[rows] @ vectors[rows].T
        for (one, row), (two, other) in combinations(enumerate(rows), 2):
            if cosines[one, two] >= bound:
                found.append(NearPair(library.entries[row], library.entries[other], float(cosines[one, two])))
    return tuple(sorted(found, key=lambda pair: (-pair.cosine, pair.first.id, pair.second.id)))


def mean_vectors(entries: Sequence[Entry], encoder: Encoder, cache: EmbeddingCache) -> np.ndarray:
    """Return the mean direction of each entry's passages, both languages together.

    Args:
        entries: Any number.
        encoder: For the passages the cache does not hold.
        cache: Where vectors are kept.

    Returns:
        Unit rows, float32, shape (n_entries, dim); all zeros where the passages' vectors add up to nothing.
    """
    texts = [[embedded_text(passage, entry) for passage in passages_of(entry)] for entry in entries]
    vectors = cache.documents([text for some in texts for text in some], encoder)
    ends = np.cumsum([len(some) for some in texts], dtype=int)
    means = np.array([part.mean(axis=0) for part in np.split(vectors, ends[:-1])], dtype=np.float32)
    return unit_rows(means)


def check_near_duplicates(
    library: Library, encoder: Encoder, cache: EmbeddingCache, *, bound: float = SIMILAR_FROM
) -> list[Problem]:
    """Report the pairs of entries that are close and not meant to be.

    Args:
        library: Read without a problem.
        encoder: For the passages the cache does not hold.
        cache: Where vectors are kept.
        bound: Cosine from which two entries are close.

    Returns:
        One problem a pair, in order of file; those of the list itself are check_allowed_pairs's.
    """
    meant, _ = read_allowed_pairs(library)
    return sorted(
        Problem(
            library.file(pair.first),
            1,
            f"is nearly {library.file(pair.second)} (cosine {pair.cosine:.3f}): merge them, say in each what sets it "
            f"apart, or add [{pair.first.id}, {pair.second.id}] to {FILE}",
        )
        for pair in near_duplicates(library, encoder, cache, bound=bound)
        if frozenset({pair.first.id, pair.second.id}) not in meant
    )
