"""Which files an index depends on, and their fingerprint."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from ..locations import default_corpus
from .reader import FOLDERS
from .tables.paths import column_map_path, vocabulary_path
from .training_queries import LENT


def corpus_files(path: Path) -> Iterator[Path]:
    """Yield the files a corpus is read from, in a fixed order: those of a folder, or a table and what is beside it."""
    if path.is_file():
        yield from (path, column_map_path(path), vocabulary_path(path))
        return
    yield from (path / "vocabulary.yaml", path / "sources.yaml")
    for folder in FOLDERS:
        yield from sorted((path / folder).glob("*.yaml"))
    for folder in ("evaluation", "training"):
        yield from sorted((path / folder).glob("*.jsonl"))
    judged_too = (path / "evaluation" / name / "tune.jsonl" for name in ("off-topic", "plain", "search-box"))
    yield from (file for file in judged_too if file.exists())


def lent_files(path: Path) -> Iterator[Path]:
    """Yield the files of the shipped corpus that an index of another library holds something of.

    The closed lists of a table that has none of its own, and what is out of scope where nobody has judged queries.
    """
    shipped = default_corpus()
    if os.path.realpath(path) == os.path.realpath(shipped):
        return
    if path.is_file() and not vocabulary_path(path).exists():
        yield shipped / "vocabulary.yaml"
    if not (path / "evaluation" / "tune.jsonl").exists():
        yield from (path for name in LENT if (path := shipped / "training" / name).is_file())


def corpus_hash(path: Path) -> str:
    """Return a fingerprint of a corpus folder or table: it changes with any of its files (SHA-256, hexadecimal)."""
    digest = hashlib.sha256()
    for file in corpus_files(path):
        if file.exists():
            name = file.name if path.is_file() else str(file.relative_to(path))
            digest.update(os.fsencode(name) + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()


def libraries_hash(corpora: Sequence[Path]) -> str:
    """Return a fingerprint of what an index of some corpora is made from, theirs and what the shipped one lends.

    The names of libraries count, and their order.
    """
    digest = hashlib.sha256()
    for corpus in corpora:
        digest.update(os.fsencode(Path(os.path.realpath(corpus)).name) + b"\0" + corpus_hash(corpus).encode() + b"\0")
        for file in lent_files(corpus):
            if file.exists():
                digest.update(os.fsencode(file.name) + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()
