"""Read a JSONL file of the corpus; what cannot be read is told with its line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from ..errors import Problem
from .yaml_files import text_line


def corpus_file(path: Path) -> str:
    """Name a file as problems do: with its folder in the corpus."""
    return f"{path.parent.name}/{path.name}"


def read_rows(path: Path) -> tuple[dict[int, dict[str, Any]], list[Problem]]:
    """Return the objects of a JSONL file by 1-based line, and the lines that hold none."""
    try:
        lines = path.read_text(encoding="utf-8").split("\n")  # JSON texts may hold the other signs that end a line
    except UnicodeDecodeError as error:
        return {}, [Problem(corpus_file(path), text_line(path, error.start), "is not UTF-8; save it as UTF-8")]
    rows, problems = {}, []
    for number, line in enumerate(lines if lines[-1] else lines[:-1], 1):
        try:
            row = json.loads(line)
        except ValueError as error:
            problems.append(Problem(corpus_file(path), number, f"cannot be read: {getattr(error, 'msg', error)}"))
            continue
        if isinstance(row, dict):
            rows[number] = row
        else:
            problems.append(Problem(corpus_file(path), number, "must hold names and values"))
    return rows, problems
