# ruff: noqa: S608 (the names in queries are constants of this module; values are parameters)
"""The files of a published build, but for its vectors: copied from the database to a host, and mended there."""

from __future__ import annotations

import hashlib
import json
import logging
import shutil
import time
from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from ..errors import IndexWriteError, StoreError
from ..library.messages.file_faults import what_is_wrong, what_to_do
from .index import FORMAT, Manifest
from .manifest_json import manifest_from
from .reading import sha256
from .vector_store import INDEX_FILE, ROWS_FILE
from .writing import LEFT_AFTER, remove_folder

if TYPE_CHECKING:
    from psycopg import Connection

_log = logging.getLogger(__name__)


MANIFEST = "manifest.json"


NOT_COPIED = frozenset({INDEX_FILE, ROWS_FILE})
"""Files of a build that are not kept in a database, whose rows hold the vectors."""


COPIES_KEPT = 2
"""Builds of which a host keeps the files: the one it reads, and one more that another process may still open."""


@dataclass(frozen=True)
class PublishedBuild:
    """A build as a database holds it.

    Attributes:
        connection: In a transaction that sees it.
        url: Address of the database, for errors.
        number: Of the build there.
        name: Of the folder it was published from.
    """

    connection: Connection[Any]
    url: str
    number: int
    name: str

    @cached_property
    def manifest(self) -> Manifest:
        """Its manifest.

        Raises:
            StoreError: It is not whole, or of another format.
        """
        try:
            data = json.loads(self._content(MANIFEST))
            found = data["format"]
            if found == FORMAT:
                return manifest_from(data)
        except (ValueError, TypeError, KeyError) as error:
            raise self._damaged(MANIFEST) from error
        raise StoreError(
            self.url, f"what it holds has format {found}, this version reads {FORMAT}; publish it again with this one"
        )

    @cached_property
    def _files(self) -> str:
        """What its files are read from: a view, or the table of what was published before files were in pieces."""
        row = self.connection.execute("SELECT to_regclass('passerelle.file_parts') IS NULL").fetchone()
        return "files" if row == (True,) else "file_parts"

    def copy(self, folder: Path) -> Path:
        """Copy its files to a sub-folder of a folder, unless that is there already, and return the sub-folder.

        Another process may do the same at the same time: whichever is first is kept.

        Raises:
            StoreError: A file in the database is not whole.
            IndexWriteError: The folder cannot be written.
        """
        here = folder / f"published-{Path(self.name).name}"
        if here.is_dir():
            return here
        try:
            folder.mkdir(parents=True, exist_ok=True)
            _put(self._fetch(folder, [MANIFEST, *self._names()]), here)
        except OSError as error:
            raise IndexWriteError(folder, what_is_wrong(error), what_to_do(error)) from error
        return here

    def mend(self, here: Path) -> None:
        """Put right the files of a copy that are missing, cut or changed; others may be reading the whole ones.

        Args:
            here: As `copy` returned it.

        Raises:
            StoreError: A file in the database is not whole.
            IndexWriteError: The folder cannot be written.
        """
        _log.warning("%s is damaged: what is wrong with it is copied from the database again", here)
        wanted = self.manifest.files
        wrong = [name for name in self._names() if _digest(here / name) != wanted[name]]
        try:
            here.mkdir(exist_ok=True)
            fetched = self._fetch(here.parent, [MANIFEST, *wrong])
            for file in fetched.iterdir():
                _replace(file, here / file.name)
            fetched.rmdir()
        except OSError as error:
            raise IndexWriteError(here.parent, what_is_wrong(error), what_to_do(error)) from error

    def _names(self) -> list[str]:
        return [name for name in self.manifest.files if name not in NOT_COPIED]

    def _fetch(self, folder: Path, names: Collection[str]) -> Path:
        """Write files into a new folder, each as it was published, and return it."""
        wanted = self.manifest.files
        writing = folder / f".writing-{uuid4().hex}"
        writing.mkdir()
        try:
            for name in names:
                digest = self._write(name, writing / Path(name).name)
                if name != MANIFEST and digest != wanted[name]:
                    raise self._damaged(name)
        except BaseException:
            shutil.rmtree(writing, ignore_errors=True)
            raise
        return writing

    def _write(self, name: str, path: Path) -> str:
        """Write one file, part by part, and return its fingerprint."""
        digest = hashlib.sha256()
        with path.open("wb") as file:
            for part in self._parts(name):
                content = self._part(name, part)
                digest.update(content)
                file.write(content)
        return digest.hexdigest()

    def _content(self, name: str) -> bytes:
        return b"".join(self._part(name, part) for part in self._parts(name))

    def _parts(self, name: str) -> list[int]:
        rows = self.connection.execute(
            f"SELECT part FROM passerelle.{self._files} WHERE build = %s AND name = %s ORDER BY part".encode(),
            (self.number, name),
        ).fetchall()
        return [part for (part,) in rows]

    def _part(self, name: str, part: int) -> bytes:
        row = self.connection.execute(
            f"SELECT content FROM passerelle.{self._files} WHERE build = %s AND name = %s AND part = %s".encode(),
            (self.number, name, part),
            binary=True,
        ).fetchone()
        return bytes(row[0]) if row else b""

    def _damaged(self, name: str) -> StoreError:
        return StoreError(self.url, f"its file {name} is not the one that was published; publish the library again")


def remove_other_copies(here: Path) -> None:
    """Remove the copies of builds but for one and the newest other, and what a killed process left."""
    others = sorted(here.parent.glob("published-*"), key=_changed, reverse=True)
    for path in [path for path in others if path != here][COPIES_KEPT - 1 :]:
        remove_folder(path)
    for path in here.parent.glob(".writing-*"):
        if 0 < _changed(path) < time.time() - LEFT_AFTER:
            remove_folder(path)


def _put(written: Path, here: Path) -> None:
    """Give a folder its name, unless another process was first."""
    try:
        if here.is_file():
            here.unlink(missing_ok=True)
        written.rename(here)
    except OSError:
        shutil.rmtree(written, ignore_errors=True)
        if not here.is_dir():
            raise


def _replace(file: Path, at: Path) -> None:
    """Put a file in the place of another, or of a folder that should be one."""
    if at.is_dir():
        remove_folder(at)
    file.replace(at)


def _digest(path: Path) -> str | None:
    """Return the fingerprint of a file; None when it cannot be read."""
    try:
        return sha256(path)
    except OSError:
        return None


def _changed(path: Path) -> float:
    """Return when a folder was changed; 0 when another process has just removed it."""
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0
