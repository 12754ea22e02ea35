"""Read the YAML files of a corpus, with the line of every key."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml
from yaml.nodes import MappingNode, Node, SequenceNode

from ..errors import Problem
from .parse_cache import Lines, ParseCache

LARGEST_FILE = 5_000_000
"""Characters of a YAML file; the longest entry has some thousand."""


class YamlLoader(yaml.CSafeLoader):
    """Leaves days as they are written, so that one that does not exist is a fault like any other."""

    yaml_implicit_resolvers = {  # noqa: RUF012 (as PyYAML declares it)
        first: [(tag, form) for tag, form in resolvers if tag != "tag:yaml.org,2002:timestamp"]
        for first, resolvers in yaml.CSafeLoader.yaml_implicit_resolvers.items()
    }


class CorpusReader:
    """Reads files one by one and remembers what is wrong with them."""

    def __init__(self, path: Path, cache: ParseCache | None = None) -> None:
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
        loader = YamlLoader(text)
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
            keys = (*path, str(key.value))
            if keys in lines:
                self.add(file, key.start_mark.line + 1, f"key {key.value!r} is given twice")
            lines[keys] = key.start_mark.line + 1
            self._walk(file, value, keys, lines)


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
