"""Files in pieces: put together they are the file, and a small change changes few of them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from search.building.pieces import LEAST, MOST, pieces

LINES = [f'{{"entry": "entry-{n:05}", "text": "{n * 7919 % 10007:05} jardin"}}\n'.encode() for n in range(40_000)]
ROWS = np.random.default_rng(0).standard_normal((8_000, 384)).astype(np.float16)


def cut(path: Path, content: bytes) -> list[bytes]:
    path.write_bytes(content)
    return [*pieces(path)]


@pytest.mark.parametrize(
    "content",
    [b"", b"\n", b"\n" * 200_000, b"a" * (2 * MOST + 1), b"".join(LINES), ROWS.tobytes()],
    ids=["empty", "one line feed", "line feeds", "no line feed", "lines", "numbers"],
)
def test_pieces_together_are_the_file_and_none_is_too_long_or_too_short(tmp_path: Path, content: bytes) -> None:
    found = cut(tmp_path / "file", content)
    assert b"".join(found) == content
    assert max(map(len, found)) <= MOST
    assert all(len(piece) >= LEAST for piece in found[:-1])


def test_a_file_without_line_feeds_is_cut_at_the_longest_a_piece_may_be(tmp_path: Path) -> None:
    assert [len(piece) for piece in cut(tmp_path / "file", b"a" * (2 * MOST + 1))] == [MOST, MOST, 1]


def test_lines_put_in_at_one_place_and_taken_out_at_another_change_a_few_pieces(tmp_path: Path) -> None:
    before = cut(tmp_path / "before", b"".join(LINES))
    after = cut(
        tmp_path / "after", b"".join([*LINES[:9_000], b'{"entry": "new"}\n', *LINES[9_000:30_000], *LINES[30_001:]])
    )
    assert len(before) >= 10
    assert 1 <= len({*after} - {*before}) <= 4


def test_a_row_of_numbers_put_in_changes_a_few_pieces(tmp_path: Path) -> None:
    before = cut(tmp_path / "before", ROWS.tobytes())
    after = cut(tmp_path / "after", np.insert(ROWS, 1_000, ROWS[7], axis=0).tobytes())
    assert len(before) >= 10
    assert 1 <= len({*after} - {*before}) <= 2
