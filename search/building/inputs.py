"""Everything an index is made from, read at one moment, with the fingerprint of just that."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

from ..errors import CorpusError
from ..library.fingerprint import corpus_files, lent_files, libraries_hash
from ..library.judged_queries import SEARCH_TERMS, JudgedQuery, read_judged_queries
from ..library.judged_sets import read_off_topic, read_plain, read_search_terms
from ..library.parse_cache import ParseCache
from ..library.reader import Library
from ..library.side_by_side import join, read_libraries, renamed_judged, renamed_training
from ..library.training_queries import TrainingQuery, read_training_queries
from ..locations import corpus_name

_log = logging.getLogger(__name__)

TRIES = 5
"""Times a corpus that somebody is writing is read, until nothing changes meanwhile."""


@dataclass(frozen=True)
class Inputs:
    """What a corpus says, or several side by side.

    Attributes:
        library: The entries and the closed lists.
        queries: The training queries.
        judged: The judged queries the calibration of the first library is fitted on.
        fingerprint: Of the files it was read from, as they were then.
        corpora: What an index says it was made from.
        names: Of the libraries, in order.
        judged_beside: Name of each other library to its judged queries.
    """

    library: Library
    queries: Sequence[TrainingQuery]
    judged: Sequence[JudgedQuery]
    fingerprint: str
    corpora: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    judged_beside: Mapping[str, Sequence[JudgedQuery]] = field(default_factory=dict)

    @classmethod
    def of(cls, *libraries: Library) -> Inputs:
        """Read what lies beside the entries of libraries that were read before."""
        joined = join(libraries)
        queries: list[TrainingQuery] = []
        judged: list[Sequence[JudgedQuery]] = []
        for library, ids in zip(libraries, joined.renamed, strict=True):
            queries += renamed_training(read_training_queries(library.path), ids)
            judged.append(renamed_judged(_judged(library.path), ids))
        return cls(
            library=joined.library,
            queries=tuple(queries),
            judged=judged[0],
            fingerprint=libraries_hash([library.path for library in libraries]),
            corpora=tuple(corpus_name(library.path) for library in libraries),
            names=joined.names,
            judged_beside=dict(zip(joined.names[1:], judged[1:], strict=True)),
        )


def _judged(corpus: Path) -> Sequence[JudgedQuery]:
    """Return what was judged in the tuning half: situations, and beside them what people really type."""
    folder = corpus / "evaluation"
    tune, plain, box, off_topic = (folder / name / "tune.jsonl" for name in ("", "plain", "search-box", "off-topic"))
    if not tune.exists():
        return ()
    needs = read_plain(plain) if plain.exists() else ()
    terms = read_search_terms(box) if box.exists() else ()
    without = [one for one in read_off_topic(off_topic) if not one.answerable] if off_topic.exists() else []
    return (
        *read_judged_queries(tune),
        *(JudgedQuery(one.id, "short", one.voice, one.texts, one.judgements) for one in needs),
        *(JudgedQuery(one.id, SEARCH_TERMS, "", one.texts, one.judgements) for one in terms),
        *(JudgedQuery(one.id, "noisy", "", one.texts, {}) for one in without),
    )


def read_inputs(corpora: Sequence[Path], cache: ParseCache | None = None, *, skip_bad_rows: bool = False) -> Inputs:
    """Read corpora, again when a file of theirs changed meanwhile.

    Args:
        corpora: Corpus folders or tables, in order.
        cache: Files already parsed; receives the others.
        skip_bad_rows: Leave out the rows of a table that cannot be read.

    Returns:
        What they say, with the fingerprint of what was read. Those that never rest get the fingerprint they had before
        the last reading, so that an index made of them is told to be out of date.

    Raises:
        CorpusError: A corpus has problems.
    """
    for left in reversed(range(TRIES)):
        before, fingerprint = _state(corpora), libraries_hash(corpora)
        try:
            inputs = Inputs.of(*read_libraries(corpora, cache, skip_bad_rows=skip_bad_rows))
        except (CorpusError, OSError):  # of a file that is half written, or goes away
            if not left or _state(corpora) == before:
                raise
            continue
        if inputs.fingerprint == fingerprint and _state(corpora) == before:
            return inputs
    _log.warning("%s changes whenever it is read: an index of it is out of date at once", ", ".join(map(str, corpora)))
    return replace(inputs, fingerprint=fingerprint)


def _state(corpora: Iterable[Path]) -> list[tuple[str, int, int]]:
    """Return name, time of writing and length of every file: what was changed and changed back differs too."""
    found = []
    for file in (one for corpus in corpora for one in (*corpus_files(corpus), *lent_files(corpus))):
        with suppress(OSError):
            about = file.stat()
            found.append((str(file), about.st_mtime_ns, about.st_size))
    return found
