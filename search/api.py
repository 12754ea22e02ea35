"""What one calls: open the index there is, follow the newest, say where a situation stands."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Collection
from functools import lru_cache
from pathlib import Path

from .building.builder import Corpora, build, build_first, corpora_of
from .encoding.embedding_cache import Progress
from .encoding.encoder import SHIPPED_MODEL, Encoder, SentenceEncoder
from .errors import IndexDamagedError, IndexMissingError, ModelMissingError, SearchIndexError
from .index.index import Manifest, index_version
from .index.postgres import Database
from .index.reading import IndexFolder, read_manifest
from .learning.situation_model import Situation
from .library.fingerprint import libraries_hash
from .locations import SHIPPED, StrPath, corpus_name, default_corpus, default_index, default_store, is_installed
from .retrieval.live_searcher import IndexSource, LiveSearcher
from .retrieval.searcher import Searcher

_log = logging.getLogger(__name__)


def load(
    index: StrPath | None = None,
    *,
    model: str | Path = SHIPPED_MODEL,
    dim: int | None = None,
    corpus: Corpora | None = None,
    progress: Progress | None = None,
    store: str | None = None,
) -> Searcher:
    """Open the index, making it first when there is none.

    Two that begin at once make it once: the second waits for the first. The index of an installed release is made again
    when another release made the one there is. What was made from another library is never replaced.

    Args:
        index: Index folder; `default_index` when None.
        model: Folder or public name of the encoder.
        dim: Use only so many numbers of each vector, the first; all when None.
        corpus: What to build from when there is no index, one or several; `default_corpora` when None.
        progress: Told about the building, when there is any, here or by others.
        store: Address of a PostgreSQL database that holds an index (`publish`), which is used instead; `default_store`
            when None. The index folder then receives copies of its files but for the vectors.

    Returns:
        A searcher, ready for queries; `follow` gives one that also takes up newer indexes.

    Raises:
        IndexMismatchError: The index was made with another encoder.
        IndexDamagedError: A file of the index is missing, cut or changed.
        IndexBusyError: Others make the index and come no further.
        ModelMissingError: The encoder could not be loaded.
        CorpusError: There was no index and the corpus has problems.
        StoreError: The database cannot be reached or holds no index.
        ExtraMissingError: A database was named and the extra ``postgres`` is not installed.
    """
    encoder = SentenceEncoder(model, dim=dim)
    place = _place(Path(index or default_index()), store or default_store(), encoder, corpus, progress)
    return Searcher(place.load(encoder), encoder)


def follow(
    index: StrPath | None = None,
    *,
    model: str | Path = SHIPPED_MODEL,
    corpus: Corpora | None = None,
    progress: Progress | None = None,
    store: str | None = None,
    ready: Callable[[], object] | None = None,
) -> LiveSearcher:
    """Open the index, making it first when there is none, and take up every newer one: for a long-lived process.

    The encoder is loaded meanwhile, in a thread of its own; who asks before it is there waits for it.

    Args:
        index: As for `load`.
        model: As for `load`.
        corpus: As for `load`.
        progress: As for `load`.
        store: As for `load`.
        ready: Called in that thread once the encoder is loaded.

    Raises:
        PasserelleError: As `load`.
    """
    encoder = SentenceEncoder(model)
    place = _place(Path(index or default_index()), store or default_store(), encoder, corpus, progress)
    live = LiveSearcher(place, encoder)
    threading.Thread(target=_load_encoder, args=(encoder, ready), name="encoder", daemon=True).start()
    return live


def _load_encoder(encoder: SentenceEncoder, ready: Callable[[], object] | None) -> None:
    """Load an encoder before it is asked for; what goes wrong is told again to whoever asks."""
    try:
        encoder.load()
    except ModelMissingError as error:
        _log.warning("%s", error)
    else:
        if ready:
            ready()


def _place(
    folder: Path, store: str | None, encoder: Encoder, corpus: Corpora | None, progress: Progress | None
) -> IndexSource:
    """Return what holds the index; in a folder it is made when there is none.

    One that cannot be found or read is made again only when nothing but the library wanted was ever in the folder.
    """
    if not isinstance(store, str | None):
        raise ValueError(f"store must be the address of a database (got {store!r})")
    if store:
        return Database(store, folder)
    wanted = corpora_of(corpus)
    try:
        manifest = read_manifest(folder)
    except IndexMissingError:
        _log.info("there is no index in %s: it is made", folder)
        build_first(wanted, folder, encoder=encoder, progress=progress)
    except IndexDamagedError as error:
        if set(error.corpora) != {corpus_name(one) for one in wanted}:
            raise
        _log.warning("%s It is made again.", error)
        build_first(wanted, folder, encoder=encoder, progress=progress)
    else:
        if corpus is None and is_installed() and manifest.corpora == (SHIPPED,):
            _renew(manifest, folder, encoder, progress)
    return IndexFolder(folder)


def _renew(manifest: Manifest, folder: Path, encoder: Encoder, progress: Progress | None) -> None:
    """Make the index of an installed release again when the one there is was made by another; else it stays."""
    shipped = default_corpus()
    model, found = (name.partition("@")[0] for name in (encoder.name, manifest.model))
    if manifest.version == index_version(libraries_hash([shipped]), encoder.name) or model != found:
        return
    _log.info("the index in %s was made from another release of the library: it is made again", folder)
    try:
        build(shipped, folder, encoder=encoder, progress=progress, wait=True)
    except SearchIndexError as error:
        _log.warning("%s The index of the release before goes on answering.", error)


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
        searcher: Whose index reads it; that of `load` when None, which is kept open, and the newest one taken up.

    Returns:
        The phases and the weak conditions it speaks of clearly.

    Raises:
        PasserelleError: As `load` and `Searcher.situate`.
    """
    searcher = searcher or _kept_open(default_index(), default_store()).searcher
    return searcher.situate(text, phases=phases, conditions=conditions)


@lru_cache(maxsize=1)
def _kept_open(folder: Path, store: str | None) -> LiveSearcher:
    """Open an index, making it first when there is none, and keep it open until another is asked for."""
    encoder = SentenceEncoder()
    return LiveSearcher(_place(folder, store, encoder, None, None), encoder)
