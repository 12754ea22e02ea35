"""The vectors of the passages: those nearest to a query, and the cosines of any."""

from __future__ import annotations

import math
import os
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Protocol

import faiss
import numpy as np

from ..encoding.products import inner_products
from .lazy_files import load_array

EXACT_TO, HALF_TO = 100_000, 1_000_000
"""Passages up to which vectors are kept in 32 bits, and in 16; beyond, in 8 bits and in lists of near ones."""


INDEX_TYPES = ("flat", "fp16", "ivf")


RECALL = 0.98
"""Share of the truly nearest ten that lists must find: as many lists are looked into as this takes."""


AGAIN = 100
"""Passages found by 8 bits that 16 bits put in order."""


COMPARED = 500_000
"""Passages compared under a filter when they are in lists: all it lets through, or so many of the nearest lists."""


INDEX_FILE, ROWS_FILE = "vectors.faiss", "vectors.npy"


FEWEST_LISTS = 16


TRIED, FIRST = 200, 10
"""Queries that recall is measured with, and how many of the nearest."""


@dataclass(frozen=True)
class Allowed:
    """Which passages may answer, said twice: for a vector store in memory, and for one that filters by itself.

    Attributes:
        passages: Truth per passage, shape (n_passages,).
        filters: Name of each filter to the values it lets through; of each facet, by a name that begins with
            ``facets:``, the `search.index.metadata.facet_key` of these.
        shown: Ids of the practices that are let through by what is said of their cases, whatever they say themselves.
    """

    passages: np.ndarray
    filters: Mapping[str, Collection[str]]
    shown: Collection[str] = ()


class VectorStore(Protocol):
    """What holds the vectors of the passages; a passage goes by its row."""

    def cosines(self, query: np.ndarray, passages: np.ndarray | None = None) -> np.ndarray:
        """Compare a query with passages.

        Args:
            query: Unit vector, float32, shape (dim,).
            passages: Their rows, shape (n,); all when None.

        Returns:
            Cosines, float32, shape (n,).
        """
        ...

    def nearest(self, query: np.ndarray, most: int, allowed: Allowed | None = None) -> np.ndarray:
        """Return the rows of the passages nearest to a query, best first.

        Args:
            query: Unit vector, float32, shape (dim,).
            most: How many are wanted.
            allowed: What may answer; None allows all.

        Returns:
            Shape (most,), or fewer when fewer are allowed.
        """
        ...

    def vectors(self, passages: np.ndarray) -> np.ndarray:
        """Return the vectors of passages, of unit length but for rounding, float32, shape (n, dim)."""
        ...


@dataclass(frozen=True)
class FaissStore:
    """Vectors in memory.

    Attributes:
        index: FAISS inner-product index; ids are rows of passages.
        index_type: ``flat`` (32 bits, exact), ``fp16`` (16 bits, all compared) or ``ivf`` (8 bits, in lists).
        rows: The vectors as they are compared in the end, shape (n, dim): those the index holds, or for ``ivf`` in
            16 bits, on the disk when they are many.
        lists: How many lists a query looks into; 0 when there are none.
        recall: Share of the truly nearest ten it found in a trial; see `measured_recall`.
    """

    index: faiss.Index
    index_type: str
    rows: np.ndarray
    lists: int = 0
    recall: float = 1.0

    @classmethod
    def of(cls, rows: np.ndarray, queries: np.ndarray, index_type: str | None = None) -> FaissStore:
        """Keep vectors.

        Args:
            rows: Unit rows, float32, shape (n, dim).
            queries: Unit rows that recall is measured with, shape (m, dim); none measures none.
            index_type: One of INDEX_TYPES; chosen by count when None.
        """
        index_type = index_type or index_type_for(len(rows))
        rows = np.ascontiguousarray(rows, dtype=np.float32)
        with all_threads():
            index = faiss.index_factory(rows.shape[1], _recipe(index_type, len(rows)), faiss.METRIC_INNER_PRODUCT)
            if not index.is_trained:
                index.train(rows)
            index.add(rows)
            truth = _truth(rows, queries) if index_type != "flat" else None
        store = cls(index, index_type, rows.astype(np.float16) if index_type == "ivf" else _held(index, index_type))
        if truth is None:
            return store
        if index_type == "fp16":
            return replace(store, recall=measured_recall(store, queries, truth))
        return _with_lists(store, queries, truth)

    def cosines(self, query: np.ndarray, passages: np.ndarray | None = None) -> np.ndarray:
        """As `VectorStore.cosines`: shape (n,)."""
        return inner_products(self.rows if passages is None else self.rows[passages], query)

    def nearest(self, query: np.ndarray, most: int, allowed: Allowed | None = None) -> np.ndarray:
        """As `VectorStore.nearest`: shape (most,) or fewer."""
        most = min(most, self.index.ntotal)
        if not most:
            return np.array([], dtype=np.int64)
        faiss.omp_set_num_threads(1)  # of this thread: many people ask at once, and one query is no faster with more
        chosen = None if allowed is None else np.packbits(allowed.passages, bitorder="little")
        selector = {} if chosen is None else {"sel": faiss.IDSelectorBitmap(chosen)}
        lists = {"nprobe": self._looked_into(query, allowed)} if self.lists else {}
        parameters = (faiss.SearchParametersIVF if self.lists else faiss.SearchParameters)(**selector, **lists)
        wide = max(AGAIN, most) if self.index_type == "ivf" else most
        _, ids = self.index.search(query.astype(np.float32)[np.newaxis], wide, params=parameters)
        found: np.ndarray = ids[0][ids[0] >= 0]
        if self.index_type == "ivf":  # 8 bits found them, 16 put them in order
            best = found[:AGAIN]
            best = best[np.argsort(-self.cosines(query, best), kind="stable")]
            found = np.concatenate([best, found[AGAIN:]])[:most]
        return found

    def _looked_into(self, query: np.ndarray, allowed: Allowed | None) -> int:
        """Say how many lists a query looks into; under a filter, enough for COMPARED of what may answer."""
        if allowed is None:
            return self.lists
        if allowed.passages.sum() <= COMPARED:
            return int(self.index.nlist)
        held = np.bincount(self._list_of[allowed.passages], minlength=self.index.nlist)
        _, order = self.index.quantizer.search(query.astype(np.float32)[np.newaxis], self.index.nlist)
        return int(np.searchsorted(np.cumsum(held[order[0]]), COMPARED)) + 1

    @cached_property
    def _list_of(self) -> np.ndarray:
        """The list each passage is in, int32, shape (n_passages,)."""
        found = np.empty(self.index.ntotal, dtype=np.int32)
        for n in range(self.index.nlist):
            size = self.index.invlists.list_size(n)
            found[faiss.rev_swig_ptr(self.index.invlists.get_ids(n), size)] = n
        return found

    def vectors(self, passages: np.ndarray) -> np.ndarray:
        """As `VectorStore.vectors`: shape (n, dim)."""
        rows: np.ndarray = self.rows[passages].astype(np.float32, copy=False)
        return rows

    def save(self, folder: Path) -> None:
        """Write the FAISS index into a folder and, for ``ivf``, the rows."""
        if _is_plain(folder):
            faiss.write_index(self.index, str(folder / INDEX_FILE))
        else:
            (folder / INDEX_FILE).write_bytes(faiss.serialize_index(self.index))
        if self.index_type == "ivf":
            np.save(folder / ROWS_FILE, self.rows, allow_pickle=False)

    @classmethod
    def load(cls, folder: Path, *, index_type: str, lists: int, recall: float) -> FaissStore:
        """Read what `save` wrote; the rest is as in the class.

        Raises:
            FileNotFoundError: A file is not there.
            OSError: FAISS cannot read its own.
        """
        try:
            if _is_plain(folder):
                index = faiss.read_index(str(folder / INDEX_FILE))
            else:
                index = faiss.deserialize_index(np.fromfile(folder / INDEX_FILE, dtype=np.uint8))
        except RuntimeError as error:  # FAISS has no error of its own
            kind = OSError if (folder / INDEX_FILE).exists() else FileNotFoundError
            raise kind(str(error)) from error
        rows = load_array(folder / ROWS_FILE) if index_type == "ivf" else _held(index, index_type)
        return cls(index, index_type, rows, lists, recall)


def _is_plain(path: Path) -> bool:
    """Say whether FAISS can open a path, which it wants in UTF-8."""
    try:
        return bool(str(path).encode())
    except UnicodeEncodeError:
        return False


def cosines_of_all(store: VectorStore, queries: np.ndarray) -> np.ndarray:
    """Compare several queries with all passages: in memory by one product.

    Args:
        store: Any vector store.
        queries: Unit rows, float32, shape (m, dim).

    Returns:
        Cosines, float32, shape (m, n_passages).
    """
    if not isinstance(store, FaissStore):
        return np.stack([store.cosines(query) for query in queries])
    cosines: np.ndarray = queries.astype(np.float32) @ store.rows.astype(np.float32, copy=False).T
    return cosines


def _held(index: faiss.Index, index_type: str) -> np.ndarray:
    """Return the vectors FAISS holds, without a copy, shape (n, dim)."""
    flat = faiss.downcast_index(index)
    codes: np.ndarray = faiss.rev_swig_ptr(flat.codes.data(), flat.codes.size())
    return codes.view(np.float32 if index_type == "flat" else np.float16).reshape(flat.ntotal, flat.d)


@contextmanager
def all_threads() -> Iterator[None]:
    """Let FAISS use every processor, for a build."""
    faiss.omp_set_num_threads(os.cpu_count() or 1)
    try:
        yield
    finally:
        faiss.omp_set_num_threads(1)


def index_type_for(count: int) -> str:
    """Choose how so many passages are kept: see EXACT_TO and HALF_TO."""
    return "flat" if count <= EXACT_TO else "fp16" if count < HALF_TO else "ivf"


def _recipe(index_type: str, count: int) -> str:
    """Return the FAISS factory string; lists are about twice the root of the count, a power of two."""
    lists = 2 ** round(math.log2(max(2 * math.sqrt(count), 1)))
    return {"flat": "Flat", "fp16": "SQfp16", "ivf": f"IVF{min(lists, max(count // 39, 1))},SQ8"}[index_type]


def _with_lists(store: FaissStore, queries: np.ndarray, truth: np.ndarray) -> FaissStore:
    """Look into as many lists as the wanted recall takes."""
    lists = min(FEWEST_LISTS, store.index.nlist)
    while True:
        tried = replace(store, lists=lists)
        tried = replace(tried, recall=measured_recall(tried, queries, truth))
        if tried.recall >= RECALL or lists == store.index.nlist:
            return tried
        lists = min(2 * lists, store.index.nlist)


def _truth(rows: np.ndarray, queries: np.ndarray) -> np.ndarray:
    """Return the rows of the passages truly nearest to each query, shape (m, FIRST) or fewer columns."""
    exact = faiss.IndexFlatIP(rows.shape[1])
    exact.add(rows)
    _, nearest = exact.search(np.ascontiguousarray(queries, dtype=np.float32), min(FIRST, len(rows)))
    return np.asarray(nearest)


def measured_recall(store: VectorStore, queries: np.ndarray, truth: np.ndarray) -> float:
    """Say what share of the truly nearest passages a store finds.

    Args:
        store: Any vector store.
        queries: Unit rows, shape (m, dim).
        truth: Rows of the passages nearest to each query, shape (m, n).

    Returns:
        Recall at n, 0 to 1; 1 when there are no queries.
    """
    found = [
        len(np.intersect1d(store.nearest(query, len(row)), row)) for query, row in zip(queries, truth, strict=True)
    ]
    return sum(found) / truth.size if truth.size else 1.0
