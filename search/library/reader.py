"""Read a corpus folder into entries; gather every problem, then raise once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..entries import LANGUAGES, SOURCE_TRAITS, Entry, Source, Vocabulary
from ..errors import CorpusError, Problem
from ..locations import StrPath
from .aliases import clashes, with_current_links
from .parse_cache import Lines, ParseCache
from .problems import problem_of
from .schema import EntryReader
from .yaml_files import CorpusReader

FOLDERS = {
    "phases": "phase",
    "conditions": "condition",
    "practices": "practice",
    "insights": "insight",
    "cases": "case",
    "resources": "resource",
}
"""Folder to the kind of entry it holds."""


FOLDER_OF = {kind: folder for folder, kind in FOLDERS.items()}
"""Kind of entry to the folder that holds it."""


SOURCE_TEXTS = ("publisher", "title", "url", "read")
"""What is told of every source."""

CLOSED_LISTS = ("kinds", "phases", "conditions", "actors", "outcomes", "countries", "bases", "translations")


@dataclass(frozen=True)
class Library:
    """Everything a corpus holds.

    Attributes:
        entries: In order of id.
        vocabulary: The closed lists.
        path: The folder or the table it was read from.
        lines: Entry id to key path to 1-based line, for messages.
        notes: What was set aside, or read as it could be; of a table only.
        skipped: What is wrong with the rows of a table that were left out, when that was asked for.
    """

    entries: tuple[Entry, ...]
    vocabulary: Vocabulary
    path: Path
    lines: Mapping[str, Lines]
    notes: tuple[Problem, ...] = ()
    skipped: tuple[Problem, ...] = ()

    def file(self, entry: Entry) -> str:
        """Return an entry's file, relative to the corpus folder."""
        return f"{FOLDER_OF[entry.kind]}/{entry.id}.yaml"


def read_vocabulary(reader: CorpusReader, file: str = "vocabulary.yaml") -> Vocabulary:
    """Read the closed lists; a list or a label that is missing is a problem."""
    data, lines = reader.yaml(file, texts=True)
    for name in CLOSED_LISTS:
        if not isinstance(data.get(name), dict):
            reader.tell("no_list", file, value=name)
            data[name] = {}
        for key, labels in data[name].items():
            said = isinstance(labels, dict) and all(str(one).strip() for one in labels.values())
            if not said or set(labels) != set(LANGUAGES):
                reader.tell("no_label", file, lines.get((name, str(key)), 0), value=key)
            elif any(not isinstance(one, str) for one in labels.values()):  # as a cache of another release has it
                data[name][key] = {language: str(one) for language, one in labels.items()}
    return Vocabulary({name: data[name] for name in CLOSED_LISTS})


def read_sources(reader: CorpusReader) -> dict[str, Source]:
    """Read sources.yaml into key to source."""
    data, lines = reader.yaml("sources.yaml")
    sources: dict[str, Source] = {}
    for key, value in data.items():
        line = lines.get((str(key),), 0)
        if not isinstance(value, dict):
            reader.tell("source_form", "sources.yaml", line, value=key)
            continue
        missing = [name for name in SOURCE_TEXTS if not value.get(name)]
        if missing:
            reader.tell("source_lacks", "sources.yaml", line, value=key, expected=", ".join(missing))
            continue
        unknown = sorted(map(str, set(value) - {*SOURCE_TEXTS, *SOURCE_TRAITS, "copy"}))
        if unknown:
            reader.tell("source_key", "sources.yaml", line, value=key, expected=", ".join(unknown))
        if not str(value["url"]).startswith(("http://", "https://")):
            reader.tell("source_url", "sources.yaml", line, value=key)
        traits = {name: value.get(name, False) for name in SOURCE_TRAITS}
        for name in (name for name, trait in traits.items() if not isinstance(trait, bool)):
            reader.tell("source_trait", "sources.yaml", lines.get((str(key), name), line), value=key, expected=name)
        sources[str(key)] = _source(str(key), value, traits)
    return sources


def _source(key: str, value: Mapping[str, Any], traits: Mapping[str, Any]) -> Source:
    fields: dict[str, Any] = {name: str(value[name]) for name in SOURCE_TEXTS}
    fields |= {name: trait is True for name, trait in traits.items()}
    return Source(key=key, copy=str(value["copy"]) if value.get("copy") else None, **fields)


def read_library(path: StrPath, cache: ParseCache | None = None, *, others: Mapping[str, str] | None = None) -> Library:
    """Read a corpus folder.

    Args:
        path: Holds vocabulary.yaml, sources.yaml and one folder per kind (see FOLDERS).
        cache: Files already parsed; receives the others.
        others: Id and kind of entries of other libraries, to which there may be links.

    Returns:
        The library, entries in order of id.

    Raises:
        CorpusError: Something is wrong; every problem is listed with its file and line.
    """
    path = must_be_folder(Path(path))
    reader = CorpusReader(path, cache)
    vocabulary, sources = read_vocabulary(reader), read_sources(reader)
    own = _kinds_by_id(reader)
    files = [EntryReader.of_file(reader, file, kind, vocabulary) for file, kind in _entry_files(path)]
    kinds = {**(others or {}), **_kinds_of_aliases(reader, files, own), **own}
    found = ((one.read(sources, kinds), one.lines) for one in files)
    return library_of(reader, vocabulary, ((entry, lines) for entry, lines in found if entry), path)


def must_be_folder(path: Path) -> Path:
    """Return where a corpus is, which a mistyped name is not.

    Raises:
        CorpusError: There is nothing of this name, or no folder.
    """
    if not path.is_dir():
        raise CorpusError([problem_of("not_folder" if path.exists() else "no_file", str(path))])
    return path


def library_of(
    reader: CorpusReader, vocabulary: Vocabulary, found: Iterable[tuple[Entry, Lines]], path: Path
) -> Library:
    """Make a library of the entries that were found, with the line of each of their keys.

    Args:
        reader: Has read them, and remembers what was wrong.
        vocabulary: The closed lists.
        found: Entries in any order, each with the lines of its keys.
        path: The folder or table they are from.

    Raises:
        CorpusError: The reader has met a problem, or there is no entry.
    """
    pairs = sorted(found, key=lambda pair: pair[0].id)
    if not pairs and not reader.problems:
        reader.tell("no_entry", path.name if path.is_file() else str(path))
    if reader.problems:
        raise CorpusError(reader.problems)
    entries = with_current_links(entry for entry, _ in pairs)
    return Library(entries, vocabulary, path, {entry.id: lines for entry, lines in pairs})


def _entry_files(path: Path) -> Iterator[tuple[str, str]]:
    """Give the files of a corpus folder, relative to it, each with the kind of its entry."""
    for folder, kind in FOLDERS.items():
        for file in sorted((path / folder).glob("*.yaml")):
            yield f"{folder}/{file.name}", kind


def read_entry(
    folder: Path, *, kind: str, name: str, library: Library, sources: Mapping[str, Source] | None = None
) -> Library:
    """Read the file of one entry that is to join a library.

    Args:
        folder: Holds the file where it would be in a corpus folder.
        kind: One of FIELDS.
        name: Its id.
        library: The file may use its vocabulary and name its sources and entries.
        sources: What it may cite, by key; the library's own when None.

    Returns:
        A library of this entry alone.

    Raises:
        CorpusError: Something is wrong; every problem is listed with its line.
    """
    known, reader = CorpusReader(library.path), CorpusReader(folder)
    sources = read_sources(known) if sources is None else sources
    one = EntryReader.of_file(reader, f"{FOLDER_OF[kind]}/{name}.yaml", kind, library.vocabulary)
    entry = one.read(sources, {entry.id: entry.kind for entry in library.entries} | {name: kind})
    if entry is None or known.problems:
        raise CorpusError([*reader.problems, *known.problems])
    return Library((entry,), library.vocabulary, folder, {name: one.lines})


def _kinds_of_aliases(reader: CorpusReader, files: Iterable[EntryReader], kinds: Mapping[str, str]) -> dict[str, str]:
    """Return the kind of what each old id names now; one that names more than one entry is a problem."""
    named = {Path(one.file).stem: one for one in files}
    aliases = {name: one.aliases for name, one in named.items()}
    for name, old, other in clashes(aliases, kinds):
        named[name].wrong("alias_taken", "aliases", value=old, expected=other)
    return {old: kinds[name] for name, olds in aliases.items() for old in olds}


def _kinds_by_id(reader: CorpusReader) -> dict[str, str]:
    """Return the kind of every entry there is a file of: a link to an entry with a problem is no second problem."""
    kinds: dict[str, str] = {}
    for file, kind in _entry_files(reader.path):
        name = Path(file).stem
        if name in kinds:
            reader.tell("id_taken", file, expected=kinds[name])
        kinds[name] = kind
    return kinds


def kinds_of_folder(path: Path, cache: ParseCache | None = None) -> dict[str, str]:
    """Return the kind of every entry of a corpus folder, by its id and its old ones; problems are told elsewhere."""
    reader, kinds = CorpusReader(path, cache), dict[str, str]()
    for file, kind in _entry_files(path):
        olds = reader.yaml(file)[0].get("aliases")
        kinds |= {old: kind for old in (olds if isinstance(olds, list) else ()) if isinstance(old, str)}
        kinds[Path(file).stem] = kind
    return kinds
