"""What breaks while an index is built or read: the old answer or one clear sentence, never a wrong answer."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from search.building.builder import build
from search.errors import IndexBusyError, IndexDamagedError, IndexWriteError
from search.index.build_lock import build_lock
from search.index.reading import current_version, load_index
from search.library.reader import read_library
from search.retrieval.live_searcher import LiveSearcher
from search.retrieval.searcher import Searcher
from tests.fakes import CountingEncoder, replace_text, write_corpus

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


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path, corpus: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(IndexWriteError, match="could not be written"):
        build(corpus, tmp_path / "file" / "index", encoder=CountingEncoder())


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
