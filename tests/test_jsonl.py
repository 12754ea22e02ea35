"""One reader of JSON lines: objects by their line, every other line is a problem."""

from __future__ import annotations

from pathlib import Path

import pytest

from search.errors import Problem
from search.library.jsonl import each_row, read_items, read_rows

DEEP = b'{"a": ' + b"[" * 100_000

MEND = "mend what is there or just before it (a comma, a quotation mark, a brace)"


def write(tmp_path: Path, content: bytes) -> Path:
    path = tmp_path / "training" / "x.jsonl"
    path.parent.mkdir()
    path.write_bytes(content)
    return path


def test_objects_go_by_their_line_whatever_ends_it(tmp_path: Path) -> None:
    path = write(tmp_path, '{"a": 1}\r\n{"a": "une\u2028deux"}\n{"a": 3}'.encode())
    assert read_rows(path) == ({1: {"a": 1}, 2: {"a": "une\u2028deux"}, 3: {"a": 3}}, [])


def test_a_byte_order_mark_is_no_part_of_the_first_line(tmp_path: Path) -> None:
    assert read_rows(write(tmp_path, b'\xef\xbb\xbf{"a": 1}\n')) == ({1: {"a": 1}}, [])


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        (b"{", "ends too soon: a quotation mark, a bracket or a brace is missing"),
        (b'{"a": "b', "ends too soon: a quotation mark, a bracket or a brace is missing"),
        (b"", "is empty: take this line out"),
        (b'{"a": 1 "b": 2}', f'cannot be read from “"b": 2}}” on: {MEND}'),
        (b"9" * 5_000, "has a number that is too long to be read"),
        (b"[1]", "must hold names and values"),
        (b'{"a": "\xe9"}', "is not UTF-8; save it as UTF-8"),
        (DEEP, "cannot be read: it is nested too deeply"),
    ],
)
def test_a_line_that_holds_no_object_is_told_and_the_others_are_read(tmp_path: Path, line: bytes, fault: str) -> None:
    path = write(tmp_path, b'{"a": 1}\n' + line + b'\n{"a": 3}\n')
    assert read_rows(path) == ({1: {"a": 1}, 3: {"a": 3}}, [Problem("training/x.jsonl", 2, fault)])


def test_blank_lines_are_passed_over_when_that_is_asked(tmp_path: Path) -> None:
    faults: list[tuple[int, str]] = []
    path = write(tmp_path, b'\n{"a": 1}\n  \nno\n')
    assert list(each_row(path, lambda *fault: faults.append(fault), skip_blank=True)) == [(2, {"a": 1})]
    assert faults == [(4, f"cannot be read from “no” on: {MEND}")]


def test_items_are_made_of_sound_rows_only(tmp_path: Path) -> None:
    path = write(tmp_path, b'{"a": 1}\n{"b": 2}\n')
    items, problems = read_items(path, lambda row: [] if "a" in row else ["has no a"], lambda row: int(row["a"]))
    assert (items, problems) == ({1: 1}, [Problem("training/x.jsonl", 2, "has no a")])
