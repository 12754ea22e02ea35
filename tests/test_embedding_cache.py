"""Vectors that were computed once are not computed again."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest

from search.encoding.embedding_cache import BATCH, EmbeddingCache
from tests.fakes import CountingEncoder

TRUST, MONEY = [1.0, 0.0, 0.0, 0.0], [0.0, 1.0, 0.0, 0.0]


@pytest.fixture
def cache(tmp_path: Path) -> Iterator[EmbeddingCache]:
    cache = EmbeddingCache(tmp_path / "new" / "folder" / "embeddings.sqlite")
    yield cache
    cache.close()


def test_vectors_come_in_the_order_of_the_texts(cache: EmbeddingCache) -> None:
    vectors = cache.documents(["the money came at last", "trust", "no word", "trust money"], CountingEncoder())
    half = pytest.approx(0.5**0.5)
    assert vectors.tolist() == [MONEY, TRUST, [0.0, 0.0, 0.0, 0.0], [half, half, 0.0, 0.0]]
    assert vectors.dtype == np.float32


def test_only_new_texts_are_encoded(cache: EmbeddingCache) -> None:
    encoder = CountingEncoder()
    cache.documents(["trust", "money"], encoder)
    encoder.encoded.clear()
    assert cache.documents(["garden trust", "money", "trust"], encoder)[1:].tolist() == [MONEY, TRUST]
    assert encoder.encoded == ["garden trust"]


def test_a_text_given_twice_is_encoded_once(cache: EmbeddingCache) -> None:
    encoder = CountingEncoder()
    assert cache.documents(["trust", "money", "trust"], encoder).tolist() == [TRUST, MONEY, TRUST]
    assert sorted(encoder.encoded) == ["money", "trust"]


def test_texts_of_similar_length_are_encoded_together(cache: EmbeddingCache) -> None:
    encoder = CountingEncoder()
    cache.documents(["trust trust trust", "trust", "trust trust"], encoder)
    assert encoder.encoded == ["trust", "trust trust", "trust trust trust"]


def test_another_model_encodes_for_itself(cache: EmbeddingCache) -> None:
    first, second = CountingEncoder("a@1"), CountingEncoder("b@1")
    cache.documents(["trust"], first)
    cache.documents(["trust"], second)
    assert (first.encoded, second.encoded) == (["trust"], ["trust"])


def test_keep_only_forgets_this_models_other_texts_and_no_other_models(cache: EmbeddingCache) -> None:
    first, second = CountingEncoder("a@1"), CountingEncoder("b@1")
    for encoder in (first, second):
        cache.documents(["trust", "money"], encoder)
        encoder.encoded.clear()
    cache.keep_only(["money"], first)
    for encoder in (first, second):
        cache.documents(["trust", "money"], encoder)
    assert (first.encoded, second.encoded) == (["trust"], [])


def test_vectors_survive_closing_and_opening(tmp_path: Path) -> None:
    path, encoder = tmp_path / "embeddings.sqlite", CountingEncoder()
    cache = EmbeddingCache(path)
    cache.documents(["trust", "money"], encoder)
    cache.close()
    encoder.encoded.clear()
    cache = EmbeddingCache(path)
    assert cache.documents(["money", "trust"], encoder).tolist() == [MONEY, TRUST]
    cache.close()
    assert encoder.encoded == []


def test_vectors_encoded_before_a_failure_are_kept(cache: EmbeddingCache) -> None:
    class Failing(CountingEncoder):
        def encode_document(self, texts: Sequence[str]) -> np.ndarray:
            if self.encoded:
                raise RuntimeError("no more")
            return super().encode_document(texts)

    texts = [f"trust {number:03}" for number in range(BATCH + 1)]
    with pytest.raises(RuntimeError, match="no more"):
        cache.documents(texts, Failing())
    encoder = CountingEncoder()
    cache.documents(texts, encoder)
    assert encoder.encoded == [f"trust {BATCH:03}"]


def test_progress_counts_texts_already_known(cache: EmbeddingCache) -> None:
    texts = [f"trust {number:03}" for number in range(2 * BATCH + 2)]
    cache.documents(texts[:1], CountingEncoder())
    done: list[tuple[int, int]] = []
    cache.documents(texts, CountingEncoder(), lambda n, total: done.append((n, total)))
    total = 2 * BATCH + 2
    assert done == [(1 + BATCH, total), (1 + 2 * BATCH, total), (total, total)]


def test_more_texts_than_one_question_to_the_file_can_name(cache: EmbeddingCache) -> None:
    texts = [f"{'trust' if number % 2 else 'money'} {number}" for number in range(1001)]
    encoder = CountingEncoder()
    cache.documents(texts, encoder)
    encoder.encoded.clear()
    assert cache.documents(texts, encoder).tolist() == [TRUST if number % 2 else MONEY for number in range(1001)]
    assert encoder.encoded == []


def test_no_text_gives_no_row(cache: EmbeddingCache) -> None:
    assert cache.documents([], CountingEncoder()).shape == (0, 4)


def harmed(data: bytes, name: str) -> bytes:
    """Return the bytes of a file of vectors after an accident."""
    middle = len(data) // 2
    return {"another file": b"not a cache" * 999, "cut": data[:middle], "zeros": data[:4096] + bytes(len(data) - 4096)}[
        name
    ]


@pytest.mark.parametrize("name", ["another file", "cut", "zeros"])
def test_a_damaged_file_is_set_aside_and_a_new_one_begun(name: str, tmp_path: Path) -> None:
    path, encoder = tmp_path / "embeddings.sqlite", CountingEncoder()
    texts = [f"trust {number:03}" for number in range(500)]
    cache = EmbeddingCache(path)
    cache.documents(texts, encoder)
    cache.close()
    damaged = harmed(path.read_bytes(), name)
    path.write_bytes(damaged)
    encoder.encoded.clear()
    cache = EmbeddingCache(path)
    assert cache.documents(texts, encoder)[499].tolist() == TRUST
    cache.close()
    assert encoder.encoded == texts
    assert (tmp_path / "embeddings.sqlite.damaged").read_bytes() == damaged


def test_a_file_that_cannot_be_opened_is_not_taken_for_damage(tmp_path: Path) -> None:
    (tmp_path / "embeddings.sqlite").mkdir()
    with pytest.raises(sqlite3.OperationalError):
        EmbeddingCache(tmp_path / "embeddings.sqlite")
    assert [path.name for path in tmp_path.iterdir()] == ["embeddings.sqlite"]
