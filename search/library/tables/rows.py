"""From the cells of one row to what they say of an entry."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from typing import Any

from ...entries import FIELDS, LANGUAGES, LIST_FIELDS, SOURCE_TRAITS, Source, Text, Vocabulary
from ...errors import Problem
from ...text.language import written_language
from ...text.other_languages import other_language
from ..jsonl import Row
from ..last_known import is_future
from ..problems import MOST_NAMED, problem_of
from ..yaml_files import CorpusReader
from .cells import (
    Broken,
    ClosedLists,
    Linked,
    UnreadableError,
    degrees_of,
    language_of,
    marks_of,
    names_of,
    pairs_of,
    shown_text,
    text_of,
    texts_of,
)
from .columns import IN_ONE_LANGUAGE, field_of
from .date_columns import DateForms
from .dates import When, read_date
from .facets import facets_of
from .our_columns import ALIGNED, TEXT_FIELDS
from .source_cells import SourceCells, sources_of, told_of_sources
from .written_marks import without_links

LOOKED_AT = 500
"""Characters of a row that say whether it is in another language."""

NEEDED = frozenset({"id", "title", "language"})
"""Columns without which a row is no entry, if they are there and cannot be read."""


@dataclass
class TableRow:
    """What a row says of an entry.

    Attributes:
        line: Its row in the table.
        id: As it is given; empty when it is not.
        language: Of its texts.
        texts: Field to text, ``title`` among them; fields of any kind.
        facts: The other columns that hold anything, read.
    """

    line: int
    id: str = ""
    language: str = LANGUAGES[0]
    texts: dict[str, Text] = field(default_factory=dict)
    facts: dict[str, Any] = field(default_factory=dict)


class RowReader:
    """Reads rows one by one; what cannot be read is a problem, or a note where the row can do without it.

    Attributes:
        file: The table's name, for messages.
        forms: How the columns of dates are written.
    """

    def __init__(
        self,
        reader: CorpusReader,
        file: str,
        vocabulary: Vocabulary,
        names: Mapping[str, str],
        *,
        forms: DateForms | None = None,
    ) -> None:
        """Make a reader.

        Args:
            reader: Remembers problems and notes.
            file: The table's name.
            vocabulary: The closed lists.
            names: Our name of a column to theirs.
            forms: As the attribute; as most people write them when None.
        """
        self.file, self.forms = file, forms or DateForms()
        self._reader, self._names = reader, names
        self._lists, self._vocabulary = ClosedLists(vocabulary), vocabulary
        self._facts: dict[str, Callable[[Any], Any]] = {
            "kind": self._kind,
            "phases": lambda value: marks_of(value, self._in("phases"), self._in("bases")),
            "conditions": lambda value: marks_of(value, self._in("conditions"), self._in("bases")),
            "related": lambda value: tuple(names_of(value)),
            "illustrates": lambda value: tuple(names_of(value)),
            "aliases": lambda value: tuple(names_of(value)),
            "place": lambda value: shown_text(text_of(value))[0],
            "country": self._in("countries"),
            "lat": lambda value: degrees_of(value, 90),
            "lon": lambda value: degrees_of(value, 180),
            "outcome": self._in("outcomes"),
            "translation": pairs_of,
            "facets": facets_of,
        }

    def read(self, line: int, row: Row) -> list[TableRow]:
        """Read a row.

        Args:
            line: Its number.
            row: Our name of each column that holds anything, to its cell.

        Returns:
            What it says, apart for each language it has texts in; nothing when it is no entry, which is a problem.
        """
        before = len(self._reader.problems)
        texts = self._by_language(line, row)
        if not any("title" in some for some in texts.values()) and len(self._reader.problems) == before:
            if not any(texts.values()):  # the total of a column, a line of explanations
                self._reader.note("no_text", self.file, line)
                return []
            self.wrong("empty", line, next((name for name in self._names if field_of(name) == "title"), "title"))
        found = TableRow(line)
        if (given := self._value(row, "id", line, text_of)) is not None:
            found.id = str(given).strip()
        self._read_facts(found, row)
        if len(self._reader.problems) > before:
            return []
        return [replace(found, language=language, texts=some) for language, some in texts.items()]

    def _by_language(self, line: int, row: Row) -> dict[str, dict[str, Text]]:
        """Read the texts of a row by language, those without one in that of the row; each language gets a title."""
        own, marked = (
            self._texts(line, row),
            dict.fromkeys(IN_ONE_LANGUAGE[name][1] for name in row if name in IN_ONE_LANGUAGE),
        )
        read = {language: self._texts(line, row, f"_{language}") for language in marked}
        found = {language: texts for language, texts in read.items() if texts}
        given = self._value(row, "language", line, language_of)
        if given or not found or own.keys() - {"title"}:
            language = given or _seen_language(own)
            found[language] = own | found.get(language, {})
        titles = [texts["title"] for texts in (own, *found.values()) if "title" in texts]
        for language, texts in found.items():
            if "title" not in texts and titles:
                if "title" not in own:
                    self.note("title_borrowed", line, f"title_{language}", language)
                texts["title"] = titles[0]
        return found

    def wrong(self, kind: str, line: int, column: str, value: object = "", expected: object = "") -> None:
        """Remember a problem with a cell.

        Args:
            kind: One of the kinds of `problem_of`.
            line: Number of the row.
            column: Our name of it; it is told as the table calls it.
            value: What the cell holds, for the message.
            expected: What it could hold, for the message.
        """
        self._reader.tell(kind, self.file, line, column=self.name(column), value=value, expected=expected)

    def note(self, kind: str, line: int, column: str, value: object = "", expected: object = "") -> None:
        """Remember a note on a cell.

        Args:
            kind: One of the kinds of `problem_of`.
            line: Number of the row.
            column: Our name of it; it is told as the table calls it.
            value: What the cell holds, for the message.
            expected: What it could hold, or how it was read, for the message.
        """
        self._reader.note(kind, self.file, line, column=self.name(column), value=value, expected=expected)

    def note_other_languages(self, rows: Iterable[TableRow]) -> None:
        """Note once the rows whose texts seem to be in neither language, whatever the table says."""
        found = [(row.line, code) for row in rows if (code := other_language(_words(row.texts)[:LOOKED_AT]))]
        if found:
            named = [f"{line} ({code})" for line, code in found[:MOST_NAMED]]
            more = [f"+ {len(found) - MOST_NAMED}"] if len(found) > MOST_NAMED else []
            self._reader.note("other_languages", self.file, expected=", ".join(named + more))

    def note_forms(self) -> None:
        """Remember the notes on how the columns of dates are written."""
        for said in self.forms.notes:
            value = self.name(said.value) if said.kind == "month_first_as" else said.value
            self.note(said.kind, 0, said.column, value, said.expected)

    def name(self, column: str) -> str:
        """Return what the table calls a column."""
        in_one = (theirs for ours, theirs in self._names.items() if field_of(ours) == column)
        return self._names.get(column) or next(in_one, column)

    def problem(self, kind: str, line: int, column: str) -> Problem:
        """Make a problem with a cell, and do not remember it.

        Args:
            kind: One of the kinds of `problem_of`.
            line: Number of the row.
            column: Our name of it; it is told as the table calls it.
        """
        return problem_of(kind, self.file, line, column=self.name(column))

    def _in(self, closed: str) -> Callable[[Any], str]:
        return lambda value: self._lists.key(closed, value)

    def _kind(self, value: Any) -> str:
        key = self._lists.key("kinds", value) if text_of(value) not in FIELDS else text_of(value)
        if key not in FIELDS:
            raise UnreadableError("not_one_of", value, ", ".join(FIELDS))
        return key

    def _value(self, row: Row, column: str, line: int, read: Callable[[Any], Any]) -> Any:
        """Read one cell; None when it is empty, or cannot be read."""
        if column not in row:
            return None
        try:
            if isinstance(row[column], Broken):
                raise UnreadableError(row[column].kind, row[column].value)
            return read(row[column])
        except UnreadableError as error:
            (self.wrong if column in NEEDED else self.note)(error.kind, line, column, error.value, error.expected)
            return None

    def _texts(self, line: int, row: Row, language: str = "") -> dict[str, Text]:
        """Read the texts of a row; of one language when it is given, as names of columns end (``_fr``)."""
        found: dict[str, Text] = {}
        for name in TEXT_FIELDS:
            read: Callable[[Any], Any] = self._items if name in LIST_FIELDS else self._text
            read = self._title if name == "title" else read
            if text := self._value(row, f"{name}{language}", line, read):
                found[name] = text[0]
                if text[1]:
                    self.note("characters", line, f"{name}{language}")
        return found

    def _text(self, value: Any) -> tuple[Text, bool] | None:
        text, odd = shown_text(text_of(value))
        return (text, odd) if text else None

    def _title(self, value: Any) -> tuple[Text, bool] | None:
        """Read a title; where it leads is one of the sources."""
        return self._text(without_links(text_of(value))[0])

    def _items(self, value: Any) -> tuple[Text, bool] | None:
        """Read a list of texts; where they lie in one text with markup, an item of it is one."""
        plain = isinstance(value, str) and not value.startswith("[")
        shown = [shown_text(item) for item in texts_of(shown_text(value)[0] if plain else value)]
        odd = any(one for _, one in shown) or (plain and shown_text(value)[1])
        items = tuple(text for text, _ in shown if text)
        return (items, odd) if items else None

    def _read_facts(self, found: TableRow, row: Row) -> None:
        for column, read in self._facts.items():
            value = self._value(row, column, found.line, read)
            if value not in (None, "", (), {}):
                found.facts[column] = value
        if actors := self._actors(row, found.line):
            found.facts["actors"] = actors
        if sources := self._sources(row, found.line):
            found.facts["sources"] = sources
        known = {source.url for source in sources}
        if linked := [Source(url, "", "", url, "") for url in _links_of_texts(row) if url not in known]:
            found.facts["sources"] = (*sources, *linked)
        self._read_dates(found, row)
        self._read_last_known(found, row)
        self._drop_what_cannot_be(found)

    def _drop_what_cannot_be(self, found: TableRow) -> None:
        """Set aside an end before its start, and a latitude or a longitude that is alone."""
        start, end = found.facts.get("start", ""), found.facts.get("end", "")
        known = min(len(start), len(end))
        if end[:known] < start[:known]:
            self.note("end_first", found.line, "end", found.facts.pop("end"), start)
        for one, other in (("lat", "lon"), ("lon", "lat")):
            if one in found.facts and other not in found.facts:
                self.note("half_place", found.line, one, found.facts.pop(one))

    def _actors(self, row: Row, line: int) -> tuple[str, ...]:
        """Read the actors that are in the list; each of the others is set aside."""
        named = self._value(row, "actors", line, names_of) or []
        read = (self._value({"actors": name}, "actors", line, self._in("actors")) for name in named)
        return tuple(dict.fromkeys(name for name in read if name))

    def _sources(self, row: Row, line: int) -> tuple[Source, ...]:
        column = "source_urls" if "source_urls" in row else "sources"
        given = {name: row[name] for name in ("sources", "source_urls") if name in row}
        if not given:
            return ()
        cells: SourceCells | None = self._value(
            {column: given}, column, line, lambda one: sources_of(one.get("sources"), one.get("source_urls"))
        )
        pairs = cells.pairs if cells else ()
        if cells:
            self._note_sources(cells, line)
        told = {name: self._told_of_sources(row, name, line, len(pairs)) for name in ALIGNED if name in row}
        return tuple(
            _source(key, url, {name: values[at] for name, values in told.items() if values})
            for at, (key, url) in enumerate(pairs)
        )

    def _note_sources(self, cells: SourceCells, line: int) -> None:
        """Note what of the cells of sources is read otherwise than as names and addresses, or not at all."""
        column = "source_urls"
        if cells.counts:
            self.note("source_count", line, column, cells.counts[1], cells.counts[0])
        if cells.beside:
            self.note("address_beside", line, column, cells.beside)
        if cells.fault:
            self.note(cells.fault.kind, line, column, cells.fault.value, cells.fault.expected)

    def _told_of_sources(self, row: Row, column: str, line: int, count: int) -> list[str] | None:
        """Read what is told of each source; None when that is nothing, or cannot be read."""
        found: list[str] | None = self._value(row, column, line, lambda value: told_of_sources(value, count))
        return found

    def _read_dates(self, found: TableRow, row: Row) -> None:
        for column in ("start", "end"):
            text = self._value(row, column, found.line, text_of)
            if text is None:
                continue
            when = self._date(text, column)
            if when is None:
                self.note("date", found.line, column, text)
                continue
            found.facts[column] = when.start if column == "start" else when.end or when.start
            if column == "start" and when.end:
                found.facts.setdefault("end", when.end)
            if not when.sure:
                self.note("date_guess", found.line, column, text, when.start)

    def _date(self, text: str, column: str) -> When | None:
        month_first, short_years = column in self.forms.month_first, column in self.forms.short_years
        return read_date(text, month_first=month_first, short_years=short_years)

    def _read_last_known(self, found: TableRow, row: Row) -> None:
        """Read the month of the latest known fact; what is no date, or not yet, is set aside."""
        column = "last_known"
        if (text := self._value(row, column, found.line, text_of)) is None:
            return
        when = self._date(text, column)
        month = (when.end or when.start)[:7] if when else ""
        if not month:
            self.note("date", found.line, column, text)
        elif is_future(month, date.today()):
            self.note("entry_future", found.line, column, text)
        else:
            found.facts[column] = month


def _source(key: str, url: str, told: Mapping[str, str]) -> Source:
    """Make a source of its name, its address, and what each column of ALIGNED that is filled tells of it."""
    traits = told.get("source_traits", "").split()
    return Source(
        key=key,
        publisher=told.get("source_publishers", ""),
        title=told.get("source_titles", "" if key == url else key),
        url=url,
        read=told.get("source_read", ""),
        copy=told.get("source_copies") or None,
        **{name: name in traits for name in SOURCE_TRAITS},
    )


def _links_of_texts(row: Row) -> list[str]:
    """Return where the texts of a row lead: a cell that is a link as a whole, and the links of a title."""
    found = dict[str, None]()
    for name, cell in row.items():
        field = field_of(name)
        if field in TEXT_FIELDS and isinstance(cell, Linked):
            found[cell.target] = None
        if field == "title" and isinstance(cell, str):
            found |= dict.fromkeys(without_links(cell)[1])
    return list(found)


def _seen_language(texts: Mapping[str, Text]) -> str:
    """Say in which language texts are written."""
    return _language(_words(texts)[:5_000])


def _words(texts: Mapping[str, Text]) -> str:
    return " ".join(text if isinstance(text, str) else " ".join(text) for text in texts.values())


@lru_cache(maxsize=1_000)
def _language(words: str) -> str:
    return written_language(words) or LANGUAGES[0]
