"""A large library: a query is compared closely with candidates, and answered as if with all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import pytest

from search import searcher as searching
from search.entries import Entry
from search.index import Index, build_index
from search.library import Library, read_library
from search.searcher import Searcher
from search.vectors import VectorCache
from tests.fakes import TINY_CORPUS

COUNT, DIM = 400, 24
STARTS, ENDS = ("jar", "rou", "mai", "pon", "ter", "bal"), ("din", "ton", "tier", "ler")
WORDS = [f"{start}{end}" for start in STARTS for end in ENDS]
FILTERS: list[dict[str, Any]] = [{}, {"kinds": ["case"]}, {"countries": ["france"]}, {"languages": ["en"]}]


class WordVectors:
    """Gives a text the sum of vectors drawn for its words.

    Attributes:
        name, dim: As an encoder's.
    """

    name, dim = "words@1", DIM

    def encode_document(self, texts: Sequence[str]) -> np.ndarray:
        """Return unit rows."""
        rows = np.stack([sum((self._word(word) for word in text.lower().split()), np.zeros(DIM)) for text in texts])
        unit: np.ndarray = rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)
        return unit.astype(np.float32)

    encode_query = encode_document

    @staticmethod
    def _word(word: str) -> np.ndarray:
        return np.random.default_rng(list(word.strip('".').encode())).standard_normal(DIM)


def drawn(count: int) -> Iterator[Entry]:
    """Draw practices and cases of two passages; every case shows a practice, every fifth is related to another."""
    chance = np.random.default_rng(0)
    for n in range(count):
        case = n % 2 == 1
        language = ("fr", "en")[n // 2 % 2]
        text = {name: " ".join(chance.choice(WORDS, size)) + "." for name, size in (("summary", 6), ("result", 9))}
        yield Entry(
            id=f"entry-{n:04}",
            kind="case" if case else "insight",
            phases={},
            conditions={},
            actors=(),
            related=(f"entry-{n - 5:04}",) if n and n % 5 == 0 else (),
            illustrates=(f"entry-{n - 1:04}",) if case else (),
            sources=(),
            texts={language: {"title": f"Titre{n}", "summary": text["summary"], "description": text["result"]}},
            country="france" if n % 40 == 1 else "belgium",
        )


@pytest.fixture(scope="module", params=["flat", "ivf"])
def index(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Index:
    library = Library(tuple(drawn(COUNT)), read_library(TINY_CORPUS).vocabulary, TINY_CORPUS, {})
    cache = VectorCache(tmp_path_factory.mktemp("drawn") / "vectors.sqlite")
    try:
        return build_index(library, WordVectors(), cache, kind=request.param)
    finally:
        cache.close()


def answers(index: Index, query: str, **filters: Any) -> tuple[list[str], int]:
    results = Searcher(index, WordVectors()).search(query, **filters)
    return [hit.entry.id for hit in results.hits], results.total


@pytest.mark.parametrize("filters", FILTERS, ids=str)
def test_candidates_answer_as_all_do(index: Index, filters: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    chance = np.random.default_rng(1)
    queries = [" ".join(chance.choice(WORDS, 5)) for _ in range(20)]
    everything = [answers(index, query, **filters) for query in queries]
    monkeypatch.setattr(searching, "ALL_TO", 0)
    monkeypatch.setattr(searching, "CANDIDATES", 60)
    some = [answers(index, query, **filters) for query in queries]
    assert [total for _, total in some] == [total for _, total in everything]
    assert all(len(ids) == len(others) for (ids, _), (others, _) in zip(some, everything, strict=True))
    same = [len({*ids} & {*others}) / len(others) for (ids, _), (others, _) in zip(some, everything, strict=True)]
    assert np.mean(same) >= 0.95
    assert [ids[0] for ids, _ in some] == [ids[0] for ids, _ in everything]


def test_a_name_and_a_quoted_phrase_are_found_among_many(index: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    text = index.passages[401].text
    phrase = " ".join(text.split()[:3])
    everything = [answers(index, "Titre137"), answers(index, f'qui a dit "{phrase}"')]
    monkeypatch.setattr(searching, "ALL_TO", 0)
    monkeypatch.setattr(searching, "CANDIDATES", 20)
    assert [answers(index, "Titre137")[0][0], answers(index, f'qui a dit "{phrase}"')[0][0]] == [
        ids[0] for ids, _ in everything
    ]
    assert everything[0][0][0] == "entry-0137"
    assert everything[1][0][0] == index.passages[401].entry_id
