"""The public names, and that the library keeps to itself."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import search
import search.errors
from search.learning.situation_model import FEWEST_EXAMPLES
from tests.fakes import CountingEncoder, write_training_queries

ROOT = Path(__file__).resolve().parent.parent

ERRORS = {
    "BackupError",
    "NeedsFullError",
    "BusyError",
    "StoreError",
    "CorpusError",
    "EmptyQueryError",
    "ExtraMissingError",
    "IndexDamagedError",
    "IndexFormatError",
    "IndexBusyError",
    "IndexWriteError",
    "IndexMismatchError",
    "IndexMissingError",
    "ModelMissingError",
    "PasserelleError",
    "QueryError",
    "QueryTooLongError",
    "SavedSheetError",
    "SettingsError",
    "SearchIndexError",
    "UnknownConcernError",
    "UnknownEntryError",
    "UnknownFilterError",
    "UnknownPlaceError",
}
FUNCTIONS = {
    "follow",
    "publish",
    "build",
    "count_corpus",
    "default_corpus",
    "default_index",
    "answer_document",
    "default_unmet",
    "entry_document",
    "evaluate",
    "is_current",
    "load",
    "make_sheet",
    "read_corpus",
    "read_glossary",
    "read_judged_queries",
    "read_library",
    "read_manifest",
    "read_saved",
    "situate",
    "to_csv",
    "to_docx",
    "to_html",
    "to_markdown",
    "to_pdf",
    "write_saved",
}
DATA = {
    "AdmissionQueue",
    "Database",
    "Document",
    "PageAddress",
    "Published",
    "INDEX_TYPES",
    "LANGUAGES",
    "Calibration",
    "CorpusCounts",
    "Encoder",
    "Entry",
    "Glossary",
    "GlossaryWord",
    "Hit",
    "Index",
    "JudgedQuery",
    "Library",
    "LiveSearcher",
    "Manifest",
    "Passage",
    "Problem",
    "Reading",
    "Report",
    "AnsweredConcern",
    "AskedPlace",
    "Results",
    "Searcher",
    "SavedSheet",
    "SentenceEncoder",
    "Sheet",
    "Situation",
    "Source",
    "Vocabulary",
    "WordInText",
}


def test_the_exported_names_are_the_intended_ones() -> None:
    assert set(search.__all__) == ERRORS | FUNCTIONS | DATA
    assert len(search.__all__) == len(set(search.__all__))


@pytest.mark.parametrize("name", sorted(ERRORS | FUNCTIONS | DATA))
def test_every_exported_name_is_there_and_documented(name: str) -> None:
    value = getattr(search, name)
    if name not in {"INDEX_TYPES", "LANGUAGES"}:
        assert value.__doc__
        assert not value.__doc__.startswith(f"{name}(")  # what a dataclass writes when nobody did


def test_every_error_of_the_library_is_exported_and_in_the_tree_at_the_top() -> None:
    errors = {
        name
        for name, value in vars(search.errors).items()
        if isinstance(value, type) and issubclass(value, search.PasserelleError)
    }
    assert errors == ERRORS
    assert set(re.findall(r"\w+Error", str(search.errors.__doc__))) == ERRORS


@pytest.mark.parametrize(
    ("error", "parent"),
    [
        ("CorpusError", "PasserelleError"),
        ("QueryError", "PasserelleError"),
        ("EmptyQueryError", "QueryError"),
        ("QueryTooLongError", "QueryError"),
        ("UnknownFilterError", "QueryError"),
        ("UnknownPlaceError", "QueryError"),
        ("UnknownEntryError", "QueryError"),
        ("SearchIndexError", "PasserelleError"),
        ("IndexMissingError", "SearchIndexError"),
        ("IndexMismatchError", "SearchIndexError"),
        ("IndexDamagedError", "SearchIndexError"),
        ("IndexFormatError", "IndexDamagedError"),
        ("IndexBusyError", "SearchIndexError"),
        ("IndexWriteError", "SearchIndexError"),
        ("ModelMissingError", "PasserelleError"),
    ],
)
def test_errors_stand_in_the_tree_as_drawn(error: str, parent: str) -> None:
    assert getattr(search, error).__base__ is getattr(search, parent)


def test_the_example_of_the_api_runs(corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PASSERELLE_INDEX", str(tmp_path / "index"))
    monkeypatch.setattr(sys.modules["search.api"], "SentenceEncoder", lambda *_, **__: CountingEncoder())
    path = tmp_path / "judged.jsonl"
    row = {"id": "a", "category": "short", "voice": "other", "fr": "confiance", "en": "trust"}
    path.write_text(json.dumps(row | {"judgements": {"commitment-charter": 3}}), encoding="utf-8")
    search.build(corpus, encoder=CountingEncoder())

    searcher = search.load()
    results = searcher.search("La commune écoute mais la confiance n’avance pas", k=5)
    assert results.language == "fr"
    shown = [
        (hit.rank, hit.strength, hit.entry.title("fr"), hit.passage.text, hit.entry.sources[0].url)
        for hit in results.hits
    ]
    assert len(shown) == 5
    assert shown[0] == (
        1,
        "",  # nobody has judged queries of this library
        "La charte d’engagement",
        "Une page signée par tous. Elle installe la confiance.",
        "https://herald.example/charter",
    )
    assert [hit.entry.id for hit in results.practices] == ["commitment-charter", "participatory-budget"]
    assert [hit.entry.id for hit in results.conditions] == ["trust-first"]
    # the barracks say nothing of trust, but show the charter: lifted from 0 to 0.6, above the garden network
    assert [hit.entry.id for hit in results.cases] == ["brussels-budget", "lille-barracks"]
    shared = searcher.search("shared use of an empty building", kinds={"case"}, phases={"launch"})
    assert [hit.entry.id for hit in shared.hits] == ["lille-barracks"]
    assert search.situate("trust", phases=["launch"]).phases == (search.Reading("launch", "", 1.0),)
    similar = searcher.similar("commitment-charter", k=5)
    assert [hit.entry.id for hit in similar.hits][:2] == ["brussels-budget", "trust-first"]
    report = search.evaluate(searcher, search.read_judged_queries(path), k=10)
    assert report.mean["recall@10"] == report.by_direction["fr->en"]["ndcg@10"] == 1.0


def test_importing_the_library_loads_nothing_heavy() -> None:
    heavy = {"torch", "sentence_transformers", "sklearn", "streamlit"}
    code = f"import search, sys; print(*sorted({heavy} & set(sys.modules)))"
    command = [sys.executable, "-c", code]
    run = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=True)  # noqa: S603
    assert run.stdout == "\n"


def test_a_path_may_be_given_as_a_string(corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    given, index = str(corpus), str(tmp_path / "index")
    table = tmp_path / "mine.csv"
    table.write_text("title,summary\nA shared garden,Neighbours look after it.\n", encoding="utf-8")
    encoder = CountingEncoder()
    monkeypatch.setattr("search.api.SentenceEncoder", lambda *_, **__: encoder)
    assert search.read_library(given) == search.read_library(corpus)
    assert search.count_corpus(str(table)).entries == len(search.read_corpus(str(table)).entries) == 1
    assert search.read_glossary(given) == search.read_glossary(corpus)
    assert search.build([given, str(table)], index, encoder=encoder).parent == Path(index)
    assert search.is_current((given, str(table)), index, encoder)
    assert not search.is_current(given, index, encoder)
    assert search.read_manifest(index).names == ("corpus", "mine")
    opened = [
        search.load(index),
        *(live.searcher for live in (search.follow(index), search.LiveSearcher(index, encoder))),
    ]
    found = [[hit.entry.id for hit in one.search("jardin").hits] for one in opened]
    assert found[0]
    assert found == [found[0]] * 3


@pytest.mark.parametrize("read", [search.read_library, search.read_corpus, search.count_corpus])
def test_a_string_that_is_no_path_is_told_as_one(read: Callable[[str], object]) -> None:
    with pytest.raises(search.CorpusError, match="nowhere"):
        read("nowhere")


def test_where_a_situation_stands_is_read_from_the_index_that_is_in_use_now(
    corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.modules["search.api"], "SentenceEncoder", lambda *_, **__: CountingEncoder())
    first, other = tmp_path / "first", tmp_path / "other"
    search.build(corpus, first, encoder=CountingEncoder())
    monkeypatch.setenv("PASSERELLE_INDEX", str(first))
    assert search.situate("We lack trust") == search.Situation()  # nothing says which phase a situation is in
    rows = [
        {"entries": [], "fr": "confiance", "en": "trust", "phases": ["launch"], "conditions": []},
        {"entries": [], "fr": "argent", "en": "money", "phases": [], "conditions": ["gather-resources"]},
    ]
    write_training_queries(corpus, *rows * FEWEST_EXAMPLES)
    search.build(corpus, first, encoder=CountingEncoder())
    assert [one.key for one in search.situate("We lack trust").phases] == ["launch"]  # built again
    (corpus / "training" / "x.jsonl").unlink()
    search.build(corpus, other, encoder=CountingEncoder())
    monkeypatch.setenv("PASSERELLE_INDEX", str(other))
    assert search.situate("We lack trust") == search.Situation()  # of another place


def test_importing_the_library_leaves_the_environment_as_it_is() -> None:
    code = "import os; before = dict(os.environ); import search; assert dict(os.environ) == before"
    subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT)  # noqa: S603
