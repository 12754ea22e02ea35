"""Where a situation stands, read by models that can be worked out by hand."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from pathlib import Path

import numpy as np
import pytest

from search.errors import EmptyQueryError, UnknownFilterError
from search.learning.calibration import Logistic
from search.learning.situation_model import FEWEST_EXAMPLES, Reading, Situation, SituationModel, stated
from search.retrieval.searcher import Searcher
from search.text.query import clauses
from tests.fakes import CountingEncoder, tiny_index, tiny_searcher, write_corpus, write_training_queries

LAUNCH = Logistic(intercept=-5.0, weights=(10.0, 0.0, 0.0, 0.0))  # one half where "trust" is half the vector
UPKEEP = Logistic(intercept=-5.0, weights=(0.0, 10.0, 0.0, 0.0))  # the same for "money"
MODEL = SituationModel(phases={"launch": LAUNCH}, conditions={"gather-resources": UPKEEP})


def read(text: str) -> Situation:
    encoder = CountingEncoder()
    parts = clauses(text)
    return MODEL.read(encoder.encode_query([text])[0], parts, encoder.encode_query(list(parts)))


def test_a_clear_situation_is_read_with_the_words_that_say_so() -> None:
    found = read("We have no trust in them, but the money is there for now")
    half = 1 / (1 + math.exp(-(10 * 0.5**0.5 - 5)))
    assert found.phases == (Reading("launch", "We have no trust in them,", pytest.approx(half)),)
    assert found.conditions == (Reading("gather-resources", "but the money is there for now", pytest.approx(half)),)


def test_what_is_not_clear_is_not_said() -> None:
    assert read("A garden and a building") == Situation()
    assert read("trust").conditions == ()


def test_what_a_person_says_stands_for_what_was_read() -> None:
    found = read("no trust and no money")
    assert stated(found, phases=["upkeep", "before"]) == Situation(
        (Reading("upkeep", "", 1.0), Reading("before", "", 1.0)), found.conditions
    )
    assert stated(found, conditions=[]).conditions == ()
    assert stated(found) == found


def test_a_key_with_few_examples_is_not_learned() -> None:
    vectors = np.eye(4, dtype=np.float32)[[0, 1] * FEWEST_EXAMPLES]
    labels = [["launch"] if row[0] else ["upkeep"] for row in vectors]
    model = SituationModel.fit(vectors, labels, [["run-projects"] if n == 0 else [] for n in range(len(vectors))])
    assert model is not None
    assert set(model.phases) == {"launch", "upkeep"}
    assert model.conditions == {}
    assert model.phases["launch"].probability(vectors[0]) > 0.5 > model.phases["launch"].probability(vectors[1])
    assert SituationModel.fit(vectors[:4], labels[:4], [[]] * 4) is None


@pytest.fixture
def labelled(tmp_path: Path) -> Searcher:
    """Over the tiny corpus with labelled situations: trust speaks of the launch, money of lacking resources."""
    corpus = write_corpus(tmp_path / "corpus")
    rows = [
        {"entries": [], "fr": "confiance", "en": "trust", "phases": ["launch"], "conditions": []},
        {"entries": [], "fr": "argent", "en": "money", "phases": [], "conditions": ["gather-resources"]},
    ]
    write_training_queries(corpus, *rows * FEWEST_EXAMPLES)
    return Searcher(tiny_index(tmp_path, corpus=corpus), CountingEncoder())


def test_results_carry_the_situation(labelled: Searcher) -> None:
    found = labelled.search("We lack trust").situation
    assert [(reading.key, reading.words) for reading in found.phases] == [("launch", "We lack trust")]
    assert found.conditions == ()
    assert labelled.situate("We lack trust") == found


def test_a_situation_can_be_corrected(labelled: Searcher) -> None:
    assert labelled.situate("the trust") == Situation()  # one noun is a name, and no proof
    corrected = labelled.situate("We lack trust", phases=["upkeep"], conditions=["commit-formally"])
    assert corrected == Situation((Reading("upkeep", "", 1.0),), (Reading("commit-formally", "", 1.0),))
    assert labelled.search("We lack trust", phases=["launch"]).situation.phases == (Reading("launch", "", 1.0),)


@pytest.mark.parametrize("kinds", [None, {"case"}])
@pytest.mark.parametrize("order", [list, reversed, set], ids=["as it is", "reversed", "set"])
def test_a_search_has_what_was_filtered_by_in_the_order_of_the_vocabulary(
    labelled: Searcher, kinds: set[str] | None, order: Callable[[list[str]], Iterable[str]]
) -> None:
    phases, conditions = ["before", "launch", "upkeep"], ["know-each-other", "gather-resources", "co-build-projects"]
    results = labelled.search(
        "We lack trust", kinds=kinds, phases=tuple(order(phases)), conditions=tuple(order(conditions))
    )
    assert results.situation == Situation(
        tuple(Reading(key, "", 1.0) for key in phases), tuple(Reading(key, "", 1.0) for key in conditions)
    )
    # the one case that is before, at the launch or in the upkeep, and has one of the conditions
    assert [hit.entry.id for hit in results.cases] == ["lille-barracks"]


def test_a_filter_of_other_things_leaves_what_is_read(labelled: Searcher) -> None:
    free, cases = labelled.search("We lack trust"), labelled.search("We lack trust", kinds={"case"})
    assert cases.situation == free.situation != Situation()


def test_a_situation_must_be_said_in_words_of_the_vocabulary(labelled: Searcher) -> None:
    with pytest.raises(UnknownFilterError):
        labelled.situate("trust", phases=["someday"])
    with pytest.raises(EmptyQueryError):
        labelled.situate("  ")


def test_without_labelled_situations_nothing_is_read(tmp_path: Path) -> None:
    assert tiny_searcher(tmp_path).situate("We lack trust") == Situation()
