"""YAML files already parsed, kept on disk by their content: of a folder of thousands, only what changed is parsed."""

from __future__ import annotations

import hashlib
import json
import logging
import sqlite3
import zlib
from collections.abc import Mapping
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

_log = logging.getLogger(__name__)

Lines = Mapping[tuple[str, ...], int]
"""Line of each key of a file, by the keys that lead to it."""


class ParseCache:
    """A file of parsed YAML. What cannot be read in it is parsed again: it never gives an error, nor a wrong answer."""

    def __init__(self, path: Path) -> None:
        """Read the file, if it is there.

        Args:
            path: The file.
        """
        self._new: dict[bytes, str] = {}
        self._used: set[bytes] = set()
        self._known: dict[bytes, str] = {}
        self._path = path
        if path.exists():
            self._known = _read(path)

    def get(self, text: str) -> tuple[dict[str, Any], Lines] | None:
        """Return what a text was parsed to, or None when that is not known."""
        key = _key(text)
        with suppress(KeyError, ValueError, TypeError):
            data, lines = json.loads(_unsealed(key, self._known[key]))
            self._used.add(key)
            return data, {tuple(path): line for path, line in lines}
        return None

    def put(self, text: str, data: dict[str, Any], lines: Lines) -> None:
        """Remember what a text was parsed to, if that can be written as JSON and read again as it was."""
        with suppress(ValueError, TypeError):
            value = json.dumps([data, [[list(path), line] for path, line in lines.items()]], ensure_ascii=False)
            if json.loads(value)[0] == data:
                self._new[_key(text)] = _sealed(_key(text), value)

    def save(self) -> None:
        """Write what is new and forget what was not asked for; where nothing can be written nothing is."""
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._write()
        except (OSError, sqlite3.OperationalError) as error:
            _log.warning("%s could not be written: %s", self._path, error)
        except sqlite3.DatabaseError as error:
            _log.warning("%s is damaged (%s); it was removed and a new one is begun next time", self._path, error)
            self._path.unlink(missing_ok=True)

    def _write(self) -> None:
        with closing(sqlite3.connect(self._path, timeout=60)) as connection, connection:
            connection.execute("CREATE TABLE IF NOT EXISTS parsed (key BLOB PRIMARY KEY, value TEXT NOT NULL)")
            gone = [(key,) for key in self._known.keys() - self._used - self._new.keys()]
            connection.executemany("DELETE FROM parsed WHERE key = ?", gone)
            connection.executemany("INSERT OR REPLACE INTO parsed VALUES (?, ?)", self._new.items())


def _read(path: Path) -> dict[bytes, str]:
    """Return what a file knows; nothing when it cannot be read."""
    try:
        with closing(sqlite3.connect(path, timeout=60)) as connection:
            return dict(connection.execute("SELECT key, value FROM parsed"))
    except sqlite3.Error as error:
        _log.warning("%s could not be read (%s); every file is parsed again", path, error)
        return {}


def _sealed(key: bytes, value: str) -> str:
    """Put a checksum before a value, which tells when it was changed or came to another key (CRC-32)."""
    return f"{zlib.crc32(value.encode('utf-8', 'surrogatepass'), zlib.crc32(key)):08x}{value}"


def _unsealed(key: bytes, sealed: object) -> str:
    """Return the value behind a checksum.

    Raises:
        ValueError: It is not what was written.
    """
    if not isinstance(sealed, str) or _sealed(key, sealed[8:]) != sealed:
        raise ValueError("changed")
    return sealed[8:]


def _key(text: str) -> bytes:
    return hashlib.sha256(text.encode()).digest()
