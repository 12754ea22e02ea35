"""Needs the library could not meet, kept in a file."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from search.curation.unmet_needs import UnmetNeed, leave_unmet, read_unmet
from search.errors import CorpusError, EmptyQueryError, QueryTooLongError
from search.text.query import LONGEST_QUERY

DAY = datetime.date(2026, 3, 1)


def test_needs_are_read_back_latest_first(tmp_path: Path) -> None:
    file = tmp_path / "new folder" / "unmet.jsonl"
    leave_unmet(file, "Une piste\nde\u2028luge ?", language="fr", day=DAY)
    leave_unmet(file, "A ski jump", language=None, day=datetime.date(2026, 3, 2))
    assert read_unmet(file) == (
        UnmetNeed("A ski jump", None, "2026-03-02"),
        UnmetNeed("Une piste de luge ?", "fr", "2026-03-01"),
    )


def test_there_are_none_without_a_file(tmp_path: Path) -> None:
    assert read_unmet(tmp_path / "none.jsonl") == ()


def test_nothing_and_too_much_are_refused_and_not_written(tmp_path: Path) -> None:
    file = tmp_path / "unmet.jsonl"
    with pytest.raises(EmptyQueryError):
        leave_unmet(file, " \n", language=None)
    with pytest.raises(QueryTooLongError):
        leave_unmet(file, "a" * (LONGEST_QUERY + 1), language=None)
    assert not file.exists()


@pytest.mark.parametrize("line", ['{"text": "a"}', '{"text": 1, "language": null, "day": "2026-01-01"}', "cut"])
def test_a_line_that_is_no_need_is_named(tmp_path: Path, line: str) -> None:
    file = tmp_path / "unmet.jsonl"
    leave_unmet(file, "A ski jump", language="en", day=DAY)
    file.write_text(file.read_text(encoding="utf-8") + line + "\n", encoding="utf-8")
    with pytest.raises(CorpusError) as caught:
        read_unmet(file)
    assert [problem.line for problem in caught.value.problems] == [2]
