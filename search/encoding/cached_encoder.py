"""An encoder that reads a text once: what its cache knows is not encoded again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from .embedding_cache import EmbeddingCache
from .encoder import Encoder
from .encoder_traits import FullEncoder, knows_word, prompts_of, reads_alike, towards_answers


class CachedEncoder(FullEncoder):
    """Gives the vectors of an encoder, out of a cache where they are known; new ones go there."""

    def __init__(self, encoder: Encoder, cache: EmbeddingCache) -> None:
        """Stand before an encoder; what it says of itself is said here too."""
        self._encoder, self._cache = encoder, cache

    @property
    def name(self) -> str:
        """Which model with which weights."""
        return self._encoder.name

    @property
    def dim(self) -> int:
        """Length of a vector."""
        return self._encoder.dim

    @property
    def alike(self) -> bool:
        """Whether queries are read as documents are."""
        return reads_alike(self._encoder)

    @property
    def prompts(self) -> Mapping[str, str]:
        """What is written before a query and before a document."""
        return prompts_of(self._encoder)

    def has_word(self, word: str) -> bool:
        """Say whether a word, as `fold` writes it, is known to be a real one."""
        return knows_word(self._encoder, word)

    def towards_answers(self, vector: np.ndarray) -> np.ndarray:
        """Turn the unit vector of a query, shape (dim,), to where its answers are expected."""
        return towards_answers(self._encoder, vector)

    def encode_query(self, texts: Sequence[str]) -> np.ndarray:
        """Return unit rows, float32, shape (n_texts, dim), for texts people type."""
        return self._cache.queries(texts, self._encoder)

    def encode_document(self, texts: Sequence[str]) -> np.ndarray:
        """Return unit rows, float32, shape (n_texts, dim), for texts of the library."""
        return self._cache.documents(texts, self._encoder)
