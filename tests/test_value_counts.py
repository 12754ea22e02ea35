"""How many entries each value of a filter would leave, counted by hand over the tiny corpus."""

from __future__ import annotations

import pytest

from search.errors import UnknownFilterError
from search.retrieval.searcher import Searcher
from search.retrieval.value_counts import value_counts


def test_each_value_is_counted_with_the_practices_that_cases_show(searcher: Searcher) -> None:
    counts = value_counts(searcher.index)
    assert counts["kinds"] == {"case": 2, "practice": 2, "resource": 1, "condition": 1}
    # France: the barracks, the network, and the charter that the barracks show; Belgium: the vote and the budget
    assert counts["countries"] == {"france": 3, "belgium": 2}
    assert counts["outcomes"] == {"succeeded": 2, "stalled": 2}
    assert counts["languages"] == {"fr": 6, "en": 5}  # the network is in French only


def test_other_filters_hold_and_the_filter_itself_does_not(searcher: Searcher) -> None:
    counts = value_counts(searcher.index, kinds=["case"], countries=["france"])
    assert counts["kinds"] == {"case": 1, "resource": 1, "practice": 1}  # in France
    assert counts["countries"] == {"belgium": 1, "france": 1}  # of the cases
    assert counts["outcomes"] == {"succeeded": 1}


def test_a_count_is_what_choosing_the_value_leaves(searcher: Searcher) -> None:
    for name, counts in value_counts(searcher.index, phases=["launch"]).items():
        for value, count in counts.items():
            chosen = {name: [value]} if name == "phases" else {"phases": ["launch"], name: [value]}
            assert len(searcher.matching(**chosen)) == count, (name, value)


def test_a_filter_nobody_knows_is_refused(searcher: Searcher) -> None:
    with pytest.raises(UnknownFilterError):
        value_counts(searcher.index, countries=["narnia"])
