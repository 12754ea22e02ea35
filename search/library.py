"""Read a corpus folder into entries; gather every problem, then raise once."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml
from yaml.nodes import MappingNode, Node, SequenceNode

from search.entries import FIELDS, LANGUAGES, LIST_FIELDS, Entry, Source, Text, Vocabulary
from search.errors import CorpusError, Problem
from search.parsed import Lines, ParsedCache

FOLDERS = {
    "phases": "phase",
    "conditions": "condition",
    "practices": "practice",
    "insights": "insight",
    "cases": "case",
    "resources": "resource",
}
"""Folder to the kind of entry it holds."""

REQUIRED = ("id", "kind", "phases", "conditions", "actors", "related", "sources", "translation")
CASE_ONLY = ("place", "country", "lat", "lon", "start", "end", "outcome")
OPTIONAL = ("illustrates", *CASE_ONLY)
CLOSED_LISTS = ("kinds", "phases", "conditions", "actors", "outcomes", "countries", "bases", "translations")

ONE_LANGUAGE = "none"
"""How the other text was made when there is none."""

LARGEST_FILE = 5_000_000
"""Characters of a YAML file; the longest entry has some thousand."""

DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")


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


class _Loader(yaml.CSafeLoader):
    """Leaves days as they are written, so that one that does not exist is told like any other fault."""


_Loader.yaml_implicit_resolvers = {
    first: [(tag, form) for tag, form in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.CSafeLoader.yaml_implicit_resolvers.items()
}


class CorpusReader:
    """Reads files one by one and remembers what is wrong with them."""

    def __init__(self, path: Path, cache: ParsedCache | None = None) -> None:
        self.path, self._cache = path, cache
        self.problems: list[Problem] = []

    def add(self, file: str, line: int, message: str) -> None:
        """Remember one problem."""
        self.problems.append(Problem(file, line, message))

    def yaml(self, name: str) -> tuple[dict[str, Any], Lines]:
        """Return a mapping and the line of each of its keys; empty when it cannot be read."""
        try:
            text = (self.path / name).read_text(encoding="utf-8")
        except FileNotFoundError:
            self.add(name, 0, "is missing")
            return {}, {}
        except UnicodeDecodeError as error:
            self.add(name, text_line(self.path / name, error.start), "is not UTF-8; save it as UTF-8")
            return {}, {}
        if self._cache and (known := self._cache.get(text)):
            return known
        before = len(self.problems)
        data, lines = self._parsed(name, text)
        if self._cache and data and len(self.problems) == before:
            self._cache.put(text, data, lines)
        return data, lines

    def _parsed(self, name: str, text: str) -> tuple[dict[str, Any], Lines]:
        """Parse a file's text; empty when it cannot be."""
        lines: dict[tuple[str, ...], int] = {}
        data: Any = {}
        loader = _Loader(text)
        try:
            node = loader.get_single_node() if self._fits(name, text) else None
            if node is not None and self._is_plain(name, node, lines):
                data = loader.construct_document(node)  # without parsing a second time
        except yaml.YAMLError as error:
            mark = getattr(error, "problem_mark", None)
            self.add(name, mark.line + 1 if mark else 0, f"is not YAML: {getattr(error, 'problem', error)}")
            return {}, {}
        except (ValueError, RecursionError) as error:  # a value that is not what its tag says, like !!int ten
            deep = isinstance(error, RecursionError)
            self.add(name, 0, "is nested too deeply" if deep else f"is not YAML: {error}")
            return {}, {}
        if not isinstance(data, dict):
            self.add(name, 1, "must hold keys and values")
            return {}, {}
        return data, lines

    def _fits(self, file: str, text: str) -> bool:
        if len(text) > LARGEST_FILE:
            self.add(file, 0, f"has {len(text):,} characters; at most {LARGEST_FILE:,} are read")
        return len(text) <= LARGEST_FILE

    def _is_plain(self, file: str, node: Node, lines: dict[tuple[str, ...], int]) -> bool:
        """Say whether a document can be read without harm, and fill in the line of each key."""
        if shared := _shared(node):
            self.add(file, shared.start_mark.line + 1, "uses an anchor (&) more than once (*); write it out")
            return False
        self._walk(file, node, (), lines)
        return True

    def _walk(self, file: str, node: Node, path: tuple[str, ...], lines: dict[tuple[str, ...], int]) -> None:
        if not isinstance(node, MappingNode):
            return
        for key, value in node.value:
            place = (*path, str(key.value))
            if place in lines:
                self.add(file, key.start_mark.line + 1, f"key {key.value!r} is given twice")
            lines[place] = key.start_mark.line + 1
            self._walk(file, value, place, lines)


def _shared(root: Node) -> Node | None:
    """Return a node that is in two places: written small, it can be read as something endless."""
    seen, waiting = set(), [root]
    while waiting:
        node = waiting.pop()
        if id(node) in seen:
            return node
        seen.add(id(node))
        if isinstance(node, MappingNode):
            waiting += [part for pair in node.value for part in pair]
        elif isinstance(node, SequenceNode):
            waiting += node.value
    return None


def text_line(path: Path, byte: int) -> int:
    """Return the 1-based line a byte of a file is on."""
    return path.read_bytes()[:byte].count(b"\n") + 1


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


def read_library(path: Path, cache: ParsedCache | None = None) -> Library:
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


class EntryReader:
    """Makes an entry of what a file says of it, and tells the corpus reader what is wrong."""

    def __init__(
        self,
        reader: CorpusReader,
        file: str,
        kind: str,
        vocabulary: Vocabulary,
        *,
        data: dict[str, Any],
        lines: Lines,
    ) -> None:
        self.reader, self.file, self.kind, self.vocabulary = reader, file, kind, vocabulary
        self.data, self.lines = data, lines

    @classmethod
    def of_file(cls, reader: CorpusReader, file: str, kind: str, vocabulary: Vocabulary) -> EntryReader:
        """Read the YAML file of one entry."""
        before = len(reader.problems)
        data, lines = reader.yaml(file)
        if not data and len(reader.problems) == before:
            reader.add(file, 0, "is empty")
        return cls(reader, file, kind, vocabulary, data=data, lines=lines)

    def wrong(self, key: str, message: str, *, field: str = "") -> None:
        """Remember a problem with a key, or with a field of a language, at its line."""
        line = self.lines.get((key, field)) or self.lines.get((key,), 1)
        self.reader.add(self.file, line, message)

    def read(self, sources: Mapping[str, Source], kinds: Mapping[str, str]) -> Entry | None:
        """Return the entry, or None when anything is wrong with it."""
        before = len(self.reader.problems)
        if not self.data:
            return None
        self._check_keys()
        self._check_name()
        self._check_values()
        marks = {key: self._marked(key) for key in ("phases", "conditions")}
        names = {key: self._names(key) for key in ("actors", "related", "illustrates", "sources")}
        self._known("actors", names["actors"], "actors")
        self._check_sources(names["sources"], sources)
        self._check_links("related", names["related"], kinds)
        self._check_links("illustrates", names["illustrates"], kinds, wanted="practice")
        texts = {lang: self._texts(lang) for lang in LANGUAGES if lang in self.data}
        if not texts:
            self.wrong("fr", "has no text: give fr, en or both")
        elif "translation" in self.data:
            self._check_translation(tuple(texts))
        if len(self.reader.problems) > before:
            return None
        facts = {key: self.data.get(key) for key in CASE_ONLY}
        facts |= {key: None if facts[key] is None else str(facts[key]) for key in ("start", "end")}
        return Entry(
            id=self.data["id"],
            kind=self.kind,
            phases=marks["phases"],
            conditions=marks["conditions"],
            actors=names["actors"],
            related=names["related"],
            illustrates=names["illustrates"],
            sources=tuple(sources[key] for key in names["sources"]),
            texts=texts,
            translation=self.data["translation"],
            **facts,
        )

    def _check_keys(self) -> None:
        for key in REQUIRED:
            if key not in self.data:
                self.wrong(key, f"has no {key!r}")
        for key in self.data:
            if key not in (*REQUIRED, *OPTIONAL, *LANGUAGES):
                self.wrong(key, f"unknown key {key!r}")
            if key in CASE_ONLY and self.kind != "case" and (self.kind, key) != ("resource", "country"):
                self.wrong(key, f"{key!r} is for cases")

    def _check_name(self) -> None:
        stem = Path(self.file).stem
        if self.data.get("id") != stem:
            self.wrong("id", f"id {self.data.get('id')!r} must be the file's name, {stem!r}")
        if self.data.get("kind") != self.kind:
            self.wrong("kind", f"kind {self.data.get('kind')!r} must be {self.kind!r} in this folder")

    def _check_values(self) -> None:
        if self.kind == "case" and self.data.get("outcome") is None:
            self.wrong("outcome", "a case needs an outcome (unknown is one)")
        for key, closed in (("outcome", "outcomes"), ("country", "countries")):
            if self.data.get(key) is not None:
                self._known(key, [self.data[key]], closed)
        for key, most in (("lat", 90), ("lon", 180)):
            value = self.data.get(key)
            if value is not None and not (isinstance(value, (int, float)) and abs(value) <= most):
                self.wrong(key, f"{key} must be degrees, -{most} to {most}")
        for key in ("start", "end"):
            if self.data.get(key) is not None and not _is_date(str(self.data[key])):
                self.wrong(key, f"{key} must be YYYY, YYYY-MM or YYYY-MM-DD")

    def _check_sources(self, keys: tuple[str, ...], sources: Mapping[str, Source]) -> None:
        for key in keys:
            if key not in sources:
                self.wrong("sources", f"unknown source {key!r}")
        if not keys:
            self.wrong("sources", "needs at least one source")

    def _check_links(
        self, key: str, names: tuple[str, ...], kinds: Mapping[str, str], *, wanted: str | None = None
    ) -> None:
        """Every id must exist, be another entry's, and be of the kind that is meant."""
        for name in names:
            if name not in kinds:
                self.wrong(key, f"{key}: no entry has the id {name!r}")
            elif wanted and kinds[name] != wanted:
                self.wrong(key, f"{key}: {name!r} is a {kinds[name]}, not a {wanted}")
            elif name == self.data.get("id"):
                self.wrong(key, "is related to itself")

    def _check_translation(self, languages: tuple[str, ...]) -> None:
        """What it says must be known, and true of the languages the entry has."""
        given = self.data["translation"] if isinstance(self.data["translation"], dict) else {}
        if given.get("first") not in languages:
            self.wrong("translation", "translation must say which language was written first")
        other, allowed = given.get("other"), self.vocabulary.keys("translations")
        if other not in allowed:
            self.wrong("translation", f"translation: other {other!r} is not one of {', '.join(allowed)}")
        elif (other == ONE_LANGUAGE) != (len(languages) == 1):
            self.wrong("translation", f"translation: other is {ONE_LANGUAGE} when there is one language, and only then")

    def _known(self, key: str, values: Iterable[Any], closed: str) -> None:
        allowed = self.vocabulary.keys(closed)
        for value in values:
            if value not in allowed:
                self.wrong(key, f"{key} {value!r} is not one of {', '.join(allowed)}")

    def _marked(self, key: str) -> dict[str, str]:
        """Read ``{before: stated}``: closed keys, each stated or inferred."""
        value = self.data.get(key)
        if not isinstance(value, dict):
            self.wrong(key, f"{key} must be like {{before: stated}}")
            return {}
        self._known(key, value, key)
        self._known(key, value.values(), "bases")
        return {str(name): str(basis) for name, basis in value.items()}

    def _names(self, key: str) -> tuple[str, ...]:
        value = self.data.get(key, [])
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            self.wrong(key, f"{key} must be a list of names")
            return ()
        if len(set(value)) != len(value):
            self.wrong(key, f"{key} names something twice")
        return tuple(value)

    def _texts(self, language: str) -> dict[str, Text]:
        """Read the texts of one language: every field of the kind, none empty, none unknown."""
        value = self.data[language]
        if not isinstance(value, dict):
            self.wrong(language, f"{language} must hold {', '.join(FIELDS[self.kind])}")
            return {}
        for field in value:
            if field not in FIELDS[self.kind]:
                self.wrong(language, f"{language}: unknown field {field!r}", field=str(field))
        texts: dict[str, Text] = {}
        for field in FIELDS[self.kind]:
            text = value.get(field)
            items: list[Any] = text if isinstance(text, list) else [text]
            if (field in LIST_FIELDS) != isinstance(text, list):
                wanted = "a list of texts" if field in LIST_FIELDS else "one text"
                self.wrong(language, f"{language}.{field} must be {wanted}", field=field)
            elif not items or not all(isinstance(item, str) and item.strip() for item in items):
                self.wrong(language, f"{language}.{field} is empty", field=field)
            else:
                texts[field] = tuple(items) if field in LIST_FIELDS else str(text)
        return texts


def _is_date(text: str) -> bool:
    """Say whether a text is YYYY, YYYY-MM or YYYY-MM-DD, and such a day exists."""
    if not DATE.fullmatch(text):
        return False
    try:
        date.fromisoformat(text + "-01-01"[len(text) - 4 :])
    except ValueError:
        return False
    return True


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
