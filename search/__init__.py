"""Find what helps citizens and public authorities work together, in French and in English."""

from search.build import build, follow, is_current, load, situate
from search.calibration import Calibration
from search.encoder import Encoder, SentenceEncoder
from search.entries import LANGUAGES, Entry, Passage, Source, Vocabulary
from search.errors import (
    BusyError,
    CorpusError,
    EmptyQueryError,
    IndexBusyError,
    IndexDamagedError,
    IndexMismatchError,
    IndexMissingError,
    IndexWriteError,
    ModelMissingError,
    PasserelleError,
    Problem,
    QueryError,
    QueryTooLongError,
    SearchIndexError,
    StoreError,
    UnknownEntryError,
    UnknownFilterError,
)
from search.evaluation import JudgedQuery, Report, evaluate, read_judged_queries
from search.grid import Reading, Situation
from search.index import Index, Manifest, read_manifest
from search.library import Library, read_library
from search.live import LiveSearcher
from search.locations import default_corpus, default_index, default_unmet
from search.postgres import Database, Published, publish
from search.searcher import Hit, Results, Searcher
from search.sheet import Sheet, make_sheet, to_csv, to_markdown
from search.sheet_pdf import to_pdf
from search.store import KINDS
from search.tables import CorpusCounts, count_corpus, read_corpus
from search.turns import Turns

__all__ = [
    "KINDS",
    "LANGUAGES",
    "BusyError",
    "Calibration",
    "CorpusCounts",
    "CorpusError",
    "Database",
    "EmptyQueryError",
    "Encoder",
    "Entry",
    "Hit",
    "Index",
    "IndexBusyError",
    "IndexDamagedError",
    "IndexMismatchError",
    "IndexMissingError",
    "IndexWriteError",
    "JudgedQuery",
    "Library",
    "LiveSearcher",
    "Manifest",
    "ModelMissingError",
    "Passage",
    "PasserelleError",
    "Problem",
    "Published",
    "QueryError",
    "QueryTooLongError",
    "Reading",
    "Report",
    "Results",
    "SearchIndexError",
    "Searcher",
    "SentenceEncoder",
    "Sheet",
    "Situation",
    "Source",
    "StoreError",
    "Turns",
    "UnknownEntryError",
    "UnknownFilterError",
    "Vocabulary",
    "build",
    "count_corpus",
    "default_corpus",
    "default_index",
    "default_unmet",
    "evaluate",
    "follow",
    "is_current",
    "load",
    "make_sheet",
    "publish",
    "read_corpus",
    "read_judged_queries",
    "read_library",
    "read_manifest",
    "situate",
    "to_csv",
    "to_markdown",
    "to_pdf",
]
