"""The library by rows: entry and language of each passage, what entries are filtered by and linked to."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import numpy as np

from ..entries import LANGUAGES, Entry, Passage
from ..library.aliases import aliases_of
from ..text.places.gazetteer import gazetteer, place_form, place_forms, places_named
from ..text.segmentation import spans


def padded(groups: Sequence[Sequence[int]]) -> np.ndarray:
    """Put groups of numbers in the rows of one array, shape (n_groups, most), padded with -1."""
    most = max(map(len, groups), default=0) or 1
    rows = [[*group, *[-1] * (most - len(group))] for group in groups]
    return np.array(rows, dtype=np.int64).reshape(len(groups), most)


FACETS = "facets"
"""Column of the filters of the library's own: what an entry has there is names and values together."""


def facet_key(name: str, value: str) -> str:
    """Return what stands for a value of a facet in the column of all facets."""
    return json.dumps([name, value], ensure_ascii=False)


FILTERS: Mapping[str, Callable[[Entry], Collection[str]]] = {
    "kinds": lambda entry: (entry.kind,),
    "phases": lambda entry: entry.phases,
    "conditions": lambda entry: entry.conditions,
    "actors": lambda entry: entry.actors,
    "countries": lambda entry: (entry.country,) if entry.country else (),
    "outcomes": lambda entry: (entry.outcome,) if entry.outcome else (),
    "last_known": lambda entry: (entry.last_known[:4],) if entry.last_known else (),
    FACETS: lambda entry: [facet_key(name, value) for name, values in entry.facets.items() for value in values],
    "libraries": lambda entry: (entry.library,) if entry.library else (),
}
"""Name of a filter to what an entry has of it; languages are filtered by passage."""

SAID_OF_CASES = ("countries", "outcomes", "last_known")
"""Filters that ask for what is said of cases: a practice has it when one case that shows it has all that is wanted."""


PLACES = "places"
"""Column of the places something is in; they are read out of what a person types and no filter by name."""


def places_of(entry: Entry) -> tuple[str, ...]:
    """Return where something is, its country too, with all that this lies in, by what the places go by."""
    country = place_form(entry.country or "")
    known = place_forms().get(country)
    of_country = (known, *gazetteer()[known].within) if known else (country,) if country else ()
    return tuple(dict.fromkeys((*places_named(entry.place or ""), *of_country)))


COLUMNS: Mapping[str, Callable[[Entry], Collection[str]]] = {**FILTERS, PLACES: places_of}


ARRAYS = ("language", "entry", "sentences", "spans", "shown", "related")


@dataclass(frozen=True)
class Runs:
    """Where the rows of each entry begin, among rows that stand entry by entry.

    Attributes:
        entries: Those that have rows, rising, shape (n,).
        starts: Where the rows of each begin, shape (n,).
    """

    entries: np.ndarray
    starts: np.ndarray

    @classmethod
    def of(cls, entry: np.ndarray) -> Runs:
        """Tell them from whose each row is, rising, shape (n_rows,)."""
        starts = np.flatnonzero(np.diff(entry, prepend=-1))
        return cls(entry[starts], starts)


@dataclass(frozen=True)
class CandidateSet:
    """The part of a library a query is compared with closely; its entries and passages go by their row in it.

    What is padded lies column by column: a query takes the best of each row, which is quicker so.

    Attributes:
        entries: Their rows in the library, rising, int64, shape (n_entries,).
        passages: The rows in the library of all passages of these entries, rising, shape (n_passages,).
        language: Of each passage, its index in LANGUAGES, int8, shape (n_passages,).
        entry: Of each passage, the row of its entry, shape (n_passages,).
        members: For each text (one entry in one language) the rows of its passages, shape (n_texts, most), padded
            with -1.
        text_language, text_entry: Of each text, as for passages, shape (n_texts,).
        shown: The rows of what each entry shows or is shown by, shape (n_entries, most), padded with -1.
        related: The same of what it is related to, both ways.
        whole: Whether this is the whole library.
    """

    entries: np.ndarray
    passages: np.ndarray
    language: np.ndarray
    entry: np.ndarray
    members: np.ndarray
    text_language: np.ndarray
    text_entry: np.ndarray
    shown: np.ndarray
    related: np.ndarray
    whole: bool

    @cached_property
    def first(self) -> np.ndarray:
        """Where the passages of each entry begin, shape (n_entries + 1,)."""
        return np.searchsorted(self.entry, np.arange(len(self.entries) + 1))

    @cached_property
    def passage_runs(self) -> Runs:
        """Where the passages of each entry begin."""
        return Runs.of(self.entry)

    @cached_property
    def text_runs(self) -> Runs:
        """Where the texts of each entry begin."""
        return Runs.of(self.text_entry)

    def passages_of(self, entry: int) -> np.ndarray:
        """Return the rows of the passages of an entry, by its row; shape (n,)."""
        return np.arange(self.first[entry], self.first[entry + 1])


@dataclass(frozen=True)
class Metadata:
    """Of the whole library; the rows of passages are entry by entry, language by language.

    Attributes:
        ids: Of the entries, by row.
        language: Of each passage, its index in LANGUAGES, int8, shape (n_passages,).
        entry: Of each passage, the row of its entry, int32, shape (n_passages,).
        sentences: Where the sentences of each passage begin in ``spans``, int64, shape (n_passages + 1,).
        spans: Where each sentence begins and ends in its passage, int32, shape (n_sentences, 2).
        shown, related: Rows of entries, as in `CandidateSet`, int32, shape (n_entries, most).
        values: For each filter and for PLACES, what there is to filter by.
        columns: For each of them, the indexes in ``values`` of what entries have, int32, shape (n_entries, most),
            padded with -1.
        aliases: Ids that entries had before, each with the one it is now.
    """

    ids: tuple[str, ...]
    language: np.ndarray
    entry: np.ndarray
    sentences: np.ndarray
    spans: np.ndarray
    shown: np.ndarray
    related: np.ndarray
    values: Mapping[str, tuple[str, ...]]
    columns: Mapping[str, np.ndarray]
    aliases: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, entries: Sequence[Entry], passages: Sequence[Passage]) -> Metadata:
        """Gather what a library says of its entries and passages.

        Args:
            entries: In order.
            passages: Entry by entry in the same order.
        """
        row = {entry.id: n for n, entry in enumerate(entries)}
        shown, related = _links(entries, row)
        of_passages = [spans(passage.text) for passage in passages]
        counts = [len(some) for some in of_passages]
        columns = {name: _column(entries, has) for name, has in COLUMNS.items()}
        return cls(
            ids=tuple(row),
            language=np.array([LANGUAGES.index(passage.language) for passage in passages], dtype=np.int8),
            entry=np.array([row[passage.entry_id] for passage in passages], dtype=np.int32),
            sentences=np.concatenate([[0], np.cumsum(counts)]).astype(np.int64),
            spans=np.array([span for some in of_passages for span in some], dtype=np.int32).reshape(-1, 2),
            shown=shown,
            related=related,
            values={name: values for name, (values, _) in columns.items()},
            columns={name: rows for name, (_, rows) in columns.items()},
            aliases=aliases_of(entries),
        )

    @cached_property
    def number(self) -> Mapping[str, int]:
        """The row of each entry by its id."""
        return {name: n for n, name in enumerate(self.ids)}

    def row_of(self, name: object) -> int | None:
        """Return the row of the entry that has an id, or had it before; None when there is none."""
        return self.number.get(self.aliases.get(name, name)) if isinstance(name, str) else None

    @cached_property
    def library(self) -> np.ndarray:
        """The index in ``values`` of the library each entry is from, shape (n_entries,); -1 when it says none."""
        return self.columns["libraries"][:, 0]

    @cached_property
    def counts(self) -> Mapping[str, int]:
        """How many passages there are in each language."""
        found = np.bincount(self.language, minlength=len(LANGUAGES))
        return {language: int(found[n]) for n, language in enumerate(LANGUAGES)}

    @cached_property
    def facets(self) -> Mapping[str, tuple[str, ...]]:
        """The filters of the library's own, by name, each with its values in the order of the entries."""
        found: dict[str, list[str]] = {}
        for name, value in map(json.loads, self.values[FACETS]):
            found.setdefault(name, []).append(value)
        return {name: tuple(values) for name, values in found.items()}

    def having(self, name: str, values: Collection[str]) -> np.ndarray:
        """Say which entries have one of some values of a filter, shape (n_entries,)."""
        wanted = [n for n, value in enumerate(self.values[name]) if value in values]
        return np.asarray(np.isin(self.columns[name], wanted).any(axis=1))

    def in_languages(self, languages: Collection[str]) -> np.ndarray:
        """Say which passages are in one of some languages, shape (n_passages,)."""
        found: np.ndarray = np.isin(self.language, [LANGUAGES.index(language) for language in languages])
        return found

    def passages_of(self, entry: int) -> np.ndarray:
        """Return the rows of the passages of an entry, by its row; shape (n,)."""
        return np.arange(self._first[entry], self._first[entry + 1])

    @cached_property
    def whole(self) -> CandidateSet:
        """Everything."""
        return self._candidates(np.arange(len(self.ids)), whole=True)

    def part(self, entries: np.ndarray) -> CandidateSet:
        """Return some entries, with all their passages.

        Args:
            entries: Their rows, rising, shape (n,).
        """
        return self._candidates(entries, whole=False)

    @cached_property
    def _first(self) -> np.ndarray:
        """Where the passages of each entry begin, shape (n_entries + 1,)."""
        return np.searchsorted(self.entry, np.arange(len(self.ids) + 1))

    def _candidates(self, entries: np.ndarray, *, whole: bool) -> CandidateSet:
        passages = _ranges(self._first[entries], self._first[entries + 1])
        language, entry = self.language[passages], np.asarray(np.searchsorted(entries, self.entry[passages]))
        starts = np.flatnonzero(np.diff(entry * len(LANGUAGES) + language, prepend=-1))
        return CandidateSet(
            entries=entries,
            passages=passages,
            language=language,
            entry=entry,
            members=np.asfortranarray(_runs(starts, len(passages))),
            text_language=language[starts],
            text_entry=entry[starts],
            shown=np.asfortranarray(_rows_among(self.shown[entries], entries)),
            related=np.asfortranarray(_rows_among(self.related[entries], entries)),
            whole=whole,
        )

    def save(self, folder: Path) -> None:
        """Write it into a folder."""
        arrays = {name: getattr(self, name) for name in ARRAYS}
        arrays |= {f"column-{name}": rows for name, rows in self.columns.items()}
        np.savez(folder / "metadata.npz", allow_pickle=False, **arrays)
        text = json.dumps({"ids": self.ids, "values": self.values, "aliases": self.aliases}, ensure_ascii=False)
        (folder / "metadata.json").write_text(text + "\n", encoding="utf-8", errors="backslashreplace")

    @classmethod
    def load(cls, folder: Path) -> Metadata:
        """Read what `save` wrote."""
        texts = json.loads((folder / "metadata.json").read_text(encoding="utf-8"))
        with np.load(folder / "metadata.npz", allow_pickle=False) as arrays:
            return cls(
                ids=tuple(texts["ids"]),
                aliases=texts["aliases"],
                values={name: tuple(values) for name, values in texts["values"].items()},
                columns={name: arrays[f"column-{name}"] for name in COLUMNS},
                **{name: arrays[name] for name in ARRAYS},
            )


def _links(entries: Sequence[Entry], row: Mapping[str, int]) -> tuple[np.ndarray, np.ndarray]:
    """Return the rows of what each entry shows or is shown by, and of what it is related to, both ways."""
    shown: list[set[int]] = [set() for _ in entries]
    related: list[set[int]] = [set() for _ in entries]
    for n, entry in enumerate(entries):
        for links, names in ((shown, entry.illustrates), (related, entry.related)):
            for name in names:
                links[n].add(row[name])
                links[row[name]].add(n)
    together = [padded([sorted(group) for group in links]).astype(np.int32) for links in (shown, related)]
    return together[0], together[1]


def _column(
    entries: Sequence[Entry], values_of: Callable[[Entry], Collection[str]]
) -> tuple[tuple[str, ...], np.ndarray]:
    """Return the values of one column, and the indexes of those each entry has, shape (n_entries, most)."""
    has = [values_of(entry) for entry in entries]
    index = {value: n for n, value in enumerate(dict.fromkeys(value for some in has for value in some))}
    return tuple(index), padded([[index[value] for value in some] for some in has]).astype(np.int32)


def _ranges(starts: np.ndarray, ends: np.ndarray) -> np.ndarray:
    """Put ranges of numbers one after another, shape (sum of their lengths,)."""
    lengths = ends - starts
    if not len(starts):
        return np.array([], dtype=np.int64)
    before = np.repeat(starts - np.concatenate([[0], np.cumsum(lengths)[:-1]]), lengths)
    numbers: np.ndarray = before + np.arange(lengths.sum())
    return numbers


def _runs(starts: np.ndarray, count: int) -> np.ndarray:
    """Put each run of numbers in a row, shape (n_runs, longest), padded with -1."""
    lengths = np.diff(starts, append=count)
    rows = starts[:, np.newaxis] + np.arange(max(int(lengths.max(initial=0)), 1))
    members: np.ndarray = np.where(rows < (starts + lengths)[:, np.newaxis], rows, -1)
    return members


def _rows_among(numbers: np.ndarray, rising: np.ndarray) -> np.ndarray:
    """Return the row of each number among others that rise, the same shape; -1 for what is not there."""
    if not len(rising):
        return np.full(numbers.shape, -1)
    rows = np.minimum(np.searchsorted(rising, numbers), len(rising) - 1)
    found: np.ndarray = np.where(rising[rows] == numbers, rows, -1)
    return found
