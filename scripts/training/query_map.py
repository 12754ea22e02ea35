"""Learn a linear map of the vectors of queries: from what a person says to where the passages that answer it lie.

A situation and the practice that answers it say different things, so that their vectors lie apart even under a good
encoder. The encoder and the vectors of the library stay as they are; a query is turned by one matrix before it is
compared with passages. What training queries teach of entries (`search.learning`) reads the vector before it is turned,
for the map has seen these queries.

Source:
    Lewis, Perez et al. (2020), Retrieval-Augmented Generation, 2.2: only the side of the query is tuned, the index is
    kept. The loss: softmax over entries, each answer against all that do not answer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch.nn.functional import normalize

from search.entries import LANGUAGES
from search.index.index import Index
from search.library.training_queries import TrainingQuery
from search.retrieval.signals import Meaning
from search.text.query import as_read

Encode = Callable[[Sequence[str]], np.ndarray]
"""Texts people type to unit rows, float32."""

BATCH, TEMPERATURE = 96, 0.05
LATER = 0.6
"""What an entry counts beside the one a training query was written for."""


@dataclass(frozen=True)
class Texts:
    """The texts of a library (one entry in one language), as `search.index.metadata.CandidateSet` has them.

    Attributes:
        passages: Unit rows, shape (n_passages, dim).
        members: Rows of the passages of each text, padded with -1, shape (n_texts, most).
        entry, language: Of each text, shape (n_texts,).
    """

    passages: torch.Tensor
    members: torch.Tensor
    entry: torch.Tensor
    language: torch.Tensor

    @classmethod
    def of(cls, index: Index) -> Texts:
        """Take the passages of an index."""
        whole = index.metadata.whole
        rows = index.store.vectors(np.arange(len(index.passages))).astype(np.float32)
        return cls(
            normalize(torch.from_numpy(rows), dim=1),
            *(torch.from_numpy(of.astype(np.int64)) for of in (whole.members, whole.text_entry, whole.text_language)),
        )

    def only(self, kept: torch.Tensor) -> Texts:
        """Return the texts of some entries; truth per entry, shape (n_entries,)."""
        rows = kept[self.entry]
        return Texts(self.passages, self.members[rows], self.entry[rows], self.language[rows])

    def cosines(self, queries: torch.Tensor) -> torch.Tensor:
        """Compare unit rows of queries, shape (n, dim), with the texts as ranking does; shape (n, n_texts)."""
        nowhere = torch.full((len(queries), 1), -1.0)
        of_passages = torch.cat([queries @ self.passages.T, nowhere], dim=1)
        counts = torch.tensor(Meaning().best)
        best = of_passages[:, self.members].topk(len(counts), dim=2).values
        return (best * (counts / counts.sum())).sum(dim=2)


@dataclass(frozen=True)
class Lessons:
    """Training queries to learn from.

    Attributes:
        vectors: By language, unit rows, shape (n_queries, dim).
        wanted: What each entry counts as an answer to each query, shape (n_queries, n_entries).
    """

    vectors: dict[str, torch.Tensor]
    wanted: torch.Tensor

    @classmethod
    def of(cls, queries: Sequence[TrainingQuery], encode: Encode, index: Index) -> Lessons:
        """Take the queries that something answers; what is translated of one is another."""
        told = [(query.entries, texts) for query in queries for texts in (query.texts, query.translated)]
        answered = [(entries, texts) for entries, texts in told if entries and set(texts) == set(LANGUAGES)]
        wanted = torch.zeros(len(answered), len(index.entries))
        for row, (entries, _) in enumerate(answered):
            for place, entry in enumerate(entries):
                wanted[row, index.metadata.number[entry]] = LATER if place else 1.0
        texts = {language: [as_read(one[language]) for _, one in answered] for language in LANGUAGES}
        return cls({language: torch.from_numpy(encode(told)) for language, told in texts.items()}, wanted)

    def without(self, hidden: torch.Tensor) -> Lessons:
        """Return what is left when some entries are unknown; truth per entry, shape (n_entries,)."""
        wanted = self.wanted.masked_fill(hidden, 0.0)
        rows = wanted.any(dim=1)
        return Lessons({language: told[rows] for language, told in self.vectors.items()}, wanted[rows])


def learn_map(
    lessons: Lessons, texts: Texts, *, epochs: int, rate: float, decay: float, seed: int
) -> Iterator[np.ndarray]:
    """Learn the map, and yield it after each epoch.

    Args:
        lessons: What to learn from.
        texts: What is searched; entries that have no text here are no answers.
        epochs: How often every query is read.
        rate: Step of Adam.
        decay: How strongly the map is held to leaving vectors as they are.
        seed: Fixes the order.

    Yields:
        float32, shape (dim, dim); a query's unit row times it, at unit length again.
    """
    torch.manual_seed(seed)
    same = torch.eye(texts.passages.shape[1])
    turned = torch.nn.Parameter(same.clone())
    steps = torch.optim.Adam([turned], lr=rate)
    for _ in range(epochs):
        for rows in torch.randperm(len(lessons.wanted)).split(BATCH):
            loss = decay * ((turned - same) ** 2).sum()
            for vectors in lessons.vectors.values():
                cosines = texts.cosines(normalize(vectors[rows] @ turned, dim=1))
                loss = loss + _missed(cosines, lessons.wanted[rows], texts) / len(lessons.vectors)
            steps.zero_grad()
            loss.backward()
            steps.step()
        yield turned.detach().numpy().copy()


def _missed(cosines: torch.Tensor, wanted: torch.Tensor, texts: Texts) -> torch.Tensor:
    """Return the loss of a batch: in each language of the library, each answer against all that do not answer."""
    losses = []
    for language in range(len(LANGUAGES)):
        rows = texts.language == language
        scores, counts = cosines[:, rows] / TEMPERATURE, wanted[:, texts.entry[rows]]
        others = torch.logsumexp(scores.masked_fill(counts > 0, -torch.inf), dim=1, keepdim=True)
        surprise = torch.logaddexp(scores, others) - scores
        losses.append((surprise * counts).sum(dim=1) / counts.sum(dim=1).clamp(min=LATER))
    return torch.stack(losses).mean()
