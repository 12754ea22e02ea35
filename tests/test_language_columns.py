"""Tables with a column for each language: one row is one entry in both."""

from __future__ import annotations

from pathlib import Path

import pytest

from search.library.tables.column_draft import draft_map
from search.library.tables.columns import ColumnMap, resolve
from search.library.tables.preview import TablePreview
from search.library.tables.reading import preview_table, read_table


def read(folder: Path, text: str, *, columns: str | None = None) -> TablePreview:
    (folder / "mine.csv").write_text(text, encoding="utf-8")
    if columns:
        (folder / "mine.columns.yaml").write_text(columns, encoding="utf-8")
    return preview_table(folder / "mine.csv", suggestions=False)


@pytest.mark.parametrize(
    ("name", "ours"),
    [
        ("titre_fr", "title_fr"),
        ("title_en", "title_en"),
        ("Description (FR)", "description_fr"),
        ("EN - Summary", "summary_en"),
        ("titleFr", "title_fr"),
        ("Nom en anglais", "title_en"),
        ("Titre (version française)", "title_fr"),
        ("title.fr", "title_fr"),
        ("fr.title", "title_fr"),
        ("fields.translations.en.description", "description_en"),
        ("Résumé [EN]", "summary_en"),
        ("Pays (FR)", "country"),  # what is no text has no language
        ("En bref", "summary"),  # one of the names of a summary, not a language
        ("Description en quelques mots", ""),
        ("Titre français / anglais", ""),
        ("Langue (FR)", ""),
        ("titre_nl", ""),
    ],
)
def test_a_name_says_the_language_of_a_column(name: str, ours: str) -> None:
    [column] = resolve([name], ColumnMap())
    assert column.ours == ours


@pytest.mark.parametrize(
    ("names", "ours"),
    [
        (["title", "title_fr"], ["title_en", "title_fr"]),
        (["Titre", "Title (EN)", "Récit"], ["title_fr", "title_en", "description"]),
        (["title", "title_fr", "title_en"], ["title", "title_fr", "title_en"]),
        (["title_fr", "title_en", "summary", "summary_fr", "summary_en"],
         ["title_fr", "title_en", "", "summary_fr", "summary_en"]),
        (["language", "title", "title_en"], ["language", "title", "title_en"]),  # each row says it
    ],
)  # fmt: skip
def test_a_text_whose_name_says_no_language_is_in_the_one_that_is_left(names: list[str], ours: list[str]) -> None:
    assert [column.ours for column in resolve(names, ColumnMap())] == ours


def test_a_row_is_one_entry_in_the_languages_it_has_texts_in(tmp_path: Path) -> None:
    text = (
        "Titre FR;Title EN;Résumé (français);Résumé (anglais);Pays\n"
        "Le four;The oven;On l’a rebâti.;We rebuilt it.;france\n"
        "La mare;;On l’a creusée.;;\n"
        ";The wall;;It stands.;belgium\n"
    )
    preview = read(tmp_path, text, columns="values: {kind: resource}")
    assert {entry.id: (entry.country, entry.texts) for entry in preview.entries} == {
        "la-mare": (None, {"fr": {"title": "La mare", "summary": "On l’a creusée."}}),
        "le-four": (
            "france",
            {
                "fr": {"title": "Le four", "summary": "On l’a rebâti."},
                "en": {"title": "The oven", "summary": "We rebuilt it."},
            },
        ),
        "the-wall": ("belgium", {"en": {"title": "The wall", "summary": "It stands."}}),
    }
    assert [entry.translation for entry in preview.entries] == [
        {"first": "fr", "other": "none"},
        {"first": "fr", "other": "adapted"},
        {"first": "en", "other": "none"},
    ]
    assert (preview.problems, preview.notes) == ((), ())


def test_one_title_serves_both_languages_and_one_that_is_missing_is_noted(tmp_path: Path) -> None:
    preview = read(tmp_path, "Nom,summary_fr,summary_en\nParckfarm,Une ferme.,A farm.\n")
    [entry] = preview.entries
    assert [entry.texts[language]["title"] for language in ("fr", "en")] == ["Parckfarm", "Parckfarm"]
    assert preview.notes == ()
    preview = read(tmp_path, "title_fr,title_en,summary_fr,summary_en\nLa ferme,,Une ferme.,A farm.\n")
    assert preview.entries[0].texts["en"] == {"title": "La ferme", "summary": "A farm."}
    assert [str(note) for note in preview.notes] == [
        "mine.csv:2 column title_en: has no title in this language (en): the other title is used"
    ]


def test_rows_without_any_title_are_told_by_their_column(tmp_path: Path) -> None:
    preview = read(tmp_path, "Titre FR,Titre EN,summary_fr\n,,Une ferme.\nLa mare,,De l’eau.\n")
    assert [str(problem) for problem in preview.problems] == [
        "mine.csv:2 column Titre FR: is empty: give the row a title, or take it out"
    ]


def test_texts_without_a_language_are_in_that_of_the_row(tmp_path: Path) -> None:
    text = "id,language,title,title_en,summary\na,fr,Le four,The oven,On l’a rebâti avec les voisins.\n"
    [entry] = read(tmp_path, text).entries
    assert entry.texts == {
        "fr": {"title": "Le four", "summary": "On l’a rebâti avec les voisins."},
        "en": {"title": "The oven"},
    }


def test_rows_of_one_title_stay_entries_of_their_own(tmp_path: Path) -> None:
    text = "title_fr,title_en,summary_fr\nLa fête,The feast,Un.\nLa fête,The feast,Deux.\n"
    preview = read(tmp_path, text)
    assert [(entry.id, entry.languages) for entry in preview.entries] == [
        ("la-fete", ("fr", "en")),
        ("la-fete-2", ("fr", "en")),
    ]
    assert [note.kind for note in preview.notes] == ["same_title"]


def test_a_column_map_names_languages_and_its_draft_does(tmp_path: Path) -> None:
    text = "Libre,Frei,Texte FR\nLe four,The oven,On l’a rebâti.\n"
    preview = read(tmp_path, text, columns="columns: {Libre: title_fr, Frei: title_en}\nvalues: {kind: practice}")
    [entry] = preview.entries
    assert (entry.title("fr"), entry.title("en")) == ("Le four", "The oven")
    (tmp_path / "mine.columns.yaml").write_text(draft_map(preview, "en"), encoding="utf-8")
    assert '"Texte FR": description_fr' in (tmp_path / "mine.columns.yaml").read_text(encoding="utf-8")
    assert read_table(tmp_path / "mine.csv").entries == preview.entries
