"""The vectors of a query, with an encoder whose vectors are worked out by hand; see fakes.py."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from search.retrieval.query_vectors import EncodedQuery, as_query, encode, encode_all, unit
from search.text.query import PIECE, Query, parse
from tests.fakes import CountingEncoder

HALF = 0.5**0.5
TRUST, MONEY = [1.0, 0.0, 0.0, 0.0], [0.0, 1.0, 0.0, 0.0]


class Listening(CountingEncoder):
    """Remembers what it was asked to encode."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[list[str]] = []

    def encode_query(self, texts: Sequence[str]) -> np.ndarray:
        self.asked.append(list(texts))
        return super().encode_query(texts)


def test_a_query_of_one_clause_has_one_vector_encoded_once() -> None:
    encoder = Listening()
    found = encode(parse("trust and money"), encoder)
    assert found.query == parse("trust and money")
    assert found.vector.tolist() == pytest.approx([HALF, HALF, 0.0, 0.0])
    assert found.clause_vectors.tolist() == [found.vector.tolist()]
    assert encoder.asked == [["trust and money."]]


def test_every_clause_has_its_vector() -> None:
    found = encode(parse("We have no trust in them, but the money is there"), CountingEncoder())
    assert found.query.clauses == ("We have no trust in them,", "but the money is there")
    assert found.vector.tolist() == pytest.approx([HALF, HALF, 0.0, 0.0])
    assert found.clause_vectors.tolist() == [TRUST, MONEY]


def test_the_pieces_of_a_long_query_count_the_same_each() -> None:
    encoder = Listening()
    # three pieces: trust and trust again, money once; unit rows of each, so their mean points to 2 against 1
    text = " ".join(f"{word} {'x' * (PIECE - len(word) - 2)}." for word in ("Trust", "Trust trust trust", "Money"))
    found = encode(parse(text), encoder)
    assert [len(piece) for piece in encoder.asked[0]] == [PIECE] * 3
    assert found.vector.tolist() == pytest.approx([2 / 5**0.5, 1 / 5**0.5, 0.0, 0.0])
    assert found.clause_vectors.shape == (3, 4)


def test_a_query_that_says_nothing_known_has_no_direction() -> None:
    assert encode(parse("zeppelin"), CountingEncoder()).vector.tolist() == [0.0] * 4


@pytest.mark.parametrize(
    ("vector", "clause"),
    [
        ([1.0, 0.2, 0.0, 0.0], "no trust"),  # 1, and 0.85 of the whole
        ([0.2, 1.0, 0.0, 0.0], "no money"),
        ([0.5, 0.5, 0.0, 0.0], ""),  # 0.5 of either, 0.71 of the whole
        ([0.34, 0.0, 0.0, 0.0], "no trust"),
        ([0.32, 0.0, 0.0, 0.0], ""),  # ahead of the other, and far away itself
        ([0.0] * 4, ""),
    ],
)
def test_the_nearest_clause_is_told_when_it_is_nearer_than_the_whole(vector: list[float], clause: str) -> None:
    query = Query("no trust. no money", None, ("no trust", "no money"), ())
    found = EncodedQuery(
        query,
        unit(np.array(TRUST) + np.array(MONEY)),
        unit(np.array(TRUST) + np.array(MONEY)),
        np.array([TRUST, MONEY]),
    )
    assert found.clause_nearest(np.array(vector)) == clause


def test_a_clause_that_only_says_who_somebody_is_answers_nothing() -> None:
    query = Query("I run a trust, no money", None, ("I run a trust", "no money"), ())
    found = EncodedQuery(query, unit(np.array(TRUST)), unit(np.array(TRUST)), np.array([TRUST, MONEY]))
    assert found.clause_nearest(np.array(TRUST)) == ""
    assert found.clause_nearest(np.array(MONEY)) == "no money"


def test_a_query_of_one_clause_has_no_nearest() -> None:
    assert encode(parse("trust"), CountingEncoder()).clause_nearest(np.array(TRUST)) == ""


def test_a_vector_is_searched_as_a_query_of_one_clause_that_quotes_nothing() -> None:
    text = 'The "garden" network. Trust, and then money too'
    found = as_query(text, np.array([3.0, 4.0]))
    assert found.query == Query(text, None, (text,), ())
    assert found.vector.tolist() == pytest.approx([0.6, 0.8])
    assert found.clause_vectors.tolist() == [found.vector.tolist()]
    assert found.clause_nearest(found.vector) == ""


def test_a_unit_vector_is_of_length_one_in_32_bits_and_zeros_stay() -> None:
    given = np.array([3.0, -4.0])
    assert unit(given).tolist() == pytest.approx([0.6, -0.8])
    assert unit(given).dtype == np.float32
    assert given.tolist() == [3.0, -4.0]
    assert unit(np.zeros(2)).tolist() == [0.0, 0.0]


class Turning(CountingEncoder):
    """Expects the answers to what is said of trust where money lies."""

    def towards_answers(self, vector: np.ndarray) -> np.ndarray:
        return vector[[1, 0, 2, 3]]


def test_passages_are_compared_with_where_answers_are_expected_all_else_with_what_was_said() -> None:
    alone = encode(parse("trust"), Turning())
    assert (alone.vector.tolist(), alone.sought.tolist()) == (TRUST, MONEY)
    assert alone.clause_vectors.tolist() == [TRUST]
    assert [one.sought.tolist() for one in encode_all([parse("trust"), parse("money")], Turning())] == [MONEY, TRUST]


def test_without_a_map_what_was_said_is_what_is_sought() -> None:
    assert encode(parse("trust"), CountingEncoder()).sought.tolist() == TRUST
    assert as_query("a passage", np.array(MONEY)).sought.tolist() == MONEY


def test_a_known_vector_of_what_somebody_typed_is_turned_one_of_an_entry_is_not() -> None:
    assert as_query("trust", np.array(TRUST), Turning()).sought.tolist() == MONEY
    assert as_query("trust", np.array(TRUST)).sought.tolist() == TRUST
