"""The vectors that come with the library: what is in the file, who reads it, and what happens when it is harmed."""

from __future__ import annotations

import logging
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from search.building.kept_relevance import SHIPPED_WEIGHTS
from search.building.shipping import ship
from search.encoding.embedding_cache import EmbeddingCache
from search.encoding.encoder import SentenceEncoder
from search.encoding.rounding import codes_of, rounded
from search.encoding.shipped_vectors import SHIPPED_VECTORS, ShippedVectors
from search.learning.relevance_learning import learned_from
from search.learning.relevance_model import RelevanceModel
from search.learning.relevance_weights import RelevanceWeights
from search.library.reader import read_library
from search.library.training_queries import landmarks, read_training_queries
from search.locations import default_corpus
from search.text.segmentation import as_embedded, embedded_text, passages_of
from tests.fakes import CountingEncoder

LARGEST_FILE = 16_000_000
"""Bytes the file of vectors may have."""

TRUST, MONEY, BOTH = [1.0, 0.0, 0.0, 0.0], [0.0, 1.0, 0.0, 0.0], [3 / 10**0.5, 1 / 10**0.5, 0.0, 0.0]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Vectors of "trust" and "money", of the counting encoder, as they are shipped."""
    with closing(EmbeddingCache(tmp_path / "first.sqlite")) as cache:
        cache.documents(["trust", "money"], encoder := CountingEncoder())
        cache.to_ship(encoder).write(tmp_path / "vectors.npz")
    return tmp_path / "vectors.npz"


@pytest.fixture
def cache(file: Path) -> Iterator[EmbeddingCache]:
    """Knows nothing but what is shipped."""
    with closing(EmbeddingCache(file.with_name("second.sqlite"), shipped=ShippedVectors.read(file))) as cache:
        yield cache


# ---- What is read --------------------------------------------------------------------------------------------


def test_texts_whose_vectors_are_shipped_are_not_encoded(cache: EmbeddingCache) -> None:
    encoder = CountingEncoder()
    assert cache.documents(["money", "trust", "money"], encoder).tolist() == [MONEY, TRUST, MONEY]
    assert cache.queries(["trust"], encoder).tolist() == [TRUST]  # it reads both alike
    assert encoder.encoded == []


def test_a_text_that_is_not_shipped_encodes_itself_alone(cache: EmbeddingCache) -> None:
    encoder, done = CountingEncoder(), list[tuple[int, int]]()
    found = cache.documents(["trust", "trust trust trust money"], encoder, lambda *how_far: done.append(how_far))
    assert encoder.encoded == ["trust trust trust money"]
    assert done == [(2, 2)]
    length = (127**2 + 42**2) ** 0.5  # 3 and 1 in 8 bits: 127 and 42.3
    assert found.tolist() == [TRUST, pytest.approx([127 / length, 42 / length, 0, 0])]


def test_another_encoder_encodes_all_and_is_not_rounded(cache: EmbeddingCache) -> None:
    encoder = CountingEncoder("other@1")
    found = cache.documents(["trust", "trust trust trust money"], encoder)
    assert encoder.encoded == ["trust", "trust trust trust money"]
    assert found.tolist() == [TRUST, pytest.approx(BOTH, abs=1e-7)]


def test_a_vector_is_the_same_from_the_encoder_from_the_file_and_from_the_shipment(tmp_path: Path, file: Path) -> None:
    text, encoder, shipped = "trust trust trust money", CountingEncoder(), ShippedVectors.read(file)
    found = []
    for _ in range(2):  # encoded, then read
        with closing(EmbeddingCache(tmp_path / "third.sqlite", shipped=shipped)) as cache:
            found.append(cache.documents([text], encoder).tolist())
            again = cache.to_ship(encoder)
    with closing(EmbeddingCache(tmp_path / "fourth.sqlite", shipped=again)) as cache:
        found.append(cache.documents([text], encoder).tolist())
    assert encoder.encoded == [text]
    assert found[0] == found[1] == found[2]


def test_what_is_shipped_is_not_kept_twice(file: Path, cache: EmbeddingCache) -> None:
    encoder = CountingEncoder()
    with closing(EmbeddingCache(file.with_name("second.sqlite"))) as before:
        before.documents(["trust", "trust money"], encoder)
    cache.documents(["trust", "trust money"], encoder)
    cache.forget_others(encoder)
    encoder.encoded.clear()
    with closing(EmbeddingCache(file.with_name("second.sqlite"))) as alone:
        alone.documents(["trust", "trust money"], encoder)
    assert encoder.encoded == ["trust"]


# ---- The file ------------------------------------------------------------------------------------------------


def test_the_same_texts_make_the_same_file_in_whatever_order(tmp_path: Path, file: Path) -> None:
    with closing(EmbeddingCache(tmp_path / "other.sqlite")) as cache:
        for text in ("money", "trust"):
            cache.documents([text], encoder := CountingEncoder())
        cache.to_ship(encoder).write(tmp_path / "again.npz")
    assert (tmp_path / "again.npz").read_bytes() == file.read_bytes()


def gone(file: Path) -> None:
    file.unlink()


def cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def flipped(file: Path) -> None:
    data = bytearray(file.read_bytes())
    data[data.index(b"codes.npy") + 150] ^= 1  # a number of a vector
    file.write_bytes(bytes(data))


def other(file: Path) -> None:
    file.write_bytes(b"version https://git-lfs.github.com/spec/v1\n")


def out_of_order(file: Path) -> None:
    whole = ShippedVectors.read(file)
    ShippedVectors(whole.encoder, whole.keys[::-1], whole.codes).write(file)


@pytest.mark.parametrize("harm", [gone, cut, flipped, other, out_of_order])
def test_a_file_that_is_gone_or_harmed_is_told_and_everything_is_encoded(
    harm: Callable[[Path], None], file: Path, caplog: pytest.LogCaptureFixture
) -> None:
    harm(file)
    encoder = CountingEncoder()
    with closing(EmbeddingCache(file.with_name("second.sqlite"), shipped=ShippedVectors.read(file))) as cache:
        assert cache.documents(["trust", "money"], encoder).tolist() == [TRUST, MONEY]
    assert encoder.encoded == ["trust", "money"]
    [told] = caplog.records
    assert told.levelno == logging.WARNING
    assert f"{file}: {'it is not there' if harm is gone else 'damaged'}" in told.getMessage()
    assert "make vectors" in told.getMessage()


# ---- Those of the shipped library ----------------------------------------------------------------------------


class Silent(SentenceEncoder):
    """The shipped encoder, which tells what it is and encodes nothing."""

    def encode_query(self, texts: Sequence[str]) -> np.ndarray:
        raise AssertionError(f"{len(texts)} texts have no shipped vector, like {texts[0]!r}: run “make vectors”")

    encode_document = encode_query


def test_the_shipped_library_is_built_without_encoding_or_learning_and_nothing_shipped_is_stale(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def learned(*_: object, **__: object) -> None:
        raise AssertionError("what training queries teach is not what is shipped: run “make vectors”")

    monkeypatch.setattr("search.building.indexing.learn", learned)
    for file in (SHIPPED_VECTORS, SHIPPED_WEIGHTS):
        shutil.copy(file, tmp_path)
    made = ship(tmp_path, encoder=Silent())
    assert (made.encoded, made.stale, made.learned) == (0, 0, False), "run “make vectors”"
    assert SHIPPED_VECTORS.stat().st_size <= LARGEST_FILE


@pytest.mark.model
def test_shipped_vectors_are_what_the_encoder_gives_to_the_last_step_of_eight_bits(tmp_path: Path) -> None:
    library, shipped, encoder = read_library(default_corpus()), ShippedVectors.read(), SentenceEncoder()
    texts = [as_embedded(embedded_text(passages_of(entry)[0], entry)) for entry in library.entries[::10]]
    with closing(EmbeddingCache(tmp_path / "embeddings.sqlite")) as cache:
        cache.documents(texts, encoder)
        again = cache.to_ship(encoder)
    rows = np.searchsorted(shipped.keys, again.keys)
    assert (shipped.keys[rows] == again.keys).all()
    assert np.abs(shipped.codes[rows].astype(int) - again.codes.astype(int)).max() <= 1


SAMPLED = 40
"""One training query in so many is encoded again."""


@pytest.mark.model
def test_shipped_weights_are_of_these_training_queries_and_say_what_these_say() -> None:
    queries, encoder = read_training_queries(default_corpus()), SentenceEncoder()
    texts, answers = (
        [text for one in queries for text in one.asked],
        [one.entries for one in queries for _ in range(one.tellings)],
    )
    ids, marks = [entry.id for entry in read_library(default_corpus()).entries], landmarks(queries)
    shipped = RelevanceWeights.read(SHIPPED_WEIGHTS, learned_from(encoder.name, texts, answers, ids, marks))
    assert shipped is not None, "run “make vectors”"
    model = RelevanceModel.of(shipped, texts, answers, ids, landmarks=marks)
    agreed = []
    for mark in range(0, len(marks), SAMPLED):
        tellings = [texts[row] for row in marks[mark]]
        vectors = encoder.encode_query(tellings)
        mean = rounded(vectors).mean(axis=0, keepdims=True)  # as they come from the cache
        kept = codes_of(shipped.vectors[[mark]]).astype(int)
        assert np.abs(kept - codes_of(mean / np.linalg.norm(mean))).max() <= 1
        for told in model.evidence_of_all(tellings, vectors):
            likeliest = () if told.no_answer > told.answers.max() else (ids[int(told.answers.argmax())],)
            agreed.append(
                set(likeliest) <= set(answers[marks[mark][0]]) and bool(likeliest) == bool(queries[mark].entries)
            )
    assert len(agreed) > 600
    assert np.mean(agreed) > 0.98  # in another order of the weights few more agree than those that nothing answers
