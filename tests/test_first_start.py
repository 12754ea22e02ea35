"""Opening an index that is not there, not whole, not of this release, or being made by others."""

from __future__ import annotations

import errno
import json
import logging
import os
import re
import shutil
import stat
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest

import search.locations
from search.api import follow, load
from search.building.builder import build, build_first
from search.errors import IndexBusyError, IndexDamagedError, IndexMismatchError, ModelMissingError, SearchIndexError
from search.index import build_lock as locking
from search.index.build_lock import Holder, build_lock
from search.index.index import FORMAT
from search.index.reading import IndexFolder, current_version, load_index, read_manifest
from search.locations import SHIPPED
from tests.fakes import KNOWN_OUT_OF_SCOPE, CountingEncoder, replace_text, write_corpus

ROOT = Path(__file__).parent.parent


@pytest.fixture
def output(tmp_path: Path) -> Path:
    return tmp_path / "index"


@pytest.fixture(autouse=True)
def encoder(monkeypatch: pytest.MonkeyPatch) -> list[CountingEncoder]:
    """Let `load` find a counting encoder; the list holds those it found."""
    made: list[CountingEncoder] = []

    def make(*_: object, **__: object) -> CountingEncoder:
        made.append(CountingEncoder())
        return made[-1]

    monkeypatch.setattr(sys.modules["search.api"], "SentenceEncoder", make)
    return made


@pytest.fixture
def shipped(corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Pretend the package is installed from a wheel whose library is a copy of the tiny one, and return that."""
    package = tmp_path / "site-packages" / "search"
    package.mkdir(parents=True)
    monkeypatch.setattr(search.locations, "_PACKAGE", package)
    return Path(shutil.copytree(corpus, package / "corpus"))


def texts(folder: Path) -> set[str]:
    return {passage.text for passage in load_index(folder, CountingEncoder()).passages}


# ---- Two at once ---------------------------------------------------------------------------------------------


class SlowEncoder(CountingEncoder):
    """Stops at the second batch of texts until it may go on."""

    def __init__(self) -> None:
        super().__init__()
        self.reached, self.may_go_on = threading.Event(), threading.Event()

    def encode_document(self, texts: Sequence[str]) -> np.ndarray:
        if self.encoded:
            self.reached.set()
            assert self.may_go_on.wait(30)
        return super().encode_document(texts)


@contextmanager
def building(work: Callable[[SlowEncoder], object]) -> Iterator[SlowEncoder]:
    """Do something with an encoder in a thread that stops half-way until the block is left."""
    slow = SlowEncoder()
    thread = threading.Thread(target=work, args=[slow])
    thread.start()
    try:
        assert slow.reached.wait(30)
        yield slow
    finally:
        slow.may_go_on.set()
        thread.join()


@pytest.mark.all_lent
def test_the_second_first_start_waits_for_the_first_and_tells_how_far_it_is(
    corpus: Path, output: Path, encoder: list[CountingEncoder]
) -> None:
    told: list[tuple[int, int]] = []
    with building(lambda slow: build(corpus, output, encoder=slow)) as slow:

        def tell(done: int, total: int) -> None:
            told.append((done, total))
            slow.may_go_on.set()

        searcher = load(output, corpus=corpus, progress=tell)
    assert told[0] == (
        60,
        126 + KNOWN_OUT_OF_SCOPE,
    )  # passages, of all texts
    assert searcher.search("garden").hits[0].entry.id == "garden-network"
    assert encoder[0].encoded == []


def test_who_waits_takes_what_was_made_of_another_library(corpus: Path, output: Path, tmp_path: Path) -> None:
    mine = write_corpus(tmp_path / "mine")
    replace_text(mine / "practices/participatory-budget.yaml", "Garantir l’argent.", "Prêter une salle.")
    with building(lambda slow: build(mine, output, encoder=slow)) as slow:
        searcher = load(output, corpus=corpus, progress=lambda *_: slow.may_go_on.set())
    assert searcher.manifest.corpora == (str(mine),)
    assert "Prêter une salle." in texts(output)


def test_a_build_that_may_wait_makes_what_the_other_did_not(corpus: Path, output: Path, tmp_path: Path) -> None:
    other = write_corpus(tmp_path / "other")
    replace_text(other / "practices/participatory-budget.yaml", "Garantir l’argent.", "Prêter une salle.")
    waiting = CountingEncoder()
    with building(lambda slow: build(other, output, encoder=slow)) as slow:
        build(corpus, output, encoder=waiting, wait=True, progress=lambda *_: slow.may_go_on.set())
    assert "Garantir l’argent." in texts(output)
    same = CountingEncoder()
    with build_lock(output) as _:
        pass
    assert build(corpus, output, encoder=same, wait=True).name == current_version(output)
    assert (set(waiting.encoded), same.encoded) == (
        {"Le budget participatif. Garantir l’argent.", "Garantir l’argent."},
        [],
    )


def test_a_first_start_whose_other_was_killed_makes_the_index_itself(corpus: Path, output: Path) -> None:
    output.mkdir()
    Holder("process 1 on away", (64, 126)).write(output / "build.holder")  # what a kill leaves: no lock, but this
    build_first(corpus, output, encoder=CountingEncoder())
    assert current_version(output) is not None
    assert not (output / "build.holder").exists()


def test_others_who_come_no_further_are_named(
    corpus: Path, output: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, logger="search")
    monkeypatch.setattr("search.building.builder.SECONDS_WITHOUT_PROGRESS", 0.05)
    with build_lock(output) as tell:
        tell(64, 126)
        with pytest.raises(IndexBusyError) as error:
            load(output, corpus=corpus)
    assert error.value.holder.startswith(f"process {os.getpid()} on ")
    [said] = [one.getMessage() for one in caplog.records if one.name == locking.__name__]
    assert said == f"the index in {output} is being built by {error.value.holder}: it is waited for"


@pytest.mark.slow
def test_of_two_processes_that_start_at_once_one_builds_and_both_answer(corpus: Path, output: Path) -> None:
    program = (
        "import sys, search, search.api\nfrom pathlib import Path\nfrom tests.fakes import CountingEncoder\n"
        "one = CountingEncoder()\nsys.modules['search.api'].SentenceEncoder = lambda *_, **__: one\n"
        "print('ready', flush=True)\nsys.stdin.readline()\n"
        "found = search.load(Path(sys.argv[1]), corpus=Path(sys.argv[2])).search('garden')\n"
        "print(found.hits[0].entry.id, len(one.encoded))\n"
    )
    command = [sys.executable, "-c", program, str(output), str(corpus)]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    starts = [subprocess.Popen(command, cwd=ROOT, **pipes) for _ in range(2)]  # noqa: S603
    for one in starts:
        assert one.stdout.readline() == "ready\n"
    for one in starts:
        one.stdin.write("\n")
        one.stdin.flush()
    said = sorted(one.communicate()[0].split() for one in starts)
    assert said[0] == ["garden-network", "0"]
    assert said[1][0] == "garden-network"
    assert int(said[1][1]) > 0
    assert len([path for path in output.iterdir() if path.is_dir()]) == 1


# ---- A lost switch -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("harm", [b"", b"\n", b"\xff\xfe", b"nowhere\n", None], ids=repr)
@pytest.mark.parametrize("opened", [load, follow])
def test_a_library_of_ones_own_is_never_replaced_by_another(
    harm: bytes | None, opened: Callable[[Path], object], corpus: Path, output: Path
) -> None:
    build(corpus, output, encoder=CountingEncoder())
    before = {path.name for path in output.iterdir()}
    if harm is None:
        (output / "current").unlink()
    else:
        (output / "current").write_bytes(harm)
    with pytest.raises(IndexDamagedError) as error:
        opened(output)
    assert error.value.corpora == (str(corpus),)
    again = f"It was made from {corpus}. Make it again: passerelle build --corpus {corpus} --output {output}"
    assert str(error.value).endswith(again)
    assert {path.name for path in output.iterdir()} | {"current"} == before


def test_an_index_whose_switch_is_lost_is_made_again_of_the_library_it_was_made_from(
    corpus: Path, output: Path
) -> None:
    build(corpus, output, encoder=CountingEncoder())
    (output / "current").write_bytes(b"")
    assert load(output, corpus=corpus).search("garden").hits[0].entry.id == "garden-network"


def test_a_first_start_that_was_killed_before_its_switch_is_begun_again(shipped: Path, output: Path) -> None:
    build(None, output, encoder=CountingEncoder())
    (output / "current").unlink()
    assert load(output).manifest.corpora == (SHIPPED,)


def test_two_libraries_in_a_folder_are_one_too_many_to_guess(corpus: Path, shipped: Path, output: Path) -> None:
    build(corpus, output, encoder=CountingEncoder())
    build(None, output, encoder=CountingEncoder())
    (output / "current").unlink()
    with pytest.raises(IndexDamagedError) as error:
        load(output)
    assert set(error.value.corpora) == {SHIPPED, str(corpus)}


def test_a_folder_with_a_space_is_quoted_in_the_command(tmp_path: Path, output: Path) -> None:
    mine = write_corpus(tmp_path / "my own")
    build(mine, output, encoder=CountingEncoder())
    (output / "current").unlink()
    with pytest.raises(IndexDamagedError, match=f"passerelle build --corpus '{mine}' --output {output}$"):
        load(output)


DATA = ("entries.jsonl", "passages.jsonl", "vectors.faiss", "words.json", "metadata.npz", "vocabulary.json")


@pytest.mark.parametrize("name", DATA)
@pytest.mark.parametrize("gone", [True, False], ids=["gone", "cut"])
def test_the_command_for_a_damaged_index_makes_the_library_that_was_in_it(
    name: str, gone: bool, corpus: Path, shipped: Path, output: Path
) -> None:
    build(None, output, encoder=CountingEncoder())
    build(corpus, output, encoder=CountingEncoder())
    file = output / str(current_version(output)) / name
    file.unlink() if gone else file.write_bytes(b"")
    with pytest.raises(IndexDamagedError, match=re.escape(name)) as error:
        IndexFolder(output).load(CountingEncoder())
    assert str(error.value).endswith(f"Make it again: passerelle build --corpus {corpus} --output {output}")


def test_no_library_at_all_is_an_error_and_not_the_shipped_one(output: Path) -> None:
    with pytest.raises(ValueError, match="the list of corpora is empty"):
        build([], output, encoder=CountingEncoder())
    with pytest.raises(ValueError, match="the list of corpora is empty"):
        load(output, corpus=())
    assert not output.exists()


# ---- Formats and releases ------------------------------------------------------------------------------------


def change_manifest(output: Path, **values: object) -> None:
    """Write other values into the manifest in use; None takes one out."""
    file = output / str(current_version(output)) / "manifest.json"
    data = json.loads(file.read_text(encoding="utf-8")) | values
    kept = {name: value for name, value in data.items() if value is not None}
    file.write_text(json.dumps(kept), encoding="utf-8")


@pytest.mark.parametrize("format_", [FORMAT - 1, FORMAT + 1])
def test_an_index_of_another_format_is_made_again_of_the_shipped_library_alone(
    format_: int, corpus: Path, shipped: Path, output: Path
) -> None:
    build(None, output, encoder=CountingEncoder())
    change_manifest(output, format=format_, something="new")
    assert load(output).manifest.format == FORMAT
    build(corpus, output, encoder=CountingEncoder())
    change_manifest(output, format=format_)
    with pytest.raises(IndexDamagedError, match=f"it has format {format_}, this version reads {FORMAT}.* --corpus "):
        load(output)


@pytest.mark.parametrize("own", [False, True])
def test_an_index_that_does_not_say_its_library_is_the_shipped_one_when_its_entries_are(
    own: bool, shipped: Path, output: Path
) -> None:
    build(shipped, output, encoder=CountingEncoder())
    change_manifest(output, format=10, corpora=None)
    if own:
        (shipped / "resources/garden-network.yaml").unlink()  # one of its entries nobody has shipped
        with pytest.raises(IndexDamagedError, match=r"made from an unknown library\. .*--corpus YOURS --output"):
            load(output)
    else:
        assert load(output).manifest.format == FORMAT


def test_an_installed_release_makes_the_index_of_the_one_before_again(
    shipped: Path, output: Path, encoder: list[CountingEncoder]
) -> None:
    load(output)
    replace_text(shipped / "practices/participatory-budget.yaml", "Garantir l’argent.", "Prêter une salle.")
    load(output)
    assert "Prêter une salle." in texts(output)
    assert len(encoder[1].encoded) == 2  # the new text, alone and behind its title
    load(output)
    assert [one.encoded for one in encoder[2:]] == [[]]


def test_a_release_that_cannot_make_the_index_again_goes_on_with_the_one_before(
    shipped: Path, output: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    load(output)
    replace_text(shipped / "practices/participatory-budget.yaml", "Garantir l’argent.", "Prêter une salle.")
    monkeypatch.setattr("search.building.builder.SECONDS_WITHOUT_PROGRESS", 0.01)
    with build_lock(output):
        assert load(output).search("garden").hits[0].entry.id == "garden-network"
    assert "Garantir l’argent." in texts(output)
    assert caplog.messages[-1].endswith("The index of the release before goes on answering.")


def test_a_release_with_another_encoder_makes_the_index_again_and_someone_elses_is_left(
    shipped: Path, output: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(None, output, encoder=CountingEncoder("counting@0"))
    assert load(output).manifest.model == "counting@1"
    build(None, output, encoder=CountingEncoder("another@1"))
    with pytest.raises(IndexMismatchError):
        load(output)


def test_a_checkout_and_a_library_of_ones_own_are_made_again_when_that_is_asked_for_only(
    corpus: Path, output: Path, shipped: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(corpus, output, encoder=CountingEncoder())
    replace_text(corpus / "practices/participatory-budget.yaml", "Garantir l’argent.", "Prêter une salle.")
    for wanted in (corpus, None):
        assert load(output, corpus=wanted).manifest.corpora == (str(corpus),)
        assert "Garantir l’argent." in texts(output)


# ---- Who may read it -----------------------------------------------------------------------------------------


@pytest.mark.skipif(os.name != "posix", reason="modes of files")
@pytest.mark.parametrize(
    ("umask", "folders", "files"),
    [(0o022, 0o755, 0o644), (0o027, 0o750, 0o640), (0o077, 0o700, 0o600), (0o002, 0o775, 0o664)],
)
def test_the_umask_says_who_may_read_an_index(umask: int, folders: int, files: int, corpus: Path, output: Path) -> None:
    before = os.umask(umask)
    try:
        build(corpus, output, encoder=CountingEncoder())
    finally:
        os.umask(before)
    modes = {path.relative_to(output): stat.S_IMODE(path.stat().st_mode) for path in output.rglob("*")}
    built = output / str(current_version(output))
    assert {modes.pop(path.relative_to(output)) for path in [built]} == {folders}
    assert modes.pop(Path("parse-cache.sqlite")) & ~files == 0
    assert set(modes.values()) == {files}
    assert {"current", "embeddings.sqlite", "build.lock"} <= {path.name for path in modes}


def test_a_switch_that_may_not_be_read_is_told(output: Path, corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build(corpus, output, encoder=CountingEncoder())

    def refuse(*_: object, **__: object) -> str:
        raise PermissionError(errno.EACCES, "Permission denied", str(output / "current"))

    monkeypatch.setattr(Path, "read_text", refuse)
    with pytest.raises(SearchIndexError, match=r"current: this user may not open it\. Ask its owner") as told:
        read_manifest(output)
    assert "damaged" not in str(told.value)  # and nothing is to be made again


# ---- The encoder, meanwhile ----------------------------------------------------------------------------------


class Slow(CountingEncoder):
    """Is loaded only when the test lets it; the reason, if there is one, why it cannot be."""

    def __init__(self, error: ModelMissingError | None = None) -> None:
        super().__init__()
        self.may, self.error = threading.Event(), error

    def load(self) -> None:
        assert self.may.wait(30)
        if self.error:
            raise self.error


def test_an_index_is_followed_before_its_encoder_is_loaded_and_who_asked_is_told_when_it_is(
    corpus: Path, output: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    encoder, ready = Slow(), threading.Event()
    monkeypatch.setattr(sys.modules["search.api"], "SentenceEncoder", lambda *_, **__: encoder)
    live = follow(output, corpus=corpus, ready=ready.set)
    assert live.searcher.search("garden").hits[0].entry.id == "garden-network"
    assert not ready.is_set()
    encoder.may.set()
    assert ready.wait(30)


def test_an_encoder_that_cannot_be_loaded_is_told_in_the_log_and_the_index_stays_open(
    corpus: Path, output: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    encoder, ready = Slow(ModelMissingError("the model", "a file is gone")), threading.Event()
    monkeypatch.setattr(sys.modules["search.api"], "SentenceEncoder", lambda *_, **__: encoder)
    live = follow(output, corpus=corpus, ready=ready.set)
    encoder.may.set()
    for thread in threading.enumerate():
        if thread.name == "encoder":
            thread.join(30)
    assert [one.getMessage() for one in caplog.records if one.name == "search.api"] == [str(encoder.error)]
    assert not ready.is_set()
    assert live.searcher.manifest.entries == 6
