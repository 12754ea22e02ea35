"""Tables given to the page: kept, put in place, built in the background; and the libraries an index folder keeps."""

from __future__ import annotations

import os
import stat
import threading
import time
from pathlib import Path

import pytest

from search.building.background import BackgroundBuild
from search.building.builder import build, corpora_in_use
from search.errors import CorpusError, IndexBusyError, IndexDamagedError, IndexMismatchError, PasserelleError
from search.index.build_lock import build_lock
from search.index.builds import MOST_KEPT, kept_builds
from search.index.reading import current_version, read_manifest
from search.index.writing import SETTLED_AFTER, switch_to
from search.library.tables.column_choices import (
    FACET,
    choices_of,
    chosen_twice,
    map_of,
    map_of_before,
    values_of,
    written_map,
)
from search.library.tables.columns import ColumnMap
from search.library.tables.problem_cells import ProblemCell, problem_cells
from search.library.tables.reading import preview_table, read_table
from search.library.tables.uploads import DRAFT_KEPT, DRAFTS, EARLIER, accepted, keep_draft, place_of, safe_name
from search.locations import default_tables
from tests.fakes import TINY_CORPUS, CountingEncoder

TABLE = "title,Récit,language\nThe garden,A garden.,en\nThe bench,A building.,en\n"
BAD = TABLE + ",Nothing.,en\n"


def kept(folder: Path, text: str = TABLE, name: str = "mine.csv") -> Path:
    return keep_draft(folder / "tables", name, text.encode())


def built(folder: Path, draft: Path, column_map: str = "") -> BackgroundBuild:
    """Build a draft, and wait until it is over."""
    background = BackgroundBuild()
    assert background.start(draft, folder / "tables", column_map, folder / "index", CountingEncoder())
    end = time.monotonic() + 60
    while background.state.running and time.monotonic() < end:
        time.sleep(0.01)
    return background


# ---- Where tables lie ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ("mine.csv", "mine.csv"),
        ("Mes projets (2024).XLSX", "Mes projets (2024).xlsx"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\me\\mine.csv", "mine.csv"),
        (".hidden.csv", "hidden.csv"),
        ("...csv", "table.csv"),
        ("a;rm -rf $x`y`.csv", "a-rm -rf -x-y.csv"),
        ("export.final.v2.csv", "export-final-v2.csv"),
        ("x" * 300 + ".csv", "x" * 80 + ".csv"),
        ("fiche.", "fiche"),
        ("", "table"),
    ],
)
def test_the_name_of_a_table_leads_nowhere_else(given: str, name: str) -> None:
    assert safe_name(given) == name


def test_a_draft_is_kept_for_its_owner_only_and_goes_after_a_day(tmp_path: Path) -> None:
    first = kept(tmp_path)
    assert first.read_text() == TABLE
    assert first.parent.parent == tmp_path / "tables" / DRAFTS
    assert [stat.S_IMODE(path.stat().st_mode) for path in (first, first.parent, tmp_path / "tables")] == [
        0o600,
        0o700,
        0o700,
    ]
    assert kept(tmp_path) == first
    os.utime(first.parent, (time.time() - DRAFT_KEPT - 1,) * 2)
    second = kept(tmp_path, BAD)
    assert second.exists()
    assert not first.exists()


def test_a_newer_version_takes_the_place_of_the_one_before_which_is_kept(tmp_path: Path) -> None:
    tables = tmp_path / "tables"
    for text, column_map in ((TABLE, "columns: {}\n"), (BAD, "skip_bad_rows: true\n")):
        with accepted(kept(tmp_path, text), tables, column_map) as table:
            assert table == tables / "mine-csv" / "mine.csv"
    assert table.read_text() == BAD
    earlier = {file.name[18:]: file.read_text() for file in (table.parent / EARLIER).iterdir()}
    assert earlier == {"mine.csv": TABLE, "mine.columns.yaml": "columns: {}\n"}
    assert list((tables / DRAFTS).iterdir()) == []


def test_what_was_there_comes_back_when_a_build_fails(tmp_path: Path) -> None:
    tables = tmp_path / "tables"
    with pytest.raises(ZeroDivisionError), accepted(kept(tmp_path), tables, ""):
        raise ZeroDivisionError
    assert not (tables / "mine-csv").exists()
    with accepted(kept(tmp_path), tables, "columns: {}\n"):
        pass
    with pytest.raises(ZeroDivisionError), accepted(draft := kept(tmp_path, BAD), tables, ""):
        raise ZeroDivisionError
    assert draft.exists()
    found = {file.name: file.read_text() for file in (tables / "mine-csv").iterdir()}
    assert found == {"mine.csv": TABLE, "mine.columns.yaml": "columns: {}\n"}


def test_the_closed_lists_of_a_table_hold_for_its_newer_version(tmp_path: Path) -> None:
    place = place_of(tmp_path / "tables", kept(tmp_path))
    place.parent.mkdir()
    place.with_name("mine.vocabulary.yaml").write_text("kinds: {case: {fr: Cas, en: Case}}\n")
    assert kept(tmp_path).with_name("mine.vocabulary.yaml").exists()


def test_the_folder_of_tables_is_the_one_that_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PASSERELLE_TABLES", str(tmp_path / "there"))
    assert default_tables() == tmp_path / "there"
    monkeypatch.delenv("PASSERELLE_TABLES")
    assert default_tables().name == ".tables"


# ---- What the columns are ------------------------------------------------------------------------------------


def test_what_is_chosen_is_read_and_written_as_it_is_read(tmp_path: Path) -> None:
    draft = kept(tmp_path, "Intitulé long,Mél,Récit,Année\nLe café,a@b.example,On y va.,2021\n")
    seen = preview_table(draft)
    assert choices_of(seen) == {"Intitulé long": "", "Mél": "", "Récit": "description", "Année": "start"} | {
        name: ours for name, ours in choices_of(seen).items() if name == "Intitulé long"
    }
    chosen = {"Intitulé long": "title", "Mél": "", "Récit": "context", "Année": "start"}
    columns = map_of(chosen, {"kind": "case", "language": "fr"}, skip_bad_rows=True)
    assert columns == ColumnMap(
        {"Intitulé long": "title", "Récit": "context", "Année": "start"},
        {"kind": "case", "language": "fr"},
        frozenset({"Mél"}),
        facets=(),
        skip_bad_rows=True,
    )
    preview = preview_table(draft, columns=columns, suggestions=False)
    assert choices_of(preview) == chosen
    assert values_of(preview) == {"kind": "case", "language": "fr"}
    draft.with_name("mine.columns.yaml").write_text(written_map(preview, "fr", skip_bad_rows=True))
    assert read_table(draft).entries == preview.entries
    assert map_of_before(draft, preview.columns) == columns


def test_a_column_may_be_a_filter_or_a_text_in_one_language(tmp_path: Path) -> None:
    rows = "".join(f"Le four {n},The oven {n},Un texte.,{'Nord' if n % 2 else 'Sud'},Briec\n" for n in range(6))
    draft = kept(tmp_path, f"Titre FR,Title EN,Descriptif FR,Secteur,Commune\n{rows}")
    seen = preview_table(draft)
    chosen = {"Titre FR": "title_fr", "Title EN": "title_en", "Descriptif FR": "description_fr", "Secteur": FACET}
    assert choices_of(seen) == {**chosen, "Commune": "place"}
    columns = map_of(choices_of(seen), {}, filters={"Commune"})
    assert columns.facets == ("Secteur", "Commune")
    assert [one.facets["Secteur"] for one in preview_table(draft, columns=columns).entries[:2]] == [("Sud",), ("Nord",)]
    assert chosen_twice({"A": FACET, "B": FACET}, "mine.csv") == ()


def test_a_value_of_every_row_gives_way_to_a_column(tmp_path: Path) -> None:
    assert map_of({"Type": "kind"}, {"kind": "case", "language": ""}).values == {}


def test_two_columns_read_as_one_are_told() -> None:
    [problem] = chosen_twice({"A": "title", "B": "title", "C": "", "D": ""}, "mine.csv")
    assert problem.message == (
        "column B: is read as what column 'A' is read as: choose something else for one of the two"
    )


def test_the_map_of_another_table_of_that_name_is_not_taken(tmp_path: Path) -> None:
    draft = kept(tmp_path)
    columns = preview_table(draft).columns
    draft.with_name("mine.columns.yaml").write_text("columns: {Elsewhere: title}\n")
    assert map_of_before(draft, columns) is None
    draft.with_name("mine.columns.yaml").write_text("columns: {Récit: story}\n")
    assert map_of_before(draft, columns) is None


def test_the_first_texts_of_each_column_are_examples(tmp_path: Path) -> None:
    draft = kept(tmp_path, f"title,summary\nA,{'long ' * 30}\nA,<p>Two  words</p>\nB,\nC,Three\n")
    assert preview_table(draft).examples == {"title": ("A", "B"), "summary": (("long " * 16) + "…", "Two words")}


def test_bad_rows_are_left_out_when_the_map_says_so_and_named(tmp_path: Path) -> None:
    draft = kept(tmp_path, BAD)
    with pytest.raises(CorpusError):
        read_table(draft)
    draft.with_name("mine.columns.yaml").write_text("skip_bad_rows: true\n")
    library = read_table(draft)
    assert [entry.id for entry in library.entries] == ["the-bench", "the-garden"]
    assert [problem.line for problem in library.skipped] == [4]
    draft.with_name("mine.columns.yaml").write_text("skip_bad_rows: perhaps\n")
    [problem] = preview_table(draft).problems
    assert str(problem) == "mine.columns.yaml:1 skip_bad_rows must be true or false, not 'perhaps'"


def test_problems_are_told_by_row_and_column_in_either_language(tmp_path: Path) -> None:
    draft = kept(tmp_path, "title,summary,language\nA,Text.,de\n,Text.,en\n")
    problems = preview_table(draft).problems
    assert problem_cells(problems, "en") == (
        ProblemCell(2, "language", "'de' is not one of fr, en: the library is in these languages"),
        ProblemCell(3, "title", "is empty: give the row a title, or take it out"),
    )
    assert problem_cells(problems, "fr")[1].said == "est vide : donnez un titre à cette ligne, ou retirez-la"


def test_a_value_of_a_column_map_that_cannot_be_is_a_cell_of_its_own(tmp_path: Path) -> None:
    columns = map_of({"title": "title"}, {"kind": "essay"})
    [problem] = preview_table(written(tmp_path, "mine"), columns=columns).problems
    assert problem_cells([problem], "fr")[0].said == (
        "values : kind : 'essay' n’est pas un de practice, condition, case, resource, insight, phase"
    )


# ---- Building ------------------------------------------------------------------------------------------------


def test_a_table_is_built_in_the_background_and_answers(tmp_path: Path) -> None:
    build(TINY_CORPUS, tmp_path / "index", encoder=CountingEncoder())
    state = built(tmp_path, kept(tmp_path, BAD), "skip_bad_rows: true\n").state
    table = tmp_path / "tables" / "mine-csv" / "mine.csv"
    assert (state.error, state.running, state.entries, state.table, state.share) == (None, False, 2, table, 1.0)
    assert [problem.line for problem in state.skipped] == [4]
    assert corpora_in_use(tmp_path / "index") == (table,)


def test_a_build_that_fails_is_told_and_leaves_all_as_it_was(tmp_path: Path) -> None:
    build(TINY_CORPUS, tmp_path / "index", encoder=CountingEncoder())
    before, draft = current_version(tmp_path / "index"), kept(tmp_path, BAD)
    background = built(tmp_path, draft)
    assert isinstance(background.state.error, CorpusError)
    assert current_version(tmp_path / "index") == before
    assert draft.exists()
    background.forget()
    assert background.state.error is None


def test_a_fault_that_nobody_thought_of_ends_a_build_too(tmp_path: Path) -> None:
    error = built(tmp_path, tmp_path / "nowhere.csv").state.error
    assert isinstance(error, OSError)
    assert not isinstance(error, PasserelleError)


def test_one_table_at_a_time_is_built(tmp_path: Path) -> None:
    begun, go_on = threading.Event(), threading.Event()

    class Waiting(CountingEncoder):
        def encode_document(self, texts: list[str]) -> object:
            begun.set()
            assert go_on.wait(30)
            return super().encode_document(texts)

    background = BackgroundBuild()
    work = (tmp_path / "tables", "", tmp_path / "index")
    assert background.start(kept(tmp_path), *work, Waiting())
    assert begun.wait(30)
    assert background.state.running
    assert not background.start(kept(tmp_path, BAD), *work, CountingEncoder())
    background.forget()
    assert background.state.name == "mine.csv"
    go_on.set()


# ---- The libraries an index folder keeps ---------------------------------------------------------------------


def two_libraries(folder: Path) -> tuple[Path, str, str]:
    """Build one library, then another in the same folder; return it and the names of both builds."""
    index = folder / "index"
    first = build(TINY_CORPUS, index, encoder=CountingEncoder()).name
    return index, first, build(written(folder, "mine"), index, encoder=CountingEncoder()).name


def written(folder: Path, name: str) -> Path:
    (folder / f"{name}.csv").write_text(TABLE)
    return folder / f"{name}.csv"


def test_going_back_to_a_library_is_a_switch(tmp_path: Path) -> None:
    index, first, second = two_libraries(tmp_path)
    assert [(build.name, build.entries) for build in kept_builds(index)] == [(second, 2), (first, 6)]
    switch_to(index, first, CountingEncoder())
    assert current_version(index) == first
    assert read_manifest(index).entries == 6


def test_a_library_that_was_gone_back_to_is_built_again_without_encoding_it_again(tmp_path: Path) -> None:
    index, *_ = two_libraries(tmp_path)
    encoder = CountingEncoder()
    build(TINY_CORPUS, index, encoder=encoder)
    assert encoder.encoded == []


def test_the_newest_build_of_each_library_outlives_later_builds_up_to_a_number(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("search.index.builds.SHIPPED", str(TINY_CORPUS.resolve()))
    index, shipped, _ = two_libraries(tmp_path)
    for number in range(MOST_KEPT + 2):
        for path in index.iterdir():
            if path.is_dir():
                os.utime(path, (path.stat().st_mtime - SETTLED_AFTER - 1,) * 2)
        last = build(written(tmp_path, f"table{number}"), index, encoder=CountingEncoder()).name
    names = [build.name for build in kept_builds(index)]
    assert len(names) == MOST_KEPT + 1
    assert (names[0], names[-1]) == (last, shipped)
    assert len([path for path in index.iterdir() if path.is_dir()]) == MOST_KEPT + 1


def test_a_switch_that_cannot_be_leaves_the_build_in_use(tmp_path: Path) -> None:
    index, first, second = two_libraries(tmp_path)
    with pytest.raises(IndexMismatchError):
        switch_to(index, first, CountingEncoder("another@1"))
    with build_lock(index), pytest.raises(IndexBusyError):
        switch_to(index, first, CountingEncoder())
    (index / first / "passages.jsonl").write_text("")
    with pytest.raises(IndexDamagedError):
        switch_to(index, first, CountingEncoder())
    with pytest.raises(IndexDamagedError):
        switch_to(index, "0123456789abcdef", CountingEncoder())
    assert current_version(index) == second
