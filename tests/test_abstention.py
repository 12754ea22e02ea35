"""Whether anything is close enough, and what the strength of a hit is read from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from search.index.term_index import QueryTerms
from search.learning.calibration import HitEvidence, QueryEvidence
from search.learning.relevance_model import TrainingEvidence
from search.retrieval.abstention import hit_evidence, is_answered, query_evidence
from search.retrieval.candidates import FirstStage
from search.retrieval.features import Features
from search.retrieval.query_vectors import EncodedQuery
from search.retrieval.scoring import Scored
from search.retrieval.searcher import Searcher
from search.text.query import Query
from tests.by_hand import FEATURES, features
from tests.fakes import CALIBRATION, evidence, scored_by, tiny_searcher

NO = -np.inf
HALF = 0.5**0.5
ONE_AND_A_HALF = pytest.approx((1 + 0.3 * HALF) / 1.4)
NOTHING = QueryTerms((), 0.0)
ASKED = {"fr": QueryTerms(("trust",), 1.0), "en": NOTHING}
UNTAUGHT = TrainingEvidence(np.zeros(3), no_answer=0.0, out_of_scope=0.0)


def scored(
    found: Features,
    training: TrainingEvidence = UNTAUGHT,
    language: str | None = None,
    terms: Mapping[str, QueryTerms] = ASKED,
) -> Scored:
    """Score features by meaning alone, of a query in a language."""
    query = EncodedQuery(Query("?", language, ("?",), ()), np.zeros(4), np.zeros(4), np.zeros((1, 4)))
    first = FirstStage(query, terms, found.bm25, np.array([], dtype=np.int32), training)
    return Scored(first, found, found.entry_cosines, ())


def far(**changes: object) -> Scored:
    """The best cosine is 0.4: the calibration, which wants 0.5, would abstain."""
    return scored(features(**({"text_cosines": [0.4, 0.3, 0.2, 0.1]} | changes)))


def test_everything_is_answered_without_a_calibration() -> None:
    assert is_answered(None, far())


@pytest.mark.parametrize(("top", "answered"), [(0.5, True), (0.499, False)])
def test_a_calibration_decides_by_the_evidence(top: float, answered: bool) -> None:
    assert is_answered(CALIBRATION, far(text_cosines=[top, 0.3, 0.2, 0.1])) is answered


def test_a_quote_alone_is_no_answer() -> None:
    assert not is_answered(CALIBRATION, far(quoting=[False, False, False, False, True]))
    assert not is_answered(CALIBRATION, far())


def test_function_words_are_never_answered() -> None:
    close = features(text_cosines=[0.9, 0.3, 0.2, 0.1])
    assert is_answered(CALIBRATION, scored(close))
    assert not is_answered(CALIBRATION, scored(close, terms={"fr": NOTHING, "en": NOTHING}))
    assert is_answered(CALIBRATION, scored(close, terms={"fr": NOTHING, "en": QueryTerms(("help",), 1.0)}))


def test_thanks_are_never_answered() -> None:
    close = scored(features(text_cosines=[0.9, 0.3, 0.2, 0.1]))
    thanks = replace(close.first.query, query=Query("thanks", "en", ("thanks",), (), courtesy=True))
    assert not is_answered(CALIBRATION, replace(close, first=replace(close.first, query=thanks)))


def test_a_passage_of_usual_terms_alone_is_no_answer() -> None:
    usual = [0.0, 0.0, 1.0, 0.0, 0.0]
    assert not is_answered(CALIBRATION, far(overlap=usual, rare=[1, 1, 0, 1, 1]))
    assert is_answered(CALIBRATION, far(overlap=usual, rare=[0, 0, 1, 0, 0]))


def test_mended_terms_that_a_passage_has_together_bear_each_other_out() -> None:
    most = [0.1, 0.0, 0.9, 0.2, 0.0]
    assert is_answered(CALIBRATION, far(overlap=most, sure=(1.0, 0.0), rare=[0, 0, 2, 0, 0]))
    assert not is_answered(CALIBRATION, far(overlap=most, sure=(1.0, 0.0), rare=[2, 2, 1, 2, 2]))


def test_terms_that_were_mended_prove_nothing() -> None:
    # the passage with most terms, 0.9 of them, is English (row 2): half of the English terms were mended
    assert not is_answered(CALIBRATION, far(overlap=[0.1, 0.0, 0.9, 0.2, 0.0], sure=(1.0, 0.5)))
    assert is_answered(CALIBRATION, far(overlap=[0.1, 0.0, 0.9, 0.2, 0.0], sure=(0.5, 1.0)))


@pytest.mark.parametrize(("most", "answered"), [(0.8, True), (0.79, False)])
def test_a_passage_with_eight_in_ten_of_the_terms_is_an_answer(most: float, answered: bool) -> None:
    assert is_answered(CALIBRATION, far(overlap=[0.1, 0.0, most, 0.2, 0.0])) is answered


def test_evidence_of_a_query_comes_from_its_features_and_training_queries() -> None:
    found = features(known=(0.25, 0.75), overlap=[0.1, 0.0, 0.6, 0.2, 0.0])
    training = TrainingEvidence(np.array([-0.1, 0.7, 0.2]), no_answer=0.3, out_of_scope=0.4, leaning=1.5)
    assert query_evidence(scored(found, training, "en")) == QueryEvidence(
        leaning=1.5,
        answer=0.7,
        no_answer=0.3,
        overlap=0.6,
        top=0.6,
        gap=pytest.approx(0.6 - (0.5 + 0.4) / 2),
        known=0.75,
        out_of_scope=0.4,
        nearest=0.6,
        mean=pytest.approx((0.6 + 0.5 + 0.4) / 3),
    )


@pytest.mark.parametrize(
    ("texts", "top", "gap"),
    [
        ([NO, NO, 0.3, 0.1], 0.3, 0.3 - 0.1),  # who may not answer is not compared
        ([NO, NO, 0.3, NO], 0.3, 0.0),
        ([NO, NO, NO, NO], 0.0, 0.0),
        ([-0.2, NO, -0.4, -0.6], -0.2, 0.3),
    ],
)
def test_the_best_is_compared_with_the_others_there_are(texts: list[float], top: float, gap: float) -> None:
    found = query_evidence(scored(features(text_cosines=texts)))
    assert (found.top, found.gap) == (top, pytest.approx(gap))


def test_the_best_is_compared_with_the_next_nine_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("search.retrieval.abstention.COMPARED", 2)
    assert query_evidence(scored(FEATURES)).gap == pytest.approx(0.6 - 0.5)


def test_evidence_is_plain_numbers() -> None:
    assert {type(value) for value in query_evidence(scored(FEATURES)).features()} == {float}


@pytest.mark.parametrize(
    ("query", "out_of_scope"), [("trust", 0.0), ("money", 0.0), ("building", 1.0), ("zeppelin", 0.0)]
)
def test_the_nearest_training_query_that_nothing_answers_is_evidence(
    taught_searcher: Searcher, query: str, out_of_scope: float
) -> None:
    found, _ = evidence(taught_searcher, query)
    assert found.out_of_scope == pytest.approx(out_of_scope, abs=1e-3)  # vectors are kept in half precision


def test_where_training_queries_lie_is_evidence(taught_searcher: Searcher, searcher: Searcher) -> None:
    # of cosines 1 and 0 the kernels of concentration 20 are 1 and 2e-9, whose logs are 0 and -20
    leaning = {query: evidence(taught_searcher, query)[0].leaning for query in ("trust", "building")}
    assert leaning["trust"] > 19 and leaning["building"] < -19
    assert evidence(searcher, "trust")[0].leaning is None


@pytest.mark.parametrize(
    ("query", "little"),
    [("trust", False), ("the trust", False), ("trust and money", False), ("how is that trust", True), ("how so", True)],
)
def test_a_query_of_function_words_says_little(searcher: Searcher, query: str, little: bool) -> None:
    assert evidence(searcher, query)[0].says_little is little


@pytest.mark.parametrize(
    "text",
    [
        "Lille",
        "lille",
        "LILLE",
        "à la ville de Lille",
        "Lille, France",
        "Lille (France)",
        "Gent et Lille",
        "The Lille barracks",
        "la caserne de lille",
    ],
)
def test_a_place_or_a_title_alone_is_answered_by_what_is_called_so(tmp_path: Path, text: str) -> None:
    silent = replace(CALIBRATION, abstain_below=0.999)
    assert "lille-barracks" in [hit.entry.id for hit in tiny_searcher(tmp_path, silent).search(text).hits]


@pytest.mark.parametrize("text", ["barracks", "Lille and something else", "Lyon", "thanks"])
def test_what_is_only_part_of_a_name_or_names_nothing_is_not_answered_for_it(tmp_path: Path, text: str) -> None:
    silent = replace(CALIBRATION, abstain_below=0.999)
    assert tiny_searcher(tmp_path, silent).search(text).hits == ()


def test_what_a_filter_leaves_out_answers_nothing(tmp_path: Path) -> None:
    silent = replace(CALIBRATION, abstain_below=0.999)
    assert tiny_searcher(tmp_path, silent).search("Lille", kinds=["practice"]).hits == ()


def test_training_queries_do_not_count_in_the_best_cosine(taught_searcher: Searcher, searcher: Searcher) -> None:
    taught, plain = (evidence(one, "trust")[0] for one in (taught_searcher, searcher))
    assert (taught.top, taught.gap) == (plain.top, plain.gap)


def test_links_do_not_count_in_the_best_cosine(linked_searcher: Searcher, searcher: Searcher) -> None:
    assert evidence(linked_searcher, "trust")[0] == evidence(searcher, "trust")[0]


def test_evidence_is_the_numbers_a_calibration_reads(searcher: Searcher) -> None:
    query, hits = evidence(searcher, "trust zeppelin", k=2)
    others = [(1 + 0.3 * HALF) / 1.4] * 2 + [1 / 1.4, 0.0, 0.0]
    assert query == QueryEvidence(
        leaning=None,
        answer=0.0,
        no_answer=0.0,
        overlap=0.0,  # 8 of 28 English passages have "trust", none "zeppelin": neither is rare
        top=1.0,
        gap=pytest.approx(1 - sum(others) / 5),
        known=0.5,
        nearest=1.0,
        mean=pytest.approx((1.0 + sum(others)) / 6),
    )
    assert hits == (
        ("commitment-charter", HitEvidence(score=1.0, below_top=0.0, words=0.5, across=0.0)),
        (
            "brussels-budget",
            HitEvidence(
                score=ONE_AND_A_HALF,
                below_top=pytest.approx(0.4 / 1.4 - 0.3 * HALF / 1.4),
                words=0.5,
                across=0.0,
                apart=pytest.approx(0.4 / 1.4 - 0.3 * HALF / 1.4),  # both are ranked by meaning alone
            ),
        ),
    )


def test_the_evidence_of_a_hit_is_what_it_is_ranked_by(linked_searcher: Searcher) -> None:
    _, hits = evidence(linked_searcher, "trust")
    assert dict(hits)["lille-barracks"] == HitEvidence(
        score=pytest.approx(0.5),
        below_top=pytest.approx(0.5),
        words=0.0,
        across=0.0,
        apart=1.0,  # lifted by links
    )


def test_a_hit_whose_nearest_passage_is_in_the_other_language_is_across(searcher: Searcher) -> None:
    # the garden network is in French only
    for text, across in (
        ("We would like to meet in the garden of our neighbours", 1.0),
        ("Nous voudrions nous retrouver dans le jardin de nos voisins", 0.0),
        ("garden", 0.0),  # a query of no language
    ):
        assert dict(evidence(searcher, text)[1])["garden-network"].across == across
    # in both languages the barracks are equally near, and the first passage is in French
    assert (
        dict(evidence(searcher, "Nous voudrions partager le bâtiment avec nos voisins")[1])["lille-barracks"].across
        == 0
    )


def test_words_of_a_hit_are_those_of_the_passage_with_the_best_bm25(searcher: Searcher) -> None:
    # money and trust stand in one passage of the Brussels case, money in one of the barracks
    scored = scored_by(searcher, "money trust zeppelin")
    brussels, barracks, garden = hit_evidence(searcher.index, scored, [0, 3, 2])
    assert (brussels.words, barracks.words, garden.words) == (pytest.approx(2 / 3), pytest.approx(1 / 3), 0.0)


def test_how_far_a_hit_is_below_the_best_counts_what_a_filter_hides(searcher: Searcher) -> None:
    scored = scored_by(searcher, "trust", kinds={"condition"})
    [condition] = hit_evidence(searcher.index, scored, scored.best(1))
    assert condition.below_top == pytest.approx(1 - (1 + 0.3 * HALF) / 1.4)


def test_no_hit_has_no_evidence(searcher: Searcher) -> None:
    assert hit_evidence(searcher.index, scored_by(searcher, "trust"), []) == []
