"""Read a JSONL file, one object a line; what cannot be read is a problem with its line."""

from __future__ import annotations

import codecs
import json
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from ..errors import Problem
from .problems import problem_of

T = TypeVar("T")


Row = dict[str, Any]

SHOWN = 40
"""Characters of a JSON text that are shown of the place where it is wrong."""


class Fault(NamedTuple):
    """What is wrong with a JSON text.

    Attributes:
        kind: Of problem (`search.library.problems`).
        value: What stands where it is wrong.
        line: Of the text, from 1; 0 where it is all of it.
    """

    kind: str
    value: str = ""
    line: int = 0


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
                wrong(line, problem_of(fault.kind, "", value=fault.value).message)
            else:
                yield line, row


def row_of(content: bytes) -> tuple[Row, Fault | None]:
    """Return the object a line holds, and what is wrong with the line.

    Args:
        content: The line.

    Returns:
        The object, empty when there is none; and the fault, None when there is none.
    """
    row, fault = value_of(content)
    if fault is None and not isinstance(row, dict):
        fault = Fault("json_no_object")
    return ({}, fault) if fault else (row, None)


def value_of(content: bytes) -> tuple[Any, Fault | None]:
    """Return the value some JSON stands for, and as `row_of` what is wrong with it."""
    try:
        return json.loads(content.decode()), None
    except UnicodeDecodeError:
        return None, Fault("not_utf8")
    except RecursionError:
        return None, Fault("json_deep")
    except json.JSONDecodeError as error:
        return None, _fault_at(error)
    except ValueError:  # a number of more digits than Python reads
        return None, Fault("json_number")


def _fault_at(error: json.JSONDecodeError) -> Fault:
    """Say where a JSON text is wrong, by what stands there: the message of json is in English only."""
    text, place = error.doc, error.pos
    if not text.strip():
        return Fault("json_blank")
    if not text[place:].strip() or (error.msg.startswith("Unterminated string") and "\n" not in text[place:].strip()):
        return Fault("json_cut", line=error.lineno)
    before, _, _ = text[place:].partition("\n")
    started = text[text.rfind("\n", 0, place) + 1 : place]
    return Fault("json_wrong", before.strip()[:SHOWN] or started.strip()[-SHOWN:], error.lineno)


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
