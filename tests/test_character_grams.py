"""CharacterGrams in a row of texts, as scikit-learn weighs them."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest
from sklearn.feature_extraction.text import TfidfVectorizer

from search.learning.character_grams import CharacterGrams
from search.learning.gram_answers import GramAnswers
from search.text.analysis import fold

TEXTS = ["Un jardin partagé", "Les jardins, les jardins !", "Des JARDINS à Liège", "un toit", "Le toit du jardin", ""]
ASKED = ["jardins jardins jardins", "Le jardin", "l'œuvre à toi", "zeppelin", "à", ""]


def of_scikit_learn() -> TfidfVectorizer:
    return TfidfVectorizer(
        analyzer="char_wb", ngram_range=(3, 5), preprocessor=fold, sublinear_tf=True, min_df=3, dtype=np.float32
    ).fit(TEXTS)


def close(rows: np.ndarray) -> object:
    return pytest.approx(rows, abs=1e-6)


def test_letters_are_chosen_and_weighed_as_scikit_learn_does() -> None:
    letters, rows = CharacterGrams.fit(TEXTS)
    known = of_scikit_learn()
    assert list(letters.grams) == known.get_feature_names_out().tolist()
    assert letters.idf == close(known.idf_)
    assert rows.toarray() == close(known.transform(TEXTS).toarray())
    assert rows.dtype == np.float32


def test_letters_of_other_texts_are_weighed_as_scikit_learn_does_one_by_one_and_together() -> None:
    letters, _ = CharacterGrams.fit(TEXTS)
    wanted = of_scikit_learn().transform(ASKED).toarray()
    assert letters.rows(ASKED).toarray() == close(wanted)
    for text, row in zip(ASKED, wanted, strict=True):
        found, weights = letters.of_text(text)
        assert found.tolist() == np.flatnonzero(row).tolist()
        assert weights == close(row[row > 0])


@pytest.mark.parametrize("texts", [[], [""], ["un toit", "un jardin"]], ids=["no text", "an empty one", "too few"])
def test_without_letters_that_enough_texts_have_none_count(texts: list[str]) -> None:
    letters, rows = CharacterGrams.fit(texts)
    assert (letters.grams, letters.idf.shape, rows.shape) == ((), (0,), (len(texts), 0))
    assert letters.rows(ASKED).shape == (len(ASKED), 0)
    assert letters.of_text("un toit")[0].tolist() == []


def test_where_there_are_no_training_queries_scikit_learn_is_not_imported() -> None:
    asks = "import sys, numpy as np; from search.learning.relevance_model import RelevanceModel"
    asks += "; RelevanceModel.fit(np.zeros((0, 2)), [], [], ['a']).evidence('un toit', np.ones(2))"
    asks += "; print('sklearn' in sys.modules)"
    told = subprocess.run([sys.executable, "-c", asks], check=True, capture_output=True, text=True)  # noqa: S603
    assert told.stdout == "False\n"


def test_a_text_is_answered_by_what_its_letters_say() -> None:
    letters = CharacterGrams(("jar", "toi"), np.array([1.0, 1.0], dtype=np.float32))
    kept = GramAnswers.of(letters, np.array([[1.27, 0.0], [0.5, -0.254]], dtype=np.float32))
    assert kept.codes.tolist() == [[127, 0], [127, -65]]  # -0.254 is 64.5 of the steps of which 0.5 is 127
    assert kept.answer("jar").tolist() == close(np.array([1.27, 0.0]))
    assert kept.answer("jar toi").tolist() == pytest.approx([1.77 * 0.5**0.5, -0.2559 * 0.5**0.5], abs=1e-4)
    assert kept.answer("mur").tolist() == [0.0, 0.0]
