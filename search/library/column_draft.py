"""What a table is read as, to be looked at before it is built: a draft of its column map, and entries."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from ..entries import Entry, Text, Vocabulary
from .columns import Column
from .problems import part
from .tables import TablePreview

SAMPLES = 3
"""Entries that are shown."""

SHOWN = 240
"""Characters of a text that are shown."""


def draft_map(preview: TablePreview, language: str) -> str:
    """Write the column map of a table as it is read, with what is not sure to be confirmed.

    Args:
        preview: Of the table.
        language: Of the comments, ``fr`` or ``en``.

    Returns:
        YAML, as `search.library.columns.read_columns` reads it.
    """
    read = [column for column in preview.columns if column.ours]
    unread = [column for column in preview.columns if not column.ours]
    lines = [f"# {part('draft', language, file=preview.path.name)}", "columns:" if read else "columns: {}"]
    lines += [f"  {_quoted(column.name)}: {column.ours}{_to_confirm(column, language)}" for column in read]
    lines += [
        f"  # {_quoted(column.name)}: {column.suggestion}  # {part('suggested', language)}"
        for column in unread
        if column.suggestion
    ]
    if preview.values:
        lines += ["values:", *(f"  {name}: {_quoted(value)}" for name, value in preview.values.items())]
    if facets := [column.name for column in preview.columns if column.facet]:
        lines += ["facets:", *(f"  - {_quoted(name)}" for name in facets)]
    if passed := [column.name for column in unread if not column.suggestion and not column.facet]:
        lines += ["ignore:", *(f"  - {_quoted(name)}" for name in passed)]
    return "\n".join(lines) + "\n"


def _to_confirm(column: Column, language: str) -> str:
    return f"  # {part('to_confirm', language)}" if column.how == "suggestion" else ""


def _quoted(value: Any) -> str:
    """Write a value as YAML reads it, whatever is in it."""
    return json.dumps(value, ensure_ascii=False)


def sample_entries(entries: Sequence[Entry], vocabulary: Vocabulary, language: str) -> Iterator[str]:
    """Give the first entries as they will read, field by field.

    Args:
        entries: Of a library; SAMPLES of them, spread over it.
        vocabulary: Its closed lists.
        language: Of the labels.
    """
    for entry in samples_of(entries):
        kind = vocabulary.label("kinds", entry.kind, language)
        yield f"— {entry.title(language)} ({entry.id}; {kind}; {', '.join(entry.languages)})"
        yield from (f"  {name}: {value}" for name, value in facts_of(entry, vocabulary, language))
        for text_language in entry.languages:
            for name, text in entry.texts[text_language].items():
                if name != "title":
                    yield f"  {name} ({text_language}): {shortened(text)}"


def samples_of(entries: Sequence[Entry]) -> Sequence[Entry]:
    """Choose SAMPLES entries, spread over the library."""
    return entries[:: max(len(entries) // SAMPLES, 1)][:SAMPLES]


def facts_of(entry: Entry, vocabulary: Vocabulary, language: str) -> Iterator[tuple[str, str]]:
    """Give what an entry says beside its texts: our name of the column, and its values as they are read."""
    for name, closed in (("phases", "phases"), ("conditions", "conditions"), ("actors", "actors")):
        if keys := getattr(entry, name):
            yield name, ", ".join(vocabulary.label(closed, key, language) for key in keys)
    for name, closed in (("country", "countries"), ("outcome", "outcomes")):
        if key := getattr(entry, name):
            yield name, vocabulary.label(closed, key, language)
    for name in ("place", "lat", "lon", "start", "end", "last_known"):
        if (value := getattr(entry, name)) is not None:
            yield name, str(value)
    for name in ("related", "illustrates"):
        if ids := getattr(entry, name):
            yield name, ", ".join(ids)
    for name, values in entry.facets.items():
        yield name, ", ".join(values)
    if entry.sources:
        yield "sources", ", ".join(source.url or source.key for source in entry.sources)


def shortened(text: Text) -> str:
    """Put a text on one line, cut where it is long."""
    line = " ".join((text if isinstance(text, str) else " · ".join(text)).split())
    return line if len(line) <= SHOWN else f"{line[:SHOWN]}…"
