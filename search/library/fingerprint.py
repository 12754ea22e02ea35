"""Which files an index depends on, and their fingerprint."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

from .reader import FOLDERS


def beside(table: Path) -> tuple[Path, Path]:
    """Return where a table's column map and its own vocabulary are, when it has them."""
    return table.with_name(f"{table.stem}.columns.yaml"), table.with_name(f"{table.stem}.vocabulary.yaml")


def corpus_files(path: Path) -> Iterator[Path]:
    """Yield the files an index depends on, in a fixed order: those of a folder, or a table and what is beside it."""
    if path.is_file():
        yield from (path, *beside(path))
        return
    yield from (path / "vocabulary.yaml", path / "sources.yaml")
    for folder in FOLDERS:
        yield from sorted((path / folder).glob("*.yaml"))
    for folder in ("evaluation", "training"):
        yield from sorted((path / folder).glob("*.jsonl"))


def corpus_hash(path: Path) -> str:
    """Return a fingerprint of a corpus folder or table: it changes with any of its files (SHA-256, hexadecimal)."""
    digest = hashlib.sha256()
    for file in corpus_files(path):
        if file.exists():
            name = file.name if path.is_file() else str(file.relative_to(path))
            digest.update(name.encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()
