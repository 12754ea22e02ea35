"""A sheet saved to a file and opened again, and what a browser keeps: checked, joined, never lost."""

from __future__ import annotations

import json
from typing import Any

import pytest

from search.errors import SavedSheetError
from search.output.kept_work import KeptWork, read_kept, write_kept
from search.output.saved_sheet import (
    LARGEST,
    MOST_ENTRIES,
    SavedSheet,
    adds_to,
    merged,
    read_saved,
    titles_of,
    write_saved,
)
from search.retrieval.searcher import Searcher

TITLES = {"the-pool": {"fr": "La piscine", "en": "The pool"}}
SHEET = SavedSheet("Notre « réunion »", ("the-pool", "the-garden"), {"the-pool": "Qui a\nles clés ? 😡"}, TITLES)
WRITTEN = {
    "passerelle-sheet": 1,
    "title": "Notre « réunion »",
    "entries": ["the-pool", "the-garden"],
    "notes": {"the-pool": "Qui a\nles clés ? 😡"},
    "titles": TITLES,
}


def test_a_file_holds_title_entries_notes_and_titles_with_the_number_of_its_format() -> None:
    assert json.loads(write_saved(SHEET)) == WRITTEN


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_what_was_saved_is_read_again_as_it_was(encoding: str) -> None:
    assert read_saved(write_saved(SHEET).encode(encoding)) == SHEET


def test_titles_of_entries_that_are_not_on_the_sheet_are_left_out() -> None:
    assert "The bakery" not in write_saved(SavedSheet(ids=("the-pool",), titles={"bakery": {"en": "The bakery"}}))


def test_a_file_without_notes_or_titles_is_a_sheet() -> None:
    assert read_saved('{"passerelle-sheet": 1, "entries": ["b", "a", "b"]}') == SavedSheet(ids=("b", "a"))


def changed(**parts: Any) -> str:
    return json.dumps({**WRITTEN, **parts})


WRONG = {
    "": "not_json",
    write_saved(SHEET)[:-20]: "not_json",
    "[" * 100_000: "not_json",
    "a;b;c": "not_json",
    "[1, 2]": "not_sheet",
    "{}": "not_sheet",
    '{"passerelle-sheet": true}': "not_sheet",
    '{"passerelle-sheet": "1"}': "not_sheet",
    changed(**{"passerelle-sheet": 2}): "newer",
    changed(entries="the-pool"): "field",
    changed(entries=["the-pool", 3]): "field",
    changed(entries=[""]): "field",
    changed(title=None): "field",
    changed(notes=["x"]): "field",
    changed(notes={"the-pool": 1}): "field",
    changed(titles={"the-pool": "The pool"}): "field",
    changed(entries=[str(n) for n in range(MOST_ENTRIES + 1)]): "too_many",
    " " * (LARGEST + 1): "too_large",
}


@pytest.mark.parametrize(("given", "kind"), WRONG.items(), ids=range(len(WRONG)))
def test_a_file_that_is_no_sheet_is_told_what_is_wrong_with_it(given: str, kind: str) -> None:
    with pytest.raises(SavedSheetError) as caught:
        read_saved(given)
    assert caught.value.kind == kind


def test_bytes_that_are_no_text_are_no_sheet() -> None:
    with pytest.raises(SavedSheetError, match="cannot be read"):
        read_saved(b"\xff\xfe\x00PK")


def test_the_part_that_was_changed_is_named() -> None:
    with pytest.raises(SavedSheetError, match="“notes” cannot be read"):
        read_saved(changed(notes=3))


def test_half_a_character_becomes_one_that_can_be_shown() -> None:
    assert read_saved(changed(title="a\ud800b")).title == "a?b"


def test_joining_two_sheets_loses_nothing_of_either() -> None:
    own = SavedSheet("Mine", ("a", "b"), {"a": "Ask Anne", "b": "Keep"})
    other = SavedSheet("Theirs", ("c", "a"), {"a": "Ask Omar", "b": "Keep", "c": "New"}, {"c": {"en": "C"}})
    assert merged(own, other) == SavedSheet(
        "Mine", ("a", "b", "c"), {"a": "Ask Anne\n\nAsk Omar", "b": "Keep", "c": "New"}, {"c": {"en": "C"}}
    )


def test_a_sheet_without_a_title_takes_that_of_the_other() -> None:
    assert merged(SavedSheet(" "), SavedSheet("Theirs")).title == "Theirs"


@pytest.mark.parametrize(
    ("other", "adds"),
    [
        (SavedSheet(ids=("b", "a")), False),
        (SavedSheet(ids=("a",), notes={"a": "Ask"}), False),
        (SavedSheet("Another title", ("a",)), False),
        (SavedSheet(ids=("c",)), True),
        (SavedSheet(ids=("a",), notes={"a": "Ask Omar"}), True),
    ],
)
def test_a_sheet_adds_to_ones_own_what_is_not_there(other: SavedSheet, adds: bool) -> None:
    assert adds_to(SavedSheet("Mine", ("a", "b"), {"a": "Ask Anne"}), other) is adds


def test_entries_are_called_by_their_titles_in_both_languages(searcher: Searcher) -> None:
    assert titles_of([searcher.entry("lille-barracks")]) == {
        "lille-barracks": {"fr": searcher.entry("lille-barracks").title("fr"), "en": "The Lille barracks"}
    }


# ---- What a browser keeps ------------------------------------------------------------------------------------

WORK = KeptWork(SHEET, SavedSheet(ids=("bakery",)), ("the-pool", "bakery"), "en", {"id": "x", "phases": ["launch"]})


def test_what_is_kept_is_read_again_as_it_was() -> None:
    assert read_kept(write_kept(WORK)) == WORK


def test_the_same_work_is_the_same_text_whatever_order_it_was_done_in() -> None:
    turned = KeptWork(SHEET, WORK.before, WORK.compared, "en", {"phases": ["launch"], "id": "x", "place": ""})
    assert write_kept(turned) == write_kept(WORK)
    assert write_kept(read_kept(write_kept(WORK))) == write_kept(WORK)


def test_nothing_kept_is_no_work() -> None:
    assert read_kept("") == KeptWork()
    assert not KeptWork().sheet


KEPT = json.loads(write_kept(WORK))


@pytest.mark.parametrize(
    "part",
    [{"format": 2}, {"sheet": None}, {"compared": {"a": 1}}, {"draft": {"id": 3}}, {"draft": {"phases": [1]}}],
    ids=str,
)
def test_what_was_kept_otherwise_or_damaged_is_told(part: dict[str, Any]) -> None:
    with pytest.raises(SavedSheetError):
        read_kept(json.dumps({**KEPT, **part}))


def test_a_language_that_is_not_one_of_the_two_is_none() -> None:
    assert read_kept(json.dumps({**KEPT, "language": "nl"})).language == ""


# ---- One bound for both sides --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sheet", "kind", "found"),
    [
        (SavedSheet(ids=tuple(map(str, range(MOST_ENTRIES + 1)))), "too_many", MOST_ENTRIES + 1),
        (SavedSheet(ids=("",)), "field", "entries"),
        (SavedSheet(title=3), "field", "title"),
    ],
)
def test_what_would_not_be_read_again_is_not_written(sheet: SavedSheet, kind: str, found: int | str) -> None:
    with pytest.raises(SavedSheetError) as caught:
        write_saved(sheet)
    assert (caught.value.kind, caught.value.found) == (kind, found)


def test_the_longest_sheet_that_is_written_is_read_from_its_file_whatever_its_accents() -> None:
    most = SavedSheet(ids=tuple(map(str, range(MOST_ENTRIES))))
    room = LARGEST - len(write_saved(most))
    full = SavedSheet("é" * room, most.ids)  # two bytes each
    assert read_saved(write_saved(full).encode()) == read_saved(write_saved(full)) == full
    with pytest.raises(SavedSheetError, match="too large"):
        write_saved(SavedSheet("é" * (room + 1), most.ids))


def test_a_text_that_begins_with_the_mark_of_utf_8_is_read() -> None:
    assert read_saved("\ufeff" + write_saved(SHEET)) == SHEET


@pytest.mark.parametrize("given", [None, 3, {}])
def test_what_is_no_text_is_no_saved_sheet(given: str) -> None:
    with pytest.raises(SavedSheetError, match="no saved sheet"):
        read_saved(given)
