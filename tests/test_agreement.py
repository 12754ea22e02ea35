"""Two readers of judged situations: how far they agree, and what is read and refused of the second one."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import pytest

from search.curation.check_evaluation import check_evaluation
from search.errors import CorpusError
from search.evaluation.agreement import agreement, cells, pairs
from search.evaluation.metrics import ndcg_by_grades
from search.library.judged_queries import HALVES, read_judged_queries
from search.library.reader import read_library
from search.library.second_readings import read_second_readings
from search.locations import default_corpus

READING: dict[str, Any] = {
    "id": "q",
    "language": "fr",
    "first": {"trust-first": 3, "garden-network": 1},
    "second": {"trust-first": 1, "garden-network": 2, "charter": 0},
    "third": {"trust-first": 2},
}


def write(folder: Path, *rows: dict[str, Any]) -> Path:
    path = folder / "evaluation" / "second-reading" / "tune.jsonl"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def test_what_is_settled_takes_the_place_of_the_first_grade(tmp_path: Path) -> None:
    [reading] = read_second_readings(write(tmp_path, READING))
    assert reading.mended == {"trust-first": 2, "garden-network": 1}
    [gone] = read_second_readings(write(tmp_path, READING | {"third": {"trust-first": 0}}))
    assert gone.mended == {"garden-network": 1}


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"language": "nl"}, "language 'nl' is not one of fr, en"),
        ({"second": {"trust-first": 4}}, "second must be entry ids with grades from 0 to 3"),
        ({"third": None}, "third must be entry ids with grades from 0 to 3"),
        ({"second": {"trust-first": 1}}, "the second reader gave no grade to garden-network"),
        ({"third": {}}, "third must settle just what differs by 2 or more: trust-first"),
        ({"third": {"trust-first": 2, "charter": 1}}, "third must settle just what differs by 2 or more: charter"),
    ],
)
def test_a_reading_that_does_not_go_together_is_refused(tmp_path: Path, change: dict[str, Any], message: str) -> None:
    with pytest.raises(CorpusError) as caught:
        read_second_readings(write(tmp_path, READING | change))
    assert [str(problem) for problem in caught.value.problems] == [f"second-reading/tune.jsonl:1 {message}"]


def test_what_the_first_reader_left_out_answered_nothing() -> None:
    assert pairs({"a": 3}, {"a": 2, "b": 1}) == [(3, 2), (0, 1)]
    assert cells([(3, 2), (0, 1), (0, 1)]) == [0, 2, 0, 0] + [0] * 8 + [0, 0, 1, 0]


def test_readers_who_give_the_same_agree_wholly() -> None:
    found = agreement([[(0, 0), (3, 3)], [(1, 1), (2, 2)]])
    assert (found.kappa, found.low, found.high) == (1.0, 1.0, 1.0)
    assert (found.situations, found.grades) == (2, 4)


def test_kappa_weighs_a_difference_by_its_square() -> None:
    # seen: 1 squared, twice, over 4 pairs; by chance: of 16 pairs of one's 0 0 3 3 with the other's 0 1 2 3, the
    # squares are 2 x (0 + 1 + 4 + 9) + 2 x (9 + 4 + 1 + 0) = 56; so 1 - (2 / 4) / (56 / 16)
    found = agreement([[(0, 0), (0, 1), (3, 2), (3, 3)]])
    assert found.kappa == pytest.approx(1 - 0.5 / 3.5)
    assert (found.low, found.high) == pytest.approx((found.kappa, found.kappa))  # one situation, always drawn


def test_situations_are_drawn_whole() -> None:
    # one that agrees and one that is turned round: drawn twice, each is 1 or -1; a quarter of the draws each
    found = agreement([[(0, 0), (3, 3)], [(0, 3), (3, 0)]])
    assert found.kappa == pytest.approx(0.0)
    assert (found.low, found.high) == pytest.approx((-1.0, 1.0))


def test_nothing_read_is_no_agreement() -> None:
    with pytest.raises(ValueError, match="at least one entry that both have graded"):
        agreement([[]])


def test_an_order_by_ones_own_grades_is_ideal() -> None:
    assert ndcg_by_grades({"a": 3, "b": 1, "c": 0}, {"a": 3, "b": 1}, 10) == 1.0


def test_entries_with_the_same_grade_share_the_gain_of_their_places() -> None:
    # a and b are tied for the first two places; one of them is worth 2, the other nothing: 1 on either place
    found = ndcg_by_grades({"a": 1, "b": 1, "c": 0}, {"b": 2}, 10)
    assert found == pytest.approx((1 + 1 / math.log2(3)) / 2)
    assert ndcg_by_grades({"a": 1, "b": 1}, {"b": 2}, 1) == pytest.approx(0.5)
    assert ndcg_by_grades({"a": 1}, {}, 10) == 0.0


def test_the_check_names_what_the_library_and_the_half_have_not(corpus: Path) -> None:
    write(corpus, READING)
    found = [str(problem) for problem in check_evaluation(read_library(corpus))]
    assert "second-reading/tune.jsonl:1 'q' judges 'charter', and no entry has this id" in found
    assert "second-reading/tune.jsonl:1 'q' is read twice, and tune.jsonl has no such situation" in found


@pytest.mark.parametrize("half", HALVES)
def test_what_was_settled_is_what_the_judged_queries_say(half: str) -> None:
    evaluation = default_corpus() / "evaluation"
    judged = {query.id: query.judgements for query in read_judged_queries(evaluation / f"{half}.jsonl")}
    readings = read_second_readings(evaluation / "second-reading" / f"{half}.jsonl")
    assert len(readings) >= 30
    for reading in readings:
        found = {name: judged[reading.id].get(name, 0) for name in reading.third}
        assert found == reading.third, reading.id
