"""The whole library as files others can use: one row per entry and language, and a data card."""

from __future__ import annotations

import csv
import io
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from ..entries import FIELDS, LIST_FIELDS, SOURCE_TRAITS, Entry, Source
from .glossary import FILE as GLOSSARY_FILE
from .glossary import Glossary, read_glossary
from .last_known import CURRENT_YEARS
from .reader import Library
from .tables.csv_guard import guarded

NAME = "passerelle"
"""Stem of the exported files."""


TEXT_FIELDS = tuple(dict.fromkeys(field for fields in FIELDS.values() for field in fields))
"""The text fields of all kinds, each once, in reading order."""


def _what_text(field: str) -> str:
    kinds = [kind for kind, fields in FIELDS.items() if field in fields]
    return f"{'list of texts' if field in LIST_FIELDS else 'text'} ({', '.join(kinds)})"


COLUMNS: Mapping[str, str] = {
    "id": "stable name of the entry; its rows in French and in English share it",
    "kind": "practice, condition, case, resource, insight or phase",
    "language": "fr or en: the language of the texts of this row",
    **{field: _what_text(field) for field in TEXT_FIELDS},
    "phases": "when it matters, each with its basis: stated by the sources or inferred by the editors",
    "conditions": "what must be in place, each with its basis",
    "actors": "list: who is concerned",
    "related": "list: ids of entries that go with it",
    "illustrates": "list: ids of the practices it shows",
    "aliases": "list: ids it had before, which still name it",
    "place": "where (cases)",
    "country": "where (cases, some resources); europe, africa and world are for what crosses borders",
    "lat": "degrees north, approximate (cases)",
    "lon": "degrees east, approximate (cases)",
    "start": "YYYY, YYYY-MM or YYYY-MM-DD; empty when unknown (cases)",
    "end": "the same; empty when unknown or not over (cases)",
    "outcome": "what became of it (cases)",
    "last_known": "YYYY or YYYY-MM: when that was so, by the latest dated fact (cases)",
    "sources": "list: keys of the sources",
    "source_urls": "list, in the same order: the addresses that were read",
    "source_publishers": "list, in the same order: who published each; null where that is not told",
    "source_titles": "list, in the same order: as published",
    "source_read": "list, in the same order: the month it was read, YYYY-MM",
    "source_copies": "list, in the same order: where the address is that of a stored copy, which one",
    "source_traits": "list, in the same order: self_published where nobody stands between who tells and what is told, "
    "party where a political party or somebody elected for one speaks, both with a space between; null where neither",
    "translation": "which language was written first, and how the other was made",
    "facets": "filters of the library’s own, each with the values of the entry",
}
"""Column to what it holds, in order; the same in both files."""


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
        OSError: A file could not be written.
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
    for name, content in files.items():
        (folder / name).write_bytes(content)
    return tuple(folder / name for name in files)


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


WESTERN_EUROPE = frozenset(
    {
        "austria",
        "belgium",
        "france",
        "germany",
        "ireland",
        "luxembourg",
        "netherlands",
        "switzerland",
        "united-kingdom",
    }
)
"""Countries the card counts together, to say how much of the library they are."""


HEAD = """\
# Passerelle library

Practices, conditions, cases and resources of collaboration between citizen initiatives and public authorities, in
French and in English.

**Licence**: [CC BY 4.0](https://creativecommons.org/licenses/by/4.0/). Share and adapt it for any purpose; give credit
(“Passerelle library, CC BY 4.0”), keep a link to the licence and say what you changed. The sources each entry names
keep their own terms.
"""


OWN_HEAD = """\
# A library, from {file}

Its licence is that of the table it was made from.
"""


CARD = """\
{head}
## What it holds

{entries} entries, {rows} rows: one row per entry and language. {both} entries are in both languages, {french} in French
only, {english} in English only.

| Kind | Entries |
|---|---|
{kinds}

| File | What it is |
|---|---|
| `{name}.jsonl` | UTF-8, one JSON object a line; lists are lists, what is absent is null |
| `{name}.csv` | UTF-8 with a byte-order mark (`utf-8-sig`) and a header; list items are joined by line breaks |
| `{name}.vocabulary.yaml` | the closed lists, with their labels in French and in English |
{glossary}
In the CSV whatever a spreadsheet could run (`=`, `+`, `-`, `@` and their wide forms at the beginning of a text, or
inside it after a semicolon, a comma, a tab or a line end, also behind characters that are not seen) has an apostrophe
before it; numbers are left as they are. `passerelle build --corpus` takes these apostrophes away again.

{more}
## Fields

| Field | What it holds |
|---|---|
{columns}
"""


GLOSSARY_ROW = (
    "| `{name}.glossary.yaml` | words known in one country only, each explained in one line of each language |\n"
)


HOW_WRITTEN = """
## How it was written

- From {sources} cited sources, in our own words: facts carry over from a source, sentences do not.
- Every name, date and number of a case or a resource is in one of its sources; what is a reading is told as a reading
  (“One reading is…”).
- The advice of a practice is the library’s own, drawn from the cases that show it.
- Each entry was read twice: when it was written, and again line by line against the facts noted from its sources.
- `phases` and `conditions` say how sure they are: *stated* by the sources, or *inferred* by the editors.
- One language was written first; `translation` says which, and how the other was made.

## Limits

- **Where**: Western Europe is over-represented, with {western} of {cases} cases, {belgian} of them in Belgium. By
  country: {countries}.
- **Outcome**: {outcomes}. *Ongoing* means that a fact of the {current_years} years before the sources were read says
  so; *unknown* that none tells what became of a case. `last_known` is when each was last heard of.
- **Places**: coordinates are approximate; {unplaced} cases have none.
- **Time**: the sources were read in {read}; what has happened since is not told.
- **Basis**: {inferred} of the {marks} phases and conditions given to entries are inferred, not stated.
- Being in the library recommends nothing and nobody.
"""
"""What the card of a folder says besides; of a table nobody knows how it was written, nor its licence."""


MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def data_card(library: Library) -> str:
    """Say what the export holds, where it comes from and what its limits are (Markdown, in English)."""
    entries, vocabulary, own = library.entries, library.vocabulary, library.path.is_file()
    kinds, languages = Counter(entry.kind for entry in entries), Counter(entry.languages for entry in entries)
    labels = {kind: vocabulary.label("kinds", kind, "en") for kind in vocabulary.keys("kinds")}
    return CARD.format(
        head=OWN_HEAD.format(file=library.path.name) if own else HEAD,
        name=NAME,
        entries=len(entries),
        rows=sum(len(entry.languages) for entry in entries),
        both=languages["fr", "en"],
        french=languages["fr",],
        english=languages["en",],
        kinds="\n".join(f"| {label} | {kinds[kind]} |" for kind, label in labels.items()),
        glossary=GLOSSARY_ROW.format(name=NAME) if read_glossary(library.path).words else "",
        more="" if own else _how_written(library),
        columns="\n".join(f"| `{column}` | {what} |" for column, what in COLUMNS.items()),
    )


def _how_written(library: Library) -> str:
    """Say how the entries of a folder were written, and what their limits are."""
    entries = library.entries
    cases = [entry for entry in entries if entry.kind == "case"]
    sources = {source.key: source for entry in entries for source in entry.sources}
    bases = [basis for entry in entries for marks in (entry.phases, entry.conditions) for basis in marks.values()]
    return HOW_WRITTEN.format(
        sources=len(sources),
        cases=len(cases),
        western=sum(entry.country in WESTERN_EUROPE for entry in cases),
        belgian=sum(entry.country == "belgium" for entry in cases),
        countries=_counts((entry.country for entry in cases), library, "countries"),
        outcomes=_counts((entry.outcome for entry in cases), library, "outcomes"),
        current_years=CURRENT_YEARS,
        unplaced=sum(entry.lat is None or entry.lon is None for entry in cases),
        read=_months(source.read for source in sources.values()),
        inferred=bases.count("inferred"),
        marks=len(bases),
    )


def _counts(keys: Iterable[str | None], library: Library, closed: str) -> str:
    """Return counts as words, most first then by key: ``Belgium 12, France 3``."""
    counts = sorted(Counter(keys).items(), key=lambda item: (-item[1], item[0] or ""))
    labels = {key: library.vocabulary.label(closed, key, "en") if key else "not given" for key, _ in counts}
    return ", ".join(f"{labels[key]} {count}" for key, count in counts)


def _months(read: Iterable[str]) -> str:
    """Return the first and last month of ``YYYY-MM`` texts in words."""
    months = sorted({month[:7] for month in read})
    words = [f"{MONTHS[int(month[5:7]) - 1]} {month[:4]}" for month in dict.fromkeys((months[0], months[-1]))]
    return " to ".join(words)
