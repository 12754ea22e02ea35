"""A large library: a query is compared closely with candidates, and answered as if with all."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from search.building.indexing import build_index
from search.encoding.embedding_cache import EmbeddingCache
from search.index.index import Index
from search.retrieval import candidates as searching
from search.retrieval.searcher import Searcher
from tests.drawn import WORDS, WordVectors, drawn_entries, drawn_library

COUNT = 400
FILTERS: list[dict[str, Any]] = [{}, {"kinds": ["case"]}, {"countries": ["france"]}, {"languages": ["en"]}]


@pytest.fixture(scope="module", params=["flat", "ivf"])
def index(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Index:
    library = drawn_library(tuple(drawn_entries(COUNT)))
    cache = EmbeddingCache(tmp_path_factory.mktemp("drawn") / "embeddings.sqlite")
    try:
        return build_index(library, WordVectors(), cache, index_type=request.param)
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
    everything = [answers(index, "Titre137"), answers(index, f'{index.passages[10].text} "{phrase}"')]
    monkeypatch.setattr(searching, "ALL_TO", 0)
    monkeypatch.setattr(searching, "CANDIDATES", 1)
    assert [answers(index, "Titre137")[0][0], answers(index, f'{index.passages[10].text} "{phrase}"')[0][0]] == [
        ids[0] for ids, _ in everything
    ]
    assert everything[0][0][0] == "entry-0137"
    assert everything[1][0][0] == index.passages[401].entry_id
