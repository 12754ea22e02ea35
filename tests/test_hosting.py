"""What a host does: which build answers, counts without words, a backup and the way back, another release's files."""

from __future__ import annotations

import dataclasses
import json
import os
import shutil
import stat
import subprocess
import sys
import urllib.error
import urllib.request
import zipfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from socket import socket

import pytest

from search import cli
from search.building.builder import build
from search.curation.feedback import leave_feedback, read_feedback
from search.curation.unmet_needs import leave_unmet, read_unmet
from search.errors import BackupError, BusyError, EmptyQueryError, IndexDamagedError, IndexMissingError, StoreError
from search.hosting import metrics as counting
from search.hosting.backup import BackedUp, Places, make_backup, restore_backup
from search.hosting.command import say_health
from search.hosting.health import check_health, health_of
from search.hosting.metrics import counted, outcome_of, serve_metrics
from search.index.index import FORMAT
from search.index.reading import IndexFolder, current_version, load_index, read_manifest
from search.locations import (
    FEEDBACK_VARIABLE,
    INDEX_VARIABLE,
    METRICS_VARIABLE,
    TABLES_VARIABLE,
    UNMET_VARIABLE,
    metrics_place,
)
from search.retrieval.live_searcher import LiveSearcher
from tests.fakes import CountingEncoder, Main

ROOT = Path(__file__).resolve().parents[1]


def filled(folder: Path, corpus: Path) -> Places:
    """An index of the tiny corpus, two needs, an opinion and a table."""
    places = empty(folder)
    build(corpus, places.index, encoder=CountingEncoder())
    leave_unmet(places.unmet, "Un jardin sur les toits", language="fr")
    leave_unmet(places.unmet, "A bridge for toads", language="en")
    leave_feedback(places.feedback, "trust", language="en", entry="trust-first", verdict="useful")
    (places.tables / "mine").mkdir(parents=True)
    (places.tables / "mine" / "mine.csv").write_text("title,text\nOne,Of ours\n", encoding="utf-8")
    return places


def empty(folder: Path) -> Places:
    return Places(folder / "index", folder / "unmet.jsonl", folder / "feedback.jsonl", folder / "tables")


@pytest.fixture
def places(corpus: Path, tmp_path: Path) -> Places:
    return filled(tmp_path / "here", corpus)


# ---- Backup --------------------------------------------------------------------------------------------------


def test_everything_comes_back_on_an_empty_host_to_the_byte(places: Places, tmp_path: Path) -> None:
    made = current_version(places.index)
    (tmp_path / "a").mkdir()
    assert make_backup(tmp_path / "a" / "b.zip", places) == BackedUp(made, 2, 1, 1)
    there = empty(tmp_path / "there")
    assert restore_backup(tmp_path / "a" / "b.zip", there) == BackedUp(made, 2, 1, 1)
    for name in ("unmet", "feedback"):
        assert getattr(there, name).read_bytes() == getattr(places, name).read_bytes()
        assert stat.S_IMODE(getattr(there, name).stat().st_mode) == 0o600
    assert (there.tables / "mine" / "mine.csv").read_text(encoding="utf-8") == "title,text\nOne,Of ours\n"
    assert current_version(there.index) == made
    assert len(load_index(there.index, CountingEncoder()).entries) == 6
    assert restore_backup(tmp_path / "a" / "b.zip", there) == BackedUp(made, 0, 0, 0)


def test_a_backup_is_for_its_owner_only_and_takes_the_place_of_none(places: Places, tmp_path: Path) -> None:
    make_backup(tmp_path / "b.zip", places)
    assert stat.S_IMODE((tmp_path / "b.zip").stat().st_mode) == 0o600
    with pytest.raises(BackupError, match="is there already"):
        make_backup(tmp_path / "b.zip", places)
    assert [path.name for path in tmp_path.glob(".b*")] == []


def test_a_folder_that_was_mistyped_is_told_and_not_made(places: Places, tmp_path: Path) -> None:
    with pytest.raises(BackupError, match=f"there is no folder {tmp_path}/bakcups/may"):
        make_backup(tmp_path / "bakcups" / "may" / "b.zip", places)
    assert not (tmp_path / "bakcups").exists()


def test_what_came_since_the_backup_stays(places: Places, tmp_path: Path, corpus: Path) -> None:
    make_backup(tmp_path / "b.zip", places)
    old = current_version(places.index)
    leave_unmet(places.unmet, "Left after the backup", language="en")
    places.feedback.unlink()
    (places.tables / "mine" / "mine.csv").write_text("title,text\nTwo,Newer\n", encoding="utf-8")
    (corpus / "resources" / "garden-network.yaml").unlink()
    new = build(corpus, places.index, encoder=CountingEncoder()).name
    assert restore_backup(tmp_path / "b.zip", places) == BackedUp(old, 0, 1, 1)
    assert [need.text for need in read_unmet(places.unmet)] == [
        "Left after the backup",
        "A bridge for toads",
        "Un jardin sur les toits",
    ]
    assert [one.entry for one in read_feedback(places.feedback)] == ["trust-first"]
    tables = sorted(path.read_text(encoding="utf-8") for path in (places.tables / "mine").iterdir())
    assert tables == ["title,text\nOne,Of ours\n", "title,text\nTwo,Newer\n"]
    assert current_version(places.index) == old
    assert (places.index / new).is_dir()


def without_room(program: str, *arguments: Path) -> str:
    """Run a program that may write files of 4 KiB at most, as on a disk that fills up, and return what it prints."""
    limited = f"import resource, sys\nresource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))\n{program}"
    command = [sys.executable, "-c", limited, *map(str, arguments)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout  # noqa: S603


def test_a_table_that_was_cut_while_it_was_restored_is_there_after_the_next_time(tmp_path: Path) -> None:
    here, there = empty(tmp_path / "here"), empty(tmp_path / "there")
    here.tables.mkdir(parents=True)
    content = b"title,text\n" + b"One,Of ours\n" * 1000
    (here.tables / "mine.csv").write_bytes(content)
    make_backup(tmp_path / "b.zip", here)
    program = (
        "from pathlib import Path\nfrom search.hosting.backup import Places, restore_backup\n"
        "to = Path(sys.argv[2])\n"
        "places = Places(to / 'index', to / 'unmet.jsonl', to / 'feedback.jsonl', to / 'tables')\n"
        "try:\n    restore_backup(Path(sys.argv[1]), places)\nexcept OSError:\n    print('no room')\n"
    )
    assert without_room(program, tmp_path / "b.zip", tmp_path / "there") == "no room\n"
    assert list(there.tables.iterdir()) == []
    assert restore_backup(tmp_path / "b.zip", there) == BackedUp(None, 0, 0, 1)
    assert (there.tables / "mine.csv").read_bytes() == content


def test_a_cut_table_under_any_name_is_not_taken_for_the_one_of_the_backup(places: Places, tmp_path: Path) -> None:
    make_backup(tmp_path / "b.zip", places)
    table = places.tables / "mine" / "mine.csv"
    content = table.read_bytes()
    table.write_bytes(content[:5])
    assert restore_backup(tmp_path / "b.zip", places).tables == 1
    (beside,) = table.parent.glob("mine.csv.restored-*")
    beside.write_bytes(b"")  # as a restoring by an earlier release that was stopped left it
    assert restore_backup(tmp_path / "b.zip", places).tables == 1
    assert beside.with_name(f"{beside.name}-2").read_bytes() == content
    assert restore_backup(tmp_path / "b.zip", places).tables == 0
    assert (table.read_bytes(), beside.read_bytes()) == (content[:5], b"")


def test_a_line_that_finds_no_room_leaves_no_part_of_itself(tmp_path: Path) -> None:
    path = tmp_path / "unmet.jsonl"
    leave_unmet(path, "A bridge for toads", language="en")
    before = path.read_bytes()
    program = (
        "from pathlib import Path\nfrom search.curation.left_lines import add_lines\n"
        "try:\n    add_lines(Path(sys.argv[1]), [b'x' * 8000])\nexcept OSError:\n    print('no room')\n"
    )
    assert without_room(program, path) == "no room\n"
    assert path.read_bytes() == before


def test_a_damaged_build_is_replaced_by_that_of_the_backup(places: Places, tmp_path: Path) -> None:
    make_backup(tmp_path / "b.zip", places)
    name = current_version(places.index)
    assert name
    (places.index / name / "entries.jsonl").write_text("", encoding="utf-8")
    with pytest.raises(IndexDamagedError, match=r"entries\.jsonl") as told:
        make_backup(tmp_path / "c.zip", places)
    [made_from] = told.value.corpora
    assert str(told.value).endswith(f"passerelle build --corpus {made_from} --output {places.index}")
    restore_backup(tmp_path / "b.zip", places)
    assert len(load_index(places.index, CountingEncoder()).entries) == 6
    assert [path.name for path in places.index.glob(".writing*")] == []


def test_a_backup_that_was_cut_or_changed_brings_nothing_back(places: Places, tmp_path: Path) -> None:
    make_backup(tmp_path / "b.zip", places)
    there = empty(tmp_path / "there")
    (tmp_path / "cut.zip").write_bytes((tmp_path / "b.zip").read_bytes()[:-100])
    with zipfile.ZipFile(tmp_path / "b.zip") as old, zipfile.ZipFile(tmp_path / "changed.zip", "w") as new:
        for name in old.namelist():
            new.writestr(name, b"{}" if name == "unmet.jsonl" else old.read(name))
    for name, said in (("cut", "is no backup, or it is cut"), ("changed", "unmet.jsonl in it is not what was written")):
        with pytest.raises(BackupError, match=said):
            restore_backup(tmp_path / f"{name}.zip", there)
    assert not (tmp_path / "there").exists()


def test_a_table_that_is_changed_while_it_is_backed_up_does_not_spoil_the_backup(
    places: Places,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    table = places.tables / "mine" / "mine.csv"
    from_file = zipfile.ZipInfo.from_file

    def changed(path: Path, *args: object, **options: bool) -> zipfile.ZipInfo:
        if path == table:
            table.write_text("title,text\nTwo,Changed meanwhile\n", encoding="utf-8")
        return from_file(path, *args, **options)

    monkeypatch.setattr(zipfile.ZipInfo, "from_file", changed)
    make_backup(tmp_path / "b.zip", places)
    there = empty(tmp_path / "there")
    assert restore_backup(tmp_path / "b.zip", there).tables == 1
    assert (there.tables / "mine" / "mine.csv").read_text(encoding="utf-8") == "title,text\nTwo,Changed meanwhile\n"


def test_what_no_restoring_would_take_is_told_before_and_old_dates_are_no_fault(places: Places, tmp_path: Path) -> None:
    os.utime(places.tables / "mine" / "mine.csv", (1, 1))
    make_backup(tmp_path / "b.zip", places)
    assert restore_backup(tmp_path / "b.zip", empty(tmp_path / "there")).tables == 1
    (places.tables / "a:b.csv").write_text("title\nOne\n", encoding="utf-8")
    with pytest.raises(BackupError, match=r"tables/a:b\.csv"):
        make_backup(tmp_path / "c.zip", places)
    assert not (tmp_path / "c.zip").exists()


@pytest.mark.parametrize("name", ["tables/../../out.txt", "/etc/out.txt", "index/x/../y", "index/other/a", "out.txt"])
def test_a_backup_writes_nowhere_but_where_it_belongs(name: str, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "b.zip", "w") as parts:
        parts.writestr("backup.json", json.dumps({"format": 1, "build": None, "files": {name: "0"}}))
        parts.writestr(name, "text")
    with pytest.raises(BackupError, match="is no backup"):
        restore_backup(tmp_path / "b.zip", empty(tmp_path / "there"))


def test_a_backup_of_a_newer_release_is_told(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "b.zip", "w") as parts:
        parts.writestr("backup.json", json.dumps({"format": 2, "build": None, "files": {}}))
    with pytest.raises(BackupError, match="A newer release wrote"):
        restore_backup(tmp_path / "b.zip", empty(tmp_path / "there"))
    with pytest.raises(BackupError, match="nothing to keep"):
        make_backup(tmp_path / "c.zip", empty(tmp_path / "there"))


def test_the_commands_back_up_and_restore_what_the_environment_names(
    main: Main, places: Places, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    name = current_version(places.index)
    for where in (places, empty(tmp_path / "there")):
        monkeypatch.setenv(INDEX_VARIABLE, str(where.index))
        monkeypatch.setenv(UNMET_VARIABLE, str(where.unmet))
        monkeypatch.setenv(FEEDBACK_VARIABLE, str(where.feedback))
        monkeypatch.setenv(TABLES_VARIABLE, str(where.tables))
        assert main("backup" if where is places else "restore", tmp_path / "b.zip") == 0
        said = f"build {name}, unmet needs: 2, opinions on answers: 1, files of editors' tables: 1"
        assert said in capsys.readouterr().out
    assert main("restore", tmp_path / "none.zip") == 2


# ---- Another release's files ---------------------------------------------------------------------------------


def test_an_older_release_s_index_is_made_again_and_what_people_wrote_stays(
    main: Main, places: Places, corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A backup of the release before is brought back to a new host, whose release makes the index again."""
    file = places.index / str(current_version(places.index)) / "manifest.json"
    older = json.loads(file.read_text(encoding="utf-8")) | {"format": FORMAT - 1, "gone": "since"}
    del older["names"]
    file.write_text(json.dumps(older), encoding="utf-8")
    make_backup(tmp_path / "b.zip", places)
    there = empty(tmp_path / "there")
    restore_backup(tmp_path / "b.zip", there)
    with pytest.raises(IndexDamagedError, match=f"it has format {FORMAT - 1}, this version reads {FORMAT}"):
        read_manifest(there.index)
    before, left = current_version(there.index), there.unmet.read_bytes()
    monkeypatch.setenv(INDEX_VARIABLE, str(there.index))
    monkeypatch.setattr(cli, "_become", lambda *_: 0)
    assert main("serve", "--corpus", corpus) == 0
    assert read_manifest(there.index).format == FORMAT
    assert (there.index / str(before)).is_dir()
    assert there.unmet.read_bytes() == left
    assert [need.language for need in read_unmet(there.unmet)] == ["en", "fr"]


# ---- Health --------------------------------------------------------------------------------------------------


def test_health_says_which_build_answers_and_makes_none(places: Places, tmp_path: Path) -> None:
    found = check_health(IndexFolder(places.index), CountingEncoder())
    assert (found.status, found.build, found.entries, found.format) == ("ok", current_version(places.index), 6, FORMAT)
    assert found.seconds is not None
    with pytest.raises(IndexMissingError):
        check_health(IndexFolder(tmp_path / "none"), CountingEncoder())
    assert not (tmp_path / "none").exists()


def test_one_entry_and_one_passage_are_said_as_one(places: Places) -> None:
    found = check_health(IndexFolder(places.index), CountingEncoder())
    assert ": 1 entry, 1 passage, " in say_health(dataclasses.replace(found, entries=1, passages=1))
    assert ": 2 entries, 0 passages, " in say_health(dataclasses.replace(found, entries=2, passages=0))


def test_a_host_whose_newest_build_cannot_be_used_says_that_the_one_before_answers(
    places: Places, corpus: Path
) -> None:
    live = LiveSearcher(places.index, CountingEncoder())
    first = current_version(places.index)
    (corpus / "resources" / "garden-network.yaml").unlink()
    newest = build(corpus, places.index, encoder=CountingEncoder())
    whole = (newest / "entries.jsonl").read_bytes()
    (newest / "entries.jsonl").write_text("", encoding="utf-8")
    found = health_of(live)
    assert (found.status, found.build, found.entries, found.problem) == ("old", first, 6, "IndexDamagedError")
    (newest / "entries.jsonl").write_bytes(whole)
    live._again = 0.0
    found = health_of(live)
    assert (found.status, found.build, found.entries, found.problem) == ("ok", newest.name, 5, "")


def test_the_command_prints_health_in_one_line_or_as_json(
    main: Main, places: Places, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("search.hosting.command.SentenceEncoder", CountingEncoder)
    assert main("health", "--index", places.index, "--json") == 0
    assert json.loads(capsys.readouterr().out)["build"] == current_version(places.index)
    assert main("health", "--index", places.index) == 0
    assert capsys.readouterr().out.startswith(f"ok: build {current_version(places.index)} (format {FORMAT}) of ")
    shutil.rmtree(places.index)
    assert main("health", "--index", places.index) == 2


# ---- Metrics -------------------------------------------------------------------------------------------------


@pytest.fixture
def served(places: Places, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Where health and counts are told."""
    pytest.importorskip("prometheus_client", reason="the extra 'metrics' is not installed")
    with closing(socket()) as free:
        free.bind(("127.0.0.1", 0))
        number = free.getsockname()[1]
    monkeypatch.setattr(counting, "_counting", [])
    monkeypatch.setenv(METRICS_VARIABLE, str(number))
    live = LiveSearcher(places.index, CountingEncoder())
    assert serve_metrics(live) == number
    assert serve_metrics(live) is None  # once in a process
    yield f"http://127.0.0.1:{number}"


def read(address: str) -> str:
    with urllib.request.urlopen(address, timeout=10) as answer:  # noqa: S310
        return str(answer.read().decode())


def test_counts_and_health_are_told_without_a_word_of_what_was_asked(served: str, places: Places) -> None:
    searcher = LiveSearcher(places.index, CountingEncoder()).searcher
    for text in ("secretword trust", "secretword money"):
        with counted() as given:
            given.append(searcher.search(text))
    with counted() as given:
        given.append(BusyError(3))
    with pytest.raises(ZeroDivisionError), counted():
        _ = 1 / 0
    with counted() as given:
        pass  # the visitor went away
    told = read(f"{served}/metrics")
    assert 'passerelle_answers_total{outcome="answered"} 2.0' in told
    assert 'passerelle_answers_total{outcome="busy"} 1.0' in told
    assert 'passerelle_answers_total{outcome="failed"} 1.0' in told
    assert "passerelle_answer_seconds_count 4.0" in told
    assert f'passerelle_build{{build="{current_version(places.index)}",model="counting@1"' in told
    assert "secretword" not in told
    health = json.loads(read(f"{served}/health"))
    assert (health["status"], health["build"]) == ("ok", current_version(places.index))
    with pytest.raises(urllib.error.HTTPError, match="404"):
        read(f"{served}/")


def test_nothing_is_told_unless_a_port_is_named(monkeypatch: pytest.MonkeyPatch, places: Places) -> None:
    for said, place in {
        "": None,
        "9464": ("127.0.0.1", 9464),
        "0.0.0.0:9464": ("0.0.0.0", 9464),  # noqa: S104
        "[::1]:9464": ("::1", 9464),
        "0": None,
        "70000": None,
        "port": None,
    }.items():
        monkeypatch.setenv(METRICS_VARIABLE, said)
        assert metrics_place() == place, said
    assert serve_metrics(LiveSearcher(places.index, CountingEncoder())) is None


def test_what_becomes_of_a_question_has_one_of_five_names() -> None:
    assert outcome_of(EmptyQueryError()) == "refused"
    assert outcome_of(BusyError(1)) == "busy"
    assert outcome_of(StoreError("postgresql://nowhere/none", "away")) == "failed"
