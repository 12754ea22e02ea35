"""What is wrong with a column map that is no YAML: line by line, as people change the draft of one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from ...errors import Problem
from ..problems import problem_of

KEYS = ("columns", "values", "ignore", "facets", "skip_bad_rows")
"""What stands at the left edge of a column map."""

DEPTH = 2
"""Spaces before a line of a draft that stands under one of KEYS."""

LONGEST_KEY = 500
"""Characters of a line in which its key is looked for."""

_KEY = re.compile(r"""(?P<mark>["']?)(?P<key>.+?)(?P=mark)\s*:(?:\s|$)""")


@dataclass
class _Part:
    """The lines under one key of the left edge, and how many spaces each has before it."""

    lines: list[tuple[int, int]] = field(default_factory=list)

    def faults(self, file: str) -> Iterator[Problem]:
        """Name the lines that are indented otherwise than the others: than a draft is, if one of them is as there."""
        depths = Counter(depth for _, depth in self.lines)
        usual = DEPTH if DEPTH in depths else max(depths, key=depths.__getitem__, default=DEPTH)
        for line, depth in self.lines:
            if depth != usual:
                yield problem_of("map_indent", file, line, value=depth, expected=usual)


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
    parts = [_Part()]
    for number, line in enumerate(text.splitlines(), 1):
        said = line.lstrip()
        before = line[: len(line) - len(said)]
        if not said or said[0] in "#{}[]":
            continue
        if "\t" in before:
            yield problem_of("map_tab", file, number)
        elif before or said.startswith("-"):
            parts[-1].lines.append((number, len(before)))
        elif (key := left_key(said)) in KEYS:
            parts.append(_Part())
        elif key:
            yield problem_of("map_left", file, number, value=key)
    for part in parts:
        yield from part.faults(file)


def left_key(line: str) -> str:
    """Return the key a line begins with; empty when it begins with none."""
    found = _KEY.match(line[:LONGEST_KEY])
    return found["key"] if found else ""
