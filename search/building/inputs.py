"""Everything an index is made from, read at one moment, with the fingerprint of just that."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from ..errors import CorpusError
from ..library.fingerprint import corpus_files, corpus_hash
from ..library.judged_queries import JudgedQuery, read_judged_queries
from ..library.parse_cache import ParseCache
from ..library.reader import Library
from ..library.tables import read_corpus
from ..library.training_queries import TrainingQuery, read_training_queries
from ..locations import corpus_name

_log = logging.getLogger(__name__)

TRIES = 5
"""Times a corpus that somebody is writing is read, until nothing changes meanwhile."""


@dataclass(frozen=True)
class Inputs:
    """What a corpus says.

    Attributes:
        library: The entries and the closed lists.
        queries: The training queries.
        judged: The judged queries a calibration is fitted on.
        fingerprint: Of the files it was read from, as they were then.
    """

    library: Library
    queries: Sequence[TrainingQuery]
    judged: Sequence[JudgedQuery]
    fingerprint: str

    @property
    def corpora(self) -> tuple[str, ...]:
        """What an index says it was made from."""
        return (corpus_name(self.library.path),)

    @classmethod
    def of(cls, library: Library) -> Inputs:
        """Read what lies beside the entries of a library that was read before."""
        corpus = library.path
        tune = corpus / "evaluation" / "tune.jsonl"
        judged = read_judged_queries(tune) if tune.exists() else ()
        return cls(library, read_training_queries(corpus), judged, corpus_hash(corpus))


def read_inputs(corpus: Path, cache: ParseCache | None = None, *, skip_bad_rows: bool = False) -> Inputs:
    """Read a corpus, again when a file of it changed meanwhile.

    Args:
        corpus: Corpus folder or table.
        cache: Files already parsed; receives the others.
        skip_bad_rows: Leave out the rows of a table that cannot be read.

    Returns:
        What it says, with the fingerprint of what was read. One that never rests gets the fingerprint it had before the
        last reading, so that an index made of it is told to be out of date.

    Raises:
        CorpusError: The corpus has problems.
    """
    for left in reversed(range(TRIES)):
        before, fingerprint = _state(corpus), corpus_hash(corpus)
        try:
            inputs = Inputs.of(read_corpus(corpus, cache, skip_bad_rows=skip_bad_rows))
        except (CorpusError, OSError):  # of a file that is half written, or goes away
            if not left or _state(corpus) == before:
                raise
            continue
        if inputs.fingerprint == fingerprint and _state(corpus) == before:
            return inputs
    _log.warning("%s changes whenever it is read: an index of it is out of date at once", corpus)
    return replace(inputs, fingerprint=fingerprint)


def _state(corpus: Path) -> list[tuple[str, int, int]]:
    """Return name, time of writing and length of every file: what was changed and changed back differs too."""
    found = []
    for file in corpus_files(corpus):
        with suppress(OSError):
            about = file.stat()
            found.append((str(file), about.st_mtime_ns, about.st_size))
    return found
