"""What is true of a source (self-published, a party's): read, told when it is no truth, exported, on sheet and page."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from search.entries import Source
from search.errors import CorpusError
from search.library.export import export_library, traits_of
from search.library.reader import read_library
from search.library.tables.reading import read_table
from search.output.markdown import to_markdown
from search.output.sheet import make_sheet
from tests.fakes import replace_text, write_corpus

GAZETTE = '  url: "https://gazette.example/budget"\n'


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """The Gazette is a party's own paper; the Herald is neither self-published nor a party's."""
    corpus = write_corpus(tmp_path / "corpus")
    replace_text(corpus / "sources.yaml", GAZETTE, f"{GAZETTE}  self_published: true\n  party: true\n")
    return corpus


def source(corpus: Path, key: str) -> Source:
    return next(one for entry in read_library(corpus).entries for one in entry.sources if one.key == key)


def test_a_source_is_self_published_or_a_partys_only_where_that_is_said(corpus: Path) -> None:
    gazette, herald = source(corpus, "gazette-1"), source(corpus, "herald-1")
    assert (gazette.self_published, gazette.party) == (True, True)
    assert (herald.self_published, herald.party) == (False, False)
    assert (traits_of(gazette), traits_of(herald)) == ("self_published party", "")


@pytest.mark.parametrize("value", ["perhaps", "1", '"true"', "[]"])
def test_what_is_no_truth_is_told_with_its_line(corpus: Path, value: str) -> None:
    replace_text(corpus / "sources.yaml", "  party: true\n", f"  party: {value}\n")
    with pytest.raises(CorpusError) as caught:
        read_library(corpus)
    assert [str(one) for one in caught.value.problems] == [
        "sources.yaml:6 'gazette-1': party must be true or not be there"
    ]


def test_false_is_the_same_as_not_said(corpus: Path) -> None:
    replace_text(corpus / "sources.yaml", "  party: true\n", "  party: false\n")
    assert not source(corpus, "gazette-1").party


@pytest.mark.parametrize("name", ["passerelle.jsonl", "passerelle.csv"])
def test_an_export_says_it_beside_each_source_and_is_read_back(corpus: Path, tmp_path: Path, name: str) -> None:
    replace_text(corpus / "cases/lille-barracks.yaml", "sources: [gazette-1]", "sources: [gazette-1, herald-1]")
    library = read_library(corpus)
    export_library(library, tmp_path / "out")
    rows = map(json.loads, (tmp_path / "out/passerelle.jsonl").read_text(encoding="utf-8").splitlines())
    traits = {row["id"]: row["source_traits"] for row in rows}
    assert traits["lille-barracks"] == ["self_published party", None]
    assert traits["commitment-charter"] == []
    assert read_table(tmp_path / "out" / name).entries == library.entries


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("fr", "lu en novembre 2026, auto-publié, parti politique"),
        ("en", "read in November 2026, self-published, political party"),
    ],
)
def test_a_sheet_says_it_beside_the_source(corpus: Path, language: str, said: str) -> None:
    library = read_library(corpus)
    entry = next(one for one in library.entries if one.id == "brussels-budget")
    made = make_sheet("", [entry], library.vocabulary, language=language)
    assert f"- La Gazette, Le budget de Bruxelles, {said}, <https://gazette.example/budget>" in to_markdown(made)
