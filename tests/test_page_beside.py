"""A second library is added in the page: uploaded or named, it stands beside the one that answers."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from page.table import building
from search.index.reading import read_manifest
from search.library.tables.uploads import path_typed
from search.locations import STORE_VARIABLE
from tests.fakes import write_corpus
from tests.page_helpers import give, open_view, press_build, run, switch_view, texts

pytestmark = pytest.mark.usefixtures("page_index")

MINE = "title,description,language,kind\nThe bread oven,Neighbours rebuilt the oven of the village.,en,case\n"
NAMES = ("tiny_corpus", "mine")


def build_beside(page: AppTest, typed: str) -> AppTest:
    """Name a library, and wait until it is built or refused."""
    page.text_input(key="beside_path").set_value(typed)
    page.button(key="beside_build").click()
    run(page)
    if not building().state.name:
        return page
    end = time.monotonic() + 60
    while building().state.running and time.monotonic() < end:
        time.sleep(0.02)
    return run(page)


def mine(tmp_path: Path, text: str = MINE) -> Path:
    file = tmp_path / "mine.csv"
    file.write_text(text)
    return file


@pytest.mark.parametrize(
    ("language", "built"),
    [
        ("fr", "tiny\\_corpus \\+ mine\\.csv est prêt. Fiches\u00a0: 7."),
        ("en", "tiny\\_corpus \\+ mine\\.csv is ready. Entries: 7."),
    ],
)
def test_a_file_that_is_named_stands_beside_the_library_and_each_entry_says_its_own(
    page_index: Path,
    tmp_path: Path,
    language: str,
    built: str,
) -> None:
    page = build_beside(open_view("curators", lang=language), f'"{mine(tmp_path)}"')
    assert [one.value for one in page.success] == [built]
    assert read_manifest(page_index).names == NAMES
    switch_view(page, "")
    run(page)
    page.text_area(key="q").set_value("the oven of the village")
    page.button(key="ask_button").click()
    run(page)
    assert page.pills(key="libraries").options[1] == "Mine \\(1\\)"
    assert "mine" in texts(page)
    page.pills(key="libraries").set_value(["mine"])
    run(page)
    assert page.subheader[0].value == "The bread oven"


def test_a_folder_may_be_named_and_ids_that_meet_stay_apart(page_index: Path, tmp_path: Path) -> None:
    page = build_beside(open_view("curators"), str(write_corpus(tmp_path / "own")))
    assert [one.value for one in page.success] == ["tiny\\_corpus \\+ own is ready. Entries: 12."]
    assert read_manifest(page_index).names == ("tiny_corpus", "own")


def test_a_table_that_is_uploaded_may_stand_beside(page_index: Path) -> None:
    page = give(open_view("curators"))
    page.checkbox(key="table_beside").check()
    press_build(run(page))
    assert [one.value for one in page.success] == ["tiny\\_corpus \\+ mine\\.csv is ready. Entries: 8."]
    assert read_manifest(page_index).names == NAMES
    [back] = [one for one in page.button if str(one.key).startswith("table open ")]
    back.click()
    run(page)
    assert read_manifest(page_index).entries == 6


@pytest.mark.parametrize("typed", ["", "nowhere/mine.csv", "\0", "x" * 5000])
def test_a_place_where_nothing_is_is_told_and_nothing_is_built(page_index: Path, typed: str) -> None:
    page = build_beside(open_view("curators", lang="fr"), typed)
    assert page.error[0].value.startswith("Il n’y a ni fichier ni dossier")
    assert not building().state.name
    assert read_manifest(page_index).entries == 6


def test_what_is_wrong_in_a_named_table_is_told_by_row_and_the_library_answers_on(
    page_index: Path,
    tmp_path: Path,
) -> None:
    page = build_beside(open_view("curators", lang="fr"), str(mine(tmp_path, MINE + ",Nothing.,en,case\n")))
    assert page.error[0].value.startswith("Le tableau contient des erreurs")
    assert page.table[0].value.to_dict("records")[0]["Ligne"] == "3"
    assert read_manifest(page_index).entries == 6


def test_only_who_sits_at_the_computer_may_name_its_files(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PASSERELLE_EDITORS_PASSWORD", "secret")
    monkeypatch.setattr("page.host.is_local", lambda *_: False)
    page = open_view("curators", lang="fr")
    page.text_input(key="editors_password").set_value("secret")
    page.button(key="editors_open").click()
    run(page)
    assert page.file_uploader
    assert "beside_path" not in [one.key for one in page.text_input]


def test_where_a_database_answers_no_file_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    page = open_view("curators", lang="fr")
    assert page.text_input(key="beside_path")
    monkeypatch.setenv(STORE_VARIABLE, "postgresql://nowhere/x")
    assert "beside_path" not in [one.key for one in run(page).text_input]


def test_a_path_is_read_as_file_managers_give_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = mine(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    assert path_typed(f" '{file}' \n") == path_typed("~/mine.csv") == file.resolve()
    assert path_typed("  ") is None
