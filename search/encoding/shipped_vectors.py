"""The vectors that come with the library: one file, only read here, of what the shipped encoder gives its texts.

They are kept in 8 bits by the first bytes of their key, rising, with neither time nor place, so that the same texts
make the same file and few changed texts change little of it (``make vectors``).
"""

from __future__ import annotations

import logging
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from ..whole_files import written_whole
from .rounding import LARGEST, vectors_of
from .text_keys import PREFIX, prefix_of

_log = logging.getLogger(__name__)

SHIPPED_VECTORS = Path(__file__).parent.parent / "shipped" / "vectors.npz"

KEY = 8
"""Bytes of the hash of a text that name it in the file: two of a million texts meet once in thirty million files."""


@dataclass(frozen=True)
class ShippedVectors:
    """Vectors of many texts, of one encoder.

    Attributes:
        encoder: Its name.
        keys: What the texts go by, rising, uint64, shape (n,).
        codes: Their vectors (`search.encoding.rounding`), int8, shape (n, dim).
    """

    encoder: str
    keys: np.ndarray
    codes: np.ndarray

    @classmethod
    def of(cls, encoder: str, codes: Mapping[bytes, np.ndarray]) -> ShippedVectors:
        """Put codes of shape (dim,) in order, by the keys of their texts (`search.encoding.text_keys`)."""
        numbers = _numbers(list(codes))
        order = np.argsort(numbers)
        rows = np.stack(list(codes.values())) if codes else np.zeros((0, 0), dtype=np.int8)
        return cls(encoder, numbers[order], rows[order].astype(np.int8))

    @classmethod
    def read(cls, path: Path = SHIPPED_VECTORS) -> ShippedVectors:
        """Read a file; one that is not there or not whole is told in the log, and holds nothing."""
        try:
            with np.load(path, allow_pickle=False) as file:  # its sums are compared as it is read
                found = cls(str(file["encoder"]), file["keys"], file["codes"])
            found._check()
        except (OSError, EOFError, ValueError, KeyError, zipfile.BadZipFile) as error:
            _log.warning(
                "The vectors that come with the library cannot be used (%s: %s). Every text is encoded, which takes "
                "minutes; installing again, or “make vectors” in a checkout, brings them back.",
                path,
                "it is not there" if isinstance(error, FileNotFoundError) else f"damaged: {error}",
            )
            return NOTHING
        return found

    def _check(self) -> None:
        """Raise ValueError when what was read cannot be vectors and their keys, in order."""
        shapes = self.keys.ndim == 1 and self.codes.ndim == 2 and len(self.keys) == len(self.codes)
        kinds = self.keys.dtype == np.uint64 and self.codes.dtype == np.int8
        if not (shapes and kinds) or np.any(self.keys[1:] <= self.keys[:-1]) or np.any(self.codes < -LARGEST):
            raise ValueError("no vectors with their keys, in order")

    def write(self, path: Path) -> None:
        """Write the file: the same bytes for the same vectors."""
        path.parent.mkdir(parents=True, exist_ok=True)
        with written_whole(path) as file:
            np.savez(file, encoder=np.array(self.encoder), keys=self.keys, codes=self.codes)

    def holds(self, encoder: str) -> bool:
        """Say whether vectors of the encoder of this name are here."""
        return encoder == self.encoder

    def of_encoder(self, encoder: str, dim: int) -> ShippedVectors:
        """Return these vectors when they are of an encoder, else none, of that encoder."""
        return self if self.holds(encoder) else ShippedVectors(encoder, NOTHING.keys, np.zeros((0, dim), dtype=np.int8))

    def find(self, keys: Sequence[bytes]) -> np.ndarray:
        """Return the row of each key, -1 for one that is not here, shape (n,)."""
        if not keys or not len(self.keys):
            return np.full(len(keys), -1)
        wanted = _numbers(keys)
        rows = np.minimum(np.searchsorted(self.keys, wanted), len(self.keys) - 1)
        own = prefix_of(self.encoder)
        known = (self.keys[rows] == wanted) & np.array([key.startswith(own) for key in keys])
        return np.where(known, rows, -1)

    def vectors(self, rows: np.ndarray) -> np.ndarray:
        """Return the vectors of some rows as unit rows, float32, shape (n, dim)."""
        return vectors_of(self.codes[rows])


NOTHING = ShippedVectors("", np.array([], dtype=np.uint64), np.zeros((0, 0), dtype=np.int8))
"""No vectors at all."""


def _numbers(keys: Sequence[bytes]) -> np.ndarray:
    """Return what texts go by in the file, uint64, shape (n,)."""
    return np.array([int.from_bytes(key[PREFIX : PREFIX + KEY], "big") for key in keys], dtype=np.uint64)
