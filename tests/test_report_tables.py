"""Figures as tables of Markdown."""

from __future__ import annotations

import dataclasses

from search.evaluation.evaluation import Report
from search.evaluation.report_tables import (
    ablation_table,
    checks_table,
    curve_table,
    figure_tables,
    report_tables,
    table,
)
from search.evaluation.set_figures import Figure
from search.evaluation.variants import EVERYTHING
from search.index.index import Manifest

MANIFEST = Manifest(
    version="v", format=1, model="counting@1", dim=4, corpus="c", corpora=(), names=(), entries=6, passages=60,
    index_type="flat", lists=0, recall=1.0, libraries={}, files={},
)  # fmt: skip


def metrics(ndcg: float) -> dict[str, float]:
    return {"ndcg@3": ndcg, "recall@3": ndcg / 2, "mrr@3": ndcg / 4}


FULL = Report(
    k=3,
    mean=metrics(0.8),
    by_direction={"fr->fr": metrics(0.9), "fr->en": metrics(0.7)},
    by_kind={"case": metrics(0.6)},
    by_category={"short": metrics(0.5)},
    query_language_share=0.51,
    overlap=0.42,
    same_answer=0.33,
    crowding=0.24,
    abstention={"out_of_scope": 0.955, "in_scope": 0.01},
    situation={"phase_right": 0.61, "phase_said": 0.72, "condition_right": 0.83, "condition_said": 0.94},
    queries={"in_scope": 12, "out_of_scope": 3},
)
POORER = dataclasses.replace(
    FULL,
    mean=metrics(0.4),
    by_direction={"fr->fr": metrics(0.45), "fr->en": metrics(0.35)},
    by_kind={"case": metrics(0.3)},
    by_category={"short": metrics(0.25)},
    overlap=0.21,
    abstention={"out_of_scope": 0.0, "in_scope": 0.5},
    queries={"in_scope": 99, "out_of_scope": 99},
)


def test_a_table_has_a_head_a_rule_and_three_places() -> None:
    assert list(table("head", ("a", "b"), [("first", [0.12345, 1]), ("second", [2 / 3, 0])])) == [
        "| head | a | b |",
        "|---|---|---|",
        "| first | 0.123 | 1.000 |",
        "| second | 0.667 | 0.000 |",
    ]
    assert list(table("nothing", (), ())) == ["| nothing |  |", "|---|"]


def test_reports_stand_side_by_side_with_what_the_whole_search_abstains_on() -> None:
    assert report_tables({"words alone": POORER, EVERYTHING: FULL}, "tune", MANIFEST).splitlines() == [
        "12 situations in scope and 3 out of scope (tune half), each in French and in English, over 6 entries; "
        "model counting@1.",
        "",
        "| nDCG@3 | words alone | everything |",
        "|---|---|---|",
        "| fr->fr | 0.450 | 0.900 |",
        "| fr->en | 0.350 | 0.700 |",
        "| both languages | 0.400 | 0.800 |",
        "| only case | 0.300 | 0.600 |",
        "| category short | 0.250 | 0.500 |",
        "",
        "| both languages | words alone | everything |",
        "|---|---|---|",
        "| recall@3 | 0.200 | 0.400 |",
        "| MRR | 0.100 | 0.200 |",
        "| answers in the query's language | 0.510 | 0.510 |",
        "| first 3 shared by both tellings | 0.210 | 0.420 |",
        "| tellings that share 80% or more | 0.330 | 0.330 |",
        "| first 3 that show one practice | 0.240 | 0.240 |",
        "",
        "No answer to 95.5% of the out-of-scope queries (goal: all) and to 1.0% of those in scope (goal: none).",
        "",
        "| where it stands | right | something said |",
        "|---|---|---|",
        "| phase (the surest) | 0.610 | 0.720 |",
        "| weak conditions (one of those said) | 0.830 | 0.940 |",
    ]


def test_what_readers_did_not_say_of_situations_has_no_row() -> None:
    nobody = dataclasses.replace(FULL, situation={})
    assert "where it stands" not in report_tables({EVERYTHING: nobody}, "tune", MANIFEST)
    phases = dataclasses.replace(FULL, situation={"phase_right": 0.5, "phase_said": 1.0})
    lines = report_tables({EVERYTHING: phases}, "tune", MANIFEST).splitlines()
    assert lines[-2:] == ["|---|---|---|", "| phase (the surest) | 0.500 | 1.000 |"]


def test_checks_stand_by_category() -> None:
    rates = {"words alone": {"acronym": 0.5, "amount": 0.25}, EVERYTHING: {"acronym": 1.0, "amount": 0.75}}
    assert checks_table(rates).splitlines() == [
        "| checks passed | words alone | everything |",
        "|---|---|---|",
        "| acronym | 0.500 | 1.000 |",
        "| amount | 0.250 | 0.750 |",
    ]


def test_an_ablation_has_a_row_for_each_signal_left_out_and_checks_as_the_mean_of_categories() -> None:
    reports = {"as it is": FULL, "without words": POORER}
    rates = {"as it is": {"acronym": 1.0, "amount": 0.5}, "without words": {"acronym": 0.0, "amount": 0.5}}
    assert ablation_table(reports, rates).splitlines() == [
        "| nDCG@3 | fr->fr | fr->en | both languages | shared by both tellings | checks passed |",
        "|---|---|---|---|---|---|",
        "| as it is | 0.900 | 0.700 | 0.800 | 0.420 | 0.750 |",
        "| without words | 0.450 | 0.350 | 0.400 | 0.210 | 0.250 |",
    ]
    assert ablation_table(reports, {}).splitlines() == [
        "| nDCG@3 | fr->fr | fr->en | both languages | shared by both tellings |",
        "|---|---|---|---|---|",
        "| as it is | 0.900 | 0.700 | 0.800 | 0.420 |",
        "| without words | 0.450 | 0.350 | 0.400 | 0.210 |",
    ]


def test_a_curve_has_a_row_for_each_share() -> None:
    assert curve_table({"2 (25%)": POORER, "8 (100%)": FULL}).splitlines() == [
        "| training queries | nDCG@3 | shared by both tellings |",
        "|---|---|---|",
        "| 2 (25%) | 0.400 | 0.210 |",
        "| 8 (100%) | 0.800 | 0.420 |",
    ]


def test_a_column_is_compared_with_the_one_before_it() -> None:
    met = {"need": [0.0], "other": [1.0]}
    figures = {"words": [Figure("met", met)], "all": [Figure("met", met | {"need": [1.0]})]}
    assert figure_tables("two needs", figures).splitlines() == [
        "| two needs | words | all |",
        "|---|---|---|",
        "| met | 0.500 | 1.000 |",
        "",
        "| more than the column before (95% interval, paired bootstrap) | all |",
        "|---|---|",
        "| met | +0.500 (+0.000 to +1.000) |",
    ]
    assert figure_tables("two needs", {"all": figures["all"]}).splitlines()[2:] == ["| met | 1.000 |"]
