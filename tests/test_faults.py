"""What breaks while an index is built or read: the old answer or one clear sentence, never a wrong answer."""

from __future__ import annotations

import errno
import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from search import cli
from search.building import builder
from search.building.builder import build, build_first
from search.errors import IndexBusyError, IndexDamagedError, IndexWriteError, SearchIndexError
from search.index.build_lock import build_lock
from search.index.reading import current_version, load_index
from search.library.reader import read_library
from search.retrieval.live_searcher import LiveSearcher
from search.retrieval.searcher import Searcher
from tests.fakes import TRAINING_QUERIES, CountingEncoder, replace_text, write_corpus, write_training_queries

ROOT = Path(__file__).parent.parent
BUILD_FOREVER = """
import sys
from pathlib import Path
from search.building.builder import build
from tests.fakes import CountingEncoder
print("ready", flush=True)
while True:
    for corpus in sys.argv[2:]:
        build(Path(corpus), Path(sys.argv[1]), encoder=CountingEncoder())
"""
KILLS = int(os.environ.get("PASSERELLE_KILLS", "6"))
"""How many builds are killed; more of them take about a second each."""


def best(searcher: Searcher) -> str:
    return searcher.search("confiance").hits[0].entry.title("fr")


def build_each(corpora: tuple[Path, Path], output: Path) -> set[str]:
    """Build the corpora one after the other, and return what each answers."""
    titles = set()
    for corpus in corpora:
        build(corpus, output, encoder=CountingEncoder())
        titles.add(best(Searcher(load_index(output, CountingEncoder()), CountingEncoder())))
    return titles


@pytest.fixture
def corpora(tmp_path: Path) -> tuple[Path, Path]:
    """Two corpora that answer "confiance" with other titles."""
    one, two = write_corpus(tmp_path / "one"), write_corpus(tmp_path / "two")
    for file in (two / "practices" / "commitment-charter.yaml",):
        title = next(line for line in file.read_text(encoding="utf-8").splitlines() if line.startswith("  title:"))
        replace_text(file, title, '  title: "Autre titre"')
    return one, two


@pytest.mark.slow
def test_a_build_killed_at_any_moment_leaves_an_index_that_answers_from_one_corpus(
    tmp_path: Path, corpora: tuple[Path, Path]
) -> None:
    output, encoder = tmp_path / "index", CountingEncoder()
    titles = build_each(corpora, output)
    assert len(titles) == 2
    for n in range(KILLS):
        command = [sys.executable, "-c", BUILD_FOREVER, str(output), *map(str, corpora)]
        child = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)  # noqa: S603
        assert child.stdout is not None
        assert child.stdout.readline() == "ready\n"
        time.sleep(0.37 * (n + 1) / KILLS)
        child.send_signal(signal.SIGKILL)
        child.wait()
        assert best(Searcher(load_index(output, encoder), encoder)) in titles
    build(corpora[0], output, encoder=encoder)  # neither the lock nor the cache of vectors stands in the way


def test_two_builds_at_once_the_second_is_told_who_is_at_it(tmp_path: Path, corpus: Path) -> None:
    with build_lock(tmp_path / "index"), pytest.raises(IndexBusyError) as error:
        build(corpus, tmp_path / "index", encoder=CountingEncoder())
    assert f"process {os.getpid()} on " in str(error.value)
    build(corpus, tmp_path / "index", encoder=CountingEncoder())


def test_a_disk_that_fills_up_leaves_the_old_index_in_use(tmp_path: Path, corpora: tuple[Path, Path]) -> None:
    output, encoder = tmp_path / "index", CountingEncoder()
    build(corpora[0], output, encoder=encoder)
    before = current_version(output)
    program = (
        "import resource, sys\nfrom pathlib import Path\nfrom search.building.builder import build\n"
        "from search.errors import IndexWriteError\nfrom tests.fakes import CountingEncoder\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))\n"
        "try:\n    build(Path(sys.argv[1]), Path(sys.argv[2]), encoder=CountingEncoder())\n"
        "except IndexWriteError as error:\n    print(error)\n"
    )
    command = [sys.executable, "-c", program, str(corpora[1]), str(output)]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)  # noqa: S603
    assert "could not be written" in run.stdout
    assert current_version(output) == before
    assert not list(output.glob(".writing-*"))
    load_index(output, encoder)


@pytest.mark.skipif(sys.platform != "linux", reason="names of files are characters there")
def test_names_that_are_no_utf8_are_read_written_and_told(tmp_path: Path) -> None:
    table, output = (tmp_path / os.fsdecode(name) for name in (b"\xe9t\xe9.csv", b"index\xff"))
    table.write_text("title,context\nA pool,Neighbours run it together\n", encoding="utf-8")
    build(table, output, encoder=CountingEncoder())
    assert [entry.id for entry in load_index(output, CountingEncoder()).entries] == ["a-pool"]
    run = _command("build", "--corpus", table, "--dry-run")
    assert (run.returncode, run.stderr) == (0, "")
    assert "\\xe9t\\xe9.columns.yaml was written:" in run.stdout


def test_a_link_that_leads_back_to_itself_is_told_in_a_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "loop").symlink_to("loop")
    assert cli.main(["build", "--corpus", str(tmp_path / "loop"), "--output", str(tmp_path / "index")]) == 2
    assert f"{tmp_path / 'loop'} is not there" in capsys.readouterr().err


def _command(*arguments: str | Path, limit: str = "") -> subprocess.CompletedProcess[str]:
    """Run a command as a process of its own."""
    program = f"import sys\nfrom search.cli import main\n{limit}sys.exit(main())\n"
    command = [sys.executable, "-c", program, *map(str, arguments)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603


def _without_room(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """Run a command that may write files of 2 KiB at most, as on a disk that fills up."""
    limit = "import resource\nresource.setrlimit(resource.RLIMIT_FSIZE, (2048, 2048))\n"
    return _command(*arguments, limit=limit)


@pytest.mark.parametrize("command", ["coverage", "export", "new-entry"])
def test_a_file_for_which_there_is_no_room_stays_as_it_was_and_is_named(
    command: str, tmp_path: Path, corpus: Path
) -> None:
    there = tmp_path / "library"
    there.mkdir()
    for file in (tmp_path / "coverage.md", there / "passerelle.csv", there / "README.md"):
        file.write_text("before\n", encoding="utf-8")
    arguments: dict[str, list[str | Path]] = {
        "coverage": ["--output", tmp_path / "coverage.md"],
        "export": ["--output", there],
        "new-entry": ["case", "neighbours-run-the-pool"],
    }
    run = _without_room(command, "--corpus", corpus, *arguments[command])
    named = {"coverage": "coverage.md", "export": "passerelle.", "new-entry": "neighbours-run-the-pool.yaml"}
    assert run.returncode == 2
    assert named[command] in run.stderr
    assert "the file would be larger than a file may be here. Raise that limit" in run.stderr
    assert "Errno" not in run.stderr
    assert not (corpus / "cases" / "neighbours-run-the-pool.yaml").exists()
    left = {path.name for path in tmp_path.rglob("*") if path.is_file() and corpus not in path.parents}
    assert left == {"coverage.md", "passerelle.csv", "README.md"}
    assert {path.read_text(encoding="utf-8") for path in (*there.iterdir(), tmp_path / "coverage.md")} == {"before\n"}


def test_a_draft_of_columns_is_whole_or_not_there_and_an_empty_one_is_written_again(tmp_path: Path) -> None:
    table = tmp_path / "mine.csv"
    header = "title,context," + ",".join(f"A column of ours with a long name {n}" for n in range(60))
    table.write_text(f"{header}\nA pool,Neighbours run it together\n", encoding="utf-8")
    run = _without_room("build", "--corpus", table, "--dry-run")
    assert "mine.columns.yaml: the file would be larger" in run.stderr
    assert "was written" not in run.stdout
    assert [path.name for path in tmp_path.iterdir()] == ["mine.csv"]
    draft = tmp_path / "mine.columns.yaml"
    draft.write_bytes(b"")
    cli.main(["build", "--corpus", str(table), "--dry-run"])
    assert "A column of ours with a long name 59" in draft.read_text(encoding="utf-8")


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path, corpus: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(IndexWriteError, match="could not be written"):
        build(corpus, tmp_path / "file" / "index", encoder=CountingEncoder())


def test_a_library_that_cannot_be_read_is_not_told_as_an_index_that_cannot_be_written(
    tmp_path: Path, corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def closed(*_: object, **__: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied", str(corpus / "sources.yaml"))

    monkeypatch.setattr(builder, "_read", closed)
    with pytest.raises(PermissionError):
        build_first(corpus, tmp_path / "index", encoder=CountingEncoder())


@pytest.mark.parametrize("name", ["embeddings.sqlite", "relevance.npz", "build.lock", "current"])
def test_a_folder_in_the_place_of_a_file_of_the_index_is_named(name: str, tmp_path: Path, corpus: Path) -> None:
    write_training_queries(corpus, *TRAINING_QUERIES)
    (tmp_path / "index" / name).mkdir(parents=True)
    with pytest.raises(IndexWriteError) as told:
        build(corpus, tmp_path / "index", encoder=CountingEncoder())
    assert f"{tmp_path / 'index' / name}: it is a folder, where a file is wanted. Move it away" in str(told.value)
    assert "--output" not in str(told.value)


def test_what_is_no_folder_in_the_place_of_an_index_is_named(tmp_path: Path, corpus: Path) -> None:
    (tmp_path / "file").touch()
    (tmp_path / "link").symlink_to("nowhere")
    for name in ("file", "file/index", "file/a/b"):
        with pytest.raises(SearchIndexError, match="file: it is a file, where a folder is wanted") as told:
            current_version(tmp_path / name)
        assert "damaged" not in str(told.value)
    with pytest.raises(IndexWriteError, match="link: it is a link that leads to nothing"):
        build(corpus, tmp_path / "link", encoder=CountingEncoder())


def test_a_clock_that_goes_backwards_loses_nothing(
    tmp_path: Path, corpora: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    output, encoder = tmp_path / "index", CountingEncoder()
    for n, corpus in enumerate((*corpora, *corpora)):
        monkeypatch.setattr(time, "time", lambda n=n: 1e9 - 1e6 * n)
        build(corpus, output, encoder=encoder)
        title = next(entry for entry in read_library(corpus).entries if entry.id == "commitment-charter").title("fr")
        assert best(Searcher(load_index(output, encoder), encoder)) == title  # the newest, whatever the clock says


@pytest.mark.parametrize("how", ["cut", "one byte changed", "swapped", "emptied"])
def test_every_file_of_an_index_that_was_tampered_with_is_refused(tmp_path: Path, corpus: Path, how: str) -> None:
    output, encoder = tmp_path / "index", CountingEncoder()
    folder = build(corpus, output, encoder=encoder)
    files = [file for file in sorted(folder.iterdir()) if file.name != "manifest.json"]
    for file in files:
        whole = file.read_bytes()
        other = next(one for one in files if one.read_bytes() != whole).read_bytes()
        changed = bytes([whole[len(whole) // 2] ^ 1])
        half = len(whole) // 2
        file.write_bytes(
            {"cut": whole[:-1], "swapped": other, "emptied": b""}.get(how, whole[:half] + changed + whole[half + 1 :])
        )
        with pytest.raises(IndexDamagedError, match=f"{file.name} is not the file that was written"):
            load_index(output, encoder)
        file.write_bytes(whole)
    load_index(output, encoder)


def test_a_long_lived_searcher_takes_up_the_new_index(tmp_path: Path, corpora: tuple[Path, Path]) -> None:
    output, encoder = tmp_path / "index", CountingEncoder()
    build(corpora[0], output, encoder=encoder)
    live = LiveSearcher(output, encoder)
    first = live.searcher
    assert live.searcher is first
    old = best(first)
    build(corpora[1], output, encoder=encoder)
    assert best(live.searcher) != old
    assert best(first) == old  # a query under way ends as it began


def test_a_new_index_that_cannot_be_used_leaves_the_old_one_answering(
    tmp_path: Path, corpora: tuple[Path, Path]
) -> None:
    output, encoder = tmp_path / "index", CountingEncoder()
    build(corpora[0], output, encoder=encoder)
    live = LiveSearcher(output, encoder)
    old = best(live.searcher)
    (build(corpora[1], output, encoder=encoder) / "vectors.faiss").write_bytes(b"")
    assert best(live.searcher) == old
    assert isinstance(live.problem, IndexDamagedError)
    build(corpora[1], output, encoder=encoder)
    assert best(live.searcher) != old
    assert live.problem is None


def test_threads_that_ask_while_indexes_are_switched_get_whole_answers(
    tmp_path: Path, corpora: tuple[Path, Path]
) -> None:
    output, encoder = tmp_path / "index", CountingEncoder()
    titles = build_each(corpora, output)
    live, found, done = LiveSearcher(output, encoder), set(), threading.Event()

    def ask() -> None:
        while not done.is_set():
            found.add(best(live.searcher))

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for corpus in (*corpora, *corpora):
        build(corpus, output, encoder=encoder)
    done.set()
    for thread in threads:
        thread.join()
    assert found == titles
    assert live.problem is None


FLIPS = int(os.environ.get("PASSERELLE_FLIPS", "60"))
"""Places at which a bit of a cache is flipped; more of them take a tenth of a second each."""


@pytest.mark.parametrize("name", ["embeddings.sqlite", "parse-cache.sqlite"])
def test_a_bit_flipped_anywhere_in_a_cache_changes_no_answer(
    name: str, tmp_path: Path, corpora: tuple[Path, Path]
) -> None:
    output, encoder = tmp_path / "index", CountingEncoder()
    folder = build(corpora[0], output, encoder=encoder)
    files = {file.name: file.read_bytes() for file in folder.iterdir()}
    whole = (output / name).read_bytes()
    again = 0
    for n in range(FLIPS):
        place = len(whole) * (2 * n + 1) // (2 * FLIPS)
        changed = bytes([whole[place] ^ 1 << n % 8])
        (output / name).write_bytes(whole[:place] + changed + whole[place + 1 :])
        encoder.encoded.clear()
        made = build(corpora[0], output, encoder=encoder)
        assert {file.name: file.read_bytes() for file in made.iterdir()} == files, place
        again += bool(encoder.encoded)
    assert (again > 0) is (name == "embeddings.sqlite")  # some of the flips met a vector


@pytest.mark.parametrize("name", ["embeddings.sqlite", "parse-cache.sqlite"])
@pytest.mark.parametrize("how", ["cut", "emptied", "another file", "gone"])
def test_a_cache_that_is_not_what_it_was_changes_no_answer(
    name: str, how: str, tmp_path: Path, corpora: tuple[Path, Path]
) -> None:
    output, encoder = tmp_path / "index", CountingEncoder()
    before = build(corpora[0], output, encoder=encoder)
    whole = (output / name).read_bytes()
    harmed = {"cut": whole[: len(whole) // 2], "emptied": b"", "another file": b"no cache" * 999}
    (output / name).unlink()
    if how in harmed:
        (output / name).write_bytes(harmed[how])
    made = build(corpora[0], output, encoder=encoder)
    assert {file.name: file.read_bytes() for file in made.iterdir()} == {
        file.name: file.read_bytes() for file in before.iterdir()
    }


def test_vectors_exchanged_with_those_of_another_cache_are_computed_again(
    tmp_path: Path, corpora: tuple[Path, Path]
) -> None:
    class Turned(CountingEncoder):
        def encode_document(self, texts: Sequence[str]) -> np.ndarray:
            return super().encode_document(texts)[:, ::-1]

    output, encoder = tmp_path / "index", CountingEncoder()
    whole = build(corpora[0], output, encoder=encoder)
    build(corpora[0], tmp_path / "other", encoder=Turned("turned@1"))
    with closing(sqlite3.connect(output / "embeddings.sqlite")) as cache, cache:
        cache.execute("ATTACH ? AS other", [str(tmp_path / "other" / "embeddings.sqlite")])
        cache.execute(
            "UPDATE vectors SET (vector, checksum) = (SELECT vector, checksum FROM other.vectors AS one "
            "WHERE substr(one.key, 9) = substr(vectors.key, 9))"
        )
    made = build(corpora[0], output, encoder=encoder)
    assert (made / "vectors.faiss").read_bytes() == (whole / "vectors.faiss").read_bytes()


MANIFESTS = [
    "[" * 100_000,
    "null",
    "[]",
    '{"format": "11"}',
    '{"format": 11}',
    '{"format": 99, "new": {}}',
    '{"format": 9}',
    '{"format": true}',
    '{"format": 11, "files": 5}',
]


@pytest.mark.parametrize("text", MANIFESTS, ids=lambda text: text[:24])
def test_a_manifest_of_any_kind_is_told_with_the_library_it_was_made_from(
    text: str, tmp_path: Path, corpora: tuple[Path, Path]
) -> None:
    output, encoder = tmp_path / "index", CountingEncoder()
    build(corpora[0], output, encoder=encoder)
    (build(corpora[0], output, encoder=encoder) / "manifest.json").write_text(text, encoding="utf-8")
    with pytest.raises(IndexDamagedError, match="Make it again: passerelle build --corpus"):
        load_index(output, encoder)
    build(corpora[0], output, encoder=encoder)
    load_index(output, encoder)


@pytest.mark.parametrize("field", ["files", "corpora", "entries", "recall", "version", "libraries"])
def test_a_manifest_with_a_value_of_another_kind_is_told(
    field: str, tmp_path: Path, corpora: tuple[Path, Path]
) -> None:
    output, encoder = tmp_path / "index", CountingEncoder()
    file = build(corpora[0], output, encoder=encoder) / "manifest.json"
    for value in (None, [[]], {"a": {}}, "x", 1.5):
        data = json.loads(file.read_text(encoding="utf-8"))
        kept = data[field]
        file.write_text(json.dumps(data | {field: value}), encoding="utf-8")
        if type(value) is not type(kept):
            with pytest.raises(IndexDamagedError):
                load_index(output, encoder)
        file.write_text(json.dumps(data), encoding="utf-8")
    load_index(output, encoder)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can become somebody else")
def test_somebody_else_reads_an_index_that_the_umask_lets_them_read(corpus: Path) -> None:
    program = (
        "import encodings.cp437, os, sys\nfrom pathlib import Path\n"  # what a foreign user may not import later
        "from search.building.builder import build\nfrom search.errors import IndexWriteError\n"
        "from search.index.reading import load_index\nfrom search.retrieval.searcher import Searcher\n"
        "from tests.fakes import CountingEncoder\n"
        "corpus, output = map(Path, sys.argv[1:])\nos.umask(0o022)\n"
        "ask = lambda: Searcher(load_index(output, CountingEncoder()), CountingEncoder()).search('garden').hits[0]\n"
        "build(corpus, output, encoder=CountingEncoder())\nask()\nos.setgid(65534)\nos.setuid(65534)\n"
        "print(ask().entry.id)\n"
        "try:\n    build(corpus, output, encoder=CountingEncoder())\n"
        "except IndexWriteError as error:\n    print(error)\n"
    )
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        output, library = Path(folder) / "index", shutil.copytree(corpus, Path(folder) / "corpus")
        command = [sys.executable, "-c", program, str(library), str(output)]
        said = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout  # noqa: S603
    found, refused = said.splitlines()
    assert found == "garden-network"
    assert refused.startswith(f"The index in {output} could not be written: {output}/build.")
    assert "this user may not open it. Ask its owner for the right" in refused
