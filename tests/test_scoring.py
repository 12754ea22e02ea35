"""Candidates are ranked first, filtered afterwards."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from search.retrieval.filters import select
from search.retrieval.query_vectors import encode
from search.retrieval.scoring import Scored, score
from search.retrieval.searcher import Searcher
from search.retrieval.signals import Meaning, Signal, Titles
from search.text.query import parse
from tests.by_hand import features
from tests.fakes import ENTRY_IDS, scored_by

NO = -np.inf
HALF = 0.5**0.5
MIXED = (1 + 0.3 * HALF) / 1.4  # a passage at 1, one at 0.7071, one at 0
TRUST = [MIXED, 1.0, 0.0, 0.0, 1 / 1.4, MIXED]
"""Of each entry in order of id, by meaning."""


@pytest.fixture
def tied(searcher: Searcher) -> Scored:
    """Three entries, of which the first and the last have the same score and the second is not found."""
    return dataclasses.replace(scored_by(searcher, "trust"), features=features(), scores=np.array([0.4, NO, 0.4]))


def test_the_best_are_in_order_of_score_then_id(searcher: Searcher, tied: Scored) -> None:
    assert [ENTRY_IDS[row] for row in scored_by(searcher, "trust").best(4)] == [
        "commitment-charter",
        "brussels-budget",
        "trust-first",
        "participatory-budget",
    ]
    assert tied.best(1) == [0]
    assert [type(row) for row in tied.best(1)] == [int]


def test_an_entry_that_is_not_found_is_not_among_the_best_however_many_are_wanted(tied: Scored) -> None:
    assert tied.best(3) == tied.best(100) == [0, 2]


def test_a_filter_hides_an_entry_from_the_best_and_leaves_its_score(tied: Scored) -> None:
    hidden = dataclasses.replace(tied, features=features(allowed=[False, True, True]))
    assert hidden.best(3) == [2]
    nobody = dataclasses.replace(tied, features=features(allowed=[False, False, False]))
    assert nobody.best(3) == []


def test_scores_leave_filters_of_entries_aside(searcher: Searcher) -> None:
    cases = scored_by(searcher, "trust", kinds={"case"})
    assert cases.scores.tolist() == pytest.approx(TRUST)
    assert [ENTRY_IDS[row] for row in cases.best(6)] == ["brussels-budget", "lille-barracks"]


def test_an_entry_without_a_text_in_the_language_wanted_has_no_score(searcher: Searcher) -> None:
    english = scored_by(searcher, "trust", languages={"en"})
    assert english.scores.tolist() == pytest.approx([MIXED, 1.0, NO, 0.0, 1 / 1.4, MIXED])
    assert sorted(english.best(6)) == [0, 1, 3, 4, 5]


def scored_with(searcher: Searcher, text: str, signals: tuple[Signal, ...], *, spelling: bool = True) -> Scored:
    selection = select({}, searcher.index.metadata, searcher.vocabulary)
    return score(searcher.index, encode(parse(text), searcher.encoder), selection, signals, spelling=spelling)


def test_passages_count_as_the_signal_of_meaning_says(searcher: Searcher) -> None:
    alone = scored_with(searcher, "trust", (Meaning(best=(1.0,)),))
    assert alone.scores.tolist() == pytest.approx([1.0, 1.0, 0.0, 0.0, 1.0, 1.0])
    two = scored_with(searcher, "trust", (Meaning(best=(1.0, 1.0)),))
    assert two.scores.tolist() == pytest.approx([(1 + HALF) / 2, 1.0, 0.0, 0.0, 0.5, (1 + HALF) / 2])


@pytest.mark.parametrize(
    ("signals", "named"),
    [((Meaning(), Titles(0.3)), [3]), ((Meaning(), Titles(0.0)), []), ((Meaning(),), [])],
    ids=["titles", "of no weight", "without"],
)
def test_names_are_looked_for_when_titles_count(
    searcher: Searcher, signals: tuple[Signal, ...], named: list[int]
) -> None:
    found = scored_with(searcher, "Lille", signals)
    assert found.first.named.tolist() == named
    assert bool(found.first.query.vector.any()) is bool(named)  # the query is drawn towards what it names
    assert found.signals == signals


def test_a_misspelt_word_is_mended_unless_it_is_left(searcher: Searcher) -> None:
    mended = scored_with(searcher, "barraks", (Meaning(),))
    assert np.flatnonzero(mended.features.bm25).tolist() == [33, 34, 35, 36, 37]  # the title goes with each passage
    assert not scored_with(searcher, "barraks", (Meaning(),), spelling=False).features.bm25.any()
