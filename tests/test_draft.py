"""A new entry from a form: a valid file, or everything that is missing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from search.curation.draft import by_place, draft, file_of, id_from, known_sources, make_draft, next_key
from search.entries import Source
from search.errors import CorpusError
from search.library.problems import saying
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
        lat=None, lon=None, outcome="succeeded", last_known="2026",
    )  # fmt: skip
    assert "place: Lille" in text
    assert "start: '2024'" in text
    assert "last_known: '2026'" in text


@pytest.mark.parametrize("name", ["!", "../secrets", "pool.yaml"])
def test_what_is_no_id_is_refused(library: Library, name: str) -> None:
    with pytest.raises(CorpusError, match="is not an id"):
        make(library, name=name)


@pytest.mark.parametrize(
    ("typed", "name"), [("Liège : jardin d’été", "liege-jardin-d-ete"), ("Tilburg — water plan", "tilburg-water-plan")]
)
def test_a_title_with_its_marks_names_an_entry(typed: str, name: str) -> None:
    assert id_from(typed) == name


def test_an_id_that_is_taken_is_refused(library: Library) -> None:
    with pytest.raises(CorpusError, match="is there already"):
        make(library, name="commitment-charter")


def test_everything_that_is_missing_is_listed(library: Library) -> None:
    with pytest.raises(CorpusError) as caught:
        make(library, texts={"en": TEXTS | {"summary": "", "obstacles": " \n"}}, sources=[])
    told = " ".join(problem.message for problem in caught.value.problems)
    for missing in ("summary is empty", "obstacles is empty", "at least one is needed"):
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


# ---- Not ready yet -------------------------------------------------------------------------------------------

NEW = Source("courier-1", "The Courier", "Who keeps the “pool”?", "https://courier.example/pool?a=1", "2026-11")


def made_of(library: Library, **changes: Any) -> Any:
    options: dict[str, Any] = {"kind": "practice", "name": "neighbours-run-the-pool", "texts": {"en": TEXTS, "fr": {}}}
    options |= {"phases": ["launch"], "conditions": ["commit-formally"], "actors": ["citizens"], "sources": []}
    return make_draft(library, **(options | changes))


def test_an_empty_form_has_everything_to_mend_at_once_each_at_its_place(library: Library) -> None:
    made = made_of(library, name="", texts={"fr": {}, "en": {}}, phases=[], conditions=[], actors=[])
    assert set(by_place(made.problems)) == {"id", "sources", "fr"}
    assert made.entry is None
    assert made.file == "practices/new-entry.yaml"


def test_what_is_missing_and_how_the_rest_is_written_are_told_together_in_french(library: Library) -> None:
    texts = {"fr": {"title": "La piscine", "summary": "L'eau est froide.", "obstacles": "Une clé.\nDeux clés."}}
    made = made_of(library, name="ma/piscine", texts=texts, sources=["herald-1"])
    said = {place: [saying(one, "fr") for one in found] for place, found in by_place(made.problems).items()}
    assert said["id"] == [
        "id 'ma/piscine' n’en est pas un : des mots en minuscules reliés par des traits d’union, comme my-town-pool"
    ]
    assert said["fr.description"] == ["fr.description est vide : écrivez-le"]
    assert "fr.summary" not in said  # its apostrophe is put right
    assert said["fr"][0] == "fr a 7 mots ; il en faut 120–350"  # L'eau est froide. Une clé. Deux clés.
    assert made.entry.title("fr") == "La piscine"


def test_a_new_source_joins_the_entry_and_gives_its_lines(library: Library, corpus: Path) -> None:
    made = made_of(library, new_sources=[NEW])
    assert made.problems == ()
    assert made.sources == (
        'courier-1:\n  publisher: "The Courier"\n  title: "Who keeps the “pool”?"\n'
        '  url: "https://courier.example/pool?a=1"\n  read: "2026-11"\n'
    )
    with (corpus / "sources.yaml").open("a", encoding="utf-8") as file:
        file.write(made.sources)
    (corpus / made.file).write_text(made.text, encoding="utf-8")
    entry = next(one for one in read_library(corpus).entries if one.id == "neighbours-run-the-pool")
    assert entry.sources == (NEW,)


def test_what_is_wrong_with_a_new_source_is_told_at_its_parts(library: Library) -> None:
    wrong = Source("source-1", "", "A title", "no address", "November")
    found = by_place(made_of(library, new_sources=[NEW, wrong]).problems)
    assert set(found) == {"source 2 publisher", "source 2 url", "source 2 read"}


@pytest.mark.parametrize(
    ("publisher", "key"),
    [("The Herald", "the-herald-1"), ("Hérald", "herald-3"), ("L’Écho, 24 h", "l-echo-24-h-1"), ("!", "source-1")],
)
def test_a_source_is_named_after_its_publisher_with_the_first_free_number(publisher: str, key: str) -> None:
    assert next_key(publisher, {"herald-1", "herald-2", "herald-4"}) == key


def test_the_sources_of_a_library_are_those_of_its_file_cited_or_not(library: Library, corpus: Path) -> None:
    with (corpus / "sources.yaml").open("a", encoding="utf-8") as file:
        file.write('unused-1: {publisher: "P", title: "T", url: "https://p.example", read: "2026-11"}\n')
    assert {"herald-1", "unused-1"} <= set(known_sources(library))


def test_what_people_type_is_written_as_entries_have_it(library: Library) -> None:
    source = Source("gazette-1", "Gazette", "A title", "www.gazette.example/benches", "11/2026")
    texts = {"fr": {"title": "L'été : des bancs", "summary": "Qui rentre « les bancs » ?"}}
    facts = {"place": "Namur", "country": None, "end": None, "outcome": "unknown", "lat": None, "lon": None}
    made = make_draft(
        library,
        kind="case",
        name="Namur, bancs prêtés",
        texts=texts,
        new_sources=[source],
        start="juin 2025",
        last_known="octobre 2025",
        **facts,
    )
    assert (made.name, made.file) == ("namur-bancs-pretes", "cases/namur-bancs-pretes.yaml")
    assert "start: 2025-06\n" in made.text and "last_known: 2025-10\n" in made.text
    assert 'url: "https://www.gazette.example/benches"\n  read: "2026-11"' in made.sources
    assert made.entry is not None
    assert made.entry.title("fr") == "L’été\u00a0: des bancs"
    assert made.entry.summary("fr") == "Qui rentre «\u00a0les bancs\u00a0»\u00a0?"


def test_a_form_says_what_to_do_without_an_id_or_a_source(library: Library) -> None:
    said = {one.kind for one in made_of(library, name=" ", sources=[]).problems}
    assert {"draft_no_id", "draft_no_source"} <= said
