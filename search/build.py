"""Make an index from a corpus folder, calibrate it, put it in place; and open the one there is."""

from __future__ import annotations

import dataclasses
import gc
import sqlite3
from collections.abc import Collection, Iterator, Sequence
from contextlib import closing, contextmanager
from functools import cache
from pathlib import Path

from search.calibration import Calibration, HitEvidence, Logistic, QueryEvidence, silence_cut
from search.encoder import SHIPPED_MODEL, Encoder, SentenceEncoder
from search.entries import LANGUAGES
from search.errors import IndexMissingError, IndexWriteError, SearchIndexError
from search.evaluation import USEFUL, JudgedQuery, read_judged_queries
from search.grid import Situation
from search.index import Index, IndexFolder, build_index, index_version, load_index, read_manifest, save_index
from search.library import Library, corpus_hash
from search.live import LiveSearcher, Place
from search.locations import default_corpus, default_index, default_store
from search.lock import build_lock
from search.parsed import ParsedCache
from search.postgres import Database
from search.searcher import Searcher
from search.tables import read_corpus
from search.vectors import Progress, VectorCache

STRONG_FROM, RELATED_FROM = 0.75, 0.45
"""Probabilities from which a hit is called strong, or related."""


def build(
    corpus: Path | None = None,
    output: Path | None = None,
    *,
    encoder: Encoder | None = None,
    progress: Progress | None = None,
    kind: str | None = None,
) -> Path:
    """Build the index of a corpus and switch to it.

    Only texts that this encoder never read before are encoded. The calibration is fitted on
    ``evaluation/tune.jsonl`` of the corpus when it is there and can teach one.

    Args:
        corpus: Corpus folder or table (`search.tables`); the shipped one when None.
        output: Index folder; `default_index` when None.
        encoder: The shipped one when None.
        progress: Told how many texts are done, and how many there are.
        kind: How the vectors of passages are kept, one of KINDS; chosen by their number when None.

    Returns:
        The folder of this build.

    Raises:
        CorpusError: The corpus has problems; the old index stays in use.
        ModelMissingError: The encoder could not be loaded.
        IndexBusyError: Another build of this index is under way.
        IndexWriteError: The disk is full, or the folder cannot be written; the old index stays in use.
    """
    corpus, output = corpus or default_corpus(), output or default_index()
    with _uncollected():
        library = _read(corpus, output)
        tune = corpus / "evaluation" / "tune.jsonl"
        judged = read_judged_queries(tune) if tune.exists() else ()
        return _build(library, judged, output, encoder=encoder or SentenceEncoder(), progress=progress, kind=kind)


def _build(
    library: Library,
    judged: Sequence[JudgedQuery],
    output: Path,
    *,
    encoder: Encoder,
    progress: Progress | None,
    kind: str | None,
) -> Path:
    """Build the index of a library that was read; errors are those of `build`."""
    try:
        with build_lock(output):
            with closing(VectorCache(output / "vectors.sqlite")) as cache:
                index = build_index(library, encoder, cache, progress, kind=kind)
            if judged:
                index = dataclasses.replace(index, calibration=calibrate(index, encoder, judged))
            return _saved(index, output)
    except (OSError, sqlite3.OperationalError) as error:
        raise IndexWriteError(output, str(error)) from error


@contextmanager
def _uncollected() -> Iterator[None]:
    """Do not look for garbage meanwhile: what a build makes stays to its end, and looking took a sixth of its time."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def _read(corpus: Path, output: Path) -> Library:
    """Read a corpus, parsing only files that were not parsed for this index before."""
    cache = ParsedCache(output / "parsed.sqlite")
    library = read_corpus(corpus, cache)
    if corpus.is_dir():
        cache.save()
    return library


def _saved(index: Index, output: Path) -> Path:
    try:
        return save_index(index, output)
    except RuntimeError as error:  # FAISS has no error of its own
        raise IndexWriteError(output, str(error)) from error


def calibrate(index: Index, encoder: Encoder, judged: Sequence[JudgedQuery]) -> Calibration | None:
    """Fit the words for scores on judged queries, asked in both languages.

    Args:
        index: What they are asked of.
        encoder: For the queries.
        judged: In scope and out of scope.

    Returns:
        The calibration of this index; None when the queries cannot teach one: some must be in scope and some not,
        and of what is found some must be useful and some not.
    """
    searcher = Searcher(dataclasses.replace(index, calibration=None), encoder)
    inside: list[QueryEvidence] = []
    outside: list[QueryEvidence] = []
    hits: list[tuple[HitEvidence, bool]] = []
    for query in judged:
        for language in LANGUAGES:
            evidence, found = searcher.evidence(query.texts[language])
            (inside if query.in_scope else outside).append(evidence)
            hits += [(hit, query.judgements.get(name, 0) >= USEFUL) for name, hit in found]
    truths = [truth for _, truth in hits]
    if not inside or not outside or len(set(truths)) < 2:
        return None
    rows = [evidence.features() for evidence in [*inside, *outside]]
    answered = Logistic.fit(rows, [True] * len(inside) + [False] * len(outside))
    return Calibration(
        answered=answered,
        silence=silence_cut(answered, inside, outside),
        helpful=Logistic.fit([hit.features() for hit, _ in hits], truths),
        strong=STRONG_FROM,
        related=RELATED_FROM,
    )


def is_current(corpus: Path, output: Path, encoder: Encoder, *, kind: str | None = None) -> bool:
    """Say whether the index in use is whole, and made from this corpus, as it is now, with this encoder.

    Args:
        corpus: Corpus folder or table.
        output: Index folder.
        encoder: Any.
        kind: How its vectors must be kept; in any way when None.
    """
    try:
        manifest = read_manifest(output)
        if manifest.version != index_version(corpus_hash(corpus), encoder.name) or kind not in (None, manifest.kind):
            return False
        load_index(output, encoder)
    except SearchIndexError:
        return False
    return True


def load(
    index: Path | None = None,
    *,
    model: str | Path = SHIPPED_MODEL,
    dim: int | None = None,
    corpus: Path | None = None,
    progress: Progress | None = None,
    store: str | None = None,
) -> Searcher:
    """Open the index, making it first when there is none.

    Args:
        index: Index folder; `default_index` when None.
        model: Folder or public name of the encoder.
        dim: Use only so many numbers of each vector, the first; all when None.
        corpus: What to build from when there is no index; the shipped corpus when None.
        progress: Told about the building, when there is any.
        store: Address of a PostgreSQL database that holds an index (`publish`), which is used instead; `default_store`
            when None. The index folder then receives copies of its files but for the vectors.

    Returns:
        A searcher, ready for queries; `follow` gives one that also takes up newer indexes.

    Raises:
        IndexMismatchError: The index was made with another encoder.
        IndexDamagedError: A file of the index is missing, cut or changed.
        ModelMissingError: The encoder could not be loaded.
        CorpusError: There was no index and the corpus has problems.
        StoreError: The database cannot be reached or holds no index.
    """
    encoder = SentenceEncoder(model, dim=dim)
    place = _place(index or default_index(), store or default_store(), encoder, corpus, progress)
    return Searcher(place.load(encoder), encoder)


def follow(
    index: Path | None = None,
    *,
    model: str | Path = SHIPPED_MODEL,
    corpus: Path | None = None,
    progress: Progress | None = None,
    store: str | None = None,
) -> LiveSearcher:
    """Open the index, making it first when there is none, and take up every newer one: for a long-lived process.

    Args:
        index: As for `load`.
        model: As for `load`.
        corpus: As for `load`.
        progress: As for `load`.
        store: As for `load`.

    Raises:
        PasserelleError: As `load`.
    """
    encoder = SentenceEncoder(model)
    return LiveSearcher(_place(index or default_index(), store or default_store(), encoder, corpus, progress), encoder)


def _place(folder: Path, store: str | None, encoder: Encoder, corpus: Path | None, progress: Progress | None) -> Place:
    """Return what holds the index; in a folder it is made when there is none."""
    if store:
        return Database(store, folder)
    try:
        read_manifest(folder)
    except IndexMissingError:
        build(corpus, folder, encoder=encoder, progress=progress)
    return IndexFolder(folder)


def situate(
    text: str,
    *,
    phases: Collection[str] | None = None,
    conditions: Collection[str] | None = None,
    searcher: Searcher | None = None,
) -> Situation:
    """Say where a situation stands; see `Searcher.situate`.

    Args:
        text: The situation, in French or English.
        phases: What the person says the phases are, instead of those read.
        conditions: The same for the weak conditions.
        searcher: Whose index reads it; that of `load` when None, opened once.

    Returns:
        The phases and the weak conditions it speaks of clearly.

    Raises:
        PasserelleError: As `load` and `Searcher.situate`.
    """
    return (searcher or _usual_searcher()).situate(text, phases=phases, conditions=conditions)


@cache
def _usual_searcher() -> Searcher:
    return load()
