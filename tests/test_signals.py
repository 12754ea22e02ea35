"""Each signal on features worked out by hand; see by_hand.py."""

from __future__ import annotations

import json
from collections.abc import Sequence

import numpy as np
import pytest

from search.learning.calibration import HitEvidence
from search.retrieval.features import Features
from search.retrieval.signals import (
    SIGNALS,
    WEIGHTS,
    Links,
    Meaning,
    Phrases,
    Related,
    Signal,
    TermOverlap,
    Titles,
    TrainingQueries,
    Words,
    WordsAlone,
    fuse,
    matched,
    meaning_of,
    weights_of,
    with_weights,
)
from tests.by_hand import FEATURES, features

NO = -np.inf
TEXTS = np.array([0.6, 0.5, 0.5, 0.4])
ENTRIES = np.array([0.6, 0.2, 0.1])


def on_texts(signal: Signal, found: Features) -> list[float]:
    """What a signal makes of the cosines of the texts."""
    scores: list[float] = signal.on_texts(TEXTS.copy(), found).tolist()
    return scores


def on_entries(signal: Signal, found: Features, scores: Sequence[float] = (0.6, 0.2, 0.1)) -> object:
    return pytest.approx(signal.on_entries(np.array(scores), found).tolist())


def hit(*, apart: float = 1.0, words: float = 0.0) -> HitEvidence:
    """Evidence that no signal explains, unless it is said."""
    return HitEvidence(score=0.5, below_top=0.0, words=words, across=0.0, apart=apart)


def test_signals_are_named_once_and_in_order() -> None:
    names = ["meaning", "words", "training queries", "links", "related entries", "titles", "phrases", "term overlap"]
    assert [signal.name for signal in SIGNALS] == names


def test_each_signal_has_the_weight_that_was_fitted_and_meaning_is_the_scale() -> None:
    fitted = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    assert list(weights_of(SIGNALS)) == [signal.name for signal in SIGNALS if signal.name != "meaning"]
    assert set(fitted) == set(weights_of(SIGNALS))  # one that is misnamed there would count 1
    assert all(weight > 0 for weight in fitted.values())
    assert with_weights([Meaning()], {"meaning": 0.5}) == (Meaning(),)
    assert with_weights([Words(0.3), Links(0.5)], {"links": 0.2, "gone": 9.0}) == (Words(0.3), Links(0.2))


@pytest.mark.parametrize("signal", [Meaning(), Words(), WordsAlone()], ids=lambda signal: signal.name)
def test_signals_of_texts_leave_entries_as_they_are(signal: Signal) -> None:
    assert on_entries(signal, features(bm25=[1.0] * 5)) == [0.6, 0.2, 0.1]


@pytest.mark.parametrize(
    "signal",
    [TrainingQueries(), Links(), Related(), Titles(), Phrases(), TermOverlap()],
    ids=lambda signal: signal.name,
)
def test_signals_of_entries_leave_texts_as_they_are(signal: Signal) -> None:
    everything = features(training=[1.0] * 3, named=[True] * 3, quoting=[True] * 5, overlap=[1.0] * 5)
    assert on_texts(signal, everything) == TEXTS.tolist()


def test_meaning_begins_with_the_cosines_whatever_there_was() -> None:
    assert on_texts(Meaning(), features(text_cosines=[0.1, NO, 0.3, 0.4])) == [0.1, NO, 0.3, 0.4]


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        # in French 0.6 + 0.3 * 1/4 = 0.675 is less than 0.5 + 0.3 = 0.8; in English 0.5 is less than 0.4 + 0.3
        ((1.0, 1.0), [0.5, 0.4, 0.6, 0.5]),
        # where half of the terms are known, 0.3 * 0.5 ** 2 = 0.075: 0.475 is less than 0.5
        ((1.0, 0.5), [0.5, 0.5, 0.6, 0.4]),
        # and 0.6 + 0.075 / 4 = 0.61875 is more than 0.5 + 0.075
        ((0.5, 1.0), [0.6, 0.4, 0.5, 0.5]),
        ((0.0, 0.0), [0.6, 0.5, 0.5, 0.4]),
    ],
)
def test_words_reorder_each_language_by_itself_as_far_as_it_knows_the_terms(
    known: tuple[float, float], expected: list[float]
) -> None:
    # texts are French, English, French, English; the best of them have 1, 0, 4 and 2
    found = features(known=known, bm25=[0.5, 1.0, 0.0, 4.0, 2.0])
    assert on_texts(Words(0.3), found) == expected


def test_words_of_no_weight_or_without_a_term_change_nothing() -> None:
    assert on_texts(Words(0.0), features(bm25=[0.5, 1.0, 0.0, 4.0, 2.0])) == TEXTS.tolist()
    assert on_texts(Words(0.3), FEATURES) == TEXTS.tolist()


def test_words_alone_score_by_bm25_and_find_nothing_else() -> None:
    assert on_texts(WordsAlone(), features(bm25=[0.5, 1.0, 0.0, 4.0, 2.0])) == [1.0, NO, 4.0, 2.0]


def test_training_queries_are_added_by_weight() -> None:
    found = features(training=[0.0, 0.5, -0.1])
    assert on_entries(TrainingQueries(1.2), found) == [0.6, 0.8, -0.02]
    assert on_entries(TrainingQueries(1.2), found, (0.6, NO, 0.1)) == [0.6, NO, -0.02]


def test_links_lift_half_the_way_to_what_shows_an_entry() -> None:
    assert on_entries(Links(0.5), FEATURES) == [0.6, 0.4, 0.1]
    assert on_entries(Links(0.5), FEATURES, (0.6, NO, 0.1)) == [0.6, NO, 0.1]
    assert on_entries(Links(0.0), FEATURES) == [0.6, 0.2, 0.1]


def test_related_entries_lift_half_the_way_to_the_better_one() -> None:
    assert on_entries(Related(0.5), FEATURES) == [0.6, 0.2, 0.15]
    assert on_entries(Related(0.5), FEATURES, (0.6, 0.4, 0.9)) == [0.6, 0.65, 0.9]
    assert on_entries(Related(0.5), FEATURES, (0.6, NO, 0.1)) == [0.6, NO, 0.1]


def test_what_a_query_names_gains_the_weight() -> None:
    assert on_entries(Titles(0.3), features(named=[False, True, True])) == [0.6, 0.5, 0.4]


def test_an_entry_gains_once_by_passages_that_quote() -> None:
    assert on_entries(Phrases(2.0), features(quoting=[True, False, True, False, False])) == [2.6, 0.2, 0.1]
    assert on_entries(Phrases(2.0), features(quoting=[False, False, False, False, True])) == [0.6, 0.2, 2.1]
    assert on_entries(Phrases(2.0), FEATURES) == [0.6, 0.2, 0.1]


def test_term_overlap_counts_from_its_share_on_by_the_passage_with_most() -> None:
    found = features(overlap=[0.2, 0.9, 0.1, 0.5, 0.6])
    assert on_entries(TermOverlap(2.0, above=0.5), found) == [0.6 + 2 * 0.4, 0.2, 0.1 + 2 * 0.1]
    assert on_entries(TermOverlap(2.0, above=0.9), found) == [0.6, 0.2, 0.1]
    assert on_entries(TermOverlap(1.0, above=0.0), found) == [1.5, 0.7, 0.7]


def test_terms_none_of_which_is_rare_lift_nothing() -> None:
    usual = features(overlap=[0.2, 0.9, 0.1, 0.5, 0.6], rare=[0, 0, 0, 0, 1])
    assert on_entries(TermOverlap(2.0, above=0.5), usual) == [0.6, 0.2, 0.1 + 2 * 0.1]


def test_an_entry_is_ranked_by_its_best_text_drawn_to_the_mean_of_both() -> None:
    assert fuse(FEATURES, [Meaning(mean=0.0)]).tolist() == [0.6, 0.5, 0.4]
    drawn = features(text_cosines=[0.3, 0.7, NO, 0.4])
    assert fuse(drawn, [Meaning(mean=0.0)]).tolist() == [0.7, NO, 0.4]
    assert fuse(drawn, [Meaning(mean=0.5)]).tolist() == pytest.approx([0.6, NO, 0.4])  # half the way to 0.5


def test_without_any_signal_meaning_is_left() -> None:
    assert fuse(FEATURES, []).tolist() == [0.6, 0.5, 0.4]


def test_signals_are_taken_one_after_the_other() -> None:
    best = Meaning(mean=0.0)
    found = features(training=[0.0, 0.0, 0.5], named=[True, False, False])
    # 2 has 0.4 + 0.5 = 0.9; then 1 is lifted from 0.5 to 0.55 by 0, and from there to 0.725 by 2
    assert fuse(found, [best, TrainingQueries(1.0), Links(0.5), Related(0.5)]).tolist() == pytest.approx(
        [0.6, 0.725, 0.9]
    )
    # links first: 1 has 0.55, and 2 is lifted to 0.475 by it
    assert fuse(found, [best, Links(0.5), Related(0.5), TrainingQueries(1.0)]).tolist() == pytest.approx(
        [0.6, 0.55, 0.975]
    )
    assert fuse(found, [Titles(0.3), best]).tolist() == pytest.approx([0.9, 0.5, 0.4])  # texts before entries


def test_words_alone_rank_by_bm25_of_the_best_text_and_nobody_else_is_found() -> None:
    assert fuse(features(bm25=[0.5, 1.0, 3.0, 0.0, 2.0]), [WordsAlone()]).tolist() == [3.0, NO, 2.0]


def test_what_may_not_answer_is_lifted_by_no_signal() -> None:
    found = features(
        text_cosines=[0.6, 0.5, NO, 0.4],
        training=[0.0, 1.0, 0.0],
        named=[False, True, False],
        quoting=[False, False, False, True, False],
        overlap=[0.0, 0.0, 0.0, 1.0, 0.0],
        bm25=[1.0, 0.0, 0.0, 4.0, 2.0],
    )
    assert fuse(found, SIGNALS)[1] == NO


def test_meaning_is_the_one_among_the_signals_or_the_usual_one() -> None:
    own = Meaning(best=(1.0,))
    assert meaning_of([Words(), own, Titles()]) is own
    assert meaning_of([WordsAlone()]) == Meaning(best=(1.0, 0.5, 0.3))


@pytest.mark.parametrize(
    ("evidence", "expected"),
    [
        (hit(apart=0.119), "meaning"),
        (hit(apart=0.0, words=0.54), "meaning"),
        (hit(apart=0.12, words=0.55), "words"),
        (hit(apart=0.119, words=0.55), "both"),
        (hit(), ""),  # training queries or links brought it: nothing is said
    ],
)
def test_a_hit_matched_by_meaning_from_near_the_best_and_by_words_from_more_than_half(
    evidence: HitEvidence, expected: str
) -> None:
    assert matched(SIGNALS, evidence) == expected


def test_a_hit_matches_by_no_signal_that_is_left_out() -> None:
    near = hit(apart=0.0, words=1.0)
    assert matched([Meaning(), Links()], near) == "meaning"
    assert matched([Words()], near) == "words"
    assert matched([WordsAlone()], hit()) == "words"


@pytest.mark.parametrize("signal", [TrainingQueries(), Links(), Related(), Titles(), Phrases(), TermOverlap()])
def test_other_signals_explain_no_hit_to_a_person(signal: Signal) -> None:
    assert not signal.explains(hit(apart=0.0, words=1.0))
