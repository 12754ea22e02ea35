# ruff: noqa: S608 (the names in queries are constants of this module; values are parameters)
"""Put an index in a PostgreSQL database, in one transaction: only what changed is written."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..errors import IndexMissingError, StoreError, needs_extra
from ..index.index import Manifest
from ..index.metadata import FILTERS
from ..index.postgres import KEPT, KEY, LONGEST_INDEXED, NEWEST, PASSAGES, Key, half, store_errors
from ..index.reading import current_version, manifest_of, unreadable
from ..locations import StrPath
from .publish_files import Piece, checked_pieces, forget_pieces, mend_pieces, write_files
from .publish_rows import PassageRows

if TYPE_CHECKING:
    from psycopg import Connection

_log = logging.getLogger(__name__)


INDEXED_FROM = 20_000
"""Passages from which their vectors get an HNSW index; fewer are compared one by one."""


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
"""


PIECES = """
CREATE TABLE passerelle.pieces (
    digest bytea PRIMARY KEY,
    content bytea NOT NULL
);
ALTER TABLE passerelle.pieces ALTER COLUMN content SET STORAGE EXTERNAL;
CREATE TABLE passerelle.file_pieces (
    build bigint NOT NULL REFERENCES passerelle.builds ON DELETE CASCADE,
    name text NOT NULL,
    part integer NOT NULL,
    digest bytea NOT NULL REFERENCES passerelle.pieces,
    PRIMARY KEY (build, name, part)
);
CREATE VIEW passerelle.file_parts AS
SELECT build, name, part, content FROM passerelle.files
UNION ALL
SELECT build, name, part, content FROM passerelle.file_pieces JOIN passerelle.pieces USING (digest);
"""
"""Files are in pieces, each held once; the first table has the manifests, and what was published before there were
pieces. Hosts read the view."""


TABLE = f"""
CREATE TABLE IF NOT EXISTS passerelle.PASSAGES (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    since bigint NOT NULL,
    until bigint,
    entry text NOT NULL,
    language text NOT NULL,
    field text NOT NULL,
    position integer NOT NULL,
    digest bytea NOT NULL,
    text text NOT NULL,
    {" text[] NOT NULL, ".join(FILTERS)} text[] NOT NULL,
    vector vector(DIM) NOT NULL
);
CREATE UNIQUE INDEX IF NOT EXISTS PASSAGES_key ON passerelle.PASSAGES (entry, language, field, position)
    WHERE until IS NULL;
CREATE INDEX IF NOT EXISTS PASSAGES_filters ON passerelle.PASSAGES USING gin ({", ".join(FILTERS)});
"""
"""One for each length of vectors (DIM): a model of another length is published beside what hosts still read."""


GRANTS = """
SELECT 'GRANT SELECT ON passerelle.RELATION TO ' || CASE grantee WHEN 0 THEN 'PUBLIC' ELSE grantee::regrole::text END
FROM pg_class, aclexplode(relacl)
WHERE oid = 'passerelle.passages'::regclass AND privilege_type = 'SELECT' AND grantee <> relowner
"""
"""Gives the commands that let those who read the first table of passages read another table or view."""


TABLES = """
SELECT relname FROM pg_class
WHERE relnamespace = to_regnamespace('passerelle') AND relkind = 'r' AND relname ~ '^passages(_[0-9]+)?$'
"""


PASSAGE_COLUMNS: Mapping[str, str] = {
    "since": "int8",
    **dict(zip(KEY, ("text", "text", "text", "int4"), strict=True)),
    "digest": "bytea",
    "text": "text",
    **dict.fromkeys(FILTERS, "text[]"),
    "vector": "vector",
}
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


def publish(folder: StrPath, url: str) -> Published:
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
    folder = Path(folder)
    name = current_version(folder)
    if name is None:
        raise IndexMissingError(folder)
    manifest, here = manifest_of(folder, name), folder / name
    rows, digests, cut = _read(folder, here, manifest)
    with store_errors(url), writing(url, manifest.dim) as connection:
        table = _table_for(connection, manifest.dim)
        if _newest(connection) == here.name:  # published again: whoever was told of damage does that
            mend_pieces(connection, here, cut)
        published = _write_passages(connection, table, rows, digests, _new_build(connection, here.name))
        write_files(connection, here, published.build, cut)
        _forget(connection)
        if published.passages > INDEXED_FROM:
            index_vectors(connection, table, published.passages, manifest.dim)
    return published


def _read(folder: Path, here: Path, manifest: Manifest) -> tuple[PassageRows, dict[Key, bytes], list[Piece]]:
    """Read of a build what is published; its files are compared with its manifest meanwhile.

    Raises:
        IndexDamagedError: A file is missing, cut or changed, or cannot be read.
    """
    try:
        with ThreadPoolExecutor(1) as beside:
            cut = beside.submit(checked_pieces, folder, here, manifest)
            try:
                rows = PassageRows.read(here, manifest)
                return rows, rows.digests(), cut.result()
            except Exception:  # a damaged file may lead to any; its check says what is wrong with it
                cut.result()
                raise
    except OSError as error:
        raise unreadable(folder, error, here) from error


def _write_passages(
    connection: Connection[Any], table: str, rows: PassageRows, digests: Mapping[Key, bytes], build: int
) -> Published:
    """Close the passages that are gone or changed, and write the new ones."""
    held = _held(connection, table)
    gone = [id_ for key, (id_, digest) in held.items() if digests.get(key) != digest]
    new = [row for row, (key, digest) in enumerate(digests.items()) if key not in held or held[key][1] != digest]
    closed = len(gone) + _close_others(connection, table, build)
    connection.execute(f"UPDATE passerelle.{table} SET until = %s WHERE id = ANY(%s)".encode(), (build, gone))
    _copy(connection, table, PASSAGE_COLUMNS, rows.rows(build, new, [*digests.values()]))
    return Published(build, len(digests), len(new), closed)


def _close_others(connection: Connection[Any], table: str, build: int) -> int:
    """Close the passages in the tables of other models, and say how many there were."""
    close = "UPDATE passerelle.{} SET until = %s WHERE until IS NULL"
    others = [other for other in _tables(connection) if other != table]
    return sum(connection.execute(close.format(other).encode(), (build,)).rowcount for other in others)


@contextmanager
def writing(url: str, dim: int) -> Iterator[Connection[Any]]:
    """Open a transaction that nobody else can publish beside.

    Args:
        url: Of the database.
        dim: Length of the vectors that are to be published; a table for it is made where there is none.

    Yields:
        The connection; what is written is there for others when the block ends without an error.

    Raises:
        ExtraMissingError: The extra ``postgres`` is not installed.
        StoreError: Somebody else is publishing.
    """
    with needs_extra("postgres"):
        import psycopg
        from pgvector.psycopg import register_vector

    with psycopg.connect(url, connect_timeout=3) as connection:
        alone = connection.execute("SELECT pg_try_advisory_xact_lock(hashtext('passerelle'))").fetchone()
        if alone != (True,):
            raise StoreError(url, "somebody else is publishing; try again when they have finished")
        connection.execute(SCHEMA)
        _make_table(connection, _table_for(connection, dim), dim)
        _make_pieces(connection)
        register_vector(connection)
        yield connection


def _table_for(connection: Connection[Any], dim: int) -> str:
    """Return the table for vectors of a length: the first one if it is of this length, else one of their own."""
    row = connection.execute(
        "SELECT atttypmod FROM pg_attribute WHERE attrelid = to_regclass('passerelle.passages') AND attname = 'vector'"
    ).fetchone()
    return PASSAGES if row in {None, (dim,)} else f"{PASSAGES}_{dim}"


def _make_table(connection: Connection[Any], table: str, dim: int) -> None:
    """Make a table of passages unless there is one, for those to read who may read the first."""
    held = _tables(connection)
    if table in held:
        _add_filters(connection, table)
    connection.execute(TABLE.replace("PASSAGES", table).replace("DIM", str(dim)).encode())
    if table not in held:
        connection.execute(f"ALTER TABLE passerelle.{table} ALTER COLUMN vector SET STORAGE MAIN".encode())
        _let_read(connection, table)


def _make_pieces(connection: Connection[Any]) -> None:
    """Make what holds files in pieces, unless it is there."""
    if connection.execute("SELECT to_regclass('passerelle.file_parts') IS NULL").fetchone() == (True,):
        connection.execute(PIECES)
        _let_read(connection, "file_parts")


def _let_read(connection: Connection[Any], relation: str) -> None:
    """Let those who read the first table of passages read another table or view."""
    for (grant,) in connection.execute(GRANTS.replace("RELATION", relation).encode()).fetchall():
        connection.execute(grant.encode())


def _add_filters(connection: Connection[Any], table: str) -> None:
    """Give a table that was made before there was some filter a column for it."""
    rows = connection.execute(
        "SELECT attname FROM pg_attribute WHERE attrelid = to_regclass(%s)", (f"passerelle.{table}",)
    ).fetchall()
    for name in FILTERS:
        if (name,) not in rows:
            add = f"ALTER TABLE passerelle.{table} ADD COLUMN {name} text[] NOT NULL DEFAULT '{{}}'"
            connection.execute(add.encode())


def _tables(connection: Connection[Any]) -> list[str]:
    return [name for (name,) in connection.execute(TABLES).fetchall()]


def _newest(connection: Connection[Any]) -> str | None:
    """Return the name of the newest build."""
    row = connection.execute(NEWEST).fetchone()
    return str(row[1]) if row else None


def _new_build(connection: Connection[Any], name: str) -> int:
    row = connection.execute("INSERT INTO passerelle.builds (name) VALUES (%s) RETURNING number", (name,)).fetchone()
    return int(row[0]) if row else 0


def _held(connection: Connection[Any], table: str) -> dict[Key, tuple[int, bytes]]:
    """Return the id and digest of each passage of the newest build."""
    rows = connection.execute(
        f"SELECT id, digest, {', '.join(KEY)} FROM passerelle.{table} WHERE until IS NULL".encode(),
        binary=True,
    )
    return {(entry, language, field, position): (id_, digest) for id_, digest, entry, language, field, position in rows}


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
    for table in _tables(connection):
        gone = f"DELETE FROM passerelle.{table} WHERE until <= (SELECT min(number) FROM passerelle.builds)"
        connection.execute(gone.encode())
    forget_pieces(connection)


def index_vectors(connection: Connection[Any], table: str, count: int, dim: int) -> None:
    """Make the HNSW index of the vectors, unless there is one, or they are too long for one.

    The server is asked for the memory that pgvector's rule of thumb wants, as far as its own limit goes.

    Args:
        connection: In a transaction; `writing` gives one.
        table: Of the passages.
        count: How many passages there are.
        dim: Length of a vector.
    """
    if dim > LONGEST_INDEXED:
        _log.warning("vectors of %d numbers get no HNSW index (%d at most); all are compared", dim, LONGEST_INDEXED)
        return
    kilobytes = max(64 * 2**10, int(1.3 * count * (4 * dim + 8) / 2**10))
    connection.execute(
        "SELECT set_config(name, least(%s::numeric, max_val::numeric) || unit, true) FROM pg_settings "
        "WHERE name = 'maintenance_work_mem'",
        (kilobytes,),
    )
    indexed = f"USING hnsw ({half('vector', dim)} halfvec_ip_ops)"
    connection.execute(f"CREATE INDEX IF NOT EXISTS {table}_half ON passerelle.{table} {indexed}".encode())
    connection.execute(f"DROP INDEX IF EXISTS passerelle.{table}_vector".encode())  # of 32 bits, made before
