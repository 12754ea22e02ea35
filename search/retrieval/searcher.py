"""Answer a query: filter, compare, let words re-order, group by entry, rank, label, or stay silent."""

from __future__ import annotations

import copy
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from ..encoding.encoder import Encoder
from ..entries import LANGUAGES, Entry, Vocabulary
from ..errors import UnknownEntryError, UnknownFilterError
from ..index.index import Index, Manifest
from ..index.inverted_index import among
from ..index.metadata import CandidateSet
from ..index.term_index import QueryTerms
from ..index.vector_store import Allowed
from ..learning.calibration import RELATED, HitEvidence, QueryEvidence
from ..learning.relevance_model import RelevanceModel
from ..learning.situation_model import NOT_READ, Situation, stated
from ..text.language import guess_language
from ..text.query import clauses, clean, pieces, plain, quoted
from ..text.segmentation import embedded_text
from .fusion import Weights, best_first, best_per_entry, lift_by_links, reorder_by_words, text_scores
from .results import Hit, Results

NEAR_MISSES = 5


WORDS_MATCHED = 0.3
"""From this share of the query's words on, a passage is said to match by its words."""


FEW_NAMED = 5
"""When a query names this many entries at most, what they say is part of what is asked: what is like them follows."""


SURELY_MEANT = 0.8
"""A query is answered when one passage has this share of its words, rare ones above all."""


QUOTED = 2.0
"""Added to the score of an entry that has a phrase the query quotes: it comes before all that have not."""


CLOSE_IN_MEANING = 0.15
"""Within this cosine of the best entry, an entry is said to match by its meaning."""


MODES = ("both", "meaning", "words")


ALL_TO = 20_000
"""Passages up to which a query is compared closely with all; beyond, with candidates."""


CANDIDATES = 500
"""Passages nearest by meaning, and as many best by words, whose entries are candidates."""


QUOTING = 1_000
"""Passages with the words of a quoted phrase that are looked through for it."""


LIKELY = 100
"""Entries that situations people told make most likely, and that are candidates too."""


@dataclass(frozen=True)
class _Asked:
    """A query, its unit vector, and its clauses with theirs, shape (n_parts, dim)."""

    query: str
    vector: np.ndarray
    parts: tuple[str, ...]
    part_vectors: np.ndarray


@dataclass(frozen=True)
class _Filters:
    """What may answer: truth per entry and, when languages are filtered, per passage (None for all); and in words."""

    entries: np.ndarray
    passages: np.ndarray | None
    wanted: Mapping[str, Collection[str]]


@dataclass(frozen=True)
class _Scores:
    """One query's scores, by place in its scope.

    They are per passage (meaning, words, quoted) and per entry (meaning, final).
    """

    asked: _Asked
    scope: CandidateSet
    meaning: np.ndarray
    words: np.ndarray
    quoted: np.ndarray
    known: float
    covered: float
    language: str | None
    entry_meaning: np.ndarray
    entry_final: np.ndarray
    answer: float
    nothing: float
    inside: float
    outside: float


class Searcher:
    """Searches one index with one encoder. Safe to share between threads: it never changes."""

    def __init__(self, index: Index, encoder: Encoder, *, weights: Weights | None = None) -> None:
        """Take an index.

        Args:
            index: Made with the same encoder.
            encoder: For the queries.
            weights: How much each sign counts; the chosen ones when None.
        """
        self._index = index
        self._encoder = encoder
        self._weights = weights or Weights()
        self._told_vectors = index.relevance.vectors.astype(np.float32)
        self._number = index.metadata.number
        self._large = len(index.passages) > ALL_TO
        outside = np.array([not names for names in index.training_answers], dtype=bool)
        self._inside, self._outside = np.flatnonzero(~outside), np.flatnonzero(outside)

    def with_weights(self, weights: Weights) -> Searcher:
        """Return a searcher of the same index that ranks with other weights (for measuring)."""
        other = copy.copy(self)
        other._weights = weights
        return other

    def taught_by(self, rows: Sequence[int], texts: Sequence[str]) -> Searcher:
        """Return a searcher that has learned from some of the situations only (for measuring).

        Args:
            rows: Which of them, numbered as ``index.training_answers``.
            texts: All of them, in that order.
        """
        index, ids = self._index, list(self._index.metadata.ids)
        told = tuple(index.training_answers[row] for row in rows)
        vectors = self._told_vectors[list(rows)]
        learned = RelevanceModel.fit(vectors, [texts[row] for row in rows], told, ids)
        return Searcher(replace(index, training_answers=told, relevance=learned), self._encoder, weights=self._weights)

    @property
    def manifest(self) -> Manifest:
        """What the index was built from and with."""
        return self._index.manifest

    @property
    def vocabulary(self) -> Vocabulary:
        """The closed lists of the library, with labels."""
        return self._index.vocabulary

    @property
    def entries(self) -> Sequence[Entry]:
        """Every entry, in order of id."""
        return self._index.entries

    def entry(self, entry_id: str) -> Entry:
        """Return one entry.

        Raises:
            UnknownEntryError: No entry has this id.
        """
        if entry_id not in self._number:
            raise UnknownEntryError(entry_id)
        return self._index.entries[self._number[entry_id]]

    def illustrated_by(self, entry_id: str) -> tuple[Entry, ...]:
        """Return the cases, resources and insights that show a practice, in order of id."""
        return tuple(entry for entry in self._index.entries if entry_id in entry.illustrates)

    def search(
        self,
        text: str,
        *,
        k: int = 10,
        kinds: Collection[str] | None = None,
        phases: Collection[str] | None = None,
        conditions: Collection[str] | None = None,
        actors: Collection[str] | None = None,
        languages: Collection[str] | None = None,
        countries: Collection[str] | None = None,
        outcomes: Collection[str] | None = None,
        mode: str = "both",
        silence: bool = True,
    ) -> Results:
        """Find the entries that answer a situation.

        Args:
            text: The situation, in French or English, up to LONGEST_QUERY characters.
            k: The most hits wanted.
            kinds: Keep entries of these kinds; None keeps all. Filters of different names must all hold.
            phases: Keep entries of one of these phases.
            conditions: Keep entries of one of these conditions.
            actors: Keep entries that concern one of these actors.
            languages: Search only the texts in these languages.
            countries: Keep entries from one of these countries.
            outcomes: Keep cases with one of these outcomes.
            mode: ``both``; for measuring, ``meaning`` leaves the words out and ``words`` uses nothing else.
            silence: False gives the best there is even when nothing is close enough.

        Returns:
            The results. Without a calibration in the index the searcher is never silent.

        Raises:
            EmptyQueryError: Nothing was typed.
            QueryTooLongError: More than LONGEST_QUERY characters.
            UnknownFilterError: A filter names something that is not in the vocabulary.
            ValueError: k is below 1 or the mode is unknown.
        """
        if k < 1:
            raise ValueError(f"k must be at least 1 (got {k})")
        if mode not in MODES:
            raise ValueError(f"mode must be one of {', '.join(MODES)} (got {mode!r})")
        query = clean(text)
        wanted = {
            "kinds": kinds,
            "phases": phases,
            "conditions": conditions,
            "actors": actors,
            "languages": languages,
            "countries": countries,
            "outcomes": outcomes,
        }
        filters = self._filters(wanted)
        asked = self._asked(query)
        scores = self._score(asked, filters, mode)
        final = np.where(filters.entries[scores.scope.entries], scores.entry_final, -np.inf)
        answered = not silence or self._is_answered(scores)
        order = _order(final, k if answered else NEAR_MISSES)
        hits = self._hits(order, scores)
        return Results(
            query=query,
            language=scores.language,
            hits=hits if answered else (),
            near_misses=() if answered else hits,
            total=self._count(filters),
            situation=stated(self._situation(asked), phases=phases, conditions=conditions),
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
            The situation; nothing is read when the index has no grid.

        Raises:
            EmptyQueryError: Nothing was typed.
            QueryTooLongError: More than LONGEST_QUERY characters.
            UnknownFilterError: A phase or a condition is not in the vocabulary.
        """
        query = clean(text)
        self._filters({"phases": phases, "conditions": conditions})
        return stated(self._situation(self._asked(query)), phases=phases, conditions=conditions)

    def matching(
        self,
        *,
        kinds: Collection[str] | None = None,
        phases: Collection[str] | None = None,
        conditions: Collection[str] | None = None,
        actors: Collection[str] | None = None,
        languages: Collection[str] | None = None,
        countries: Collection[str] | None = None,
        outcomes: Collection[str] | None = None,
    ) -> tuple[Entry, ...]:
        """Return the entries that pass some filters, in order of id; filters are those of `search`.

        Raises:
            UnknownFilterError: A filter names something that is not in the vocabulary.
        """
        wanted = {"kinds": kinds, "phases": phases, "conditions": conditions, "actors": actors}
        filters = self._filters({**wanted, "languages": languages, "countries": countries, "outcomes": outcomes})
        return tuple(self._index.entries[int(number)] for number in np.flatnonzero(self._passing(filters)))

    def _situation(self, asked: _Asked) -> Situation:
        grid = self._index.situation_model
        return grid.read(asked.vector, asked.parts, asked.part_vectors) if grid else NOT_READ

    def _asked(self, query: str) -> _Asked:
        """Encode a query (a long one as the mean direction of its pieces) and its clauses."""
        vector, parts = self._query_vector(query), clauses(query)
        rows = self._encoder.encode_query(list(parts)) if len(parts) > 1 else vector[np.newaxis]
        return _Asked(query, vector, parts, rows)

    def evidence(self, text: str, *, k: int = 20) -> tuple[QueryEvidence, tuple[tuple[str, HitEvidence], ...]]:
        """Return what a calibration is fitted on: the query's evidence, and that of the first k entries by id."""
        query = clean(text)
        scores = self._score(_whole(query, self._query_vector(query)), self._filters({}), "both")
        numbers = scores.scope.entries
        order = _order(scores.entry_final, k)
        found = self._hit_evidence(order, scores)
        hits = tuple((self._index.metadata.ids[numbers[place]], one) for place, one in zip(order, found, strict=True))
        return self._query_evidence(scores), hits

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
            ValueError: k is below 1.
        """
        if k < 1:
            raise ValueError(f"k must be at least 1 (got {k})")
        entry = self.entry(entry_id)
        number = self._number[entry_id]
        filters = self._filters({"kinds": kinds})
        filters.entries[number] = False
        vector = _unit(self._entry_vector(number))
        query = f"{entry.title(entry.languages[0])}. {entry.summary(entry.languages[0])}"
        scores = self._score(_whole(query, vector), filters, "meaning")
        kept = filters.entries[scores.scope.entries]
        scores = replace(scores, entry_final=np.where(kept, scores.entry_meaning, -np.inf))
        hits = self._hits(_order(scores.entry_final, k), scores)
        return Results(query=query, language=entry.languages[0], hits=hits, total=self._count(filters))

    def _filters(self, wanted: Mapping[str, Collection[str] | None]) -> _Filters:
        """Turn filters into what may answer."""
        layout = self._index.metadata
        active = {name: frozenset(values) for name, values in wanted.items() if values}
        for name, values in active.items():
            known = LANGUAGES if name == "languages" else self.vocabulary.keys(name)
            if not values <= set(known):
                raise UnknownFilterError(name, values - set(known), known)
        kept = np.ones(len(layout.ids), dtype=bool)
        for name, values in active.items():
            if name != "languages":
                kept &= layout.having(name, values)
        languages = active.get("languages")
        return _Filters(kept, layout.in_languages(languages) if languages else None, active)

    def _passing(self, filters: _Filters) -> np.ndarray:
        """Say which entries filters let through: those that also have a passage that may answer."""
        if filters.passages is None:
            return filters.entries
        entries = self._index.metadata.entry[filters.passages]
        return filters.entries & (np.bincount(entries, minlength=len(filters.entries)) > 0)

    def _count(self, filters: _Filters) -> int:
        return int(self._passing(filters).sum())

    def _query_vector(self, query: str) -> np.ndarray:
        """Encode a query; a long one as the mean direction of its pieces."""
        return _unit(self._encoder.encode_query(pieces(query)).mean(axis=0))

    def _score(self, asked: _Asked, filters: _Filters, mode: str) -> _Scores:
        query, vector, weights, index = asked.query, asked.vector, self._weights, self._index
        terms = index.term_index.terms(query, spelling=weights.spelling)
        named = index.title_index.named(terms) if mode == "both" and weights.names else _NOBODY
        if 0 < len(named) <= FEW_NAMED:
            vector = _unit(vector + _unit(np.mean([self._entry_vector(number) for number in named], axis=0)))
        told, nothing, inside, outside = self._told(query, vector)
        every_word = index.term_index.scores(terms)
        scope = self._scope(vector, every_word, self._meant(query, named), told, filters)
        rows = None if scope.whole else scope.passages
        meaning = index.store.cosines(vector, rows)
        if filters.passages is not None:
            meaning[~filters.passages[scope.passages]] = -np.inf
        searched = np.isfinite(meaning)
        words = np.where(searched, every_word[scope.passages], 0.0)
        coverage = np.where(searched, index.term_index.coverage(terms, rows), 0.0)
        quoting = self._quoting(query, scope) & searched
        text_meaning = text_scores(meaning, scope.members, weights.best)
        text_words = np.append(words, 0.0)[scope.members].max(axis=1, initial=0.0)
        final = _per_entry(self._text_final(scope, terms, text_meaning, text_words, mode), scope.text_entry, scope)
        if mode != "words":
            final = lift_by_links(final + weights.told * told[scope.entries], scope.shown, weights.links)
            final = lift_by_links(final, scope.related, weights.links)
        if mode == "both":
            gain = self._word_for_word(quoting, coverage, scope)
            final = final + weights.names * np.isin(scope.entries, named) + gain
        return _Scores(
            asked=replace(asked, vector=vector),
            scope=scope,
            meaning=meaning,
            words=words,
            quoted=quoting,
            known=max(some.known for some in terms.values()),
            covered=float(coverage.max(initial=0.0)),
            language=guess_language(query),
            entry_meaning=_per_entry(text_meaning, scope.text_entry, scope),
            entry_final=final,
            answer=float(told.max(initial=0.0)),
            nothing=nothing,
            inside=inside,
            outside=outside,
        )

    def _meant(self, query: str, named: np.ndarray) -> np.ndarray:
        """Number the entries that a query names and, in a large library, those it may quote."""
        phrases = quoted(query) if self._large else ()
        if not phrases:
            return named
        having = self._index.term_index.having_all(" ".join(phrases))[:QUOTING]
        return np.union1d(named, self._index.metadata.entry[having])

    def _scope(
        self, vector: np.ndarray, words: np.ndarray, meant: np.ndarray, told: np.ndarray, filters: _Filters
    ) -> CandidateSet:
        """Choose what a query is compared with closely.

        Of a large library: the entries of the passages nearest by meaning and best by words among those that may
        answer, those it names or may quote, those situations told make likely, and what all these are linked to.

        Args:
            vector: Of the query, shape (dim,).
            words: Of all passages, shape (n_passages,).
            meant: Entry numbers.
            told: How likely each entry is to answer, shape (n_entries,).
            filters: What may answer.
        """
        layout = self._index.metadata
        if not self._large:
            return layout.whole
        allowed = self._allowed(filters)
        nearest = self._index.store.nearest(vector, CANDIDATES, allowed)
        wording = np.flatnonzero(words if allowed is None else words * allowed.passages)
        if len(wording) > CANDIDATES:
            wording = wording[best_first(words[wording], CANDIDATES)]
        likely = np.flatnonzero(told)
        likely = likely[best_first(told[likely], LIKELY)] if len(likely) else likely
        entries = np.unique(np.concatenate([layout.entry[nearest], layout.entry[wording], likely, meant]))
        for links in (layout.shown, layout.related):
            linked = links[entries].ravel()
            entries = np.union1d(entries, linked[linked >= 0])
        return layout.part(entries)

    def _allowed(self, filters: _Filters) -> Allowed | None:
        """Turn what may answer into truth per passage; None for all."""
        if not filters.wanted:
            return None
        passages = filters.entries[self._index.metadata.entry]
        return Allowed(passages if filters.passages is None else passages & filters.passages, filters.wanted)

    def _word_for_word(self, quoting: np.ndarray, coverage: np.ndarray, scope: CandidateSet) -> np.ndarray:
        """Say what entries gain by passages that have a quoted phrase, or most of a query's words."""
        gain = np.zeros(len(scope.entries))
        if quoting.any():
            gain += QUOTED * _per_entry(quoting.astype(float), scope.entry, scope)
        if coverage.max(initial=0.0) > self._weights.coverage_from:
            covered = _per_entry(coverage, scope.entry, scope)
            gain += self._weights.coverage * np.maximum(covered - self._weights.coverage_from, 0)
        return gain

    def _text_final(
        self, scope: CandidateSet, terms: Mapping[str, QueryTerms], meaning: np.ndarray, words: np.ndarray, mode: str
    ) -> np.ndarray:
        """Score each text by meaning, by words, or by meaning with words re-ordering inside each language."""
        if mode == "words":
            return np.where(words > 0, words, -np.inf)
        final = meaning.copy()
        for place, language in enumerate(LANGUAGES) if mode == "both" else ():
            rows = np.flatnonzero(scope.text_language == place)
            # a language that knows few of the query's words says little by them
            trust = terms[language].known ** 2
            final[rows] = reorder_by_words(meaning[rows], words[rows], self._weights.words * trust)
        return final

    def _told(self, query: str, vector: np.ndarray) -> tuple[np.ndarray, float, float, float]:
        """Compare a query with the situations people tell.

        Returns:
            How likely each entry is to answer, shape (n_entries,), and nothing to be; the cosine of the nearest
            situation the library answers, and of the nearest it does not (0 for none).
        """
        nearness = self._told_vectors @ vector
        inside, outside = (
            max(float(nearness[rows].max(initial=-np.inf)), 0.0) for rows in (self._inside, self._outside)
        )
        answers = self._index.relevance.answer(query, nearness)
        return answers[:-1], float(answers[-1]), inside, outside

    def _quoting(self, query: str, scope: CandidateSet) -> np.ndarray:
        """Say which passages have every phrase the query quotes; none when it quotes nothing; by place in the scope.

        In a large library whole words are looked for, and one of them must be no stop word.
        """
        quoting = np.zeros(len(scope.passages), dtype=bool)
        phrases = quoted(query)
        if not phrases:
            return quoting
        if scope.whole:
            return np.array([all(phrase in text for phrase in phrases) for text in self._plain_texts], dtype=bool)
        having = self._index.term_index.having_all(" ".join(phrases))
        for place in np.flatnonzero(among(scope.passages, having)):
            text = self._plain_text(int(scope.passages[place]))
            quoting[place] = all(phrase in text for phrase in phrases)
        return quoting

    def _entry_vector(self, number: int) -> np.ndarray:
        """Return the mean vector of the passages of an entry, shape (dim,)."""
        vectors = self._index.store.vectors(self._index.metadata.passages_of(number))
        return np.zeros(vectors.shape[1], dtype=np.float32) if not len(vectors) else vectors.mean(axis=0)

    @cached_property
    def _plain_texts(self) -> list[str]:
        """What quoted phrases are looked for in: title and text of each passage."""
        return [self._plain_text(row) for row in range(len(self._index.passages))]

    def _plain_text(self, row: int) -> str:
        return plain(embedded_text(self._index.passages[row], self._index.entries[self._index.metadata.entry[row]]))

    def _hits(self, order: Sequence[int], scores: _Scores) -> tuple[Hit, ...]:
        evidence = self._hit_evidence(order, scores)
        return tuple(self._hit(place, rank, scores, evidence[rank - 1]) for rank, place in enumerate(order, 1))

    def _hit(self, place: int, rank: int, scores: _Scores, evidence: HitEvidence) -> Hit:
        rows, scope = self._searched(place, scores), scores.scope
        rows = rows[scores.quoted[rows]] if scores.quoted[rows].any() else rows
        best = {
            language: int(max(some, key=lambda row: scores.meaning[row]))
            for n, language in enumerate(LANGUAGES)
            if (some := [row for row in rows if scope.language[row] == n])
        }
        nearest = {language: self._sentence(row, scores) for language, row in best.items()}
        texts = {
            language: (self._index.passages[int(scope.passages[row])], nearest[language][0])
            for language, row in best.items()
        }
        found = max(best, key=lambda language: scores.meaning[best[language]])
        passage, sentence = texts[found]
        calibration = self._index.calibration
        return Hit(
            rank=rank,
            entry=self._index.entries[int(scope.entries[place])],
            passage=passage,
            sentence=sentence,
            by_language=texts,
            answers=_part(scores.asked, nearest[found][1]),
            matched=_matched(evidence),
            strength=calibration.strength(evidence) if calibration else RELATED,
            score=float(scores.entry_final[place]),
        )

    def _searched(self, place: int, scores: _Scores) -> np.ndarray:
        """Return the places of the passages of an entry that were searched."""
        rows = scores.scope.passages_of(place)
        found: np.ndarray = rows[np.isfinite(scores.meaning[rows])]
        return found

    def _sentence(self, place: int, scores: _Scores) -> tuple[str, np.ndarray]:
        """Return the sentence of a passage nearest to the query, among those it quotes from where it quotes.

        Returns:
            The sentence, verbatim, and its vector, shape (dim,).
        """
        row = int(scores.scope.passages[place])
        vectors = self._index.sentence_vectors_of(row)
        nearness = vectors @ scores.asked.vector
        if scores.quoted[place]:
            phrases, pieces = quoted(scores.asked.query), self._index.sentences(row)
            nearness = nearness + QUOTED * np.array([any(one in plain(piece) for one in phrases) for piece in pieces])
        best = int(np.argmax(nearness))
        return self._index.sentence(row, best), vectors[best]

    def _is_answered(self, scores: _Scores) -> bool:
        calibration = self._index.calibration
        if calibration is None or scores.quoted.any() or scores.covered >= SURELY_MEANT:
            return True
        return calibration.is_answered(self._query_evidence(scores))

    def _query_evidence(self, scores: _Scores) -> QueryEvidence:
        best = scores.entry_meaning[best_first(scores.entry_meaning, 10)]
        best = best[np.isfinite(best)]
        return QueryEvidence(
            top=float(best[0]) if len(best) else 0.0,
            gap=float(best[0] - best[1:].mean()) if len(best) > 1 else 0.0,
            told=scores.inside,
            outside=scores.outside,
            known=scores.known,
            answer=scores.answer,
            nothing=scores.nothing,
            covered=scores.covered,
            french={"fr": 1.0, "en": 0.0}.get(scores.language or "", 0.5),
        )

    def _hit_evidence(self, order: Sequence[int], scores: _Scores) -> list[HitEvidence]:
        rows = [self._searched(place, scores) for place in order]
        best = np.array([some[np.argmax(scores.words[some])] for some in rows], dtype=np.int64)
        nearest = [some[np.argmax(scores.meaning[some])] for some in rows]
        shared = self._index.term_index.shared(scores.asked.query, scores.scope.passages[best])
        top = float(scores.entry_final.max(initial=-np.inf))
        return [
            HitEvidence(
                score=float(scores.entry_final[place]),
                below_top=top - float(scores.entry_final[place]),
                words=float(share) if scores.words[wording] > 0 else 0.0,
                across=float(scores.language not in (None, LANGUAGES[scores.scope.language[row]])),
            )
            for place, wording, row, share in zip(order, best, nearest, shared, strict=True)
        ]


def _whole(query: str, vector: np.ndarray) -> _Asked:
    """Return a query whose clauses do not matter."""
    return _Asked(query, vector, (query,), vector[np.newaxis])


def _part(asked: _Asked, vector: np.ndarray) -> str:
    """Return the clause of a query nearest to a vector; empty when it has one only."""
    return asked.parts[int(np.argmax(asked.part_vectors @ vector))] if len(asked.parts) > 1 else ""


_NOBODY = np.array([], dtype=np.int32)


def _per_entry(scores: np.ndarray, entry_of: np.ndarray, scope: CandidateSet) -> np.ndarray:
    """Return the best score of each entry, by place in the scope."""
    return best_per_entry(scores, entry_of, len(scope.entries))


def _unit(vector: np.ndarray) -> np.ndarray:
    unit: np.ndarray = (vector / max(float(np.linalg.norm(vector)), 1e-12)).astype(np.float32)
    return unit


def _order(scores: np.ndarray, most: int) -> list[int]:
    """Number the entries that may answer, best first, the most there may be; equal scores in order of id."""
    order = best_first(scores, most)
    found: list[int] = order[np.isfinite(scores[order])].tolist()
    return found


def _matched(evidence: HitEvidence) -> str:
    """Say how an entry matched: by its meaning, by the query's own words, or both."""
    if evidence.words < WORDS_MATCHED:
        return "meaning"
    return "both" if evidence.below_top < CLOSE_IN_MEANING else "words"
