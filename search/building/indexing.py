"""Embed a library: an index in memory, not calibrated."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib.metadata import version

import numpy as np

from ..encoding.embedding_cache import EmbeddingCache, Progress
from ..encoding.encoder import Encoder
from ..encoding.unit_rows import unit_rows
from ..entries import Passage
from ..index.index import FORMAT, Index, Manifest, index_version
from ..index.metadata import Metadata
from ..index.term_index import TermIndex
from ..index.title_index import TitleIndex, short_names
from ..index.vector_store import TRIED, FaissStore
from ..index.word_list import WordList
from ..learning.relevance_learning import learn, learned_from
from ..learning.relevance_model import RelevanceModel
from ..learning.relevance_weights import RelevanceWeights
from ..learning.situation_model import SituationModel
from ..library.reader import Library
from ..library.training_queries import TrainingQuery, landmarks
from ..text.segmentation import as_embedded, embedded_text, passages_of
from .inputs import Inputs
from .kept_relevance import NOTHING_KEPT, KeptRelevance

LIBRARIES = ("faiss-cpu", "numpy", "sentence-transformers", "torch", "bm25s")


@dataclass(frozen=True)
class _Texts:
    """Everything of a library that is embedded.

    Attributes:
        passages: Entry by entry.
        metadata: Theirs.
        embedded: What the encoder reads for each passage.
        worded: What terms are taken of for each passage: the same, and the acronyms of its entry's titles.
        sentences: Passage by passage.
        queries: The training queries.
        asked: Their texts as they are read, query by query.
    """

    passages: tuple[Passage, ...]
    metadata: Metadata
    embedded: Sequence[str]
    worded: Sequence[str]
    sentences: Sequence[str]
    queries: Sequence[TrainingQuery]
    asked: Sequence[str]

    @classmethod
    def of(cls, library: Library, queries: Sequence[TrainingQuery]) -> _Texts:
        by_id = {entry.id: entry for entry in library.entries}
        passages = tuple(passage for entry in library.entries for passage in passages_of(entry))
        metadata = Metadata.of(library.entries, passages)
        embedded = [as_embedded(embedded_text(passage, by_id[passage.entry_id])) for passage in passages]
        short = {entry.id: short_names(entry) for entry in library.entries}
        return cls(
            passages=passages,
            metadata=metadata,
            embedded=embedded,
            worded=[f"{text} {short[passage.entry_id]}" for text, passage in zip(embedded, passages, strict=True)],
            sentences=_sentences(metadata, passages),
            queries=queries,
            asked=[text for query in queries for text in query.asked],
        )

    @property
    def answers(self) -> tuple[tuple[str, ...], ...]:
        """For each of the texts asked, the ids of the entries that answer it."""
        return tuple(query.entries for query in self.queries for _ in range(query.tellings))

    @cached_property
    def landmarks(self) -> list[tuple[int, ...]]:
        """The rows of the texts asked that make each of the vectors a query is compared with."""
        return landmarks(self.queries)

    def digest(self, encoder: str) -> str:
        """Return what tells what is learned of the training queries with the encoder of a name (`learned_from`)."""
        return learned_from(encoder, self.asked, self.answers, self.metadata.ids, self.landmarks)

    @cached_property
    def labelled(self) -> list[int]:
        """The rows of the texts asked of which is said where they stand, and what they lack."""
        queries = [query for query in self.queries for _ in range(query.tellings)]
        return [row for row, one in enumerate(queries) if one.phases is not None and one.conditions is not None]

    def vectors(
        self, encoder: Encoder, cache: EmbeddingCache, progress: Progress | None, *, learning: bool
    ) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Encode passages, sentences (kept in 16 bits: there are most of them) and training queries.

        Where nothing is learned of these, only what is labelled: the rows of the others are zeros.
        """
        rows = list(range(len(self.asked))) if learning else self.labelled
        total = len(self.embedded) + len(self.sentences) + len(rows)
        of_passages = cache.documents(self.embedded, encoder, _after(progress, 0, total))
        after_passages = _after(progress, len(self.embedded), total)
        of_sentences = cache.documents(self.sentences, encoder, after_passages, dtype=np.float16)
        of_queries = np.zeros((len(self.asked), encoder.dim), dtype=np.float32)
        asked = [self.asked[row] for row in rows]
        of_queries[rows] = cache.queries(asked, encoder, _after(progress, total - len(rows), total))
        cache.keep_queries(self.asked, encoder)
        return of_passages, of_sentences, of_queries


def _after(progress: Progress | None, before: int, total: int) -> Progress | None:
    """Tell how many of so many texts are done, of which some were before those that are counted."""
    return (lambda done, _: progress(before + done, total)) if progress else None


def build_index(
    source: Library | Inputs,
    encoder: Encoder,
    cache: EmbeddingCache,
    progress: Progress | None = None,
    *,
    index_type: str | None = None,
    kept: KeptRelevance = NOTHING_KEPT,
) -> Index:
    """Embed a library.

    Args:
        source: What is read, or a library alone: what lies beside its entries is then read now.
        encoder: Gives the vectors.
        cache: Vectors already known; receives the new ones.
        progress: Called with how many texts are done, and how many there are.
        index_type: How the vectors of passages are kept (INDEX_TYPES); chosen by their number when None.
        kept: Where what training queries teach is looked for before it is learned, and kept.

    Returns:
        The index, in memory, not calibrated.
    """
    inputs = source if isinstance(source, Inputs) else Inputs.of(source)
    library, texts = inputs.library, _Texts.of(inputs.library, inputs.queries)
    known = kept.find(texts.digest(encoder.name))
    vectors, sentence_vectors, query_vectors = texts.vectors(encoder, cache, progress, learning=known is None)
    store = FaissStore.of(vectors, _some(sentence_vectors), index_type)
    return Index(
        manifest=_manifest(inputs, encoder, store, len(texts.passages)),
        vocabulary=library.vocabulary,
        entries=library.entries,
        passages=texts.passages,
        metadata=texts.metadata,
        title_index=TitleIndex.of(library.entries, library.vocabulary),
        term_index=TermIndex.of(texts.worded, [passage.language for passage in texts.passages]),
        words=WordList.of(texts.embedded, texts.asked),
        store=store,
        sentence_vectors=sentence_vectors,
        relevance=_relevance(texts, query_vectors, encoder.name, kept, known),
        situation_model=_situation_model(texts, query_vectors),
    )


def _relevance(
    texts: _Texts, vectors: np.ndarray, encoder: str, kept: KeptRelevance, known: RelevanceWeights | None
) -> RelevanceModel:
    """Learn from the training queries, or take what is known of the same.

    Args:
        texts: The library's.
        vectors: Of the texts asked, all of them where nothing is known, shape (n_asked, dim).
        encoder: The name of what gave them.
        kept: Where what is learned is kept.
        known: What was learned from the same; None to learn it.
    """
    marks, answers, ids = texts.landmarks, texts.answers, texts.metadata.ids
    if known is None:
        learned = learn(vectors, texts.asked, answers, ids, landmarks=marks)
        known = kept.keep(texts.digest(encoder), learned)
    return RelevanceModel.of(known, texts.asked, answers, ids, landmarks=marks)


def _manifest(inputs: Inputs, encoder: Encoder, store: FaissStore, passages: int) -> Manifest:
    """Say what an index is built from and with; its files are added when they are written."""
    return Manifest(
        version=index_version(inputs.fingerprint, encoder.name),
        format=FORMAT,
        model=encoder.name,
        dim=encoder.dim,
        corpus=inputs.fingerprint,
        corpora=inputs.corpora,
        names=inputs.names,
        entries=len(inputs.library.entries),
        passages=passages,
        index_type=store.index_type,
        lists=store.lists,
        recall=store.recall,
        libraries={name: version(name) for name in LIBRARIES},
        files={},
    )


def _sentences(metadata: Metadata, passages: Sequence[Passage]) -> list[str]:
    """Return what the encoder reads of every sentence, passage by passage."""
    of_passage = np.repeat(np.arange(len(passages)), np.diff(metadata.sentences)).tolist()
    spans = metadata.spans.tolist()
    return [as_embedded(passages[row].text[start:end]) for row, (start, end) in zip(of_passage, spans, strict=True)]


def _some(sentence_vectors: np.ndarray) -> np.ndarray:
    """Choose the vectors recall is measured with: sentences spread over the library, as unit rows in 32 bits."""
    step = max(len(sentence_vectors) // TRIED, 1)
    return unit_rows(sentence_vectors[::step][:TRIED].astype(np.float32))


def _situation_model(texts: _Texts, vectors: np.ndarray) -> SituationModel | None:
    """Learn from the training queries with labels; ``vectors`` has a row for each of the texts asked."""
    if not texts.labelled:
        return None
    queries = [query for query in texts.queries for _ in range(query.tellings)]
    some = [queries[row] for row in texts.labelled]
    phases, conditions = [query.phases or () for query in some], [query.conditions or () for query in some]
    return SituationModel.fit(vectors[texts.labelled], phases, conditions)
