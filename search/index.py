"""Vectors ready to be searched, with the entries they were made from: build, save, load, nearest passages."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import os
import re
import shutil
import tempfile
import time
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np

from search.arrays import load_array, load_lines
from search.calibration import Calibration
from search.encoder import Encoder
from search.entries import Entry, Passage, Source, Vocabulary
from search.errors import IndexDamagedError, IndexMismatchError, IndexMissingError, SearchIndexError
from search.grid import Grid
from search.layout import Layout
from search.learned import Learned
from search.library import Library, corpus_hash
from search.names import Names
from search.passages import embedded_text, passages_of
from search.store import INDEX_FILE, ROWS_FILE, TRIED, FaissStore, Store
from search.told import Told, read_told
from search.vectors import Progress, VectorCache
from search.words import Words

FORMAT = 9
"""Goes up whenever the files of an index change their meaning (as when sentences are cut elsewhere)."""

LIBRARIES = ("faiss-cpu", "numpy", "sentence-transformers", "torch", "bm25s")

LEFT_AFTER = 24 * 60 * 60
"""Seconds after which a half-written build was left by a process that was killed; a younger one may be in work."""

SETTLED_AFTER = 10 * 60
"""Seconds after which nobody is about to switch to a whole build, or about to read one that is no longer in use."""

_VERSION_FOLDER = re.compile(r"[0-9a-f]{16}(-.+)?")


@dataclass(frozen=True)
class Manifest:
    """What an index was built from and with.

    Attributes:
        version: Fingerprint of its inputs; its folder's name begins with it.
        format: FORMAT when it was built.
        model: The encoder's name.
        dim: Length of a vector.
        corpus: Fingerprint of the corpus folder.
        entries, passages: How many.
        kind: How vectors are kept; see `search.store.FaissStore`.
        lists: How many lists of near vectors a query looks into; 0 when there are none.
        recall: Share of the truly nearest ten passages that a query finds, measured when it was built.
        libraries: Name to version of what built it.
        files: File name to SHA-256.
    """

    version: str
    format: int
    model: str
    dim: int
    corpus: str
    entries: int
    passages: int
    kind: str
    lists: int
    recall: float
    libraries: Mapping[str, str]
    files: Mapping[str, str]


@dataclass(frozen=True)
class Index:
    """Everything a search needs.

    Attributes:
        manifest: What it was made from.
        vocabulary: The closed lists of the corpus.
        entries: In order of id.
        passages: Entry by entry; a passage's number is its place here.
        layout: Where everything is.
        names: What entries are called.
        words: Which passages have which words.
        store: The vectors of the passages.
        sentence_vectors: Unit rows, float16, shape (n_sentences, dim), passage by passage.
        told: For each situation people tell, in each language, the ids of the entries that answer it.
        learned: What they teach of which entries answer.
        grid: Reads phases and weak conditions from a vector; None when too few situations carry labels.
        calibration: How scores become words; None when the corpus has no judged queries.
    """

    manifest: Manifest
    vocabulary: Vocabulary
    entries: Sequence[Entry]
    passages: Sequence[Passage]
    layout: Layout
    names: Names
    words: Words
    store: Store
    sentence_vectors: np.ndarray
    told: tuple[tuple[str, ...], ...]
    learned: Learned
    grid: Grid | None = None
    calibration: Calibration | None = None

    def sentences(self, passage: int) -> tuple[str, ...]:
        """Return the sentences of a passage."""
        return tuple(self.sentence(passage, place) for place in range(len(self.sentence_vectors_of(passage))))

    def sentence(self, passage: int, place: int) -> str:
        """Return one sentence of a passage."""
        start, end = self.layout.spans[self.layout.sentences[passage] + place]
        return self.passages[passage].text[start:end]

    def sentence_vectors_of(self, passage: int) -> np.ndarray:
        """Return the vectors of the sentences of a passage, float32, shape (n, dim)."""
        start, end = self.layout.sentences[passage : passage + 2]
        return self.sentence_vectors[start:end].astype(np.float32)


def index_version(corpus: str, model: str) -> str:
    """Name the index of a corpus fingerprint and an encoder: the same inputs, the same name."""
    return hashlib.sha256(f"{FORMAT}\0{corpus}\0{model}".encode()).hexdigest()[:16]


def build_index(
    library: Library,
    encoder: Encoder,
    cache: VectorCache,
    progress: Progress | None = None,
    *,
    kind: str | None = None,
) -> Index:
    """Embed a library.

    Args:
        library: The entries.
        encoder: Gives the vectors.
        cache: Vectors already known; receives the new ones.
        progress: Told how many texts are done.
        kind: How the vectors of passages are kept (`search.store.KINDS`); chosen by their number when None.

    Returns:
        The index, in memory, not calibrated.
    """
    passages = tuple(passage for entry in library.entries for passage in passages_of(entry))
    by_id = {entry.id: entry for entry in library.entries}
    whole = [embedded_text(passage, by_id[passage.entry_id]) for passage in passages]
    told = read_told(library.path)
    asked = [text for situation in told for text in situation.texts.values()]
    layout = Layout.of(library.entries, passages)
    shown = _sentences(layout, passages)
    vectors, sentence_vectors, told_vectors = _vectors((whole, shown, asked), encoder, cache, progress)
    answers = tuple(situation.entries for situation in told for _ in situation.texts)
    store = FaissStore.of(vectors, _some(sentence_vectors), kind)
    return Index(
        manifest=_manifest(library, encoder, store, len(passages)),
        vocabulary=library.vocabulary,
        entries=library.entries,
        passages=passages,
        layout=layout,
        names=Names.of(library.entries, library.vocabulary),
        words=Words.of(whole, [passage.language for passage in passages]),
        store=store,
        sentence_vectors=sentence_vectors,
        told=answers,
        learned=Learned.fit(told_vectors, asked, answers, list(by_id)),
        grid=_grid(told, told_vectors),
    )


def _manifest(library: Library, encoder: Encoder, store: FaissStore, passages: int) -> Manifest:
    """Say what an index is built from and with; its files are added when they are written."""
    fingerprint = corpus_hash(library.path)
    return Manifest(
        version=index_version(fingerprint, encoder.name),
        format=FORMAT,
        model=encoder.name,
        dim=encoder.dim,
        corpus=fingerprint,
        entries=len(library.entries),
        passages=passages,
        kind=store.kind,
        lists=store.lists,
        recall=store.recall,
        libraries={name: version(name) for name in LIBRARIES},
        files={},
    )


def _sentences(layout: Layout, passages: Sequence[Passage]) -> list[str]:
    """Return every sentence, passage by passage."""
    of_passage = np.repeat(np.arange(len(passages)), np.diff(layout.sentences)).tolist()
    spans = layout.spans.tolist()
    return [passages[number].text[start:end] for number, (start, end) in zip(of_passage, spans, strict=True)]


def _vectors(
    texts: tuple[Sequence[str], Sequence[str], Sequence[str]],
    encoder: Encoder,
    cache: VectorCache,
    progress: Progress | None,
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Encode passages, sentences (kept in 16 bits: there are most of them) and situations."""
    whole, shown, asked = texts
    total = sum(map(len, texts))

    def told_of(before: int) -> Progress | None:
        return (lambda done, _: progress(before + done, total)) if progress else None

    vectors = cache.documents(whole, encoder, told_of(0))
    of_sentences = cache.documents(shown, encoder, told_of(len(whole)), dtype=np.float16)
    of_situations = cache.documents(asked, encoder, told_of(len(whole) + len(shown)))
    cache.keep_only([*whole, *shown, *asked], encoder)
    return vectors, of_sentences, of_situations


def _some(sentence_vectors: np.ndarray) -> np.ndarray:
    """Choose the vectors recall is measured with: sentences spread over the library, as unit rows in 32 bits."""
    step = max(len(sentence_vectors) // TRIED, 1)
    some = sentence_vectors[::step][:TRIED].astype(np.float32)
    unit: np.ndarray = some / np.maximum(np.linalg.norm(some, axis=1, keepdims=True), 1e-12)
    return unit


def _grid(told: Sequence[Told], vectors: np.ndarray) -> Grid | None:
    """Learn the grid from the labelled situations; each has one row of vectors per language."""
    rows = [
        (vector, situation)
        for vector, situation in zip(vectors, (one for one in told for _ in one.texts), strict=True)
        if situation.phases is not None and situation.conditions is not None
    ]
    if not rows:
        return None
    return Grid.fit(
        np.stack([vector for vector, _ in rows]),
        [situation.phases or () for _, situation in rows],
        [situation.conditions or () for _, situation in rows],
    )


def save_index(index: Index, folder: Path) -> Path:
    """Write an index beside the one in use, then switch to it.

    A reader sees the old index or the new one, never a part of either: the files are written to a folder of
    their own, flushed to disk, renamed, and the file ``current`` is replaced last. A folder is never written
    again: an index of the same inputs gets a folder of its own, so that the one in use stays whole. The build
    before stays too, for a reader that read ``current`` before the switch and not yet the files.

    Args:
        index: What to write.
        folder: Holds one sub-folder per build, and ``current``.

    Returns:
        The folder of this build.
    """
    folder.mkdir(parents=True, exist_ok=True)
    writing = Path(tempfile.mkdtemp(prefix=".writing-", dir=folder))
    target = folder / writing.name.replace(".writing", index.manifest.version)
    try:
        _write_files(index, writing)
        writing.rename(target)
    except BaseException:
        shutil.rmtree(writing, ignore_errors=True)
        raise
    _flush(folder)
    previous = None
    with suppress(IndexDamagedError):  # a new index mends a file "current" that cannot be read
        previous = current_version(folder)
    _replace_text(folder / "current", target.name + "\n")
    with suppress(OSError):  # what cannot be removed now is removed after a later build
        _remove_old(folder, keep={target.name, previous, current_version(folder)})
    return target


def _write_files(index: Index, folder: Path) -> None:
    if not isinstance(index.store, FaissStore):
        raise TypeError("only an index whose vectors are in memory is written to a folder")
    index.store.save(folder)
    np.save(folder / "sentences.npy", index.sentence_vectors, allow_pickle=False)
    for part in (index.layout, index.names, index.words, index.learned):
        part.save(folder)
    _write_json(folder / "told.json", index.told)
    _write_json_lines(folder / "entries.jsonl", index.entries)
    _write_json_lines(folder / "passages.jsonl", index.passages)
    _write_json(folder / "vocabulary.json", index.vocabulary.lists)
    if index.grid:
        _write_json(folder / "grid.json", dataclasses.asdict(index.grid))
    if index.calibration:
        _write_json(folder / "calibration.json", dataclasses.asdict(index.calibration))
    files = {file.name: _sha256(file) for file in sorted(folder.iterdir())}
    _write_json(folder / "manifest.json", dataclasses.asdict(dataclasses.replace(index.manifest, files=files)))
    for file in folder.iterdir():
        _flush(file)
    _flush(folder)


def _write_json(path: Path, data: Any) -> None:
    path.write_text(json.dumps(data, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _write_json_lines(path: Path, items: Iterable[Any]) -> None:
    with path.open("w", encoding="utf-8") as lines:
        for item in items:
            lines.write(json.dumps(vars(item), ensure_ascii=False, default=vars) + "\n")


def _flush(path: Path) -> None:
    """Ask the system to put a file or folder on the disk (folders: where the system can)."""
    try:
        number = os.open(path, os.O_RDONLY)
    except PermissionError:  # Windows opens no folder
        return
    try:
        os.fsync(number)
    finally:
        os.close(number)


def _replace_text(path: Path, text: str) -> None:
    number, name = tempfile.mkstemp(prefix=".current-", dir=path.parent)
    with os.fdopen(number, "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    Path(name).replace(path)
    _flush(path.parent)


def _remove_old(folder: Path, keep: Collection[str | None]) -> None:
    """Remove builds that are not to be kept, and what a killed build left, once nobody can be about to use them."""
    now = time.time()
    for path in folder.iterdir():
        age = now - path.stat().st_mtime
        if path.name.startswith(".current-") and age > LEFT_AFTER:
            path.unlink(missing_ok=True)
        if path.name.startswith(".writing-") and age > LEFT_AFTER:
            shutil.rmtree(path, ignore_errors=True)
        if _VERSION_FOLDER.fullmatch(path.name) and path.name not in keep and age > SETTLED_AFTER:
            shutil.rmtree(path, ignore_errors=True)


def current_version(folder: Path) -> str | None:
    """Return the name of the folder in use, another for every build, or None when there is no index.

    Raises:
        IndexDamagedError: The file that says so cannot be read.
    """
    try:
        return (folder / "current").read_text(encoding="utf-8").strip() or None
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError) as error:
        raise IndexDamagedError(folder, "its file 'current' cannot be read") from error


def read_manifest(folder: Path) -> Manifest:
    """Read the manifest of the version in use.

    Raises:
        IndexMissingError: There is no index.
        IndexDamagedError: The manifest cannot be read, or is of another format.
    """
    return _read_manifest(folder, current_version(folder))


def _read_manifest(folder: Path, name: str | None) -> Manifest:
    if name is None:
        raise IndexMissingError(folder)
    try:
        manifest = Manifest(**json.loads((folder / name / "manifest.json").read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError) as error:
        raise IndexDamagedError(folder, "its manifest cannot be read") from error
    if manifest.format != FORMAT:
        raise IndexDamagedError(folder, f"it has format {manifest.format}, this version reads {FORMAT}")
    return manifest


@dataclass(frozen=True)
class IndexFolder:
    """A folder that holds an index.

    Attributes:
        path: The folder.
    """

    path: Path

    def current(self) -> str | None:
        """As `current_version`."""
        return current_version(self.path)

    def load(self, encoder: Encoder) -> Index:
        """As `load_index`."""
        return load_index(self.path, encoder)


def load_index(folder: Path, encoder: Encoder) -> Index:
    """Load the version in use.

    Args:
        folder: Where `save_index` wrote it.
        encoder: The encoder queries will be made with.

    Returns:
        The index, every file checked against the manifest.

    Raises:
        IndexMissingError: There is no index.
        IndexMismatchError: It was made with another encoder.
        IndexDamagedError: A file is missing, cut or changed.
    """
    name = current_version(folder)
    try:
        return _load(folder, name, encoder)
    except SearchIndexError:
        if current_version(folder) == name:
            raise
    return _load(folder, current_version(folder), encoder)  # builds have switched, and removed what was being read


def _load(folder: Path, name: str | None, encoder: Encoder) -> Index:
    check_encoder(folder, _read_manifest(folder, name), encoder)
    return read_build(folder, str(name))


def check_encoder(folder: Path, manifest: Manifest, encoder: Encoder) -> None:
    """Refuse an index made with another encoder.

    Raises:
        IndexMismatchError: It was.
    """
    if (manifest.model, manifest.dim) != (encoder.name, encoder.dim):
        raise IndexMismatchError(
            folder, f"{manifest.model} ({manifest.dim} dim)", f"{encoder.name} ({encoder.dim} dim)"
        )


def read_build(folder: Path, name: str, store: Callable[[Sequence[Passage]], Store] | None = None) -> Index:
    """Read one build, whatever encoder it was made with.

    Args:
        folder: Holds it.
        name: Of its sub-folder.
        store: Gives the vectors of the passages when they are not in its files.

    Returns:
        The index, every file checked against the manifest.

    Raises:
        IndexDamagedError: A file is missing, cut or changed.
    """
    manifest, here = _read_manifest(folder, name), folder / name
    try:
        _check_files(folder, here, manifest, but=(INDEX_FILE, ROWS_FILE) if store else ())
        return _read_files(here, manifest, store)
    except (OSError, RuntimeError) as error:  # FAISS has no error of its own
        raise IndexDamagedError(folder, f"a file went away while it was read ({error})") from error


def _check_files(folder: Path, here: Path, manifest: Manifest, but: Collection[str]) -> None:
    for name, wanted in manifest.files.items():
        if name in but:
            continue
        if not (here / name).is_file():
            raise IndexDamagedError(folder, f"{name} is missing")
        if _sha256(here / name) != wanted:
            raise IndexDamagedError(folder, f"{name} is not the file that was written")


def _read_files(here: Path, manifest: Manifest, store: Callable[[Sequence[Passage]], Store] | None) -> Index:
    grid, calibration = here / "grid.json", here / "calibration.json"
    layout = Layout.load(here)
    passages = load_lines(here / "passages.jsonl", lambda row: Passage(**row))
    return Index(
        manifest=manifest,
        vocabulary=Vocabulary(_read_json(here / "vocabulary.json")),
        entries=load_lines(here / "entries.jsonl", _entry),
        passages=passages,
        layout=layout,
        names=Names.load(here),
        words=Words.load(here, layout.counts),
        store=store(passages) if store else _vectors_in(here, manifest),
        sentence_vectors=load_array(here / "sentences.npy"),
        told=tuple(tuple(names) for names in _read_json(here / "told.json")),
        learned=Learned.load(here),
        grid=Grid.from_dict(_read_json(grid)) if grid.exists() else None,
        calibration=Calibration.from_dict(_read_json(calibration)) if calibration.exists() else None,
    )


def _vectors_in(here: Path, manifest: Manifest) -> FaissStore:
    return FaissStore.load(here, kind=manifest.kind, lists=manifest.lists, recall=manifest.recall)


def _sha256(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()


def _read_json(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def _entry(row: dict[str, Any]) -> Entry:
    row["sources"] = tuple(Source(**source) for source in row["sources"])
    for name in ("actors", "related", "illustrates"):
        row[name] = tuple(row[name])
    row["texts"] = {
        language: {field: tuple(text) if isinstance(text, list) else text for field, text in fields.items()}
        for language, fields in row["texts"].items()
    }
    return Entry(**row)
