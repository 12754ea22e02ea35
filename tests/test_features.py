"""A query compared with its candidates, over the tiny corpus; its table of cosines is in fakes.py."""

from __future__ import annotations

from collections.abc import Collection
from math import log

import numpy as np
import pytest

from search.index.metadata import CandidateSet
from search.retrieval.candidates import first_stage, quoting_passages
from search.retrieval.features import Features, compare
from search.retrieval.filters import select
from search.retrieval.query_vectors import encode
from search.retrieval.searcher import Searcher
from search.text.query import parse
from tests.by_hand import features as by_hand
from tests.fakes import ENGLISH_ROWS

NO = -np.inf
HALF = 0.5**0.5
TRUST = {
    **dict.fromkeys([4, 9, 10, 11, 15, 17, 18, 22, 41, 48, 52, 56], 1.0),
    **dict.fromkeys([2, 7, 53, 57], HALF),  # beside money
}
"""Row of each passage that speaks of trust, and its cosine with "trust"."""

SAYS_TRUST = [7, 9, 17, 18, 22, 48, 56, 57]
"""Rows of the English ones among them: 8 of 28 English passages have the word."""

BARRACKS, CHARTER, GARDEN = 3, 1, 2
"""Rows of entries."""


def features_of(
    searcher: Searcher,
    text: str,
    candidates: CandidateSet | None = None,
    *,
    titles: bool = False,
    **filters: Collection[str],
) -> Features:
    """Compare a query with everything or with some candidates; what is named counts only if ``titles``."""
    index = searcher.index
    selection = select(filters, index.metadata, index.vocabulary)
    first = first_stage(index, encode(parse(text), searcher.encoder), titles=titles, spelling=True)
    quoting = quoting_passages(index, first, selection)
    some = candidates or index.metadata.whole
    return compare(index, first, some, selection, quoting=quoting, best=(1.0, 0.3, 0.1))


def test_every_passage_has_its_cosine(searcher: Searcher) -> None:
    expected = [TRUST.get(row, 0.0) for row in range(60)]
    assert features_of(searcher, "trust").cosines.tolist() == pytest.approx(expected)
    assert features_of(searcher, "confiance").cosines.tolist() == pytest.approx(expected)


def test_a_passage_in_a_language_left_out_has_no_cosine_and_no_term(searcher: Searcher) -> None:
    english = features_of(searcher, "trust", languages={"en"})
    assert english.cosines.tolist() == pytest.approx(
        [TRUST.get(row, 0.0) if row in ENGLISH_ROWS else NO for row in range(60)]
    )
    french = features_of(searcher, "trust", languages={"fr"})
    assert french.cosines[SAYS_TRUST].tolist() == [NO] * 8
    assert np.flatnonzero(features_of(searcher, "trust").bm25).tolist() == SAYS_TRUST
    assert np.flatnonzero(french.bm25).tolist() == np.flatnonzero(french.overlap).tolist() == []


def test_filters_of_entries_say_who_may_answer_and_leave_the_comparison_as_it_was(searcher: Searcher) -> None:
    cases, free = features_of(searcher, "trust", kinds={"case"}), features_of(searcher, "trust")
    assert cases.allowed.tolist() == [True, False, False, True, False, False]
    assert free.allowed.tolist() == [True] * 6
    assert cases.cosines.tolist() == free.cosines.tolist()
    assert cases.bm25.tolist() == free.bm25.tolist()


def test_a_text_has_the_weighted_mean_of_its_best_passages(searcher: Searcher) -> None:
    mixed, one = pytest.approx((1 + 0.3 * HALF) / 1.4), pytest.approx(1 / 1.4)
    # brussels, charter, barracks, budget and condition in French then English; the garden network in French only
    assert features_of(searcher, "trust").text_cosines.tolist() == [
        mixed, mixed, pytest.approx(1), pytest.approx(1), 0.0, 0.0, 0.0, one, one, mixed, mixed,
    ]  # fmt: skip
    assert features_of(searcher, "trust", languages={"en"}).text_cosines.tolist() == [
        NO, mixed, NO, pytest.approx(1), NO, NO, 0.0, NO, one, NO, mixed,
    ]  # fmt: skip


def test_an_entry_has_the_cosine_of_its_best_text(searcher: Searcher) -> None:
    mixed, one = pytest.approx((1 + 0.3 * HALF) / 1.4), pytest.approx(1 / 1.4)
    assert features_of(searcher, "trust").entry_cosines.tolist() == [mixed, pytest.approx(1), 0.0, 0.0, one, mixed]
    assert features_of(searcher, "trust", languages={"en"}).entry_cosines.tolist() == [
        mixed, pytest.approx(1), NO, 0.0, one, mixed,
    ]  # fmt: skip
    assert by_hand(text_cosines=[0.1, 0.7, NO, 0.4]).entry_cosines.tolist() == [0.7, NO, 0.4]


def test_the_terms_a_language_knows_and_a_passage_has_are_shares_of_those_asked(searcher: Searcher) -> None:
    found = features_of(searcher, "trust zeppelin")
    trust, zeppelin = log(1 + 28 / 8.5), log(1 + 28 / 0.5)  # no text has the second
    assert found.known == (0.0, 0.5)
    share = trust / (trust + zeppelin)
    assert found.overlap.tolist() == pytest.approx([share if row in SAYS_TRUST else 0.0 for row in range(60)])


def test_a_text_has_the_best_bm25_of_its_passages(searcher: Searcher) -> None:
    assert by_hand(bm25=[1.0, 3.0, 0.0, 2.0, 4.0]).text_bm25.tolist() == [3.0, 0.0, 2.0, 4.0]
    found = features_of(searcher, "trust")
    best = [0, max(found.bm25[[7, 9]]), 0, max(found.bm25[[17, 18, 22]]), 0, 0, 0, 0, found.bm25[48], 0]
    assert found.text_bm25.tolist() == [*best, max(found.bm25[[56, 57]])]


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("trust", []),
        ('"sans confiance"', [11]),
        ("« SANS  Confiance » et argent", [11]),
        ('"sans confiance" "promesse"', [11]),
        ('"sans confiance" "argent"', []),  # each is somewhere, both nowhere
        ('"la caserne"', [28, 29, 30, 31, 32]),  # a title goes with every passage
        ('"zeppelin"', []),
    ],
)
def test_a_passage_quotes_when_it_has_every_phrase(searcher: Searcher, text: str, rows: list[int]) -> None:
    assert np.flatnonzero(features_of(searcher, text).quoting).tolist() == rows
    assert np.flatnonzero(features_of(searcher, text, languages={"en"}).quoting).tolist() == []


def test_a_part_of_the_library_is_compared_as_the_whole_is(searcher: Searcher) -> None:
    part = searcher.index.metadata.part(np.array([CHARTER, BARRACKS]))
    rows = [*range(10, 24), *range(28, 38)]
    text = 'trust "sans confiance"'
    some, all_ = features_of(searcher, text, part, kinds={"case"}), features_of(searcher, text, kinds={"case"})
    assert some.cosines.tolist() == pytest.approx([TRUST.get(row, 0.0) for row in rows])
    for name in ("bm25", "overlap", "quoting"):
        assert getattr(some, name).tolist() == getattr(all_, name)[rows].tolist()
    assert np.flatnonzero(some.quoting).tolist() == [1]  # the charter's description
    assert some.allowed.tolist() == [False, True]
    assert some.entry_cosines.tolist() == [pytest.approx(1), 0.0]
    assert some.known == all_.known


def test_in_a_large_library_only_whole_words_are_quoted(searcher: Searcher, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("search.retrieval.candidates.ALL_TO", 0)
    part = searcher.index.metadata.part(np.array([CHARTER]))
    assert features_of(searcher, '"sans confiance"', part).quoting.any()
    assert not features_of(searcher, '"sans confi"', part).quoting.any()


def test_the_passages_searched_of_an_entry_are_those_in_the_languages_wanted(searcher: Searcher) -> None:
    free, english = features_of(searcher, "trust"), features_of(searcher, "trust", languages={"en"})
    assert free.searched(CHARTER).tolist() == list(range(10, 24))
    assert english.searched(CHARTER).tolist() == list(range(17, 24))
    assert free.searched(GARDEN).tolist() == [24, 25, 26, 27]
    assert english.searched(GARDEN).tolist() == []


def test_what_a_query_names_is_known_and_pulls_the_query_towards_it(searcher: Searcher) -> None:
    found = features_of(searcher, "Lille", titles=True)
    assert found.named.tolist() == [False, False, False, True, False, False]
    # two of its five passages in a language speak of the building, one of building and money: their mean's direction
    building, money = np.array([2 + HALF, HALF]) / np.hypot(2 + HALF, HALF)
    assert found.cosines[[28, 29, 30, 31, 38, 41]].tolist() == pytest.approx(
        [building, building, (building + money) * HALF, 0.0, money, 0.0], abs=1e-6
    )
    assert not features_of(searcher, "Lille").named.any()
    assert features_of(searcher, "Lille").cosines.tolist() == [0.0] * 60


def test_training_queries_speak_for_the_entries_they_name(taught_searcher: Searcher) -> None:
    # as in conftest.py: both texts of the garden network's query weigh 0.4163, and are alike by 1 and 0.4018
    expected = [0.0, 0.0, 0.4163 * 1 + 0.4163 * 0.4018, 0.0, 0.0, 0.0]
    assert features_of(taught_searcher, "trust").training.tolist() == pytest.approx(expected, abs=1e-3)
    part = taught_searcher.index.metadata.part(np.array([GARDEN, BARRACKS]))
    assert features_of(taught_searcher, "trust", part).training.tolist() == pytest.approx([0.5836, 0.0], abs=1e-3)
