"""The tree of errors: what a copy keeps, which is what passes from a worker to who waits for it."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Iterator
from pathlib import Path

import pytest

from search.errors import (
    BackupError,
    BusyError,
    CorpusError,
    EmptyQueryError,
    ExtraMissingError,
    IndexBusyError,
    IndexDamagedError,
    IndexFormatError,
    IndexMismatchError,
    IndexMissingError,
    IndexWriteError,
    ModelMissingError,
    NeedsFullError,
    PasserelleError,
    Problem,
    QueryError,
    QueryTooLongError,
    SavedSheetError,
    SearchIndexError,
    SettingsError,
    StoreError,
    UnknownConcernError,
    UnknownEntryError,
    UnknownFilterError,
    UnknownPlaceError,
)

HERE = Path("there")

ERRORS: tuple[PasserelleError, ...] = (
    PasserelleError("Something else."),
    CorpusError([Problem("cases/one.yaml", 3, "no title", kind="missing", column="title")]),
    QueryError("It cannot be searched."),
    EmptyQueryError(),
    QueryTooLongError(5_000, 6_000),
    BusyError(3),
    UnknownFilterError("kinds", ["zzz"], ["case"]),
    UnknownConcernError(["a roof"], ["money"]),
    UnknownPlaceError(["Atlantis"], []),
    UnknownEntryError("nowhere"),
    SearchIndexError(HERE, "It cannot be used."),
    IndexMissingError(HERE),
    IndexMismatchError(HERE, "one", "another"),
    IndexDamagedError(HERE, "terms.npy is missing", [["mine.xlsx"]]),
    IndexFormatError(HERE, "it has format 9", [["mine.xlsx"]]),
    IndexBusyError(HERE, "process 7"),
    IndexWriteError(HERE, "no room"),
    StoreError("postgresql://me:secret@host/library", "no answer of me:secret@host", may_pass=True),
    ModelMissingError("mine", "no file"),
    NeedsFullError(500, "opinions"),
    SavedSheetError("too_many", found=2_000, expected=1_000),
    BackupError(HERE, "changed", "current"),
    SettingsError(HERE, "color", "blue"),
    ExtraMissingError("pdf", "fpdf"),
)
"""One of every class of the tree."""


def classes(base: type[PasserelleError]) -> Iterator[type[PasserelleError]]:
    """Give a class of the library and all that come from it."""
    yield base
    for one in base.__subclasses__():
        yield from classes(one) if one.__module__.startswith("search.") else ()


def test_there_is_one_of_every_class_of_the_tree_here() -> None:
    assert {type(one) for one in ERRORS} == set(classes(PasserelleError))


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: type(error).__name__)
def test_an_error_of_a_worker_reaches_who_waits_with_its_message_and_its_fields(error: PasserelleError) -> None:
    for made in (pickle.loads(pickle.dumps(error)), copy.copy(error), copy.deepcopy(error)):  # noqa: S301
        assert type(made) is type(error)
        assert (str(made), made.args, vars(made)) == (str(error), error.args, vars(error))


def test_an_error_of_a_caller_s_own_keeps_what_it_was_made_with() -> None:
    again = copy.copy(OwnError("x", 3))
    assert (str(again), again.count) == ("x: 3", 3)


class OwnError(PasserelleError):
    """One that somebody adds to the tree."""

    def __init__(self, name: str, count: int) -> None:
        self.count = count
        super().__init__(f"{name}: {count}")


def test_what_makes_an_index_names_its_folder_unless_it_is_the_usual_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PASSERELLE_INDEX", "/usual")
    assert str(IndexMissingError(Path("/usual"))).endswith("Make it with: passerelle build")
    assert str(IndexMissingError(Path("/my place"))).endswith("Make it with: passerelle build --output '/my place'")
    for kind in (IndexDamagedError, IndexFormatError):
        assert str(kind(Path("/usual"), "x")).endswith("Make it again: passerelle build")
        assert str(kind(Path("/mine"), "x")).endswith("Make it again: passerelle build --output /mine")
        made = str(kind(Path("/usual"), "x", [["mine.xlsx"]]))
        assert made.endswith("Make it again: passerelle build --corpus mine.xlsx --output /usual")


def test_a_filter_the_library_has_not_is_told_in_a_whole_sentence() -> None:
    assert str(UnknownFilterError("facets", ["Commune"], [])) == (
        "facets: Commune is not known; this library has none."
    )
    assert str(UnknownFilterError("Commune", [""], ["Namur"])) == "Commune: '' is not one of Namur."
