"""What a measurement compares: other signals, none of one kind, fewer training queries."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from search.evaluation.variants import (
    COLUMNS,
    EVERYTHING,
    ablations,
    only,
    taught_by,
    with_fewer_training_queries,
    with_signals,
    without,
)
from search.library.training_queries import TrainingQuery, read_training_queries
from search.retrieval.searcher import Searcher
from search.retrieval.signals import (
    SIGNALS,
    Links,
    Meaning,
    Phrases,
    Related,
    Signal,
    TrainingQueries,
    Words,
    WordsAlone,
)
from tests.fakes import TRAINING_QUERIES, CountingEncoder, scored_by, tiny_index, write_corpus, write_training_queries

QUERIES = [
    TrainingQuery(tuple(query["entries"]), {language: str(query[language]) for language in ("fr", "en")})
    for query in TRAINING_QUERIES
]
GARDEN = 2
"""Row of the garden network."""


def names(signals: tuple[Signal, ...]) -> list[str]:
    return [signal.name for signal in signals]


@pytest.fixture(scope="module")
def other(taught_searcher: Searcher) -> Searcher:
    """A searcher that is no usual one: two signals of its own weights, no spelling mended."""
    return Searcher(
        taught_searcher.index, taught_searcher.encoder, signals=(Meaning(best=(1.0, 0.2)), Links(0.1)), spelling=False
    )


def test_columns_add_to_one_another_up_to_everything() -> None:
    lexical = ["words", "titles", "phrases", "term overlap"]
    assert {name: names(signals) for name, signals in COLUMNS.items()} == {
        "words alone": ["words alone"],
        "vectors alone": ["meaning"],
        "vectors and words": ["meaning", *lexical],
        "with training queries": ["meaning", "words", "training queries", *lexical[1:]],
        "everything": ["meaning", "words", "training queries", "links", "related entries", *lexical[1:]],
    }
    assert COLUMNS[EVERYTHING] is SIGNALS
    assert COLUMNS["words alone"] == (WordsAlone(),)


def test_some_signals_keep_their_weights_and_their_order() -> None:
    assert only(Links, Meaning) == (SIGNALS[0], SIGNALS[3])
    assert SIGNALS[0] == Meaning(best=(1.0, 0.5, 0.3))
    assert names(without(Links, Related, Meaning)) == ["words", "training queries", "titles", "phrases", "term overlap"]
    assert only() == ()
    assert without() == SIGNALS


def test_a_searcher_with_other_signals_is_the_same_otherwise(other: Searcher) -> None:
    found = with_signals(other, [Words(), Phrases()])
    assert found.signals == (Words(), Phrases())
    assert (found.index, found.encoder, found.spelling) == (other.index, other.encoder, False)


def test_an_ablation_leaves_one_signal_after_the_other_out(searcher: Searcher) -> None:
    whole = with_signals(searcher, SIGNALS)
    found = dict(ablations(whole))
    assert list(found) == [
        "as it is",
        "without words",
        "without training queries",
        "without links",
        "without related entries",
        "without titles",
        "without phrases",
        "without term overlap",
        "without mended spelling",
        "the best passage alone",
    ]
    assert found["as it is"] is whole
    for signal in SIGNALS[1:]:
        assert found[f"without {signal.name}"].signals == tuple(one for one in SIGNALS if one != signal)
    assert found["the best passage alone"].signals == (Meaning(best=(1.0,)), *SIGNALS[1:])
    assert found["without mended spelling"].signals == SIGNALS
    assert {name: one.spelling for name, one in found.items() if not one.spelling} == {"without mended spelling": False}


def test_an_ablation_is_of_the_searcher_that_is_measured(other: Searcher) -> None:
    found = dict(ablations(other))
    assert {name: one.signals for name, one in found.items()} == {
        "as it is": other.signals,
        "without links": (Meaning(best=(1.0, 0.2)),),
        "without mended spelling": other.signals,
        "the best passage alone": (Meaning(best=(1.0,)), Links(0.1)),
    }
    assert not any(one.spelling for one in found.values())


def training(searcher: Searcher, text: str = "trust") -> list[float]:
    """How likely each entry is to answer, as training queries teach."""
    likely: list[float] = scored_by(searcher, text).features.training.tolist()
    return likely


def test_a_searcher_can_be_taught_by_some_of_the_training_queries(taught_searcher: Searcher) -> None:
    first, others = taught_by(taught_searcher, QUERIES[:1]), taught_by(taught_searcher, QUERIES[1:])
    assert training(first)[GARDEN] == pytest.approx(0.5836, abs=1e-3)  # as in conftest.py
    assert training(others) == [0.0] * 6
    # one text alone at 1 has the weight that solves (1 + 1) w = 1
    one_telling = replace(QUERIES[0], texts={"fr": QUERIES[0].texts["fr"]})
    assert training(taught_by(taught_searcher, [one_telling]))[GARDEN] == pytest.approx(0.5, abs=1e-3)
    assert training(taught_by(taught_searcher, [])) == [0.0] * 6


def test_who_is_taught_by_fewer_is_the_same_otherwise(other: Searcher) -> None:
    taught = taught_by(other, QUERIES[:1])
    assert (taught.signals, taught.encoder, taught.spelling) == (other.signals, other.encoder, False)
    assert taught.index.term_index is other.index.term_index
    assert len(other.index.relevance.answers) == 6  # the one before keeps what it has learned


@pytest.fixture(scope="module")
def eight(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Searcher]:
    """The tiny corpus with eight training queries, each answered by nothing but its own number."""
    folder = tmp_path_factory.mktemp("eight")
    corpus = write_corpus(folder / "corpus")
    write_training_queries(corpus, *({"entries": [f"{n}"], "fr": f"Numéro {n}.", "en": f"No {n}."} for n in range(8)))
    signals = (Meaning(), TrainingQueries())
    return corpus, Searcher(tiny_index(folder, corpus=corpus), CountingEncoder(), signals=signals)


def test_each_share_of_the_training_queries_holds_the_one_before_in_both_languages(
    eight: tuple[Path, Searcher],
) -> None:
    corpus, searcher = eight
    shares = (0.0, 0.25, 0.5, 1.0)
    found = list(with_fewer_training_queries(searcher, read_training_queries(corpus), shares))
    assert [count for count, _ in found] == [0, 2, 4, 8]
    taught = [[name for [name] in one.index.relevance.answers] for _, one in found]
    assert taught[3] == [f"{n}" for n in range(8) for _ in range(2)]
    for before, after in pairwise(taught):
        assert set(before) < set(after)
        assert len(after) == 2 * len(set(after))
    again = list(with_fewer_training_queries(searcher, read_training_queries(corpus), (0.5,)))
    assert again[0][1].index.relevance.answers == found[2][1].index.relevance.answers
    assert taught[2] != taught[3][:8]  # drawn, not the first of them
