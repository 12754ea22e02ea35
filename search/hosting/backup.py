"""A backup of what a host holds, and the way back: the build in use, what people left for the editors, their tables.

A backup is one ZIP file for its owner only. Nothing that is there is lost by restoring: lines are added to those that
are there, a table that differs stays and the one of the backup lies beside it, the build before stays in its folder.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from itertools import count
from pathlib import Path, PurePosixPath

from ..curation.left_lines import add_lines, read_whole
from ..errors import BackupError
from ..index.reading import VERSION_FOLDER, current_version, damaged, sha256
from ..index.writing import put_build
from ..locations import default_feedback, default_index, default_tables, default_unmet
from ..whole_files import write_whole, written_whole

FORMAT = 1
"""Of a backup."""

LIST = "backup.json"
"""What the backup holds, with the SHA-256 of each file."""

UNMET, FEEDBACK, TABLES, INDEX = "unmet.jsonl", "feedback.jsonl", "tables", "index"
"""Names inside a backup."""

_FOLDER_MODE, _FILE_MODE = 0o700, 0o600


@dataclass(frozen=True)
class Places:
    """Where what is backed up lies.

    Attributes:
        index: Folder of the index.
        unmet: File of the unmet needs.
        feedback: File of what people said of answers.
        tables: Folder of the tables that editors gave.
    """

    index: Path
    unmet: Path
    feedback: Path
    tables: Path

    @classmethod
    def usual(cls) -> Places:
        """Return those of this user, as the environment says."""
        return cls(default_index(), default_unmet(), default_feedback(), default_tables())


@dataclass(frozen=True)
class BackedUp:
    """What was written to a backup, or taken from one.

    Attributes:
        build: Name of the build; None where there is no index.
        unmet: Lines of unmet needs; after restoring, those that were not there.
        feedback: The same of what people said of answers.
        tables: Files of tables, counted so too.
    """

    build: str | None
    unmet: int
    feedback: int
    tables: int


# ---- Backing up ----------------------------------------------------------------------------------------------


def make_backup(file: Path, places: Places) -> BackedUp:
    """Write a backup; the page may go on meanwhile.

    Args:
        file: ZIP file to write, in a folder that is there: one that was mistyped is not made.
        places: Where everything lies; what is not there is left out.

    Returns:
        What was written.

    Raises:
        BackupError: There is a file of this name, no such folder, nothing to keep, or a table whose name no restoring
            would take.
        IndexDamagedError: A file of the index is missing, cut or changed.
        OSError: It cannot be read or written.
    """
    if file.exists():
        raise BackupError(file, "there")
    if not file.parent.exists():
        raise BackupError(file, "folder", str(file.parent))
    build = current_version(places.index)
    texts = {UNMET: read_whole(places.unmet), FEEDBACK: read_whole(places.feedback)}
    found = {f"{INDEX}/{build}/{path.name}": path for path in _files_of(places.index, build)} | {
        f"{TABLES}/{path.relative_to(places.tables).as_posix()}": path for path in _all_files(places.tables)
    }
    if not found and not any(texts.values()):
        raise BackupError(file, "nothing")
    if strange := next((name for name in found if not _is_place(name, build)), None):
        raise BackupError(file, "name", strange)
    _write(file, build, found, {name: text for name, text in texts.items() if text})
    return BackedUp(
        build, _lines(texts[UNMET]), _lines(texts[FEEDBACK]), sum(name.startswith(f"{TABLES}/") for name in found)
    )


def _files_of(folder: Path, build: str | None) -> list[Path]:
    """Return the files of a build of whatever format, each compared with its manifest."""
    if build is None:
        return []
    here = folder / build
    try:
        wanted = dict(json.loads((here / "manifest.json").read_text(encoding="utf-8")).get("files", {}))
        for name, digest in wanted.items():
            if sha256(here / name) != digest:
                raise damaged(folder, here, f"{name} is not the file that was written")
    except (ValueError, TypeError, AttributeError, FileNotFoundError) as error:
        raise damaged(folder, here, "a file of the build in use is missing or cannot be read") from error
    return [here / name for name in (*sorted(wanted), "manifest.json")]


def _all_files(folder: Path) -> Iterator[Path]:
    yield from (path for path in sorted(folder.rglob("*")) if path.is_file() and not path.is_symlink())


def _lines(text: bytes) -> int:
    return sum(bool(line.strip()) for line in text.splitlines())


def _write(file: Path, build: str | None, found: Mapping[str, Path], texts: Mapping[str, bytes]) -> None:
    """Write a backup, which is whole or not there."""
    sums: dict[str, str] = {}
    with (
        written_whole(file, mode=_FILE_MODE) as raw,
        zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED, strict_timestamps=False) as parts,
    ):
        for name, text in texts.items():
            parts.writestr(name, text)
            sums[name] = hashlib.sha256(text).hexdigest()
        for name, path in found.items():
            sums[name] = _put(parts, name, path)
        parts.writestr(LIST, json.dumps({"format": FORMAT, "build": build, "files": sums}, indent=1))


def _put(parts: zipfile.ZipFile, name: str, path: Path) -> str:
    """Write a file; return the SHA-256 of what was written, whatever becomes of the file meanwhile."""
    written = hashlib.sha256()
    entry = zipfile.ZipInfo.from_file(path, name, strict_timestamps=False)
    entry.compress_type = zipfile.ZIP_DEFLATED
    with path.open("rb") as source, parts.open(entry, "w", force_zip64=True) as target:
        while piece := source.read(1 << 20):
            written.update(piece)
            target.write(piece)
    return written.hexdigest()


# ---- Restoring -----------------------------------------------------------------------------------------------


def restore_backup(file: Path, places: Places) -> BackedUp:
    """Bring back what a backup holds; everything in it is checked before anything is written.

    Args:
        file: What `make_backup` wrote, with this release or another.
        places: Where it goes.

    Returns:
        What was brought back that was not there.

    Raises:
        BackupError: It is no backup, a newer release made it, or it is cut or changed.
        IndexBusyError: A build is under way.
        OSError: It cannot be read or written.
    """
    try:
        with zipfile.ZipFile(file) as parts:
            build, names = _checked(file, parts)
            unmet, feedback = (
                add_lines(path, parts.read(name).splitlines()) if name in names else 0
                for name, path in ((UNMET, places.unmet), (FEEDBACK, places.feedback))
            )
            tables = sum(_restore_table(parts, name, places.tables) for name in names if name.startswith(f"{TABLES}/"))
            if build:
                put_build(places.index, build, _unpacker(parts, f"{INDEX}/{build}/", names))
    except zipfile.BadZipFile as error:
        raise BackupError(file, "none") from error
    return BackedUp(build, unmet, feedback, tables)


def _checked(file: Path, parts: zipfile.ZipFile) -> tuple[str | None, list[str]]:
    """Return the name of the build and those of the files, all of them whole and where they may be."""
    try:
        told = json.loads(parts.read(LIST))
        form, build, sums = told["format"], told["build"], dict(told["files"])
    except (KeyError, ValueError, TypeError) as error:
        raise BackupError(file, "none") from error
    if not isinstance(form, int) or form > FORMAT:
        raise BackupError(file, "newer")
    if not (build is None or VERSION_FOLDER.fullmatch(str(build))) or not all(_is_place(name, build) for name in sums):
        raise BackupError(file, "none")
    for name, digest in sums.items():
        if name not in parts.namelist() or _sum_of(parts, name) != digest:
            raise BackupError(file, "changed", name)
    return build, sorted(sums)


def _is_place(name: str, build: str | None) -> bool:
    """Say whether a file of a backup lies where such a file may: never outside the folder it goes to."""
    first, *rest = PurePosixPath(name).parts or ("",)
    if re.search(r"[\\:\0]", name) or name.startswith("/") or any(part in {"", ".", ".."} for part in rest):
        return False
    if first == INDEX:
        return len(rest) == 2 and rest[0] == build
    return bool(rest) if first == TABLES else name in {UNMET, FEEDBACK}


def _sum_of(parts: zipfile.ZipFile, name: str) -> str:
    found = hashlib.sha256()
    with suppress(EOFError, zlib.error, zipfile.BadZipFile), parts.open(name) as part:
        while piece := part.read(1 << 20):
            found.update(piece)
    return found.hexdigest()


def _unpacker(parts: zipfile.ZipFile, start: str, names: list[str]) -> Callable[[Path], None]:
    def unpack(folder: Path) -> None:
        for name in names:
            if name.startswith(start):
                with parts.open(name) as source, (folder / name.removeprefix(start)).open("wb") as target:
                    shutil.copyfileobj(source, target)

    return unpack


def _restore_table(parts: zipfile.ZipFile, name: str, tables: Path) -> bool:
    """Write a file of a table unless it is there; beside one that differs. Say whether anything was written."""
    target, content = tables.joinpath(*PurePosixPath(name).parts[1:]), parts.read(name)
    for place in _places_for(target, content):
        if not os.path.lexists(place):
            for folder in (tables, *reversed([one for one in place.parents if tables in one.parents])):
                folder.mkdir(_FOLDER_MODE, parents=True, exist_ok=True)
            write_whole(place, content, mode=_FILE_MODE)
            return True
        if place.is_file() and place.read_bytes() == content:
            return False
    return False


def _places_for(target: Path, content: bytes) -> Iterator[Path]:
    """Give where a table may go: its own place, then names beside it, which may be those of a table that was cut."""
    yield target
    beside = f"{target.name}.restored-{hashlib.sha256(content).hexdigest()[:8]}"
    yield target.with_name(beside)
    yield from (target.with_name(f"{beside}-{number}") for number in count(2))
