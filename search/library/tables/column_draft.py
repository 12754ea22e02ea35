"""What a table is read as, to be looked at before it is built: a draft of its column map, and entries."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ...entries import Entry, Text, Vocabulary
from ..problems import part
from .columns import Column, field_of
from .entry_maker import kind_of
from .preview import TablePreview

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
        YAML, as `search.library.tables.columns.read_columns` reads it.
    """
    read = [column for column in preview.columns if column.ours]
    proposed = _proposed(preview.columns)
    columns = [f"  {_quoted(column.name)}: {column.ours}{_to_confirm(column, language)}" for column in read]
    columns += [f"  #{_quoted(name)}: {ours}  # {part('suggested', language)}" for ours, name in proposed.items()]
    lines = [f"# {part('draft', language, file=preview.path.name)}", "columns:" if columns else "columns: {}", *columns]
    if preview.values:
        lines += ["values:", *_values(preview, proposed, language)]
    if facets := [column.name for column in preview.columns if column.facet]:
        lines += ["facets:", *(f"  - {_quoted(name)}" for name in facets)]
    if passed := list(_passed(preview.columns, proposed, language)):
        lines += ["ignore:", *passed]
    return "\n".join(lines) + "\n"


def _proposed(columns: Sequence[Column]) -> dict[str, str]:
    """Return what columns that are not read may hold to the name of the first that may: all of it can be confirmed."""
    read = {column.ours for column in columns if column.ours}
    proposed: dict[str, str] = {}
    for column in columns:
        if column.suggestion and not column.ours and column.suggestion not in read:
            proposed.setdefault(column.suggestion, column.name)
    return proposed


def _values(preview: TablePreview, proposed: Mapping[str, str], language: str) -> Iterator[str]:
    """Write what every row has; a kind that was seen is only proposed where proposed columns would change it."""
    used = {field_of(ours) for ours in {*(column.ours for column in preview.columns), *proposed}}
    for name, value in preview.values.items():
        kind = kind_of(used) if name == "kind" and preview.kind_seen and proposed else value
        if kind == value:
            yield f"  {name}: {_quoted(value)}"
        else:
            yield f"  #{name}: {_quoted(kind)}  # {part('suggested', language)}"


def _passed(columns: Sequence[Column], proposed: Mapping[str, str], language: str) -> Iterator[str]:
    """Write the columns that are passed over, and of which another is read, or proposed, as what they may hold."""
    read = {column.ours: column.name for column in columns if column.ours}
    for column in columns:
        if column.ours or column.facet or column.name in proposed.values():
            continue
        other = _quoted({**proposed, **read}.get(column.suggestion))
        instead = part("suggested_instead", language, ours=column.suggestion, other=other)
        yield f"  - {_quoted(column.name)}" + (f"  # {instead}" if column.suggestion else "")


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
    """Give what an entry says beside its texts: our name of the column, and its values as they are read.

    Args:
        entry: Any.
        vocabulary: The closed lists, whose labels are given for keys.
        language: ``fr`` or ``en``, of these labels.

    Yields:
        Name and values, for what the entry has only; several values have commas between them.
    """
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
