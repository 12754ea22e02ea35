"""Read a JSONL file, one object a line; what cannot be read is a problem with its line."""

from __future__ import annotations

import codecs
import json
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, TypeVar

from ..errors import Problem
from .problems import problem_of

T = TypeVar("T")


Row = dict[str, Any]


def corpus_file(path: Path) -> str:
    """Name a file as problems do: with its folder in the corpus."""
    return f"{path.parent.name}/{path.name}"


def each_row(path: Path, wrong: Callable[[int, str], None], *, skip_blank: bool = False) -> Iterator[tuple[int, Row]]:
    """Read the objects of a file one by one, however long it is.

    Args:
        path: UTF-8, with or without a byte-order mark.
        wrong: Called with the 1-based line and the fault of each line that holds no object.
        skip_blank: Pass over lines without anything on them.

    Yields:
        The 1-based line of each object, and the object.
    """
    with path.open("rb") as lines:  # bytes: JSON texts may hold the other characters that end a line
        for line, content in enumerate(lines, 1):
            if skip_blank and not content.strip():
                continue
            row, fault = row_of(content.removeprefix(codecs.BOM_UTF8) if line == 1 else content)
            if fault:
                wrong(line, problem_of(fault[0], "", value=fault[1]).message)
            else:
                yield line, row


def row_of(content: bytes) -> tuple[Row, tuple[str, str] | None]:
    """Return the object a line holds, and what is wrong with the line.

    Args:
        content: The line.

    Returns:
        The object, empty when there is none; the kind of problem (`search.library.problems`) and what was found, None
        when there is none.
    """
    row, fault = value_of(content)
    if fault is None and not isinstance(row, dict):
        fault = ("json_no_object", "")
    return ({}, fault) if fault else (row, None)


def value_of(content: bytes) -> tuple[Any, tuple[str, str] | None]:
    """Return the value some JSON stands for, and as `row_of` what is wrong with it."""
    try:
        return json.loads(content.decode()), None
    except UnicodeDecodeError:
        return None, ("not_utf8", "")
    except RecursionError:
        return None, ("json_deep", "")
    except ValueError as error:
        return None, ("json_wrong", str(getattr(error, "msg", error)))


def read_rows(path: Path) -> tuple[dict[int, Row], list[Problem]]:
    """Return the objects of a file by 1-based line, and the lines that hold none."""
    problems: list[Problem] = []
    rows = dict(each_row(path, lambda line, fault: problems.append(Problem(corpus_file(path), line, fault))))
    return rows, problems


def read_items(
    path: Path, faults: Callable[[Row], Iterable[str]], make: Callable[[Row], T]
) -> tuple[dict[int, T], list[Problem]]:
    """Make something of every object of a file that is as it should be.

    Args:
        path: The file.
        faults: Says what is wrong with an object.
        make: Makes the item of an object without a fault.

    Returns:
        The items by 1-based line, and what is wrong with the other lines.
    """
    rows, problems = read_rows(path)
    items = {}
    for line, row in rows.items():
        if found := [Problem(corpus_file(path), line, fault) for fault in faults(row)]:
            problems += found
        else:
            items[line] = make(row)
    return items, problems
