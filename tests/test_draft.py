"""A new entry from a form: a valid file, or everything that is missing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from search.curation.draft import draft, file_of
from search.errors import CorpusError
from search.library.reader import Library, read_library

LONG = (
    "Neighbours keep the pool with the town. They open it in the morning and the town pays for the water. "
    "A list on the wall says who comes when. "
) * 5
TEXTS = {
    "title": "A pool kept by its neighbours",
    "summary": "Neighbours keep the pool and the town pays for the water.",
    "description": "No case of the library shows this yet. " + LONG,
    "first_steps": "Ask who swims.\n\nMeet the town.",
    "for_citizens": "Give two mornings a month.",
    "for_authorities": "Pay for the water.",
    "obstacles": "Nobody has the keys.\nThe water is cold.",
}


@pytest.fixture
def library(corpus: Path) -> Library:
    return read_library(corpus)


def make(library: Library, **changes: Any) -> str:
    options: dict[str, Any] = {
        "kind": "practice",
        "name": "neighbours-run-the-pool",
        "texts": {"en": TEXTS, "fr": {}},
        "phases": ["launch"],
        "conditions": ["commit-formally"],
        "actors": ["citizens"],
        "sources": ["herald-1"],
    }
    return draft(library, **(options | changes))


def test_what_was_filled_in_becomes_a_file_the_library_reads(library: Library, corpus: Path) -> None:
    text = make(library)
    (corpus / file_of("practice", "neighbours-run-the-pool")).write_text(text, encoding="utf-8")
    entry = next(one for one in read_library(corpus).entries if one.id == "neighbours-run-the-pool")
    assert entry.languages == ("en",)
    assert entry.text("first_steps", "en") == ("Ask who swims.", "Meet the town.")
    assert entry.phases == {"launch": "inferred"}
    assert [source.key for source in entry.sources] == ["herald-1"]


def test_a_case_has_its_place_and_dates(library: Library) -> None:
    texts = {"en": dict.fromkeys(("context", "what_happened"), LONG)}
    texts["en"] |= {"title": "The pool", "summary": "A pool.", "results": "It is open.", "limits": "It is cold."}
    text = make(
        library, kind="case", name="the-pool", texts=texts, place="Lille", country="france", start="2024", end=None,
        lat=None, lon=None, outcome="succeeded",
    )  # fmt: skip
    assert "place: Lille" in text
    assert "start: '2024'" in text


@pytest.mark.parametrize("name", ["", "My Pool", "../secrets", "pool.yaml"])
def test_what_is_no_id_is_refused(library: Library, name: str) -> None:
    with pytest.raises(CorpusError, match="is not an id"):
        make(library, name=name)


def test_an_id_that_is_taken_is_refused(library: Library) -> None:
    with pytest.raises(CorpusError, match="is there already"):
        make(library, name="commitment-charter")


def test_everything_that_is_missing_is_listed(library: Library) -> None:
    with pytest.raises(CorpusError) as caught:
        make(library, texts={"en": TEXTS | {"summary": "", "obstacles": " \n"}}, sources=[])
    told = " ".join(problem.message for problem in caught.value.problems)
    for missing in ("summary is empty", "obstacles is empty", "needs at least one source"):
        assert missing in told


def test_what_the_check_finds_is_listed_too(library: Library) -> None:
    with pytest.raises(CorpusError, match="words"):
        make(library, texts={"en": TEXTS | {"description": "No case shows it."}})


def test_text_that_looks_like_yaml_stays_text(library: Library, corpus: Path) -> None:
    hostile = "!!python/object/apply:os.system ['x'] # & * - {a: b}"
    text = make(library, texts={"en": TEXTS | {"title": hostile}})
    (corpus / "practices/neighbours-run-the-pool.yaml").write_text(text, encoding="utf-8")
    entry = next(one for one in read_library(corpus).entries if one.id == "neighbours-run-the-pool")
    assert entry.title("en") == hostile
