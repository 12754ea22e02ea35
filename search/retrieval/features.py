"""A query compared closely with its candidates: every number a signal may read, in arrays."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from ..index.index import Index
from ..index.inverted_index import among
from ..index.metadata import CandidateSet, Runs
from .candidates import FirstStage
from .filters import Selection
from .fusion import best_per_entry, text_scores

BORNE_OUT = 2
"""Rare terms in one passage that bear each other out."""


@dataclass(frozen=True)
class Features:
    """One query and its candidates; rows are those of the candidate set.

    Attributes:
        candidates: What is compared.
        allowed: Whether each entry may answer, shape (n_entries,).
        known: For each language, the share of the query's terms its texts have.
        cosines: Of each passage, -inf for one that may not answer, shape (n_passages,).
        bm25: Of each passage, 0 or more.
        overlap: Share of the query's terms each passage has, rare ones above all, 0 to 1.
        rare: How many of the query's terms each passage has that few passages have.
        sure: For each language, the share of the query's terms that were not mended.
        quoting: Whether each passage has every phrase the query quotes; never when it quotes nothing.
        text_cosines: Of each text (one entry in one language), shape (n_texts,).
        training: How likely each entry is to answer, as training queries teach, shape (n_entries,).
        named: Whether the query names each entry.
        taught: How many training queries name each entry.
        untaught: Whether each entry is of a library they say nothing of, beside one they speak of.
        said: Cosines of each text with what was said, before it was turned to where answers are expected, as
            ``text_cosines`` has them of what is sought; the same array where nobody reads them.
        no_answer: How likely it is that nothing answers in the libraries they speak of, as training queries teach.
    """

    candidates: CandidateSet
    allowed: np.ndarray
    known: tuple[float, ...]
    cosines: np.ndarray
    bm25: np.ndarray
    overlap: np.ndarray
    rare: np.ndarray
    sure: tuple[float, ...]
    quoting: np.ndarray
    text_cosines: np.ndarray
    training: np.ndarray
    named: np.ndarray
    taught: np.ndarray
    untaught: np.ndarray
    said: np.ndarray
    no_answer: float = 0.0

    @cached_property
    def text_bm25(self) -> np.ndarray:
        """The best score of each text's passages, shape (n_texts,)."""
        best: np.ndarray = np.append(self.bm25, 0.0)[self.candidates.members.T].max(axis=0, initial=0.0)
        return best

    @cached_property
    def proven_overlap(self) -> float:
        """The largest overlap, less where words were mended and are not borne out, 0 to 1.

        That one passage has BORNE_OUT rare terms, mended or not, is no chance.
        """
        return float(self._proven.max(initial=0.0))

    @cached_property
    def telling_overlap(self) -> float:
        """The same of passages with a rare term: what a query is answered by. Usual words meet anywhere."""
        return float(self._proven[self.rare > 0].max(initial=0.0))

    @cached_property
    def _proven(self) -> np.ndarray:
        """The overlap of each passage that proves something, shape (n_passages,)."""
        proven: np.ndarray = self.overlap * np.where(
            self.rare >= BORNE_OUT, 1.0, np.array(self.sure)[self.candidates.language]
        )
        return proven

    @cached_property
    def telling_overlaps(self) -> np.ndarray:
        """The largest overlap of each entry's passages that have a rare term, mended or not, shape (n_entries,)."""
        telling = np.where(self.rare > 0, self.overlap, 0.0)
        overlaps: np.ndarray = np.maximum(self.of_entries(telling, self.candidates.passage_runs), 0.0)
        return overlaps

    @cached_property
    def entry_cosines(self) -> np.ndarray:
        """Those of each entry's best text, shape (n_entries,)."""
        return self.of_entries(self.text_cosines, self.candidates.text_runs)

    @cached_property
    def said_cosines(self) -> np.ndarray:
        """Those of each entry's best text with what was said, shape (n_entries,)."""
        return self.of_entries(self.said, self.candidates.text_runs)

    def of_entries(self, scores: np.ndarray, runs: Runs) -> np.ndarray:
        """Return the best of each entry's scores, shape (n_entries,); ``runs`` says where those of each begin."""
        return best_per_entry(scores, runs, len(self.candidates.entries))

    def only(self, entries: np.ndarray) -> Features:
        """Return the same where only some entries are found.

        Args:
            entries: Truth per entry, shape (n_entries,).
        """
        passages, texts = entries[self.candidates.entry], entries[self.candidates.text_entry]
        return replace(
            self,
            cosines=np.where(passages, self.cosines, -np.inf),
            bm25=np.where(passages, self.bm25, 0.0),
            overlap=np.where(passages, self.overlap, 0.0),
            rare=np.where(passages, self.rare, 0),
            quoting=self.quoting & passages,
            text_cosines=np.where(texts, self.text_cosines, -np.inf),
            said=np.where(texts, self.said, -np.inf),
        )

    def searched(self, row: int) -> np.ndarray:
        """Return the rows of the passages of an entry that were searched, shape (n,)."""
        rows = self.candidates.passages_of(row)
        found: np.ndarray = rows[np.isfinite(self.cosines[rows])]
        return found


def compare(
    index: Index,
    first: FirstStage,
    candidates: CandidateSet,
    selection: Selection,
    *,
    quoting: np.ndarray,
    best: tuple[float, ...],
    cosines: np.ndarray | None = None,
) -> Features:
    """Compare a query with its candidates.

    Args:
        index: The index.
        first: What the whole index says of the query.
        candidates: What to compare it with.
        selection: What may answer.
        quoting: Rows of the passages that have the phrases it quotes, rising, shape (n,).
        best: What the best passage of a text counts, the second...
        cosines: Of the candidates' passages, shape (n_passages,), where they are known already; they are changed.
    """
    rows = None if candidates.whole else candidates.passages
    cosines = index.store.cosines(first.query.sought, rows) if cosines is None else cosines
    if selection.passages is not None:
        cosines[~selection.passages[candidates.passages]] = -np.inf
    searched = np.isfinite(cosines)
    found = text_scores(cosines, candidates.members, best)
    said = found
    if index.reads_what_was_said and first.query.sought is not first.query.vector:
        as_said = np.where(searched, index.store.cosines(first.query.vector, rows), -np.inf)
        said = text_scores(as_said, candidates.members, best)
    return Features(
        candidates=candidates,
        allowed=selection.entries[candidates.entries],
        known=tuple(terms.known for terms in first.terms.values()),
        cosines=cosines,
        bm25=np.where(searched, first.bm25[candidates.passages], 0.0),
        overlap=np.where(searched, index.term_index.coverage(first.terms, rows), 0.0),
        rare=np.where(searched, index.term_index.rare(first.terms, rows), 0),
        sure=tuple(terms.sure for terms in first.terms.values()),
        quoting=among(candidates.passages, quoting) & searched,
        text_cosines=found,
        said=said,
        training=first.training.answers[candidates.entries],
        named=among(candidates.entries, first.named),
        taught=index.taught[candidates.entries],
        untaught=index.untaught[candidates.entries],
        no_answer=first.training.no_answer,
    )
