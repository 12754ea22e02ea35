"""Scores become words: probabilities, cuts and labels, by hand."""

from __future__ import annotations

import dataclasses
import json
import math

import pytest

from search.learning.calibration import Calibration, HitEvidence, Logistic, QueryEvidence, abstention_threshold
from tests.fakes import CALIBRATION

TOP_ONLY = Logistic(intercept=0.0, weights=(1.0, 0.0, 0.0, 0.0))


def probability(logit: float) -> float:
    return 1 / (1 + math.exp(-logit))


def untaught(*, top: float, overlap: float = 0.0) -> QueryEvidence:
    """Evidence without training queries, of which the best cosine and the share of terms count."""
    return QueryEvidence(leaning=None, answer=0.0, no_answer=0.0, overlap=overlap, top=top, gap=0.0, known=0.0)


def evidence(*probabilities: float) -> list[QueryEvidence]:
    """Evidence that TOP_ONLY gives these probabilities."""
    return [untaught(top=math.log(p / (1 - p))) for p in probabilities]


@pytest.mark.parametrize(
    ("features", "expected"),
    [
        ((0.0, 0.0), 1 / (1 + math.exp(1))),  # -1
        ((0.5, 0.0), 0.5),  # -1 + 2 * 0.5
        ((0.5, 1.0), 1 / (1 + math.exp(4))),  # -1 + 1 - 4
        ((0.5 + math.log(3) / 2, 0.0), 0.75),  # odds of 3 to 1
    ],
)
def test_a_probability_is_the_logistic_of_the_weighted_sum(features: tuple[float, float], expected: float) -> None:
    assert Logistic(intercept=-1.0, weights=(2.0, -4.0)).probability(features) == pytest.approx(expected)


def test_huge_sums_stay_between_zero_and_one() -> None:
    model = Logistic(intercept=0.0, weights=(1.0,))
    assert model.probability([1e6]) == pytest.approx(1.0)
    assert model.probability([-1e6]) == pytest.approx(0.0, abs=1e-20)


def test_too_few_features_are_refused() -> None:
    with pytest.raises(ValueError, match="shorter"):
        Logistic(intercept=0.0, weights=(1.0, 2.0)).probability([1.0])


def test_evidence_is_read_in_a_fixed_order() -> None:
    evidence = QueryEvidence(leaning=-0.1, answer=0.2, no_answer=0.3, overlap=0.4, top=0.5, gap=0.6, known=0.7)
    assert evidence.features() == (-0.1, 0.2, 0.3)
    assert dataclasses.replace(evidence, leaning=None).features() == (0.5, 0.6, 0.7, 0.4)
    assert HitEvidence(score=0.1, below_top=0.2, words=0.3, across=1.0, training=0.4, apart=0.5).features() == (
        0.1,
        0.2,
        0.3,
        1.0,
        0.4,
        0.5,
    )


def test_a_fit_separates_what_can_be_separated_at_the_middle() -> None:
    model = Logistic.fit([[0.0], [0.2], [0.8], [1.0]], [False, False, True, True])
    assert model.probability([0.2]) < 0.5 < model.probability([0.8])
    assert model.probability([0.5]) == pytest.approx(0.5, abs=1e-4)  # the data mirror each other around 0.5
    assert model.weights[0] > 0


def test_a_fit_weighs_both_classes_the_same_however_many_there_are() -> None:
    model = Logistic.fit([[0.0]] * 90 + [[1.0]] * 10, [False] * 90 + [True] * 10)
    assert model.probability([0.5]) == pytest.approx(0.5, abs=0.02)


def test_a_feature_that_never_changes_is_no_trouble() -> None:
    model = Logistic.fit([[0.0, 7.0], [1.0, 7.0]], [False, True])
    assert model.probability([0.0, 7.0]) < 0.5 < model.probability([1.0, 7.0])


def test_the_same_rows_give_the_same_fit() -> None:
    rows, truths = [[0.1, 0.9], [0.7, 0.2], [0.5, 0.5], [0.9, 0.1]], [False, True, False, True]
    assert Logistic.fit(rows, truths) == Logistic.fit(rows, truths)


def test_silence_begins_in_the_middle_between_separated_queries() -> None:
    assert abstention_threshold(TOP_ONLY, evidence(0.6, 0.9), evidence(0.1, 0.3)) == pytest.approx(0.45)


def test_silencing_an_answerable_query_costs_half_as_much_again_as_answering_another() -> None:
    # cut between 0.1 and 0.4: 1.5 x 0 + 1/2; between 0.4 and 0.6: 1.5 x 1/2 + 1/2; between 0.6 and 0.8: 1.5 x 1/2 + 0
    assert abstention_threshold(TOP_ONLY, evidence(0.4, 0.8), evidence(0.1, 0.6)) == pytest.approx(0.25)
    # one of five: below 0.4: 1.5 x 0 + 1; between 0.6 and 0.8: 1.5 x 1/5 + 0
    assert abstention_threshold(TOP_ONLY, evidence(0.4, 0.8, 0.8, 0.8, 0.8), evidence(0.6)) == pytest.approx(0.7)


def test_where_nothing_separates_the_queries_the_lower_cost_wins() -> None:
    # below 0.5: 1.5 x 0 + 1; above: 1.5 x 1 + 0
    assert abstention_threshold(TOP_ONLY, evidence(0.5, 0.5), evidence(0.5)) == pytest.approx(0.25)


def test_between_neighbouring_cuts_of_equal_cost_the_middle_is_taken() -> None:
    # below 0.5: 1.5 x 0 + 1; between 0.5 and 0.9: 1.5 x 2/3 + 0; so the middle of 0.25 and 0.7
    cut = abstention_threshold(TOP_ONLY, evidence(0.5, 0.5, 0.9), evidence(0.5))
    assert cut == pytest.approx(0.475)


def test_between_cuts_of_equal_cost_that_lie_apart_the_middle_of_the_widest_range_is_taken() -> None:
    # below 0.4: 1.5 x 0 + 1; between 0.4 and 0.6: 1.5 x 2/3 + 1; between 0.6 and 0.8: 1.5 x 2/3 + 0
    assert abstention_threshold(TOP_ONLY, evidence(0.4, 0.4, 0.8), evidence(0.6)) == pytest.approx(0.2)
    # the same costs below 0.1, from 0.1 to 0.2, and from 0.2 to 0.8
    assert abstention_threshold(TOP_ONLY, evidence(0.1, 0.1, 0.8), evidence(0.2)) == pytest.approx(0.5)


def test_a_query_at_the_cut_is_answered() -> None:
    assert CALIBRATION.is_answered(untaught(top=0.5))
    assert not CALIBRATION.is_answered(untaught(top=0.499))


def test_what_a_passage_has_in_so_many_words_needs_half_as_much() -> None:
    # 10 times the cosine less 5: a third of the odds, a probability of one quarter, at 0.5 less a tenth of ln 3
    quarter = 0.5 - math.log(3) / 10
    assert CALIBRATION.is_answered(untaught(top=quarter + 1e-6, overlap=0.8))
    assert not CALIBRATION.is_answered(untaught(top=quarter - 1e-6, overlap=0.8))
    assert not CALIBRATION.is_answered(untaught(top=quarter + 1e-6, overlap=0.79))
    of_function_words = dataclasses.replace(untaught(top=quarter + 1e-6, overlap=0.8), says_little=True)
    assert not CALIBRATION.is_answered(of_function_words)


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [(0.99, "strong"), (0.7501, "strong"), (0.7499, "related"), (0.4501, "related"), (0.4499, "weak"), (0.01, "weak")],
)
def test_strength_is_the_word_for_a_probability(wanted: float, expected: str) -> None:
    logit = math.log(wanted / (1 - wanted))
    hit = HitEvidence(score=(logit + 8.0) / 10.0, below_top=0.3, words=0.9, across=0.0)
    assert CALIBRATION.helpful.probability(hit.features()) == pytest.approx(wanted)
    assert CALIBRATION.strength(hit) == expected


def test_a_probability_at_a_threshold_gets_the_better_word() -> None:
    even = Calibration(
        answerable=CALIBRATION.answerable, abstain_below=0.5, helpful=Logistic(0.0, (0.0,) * 6), strong=0.5, related=0.5
    )
    assert even.strength(HitEvidence(score=0.0, below_top=0.0, words=0.0, across=0.0)) == "strong"
    related = dataclasses.replace(even, strong=0.75)
    assert related.strength(HitEvidence(score=0.0, below_top=0.0, words=0.0, across=0.0)) == "related"


def test_a_calibration_survives_being_written_and_read() -> None:
    assert Calibration.from_dict(json.loads(json.dumps(dataclasses.asdict(CALIBRATION)))) == CALIBRATION
