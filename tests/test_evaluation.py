"""Judged queries; the tiny searcher measured on paper."""

from __future__ import annotations

import dataclasses
import json
import math
from pathlib import Path
from typing import Any

import pytest

from search.curation.check_evaluation import check_evaluation
from search.errors import CorpusError, Problem
from search.evaluation.evaluation import evaluate
from search.learning.calibration import Logistic
from search.learning.situation_model import SituationModel
from search.library.judged_queries import JudgedQuery, read_judged_queries
from search.library.reader import read_library
from search.retrieval.searcher import Searcher
from tests.fakes import SIGNALS, CountingEncoder, by_meaning, by_words, tiny_index

LOG3 = math.log2(3)  # the discount of the second rank; that of the third is 2
GOOD: dict[str, Any] = {
    "id": "no-trust",
    "category": "situation",
    "voice": "resident",
    "fr": "confiance",
    "en": "trust",
    "judgements": {"commitment-charter": 3, "trust-first": 1},
}


def write_rows(path: Path, *rows: dict[str, Any] | str) -> Path:
    path.parent.mkdir(exist_ok=True)
    lines = [row if isinstance(row, str) else json.dumps(row, ensure_ascii=False) for row in rows]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_judged_queries_are_read_in_file_order(tmp_path: Path) -> None:
    off = {"id": "z", "category": "out-of-scope", "voice": "other", "fr": "É", "en": "E", "judgements": {}}
    assert read_judged_queries(write_rows(tmp_path / "evaluation/tune.jsonl", GOOD, off)) == (
        JudgedQuery(
            id="no-trust",
            category="situation",
            voice="resident",
            texts={"fr": "confiance", "en": "trust"},
            judgements={"commitment-charter": 3, "trust-first": 1},
        ),
        JudgedQuery(id="z", category="out-of-scope", voice="other", texts={"fr": "É", "en": "E"}, judgements={}),
    )


def test_only_a_query_with_judgements_is_in_scope() -> None:
    query = JudgedQuery(id="a", category="short", voice="other", texts={}, judgements={"x": 1})
    assert query.in_scope
    assert not JudgedQuery(id="a", category="out-of-scope", voice="other", texts={}, judgements={}).in_scope


def without(name: str) -> dict[str, Any]:
    return {key: value for key, value in GOOD.items() if key != name}


SCOPE = "out-of-scope queries, and only they, have no judgements"
GRADES, PAIRS = "grades are 1, 2 or 3", "judgements must be entry ids with their grades"
BAD_ROWS = [
    (
        "not json",
        "cannot be read from “not json” on: mend what is there or just before it (a comma, a quotation mark, a brace)",
    ),
    ("", "is empty: take this line out"),
    ('["a list"]', "must hold names and values"),
    (without("id"), "id must be a text"),
    (without("en"), "en must be a text"),
    (GOOD | {"id": 3}, "id must be a text"),
    (GOOD | {"voice": ""}, "voice must be a text"),
    (GOOD | {"fr": ""}, "fr must be a text"),
    (GOOD | {"fr": "  "}, "fr must be a text"),
    (GOOD | {"en": 3}, "en must be a text"),
    (GOOD | {"en": None}, "en must be a text"),
    (without("judgements"), PAIRS),
    (GOOD | {"judgements": ["trust-first"]}, PAIRS),
    (GOOD | {"judgements": [["trust-first", 3]]}, PAIRS),
    (GOOD | {"judgements": 3}, PAIRS),
    (
        GOOD | {"category": "joke"},
        "category 'joke' is not one of situation, obstacle, question, short, name, noisy, out-of-scope",
    ),
    *(
        (GOOD | {"judgements": {"trust-first": grade}}, GRADES)
        for grade in (4, 0, -1, "3", [3], {}, None, True, 2.0, 1.5)
    ),
    (GOOD | {"judgements": {}}, SCOPE),
    (GOOD | {"category": "out-of-scope"}, SCOPE),
]


@pytest.mark.parametrize(("row", "message"), BAD_ROWS)
def test_a_bad_row_is_told_with_its_line(row: dict[str, Any] | str, message: str, tmp_path: Path) -> None:
    with pytest.raises(CorpusError) as caught:
        read_judged_queries(write_rows(tmp_path / "evaluation/tune.jsonl", GOOD, row, GOOD))
    [problem] = caught.value.problems
    assert (problem.file, problem.line) == ("evaluation/tune.jsonl", 2)
    assert problem.message == message


def test_all_bad_rows_are_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(CorpusError) as caught:
        read_judged_queries(write_rows(tmp_path / "evaluation/tune.jsonl", "{", GOOD, GOOD | {"category": "joke"}, "}"))
    assert [problem.line for problem in caught.value.problems] == [1, 3, 4]


def test_a_line_separator_inside_a_text_does_not_end_the_row(tmp_path: Path) -> None:
    [query] = read_judged_queries(write_rows(tmp_path / "evaluation/tune.jsonl", GOOD | {"fr": "une\u2028deux"}))
    assert query.texts["fr"] == "une\u2028deux"


def test_a_file_that_is_not_utf_8_is_told_with_its_line(tmp_path: Path) -> None:
    path = write_rows(tmp_path / "evaluation/tune.jsonl", GOOD)
    path.write_bytes(path.read_bytes() + b"\xff\n")
    with pytest.raises(CorpusError) as caught:
        read_judged_queries(path)
    assert caught.value.problems == (Problem("evaluation/tune.jsonl", 2, "is not UTF-8; save it as UTF-8"),)


def test_an_empty_file_holds_no_query(tmp_path: Path) -> None:
    (tmp_path / "tune.jsonl").touch()
    assert read_judged_queries(tmp_path / "tune.jsonl") == ()


def test_a_sound_evaluation_set_has_no_problem(corpus: Path) -> None:
    write_rows(corpus / "evaluation/tune.jsonl", GOOD)
    write_rows(corpus / "evaluation/report.jsonl", GOOD | {"id": "other"})
    assert check_evaluation(read_library(corpus)) == []


def test_a_corpus_without_an_evaluation_set_has_no_problem(corpus: Path) -> None:
    assert check_evaluation(read_library(corpus)) == []


def test_unknown_entries_and_ids_used_twice_are_told(corpus: Path) -> None:
    write_rows(corpus / "evaluation/tune.jsonl", GOOD, GOOD)
    write_rows(corpus / "evaluation/report.jsonl", GOOD | {"judgements": {"zoo": 1, "trust-first": 3, "ark": 1}})
    assert check_evaluation(read_library(corpus)) == [
        Problem("evaluation/tune.jsonl", 2, "id 'no-trust' is used twice"),
        Problem("evaluation/report.jsonl", 1, "id 'no-trust' is used twice"),
        Problem("evaluation/report.jsonl", 1, "'no-trust' judges 'ark', and no entry has this id"),
        Problem("evaluation/report.jsonl", 1, "'no-trust' judges 'zoo', and no entry has this id"),
    ]


def test_bad_rows_are_told_beside_what_is_wrong_with_the_others(corpus: Path) -> None:
    write_rows(corpus / "evaluation/tune.jsonl", "{", GOOD, GOOD)
    write_rows(corpus / "evaluation/report.jsonl", GOOD | {"id": "other", "fr": ""})
    assert check_evaluation(read_library(corpus)) == [
        Problem("evaluation/tune.jsonl", 1, "ends too soon: a quotation mark, a bracket or a brace is missing"),
        Problem("evaluation/tune.jsonl", 3, "id 'no-trust' is used twice"),
        Problem("evaluation/report.jsonl", 1, "fr must be a text"),
    ]


TRAINING_QUERY: dict[str, Any] = {"entries": ["trust-first"], "fr": "un jardin", "en": "a garden"}


def test_training_queries_are_read_as_strictly(corpus: Path) -> None:
    write_rows(
        corpus / "training/cases.jsonl",
        TRAINING_QUERY,
        "{",
        "[]",
        TRAINING_QUERY | {"entries": "trust-first"},
        TRAINING_QUERY | {"entries": ["zoo", "trust-first"], "en": 3},
        TRAINING_QUERY | {"fr": "un\u2028jardin"},
        {},
    )
    assert [(problem.line, problem.message) for problem in check_evaluation(read_library(corpus))] == [
        (2, "ends too soon: a quotation mark, a bracket or a brace is missing"),
        (3, "must hold names and values"),
        (4, "entries must be a list of ids"),
        (5, "en must be a text"),
        (5, "names 'zoo', and no entry has this id"),
        (7, "fr must be a text"),
        (7, "en must be a text"),
        (7, "entries must be a list of ids"),
    ]


def test_a_training_query_that_nearly_is_a_judged_query_is_named(corpus: Path) -> None:
    write_rows(corpus / "evaluation/tune.jsonl", GOOD | {"fr": "la confiance entre voisins", "en": "no trust here"})
    write_rows(corpus / "training/cases.jsonl", TRAINING_QUERY | {"fr": "Confiance entre voisins !"}, TRAINING_QUERY)
    assert check_evaluation(read_library(corpus)) == [
        Problem("training/cases.jsonl", 1, "fr is nearly the evaluation situation 'no-trust'")
    ]


TRUST = JudgedQuery(
    id="trust",
    category="short",
    voice="other",
    texts={"fr": "confiance", "en": "trust"},
    judgements={"trust-first": 3, "brussels-budget": 1},
)
GARDEN = JudgedQuery(
    id="garden",
    category="situation",
    voice="resident",
    texts={"fr": "jardin", "en": "garden"},
    judgements={"garden-network": 2},
)
ZEPPELIN = JudgedQuery(
    id="zeppelin", category="out-of-scope", voice="other", texts={"fr": "ballon", "en": "balloon"}, judgements={}
)


def test_a_searcher_is_measured_as_on_paper(abstaining_searcher: Searcher) -> None:
    # by meaning, "trust" gives charter, brussels-budget (1), trust-first (3); "garden" gives garden-network (2)
    report = evaluate(by_meaning(abstaining_searcher), [TRUST, GARDEN, ZEPPELIN], k=3)
    trust = (1 / LOG3 + 3 / 2) / (3 + 1 / LOG3)
    assert report.k == 3
    assert report.queries == {"in_scope": 2, "out_of_scope": 1}
    assert report.mean == pytest.approx({"ndcg@3": (trust + 1) / 2, "recall@3": 1.0, "mrr@3": (1 / 3 + 1) / 2})
    assert list(report.by_direction) == ["fr->fr", "fr->en", "en->fr", "en->en"]
    # the garden network is in French only: no English text answers
    assert report.by_direction["en->fr"] == report.by_direction["fr->fr"] == pytest.approx(report.mean)
    english = {"ndcg@3": trust / 2, "recall@3": 0.5, "mrr@3": 1 / 6}
    assert report.by_direction["fr->en"] == report.by_direction["en->en"] == pytest.approx(english)
    # one kind at a time, each judged entry comes first, but brussels-budget is of grade 1: no recall, no rank
    assert report.by_kind == {
        "condition": pytest.approx({"ndcg@3": 1.0, "recall@3": 1.0, "mrr@3": 1.0}),
        "case": pytest.approx({"ndcg@3": 1.0, "recall@3": 0.0, "mrr@3": 0.0}),
        "resource": pytest.approx({"ndcg@3": 1.0, "recall@3": 1.0, "mrr@3": 1.0}),
    }
    assert report.by_category == {
        "situation": pytest.approx({"ndcg@3": 1.0, "recall@3": 1.0, "mrr@3": 1.0}),
        "short": pytest.approx({"ndcg@3": trust, "recall@3": 1.0, "mrr@3": 1 / 3}),
    }
    assert report.query_language_share == 0.5  # French passages win ties: right for half of the tellings
    assert report.overlap == 1.0  # both tellings have one vector
    assert report.abstention == {"out_of_scope": 1.0, "in_scope": 0.0}


def test_where_a_situation_stands_is_compared_with_what_readers_said(tmp_path: Path) -> None:
    launch = Logistic(intercept=-5.0, weights=(10.0, 0.0, 0.0, 0.0))  # reads the launch where trust is spoken of
    model = SituationModel(phases={"launch": launch}, conditions={"co-build-projects": launch})
    searcher = Searcher(
        dataclasses.replace(tiny_index(tmp_path), situation_model=model), CountingEncoder(), signals=SIGNALS
    )
    trust = {"fr": "nous n'avons pas confiance", "en": "we have no trust"}
    garden = {"fr": "nous n'avons pas de jardin", "en": "we have no garden"}
    right = dataclasses.replace(TRUST, texts=trust, phases=("before", "launch"), conditions=("run-projects",))
    unsaid = dataclasses.replace(GARDEN, texts=garden, phases=("launch",))
    assert evaluate(searcher, [right, unsaid], k=3).situation == {
        "phase_right": 0.5,
        "phase_said": 0.5,
        "condition_right": 0.0,
        "condition_said": 1.0,
    }


def test_crowding_is_the_share_that_show_one_practice(searcher: Searcher) -> None:
    # of charter, brussels-budget, trust-first, only the second shows a practice, the participatory budget
    assert evaluate(by_meaning(searcher), [TRUST], k=3).crowding == pytest.approx(1 / 3)
    # nothing but the garden network speaks of gardens: then come brussels-budget and the charter, in order of id
    different = dataclasses.replace(TRUST, id="two-things", texts={"fr": "jardin", "en": "trust"})
    report = evaluate(by_meaning(searcher), [different, TRUST], k=3)
    assert (report.overlap, report.same_answer) == (pytest.approx((2 / 3 + 1) / 2), 0.5)


def test_words_alone_answer_no_query_in_the_other_language(searcher: Searcher) -> None:
    report = evaluate(by_words(searcher), [GARDEN], k=3)
    nothing = {"ndcg@3": 0.0, "recall@3": 0.0, "mrr@3": 0.0}
    assert report.by_direction["fr->fr"] == {"ndcg@3": 1.0, "recall@3": 1.0, "mrr@3": 1.0}
    assert report.by_direction["en->fr"] == report.by_direction["fr->en"] == report.by_direction["en->en"] == nothing
    assert report.overlap == 0.0
    assert report.abstention["out_of_scope"] == 0.0  # there was none


def test_a_set_with_nothing_in_scope_cannot_be_measured(abstaining_searcher: Searcher) -> None:
    for queries in ([ZEPPELIN], []):
        with pytest.raises(ValueError, match="nothing to measure: no query is in scope"):
            evaluate(abstaining_searcher, queries, k=3)
