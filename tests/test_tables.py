"""A library of one's own in a table: what is read, and what is said of what cannot be."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from openpyxl import Workbook

from search.building.builder import build
from search.errors import CorpusError
from search.index.reading import load_index
from search.library.counts import count_corpus
from search.library.export import export_library, rows, to_csv
from search.library.reader import read_library
from search.library.tables.reading import preview_table, read_table
from search.library.training_queries import LENT, read_training_queries
from search.locations import default_corpus
from search.output.document import Block
from search.output.markdown import to_markdown
from search.output.pdf import to_pdf
from search.output.sheet import make_sheet
from search.text.segmentation import LONGEST_PASSAGE, passages_of
from tests.fakes import TINY_CORPUS, CountingEncoder


def write(folder: Path, text: str, name: str = "mine.csv", *, columns: str | None = None) -> Path:
    file = folder / name
    file.write_text(text, encoding="utf-8")
    if columns:
        (folder / f"{file.stem}.columns.yaml").write_text(columns, encoding="utf-8")
    return file


def workbook(folder: Path, *table: list[object]) -> Path:
    book = Workbook()
    for row in table:
        book.worksheets[0].append(row)
    book.save(folder / "mine.xlsx")
    return folder / "mine.xlsx"


def problems(file: Path) -> list[str]:
    with pytest.raises(CorpusError) as error:
        read_table(file)
    return [str(problem) for problem in error.value.problems]


def notes(file: Path) -> list[str]:
    return [str(note) for note in read_table(file).notes]


def test_a_title_and_a_text_are_enough_and_the_language_is_seen(tmp_path: Path) -> None:
    file = write(tmp_path, "title,description\nA shared garden,The neighbours keep the garden with the council.\n")
    [entry] = read_table(file).entries
    assert (entry.id, entry.kind, entry.languages, entry.sources) == ("a-shared-garden", "practice", ("en",), ())
    assert entry.texts["en"]["description"] == "The neighbours keep the garden with the council."


@pytest.mark.parametrize("name", ["passerelle.jsonl", "passerelle.csv"])
@pytest.mark.parametrize("corpus", [TINY_CORPUS, default_corpus()], ids=["tiny", "shipped"])
def test_what_is_exported_is_read_back(tmp_path: Path, name: str, corpus: Path) -> None:
    library = read_library(corpus)
    export_library(library, tmp_path)
    again = read_table(tmp_path / name)
    assert (again.entries, again.vocabulary, again.notes) == (library.entries, library.vocabulary, ())


OWN = """\
{"title": "Une", "summary": "A.", "source_urls": ["https://a.fr/1", "https://a.fr/2"], "language": "fr", "place": "X"}
{"title": "Deux", "summary": "B.", "sources": "Rapport", "source_urls": "https://a.fr/3", "place": "X"}
{"title": "Trois", "summary": "C.", "sources": ["Un", "Deux"], "source_titles": [null, "T; 2"], "language": "fr"}
{"title": "Quatre", "summary": "D.", "sources": "Un; Deux", "source_publishers": "P; Q", "source_read": "2024;2025-01"}
{"title": "Cinq", "summary": "E.", "obstacles": ["une\\nautre", "[x]"], "language": "fr", "source_titles": "seul"}
{"title": "Six", "summary": "F.", "sources": "Un; Deux", "source_copies": "une seule", "language": "fr"}
"""


@pytest.mark.parametrize("name", ["passerelle.jsonl", "passerelle.csv"])
def test_a_table_that_is_exported_is_read_back(tmp_path: Path, name: str) -> None:
    library = read_table(write(tmp_path, OWN, "mine.jsonl"))
    told = {
        entry.id: [(one.key, one.publisher, one.title, one.url, one.read, one.copy) for one in entry.sources]
        for entry in library.entries
    }
    assert told == {
        "cinq": [],
        "deux": [("Rapport", "", "Rapport", "https://a.fr/3", "", None)],
        "quatre": [("Un", "P", "Un", "", "2024", None), ("Deux", "Q", "Deux", "", "2025-01", None)],
        "six": [("Un", "", "Un", "", "", None), ("Deux", "", "Deux", "", "", None)],
        "trois": [("Un", "", "", "", "", None), ("Deux", "", "T; 2", "", "", None)],
        "une": [(url, "", "", url, "", None) for url in ("https://a.fr/1", "https://a.fr/2")],
    }
    assert str(library.notes[-1]) == (
        "mine.jsonl:6 column source_copies: needs one value for each source (sources: 2, values: 1): put semicolons "
        "between them; the cell is set aside"
    )
    export_library(library, tmp_path / "made")
    again = read_table(tmp_path / "made" / name)
    assert (again.entries, again.vocabulary, again.notes) == (library.entries, library.vocabulary, ())
    card = (tmp_path / "made/README.md").read_text(encoding="utf-8")
    assert card.startswith("# A library, from mine.jsonl\n")
    assert "CC BY" not in card


def test_a_spreadsheet_with_names_of_its_own_is_read_by_its_column_map(tmp_path: Path) -> None:
    columns = (
        "columns: {Intitulé: title, Récit: context, Année: start}\nvalues: {kind: case, language: fr}\nignore: [Suivi]"
    )
    (tmp_path / "mine.columns.yaml").write_text(columns, encoding="utf-8")
    file = workbook(
        tmp_path, [], ["Intitulé", "Récit", "Année", "Suivi"], ["Un four", "On l’a rebâti.", 2019, "Anne"], [None, None]
    )
    [entry] = read_table(file).entries
    assert (entry.kind, entry.start, entry.outcome, entry.title("fr")) == ("case", "2019", "unknown", "Un four")


def test_semicolons_and_decimal_commas_as_a_french_spreadsheet_writes_them(tmp_path: Path) -> None:
    text = "\ufefftitle;kind;context;lat;lon\r\nLe four;case;On l’a rebâti, à plusieurs.;50,63;5,57\r\n"
    [entry] = read_table(write(tmp_path, text)).entries
    assert (entry.lat, entry.lon, entry.texts["fr"]["context"]) == (50.63, 5.57, "On l’a rebâti, à plusieurs.")


def test_the_guard_against_formulas_is_taken_off_again(tmp_path: Path) -> None:
    [entry] = read_table(write(tmp_path, "title,description,language\n'=1+1,A sum.,en\n")).entries
    assert entry.title("en") == "=1+1"


def test_every_problem_and_note_is_told_with_its_row_and_column(tmp_path: Path) -> None:
    text = (
        "id,title,kind,language,description,context,phases,lat,colour\n"
        "a,One,practice,en,Text.,,soon,,\n"
        "a,One,practice,en,Text.,,,,red\n"
        "b,,practice,en,Text.,,,,\n"
        "c,Three,recipe,en,Text.,,,,\n"
        "d,Four,practice,de,Text.,,,,\n"
        "e,Five,practice,en,,,,,\n"
        "f,Six,case,en,,Text.,,north,\n"
        "../g,Seven,practice,en,Text.,,,,\n"
        "h,Eight,practice,en,Text.,More.,,,\n"
    )
    preview = preview_table(write(tmp_path, text))
    assert [str(problem) for problem in preview.problems] == [
        "mine.csv:3 column id: 'a' is in row 2 already, in the same language: give another id",
        "mine.csv:4 column title: is empty: give the row a title, or take it out",
        "mine.csv:6 column language: 'de' is not one of fr, en: the library is in these languages",
        "mine.csv:9 column id: '../g' is not an id: letters, digits and hyphens, 100 at most",
    ]
    kinds = "practice, condition, case, resource, insight, phase"
    assert [str(note) for note in preview.notes] == [
        "mine.csv column colour: is not known and not read; what it is here can be said in mine.columns.yaml",
        "mine.csv:2 column phases: 'soon' is not one of before, launch, during, upkeep; the cell is set aside",
        f"mine.csv:5 column kind: 'recipe' is not one of {kinds}; the cell is set aside",
        "mine.csv:7 column title: has a title only: the entry is found by it alone",
        "mine.csv:8 column lat: 'north' must be degrees, -90 to 90; the cell is set aside",
        "mine.csv:10 column context: a practice has no such field: the text is read as “description”",
    ]
    assert {entry.id: entry.kind for entry in preview.entries} == {
        "a": "practice", "c": "practice", "e": "practice", "f": "case", "h": "practice"
    }  # fmt: skip
    assert preview.entries[-1].texts["en"]["description"] == "Text.\n\nMore."


def test_rows_are_counted_as_a_spreadsheet_counts_them_whatever_lines_a_cell_has(tmp_path: Path) -> None:
    text = 'title,description,language\n"One","Two\nlines\nmore",en\n\n,Text.,en\n'
    assert problems(write(tmp_path, text)) == [
        "mine.csv:4 column title: is empty: give the row a title, or take it out"
    ]


def test_a_problem_names_the_column_as_the_spreadsheet_does(tmp_path: Path) -> None:
    file = write(tmp_path, "Intitulé exact,description\n,Text.\n", columns="columns: {Intitulé exact: title}")
    assert problems(file) == ["mine.csv:2 column Intitulé exact: is empty: give the row a title, or take it out"]
    columns = "{columns: {Intitulé exact: title, Étape: phases}, values: {kind: case}}"
    file = write(tmp_path, "Intitulé exact,context,Étape\nUn,Dit.,hier\n", columns=columns)
    assert notes(file) == [
        "mine.csv:2 column Étape: 'hier' is not one of before, launch, during, upkeep; the cell is set aside"
    ]


@pytest.mark.parametrize(
    ("columns", "found"),
    [
        ("columns: {Titre: name}", "mine.columns.yaml:1 columns: 'name' is not one of id"),
        ("columns: [Titre]", "mine.columns.yaml:1 columns must be a mapping"),
        ("rows: 3", "mine.columns.yaml:1 unknown key 'rows'"),
        ("columns: {A: title, B: title}", "mine.columns.yaml:1 columns: 'title' is read from two columns, 'A' and 'B'"),
        ("columns: {", "mine.columns.yaml:1 cannot be read around this line"),
    ],
)
def test_a_column_map_that_is_wrong_is_told(tmp_path: Path, columns: str, found: str) -> None:
    lines = problems(write(tmp_path, "title,description,language\nOne,Text.,en\n", columns=columns))
    assert lines[0].startswith(found)


@pytest.mark.parametrize(
    ("name", "text", "found"),
    [
        ("mine.xlsx", "not a zip", "is not a workbook"),
        ("mine.ods", "x", "is not a table that can be read: save it as one of .csv, "),
        ("mine.csv", "", "holds no entry"),
        ("mine.csv", "title,title\n", ":1 column 'title' is there twice"),
        ("mine.csv", "title,description\nA,B,C\n", ":2 has 3 cells where the header has 2"),
        (
            "mine.csv",
            'title,description\n"A,B\n',
            ':2 is not CSV: a quotation mark (") opened in this row is never closed',
        ),
        ("mine.jsonl", "[1]\n", ":1 must hold names and values"),
        (
            "mine.jsonl",
            '{"title": {"a": "b"}, "description": "x"}\n',
            "is known as the title (title.a, description)",
        ),
        ("mine.jsonl", "[" * 100_000, ":1 cannot be read"),
    ],
)
def test_what_is_no_table_is_told(tmp_path: Path, name: str, text: str, found: str) -> None:
    assert any(found in line for line in problems(write(tmp_path, text, name)))


def test_a_text_of_ten_thousand_words_becomes_passages_that_stand_in_it(tmp_path: Path) -> None:
    text = " ".join(f"Sentence {n} tells of the garden." for n in range(2_000))
    row = {"title": "Long", "description": text, "language": "en"}
    [entry] = read_table(write(tmp_path, json.dumps(row), "mine.jsonl")).entries
    pieces = [passage.text for passage in passages_of(entry)]
    assert max(map(len, pieces)) <= LONGEST_PASSAGE
    assert " ".join(pieces) == text


def test_two_languages_in_one_text_are_read_as_the_one_it_mostly_is(tmp_path: Path) -> None:
    text = (
        "title,description\nLe jardin,Les voisins tiennent le jardin avec la commune et the council pays the water.\n"
    )
    [entry] = read_table(write(tmp_path, text)).entries
    assert entry.languages == ("fr",)


def test_a_dry_run_counts_and_writes_nothing(tmp_path: Path) -> None:
    file = tmp_path / "mine.csv"
    file.write_text(to_csv(rows(read_library(TINY_CORPUS))), encoding="utf-8")
    (tmp_path / "mine.vocabulary.yaml").write_bytes((TINY_CORPUS / "vocabulary.yaml").read_bytes())
    counts = count_corpus(file)
    assert (counts.entries, counts.languages) == (6, {"fr+en": 5, "fr": 1})
    assert counts == count_corpus(TINY_CORPUS)
    assert len(list(tmp_path.iterdir())) == 2


@pytest.mark.all_lent
def test_one_changed_entry_of_a_hundred_encodes_its_own_texts_only(tmp_path: Path) -> None:
    lines = [json.dumps({"title": f"T{n}", "description": f"Text {n}.", "language": "en"}) for n in range(100)]
    file, encoder = write(tmp_path, "\n".join(lines), "mine.jsonl"), CountingEncoder()
    build(file, tmp_path / "index", encoder=encoder)
    lent = [query for name in LENT for query in read_training_queries(default_corpus(), files=name)]
    known = len({text for query in lent for text in query.asked})  # some are the same in both languages
    assert len(encoder.encoded) == 200 + known  # a passage and its sentence, each entry
    lines[7] = lines[7].replace("Text 7.", "Changed.")
    write(tmp_path, "\n".join(lines[:-1]), "mine.jsonl")
    build(file, tmp_path / "index", encoder=encoder)
    assert encoder.encoded[200 + known :] == ["T7. Changed.", "Changed."]
    names = {entry.id for entry in load_index(tmp_path / "index", encoder).entries}
    assert names == {f"t{n}" for n in range(99)}  # the one that was deleted is gone


def test_a_table_with_sources_and_without_is_put_on_a_sheet(tmp_path: Path) -> None:
    text = "title,description,language,source_urls\nOne,Text.,en,https://example.org/a\nTwo,Text.,en,\n"
    library = read_table(write(tmp_path, text))
    sheet = make_sheet("", library.entries, library.vocabulary, language="en")
    assert Block("source", "", "https://example.org/a") in sheet.document().blocks
    assert "**Sources**\n\n- <https://example.org/a>\n" in to_markdown(sheet)
    assert to_markdown(sheet).count("**Sources**") == 1
    assert to_pdf(sheet).startswith(b"%PDF")
