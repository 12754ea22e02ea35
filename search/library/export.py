"""The whole library as files others can use: one row per entry and language."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import yaml

from ..entries import SOURCE_TRAITS, Entry, Source
from ..whole_files import written_whole
from .data_card import NAME, data_card
from .glossary import FILE as GLOSSARY_FILE
from .glossary import Glossary, read_glossary
from .reader import Library
from .tables.csv_guard import guarded
from .tables.our_columns import COLUMNS, TEXT_FIELDS

Value = str | float | None | Sequence[str | None] | Mapping[str, str] | Mapping[str, Sequence[str]]


Row = dict[str, Value]


def rows(library: Library) -> Iterator[Row]:
    """Yield one row per entry and language, in order of id then language.

    Every row has every column of COLUMNS; what an entry does not have is None, what it has none of is empty.
    """
    for entry in library.entries:
        for language in entry.languages:
            yield _row(entry, language)


def _row(entry: Entry, language: str) -> Row:
    texts = {field: entry.texts[language].get(field) for field in TEXT_FIELDS}
    return {
        "id": entry.id,
        "kind": entry.kind,
        "language": language,
        **{field: list(text) if isinstance(text, tuple) else text for field, text in texts.items()},
        "phases": dict(entry.phases),
        "conditions": dict(entry.conditions),
        "actors": list(entry.actors),
        "related": list(entry.related),
        "illustrates": list(entry.illustrates),
        "aliases": list(entry.aliases),
        "place": entry.place,
        "country": entry.country,
        "lat": entry.lat,
        "lon": entry.lon,
        "start": entry.start,
        "end": entry.end,
        "outcome": entry.outcome,
        "last_known": entry.last_known,
        "sources": [source.key for source in entry.sources],
        "source_urls": [source.url for source in entry.sources] if any(source.url for source in entry.sources) else [],
        "source_publishers": _told([source.publisher for source in entry.sources]),
        "source_titles": _titles(entry.sources),
        "source_read": _told([source.read for source in entry.sources]),
        "source_copies": _told([source.copy for source in entry.sources]),
        "source_traits": _told([traits_of(source) for source in entry.sources]),
        "translation": dict(entry.translation or {}),
        "facets": {name: list(values) for name, values in entry.facets.items()},
    }


def traits_of(source: Source) -> str:
    """Return the names of what is true of a source, with a space between; empty when nothing is."""
    return " ".join(name for name in SOURCE_TRAITS if getattr(source, name))


def _told(values: Sequence[str | None]) -> list[str | None]:
    """Return what is told of each source, None where nothing is; nothing at all when nothing is told of any."""
    return [value or None for value in values] if any(values) else []


def _titles(sources: Sequence[Source]) -> list[str | None]:
    """Return the title of each source; nothing when each is what the reader of a table takes for it."""
    if all(source.title == ("" if source.key == source.url else source.key) for source in sources):
        return []
    return [source.title or None for source in sources]


def cell(value: Value) -> str:
    """Write a value as one CSV cell.

    Items are joined by line breaks, each ``key: value`` of a mapping counting as one; a list with nothing in a place,
    or with lines in an item, and a mapping of lists are JSON. What a spreadsheet may run is put
    behind an apostrophe (`guarded`); a number is left as it is. A carriage return becomes a line feed: alone it is
    quoted by no writer and read by few. NUL is left out: Python 3.10 neither writes nor reads it.

    Args:
        value: Of a row.

    Returns:
        The cell, before the quoting of CSV; empty for None.
    """
    if value is None:
        return ""
    if isinstance(value, (int, float)):
        return str(value)
    return guarded(_text(value).replace("\0", "").replace("\r\n", "\n").replace("\r", "\n"))


def _text(value: str | Sequence[str | None] | Mapping[str, Any]) -> str:
    if isinstance(value, str):
        return value
    items = [f"{key}: {item}" for key, item in value.items()] if isinstance(value, Mapping) else list(value)
    lists = isinstance(value, Mapping) and any(not isinstance(item, str) for item in value.values())
    lines = [item for item in items if item and not re.search(r"[\r\n]|\A\[.*\]\Z", item)]
    return "\n".join(lines) if lines == items and not lists else json.dumps(value, ensure_ascii=False)


def to_jsonl(table: Iterable[Row]) -> str:
    """Return rows as JSON, one object a line."""
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in table)


def to_csv(table: Iterable[Row]) -> str:
    """Return rows as comma-separated values with a header (RFC 4180, lines end with CR LF)."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    writer.writerows([cell(row[column]) for column in COLUMNS] for row in table)
    return text.getvalue()


def export_library(library: Library, folder: Path) -> tuple[Path, ...]:
    """Write the library as JSONL, CSV, its closed lists, its glossary if it has one and a data card.

    Files of these names are replaced.

    Args:
        library: Read without a problem.
        folder: Made when it is not there.

    Returns:
        The files.

    Raises:
        CorpusError: Something is wrong with its glossary.
        OSError: A file could not be written; those that were there stay.
    """
    table, glossary = list(rows(library)), read_glossary(library.path)
    folder.mkdir(parents=True, exist_ok=True)
    files = {
        f"{NAME}.jsonl": to_jsonl(table).encode(),
        f"{NAME}.csv": to_csv(table).encode("utf-8-sig"),  # without the mark, Excel takes UTF-8 for something else
        f"{NAME}.vocabulary.yaml": yaml.safe_dump(
            dict(library.vocabulary.lists), allow_unicode=True, sort_keys=False
        ).encode(),
        **({f"{NAME}.{GLOSSARY_FILE}": glossary_text(glossary).encode()} if glossary.words else {}),
        "README.md": data_card(library).encode(),
    }
    _write_together(folder, files)
    return tuple(folder / name for name in files)


def _write_together(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write files of a folder; those that were there stay until there is room for all."""
    with ExitStack() as begun:
        for name, content in files.items():
            file = begun.enter_context(written_whole(folder / name))
            file.write(content)
            file.flush()


def glossary_text(glossary: Glossary) -> str:
    """Write a glossary as the file beside a table has it: as it was read, a source by its address (YAML)."""
    words = {
        word.id: {
            "where": list(word.where),
            **({"source": word.source.url} if word.source else {}),
            **{language: {"forms": list(word.forms[language]), "line": line} for language, line in word.lines.items()},
        }
        for word in glossary.words
    }
    return yaml.safe_dump(words, allow_unicode=True, sort_keys=False, width=1_000)
