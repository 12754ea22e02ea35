"""The tree of errors: what a copy keeps, which is what passes from a worker to who waits for it."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Iterator
from pathlib import Path

import pytest

import search

HERE = Path("there")

ERRORS: tuple[search.PasserelleError, ...] = (
    search.PasserelleError("Something else."),
    search.CorpusError([search.Problem("cases/one.yaml", 3, "no title", kind="missing", column="title")]),
    search.QueryError("It cannot be searched."),
    search.EmptyQueryError(),
    search.QueryTooLongError(5_000, 6_000),
    search.BusyError(3),
    search.UnknownFilterError("kinds", ["zzz"], ["case"]),
    search.UnknownConcernError(["a roof"], ["money"]),
    search.UnknownPlaceError(["Atlantis"], []),
    search.UnknownEntryError("nowhere"),
    search.SearchIndexError(HERE, "It cannot be used."),
    search.IndexMissingError(HERE),
    search.IndexMismatchError(HERE, "one", "another"),
    search.IndexDamagedError(HERE, "terms.npy is missing", [["mine.xlsx"]]),
    search.IndexFormatError(HERE, "it has format 9", [["mine.xlsx"]]),
    search.IndexBusyError(HERE, "process 7"),
    search.IndexWriteError(HERE, "no room"),
    search.StoreError("postgresql://me:secret@host/library", "no answer of me:secret@host", may_pass=True),
    search.ModelMissingError("mine", "no file"),
    search.NeedsFullError(500, "opinions"),
    search.SavedSheetError("too_many", found=2_000, expected=1_000),
    search.BackupError(HERE, "changed", "current"),
    search.SettingsError(HERE, "color", "blue"),
    search.ExtraMissingError("pdf", "fpdf"),
)
"""One of every class of the tree."""


def classes(base: type[search.PasserelleError]) -> Iterator[type[search.PasserelleError]]:
    """Give a class of the library and all that come from it."""
    yield base
    for one in base.__subclasses__():
        yield from classes(one) if one.__module__.startswith("search.") else ()


def test_there_is_one_of_every_class_of_the_tree_here() -> None:
    assert {type(one) for one in ERRORS} == set(classes(search.PasserelleError))


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: type(error).__name__)
def test_an_error_of_a_worker_reaches_who_waits_with_its_message_and_its_fields(error: search.PasserelleError) -> None:
    for made in (pickle.loads(pickle.dumps(error)), copy.copy(error), copy.deepcopy(error)):  # noqa: S301
        assert type(made) is type(error)
        assert (str(made), made.args, vars(made)) == (str(error), error.args, vars(error))


def test_an_error_of_a_caller_s_own_keeps_what_it_was_made_with() -> None:
    again = copy.copy(OwnError("x", 3))
    assert (str(again), again.count) == ("x: 3", 3)


class OwnError(search.PasserelleError):
    """One that somebody adds to the tree."""

    def __init__(self, name: str, count: int) -> None:
        self.count = count
        super().__init__(f"{name}: {count}")


def test_what_makes_an_index_names_its_folder_unless_it_is_the_usual_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PASSERELLE_INDEX", "/usual")
    assert str(search.IndexMissingError(Path("/usual"))).endswith("Make it with: passerelle build")
    assert str(search.IndexMissingError(Path("/my place"))).endswith(
        "Make it with: passerelle build --output '/my place'"
    )
    for kind in (search.IndexDamagedError, search.IndexFormatError):
        assert str(kind(Path("/usual"), "x")).endswith("Make it again: passerelle build")
        assert str(kind(Path("/mine"), "x")).endswith("Make it again: passerelle build --output /mine")
        made = str(kind(Path("/usual"), "x", [["mine.xlsx"]]))
        assert made.endswith("Make it again: passerelle build --corpus mine.xlsx --output /usual")


def test_a_filter_the_library_has_not_is_told_in_a_whole_sentence() -> None:
    assert str(search.UnknownFilterError("facets", ["Commune"], [])) == (
        "facets: Commune is not known; this library has none."
    )
    assert str(search.UnknownFilterError("Commune", [""], ["Namur"])) == "Commune: '' is not one of Namur."
