# ruff: noqa: S608 (the names in queries are constants of this module; values are parameters)
"""An index in PostgreSQL with pgvector: several hosts answer from it while a curator writes.

The vectors, texts and filters of the passages are rows; the other files of a build are kept beside them, and a host
copies those to its disk once. A build is published in one transaction: only what changed is written, rows that are
gone are closed, not removed, and so a host that still reads the build before goes on seeing exactly that one. It can
until the build after next is published.

Source:
    pgvector's README for the settings of filtered HNSW searches (iterative scans, ef_search).
"""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from ..encoding.encoder import Encoder
from ..entries import Passage
from ..errors import StoreError
from .index import Index
from .reading import check_encoder, read_build
from .vector_store import Allowed

if TYPE_CHECKING:
    from psycopg import Connection
    from psycopg_pool import ConnectionPool


NARROW = 20_000
"""Passages up to which those a filter lets through are compared one by one: exact, and faster than the index."""


SCANNED = 20_000
"""Passages the index may look at when nothing is filtered."""


KEPT = 2
"""Builds that can be read: the newest, and the one before for hosts that have not seen it yet."""


CONNECTIONS = 8
"""The most connections one process has at once."""


TRIES, PAUSE = 5, 0.5
"""Times a question is asked while a standby takes over, and seconds between them."""


SETTINGS = "-c jit=off -c hnsw.ef_search=200 -c hnsw.iterative_scan=relaxed_order"


NEWEST = "SELECT number, name FROM passerelle.builds ORDER BY number DESC LIMIT 1"


LIVE = "since <= %(build)s AND (until IS NULL OR until > %(build)s)"


DISTANCE = "(vector <#> %(query)s::vector)"


KEY = ("entry", "language", "field", "position")
"""Columns that say which passage a row of the database is."""


Key = tuple[str, str, str, int]


class Database:
    """A database that holds an index, for reading. Safe to share between threads."""

    def __init__(self, url: str, copies: Path) -> None:
        """Prepare the connections; none is made yet.

        Args:
            url: ``postgresql://user@host1,host2/name?target_session_attrs=prefer-standby``; any libpq parameters.
            copies: Folder the files of a build are copied to, but for the vectors.
        """
        self.url = url
        self._copies = copies
        with store_errors(url):
            from psycopg_pool import ConnectionPool  # an optional extra

            self._pool: ConnectionPool[Connection[Any]] = ConnectionPool(
                url,
                min_size=0,
                max_size=CONNECTIONS,
                kwargs={"autocommit": True, "options": SETTINGS, "connect_timeout": 3},
                check=ConnectionPool.check_connection,
                timeout=5,
                open=False,
            )

    def close(self) -> None:
        """Close the connections."""
        self._pool.close()

    @contextmanager
    def _transaction(self) -> Iterator[Connection[Any]]:
        """Begin a transaction on one of the connections; what goes wrong is a StoreError."""
        with store_errors(self.url):
            self._pool.open()  # the first time; then nothing
            with self._pool.connection() as connection, connection.transaction():
                yield connection

    def ask(self, query: str, parameters: Mapping[str, Any], *, scanned: int = SCANNED) -> list[tuple[Any, ...]]:
        """Ask one question, again while a standby takes over.

        Args:
            query: SQL.
            parameters: Its values.
            scanned: The most passages an HNSW index may look at.

        Raises:
            StoreError: No server answers, or what was asked for is not there.
        """
        left = TRIES
        while True:
            try:
                with self._transaction() as connection:
                    connection.execute("SELECT set_config('hnsw.max_scan_tuples', %s, true)", (str(scanned),))
                    return connection.execute(query.encode(), parameters, binary=True).fetchall()
            except StoreError as error:
                left -= 1
                if not left or not _may_pass(error):
                    raise
                time.sleep(PAUSE)

    def current(self) -> str | None:
        """Return the name of the newest build, or None when nothing was published.

        Raises:
            StoreError: No server answers.
        """
        import psycopg

        try:
            rows = self.ask(NEWEST, {})
        except StoreError as error:
            if isinstance(error.__cause__, psycopg.errors.UndefinedTable):
                return None
            raise
        return f"{rows[0][0]}-{rows[0][1]}" if rows else None

    def load(self, encoder: Encoder) -> Index:
        """Load the newest build.

        Args:
            encoder: For the queries.

        Returns:
            An index whose vectors stay in the database.

        Raises:
            StoreError: No server answers, or nothing was published.
            IndexMismatchError: It was made with another encoder.
            IndexDamagedError: A file is not the one that was published.
        """
        with self._transaction() as connection:
            connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            build = connection.execute(NEWEST).fetchone()
            if build is None:
                raise StoreError(self.url, "nothing was published in it")
            number, name = build
            here = _copied(connection, number, self._copies / f"published-{name}")
            ids = _ids(connection, number)

        def store(passages: Sequence[Passage]) -> PostgresStore:
            of_passages = np.array([ids[passage_key(passage)] for passage in passages], dtype=np.int64)
            return PostgresStore(self, number, of_passages, encoder.dim)

        index = read_build(self._copies, here.name, store)
        check_encoder(self._copies, index.manifest, encoder)
        _remove_others(here)
        return index


@dataclass(frozen=True)
class PostgresStore:
    """Vectors in a database, as one build has them; see `VectorStore`.

    Attributes:
        database: Where they are.
        build: Whose passages count.
        ids: Of each passage, by its row, the id it has in the database, int64, shape (n_passages,).
        dim: Length of a vector.
    """

    database: Database
    build: int
    ids: np.ndarray
    dim: int

    def cosines(self, query: np.ndarray, passages: np.ndarray | None = None) -> np.ndarray:
        """As `VectorStore.cosines`: shape (n,).

        Raises:
            StoreError: No server answers, or the build is no longer kept.
        """
        chosen = LIVE if passages is None else "id = ANY(%(ids)s)"
        rows = self._ask(f"SELECT id, -{DISTANCE} FROM passerelle.passages WHERE {chosen}", query, passages)
        wanted = self.ids if passages is None else self.ids[passages]
        return self._in_order(wanted, rows).astype(np.float32)

    def nearest(self, query: np.ndarray, most: int, allowed: Allowed | None = None) -> np.ndarray:
        """As `VectorStore.nearest`, shape (most,) or fewer; exact when a filter lets few through, else by HNSW.

        Raises:
            StoreError: No server answers.
        """
        count = len(self.ids) if allowed is None else int(allowed.passages.sum())
        if not count:
            return np.array([], dtype=np.int64)
        filters = {} if allowed is None else {name: sorted(values) for name, values in allowed.filters.items()}
        where = " AND ".join([LIVE, *(_condition(name) for name in filters)])
        some = f"SELECT id, vector FROM passerelle.passages WHERE {where}"
        if count <= NARROW:
            some = f"WITH chosen AS MATERIALIZED ({some}) SELECT id, vector FROM chosen"
        rows = self.database.ask(
            f"SELECT id, -{DISTANCE} FROM ({some}) ORDER BY {DISTANCE} LIMIT %(most)s",
            {"query": query.tolist(), "build": self.build, "most": most, **filters},
            scanned=max(SCANNED, 4 * most) * len(self.ids) // count,
        )
        ids, cosines = np.array([row[0] for row in rows], dtype=np.int64), np.array([row[1] for row in rows])
        passages = self._rows_of(ids)
        return passages[np.lexsort((passages, -cosines))]

    def vectors(self, passages: np.ndarray) -> np.ndarray:
        """As `VectorStore.vectors`: shape (n, dim).

        Raises:
            StoreError: No server answers, or the build is no longer kept.
        """
        query = np.zeros(self.dim, dtype=np.float32)
        rows = self._ask("SELECT id, vector::real[] FROM passerelle.passages WHERE id = ANY(%(ids)s)", query, passages)
        return self._in_order(self.ids[passages], rows).reshape(len(passages), self.dim).astype(np.float32)

    def _ask(self, question: str, query: np.ndarray, passages: np.ndarray | None) -> list[tuple[Any, ...]]:
        ids = None if passages is None else self.ids[passages].tolist()
        return self.database.ask(question, {"query": query.tolist(), "ids": ids, "build": self.build})

    def _in_order(self, wanted: np.ndarray, rows: Sequence[tuple[int, Any]]) -> np.ndarray:
        """Put the values of rows in the order of wanted ids."""
        found = dict(rows)
        try:
            return np.array([found[id_] for id_ in wanted.tolist()])
        except KeyError as error:
            raise StoreError(self.database.url, "two newer builds were published since this one was opened") from error

    @cached_property
    def _by_id(self) -> tuple[np.ndarray, np.ndarray]:
        order = np.argsort(self.ids)
        return self.ids[order], order

    def _rows_of(self, ids: np.ndarray) -> np.ndarray:
        """Return the rows of passages by their ids in the database, shape (n,)."""
        rising, order = self._by_id
        rows: np.ndarray = order[np.searchsorted(rising, ids)]
        return rows


def _may_pass(error: StoreError) -> bool:
    """Say whether an error may be over once a standby has taken over."""
    import psycopg
    from psycopg_pool import PoolTimeout

    return isinstance(error.__cause__, (psycopg.OperationalError, PoolTimeout))


def _condition(name: str) -> str:
    """Return what a filter asks of a row."""
    return "language = ANY(%(languages)s)" if name == "languages" else f"{name} && %({name})s"


def _ids(connection: Connection[Any], build: int) -> dict[Key, int]:
    """Return the id of each passage of a build."""
    rows = connection.execute(
        f"SELECT id, {', '.join(KEY)} FROM passerelle.passages WHERE {LIVE}".encode(), {"build": build}, binary=True
    ).fetchall()
    return {(entry, language, field, position): id_ for id_, entry, language, field, position in rows}


def _copied(connection: Connection[Any], build: int, folder: Path) -> Path:
    """Copy the files of a build to a folder, unless it is there already; return it."""
    if folder.is_dir():
        return folder
    folder.parent.mkdir(parents=True, exist_ok=True)
    writing = Path(tempfile.mkdtemp(prefix=".writing-", dir=folder.parent))
    try:
        _copy_files(connection, build, writing)
        if not folder.is_dir():
            writing.rename(folder)
    finally:
        shutil.rmtree(writing, ignore_errors=True)
    return folder


def _copy_files(connection: Connection[Any], build: int, folder: Path) -> None:
    """Write the files of a build into a folder, part by part."""
    parts = connection.execute(
        "SELECT name, part FROM passerelle.files WHERE build = %s ORDER BY name, part", (build,)
    ).fetchall()
    for name, part in parts:
        content = connection.execute(
            "SELECT content FROM passerelle.files WHERE build = %s AND name = %s AND part = %s",
            (build, name, part),
            binary=True,
        ).fetchone()
        with (folder / Path(name).name).open("ab") as file:
            file.write(content[0] if content else b"")


def _remove_others(here: Path) -> None:
    """Remove copied builds but this one and the newest other."""
    others = sorted(here.parent.glob("published-*"), key=lambda path: path.stat().st_mtime, reverse=True)
    for path in [path for path in others if path != here][KEPT - 1 :]:
        shutil.rmtree(path, ignore_errors=True)


def passage_key(passage: Passage) -> Key:
    """Return what a passage goes by in the database: the values of KEY."""
    return passage.entry_id, passage.language, passage.field, passage.position


@contextmanager
def store_errors(url: str) -> Iterator[None]:
    """Turn what goes wrong with a database into one clear error.

    Raises:
        StoreError: Anything did.
    """
    try:
        import psycopg
        from psycopg_pool import PoolTimeout
    except ImportError as error:
        raise StoreError(url, "the packages for PostgreSQL are missing: pip install 'passerelle[postgres]'") from error
    try:
        yield
    except psycopg.errors.UndefinedTable as error:
        raise StoreError(url, "nothing was published in it") from error
    except (psycopg.Error, PoolTimeout) as error:
        raise StoreError(url, str(error).strip() or type(error).__name__) from error
