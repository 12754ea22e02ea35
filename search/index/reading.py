"""Open the index in use, every file checked against its manifest."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..encoding.encoder import Encoder
from ..entries import Entry, Passage, Source, Vocabulary
from ..errors import IndexDamagedError, IndexFormatError, IndexMismatchError, IndexMissingError, SearchIndexError
from ..learning.carried_calibration import calibration_from
from ..learning.relevance_model import RelevanceModel
from ..learning.situation_model import SituationModel
from ..library.messages.file_faults import sentence_of
from ..library.reader import FOLDERS
from ..locations import SHIPPED, UNKNOWN, StrPath, default_corpus
from .index import FORMAT, Index, Manifest
from .lazy_files import load_array, load_lines
from .manifest_json import manifest_from
from .metadata import Metadata
from .term_index import TermIndex
from .title_index import TitleIndex
from .vector_store import INDEX_FILE, ROWS_FILE, FaissStore, VectorStore
from .word_list import WordList

VERSION_FOLDER = re.compile(r"[0-9a-f]{16}(-.+)?")
"""Name of the folder of a build."""


def current_version(folder: Path) -> str | None:
    """Return the name of the folder in use, another for every build, or None when there is no index.

    Raises:
        IndexDamagedError: The file that says so cannot be read, or is empty or missing and there are builds.
        SearchIndexError: This user may not read it, or there is a file in the place of the folder.
    """
    try:
        name = (folder / "current").read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        name = ""
    except (PermissionError, NotADirectoryError) as error:
        raise unreadable(folder, error) from error
    except (OSError, UnicodeDecodeError) as error:
        raise IndexDamagedError(folder, "its file 'current' cannot be read", corpora_of_builds(folder)) from error
    if not name and any(whole_builds(folder)):
        raise IndexDamagedError(folder, "its file 'current' is empty or missing", corpora_of_builds(folder))
    return name or None


def whole_builds(folder: Path) -> Iterator[Path]:
    """Give the folders of whole builds."""
    if folder.is_dir():
        found = (path for path in sorted(folder.iterdir()) if VERSION_FOLDER.fullmatch(path.name))
        yield from (path for path in found if (path / "manifest.json").is_file())


def corpora_of_builds(folder: Path) -> tuple[tuple[str, ...], ...]:
    """Return what the builds in an index folder were made from, the newest first, each once."""
    newest_first = sorted(whole_builds(folder), key=lambda path: path.stat().st_mtime, reverse=True)
    return tuple(dict.fromkeys(_corpora(path) for path in newest_first))


def _corpora(build: Path) -> tuple[str, ...]:
    """Return what a build was made from, of whatever format it is.

    Those of formats up to 10 do not say it: they are of the shipped library when it has every one of their entries.
    """
    with suppress(OSError, ValueError, KeyError, TypeError, RecursionError):
        manifest = _read_json(build / "manifest.json")
        if "corpora" in manifest:
            return tuple(map(str, manifest["corpora"]))
        shipped = {file.stem for name in FOLDERS for file in (default_corpus() / name).glob("*.yaml")}
        return (SHIPPED,) if shipped.issuperset(_read_json(build / "metadata.json")["ids"]) else (UNKNOWN,)
    return (UNKNOWN,)


def read_manifest(folder: StrPath) -> Manifest:
    """Read the manifest of the version in use.

    Raises:
        IndexMissingError: There is no index.
        IndexFormatError: Another release made it.
        IndexDamagedError: The manifest cannot be read.
    """
    folder = Path(folder)
    return manifest_of(folder, current_version(folder))


def manifest_of(folder: Path, name: str | None) -> Manifest:
    """Read the manifest of one build; of none when its name is None.

    Raises:
        IndexMissingError: There is none.
        IndexFormatError: Another release made it.
        IndexDamagedError: The manifest cannot be read.
    """
    if name is None:
        raise IndexMissingError(folder)
    try:
        data = _read_json(folder / name / "manifest.json")
        if isinstance(data["format"], int) and data["format"] != FORMAT:
            reason = f"it has format {data['format']}, this version reads {FORMAT}"
            raise IndexFormatError(folder, reason, [_corpora(folder / name)])
        return manifest_from(data)
    except PermissionError as error:
        raise unreadable(folder, error) from error
    except (OSError, ValueError, TypeError, KeyError, RecursionError) as error:
        raise IndexDamagedError(folder, "its manifest cannot be read", corpora_of_builds(folder)) from error


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
    check_encoder(folder, manifest_of(folder, name), encoder)
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


def read_build(folder: Path, name: str, store: Callable[[Sequence[Passage]], VectorStore] | None = None) -> Index:
    """Read one build, whatever encoder it was made with.

    Args:
        folder: Holds it.
        name: Of its sub-folder.
        store: Gives the vectors of the passages when they are not in its files.

    Returns:
        The index, every file checked against the manifest.

    Raises:
        IndexDamagedError: A file is missing, cut or changed, or cannot be read.
    """
    manifest, here = manifest_of(folder, name), folder / name
    try:
        check_files(folder, here, manifest, but=(INDEX_FILE, ROWS_FILE) if store else ())
        return _read_files(here, manifest, store)
    except OSError as error:
        raise unreadable(folder, error, here) from error


def unreadable(folder: Path, error: OSError, here: Path | None = None) -> SearchIndexError:
    """Say what came between while the files of a build were read; where only rights are missing nothing is damaged.

    Args:
        folder: Of the index.
        error: What came between.
        here: Of the build, where it is known: the command that makes it again names what it was made from.
    """
    if isinstance(error, PermissionError | NotADirectoryError):
        return SearchIndexError(folder, f"The index in {folder} cannot be opened: {sentence_of(error)}")
    what = "a file went away while it was read" if isinstance(error, FileNotFoundError) else "a file cannot be read"
    return IndexDamagedError(folder, f"{what} ({error})", [_corpora(here)] if here else corpora_of_builds(folder))


def damaged(folder: Path, here: Path, reason: str) -> IndexDamagedError:
    """Say that one build is damaged, with the command that makes it again from what it was made from.

    Args:
        folder: Of the index.
        here: Of the build.
        reason: What is wrong with it.
    """
    return IndexDamagedError(folder, reason, [_corpora(here)])


def check_files(folder: Path, here: Path, manifest: Manifest, but: Collection[str] = ()) -> None:
    """Compare the files of a build with its manifest.

    Args:
        folder: Of the index, for the message.
        here: Of the build.
        manifest: Its own.
        but: Names of files that are not looked at.

    Raises:
        IndexDamagedError: One is missing, cut or changed.
    """
    for name, wanted in manifest.files.items():
        if name in but:
            continue
        if not (here / name).is_file():
            raise damaged(folder, here, f"{name} is missing")
        if sha256(here / name) != wanted:
            raise damaged(folder, here, f"{name} is not the file that was written")


def _read_files(here: Path, manifest: Manifest, store: Callable[[Sequence[Passage]], VectorStore] | None) -> Index:
    situations, calibration = here / "situation-model.json", here / "calibration.json"
    beside = here / "calibrations-beside.json"
    metadata = Metadata.load(here)
    passages = load_lines(here / "passages.jsonl", lambda row: Passage(**row))
    return Index(
        manifest=manifest,
        vocabulary=Vocabulary(_read_json(here / "vocabulary.json")),
        entries=load_lines(here / "entries.jsonl", _entry),
        passages=passages,
        metadata=metadata,
        title_index=TitleIndex.load(here),
        term_index=TermIndex.load(here, metadata.counts),
        words=WordList.load(here),
        store=store(passages) if store else _vectors_in(here, manifest),
        sentence_vectors=load_array(here / "sentences.npy"),
        relevance=RelevanceModel.load(here, len(metadata.ids)),
        situation_model=SituationModel.from_dict(_read_json(situations)) if situations.exists() else None,
        calibration=calibration_from(_read_json(calibration)) if calibration.exists() else None,
        beside={
            name: calibration_from(one) if one else None
            for name, one in (_read_json(beside) if beside.exists() else {}).items()
        },
    )


def _vectors_in(here: Path, manifest: Manifest) -> FaissStore:
    return FaissStore.load(here, index_type=manifest.index_type, lists=manifest.lists, recall=manifest.recall)


def sha256(path: Path) -> str:
    """Return the fingerprint of a file, hexadecimal."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()


def _read_json(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def _entry(row: dict[str, Any]) -> Entry:
    row["sources"] = tuple(Source(**source) for source in row["sources"])
    for name in ("actors", "related", "illustrates", "aliases"):
        row[name] = tuple(row[name])
    row["facets"] = {name: tuple(values) for name, values in row["facets"].items()}
    row["texts"] = {
        language: {field: tuple(text) if isinstance(text, list) else text for field, text in fields.items()}
        for language, fields in row["texts"].items()
    }
    return Entry(**row)
