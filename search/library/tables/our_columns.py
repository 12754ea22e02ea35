"""The columns of a library that is a table: what an export writes, and what is looked for in the tables of others."""

from __future__ import annotations

from collections.abc import Mapping

from ...entries import FIELDS, LIST_FIELDS

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

MAPPINGS = ("phases", "conditions", "translation", "facets")
"""Columns whose value is a mapping, in JSON."""

ALIGNED = ("source_publishers", "source_titles", "source_read", "source_copies", "source_traits")
"""Columns whose list has a place for each source, null where nothing is told."""

DATES = ("start", "end", "last_known")
"""Columns of dates."""
