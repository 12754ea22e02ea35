"""Read the YAML files of a corpus, with the line of every key."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import yaml
from yaml.nodes import MappingNode, Node, SequenceNode

from ..errors import Problem
from .parse_cache import Lines, ParseCache
from .problems import problem_of

LARGEST_FILE = 5_000_000
"""Characters of a YAML file; the longest entry has some thousand."""


DEEPEST = 100
"""Levels of a YAML file; an entry has four."""


_INDENTED = re.compile(rf"^[ \t?:-]{{{DEEPEST},}}", re.MULTILINE)


class YamlLoader(yaml.CSafeLoader):
    """Leaves days as they are written, so that one that does not exist is a fault like any other."""

    yaml_implicit_resolvers = {  # noqa: RUF012 (as PyYAML declares it)
        first: [(tag, form) for tag, form in resolvers if tag != "tag:yaml.org,2002:timestamp"]
        for first, resolvers in yaml.CSafeLoader.yaml_implicit_resolvers.items()
    }


class CorpusReader:
    """Reads files one by one and remembers what is wrong with them.

    Attributes:
        path: The folder they are in.
        problems: What stops the reading.
        notes: What does not.
    """

    def __init__(self, path: Path, cache: ParseCache | None = None) -> None:
        self.path, self._cache = path, cache
        self.problems: list[Problem] = []
        self.notes: list[Problem] = []

    def add(self, file: str, line: int, message: str) -> None:
        """Remember one problem.

        Args:
            file: Relative to the folder.
            line: From 1; 0 when it is of the file as a whole.
            message: What is wrong, in English.
        """
        self.problems.append(Problem(file, line, message))

    def tell(self, kind: str, file: str, line: int = 0, **found: Any) -> None:
        """Remember one problem of a kind that can be said in both languages; see `problem_of`.

        Args:
            kind: One of the kinds of `problem_of`.
            file: Relative to the folder.
            line: From 1; 0 when it is of the file as a whole.
            found: Column, value and what was expected, as `problem_of` takes them.
        """
        self.problems.append(problem_of(kind, file, line, **found))

    def note(self, kind: str, file: str, line: int = 0, **found: Any) -> None:
        """Remember what was set aside, or read as it can be, and stops nothing.

        Args:
            kind: One of the kinds of `problem_of`.
            file: Relative to the folder.
            line: From 1; 0 when it is of the file as a whole.
            found: Column, value and what was expected, as `problem_of` takes them.
        """
        self.notes.append(problem_of(kind, file, line, warning=True, **found))

    def yaml(self, name: str, *, texts: bool = False) -> tuple[dict[str, Any], Lines]:
        """Return a mapping and the line of each of its keys; empty when it cannot be read.

        Args:
            name: Of the file.
            texts: Keys and values are all texts, as they are written: ``no`` is no truth, ``2020`` no number.
        """
        if (text := self._read(name)) is None:
            return {}, {}
        if self._cache and (known := self._cache.get(text)):
            return known
        before = len(self.problems)
        data, lines = self._parsed(name, text, texts=texts)
        if self._cache and data and len(self.problems) == before:
            self._cache.put(text, data, lines)
        return data, lines

    def yaml_list(self, name: str, form: str) -> list[tuple[int, Any]]:
        """Return the items of a list, each with the line it begins on; none when it cannot be read.

        Args:
            name: Of the file.
            form: What the list must be like, for messages.
        """
        text, found = self._read(name), list[tuple[int, Any]]()
        node, data, _ = self._document(name, text) if text is not None else (None, None, {})
        if isinstance(node, SequenceNode) and isinstance(data, list):
            found = [(item.start_mark.line + 1, row) for item, row in zip(node.value, data, strict=True)]
        elif node is not None:
            self.tell("not_list", name, 1, expected=form)
        return found

    def _read(self, name: str) -> str | None:
        """Return the text of a file, or None when it cannot be read."""
        try:
            return (self.path / name).read_text(encoding="utf-8-sig")
        except FileNotFoundError:
            self.tell("missing", name)
        except UnicodeDecodeError as error:
            self.tell("text_not_utf8", name, text_line(self.path / name, error.start))
        return None

    def _parsed(self, name: str, text: str, *, texts: bool) -> tuple[dict[str, Any], Lines]:
        """Parse a file's text; empty when it cannot be."""
        node, data, lines = self._document(name, text, texts=texts)
        if isinstance(data, dict):
            return data, lines
        if node is not None:
            self.tell("not_keys", name, 1)
        return {}, {}

    def _document(
        self, name: str, text: str, *, texts: bool = False
    ) -> tuple[Node | None, Any, dict[tuple[str, ...], int]]:
        """Parse a file's text: its root, its value and the line of each key; no root when it is empty or a problem."""
        lines: dict[tuple[str, ...], int] = {}
        loader = YamlLoader(text)
        if texts:
            loader.yaml_implicit_resolvers = {}
        try:
            node = loader.get_single_node() if self._fits(name, text) else None
            if node is not None and self._is_plain(name, node, lines):
                return node, loader.construct_document(node), lines  # without parsing a second time
        except yaml.YAMLError as error:
            mark = getattr(error, "problem_mark", None)
            self.tell("not_yaml", name, mark.line + 1 if mark else 0, value=getattr(error, "problem", error))
        except (ValueError, RecursionError) as error:  # a value that is not what its tag says, like !!int ten
            deep = isinstance(error, RecursionError)
            self.tell("too_deep" if deep else "not_yaml", name, value=error)
        return None, None, lines

    def _fits(self, file: str, text: str) -> bool:
        if len(text) > LARGEST_FILE:
            self.tell("too_long", file, value=f"{len(text):,}", expected=f"{LARGEST_FILE:,}")
        elif is_too_deep(text):
            self.tell("too_deep", file)
        else:
            return True
        return False

    def _is_plain(self, file: str, node: Node, lines: dict[tuple[str, ...], int]) -> bool:
        """Say whether a document can be read without harm, and fill in the line of each key."""
        if shared := _shared(node):
            self.tell("shared_anchor", file, shared.start_mark.line + 1)
            return False
        self._walk(file, node, (), lines)
        return True

    def _walk(self, file: str, node: Node, path: tuple[str, ...], lines: dict[tuple[str, ...], int]) -> None:
        if not isinstance(node, MappingNode):
            return
        for key, value in node.value:
            keys = (*path, str(key.value))
            if keys in lines:
                self.tell("key_twice", file, key.start_mark.line + 1, value=key.value)
            lines[keys] = key.start_mark.line + 1
            self._walk(file, value, keys, lines)


def is_too_deep(text: str) -> bool:
    """Say whether a YAML text is nested deeper than DEEPEST: its parser has no guard of its own, and would crash.

    Only what could be so deep is looked at: a level needs an opening bracket, or one more character before its key.
    """
    if text.count("[") + text.count("{") <= DEEPEST and not _INDENTED.search(text):
        return False
    depth = 0
    try:
        for event in yaml.parse(text, Loader=YamlLoader):
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            if depth > DEEPEST:
                return True
    except yaml.YAMLError:  # whoever parses it says what is wrong
        pass
    return False


def _shared(root: Node) -> Node | None:
    """Return a node that is used twice: written small, it can be read as something endless."""
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
