"""Needs the library could not meet, kept in a file."""

from __future__ import annotations

import datetime
import os
import stat
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from search.curation import unmet_needs
from search.curation.unmet_needs import UnmetNeed, leave_unmet, read_unmet, unmet_problems
from search.errors import EmptyQueryError, NeedsFullError, QueryTooLongError
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


@pytest.mark.parametrize(
    "line", ['{"text": "a"}', '{"text": 1, "language": null, "day": "2026-01-01"}', "cut", "\\xff"]
)
def test_a_line_that_is_no_need_is_told_and_hides_none(tmp_path: Path, line: str) -> None:
    file = tmp_path / "unmet.jsonl"
    leave_unmet(file, "A ski jump", language="en", day=DAY)
    file.write_text(file.read_text(encoding="utf-8") + line + "\n", encoding="utf-8")
    leave_unmet(file, "A slide", language="en", day=DAY)
    assert [need.text for need in read_unmet(file)] == ["A slide", "A ski jump"]
    assert [problem.line for problem in unmet_problems(file)] == [2]


def test_a_day_that_is_none_is_read_as_it_is_written(tmp_path: Path) -> None:
    file = tmp_path / "unmet.jsonl"
    file.write_text('{"text": "A ski jump", "language": "en", "day": "in spring"}\n', encoding="utf-8")
    assert read_unmet(file) == (UnmetNeed("A ski jump", "en", "in spring"),)
    assert unmet_problems(file) == ()


def test_the_same_text_is_kept_once_however_often_it_is_left(tmp_path: Path) -> None:
    file = tmp_path / "unmet.jsonl"
    first = leave_unmet(file, "A ski jump", language="en", day=DAY)
    assert leave_unmet(file, "  a SKI\njump ", language="en", day=datetime.date(2026, 4, 1)) == first
    assert read_unmet(file) == (UnmetNeed("A ski jump", "en", "2026-03-01"),)


@pytest.mark.skipif(os.name != "posix", reason="modes are those of POSIX")
def test_the_file_is_for_its_owner_only_also_one_that_was_open_to_all(tmp_path: Path) -> None:
    new, old = tmp_path / "new.jsonl", tmp_path / "old.jsonl"
    old.touch(0o666)
    old.chmod(0o666)
    before = os.umask(0)
    try:
        for file in (new, old):
            leave_unmet(file, "A ski jump", language="en", day=DAY)
    finally:
        os.umask(before)
    assert [stat.S_IMODE(file.stat().st_mode) for file in (new, old)] == [0o600, 0o600]


def test_a_need_after_a_line_that_was_cut_off_is_a_line_of_its_own(tmp_path: Path) -> None:
    file = tmp_path / "unmet.jsonl"
    file.write_text('{"text": "cut', encoding="utf-8")
    leave_unmet(file, "A ski jump", language="en", day=DAY)
    assert [need.text for need in read_unmet(file)] == ["A ski jump"]
    assert [problem.line for problem in unmet_problems(file)] == [1]


def test_no_more_than_a_stated_number_is_kept_lines_that_are_none_counted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unmet_needs, "NEEDS", replace(unmet_needs.NEEDS, most=3))
    file = tmp_path / "unmet.jsonl"
    file.write_text("cut\n", encoding="utf-8")
    leave_unmet(file, "one", language="en")
    leave_unmet(file, "two", language="en")
    with pytest.raises(NeedsFullError, match=r"^3 unmet needs are kept, and no more\.") as caught:
        leave_unmet(file, "three", language="en")
    assert caught.value.expected == 3
    assert leave_unmet(file, "ONE", language="en").text == "one"  # what is there is no more
    assert len(read_unmet(file)) == 2


def test_a_file_that_is_too_large_gets_nothing_more(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unmet_needs, "NEEDS", replace(unmet_needs.NEEDS, largest=1_000))
    file = tmp_path / "unmet.jsonl"
    leave_unmet(file, "a" * 1_000, language="en")
    with pytest.raises(NeedsFullError):
        leave_unmet(file, "b", language="en")
    assert len(read_unmet(file)) == 1


def test_needs_left_at_once_are_all_kept_once(tmp_path: Path) -> None:
    file = tmp_path / "unmet.jsonl"
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda n: leave_unmet(file, f"need {n % 10}", language="en"), range(40)))
    assert sorted(need.text for need in read_unmet(file)) == [f"need {n}" for n in range(10)]
    assert unmet_problems(file) == ()
