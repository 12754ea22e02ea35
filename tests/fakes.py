"""A corpus of six entries and an encoder whose vectors can be computed by hand.

The encoder counts words on four axes. In ``tiny_corpus/`` each passage holds at most one word of an axis, and the
titles hold none, so that a passage's cosine with a one-word query is 1 (that axis alone), 0.7071 (two axes) or 0.
The cosines above 0 of each entry, passage by passage, the same in both languages:

| entry                | languages | trust       | money       | building    | garden |
|----------------------|-----------|-------------|-------------|-------------|--------|
| brussels-budget      | fr en     | 1, 0.7071   | 1, 0.7071   |             |        |
| commitment-charter   | fr en     | 1, 1, 1     | 1           |             |        |
| garden-network       | fr        |             | 1           |             | 1, 1   |
| lille-barracks       | fr en     |             | 0.7071      | 1, 1, 0.7071|        |
| participatory-budget | fr en     | 1           | 1, 1, 1     |             |        |
| trust-first          | fr en     | 1, 0.7071   | 0.7071      |             |        |
"""

from __future__ import annotations

import dataclasses
import json
import re
import shutil
from collections.abc import Callable, Collection, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from search.building.indexing import build_index
from search.encoding.embedding_cache import EmbeddingCache
from search.errors import SearchIndexError
from search.evaluation.variants import with_signals
from search.index.index import Index
from search.learning.calibration import Calibration, HitEvidence, Logistic, QueryEvidence
from search.library.reader import read_library
from search.library.training_queries import LENT
from search.locations import default_corpus
from search.retrieval.abstention import hit_evidence, query_evidence
from search.retrieval.filters import select
from search.retrieval.query_vectors import encode
from search.retrieval.scoring import Scored, score
from search.retrieval.searcher import Searcher
from search.retrieval.signals import Links, Meaning, Phrases, Related, Signal, TrainingQueries, Words, WordsAlone
from search.text.query import parse

TINY_CORPUS = Path(__file__).parent / "tiny_corpus"
ENTRY_IDS = (
    "brussels-budget",
    "commitment-charter",
    "garden-network",
    "lille-barracks",
    "participatory-budget",
    "trust-first",
)
ENGLISH_ROWS = [*range(5, 10), *range(17, 24), *range(33, 38), *range(45, 52), *range(56, 60)]
"""Rows of the English passages of the tiny corpus: five of each case, seven of each practice, four of the condition."""

AXES = (
    frozenset({"confiance", "trust"}),
    frozenset({"argent", "money"}),
    frozenset({"bâtiment", "building"}),
    frozenset({"jardin", "garden"}),
)


KNOWN_OUT_OF_SCOPE = 2 * sum(
    len((default_corpus() / "training" / name).read_text("utf-8").splitlines()) for name in LENT
)
"""Texts that a library without judged queries is built with besides its own: shipped, in both languages."""


class CountingEncoder:
    """Counts the words of each axis and gives the counts unit length; no such word, all zeros.

    Attributes:
        name: As an encoder's.
        dim: One for each axis.
        encoded: Every library text it was ever given, in order.
        alike: It reads queries as it reads the texts of a library.
    """

    alike = True

    def __init__(self, name: str = "counting@1") -> None:
        self.name = name
        self.dim = len(AXES)
        self.encoded: list[str] = []

    def load(self) -> None:
        """There is nothing to load."""

    def encode_query(self, texts: Sequence[str]) -> np.ndarray:
        """Return one row for each text."""
        counts = [[sum(word in axis for word in re.findall(r"\w+", text.lower())) for axis in AXES] for text in texts]
        rows = np.array(counts, dtype=np.float32).reshape(len(texts), self.dim)
        return rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-12)

    def encode_document(self, texts: Sequence[str]) -> np.ndarray:
        """Return one row for each text, and remember the texts."""
        self.encoded += texts
        return self.encode_query(texts)


CALIBRATION = Calibration(
    answerable=Logistic(intercept=-5.0, weights=(10.0, 0.0, 0.0, 0.0)),  # one half at a best cosine of 0.5
    abstain_below=0.5,
    helpful=Logistic(intercept=-8.0, weights=(10.0, *[0.0] * 5)),  # one half at a score of 0.8
    strong=0.75,
    related=0.45,
)
"""Abstains below a best cosine of 0.5; strong from 0.91, related from 0.78 (scores of entries)."""

MEANING, WORDS = Meaning(best=(1.0, 0.3, 0.1)), Words(0.15)
SIGNALS: tuple[Signal, ...] = (MEANING, WORDS, Phrases(2.0))
"""Those the values in the tests are worked out with: an entry is found by its own texts and nothing else."""


TRAINING_QUERIES: tuple[dict[str, Any], ...] = (
    {"entries": ["garden-network"], "fr": "Plus de confiance.", "en": "No trust, no money."},
    {"entries": ["trust-first", "nowhere"], "fr": "Un jardin.", "en": "A garden."},
    {"entries": [], "fr": "Un bâtiment.", "en": "A building."},
)
"""What the `taught_searcher` learns from."""


CLEAN_ENTRY = """\
id: keep-a-place
kind: insight
phases: {during: stated}
conditions: {gather-resources: stated}
actors: [citizens]
related: []
sources: [gazette-1]
translation: {first: fr, other: adapted}

fr:
  title: "Garder un lieu"
  summary: "Un lieu ouvert chaque jour change la vie d’un quartier\u00a0: on s’y croise, puis on s’y parle."
  description: >-
    À Lille, 30 voisins ont gardé les clés d’une salle pendant 2 ans. Le jardin servait le matin, la salle servait le
    soir. Personne n’avait de bureau. «\u00a0On venait sans raison\u00a0», dit une habitante. La mairie payait le
    chauffage et demandait seulement un compte rendu par saison.

en:
  title: "Keep a place"
  summary: "A place that is open every day changes the life of a district: people meet there, then they talk."
  description: >-
    In Lille, 30 neighbours kept the keys of a hall for 2 years. The garden was used in the morning and the hall in the
    evening. Nobody had an office. “We came for no reason,” says a resident. The council paid for the heating and only
    asked for a short report each season.
"""
"""An entry no rule of writing is broken in; it uses the lists and sources of the tiny corpus."""

Main = Callable[..., int]
"""Runs a command of ``passerelle`` in this process, and returns its exit code."""

CLEAN_FILE = "insights/keep-a-place.yaml"


def write_corpus(folder: Path) -> Path:
    """Copy the tiny corpus to a folder that does not exist yet, and return it."""
    return Path(shutil.copytree(TINY_CORPUS, folder))


def write_clean_corpus(folder: Path) -> Path:
    """Write a corpus of one well-written entry to a folder that does not exist yet, and return it."""
    (folder / "insights").mkdir(parents=True)
    for name in ("vocabulary.yaml", "sources.yaml"):
        shutil.copy(TINY_CORPUS / name, folder / name)
    (folder / CLEAN_FILE).write_text(CLEAN_ENTRY, encoding="utf-8")
    return folder


def write_training_queries(corpus: Path, *rows: dict[str, Any], name: str = "x.jsonl") -> Path:
    """Write a file of training queries into a corpus, and return it."""
    file = corpus / "training" / name
    file.parent.mkdir(exist_ok=True)
    file.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return file


def replace_text(file: Path, old: str, new: str) -> None:
    """Put other text in one place of a file."""
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{old!r} is {text.count(old)} times in {file.name}"
    file.write_text(text.replace(old, new), encoding="utf-8")


def tiny_index(folder: Path, encoder: CountingEncoder | None = None, corpus: Path = TINY_CORPUS) -> Index:
    """Embed the tiny corpus, or a copy of it; vectors are cached in the folder."""
    cache = EmbeddingCache(folder / "embeddings.sqlite")
    try:
        return build_index(read_library(corpus), encoder or CountingEncoder(), cache)
    finally:
        cache.close()


@dataclasses.dataclass
class FakeLiveSearcher:
    """Stands for a live searcher whose index does not change by itself."""

    searcher: Searcher
    problem: SearchIndexError | None = None


def tiny_searcher(folder: Path, calibration: Calibration | None = None) -> Searcher:
    """Make a searcher over the tiny corpus, which abstains only if a calibration is given."""
    index = dataclasses.replace(tiny_index(folder), calibration=calibration)
    return Searcher(index, CountingEncoder(), signals=SIGNALS)


def searcher_of(corpus: Path, folder: Path) -> Searcher:
    """Make a searcher over a corpus as it is now, which never abstains."""
    return Searcher(tiny_index(folder, corpus=corpus), CountingEncoder(), signals=SIGNALS)


def by_meaning(searcher: Searcher) -> Searcher:
    """Return the searcher without its signals of words."""
    kept = [signal for signal in searcher.signals if isinstance(signal, (Meaning, TrainingQueries, Links, Related))]
    return with_signals(searcher, kept)


def by_words(searcher: Searcher) -> Searcher:
    """Return the searcher with words and nothing else."""
    return with_signals(searcher, (WordsAlone(),))


def scored_by(searcher: Searcher, text: str, *, most: int = 10, **filters: Collection[str] | None) -> Scored:
    """Rank what may answer a query, as a searcher does before it decides and shows anything."""
    index = searcher.index
    selection = select(filters, index.metadata, index.vocabulary)
    query = encode(parse(text), searcher.encoder)
    return score(index, query, selection, searcher.signals, spelling=searcher.spelling, most=most)


def evidence(searcher: Searcher, text: str, k: int = 20) -> tuple[QueryEvidence, tuple[tuple[str, HitEvidence], ...]]:
    """Return what a calibration reads of a query, and of its first k entries by id."""
    scored = scored_by(searcher, text)
    order = scored.best(k)
    ids = [ENTRY_IDS[scored.features.candidates.entries[row]] for row in order]
    return query_evidence(scored), tuple(zip(ids, hit_evidence(searcher.index, scored, order), strict=True))
