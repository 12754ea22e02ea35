"""What is plainly meant is taken; what cannot be is refused in a sentence, before anything is made."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

import search
from search.building.builder import build, corpora_of
from search.entries import Vocabulary
from search.errors import CorpusError, UnknownFilterError
from search.library.judged_queries import read_judged_queries
from search.locations import default_corpus
from search.output.papers import answer_document, entry_document
from search.output.saved_sheet import SavedSheet, write_saved
from search.output.sheet import make_sheet
from search.retrieval.filters import in_use
from search.retrieval.searcher import Searcher
from tests.fakes import CountingEncoder, tiny_searcher


@pytest.fixture
def tiny(tmp_path: Path) -> Searcher:
    return tiny_searcher(tmp_path / "tiny")


def test_a_number_of_hits_may_be_one_of_numpy(tiny: Searcher) -> None:
    assert len(tiny.search("garden", k=np.int64(3))) == len(tiny.search("garden", k=3))  # type: ignore[arg-type]
    for wrong in (True, 0, 2.0, np.float64(2), "3", None):
        with pytest.raises(ValueError, match="k must be a whole number"):
            tiny.search("garden", k=wrong)  # type: ignore[arg-type]


def test_hits_are_taken_from_results_as_from_a_list(tiny: Searcher) -> None:
    shown = tiny.similar(tiny.entries[0].id, k=3)
    assert len(shown) > 1
    assert (shown[0], shown[-1], shown[:2]) == (shown.hits[0], shown.hits[-1], shown.hits[:2])
    with pytest.raises(IndexError):
        shown[len(shown)]


def test_years_may_be_numbers() -> None:
    vocabulary = Vocabulary(
        {"last_known": {year: {"fr": year, "en": year} for year in ("2020", "2021", "2022", "2023")}}
    )
    assert in_use({"last_known": [2023]}, vocabulary) == {"last_known": ("2023",)}
    assert in_use({"last_known": range(2020, 2022)}, vocabulary) == {"last_known": ("2020", "2021")}
    assert in_use({"last_known": np.int64(2022), "known_since": np.int64(2021)}, vocabulary)["last_known"] == ("2022",)
    with pytest.raises(UnknownFilterError, match="2019 is not one of 2020"):
        in_use({"last_known": [2019]}, vocabulary)


def test_results_hits_and_entries_are_taken_and_ids_are_told(tiny: Searcher) -> None:
    results, vocabulary = tiny.search("garden", k=2), tiny.vocabulary
    ids = [hit.entry.id for hit in results]
    sheet = make_sheet("T", results, vocabulary, language="en", by_phase=False)
    assert [item.entry.id for item in sheet.items] == ids
    assert entry_document(results.hits[0], vocabulary, language="en").title == results.hits[0].entry.title("en")
    wrong: list[Any] = [
        lambda: make_sheet("T", ["trust-first"], vocabulary, language="en"),  # type: ignore[list-item]
        lambda: entry_document("trust-first", vocabulary, language="en"),  # type: ignore[arg-type]
    ]
    for call in wrong:
        with pytest.raises(ValueError, match="an entry or a hit is wanted"):
            call()
    with pytest.raises(ValueError, match="the results of a search are wanted"):
        answer_document(None, vocabulary, language="en")  # type: ignore[arg-type]


def test_what_is_no_saved_sheet_is_told() -> None:
    for wrong in (None, SavedSheet(ids="abc")):  # type: ignore[arg-type]
        with pytest.raises(ValueError, match="a SavedSheet is wanted"):
            write_saved(wrong)  # type: ignore[arg-type]


def test_judged_queries_that_are_not_there_are_told_in_the_tree(tmp_path: Path) -> None:
    for path in (tmp_path / "none.jsonl", tmp_path):
        with pytest.raises(CorpusError, match="is not there"):
            read_judged_queries(path)


def test_an_index_type_that_is_none_is_told_before_anything_is_encoded(tmp_path: Path, corpus: Path) -> None:
    encoder = CountingEncoder()
    with pytest.raises(ValueError, match="index_type must be one of flat, fp16, ivf"):
        build(corpus, tmp_path / "index", encoder=encoder, index_type="zzz")
    assert (encoder.encoded, (tmp_path / "index").exists()) == ([], False)


def test_a_corpus_or_a_store_that_is_none_is_told(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="a corpus is the path"):
        build(5, tmp_path / "index", encoder=CountingEncoder())  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="store must be the address"):
        search.load(tmp_path / "index", store=5)  # type: ignore[arg-type]
    with pytest.raises(CorpusError, match="is not there"):
        search.load(tmp_path / "index", corpus=tmp_path / "missing")
    assert not (tmp_path / "index").exists()


def test_the_shipped_library_is_known_by_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert corpora_of("shipped") == (default_corpus(),)
