"""Write an index beside the one in use, then switch to it."""

from __future__ import annotations

import dataclasses
import json
import logging
import secrets
import shutil
import time
from collections.abc import Callable, Collection, Iterable
from pathlib import Path
from typing import Any

import numpy as np

from ..encoding.encoder import Encoder
from ..errors import IndexDamagedError
from ..whole_files import flush, write_whole
from .build_lock import build_lock
from .builds import kept_builds
from .index import Index
from .reading import VERSION_FOLDER, check_encoder, check_files, current_version, manifest_of, sha256
from .vector_store import FaissStore

_log = logging.getLogger(__name__)

LEFT_AFTER = 24 * 60 * 60
"""Seconds after which a half-written build was left by a process that was killed; a younger one may be in work."""


SETTLED_AFTER = 10 * 60
"""Seconds after which nobody is about to switch to a whole build, or about to read one that is no longer in use."""


JSON_SURROGATES = "backslashreplace"
"""How a byte of a file's name that is no UTF-8 is written: as JSON escapes it."""


def save_index(index: Index, folder: Path) -> Path:
    """Write an index beside the one in use, then switch to it.

    A reader sees the old index or the new one, never a part of either: the files are written to a folder of
    their own, flushed to disk, renamed, and the file ``current`` is replaced last. A folder is never written
    again: an index of the same inputs gets a folder of its own, so that the one in use stays whole. The build
    before stays too, for a reader that read ``current`` before the switch and not yet the files, and the newest build
    of other libraries (`kept_builds`), to go back to. Who may read what is written is for the umask to say, as with
    any file.

    Args:
        index: What to write.
        folder: Holds one sub-folder per build, and ``current``.

    Returns:
        The folder of this build.
    """
    folder.mkdir(parents=True, exist_ok=True)
    previous = _previous(folder)
    writing = folder / f".writing-{secrets.token_hex(4)}"
    writing.mkdir()
    target = folder / writing.name.replace(".writing", index.manifest.version)
    try:
        _write_files(index, writing)
        writing.rename(target)
    except BaseException:
        shutil.rmtree(writing, ignore_errors=True)
        raise
    flush(folder)
    _switch(folder, target.name)
    try:
        kept = {build.name for build in kept_builds(folder)}
        _remove_old(folder, keep={target.name, previous, current_version(folder), *kept})
    except OSError as error:
        _log.warning("old builds in %s could not be removed now, a later build tries again: %s", folder, error)
    return target


def switch_to(folder: Path, name: str, encoder: Encoder) -> None:
    """Answer from another build of an index folder: that of another library, most often.

    Args:
        folder: Of the index.
        name: Of the build, as `kept_builds` gives it.
        encoder: For the queries.

    Raises:
        IndexMissingError: It is gone; here and below the build in use stays.
        IndexDamagedError: A file of it is missing, cut or changed.
        IndexMismatchError: It was made with another encoder.
        IndexBusyError: A build is under way.
        OSError: The folder cannot be written.
    """
    with build_lock(folder):
        manifest = manifest_of(folder, name)
        check_encoder(folder, manifest, encoder)
        check_files(folder, folder / name, manifest)
        _switch(folder, name)


def put_build(folder: Path, name: str, write: Callable[[Path], None]) -> None:
    """Put a build that lay elsewhere into an index folder, and switch to it; the build before stays.

    Args:
        folder: Of the index; made when missing.
        name: Of the build. One of this name, which may be damaged, is replaced.
        write: Writes its files to the folder it is given.

    Raises:
        IndexBusyError: A build is under way.
        OSError: The folder cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    target, writing = folder / name, folder / f".writing-{secrets.token_hex(4)}"
    with build_lock(folder):
        writing.mkdir()
        try:
            write(writing)
            for file in writing.iterdir():
                flush(file)
            if target.exists():
                target.rename(writing.with_name(f"{writing.name}-before"))
            writing.rename(target)
        finally:
            shutil.rmtree(writing, ignore_errors=True)
        flush(folder)
        _switch(folder, name)
        shutil.rmtree(writing.with_name(f"{writing.name}-before"), ignore_errors=True)


def _previous(folder: Path) -> str | None:
    """Return the build in use before; None when there is none, or when nobody can read which: a new one mends that."""
    try:
        return current_version(folder)
    except IndexDamagedError as error:
        _log.warning("%s It is replaced.", error)
        return None


def _write_files(index: Index, folder: Path) -> None:
    if not isinstance(index.store, FaissStore):
        raise TypeError("only an index whose vectors are in memory is written to a folder")
    index.store.save(folder)
    np.save(folder / "sentences.npy", index.sentence_vectors, allow_pickle=False)
    for part in (index.metadata, index.title_index, index.term_index, index.words, index.relevance):
        part.save(folder)
    _write_json_lines(folder / "entries.jsonl", index.entries)
    _write_json_lines(folder / "passages.jsonl", index.passages)
    _write_json(folder / "vocabulary.json", index.vocabulary.lists)
    if index.situation_model:
        _write_json(folder / "situation-model.json", dataclasses.asdict(index.situation_model))
    if index.calibration:
        _write_json(folder / "calibration.json", dataclasses.asdict(index.calibration))
    if index.beside:
        beside = {name: dataclasses.asdict(one) if one else None for name, one in index.beside.items()}
        _write_json(folder / "calibrations-beside.json", beside)
    files = {file.name: sha256(file) for file in sorted(folder.iterdir())}
    _write_json(folder / "manifest.json", dataclasses.asdict(dataclasses.replace(index.manifest, files=files)))
    for file in folder.iterdir():
        flush(file)
    flush(folder)


def _write_json(path: Path, data: Any) -> None:
    text = json.dumps(data, ensure_ascii=False, indent=1) + "\n"
    path.write_text(text, encoding="utf-8", errors=JSON_SURROGATES)


def _write_json_lines(path: Path, items: Iterable[Any]) -> None:
    encoder = json.JSONEncoder(ensure_ascii=False, default=vars)
    with path.open("w", encoding="utf-8", errors=JSON_SURROGATES) as lines:
        lines.writelines(f"{encoder.encode(vars(item))}\n" for item in items)


def _switch(folder: Path, name: str) -> None:
    """Let a build answer from now on."""
    write_whole(folder / "current", f"{name}\n".encode())


def _remove_old(folder: Path, keep: Collection[str | None]) -> None:
    """Remove builds that are not to be kept, and what a killed build left, once nobody can be about to use them."""
    now = time.time()
    for path in folder.iterdir():
        age = now - path.stat().st_mtime
        if path.name.startswith(".current-") and age > LEFT_AFTER:
            path.unlink(missing_ok=True)
        left = path.name.startswith(".writing-") and age > LEFT_AFTER
        old = VERSION_FOLDER.fullmatch(path.name) and path.name not in keep and age > SETTLED_AFTER
        if left or old:
            remove_folder(path)


def remove_folder(path: Path) -> None:
    """Remove a folder that is no longer used; what cannot be removed stays, and is logged."""
    shutil.rmtree(path, ignore_errors=True)
    if path.exists():
        _log.warning("%s could not be removed as a whole; it is no longer used", path)
