"""Engines beside Passerelle, each used as its own documents say: built into a folder, opened from it, asked.

txtai and Chroma are imported with the first object of their class, so that no time is that of an import.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar, Protocol

import bm25s
import faiss
import numpy as np

from search.text.analysis import analyse

BATCH = 5_000
"""Passages given to Chroma at once: it refuses more than some thousands."""

KNOWN: dict[str, np.ndarray] = {}
"""The vectors txtai looks up, by text: it is not given any."""


@dataclass(frozen=True)
class Passages:
    """What every engine has.

    Attributes:
        texts: Of the passages, as they are embedded.
        languages: Theirs.
        vectors: Unit rows, float32, shape (n, dim).
        narrow: Which of them the narrow filter lets through, shape (n,).
    """

    texts: Sequence[str]
    languages: Sequence[str]
    vectors: np.ndarray
    narrow: np.ndarray


@dataclass(frozen=True)
class Question:
    """A query.

    Attributes:
        text: As it is typed.
        vector: Unit vector, float32, shape (dim,).
    """

    text: str
    vector: np.ndarray


Ask = Callable[[Question, int, bool], Sequence[int]]
"""Gives the rows of the best passages for a question: at most so many, under the narrow filter or not."""


class Engine(Protocol):
    """What is measured.

    Attributes:
        name: In tables.
        vectors: Whether it searches by vectors, so that recall can be measured.
    """

    name: ClassVar[str]
    vectors: ClassVar[bool]

    def build(self, passages: Passages, folder: Path) -> None:
        """Write an index into a folder."""
        ...

    def open(self, folder: Path) -> Ask:
        """Return what answers from it as it usually does."""
        ...

    def by_vectors(self, ask: Ask) -> Ask:
        """Return what answers by vectors alone."""
        ...


class Faiss:
    """Vectors alone, all compared."""

    name: ClassVar[str] = "FAISS flat"
    vectors: ClassVar[bool] = True

    def build(self, passages: Passages, folder: Path) -> None:
        """Add and write."""
        index = faiss.IndexFlatIP(passages.vectors.shape[1])
        index.add(passages.vectors)
        faiss.write_index(index, str(folder / "flat.faiss"))
        np.save(folder / "narrow.npy", passages.narrow)

    def open(self, folder: Path) -> Ask:
        """Read; the filter is a bitmap."""
        index = faiss.read_index(str(folder / "flat.faiss"))
        bits = np.packbits(np.load(folder / "narrow.npy"), bitorder="little")

        def ask(question: Question, most: int, narrow: bool) -> Sequence[int]:
            selector = {"sel": faiss.IDSelectorBitmap(bits)} if narrow else {}
            _, rows = index.search(question.vector[np.newaxis], most, params=faiss.SearchParameters(**selector))
            return [row for row in rows[0].tolist() if row >= 0]

        return ask

    def by_vectors(self, ask: Ask) -> Ask:
        """It does nothing else."""
        return ask


class Bm25s:
    """Words alone, cut and stemmed as Passerelle does."""

    name: ClassVar[str] = "bm25s"
    vectors: ClassVar[bool] = False

    def build(self, passages: Passages, folder: Path) -> None:
        """Index and write."""
        index = bm25s.BM25(method="lucene")
        stems = [analyse(text, language) for text, language in zip(passages.texts, passages.languages, strict=True)]
        index.index(stems, show_progress=False)
        index.save(str(folder / "bm25s"))
        np.save(folder / "narrow.npy", passages.narrow)
        (folder / "languages").write_text("\n".join(sorted(set(passages.languages))), encoding="utf-8")

    def open(self, folder: Path) -> Ask:
        """Read; the filter is a mask of the weights."""
        index, mask = bm25s.BM25.load(str(folder / "bm25s")), np.load(folder / "narrow.npy").astype(np.float32)
        languages = (folder / "languages").read_text(encoding="utf-8").split()

        def ask(question: Question, most: int, narrow: bool) -> Sequence[int]:
            stems = list(dict.fromkeys(stem for language in languages for stem in analyse(question.text, language)))
            weights = {"weight_mask": mask} if narrow else {}
            rows, scores = index.retrieve([stems], k=most, show_progress=False, **weights)
            found: list[int] = rows[0][scores[0] > 0].tolist()
            return found

        return ask

    def by_vectors(self, ask: Ask) -> Ask:
        """It has none."""
        return ask


def look_up(texts: Sequence[str]) -> np.ndarray:
    """Return the vectors of texts, shape (n, dim): what txtai calls."""
    return np.stack([KNOWN[text] for text in texts])


class Txtai:
    """Exact vectors and BM25, put together; texts kept, with a tag to filter by."""

    name: ClassVar[str] = "txtai hybrid"
    vectors: ClassVar[bool] = True

    def __init__(self) -> None:
        import txtai

        self._txtai = txtai
        os.environ["ALLOW_RESOLVE_TRANSFORM"] = "True"  # txtai calls a function it was told of only when allowed to
        self._weights: dict[str, float] = {}

    def build(self, passages: Passages, folder: Path) -> None:
        """Index and write."""
        KNOWN.update(zip(passages.texts, passages.vectors, strict=True))
        index = self._txtai.Embeddings(
            method="external",
            transform="scripts.bench.peer_engines.look_up",
            hybrid=True,
            content=True,
            faiss={"components": "IDMap,Flat"},
        )
        tags = np.where(passages.narrow, "narrow", "wide").tolist()
        index.index((row, text, tag) for row, (text, tag) in enumerate(zip(passages.texts, tags, strict=True)))
        index.save(str(folder / "txtai"))

    def open(self, folder: Path) -> Ask:
        """Read; the filter is a condition of its SQL."""
        index = self._txtai.Embeddings()
        index.load(str(folder / "txtai"))

        def ask(question: Question, most: int, narrow: bool) -> Sequence[int]:
            KNOWN[question.text] = question.vector
            if not narrow:
                return [int(hit["id"]) for hit in index.search(question.text, most, **self._weights)]
            query = "select id, score from txtai where similar(:text) and tags = 'narrow'"
            found = index.search(query, most, parameters={"text": question.text}, **self._weights)
            return [int(hit["id"]) for hit in found]

        return ask

    def by_vectors(self, ask: Ask) -> Ask:
        """Give words no weight from now on."""
        self._weights = {"weights": 1.0}
        return ask


class Chroma:
    """Vectors alone, by a graph (HNSW) that finds most of the nearest; texts kept, with a value to filter by."""

    name: ClassVar[str] = "Chroma"
    vectors: ClassVar[bool] = True

    def __init__(self) -> None:
        import chromadb

        self._chromadb = chromadb

    def build(self, passages: Passages, folder: Path) -> None:
        """Add, batch by batch."""
        collection = self._client(folder).create_collection("passages", metadata={"hnsw:space": "ip"})
        for start in range(0, len(passages.texts), BATCH):
            rows = range(start, min(start + BATCH, len(passages.texts)))
            collection.add(
                [str(row) for row in rows],
                embeddings=passages.vectors[start : rows.stop],
                documents=list(passages.texts[start : rows.stop]),
                metadatas=[{"narrow": bool(passages.narrow[row])} for row in rows],
            )

    def open(self, folder: Path) -> Ask:
        """Read."""
        collection = self._client(folder).get_collection("passages")

        def ask(question: Question, most: int, narrow: bool) -> Sequence[int]:
            wanted = {"where": {"narrow": True}} if narrow else {}
            found = collection.query(query_embeddings=question.vector[np.newaxis], n_results=most, **wanted)
            return [int(name) for name in found["ids"][0]]

        return ask

    def by_vectors(self, ask: Ask) -> Ask:
        """It does nothing else."""
        return ask

    def _client(self, folder: Path) -> Any:
        settings = self._chromadb.Settings(anonymized_telemetry=False)
        return self._chromadb.PersistentClient(str(folder / "chroma"), settings=settings)


PEERS: tuple[type[Engine], ...] = (Faiss, Bm25s, Txtai, Chroma)
"""All of them, in the order of tables."""
