"""Fixtures several files use."""

from __future__ import annotations

from pathlib import Path

import pytest

from search.searcher import Searcher
from tests.fakes import CALIBRATION, tiny_searcher, write_corpus


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """A copy of the tiny corpus that a test may change."""
    return write_corpus(tmp_path / "corpus")


@pytest.fixture(scope="session")
def searcher(tmp_path_factory: pytest.TempPathFactory) -> Searcher:
    """Over the tiny corpus, never silent."""
    return tiny_searcher(tmp_path_factory.mktemp("searcher"))


@pytest.fixture(scope="session")
def silent_searcher(tmp_path_factory: pytest.TempPathFactory) -> Searcher:
    """Over the tiny corpus, silent below a best cosine of 0.5."""
    return tiny_searcher(tmp_path_factory.mktemp("silent"), CALIBRATION)
