"""Embed a library: an index in memory, not calibrated."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.metadata import version

import numpy as np

from ..encoding.embedding_cache import EmbeddingCache, Progress
from ..encoding.encoder import Encoder
from ..entries import Passage
from ..index.index import FORMAT, Index, Manifest, index_version
from ..index.metadata import Metadata
from ..index.term_index import TermIndex
from ..index.title_index import TitleIndex
from ..index.vector_store import TRIED, FaissStore
from ..learning.relevance_model import RelevanceModel
from ..learning.situation_model import SituationModel
from ..library.fingerprint import corpus_hash
from ..library.reader import Library
from ..library.training_queries import TrainingQuery, read_training_queries
from ..text.segmentation import embedded_text, passages_of

LIBRARIES = ("faiss-cpu", "numpy", "sentence-transformers", "torch", "bm25s")


def build_index(
    library: Library,
    encoder: Encoder,
    cache: EmbeddingCache,
    progress: Progress | None = None,
    *,
    index_type: str | None = None,
) -> Index:
    """Embed a library.

    Args:
        library: The entries.
        encoder: Gives the vectors.
        cache: Vectors already known; receives the new ones.
        progress: TrainingQuery how many texts are done.
        index_type: How the vectors of passages are kept (`search.store.INDEX_TYPES`); chosen by their number when None.

    Returns:
        The index, in memory, not calibrated.
    """
    passages = tuple(passage for entry in library.entries for passage in passages_of(entry))
    by_id = {entry.id: entry for entry in library.entries}
    whole = [embedded_text(passage, by_id[passage.entry_id]) for passage in passages]
    told = read_training_queries(library.path)
    asked = [text for situation in told for text in situation.texts.values()]
    layout = Metadata.of(library.entries, passages)
    shown = _sentences(layout, passages)
    vectors, sentence_vectors, told_vectors = _vectors((whole, shown, asked), encoder, cache, progress)
    answers = tuple(situation.entries for situation in told for _ in situation.texts)
    store = FaissStore.of(vectors, _some(sentence_vectors), index_type)
    return Index(
        manifest=_manifest(library, encoder, store, len(passages)),
        vocabulary=library.vocabulary,
        entries=library.entries,
        passages=passages,
        metadata=layout,
        title_index=TitleIndex.of(library.entries, library.vocabulary),
        term_index=TermIndex.of(whole, [passage.language for passage in passages]),
        store=store,
        sentence_vectors=sentence_vectors,
        relevance=RelevanceModel.fit(told_vectors, asked, answers, list(by_id)),
        situation_model=_grid(told, told_vectors),
    )


def _manifest(library: Library, encoder: Encoder, store: FaissStore, passages: int) -> Manifest:
    """Say what an index is built from and with; its files are added when they are written."""
    fingerprint = corpus_hash(library.path)
    return Manifest(
        version=index_version(fingerprint, encoder.name),
        format=FORMAT,
        model=encoder.name,
        dim=encoder.dim,
        corpus=fingerprint,
        entries=len(library.entries),
        passages=passages,
        index_type=store.index_type,
        lists=store.lists,
        recall=store.recall,
        libraries={name: version(name) for name in LIBRARIES},
        files={},
    )


def _sentences(layout: Metadata, passages: Sequence[Passage]) -> list[str]:
    """Return every sentence, passage by passage."""
    of_passage = np.repeat(np.arange(len(passages)), np.diff(layout.sentences)).tolist()
    spans = layout.spans.tolist()
    return [passages[number].text[start:end] for number, (start, end) in zip(of_passage, spans, strict=True)]


def _vectors(
    texts: tuple[Sequence[str], Sequence[str], Sequence[str]],
    encoder: Encoder,
    cache: EmbeddingCache,
    progress: Progress | None,
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Encode passages, sentences (kept in 16 bits: there are most of them) and situations."""
    whole, shown, asked = texts
    total = sum(map(len, texts))

    def told_of(before: int) -> Progress | None:
        return (lambda done, _: progress(before + done, total)) if progress else None

    vectors = cache.documents(whole, encoder, told_of(0))
    of_sentences = cache.documents(shown, encoder, told_of(len(whole)), dtype=np.float16)
    of_situations = cache.documents(asked, encoder, told_of(len(whole) + len(shown)))
    cache.keep_only([*whole, *shown, *asked], encoder)
    return vectors, of_sentences, of_situations


def _some(sentence_vectors: np.ndarray) -> np.ndarray:
    """Choose the vectors recall is measured with: sentences spread over the library, as unit rows in 32 bits."""
    step = max(len(sentence_vectors) // TRIED, 1)
    some = sentence_vectors[::step][:TRIED].astype(np.float32)
    unit: np.ndarray = some / np.maximum(np.linalg.norm(some, axis=1, keepdims=True), 1e-12)
    return unit


def _grid(told: Sequence[TrainingQuery], vectors: np.ndarray) -> SituationModel | None:
    """Learn the grid from the labelled situations; each has one row of vectors per language."""
    rows = [
        (vector, situation)
        for vector, situation in zip(vectors, (one for one in told for _ in one.texts), strict=True)
        if situation.phases is not None and situation.conditions is not None
    ]
    if not rows:
        return None
    return SituationModel.fit(
        np.stack([vector for vector, _ in rows]),
        [situation.phases or () for _, situation in rows],
        [situation.conditions or () for _, situation in rows],
    )
