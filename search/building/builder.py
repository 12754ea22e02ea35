"""From a library to an index in use: read, embed, calibrate, switch."""

from __future__ import annotations

import dataclasses
import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

from ..encoding.cached_encoder import CachedEncoder
from ..encoding.embedding_cache import EmbeddingCache, Progress
from ..encoding.encoder import Encoder, SentenceEncoder
from ..encoding.shipped_vectors import ShippedVectors
from ..errors import (
    CorpusError,
    IndexDamagedError,
    IndexFormatError,
    IndexMissingError,
    IndexWriteError,
    SearchIndexError,
)
from ..index.build_lock import SECONDS_WITHOUT_PROGRESS, build_lock
from ..index.builds import kept_builds
from ..index.index import Index, index_version
from ..index.reading import current_version, load_index, read_manifest
from ..index.vector_store import INDEX_TYPES
from ..index.writing import save_index
from ..learning.calibration import Calibration
from ..learning.carried_calibration import CarriedCalibration
from ..library.fingerprint import libraries_hash
from ..library.judged_queries import JudgedQuery
from ..library.messages.file_faults import what_is_wrong, what_to_do
from ..library.parse_cache import ParseCache
from ..library.problems import problem_of
from ..library.reader import Library
from ..library.side_by_side import in_order
from ..locations import SHIPPED, UNKNOWN, StrPath, corpus_named, default_corpora, default_corpus, default_index
from .carry_over import carry_over, with_out_of_scope
from .fit_calibration import calibrate
from .indexing import build_index
from .inputs import Inputs, read_inputs
from .kept_relevance import SHIPPED_WEIGHTS, KeptRelevance

Corpora = StrPath | Sequence[StrPath]
"""A corpus folder or table, or several that become one index."""


def corpora_of(corpora: Corpora | None) -> tuple[Path, ...]:
    """Return what an index is made from, each once, the shipped corpus first; `default_corpora` when None.

    Args:
        corpora: The path of a folder or a table, what an index calls the shipped corpus, or several of these.

    Raises:
        ValueError: One of them is no path.
    """
    if corpora is None:
        return in_order(default_corpora())
    given = tuple(corpora) if isinstance(corpora, Iterable) and not isinstance(corpora, str) else (corpora,)
    if not all(isinstance(one, str | os.PathLike) for one in given):
        raise ValueError(f"a corpus is the path of a folder or a table, or several of them (got {corpora!r})")
    if not given:
        raise ValueError("the list of corpora is empty: give at least one folder or table (None means the usual ones)")
    return in_order(corpus_named(os.fspath(one)) for one in given)


def is_current(corpus: Corpora, output: StrPath, encoder: Encoder, *, index_type: str | None = None) -> bool:
    """Say whether the index in use is whole, and made from this corpus, as it is now, with this encoder.

    What it holds of the shipped corpus (closed lists, what is out of scope) counts too.

    Args:
        corpus: Corpus folder or table, or several.
        output: Index folder.
        encoder: Any.
        index_type: How its vectors must be kept; in any way when None.
    """
    output = Path(output)
    try:
        manifest = read_manifest(output)
        if manifest.version != index_version(libraries_hash(corpora_of(corpus)), encoder.name):
            return False
        if index_type not in (None, manifest.index_type):
            return False
        load_index(output, encoder)
    except SearchIndexError:
        return False
    return True


def corpora_in_use(output: Path) -> tuple[Path, ...]:
    """Return what the index in use was made from, which may be gone; `default_corpora` when there is no index.

    An index of another release says it too.

    Raises:
        IndexDamagedError: That cannot be read, and builds of another library than the shipped one are in the folder.
    """
    try:
        corpora = read_manifest(output).corpora
    except IndexMissingError:
        return default_corpora()
    except IndexFormatError as error:
        if UNKNOWN in error.corpora:
            raise
        corpora = error.corpora
    except IndexDamagedError as error:
        if error.corpora not in {(), (SHIPPED,)}:
            raise
        return default_corpora()
    return tuple(default_corpus() if one == SHIPPED else Path(one) for one in corpora)


def build(
    corpus: Corpora | None = None,
    output: StrPath | None = None,
    *,
    encoder: Encoder | None = None,
    progress: Progress | None = None,
    index_type: str | None = None,
    wait: bool = False,
    skip_bad_rows: bool = False,
    on_read: Callable[[Library], None] | None = None,
) -> Path:
    """Build the index of a corpus, or of several side by side, and switch to it.

    Only texts that this encoder never read before are encoded. The calibration is fitted on
    ``evaluation/tune.jsonl`` of the corpus when it is there and can teach one; else one is carried over.

    Args:
        corpus: Corpus folder or table (`search.library.tables`), or several: the filter ``libraries`` then tells them
            apart; `default_corpora` when None.
        output: Index folder; `default_index` when None.
        encoder: The shipped one when None.
        progress: Called with how many texts are done, and how many there are.
        index_type: How the vectors of passages are kept, one of INDEX_TYPES; chosen by their number when None.
        wait: Whether another build of this index is waited for, with its progress; when it made just what is wanted,
            that is taken.
        skip_bad_rows: Leave out the rows of a table that cannot be read.
        on_read: Called with the library once it is read, before anything is encoded: it has notes on what was set
            aside.

    Returns:
        The folder of this build.

    Raises:
        ValueError: There is no such index type, or the corpus is no path.
        CorpusError: The corpus has problems; the old index stays in use.
        ModelMissingError: The encoder could not be loaded.
        IndexBusyError: Another build of this index is under way.
        IndexWriteError: The disk is full, or the folder cannot be written; the old index stays in use.
    """
    if index_type not in (None, *INDEX_TYPES):
        raise ValueError(f"index_type must be one of {', '.join(INDEX_TYPES)} (got {index_type!r})")
    corpora, output = corpora_of(corpus), Path(output or default_index())
    inputs = _read(corpora, output, skip_bad_rows)
    if on_read:
        on_read(inputs.library)
    encoder = encoder or SentenceEncoder()
    with _alone(output, progress, wait=wait) as tell:
        if wait and is_current(corpora, output, encoder, index_type=index_type):
            return output / str(current_version(output))
        return _build(inputs, output, encoder=encoder, progress=tell, index_type=index_type)


def build_first(corpus: Corpora, output: Path, *, encoder: Encoder, progress: Progress | None = None) -> None:
    """Build an index where there is none; whoever is at it is waited for, and what they make is taken.

    Args:
        corpus: Corpus folder or table, or several.
        output: Index folder.
        encoder: Any.
        progress: As for `build`; that of others while they are waited for.

    Raises:
        PasserelleError: As `build`; IndexBusyError when others come no further.
    """
    if gone := [problem_of("no_file", str(one)) for one in corpora_of(corpus) if not one.exists()]:
        raise CorpusError(gone)  # before a folder is made
    with _alone(output, progress, wait=True) as tell:
        try:
            read_manifest(output)
        except SearchIndexError:
            _build(_read(corpora_of(corpus), output), output, encoder=encoder, progress=tell, index_type=None)


@contextmanager
def _alone(output: Path, progress: Progress | None, *, wait: bool) -> Iterator[Progress]:
    """Hold the right to build, and give what tells this caller and others how far it is."""
    try:
        with build_lock(output, patience=SECONDS_WITHOUT_PROGRESS if wait else 0.0, waiting=progress) as tell_others:

            def tell(done: int, total: int) -> None:
                tell_others(done, total)
                if progress:
                    progress(done, total)

            yield tell
    except OSError as error:
        if error.filename and not _is_of(output, error.filename):  # a library, the encoder
            raise
        raise IndexWriteError(output, what_is_wrong(error), what_to_do(error)) from error
    except sqlite3.OperationalError as error:
        raise IndexWriteError(output, str(error)) from error


def _is_of(folder: Path, name: str | bytes) -> bool:
    """Say whether a file is an index folder, in it, or what it lies in."""
    path, folder = Path(os.fsdecode(name)).absolute(), folder.absolute()
    return path == folder or folder in path.parents or path in folder.parents


def _build(inputs: Inputs, output: Path, *, encoder: Encoder, progress: Progress, index_type: str | None) -> Path:
    """Build the index of what was read; errors are those of `build`."""
    shared = any(build.corpora != inputs.corpora for build in kept_builds(output))
    shipped = ShippedVectors.read()
    with closing(EmbeddingCache(output / "embeddings.sqlite", shared=shared, shipped=shipped)) as cache:
        kept = KeptRelevance(own=output / "relevance.npz", shipped=SHIPPED_WEIGHTS)
        index = built_in_memory(inputs, encoder, cache, progress, index_type=index_type, kept=kept)
        cache.forget_others(encoder)
    return _saved(index, output)


def built_in_memory(
    inputs: Inputs,
    encoder: Encoder,
    cache: EmbeddingCache,
    progress: Progress | None = None,
    *,
    index_type: str | None = None,
    kept: KeptRelevance,
) -> Index:
    """Build the index of what was read, with its calibration; arguments as of `build_index`.

    Args:
        inputs: What was read.
        encoder: Encodes passages and queries.
        cache: Vectors of texts that were encoded before; new ones are added.
        progress: Called with how many texts are embedded and how many there are, when given.
        index_type: How vectors are kept; `build_index` chooses when None.
        kept: Where the weights of training queries are kept between builds.

    Returns:
        The index; each library in it has a calibration, or None where nothing can be fitted or carried over.
    """
    index = build_index(inputs, encoder, cache, progress, index_type=index_type, kept=kept)
    return _calibrated(index, inputs, CachedEncoder(encoder, cache))


def _calibrated(index: Index, inputs: Inputs, encoder: Encoder) -> Index:
    """Give each library its calibration: fitted on its judged queries if it has any, else carried over."""
    several = len(inputs.names) > 1
    judged: dict[str | None, Sequence[JudgedQuery]] = {inputs.names[0] if several else None: inputs.judged}
    judged.update(inputs.judged_beside)
    made = {name: _calibration(index, inputs, encoder, name, some) for name, some in judged.items()}
    first, *others = made
    return dataclasses.replace(index, calibration=made[first], beside={str(name): made[name] for name in others})


def _calibration(
    index: Index, inputs: Inputs, encoder: Encoder, library: str | None, judged: Sequence[JudgedQuery]
) -> Calibration | CarriedCalibration | None:
    fitted = calibrate(index, encoder, judged, library=library) if judged else None
    return fitted or carry_over(index, encoder, inputs.queries, library=library)


def _read(corpora: Sequence[Path], output: Path, skip_bad_rows: bool = False) -> Inputs:
    """Read corpora, parsing only files that were not parsed for this index before."""
    cache = ParseCache(output / "parse-cache.sqlite")
    inputs = with_out_of_scope(read_inputs(corpora, cache, skip_bad_rows=skip_bad_rows))
    if any(corpus.is_dir() for corpus in corpora):
        cache.save()
    return inputs


def _saved(index: Index, output: Path) -> Path:
    try:
        return save_index(index, output)
    except RuntimeError as error:  # FAISS has no error of its own
        raise IndexWriteError(output, str(error)) from error
