"""What people say of answers: kept in a file with their consent, grouped, and made a draft for a person to check."""

from __future__ import annotations

import datetime
import json
import os
import stat
from dataclasses import replace
from pathlib import Path

import pytest

from search.curation import feedback
from search.curation.feedback import (
    Feedback,
    draft_training_query,
    feedback_problems,
    grouped,
    leave_feedback,
    read_feedback,
)
from search.errors import EmptyQueryError, NeedsFullError, QueryTooLongError
from search.library.training_queries import training_query_faults
from search.locations import FEEDBACK_VARIABLE, UNMET_VARIABLE, default_feedback
from search.text.query import LONGEST_QUERY

DAY = datetime.date(2026, 3, 1)
TEXT = "Personne ne veut nous confier les clés."


def test_what_is_said_of_an_answer_is_read_back_latest_first(tmp_path: Path) -> None:
    file = tmp_path / "new folder" / "feedback.jsonl"
    leave_feedback(file, TEXT, language="fr", entry="charter", verdict="useful", day=DAY)
    leave_feedback(file, "No\nkeys", language=None, expected=" a  lock ", day=datetime.date(2026, 3, 2))
    assert read_feedback(file) == (
        Feedback("No keys", None, "", "", "a lock", "2026-03-02"),
        Feedback(TEXT, "fr", "charter", "useful", "", "2026-03-01"),
    )


def test_nothing_too_much_and_strange_verdicts_are_refused_and_not_written(tmp_path: Path) -> None:
    file = tmp_path / "feedback.jsonl"
    with pytest.raises(EmptyQueryError):
        leave_feedback(file, " \n", language=None, verdict="useful")
    with pytest.raises(QueryTooLongError):
        leave_feedback(file, TEXT, language="fr", expected="a" * (LONGEST_QUERY + 1))
    with pytest.raises(ValueError, match="say whether the answer is useful"):
        leave_feedback(file, TEXT, language="fr", entry="charter", expected="  ")
    with pytest.raises(ValueError, match="verdict must be one of 'useful', 'not-useful', ''"):
        leave_feedback(file, TEXT, language="fr", entry="charter", verdict="great")
    assert not file.exists()


def test_the_same_said_again_is_kept_once_and_another_verdict_beside_it(tmp_path: Path) -> None:
    file = tmp_path / "feedback.jsonl"
    first = leave_feedback(file, TEXT, language="fr", entry="charter", verdict="useful", day=DAY)
    assert leave_feedback(file, TEXT.upper(), language="fr", entry="charter", verdict="useful") == first
    leave_feedback(file, TEXT, language="fr", entry="charter", verdict="not-useful", day=DAY)
    assert [one.verdict for one in read_feedback(file)] == ["not-useful", "useful"]


@pytest.mark.skipif(os.name != "posix", reason="modes are those of POSIX")
def test_the_file_is_for_its_owner_only(tmp_path: Path) -> None:
    file = tmp_path / "feedback.jsonl"
    before = os.umask(0)
    try:
        leave_feedback(file, TEXT, language="fr", verdict="useful")
    finally:
        os.umask(before)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_no_more_than_a_stated_number_or_size_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feedback, "OPINIONS", replace(feedback.OPINIONS, most=2))
    file = tmp_path / "feedback.jsonl"
    for entry in ("one", "two"):
        leave_feedback(file, TEXT, language="fr", entry=entry, verdict="useful")
    with pytest.raises(NeedsFullError, match=r"^2 opinions on answers are kept, and no more\."):
        leave_feedback(file, TEXT, language="fr", entry="three", verdict="useful")
    monkeypatch.setattr(feedback, "OPINIONS", replace(feedback.OPINIONS, most=9, largest=10))
    with pytest.raises(NeedsFullError):
        leave_feedback(file, TEXT, language="fr", entry="three", verdict="useful")
    assert len(read_feedback(file)) == 2


@pytest.mark.parametrize("line", ["cut", '{"text": "a"}', '{"verdict": "great"}', "[]"])
def test_a_line_that_cannot_be_read_is_told_and_hides_none(tmp_path: Path, line: str) -> None:
    file = tmp_path / "feedback.jsonl"
    leave_feedback(file, TEXT, language="fr", verdict="useful", day=DAY)
    file.write_text(file.read_text(encoding="utf-8") + line + "\n", encoding="utf-8")
    assert [one.text for one in read_feedback(file)] == [TEXT]
    assert [problem.line for problem in feedback_problems(file)] == [2]


def said(text: str, entry: str = "", verdict: str = "", expected: str = "", day: str = "2026-03-01") -> Feedback:
    return Feedback(text, "fr", entry, verdict, expected, day)


LEFT = (
    said("Pas de clés !", "budget", "useful", day="2026-03-04"),
    said("pas de cles", "charter", "useful", "un modèle de bail"),
    said("Pas de clés", "charter", "useful"),
    said("Une piste de ski", "charter", "not-useful", "rien", day="2026-03-02"),
    said("Pas de clés", "vote", "not-useful"),
)


def test_what_is_said_of_one_situation_stands_together_most_useful_first() -> None:
    keys, slope = grouped(LEFT)
    assert (keys.text, keys.day) == ("Pas de clés !", "2026-03-04")
    assert list(keys.useful.items()) == [("charter", 2), ("budget", 1)]
    assert keys.not_useful == {"vote": 1}
    assert keys.expected == (("charter", "un modèle de bail"),)
    assert (slope.text, slope.useful, slope.not_useful) == ("Une piste de ski", {}, {"charter": 1})


def test_a_useful_answer_becomes_a_draft_that_a_person_has_to_complete() -> None:
    keys, slope = grouped(LEFT)
    row = json.loads(draft_training_query(keys))
    assert row == {"entries": ["charter", "budget"], "fr": "Pas de clés !", "en": ""}
    assert training_query_faults(row, ["charter", "budget"]) == ["en must be a text"]
    assert training_query_faults(row | {"en": "No keys"}, ["charter", "budget"]) == []
    with pytest.raises(ValueError, match="nobody found an answer to this useful"):
        draft_training_query(slope)


def test_all_answers_together_are_no_entry_of_a_draft() -> None:
    [group] = grouped([said("Pas de clés", "", "useful")])
    with pytest.raises(ValueError, match="nobody found"):
        draft_training_query(group)


def test_it_lies_beside_the_needs_or_where_its_variable_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(FEEDBACK_VARIABLE, raising=False)
    monkeypatch.setenv(UNMET_VARIABLE, str(tmp_path / "my-unmet.jsonl"))
    assert default_feedback() == tmp_path / "my-feedback.jsonl"
    monkeypatch.setenv(UNMET_VARIABLE, str(tmp_path / "needs.jsonl"))
    assert default_feedback() == tmp_path / "feedback.jsonl"
    monkeypatch.setenv(FEEDBACK_VARIABLE, str(tmp_path / "here.jsonl"))
    assert default_feedback() == tmp_path / "here.jsonl"
