"""What is logged: what could not be opened or was set aside; never a text that a person typed."""

from __future__ import annotations

import logging
import os
import shutil
import time
from contextlib import suppress
from pathlib import Path

import pytest

from search.curation.unmet_needs import leave_unmet, read_unmet
from search.encoding.embedding_cache import EmbeddingCache
from search.errors import QueryError
from search.index.writing import SETTLED_AFTER, save_index
from search.library.parse_cache import ParseCache
from search.retrieval.live_searcher import LiveSearcher
from search.retrieval.searcher import Searcher
from search.text.query import LONGEST_QUERY
from tests.fakes import CountingEncoder, tiny_index

TYPED = "zanzibar"


@pytest.fixture(autouse=True)
def _everything(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG, logger="search")


def logged(caplog: pytest.LogCaptureFixture) -> list[tuple[str, str, str]]:
    return [
        (record.name, record.levelname, record.getMessage())
        for record in caplog.records
        if record.name.startswith("search.")
    ]


def test_who_says_nothing_of_logging_sees_nothing() -> None:
    assert [type(handler) for handler in logging.getLogger("search").handlers] == [logging.NullHandler]


def test_a_damaged_file_of_vectors_that_is_set_aside_is_logged(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / "embeddings.sqlite"
    path.write_bytes(b"something else" * 100)
    EmbeddingCache(path).close()
    said = (
        f"{path} is damaged (file is not a database); it was set aside as embeddings.sqlite.damaged and a new one begun"
    )
    assert logged(caplog) == [("search.encoding.embedding_cache", "WARNING", said)]


def test_a_damaged_file_of_parsed_yaml_is_logged(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    path = tmp_path / "parse-cache.sqlite"
    path.write_bytes(b"something else" * 100)
    ParseCache(path).save()
    assert logged(caplog) == [
        (
            "search.library.parse_cache",
            "WARNING",
            f"{path} could not be read (file is not a database); every file is parsed again",
        ),
        (
            "search.library.parse_cache",
            "WARNING",
            f"{path} is damaged (file is not a database); it was removed and a new one is begun next time",
        ),
    ]


def test_an_old_build_that_cannot_be_removed_is_logged(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, old = tmp_path / "index", tmp_path / "index" / "0123456789abcdef"
    old.mkdir(parents=True)
    os.utime(old, (time.time() - SETTLED_AFTER - 1,) * 2)
    monkeypatch.setattr(shutil, "rmtree", lambda *_, **__: None)
    save_index(tiny_index(tmp_path), folder)
    said = f"{old} could not be removed as a whole; it is no longer used"
    assert logged(caplog) == [("search.index.writing", "WARNING", said)]


@pytest.mark.parametrize("harm", ["current", "file"])
def test_an_index_that_cannot_be_read_under_a_running_page_is_logged_once(
    harm: str, tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("search.retrieval.live_searcher.SECONDS_TO_NEXT_TRY", 0.0)
    save_index(tiny_index(tmp_path), folder := tmp_path / "index")
    live = LiveSearcher(folder, CountingEncoder())
    newest = save_index(tiny_index(tmp_path), folder)
    file = folder / "current" if harm == "current" else newest / "vectors.faiss"
    whole = file.read_bytes()
    file.write_bytes(b"\xff")
    for _ in range(3):
        assert live.searcher.search("trust").hits
    problem = str(live.problem)
    assert ("'current' cannot be read" if harm == "current" else "vectors.faiss is not the file") in problem
    said = f"the newest index cannot be taken up, the one before goes on answering: {problem}"
    assert logged(caplog) == [("search.retrieval.live_searcher", "WARNING", said)]
    file.write_bytes(whole)
    assert live.searcher.search("trust").hits
    assert logged(caplog)[1:] == [("search.retrieval.live_searcher", "INFO", "the newest index was taken up")]
    assert live.problem is None


def test_a_need_that_cannot_be_read_is_logged_by_its_line_alone(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / "unmet.jsonl"
    leave_unmet(path, TYPED, language="en")
    path.write_text(path.read_text(encoding="utf-8") + f'{{"text": "{TYPED}"}}\n{TYPED}\n', encoding="utf-8")
    assert [need.text for need in read_unmet(path)] == [TYPED]
    said = f"{path}: 2 lines are no needs, the first: 2, 3"
    assert logged(caplog) == [("search.curation.left_lines", "WARNING", said)]


@pytest.mark.parametrize("text", [TYPED, f"{TYPED} trust", f'"{TYPED}" garden', TYPED * LONGEST_QUERY])
def test_what_a_person_typed_is_never_logged(
    text: str, tmp_path: Path, abstaining_searcher: Searcher, caplog: pytest.LogCaptureFixture
) -> None:
    with suppress(QueryError):
        abstaining_searcher.search(text)
    with suppress(QueryError):
        abstaining_searcher.situate(text)
    with suppress(QueryError):
        abstaining_searcher.search("trust", kinds={text})
    with suppress(QueryError):
        leave_unmet(tmp_path / "unmet.jsonl", text, language=None)
    assert TYPED not in caplog.text
