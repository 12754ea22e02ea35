"""From a library to an index in use: read, embed, calibrate, switch."""

from __future__ import annotations

import dataclasses
import gc
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from ..encoding.embedding_cache import EmbeddingCache, Progress
from ..encoding.encoder import Encoder, SentenceEncoder
from ..errors import IndexWriteError, SearchIndexError
from ..index.build_lock import build_lock
from ..index.index import Index, index_version
from ..index.reading import load_index, read_manifest
from ..index.writing import save_index
from ..library.fingerprint import corpus_hash
from ..library.parse_cache import ParseCache
from ..locations import default_corpus, default_index
from .fit_calibration import calibrate
from .indexing import build_index
from .inputs import Inputs, read_inputs


def is_current(corpus: Path, output: Path, encoder: Encoder, *, index_type: str | None = None) -> bool:
    """Say whether the index in use is whole, and made from this corpus, as it is now, with this encoder.

    Args:
        corpus: Corpus folder or table.
        output: Index folder.
        encoder: Any.
        index_type: How its vectors must be kept; in any way when None.
    """
    try:
        manifest = read_manifest(output)
        if manifest.version != index_version(corpus_hash(corpus), encoder.name) or index_type not in (
            None,
            manifest.index_type,
        ):
            return False
        load_index(output, encoder)
    except SearchIndexError:
        return False
    return True


def build(
    corpus: Path | None = None,
    output: Path | None = None,
    *,
    encoder: Encoder | None = None,
    progress: Progress | None = None,
    index_type: str | None = None,
) -> Path:
    """Build the index of a corpus and switch to it.

    Only texts that this encoder never read before are encoded. The calibration is fitted on
    ``evaluation/tune.jsonl`` of the corpus when it is there and can teach one.

    Args:
        corpus: Corpus folder or table (`search.library.tables`); the shipped one when None.
        output: Index folder; `default_index` when None.
        encoder: The shipped one when None.
        progress: Called with how many texts are done, and how many there are.
        index_type: How the vectors of passages are kept, one of INDEX_TYPES; chosen by their number when None.

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
        inputs = _read(corpus, output)
        return _build(inputs, output, encoder=encoder or SentenceEncoder(), progress=progress, index_type=index_type)


def _build(
    inputs: Inputs,
    output: Path,
    *,
    encoder: Encoder,
    progress: Progress | None,
    index_type: str | None,
) -> Path:
    """Build the index of what was read; errors are those of `build`."""
    try:
        with build_lock(output):
            with closing(EmbeddingCache(output / "embeddings.sqlite")) as cache:
                index = build_index(inputs, encoder, cache, progress, index_type=index_type)
            if inputs.judged:
                index = dataclasses.replace(index, calibration=calibrate(index, encoder, inputs.judged))
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


def _read(corpus: Path, output: Path) -> Inputs:
    """Read a corpus, parsing only files that were not parsed for this index before."""
    cache = ParseCache(output / "parse-cache.sqlite")
    inputs = read_inputs(corpus, cache)
    if corpus.is_dir():
        cache.save()
    return inputs


def _saved(index: Index, output: Path) -> Path:
    try:
        return save_index(index, output)
    except RuntimeError as error:  # FAISS has no error of its own
        raise IndexWriteError(output, str(error)) from error
