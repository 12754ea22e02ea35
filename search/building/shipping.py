"""Make what comes with the library, so that who installs it encodes and learns nothing: vectors, and weights."""

from __future__ import annotations

import shutil
import tempfile
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from ..encoding.embedding_cache import EmbeddingCache, Progress
from ..encoding.encoder import Encoder, SentenceEncoder
from ..encoding.shipped_vectors import SHIPPED_VECTORS, ShippedVectors
from ..locations import default_corpus
from .builder import built_in_memory
from .inputs import read_inputs
from .kept_relevance import SHIPPED_WEIGHTS, KeptRelevance

LARGEST_FILE = 16_000_000
"""Bytes the file of vectors may have."""


@dataclass(frozen=True)
class Shipment:
    """What was made, beside what there was.

    Attributes:
        texts: Whose vectors come with the library now.
        encoded: Of them, those that were not there.
        stale: Texts of the file before that the library no longer has.
        learned: What training queries teach was learned again.
        size: Of all files, in bytes.
    """

    texts: int
    encoded: int
    stale: int
    learned: bool
    size: int


def ship(
    folder: Path = SHIPPED_VECTORS.parent, *, encoder: Encoder | None = None, progress: Progress | None = None
) -> Shipment:
    """Write the vectors of everything that a build of the shipped library reads, and what its training queries teach.

    Only what is missing is encoded, and nothing is learned again from the same. What is read is not listed but found
    out, by building the index once.

    Args:
        folder: Of the files; one is written only when something in it changes.
        encoder: The shipped one when None.
        progress: Called with how many texts are done, and how many there are.

    Returns:
        What changed.

    Raises:
        CorpusError: The library has problems.
        ModelMissingError: The encoder could not be loaded.
    """
    encoder = encoder or SentenceEncoder()
    vectors, weights = folder / SHIPPED_VECTORS.name, folder / SHIPPED_WEIGHTS.name
    before = ShippedVectors.read(vectors).of_encoder(encoder.name, encoder.dim)
    with tempfile.TemporaryDirectory() as made:
        own = Path(made) / weights.name
        kept = KeptRelevance(own=own, shipped=weights)
        after, learned = _read_by_a_build(Path(made), encoder, before, kept, progress), own.exists()
        if learned:
            folder.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(own, weights)
            after = _read_by_a_build(Path(made), encoder, before, kept)  # which need not learn, and so reads less
    left = int(np.isin(after.keys, before.keys, assume_unique=True).sum())
    encoded, stale = len(after.keys) - left, len(before.keys) - left
    if encoded or stale:
        after.write(vectors)
    size = sum(file.stat().st_size for file in (vectors, weights))
    return Shipment(len(after.keys), encoded, stale, learned, size)


def _read_by_a_build(
    folder: Path, encoder: Encoder, before: ShippedVectors, kept: KeptRelevance, progress: Progress | None = None
) -> ShippedVectors:
    """Return the vectors that a build of the shipped library reads; those that are new are cached in a folder."""
    with closing(EmbeddingCache(folder / "embeddings.sqlite", shipped=before)) as cache:
        built_in_memory(read_inputs([default_corpus()]), encoder, cache, progress, kept=kept)
        return cache.to_ship(encoder)
