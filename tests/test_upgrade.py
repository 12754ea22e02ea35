"""What 0.1.0 wrote is read by this version: the files in ``written_by_0_1_0`` are its own, to the byte."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from search import cli
from search.building.builder import build
from search.curation.feedback import feedback_problems, leave_feedback, read_feedback
from search.curation.unmet_needs import leave_unmet, read_unmet, unmet_problems
from search.errors import IndexFormatError
from search.index.index import FORMAT
from search.index.reading import current_version, load_index, read_manifest
from search.library.tables.reading import read_table
from search.locations import INDEX_VARIABLE
from search.output.kept_work import read_kept
from search.output.saved_sheet import read_saved
from tests.fakes import CountingEncoder, Main

IDS = ("commitment-charter", "paris-participatory-budget")
NOTES = {"commitment-charter": "Qui a les clés ? Demander à Anne."}


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A copy of what 0.1.0 wrote."""
    return Path(shutil.copytree(Path(__file__).parent / "written_by_0_1_0", tmp_path / "old"))


@pytest.fixture
def old_index(old: Path) -> Path:
    """An index of a table of one's own whose manifest is that of 0.1.0."""
    table, folder = old / "mine-csv" / "mine.csv", old / "index"
    made = build(table, folder, encoder=CountingEncoder())
    manifest = json.loads((old / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["format"] == 17
    (made / "manifest.json").write_text(json.dumps(manifest | {"corpora": [str(table)]}), encoding="utf-8")
    return folder


def test_needs_are_read_and_the_next_one_joins_them(old: Path) -> None:
    path, toads = old / "unmet.jsonl", "A bridge for toads, agreed with the county"
    written = path.read_bytes()
    assert [(need.text, need.language, need.day) for need in read_unmet(path)] == [
        (toads, "en", "2026-11-29"),
        ("Un jardin sur les toits de la gare", "fr", "2026-11-29"),
    ]
    assert unmet_problems(path) == ()
    leave_unmet(path, toads.upper(), language="en")
    assert path.read_bytes() == written
    leave_unmet(path, "Un four de quartier", language="fr")
    assert path.read_bytes().startswith(written)
    assert len(read_unmet(path)) == 3


def test_what_people_said_of_answers_is_read_and_the_next_joins_it(old: Path) -> None:
    path = old / "feedback.jsonl"
    said = [(one.entry, one.verdict, one.expected) for one in read_feedback(path)]
    assert said == [("", "not-useful", "Une convention signée"), ("commitment-charter", "useful", "")]
    assert feedback_problems(path) == ()
    written = path.read_bytes()
    leave_feedback(path, "Un four", language="fr", verdict="useful")
    assert path.read_bytes().startswith(written)


def test_a_saved_sheet_opens_with_its_notes_and_no_situation(old: Path) -> None:
    sheet = read_saved((old / "sheet.json").read_bytes())
    assert (sheet.title, sheet.ids, sheet.notes, sheet.situation) == ("Réunion du 4 mai", IDS, NOTES, "")
    assert sheet.titles["commitment-charter"]["en"] == "A charter of mutual commitment"


def test_what_a_browser_kept_is_taken_up(old: Path) -> None:
    kept = read_kept((old / "kept.json").read_text(encoding="utf-8"))
    assert (kept.sheet.title, kept.sheet.ids, kept.sheet.notes) == ("Réunion du 4 mai", IDS, NOTES)
    assert (kept.compared, kept.language) == (IDS, "fr")
    assert kept.before is not None
    assert (kept.before.title, kept.before.ids) == ("Avant", ("legal-structuring",))
    assert kept.draft == {"id": "our-oven", "fr.title": "Le four", "phases": ["before"]}


def test_a_table_given_to_the_page_is_read_by_its_column_map(old: Path) -> None:
    library = read_table(old / "mine-csv" / "mine.csv")
    assert [(entry.id, entry.start) for entry in library.entries] == [
        ("la-grainotheque", "2022"),
        ("le-four-du-quartier", "2021"),
        ("the-night-bus", "2019"),
    ]


def test_an_index_is_made_again_of_the_library_it_was_made_of_when_the_page_is_served(
    main: Main, old: Path, old_index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = current_version(old_index)
    monkeypatch.setenv(INDEX_VARIABLE, str(old_index))
    monkeypatch.setattr(cli, "_become", lambda *_: 0)
    assert main("serve") == 0
    assert read_manifest(old_index).format == FORMAT
    assert read_manifest(old_index).corpora == (str(old / "mine-csv" / "mine.csv"),)
    assert len(load_index(old_index, CountingEncoder()).entries) == 3
    assert (old_index / str(before)).is_dir()


def test_an_index_whose_library_is_gone_is_not_said_to_answer(
    main: Main, old: Path, old_index: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (old / "mine-csv" / "mine.csv").unlink()
    monkeypatch.setenv(INDEX_VARIABLE, str(old_index))
    assert main("serve") == 2
    said = capsys.readouterr()
    assert (said.out, "was made by another release" in said.err, "mine.csv" in said.err) == ("", True, True)


def test_an_index_of_another_release_is_said_to_be_that_with_the_command(old: Path, old_index: Path) -> None:
    table = old / "mine-csv" / "mine.csv"
    with pytest.raises(IndexFormatError) as caught:
        read_manifest(old_index)
    assert str(caught.value) == (
        f"The index in {old_index} was made by another release: it has format 17, this version reads {FORMAT}. "
        f"It was made from {table}. Make it again: passerelle build --corpus {table} --output {old_index}"
    )
