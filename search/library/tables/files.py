"""From the file of a table to its rows: JSON, CSV or XLSX, in whatever form it was saved."""

from __future__ import annotations

import re
from pathlib import Path

from ..yaml_files import CorpusReader
from .csv_rows import CsvRows, tell_misquoted
from .delimiters import delimiter_of
from .encodings import ENCODING_NAMES, SAMPLE, told_encoding
from .headers import Known, Worksheet, read_sheet
from .json_files import read_json, read_jsonl
from .workbook import is_workbook, read_workbook

SUFFIXES = (".csv", ".tsv", ".tab", ".txt", ".xlsx", ".xlsm", ".jsonl", ".ndjson", ".json", ".geojson")
"""Of the files that can be read."""

_SEP = re.compile(r"sep=(.)\r?\n?", re.IGNORECASE)


def read_file(path: Path, known: Known, reader: CorpusReader) -> Worksheet:
    """Read the rows of a table; what cannot be read is a problem of the reader.

    Args:
        path: Its name ends as one of SUFFIXES.
        known: What the name of a column is known by.
        reader: Remembers problems and notes.

    Raises:
        ExtraMissingError: It is a workbook and the extra ``xlsx`` is not installed.
    """
    if not path.is_file():
        reader.tell("no_file", path.name)
        return Worksheet()
    suffix = path.suffix.lower()
    if is_workbook(path) or suffix.startswith(".xls"):
        return read_workbook(path, known, reader)
    if suffix in {".json", ".geojson"}:
        return read_json(path, known, reader)
    if suffix in {".jsonl", ".ndjson"}:
        return read_jsonl(path, reader)
    return _read_csv(path, known, reader)


def _read_csv(path: Path, known: Known, reader: CorpusReader) -> Worksheet:
    encoding = told_encoding(path, reader)
    with path.open(encoding=encoding, errors="replace", newline="") as file:
        start = file.read(SAMPLE)
        said = _SEP.match(start)
        delimiter = said[1] if said else delimiter_of(start, known)
        file.seek(0)
        if said:
            file.readline()  # a spreadsheet does not show it, nor count it
        rows = CsvRows(file, delimiter, path, reader)
        sheet = read_sheet(rows, known, path, reader, written=rows.widths)
        tell_misquoted(rows, sheet, path, reader)
    sheet.form |= {"encoding": ENCODING_NAMES[encoding], "delimiter": delimiter}
    return sheet
