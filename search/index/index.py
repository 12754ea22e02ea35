"""Everything a search needs: vectors, terms, texts, what was learned, and what they were made from."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from ..entries import Entry, Passage, Vocabulary
from ..learning.calibration import Calibration
from ..learning.carried_calibration import CarriedCalibration
from ..learning.relevance_model import RelevanceModel
from ..learning.situation_model import SituationModel
from ..text.places.gazetteer import PlaceNames, place_form, place_forms
from ..text.query import plain
from ..text.segmentation import embedded_text
from .metadata import PLACES, Metadata
from .term_index import TermIndex
from .title_index import TitleIndex
from .vector_store import VectorStore
from .word_list import WordList

FORMAT = 33
"""Goes up whenever the files of an index change their meaning (as when sentences are cut elsewhere, or entries are
ranked by other weights: its calibration reads the scores)."""


@dataclass(frozen=True)
class Manifest:
    """What an index was built from and with.

    Attributes:
        version: Fingerprint of its inputs; its folder's name begins with it.
        format: FORMAT when it was built.
        model: The encoder's name.
        dim: Length of a vector.
        corpus: Fingerprint of the corpus folder.
        corpora: What it was made from: `SHIPPED`, or where a library of one's own is; several side by side in order.
        names: What each of these is called in the filter ``libraries``.
        entries, passages: How many.
        index_type: How vectors are kept; see `FaissStore`.
        lists: How many lists of near vectors a query looks into; 0 when there are none.
        recall: Share of the truly nearest ten passages that a query finds, measured when it was built.
        libraries: Name to version of what built it.
        files: File name to SHA-256.
    """

    version: str
    format: int
    model: str
    dim: int
    corpus: str
    corpora: tuple[str, ...]
    names: tuple[str, ...]
    entries: int
    passages: int
    index_type: str
    lists: int
    recall: float
    libraries: Mapping[str, str]
    files: Mapping[str, str]


@dataclass(frozen=True)
class Index:
    """Everything a search needs.

    Attributes:
        manifest: What it was made from.
        vocabulary: The closed lists of the corpus.
        entries: In order of id.
        passages: Entry by entry; a passage goes by its row here.
        metadata: Of which entry and language each passage is; filters and links.
        title_index: What entries are called.
        term_index: Which passages have which terms.
        words: Which words a misspelt one may stand for.
        store: The vectors of the passages.
        sentence_vectors: Unit rows, float16, shape (n_sentences, dim), passage by passage.
        relevance: What training queries teach of which entries answer.
        situation_model: Reads phases and weak conditions from a vector; None when too few situations carry labels.
        calibration: Tells whether a query is answered, and how strong a hit is: fitted on the judged queries of the
            corpus, or carried over when it has none; None when neither could be.
        beside: Name of each library but the first to its own calibration; empty when there is one library.
    """

    manifest: Manifest
    vocabulary: Vocabulary
    entries: Sequence[Entry]
    passages: Sequence[Passage]
    metadata: Metadata
    title_index: TitleIndex
    term_index: TermIndex
    words: WordList
    store: VectorStore
    sentence_vectors: np.ndarray
    relevance: RelevanceModel
    situation_model: SituationModel | None = None
    calibration: Calibration | CarriedCalibration | None = None
    beside: Mapping[str, Calibration | CarriedCalibration | None] = field(default_factory=dict)

    @property
    def libraries(self) -> tuple[str, ...]:
        """The names of the libraries that entries are from, by their number in ``metadata.library``."""
        return self.metadata.values["libraries"]

    def illustrating(self, entry_id: str) -> tuple[Entry, ...]:
        """Return the cases, resources and insights that show a practice, in order of id; none when nobody knows it."""
        row, metadata = self.metadata.row_of(entry_id), self.metadata
        linked = [] if row is None else [self.entries[int(other)] for other in metadata.shown[row] if other >= 0]
        return tuple(one for one in linked if metadata.ids[row or 0] in one.illustrates)  # links are kept both ways

    def calibration_of(self, library: str) -> Calibration | CarriedCalibration | None:
        """Return the calibration of one library, by its name."""
        return self.beside.get(library, self.calibration)

    @property
    def reads_what_was_said(self) -> bool:
        """Whether a calibration reads the cosines of what was said, before it is turned, or none is there yet.

        So does what tells whether an entry of a library is meant that training queries say nothing of.
        """
        calibrations = (self.calibration, *self.beside.values())
        return bool(self.untaught.any()) or not all(isinstance(one, Calibration) for one in calibrations)

    @cached_property
    def place_names(self) -> PlaceNames:
        """Every name of a place, as `place_form` writes it, to what the place goes by: the library's, and all known."""
        own = {place_form(place): place for place in self.metadata.values[PLACES]}
        labels = {
            place_form(label): place_forms().get(place_form(key), place_form(key))
            for key, labels in self.vocabulary.lists.get("countries", {}).items()
            for label in labels.values()
        }
        return PlaceNames({**own, **labels, **place_forms()})

    @cached_property
    def taught(self) -> np.ndarray:
        """How many training queries name each entry, float32, shape (n_entries,).

        What they say of the others must not decide against an entry that few name: a new one, one of a library beside.
        """
        counts = np.zeros(len(self.entries), dtype=np.float32)
        for names in self.relevance.answers:
            rows = [self.metadata.number[name] for name in names if name in self.metadata.number]
            counts[rows] += 1
        return counts

    @cached_property
    def untaught(self) -> np.ndarray:
        """Whether each entry is of a library no training query names, beside one that some name, shape (n_entries,)."""
        library = self.metadata.library
        named = np.bincount(library + 1, weights=self.taught, minlength=len(self.libraries) + 1) > 0
        found: np.ndarray = ~named[library + 1] & bool(named.any())
        return found

    def sentences(self, passage: int) -> tuple[str, ...]:
        """Return the sentences of a passage."""
        start, end = self.metadata.sentences[passage : passage + 2].tolist()
        return tuple(self.sentence(passage, n) for n in range(end - start))

    def sentence(self, passage: int, n: int) -> str:
        """Return one sentence of a passage, counted from 0."""
        start, end = self.metadata.spans[self.metadata.sentences[passage] + n].tolist()
        return self.passages[passage].text[start:end]

    def sentence_vectors_of(self, passages: Sequence[int]) -> tuple[np.ndarray, list[int]]:
        """Return the vectors of the sentences of passages, float32, shape (n, dim), and how many each passage has."""
        ends = [self.metadata.sentences[passage : passage + 2].tolist() for passage in passages]
        none = self.sentence_vectors[:0]
        vectors = np.concatenate([none, *(self.sentence_vectors[start:end] for start, end in ends)])
        return vectors.astype(np.float32), [end - start for start, end in ends]

    def entry_vector(self, row: int) -> np.ndarray:
        """Return the mean vector of the passages of an entry, shape (dim,)."""
        vectors = self.store.vectors(self.metadata.passages_of(row))
        return vectors.mean(axis=0) if len(vectors) else np.zeros(vectors.shape[1], dtype=np.float32)

    @cached_property
    def plain_texts(self) -> tuple[str, ...]:
        """What quoted phrases are looked for in: title and text of each passage."""
        return tuple(self.plain_text(row) for row in range(len(self.passages)))

    def plain_text(self, row: int) -> str:
        """Return title and text of one passage, folded."""
        return plain(embedded_text(self.passages[row], self.entries[self.metadata.entry[row]]))


def index_version(corpus: str, model: str) -> str:
    """Name the index of a corpus fingerprint and an encoder: the same inputs, the same name."""
    return hashlib.sha256(f"{FORMAT}\0{corpus}\0{model}".encode()).hexdigest()[:16]
