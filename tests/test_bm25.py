"""BM25 over the stems of texts, spelling mended by those stems."""

from __future__ import annotations

import math
from pathlib import Path

import bm25s
import numpy as np
import pytest

from search.index.bm25 import BM25
from search.text.analysis import analyse
from tests.drawn import WORDS


def bm25(frequency: int, length: int, mean_length: float, n_texts: int, n_with: int) -> float:
    """One term of the lucene formula, k1 = 1.5 and b = 0.75."""
    idf = math.log(1 + (n_texts - n_with + 0.5) / (n_with + 0.5))
    return idf * frequency / (frequency + 1.5 * (1 - 0.75 + 0.75 * length / mean_length))


def scores(index: BM25, query: str) -> np.ndarray:
    """Score the texts against the words of a query."""
    return index.scores(analyse(query, index.language))


@pytest.mark.parametrize("seed", range(5))
def test_scores_are_those_of_the_library_of_reference(seed: int) -> None:
    chance = np.random.default_rng(seed)
    texts = [" ".join(chance.choice(WORDS, size)) for size in chance.integers(0, 40, 200)]
    index, reference = BM25.of(texts, "en"), bm25s.BM25(method="lucene")
    reference.index([analyse(text, "en") for text in texts], show_progress=False)
    for size in (1, 2, 5):
        query = list(dict.fromkeys(analyse(" ".join(chance.choice(WORDS, size)), "en")))
        np.testing.assert_allclose(index.scores(query), reference.get_scores(query), rtol=0, atol=1e-5)


def test_bm25_of_three_texts_is_the_formula() -> None:
    texts = ["garden roof", "garden garden bench tree", "bench roof tree"]  # 2, 4 and 3 words: mean 3
    index = BM25.of(texts, "en")
    assert scores(index, "garden").tolist() == pytest.approx([bm25(1, 2, 3, 3, 2), bm25(2, 4, 3, 3, 2), 0.0])
    both = [
        bm25(1, 2, 3, 3, 2) + bm25(1, 2, 3, 3, 2),
        bm25(2, 4, 3, 3, 2),
        bm25(1, 3, 3, 3, 2),
    ]
    assert scores(index, "garden roof").tolist() == pytest.approx(both)
    # by hand: idf = ln(1 + 1.5/2.5) = ln 1.6; text 1: 1 / (1 + 1.5 * 0.75) of it
    assert scores(index, "garden")[0] == pytest.approx(math.log(1.6) / 2.125)


def test_a_word_said_twice_in_a_query_counts_once() -> None:
    index = BM25.of(["garden roof", "bench"], "en")
    assert scores(index, "garden garden gardens").tolist() == scores(index, "garden").tolist()


def test_unknown_words_stop_words_and_no_words_score_zero() -> None:
    index = BM25.of(["garden roof", "bench"], "en")
    for query in ("zeppelin", "the of and", "", "?!", "42"):
        assert scores(index, query).tolist() == [0.0, 0.0], query
    assert scores(index, "zeppelin bench").tolist() == scores(index, "bench").tolist()


@pytest.mark.parametrize("texts", [[], ["the of and"], ["", ""]])
def test_texts_without_words_can_be_asked_all_the_same(texts: list[str]) -> None:
    found = scores(BM25.of(texts, "en"), "garden")
    assert found.tolist() == [0.0] * len(texts)
    assert found.dtype == np.float32


def test_a_single_text_can_be_asked() -> None:
    assert scores(BM25.of(["garden"], "en"), "garden")[0] == pytest.approx(math.log(1 + 0.5 / 1.5) / 2.5)


def test_an_unaccented_query_scores_like_an_accented_one() -> None:
    index = BM25.of(["Les délégués de Gdańsk", "Les élus de Liège"], "fr")
    assert scores(index, "delegues gdansk").tolist() == scores(index, "délégués Gdańsk").tolist()
    assert scores(index, "liege").tolist()[0] == 0.0 < scores(index, "liege").tolist()[1]


def test_shared_is_the_share_of_the_query_that_a_text_has_as_it_is_spelt() -> None:
    index = BM25.of(["Un jardin pour nos voisines et voisins", "Le jardin", "Le toit"], "fr")
    assert index.shared(analyse("le jardin des voisins", index.language)).tolist() == [1.0, 0.5, 0.0]
    assert index.shared(analyse("jardin toit", index.language)).tolist() == [0.5, 0.5, 0.5]
    assert index.shared(analyse("le", index.language)).tolist() == [0.0, 0.0, 0.0]


def test_a_stem_is_rare_that_two_texts_have_or_two_in_a_hundred() -> None:
    few = BM25.of(["garden roof", "garden", "garden bench", "bench"], "en")
    assert few.rare(["garden", "roof", "bench", "zeppelin"]).tolist() == [1, 0, 1, 1]
    assert few.rare(["roof", "roof"], np.array([1, 0])).tolist() == [0, 1]
    many = BM25.of(["garden"] * 3 + ["roof"] * 4 + ["bench"] * 143, "en")  # two in a hundred are three
    assert many.rare(["garden", "roof", "bench"]).tolist() == [1] * 3 + [0] * 147


def test_some_texts_are_compared_as_all_are() -> None:
    index = BM25.of(["garden roof", "bench", "garden"], "en")
    some = np.array([2, 0])
    assert index.shared(analyse("garden roof", index.language), some).tolist() == [0.5, 1.0]
    assert index.coverage(["garden", "roof"], some).tolist() == index.coverage(["garden", "roof"])[some].tolist()


def test_texts_of_one_language_go_by_their_rows_among_all() -> None:
    index = BM25.of(["garden", "roof garden"], "en", np.array([1, 3]), 4)
    assert np.flatnonzero(index.scores(["garden"])).tolist() == [1, 3]
    assert index.shared(analyse("roof", index.language)).tolist() == [0.0, 0.0, 0.0, 1.0]


def test_an_index_read_from_a_folder_is_the_one_written(tmp_path: Path) -> None:
    index = BM25.of(["garden roof", "bench", "garden"], "en")
    index.save(tmp_path)
    loaded = BM25.load(tmp_path, "en", size=3, total=3)
    assert loaded.scores(["garden", "bench"]).tolist() == index.scores(["garden", "bench"]).tolist()
    assert loaded.nearest_spelling("gardon") == "garden"
