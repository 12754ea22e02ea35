"""Building, saving, loading; what happens when files are not what was written."""

from __future__ import annotations

import dataclasses
import errno
import hashlib
import json
import os
import shutil
import time
from pathlib import Path

import faiss
import numpy as np
import pytest

import search.index.reading
import search.index.writing
from search.errors import IndexDamagedError, IndexMismatchError, IndexMissingError
from search.index.index import FORMAT, Index, index_version
from search.index.reading import current_version, load_index, read_manifest
from search.index.writing import save_index
from search.library.fingerprint import libraries_hash
from search.retrieval.searcher import Searcher
from tests.fakes import (
    CALIBRATION,
    ENTRY_IDS,
    SIGNALS,
    TINY_CORPUS,
    CountingEncoder,
    tiny_index,
    write_training_queries,
)

FILES = (
    "entries.jsonl",
    "manifest.json",
    "metadata.json",
    "metadata.npz",
    "passages.jsonl",
    "sentences.npy",
    *(
        f"terms-{language}{part}"
        for language in ("en", "fr")
        for part in ("-starts.npy", "-texts.npy", "-weights.npy", ".json")
    ),
    *(f"titles-{language}{part}" for language in ("en", "fr") for part in ("-starts.npy", "-texts.npy", ".json")),
    "training-answers.json",
    "training-grams-codes.npy",
    "training-grams-idf.npy",
    "training-grams-steps.npy",
    "training-grams.json",
    "training-known.npy",
    "training-vectors.npy",
    "training-weights.npy",
    "vectors.faiss",
    "vocabulary.json",
    "words.json",
)
OTHER = "0" * 16
TRUST = np.array([1, 0, 0, 0], dtype=np.float32)


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    return tiny_index(tmp_path_factory.mktemp("index"))


@pytest.fixture(scope="module")
def saved_once(index: Index, tmp_path_factory: pytest.TempPathFactory) -> Path:
    save_index(index, folder := tmp_path_factory.mktemp("saved") / "index")
    return folder


@pytest.fixture
def saved(saved_once: Path, tmp_path: Path) -> Path:
    """The folder of a saved index that a test may change."""
    return Path(shutil.copytree(saved_once, tmp_path / "index"))


def other_version(index: Index) -> Index:
    """The same index under another version."""
    return dataclasses.replace(index, manifest=dataclasses.replace(index.manifest, version=OTHER))


def files_of(saved: Path) -> Path:
    """The folder of the build in use."""
    return saved / str(current_version(saved))


def names(saved: Path) -> set[str]:
    return {path.name for path in saved.iterdir()}


def make_older(path: Path, days: float) -> None:
    moment = time.time() - days * 24 * 60 * 60
    os.utime(path, (moment, moment))


def first_hits(folder: Path) -> list[tuple[str, float]]:
    hits = Searcher(load_index(folder, CountingEncoder()), CountingEncoder(), signals=SIGNALS).search("trust").hits
    return [(hit.entry.id, hit.score) for hit in hits[:2]]


def test_an_index_holds_passages_and_sentences_with_their_vectors(index: Index) -> None:
    assert tuple(entry.id for entry in index.entries) == ENTRY_IDS
    first = index.passages[0]
    assert (first.entry_id, first.language, first.field) == ("brussels-budget", "fr", "summary")
    assert index.store.vectors(np.array([0])).tolist()[0] == [0.0, 1.0, 0.0, 0.0]
    row = [passage.text for passage in index.passages].index("Une page signée par tous. Elle installe la confiance.")
    assert index.sentences(row) == ("Une page signée par tous.", "Elle installe la confiance.")
    assert index.sentence(row, 1) == "Elle installe la confiance."
    vectors, counts = index.sentence_vectors_of([row, row])
    assert vectors.tolist() == 2 * [[0.0] * 4, [1.0, 0.0, 0.0, 0.0]]
    assert (vectors.dtype, counts) == (np.float32, [2, 2])
    assert index.sentence_vectors_of([])[0].shape == (0, 4)
    assert index.sentence_vectors.dtype == np.float16


def test_the_manifest_says_what_the_index_was_built_from_and_with(index: Index) -> None:
    manifest = index.manifest
    assert (manifest.model, manifest.dim, manifest.index_type, manifest.format) == ("counting@1", 4, "flat", FORMAT)
    # a case has 5 passages, a practice 7, the condition 4, in two languages; the resource 4 in one
    assert (manifest.entries, manifest.passages) == (6, 2 * (5 + 5 + 7 + 7 + 4) + 4)
    assert (manifest.lists, manifest.recall) == (0, 1.0)
    assert manifest.corpus == libraries_hash([TINY_CORPUS])
    assert manifest.libraries["faiss-cpu"] == faiss.__version__


def test_passages_are_compared_exactly(index: Index) -> None:
    scores = index.store.cosines(TRUST)
    by_text = dict(zip([passage.text for passage in index.passages], scores.tolist(), strict=True))
    assert by_text["La confiance manquait."] == 1.0
    assert by_text["The money came without the trust."] == pytest.approx(0.5**0.5)
    assert by_text["Douze projets ont vu le jour."] == 0.0
    assert scores.shape == (len(index.passages),)


def test_loading_gives_back_what_was_saved(index: Index, saved: Path) -> None:
    loaded = load_index(saved, CountingEncoder())
    assert loaded.entries == index.entries
    assert loaded.passages == index.passages
    assert [loaded.sentences(row) for row in range(9)] == [index.sentences(row) for row in range(9)]
    assert loaded.vocabulary == index.vocabulary
    assert loaded.calibration is None
    assert loaded.sentence_vectors.tolist() == index.sentence_vectors.tolist()
    assert loaded.store.cosines(TRUST).tolist() == index.store.cosines(TRUST).tolist()
    assert dataclasses.replace(loaded.manifest, files={}) == index.manifest


def test_training_queries_are_kept_with_their_vectors_one_for_each_language(corpus: Path, tmp_path: Path) -> None:
    write_training_queries(
        corpus,
        {"entries": ["garden-network", "trust-first"], "en": "A garden and trust.", "fr": "Un jardin."},
        {"entries": ["lille-barracks"], "fr": "Un bâtiment.", "en": "Some money."},
    )
    save_index(tiny_index(tmp_path, corpus=corpus), tmp_path / "index")
    loaded = load_index(tmp_path / "index", CountingEncoder())
    assert loaded.relevance.answers == (("garden-network", "trust-first"),) * 2 + (("lille-barracks",),) * 2
    half = 0.5**0.5
    assert loaded.relevance.vectors.tolist() == [
        [0.0, 0.0, 0.0, 1.0],  # French first, whatever the order in the file
        [pytest.approx(half, abs=1e-3), 0.0, 0.0, pytest.approx(half, abs=1e-3)],
        [0.0, 0.0, 1.0, 0.0],
        [0.0, 1.0, 0.0, 0.0],
    ]
    assert loaded.relevance.vectors.dtype == np.float16


def test_training_queries_add_nothing_to_passages_and_sentences(index: Index, corpus: Path, tmp_path: Path) -> None:
    write_training_queries(corpus, {"entries": ["garden-network"], "fr": "Un jardin.", "en": "A garden."})
    other = tiny_index(tmp_path, corpus=corpus)
    assert other.passages == index.passages
    assert other.sentence_vectors.tolist() == index.sentence_vectors.tolist()
    assert other.store.cosines(TRUST).tolist() == index.store.cosines(TRUST).tolist()


def test_without_training_queries_there_are_no_vectors_of_them(index: Index, saved: Path) -> None:
    for one in (index, load_index(saved, CountingEncoder())):
        assert one.relevance.answers == ()
        assert one.relevance.vectors.shape == (0, 4)


def test_a_calibration_is_saved_with_its_index(index: Index, tmp_path: Path) -> None:
    save_index(dataclasses.replace(index, calibration=CALIBRATION), tmp_path)
    assert load_index(tmp_path, CountingEncoder()).calibration == CALIBRATION


def test_the_manifest_names_every_other_file_with_its_checksum(saved: Path) -> None:
    manifest = read_manifest(saved)
    assert tuple(sorted(manifest.files)) == tuple(name for name in FILES if name != "manifest.json")
    for name, checksum in manifest.files.items():
        assert checksum == hashlib.sha256((files_of(saved) / name).read_bytes()).hexdigest()


def test_the_same_inputs_have_the_same_version_and_others_another() -> None:
    assert index_version("corpus", "model") == index_version("corpus", "model")
    versions = {index_version(*inputs) for inputs in [("a", "b"), ("b", "a"), ("a", "c"), ("ab", ""), ("", "ab")]}
    assert len(versions) == 5


def test_the_same_inputs_give_the_same_files(tmp_path: Path) -> None:
    folders = []
    for name in ("one", "two"):
        folders.append(save_index(tiny_index(tmp_path / f"vectors-{name}"), tmp_path / name))
    assert read_manifest(tmp_path / "one") == read_manifest(tmp_path / "two")
    for name in FILES:
        assert (folders[0] / name).read_bytes() == (folders[1] / name).read_bytes(), name


@pytest.mark.parametrize("name", [name for name in FILES if name != "manifest.json"])
@pytest.mark.parametrize("harm", ["changed", "cut", "emptied", "missing", "lengthened"])
def test_a_harmed_file_is_noticed(name: str, harm: str, saved: Path) -> None:
    file = files_of(saved) / name
    data = file.read_bytes()
    middle = len(data) // 2
    if harm == "missing":
        file.unlink()
    else:
        file.write_bytes(
            {
                "changed": data[:middle] + bytes([data[middle] ^ 1]) + data[middle + 1 :],
                "cut": data[:middle],
                "emptied": b"",
                "lengthened": data + b"\n",
            }[harm]
        )
    with pytest.raises(IndexDamagedError, match=name) as caught:
        load_index(saved, CountingEncoder())
    assert caught.value.path == saved
    assert str(caught.value).endswith(f"Make it again: passerelle build --corpus {TINY_CORPUS} --output {saved}")


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"version": 1}', "null", "\udcff"])
def test_a_manifest_that_cannot_be_read_is_damage(text: str, saved: Path) -> None:
    file = files_of(saved) / "manifest.json"
    file.write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(IndexDamagedError, match="its manifest cannot be read"):
        read_manifest(saved)


@pytest.mark.parametrize(
    "change",
    [
        {"dim": True},
        {"recall": False},
        {"recall": "0.98"},
        {"entries": 6.0},
        {"corpora": "shipped"},
        {"names": [1]},
        {"files": ["vectors.faiss"]},
        {"libraries": {"numpy": None}},
        {"index_type": "lists"},
        {"index_type": []},
        {"somebody": "added this"},
    ],
    ids=str,
)
def test_a_manifest_with_a_value_of_another_type_is_damage(change: dict[str, object], saved: Path) -> None:
    file = files_of(saved) / "manifest.json"
    file.write_text(json.dumps(json.loads(file.read_text("utf-8")) | change), encoding="utf-8")
    with pytest.raises(IndexDamagedError, match="its manifest cannot be read"):
        read_manifest(saved)


def test_a_manifest_lacks_no_value(saved: Path) -> None:
    file = files_of(saved) / "manifest.json"
    whole = json.loads(file.read_text("utf-8"))
    for name in whole:
        file.write_text(json.dumps({key: value for key, value in whole.items() if key != name}), encoding="utf-8")
        with pytest.raises(IndexDamagedError, match="its manifest cannot be read"):
            read_manifest(saved)


def test_an_index_of_another_format_is_not_read(saved: Path) -> None:
    file = files_of(saved) / "manifest.json"
    file.write_text(json.dumps(json.loads(file.read_text()) | {"format": 1}))
    with pytest.raises(IndexDamagedError, match=f"it has format 1, this version reads {FORMAT}"):
        load_index(saved, CountingEncoder())


def test_a_version_that_is_gone_is_damage(saved: Path) -> None:
    shutil.rmtree(files_of(saved))
    with pytest.raises(IndexDamagedError, match="its manifest cannot be read"):
        load_index(saved, CountingEncoder())


def test_vectors_kept_in_a_way_nobody_knows_are_damage(saved: Path) -> None:
    manifest = files_of(saved) / "manifest.json"
    data = json.loads(manifest.read_text(encoding="utf-8"))
    manifest.write_text(json.dumps(data | {"index_type": "hnsw"}), encoding="utf-8")
    for read in (read_manifest, lambda folder: load_index(folder, CountingEncoder())):
        with pytest.raises(IndexDamagedError, match="its manifest cannot be read"):
            read(saved)


def test_no_index_is_told_with_what_to_do(tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "nowhere"):
        with pytest.raises(IndexMissingError) as caught:
            load_index(folder, CountingEncoder())
        assert str(caught.value) == f"No index in {folder}. Make it with: passerelle build --output {folder}"
        assert current_version(folder) is None


def test_another_encoder_is_refused(saved: Path) -> None:
    with pytest.raises(IndexMismatchError) as caught:
        load_index(saved, CountingEncoder("other@2"))
    assert (caught.value.expected, caught.value.found) == ("counting@1 (4 dim)", "other@2 (4 dim)")


def test_an_encoder_of_the_same_name_and_another_length_is_refused(saved: Path) -> None:
    encoder = CountingEncoder()
    encoder.dim = 5
    with pytest.raises(IndexMismatchError, match=r"counting@1 \(5 dim\)"):
        load_index(saved, encoder)


def test_saving_switches_to_the_new_build_and_keeps_the_one_before(index: Index, saved: Path) -> None:
    first = files_of(saved)
    make_older(first, 1)
    second = save_index(other_version(index), saved)
    assert second == files_of(saved)
    assert second.name.startswith(f"{OTHER}-")
    assert load_index(saved, CountingEncoder()).manifest.version == OTHER
    assert names(saved) == {first.name, second.name, "current"}
    make_older(second, 0.5)
    third = save_index(index, saved)
    assert names(saved) == {second.name, third.name, "current"}


def test_an_index_of_the_same_inputs_gets_a_folder_of_its_own(index: Index, saved: Path) -> None:
    first = files_of(saved)
    (first / "vectors.faiss").write_bytes(b"harmed")
    second = save_index(index, saved)
    assert names(saved) == {first.name, second.name, "current"}
    assert first_hits(saved) == [
        ("commitment-charter", 1.0),
        ("brussels-budget", pytest.approx(1.2121 / 1.4, abs=1e-4)),
    ]


def test_saving_leaves_what_is_not_its_own_and_what_another_build_is_writing(index: Index, saved: Path) -> None:
    first, others = current_version(saved), {"embeddings.sqlite", "notes", ".writing-now", ".current-now"}
    for name in others:
        (saved / name).mkdir()
        make_older(saved / name, 0.9 if name.startswith(".") else 900)
    second = save_index(other_version(index), saved)
    assert names(saved) == {first, second.name, "current", *others}


def test_saving_clears_what_a_build_left_that_was_killed_more_than_a_day_ago(index: Index, saved: Path) -> None:
    first = current_version(saved)
    (saved / ".writing-abc").mkdir()
    (saved / ".writing-abc" / "vectors.faiss").write_bytes(b"half")
    (saved / ".current-abc").write_text("half")
    for name in (".writing-abc", ".current-abc"):
        make_older(saved / name, 1.1)
    second = save_index(other_version(index), saved)
    assert names(saved) == {first, second.name, "current"}


def test_saving_leaves_a_build_that_another_process_is_about_to_switch_to(index: Index, saved: Path) -> None:
    first = files_of(saved)
    about_to = Path(shutil.copytree(first, saved / f"{OTHER}-abcdefgh"))
    make_older(about_to, 9 / (24 * 60))
    second = save_index(index, saved)
    third = save_index(index, saved)
    assert names(saved) == {first.name, about_to.name, second.name, third.name, "current"}
    for path in (first, about_to):
        make_older(path, 11 / (24 * 60))  # by now the other process would have switched
    fourth = save_index(index, saved)
    assert names(saved) == {second.name, third.name, fourth.name, "current"}


@pytest.mark.parametrize("step", ["_write_json", "_write_json_lines", "sha256", "flush", "_switch", "np.save"])
def test_a_build_that_dies_while_writing_leaves_the_old_index_answering(
    step: str, index: Index, saved: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, version = first_hits(saved), current_version(saved)

    def die(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(f"search.index.writing.{step}", die)
        with pytest.raises(KeyboardInterrupt):
            save_index(other_version(index), saved)
    assert current_version(saved) == version
    assert first_hits(saved) == before
    assert not list(saved.glob(".writing-*"))


def test_after_a_build_that_died_the_next_one_succeeds(
    index: Index, saved: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def die(*_: object) -> None:
        raise OSError("disk full")

    with monkeypatch.context() as patch:
        patch.setattr(search.index.writing, "_switch", die)
        with pytest.raises(OSError, match="disk full"):
            save_index(other_version(index), saved)
    save_index(other_version(index), saved)
    assert load_index(saved, CountingEncoder()).manifest.version == OTHER


def test_a_build_of_the_same_inputs_that_dies_before_the_switch_leaves_the_old_index_answering(
    index: Index, saved: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = first_hits(saved)
    rename = Path.rename

    def die_at_the_switch(self: Path, target: Path) -> Path:
        if self.name.startswith(".writing-"):
            raise KeyboardInterrupt
        return rename(self, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "rename", die_at_the_switch)
        with pytest.raises(KeyboardInterrupt):
            save_index(index, saved)
    assert first_hits(saved) == before


@pytest.mark.parametrize("switches", [1, 2])
def test_a_reader_that_opens_an_index_while_builds_switch_gets_a_whole_one(
    switches: int, index: Index, saved: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = current_version
    left = [switches]
    make_older(files_of(saved), 1)

    def read_then_switch(folder: Path) -> str | None:
        name = read(folder)
        while left[0]:
            left[0] -= 1
            with monkeypatch.context() as patch:
                patch.setattr(search.index.reading, "current_version", read)
                save_index(other_version(index), folder)
        return name

    monkeypatch.setattr(search.index.reading, "current_version", read_then_switch)
    version = load_index(saved, CountingEncoder()).manifest.version
    # the build before the one in use is still there, the one before that is not
    assert version == (index.manifest.version if switches == 1 else OTHER)


@pytest.mark.parametrize(
    "name", ["vectors.faiss", "passages.jsonl", "sentences.npy", "training-answers.json", "training-vectors.npy"]
)
def test_a_file_that_goes_away_while_it_is_read_is_damage(
    name: str, saved: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search.index.reading, "check_files", lambda _, here, *__, **___: (here / name).unlink())
    with pytest.raises(IndexDamagedError, match="a file went away while it was read"):
        load_index(saved, CountingEncoder())


def test_a_switch_that_cannot_be_read_is_damage(saved: Path) -> None:
    (saved / "current").write_bytes(b"\xff\xfe")
    with pytest.raises(IndexDamagedError, match="its file 'current' cannot be read"):
        load_index(saved, CountingEncoder())


def test_a_file_that_cannot_be_read_has_not_gone_away(saved: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    monkeypatch.setattr(search.index.reading, "load_lines", fail)
    with pytest.raises(IndexDamagedError, match=r"a file cannot be read \(.*Input/output error\)"):
        load_index(saved, CountingEncoder())


def test_what_is_no_matter_of_files_is_not_called_damage(saved: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("no more threads")

    monkeypatch.setattr(search.index.reading, "load_lines", fail)
    with pytest.raises(RuntimeError, match="no more threads"):
        load_index(saved, CountingEncoder())


def test_every_file_is_on_the_disk_before_the_switch_and_the_switch_after(
    index: Index, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    flushed: dict[bool, set[int]] = {False: set(), True: set()}  # before and after, by number of the file
    monkeypatch.setattr(
        os, "fsync", lambda number: flushed[(tmp_path / "current").exists()].add(os.fstat(number).st_ino)
    )
    build = save_index(index, tmp_path)
    before = [build, *build.iterdir(), tmp_path, tmp_path / "current"]
    assert [path.name for path in before if path.stat().st_ino not in flushed[False]] == []
    assert flushed[True] == {tmp_path.stat().st_ino}


def test_an_index_can_be_saved_on_python_3_10(index: Index, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(hashlib, "file_digest", raising=False)
    save_index(index, tmp_path)
    files = {path.name: path.read_bytes() for path in files_of(tmp_path).iterdir() if path.name != "manifest.json"}
    sums = load_index(tmp_path, CountingEncoder()).manifest.files
    assert sums == {name: hashlib.sha256(data).hexdigest() for name, data in files.items()}
