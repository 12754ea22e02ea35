"""Read a library, be it a folder or a table."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from ..errors import CorpusError
from ..locations import StrPath
from .parse_cache import ParseCache
from .problems import problem_of
from .reader import Library, read_library
from .tables.reading import read_table
from .unfinished import without_unfinished


def read_corpus(
    path: StrPath,
    cache: ParseCache | None = None,
    *,
    skip_bad_rows: bool = False,
    others: Mapping[str, str] | None = None,
) -> Library:
    """Read a corpus folder (`search.read_library`), without what is not finished, or a table (`read_table`).

    Args:
        path: The folder or the table.
        cache: As in `search.read_library`.
        skip_bad_rows: As in `read_table`; a folder is read as a whole.
        others: Id and kind of entries of other libraries, to which there may be links.

    Raises:
        CorpusError: Something is wrong; every problem is listed with its file and line.
        ExtraMissingError: It is a workbook and the extra ``xlsx`` is not installed.
    """
    path = Path(path)
    if not path.exists():
        raise CorpusError([problem_of("no_file", str(path))])
    if path.is_file():
        return read_table(path, skip_bad_rows=skip_bad_rows, others=others)
    return without_unfinished(read_library(path, cache, others=others))
