"""The files of a build in a database: in pieces, of which those it holds already are not written again."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..index.copies import MANIFEST, NOT_COPIED
from ..index.index import Manifest
from ..index.reading import check_files
from .pieces import pieces

if TYPE_CHECKING:
    from psycopg import Connection


@dataclass(frozen=True)
class Piece:
    """A piece of a file.

    Attributes:
        name: Of the file.
        part: Which of its pieces, counted from 0.
        start, size: Where it is in the file, in bytes.
        digest: SHA-256 of its bytes.
    """

    name: str
    part: int
    start: int
    size: int
    digest: bytes


def checked_pieces(folder: Path, here: Path, manifest: Manifest) -> list[Piece]:
    """Compare the files of a build with its manifest, and cut those that hosts copy.

    Args:
        folder: Of the index, for the message.
        here: Of the build.
        manifest: Its own.

    Raises:
        IndexDamagedError: One is missing, cut or changed.
    """
    check_files(folder, here, manifest)
    return [piece for name in sorted(manifest.files) if name not in NOT_COPIED for piece in _cut(here / name)]


def _cut(path: Path) -> Iterator[Piece]:
    start = 0
    for part, content in enumerate(pieces(path)):
        yield Piece(path.name, part, start, len(content), hashlib.sha256(content).digest())
        start += len(content)


def write_files(connection: Connection[Any], here: Path, build: int, cut: Sequence[Piece]) -> None:
    """Write the files of a build, but for the vectors; pieces that are held already are not written again.

    Args:
        connection: In a transaction of somebody who publishes.
        here: Folder of the build.
        build: Its number in the database.
        cut: The pieces of its files, as `checked_pieces` gives them.
    """
    held = {digest for (digest,) in connection.execute("SELECT digest FROM passerelle.pieces", binary=True)}
    new = {piece.digest: piece for piece in cut if piece.digest not in held}
    with connection.cursor() as cursor:
        with cursor.copy("COPY passerelle.pieces (digest, content) FROM STDIN WITH (FORMAT BINARY)") as copy:
            for piece in new.values():
                copy.write_row((piece.digest, _content(here, piece)))
        columns = "build, name, part, digest"
        with cursor.copy(f"COPY passerelle.file_pieces ({columns}) FROM STDIN WITH (FORMAT BINARY)") as copy:
            copy.set_types(("int8", "text", "int4", "bytea"))
            for piece in cut:
                copy.write_row((build, piece.name, piece.part, piece.digest))
    connection.execute(
        "INSERT INTO passerelle.files (build, name, part, content) VALUES (%s, %s, 0, %s)",
        (build, MANIFEST, (here / MANIFEST).read_bytes()),
    )


def _content(here: Path, piece: Piece) -> bytes:
    with (here / piece.name).open("rb") as file:
        file.seek(piece.start)
        return file.read(piece.size)


def mend_pieces(connection: Connection[Any], here: Path, cut: Sequence[Piece]) -> None:
    """Put right the pieces that are held but are no longer what was written; the rest is as in `write_files`."""
    damaged = "SELECT digest FROM passerelle.pieces WHERE sha256(content) <> digest"
    ours = {piece.digest: piece for piece in cut}
    for (digest,) in connection.execute(damaged, binary=True).fetchall():
        if digest in ours:
            content = _content(here, ours[digest])
            connection.execute("UPDATE passerelle.pieces SET content = %s WHERE digest = %s", (content, digest))


def forget_pieces(connection: Connection[Any]) -> None:
    """Remove the pieces that no build has any more."""
    connection.execute(
        "DELETE FROM passerelle.pieces WHERE NOT EXISTS "
        "(SELECT FROM passerelle.file_pieces WHERE file_pieces.digest = pieces.digest)"
    )
