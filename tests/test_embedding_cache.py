"""Vectors that were computed once are not computed again."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
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


def test_what_was_encoded_before_an_error_is_kept(tmp_path: Path) -> None:
    class Failing(CountingEncoder):
        def encode_document(self, texts: Sequence[str]) -> np.ndarray:
            if "longest" in texts[-1]:
                raise OSError("the encoder is gone")
            return super().encode_document(texts)

    path = tmp_path / "embeddings.sqlite"
    texts = [*(f"{n:03}" for n in range(BATCH)), "trust longest"]
    with closing(EmbeddingCache(path)) as cache, pytest.raises(OSError, match="gone"):
        cache.documents(texts, Failing())
    encoder = CountingEncoder()
    with closing(EmbeddingCache(path)) as cache:
        cache.documents(texts, encoder)
    assert encoder.encoded == ["trust longest"]


def test_each_second_of_encoding_is_written_though_more_follows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, kept = tmp_path / "embeddings.sqlite", []

    def count(done: int, total: int) -> None:
        with closing(sqlite3.connect(path)) as other:
            kept.append(other.execute("SELECT count(*) FROM vectors").fetchone()[0])

    texts = [f"{n:04}" for n in range(3 * BATCH)]
    monkeypatch.setattr("search.encoding.embedding_cache.WRITTEN_EVERY", 0.0)
    with closing(EmbeddingCache(path)) as cache:
        cache.documents(texts, CountingEncoder(), count)
    assert kept == [BATCH, 2 * BATCH, 3 * BATCH]


def test_another_model_encodes_for_itself(cache: EmbeddingCache) -> None:
    first, second = CountingEncoder("a@1"), CountingEncoder("b@1")
    cache.documents(["trust"], first)
    cache.documents(["trust"], second)
    assert (first.encoded, second.encoded) == (["trust"], ["trust"])


def test_this_models_texts_that_were_not_asked_for_are_forgotten_and_no_other_models(tmp_path: Path) -> None:
    first, second = CountingEncoder("a@1"), CountingEncoder("b@1")
    with closing(EmbeddingCache(tmp_path / "embeddings.sqlite")) as cache:
        for encoder in (first, second):
            cache.documents(["trust", "money"], encoder)
            encoder.encoded.clear()
    with closing(EmbeddingCache(tmp_path / "embeddings.sqlite")) as cache:
        cache.documents(["money"], first)
        cache.forget_others(first)
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
    with pytest.raises(IsADirectoryError):
        EmbeddingCache(tmp_path / "embeddings.sqlite")
    assert [path.name for path in tmp_path.iterdir()] == ["embeddings.sqlite"]


# ---- Checksums -----------------------------------------------------------------------------------------------


def change(path: Path, statement: str, *values: object) -> None:
    """Change a closed file of vectors behind its back."""
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(statement, values)


def known(path: Path) -> CountingEncoder:
    """Write vectors of two texts, and return an encoder that was given nothing yet."""
    with closing(EmbeddingCache(path)) as cache:
        cache.documents(["trust", "money"], CountingEncoder())
    return CountingEncoder()


@pytest.mark.parametrize("byte", [0, 3, 15])
@pytest.mark.parametrize("bit", [0x01, 0x80])
def test_a_vector_of_which_a_bit_was_flipped_is_computed_again(
    byte: int, bit: int, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path, encoder = tmp_path / "embeddings.sqlite", known(tmp_path / "embeddings.sqlite")
    vector = bytearray(np.array(TRUST, dtype=np.float32).tobytes())
    whole = bytes(vector)
    vector[byte] ^= bit
    change(path, "UPDATE vectors SET vector = ? WHERE vector = ?", bytes(vector), whole)
    for encoded in (["trust"], []):  # once
        with closing(EmbeddingCache(path)) as cache:
            assert cache.documents(["trust", "money"], encoder).tolist() == [TRUST, MONEY]
        assert encoder.encoded == encoded
        encoder.encoded.clear()
    assert caplog.record_tuples == [
        (
            "search.encoding.embedding_cache",
            logging.WARNING,
            f"{path}: 1 vectors are not what was written; they are computed again",
        )
    ]


@pytest.mark.parametrize(
    "harm",
    [
        "UPDATE vectors SET vector = (SELECT vector FROM vectors AS other WHERE other.key != vectors.key)",
        "UPDATE vectors SET vector = substr(vector, 1, 12)",
        "UPDATE vectors SET vector = x''",
        "UPDATE vectors SET checksum = NULL",
        "UPDATE vectors SET checksum = checksum + 1",
    ],
)
def test_vectors_that_were_exchanged_cut_or_emptied_are_computed_again(harm: str, tmp_path: Path) -> None:
    path, encoder = tmp_path / "embeddings.sqlite", known(tmp_path / "embeddings.sqlite")
    change(path, harm)
    with closing(EmbeddingCache(path)) as cache:
        assert cache.documents(["trust", "money"], encoder).tolist() == [TRUST, MONEY]
    assert encoder.encoded != []


def test_a_file_without_checksums_gets_them_and_keeps_its_vectors(tmp_path: Path) -> None:
    path, encoder = tmp_path / "embeddings.sqlite", known(tmp_path / "embeddings.sqlite")
    change(path, "ALTER TABLE vectors DROP COLUMN checksum")
    with closing(EmbeddingCache(path)) as cache:
        assert cache.documents(["trust", "money"], encoder).tolist() == [TRUST, MONEY]
    assert encoder.encoded == []
    change(path, "UPDATE vectors SET vector = zeroblob(16)")
    with closing(EmbeddingCache(path)) as cache:
        assert cache.documents(["trust", "money"], encoder).tolist() == [TRUST, MONEY]
    assert sorted(encoder.encoded) == ["money", "trust"]


# ---- Queries -------------------------------------------------------------------------------------------------


class Prompting(CountingEncoder):
    """Writes something before each text; what it gives queries points the other way."""

    alike = False

    def __init__(self, query: str, document: str = "") -> None:
        super().__init__("prompting@1")
        self.prompts = {"query": query, "document": document}
        self.asked: list[str] = []

    def encode_document(self, texts: Sequence[str]) -> np.ndarray:
        self.encoded += texts
        return CountingEncoder().encode_query(texts)

    def encode_query(self, texts: Sequence[str]) -> np.ndarray:
        self.asked += texts
        return -CountingEncoder().encode_query(texts)


def test_queries_are_encoded_as_queries_and_kept_apart_from_documents(cache: EmbeddingCache) -> None:
    encoder = Prompting("query: ")
    for _ in range(2):
        assert cache.documents(["trust"], encoder).tolist() == [TRUST]
        assert (-cache.queries(["trust"], encoder)).tolist() == [TRUST]
    assert (encoder.encoded, encoder.asked) == (["trust"], ["trust"])


@pytest.mark.parametrize("other", [Prompting("ask: ", "say: "), Prompting("query: ", "")], ids=["both", "of documents"])
def test_another_prompt_is_another_vector(other: Prompting, cache: EmbeddingCache) -> None:
    first = Prompting("query: ", "say: ")
    for encoder in (first, other):
        cache.documents(["trust"], encoder)
        cache.queries(["trust"], encoder)
    changed = {name for name in ("query", "document") if first.prompts[name] != other.prompts[name]}
    assert {"query" if other.asked else "", "document" if other.encoded else ""} - {""} == changed


def test_who_reads_both_alike_shares_their_vectors(cache: EmbeddingCache) -> None:
    encoder = CountingEncoder()
    cache.documents(["trust"], encoder)
    assert cache.queries(["trust", "money"], encoder).tolist() == [TRUST, MONEY]
    assert encoder.encoded == ["trust", "money"]
