"""What training queries teach of which entries answer: a query is compared with landmarks and by its letters.

A new query is answered by the entries of the training queries it is like, in meaning and in its very words, each
counting as much as it tells more than the others (`relevance_learning`). Letters are compared as well as vectors
because people of one trade or trouble use the same words, many of them alike in French and in English, and because a
small encoder does not keep them all.

Source:
    Hall, Watson and Cabrera, Kernel Density Estimation with Spherical Data, 1987 (`leaning`).
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from scipy.sparse import csr_array

from ..encoding.products import inner_products
from .character_grams import CharacterGrams
from .gram_answers import GramAnswers
from .relevance_learning import LETTERS, NEAR, Landmarks, each, known_rows, learn, likeness, middle_grams
from .relevance_weights import RelevanceWeights

CONCENTRATION = 20.0
"""Of the kernels by which the density of training queries about a query is told (`scripts.bench.silence`)."""


@dataclass(frozen=True)
class TrainingEvidence:
    """What training queries say of a query.

    Attributes:
        answers: How likely each entry is to answer it, shape (n_entries,); about 0 for one that does not, 1 for one
            that training queries in such words name.
        no_answer: How likely it is that nothing does.
        out_of_scope: Cosine of the nearest training query that nothing answers, 0 to 1; 0 when there is none.
        leaning: Log of how much denser those that something answers lie about it than those that nothing does; None
            when there are not both.
    """

    answers: np.ndarray
    no_answer: float
    out_of_scope: float
    leaning: float | None = None


@dataclass(frozen=True)
class RelevanceModel:
    """What was learned, and what a query is compared with.

    Attributes:
        vectors: Unit rows of the landmarks, float16, shape (n, dim).
        by_grams: What letters in a row say.
        answers: Of each landmark, the ids of the entries that answer it, the one it was written for first.
        known: Rows of the entries that training queries name, rising, int32, shape (n_known,): nothing is learned of
            others, and nothing is kept of them.
        weights: What each landmark says of each of these and, last, of there being no answer, shape (n, n_known + 1).
            Float32, which a product reads faster, of numbers that are kept in 16 bits.
        size: How many entries there are.
    """

    vectors: np.ndarray
    by_grams: GramAnswers
    answers: tuple[tuple[str, ...], ...]
    known: np.ndarray
    weights: np.ndarray
    size: int

    @classmethod
    def fit(
        cls,
        vectors: np.ndarray,
        texts: Sequence[str],
        answers: Sequence[Sequence[str]],
        ids: Sequence[str],
        *,
        landmarks: Landmarks | None = None,
    ) -> RelevanceModel:
        """Learn which entries answer a text; vectors of shape (n, dim), arguments as of `learn`."""
        learned = learn(vectors, texts, answers, ids, landmarks=landmarks)
        return cls.of(learned, texts, answers, ids, landmarks=landmarks)

    @classmethod
    def of(
        cls,
        learned: RelevanceWeights,
        texts: Sequence[str],
        answers: Sequence[Sequence[str]],
        ids: Sequence[str],
        *,
        landmarks: Landmarks | None = None,
    ) -> RelevanceModel:
        """Make a model of what `learn` returned; the other arguments as there."""
        marks, letters = each(texts, landmarks), CharacterGrams(learned.grams, learned.idf)
        said = LETTERS * (middle_grams(letters.rows(texts), marks).T @ learned.weights.T)
        kept, known = tuple(tuple(answers[rows[0]]) for rows in marks), known_rows(answers, ids)
        halved = np.ascontiguousarray(learned.weights.T.astype(np.float16).astype(np.float32))  # as once written
        return cls(learned.vectors.astype(np.float16), GramAnswers.of(letters, said), kept, known, halved, len(ids))

    def evidence(self, text: str, vector: np.ndarray) -> TrainingEvidence:
        """Compare a query with the training queries.

        Args:
            text: The query.
            vector: Its unit vector, shape (dim,).
        """
        return self._evidence(text, inner_products(self._rows, vector))

    def evidence_of_all(self, texts: Sequence[str], vectors: np.ndarray) -> list[TrainingEvidence]:
        """Compare several queries with the training queries, by one product where `evidence` takes one for each.

        Args:
            texts: The queries.
            vectors: Their unit vectors, shape (n_texts, dim).
        """
        return [self._evidence(text, row) for text, row in zip(texts, vectors @ self._rows.T, strict=True)]

    def _evidence(self, text: str, cosines: np.ndarray) -> TrainingEvidence:
        answers, nearest = self.answer(text, cosines), float(cosines[self._by_scope[1]].max(initial=0.0))
        return TrainingEvidence(answers[:-1], float(answers[-1]), nearest, self._leaning(cosines))

    def leaning(self, vector: np.ndarray) -> float | None:
        """Say which training queries lie denser about a query, as `TrainingEvidence` does; shape (dim,)."""
        return self._leaning(inner_products(self._rows, vector))

    def _leaning(self, cosines: np.ndarray) -> float | None:
        with_answer, without = (cosines[rows] for rows in self._by_scope)
        return _log_density(with_answer) - _log_density(without) if len(with_answer) and len(without) else None

    def answer(self, text: str, cosines: np.ndarray) -> np.ndarray:
        """Say how likely each entry is to answer a text.

        Args:
            text: The text.
            cosines: Of its vector with each landmark's, shape (n,).

        Returns:
            Shape (n_entries + 1,): about 0 for an entry that does not answer, 1 for one that training queries in such
            words name; the last says the same of there being no answer.
        """
        near = np.flatnonzero(cosines > NEAR).astype(np.int32)
        alike = csr_array((likeness(cosines[near]).astype(np.float32), near, [0, len(near)]), (1, len(cosines)))
        learned = (alike @ self.weights)[0] + self.by_grams.answer(text)  # the rows that count are read where they are
        answers = np.zeros(self.size + 1, dtype=np.float32)
        answers[self.known], answers[-1] = learned[:-1], learned[-1]
        return answers

    @cached_property
    def _rows(self) -> np.ndarray:
        """The vectors in 32 bits, shape (n, dim)."""
        return self.vectors.astype(np.float32)

    @cached_property
    def _by_scope(self) -> tuple[np.ndarray, np.ndarray]:
        """The rows of the landmarks that something answers, and of those that nothing does."""
        answered = np.array([bool(names) for names in self.answers], dtype=bool)
        return np.flatnonzero(answered), np.flatnonzero(~answered)

    def save(self, folder: Path) -> None:
        """Write the arrays into a folder."""
        np.save(folder / "training-vectors.npy", self.vectors, allow_pickle=False)
        np.save(folder / "training-weights.npy", self.weights.astype(np.float16), allow_pickle=False)
        np.save(folder / "training-known.npy", self.known, allow_pickle=False)
        self.by_grams.save(folder)
        answers = json.dumps(self.answers, ensure_ascii=False) + "\n"
        (folder / "training-answers.json").write_text(answers, encoding="utf-8")

    @classmethod
    def load(cls, folder: Path, size: int) -> RelevanceModel:
        """Read what `save` wrote; ``size`` says how many entries there are."""
        names = ("vectors", "known", "weights")
        vectors, known, weights = (np.load(folder / f"training-{name}.npy", allow_pickle=False) for name in names)
        answers = json.loads((folder / "training-answers.json").read_text(encoding="utf-8"))
        kept, by_grams = tuple(map(tuple, answers)), GramAnswers.load(folder)
        return cls(vectors, by_grams, kept, known, weights.astype(np.float32), size)


def _log_density(cosines: np.ndarray) -> float:
    """Return the log of the sum of von Mises-Fisher kernels at these cosines, shape (n,); all alike count 0."""
    return float(np.log(np.exp(CONCENTRATION * (cosines - 1.0)).sum()))
