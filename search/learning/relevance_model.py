"""What training queries teach of which entries answer: kernel ridge regression over their vectors and their letters.

A new query is answered by the entries of the training queries it is like, in meaning and in its very words, each
counting as much as it tells more than the others. Letters are compared as well as vectors because people of one trade
or trouble use the same words, many of them alike in French and in English, and because a small encoder does not keep
them all.

All texts of training queries teach, and a query is compared with the landmarks: of many training queries, the mean
direction of the tellings of each, which is nearer to what is meant than one telling is.

Source:
    Saunders, Gammerman and Vovk, Ridge Regression Learning Algorithm in Dual Variables, 1998 (by scikit-learn).
    Hall, Watson and Cabrera, Kernel Density Estimation with Spherical Data, 1987 (`leaning`).
    Williams and Seeger, Using the Nyström Method to Speed Up Kernel Machines, 2001 (landmarks).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from ..text.analysis import fold
from .relevance_weights import RelevanceWeights, digest_of

if TYPE_CHECKING:
    from scipy.sparse import csr_array
    from sklearn.feature_extraction.text import TfidfVectorizer

ALPHA = 1.0
"""Penalty: how little one training query alone may decide."""

LETTERS = 2.0
"""What being spelt alike counts, where being alike in meaning counts 1."""

FIRST, OTHERS = 1.0, 0.6
"""What the entry a training query was written for is worth, and the others that answer it."""

SMOOTHING, RARE = 0.5, 10
"""What an entry gains by those it often answers with (item-item smoothing); training queries added to each count, so
that few prove little."""

TOGETHER = 1_000
"""Entries whose cosines with all others are in memory at once; training queries whose likeness to all landmarks is."""

STEADY = 1e-2
"""Added to what is solved for landmarks, whose likenesses are known to 32 bits only."""

CONCENTRATION = 20.0
"""Of the kernels by which the density of training queries about a query is told (`scripts.bench.silence`)."""

Landmarks = Sequence[Sequence[int]]
"""Of each landmark, the rows of the texts whose mean direction it is; the letters of the first are its own."""

GRAMS, FEWEST = (3, 5), 3
"""Letters in a row that are compared; training queries that must have some for them to count."""


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
        grams: The letters in a row that count.
        idf: Weight of each, shape (n_grams,).
        letters: Unit columns of the weighted grams, shape (n_grams, n): a query reads the rows of its own grams.
        answers: Of each landmark, the ids of the entries that answer it, the one it was written for first.
        known: Rows of the entries that training queries name, rising, int32, shape (n_known,): nothing is learned of
            others, and nothing is kept of them.
        weights: What each landmark says of each of these and, last, of there being no answer, shape (n_known + 1, n): a
            product reads it row by row. Float32, which a product reads faster, of numbers that are kept in 16 bits.
        size: How many entries there are.
    """

    vectors: np.ndarray
    grams: tuple[str, ...]
    idf: np.ndarray
    letters: csr_array
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
        """Learn which entries answer a text.

        Args:
            vectors: Unit rows of the texts, shape (n, dim).
            texts: Of the training queries, every telling.
            answers: Of each, the entries that answer it, the one it was written for first; none when the library has
                no answer. Ids that are not in ``ids`` are passed over.
            ids: Of the entries.
            landmarks: What a query is compared with; each text when None.
        """
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
        own = [rows[0] for rows in _each(texts, landmarks)]
        kept, known = tuple(tuple(answers[row]) for row in own), _known(answers, ids)
        letters = letter_rows([texts[row] for row in own], learned.grams, learned.idf).T.tocsr()
        halved = learned.weights.astype(np.float16).astype(np.float32)  # as they are once they were written
        vectors = learned.vectors.astype(np.float16)
        return cls(vectors, learned.grams, learned.idf, letters, kept, known, halved, len(ids))

    def evidence(self, text: str, vector: np.ndarray) -> TrainingEvidence:
        """Compare a query with the training queries.

        Args:
            text: The query.
            vector: Its unit vector, shape (dim,).
        """
        cosines = self._rows @ vector
        return self._evidence(cosines, self.answer(text, cosines))

    def evidence_of_all(self, texts: Sequence[str], vectors: np.ndarray) -> list[TrainingEvidence]:
        """Compare several queries with the training queries, by one product where `evidence` takes one for each.

        Args:
            texts: The queries.
            vectors: Their unit vectors, shape (n_texts, dim).
        """
        cosines = vectors @ self._rows.T
        nearness = np.array([self._nearness(text, row) for text, row in zip(texts, cosines, strict=True)])
        learned = (nearness @ self.weights.T) if nearness.size else np.zeros((len(texts), len(self.weights)))
        return [self._evidence(row, self._spread(one)) for row, one in zip(cosines, learned, strict=True)]

    def _evidence(self, cosines: np.ndarray, answers: np.ndarray) -> TrainingEvidence:
        nearest = float(cosines[self._by_scope[1]].max(initial=0.0))
        return TrainingEvidence(answers[:-1], float(answers[-1]), nearest, self._leaning(cosines))

    def leaning(self, vector: np.ndarray) -> float | None:
        """Say which training queries lie denser about a query, as `TrainingEvidence` does; shape (dim,)."""
        return self._leaning(self._rows @ vector)

    def _leaning(self, cosines: np.ndarray) -> float | None:
        with_answer, without = (cosines[rows] for rows in self._by_scope)
        return _log_density(with_answer) - _log_density(without) if len(with_answer) and len(without) else None

    def answer(self, text: str, cosines: np.ndarray) -> np.ndarray:
        """Say how likely each entry is to answer a text.

        Args:
            text: The text.
            cosines: Of its vector with each training query's, shape (n,).

        Returns:
            Shape (n_entries + 1,): about 0 for an entry that does not answer, 1 for one that training queries in such
            words name; the last says the same of there being no answer.
        """
        if not len(cosines):
            return np.zeros(self.size + 1, dtype=np.float32)
        return self._spread(self.weights @ self._nearness(text, cosines))

    def _nearness(self, text: str, cosines: np.ndarray) -> np.ndarray:
        """Return the kernel of a text with each training query, shape (n,)."""
        nearness: np.ndarray = likeness(cosines).astype(np.float32)
        if self.grams:
            rows, weights = self.letters_of(text)
            nearness += LETTERS * (self.letters[rows].T @ weights)  # a sparse product would make a third
        return nearness

    def _spread(self, learned: np.ndarray) -> np.ndarray:
        """Put what was learned of known entries, shape (n_known + 1,), in its place among all (n_entries + 1)."""
        answers = np.zeros(self.size + 1, dtype=np.float32)
        answers[self.known], answers[-1] = learned[:-1], learned[-1]
        return answers

    @cached_property
    def _rows(self) -> np.ndarray:
        """The vectors in 32 bits, which a product reads faster."""
        return self.vectors.astype(np.float32)

    @cached_property
    def _by_scope(self) -> tuple[np.ndarray, np.ndarray]:
        """The rows of the training queries that something answers, and of those that nothing does."""
        answered = np.array([bool(names) for names in self.answers], dtype=bool)
        return np.flatnonzero(answered), np.flatnonzero(~answered)

    def letters_of(self, text: str) -> tuple[np.ndarray, np.ndarray]:
        """Weigh the letters of one text as the vectorizer does many, whose checks of arrays take longer than the text.

        Returns:
            Rows of the grams it has, rising, and their weights, a unit vector: both shape (n,).
        """
        found = [row for gram in self._analyse(text) if (row := self._row_of.get(gram)) is not None]
        rows, counts = np.unique(np.array(found, dtype=np.int64), return_counts=True)
        weights = (1.0 + np.log(counts)) * self.idf[rows]
        return rows, (weights / max(float(np.linalg.norm(weights)), 1e-12)).astype(np.float32)

    @cached_property
    def _analyse(self) -> Callable[[str], Sequence[str]]:
        analyse: Callable[[str], Sequence[str]] = _letter_vectorizer().build_analyzer()
        return analyse

    @cached_property
    def _row_of(self) -> Mapping[str, int]:
        return {gram: row for row, gram in enumerate(self.grams)}

    def save(self, folder: Path) -> None:
        """Write the arrays into a folder."""
        from scipy.sparse import save_npz

        np.save(folder / "training-vectors.npy", self.vectors, allow_pickle=False)
        np.save(folder / "training-weights.npy", self.weights.astype(np.float16), allow_pickle=False)
        np.save(folder / "training-known.npy", self.known, allow_pickle=False)
        np.save(folder / "training-idf.npy", self.idf, allow_pickle=False)
        save_npz(folder / "training-letters.npz", self.letters)
        for name, rows in (("grams", self.grams), ("answers", self.answers)):
            text = json.dumps(rows, ensure_ascii=False) + "\n"
            (folder / f"training-{name}.json").write_text(text, encoding="utf-8")

    @classmethod
    def load(cls, folder: Path, size: int) -> RelevanceModel:
        """Read what `save` wrote; ``size`` says how many entries there are."""
        from scipy.sparse import csr_array, load_npz

        names = ("vectors", "known", "weights", "idf")
        vectors, known, weights, idf = (np.load(folder / f"training-{name}.npy", allow_pickle=False) for name in names)
        grams = tuple(json.loads((folder / "training-grams.json").read_text(encoding="utf-8")))
        letters = csr_array(load_npz(folder / "training-letters.npz"))
        answers = json.loads((folder / "training-answers.json").read_text(encoding="utf-8"))
        kept = tuple(map(tuple, answers))
        return cls(vectors, grams, idf, letters, kept, known, weights.astype(np.float32), size)


def learn(
    vectors: np.ndarray,
    texts: Sequence[str],
    answers: Sequence[Sequence[str]],
    ids: Sequence[str],
    *,
    landmarks: Landmarks | None = None,
) -> RelevanceWeights:
    """Learn what takes long to learn; vectors of shape (n, dim), arguments as of `RelevanceModel.fit`."""
    grams, idf, letters = _fit_letters(texts)
    known, marks = _known(answers, ids), _each(texts, landmarks)
    own, middles = [rows[0] for rows in marks], _middles(vectors, marks)
    weights = np.zeros((len(known) + 1, len(marks)), dtype=np.float32)
    if len(texts):
        kernel, wanted = _kernel(vectors, letters, middles, letters[own]), _wanted(answers, [ids[row] for row in known])
        exact = own == list(range(len(texts)))
        dual = _solve(kernel, wanted, None if exact else _kernel(middles, letters[own], middles, letters[own]))
        weights = np.ascontiguousarray(dual.T, dtype=np.float32)
    return RelevanceWeights(grams, idf, middles, weights)


def learned_from(
    encoder: str,
    texts: Sequence[str],
    answers: Sequence[Sequence[str]],
    ids: Sequence[str],
    landmarks: Landmarks,
) -> str:
    """Return what tells whether `learn` would learn the same: a digest of all it reads; arguments as there."""
    settings = [ALPHA, LETTERS, FIRST, OTHERS, SMOOTHING, RARE, STEADY, *GRAMS, FEWEST]
    known = [ids[row] for row in _known(answers, ids)]
    return digest_of(encoder, settings, list(texts), list(answers), known, list(map(list, landmarks)))


def _log_density(cosines: np.ndarray) -> float:
    """Return the log of the sum of von Mises-Fisher kernels at these cosines, shape (n,); all alike count 0."""
    return float(np.log(np.exp(CONCENTRATION * (cosines - 1.0)).sum()))


def likeness(cosines: np.ndarray) -> np.ndarray:
    """Return the kernel of cosines: their square, 0 for those below 0; the same shape."""
    positive: np.ndarray = np.maximum(cosines, 0.0) ** 2
    return positive


def _each(texts: Sequence[str], landmarks: Landmarks | None) -> Landmarks:
    """Return the landmarks; where none are chosen, each text is one."""
    return [(row,) for row in range(len(texts))] if landmarks is None else landmarks


def _middles(vectors: np.ndarray, landmarks: Landmarks) -> np.ndarray:
    """Return the mean direction of each landmark, float32, shape (n, dim)."""
    means = [vectors[list(rows)].mean(axis=0) for rows in landmarks]
    units = [mean / max(float(np.linalg.norm(mean)), 1e-12) for mean in means]
    return np.array(units, dtype=np.float32).reshape(len(landmarks), vectors.shape[1])


def _kernel(vectors: np.ndarray, letters: csr_array, middles: np.ndarray, their_letters: csr_array) -> np.ndarray:
    """Say how like each text is to each landmark, in meaning and letters, shape (n, n_marks)."""
    kernel, columns = likeness(vectors @ middles.T), their_letters.T
    for start in range(0, len(vectors), TOGETHER):
        part = slice(start, start + TOGETHER)
        kernel[part] += LETTERS * (letters[part] @ columns).toarray()
    return kernel


def _solve(kernel: np.ndarray, wanted: np.ndarray, among: np.ndarray | None) -> np.ndarray:
    """Return what each landmark says of each entry, shape (n_marks, n_entries + 1).

    Args:
        kernel: Of each text with each landmark, shape (n, n_marks).
        wanted: What should come out for each text, shape (n, n_entries + 1).
        among: Of each landmark with each other, shape (n_marks, n_marks); None where the texts are the landmarks.
    """
    if among is None:
        from sklearn.kernel_ridge import KernelRidge  # only needed to learn

        solved: np.ndarray = KernelRidge(alpha=ALPHA, kernel="precomputed").fit(kernel, wanted).dual_coef_
        return solved
    from scipy.linalg import cho_factor, cho_solve

    normal = (kernel.T @ kernel).astype(np.float64)
    normal += ALPHA * among
    normal[np.diag_indices_from(normal)] += STEADY
    of_landmarks: np.ndarray = cho_solve(cho_factor(normal, lower=True, overwrite_a=True), kernel.T @ wanted)
    return of_landmarks


def _known(answers: Sequence[Sequence[str]], ids: Sequence[str]) -> np.ndarray:
    """Return the rows of the entries that training queries name, rising, shape (n_known,)."""
    named = {name for names in answers for name in names}
    return np.array([row for row, name in enumerate(ids) if name in named], dtype=np.int32)


def _wanted(answers: Sequence[Sequence[str]], ids: Sequence[str]) -> np.ndarray:
    """Return what should come out for each training query, shape (n, n_entries + 1), of the entries with some ids."""
    row_of: Mapping[str, int] = {name: n for n, name in enumerate(ids)}
    wanted = np.zeros((len(answers), len(ids) + 1), dtype=np.float32)
    for row, names in enumerate(answers):
        wanted[row, -1] = 0.0 if names else 1.0
        for rank, name in enumerate(names):
            if name in row_of:
                wanted[row, row_of[name]] = OTHERS if rank else FIRST
    named, gaining = (wanted[:, :-1] > 0).astype(np.float32), SMOOTHING * wanted[:, :-1]
    for start in range(0, len(ids), TOGETHER):
        part = slice(start, min(start + TOGETHER, len(ids)))
        wanted[:, part] += gaining @ _item_cosines(named, part)
    return wanted


def _item_cosines(named: np.ndarray, part: slice) -> np.ndarray:
    """Say how often entries answer the same queries, as the cosine of their columns; 0 for an entry with itself.

    Args:
        named: 1 where a query names an entry, else 0, shape (n, n_entries).
        part: Of the entries, that the others are compared with.

    Returns:
        Shape (n_entries, n_part).

    Nobody names every entry that answers a query: those that usually go with the named ones are worth something.

    Source:
        Sarwar, Karypis, Konstan and Riedl, Item-Based Collaborative Filtering Recommendation Algorithms, 2001.
    """
    together, counts = named.T @ named[:, part], named.sum(axis=0) + RARE
    cosines: np.ndarray = together / np.sqrt(np.outer(counts, counts[part]))
    np.fill_diagonal(cosines[part], 0.0)
    return cosines


def _letter_vectorizer(grams: Sequence[str] | None = None) -> TfidfVectorizer:
    """Make what weighs the letters inside the words of a text (TF-IDF of 3 to 5 in a row), in unit rows, float32."""
    from sklearn.feature_extraction.text import TfidfVectorizer  # heavy, and only wanted with a searcher

    return TfidfVectorizer(
        analyzer="char_wb",
        ngram_range=GRAMS,
        preprocessor=fold,
        sublinear_tf=True,
        min_df=FEWEST,
        vocabulary=grams,
        dtype=np.float32,
    )


def letter_rows(texts: Sequence[str], grams: Sequence[str], idf: np.ndarray) -> csr_array:
    """Weigh the grams of texts, of which each counts what it does in all training queries; shape (n, n_grams)."""
    from scipy.sparse import csr_array

    if not len(texts) or not grams:
        return csr_array((len(texts), len(grams)), dtype=np.float32)
    vectorizer = _letter_vectorizer(grams)
    vectorizer.idf_ = idf
    return csr_array(vectorizer.transform(texts))


def _fit_letters(texts: Sequence[str]) -> tuple[tuple[str, ...], np.ndarray, csr_array]:
    """Return the grams that count, their weights, and the unit rows of the texts, shape (n, n_grams)."""
    from scipy.sparse import csr_array

    if not texts:  # scikit-learn takes a second to import
        return (), np.array([], dtype=np.float32), csr_array((0, 0), dtype=np.float32)
    vectorizer = _letter_vectorizer()
    try:
        rows = vectorizer.fit_transform(texts)
    except ValueError:  # nothing that enough of them have
        return (), np.array([], dtype=np.float32), csr_array((len(texts), 0), dtype=np.float32)
    return tuple(vectorizer.get_feature_names_out().tolist()), vectorizer.idf_, csr_array(rows)
