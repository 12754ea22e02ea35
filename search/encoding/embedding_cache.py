"""Vectors already computed, kept on disk by model, prompt and text."""

from __future__ import annotations

import errno
import logging
import os
import sqlite3
import time
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from numpy.typing import DTypeLike

from .encoder import Encoder, encode
from .encoder_traits import Purpose
from .rounding import codes_of, rounded
from .shipped_vectors import NOTHING, ShippedVectors
from .text_keys import PREFIX, keys_of, prefix_of

_log = logging.getLogger(__name__)

Progress = Callable[[int, int], None]
"""Called with how many texts are done and how many there are."""


BATCH = 64

WRITTEN_EVERY = 1.0
"""Seconds of encoding a kill may lose: what is encoded is written together, for each transaction waits for the disk."""


class EmbeddingCache:
    """A file of vectors; a kill at any moment leaves it readable (SQLite transactions).

    A file that is damaged all the same is set aside, as ``NAME.damaged``, and a new one begun. Each vector has a
    checksum of its own: one that is not what was written is computed again.

    Vectors that come with the library are read before the file. All of the encoder they are of are rounded as they are,
    so that a vector is the same wherever it comes from.
    """

    def __init__(self, path: Path, *, shared: bool = False, shipped: ShippedVectors = NOTHING) -> None:
        """Open the file, making it when it is not there.

        Args:
            path: The file; its folder is made too.
            shared: Other libraries use it too: nothing in it is forgotten.
            shipped: Vectors that come with the library; they are not written to the file.
        """
        self._path, self._shared, self._shipped = path, shared, shipped
        self._asked: set[bytes] = set()
        self._kept: set[bytes] = set()
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            self._connection = _open(path)
        except sqlite3.OperationalError:  # in use for too long, or no room: nothing is wrong with the file
            raise
        except sqlite3.DatabaseError as error:
            self._begin_anew(error)

    def _begin_anew(self, error: sqlite3.DatabaseError) -> None:
        """Set a damaged file aside and begin a new one."""
        aside = self._path.with_name(self._path.name + ".damaged")
        self._path.replace(aside)
        _log.warning("%s is damaged (%s); it was set aside as %s and a new one begun", self._path, error, aside.name)
        self._connection = _open(self._path)

    @contextmanager
    def _mended(self) -> Iterator[None]:
        """Begin a new file when this one turns out to be damaged only where it is read or written now."""
        try:
            yield
        except sqlite3.OperationalError:
            raise
        except sqlite3.DatabaseError as error:
            self._connection.close()
            self._begin_anew(error)

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def documents(
        self,
        texts: Sequence[str],
        encoder: Encoder,
        progress: Progress | None = None,
        *,
        dtype: DTypeLike = np.float32,
    ) -> np.ndarray:
        """Encode texts of the library, only those that were never encoded by this encoder.

        Args:
            texts: Any number, repeats allowed.
            encoder: Its name is part of the key, and what it writes before a text.
            progress: Called after each batch.
            dtype: Of the numbers returned; in the file they have 32 bits.

        Returns:
            Unit rows, shape (n_texts, dim).
        """
        return self._encoded(texts, encoder, "document", progress, dtype)

    def queries(self, texts: Sequence[str], encoder: Encoder, progress: Progress | None = None) -> np.ndarray:
        """Encode texts as people type them; otherwise as `documents`, float32, shape (n_texts, dim)."""
        return self._encoded(texts, encoder, "query", progress, np.float32)

    def keep_queries(self, texts: Sequence[str], encoder: Encoder) -> None:
        """Let `forget_others` keep what is known of texts as people type them, though this build may not read them."""
        self._kept.update(keys_of(encoder, "query", texts))

    def forget_others(self, encoder: Encoder) -> None:
        """Forget this encoder's vectors of texts not asked for since the file was opened, and those that are shipped.

        Those of another encoder stay, and all of a file that is shared.
        """
        if self._shared:
            return
        asked = list(self._asked | self._kept)
        wanted = {key for key, row in zip(asked, self._shipped.find(asked), strict=True) if row < 0}
        with self._mended(), self._connection:
            rows = self._connection.execute(
                f"SELECT key FROM vectors WHERE substr(key, 1, {PREFIX}) = ?",  # noqa: S608 (a number)
                (prefix_of(encoder.name),),
            ).fetchall()
            self._connection.executemany(
                "DELETE FROM vectors WHERE key = ?", [row for row in rows if row[0] not in wanted]
            )

    def to_ship(self, encoder: Encoder) -> ShippedVectors:
        """Return the vectors of all texts that this encoder was asked for since the file was opened."""
        prefix = prefix_of(encoder.name)
        keys = sorted(key for key in self._asked if key.startswith(prefix))
        found = dict(self._known(keys, encoder))
        vectors = np.stack(list(found.values())) if found else np.zeros((0, encoder.dim))
        return ShippedVectors.of(encoder.name, dict(zip(found, codes_of(vectors), strict=True)))

    def _encoded(
        self, texts: Sequence[str], encoder: Encoder, purpose: Purpose, progress: Progress | None, dtype: DTypeLike
    ) -> np.ndarray:
        """Read what is known and encode the rest, shape (n_texts, dim)."""
        rows: dict[bytes, list[int]] = {}
        for n, key in enumerate(keys_of(encoder, purpose, texts)):
            rows.setdefault(key, []).append(n)
        self._asked.update(rows)
        vectors = np.zeros((len(texts), encoder.dim), dtype=dtype)
        for key, vector in self._known(list(rows), encoder):
            vectors[rows.pop(key)] = vector
        missing = sorted(rows, key=lambda key: len(texts[rows[key][0]]))  # similar lengths together: less padding
        with self._written_together() as write:
            for start in range(0, len(missing), BATCH):
                some = missing[start : start + BATCH]
                encoded = encode(encoder, purpose, [texts[rows[key][0]] for key in some]).astype(np.float32)
                write(some, encoded)
                places = [row for key in some for row in rows[key]]
                vectors[places] = np.repeat(self._usual(encoded, encoder), [len(rows[key]) for key in some], axis=0)
                if progress:
                    progress(len(texts) - len(missing) + start + len(some), len(texts))
        return vectors

    @contextmanager
    def _written_together(self) -> Iterator[Callable[[Sequence[bytes], np.ndarray], None]]:
        """Give what keeps vectors, in a transaction each WRITTEN_EVERY seconds and at the end, an error included."""
        keys: list[bytes] = []
        parts: list[np.ndarray] = []
        last = time.monotonic()

        def flush() -> None:
            if keys:
                self._write(keys, np.concatenate(parts))
            keys.clear()
            parts.clear()

        def write(some: Sequence[bytes], vectors: np.ndarray) -> None:
            nonlocal last
            keys.extend(some)
            parts.append(vectors)
            if time.monotonic() - last >= WRITTEN_EVERY:
                flush()
                last = time.monotonic()

        try:
            yield write
        finally:
            flush()

    def _usual(self, vectors: np.ndarray, encoder: Encoder) -> np.ndarray:
        """Round vectors of the encoder that shipped ones are of, shape (n, dim)."""
        return rounded(vectors) if self._shipped.holds(encoder.name) else vectors

    def _known(self, keys: Sequence[bytes], encoder: Encoder) -> Iterator[tuple[bytes, np.ndarray]]:
        """Give the vectors of different keys that are shipped or in the file."""
        found = self._shipped.find(keys)
        known = np.flatnonzero(found >= 0)
        for n, vector in zip(known.tolist(), self._shipped.vectors(found[known]), strict=True):
            yield keys[n], vector
        for some, vectors in self._read([keys[n] for n in np.flatnonzero(found < 0).tolist()], encoder.dim):
            yield from zip(some, self._usual(vectors, encoder), strict=True)

    def _write(self, keys: Sequence[bytes], vectors: np.ndarray) -> None:
        """Keep vectors, in one transaction."""
        rows = [(key, memoryview(vector)) for key, vector in zip(keys, np.ascontiguousarray(vectors), strict=True)]
        with self._mended(), self._connection:
            self._connection.executemany(
                "INSERT OR REPLACE INTO vectors (key, vector, checksum) VALUES (?, ?, ?)",
                [(key, vector, _checksum(key, vector)) for key, vector in rows],
            )

    def _read(self, keys: Sequence[bytes], dim: int) -> Iterator[tuple[list[bytes], np.ndarray]]:
        """Give the vectors of different keys, those that are known and what was written, float32, shape (n, dim)."""
        changed = 0
        for start in range(0, len(keys), 500):
            some = keys[start : start + 500]
            marks = ",".join("?" * len(some))
            query = f"SELECT key, vector, checksum FROM vectors WHERE key IN ({marks})"  # noqa: S608 (only ? marks)
            found: list[tuple[bytes, bytes, int | None]] = []
            with self._mended():
                found = self._connection.execute(query, some).fetchall()
            whole = {key: vector for key, vector, checksum in found if checksum == _checksum(key, vector)}
            read = {key: vector for key, vector in whole.items() if len(vector) == 4 * dim}
            changed += len(found) - len(read)
            yield list(read), np.frombuffer(b"".join(read.values()), dtype=np.float32).reshape(len(read), dim)
        if changed:
            _log.warning("%s: %d vectors are not what was written; they are computed again", self._path, changed)


def _open(path: Path) -> sqlite3.Connection:
    """Open a file of vectors, new or whole.

    Raises:
        sqlite3.DatabaseError: It is damaged.
    """
    if path.is_dir() or (path.exists() and not os.access(path, os.R_OK | os.W_OK)):  # SQLite would not say which
        number = errno.EISDIR if path.is_dir() else errno.EACCES
        raise OSError(number, os.strerror(number), str(path))
    path.touch()  # as the umask wants it; SQLite would not let a group write
    connection = sqlite3.connect(path, timeout=60)
    try:
        connection.execute(
            "CREATE TABLE IF NOT EXISTS vectors (key BLOB PRIMARY KEY, vector BLOB NOT NULL, checksum INTEGER)"
        )
        [found] = connection.execute("PRAGMA quick_check(1)").fetchone()
        if found != "ok":
            raise sqlite3.DatabaseError(found)
        _add_checksums(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def _add_checksums(connection: sqlite3.Connection) -> None:
    """Give the vectors of a file that was written without checksums theirs."""
    if "checksum" in {row[1] for row in connection.execute("PRAGMA table_info(vectors)")}:
        return
    connection.create_function("checksum_of", 2, _checksum, deterministic=True)
    with connection:
        connection.execute("ALTER TABLE vectors ADD COLUMN checksum INTEGER")
        connection.execute("UPDATE vectors SET checksum = checksum_of(key, vector)")


def _checksum(key: bytes, vector: bytes | memoryview) -> int:
    """Return what tells a vector that was changed, or that came to another key (CRC-32)."""
    return zlib.crc32(vector, zlib.crc32(key))
