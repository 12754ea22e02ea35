"""The sheet one brings to the meeting: chosen entries in order of phase, with notes of one's own, in either language.

Its texts are those of the entries, verbatim; a sheet never leaves out an id or a source, whatever its language.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby

from ..entries import SOURCE_TRAITS, Entry, Source, Vocabulary
from ..library.export import cell
from .standing import standing

FIRST: Mapping[str, tuple[str, ...]] = {
    "practice": ("first_steps", "for_citizens", "for_authorities"),
    "condition": ("signs_it_is_missing",),
    "case": ("results", "limits"),
    "resource": ("how_to_join", "limits"),
    "insight": (),
    "phase": (),
}
"""What a sheet says of each kind of entry, after its summary."""


COLUMNS = (
    "phase",
    "id",
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
)
"""Of the CSV, in order."""


DELIMITERS: Mapping[str, str] = {"fr": ";", "en": ","}
"""Of the CSV: a French spreadsheet keeps the comma for decimals."""


WORDS: Mapping[str, Mapping[str, str]] = {
    "fr": {
        "any_time": "À tout moment",
        "note": "Note",
        "sources": "Sources",
        "read": "lu en {date}",
        "self_published": "auto-publié",
        "party": "parti politique",
        "known_until": "derniers faits connus : {date}",
        "unknown_since": "en cours en {date}, pas de nouvelles depuis",
        "named": "{name} : {value}",
        "first_steps": "Premiers pas",
        "for_citizens": "Côté habitants",
        "for_authorities": "Côté pouvoirs publics",
        "signs_it_is_missing": "Signes qu’elle manque",
        "results": "Résultats",
        "limits": "Limites",
        "how_to_join": "Comment s’y joindre",
        "only": "Ce texte n’existe qu’en anglais.",
    },
    "en": {
        "any_time": "At any time",
        "note": "Note",
        "sources": "Sources",
        "read": "read in {date}",
        "self_published": "self-published",
        "party": "political party",
        "known_until": "last known: {date}",
        "unknown_since": "running in {date}, not known since",
        "named": "{name}: {value}",
        "first_steps": "First steps",
        "for_citizens": "For residents",
        "for_authorities": "For public authorities",
        "signs_it_is_missing": "Signs that it is missing",
        "results": "Results",
        "limits": "Limits",
        "how_to_join": "How to join",
        "only": "This text exists only in French.",
    },
}


_MARKUP = re.compile(r"([\\`*_{}\[\]<>#|~])")


@dataclass(frozen=True)
class Item:
    """One entry of a sheet, in the sheet's language.

    Attributes:
        entry: The entry.
        phase: The first of its phases; None when it has none.
        note: What the person wrote of it; empty for nothing.
    """

    entry: Entry
    phase: str | None
    note: str


@dataclass(frozen=True)
class Sheet:
    """Chosen entries in order of phase, those of no phase last; inside a phase, as they were chosen.

    Attributes:
        title: As the person called it.
        language: ``fr`` or ``en``.
        items: The entries.
        vocabulary: For the labels.
    """

    title: str
    language: str
    items: tuple[Item, ...]
    vocabulary: Vocabulary

    @property
    def words(self) -> Mapping[str, str]:
        """The sheet's own words."""
        return WORDS[self.language]

    def phases(self) -> Iterator[tuple[str, tuple[Item, ...]]]:
        """Yield each phase that has items, by its label, in order."""
        for phase, items in groupby(self.items, key=lambda item: item.phase):
            label = self.vocabulary.label("phases", phase, self.language) if phase else self.words["any_time"]
            yield label, tuple(items)

    def facts(self, entry: Entry) -> str:
        """Return kind, place, dates, outcome of an entry, and until when it is known, on one line."""
        known = standing(entry, date.today())
        until = self.words[known.kind].format(date=known.date) if known else None
        country = self.vocabulary.label("countries", entry.country, self.language) if entry.country else None
        outcome = self.vocabulary.label("outcomes", entry.outcome, self.language) if entry.outcome else None
        dates = " – ".join(dict.fromkeys(one for one in (entry.start, entry.end) if one))
        kind = self.vocabulary.label("kinds", entry.kind, self.language)
        facts = (kind, entry.place, country, dates, outcome, until)
        return ", ".join(fact for fact in facts if fact)

    def paragraphs(self, entry: Entry) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Yield what a sheet says of an entry after its summary: a heading and its texts, verbatim."""
        for field in FIRST[entry.kind]:
            text = entry.text(field, self.language)
            if text:
                yield self.words[field], (text,) if isinstance(text, str) else text

    def source(self, source: Source) -> str:
        """Return a source on one line, its address last, as much of it as is known."""
        read = self.words["read"].format(date=source.read) if source.read else ""
        traits = [self.words[trait] for trait in SOURCE_TRAITS if getattr(source, trait)]
        return ", ".join(filter(None, (source.publisher, source.title, read, *traits, source.url)))


def make_sheet(
    title: str,
    entries: Sequence[Entry],
    vocabulary: Vocabulary,
    *,
    language: str,
    notes: Mapping[str, str] | None = None,
) -> Sheet:
    """Put chosen entries on a sheet.

    Args:
        title: What the person calls it.
        entries: In the order they were chosen; one that comes twice counts once.
        vocabulary: Of their library; its phases give the order.
        language: ``fr`` or ``en``; an entry that does not exist in it is given in the other.
        notes: Entry id to what the person wrote of it.

    Raises:
        ValueError: The language is neither of the two.
    """
    if language not in WORDS:
        raise ValueError(f"language must be one of {', '.join(WORDS)} (got {language!r})")
    order = {phase: n for n, phase in enumerate(vocabulary.keys("phases"))}
    items = []
    for entry in {entry.id: entry for entry in entries}.values():
        phase = min(entry.phases, key=lambda name: order.get(name, len(order)), default=None)
        items.append(Item(entry, phase, (notes or {}).get(entry.id, "").strip()))
    items.sort(key=lambda item: order.get(item.phase or "", len(order)))
    return Sheet(title.strip(), language, tuple(items), vocabulary)


def to_markdown(made: Sheet) -> str:
    """Write a sheet as Markdown; what could be taken for markup in its texts is escaped."""
    lines = [f"# {_plain(made.title)}", ""] if made.title else []
    for label, items in made.phases():
        lines += [f"## {_plain(label)}", ""]
        for item in items:
            lines += _markdown_item(made, item)
    return "\n".join(lines).rstrip("\n") + "\n"


def _markdown_item(made: Sheet, item: Item) -> list[str]:
    entry, words = item.entry, made.words
    lines = [f"### {_plain(entry.title(made.language))}", "", f"{_plain(made.facts(entry))} · `{entry.id}`", ""]
    if made.language not in entry.languages:
        lines += [words["only"], ""]
    lines += [_plain(entry.summary(made.language)), ""]
    for heading, texts in made.paragraphs(entry):
        body = [f"- {_plain(text)}" for text in texts] if len(texts) > 1 else [_plain(texts[0])]
        lines += [f"**{heading}**", "", *body, ""]
    if item.note:
        lines += [f"> **{words['note']}**", ">", *(f"> {_plain(line)}" for line in item.note.splitlines()), ""]
    if entry.sources:
        lines += [f"**{words['sources']}**", "", *(f"- {_source(made, one)}" for one in entry.sources), ""]
    return lines


def _source(made: Sheet, source: Source) -> str:
    named = _plain(made.source(replace(source, url="")))
    return ", ".join(filter(None, (named, f"<{source.url}>" if source.url else "")))


def _plain(text: str) -> str:
    return _MARKUP.sub(r"\\\1", re.sub(r"[ \t\r\n]+", " ", text).strip())  # no-break spaces stay


def to_csv(made: Sheet) -> str:
    """Write a sheet as CSV with COLUMNS, one line an entry; a spreadsheet runs none of it as a formula.

    Cells are apart by DELIMITERS, as spreadsheets of the sheet's language want it. In a file it needs the mark by which
    they know UTF-8 (``utf-8-sig``).
    """
    text = io.StringIO()
    writer = csv.writer(text, delimiter=DELIMITERS[made.language], lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(_csv_rows(made))
    return text.getvalue()


def _csv_rows(made: Sheet) -> Iterator[list[str]]:
    for label, items in made.phases():
        for item in items:
            entry = item.entry
            yield [
                cell(value)
                for value in (
                    label,
                    entry.id,
                    entry.kind,
                    entry.title(made.language),
                    entry.summary(made.language),
                    entry.place,
                    made.vocabulary.label("countries", entry.country, made.language) if entry.country else None,
                    entry.start,
                    entry.end,
                    made.vocabulary.label("outcomes", entry.outcome, made.language) if entry.outcome else None,
                    entry.last_known,
                    _labels(made, "conditions", entry.conditions),
                    item.note,
                    [source.url for source in entry.sources],
                )
            ]


def _labels(made: Sheet, name: str, keys: Iterable[str]) -> str:
    return ", ".join(made.vocabulary.label(name, key, made.language) for key in keys)
