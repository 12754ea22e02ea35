"""A sheet as CSV: one line an entry, ready for the spreadsheet of its language."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping

from ..library.export import cell
from ..text.places.wording import place_in
from .sheet import Item, Sheet

COLUMNS = (
    "phase",
    "kind",
    "title",
    "summary",
    "place",
    "country",
    "start",
    "end",
    "outcome",
    "last_known",
    "conditions",
    "note",
    "sources",
    "address",
)
"""In order; each is called as in ``WORDS`` of the sheet's language. Dates stay as a spreadsheet sorts them."""

DELIMITERS: Mapping[str, str] = {"fr": ";", "en": ","}
"""A French spreadsheet keeps the comma for decimals."""


def to_csv(made: Sheet) -> str:
    """Write a sheet as CSV with COLUMNS, one line an entry; a spreadsheet runs none of it as a formula.

    Cells are apart by DELIMITERS, as spreadsheets of the sheet's language want it. In a file it needs the mark by which
    they know UTF-8 (``utf-8-sig``).

    Raises:
        TypeError: It is no sheet; the paper of an answer or of an entry has no lines.
    """
    if not isinstance(made, Sheet):
        raise TypeError(f"CSV is written of what make_sheet returns: one line an entry (got {type(made).__name__})")
    text = io.StringIO()
    writer = csv.writer(text, delimiter=DELIMITERS[made.language], lineterminator="\n")
    writer.writerow(made.words[name] for name in COLUMNS)
    for label, items in made.phases():
        writer.writerows([cell(value) for value in _values(made, label, item)] for item in items)
    return text.getvalue()


def _values(made: Sheet, phase: str, item: Item) -> Iterator[str | list[str] | None]:
    entry, label = item.entry, made.vocabulary.label
    yield phase
    yield label("kinds", entry.kind, made.language)
    yield entry.title(made.language)
    yield entry.summary(made.language)
    yield place_in(entry.place or "", made.language)
    yield label("countries", entry.country, made.language) if entry.country else None
    yield entry.start
    yield entry.end
    yield label("outcomes", entry.outcome, made.language) if entry.outcome else None
    yield entry.last_known
    yield _labels(made, "conditions", entry.conditions)
    yield item.note
    yield [source.url for source in entry.sources]
    yield made.place.entry(entry.id)


def _labels(made: Sheet, name: str, keys: Iterable[str]) -> str:
    return ", ".join(made.vocabulary.label(name, key, made.language) for key in keys)
