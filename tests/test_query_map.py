"""The map of queries: learned so that queries turn to what answers them, read from beside a model's weights."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("torch", reason="PyTorch is not installed: pip install -e '.[dev]'")
import torch

from scripts.training.query_map import Lessons, Texts, learn_map
from search.encoding.encoder import QUERY_MAP, query_map
from search.library.training_queries import TrainingQuery
from tests.fakes import tiny_index

EAST, NORTH = [1.0, 0.0], [0.0, 1.0]


def two_entries() -> Texts:
    """Each in French and English, of one passage each: the first entry lies in the east, the second in the north."""
    return Texts(
        torch.tensor([EAST, EAST, NORTH, NORTH]),
        torch.tensor([[0, -1, -1], [1, -1, -1], [2, -1, -1], [3, -1, -1]]),
        torch.tensor([0, 0, 1, 1]),
        torch.tensor([0, 1, 0, 1]),
    )


def crossed_lessons() -> Lessons:
    """What is said in the north is answered in the east, and the other way round."""
    said = torch.tensor([NORTH, EAST])
    return Lessons({"fr": said, "en": said}, torch.tensor([[1.0, 0.0], [0.0, 1.0]]))


def test_queries_are_turned_to_what_answers_them() -> None:
    learned = list(learn_map(crossed_lessons(), two_entries(), epochs=200, rate=0.05, decay=0.0, seed=1))[-1]
    turned = np.array([NORTH, EAST]) @ learned
    assert np.argmax(turned, axis=1).tolist() == [0, 1]


def test_the_decay_holds_the_map_to_leaving_vectors_as_they_are() -> None:
    learned = list(learn_map(crossed_lessons(), two_entries(), epochs=200, rate=0.05, decay=100.0, seed=1))[-1]
    assert learned == pytest.approx(np.eye(2), abs=0.06)


def test_cosines_are_the_weighted_mean_of_a_texts_best_passages() -> None:
    one = Texts(torch.tensor([EAST, NORTH]), torch.tensor([[0, 1, -1]]), torch.tensor([0]), torch.tensor([0]))
    # best 1, second 0, none third (-1): (1 * 1 + 0.5 * 0 + 0.3 * -1) / 1.8
    assert one.cosines(torch.tensor([EAST])).tolist() == [[pytest.approx(0.7 / 1.8)]]


def test_hidden_entries_are_neither_answers_nor_searched() -> None:
    hidden = torch.tensor([True, False])
    left = crossed_lessons().without(hidden)
    assert left.wanted.tolist() == [[0.0, 1.0]]
    assert left.vectors["fr"].tolist() == [EAST]
    assert two_entries().only(~hidden).entry.tolist() == [1, 1]


def test_what_is_translated_is_a_lesson_of_its_own_and_what_has_no_answer_is_none(tmp_path: Path) -> None:
    both, other = {"fr": "un", "en": "two"}, {"fr": "deux", "en": "one"}
    queries = [TrainingQuery(("trust-first",), both, translated=other), TrainingQuery((), both)]
    read: list[list[str]] = []

    def encode(texts: Sequence[str]) -> np.ndarray:
        read.append(list(texts))
        return np.eye(2, dtype=np.float32)

    index = tiny_index(tmp_path)
    lessons = Lessons.of(queries, encode, index)
    assert read == [["un.", "deux."], ["two.", "one."]]  # as they are read
    assert lessons.wanted.argmax(dim=1).tolist() == [index.metadata.number["trust-first"]] * 2


def test_a_model_without_a_map_has_none(tmp_path: Path) -> None:
    assert query_map(tmp_path) is None
    np.save(tmp_path / QUERY_MAP, np.array([[0, 1], [1, 0]], dtype=np.float16))
    found = query_map(tmp_path)
    assert found is not None
    assert (found.dtype, found.tolist()) == (np.float32, [[0.0, 1.0], [1.0, 0.0]])
