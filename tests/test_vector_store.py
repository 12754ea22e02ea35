"""Vectors of passages, however they are kept: nearest ones, cosines, filters, recall."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from search.index.vector_store import (
    COMPARED,
    EXACT_TO,
    HALF_TO,
    INDEX_TYPES,
    RECALL,
    Allowed,
    FaissStore,
    index_type_for,
    measured_recall,
)

COUNT, DIM = 3_000, 16
CLOSE = {"flat": 1e-6, "fp16": 1e-3, "ivf": 1e-3}
"""How far a cosine may be from the true one."""


def units(count: int, seed: int) -> np.ndarray:
    rows = np.random.default_rng(seed).standard_normal((count, DIM)).astype(np.float32)
    unit: np.ndarray = rows / np.linalg.norm(rows, axis=1, keepdims=True)
    return unit


ROWS, QUERIES = units(COUNT, 1), units(50, 2)


@pytest.fixture(scope="module", params=INDEX_TYPES)
def store(request: pytest.FixtureRequest) -> FaissStore:
    return FaissStore.of(ROWS, QUERIES, request.param)


@pytest.mark.parametrize(
    ("count", "kind"),
    [(0, "flat"), (EXACT_TO, "flat"), (EXACT_TO + 1, "fp16"), (HALF_TO - 1, "fp16"), (HALF_TO, "ivf")],
)
def test_the_kind_is_chosen_by_count(count: int, kind: str) -> None:
    assert index_type_for(count) == kind


def test_cosines_are_the_true_ones_but_for_rounding(store: FaissStore) -> None:
    truth = ROWS @ QUERIES[0]
    assert store.cosines(QUERIES[0]).tolist() == pytest.approx(truth.tolist(), abs=CLOSE[store.index_type])
    some = np.array([7, 3, 2_999])
    assert store.cosines(QUERIES[0], some).tolist() == pytest.approx(truth[some].tolist(), abs=CLOSE[store.index_type])
    assert store.cosines(QUERIES[0], np.array([], dtype=int)).shape == (0,)


def test_the_nearest_come_best_first(store: FaissStore) -> None:
    found = store.nearest(QUERIES[0], 10)
    cosines = store.cosines(QUERIES[0], found)
    assert len(set(found.tolist())) == 10
    assert cosines.tolist() == sorted(cosines.tolist(), reverse=True)


def test_recall_is_measured_and_what_was_asked_for(store: FaissStore) -> None:
    truth = np.argsort(-(QUERIES @ ROWS.T), axis=1)[:, :10]
    assert measured_recall(store, QUERIES, truth) == store.recall >= RECALL
    assert store.lists > 0 if store.index_type == "ivf" else store.lists == 0


@pytest.mark.parametrize("share", [0.003, 0.05, 0.5])
def test_a_filter_finds_only_what_is_allowed_and_no_less_of_it(store: FaissStore, share: float) -> None:
    allowed = np.random.default_rng(3).random(COUNT) < share
    numbers = np.flatnonzero(allowed)
    wanted = min(10, len(numbers))
    shares = []
    for query in QUERIES:
        truth = numbers[np.argsort(-(ROWS[numbers] @ query))][:wanted]
        found = store.nearest(query, 10, Allowed(allowed, {}))
        assert len(found) == wanted
        assert allowed[found].all()
        shares.append(len(np.intersect1d(found, truth)) / wanted)
    assert np.mean(shares) >= (1.0 if store.index_type == "flat" else 0.98)


@pytest.mark.parametrize("compared", [COMPARED, 600])
def test_with_lists_a_filter_finds_what_is_far_from_the_query(compared: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """The lists nearest to the query hold nothing of what is allowed."""
    monkeypatch.setattr("search.index.vector_store.COMPARED", compared)
    centres, of_centre = units(60, 4), np.repeat(np.arange(60), 50)
    rows = centres[of_centre] + 0.2 * units(COUNT, 5)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    store, query = FaissStore.of(rows, centres, "ivf"), centres[0]
    allowed = np.isin(of_centre, np.argsort(centres @ query)[:30])
    truth = np.flatnonzero(allowed)[np.argsort(-(rows[allowed] @ query))[:10]]
    assert store.lists < store.index.nlist / 2
    assert set(store.nearest(query, 10, Allowed(allowed, {}))) == set(truth)


def test_a_filter_may_let_nothing_or_everything_through(store: FaissStore) -> None:
    assert store.nearest(QUERIES[0], 10, Allowed(np.zeros(COUNT, dtype=bool), {})).tolist() == []
    everything = store.nearest(QUERIES[0], 10, Allowed(np.ones(COUNT, dtype=bool), {}))
    assert everything.tolist() == store.nearest(QUERIES[0], 10).tolist()


def test_more_may_be_wanted_than_there_are(store: FaissStore) -> None:
    assert len(store.nearest(QUERIES[0], COUNT + 5, Allowed(np.arange(COUNT) < 4, {}))) == 4


def test_a_store_read_from_a_file_is_the_one_written(store: FaissStore, tmp_path: Path) -> None:
    store.save(tmp_path)
    loaded = FaissStore.load(tmp_path, index_type=store.index_type, lists=store.lists, recall=store.recall)
    some = np.array([5, 1])
    assert loaded.cosines(QUERIES[1], some).tolist() == store.cosines(QUERIES[1], some).tolist()
    assert loaded.nearest(QUERIES[1], 10).tolist() == store.nearest(QUERIES[1], 10).tolist()


@pytest.mark.parametrize("kind", INDEX_TYPES)
@pytest.mark.parametrize("count", [1, 5])
def test_a_few_passages_can_be_kept_in_any_way(kind: str, count: int) -> None:
    few = FaissStore.of(ROWS[:count], QUERIES, kind)
    assert few.nearest(ROWS[0], 1).tolist() == [0]
    assert len(few.nearest(ROWS[0], 10)) == count


def test_no_passages_are_no_error() -> None:
    none = FaissStore.of(np.zeros((0, DIM), dtype=np.float32), QUERIES)
    assert none.nearest(QUERIES[0], 10).tolist() == []
    assert none.cosines(QUERIES[0]).tolist() == []
