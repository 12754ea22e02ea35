"""Answer a query: parse, select, score, decide, present. Each step is a file of this folder."""

from __future__ import annotations

import math
import reprlib
from collections.abc import Collection, Mapping, Sequence

import numpy as np

from ..encoding.encoder import Encoder
from ..entries import Entry, Vocabulary
from ..errors import UnknownEntryError
from ..index.index import Index, Manifest
from ..learning.situation_model import NOT_READ, Situation, stated
from ..text.query import parse
from .abstention import is_answered
from .filters import Facets, Filters, Selection, in_use, listed, select
from .query_vectors import EncodedQuery, as_query, encode
from .results import Results
from .scoring import score
from .signals import SIGNALS, Signal, meaning_of
from .snippets import present

NEAR_MISSES = 5
"""Entries shown apart when nothing is close enough."""


class Searcher:
    """Searches one index with one encoder. Safe to share between threads: it never changes.

    Attributes:
        index: What it searches.
        encoder: What it encodes queries with.
        signals: What it ranks by, in this order.
    """

    def __init__(
        self, index: Index, encoder: Encoder, *, signals: Sequence[Signal] = SIGNALS, spelling: bool = True
    ) -> None:
        """Take an index.

        Args:
            index: Made with the same encoder.
            encoder: For the queries.
            signals: What entries are ranked by.
            spelling: Whether words that no text has are mended.
        """
        self.index, self.encoder, self.signals, self.spelling = index, encoder, tuple(signals), spelling

    @property
    def manifest(self) -> Manifest:
        """What the index was built from and with."""
        return self.index.manifest

    @property
    def vocabulary(self) -> Vocabulary:
        """The closed lists of the library, with labels."""
        return self.index.vocabulary

    @property
    def entries(self) -> Sequence[Entry]:
        """Every entry, in order of id."""
        return self.index.entries

    @property
    def facets(self) -> Mapping[str, tuple[str, ...]]:
        """The filters of the library's own: their names to the values there are, as its table writes them."""
        return self.index.metadata.facets

    def entry(self, entry_id: str) -> Entry:
        """Return one entry.

        Raises:
            UnknownEntryError: No entry has this id.
        """
        return self.index.entries[self._row(entry_id)]

    def illustrated_by(self, entry_id: str) -> tuple[Entry, ...]:
        """Return the cases, resources and insights that show a practice, in order of id."""
        row, shown = self.index.metadata.number.get(entry_id), self.index.metadata.shown
        linked = [] if row is None else [self.index.entries[int(other)] for other in shown[row] if other >= 0]
        return tuple(entry for entry in linked if entry_id in entry.illustrates)  # links are kept both ways

    def search(
        self,
        text: str,
        *,
        k: int = 10,
        abstain: bool = True,
        facets: Facets | None = None,
        **filters: Collection[str] | None,
    ) -> Results:
        """Find the entries that answer a situation.

        Args:
            text: The situation, in French or English, up to LONGEST_QUERY characters.
            k: The most hits wanted.
            abstain: False gives the best there is even when nothing is close enough.
            facets: The same as ``filters`` of the library's own (`Searcher.facets`), like ``{"Commune": ["Namur"]}``.
            filters: ``kinds``, ``phases``, ``conditions``, ``actors``, ``countries``, ``outcomes``: keep entries that
                have one of these values; ``languages``: search only the texts in these. None keeps all; filters of
                different names must all hold.

        Returns:
            The results. Without a calibration in the index the searcher never abstains.

        Raises:
            EmptyQueryError: Nothing was typed.
            QueryTooLongError: More than LONGEST_QUERY characters.
            UnknownFilterError: A filter or a facet names something that the library has not.
            ValueError: k is not a whole number from 1 on, or the situation no text.
            TypeError: There is no filter of this name.
        """
        _check_count(k)
        query, wanted = parse(text), listed(filters)
        selection = self._select(wanted, facets)
        encoded = encode(query, self.encoder)
        scored = score(self.index, encoded, selection, self.signals, spelling=self.spelling, most=k)
        answered = not abstain or is_answered(self.index.calibration, scored)
        hits = present(self.index, scored, scored.best(k if answered else NEAR_MISSES))
        return Results(
            query=query.text,
            language=query.language,
            hits=hits if answered else (),
            near_misses=() if answered else hits,
            total=self._count(selection),
            situation=self._situation(encoded, wanted),
        )

    def situate(
        self, text: str, *, phases: Collection[str] | None = None, conditions: Collection[str] | None = None
    ) -> Situation:
        """Say where a situation stands: its phases and the conditions it lacks, with the words that say so.

        What is not clear is left out.

        Args:
            text: The situation, in French or English, up to LONGEST_QUERY characters.
            phases: What the person says the phases are, instead of those read; None reads them.
            conditions: The same for the weak conditions.

        Returns:
            The situation; nothing is read when the index has no model of situations.

        Raises:
            EmptyQueryError: Nothing was typed.
            QueryTooLongError: More than LONGEST_QUERY characters.
            UnknownFilterError: A phase or a condition is not in the vocabulary.
            ValueError: The situation is no text.
        """
        said = listed({"phases": phases, "conditions": conditions})
        in_use(said, self.vocabulary)
        return self._situation(encode(parse(text), self.encoder), said)

    def similar(self, entry_id: str, *, k: int = 5, kinds: Collection[str] | None = None) -> Results:
        """Find the entries most like one entry.

        Args:
            entry_id: The entry.
            k: The most hits wanted.
            kinds: Keep only these kinds.

        Returns:
            The results, without the entry itself; never silent.

        Raises:
            UnknownEntryError: No entry has this id.
            UnknownFilterError: A kind is unknown.
            ValueError: k is not a whole number from 1 on.
        """
        _check_count(k)
        row, entry = self._row(entry_id), self.entry(entry_id)
        language = entry.languages[0]
        selection = self._select({"kinds": kinds}).without(row)
        query = as_query(f"{entry.title(language)}. {entry.summary(language)}", self.index.entry_vector(row))
        scored = score(self.index, query, selection, (meaning_of(self.signals),), spelling=self.spelling, most=k)
        hits = present(self.index, scored, scored.best(k))
        return Results(query=query.query.text, language=language, hits=hits, total=self._count(selection))

    def matching(self, *, facets: Facets | None = None, **filters: Collection[str] | None) -> tuple[Entry, ...]:
        """Return the entries that pass some filters, in order of id; filters are those of `search`.

        Raises:
            UnknownFilterError: A filter names something that is not in the vocabulary.
            TypeError: There is no filter of this name.
        """
        rows = np.flatnonzero(self._select(filters, facets).with_text(self.index.metadata))
        return tuple(self.index.entries[int(row)] for row in rows)

    def _row(self, entry_id: str) -> int:
        if not isinstance(entry_id, str) or entry_id not in self.index.metadata.number:
            raise UnknownEntryError(entry_id if isinstance(entry_id, str) else reprlib.repr(entry_id))
        return self.index.metadata.number[entry_id]

    def _select(self, filters: Filters, facets: Facets | None = None) -> Selection:
        return select(filters, self.index.metadata, self.vocabulary, facets)

    def _count(self, selection: Selection) -> int:
        return int(selection.with_text(self.index.metadata).sum())

    def _situation(self, query: EncodedQuery, said: Filters) -> Situation:
        """Read where a query stands; phases and conditions that were said stand for those that were read."""
        model = self.index.situation_model
        read = model.read(query.vector, query.query.clauses, query.clause_vectors) if model else NOT_READ
        wanted = in_use(said, self.vocabulary)
        return stated(read, **{name: wanted.get(name, said.get(name)) for name in ("phases", "conditions")})


def _check_count(k: int) -> None:
    if not isinstance(k, int) or isinstance(k, bool) or k < 1:
        found = k if isinstance(k, int | float) and not (isinstance(k, float) and math.isnan(k)) else repr(k)
        raise ValueError(f"k must be a whole number, 1 or more (got {found})")
