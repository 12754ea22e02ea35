"""Find what helps citizens and public authorities work together, in French and in English."""

from .output import ctrl_c  # noqa: F401 (before all that takes time to import)

# isort: split
import logging
from importlib.metadata import PackageNotFoundError, version

from .api import follow, load, situate
from .building.builder import build, is_current
from .building.publish_postgres import Published, publish
from .encoding.encoder import Encoder, SentenceEncoder
from .entries import LANGUAGES, Entry, Passage, Source, Vocabulary
from .errors import (
    BackupError,
    BusyError,
    CorpusError,
    EmptyQueryError,
    ExtraMissingError,
    IndexBusyError,
    IndexDamagedError,
    IndexFormatError,
    IndexMismatchError,
    IndexMissingError,
    IndexWriteError,
    ModelMissingError,
    NeedsFullError,
    PasserelleError,
    Problem,
    QueryError,
    QueryTooLongError,
    SavedSheetError,
    SearchIndexError,
    SettingsError,
    StoreError,
    UnknownConcernError,
    UnknownEntryError,
    UnknownFilterError,
    UnknownPlaceError,
)
from .evaluation.evaluation import Report, evaluate
from .index.index import Index, Manifest
from .index.postgres import Database
from .index.reading import read_manifest
from .index.vector_store import INDEX_TYPES
from .learning.calibration import Calibration
from .learning.situation_model import Reading, Situation
from .library.corpus import read_corpus
from .library.counts import CorpusCounts, count_corpus
from .library.glossary import Glossary, GlossaryWord, WordInText, read_glossary
from .library.judged_queries import JudgedQuery, read_judged_queries
from .library.reader import Library, read_library
from .locations import default_corpus, default_index, default_unmet
from .output.blocks import PageAddress
from .output.document import Document
from .output.docx import to_docx
from .output.html import to_html
from .output.markdown import to_markdown
from .output.papers import answer_document, entry_document
from .output.pdf import to_pdf
from .output.saved_sheet import SavedSheet, read_saved, write_saved
from .output.sheet import Sheet, make_sheet
from .output.spreadsheet import to_csv
from .retrieval.admission_queue import AdmissionQueue
from .retrieval.live_searcher import LiveSearcher
from .retrieval.results import AnsweredConcern, AskedPlace, Hit, Results
from .retrieval.searcher import Searcher

try:
    __version__ = version("passerelle")
except PackageNotFoundError:  # the folder was copied, not installed: nobody wrote down which version it is
    __version__ = "0+unknown"

logging.getLogger(__name__).addHandler(logging.NullHandler())  # who uses the library chooses what is shown

__all__ = [
    "INDEX_TYPES",
    "LANGUAGES",
    "AdmissionQueue",
    "AnsweredConcern",
    "AskedPlace",
    "BackupError",
    "BusyError",
    "Calibration",
    "CorpusCounts",
    "CorpusError",
    "Database",
    "Document",
    "EmptyQueryError",
    "Encoder",
    "Entry",
    "ExtraMissingError",
    "Glossary",
    "GlossaryWord",
    "Hit",
    "Index",
    "IndexBusyError",
    "IndexDamagedError",
    "IndexFormatError",
    "IndexMismatchError",
    "IndexMissingError",
    "IndexWriteError",
    "JudgedQuery",
    "Library",
    "LiveSearcher",
    "Manifest",
    "ModelMissingError",
    "NeedsFullError",
    "PageAddress",
    "Passage",
    "PasserelleError",
    "Problem",
    "Published",
    "QueryError",
    "QueryTooLongError",
    "Reading",
    "Report",
    "Results",
    "SavedSheet",
    "SavedSheetError",
    "SearchIndexError",
    "Searcher",
    "SentenceEncoder",
    "SettingsError",
    "Sheet",
    "Situation",
    "Source",
    "StoreError",
    "UnknownConcernError",
    "UnknownEntryError",
    "UnknownFilterError",
    "UnknownPlaceError",
    "Vocabulary",
    "WordInText",
    "answer_document",
    "build",
    "count_corpus",
    "default_corpus",
    "default_index",
    "default_unmet",
    "entry_document",
    "evaluate",
    "follow",
    "is_current",
    "load",
    "make_sheet",
    "publish",
    "read_corpus",
    "read_glossary",
    "read_judged_queries",
    "read_library",
    "read_manifest",
    "read_saved",
    "situate",
    "to_csv",
    "to_docx",
    "to_html",
    "to_markdown",
    "to_pdf",
    "write_saved",
]
