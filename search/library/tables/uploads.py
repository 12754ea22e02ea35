"""Tables that editors give to the page: where they lie, and what becomes of the version before.

A table that is only looked at lies among the drafts, under the fingerprint of what is in it. One that is built lies
with its column map in a folder of its own, named after it; what it was before is kept there, in ``earlier``. All of it
is for its owner only: columns that no index holds may hold names and addresses.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import time
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

from ...whole_files import write_whole
from .paths import column_map_path, vocabulary_path

DRAFTS, EARLIER = ".drafts", "earlier"
"""Folders of tables that were not built yet, and of those that were built before."""

DRAFT_KEPT = 24 * 60 * 60
"""Seconds a table that was not built is kept."""

LONGEST_STEM = 80
"""Characters of a table's name that are kept."""

_FOLDER_MODE, _FILE_MODE = 0o700, 0o600


def safe_name(name: str) -> str:
    """Return the name of a file without folders, and without what a folder or a command may take otherwise."""
    stem, dot, suffix = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1].rpartition(".")
    if not dot or not re.fullmatch(r"[A-Za-z0-9]{1,8}", suffix):
        stem, suffix = f"{stem}{dot}{suffix}", ""
    kept = re.sub(r"[^\w ()-]+", "-", stem)[:LONGEST_STEM].strip(" -") or "table"
    return f"{kept}.{suffix.lower()}" if suffix else kept


def keep_draft(tables: Path, name: str, content: bytes) -> Path:
    """Keep a table to look at; drafts that were left a day ago go.

    Args:
        tables: Folder of all of them (`search.locations.default_tables`).
        name: As its owner calls it.
        content: Its bytes.

    Returns:
        Where it is, with the closed lists of its own that the version before has.

    Raises:
        OSError: The folder cannot be written.
    """
    drafts = tables / DRAFTS
    _remove_left(drafts)
    draft = drafts / hashlib.sha256(content).hexdigest()[:16] / safe_name(name)
    _make_folder(draft.parent)
    os.utime(draft.parent)
    write_whole(draft, content, mode=_FILE_MODE)
    if (vocabulary := vocabulary_path(place_of(tables, draft))).exists():
        write_whole(vocabulary_path(draft), vocabulary.read_bytes(), mode=_FILE_MODE)
    return draft


def path_typed(text: str) -> Path | None:
    """Return the file or folder of this computer that somebody typed or pasted; None when there is none.

    Quotation marks around it, as file managers put them, and ``~`` are understood.
    """
    typed = text.strip().strip("\"'").strip()
    with suppress(OSError, RuntimeError, ValueError):  # too long, no home, signs that no path has
        place = Path(typed).expanduser()
        if typed and place.exists():
            return place.resolve()
    return None


def place_of(tables: Path, draft: Path) -> Path:
    """Return where a table goes when it is built."""
    return tables / "-".join(part for part in (draft.stem, draft.suffix[1:]) if part) / draft.name


@contextmanager
def accepted(draft: Path, tables: Path, column_map: str) -> Iterator[Path]:
    """Put a draft and its column map in their place; they stay there if the body ends well, else all is as before.

    Args:
        draft: As `keep_draft` returned it.
        tables: As there.
        column_map: What its columns are, as YAML.

    Yields:
        The table in its place.

    Raises:
        OSError: The folder cannot be written, or the draft is gone.
    """
    place = place_of(tables, draft)
    new = {place: draft.read_bytes(), column_map_path(place): column_map.encode()}
    before = {file: file.read_bytes() if file.exists() else None for file in new}
    _make_folder(place.parent)
    try:
        for file, content in new.items():
            write_whole(file, content, mode=_FILE_MODE)
        yield place
    except BaseException:
        for file, old in before.items():
            _put_back(file, old)
        raise
    if before[place] not in (None, new[place]):
        _keep_earlier(before)
    shutil.rmtree(draft.parent, ignore_errors=True)


def _keep_earlier(before: dict[Path, bytes | None]) -> None:
    """Keep what a table and its map were."""
    stamp = f"{datetime.now().astimezone():%Y-%m-%d-%H%M%S}"
    for file, content in before.items():
        if content is not None:
            _make_folder(file.parent / EARLIER)
            write_whole(file.parent / EARLIER / f"{stamp}-{file.name}", content, mode=_FILE_MODE)


def _put_back(file: Path, content: bytes | None) -> None:
    if content is None:
        file.unlink(missing_ok=True)
        with suppress(OSError):
            file.parent.rmdir()  # when nothing else is in it
    else:
        write_whole(file, content, mode=_FILE_MODE)


def _make_folder(folder: Path) -> None:
    for one in (*reversed(folder.parents), folder):  # each of them: parents would be open to all
        one.mkdir(exist_ok=True, mode=_FOLDER_MODE)


def _remove_left(drafts: Path) -> None:
    for folder in drafts.iterdir() if drafts.is_dir() else ():
        with suppress(OSError):
            if time.time() - folder.stat().st_mtime > DRAFT_KEPT:
                shutil.rmtree(folder, ignore_errors=True)
