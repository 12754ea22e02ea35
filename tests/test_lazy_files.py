"""Files of an index: small ones are read, large ones stay on the disk."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from search.index import lazy_files
from search.index.lazy_files import LazyLines, load_array, load_lines


def write_lines(path: Path) -> Path:
    path.write_text("".join(json.dumps({"n": n, "text": "é" * n}) + "\n" for n in range(5)), encoding="utf-8")
    return path


def number(row: dict[str, int]) -> int:
    return row["n"]


@pytest.mark.parametrize(("large", "kind"), [(2**20, tuple), (1, LazyLines)])
def test_lines_are_the_same_read_at_once_or_one_by_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, large: int, kind: type
) -> None:
    monkeypatch.setattr(lazy_files, "LARGE", large)
    lines = load_lines(write_lines(tmp_path / "x.jsonl"), number)
    assert isinstance(lines, kind)
    assert (list(lines), len(lines), lines[0], lines[-1], lines[1:3]) == ([0, 1, 2, 3, 4], 5, 0, 4, (1, 2))
    with pytest.raises(IndexError):
        lines[5]


def test_lines_outlive_their_file(tmp_path: Path) -> None:
    path = write_lines(tmp_path / "x.jsonl")
    lines = LazyLines(path, number)
    path.unlink()
    assert lines[3] == 3


@pytest.mark.parametrize("large", [2**20, 1])
def test_an_array_is_the_same_in_memory_or_on_the_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, large: int
) -> None:
    monkeypatch.setattr(lazy_files, "LARGE", large)
    np.save(tmp_path / "x.npy", np.arange(6).reshape(2, 3))
    array = load_array(tmp_path / "x.npy")
    assert array.tolist() == [[0, 1, 2], [3, 4, 5]]
    assert isinstance(array, np.memmap) == (large == 1)


def test_no_pickle_is_read(tmp_path: Path) -> None:
    np.save(tmp_path / "x.npy", np.array([{}], dtype=object), allow_pickle=True)
    with pytest.raises(ValueError, match="allow_pickle=False"):
        load_array(tmp_path / "x.npy")
