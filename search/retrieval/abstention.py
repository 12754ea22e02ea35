"""Whether anything is close enough to a query to be shown, and what the strength of a hit is read from."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np

from ..entries import LANGUAGES
from ..index.index import Index
from ..index.metadata import PLACES
from ..index.title_index import called
from ..learning.calibration import Calibration, HitEvidence, QueryEvidence
from ..learning.carried_calibration import CarriedCalibration
from ..text.other_names import TERMS
from ..text.places.gazetteer import place_form
from ..text.places.reading import only_places
from ..text.query import plain
from .fusion import best_first
from .places import beside_places
from .scoring import Scored, part_of

MOST = 0.5
"""A letter is answered when more than this share of the readings of its concerns is, whatever all of it together is."""

COMPARED = 10
"""Entries the best one is compared with."""

_ENTRY_OF_TERM = {place_form(term): entry for term, (_, entry) in TERMS.items()}
"""A term of the field, as `place_form` writes it, to the entry it leads to."""


def is_answered(calibration: Calibration | CarriedCalibration | None, scored: Scored) -> bool:
    """Say whether anything is close enough.

    Without a calibration everything is. With one, a greeting and function words never are.
    """
    if calibration is None:
        return True
    if not _asks(scored) or scored.first.query.query.courtesy:
        return False
    return calibration.is_answered(query_evidence(scored))


def answering(
    index: Index, streams: Sequence[Scored], text: str = "", *, read: Sequence[Scored] | None = None
) -> Sequence[Scored] | None:
    """Return the rankings of what may be shown, or None when nothing is close enough.

    Of several libraries each answers or is silent by itself: what is out of scope of one may be just what another is
    about, and the entries of a silent one are left out.

    Args:
        index: The index.
        streams: The rankings of the readings of a text, all of it first.
        text: All of it as it was typed, with the places that were taken out; the first reading's when empty.
        read: Those of what silence is told by instead: the same without its places.
    """
    read = streams if read is None else read
    if len(index.libraries) < 2:
        return streams if _speaks(index, index.calibration, read, text) else None
    silent = [
        number
        for number, name in enumerate(index.libraries)
        if not _speaks(index, index.calibration_of(name), [part_of(index, scored, name) for scored in read], text)
    ]
    shown = [_without(index, scored, silent) for scored in streams]
    return shown if not silent or any(scored.best(1) for scored in shown) else None


def answering_anywhere(
    index: Index, streams: Sequence[Scored], text: str, ranked: Callable[[str], Scored]
) -> Sequence[Scored] | None:
    """Do as `answering`; where nothing is close enough, ask again without the places something is said to be in.

    Args:
        index: The index.
        streams: The rankings of the readings of a text, all of it first.
        text: All of it as it was typed.
        ranked: Ranks what may answer a text.
    """
    if (shown := answering(index, streams, text)) or not (rest := beside_places(index, text)):
        return shown
    return answering(index, streams, rest, read=[ranked(rest)])


def _speaks(
    index: Index, calibration: Calibration | CarriedCalibration | None, streams: Sequence[Scored], text: str
) -> bool:
    return any_answered(calibration, streams) or is_called(index, streams[0], text)


def is_called(index: Index, scored: Scored, text: str = "") -> bool:
    """Say whether a query is what something that may answer is called: a place, a title or its beginning, an acronym.

    A term of the field (`TERMS`) is what the entry is called that it leads to.

    Args:
        index: The index.
        scored: The ranking.
        text: The query as it was typed; that of the ranking when empty.
    """
    query = scored.first.query.query
    text = text or query.text
    if query.courtesy or not _asks(scored):
        return False
    found = np.zeros(len(index.entries), dtype=bool)
    found[scored.features.candidates.entries] = scored.features.allowed & np.isfinite(scored.scores)
    if places := only_places(text, index.place_names):
        return bool((index.metadata.having(PLACES, places) & found).any())
    said = place_form(text)
    if said in _ENTRY_OF_TERM and found[np.isin(index.metadata.ids, [_ENTRY_OF_TERM[said]])].any():
        return True
    best = scored.features.candidates.entries[scored.best(COMPARED)]
    short = not scored.first.query.common_word
    return any(said in called(index.entries[row], acronyms=short) for row in {*scored.first.named, *best} if found[row])


def _asks(scored: Scored) -> bool:
    """Say whether a query has more than function words."""
    return any(terms.stems for terms in scored.first.terms.values())


def _without(index: Index, scored: Scored, libraries: Sequence[int]) -> Scored:
    """Leave the entries of some libraries out of a ranking."""
    left_out = np.isin(index.metadata.library[scored.features.candidates.entries], libraries)
    return replace(scored, scores=np.where(left_out, -np.inf, scored.scores))


def any_answered(calibration: Calibration | CarriedCalibration | None, streams: Sequence[Scored]) -> bool:
    """Say whether anything is close enough to a text that is read in several ways: to all of it, or to most of it."""
    whole, *parts = (is_answered(calibration, scored) for scored in streams)
    return whole or sum(parts) > MOST * len(parts)


def are_close(index: Index, streams: Sequence[Scored]) -> list[bool]:
    """Say of each reading of a text whether anything is close enough to it, in any library."""
    if len(index.libraries) < 2:
        return [is_answered(index.calibration, scored) for scored in streams]
    return [
        any(is_answered(index.calibration_of(name), part_of(index, scored, name)) for name in index.libraries)
        for scored in streams
    ]


def query_evidence(scored: Scored) -> QueryEvidence:
    """Gather what tells whether anything answers a query."""
    features, training = scored.features, scored.first.training
    found = features.entry_cosines[np.isfinite(features.entry_cosines)]
    best = found[best_first(found, COMPARED)] if len(found) else found
    said = features.said_cosines[np.isfinite(features.said_cosines)]
    return QueryEvidence(
        leaning=training.leaning,
        answer=float(training.answers.max(initial=0.0)),
        no_answer=training.no_answer,
        overlap=features.telling_overlap,
        top=float(best[0]) if len(best) else 0.0,
        gap=float(best[0] - best[1:].mean()) if len(best) > 1 else 0.0,
        known=max(known * sure for known, sure in zip(features.known, features.sure, strict=True)),
        out_of_scope=training.out_of_scope,
        nearest=float(said.max(initial=-1.0)) if len(said) else 0.0,
        mean=float(said.mean()) if len(said) else 0.0,
        says_little=_says_little(scored),
    )


def _says_little(scored: Scored) -> bool:
    """Say whether most words of a query are function words."""
    terms = max(len(asked.stems) for asked in scored.first.terms.values())
    return 2 * terms < len(plain(scored.first.query.query.read).split())


def hit_evidence(index: Index, scored: Scored, order: Sequence[int]) -> list[HitEvidence]:
    """Gather what tells how well some entries answer, by their rows in the candidate set.

    An entry stands below the best one of its own library.

    Args:
        index: Of the library.
        scored: The query and its candidates, with their scores.
        order: The rows of these entries.
    """
    features, query = scored.features, scored.first.query.query
    searched = [features.searched(row) for row in order]
    wording = np.array([rows[np.argmax(features.bm25[rows])] for rows in searched], dtype=np.int64)
    nearest = [rows[np.argmax(features.cosines[rows])] for rows in searched]
    shared = index.term_index.shared(query.read, features.candidates.passages[wording])
    library = index.metadata.library[features.candidates.entries]
    libraries = set(library[list(order)].tolist())
    tops = {of: float(scored.scores[library == of].max(initial=-np.inf)) for of in libraries}
    near = {of: float(features.entry_cosines[library == of].max(initial=-np.inf)) for of in libraries}
    return [
        HitEvidence(
            score=float(scored.scores[row]),
            below_top=tops[int(library[row])] - float(scored.scores[row]),
            words=float(share) if features.bm25[passage] > 0 else 0.0,
            across=float(query.language not in (None, LANGUAGES[features.candidates.language[of_row]])),
            training=float(features.training[row]),
            apart=near[int(library[row])] - float(features.entry_cosines[row]),
        )
        for row, passage, of_row, share in zip(order, wording, nearest, shared, strict=True)
    ]
