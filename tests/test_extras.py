"""What comes with an extra of the package, where that extra is not installed."""

from __future__ import annotations

import importlib.util
import os
import re
import sys
from collections.abc import Callable
from importlib.metadata import packages_distributions, requires
from pathlib import Path

import pytest

from search.building.publish_postgres import writing
from search.errors import ExtraMissingError, needs_extra
from search.index.postgres import Database
from search.library.tables.reading import read_table
from search.output.pdf import can_write_pdf, to_pdf
from search.output.sheet import Sheet, make_sheet
from search.retrieval.searcher import Searcher

URL = "postgresql://nowhere/none"


@pytest.fixture
def sheet(searcher: Searcher) -> Sheet:
    return make_sheet("Meeting", [searcher.entry("lille-barracks")], searcher.vocabulary, language="en")


@pytest.fixture
def without(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Pretend that a package is not installed."""
    return lambda package: monkeypatch.setitem(sys.modules, package, None)


def test_a_workbook_needs_the_extra_xlsx(without: Callable[[str], None], tmp_path: Path) -> None:
    (tmp_path / "mine.xlsx").write_bytes(b"PK")
    without("openpyxl")
    with pytest.raises(ExtraMissingError) as caught:
        read_table(tmp_path / "mine.xlsx")
    assert (caught.value.extra, caught.value.found) == ("xlsx", "openpyxl")
    assert str(caught.value) == (
        "This needs a package that is not installed (openpyxl). Install it with: pip install 'passerelle[xlsx]'"
    )


@pytest.mark.parametrize("package", ["fpdf", "font_source_sans_pro", "pymupdf_fonts", "uharfbuzz", "emoji"])
def test_a_pdf_needs_the_extra_pdf(without: Callable[[str], None], sheet: Sheet, package: str) -> None:
    assert can_write_pdf()
    without(package)
    assert not can_write_pdf()
    with pytest.raises(ExtraMissingError) as caught:
        to_pdf(sheet)
    assert (caught.value.extra, caught.value.found) == ("pdf", package)


@pytest.mark.parametrize("package", ["psycopg", "psycopg_pool"])
def test_a_database_needs_the_extra_postgres(without: Callable[[str], None], tmp_path: Path, package: str) -> None:
    without(package)
    with pytest.raises(ExtraMissingError) as caught:
        Database(URL, tmp_path)
    assert (caught.value.extra, caught.value.found) == ("postgres", package)


def test_publishing_needs_the_extra_postgres_as_a_whole(without: Callable[[str], None]) -> None:
    pytest.importorskip("psycopg", reason="the extra 'postgres' is not installed")
    without("pgvector")
    without("pgvector.psycopg")
    with pytest.raises(ExtraMissingError) as caught, writing(URL, 4):
        pass
    assert (caught.value.extra, caught.value.found) == ("postgres", "pgvector")


def test_a_package_that_is_there_and_cannot_be_imported_is_told_with_its_own_words() -> None:
    with pytest.raises(ExtraMissingError) as caught, needs_extra("postgres"):
        raise ImportError("no pq wrapper available.\nAttempts made: three")
    assert caught.value.found == "no pq wrapper available"


# ---- Tests that need an extra --------------------------------------------------------------------------------


def skipped_without() -> set[str]:
    """Return the packages without which tests are skipped, but those that come with Python."""
    written = "".join(path.read_text(encoding="utf-8") for path in Path(__file__).parent.glob("*.py"))
    return set(re.findall(r'importorskip\(\s*"(\w+)', written)) - {"tomllib"}


def test_what_tests_are_skipped_without_comes_with_the_extra_dev() -> None:
    named = {re.split(r"[\[<>=;! ]", line)[0].lower().replace("_", "-") for line in requires("passerelle") or ()}
    made_by = packages_distributions()
    for package in skipped_without() & set(made_by):
        assert {name.lower().replace("_", "-") for name in made_by[package]} & named, package


@pytest.mark.skipif(not os.environ.get("CI"), reason="elsewhere who tests decides what is installed")
def test_nothing_is_skipped_for_want_of_a_package_where_every_commit_is_tested() -> None:
    assert {package for package in skipped_without() if not importlib.util.find_spec(package)} == set()
