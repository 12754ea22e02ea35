"""What training queries teach, kept in a file and found again."""

from __future__ import annotations

import logging
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from search.building.indexing import build_index
from search.building.kept_relevance import KeptRelevance
from search.encoding.embedding_cache import EmbeddingCache
from search.learning.relevance_learning import learned_from
from search.learning.relevance_weights import RelevanceWeights
from search.library.reader import read_library
from tests.fakes import TRAINING_QUERIES, CountingEncoder, write_corpus, write_training_queries

LEARNED = RelevanceWeights(
    ("jar", "ardi"),
    np.array([1.5, 2.0], dtype=np.float32),
    np.array([[1.0, 0.0], [0.6, 0.8]], dtype=np.float32),
    np.array([[0.5, 0.1], [0.0, 0.0], [-1.27, 0.004]], dtype=np.float32),
)
VECTORS = [[1.0, 0.0], [95 / 158.6, 127 / 158.6]]  # 0.6 is 95.25 parts of 0.8 / 127, and 95² + 127² is 158.6²
KEPT = [[0.5, (57 / 127) ** 2 * 0.5], [0.0, 0.0], [-1.27, (7 / 127) ** 2 * 1.27]]
"""The root of 0.1 is 56.8 parts in 127 of the root of 0.5; that of 0.004 is 7.1 of that of 1.27."""


def close(rows: list[list[float]]) -> list[object]:
    return [pytest.approx(row) for row in rows]


def test_roots_of_weights_are_kept_in_parts_of_the_largest_of_their_row(tmp_path: Path) -> None:
    LEARNED.write(tmp_path / "relevance.npz", "digest")
    read = RelevanceWeights.read(tmp_path / "relevance.npz", "digest")
    assert read is not None
    assert (read.grams, read.idf.tolist()) == (LEARNED.grams, [1.5, 2.0])
    assert read.weights.tolist() == close(KEPT)
    assert read.vectors.tolist() == [pytest.approx(row, abs=1e-5) for row in VECTORS]
    for name in ("weights", "vectors"):
        assert getattr(read, name).tolist() == getattr(LEARNED.rounded(), name).tolist()


def test_what_was_learned_from_something_else_is_not_taken(tmp_path: Path) -> None:
    LEARNED.write(tmp_path / "relevance.npz", "digest")
    assert RelevanceWeights.read(tmp_path / "relevance.npz", "another") is None
    assert RelevanceWeights.read(tmp_path / "none.npz", "digest") is None


def test_a_damaged_file_is_told_and_not_taken(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    file = tmp_path / "relevance.npz"
    LEARNED.write(file, "digest")
    file.write_bytes(file.read_bytes()[:-30])
    assert RelevanceWeights.read(file, "digest") is None
    [told] = caplog.records
    assert (told.levelno, told.getMessage().startswith(f"{file} is damaged")) == (logging.WARNING, True)


def test_without_letters_there_are_none(tmp_path: Path) -> None:
    nothing = np.zeros((0, 4), dtype=np.float32)
    none = RelevanceWeights((), np.array([], dtype=np.float32), nothing, np.zeros((1, 0), dtype=np.float32))
    none.write(tmp_path / "relevance.npz", "digest")
    read = RelevanceWeights.read(tmp_path / "relevance.npz", "digest")
    assert read is not None
    assert (read.grams, read.vectors.shape, read.weights.shape) == ((), (0, 4), (1, 0))


def test_what_was_kept_is_found_as_it_was_returned_and_nothing_else_is(tmp_path: Path) -> None:
    own = KeptRelevance(own=tmp_path / "own.npz", shipped=tmp_path / "shipped.npz")
    assert own.find("digest") is None
    assert own.keep("digest", LEARNED).weights.tolist() == close(KEPT)
    for kept in (own, KeptRelevance(shipped=tmp_path / "own.npz")):
        found = kept.find("digest")
        assert found is not None
        assert found.weights.tolist() == close(KEPT)
        assert kept.find("another") is None
    assert KeptRelevance().keep("digest", LEARNED).weights.tolist() == close(KEPT)
    assert not (tmp_path / "shipped.npz").exists()


@pytest.mark.parametrize(
    "changed",
    [
        {"encoder": "b"},
        {"texts": ["one", "three"]},
        {"answers": [("x",), ("y", "x")]},
        {"ids": ["x", "y", "z"]},
        {"landmarks": [(0,), (1,)]},
    ],
    ids=lambda changed: next(iter(changed)),
)
def test_whatever_decides_what_is_learned_is_in_its_digest(changed: dict[str, object]) -> None:
    usual = {"encoder": "a", "texts": ["one", "two"], "answers": [("x",), ("z", "y")], "ids": ["x", "y"]}
    usual["landmarks"] = [(0, 1)]
    assert learned_from(**(usual | changed)) != learned_from(**usual)


def test_an_entry_no_training_query_names_changes_nothing() -> None:
    both = [learned_from("a", ["one"], [("x",)], ids, [(0,)]) for ids in (["x"], ["w", "x", "z"])]
    assert both[0] == both[1]


# ---- Which training queries a build encodes ------------------------------------------------------------------

EVERY = sorted(text for query in TRAINING_QUERIES for text in (query["fr"], query["en"]))


@pytest.fixture
def corpus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A library with training queries, as many as need landmarks."""
    monkeypatch.setattr("search.library.training_queries.ALL_TO", 0)
    corpus = write_corpus(tmp_path / "corpus")
    write_training_queries(corpus, *TRAINING_QUERIES)
    return corpus


def queries_encoded(corpus: Path, cache: str) -> list[str]:
    """Build with the weights and the vectors that are kept beside a corpus, and say which queries were encoded."""
    encoder, kept = CountingEncoder(), KeptRelevance(own=corpus / "relevance.npz")
    with closing(EmbeddingCache(corpus / cache)) as vectors:
        build_index(read_library(corpus), encoder, vectors, kept=kept)
        vectors.forget_others(encoder)
    return sorted({*encoder.encoded} & {*EVERY})


def test_a_build_that_need_not_learn_encodes_no_training_query(corpus: Path) -> None:
    assert queries_encoded(corpus, "first.sqlite") == EVERY
    assert queries_encoded(corpus, "second.sqlite") == []


def test_a_build_that_read_no_training_query_forgets_none_of_them(corpus: Path) -> None:
    for encoded in (EVERY, [], []):
        assert queries_encoded(corpus, "first.sqlite") == encoded
    (corpus / "relevance.npz").unlink()
    assert queries_encoded(corpus, "first.sqlite") == []
