"""Answer a query: filter, compare, let words re-order, group by entry, rank, label, or stay silent."""

from __future__ import annotations

import copy
import re
import unicodedata
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from search.calibration import RELATED, HitEvidence, QueryEvidence
from search.encoder import Encoder
from search.entries import LANGUAGES, Entry, Passage, Vocabulary
from search.errors import EmptyQueryError, QueryTooLongError, UnknownEntryError, UnknownFilterError
from search.grid import NOT_READ, Situation, clauses, stated
from search.index import Index, Manifest
from search.language import guess_language
from search.learned import Learned
from search.lexical import analyse
from search.passages import embedded_text, sentences
from search.ranking import (
    Weights,
    best_first,
    best_per_entry,
    lift_by_links,
    padded,
    reorder_by_words,
    text_scores,
)
from search.words import Terms, Words, plain, quoted

LONGEST_QUERY = 5_000
"""Characters read; about two pages."""

LONGEST_TYPED = 20 * LONGEST_QUERY
"""Characters beyond which a text is refused unread, whatever it would be once trimmed."""

PIECE = 700
"""A longer query is encoded in pieces of about this many characters, so that its end counts too."""

NEAR_MISSES = 5
WORDS_MATCHED = 0.3
"""From this share of the query's words on, a passage is said to match by its words."""

LONGEST_NAME = 3
"""A query of up to this many content words may be the name of something."""

FEW_NAMED = 5
"""When a query names this many entries at most, what they say is part of what is asked: what is like them follows."""

SURELY_MEANT = 0.8
"""A query is answered when one passage has this share of its words, rare ones above all."""

QUOTED = 2.0
"""Added to the score of an entry that has a phrase the query quotes: it comes before all that have not."""

CLOSE_IN_MEANING = 0.15
"""Within this cosine of the best entry, an entry is said to match by its meaning."""

FILTERS: Mapping[str, Callable[[Entry], Collection[str]]] = {
    "kinds": lambda entry: (entry.kind,),
    "phases": lambda entry: entry.phases,
    "conditions": lambda entry: entry.conditions,
    "actors": lambda entry: entry.actors,
    "countries": lambda entry: (entry.country,) if entry.country else (),
    "outcomes": lambda entry: (entry.outcome,) if entry.outcome else (),
}
"""Name of a filter to what an entry has of it; languages are filtered by passage."""

MODES = ("both", "meaning", "words")


@dataclass(frozen=True)
class Hit:
    """One answer.

    Attributes:
        rank: 1 is best.
        entry: The entry that answers.
        passage: Its passage that answers best, verbatim, in whichever language that was.
        sentence: The sentence of that passage nearest to the query, verbatim.
        by_language: The best passage and its nearest sentence, in each language the entry was searched in.
        answers: The part of the query it answers, verbatim; empty when the query has one part only.
        matched: How: ``meaning``, ``words`` or ``both``.
        strength: ``strong``, ``related`` or ``weak``.
        score: What hits are ranked by; for developers, not for show.
    """

    rank: int
    entry: Entry
    passage: Passage
    sentence: str
    by_language: Mapping[str, tuple[Passage, str]]
    answers: str
    matched: str
    strength: str
    score: float


@dataclass(frozen=True)
class Results:
    """The ordered answers to a query.

    Attributes:
        query: What was searched, trimmed.
        language: Guessed language of the query; None when undecided.
        hits: Best first; empty when nothing is close enough.
        near_misses: What came nearest when nothing is close enough.
        total: How many entries the filters let through.
        situation: Where the query stands; phases and conditions that were filtered by stand for those that were read.
    """

    query: str
    language: str | None
    hits: tuple[Hit, ...]
    near_misses: tuple[Hit, ...] = ()
    total: int = 0
    situation: Situation = NOT_READ

    def __iter__(self) -> Iterator[Hit]:
        """Run through the hits, best first."""
        return iter(self.hits)

    def __len__(self) -> int:
        """Count the hits."""
        return len(self.hits)

    def of_kind(self, *kinds: str) -> tuple[Hit, ...]:
        """Return the hits of some kinds, best first."""
        return tuple(hit for hit in self.hits if hit.entry.kind in kinds)

    @property
    def practices(self) -> tuple[Hit, ...]:
        """What one can do: practices and insights."""
        return self.of_kind("practice", "insight")

    @property
    def conditions(self) -> tuple[Hit, ...]:
        """What must be in place: conditions and phases."""
        return self.of_kind("condition", "phase")

    @property
    def cases(self) -> tuple[Hit, ...]:
        """Who has done it."""
        return self.of_kind("case")

    @property
    def resources(self) -> tuple[Hit, ...]:
        """What to lean on."""
        return self.of_kind("resource")


@dataclass(frozen=True)
class _Asked:
    """A query, its unit vector, and its clauses with theirs, shape (n_parts, dim)."""

    query: str
    vector: np.ndarray
    parts: tuple[str, ...]
    part_vectors: np.ndarray


@dataclass(frozen=True)
class _Scores:
    """One query's scores: per passage (meaning, words, share of words, quoted) and per entry (meaning, final)."""

    asked: _Asked
    meaning: np.ndarray
    words: np.ndarray
    shared: np.ndarray
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
        """Prepare the word indexes and the links.

        Args:
            index: Made with the same encoder.
            encoder: For the queries.
            weights: How much each sign counts; the chosen ones when None.
        """
        self._index = index
        self._encoder = encoder
        self._weights = weights or Weights()
        self._told_vectors = index.learned.vectors.astype(np.float32)
        self._number = {entry.id: n for n, entry in enumerate(index.entries)}
        self._passage_language = np.array([passage.language for passage in index.passages])
        self._passage_entry = np.array([self._number[passage.entry_id] for passage in index.passages])
        self._entry_rows = _places(self._passage_entry, len(index.entries))
        self._members, self._text_language, self._text_entry = self._texts()
        self._sentence_starts = np.cumsum([0] + [len(group) for group in index.sentences])
        self._rows = {language: np.flatnonzero(self._passage_language == language) for language in LANGUAGES}
        self._words = Words(
            {
                language: [embedded_text(index.passages[row], index.entries[self._passage_entry[row]]) for row in rows]
                for language, rows in self._rows.items()
            }
        )
        self._names = {
            language: [_name_stems(entry, language, index.vocabulary) for entry in index.entries]
            for language in LANGUAGES
        }
        shown, related = self._links()
        self._shown, self._related = padded(shown), padded(related)
        self._values = {name: _column(index.entries, name) for name in FILTERS}
        self._outside = np.array([not names for names in index.told], dtype=bool)

    def with_weights(self, weights: Weights) -> Searcher:
        """Return a searcher of the same index that ranks with other weights (for measuring)."""
        other = copy.copy(self)
        other._weights = weights
        return other

    def taught_by(self, rows: Sequence[int], texts: Sequence[str]) -> Searcher:
        """Return a searcher that has learned from some of the situations only (for measuring).

        Args:
            rows: Which of them, numbered as ``index.told``.
            texts: All of them, in that order.
        """
        index, ids = self._index, [entry.id for entry in self._index.entries]
        told = tuple(index.told[row] for row in rows)
        vectors = self._told_vectors[list(rows)]
        learned = Learned.fit(vectors, [texts[row] for row in rows], told, ids)
        return Searcher(replace(index, told=told, learned=learned), self._encoder, weights=self._weights)

    def _links(self) -> tuple[list[list[int]], list[list[int]]]:
        """Number each entry's neighbours: what it shows or what shows it, and what it is related to, both ways."""
        shown: list[set[int]] = [set() for _ in self._index.entries]
        related: list[set[int]] = [set() for _ in self._index.entries]
        for n, entry in enumerate(self._index.entries):
            for links, names in ((shown, entry.illustrates), (related, entry.related)):
                for name in names:
                    links[n].add(self._number[name])
                    links[self._number[name]].add(n)
        return [sorted(group) for group in shown], [sorted(group) for group in related]

    def _texts(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Number the texts (one entry in one language): their passages, padded with -1, language and entry."""
        groups: dict[tuple[int, str], list[int]] = {}
        for row, passage in enumerate(self._index.passages):
            groups.setdefault((self._number[passage.entry_id], passage.language), []).append(row)
        return padded(list(groups.values())), np.array([key[1] for key in groups]), np.array([key[0] for key in groups])

    @property
    def manifest(self) -> Manifest:
        """What the index was built from and with."""
        return self._index.manifest

    @property
    def vocabulary(self) -> Vocabulary:
        """The closed lists of the library, with labels."""
        return self._index.vocabulary

    @property
    def entries(self) -> tuple[Entry, ...]:
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
        texts, kept = self._allowed(wanted)
        asked = self._asked(query)
        scores = self._score(asked, texts, mode)
        final = np.where(kept, scores.entry_final, -np.inf)
        answered = not silence or self._is_answered(scores)
        order = _order(final, k if answered else NEAR_MISSES)
        hits = tuple(self._hit(n, rank, scores) for rank, n in enumerate(order, 1))
        return Results(
            query=query,
            language=scores.language,
            hits=hits if answered else (),
            near_misses=() if answered else hits,
            total=int(np.isfinite(final).sum()),
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
        self._allowed({"phases": phases, "conditions": conditions})
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
        _, kept = self._allowed({**wanted, "languages": languages, "countries": countries, "outcomes": outcomes})
        return tuple(
            entry
            for entry, passes in zip(self._index.entries, kept, strict=True)
            if passes and (not languages or set(languages) & set(entry.languages))
        )

    def _situation(self, asked: _Asked) -> Situation:
        grid = self._index.grid
        return grid.read(asked.vector, asked.parts, asked.part_vectors) if grid else NOT_READ

    def _asked(self, query: str) -> _Asked:
        """Encode a query (a long one as the mean direction of its pieces) and its clauses."""
        vector, parts = self._query_vector(query), clauses(query)
        rows = self._encoder.encode_query(list(parts)) if len(parts) > 1 else vector[np.newaxis]
        return _Asked(query, vector, parts, rows)

    def evidence(self, text: str, *, k: int = 20) -> tuple[QueryEvidence, tuple[tuple[str, HitEvidence], ...]]:
        """Return what a calibration is fitted on: the query's evidence, and that of the first k entries by id."""
        query = clean(text)
        scores = self._score(_whole(query, self._query_vector(query)), None, "both")
        order = _order(scores.entry_final, k)
        hits = tuple((self._index.entries[n].id, self._hit_evidence(n, scores)) for n in order)
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
        _, kept = self._allowed({"kinds": kinds})
        kept[number] = False
        vector = _unit(self._entry_vectors[number])
        query = f"{entry.title(entry.languages[0])}. {entry.summary(entry.languages[0])}"
        scores = self._score(_whole(query, vector), None, "meaning")
        scores = replace(scores, entry_final=np.where(kept, scores.entry_meaning, -np.inf))
        hits = tuple(self._hit(n, rank, scores) for rank, n in enumerate(_order(scores.entry_final, k), 1))
        total = int(np.isfinite(scores.entry_final).sum())
        return Results(query=query, language=entry.languages[0], hits=hits, total=total)

    def _allowed(self, wanted: Mapping[str, Collection[str] | None]) -> tuple[np.ndarray | None, np.ndarray]:
        """Turn filters into truth per passage (languages; None for all) and per entry (all others)."""
        active = {name: frozenset(values) for name, values in wanted.items() if values}
        for name, values in active.items():
            known = LANGUAGES if name == "languages" else self.vocabulary.keys(name)
            if not values <= set(known):
                raise UnknownFilterError(name, values - set(known), known)
        languages = active.pop("languages", None)
        texts = np.isin(self._passage_language, list(languages)) if languages else None
        kept = np.ones(len(self._index.entries), dtype=bool)
        for name, values in active.items():
            kept &= np.isin(
                self._values[name].rows, [self._values[name].number.get(value, -2) for value in values]
            ).any(axis=1)
        return texts, kept

    def _query_vector(self, query: str) -> np.ndarray:
        """Encode a query; a long one as the mean direction of its pieces."""
        return _unit(self._encoder.encode_query(pieces(query)).mean(axis=0))

    def _score(self, asked: _Asked, allowed: np.ndarray | None, mode: str) -> _Scores:
        query, vector, weights = asked.query, asked.vector, self._weights
        terms = self._words.terms(query, spelling=weights.spelling)
        named = self._named(terms) if mode == "both" and weights.names else np.zeros(len(self._index.entries), bool)
        if 0 < named.sum() <= FEW_NAMED:
            vector = _unit(vector + _unit(self._entry_vectors[named].mean(axis=0)))
        meaning = self._index.passage_scores(vector, allowed)
        searched = np.isfinite(meaning)
        words = np.where(searched, self._by_passage(self._words.scores(terms)), 0.0)
        coverage = np.where(searched, self._by_passage(self._words.coverage(terms)), 0.0)
        quoting = self._quoting(query) & searched
        text_meaning = text_scores(meaning, self._members, weights.best)
        text_words = np.append(words, 0.0)[self._members].max(axis=1, initial=0.0)
        told, nothing, inside, outside = self._told(query, vector)
        final = self._per_entry(self._text_final(terms, text_meaning, text_words, mode), self._text_entry)
        if mode != "words":
            final = lift_by_links(final + weights.told * told, self._shown, weights.links)
            final = lift_by_links(final, self._related, weights.links)
        if mode == "both":
            final = final + weights.names * named + self._word_for_word(quoting, coverage)
        return _Scores(
            asked=replace(asked, vector=vector),
            meaning=meaning,
            words=words,
            shared=self._by_passage(self._words.shared(query)),
            quoted=quoting,
            known=max(some.known for some in terms.values()),
            covered=float(coverage.max(initial=0.0)),
            language=guess_language(query),
            entry_meaning=self._per_entry(text_meaning, self._text_entry),
            entry_final=final,
            answer=float(told.max(initial=0.0)),
            nothing=nothing,
            inside=inside,
            outside=outside,
        )

    def _per_entry(self, scores: np.ndarray, entry_of: np.ndarray) -> np.ndarray:
        """Return the best score of each entry, shape (n_entries,)."""
        return best_per_entry(scores, entry_of, len(self._index.entries))

    def _by_passage(self, by_language: Mapping[str, np.ndarray]) -> np.ndarray:
        """Put what each language's passages got in the order of all passages, shape (n_passages,)."""
        scores = np.zeros(len(self._index.passages), dtype=np.float32)
        for language, rows in self._rows.items():
            scores[rows] = by_language[language]
        return scores

    def _word_for_word(self, quoting: np.ndarray, coverage: np.ndarray) -> np.ndarray:
        """Say what entries gain by passages that have a quoted phrase, or most of a query's words."""
        gain = np.zeros(len(self._index.entries))
        if quoting.any():
            gain += QUOTED * self._per_entry(quoting.astype(float), self._passage_entry)
        if coverage.max(initial=0.0) > self._weights.coverage_from:
            covered = self._per_entry(coverage, self._passage_entry)
            gain += self._weights.coverage * np.maximum(covered - self._weights.coverage_from, 0)
        return gain

    def _text_final(self, terms: Mapping[str, Terms], meaning: np.ndarray, words: np.ndarray, mode: str) -> np.ndarray:
        """Score each text by meaning, by words, or by meaning with words re-ordering inside each language."""
        if mode == "words":
            return np.where(words > 0, words, -np.inf)
        final = meaning.copy()
        for language in LANGUAGES if mode == "both" else ():
            rows = np.flatnonzero(self._text_language == language)
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
            max(float(nearness[rows].max(initial=-np.inf)), 0.0) for rows in (~self._outside, self._outside)
        )
        answers = self._index.learned.answer(query, nearness)
        return answers[:-1], float(answers[-1]), inside, outside

    def _named(self, terms: Mapping[str, Terms]) -> np.ndarray:
        """Say which entries a short query names (all its words are in title, place or id); shape (n_entries,)."""
        named = np.zeros(len(self._index.entries), dtype=bool)
        for language, names in self._names.items():
            stems = set(terms[language].stems)
            if 1 <= len(stems) <= LONGEST_NAME:
                named |= np.array([stems <= name for name in names], dtype=bool)
        return named

    def _quoting(self, query: str) -> np.ndarray:
        """Say which passages have every phrase the query quotes; none when it quotes nothing; shape (n_passages,)."""
        phrases = quoted(query)
        if not phrases:
            return np.zeros(len(self._index.passages), dtype=bool)
        return np.array([all(phrase in text for phrase in phrases) for text in self._plain_texts], dtype=bool)

    @cached_property
    def _entry_vectors(self) -> np.ndarray:
        """The mean vector of the passages of each entry, shape (n_entries, dim)."""
        rows = np.stack([self._index.vectors.reconstruct(row) for row in range(len(self._index.passages))])
        sums = np.zeros((len(self._index.entries), rows.shape[1]), dtype=np.float32)
        np.add.at(sums, self._passage_entry, rows)
        means: np.ndarray = sums / np.maximum(np.bincount(self._passage_entry, minlength=len(sums)), 1)[:, np.newaxis]
        return means

    @cached_property
    def _plain_texts(self) -> list[str]:
        """What quoted phrases are looked for in: title and text of each passage."""
        return [
            plain(embedded_text(passage, self._index.entries[number]))
            for passage, number in zip(self._index.passages, self._passage_entry, strict=True)
        ]

    def _hit(self, number: int, rank: int, scores: _Scores) -> Hit:
        rows = self._searched(number, scores)
        rows = rows[scores.quoted[rows]] if scores.quoted[rows].any() else rows
        best = {
            language: int(max(some, key=lambda row: scores.meaning[row]))
            for language in LANGUAGES
            if (some := [row for row in rows if self._passage_language[row] == language])
        }
        nearest = {language: self._sentence(row, scores) for language, row in best.items()}
        texts = {language: (self._index.passages[row], nearest[language][0]) for language, row in best.items()}
        found = max(best, key=lambda language: scores.meaning[best[language]])
        passage, sentence = texts[found]
        evidence = self._hit_evidence(number, scores)
        calibration = self._index.calibration
        return Hit(
            rank=rank,
            entry=self._index.entries[number],
            passage=passage,
            sentence=sentence,
            by_language=texts,
            answers=_part(scores.asked, nearest[found][1]),
            matched=_matched(evidence),
            strength=calibration.strength(evidence) if calibration else RELATED,
            score=float(scores.entry_final[number]),
        )

    def _searched(self, number: int, scores: _Scores) -> np.ndarray:
        """Number the passages of an entry that were searched."""
        rows = self._entry_rows[number]
        found: np.ndarray = rows[np.isfinite(scores.meaning[rows])]
        return found

    def _sentence(self, row: int, scores: _Scores) -> tuple[str, np.ndarray]:
        """Return the sentence of a passage nearest to the query, among those it quotes from where it quotes.

        Returns:
            The sentence, verbatim, and its vector, shape (dim,).
        """
        start, end = self._sentence_starts[row], self._sentence_starts[row + 1]
        vectors = self._index.sentence_vectors[start:end].astype(np.float32)
        nearness = vectors @ scores.asked.vector
        if scores.quoted[row]:
            phrases = quoted(scores.asked.query)
            said = [any(phrase in plain(s) for phrase in phrases) for s in self._index.sentences[row]]
            nearness = nearness + QUOTED * np.array(said)
        best = int(np.argmax(nearness))
        return self._index.sentences[row][best], vectors[best]

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

    def _hit_evidence(self, number: int, scores: _Scores) -> HitEvidence:
        rows = self._searched(number, scores)
        best = rows[np.argmax(scores.words[rows])]
        return HitEvidence(
            score=float(scores.entry_final[number]),
            below_top=float(scores.entry_final.max() - scores.entry_final[number]),
            words=float(scores.shared[best]) if scores.words[best] > 0 else 0.0,
            across=float(scores.language not in (None, self._passage_language[rows[np.argmax(scores.meaning[rows])]])),
        )


def clean(text: str) -> str:
    """Trim a query, drop its invisible and control characters and put its letters in one form (NFC).

    Raises:
        EmptyQueryError: Nothing is left.
        QueryTooLongError: More than LONGEST_QUERY characters are left.
    """
    if len(text) > LONGEST_TYPED:
        raise QueryTooLongError(LONGEST_QUERY, len(text))
    visible = "".join(sign for sign in text if unicodedata.category(sign) not in {"Cf", "Cs", "Co", "Cn"})
    visible = "".join(" " if unicodedata.category(sign) == "Cc" else sign for sign in visible)
    query = re.sub(r"\s+", " ", unicodedata.normalize("NFC", visible)).strip()
    if not query:
        raise EmptyQueryError
    if len(query) > LONGEST_QUERY:
        raise QueryTooLongError(LONGEST_QUERY, len(query))
    return query


def pieces(query: str) -> list[str]:
    """Cut a query into pieces of about PIECE characters, at ends of sentences where there are any."""
    if len(query) <= PIECE:
        return [query]
    parts = [""]
    for sentence in sentences(query):
        for start in range(0, len(sentence), PIECE):
            part = sentence[start : start + PIECE]
            if parts[-1] and len(parts[-1]) + len(part) > PIECE:
                parts.append("")
            parts[-1] = f"{parts[-1]} {part}".strip()
    return parts


def _whole(query: str, vector: np.ndarray) -> _Asked:
    """Return a query whose clauses do not matter."""
    return _Asked(query, vector, (query,), vector[np.newaxis])


def _part(asked: _Asked, vector: np.ndarray) -> str:
    """Return the clause of a query nearest to a vector; empty when it has one only."""
    return asked.parts[int(np.argmax(asked.part_vectors @ vector))] if len(asked.parts) > 1 else ""


def _name_stems(entry: Entry, language: str, vocabulary: Vocabulary) -> frozenset[str]:
    """Return the stems of what an entry is called: its titles and their acronyms, place, country and id."""
    titles = [entry.title(own) for own in entry.languages]
    country = [vocabulary.label("countries", entry.country, own) for own in LANGUAGES] if entry.country else []
    names = [*titles, *(short for title in titles for short in acronyms(title)), *country, entry.place or "", entry.id]
    return frozenset(analyse(" ".join(names), language))


_CAPITALS = re.compile(r"\b[A-ZÀ-ÖØ-Þ]\w+(?:[ -][A-ZÀ-ÖØ-Þ]\w+)+")


def acronyms(title: str) -> tuple[str, ...]:
    """Return the initials of every three words or more in a row that have a capital: CLT of Community Land Trust."""
    found = []
    for run in _CAPITALS.findall(title):
        initials = "".join(word[0] for word in re.split("[ -]", run))
        found += [initials[a:b] for a in range(len(initials)) for b in range(a + 3, len(initials) + 1)]
    return tuple(found)


def _places(groups: np.ndarray, count: int) -> list[np.ndarray]:
    """Number the members of each group, in order: groups has the group of each, shape (n,)."""
    return np.split(np.argsort(groups, kind="stable"), np.cumsum(np.bincount(groups, minlength=count))[:-1])


def _unit(vector: np.ndarray) -> np.ndarray:
    unit: np.ndarray = (vector / max(float(np.linalg.norm(vector)), 1e-12)).astype(np.float32)
    return unit


@dataclass(frozen=True)
class _Column:
    """What entries have of one filter: value to number, and their numbers, shape (n_entries, most), padded with -1."""

    number: Mapping[str, int]
    rows: np.ndarray


def _column(entries: Sequence[Entry], name: str) -> _Column:
    """Number the values of one filter."""
    has = [FILTERS[name](entry) for entry in entries]
    number = {value: n for n, value in enumerate(dict.fromkeys(value for some in has for value in some))}
    return _Column(number, padded([[number[value] for value in some] for some in has]))


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
