"""What an encoder may say of itself, and what holds of one that says nothing."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pytest

from search.encoding.cached_encoder import CachedEncoder
from search.encoding.embedding_cache import EmbeddingCache
from search.encoding.encoder import SentenceEncoder
from search.encoding.encoder_traits import (
    FullEncoder,
    KnowsWords,
    ReadsAlike,
    TurnsQueries,
    WritesPrompts,
    known_words,
    knows_word,
    prompt_of,
    prompts_of,
    reads_alike,
    towards_answers,
)

TRAITS = (ReadsAlike, WritesPrompts, KnowsWords, TurnsQueries)
EAST, NORTH = np.array([1.0, 0.0]), np.array([0.0, 1.0])


class Silent:
    """Has the four members every encoder has, and says nothing else of itself."""

    name, dim = "silent@1", 2

    def encode_query(self, texts: list[str]) -> np.ndarray:
        return np.stack([EAST for _ in texts])

    def encode_document(self, texts: list[str]) -> np.ndarray:
        return np.stack([NORTH for _ in texts])


class Telling(Silent):
    """Has every trait, by its members alone."""

    alike = True
    prompts: Mapping[str, str] = {"query": "ask: "}

    def has_word(self, word: str) -> bool:
        return word == "quartier"

    def towards_answers(self, vector: np.ndarray) -> np.ndarray:
        return vector[::-1]


def test_what_an_encoder_does_not_say_is_not_so() -> None:
    silent = Silent()
    assert (reads_alike(silent), prompts_of(silent), knows_word(silent, "quartier")) == (False, {}, False)
    assert towards_answers(silent, EAST).tolist() == [1.0, 0.0]
    assert (prompt_of(silent, "query"), prompt_of(silent, "document")) == ("", None)


def test_a_trait_is_had_by_having_its_member() -> None:
    telling = Telling()
    assert (reads_alike(telling), prompts_of(telling)) == (True, {"query": "ask: "})
    assert (knows_word(telling, "quartier"), knows_word(telling, "quartir")) == (True, False)
    assert towards_answers(telling, EAST).tolist() == [0.0, 1.0]
    assert (prompt_of(telling, "query"), prompt_of(telling, "document")) == ("ask: ", None)


@pytest.mark.parametrize("inner", [Silent(), Telling()], ids=lambda inner: inner.name)
def test_a_cache_before_an_encoder_says_what_the_encoder_says(inner: Silent, tmp_path: Path) -> None:
    cached = CachedEncoder(inner, EmbeddingCache(tmp_path / "embeddings.sqlite"))
    assert (reads_alike(cached), prompts_of(cached)) == (reads_alike(inner), prompts_of(inner))
    assert knows_word(cached, "quartier") == knows_word(inner, "quartier")
    assert towards_answers(cached, EAST).tolist() == towards_answers(inner, EAST).tolist()


@pytest.mark.parametrize("encoder", [SentenceEncoder, CachedEncoder])
@pytest.mark.parametrize("trait", TRAITS)
def test_encoders_of_this_package_have_every_trait_by_members_of_their_own(encoder: type, trait: type) -> None:
    assert FullEncoder in encoder.__mro__
    [member] = [name for name in vars(trait) if not name.startswith("_")]
    assert member in vars(encoder)  # and not what the protocol says of it


def test_of_several_words_those_that_an_encoder_knows_are_told() -> None:
    assert known_words(Telling(), ["quartier", "kwartier"]) == {"quartier"}
    assert known_words(Silent(), ["quartier"]) == frozenset()
