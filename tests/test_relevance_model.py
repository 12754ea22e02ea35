"""What training queries teach of which entries answer, by hand."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from search.learning import relevance_learning
from search.learning.relevance_learning import (
    ALPHA,
    FIRST,
    LETTERS,
    NEAR,
    OTHERS,
    RARE,
    SMOOTHING,
    STEADY,
    likeness,
)
from search.learning.relevance_model import RelevanceModel

EAST, NORTH = [1.0, 0.0], [0.0, 1.0]
BETWEEN = [0.6, 0.8]  # likenesses 0.25 and 0.5625
NO_WORDS = ""


def learn(rows: list[list[float]], names: list[tuple[str, ...]], texts: list[str] | None = None) -> RelevanceModel:
    vectors = np.array(rows, dtype=np.float32).reshape(-1, 2)
    return RelevanceModel.fit(vectors, texts or [NO_WORDS] * len(rows), names, ["a", "b"])


def answers(model: RelevanceModel, query: list[float], text: str = NO_WORDS) -> list[float]:
    """How likely "a" and "b" are, and nothing to be."""
    likely: list[float] = model.answer(text, model.vectors.astype(np.float32) @ np.array(query)).tolist()
    return likely


def close(*values: float) -> object:
    return pytest.approx(list(values), abs=1e-3)  # weights are kept in half precision


def test_likeness_is_the_square_of_the_way_from_near_to_one() -> None:
    assert NEAR == 0.2
    assert likeness(np.array([-0.5, 0.2, 0.6, 1.0])).tolist() == close(0.0, 0.0, 0.25, 1.0)


def test_one_training_query_teaches_half_of_what_it_says() -> None:
    model = learn([EAST, NORTH], [("a",), ("b",)])  # (1 + 1) w = 1
    assert (ALPHA, FIRST) == (1.0, 1.0)
    assert answers(model, EAST) == close(0.5, 0.0, 0.0)
    assert answers(model, BETWEEN) == close(0.125, 0.28125, 0.0)
    assert answers(model, NORTH) == close(0.0, 0.5, 0.0)


def test_an_entry_gains_by_those_it_often_answers_with() -> None:
    # together twice, of three and two times: cosine 2 / sqrt((3 + 10) (2 + 10)); half of it is wanted, and half learned
    model = learn([EAST, EAST, NORTH], [("a", "b"), ("a", "b"), ("a",)])
    assert (SMOOTHING, RARE) == (0.5, 10)
    assert answers(model, NORTH) == close(0.5, 0.5 * 0.5 * 2 / (13 * 12) ** 0.5, 0.0)


def test_the_others_that_answer_are_worth_less_than_the_first() -> None:
    together = SMOOTHING * 1 / (1 + RARE)  # of the one with the other
    model = learn([EAST], [("a", "b")])
    assert OTHERS == 0.6
    assert answers(model, EAST) == close((1.0 + 0.6 * together) / 2, (0.6 + together) / 2, 0.0)


def test_two_that_agree_teach_more_and_two_that_do_not_less() -> None:
    assert answers(learn([EAST, EAST], [("a",), ("a",)]), EAST) == close(2 / 3, 0.0, 0.0)
    assert answers(learn([EAST, EAST], [("a",), ()]), EAST) == close(1 / 3, 0.0, 1 / 3)


def test_letters_count_where_meaning_says_nothing() -> None:
    # three of one spelling, far from the query in meaning: (3 * (1 + 1) + 1) w = 1 for each, and 3 * 1 w is the answer
    model = learn([EAST] * 3, [("b",)] * 3, ["Jardins partagés"] * 3)
    assert LETTERS == 1.0
    assert answers(model, NORTH, "jardins PARTAGES") == close(0.0, 3 / 7, 0.0)
    assert answers(model, NORTH, "budget") == close(0.0, 0.0, 0.0)
    assert 0.15 < answers(model, NORTH, "un jardin")[1] < 0.6  # spelt in part alike


def test_letters_that_few_training_queries_have_do_not_count() -> None:
    model = learn([EAST] * 2, [("b",)] * 2, ["Jardins partagés"] * 2)
    assert answers(model, NORTH, "jardins partagés") == close(0.0, 0.0, 0.0)


def test_who_is_no_landmark_teaches_too_and_is_not_compared_with() -> None:
    # likenesses (1, 0), (1, 0) and (0, 1): the weights solve (2 + 1 + STEADY) a = 2 and (1 + 1 + STEADY) b = 1
    vectors, names = np.array([EAST, EAST, NORTH], dtype=np.float32), [("a",), ("a",), ("b",)]
    model = RelevanceModel.fit(vectors, [NO_WORDS] * 3, names, ["a", "b"], landmarks=[(0,), (2,)])
    assert STEADY == 0.01
    assert model.vectors.tolist() == [EAST, NORTH]
    assert model.answers == (("a",), ("b",))
    assert answers(model, EAST) == close(2 / 3.01, 0.0, 0.0)
    assert answers(model, NORTH) == close(0.0, 1 / 2.01, 0.0)


def test_a_landmark_lies_between_its_tellings() -> None:
    # its likeness to each telling, cos 45° being 0.7071, is ((0.7071 - 0.2) / 0.8)² = 0.4018, and 1 to itself: the
    # weight solves (2 * 0.4018² + 1 + STEADY) a = 2 * 0.4018
    vectors = np.array([EAST, NORTH], dtype=np.float32)
    model = RelevanceModel.fit(vectors, [NO_WORDS] * 2, [("a",)] * 2, ["a", "b"], landmarks=[(0, 1)])
    assert model.vectors.tolist() == [close(0.5**0.5, 0.5**0.5)]
    weight = 0.8036 / 1.3329
    assert answers(model, EAST) == close(0.4018 * weight, 0.0, 0.0)
    assert model.evidence(NO_WORDS, model.vectors[0].astype(np.float32)).answers[0] == pytest.approx(weight, abs=1e-3)


def test_a_landmark_is_spelt_like_each_of_its_tellings() -> None:
    # far from all in meaning; "ici" and "toit" have no letters in common, and the landmark some of each: a query in the
    # words of either is answered as one in those of the other
    vectors, texts = np.zeros((6, 2), dtype=np.float32), ["ici", "toit"] * 3
    model = RelevanceModel.fit(vectors, texts, [("b",)] * 6, ["a", "b"], landmarks=[(0, 1), (2, 3), (4, 5)])
    said = [answers(model, NORTH, text)[1] for text in ("ici", "toit", "ici toit", "mur")]
    assert said[0] == pytest.approx(said[1], abs=0.01)
    assert said[2] > said[0] > 0.3
    assert said[3] == 0.0


def test_landmarks_are_spelt_like_themselves() -> None:
    # likenesses in letters alone, 1 each: (3 * 1 * 1 + 1 + STEADY) w = 3 * 1, and w is the answer
    vectors = np.array([EAST] * 3, dtype=np.float32) * 0
    model = RelevanceModel.fit(vectors, ["Jardins"] * 3, [("b",)] * 3, ["a", "b"], landmarks=[(1,)])
    assert answers(model, NORTH, "jardins") == close(0.0, 3 / 4.01, 0.0)


def test_ids_nobody_knows_are_passed_over_and_keep_the_place_of_the_first() -> None:
    assert answers(learn([EAST], [("gone", "a")]), EAST) == close(0.3, 0.0, 0.0)


def test_of_entries_nobody_names_nothing_is_kept() -> None:
    vectors, names = np.array([EAST, NORTH], dtype=np.float32), [("d", "b"), ("b",)]
    many = [f"{letter}{n}" for letter in "abcde" for n in ("", *range(1_000))]
    some = RelevanceModel.fit(vectors, [NO_WORDS] * 2, names, ["b", "d"])
    of_many = RelevanceModel.fit(vectors, [NO_WORDS] * 2, names, many)
    assert [many[row] for row in of_many.known] == ["b", "d"]
    assert of_many.weights.tolist() == some.weights.tolist()
    assert of_many.weights.shape == (2, 3)
    found, wanted = of_many.answer(NO_WORDS, np.array([1.0, 0.5])), some.answer(NO_WORDS, np.array([1.0, 0.5]))
    assert {n: float(found[n]) for n in np.flatnonzero(found)} == {
        many.index("b"): wanted[0],
        many.index("d"): wanted[1],
    }
    assert found.shape == (len(many) + 1,)


def test_what_entries_gain_is_the_same_when_it_is_worked_out_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    rows, names = [EAST, EAST, NORTH], [("a", "b"), ("a", "b"), ("a",)]
    whole = learn(rows, names)
    monkeypatch.setattr(relevance_learning, "TOGETHER", 1)
    assert learn(rows, names).weights.tolist() == whole.weights.tolist()


def test_without_training_queries_nothing_is_learned() -> None:
    assert answers(learn([], []), EAST, "jardin") == [0.0, 0.0, 0.0]


def test_what_was_learned_can_be_kept(tmp_path: Path) -> None:
    for learned in (learn([EAST, NORTH] * 3, [("a",), ("b",)] * 3, ["un jardin", "un toit"] * 3), learn([], [])):
        learned.save(tmp_path)
        assert answers(RelevanceModel.load(tmp_path, 2), BETWEEN, "toit") == close(*answers(learned, BETWEEN, "toit"))


def test_training_queries_that_lie_denser_about_a_query_tell_whether_it_is_answered() -> None:
    # kernels of concentration 20 at cosine 1 and 0.8: 1 and e to the minus 4
    model = learn([[1.0, 0.0], [0.8, 0.6]], [("a",), ()])
    towards, away = model.leaning(np.array([1.0, 0.0])), model.leaning(np.array([0.8, 0.6]))
    assert (towards, away) == (pytest.approx(4.0, abs=0.02), pytest.approx(-4.0, abs=0.02))  # in half precision
    assert model.evidence(NO_WORDS, np.array([1.0, 0.0])).leaning == towards


@pytest.mark.parametrize("answered", [("a",), ()])
def test_training_queries_of_one_kind_lean_nowhere(answered: tuple[str, ...]) -> None:
    assert learn([[1.0, 0.0]], [answered]).leaning(np.array([1.0, 0.0])) is None
