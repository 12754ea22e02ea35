"""Cells of a CSV: no spreadsheet runs them, and their texts come back as they were."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.library.tables.csv_guard import RISKY, guarded, unguarded

SIGNS = [*"=+-@＝＋－＠﹦﹢﹣﹫⁼⁺", "\u2212"]
UNSEEN = ["", *' \u00a0\u200b\ufeff\u00ad\u3164\u0301\x00\x0b"\U000e0001', "\u200e\u202e"]


@pytest.mark.parametrize("sign", SIGNS)
@pytest.mark.parametrize("before", UNSEEN)
def test_a_sign_is_guarded_also_behind_what_is_not_seen(before: str, sign: str) -> None:
    assert guarded(f"{before}{sign}HYPERLINK(1)") == f"'{before}{sign}HYPERLINK(1)"


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("pay;=1+1", "pay;'=1+1"),
        ("pay; \u200b=1+1", "pay;' \u200b=1+1"),
        ('pay;"=1+1"', 'pay;\'"=1+1"'),
        ("pay,@SUM(1)", "pay,'@SUM(1)"),
        ("one\n- two\n＝3", "one\n'- two\n'＝3"),
        ("\t=1", "'\t'=1"),
        ("\n", "'\n"),
        ("'=1", "''=1"),  # what looks guarded gets one more
        ("5 - 3 = 2", "5 - 3 = 2"),
        ("me@a.example", "me@a.example"),
        ("« - »", "« - »"),
        ("d’un, de l’autre; -", "d’un, de l’autre;' -"),
        ("", ""),
    ],
)
def test_what_begins_a_cell_when_a_file_is_read_otherwise_is_guarded(text: str, written: str) -> None:
    assert guarded(text) == written
    assert unguarded(written) == text


PIECES = st.lists(st.sampled_from([*"=+-@＝'\";,\t\r\n a", "\u200b", "\ufeff", "é"]), max_size=12).map("".join)


@given(PIECES)
def test_what_was_guarded_comes_back(text: str) -> None:
    assert unguarded(guarded(text)) == text


@given(st.lists(PIECES, min_size=1, max_size=4), st.sampled_from(",;\t"), st.sampled_from(",;\t"))
def test_no_cell_runs_whatever_separates_cells_for_the_reader(texts: list[str], written: str, read: str) -> None:
    file = io.StringIO()
    csv.writer(file, delimiter=written, lineterminator="\n").writerow(["id", *map(guarded, texts)])
    rows = csv.reader(io.StringIO(file.getvalue(), newline=""), delimiter=read)
    cells = [cell.lstrip('\u200b\ufeff "') for row in rows for cell in row]
    assert not [cell for cell in cells if cell.startswith(tuple(set(RISKY) - {"\t", "\r", "\n"}))]
