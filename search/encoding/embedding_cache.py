"""Vectors already computed, kept on disk by model, prompt and text."""

from __future__ import annotations

import hashlib
import logging
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import DTypeLike

from .encoder import Encoder

_log = logging.getLogger(__name__)

Progress = Callable[[int, int], None]
"""Called with how many texts are done and how many there are."""


BATCH = 64


class EmbeddingCache:
    """A file of vectors; a kill at any moment leaves it readable (SQLite transactions).

    A file that is damaged all the same is set aside, as ``NAME.damaged``, and a new one begun.
    """

    def __init__(self, path: Path) -> None:
        """Open the file, making it when it is not there.

        Args:
            path: The file; its folder is made too.
        """
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            self._connection = _open(path)
        except sqlite3.OperationalError:  # in use for too long, or no room: nothing is wrong with the file
            raise
        except sqlite3.DatabaseError as error:
            aside = path.with_name(path.name + ".damaged")
            path.replace(aside)
            _log.warning("%s is damaged (%s); it was set aside as %s and a new one begun", path, error, aside.name)
            self._connection = _open(path)

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
            encoder: Its name is part of the key.
            progress: Called after each batch.
            dtype: Of the numbers returned; in the file they have 32 bits.

        Returns:
            Unit rows, shape (n_texts, dim).
        """
        rows: dict[bytes, list[int]] = {}
        for n, text in enumerate(texts):
            rows.setdefault(_key(encoder.name, text), []).append(n)
        vectors = np.zeros((len(texts), encoder.dim), dtype=dtype)
        for key, vector in self._read(list(rows)):
            vectors[rows.pop(key)] = vector
        missing = sorted(rows, key=lambda key: len(texts[rows[key][0]]))  # similar lengths together: less padding
        for start in range(0, len(missing), BATCH):
            some = missing[start : start + BATCH]
            encoded = encoder.encode_document([texts[rows[key][0]] for key in some]).astype(np.float32)
            self._write(some, encoded)
            for key, vector in zip(some, encoded, strict=True):
                vectors[rows[key]] = vector
            if progress:
                progress(len(texts) - len(missing) + start + len(some), len(texts))
        return vectors

    def keep_only(self, texts: Sequence[str], encoder: Encoder) -> None:
        """Forget this encoder's vectors of any other text; another encoder's stay."""
        prefix = _prefix(encoder.name)
        wanted = {_key(encoder.name, text) for text in texts}
        with self._connection:
            rows = self._connection.execute("SELECT key FROM vectors WHERE substr(key, 1, 8) = ?", (prefix,)).fetchall()
            self._connection.executemany(
                "DELETE FROM vectors WHERE key = ?", [row for row in rows if row[0] not in wanted]
            )

    def _write(self, keys: Sequence[bytes], vectors: np.ndarray) -> None:
        """Keep vectors, in one transaction."""
        with self._connection:
            self._connection.executemany(
                "INSERT OR REPLACE INTO vectors VALUES (?, ?)",
                [(key, vector.tobytes()) for key, vector in zip(keys, vectors, strict=True)],
            )

    def _read(self, keys: Sequence[bytes]) -> Iterator[tuple[bytes, np.ndarray]]:
        """Give the vectors of different keys, those that are known."""
        for start in range(0, len(keys), 500):
            some = keys[start : start + 500]
            marks = ",".join("?" * len(some))
            query = f"SELECT key, vector FROM vectors WHERE key IN ({marks})"  # noqa: S608 (only question marks)
            for key, vector in self._connection.execute(query, some).fetchall():
                yield bytes(key), np.frombuffer(vector, dtype=np.float32)


def _open(path: Path) -> sqlite3.Connection:
    """Open a file of vectors, new or whole.

    Raises:
        sqlite3.DatabaseError: It is damaged.
    """
    path.touch()  # as the umask wants it; SQLite would not let a group write
    connection = sqlite3.connect(path, timeout=60)
    try:
        connection.execute("CREATE TABLE IF NOT EXISTS vectors (key BLOB PRIMARY KEY, vector BLOB NOT NULL)")
        [found] = connection.execute("PRAGMA quick_check(1)").fetchone()
        if found != "ok":
            raise sqlite3.DatabaseError(found)
    except BaseException:
        connection.close()
        raise
    return connection


def _prefix(name: str) -> bytes:
    return hashlib.sha256(name.encode()).digest()[:8]


def _key(name: str, text: str) -> bytes:
    return _prefix(name) + hashlib.sha256(text.encode()).digest()
