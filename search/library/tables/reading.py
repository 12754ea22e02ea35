"""Read a library from a table, as people have it: JSONL, CSV or XLSX, one row per entry and language.

The columns are those of the export (`our_columns.COLUMNS`), so that what is exported can be read back; a column of
``title`` and one of any text are enough. They may be called as people call them, in French or in English
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
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from ...entries import Entry, Vocabulary
from ...locations import default_corpus
from ...text.language import written_language
from ..jsonl import Row
from ..parse_cache import Lines
from ..problems import problem_of
from ..reader import Library, read_vocabulary
from ..yaml_files import CorpusReader
from .column_notes import absent_notes, column_notes, no_title, value_faults
from .columns import Column, ColumnMap, field_of, read_columns, resolve
from .date_columns import DateForms, date_forms
from .entry_maker import EntryMaker, kind_of
from .examples import examples_in
from .facets import with_facets
from .files import SUFFIXES, read_file
from .filling_times import without_filling_times
from .headers import Worksheet
from .our_columns import DATES, TEXT_FIELDS
from .paths import column_map_path, vocabulary_path
from .positions import with_positions
from .preview import TablePreview
from .row_ids import by_entry
from .rows import RowReader
from .source_column import with_source_urls
from .suggestions import with_suggestions
from .title_column import with_title_by_cells
from .twice_encoded import with_accents

LANGUAGE_ROWS = 20
"""Rows whose texts say in which language a table is written."""

NumberedRows = list[tuple[int, Row]]
"""Number of each row, and our name of each of its columns to its cell."""


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
    columns = columns or read_columns(reader, column_map_path(path))
    vocabulary = _vocabulary(path, reader)
    reader.problems += value_faults(columns, vocabulary, path)
    if reader.problems:
        return TablePreview(path, vocabulary=vocabulary, problems=tuple(sorted(reader.problems)))
    sheet = with_accents(read_file(path, columns.known, reader), columns, path, reader)
    sheet = with_positions(sheet, columns)
    resolved = without_filling_times(resolve(sheet.names, columns), sheet.rows, reader, path)
    resolved = with_title_by_cells(with_source_urls(resolved, sheet.rows), sheet.rows)
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
    return _with_entries(preview, sheet, columns, reader, others or {})


def _vocabulary(path: Path, reader: CorpusReader) -> Vocabulary:
    own = vocabulary_path(path)
    if own.exists():
        return read_vocabulary(reader, own.name)
    return read_vocabulary(CorpusReader(default_corpus()))


def _with_entries(
    preview: TablePreview, sheet: Worksheet, columns: ColumnMap, reader: CorpusReader, others: Mapping[str, str]
) -> TablePreview:
    """Read the entries of a table whose columns are known."""
    marked, facets = with_facets(preview.columns, sheet.rows, columns)
    path, names = preview.path, {column.ours: column.name for column in marked if column.ours}
    reader.notes += column_notes(marked, sheet, columns, path)
    rows: NumberedRows = []
    if sheet.rows and "title" not in map(field_of, {*names, *columns.values}):
        reader.problems += no_title(marked, sheet, columns, path)
    else:
        reader.notes += absent_notes(marked, columns, path) if sheet.names else ()
        rows, unread = _our_rows(sheet.rows, marked, facets)
        reader.notes += [problem_of("row_unread", path.name, line, warning=True) for line in unread]
    kind = None if "kind" in {*names, *columns.values} else kind_of({field_of(one) for _, row in rows for one in row})
    say = RowReader(reader, path.name, preview.vocabulary, names, forms=_date_forms(rows))
    pairs = _entries(rows, say, EntryMaker(say, preview.vocabulary, kind, others), columns, names)
    if not pairs and not reader.problems:
        reader.tell("no_entry", path.name)
    return dataclasses.replace(
        preview,
        columns=marked,
        values={"kind": kind, **preview.values} if kind else preview.values,
        kind_seen=kind is not None,
        entries=tuple(entry for entry, _ in pairs),
        lines={entry.id: lines for entry, lines in pairs},
        problems=tuple(sorted(reader.problems)),
        notes=tuple(sorted(reader.notes)),
    )


def _entries(
    rows: NumberedRows, say: RowReader, maker: EntryMaker, columns: ColumnMap, names: Mapping[str, str]
) -> list[tuple[Entry, Lines]]:
    """Make the entries of rows, in order of id."""
    say.note_forms()
    read = [one for line, row in rows for one in say.read(line, dict(columns.values) | row)]
    say.note_other_languages(read)
    groups = by_entry(read, say, says_language="language" in names)
    return sorted(maker.entries(groups), key=lambda pair: pair[0].id)


def _our_rows(
    rows: Iterable[tuple[int, Row]], columns: Sequence[Column], facets: Sequence[Mapping[str, tuple[str, ...]]]
) -> tuple[NumberedRows, list[int]]:
    """Give each row our names.

    Returns:
        The rows, and the numbers of those without anything that is read though they hold something.
    """
    ours = {column.name: column.ours for column in columns if column.ours}
    ignored = {column.name for column in columns if column.how == "ignore"}
    found, unread = NumberedRows(), list[int]()
    for (line, row), values in zip(rows, facets, strict=True):
        if named := {ours[name]: value for name, value in row.items() if name in ours}:
            found.append((line, named | ({"facets": dict(values)} if values else {})))
        elif row.keys() - ignored:
            unread.append(line)
    return found, unread


def _date_forms(rows: Sequence[tuple[int, Row]]) -> DateForms:
    """Say how the columns of dates are written, by all their cells."""
    cells = {column: [row[column] for _, row in rows if column in row] for column in DATES}
    texts = (str(row[name]) for _, row in rows[:LANGUAGE_ROWS] for name in row if field_of(name) in TEXT_FIELDS)
    return date_forms(cells, english=written_language(" ".join(texts)[:5_000]) == "en")
