# ruff: noqa: S608 (the names in queries are constants of this module; values are parameters)
"""Put an index in a PostgreSQL database, in one transaction: only what changed is written."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from ..errors import IndexMissingError, StoreError, needs_extra
from ..index.index import Index
from ..index.metadata import FILTERS
from ..index.postgres import KEPT, KEY, Key, passage_key, store_errors
from ..index.reading import current_version, read_build
from ..index.vector_store import INDEX_FILE, ROWS_FILE

if TYPE_CHECKING:
    from psycopg import Connection

INDEXED_FROM = 20_000
"""Passages from which their vectors get an HNSW index; fewer are compared one by one."""


PART = 16 * 2**20
"""Bytes of a file in one row."""


SCHEMA = """
CREATE EXTENSION IF NOT EXISTS vector;
CREATE SCHEMA IF NOT EXISTS passerelle;
CREATE TABLE IF NOT EXISTS passerelle.builds (
    number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name text NOT NULL,
    published timestamptz NOT NULL DEFAULT now()
);
CREATE TABLE IF NOT EXISTS passerelle.files (
    build bigint NOT NULL REFERENCES passerelle.builds ON DELETE CASCADE,
    name text NOT NULL,
    part integer NOT NULL,
    content bytea NOT NULL,
    PRIMARY KEY (build, name, part)
);
CREATE TABLE IF NOT EXISTS passerelle.passages (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    since bigint NOT NULL,
    until bigint,
    entry text NOT NULL,
    language text NOT NULL,
    field text NOT NULL,
    position integer NOT NULL,
    digest bytea NOT NULL,
    text text NOT NULL,
    kinds text[] NOT NULL,
    phases text[] NOT NULL,
    conditions text[] NOT NULL,
    actors text[] NOT NULL,
    countries text[] NOT NULL,
    outcomes text[] NOT NULL,
    vector vector(DIM) NOT NULL
);
CREATE UNIQUE INDEX IF NOT EXISTS passages_key ON passerelle.passages (entry, language, field, position)
    WHERE until IS NULL;
CREATE INDEX IF NOT EXISTS passages_filters ON passerelle.passages
    USING gin (kinds, phases, conditions, actors, countries, outcomes);
"""


PASSAGE_COLUMNS: Mapping[str, str] = {
    "since": "int8",
    **dict(zip(KEY, ("text", "text", "text", "int4"), strict=True)),
    "digest": "bytea",
    "text": "text",
    **dict.fromkeys(FILTERS, "text[]"),
    "vector": "vector",
}


FILE_COLUMNS: Mapping[str, str] = {"build": "int8", "name": "text", "part": "int4", "content": "bytea"}
"""Name to type of the columns that are written, in order."""


@dataclass(frozen=True)
class Published:
    """What publishing a build wrote.

    Attributes:
        build: Its number in the database.
        passages: How many it has.
        added: Passages that are new or changed.
        closed: Passages that are gone or were changed.
    """

    build: int
    passages: int
    added: int
    closed: int


def publish(folder: Path, url: str) -> Published:
    """Replace the index a database holds by the one in use of a folder, in one transaction.

    Args:
        folder: Index folder, as `search.build` writes it.
        url: ``postgresql://user@host1,host2/name?target_session_attrs=read-write``; any libpq parameters. The user
            may create tables and, the first time, the extension ``vector``.

    Returns:
        What was written.

    Raises:
        SearchIndexError: There is no whole index in the folder.
        StoreError: The database cannot be written, or somebody else is publishing; it holds what it held.
        ExtraMissingError: The extra ``postgres`` is not installed.
    """
    name = current_version(folder)
    if name is None:
        raise IndexMissingError(folder)
    index, here = read_build(folder, name), folder / name
    with store_errors(url), writing(url, index.manifest.dim) as connection:
        published = _write_passages(connection, index, _new_build(connection, here.name))
        _copy(connection, "files", FILE_COLUMNS, _parts(here, published.build))
        _forget(connection)
        if published.passages > INDEXED_FROM:
            _index_vectors(connection, published.passages, index.manifest.dim)
    return published


def _write_passages(connection: Connection[Any], index: Index, build: int) -> Published:
    """Close the passages that are gone or changed, and write the new ones."""
    held = _held(connection)
    rows = {passage_key(passage): row for passage, row in zip(index.passages, _rows(index, build), strict=True)}
    digest_at = tuple(PASSAGE_COLUMNS).index("digest")
    digests = {key: row[digest_at] for key, row in rows.items()}
    gone = [id_ for key, (id_, digest) in held.items() if digests.get(key) != digest]
    new = [row for key, row in rows.items() if key not in held or held[key][1] != digests[key]]
    connection.execute("UPDATE passerelle.passages SET until = %s WHERE id = ANY(%s)", (build, gone))
    _copy(connection, "passages", PASSAGE_COLUMNS, new)
    return Published(build, len(rows), len(new), len(gone))


@contextmanager
def writing(url: str, dim: int) -> Iterator[Connection[Any]]:
    """Open a transaction that nobody else can publish beside."""
    with needs_extra("postgres"):
        import psycopg
        from pgvector.psycopg import register_vector

    with psycopg.connect(url, connect_timeout=3) as connection:
        alone = connection.execute("SELECT pg_try_advisory_xact_lock(hashtext('passerelle'))").fetchone()
        if alone != (True,):
            raise StoreError(url, "somebody else is publishing; try again when they have finished")
        connection.execute(SCHEMA.replace("DIM", str(dim)).encode())
        register_vector(connection)
        yield connection


def _new_build(connection: Connection[Any], name: str) -> int:
    row = connection.execute("INSERT INTO passerelle.builds (name) VALUES (%s) RETURNING number", (name,)).fetchone()
    return int(row[0]) if row else 0


def _held(connection: Connection[Any]) -> dict[Key, tuple[int, bytes]]:
    """Return the id and digest of each passage of the newest build."""
    rows = connection.execute(
        f"SELECT id, digest, {', '.join(KEY)} FROM passerelle.passages WHERE until IS NULL".encode(),
        binary=True,
    )
    return {(entry, language, field, position): (id_, digest) for id_, digest, entry, language, field, position in rows}


def _rows(index: Index, build: int) -> Iterator[tuple[Any, ...]]:
    """Give the row of each passage."""
    from pgvector import Vector

    for start in range(0, len(index.passages), 1_000):
        rows = np.arange(start, min(start + 1_000, len(index.passages)))
        for row, vector in zip(rows.tolist(), index.store.vectors(rows), strict=True):
            passage, entry = index.passages[row], index.entries[int(index.metadata.entry[row])]
            filters = [sorted(has(entry)) for has in FILTERS.values()]
            digest = hashlib.sha256(repr((passage.text, filters)).encode() + vector.tobytes()).digest()
            yield build, *passage_key(passage), digest, passage.text, *filters, Vector(vector)


def _parts(here: Path, build: int) -> Iterator[tuple[int, str, int, bytes]]:
    """Give the files of a build in parts, but for the vectors."""
    for path in sorted(here.iterdir()):
        if path.name in {INDEX_FILE, ROWS_FILE}:
            continue
        with path.open("rb") as file:
            part = 0
            while (content := file.read(PART)) or not part:
                yield build, path.name, part, content
                part += 1


def _copy(
    connection: Connection[Any],
    table: str,
    columns: Mapping[str, str],
    rows: Iterable[Sequence[Any]],
) -> None:
    """Write rows into a table, by their columns and types."""
    command = f"COPY passerelle.{table} ({', '.join(columns)}) FROM STDIN WITH (FORMAT BINARY)"
    with connection.cursor() as cursor, cursor.copy(command.encode()) as copy:
        copy.set_types(tuple(columns.values()))
        for row in rows:
            copy.write_row(row)


def _forget(connection: Connection[Any]) -> None:
    """Remove builds that need no longer be read, and passages that only those had."""
    kept = "SELECT number FROM passerelle.builds ORDER BY number DESC LIMIT %s"
    connection.execute(f"DELETE FROM passerelle.builds WHERE number NOT IN ({kept})".encode(), (KEPT,))
    connection.execute("DELETE FROM passerelle.passages WHERE until <= (SELECT min(number) FROM passerelle.builds)")


def _index_vectors(connection: Connection[Any], count: int, dim: int) -> None:
    """Make the HNSW index, with the memory pgvector's rule of thumb asks for."""
    megabytes = max(64, int(1.3 * count * (4 * dim + 8) / 2**20))
    connection.execute(f"SET LOCAL maintenance_work_mem = '{megabytes}MB'".encode())
    connection.execute(
        "CREATE INDEX IF NOT EXISTS passages_vector ON passerelle.passages USING hnsw (vector vector_ip_ops)"
    )
