"""Answer a query: parse, read its concerns, select, encode, score, deal, present; each step is a file of this room."""

from __future__ import annotations

import reprlib
from collections.abc import Collection, Mapping, Sequence

import numpy as np

from ..encoding.encoder import Encoder
from ..entries import Entry, Vocabulary
from ..errors import UnknownEntryError
from ..index.index import Index, Manifest
from ..learning.situation_model import Situation
from ..text.query import parse
from .abstention import answering_anywhere, are_close
from .browsing import led_by_places, unrated
from .dealing import deal
from .filters import Facets, Selection, check_count, in_use, listed, select
from .letters import answered_concerns, as_heard, read_letter
from .mending import Mender, as_typed
from .places import asked_places, limited
from .query_vectors import as_query, encode, encode_all
from .results import Results
from .scoring import Scored, score, score_all
from .signals import SIGNALS, Signal, meaning_of
from .situating import situation_of
from .snippets import present, present_dealt

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
        self._mend = Mender(index, encoder) if spelling else as_typed

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
        """Return one entry, by its id or by one it had before.

        Raises:
            UnknownEntryError: No entry has this id.
        """
        return self.index.entries[self._row(entry_id)]

    def illustrated_by(self, entry_id: str) -> tuple[Entry, ...]:
        """Return the cases, resources and insights that show a practice, in order of id."""
        return self.index.illustrating(entry_id)

    def search(
        self,
        text: str,
        *,
        k: int = 10,
        abstain: bool = True,
        concerns: Collection[str] | None = None,
        places: Collection[str] | None = None,
        facets: Facets | None = None,
        **filters: Collection[str] | None,
    ) -> Results:
        """Find the entries that answer a situation; a letter is answered concern by concern.

        Args:
            text: The situation, in French or English, up to LONGEST_QUERY characters.
            k: The most hits wanted.
            abstain: False gives the best there is even when nothing is close enough.
            concerns: Words of the concerns to answer, as results name them or as they stand in the text; None answers
                all that are understood, and an empty list the text as a whole.
            places: The same of the places that are asked about ("exemples en Wallonie"): cases are limited to them.
            facets: The same as ``filters`` of the library's own (`Searcher.facets`), like ``{"Commune": ["Namur"]}``.
            filters: ``kinds``, ``phases``, ``conditions``, ``actors``, ``countries``, ``outcomes``, ``libraries``,
                ``last_known`` (years): keep entries that have one of these values; ``known_since``: keep cases known
                in a year or later; ``languages``: search only these texts. None keeps all; all filters must hold.

        Returns:
            The results. Without a calibration in the index the searcher never abstains.

        Raises:
            EmptyQueryError: Nothing was typed.
            QueryTooLongError: More than LONGEST_QUERY characters.
            UnknownConcernError, UnknownPlaceError: A concern, or a place, is not in the text.
            UnknownFilterError: A filter or a facet names something that the library has not.
            ValueError: k is not a whole number from 1 on, or the situation or a concern no text.
            TypeError: There is no filter of this name.
        """
        k = check_count(k)
        query, wanted = parse(text), listed(filters)
        asked = asked_places(self.index, query.text, places)
        letter = read_letter(text, query, concerns).searching(asked.rest)
        selection = limited(self.index, select(wanted, self.index.metadata, self.vocabulary, facets), asked)
        whole, *parts = encode_all(letter.queries, self.encoder, self._mend)
        queries = [whole, *parts] if letter.asks_whole else parts
        scored = score_all(self.index, queries, selection, self.signals, spelling=self.spelling, most=k)
        streams = led_by_places(self.index, scored, selection, browses=asked.browses)
        found: Sequence[Scored] | None = streams
        if abstain and not asked.browses:
            found = answering_anywhere(self.index, streams, query.text, lambda rest: self._ranked(rest, selection))
        answered, shown = found is not None, found or streams
        letter, shown = as_heard(letter, shown, are_close(self.index, streams) if letter.concerns else ())
        dealt = deal(self.index, shown, letter.asked_of, k if answered else NEAR_MISSES)
        hits = present_dealt(self.index, shown, dealt, letter.answers)
        hits = unrated(hits) if asked.browses else hits
        return Results(
            query=query.text,
            language=query.language or query.other,
            hits=hits if answered else (),
            near_misses=() if answered else hits,
            total=selection.count(self.index.metadata),
            situation=situation_of(self.index, whole, wanted, read=not asked.browses),
            concerns=answered_concerns(letter, hits, dealt.chances) if answered else (),
            places=asked.places,
        )

    def _ranked(self, text: str, selection: Selection) -> Scored:
        return score(self.index, encode(parse(text), self.encoder, self._mend), selection, self.signals)

    def situate(
        self, text: str, *, phases: Collection[str] | None = None, conditions: Collection[str] | None = None
    ) -> Situation:
        """Say where a situation stands: its phases and the conditions it lacks, with the words that say so.

        Args:
            text: The situation, in French or English, up to LONGEST_QUERY characters.
            phases: What the person says the phases are, instead of those read; None reads them.
            conditions: The same for the weak conditions.

        Returns:
            What is clear of it, answered or not; nothing is read when the index has no model of situations.

        Raises:
            EmptyQueryError, QueryTooLongError: Nothing was typed, or more than LONGEST_QUERY characters.
            UnknownFilterError: A phase or a condition is not in the vocabulary.
            ValueError: The situation is no text.
        """
        said = listed({"phases": phases, "conditions": conditions})
        in_use(said, self.vocabulary)
        return situation_of(self.index, encode(parse(text), self.encoder, self._mend), said)

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
        k = check_count(k)
        row, entry = self._row(entry_id), self.entry(entry_id)
        language = entry.languages[0]
        selection = select({"kinds": kinds}, self.index.metadata, self.vocabulary).without(row)
        query = as_query(f"{entry.title(language)}. {entry.summary(language)}", self.index.entry_vector(row))
        scored = score(self.index, query, selection, (meaning_of(self.signals),), spelling=self.spelling, most=k)
        hits = present(self.index, scored, scored.best(k))
        return Results(query=query.query.text, language=language, hits=hits, total=selection.count(self.index.metadata))

    def matching(self, *, facets: Facets | None = None, **filters: Collection[str] | None) -> tuple[Entry, ...]:
        """Return the entries that pass some filters, in order of id; filters are those of `search`.

        Raises:
            UnknownFilterError: A filter names something that is not in the vocabulary.
            TypeError: There is no filter of this name.
        """
        selected = select(filters, self.index.metadata, self.vocabulary, facets).with_text(self.index.metadata)
        return tuple(self.index.entries[int(row)] for row in np.flatnonzero(selected))

    def _row(self, entry_id: str) -> int:
        if (row := self.index.metadata.row_of(entry_id)) is None:
            raise UnknownEntryError(entry_id if isinstance(entry_id, str) else reprlib.repr(entry_id))
        return row
