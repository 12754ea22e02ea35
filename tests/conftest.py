"""Fixtures several files use."""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from importlib.metadata import version
from pathlib import Path

import pytest

from search import cli
from search.building.builder import build, is_current
from search.encoding.encoder import SentenceEncoder
from search.library.training_queries import TrainingQuery, read_training_queries
from search.locations import INDEX_VARIABLE, default_corpus
from search.retrieval.searcher import Searcher
from search.retrieval.signals import Links, Phrases, Related, TrainingQueries
from tests.fakes import (
    CALIBRATION,
    MEANING,
    TRAINING_QUERIES,
    WORDS,
    CountingEncoder,
    Main,
    tiny_index,
    tiny_searcher,
    write_corpus,
    write_training_queries,
)

pytest_plugins = ["tests.page_fixtures"]

OLD_TEST_TOOL = tuple(map(int, version("streamlit").split(".")[:2])) < (1, 66)
"""Streamlit 1.65, the last for Python 3.10: its test tool knows no component."""


def pytest_configure() -> None:
    """Have the commands speak English whatever this computer speaks: a test that asks for French says so."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANGUAGE"):
        os.environ.pop(name, None)
    os.environ["LANG"] = "C.UTF-8"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Say of the tests of the page that they are skipped, and why, where they cannot be run."""
    why = f"the test tool of Streamlit {version('streamlit')} knows no component; test_serving.py asks the page itself"
    for item in items if OLD_TEST_TOOL else ():
        if item.path.name.startswith("test_page"):
            item.add_marker(pytest.mark.skip(reason=why))


@pytest.fixture(scope="session", autouse=True)
def _without_waiting_for_the_disk() -> Iterator[None]:
    """What a test writes need not outlive a power cut: nothing waits until the disk has it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", lambda _: None)
        yield


LENT = 20
"""Shipped queries out of scope that a library without judged queries is measured on: all take a second a build."""


@cache
def _few_lent() -> tuple[TrainingQuery, ...]:
    return tuple(query for query in read_training_queries(default_corpus()) if not query.entries)[:LENT]


@pytest.fixture(autouse=True)
def _few_queries_are_lent(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """A library without judged queries is measured on a few of the shipped ones; on all in tests marked so."""
    if any(map(request.node.get_closest_marker, ("model", "all_lent"))):
        return
    shipped = default_corpus()

    def lent(corpus: Path, *, files: str) -> tuple[TrainingQuery, ...]:
        return _few_lent() if corpus == shipped else read_training_queries(corpus, files=files)

    monkeypatch.setattr("search.building.carry_over.read_training_queries", lent)


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """A copy of the tiny corpus that a test may change."""
    return write_corpus(tmp_path / "corpus")


@pytest.fixture(scope="session")
def searcher(tmp_path_factory: pytest.TempPathFactory) -> Searcher:
    """Over the tiny corpus; it never abstains."""
    return tiny_searcher(tmp_path_factory.mktemp("searcher"))


@pytest.fixture
def main(monkeypatch: pytest.MonkeyPatch) -> Main:
    """Run a command in this process, with the counting encoder as the shipped one."""
    for room in ("building.command", "curation.command", "api", "cli"):
        module = import_module(f"search.{room}")
        monkeypatch.setattr(module, "SentenceEncoder", lambda *_, **__: CountingEncoder())
    return lambda *arguments: cli.main([str(argument) for argument in arguments])


@pytest.fixture(scope="session")
def abstaining_searcher(tmp_path_factory: pytest.TempPathFactory) -> Searcher:
    """Over the tiny corpus; it abstains below a best cosine of 0.5."""
    return tiny_searcher(tmp_path_factory.mktemp("abstaining"), CALIBRATION)


@pytest.fixture(scope="session")
def taught_searcher(tmp_path_factory: pytest.TempPathFactory) -> Searcher:
    """Over the tiny corpus with training queries that count 1.25: two that something answers, one that nothing does.

    The garden network's two texts, t and u, are at 1 and 0.7071 from "trust": alike by 1 and by the square of
    (0.7071 - 0.2) / 0.8, 0.4018, as they are to each other. Their weights solve 2 t + 0.4018 u = 1 and 0.4018 t + 2 u
    = 1: both are 0.4163, so that "trust" is answered by 0.4163 * 1 + 0.4163 * 0.4018 = 0.5836. No
    letters are common to three of the six texts.
    """
    folder = tmp_path_factory.mktemp("taught")
    corpus = write_corpus(folder / "corpus")
    write_training_queries(corpus, *TRAINING_QUERIES)
    signals = (MEANING, WORDS, TrainingQueries(1.25), Phrases(2.0))
    return Searcher(tiny_index(folder, corpus=corpus), CountingEncoder(), signals=signals)


@pytest.fixture(scope="session")
def linked_searcher(tmp_path_factory: pytest.TempPathFactory) -> Searcher:
    """Over the tiny corpus, each entry lifted half the way to the best it is linked to."""
    signals = (MEANING, WORDS, Links(0.5), Related(0.5), Phrases(2.0))
    return Searcher(tiny_index(tmp_path_factory.mktemp("linked")), CountingEncoder(), signals=signals)


@pytest.fixture(scope="session")
def real_index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The index of the shipped library with the shipped encoder, made once for all tests that need it."""
    given = os.environ.get(INDEX_VARIABLE)
    folder = Path(given) if given else tmp_path_factory.mktemp("real") / "index"
    if not is_current(default_corpus(), folder, encoder := SentenceEncoder()):
        build(output=folder, encoder=encoder)
    return folder
