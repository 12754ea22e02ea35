"""Read a library from a table, as people have it: JSONL, CSV or XLSX, one row per entry and language.

The columns are those of the export (`search.library.export.COLUMNS`), so that what is exported can be read back; only
``title`` and one more text are needed. Columns of other names are named in ``NAME.columns.yaml`` beside ``NAME.csv``::

    columns: {Intitulé: title, Récit: description}  # theirs: ours
    values: {kind: case, language: fr}              # what every row without that column or value has
    ignore: [Suivi par]                             # columns to pass over

The closed lists are the shipped ones, or those of ``NAME.vocabulary.yaml``.
"""

from __future__ import annotations

import csv
import re
import unicodedata
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Any

from ..entries import FIELDS, LANGUAGES, LIST_FIELDS, Entry, Source, Text, Vocabulary
from ..errors import CorpusError, Problem, needs_extra
from ..locations import default_corpus
from ..text.analysis import fold
from ..text.language import written_language
from ..text.segmentation import passages_of
from .cells import unguarded
from .export import COLUMNS, TEXT_FIELDS
from .fingerprint import beside
from .jsonl import Row, each_row
from .parse_cache import Lines, ParseCache
from .reader import Library, library_of, read_library, read_vocabulary
from .schema import CASE_ONLY, ONE_LANGUAGE, EntryReader
from .yaml_files import CorpusReader, text_line

SUFFIXES = (".jsonl", ".csv", ".xlsx")
"""Of the files that can be read."""


KIND = "practice"
"""Of a row that does not say."""


ID = re.compile(r"[^\W_](?:[\w.-]{0,98}[^\W_])?")
"""A letter or digit at both ends; between them also hyphens, dots and underscores; 100 characters at most."""


MARKED = ("phases", "conditions")


LISTS = ("actors", "related", "illustrates", "sources", "source_urls")


CELL_LIMIT = 10_000_000
"""Characters of one CSV cell; csv's own limit is 131,072, less than a long report."""


WORKBOOK_LIMIT = 2_000_000_000
"""Bytes of a workbook once unpacked: more than a sheet can hold is a trick, not a library."""


_DELIMITERS = (";", "\t", ",")


@dataclass(frozen=True)
class ColumnMap:
    """How a table's columns are to be read; see the module.

    Attributes:
        columns: Their name to ours.
        values: Our name to the value of every row that has none.
        ignore: Their names that are passed over.
    """

    columns: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Any] = field(default_factory=dict)
    ignore: frozenset[str] = frozenset()


def read_corpus(path: Path, cache: ParseCache | None = None) -> Library:
    """Read a corpus folder (`search.read_library`) or a table (`read_table`).

    Raises:
        CorpusError: Something is wrong; every problem is listed with its file and line.
        ExtraMissingError: It is a workbook and the extra ``xlsx`` is not installed.
    """
    return read_table(path) if path.is_file() else read_library(path, cache)


@dataclass(frozen=True)
class CorpusCounts:
    """What an index of a corpus would hold.

    Attributes:
        entries, passages: How many.
        kinds: Kind to how many entries.
        languages: Languages, like ``fr+en``, to how many entries have just these.
    """

    entries: int
    passages: int
    kinds: Mapping[str, int]
    languages: Mapping[str, int]

    def __str__(self) -> str:
        parts = (", ".join(f"{name} {count}" for name, count in some.items()) for some in (self.kinds, self.languages))
        return f"{self.entries} entries ({'; '.join(parts)}), {self.passages} passages. Nothing was written."


def count_corpus(path: Path) -> CorpusCounts:
    """Read a corpus as for building, and count.

    Raises:
        CorpusError: Something is wrong; every problem is listed with its file and line.
        ExtraMissingError: It is a workbook and the extra ``xlsx`` is not installed.
    """
    entries = read_corpus(path).entries
    return CorpusCounts(
        entries=len(entries),
        passages=sum(len(passages_of(entry)) for entry in entries),
        kinds=Counter(entry.kind for entry in entries),
        languages=Counter("+".join(entry.languages) for entry in entries),
    )


def read_table(path: Path) -> Library:
    """Read a table.

    Args:
        path: A file whose name ends as one of SUFFIXES.

    Returns:
        The library, entries in order of id.

    Raises:
        CorpusError: Something is wrong; every problem is listed with its row and column. In CSV and XLSX the header
            is row 1.
        ExtraMissingError: It is a workbook and the extra ``xlsx`` is not installed.
    """
    if path.suffix.lower() not in SUFFIXES:
        raise CorpusError([Problem(path.name, 0, f"is not a table that can be read: {', '.join(SUFFIXES)}")])
    reader = CorpusReader(path.parent)
    column_map, own_vocabulary = beside(path)
    columns = read_columns(reader, column_map)
    vocabulary = (
        read_vocabulary(reader, own_vocabulary.name)
        if own_vocabulary.exists()
        else read_vocabulary(CorpusReader(default_corpus()))
    )
    groups = _by_entry(_named(_rows(path, reader), columns, path, reader), path, reader)
    return library_of(reader, vocabulary, _entries(groups, columns_of(columns), vocabulary, path, reader), path)


def _entries(
    groups: Mapping[str, list[tuple[int, Row]]],
    names: Mapping[str, str],
    vocabulary: Vocabulary,
    path: Path,
    reader: CorpusReader,
) -> Iterator[tuple[Entry, Lines]]:
    """Make the entries of rows, those that are as they should be, with the row of each key."""
    kinds = {name: str(rows[0][1]["kind"]) for name, rows in groups.items()}
    for name, rows in groups.items():
        if kinds[name] not in FIELDS:
            message = f"column {names['kind']}: {kinds[name]!r} is not one of {', '.join(FIELDS)}"
            reader.add(path.name, rows[0][0], message)
            continue
        data, lines = _as_entry(rows)
        one = _RowsReader(reader, path.name, kinds[name], vocabulary, data=data, lines=lines, names=names)
        if entry := one.read(one.sources(), kinds):
            yield entry, one.lines


def columns_of(columns: ColumnMap) -> dict[str, str]:
    """Return our name to theirs, for messages."""
    return {name: name for name in COLUMNS} | {ours: theirs for theirs, ours in columns.columns.items()}


def read_columns(reader: CorpusReader, path: Path) -> ColumnMap:
    """Read a column map; the usual names when there is none."""
    if not path.exists():
        return ColumnMap()
    data, lines = reader.yaml(path.name)
    for key in data:
        if key not in {"columns", "values", "ignore"}:
            reader.add(
                path.name, lines.get((str(key),), 1), f"unknown key {key!r}: columns, values and ignore are known"
            )
    columns, values, ignore = data.get("columns") or {}, data.get("values") or {}, data.get("ignore") or []
    for key, part, form in (("columns", columns, dict), ("values", values, dict), ("ignore", ignore, list)):
        if not isinstance(part, form):
            reader.add(path.name, lines.get((key,), 1), f"{key} must be a {'list' if form is list else 'mapping'}")
            return ColumnMap()
    for key, name in [*(("columns", ours) for ours in columns.values()), *(("values", ours) for ours in values)]:
        if name not in COLUMNS:
            reader.add(path.name, lines.get((key,), 1), f"{key}: {name!r} is not one of {', '.join(COLUMNS)}")
    for name in {ours for ours in columns.values() if list(columns.values()).count(ours) > 1}:
        reader.add(path.name, lines.get(("columns",), 1), f"columns: {name!r} is read from two columns")
    theirs = {str(name): str(ours) for name, ours in columns.items()}
    return ColumnMap(theirs, dict(values), frozenset(map(str, ignore)))


def _rows(path: Path, reader: CorpusReader) -> Iterator[tuple[int, Row]]:
    """Yield each row with its line; what cannot be read is a problem of the reader."""
    readers = {".jsonl": _jsonl_rows, ".csv": _csv_rows, ".xlsx": _xlsx_rows}
    return readers[path.suffix.lower()](path, reader)


def _jsonl_rows(path: Path, reader: CorpusReader) -> Iterator[tuple[int, Row]]:
    return each_row(path, partial(reader.add, path.name), skip_blank=True)


def _csv_rows(path: Path, reader: CorpusReader) -> Iterator[tuple[int, Row]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            header = file.readline()
            file.seek(0)
            csv.field_size_limit(CELL_LIMIT)
            table = csv.reader(file, delimiter=max(_DELIMITERS, key=header.count), strict=True)
            yield from _tabular(enumerate(table, 1), path, reader)  # rows as a spreadsheet counts them
    except UnicodeDecodeError:
        line = text_line(path, _not_utf8(path))
        reader.add(path.name, line, "is not UTF-8; in a spreadsheet, save it as “CSV UTF-8”")
    except csv.Error as error:
        reader.add(path.name, table.line_num, f"is not CSV: {error}")


def _not_utf8(path: Path) -> int:
    """Return the first byte that is not UTF-8."""
    try:
        path.read_bytes().decode()
    except UnicodeDecodeError as error:
        return error.start
    return 0


def _xlsx_rows(path: Path, reader: CorpusReader) -> Iterator[tuple[int, Row]]:
    with needs_extra("xlsx"):
        from openpyxl import load_workbook
        from openpyxl.utils.exceptions import InvalidFileException

    try:
        with zipfile.ZipFile(path) as parts:
            size = sum(part.file_size for part in parts.infolist())
        if size > WORKBOOK_LIMIT:
            reader.add(path.name, 0, f"unpacks to {size:,} bytes; at most {WORKBOOK_LIMIT:,} are read: save it as CSV")
            return
        book = load_workbook(path, read_only=True, data_only=True)
    except (InvalidFileException, zipfile.BadZipFile, KeyError, OSError, ValueError):
        reader.add(path.name, 0, "is not a workbook: open it in a spreadsheet and save it as .xlsx")
        return
    try:
        yield from _tabular(enumerate(book.worksheets[0].iter_rows(values_only=True), 1), path, reader)
    finally:
        book.close()


def _tabular(table: Iterable[tuple[int, Iterable[Any]]], path: Path, reader: CorpusReader) -> Iterator[tuple[int, Row]]:
    """Give each cell the name of its column; the first row that is not empty holds the names."""
    header: list[str] = []
    for line, cells in table:
        values = [_plain_value(cell) for cell in cells]
        if not any(value not in (None, "") for value in values):
            continue
        if not header:
            header = [str(value or "").strip() for value in values]
            for name in {name for name in header if name and header.count(name) > 1}:
                reader.add(path.name, line, f"column {name!r} is there twice")
            continue
        if any(value not in (None, "") for value in values[len(header) :]):
            reader.add(path.name, line, f"has {len(values)} cells where the header has {len(header)}")
            continue
        for column, name in enumerate(header[: len(values)], 1):
            if not name and values[column - 1] not in (None, ""):
                reader.add(path.name, line, f"the cell in column {column}, which has no name, is not empty")
        yield line, {name: value for name, value in zip(header, values, strict=False) if name}


def _plain_value(cell: Any) -> Any:
    """Return a cell as text or number; dates as they are written here, texts without the guard of an export."""
    if isinstance(cell, datetime):
        cell = cell.date()
    if isinstance(cell, date):
        return cell.isoformat()
    return unguarded(cell) if isinstance(cell, str) else cell


def _named(
    rows: Iterable[tuple[int, Row]], columns: ColumnMap, path: Path, reader: CorpusReader
) -> Iterator[tuple[int, Row]]:
    """Give each row our names, and the values every row has; a column nobody knows is reported once."""
    reported: set[str] = set()
    for line, row in rows:
        named: Row = dict(columns.values)
        for theirs, value in row.items():
            ours = columns.columns.get(theirs, theirs)
            if ours not in COLUMNS:
                if theirs not in columns.ignore | reported:
                    reported.add(theirs)
                    reader.add(path.name, line, _unknown_column(theirs, path))
            elif value not in (None, "", [], {}):
                named[ours] = value.strip() if isinstance(value, str) else value
        if named.keys() - columns.values.keys():
            yield line, named


def _unknown_column(name: str, path: Path) -> str:
    return (
        f"column {name!r} is not known: write what it holds into {beside(path)[0].name}, under columns "
        f"({name}: one of {', '.join(COLUMNS)}), or pass over it with ignore: [{name}]"
    )


def _by_entry(rows: Iterable[tuple[int, Row]], path: Path, reader: CorpusReader) -> dict[str, list[tuple[int, Row]]]:
    """Gather the rows of each entry, one per language; a row without an id is an entry of its own."""
    groups: dict[str, list[tuple[int, Row]]] = {}
    for line, row in rows:
        title = row.get("title")
        if not isinstance(title, str):
            reader.add(path.name, line, "column title: is empty" if title is None else "column title: must be a text")
            continue
        name = str(row.get("id") or _slug(title))
        if not ID.fullmatch(name):
            reader.add(path.name, line, f"column id: {name!r} is not an id: letters, digits and hyphens, 100 at most")
            continue
        language = row.get("language") or written_language(_all_text(row)) or LANGUAGES[0]
        row |= {"id": name, "language": language, "kind": row.get("kind") or KIND}
        if language not in LANGUAGES:
            reader.add(path.name, line, f"column language: {language!r} is not one of {', '.join(LANGUAGES)}")
        elif other := next((at for at, known in groups.get(name, ()) if known["language"] == language), None):
            reader.add(path.name, line, f"column id: {name!r} is in row {other} already, in the same language")
        else:
            groups.setdefault(name, []).append((line, row))
    return groups


def _slug(title: str) -> str:
    return "-".join(re.findall(r"[a-z0-9]+", fold(title)))[:100].strip("-")


def _all_text(row: Row) -> str:
    return " ".join(str(row[name]) for name in TEXT_FIELDS if name in row)[:5_000]


def _as_entry(rows: list[tuple[int, Row]]) -> tuple[dict[str, Any], dict[tuple[str, ...], int]]:
    """Put the rows of an entry together as its YAML file would hold them, with the row of each key."""
    line, first = rows[0]
    data: dict[str, Any] = {key: first[key] for key in ("id", "kind", *CASE_ONLY) if key in first}
    data |= {key: _marks(first[key]) for key in MARKED if key in first}
    data |= {key: _items(first[key], ",;\n") for key in LISTS if key in first}
    data |= {key: _degrees(first[key]) for key in ("lat", "lon") if key in first}
    lines: dict[tuple[str, ...], int] = {(key,): line for key in (*COLUMNS, *data)}
    for at, row in rows:
        data[row["language"]] = {
            name: _items(row[name], "\n") if name in LIST_FIELDS else row[name] for name in TEXT_FIELDS if name in row
        }
        lines |= {(row["language"],): at, **{(row["language"], name): at for name in TEXT_FIELDS}}
    return data, lines


def _items(value: Any, separators: str) -> Any:
    """Cut a cell into its items; what is no text or number is left as it is."""
    if not isinstance(value, (str, int, float)):
        return value
    return [item.strip() for item in re.split(f"[{separators}]", str(value)) if item.strip()]


def _marks(value: Any) -> Any:
    """Read ``before: stated``, one an item; without a basis it is stated."""
    if isinstance(value, list):
        value = "\n".join(map(str, value))
    if not isinstance(value, str):
        return value
    pairs = [item.partition(":") for item in _items(value, ",;\n")]
    return {name.strip(): basis.strip() or "stated" for name, _, basis in pairs}


def _degrees(value: Any) -> Any:
    """Read degrees, with a comma for a point where that is the custom; anything else is left as it is."""
    try:
        return float(str(value).replace(",", "."))
    except ValueError:
        return value


class _RowsReader(EntryReader):
    """Makes an entry of a table's rows; less is asked than of a file, and problems name their column."""

    needs_outcome = False

    def __init__(self, *args: Any, names: Mapping[str, str], **kept: Any) -> None:
        super().__init__(*args, **kept)
        self._names_of = names
        for key in MARKED:
            self.data.setdefault(key, {})
        languages = [language for language in self.data if language in LANGUAGES]
        how = "adapted" if len(languages) > 1 else ONE_LANGUAGE
        self.data["translation"] = {"first": languages[0], "other": how} if languages else None

    def wrong(self, key: str, message: str, *, field: str = "") -> None:
        """Remember a problem with a column, at its row."""
        line = self.lines.get((key, field)) or self.lines.get((key,), 1)
        column = self._names_of.get(field or key, field or key)
        self.reader.add(self.file, line, f"column {column}: {message}")

    def sources(self) -> dict[str, Source]:
        """Make the sources of the addresses given, and of keys without one."""
        given = self.data.pop("source_urls", [])
        keys = self.data["sources"] = self.data.get("sources", given)
        urls = given or [""] * (len(keys) if isinstance(keys, list) else 1)
        if not isinstance(keys, list) or not isinstance(urls, list) or len(keys) != len(urls):
            self.wrong("source_urls", "needs one address for each source")
            return {}
        for url in urls:
            if url and not str(url).startswith(("http://", "https://")):
                self.wrong("source_urls", f"{url!r} must begin with http:// or https://")
        return {
            str(key): Source(key=str(key), publisher="", title="" if key == url else str(key), url=str(url), read="")
            for key, url in zip(keys, urls, strict=True)
        }

    def _check_keys(self) -> None:
        for key in CASE_ONLY:
            if key in self.data and self.kind != "case" and (self.kind, key) != ("resource", "country"):
                self.wrong(key, "is for cases")
        if self.kind == "case" and "unknown" in self.vocabulary.keys("outcomes"):
            self.data.setdefault("outcome", "unknown")

    def _check_name(self) -> None:
        """The id was checked when the rows were put together."""

    def _check_sources(self, keys: tuple[str, ...], sources: Mapping[str, Source]) -> None:
        """A library of one's own may leave them out."""

    def _texts(self, language: str) -> dict[str, Text]:
        """Read the texts there are: the title and at least one more, none of another kind."""
        texts: dict[str, Text] = {}
        for name, value in self.data[language].items():
            if name not in FIELDS[self.kind]:
                self.wrong(language, f"a {self.kind} has no {name}; it has {', '.join(FIELDS[self.kind])}", field=name)
            elif name in LIST_FIELDS and isinstance(value, list) and all(isinstance(item, str) for item in value):
                texts[name] = tuple(value)
            elif name not in LIST_FIELDS and isinstance(value, (str, int, float)):
                texts[name] = unicodedata.normalize("NFC", str(value))
            else:
                self.wrong(language, "must be a list of texts" if name in LIST_FIELDS else "must be a text", field=name)
        if texts.keys() <= {"title"}:
            self.wrong(language, f"needs a text: {', '.join(FIELDS[self.kind][1:])}", field=FIELDS[self.kind][1])
        return texts
