"""Read a library from a table, as people have it: JSONL, CSV or XLSX, one row per entry and language.

The columns are those of the export (`search.library.export.COLUMNS`), so that what is exported can be read back; a
column of ``title`` and one of any text are enough. They may be called as people call them, in French or in English
(`columns.NAMES`); others are passed over with a note, unless ``NAME.columns.yaml`` beside ``NAME.csv`` says what they
hold::

    columns: {Intitulé du dossier: title, fields.story: description}  # theirs: ours
    values: {kind: case, language: fr}                               # what every row without that column or value has
    ignore: [Suivi par]                                              # columns to pass over
    facets: [Thème, Commune]                                         # columns that are filters of the library's own
    skip_bad_rows: true                                              # rows that cannot be read are left out

A second column of the same name has a number: ``Thème (2)``.

A column may be of texts in one language (``titre_fr``, ``Description (EN)``): a row is then one entry in its languages.
Where the map names no facets, columns whose few values are shared by many rows are (`facets`).

What a row needs and has not is a problem; what it can do without and cannot be read is set aside with a note. The
closed lists are the shipped ones, or those of ``NAME.vocabulary.yaml``.
"""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ...entries import Entry, Vocabulary
from ...errors import CorpusError, Problem
from ...locations import StrPath, default_corpus
from ...text.language import written_language
from ...text.segmentation import passages_of
from ..aliases import with_current_links
from ..export import TEXT_FIELDS
from ..fingerprint import beside
from ..jsonl import Row
from ..parse_cache import Lines, ParseCache
from ..problems import IN_VALUES, amount, problem_of, saying
from ..reader import Library, read_library, read_vocabulary
from ..yaml_files import CorpusReader
from .cells import plain_value
from .columns import Column, ColumnMap, field_of, plain_name, read_columns, resolve
from .date_columns import DateForms, date_forms
from .entry_maker import EntryMaker, kind_of
from .examples import examples_in
from .facets import with_facets
from .files import SUFFIXES, read_file
from .headers import Sheet
from .positions import with_positions
from .prose import is_prose
from .row_ids import by_entry
from .rows import DATES, RowReader
from .source_column import with_source_urls
from .title_column import likeliest_title, with_title_by_cells
from .twice_encoded import with_accents

OF_A_ROW = frozenset(
    {
        "cells_beyond",
        "misquoted",
        "empty",
        "id_form",
        "id_twice",
        "language",
        "form",
        "error_value",
        "formula",
        "no_value",
        "not_utf8",
        "json_deep",
        "json_wrong",
        "json_cut",
        "json_blank",
        "json_number",
        "json_no_object",
    }
)
"""Kinds of problems that one row has, without which the others can be read."""

NAMED = 8
"""Names of columns that a message gives."""

LANGUAGE_ROWS = 20
"""Rows whose texts say in which language a table is written."""


@dataclass(frozen=True)
class TablePreview:
    """What a table is read as, before anything is made of it.

    Attributes:
        path: The table.
        columns: What each of its columns is read as.
        values: What every row without a value has: the map's, and the kind that was seen.
        form: How the file is written: ``encoding``, ``delimiter``, ``sheet``.
        header: The row with the names of the columns; 0 when each row has its own.
        entries: Those that can be read, in order of id.
        vocabulary: The closed lists.
        lines: As in `Library`.
        problems: What stops the reading; those of single rows stop that row only, if that is wanted.
        notes: What was set aside, or read as is said.
        examples: Name of a column to the first texts in it, shortened.
        skip_bad_rows: What its column map says of rows that cannot be read.
        kind_seen: The kind in ``values`` was seen, by the columns that hold anything; nobody said it.
    """

    path: Path
    columns: tuple[Column, ...] = ()
    values: Mapping[str, Any] = field(default_factory=dict)
    form: Mapping[str, str] = field(default_factory=dict)
    header: int = 0
    entries: tuple[Entry, ...] = ()
    vocabulary: Vocabulary = field(default_factory=lambda: Vocabulary({}))
    lines: Mapping[str, Lines] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    notes: tuple[Problem, ...] = ()
    examples: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    skip_bad_rows: bool = False
    kind_seen: bool = False

    @property
    def bad_rows(self) -> tuple[Problem, ...]:
        """The problems of single rows, without which the others can be read."""
        return tuple(one for one in self.problems if one.kind in OF_A_ROW)

    def can_be_built(self, *, skip_bad_rows: bool) -> bool:
        """Say whether `library` would give a library."""
        left = self.bad_rows if skip_bad_rows or self.skip_bad_rows else ()
        return bool(self.entries) and len(left) == len(self.problems)

    def library(self, *, skip_bad_rows: bool = False) -> Library:
        """Make a library of it.

        Args:
            skip_bad_rows: Leave out the rows that cannot be read, as where the column map says so.

        Raises:
            CorpusError: There are problems; those of single rows are none when they are left out and others stay.
        """
        skipped = self.bad_rows if skip_bad_rows or self.skip_bad_rows else ()
        stopping = [one for one in self.problems if one not in skipped]
        if stopping or not self.entries:
            raise CorpusError(self.problems)
        entries = with_current_links(self.entries)
        return Library(entries, self.vocabulary, self.path, self.lines, notes=self.notes, skipped=skipped)


def read_corpus(
    path: StrPath,
    cache: ParseCache | None = None,
    *,
    skip_bad_rows: bool = False,
    others: Mapping[str, str] | None = None,
) -> Library:
    """Read a corpus folder (`search.read_library`) or a table (`read_table`).

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
    return read_library(path, cache, others=others)


def read_table(
    path: Path,
    *,
    columns: ColumnMap | None = None,
    skip_bad_rows: bool = False,
    others: Mapping[str, str] | None = None,
) -> Library:
    """Read a table.

    Args:
        path: A file whose name ends as one of SUFFIXES.
        columns: How its columns are to be read; what the file beside it says when None.
        skip_bad_rows: Leave out the rows that cannot be read; the library names them.
        others: As in `read_corpus`.

    Returns:
        The library, entries in order of id, with notes on what was set aside.

    Raises:
        CorpusError: Something is wrong; every problem is listed with its row and column. In CSV and XLSX rows are
            counted as a spreadsheet does.
        ExtraMissingError: It is a workbook and the extra ``xlsx`` is not installed.
    """
    preview = preview_table(path, columns=columns, suggestions=False, others=others)
    return preview.library(skip_bad_rows=skip_bad_rows)


def preview_table(
    path: Path,
    *,
    columns: ColumnMap | None = None,
    suggestions: bool = True,
    others: Mapping[str, str] | None = None,
) -> TablePreview:
    """Read a table as far as it can be read, and say what each column is read as.

    Args:
        path: As in `read_table`.
        columns: As in `read_table`.
        suggestions: When no column is known as the title, or as any text, read the one that seems to be it.
        others: As in `read_corpus`.

    Raises:
        ExtraMissingError: It is a workbook and the extra ``xlsx`` is not installed.
    """
    reader = CorpusReader(path.parent)
    if path.suffix.lower() not in SUFFIXES:
        reader.tell("not_table", path.name, expected=", ".join(SUFFIXES))
        return TablePreview(path, problems=tuple(reader.problems))
    columns = columns or read_columns(reader, beside(path)[0])
    vocabulary = _vocabulary(path, reader)
    _check_values(columns, vocabulary, path, reader)
    if reader.problems:
        return TablePreview(path, vocabulary=vocabulary, problems=tuple(sorted(reader.problems)))
    sheet = with_accents(read_file(path, columns.known, reader), columns, path, reader)
    sheet = with_positions(sheet, columns)
    resolved = with_title_by_cells(with_source_urls(resolve(sheet.names, columns), sheet.rows), sheet.rows)
    if suggestions:
        resolved = with_suggestions(resolved, sheet.rows, columns.values)
    preview = TablePreview(
        path,
        resolved,
        dict(columns.values),
        sheet.form,
        sheet.header,
        vocabulary=vocabulary,
        examples=examples_in(sheet),
        skip_bad_rows=columns.skip_bad_rows,
    )
    return _read(preview, sheet, columns, reader, others or {})


def _vocabulary(path: Path, reader: CorpusReader) -> Vocabulary:
    own = beside(path)[1]
    if own.exists():
        return read_vocabulary(reader, own.name)
    return read_vocabulary(CorpusReader(default_corpus()))


def _check_values(columns: ColumnMap, vocabulary: Vocabulary, path: Path, reader: CorpusReader) -> None:
    """Report once what every row would be told of the map's values."""
    where, trial = beside(path)[0].name, CorpusReader(path.parent)
    row = {name: one for name, value in columns.values.items() if (one := plain_value(value)) is not None}
    RowReader(trial, where, vocabulary, {}).read(0, {"title": "-"} | row)
    for one in [*trial.problems, *trial.notes]:
        at = columns.lines.get(("values", one.column), 0)
        told = dataclasses.replace(one, kind=f"{IN_VALUES}{one.kind}", line=at, warning=False)
        reader.problems.append(dataclasses.replace(told, message=saying(told, "en")))


def _read(
    preview: TablePreview, sheet: Sheet, columns: ColumnMap, reader: CorpusReader, others: Mapping[str, str]
) -> TablePreview:
    """Read the entries of a table whose columns are known."""
    marked, facets = with_facets(preview.columns, sheet.rows, columns)
    preview = dataclasses.replace(preview, columns=marked)
    path, names = preview.path, {column.ours: column.name for column in preview.columns if column.ours}
    _note_columns(preview.columns, sheet, columns, path, reader)
    if sheet.rows and "title" not in map(field_of, {*names, *columns.values}):
        _tell_no_title(preview.columns, sheet, columns, path, reader)
        sheet.rows.clear()
    else:
        for name in absent(preview.columns, columns) if sheet.names else ():
            at = columns.lines.get(("columns", name), 0)
            reader.note("map_absent", beside(path)[0].name, at, value=name)
    rows = _our_rows(sheet.rows, preview.columns, facets, path, reader)
    kind = None if "kind" in {*names, *columns.values} else kind_of({field_of(one) for _, row in rows for one in row})
    say = RowReader(reader, path.name, preview.vocabulary, names, forms=_date_forms(rows))
    say.note_forms()
    read = [one for line, row in rows for one in say.read(line, dict(columns.values) | row)]
    groups = by_entry(read, say, says_language="language" in names)
    pairs = EntryMaker(say, preview.vocabulary, kind, others).entries(groups)
    pairs.sort(key=lambda pair: pair[0].id)
    if not pairs and not reader.problems:
        reader.tell("no_entry", path.name)
    said = {"kind": kind, **preview.values} if kind else preview.values
    return dataclasses.replace(
        preview,
        values=said,
        kind_seen=kind is not None,
        entries=tuple(entry for entry, _ in pairs),
        lines={entry.id: lines for entry, lines in pairs},
        problems=tuple(sorted(reader.problems)),
        notes=tuple(sorted(reader.notes)),
    )


def _our_rows(
    rows: Iterable[tuple[int, Row]],
    columns: Sequence[Column],
    facets: Sequence[Mapping[str, tuple[str, ...]]],
    path: Path,
    reader: CorpusReader,
) -> list[tuple[int, Row]]:
    """Give each row our names; rows without anything that is read are passed over, with a note if they hold more."""
    ours = {column.name: column.ours for column in columns if column.ours}
    ignored = {column.name for column in columns if column.how == "ignore"}
    found = []
    for (line, row), values in zip(rows, facets, strict=False):
        if named := {ours[name]: value for name, value in row.items() if name in ours}:
            found.append((line, named | ({"facets": dict(values)} if values else {})))
        elif row.keys() - ignored:
            reader.note("row_unread", path.name, line)
    return found


def _date_forms(rows: Sequence[tuple[int, Row]]) -> DateForms:
    """Say how the columns of dates are written, by all their cells."""
    cells = {column: [row[column] for _, row in rows if column in row] for column in DATES}
    texts = (str(row[name]) for _, row in rows[:LANGUAGE_ROWS] for name in row if field_of(name) in TEXT_FIELDS)
    return date_forms(cells, english=written_language(" ".join(texts)[:5_000]) == "en")


def _note_columns(columns: Iterable[Column], sheet: Sheet, given: ColumnMap, path: Path, reader: CorpusReader) -> None:
    """Note the columns that are not read though they hold something, and those that are read by likeness."""
    used = {name for _, row in sheet.rows for name in row}
    read = [column for column in columns if column.ours]
    by = {field_of(column.ours): column.name for column in read} | {column.ours: column.name for column in read}
    where = beside(path)[0].name
    for column in columns:
        if column.facet:
            if not given.is_facet(column.name):
                reader.note("column_facet", path.name, column=column.name, expected=where)
        elif column.how == "suggestion":
            reader.note("column_confirm", path.name, column=column.name, value=column.ours, expected=where)
        elif column.how == "spare" and column.name in used and (other := by.get(column.suggestion)):
            reader.note("column_spare", path.name, column=column.name, value=column.suggestion, expected=other)
        elif column.how in {"unknown", "spare"} and column.name in used:
            kind = "column_like" if column.suggestion else "column_unknown"
            reader.note(kind, path.name, column=column.name, value=column.suggestion, expected=where)


def absent(columns: Sequence[Column], given: ColumnMap) -> list[str]:
    """Return the names of a column map, of what is read or is a filter, that a table has not.

    Args:
        columns: Of the table.
        given: The map.
    """
    there = {plain_name(column.name) for column in columns}
    return [name for name in dict.fromkeys((*given.columns, *(given.facets or ()))) if plain_name(name) not in there]


def _tell_no_title(columns: Sequence[Column], sheet: Sheet, given: ColumnMap, path: Path, reader: CorpusReader) -> None:
    """Tell that no column is known as the title; if there is a column map, that it is the one to correct."""
    shown = ", ".join(sheet.names[:NAMED]) + (", …" if len(sheet.names) > NAMED else "")
    kind = ("no_title" if sheet.header else "no_title_key") + ("_here" if given.file else "")
    reader.tell(kind, path.name, sheet.header, value=sheet.header, expected=shown)
    if given.file:
        names = ", ".join(map(repr, absent(columns, given)))
        reader.tell("map_stale" if names else "map_no_title", str(given.file), expected=names)


# ---- Suggestions ---------------------------------------------------------------------------------------------


def with_suggestions(
    columns: Sequence[Column], rows: Sequence[tuple[int, Row]], values: Mapping[str, Any]
) -> tuple[Column, ...]:
    """Read the column that seems to be the title when none is known as it, and one that seems to be a text.

    Args:
        columns: As `resolve` gives them.
        rows: Of the table, by the names of its columns.
        values: What every row has.
    """
    known = {field_of(ours) for ours in {*(column.ours for column in columns), *values}}
    if "title" not in known and (name := likeliest_title(columns, rows)):
        columns = _confirm(columns, name, "title")
    if not known & (set(TEXT_FIELDS) - {"title"}):
        likely = [one for one in columns if not one.ours and one.suggestion in set(TEXT_FIELDS) - {"title"}]
        name = likely[0].name if likely else _longest(columns, rows)
        if name:
            columns = _confirm(columns, name, likely[0].suggestion if likely else "description")
    return tuple(columns)


def _confirm(columns: Sequence[Column], name: str, ours: str) -> tuple[Column, ...]:
    return tuple(Column(one.name, ours, "suggestion") if one.name == name else one for one in columns)


def _longest(columns: Sequence[Column], rows: Sequence[tuple[int, Row]]) -> str | None:
    """Name the column with the longest texts, if they are sentences."""
    lengths = {column.name: _mean(_texts(column, rows)) for column in columns if column.how == "unknown"}
    best = max(lengths, key=lengths.__getitem__, default=None)
    return best if best is not None and lengths[best] >= 40 else None


def _texts(column: Column, rows: Sequence[tuple[int, Row]]) -> list[str]:
    if column.how != "unknown":
        return []
    return [value for _, row in rows if isinstance(value := row.get(column.name), str) and is_prose(value)]


def _mean(texts: Sequence[str]) -> float:
    return sum(map(len, texts)) / len(texts) if texts else 0.0


# ---- Counting ------------------------------------------------------------------------------------------------


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

    @classmethod
    def of(cls, entries: Sequence[Entry]) -> CorpusCounts:
        """Count entries and what they would become."""
        return cls(
            entries=len(entries),
            passages=sum(len(passages_of(entry)) for entry in entries),
            kinds=Counter(entry.kind for entry in entries),
            languages=Counter("+".join(entry.languages) for entry in entries),
        )

    def __str__(self) -> str:
        parts = (", ".join(f"{name} {count}" for name, count in some.items()) for some in (self.kinds, self.languages))
        entries, passages = amount("entry", self.entries, "en"), amount("passage", self.passages, "en")
        return f"{entries} ({'; '.join(parts)}), {passages}. Nothing was written."


def count_corpus(path: StrPath) -> CorpusCounts:
    """Read a corpus as for building, and count.

    Raises:
        CorpusError: Something is wrong; every problem is listed with its file and line.
        ExtraMissingError: It is a workbook and the extra ``xlsx`` is not installed.
    """
    return CorpusCounts.of(read_corpus(path).entries)
