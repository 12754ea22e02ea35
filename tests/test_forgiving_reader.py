"""Tables as people have them: what is read of them, and what is said of what cannot be."""

from __future__ import annotations

import datetime
import json
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from search.building.builder import build
from search.building.indexing import build_index
from search.encoding.embedding_cache import EmbeddingCache
from search.entries import FIELDS, Entry
from search.errors import CorpusError
from search.index.reading import load_index
from search.library.corpus import read_corpus
from search.library.export import cell
from search.library.messages.lists import PARTS
from search.library.messages.spoken_names import IN_FRENCH
from search.library.problems import MESSAGES, amount, listed, said_with_place
from search.library.reader import read_vocabulary
from search.library.tables.cells import ClosedLists
from search.library.tables.column_draft import draft_map
from search.library.tables.columns import Column, ColumnMap, resolve
from search.library.tables.country_names import OTHER_NAMES
from search.library.tables.dates import When, read_date
from search.library.tables.our_columns import COLUMNS, TEXT_FIELDS
from search.library.tables.preview import TablePreview
from search.library.tables.reading import preview_table, read_table
from search.library.yaml_files import DEEPEST, CorpusReader, is_too_deep
from search.locations import default_corpus
from search.retrieval.searcher import Searcher
from search.text.markup import without_markup
from tests.fakes import CountingEncoder, Main

Rows = list[list[object]]


def write(folder: Path, text: str | bytes, name: str = "mine.csv", *, columns: str | None = None) -> Path:
    file = folder / name
    file.write_bytes(text.encode() if isinstance(text, str) else text)
    if columns:
        (folder / f"{file.stem}.columns.yaml").write_text(columns, encoding="utf-8")
    return file


def workbook(folder: Path, **sheets: Rows) -> Path:
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(folder / "mine.xlsx")
    return folder / "mine.xlsx"


def changed(file: Path, change: Callable[[str, bytes], bytes | None]) -> Path:
    """Write a workbook again with its parts changed, or left out."""
    with zipfile.ZipFile(file) as book:
        parts = {name: change(name, book.read(name)) for name in book.namelist()}
    with zipfile.ZipFile(file, "w") as book:
        for name, content in parts.items():
            if content is not None:
                book.writestr(name, content)
    return file


def entries(file: Path) -> dict[str, Entry]:
    return {entry.id: entry for entry in read_table(file).entries}


def notes(file: Path) -> list[str]:
    return [str(note) for note in preview_table(file, suggestions=False).notes]


def problems(file: Path) -> list[str]:
    return [str(problem) for problem in preview_table(file, suggestions=False).problems]


# ---- Blank texts ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("blank", ["   ", "\u200b", "\u00a0\t", "\u2060 \ufeff"])
def test_a_blank_text_is_no_text_and_a_search_for_the_entry_answers(tmp_path: Path, blank: str) -> None:
    rows = [
        {"title": "The garden", "summary": blank, "obstacles": [blank], "language": "en"},
        {"title": "The bench", "summary": "The building.", "obstacles": [blank, "No money."], "language": "en"},
    ]
    library = read_table(write(tmp_path, "\n".join(map(json.dumps, rows)), "mine.jsonl"))
    assert [entry.texts["en"] for entry in library.entries] == [
        {"title": "The bench", "summary": "The building.", "obstacles": ("No money.",)},
        {"title": "The garden"},
    ]
    cache = EmbeddingCache(tmp_path / "embeddings.sqlite")
    searcher = Searcher(build_index(library, CountingEncoder(), cache), CountingEncoder())
    assert searcher.search("garden").hits[0].entry.id == "the-garden"
    assert searcher.search("money").hits[0].entry.id == "the-bench"
    cache.close()


def test_a_row_with_a_title_only_is_an_entry_found_by_its_title_with_a_note(tmp_path: Path) -> None:
    file = write(tmp_path, "title,summary,language\nThe shared garden,,en\n")
    assert notes(file) == ["mine.csv:2 column title: has a title only: the entry is found by it alone"]
    build(file, tmp_path / "index", encoder=CountingEncoder())
    [passage] = load_index(tmp_path / "index", CountingEncoder()).passages
    assert (passage.field, passage.text) == ("title", "The shared garden")


# ---- Workbooks -----------------------------------------------------------------------------------------------


def test_a_sheet_is_read_to_its_end_whatever_size_its_file_says(tmp_path: Path) -> None:
    file = workbook(tmp_path, One=[["title", "summary"], *([f"T{n}", "Text."] for n in range(10))])
    changed(file, lambda _, part: part.replace(b'<dimension ref="A1:B11"', b'<dimension ref="A1:B5"'))
    assert len(read_table(file).entries) == 10


def test_the_sheet_that_looks_like_a_table_is_read(tmp_path: Path) -> None:
    file = workbook(
        tmp_path,
        Lisez_moi=[["Ce fichier présente nos projets"], ["Contact", "mairie@exemple.fr"]],
        Projets=[["Titre", "Résumé"], ["Le four", "On l’a rebâti avec les voisins."]],
        Archives=[["Titre", "Résumé"], ["La mare", "On l’a creusée."]],
    )
    assert list(entries(file)) == ["le-four"]
    assert notes(file) == [
        "mine.xlsx the sheet “Archives” is not read (rows below its header: 1): if they are entries, save it as a file "
        "of its own",
        "mine.xlsx the sheet “Projets” was read",
    ]


def test_every_sheet_with_rows_that_is_not_read_is_named_whatever_its_columns_are_called(tmp_path: Path) -> None:
    file = workbook(
        tmp_path,
        Ville=[["Titre", "Résumé"], ["Le four", "On l’a rebâti."]],
        Agglo=[["Action", "De quoi parle-t-on ?"], *([f"Action {n}", "Un texte."] for n in range(40))],
        Vide=[],
        Avis=[["À remplir avant juin"]],
    )
    assert list(entries(file)) == ["le-four"]
    assert [said_with_place(note, "fr") for note in preview_table(file).notes] == [
        "mine.xlsx la feuille « Agglo » n’est pas lue (lignes sous l’en-tête : 40) : si ce sont des fiches, "
        "enregistrez-la dans un fichier à part",
        "mine.xlsx a été lue la feuille « Ville »",
    ]


def test_rows_of_other_sheets_are_counted_as_far_as_cells_are_read_and_none_is_left_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("search.library.tables.workbook.CELLS_LIMIT", 80)
    other: Rows = [["A", "B"], *([f"a{n}", f"b{n}"] for n in range(38))]
    small: Rows = [["A", "B"], ["a", "b"], ["c", "d"]]
    file = workbook(tmp_path, One=[["title", "summary"], ["A", "B"]], Two=small, Three=other, Four=[*other, ["a"]])
    assert [(note.column, note.value) for note in preview_table(file).notes if note.kind == "other_sheet"] == [
        ("Four", "29+"),  # the names and 29 rows are always looked at
        ("Three", "36+"),  # 80 cells: six of them of the sheet before, then the names and 36 rows
        ("Two", "2"),
    ]


def test_a_formula_without_a_result_and_an_error_are_no_values(tmp_path: Path) -> None:
    rows: Rows = [["title", "summary", "place"], ["=1+1", "Text.", "Lille"], ["Two", "#REF!", "=A1"], ["#N/A", "x", ""]]
    file = workbook(tmp_path, One=rows)
    assert problems(file) == [
        "mine.xlsx:2 column title: holds a formula without a result (=1+1): open the file in a spreadsheet and save it",
        "mine.xlsx:4 column title: holds the error #N/A instead of a value: mend the formula",
    ]
    assert notes(file)[:2] == [
        "mine.xlsx:3 column place: holds a formula without a result (=A1): open the file in a spreadsheet and save it; "
        "the cell is set aside",
        "mine.xlsx:3 column summary: holds the error #REF! instead of a value: mend the formula; the cell is set aside",
    ]


@pytest.mark.parametrize(
    ("part", "found"),
    [
        ("xl/worksheets/sheet1.xml", "has no sheet with a table"),
        ("xl/workbook.xml", "cannot be read as a workbook"),
        ("[Content_Types].xml", "cannot be read as a workbook"),
    ],
)
def test_a_workbook_without_one_of_its_parts_is_told(tmp_path: Path, part: str, found: str) -> None:
    file = workbook(tmp_path, One=[["title", "summary"], ["A", "B"]])
    changed(file, lambda name, content: None if name == part else content)
    [problem] = problems(file)
    assert problem.startswith(f"mine.xlsx {found}")


@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/styles.xml"])
def test_a_workbook_with_broken_xml_is_told(tmp_path: Path, part: str) -> None:
    file = workbook(tmp_path, One=[["title", "summary"], ["A", "B"]])
    changed(file, lambda name, content: content[:-20] if name == part else content)
    [problem] = problems(file)
    assert problem.startswith("mine.xlsx cannot be read as a workbook")


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        (
            {"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "<x/>"},
            "est un fichier OpenDocument (.ods) : ouvrez-le dans un tableur et enregistrez-le en .xlsx, ou en CSV",
        ),
        (
            {"Index/Tables/DataList.iwa": "x", "Metadata/Properties.plist": "x"},
            "est un fichier de Numbers : ouvrez-le dans Numbers et exportez-le en .xlsx, ou en CSV",
        ),
        (
            {"word/document.xml": "<x/>"},
            "n’est pas un classeur : ouvrez-le dans un tableur et enregistrez-le en .xlsx",
        ),
        (
            {"xl/worksheets/sheet1.xml": "<x/>"},
            "ne peut pas être lu comme classeur, car une de ses parties manque ou est abîmée : ouvrez-le dans un "
            "tableur et enregistrez-le de nouveau",
        ),
    ],
)
@pytest.mark.parametrize("name", ["mine.xlsx", "mine.csv"])
def test_another_file_that_is_called_a_workbook_is_told_what_it_is(
    tmp_path: Path, name: str, parts: dict[str, str], said: str
) -> None:
    with zipfile.ZipFile(tmp_path / name, "w") as made:
        for part, content in parts.items():
            made.writestr(part, content)
    [problem] = preview_table(tmp_path / name).problems
    assert said_with_place(problem, "fr") == f"{name} {said}"


def test_a_protected_or_old_workbook_is_told(tmp_path: Path) -> None:
    [problem] = problems(write(tmp_path, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100), "mine.xlsx"))
    assert problem == ("mine.xlsx is protected by a password or of an old format: save it as .xlsx, without a password")


def test_a_sheet_of_more_cells_than_are_read_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("search.library.tables.workbook.CELLS_LIMIT", 5)
    [problem] = problems(workbook(tmp_path, One=[["title", "summary"], ["A", "B"], ["C", "D"]]))
    assert problem.startswith("mine.xlsx has more than 5 cells, empty ones counted")


def test_dates_of_a_spreadsheet_are_dates(tmp_path: Path) -> None:
    day = datetime.datetime(2021, 3, 5)
    [entry] = read_table(workbook(tmp_path, One=[["Titre", "Récit", "Début"], ["A", "Texte.", day]])).entries
    assert (entry.kind, entry.start) == ("case", "2021-03-05")


# ---- Sources -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sources", "urls", "found"),
    [
        ("", "https://a.fr/x,1,2.html", [("https://a.fr/x,1,2.html", "https://a.fr/x,1,2.html")]),
        ("", "https://a.fr/x, www.b.fr", [("https://a.fr/x", "https://a.fr/x"), ("https://www.b.fr",) * 2]),
        ("Rapport, tome 2", "https://a.fr/x", [("Rapport, tome 2", "https://a.fr/x")]),
        ("Un; deux", "https://a.fr/1;https://a.fr/2", [("Un", "https://a.fr/1"), ("deux", "https://a.fr/2")]),
        ("Un, deux", "https://a.fr/1\nhttps://a.fr/2,b", [("Un", "https://a.fr/1"), ("deux", "https://a.fr/2,b")]),
        ("Un", "exemple.org/page", [("Un", "https://exemple.org/page")]),
        ("Un", "", [("Un", "")]),
        ("", "https://d.fr/x (consulté le 3 mars)", [("consulté le 3 mars", "https://d.fr/x")]),
        ("", "www.d.fr/x, page 3", [("page 3", "https://www.d.fr/x")]),
        ("", "https://a.fr (lu) ; https://b.fr, en anglais", [("lu", "https://a.fr"), ("en anglais", "https://b.fr")]),
        (
            "",
            "https://a.fr - le site\nhttps://b.fr - son journal",
            [("https://a.fr",) * 2, ("son journal", "https://b.fr")],
        ),
        ("", "<https://a.fr/x>", [("https://a.fr/x", "https://a.fr/x")]),
    ],
)
def test_sources_keep_their_addresses_whatever_is_between_them(
    tmp_path: Path, sources: str, urls: str, found: list[tuple[str, str]]
) -> None:
    file = write(tmp_path, f'title,summary,sources,source_urls\nA,Text.,"{sources}","{urls}"\n')
    [entry] = read_table(file).entries
    assert [(source.key, source.url) for source in entry.sources] == found


@pytest.mark.parametrize(
    ("cells", "urls"),
    [
        (["https://a.fr/1", "www.b.fr", "Le Journal, p. 4"], [["https://a.fr/1"], ["https://www.b.fr"], []]),
        (["https://a.fr/1", "Le Journal"], [[""], [""]]),  # one of two: not most
        (["rapport.pdf", "bilan.pdf"], [[""], [""]]),
        (["https://a.fr/1 ; https://a.fr/2", ""], [["https://a.fr/1", "https://a.fr/2"], []]),
    ],
)
def test_a_column_of_sources_that_holds_addresses_is_read_as_such(
    tmp_path: Path, cells: list[str], urls: list[list[str]]
) -> None:
    rows = "".join(f'T{n},Text.,"{cell}"\n' for n, cell in enumerate(cells))
    file = write(tmp_path, f"title,summary,Source\n{rows}")
    assert [[one.url for one in entry.sources] for entry in read_table(file).entries] == urls


def test_what_is_no_address_among_addresses_is_told(tmp_path: Path) -> None:
    file = write(tmp_path, "title,summary,Source\nA,Text.,https://a.fr\nB,Text.,htp:/b\nC,Text.,https://c.fr\n")
    assert notes(file) == [
        "mine.csv:3 column Source: 'htp:/b' must begin with http:// or https://; the cell is set aside"
    ]


def test_a_source_of_the_column_map_or_beside_addresses_stays_a_name(tmp_path: Path) -> None:
    text = "title,summary,Source\nA,Text.,https://a.fr\n"
    mapped = preview_table(write(tmp_path, text), columns=ColumnMap({"Source": "sources"}))
    beside = preview_table(write(tmp_path, "title,Source,Lien\nA,https://a.fr,https://b.fr\n"))
    assert [[(one.key, one.url) for one in preview.entries[0].sources] for preview in (mapped, beside)] == [
        [("https://a.fr", "")],
        [("https://a.fr", "https://b.fr")],
    ]


@pytest.mark.parametrize("text", ["=1", "'=1", "''-x", "'x", "plain"])
def test_the_guard_of_an_export_is_taken_off_as_it_was_put_on(tmp_path: Path, text: str) -> None:
    [entry] = read_table(write(tmp_path, f"title,summary\nA,{cell(text)}\n")).entries
    assert entry.summary("en") == text
    row = json.dumps({"title": "A", "summary": text})  # which nothing was put before
    [entry] = read_table(write(tmp_path, row, "mine.jsonl")).entries
    assert entry.summary("en") == text


# ---- Ids -----------------------------------------------------------------------------------------------------


def test_rows_without_an_id_are_entries_of_their_own_though_their_titles_be_one(tmp_path: Path) -> None:
    text = (
        "title,summary,language\n"
        "Festival,La fête de la commune.,fr\n"
        "Festival,The council pays for the water.,en\n"
        "Festival,Une autre fête.,fr\n"
    )
    found = entries(write(tmp_path, text))
    assert {name: entry.languages for name, entry in found.items()} == {
        "festival": ("fr",),
        "festival-2": ("en",),
        "festival-3": ("fr",),
    }
    assert notes(tmp_path / "mine.csv")[0].startswith("mine.csv:3 column title: this title is in row 2 already")


def test_a_made_up_id_is_none_that_another_row_has(tmp_path: Path) -> None:
    found = entries(write(tmp_path, "id,title,summary\n,Festival,One.\nfestival,Another,Two.\n,Où?,Trois.\n"))
    assert {name: entry.title("fr") for name, entry in found.items()} == {
        "festival": "Another",
        "festival-2": "Festival",
        "ou": "Où?",
    }


def test_what_only_the_second_row_of_an_entry_says_is_kept(tmp_path: Path) -> None:
    text = (
        "id,kind,language,title,context,country,place\na,case,fr,Un,Texte.,,Lille\na,case,en,One,Text.,france,Roubaix\n"
    )
    [entry] = read_table(write(tmp_path, text)).entries
    assert (entry.country, entry.place) == ("france", "Lille")
    assert notes(tmp_path / "mine.csv") == [
        "mine.csv:3 column place: 'Roubaix' is not what row 2 of the same entry says, which is kept"
    ]


# ---- Columns -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("ignored", ["country", "Country", "PAYS"])
def test_a_column_of_one_of_our_names_can_be_passed_over(tmp_path: Path, ignored: str) -> None:
    header = "Pays" if ignored == "PAYS" else "country"
    file = write(tmp_path, f"title,summary,{header}\nA,Text.,Mars\n", columns=f"ignore: [{ignored}]")
    assert (notes(file), entries(file)["a"].kind) == ([], "practice")


@pytest.mark.parametrize(
    ("name", "ours"),
    [
        ("Title", "title"),
        ("INTITULÉ", "title"),
        ("resume", "summary"),
        ("Source URLs", "source_urls"),
        ("Côté habitants", "for_citizens"),
        ("Date de début", "start"),
        ("fields.Titre", "title"),
        ("title.rendered", "title"),
        ("project.description", "description"),
        ("tags.name", ""),
        ("Suivi par", ""),
    ],
)
def test_columns_are_known_by_french_and_english_names(name: str, ours: str) -> None:
    [column] = resolve([name], ColumnMap())
    assert column.ours == ours


def test_of_two_columns_called_alike_the_likelier_is_read() -> None:
    assert resolve(["Nom", "Titre"], ColumnMap()) == (
        Column("Nom", how="spare", suggestion="title"),
        Column("Titre", "title", "name"),
    )


def test_a_name_that_is_only_like_one_is_a_suggestion_and_not_read(tmp_path: Path) -> None:
    file = write(tmp_path, "Title,Summary,Desciption\nA,Text.,More.\n")
    assert notes(file) == [
        "mine.csv column Desciption: looks like “description” but is not read: confirm it in mine.columns.yaml"
    ]
    assert "description" not in entries(file)["a"].texts["en"]


def test_unknown_columns_pass_with_one_note_each(tmp_path: Path) -> None:
    names = [f"Critère {n}" for n in range(20)]
    file = write(tmp_path, f"title,summary,{','.join(names)}\n" + 3 * f"A,Text.,{','.join('x' * 20)}\n")
    assert len([note for note in notes(file) if "is not known and not read" in note]) == 20
    assert len(read_table(file).entries) == 3


@pytest.mark.parametrize(
    ("columns", "found"),
    [
        ("columns: {A: [title]}", "mine.columns.yaml:1 columns: '['title']' is not one of id"),
        ("values: {kind: recipe}", "mine.columns.yaml:1 values: kind: 'recipe' is not one of practice"),
        ("[" * 1_000_000, "mine.columns.yaml is nested too deeply"),
        ("a:\n" + "- " * 200_000, "mine.columns.yaml is nested too deeply"),
    ],
    ids=["list", "value", "brackets", "dashes"],
)
def test_a_column_map_that_cannot_be_is_told_in_a_sentence(tmp_path: Path, columns: str, found: str) -> None:
    [problem] = problems(write(tmp_path, "A,summary\nx,y\n", columns=columns))
    assert problem.startswith(found)


def test_depth_is_counted_where_it_could_be_too_deep() -> None:
    assert not is_too_deep("a: [1]\n" * 1_000)
    assert not is_too_deep("[" * DEEPEST + "]" * DEEPEST)
    assert is_too_deep("[" * (DEEPEST + 1) + "]" * (DEEPEST + 1))


# ---- Headers, encodings, delimiters --------------------------------------------------------------------------


def test_the_names_of_the_columns_are_found_below_other_lines(tmp_path: Path) -> None:
    text = "Liste des projets;;\nExtraction du 3 mars;;\n;;\nIntitulé;Résumé;Montant\nLe four;On l’a rebâti.;3\n"
    file = write(tmp_path, text)
    assert entries(file)["le-four"].summary("fr") == "On l’a rebâti."
    found = "mine.csv the names of the columns were found in row 4; rows above it, which are not read: 2"
    assert found in notes(file)


def test_one_sentence_says_which_row_looks_like_the_names(tmp_path: Path) -> None:
    text = "Projets\n\nDossier,Quartier,Coût\n" + 700 * "Le four,Nord,30\n"
    [problem] = problems(write(tmp_path, text))
    assert problem.startswith(
        "mine.csv:3 no column is known as the title; row 3 looks like the names of the columns (Dossier, Quartier, "
        "Coût)."
    )


@pytest.mark.parametrize(
    ("encoding", "named"), [("cp1252", "Windows-1252"), ("utf-16", "UTF-16"), ("utf-16-le", "UTF-16")]
)
@pytest.mark.parametrize("delimiter", [";", "\t", ","])
def test_encodings_and_delimiters_of_spreadsheets_are_read_with_a_note(
    tmp_path: Path, encoding: str, named: str, delimiter: str
) -> None:
    text = f"Titre{delimiter}Résumé\r\nÉté{delimiter}Les élèves récoltent.\r\n"
    file = write(tmp_path, text.encode(encoding))
    assert entries(file)["ete"].texts == {"fr": {"title": "Été", "summary": "Les élèves récoltent."}}
    assert notes(file) == [
        f"mine.csv is not UTF-8: it was read as {named}; if accents look wrong, save it as “CSV UTF-8”"
    ]


def test_one_broken_byte_does_not_make_a_file_another_encoding(tmp_path: Path) -> None:
    file = write(tmp_path, "title,summary\nÉté,Les élèves récoltent l’\n".encode() + b"\xe9\n")
    assert entries(write(tmp_path, file.read_bytes().replace(b"\n\xe9", b"\xe9")))["ete"].summary("fr") == (
        "Les élèves récoltent l’�"
    )
    assert notes(file) == ["mine.csv has bytes that are no UTF-8: they are replaced by �"]


@pytest.mark.parametrize(
    ("name", "part"),
    [
        ("mine.csv", '"Titre";Résumé\n{title};Un texte.\n'),
        ("mine.jsonl", '{{"titre": "{title}", "résumé": "Un texte."}}\n'),
    ],
)
def test_exports_that_were_joined_have_no_mark_of_a_beginning_inside(tmp_path: Path, name: str, part: str) -> None:
    file = write(tmp_path, "".join(f"\ufeff{part.format(title=title)}" for title in ("A", "B")), name)
    assert {key: one.texts["fr"]["title"] for key, one in entries(file).items()} == {"a": "A", "b": "B"}
    again = "the names of the columns are there once more: the row is no entry"
    assert notes(file) == ([f"mine.csv:3 {again}"] if name == "mine.csv" else [])


def test_a_line_that_names_the_delimiter_is_no_row(tmp_path: Path) -> None:
    file = write(tmp_path, "sep=|\nTitle|Summary\nA; b, c|Text; more, more\n|x\n")
    assert problems(file) == ["mine.csv:3 column Title: is empty: give the row a title, or take it out"]
    assert preview_table(file).entries[0].texts["en"] == {"title": "A; b, c", "summary": "Text; more, more"}


# ---- Cells ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("2021", When("2021")),
        ("2021-03-05T10:00:00Z", When("2021-03-05")),
        ("mars 2021", When("2021-03")),
        ("1er août 2021", When("2021-08-01")),
        ("March 3rd, 2021", When("2021-03-03")),
        ("vendredi 5 mars 2021", When("2021-03-05")),
        ("05/03/2021", When("2021-03-05")),
        ("03/25/2021", When("2021-03-25")),
        ("5.3.21", When("2021-03-05")),
        ("03/2021", When("2021-03")),
        ("2019-2021", When("2019", "2021")),
        ("de mars 2019 à mai 2021", When("2019-03", "2021-05")),
        ("44256", When("2021-03-01")),
        ("été 2019", When("2019", sure=False)),
        ("depuis 2019", When("2019")),
        ("depuis 2 ans", None),
        ("31/02/2021", When("2021", sure=False)),
        ("2021-13", When("2021", sure=False)),
        ("12", None),
    ],
)
def test_dates_as_people_write_them(text: str, when: When | None) -> None:
    assert read_date(text) == when


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("4/12/2014", When("2014-04-12")),
        ("25/4/2014", When("2014-04-25")),
        ("2014-04-12", When("2014-04-12")),
        ("04/2014", When("2014-04")),
    ],
)
def test_dates_with_the_month_first(text: str, when: When) -> None:
    assert read_date(text, month_first=True) == when


def test_a_date_that_is_none_is_set_aside_with_a_note(tmp_path: Path) -> None:
    file = write(tmp_path, "title,context,start\nA,Text.,depuis 2 ans\n")
    assert entries(file)["a"].start is None
    assert notes(file) == [
        "mine.csv:2 column start: 'depuis 2 ans' is not a date: write 2021, 2021-03, 2021-03-12 or March 2021; the "
        "cell is set aside"
    ]


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("<p>Un <b>beau</b> parc &amp; un lac</p><p>Deux</p>", "Un beau parc & un lac\n\nDeux"),
        ("a < b, moins de <5 m> et AT&T", "a < b, moins de <5 m> et AT&T"),
        ("<b>x < y</b> <ville>", "x < y <ville>"),
        ("Un&nbsp;lac&#8217;", "Un\u00a0lac’"),
        ("A<!-- not shown --><script>x()</script>B<br/>C", "AB\nC"),
        ("<o:p></o:p>Texte", "Texte"),
    ],
)
def test_markup_is_removed_and_what_is_none_stays(text: str, plain: str) -> None:
    assert without_markup(text) == plain


def test_lists_in_cells_are_lists(tmp_path: Path) -> None:
    rows = ['"[""Un pas."", ""Deux.""]"', '"<ul><li>Un pas.</li><li>Deux.</li></ul>"', '"Un pas.\n\nDeux."']
    file = write(tmp_path, "title,first_steps\n" + "".join(f"T{n},{row}\n" for n, row in enumerate(rows)))
    assert [entry.text("first_steps", "fr") for entry in read_table(file).entries] == [("Un pas.", "Deux.")] * 3


def test_closed_lists_are_read_by_their_labels(tmp_path: Path) -> None:
    file = write(
        tmp_path,
        "Titre,Contexte,Pays,Phases,outcome,kind,Langue,acteurs\n"
        "Le four,Texte.,Belgique,Avant; Pendant,En cours,Cas,Français,Associations\n",
    )
    entry = entries(file)["le-four"]
    assert (entry.country, dict(entry.phases), entry.outcome, entry.kind, entry.languages, entry.actors) == (
        "belgium",
        {"before": "stated", "during": "stated"},
        "ongoing",
        "case",
        ("fr",),
        ("association",),
    )


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("Royaume Uni", "united-kingdom"),
        ("UK", "united-kingdom"),
        ("Écosse", "united-kingdom"),
        ("U.S.A.", "united-states"),
        ("les Pays-Bas", "netherlands"),
        ("pays bas", "netherlands"),
        ("NL", "netherlands"),
        ("be", "belgium"),
        ("BEL", "belgium"),
        ("la France", "france"),
        ("Québec", "canada"),
        ("Grand-Duché de Luxembourg", "luxembourg"),
    ],
)
def test_countries_are_read_by_codes_and_by_what_people_call_them(written: str, key: str) -> None:
    assert ClosedLists(read_vocabulary(CorpusReader(default_corpus()))).key("countries", written) == key


def test_every_other_name_of_a_country_is_one_of_a_country_there_is() -> None:
    assert set(OTHER_NAMES.values()) <= set(read_vocabulary(CorpusReader(default_corpus())).keys("countries"))


def test_a_name_near_one_of_a_long_list_is_told_with_the_nearest(tmp_path: Path) -> None:
    [note] = notes(write(tmp_path, "title,context,country\nA,Text.,Belgum\n"))
    assert note.startswith("mine.csv:2 column country: 'Belgum' is not in the list; nearest: belgium")


def test_nested_json_is_read_by_the_ends_of_its_paths(tmp_path: Path) -> None:
    row = {
        "id": "rec1",
        "fields": {"Title": "The oven", "Story": {"text": "We built it."}},
        "phases": {"before": "inferred"},
        "links": [{"url": "https://a.fr/1"}, {"url": "https://a.fr/2"}],
    }
    columns = "columns: {fields.Story.text: description, links.url: source_urls}"
    entry = entries(write(tmp_path, json.dumps(row), "mine.jsonl", columns=columns))["rec1"]
    assert entry.texts == {"en": {"title": "The oven", "description": "We built it."}}
    assert [source.url for source in entry.sources] == ["https://a.fr/1", "https://a.fr/2"]
    assert entry.phases == {"before": "inferred"}


def test_no_value_and_broken_characters_are_told_and_written_all_the_same(tmp_path: Path) -> None:
    file = write(tmp_path, '{"title":"A","summary":NaN,"description":"\\ud800 x\\u0000y"}\n', "mine.jsonl")
    assert entries(file)["a"].texts["en"] == {"title": "A", "description": "\ufffd xy"}
    assert notes(file) == [
        "mine.jsonl:1 column description: holds characters that cannot be shown: they are taken out or replaced by �",
        "mine.jsonl:1 column summary: holds nan, which is no value; the cell is set aside",
    ]
    assert build(file, tmp_path / "index", encoder=CountingEncoder()).is_dir()


def test_texts_a_kind_has_no_field_for_are_kept_in_its_longest(tmp_path: Path) -> None:
    file = write(tmp_path, "title,description,obstacles,place\nLe four,On l’a rebâti.,Trop cher.,Lille\n")
    entry = entries(file)["le-four"]
    assert entry.kind == "case"
    assert entry.texts["fr"]["what_happened"] == "On l’a rebâti.\n\nTrop cher."


# ---- What is said --------------------------------------------------------------------------------------------


def test_a_missing_file_is_told_in_both_languages(tmp_path: Path) -> None:
    with pytest.raises(CorpusError) as caught:
        read_corpus(tmp_path / "mine.xlsx")
    [problem] = caught.value.problems
    assert str(problem).endswith("mine.xlsx is not there: look at its name and its folder")
    assert said_with_place(problem, "fr").endswith("mine.xlsx n’existe pas : vérifiez le nom et le dossier")


def test_every_saying_has_the_same_places_in_both_languages() -> None:
    fields = ("{column}", "{value}", "{expected}", "{said}", "{count}", "{file}")
    for name, (french, english) in (MESSAGES | PARTS).items():
        assert french != english, name
        if name != "map_mapping":
            assert [one in french for one in fields] == [one in english for one in fields], name


def test_problems_have_their_kind_row_column_and_value(tmp_path: Path) -> None:
    [note] = preview_table(write(tmp_path, "title,context,lat\nA,Text.,nord\n")).notes
    assert (note.kind, note.line, note.column, note.value, note.warning) == ("degrees", 2, "lat", "nord", True)
    assert said_with_place(note, "fr") == (
        "mine.csv:2 colonne lat : 'nord' doit être en degrés, de -90 à 90 ; la case est laissée de côté"
    )


def test_problems_are_listed_one_a_line_by_kind_the_most_first(tmp_path: Path) -> None:
    text = "title,summary,language\n,x,en\nA,x,de\n,y,en\n"
    found = preview_table(write(tmp_path, text)).problems
    assert list(listed(found, "fr")) == [
        "colonne title : est vide : donnez un titre à cette ligne, ou retirez-la : 2 fois",
        "  mine.csv:2 colonne title : est vide : donnez un titre à cette ligne, ou retirez-la",
        "  mine.csv:4 colonne title : est vide : donnez un titre à cette ligne, ou retirez-la",
        "mine.csv:3 colonne language : 'de' n’est pas une de fr, en : la bibliothèque est dans ces langues",
    ]


def test_what_is_said_alike_of_several_columns_is_said_once_with_their_names(tmp_path: Path) -> None:
    names = [f"Q{letter}" for letter in "abcdefghijklmn"]
    answers = {"A": "oui", "B": "non", "C": "oui", "D": "non"}
    rows = "".join(f"{title},Texte.{f',{answer}' * 14}\n" for title, answer in answers.items())
    notes = read_table(write(tmp_path, f"title,summary,{','.join(names)}\n{rows}")).notes
    said = (
        "deviennent des filtres, avec les valeurs du tableau ; mine.columns.yaml peut dire quelles colonnes en sont "
        "(facets) ou n’en sont pas (ignore)"
    )
    assert list(listed(notes, "fr")) == [f"mine.csv colonnes {', '.join(names)} : {said}"]
    assert list(listed(notes, "fr", 3)) == [f"mine.csv colonnes {', '.join(names[:12])} … et 2 autres : {said}"]
    assert next(listed(notes[:1], "fr", 3)).startswith("mine.csv colonne Qa : devient un filtre")


@pytest.mark.parametrize(
    ("name", "count", "french", "english"),
    [
        ("entry", 0, "0 fiche", "0 entries"),
        ("entry", 1, "1 fiche", "1 entry"),
        ("passage", 2, "2 passages", "2 passages"),
        ("more", 1, "1 autre", "1 more"),
        ("more", 2, "2 autres", "2 more"),
        ("file", 1, "1 fichier", "1 file"),
    ],
)
def test_what_is_counted_is_said_in_the_singular_and_in_the_plural(
    name: str, count: int, french: str, english: str
) -> None:
    assert (amount(name, count, "fr"), amount(name, count, "en")) == (french, english)


def test_kinds_and_fields_are_named_in_french_to_french_readers(tmp_path: Path) -> None:
    [note] = read_table(write(tmp_path, "title,description,place\nLe four,On l’a rebâti.,Lille\n")).notes
    assert said_with_place(note, "fr") == (
        "mine.csv:2 colonne description : une fiche de type « cas » n’a pas ce champ : le texte est lu comme "
        "« ce qui s’est passé »"
    )
    assert set(IN_FRENCH) == {*FIELDS, *TEXT_FIELDS}


def test_bad_rows_are_left_out_when_that_is_wanted_and_named(tmp_path: Path) -> None:
    file = write(tmp_path, "title,summary,related\nA,Text.,b\nB,Text.,a\n,Text.,\n")
    with pytest.raises(CorpusError):
        read_table(file)
    library = read_table(file, skip_bad_rows=True)
    assert [(entry.id, entry.related) for entry in library.entries] == [("a", ("b",)), ("b", ("a",))]
    assert [str(problem) for problem in library.skipped] == [
        "mine.csv:4 column title: is empty: give the row a title, or take it out"
    ]


def test_a_table_that_is_cut_is_not_taken_for_one_with_a_bad_row(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="never closed"):
        read_table(write(tmp_path, 'title,summary\nA,Text.\nB,"cut\n'), skip_bad_rows=True)


# ---- Quotation marks -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "text", "title"),
    [
        ("mine.tsv", 'Titre\tRésumé\n"Ensemble" pour le canal\tUn texte.\n', "Ensemble pour le canal"),
        ("mine.csv", 'Titre;Résumé\n"Café ""Le Trait"" "ouvert;"Un ""beau"" texte."\n', 'Café "Le Trait" ouvert'),
        ("mine.csv", 'Titre,Résumé\n"Ensemble" pour le canal,Un texte.', "Ensemble pour le canal"),
    ],
)
def test_a_row_with_a_misplaced_quotation_mark_is_read_with_a_note(
    tmp_path: Path, name: str, text: str, title: str
) -> None:
    file = write(tmp_path, text, name)
    assert [entry.title("fr") for entry in read_table(file).entries] == [title]
    [note] = preview_table(file).notes
    assert said_with_place(note, "fr") == (
        f'{name}:2 a un guillemet (") au milieu d’une case : la ligne est lue au mieux ; vérifiez-la, ou doublez les '
        'guillemets d’un texte ("")'
    )


def test_the_rows_below_one_with_a_misplaced_quotation_mark_are_read_strictly(tmp_path: Path) -> None:
    text = 'titre;résumé\n"A" a;Un.\n"B\nb";"De;ux."\n"C" c;Trois.\nD;Quatre.\n'
    library = read_table(write(tmp_path, text))
    assert [entry.title("fr") for entry in library.entries] == ["A a", "B\nb", "C c", "D"]
    assert [entry.summary("fr") for entry in library.entries] == ["Un.", "De;ux.", "Trois.", "Quatre."]
    assert [(note.kind, note.line) for note in library.notes] == [("quotes", 2), ("quotes", 4)]


@pytest.mark.parametrize("row", ['"A" a;"Un;deux;trois"', '"A";"Un;deux" trois', '"A" a;Un.'])
def test_a_misquoted_row_with_fewer_cells_than_the_header_is_a_problem_of_that_row(tmp_path: Path, row: str) -> None:
    file = write(tmp_path, f"titre;résumé;lieu\n{row}\nB;Deux.;Lille\n")
    [problem] = preview_table(file).problems
    assert said_with_place(problem, "fr") == (
        'mine.csv:2 a un guillemet (") au milieu d’une case, et 2 cases alors que l’en-tête en a 3 : doublez les '
        'guillemets d’un texte (""), ou retirez-les'
    )
    assert [entry.id for entry in read_table(file, skip_bad_rows=True).entries] == ["b"]


@pytest.mark.parametrize(
    "row",
    [
        '"A" a;"Un\nB;"deux".',  # read as it can be, the second cell would swallow the row below
        '"A;Un.\nB;Deux.\nC;"Trois".',  # and here the first all three
    ],
)
def test_a_misquoted_row_of_several_lines_swallows_none_and_is_told(tmp_path: Path, row: str) -> None:
    file = write(tmp_path, f"titre;résumé\n{row}\nD;Quatre.\n")
    with pytest.raises(CorpusError) as error:
        read_table(file, skip_bad_rows=True)
    [problem] = error.value.problems
    assert said_with_place(problem, "fr") == (
        'mine.csv:2 n’est pas du CSV : un guillemet (") est au milieu d’une case, et la suite ne peut pas être lue ; '
        'doublez les guillemets d’un texte (""), ou retirez-les'
    )


def test_a_cell_longer_than_is_read_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("search.library.tables.csv_rows.CELL_LIMIT", 1_000)
    [problem] = problems(write(tmp_path, f"title,summary\nA,{'x' * 1_001}\n"))
    assert problem.startswith("mine.csv:2 has a cell of more than 1,000 characters; no more are read")


# ---- The command ---------------------------------------------------------------------------------------------

FORM = (
    "Horodateur,Quel nom porte le projet,Racontez-le nous\n"
    "2021/03/05,Le four à pain,Nous l’avons rebâti avec tous les voisins du quartier.\n"
    "2021/03/06,La mare aux canards,Nous l’avons creusée avec les enfants de deux écoles.\n"
)


def test_a_dry_run_shows_entries_and_writes_a_draft_that_builds_as_it_showed(
    tmp_path: Path, main: Main, capsys: pytest.CaptureFixture[str]
) -> None:
    file = write(tmp_path, FORM)
    assert main("build", "--corpus", file, "--output", tmp_path / "index", "--lang", "fr") == 2
    assert "aucune colonne n’est connue comme titre" in capsys.readouterr().err
    assert main("build", "--corpus", file, "--dry-run", "--lang", "fr") == 0
    out, err = capsys.readouterr()
    assert "2 fiches (pratique 2 ; fr 2), 2 passages." in out
    assert "— Le four à pain (le-four-a-pain; Pratique; fr)\n  description (fr): Nous l’avons rebâti" in out
    assert "est lue comme « title », par ressemblance : vérifiez-le dans mine.columns.yaml" in err
    assert (tmp_path / "mine.columns.yaml").read_text(encoding="utf-8") == (
        "# Comment les colonnes de mine.csv sont lues ; corrigez ce qui ne va pas, puis construisez.\n"
        "columns:\n"
        '  "Quel nom porte le projet": title  # par ressemblance : vérifiez\n'
        '  "Racontez-le nous": description  # par ressemblance : vérifiez\n'
        "values:\n"
        '  kind: "practice"\n'
        "ignore:\n"
        '  - "Horodateur"\n'
    )
    library = read_table(file)
    assert [entry.title("fr") for entry in library.entries] == ["La mare aux canards", "Le four à pain"]
    assert library.notes == ()


@pytest.mark.parametrize(
    ("name", "text"),
    [("mine.csv", "Titre;Résumé\n"), ("mine.csv", ""), ("mine.csv", "\n\n"), ("mine.jsonl", ""), ("mine.json", "[]")],
)
@pytest.mark.parametrize(("language", "said"), [("fr", "ne contient aucune fiche"), ("en", "holds no entry")])
def test_a_dry_run_of_a_table_without_rows_says_what_the_build_says(
    tmp_path: Path, *, main: Main, capsys: pytest.CaptureFixture[str], name: str, text: str, language: str, said: str
) -> None:
    file = write(tmp_path, text, name)
    assert main("build", "--corpus", file, "--dry-run", "--lang", language) == 2
    dry = capsys.readouterr().err
    assert main("build", "--corpus", file, "--output", tmp_path / "index", "--lang", language) == 2
    assert dry == capsys.readouterr().err
    assert f"{name} {said}" in dry


def test_a_column_map_that_is_there_is_not_written_over(
    tmp_path: Path, main: Main, capsys: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path, "A,B\nOne,Text.\n", columns="columns: {A: title, B: summary}\n")
    assert main("build", "--corpus", tmp_path / "mine.csv", "--dry-run", "--lang", "en") == 0
    assert "which is not touched" in capsys.readouterr().out
    assert (tmp_path / "mine.columns.yaml").read_text(encoding="utf-8") == "columns: {A: title, B: summary}\n"


# ---- What people do with a draft -----------------------------------------------------------------------------

PLACES = "Titre,Résumé,Quartier / Commune,Date de démarrage\n" + "".join(
    f"{title},On l’a rebâti avec les voisins.,Briec,2019\n" for title in ("Le four", "La mare")
)
PLACES_DRAFT = (
    "# Comment les colonnes de mine.csv sont lues ; corrigez ce qui ne va pas, puis construisez.\n"
    "columns:\n"
    '  "Titre": title\n'
    '  "Résumé": summary\n'
    '  #"Quartier / Commune": place  # peut-être : si oui, retirez le # du début de la ligne\n'
    '  #"Date de démarrage": start  # peut-être : si oui, retirez le # du début de la ligne\n'
    "values:\n"
    '  #kind: "case"  # peut-être : si oui, retirez le # du début de la ligne\n'
)


def test_a_kind_that_proposed_columns_would_change_is_proposed_too(tmp_path: Path) -> None:
    preview = preview_table(write(tmp_path, PLACES))
    assert [entry.kind for entry in preview.entries] == ["practice", "practice"]
    assert draft_map(preview, "fr") == PLACES_DRAFT


@pytest.mark.parametrize(
    ("sign", "put", "kind", "place"),
    [
        ("\n  #", "\n  #", "practice", None),  # nothing is confirmed: as the dry run showed it
        ("\n  #", "\n  ", "case", "Briec"),  # all is
        ('  #"', '  "', "case", "Briec"),  # the columns alone: the kind is found from them
        ("  #kind", "  kind", "case", None),
    ],
)
def test_what_a_draft_proposes_can_be_confirmed(
    tmp_path: Path, *, sign: str, put: str, kind: str, place: str | None
) -> None:
    file = write(tmp_path, PLACES, columns=PLACES_DRAFT.replace(sign, put))
    library = read_table(file)
    assert {(entry.kind, entry.place) for entry in library.entries} == {(kind, place)}
    assert not {"for_cases", "map_absent"} & {note.kind for note in library.notes}


def test_a_country_makes_a_case_but_beside_how_to_join(tmp_path: Path) -> None:
    for header, kind in (("summary", "case"), ("how_to_join", "resource")):
        [entry] = read_table(write(tmp_path, f"title,{header},country\nThe oven,Come on Fridays.,Belgium\n")).entries
        assert (entry.kind, entry.country) == (kind, "belgium")


def test_of_two_columns_that_may_be_the_same_a_draft_proposes_one(tmp_path: Path) -> None:
    text = "Titre,Résumé,Date de démarrage,Date du démarrage,Titres\n" + "".join(
        f"{n},On l’a rebâti.,20{n},20{n + 1},T{n}\n" for n in range(10, 40)
    )
    draft = draft_map(preview_table(write(tmp_path, text)), "en")
    assert '  #"Date de démarrage": start  # perhaps' in draft
    assert '  - "Date du démarrage"  # or start, in place of "Date de démarrage"\n' in draft
    library = read_table(write(tmp_path, text, columns=draft.replace("\n  #", "\n  ")))
    assert library.entries[0].start == "2010"
    assert "map_absent" not in [note.kind for note in library.notes]


NAMED_TITLE = 'columns:\n  "Titre": title\n  "Résumé": summary\n'


@pytest.mark.parametrize(
    ("columns", "english", "french"),
    [
        (
            f'{NAMED_TITLE}   "Lieu": place\n',
            "mine.columns.yaml:4 spaces at the beginning of this line: 3; its neighbours have 2, put as many",
            "mine.columns.yaml:4 espaces au début de cette ligne : 3 ; ses voisines en ont 2, mettez-en autant",
        ),
        (
            f'{NAMED_TITLE}\t"Lieu": place\n',
            "mine.columns.yaml:4 this line begins with a tab: put two spaces in its place",
            "mine.columns.yaml:4 cette ligne commence par une tabulation : remplacez-la par deux espaces",
        ),
        (
            f'{NAMED_TITLE}"Lieu": place\nvalues:\n  kind: case\n',
            "mine.columns.yaml:4 'Lieu' is at the left edge: if it is a column of the table, move it under columns: "
            "with two spaces before it",
            "mine.columns.yaml:4 'Lieu' est au bord gauche : si c’est une colonne du tableau, mettez-la sous columns:, "
            "avec deux espaces devant",
        ),
        (
            f'{NAMED_TITLE}"Lieu": place\n  "Année": start\n',  # no YAML any more
            "mine.columns.yaml:4 'Lieu' is at the left edge: if it is a column of the table, move it under columns: "
            "with two spaces before it",
            "mine.columns.yaml:4 'Lieu' est au bord gauche : si c’est une colonne du tableau, mettez-la sous columns:, "
            "avec deux espaces devant",
        ),
        (
            f'{NAMED_TITLE}  "Lieu: place\n',
            "mine.columns.yaml:4 cannot be read around this line: under columns:, a line is two spaces, the name of "
            "the column in straight quotation marks, a colon, a space and what it is here, like title",
            "mine.columns.yaml:4 ne peut pas être lu autour de cette ligne : sous columns:, une ligne est faite de "
            "deux espaces, du nom de la colonne entre guillemets droits, de deux-points, d’un espace et de ce qu’elle "
            "est ici, comme title",
        ),
        (
            "columns: {Titre: title}\nvalues:\n  language: fr\n  kind: cas pratique\n",
            "mine.columns.yaml:4 values: kind: 'cas pratique' is not one of practice, condition, case, resource, "
            "insight, phase",
            "mine.columns.yaml:4 values : kind : 'cas pratique' n’est pas un de practice, condition, case, resource, "
            "insight, phase",
        ),
        (
            "columns:\n  Titre: title\n  Lieu: wo\n",
            "mine.columns.yaml:3 columns: 'wo' is not one of " + ", ".join(COLUMNS),
            "mine.columns.yaml:3 columns : 'wo' n’est pas un de " + ", ".join(COLUMNS),
        ),
    ],
    ids=["indent", "tab", "left edge", "left edge, no YAML", "quotation mark", "value", "name"],
)
def test_what_is_wrong_with_a_map_is_said_on_its_line(
    tmp_path: Path, *, columns: str, english: str, french: str
) -> None:
    [problem] = preview_table(write(tmp_path, "Titre,Résumé,Lieu\nA,B,C\n", columns=columns)).problems
    assert str(problem) == english
    assert said_with_place(problem, "fr") == french


def test_two_columns_that_are_read_as_one_are_both_named_on_their_lines(tmp_path: Path) -> None:
    columns = "columns:\n  Titre: title\n  Résumé: summary\n  Nom: title\n"
    found = preview_table(write(tmp_path, "Titre,Nom,Résumé\nA,B,C\n", columns=columns)).problems
    assert [said_with_place(one, "fr") for one in found] == [
        "mine.columns.yaml:2 columns : 'title' est lu de deux colonnes, 'Titre' et 'Nom' : n’en gardez qu’une",
        "mine.columns.yaml:4 columns : 'title' est lu de deux colonnes, 'Nom' et 'Titre' : n’en gardez qu’une",
    ]


def test_a_map_of_windows_is_to_be_saved_anew(tmp_path: Path, main: Main, capsys: pytest.CaptureFixture[str]) -> None:
    file = write(tmp_path, "Titre,Résumé\nA,B\n")
    (tmp_path / "mine.columns.yaml").write_bytes("columns:\n  Résumé: summary\n".encode("cp1252"))
    assert main("build", "--corpus", file, "--dry-run", "--lang", "fr") == 2
    assert capsys.readouterr().err == ("1 problème. mine.columns.yaml:2 n’est pas en UTF-8 ; enregistrez-le en UTF-8\n")


@pytest.mark.parametrize(
    ("columns", "said"),
    [
        (
            "columns: {Nom du dossier: title, Récit: description}",
            "names columns that the table has not ('Nom du dossier', 'Récit'): correct this file, or delete it and",
        ),
        ("values: {kind: case}", "does not say which column is “title”: say it, or delete this file and"),
    ],
)
def test_a_dry_run_says_of_a_map_from_before_what_the_build_says(
    tmp_path: Path, *, main: Main, capsys: pytest.CaptureFixture[str], columns: str, said: str
) -> None:
    file = write(tmp_path, FORM, columns=columns)
    assert main("build", "--corpus", file, "--output", tmp_path / "index", "--lang", "en") == 2
    built = capsys.readouterr().err
    assert main("build", "--corpus", file, "--dry-run", "--lang", "en") == 2
    out, err = capsys.readouterr()
    assert err.startswith(built)
    assert f"{file.with_name('mine.columns.yaml')} {said} “passerelle build --dry-run” will write a new one\n" in built
    assert "mine.csv:1 no column is known as the title; row 1 looks like the names of the columns (" in built
    assert "which is not touched" in out
    assert '"Quel nom porte le projet": title' in out
    (tmp_path / "mine.columns.yaml").unlink()
    assert main("build", "--corpus", file, "--dry-run", "--lang", "en") == 0
    assert '"Quel nom porte le projet": title' in (tmp_path / "mine.columns.yaml").read_text(encoding="utf-8")


def test_more_than_fifty_problems_are_counted_and_all_written_to_a_file(
    tmp_path: Path, main: Main, capsys: pytest.CaptureFixture[str]
) -> None:
    file = write(tmp_path, "title,summary,language\nA,Text.,en\n" + 60 * ",Text.,en\n")
    assert main("build", "--corpus", file, "--output", tmp_path / "index", "--lang", "en") == 2
    err = capsys.readouterr().err
    assert err.startswith("60 problems.\ncolumn title: is empty: give the row a title, or take it out: 60 times\n")
    assert "  … and 57 more\n" in err
    assert f"All of them are in {tmp_path}/mine.problems.txt." in err
    assert len((tmp_path / "mine.problems.txt").read_text(encoding="utf-8").splitlines()) == 61


@pytest.mark.parametrize(("said", "word"), [("fr_BE.UTF-8", "problème"), ("de_DE.UTF-8", "problem"), ("C", "problem")])
def test_problems_are_in_the_language_of_the_computer(
    tmp_path: Path,
    *,
    main: Main,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    said: str,
    word: str,
) -> None:
    monkeypatch.setenv("LC_ALL", said)
    assert main("build", "--corpus", tmp_path / "no.csv", "--output", tmp_path / "index") == 2
    assert capsys.readouterr().err.startswith(f"1 {word}. ")


def test_a_draft_of_a_table_that_cannot_be_read_holds_what_was_understood(tmp_path: Path) -> None:
    preview: TablePreview = preview_table(write(tmp_path, 'Titre,"a: ""b"" #",Langue\nA,x,de\n,y,\n'))
    assert [problem.kind for problem in preview.problems] == ["language"]
    assert "row_unread" in [note.kind for note in preview.notes]
    draft = draft_map(preview, "en")
    assert '  "Titre": title\n' in draft
    assert '  - "a: \\"b\\" #"\n' in draft


def test_many_rows_of_one_title_are_named_quickly(tmp_path: Path) -> None:
    file = write(tmp_path, "title,summary,language\n" + 5_000 * "Same,Text.,en\n")
    start = time.process_time()
    assert len(read_table(file).entries) == 5_000
    assert time.process_time() - start < 20


# ---- Other forms of tables -----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["mine.tsv", "mine.TAB", "mine.txt"])
def test_tabs_between_cells_are_read_whatever_the_file_is_called(tmp_path: Path, name: str) -> None:
    file = write(tmp_path, "titre\tcommentaire\trésumé\nLe four\tx\tOn l’a rebâti.\n", name)
    assert entries(file)["le-four"].texts["fr"] == {"title": "Le four", "summary": "On l’a rebâti."}


ROWS = [{"titre": "Le four", "texte": "On l’a rebâti."}, {"titre": "La mare", "texte": "On l’a creusée."}]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("mine.json", ROWS),
        ("mine.json", {"meta": {"pages": [{"page": 1}]}, "response": {"results": [{"fields": row} for row in ROWS]}}),
        (
            "mine.geojson",
            {"type": "FeatureCollection", "features": [{"type": "Feature", "properties": row} for row in ROWS]},
        ),
    ],
)
def test_the_rows_of_a_json_file_are_found_wherever_they_are(tmp_path: Path, name: str, value: object) -> None:
    found = entries(write(tmp_path, json.dumps(value), name))
    assert {entry.title("fr"): entry.texts["fr"]["description"] for entry in found.values()} == {
        "Le four": "On l’a rebâti.",
        "La mare": "On l’a creusée.",
    }


def test_a_json_file_with_an_object_a_line_is_read_as_that(tmp_path: Path) -> None:
    assert list(entries(write(tmp_path, "\n".join(map(json.dumps, ROWS)), "mine.json"))) == ["la-mare", "le-four"]


def test_lists_of_a_json_file_that_are_not_read_are_named(tmp_path: Path) -> None:
    data = {"projets": {"2023": ROWS[:1], "2024": ROWS}, "pages": [1, 2, 3], "auteur": {"nom": "Namur"}}
    file = write(tmp_path, json.dumps(data), "mine.json")
    assert list(entries(file)) == ["la-mare", "le-four"]
    assert notes(file) == [
        "mine.json the list “projets.2023” is not read (objects: 1), only the longest is: if they are entries, put all "
        "into one list, or these into a file of their own"
    ]
    [note] = preview_table(file).notes
    assert said_with_place(note, "fr") == (
        "mine.json la liste « projets.2023 » n’est pas lue (objets : 1), seule la plus longue l’est : si ce sont des "
        "fiches, mettez-les toutes dans une même liste, ou celles-ci dans un fichier à part"
    )


def test_items_of_a_json_list_that_are_no_objects_are_noted_and_rows_keep_their_place(tmp_path: Path) -> None:
    file = write(tmp_path, json.dumps([ROWS[0], ["La mare"], {"titre": "", "texte": "x"}, "oubli"]), "mine.json")
    told = "is no object (names and values) and is not read: write it like the others of the list"
    assert notes(file) == [f"mine.json:2 {told}", f"mine.json:4 {told}"]
    assert problems(file) == ["mine.json:3 column titre: is empty: give the row a title, or take it out"]


@pytest.mark.parametrize("text", ["{oops", "[" * 100_000, '"a text"', "[1, 2]", ""])
def test_a_json_file_without_rows_is_told_in_a_sentence(tmp_path: Path, text: str) -> None:
    with pytest.raises(CorpusError) as error:
        read_table(write(tmp_path, text, "mine.json"))
    [problem] = error.value.problems
    assert str(problem).startswith("mine.json:1 " if text == "{oops" else "mine.json ")


def test_cells_merged_down_a_column_are_said_of_each_of_their_rows(tmp_path: Path) -> None:
    rows: Rows = [["Commune", "Titre", "Résumé"], ["Briec", "A", "Un."], [None, "B", "Deux."], [None, "C", "Trois."]]
    file = workbook(tmp_path, One=rows)
    book = load_workbook(file)
    book["One"].merge_cells("A2:A3")
    book["One"].merge_cells("A5:A60")
    book.save(file)
    assert {name: entry.place for name, entry in entries(file).items()} == {"a": "Briec", "b": "Briec", "c": None}


def test_a_row_without_title_and_text_is_no_entry_and_no_problem(tmp_path: Path) -> None:
    file = write(tmp_path, "Titre,Résumé,Commune,Année\nLe four,On l’a rebâti.,Briec,2019\n,,TOTAL,1\n")
    assert list(entries(file)) == ["le-four"]
    assert "mine.csv:3 has neither a title nor a text, and is no entry" in notes(file)


def test_what_a_program_wrote_is_not_taken_for_a_title_or_a_text(tmp_path: Path) -> None:
    attached = "photo.jpg (https://files.example/v3/u/27/27/1709/abcdefghij/klmnopqrst)"
    text = "Horodateur,Mél,Votre action,Ce que vous faites,Pièces\n" + "".join(
        f"2024/03/{n} 10:32:11 AM UTC+1,p{n}@exemple.fr,L’action numéro {n},"
        f"Nous cuisons du pain avec les voisins de la rue le samedi.,{attached}\n"
        for n in range(10, 15)
    )
    read = {column.name: column.ours for column in preview_table(write(tmp_path, text)).columns if column.ours}
    assert read == {"Votre action": "title", "Ce que vous faites": "description"}


def test_who_is_behind_something_is_its_title_only_where_nothing_else_is(tmp_path: Path) -> None:
    rows = "Les amis du four,Rebâtir le four,x\nLa mairie de Briec,Creuser la mare,y\n"
    for header, title in (("Porteur,Quoi,Suivi", "Quoi"), ("Porteur,Structure,Suivi", "Porteur")):
        columns = preview_table(write(tmp_path, f"{header}\n{rows}")).columns
        assert [column.name for column in columns if column.ours == "title"] == [title]


VALUES = {"code": "ARA-0001", "number": "1", "who": "Rosa Lopez", "family": "Lopez", "title": "Le four"}
OTHERS = {"code": "ARA-0002", "number": "2", "who": "Jean Petit", "family": "Petit", "title": "La mare"}


@pytest.mark.parametrize(
    ("header", "cells", "title"),
    [
        ("id_initiative,nom_usuel", "code,title", "nom_usuel"),
        ("Id initiative,Nom usuel", "number,title", "Nom usuel"),
        ("Id initiative,Budget", "number,number", "Id initiative"),  # nothing else is called so
        ("Nom et prénom,Titre de votre action", "who,title", "Titre de votre action"),
        ("Your name,What is your project called?", "who,title", "What is your project called?"),
        ("Nom de l’association,Nom du référent,Nom du projet citoyen", "who,who,title", "Nom du projet citoyen"),
        ("Nom de l’association,Nom du projet de l’association", "who,title", "Nom du projet de l’association"),
        ("Nom de l’association,Quoi", "who,title", "Nom de l’association"),  # a list of associations
        ("Votre ressenti sur l’action,Action", "who,title", "Action"),  # the shorter name
        ("Lieu de l’action,Notre belle action", "who,title", "Notre belle action"),  # the other says a place
        ("Nom,Prénom,Récit du projet", "family,who,title", "Nom"),  # the other is a description
        ("Nom,Prénom,Projet", "family,who,title", "Projet"),
        ("Name,First name,Initiative", "family,who,title", "Initiative"),
        ("Nom,Prénom,Quoi", "family,who,title", "Nom"),  # nothing says that the other is a title
        ("Nom,Projet", "title,title", "Nom"),
        ("Nom,Objet", "number,title", "Objet"),
        ("Titre,Nom", "code,number", "Titre"),  # both are codes
        ("Titre,Projet", "code,title", "Projet"),
    ],
)
def test_the_title_is_no_code_and_nobodys_name_where_another_column_may_be_it(
    tmp_path: Path, header: str, cells: str, title: str
) -> None:
    rows = [",".join(of[cell] for cell in cells.split(",")) for of in (VALUES, OTHERS)]
    file = write(tmp_path, "\n".join([f"{header},Résumé", *(f"{row},Un texte." for row in rows), ""]))
    assert [one.name for one in preview_table(file).columns if one.ours == "title"] == [title]


def test_family_names_are_no_titles_though_nobody_confirms_another(tmp_path: Path) -> None:
    file = write(tmp_path, "Nom,Prénom,Projet\nLopez,Rosa,Le four\nPetit,Jean,La mare\n")
    assert preview_table(file, suggestions=False).problems[0].kind == "no_title"


# ---- Others of these kinds -----------------------------------------------------------------------------------


def test_names_that_are_there_once_more_are_no_entry(tmp_path: Path) -> None:
    file = write(tmp_path, "Titre;Résumé;Budget\nLe four;Un.;1\nTitre;Résumé;Budget\nLa mare;Deux.;2\n")
    assert set(entries(file)) == {"le-four", "la-mare"}
    assert "mine.csv:3 the names of the columns are there once more: the row is no entry" in notes(file)


def test_cells_beside_a_table_in_a_workbook_are_columns_without_a_name(tmp_path: Path) -> None:
    file = workbook(tmp_path, One=[["Titre", "Résumé"], ["Le four", "Un.", None, "à relire"], ["La mare", "Deux."]])
    assert set(entries(file)) == {"le-four", "la-mare"}
    assert notes(file) == ["mine.xlsx:2 column 4 has no name and is not read"]


@pytest.mark.parametrize("name", ["cp1252", "mac_roman", "latin-1"])
def test_a_file_of_windows_or_of_a_mac_has_its_accents(tmp_path: Path, name: str) -> None:
    text = "Titre;Résumé\nL'été à la forêt;Ça se fête où l'on plante, près du chêne.\n"
    [entry] = read_table(write(tmp_path, text.encode(name))).entries
    assert (entry.title("fr"), entry.summary("fr")) == ("L'été à la forêt", "Ça se fête où l'on plante, près du chêne.")
    assert notes(tmp_path / "mine.csv")[0].startswith(
        f"mine.csv is not UTF-8: it was read as {'Mac Roman' if name == 'mac_roman' else 'Windows-1252'}"
    )


@pytest.mark.parametrize("name", ["mine.csv", "mine.jsonl"])
def test_a_workbook_by_another_name_is_read(tmp_path: Path, name: str) -> None:
    file = workbook(tmp_path, One=[["Titre", "Résumé"], ["Le four", "Un."]]).rename(tmp_path / name)
    assert set(entries(file)) == {"le-four"}


@pytest.mark.parametrize("name", ["mine.jsonl", "mine.json"])
@pytest.mark.parametrize("indent", [None, 1])
@pytest.mark.parametrize("around", ["", "features", "records"])
def test_a_list_of_objects_is_a_table(tmp_path: Path, name: str, indent: int | None, around: str) -> None:
    rows = [
        {"properties": {"nom": "Le four", "description": "Un."}},
        {"properties": {"nom": "", "description": "Deux."}},
    ]
    data = {"count": 2, "links": ["x"], around: rows} if around else rows
    file = write(tmp_path, json.dumps(data, indent=indent), name)
    if (name, indent, bool(around)) == ("mine.jsonl", None, True):  # a line that is an object is a row of that name
        assert "no name is known as the title" in problems(file)[0]
        return
    assert problems(file) == [f"{name}:2 column properties.nom: is empty: give the row a title, or take it out"]
    assert [one.title("fr") for one in preview_table(file).entries] == ["Le four"]


def test_degrees_at_the_end_of_a_path_are_read(tmp_path: Path) -> None:
    row = {"title": "A", "summary": "x", "fields": {"Lieu": {"lat": 50.1, "lng": 4.2}}}
    [entry] = read_table(write(tmp_path, json.dumps(row), "mine.jsonl")).entries
    assert (entry.lat, entry.lon) == (50.1, 4.2)


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        ("https://b.fr et https://c.fr", ["https://b.fr", "https://c.fr"]),
        ("https://b.fr - https://c.fr/x-y", ["https://b.fr", "https://c.fr/x-y"]),
        ("voir https://d.fr/a,b (page 3).", ["https://d.fr/a,b"]),
        ("<a class='x' href='https://a.fr'>le site</a>", ["https://a.fr"]),
    ],
)
def test_addresses_among_words_are_found(tmp_path: Path, cell: str, found: list[str]) -> None:
    [entry] = read_table(write(tmp_path, f'title;summary;lien\nA;x;"{cell}"\n')).entries
    assert [source.url for source in entry.sources] == found


@pytest.mark.parametrize("mark", ["-", "–", "N/A", "n/a", "n.c.", "NULL", "NaN", "?", "…", "(vide)"])
def test_marks_of_no_value_are_none(tmp_path: Path, mark: str) -> None:
    [entry] = read_table(write(tmp_path, f"title;summary;lieu\nA;Texte.;{mark}\n")).entries
    assert (entry.place, entry.kind) == (None, "practice")
    assert problems(write(tmp_path, f"title;summary\n{mark};Texte.\n")) == [
        "mine.csv:2 column title: is empty: give the row a title, or take it out"
    ]


@pytest.mark.parametrize("text", ["NC", "Na", "Non", "- un", "0", "Null part"])
def test_short_texts_are_values(tmp_path: Path, text: str) -> None:
    [entry] = read_table(write(tmp_path, f"title;summary;lieu\nA;Texte.;{text}\n")).entries
    assert entry.place == text


@pytest.mark.parametrize("error", ["Err:502", "#GETTING_DATA", "#ERREUR!", "#EPARS!", "#BLOCKED!"])
def test_errors_of_any_spreadsheet_are_no_values(tmp_path: Path, error: str) -> None:
    file = write(tmp_path, f"title;summary\nA;{error}\n")
    assert notes(file)[0] == (
        f"mine.csv:2 column summary: holds the error {error} instead of a value: mend the formula; the cell is set "
        "aside"
    )


def test_closed_lists_of_ones_own_hold_texts_whatever_they_look_like(tmp_path: Path) -> None:
    vocabulary = """\
    kinds: {practice: {fr: Pratique, en: Practice}}
    phases: {2020: {fr: Vingt, en: 20}, no: {fr: Non, en: No}}
    bases: {stated: {fr: énoncé, en: stated}}
    translations: {none: {fr: une seule langue, en: one language}}
    conditions: {}
    actors: {}
    outcomes: {}
    countries: {}
    """
    (tmp_path / "mine.vocabulary.yaml").write_text(vocabulary, encoding="utf-8")
    file = write(tmp_path, "title,summary,phases\nOne,A garden.,2020\nTwo,A garden.,Non\n")
    assert {name: entry.phases for name, entry in entries(file).items()} == {
        "one": {"2020": "stated"},
        "two": {"no": "stated"},
    }
    (tmp_path / "mine.vocabulary.yaml").write_text(vocabulary.replace("fr: Non", "fr: ''"), encoding="utf-8")
    assert problems(file) == ["mine.vocabulary.yaml:2 'no' needs a label in fr and in en: write {fr: …, en: …}"]
