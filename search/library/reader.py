"""Read a corpus folder into entries; gather every problem, then raise once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

from ..entries import LANGUAGES, Entry, Source, Vocabulary
from ..errors import CorpusError, Problem
from .parse_cache import Lines, ParseCache
from .schema import EntryReader
from .yaml_files import CorpusReader, _Loader

FOLDERS = {
    "phases": "phase",
    "conditions": "condition",
    "practices": "practice",
    "insights": "insight",
    "cases": "case",
    "resources": "resource",
}
"""Folder to the kind of entry it holds."""


CLOSED_LISTS = ("kinds", "phases", "conditions", "actors", "outcomes", "countries", "bases", "translations")


@dataclass(frozen=True)
class Library:
    """Everything a corpus holds.

    Attributes:
        entries: In order of id.
        vocabulary: The closed lists.
        path: The folder or the table it was read from.
        lines: Entry id to key path to 1-based line, for messages.
    """

    entries: tuple[Entry, ...]
    vocabulary: Vocabulary
    path: Path
    lines: Mapping[str, Lines]

    def file(self, entry: Entry) -> str:
        """Return an entry's file, relative to the corpus folder."""
        folder = next(name for name, kind in FOLDERS.items() if kind == entry.kind)
        return f"{folder}/{entry.id}.yaml"


_Loader.yaml_implicit_resolvers = {
    first: [(tag, form) for tag, form in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.CSafeLoader.yaml_implicit_resolvers.items()
}


def read_vocabulary(reader: CorpusReader, file: str = "vocabulary.yaml") -> Vocabulary:
    """Read the closed lists; a list or a label that is missing is a problem."""
    data, lines = reader.yaml(file)
    for name in CLOSED_LISTS:
        if not isinstance(data.get(name), dict):
            reader.add(file, 0, f"has no list {name!r}")
            data[name] = {}
        for key, labels in data[name].items():
            if not isinstance(labels, dict) or set(labels) != set(LANGUAGES):
                reader.add(file, lines.get((name, str(key)), 0), f"{key!r} needs a label in fr and in en")
    return Vocabulary({name: data[name] for name in CLOSED_LISTS})


def read_sources(reader: CorpusReader) -> dict[str, Source]:
    """Read sources.yaml into key to source."""
    data, lines = reader.yaml("sources.yaml")
    sources: dict[str, Source] = {}
    for key, value in data.items():
        line = lines.get((str(key),), 0)
        if not isinstance(value, dict):
            reader.add("sources.yaml", line, f"{key!r} must hold publisher, title, url and read")
            continue
        missing = [name for name in ("publisher", "title", "url", "read") if not value.get(name)]
        if missing:
            reader.add("sources.yaml", line, f"{key!r} has no {', '.join(missing)}")
            continue
        unknown = sorted(set(value) - {"publisher", "title", "url", "read", "copy"})
        if unknown:
            reader.add("sources.yaml", line, f"{key!r} has unknown {', '.join(unknown)}")
        if not str(value["url"]).startswith(("http://", "https://")):
            reader.add("sources.yaml", line, f"{key!r}: the url must begin with http:// or https://")
        fields = {name: str(value[name]) for name in ("publisher", "title", "url", "read")}
        sources[str(key)] = Source(key=str(key), copy=str(value["copy"]) if value.get("copy") else None, **fields)
    return sources


def read_library(path: Path, cache: ParseCache | None = None) -> Library:
    """Read a corpus folder.

    Args:
        path: Holds vocabulary.yaml, sources.yaml and one folder per kind (see FOLDERS).
        cache: Files already parsed; receives the others.

    Returns:
        The library, entries in order of id.

    Raises:
        CorpusError: Something is wrong; every problem is listed with its file and line.
    """
    reader = CorpusReader(path, cache)
    if not path.is_dir():
        raise CorpusError([Problem(str(path), 0, "is not a folder")])
    vocabulary, sources = read_vocabulary(reader), read_sources(reader)
    kinds = _kinds_by_id(reader)
    found: list[tuple[Entry, Lines]] = []
    for folder, kind in FOLDERS.items():
        for file in sorted((path / folder).glob("*.yaml")):
            one = EntryReader.of_file(reader, f"{folder}/{file.name}", kind, vocabulary)
            entry = one.read(sources, kinds)
            if entry:
                found.append((entry, one.lines))
    if not found and not reader.problems:
        reader.add(str(path), 0, "holds no entry")
    if reader.problems:
        raise CorpusError(reader.problems)
    entries = tuple(sorted((entry for entry, _ in found), key=lambda entry: entry.id))
    return Library(entries, vocabulary, path, {entry.id: lines for entry, lines in found})


def read_entry(folder: Path, *, kind: str, name: str, library: Library) -> Library:
    """Read the file of one entry that is to join a library.

    Args:
        folder: Holds the file where it would be in a corpus folder.
        kind: One of FIELDS.
        name: Its id.
        library: The file may use its vocabulary and name its sources and entries.

    Returns:
        A library of this entry alone.

    Raises:
        CorpusError: Something is wrong; every problem is listed with its line.
    """
    known, reader = CorpusReader(library.path), CorpusReader(folder)
    sources = read_sources(known)
    place = next(place for place, held in FOLDERS.items() if held == kind)
    one = EntryReader.of_file(reader, f"{place}/{name}.yaml", kind, library.vocabulary)
    entry = one.read(sources, {entry.id: entry.kind for entry in library.entries} | {name: kind})
    if entry is None or known.problems:
        raise CorpusError([*reader.problems, *known.problems])
    return Library((entry,), library.vocabulary, folder, {name: one.lines})


def _kinds_by_id(reader: CorpusReader) -> dict[str, str]:
    """Return the kind of every entry there is a file of: a link to an entry with a problem is no second problem."""
    kinds: dict[str, str] = {}
    for folder, kind in FOLDERS.items():
        for file in sorted((reader.path / folder).glob("*.yaml")):
            if file.stem in kinds:
                reader.add(f"{folder}/{file.name}", 0, f"has the id of a {kinds[file.stem]}; choose another")
            kinds[file.stem] = kind
    return kinds
