"""What is wrong with a column map that is no YAML: line by line, as people change the draft of one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import count

from ...errors import Problem
from ..problems import problem_of

KEYS = ("columns", "values", "ignore", "facets", "skip_bad_rows")
"""What stands at the left edge of a column map."""

DEPTH = 2
"""Spaces before a line of a draft that stands under one of KEYS."""

LONGEST_KEY = 500
"""Characters of a line in which its key is looked for."""

_KEY = re.compile(r"""(?P<mark>["']?)(?P<key>.+?)(?P=mark)\s*:(?:\s|$)""")


@dataclass(frozen=True)
class _Line:
    """A line of a column map.

    Attributes:
        number: Its number.
        before: The white space before what it says.
        said: The rest.
    """

    number: int
    before: str
    said: str

    @classmethod
    def of(cls, number: int, line: str) -> _Line:
        """Take a line apart."""
        said = line.lstrip()
        return cls(number, line[: len(line) - len(said)], said)

    @property
    def depth(self) -> int:
        """How many spaces are before it."""
        return len(self.before)

    @property
    def says_nothing(self) -> bool:
        """Whether it is empty, a comment, or a bracket that YAML's own notation begins with."""
        return not self.said or self.said[0] in "#{}[]"

    @property
    def is_below(self) -> bool:
        """Whether it stands under a key of the left edge; one indented by a tabulator is wrong whatever it says."""
        return "\t" not in self.before and (bool(self.before) or self.said.startswith("-"))

    @property
    def key(self) -> str:
        """The key it has at the left edge; empty when it has none."""
        return "" if self.before or self.said.startswith("-") else left_key(self.said)


def map_faults(text: str, file: str, line: int) -> Sequence[Problem]:
    """Say what is wrong with a column map that is no YAML.

    Args:
        text: Of the map.
        file: Its name.
        line: At which its parser gave up.

    Returns:
        What is wrong by line; where nothing people do often is found, that it cannot be read around that line.
    """
    return sorted(_faults(text, file)) or [problem_of("map_line", file, min(line, len(text.splitlines())))]


def _faults(text: str, file: str) -> Iterator[Problem]:
    lines = [line for line in map(_Line.of, count(1), text.splitlines()) if not line.says_nothing]
    for line in lines:
        if "\t" in line.before:
            yield problem_of("map_tab", file, line.number)
        elif line.key and line.key not in KEYS:
            yield problem_of("map_left", file, line.number, value=line.key)
    for part in _parts(lines):
        yield from _indents(part, file)


def _parts(lines: Iterable[_Line]) -> list[list[_Line]]:
    """Gather the lines under each key of the left edge; those above the first are a part too."""
    parts = [list[_Line]()]
    for line in lines:
        if line.key in KEYS:
            parts.append([])
        elif line.is_below:
            parts[-1].append(line)
    return parts


def _indents(part: Sequence[_Line], file: str) -> Iterator[Problem]:
    """Name the lines that are indented otherwise than the others: than a draft is, if one of them is as there."""
    depths = Counter(line.depth for line in part)
    usual = DEPTH if DEPTH in depths else max(depths, key=depths.__getitem__, default=DEPTH)
    for line in part:
        if line.depth != usual:
            yield problem_of("map_indent", file, line.number, value=line.depth, expected=usual)


def left_key(line: str) -> str:
    """Return the key a line begins with; empty when it begins with none."""
    found = _KEY.match(line[:LONGEST_KEY])
    return found["key"] if found else ""
