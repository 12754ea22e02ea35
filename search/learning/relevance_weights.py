"""What a relevance model learns and takes long to learn, as a file: it is learned once from the same training queries.

The weights are kept in 8 bits, in steps that are finer for small ones, of which most are (`_codes`), and the
vectors of the landmarks as `search.encoding.rounding` says: nothing is encoded where nothing is learned.
"""

from __future__ import annotations

import hashlib
import json
import logging
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from ..encoding.rounding import LARGEST, codes_of, rounded, vectors_of
from ..whole_files import written_whole

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class RelevanceWeights:
    """What is learned.

    Attributes:
        grams: The letters in a row that count.
        idf: Weight of each, shape (n_grams,).
        vectors: Unit rows of the landmarks, float32, shape (n, dim).
        weights: What each landmark says of each entry that is known and, last, of there being no answer, float32,
            shape (n_known + 1, n).
    """

    grams: tuple[str, ...]
    idf: np.ndarray
    vectors: np.ndarray
    weights: np.ndarray

    def rounded(self) -> RelevanceWeights:
        """Return what a file keeps of it."""
        weights = _weights(_codes(self.weights), _largest(self.weights))
        return replace(self, vectors=rounded(self.vectors), weights=weights)

    def write(self, path: Path, digest: str) -> None:
        """Write a file, the same bytes for the same weights.

        Args:
            path: The file.
            digest: Of what it was learned from (`digest_of`).
        """
        path.parent.mkdir(parents=True, exist_ok=True)
        with written_whole(path) as file:
            np.savez(
                file,
                digest=np.array(digest),
                grams=np.frombuffer("\n".join(self.grams).encode(), dtype=np.uint8),
                idf=np.asarray(self.idf, dtype=np.float32),
                vectors=codes_of(self.vectors),
                codes=_codes(self.weights),
                largest=_largest(self.weights),
            )

    @classmethod
    def read(cls, path: Path, digest: str) -> RelevanceWeights | None:
        """Read a file; None where there is none that was learned from just this, and when it is damaged."""
        try:
            with np.load(path, allow_pickle=False) as file:  # its sums are compared as it is read
                if str(file["digest"]) != digest:
                    return None
                grams = file["grams"].tobytes().decode()
                weights, vectors = _weights(file["codes"], file["largest"]), vectors_of(file["vectors"])
                return cls(tuple(grams.split("\n")) if grams else (), file["idf"], vectors, weights)
        except FileNotFoundError:
            return None
        except (OSError, EOFError, ValueError, KeyError, zipfile.BadZipFile) as error:
            _log.warning("%s is damaged (%s): what training queries teach is learned again", path, error)
            return None


def digest_of(encoder: str, settings: Sequence[float], *learned_from: Sequence[object]) -> str:
    """Return what tells one set of training queries, read by one encoder, from another.

    Args:
        encoder: Its name.
        settings: What else decides what is learned.
        learned_from: Texts, answers, ids, landmarks.
    """
    return hashlib.sha256(json.dumps([encoder, settings, *learned_from]).encode()).hexdigest()


def _codes(weights: np.ndarray) -> np.ndarray:
    """Write weights in 8 bits: of each the root, in parts of the root of the largest of its row.

    Args:
        weights: Shape (n_rows, n).

    Returns:
        Codes from -LARGEST to LARGEST, int8, the same shape.
    """
    parts = np.abs(weights) / np.maximum(_largest(weights), 1e-12)
    codes: np.ndarray = np.rint(np.copysign(np.sqrt(parts), weights) * LARGEST).astype(np.int8)
    return codes


def _largest(weights: np.ndarray) -> np.ndarray:
    """Return the largest size of a weight of each row, float32, shape (n_rows, 1)."""
    largest: np.ndarray = np.abs(weights).max(axis=1, initial=0.0, keepdims=True).astype(np.float32)
    return largest


def _weights(codes: np.ndarray, largest: np.ndarray) -> np.ndarray:
    """Return the weights that codes stand for, float32, the same shape."""
    parts = codes.astype(np.float32) / LARGEST
    weights: np.ndarray = parts * np.abs(parts) * largest
    return weights
