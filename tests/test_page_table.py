"""The page takes a table of one's own: given, looked at, corrected, built, and gone back from."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from search.index.reading import read_manifest
from search.library.tables.uploads import DRAFTS
from search.locations import STORE_VARIABLE, TABLES_VARIABLE
from tests.page_helpers import TABLE, give, open_view, press_build, run, switch_view, texts

pytestmark = pytest.mark.usefixtures("page_index")


def columns(page: AppTest) -> dict[str, str]:
    """Return what each column is read as, by its place."""
    lists = [one for one in page.selectbox if str(one.key).startswith("table column ")]
    return {str(one.key).split()[-1]: one.value for one in lists}


def rows(page: AppTest) -> list[dict[str, str]]:
    """Return the problems that are shown, without backslashes."""
    return [
        {head: re.sub(r"\\(?=[!-/:-@\[-`{-~])", "", text) for head, text in row.items()}
        for row in page.table[0].value.to_dict("records")
    ]


def choose(page: AppTest, place: int, ours: str) -> AppTest:
    [one] = [one for one in page.selectbox if re.fullmatch(rf"table column \w+ {place}", str(one.key))]
    one.set_value(ours)
    return run(page)


def test_a_table_is_given_looked_at_built_and_gone_back_from(page_index: Path, tmp_path: Path) -> None:
    page = give(open_view("curators", lang="fr"))
    assert columns(page) == {"0": "title", "1": "description", "2": "", "3": "start"}
    assert "Fiches\u00a0: 2. Passages\u00a0: 2." in texts(page)
    assert "Ce qui s’est passé\u00a0: Un jardin et un café ouverts par les voisins de la rue." in texts(page)
    assert read_manifest(page_index).entries == 6
    press_build(page)
    assert [one.value for one in page.success] == ["mine\\.csv est prêt. Fiches\u00a0: 2."]
    assert "Répond en ce moment\u00a0: mine.csv (fiches\u00a0: 2)." in texts(page)
    assert read_manifest(page_index).corpora == (str(tmp_path / "tables" / "mine-csv" / "mine.csv"),)
    [back] = [one for one in page.button if str(one.key).startswith("table open ")]
    assert back.label == "Répondre avec tiny\\_corpus (fiches\u00a0: 6)"
    back.click()
    run(page)
    assert read_manifest(page_index).entries == 6
    assert "Répond en ce moment\u00a0: tiny_corpus (fiches\u00a0: 6)." in texts(page)


def test_what_a_column_is_can_be_corrected_and_is_remembered_for_the_next_version(page_index: Path) -> None:
    page = choose(give(open_view("curators")), 1, "context")
    assert "Context: Un jardin et un café" in texts(page)
    press_build(page)
    page = give(open_view("curators"), TABLE + "Le four,Rebâti avec les voisins du village.,,2020\n")
    assert columns(page)["1"] == "context"
    assert "Entries: 3. Passages: 3." in texts(page)


def test_two_columns_for_one_thing_are_told_and_not_built() -> None:
    page = choose(give(open_view("curators", lang="fr")), 2, "title")
    [row] = rows(page)
    assert row["Colonne"] == "Mél de contact"
    assert row["Ce qui ne va pas et que faire"].startswith(
        "est lue comme la colonne 'Intitulé du dossier' : choisissez"
    )
    assert page.button(key="table_build").disabled


@pytest.mark.parametrize(
    ("language", "heads", "said"),
    [
        ("fr", ["Ligne", "Colonne", "Ce qui ne va pas et que faire"], "est vide : donnez un titre à cette ligne"),
        ("en", ["Row", "Column", "What is wrong and how to fix it"], "is empty: give the row a title, or take it out"),
    ],
)
def test_bad_rows_are_told_by_row_and_column_and_left_out_when_that_is_wanted(
    page_index: Path, language: str, heads: list[str], said: str
) -> None:
    page = give(open_view("curators", lang=language), TABLE + ",Un texte sans titre.,,\n")
    [row] = rows(page)
    assert list(row) == heads
    assert (row[heads[0]], row[heads[1]]) == ("4", "Intitulé du dossier")
    assert said in row[heads[2]]
    assert page.button(key="table_build").disabled
    page.checkbox(key="table_skip").check()
    assert not run(page).button(key="table_build").disabled
    press_build(page)
    assert read_manifest(page_index).entries == 2
    assert [row[heads[0]] for row in rows(page)] == ["4"]


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (b"PK\x03\x04 broken", "mine.xlsx", "classeur"),
        (b"%PDF-1.4", "mine.pdf", "n’est pas un tableau que l’on sait lire"),
        (b"", "mine.csv", ""),
        (b"\x00\xff\xfe" * 50, "mine.csv", ""),
    ],
)
def test_what_is_no_table_is_told_in_a_sentence_and_nothing_is_built(
    page_index: Path, content: bytes, name: str, said: str
) -> None:
    page = give(open_view("curators", lang="fr"), content, name)
    assert said in (str(rows(page)) if said else "")
    assert page.button(key="table_build").disabled
    assert read_manifest(page_index).entries == 6


def test_a_table_that_was_given_stays_when_another_view_is_looked_at() -> None:
    page = choose(give(open_view("curators", lang="fr")), 1, "context")
    switch_view(page, "")
    run(page)
    switch_view(page, "curators")
    page.query_params["lang"] = "fr"
    run(page)
    assert columns(page)["1"] == "context"


def test_a_visitor_elsewhere_is_offered_no_place_for_a_table(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("page.host.is_local", lambda *_: False)
    page = open_view("curators", lang="fr")
    assert not page.file_uploader
    assert not (tmp_path / "tables" / DRAFTS).exists()


def test_a_page_that_answers_from_a_database_says_how_to_open_the_table(
    page_index: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = give(open_view("curators"))
    monkeypatch.setenv(STORE_VARIABLE, "postgresql://nowhere/x")
    press_build(run(page))
    folder = tmp_path / "tables" / "mine-csv" / "index"
    assert [code.value for code in page.code] == [f"PASSERELLE_STORE= PASSERELLE_INDEX={folder} passerelle serve"]
    assert read_manifest(folder).entries == 2
    assert read_manifest(page_index).entries == 6


def test_a_library_that_cannot_be_opened_again_is_told_and_the_one_in_use_answers(page_index: Path) -> None:
    page = press_build(give(open_view("curators")))
    [back] = [one for one in page.button if str(one.key).startswith("table open ")]
    (page_index / str(back.key).removeprefix("table open ") / "passages.jsonl").unlink()
    back.click()
    run(page)
    assert [one.value for one in page.error] == [
        "This library cannot be opened: the one before answers. Build it again."
    ]
    assert read_manifest(page_index).entries == 2


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv(TABLES_VARIABLE, str(tmp_path / "file" / "tables"))
    page = give(open_view("curators"))
    assert page.error[0].value.startswith("The disk is full or the folder cannot be written")
