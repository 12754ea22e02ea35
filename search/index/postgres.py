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

import logging
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from ..encoding.encoder import Encoder
from ..entries import Passage
from ..errors import UNCLEAR_ADDRESS, IndexDamagedError, StoreError, needs_extra
from ..locations import DatabaseAddress, StrPath
from .copies import PublishedBuild, remove_other_copies
from .index import Index
from .metadata import FILTERS, SAID_OF_CASES
from .reading import check_encoder, read_build
from .vector_store import Allowed

if TYPE_CHECKING:
    from psycopg import Connection
    from psycopg_pool import ConnectionPool

_log = logging.getLogger(__name__)


WHOLE, NARROW = 20_000, 50_000
"""Passages up to which all of a library, and those a filter lets through, are compared one by one: exact, and faster
than an index that must pass by those it does not."""


SCANNED, MOST_SCANNED = 20_000, 2**31 - 1
"""Passages the index may look at when nothing is filtered, and the most that pgvector's setting takes."""


SCANNED_EACH = 4
"""Passages it may look at for each that is wanted, where that is more: from 5,000 wanted on. Not measured."""


KEPT = 2
"""Builds that can be read: the newest, and the one before for hosts that have not seen it yet."""


CONNECTIONS, SECONDS_FOR_CONNECTION = 8, 5.0
"""The most connections one process has at once, and seconds a question waits for one."""


TRIES, SECONDS_BETWEEN_TRIES = 5, 0.5
"""Times a question is asked while a standby takes over, and seconds between them."""


LEAST_LISTED, MOST_LISTED = 200, 1_000
"""Passages an HNSW search keeps in its list (``hnsw.ef_search``): as many as are wanted, within these; pgvector takes
no more than the last. Twice as many take half as long again, and find more of the farthest candidates only."""


SETTINGS = "-c jit=off -c hnsw.iterative_scan=relaxed_order -c default_transaction_isolation=repeatable\\ read"
"""Of each connection: one transaction sees one state, whatever is published meanwhile."""


NEWEST = "SELECT number, name FROM passerelle.builds ORDER BY number DESC LIMIT 1"


PREPARE = """
SELECT %(build)s::bigint IS NULL OR EXISTS (SELECT FROM passerelle.builds WHERE number = %(build)s::bigint)
FROM set_config('hnsw.max_scan_tuples', %(scanned)s, true) AS scanned,
    set_config('hnsw.ef_search', %(listed)s, true) AS listed
"""
"""Comes before each question: says whether the build that is asked about is still kept."""


GONE = "two newer builds were published since this one was opened"


LIVE = "since <= %(build)s AND (until IS NULL OR until > %(build)s)"


DISTANCE = "(vector <#> (SELECT %(query)s::text::vector))"
"""In a selection of its own the query is read once, not once a row."""


COSINES, COSINE = "string_agg(int8send(id) || float8send(cosine), '')", np.dtype([("id", ">i8"), ("cosine", ">f8")])
"""Ids and cosines in one value: thousands of rows would take longer to be read than to be found."""


CHOSEN = "id = ANY((SELECT %(ids)s::text::bigint[])::bigint[])"


LONGEST_INDEXED = 4_000
"""Numbers of a vector up to which pgvector can index it in 16 bits."""


PASSAGES = "passages"
"""The table of passages; those with vectors of another length are in one of their own, its name ends by the length."""


KEY = ("entry", "language", "field", "position")
"""Columns that say which passage a row of the database is."""


Key = tuple[str, str, str, int]


class Database:
    """A database that holds an index, for reading. Safe to share between threads.

    Attributes:
        url: Its address, without what is secret.
    """

    def __init__(self, url: str, copies: StrPath) -> None:
        """Prepare the connections; none is made yet.

        Args:
            url: ``postgresql://user@host1,host2/name?target_session_attrs=prefer-standby``; any libpq parameters.
            copies: Folder the files of a build are copied to, but for the vectors.

        Raises:
            StoreError: The address cannot be read with certainty.
            ExtraMissingError: The extra ``postgres`` is not installed.
        """
        self._address, self._copies = url, Path(copies)
        with store_errors(url):
            from psycopg_pool import ConnectionPool

            address = DatabaseAddress.of(url)
            self.url = str(address)
            self._pool: ConnectionPool[Connection[Any]] = ConnectionPool(
                url,
                min_size=0,
                max_size=CONNECTIONS,
                kwargs={
                    "autocommit": True,
                    "options": f"{address.values.get('options', '')} {SETTINGS}".strip(),
                    "connect_timeout": 3,
                },
                check=ConnectionPool.check_connection,
                timeout=SECONDS_FOR_CONNECTION,
                open=False,
            )

    def close(self) -> None:
        """Close the connections."""
        self._pool.close()

    @contextmanager
    def _transaction(self, *, together: bool = False) -> Iterator[Connection[Any]]:
        """Begin a transaction on one of the connections; what goes wrong is a StoreError.

        Args:
            together: Whether what is asked travels with the beginning of the transaction, in one round trip.
        """
        with store_errors(self._address):
            self._pool.open()  # the first time; then nothing
            with (
                self._pool.connection() as connection,
                connection.pipeline() if together else nullcontext(),
                connection.transaction(),
            ):
                yield connection

    def ask(
        self, query: str, parameters: Mapping[str, Any], *, scanned: int = SCANNED, listed: int = LEAST_LISTED
    ) -> list[tuple[Any, ...]]:
        """Ask one question, again while a standby takes over.

        Args:
            query: SQL.
            parameters: Its values; ``build``, if it is among them, must still be kept.
            scanned: The most passages an HNSW index may look at; more than MOST_SCANNED means so many.
            listed: How many it keeps in its list, within LEAST_LISTED and MOST_LISTED.

        Raises:
            StoreError: No server answers, or what was asked for is not there.
        """
        settings = {
            "scanned": str(min(scanned, MOST_SCANNED)),
            "listed": str(min(max(listed, LEAST_LISTED), MOST_LISTED)),
            "build": parameters.get("build"),
        }
        left = TRIES
        while True:
            try:
                with self._transaction(together=True) as connection:
                    kept = connection.execute(PREPARE, settings)
                    found = connection.execute(query.encode(), parameters, binary=True)
                    if kept.fetchone() != (True,):
                        raise StoreError(self.url, GONE)
                    return found.fetchall()
            except StoreError as error:
                left -= 1
                if not left or not error.may_pass:
                    raise
                _log.warning("%s does not answer (%s); it is asked again", error.url, type(error.__cause__).__name__)
                time.sleep(SECONDS_BETWEEN_TRIES)

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
            An index whose vectors stay in the database; files of it that are damaged on this host are copied again.

        Raises:
            StoreError: No server answers, nothing was published, or what was is not whole.
            IndexMismatchError: It was made with another encoder.
            IndexWriteError: Its files cannot be copied to this host.
        """
        try:
            return self._load(encoder)
        except IndexDamagedError:
            return self._load(encoder, mend=True)

    def _load(self, encoder: Encoder, *, mend: bool = False) -> Index:
        with self._transaction() as connection:
            build = self._newest(connection)
            check_encoder(self._copies, build.manifest, encoder)
            here = build.copy(self._copies)
            if mend:
                build.mend(here)
            table = _table_of(connection, encoder.dim)
            ids = _ids(connection, table, build.number)

        def store(passages: Sequence[Passage]) -> PostgresStore:
            try:
                of_passages = np.array([ids[passage_key(passage)] for passage in passages], dtype=np.int64)
            except KeyError as error:
                raise StoreError(self.url, "passages are missing in it; publish the library again") from error
            return PostgresStore(self, build.number, of_passages, encoder.dim, table)

        index = read_build(self._copies, here.name, store)
        remove_other_copies(here)
        return index

    def _newest(self, connection: Connection[Any]) -> PublishedBuild:
        row = connection.execute(NEWEST).fetchone()
        if row is None:
            raise StoreError(self.url, "nothing was published in it")
        return PublishedBuild(connection, self.url, *row)


@dataclass(frozen=True)
class PostgresStore:
    """Vectors in a database, as one build has them; see `VectorStore`.

    Attributes:
        database: Where they are.
        build: Whose passages count.
        ids: Of each passage, by its row, the id it has in the database, int64, shape (n_passages,).
        dim: Length of a vector.
        table: That holds passages with vectors of this length.
    """

    database: Database
    build: int
    ids: np.ndarray
    dim: int
    table: str = PASSAGES

    def cosines(self, query: np.ndarray, passages: np.ndarray | None = None) -> np.ndarray:
        """As `VectorStore.cosines`, shape (n,).

        Raises:
            StoreError: No server answers, or the build is no longer kept.
        """
        chosen = LIVE if passages is None else CHOSEN
        some = f"SELECT id, -{DISTANCE} AS cosine FROM passerelle.{self.table} WHERE {chosen}"
        asked = f"SELECT {COSINES} FROM ({some}) AS compared"
        wanted = self.ids if passages is None else self.ids[passages]
        return self._in_order(wanted, self._ask(asked, query, passages, COSINE), "cosine").astype(np.float32)

    def nearest(self, query: np.ndarray, most: int, allowed: Allowed | None = None) -> np.ndarray:
        """As `VectorStore.nearest`, shape (most,) or less; exact when a filter lets few through, else by HNSW.

        Raises:
            StoreError: No server answers.
        """
        count = len(self.ids) if allowed is None else int(allowed.passages.sum())
        if not count:
            return np.array([], dtype=np.int64)
        wanted, shown = ({}, []) if allowed is None else (allowed.filters, [*allowed.shown])
        filters = {f"filter{n}": sorted(values) for n, values in enumerate(wanted.values())}
        where = " AND ".join([LIVE, *map(_condition, wanted, filters)])
        some = f"passerelle.{self.table} WHERE {where}"
        if count > (WHOLE if allowed is None else NARROW):
            near = f"{half('vector', self.dim)} <#> (SELECT {half('%(query)s::text', self.dim)})"
            some = f"(SELECT id, vector FROM {some} ORDER BY {near} LIMIT %(most)s) AS near"
        best = f"SELECT id, -{DISTANCE} AS cosine FROM {some} ORDER BY cosine DESC LIMIT %(most)s"  # by no index: exact
        rows = self.database.ask(
            f"SELECT {COSINES} FROM ({best}) AS best",
            {"query": _text(query), "build": self.build, "most": min(most, count), "shown": shown, **filters},
            scanned=max(SCANNED, SCANNED_EACH * most) * len(self.ids) // count,
            listed=most,
        )
        found = np.frombuffer(rows[0][0] or b"", dtype=COSINE)
        passages = self._rows_of(found["id"])
        return passages[np.lexsort((passages, -found["cosine"]))]

    def vectors(self, passages: np.ndarray) -> np.ndarray:
        """As `VectorStore.vectors`, shape (n, dim).

        Raises:
            StoreError: No server answers, or the build is no longer kept.
        """
        query = np.zeros(self.dim, dtype=np.float32)
        packed = np.dtype([("id", ">i8"), ("head", ">i4"), ("vector", ">f4", (self.dim,))])
        asked = (
            f"SELECT string_agg(int8send(id) || vector_send(vector), '') FROM passerelle.{self.table} WHERE {CHOSEN}"
        )
        rows = self._ask(asked, query, passages, packed)
        return self._in_order(self.ids[passages], rows, "vector").astype(np.float32)

    def _ask(self, question: str, query: np.ndarray, passages: np.ndarray | None, packed: np.dtype[Any]) -> np.ndarray:
        """Ask for what some passages have, or all of the build, as records in one value; by no order."""
        ids = None if passages is None else _text(self.ids[passages], "{}")
        [(rows,)] = self.database.ask(question, {"query": _text(query), "ids": ids, "build": self.build})
        return np.frombuffer(rows or b"", dtype=packed)

    def _in_order(self, wanted: np.ndarray, rows: np.ndarray, name: str) -> np.ndarray:
        """Put a value of records in the order of wanted ids."""
        order = np.argsort(rows["id"])
        rising = rows["id"][order]
        at = np.minimum(np.searchsorted(rising, wanted), len(rows) - 1)
        if len(wanted) and not (len(rows) and (rising[at] == wanted).all()):
            raise StoreError(self.database.url, GONE)
        return np.asarray(rows[name][order[at]])

    @cached_property
    def _by_id(self) -> tuple[np.ndarray, np.ndarray]:
        order = np.argsort(self.ids)
        return self.ids[order], order

    def _rows_of(self, ids: np.ndarray) -> np.ndarray:
        """Return the rows of passages by their ids in the database, shape (n,)."""
        rising, order = self._by_id
        rows: np.ndarray = order[np.searchsorted(rising, ids)]
        return rows


def _text(numbers: np.ndarray, brackets: str = "[]") -> str:
    """Write numbers as PostgreSQL reads them: in a fraction of the time that a list of them takes."""
    return f"{brackets[0]}{','.join(map(str, numbers.tolist()))}{brackets[1]}"


def half(vector: str, dim: int) -> str:
    """Return vectors in 16 bits, as the HNSW index has them; cosines are computed in 32."""
    return f"({vector}::{'halfvec' if dim <= LONGEST_INDEXED else 'vector'}({dim}))"


def _condition(name: str, parameter: str) -> str:
    """Return what a filter asks of a row, its values being those of a parameter."""
    column = next(column for column in ("languages", *FILTERS) if column == name.partition(":")[0])
    if column == "languages":
        return f"language = ANY(%({parameter})s)"
    asked = f"{column} && %({parameter})s"
    return f"({asked} OR entry = ANY(%(shown)s))" if column in SAID_OF_CASES else asked


def _table_of(connection: Connection[Any], dim: int) -> str:
    """Return the table whose passages have vectors of a length: one of their own, or the first that was made."""
    row = connection.execute("SELECT to_regclass(%s) IS NULL", (f"passerelle.{PASSAGES}_{dim}",)).fetchone()
    return PASSAGES if row == (True,) else f"{PASSAGES}_{dim}"


def _ids(connection: Connection[Any], table: str, build: int) -> dict[Key, int]:
    """Return the id of each passage of a build."""
    rows = connection.execute(
        f"SELECT id, {', '.join(KEY)} FROM passerelle.{table} WHERE {LIVE}".encode(), {"build": build}, binary=True
    ).fetchall()
    return {(entry, language, field, position): id_ for id_, entry, language, field, position in rows}


def passage_key(passage: Passage) -> Key:
    """Return what a passage goes by in the database: the values of KEY."""
    return passage.entry_id, passage.language, passage.field, passage.position


@contextmanager
def store_errors(url: str) -> Iterator[None]:
    """Turn what goes wrong with a database into one clear error.

    Raises:
        StoreError: Anything did.
        ExtraMissingError: The extra ``postgres`` is not installed.
    """
    with needs_extra("postgres"):
        import psycopg
        from psycopg_pool import PoolTimeout
    try:
        DatabaseAddress.of(url)
    except ValueError:
        raise StoreError(url, UNCLEAR_ADDRESS) from None
    try:
        yield
    except psycopg.errors.UndefinedTable as error:
        raise StoreError(url, "nothing was published in it") from error
    except (psycopg.Error, PoolTimeout) as error:
        may_pass = isinstance(error, (psycopg.OperationalError, PoolTimeout))
        raise StoreError(url, str(error).strip() or type(error).__name__, may_pass=may_pass) from error
