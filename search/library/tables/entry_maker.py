"""From the rows of a table to its entries: those of one id are one entry, in its languages."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from ...entries import FIELDS, LANGUAGES, Entry, Text, Vocabulary
from ..aliases import clashes
from ..parse_cache import Lines
from ..schema import CASE_ONLY, ONE_LANGUAGE
from .rows import RowReader, TableRow
from .sections import looks_like_section

UNKNOWN, ADAPTED = "unknown", "adapted"
"""Outcome of a case that does not say, if the closed list has it; how a second text was made that does not say."""

Facets = Mapping[str, tuple[str, ...]]

_FREE = {"case": "what_happened"}
"""Field that takes the texts an entry's kind has no field for: that of a case; of the others, the description."""


def kind_of(columns: Collection[str]) -> str:
    """Say which kind of entry a table holds that does not say it.

    Args:
        columns: Our names of those that hold anything.

    Returns:
        A case, when it says where or when; else the first kind that has a field for each text, else a
        practice. A country is no sign of a case beside ``how_to_join``: resources have one too.
    """
    allowed = {"country"} if "how_to_join" in columns else set[str]()
    if set(columns) & set(CASE_ONLY) - allowed:
        return "case"
    texts = {name for fields in FIELDS.values() for name in fields} & set(columns)
    return next((kind for kind, fields in FIELDS.items() if texts <= set(fields)), "practice")


class EntryMaker:
    """Makes the entries of rows.

    Attributes:
        kind: Of an entry that does not say; seen by what each holds when None.
    """

    def __init__(
        self, say: RowReader, vocabulary: Vocabulary, kind: str | None, others: Mapping[str, str] | None = None
    ) -> None:
        """Make it.

        Args:
            say: Told of what is set aside.
            vocabulary: The closed lists.
            kind: As the attribute.
            others: Id and kind of entries of other libraries, to which there may be links.
        """
        self.kind = kind
        self._say, self._vocabulary, self._others = say, vocabulary, others or {}
        self._moved: set[tuple[str, str]] = set()

    def entries(self, groups: Mapping[str, list[TableRow]]) -> list[tuple[Entry, Lines]]:
        """Make an entry of each group of rows, with the line of each of its keys."""
        facts = {name: self._merged(rows) for name, rows in groups.items()}
        kinds = {name: str(facts[name].get("kind") or self._kind(rows)) for name, rows in groups.items()}
        kinds |= self._kinds_of_aliases(facts, kinds, groups)
        return [(self._entry(name, rows, facts[name], kinds), _lines(rows)) for name, rows in groups.items()]

    def _kinds_of_aliases(
        self, facts: Mapping[str, dict[str, Any]], kinds: Mapping[str, str], groups: Mapping[str, list[TableRow]]
    ) -> dict[str, str]:
        """Return the kind of what each old id names now; one that names more than one entry is set aside."""
        aliases = {name: of_entry.get("aliases", ()) for name, of_entry in facts.items()}
        for name, old, other in clashes(aliases, kinds):
            self._say.note("alias_taken", groups[name][0].line, "aliases", old, other)
            facts[name]["aliases"] = tuple(one for one in facts[name]["aliases"] if one != old)
        return {old: kinds[name] for name in facts for old in facts[name].get("aliases", ())}

    def _kind(self, rows: Sequence[TableRow]) -> str:
        return self.kind or kind_of({name for row in rows for name in (*row.texts, *row.facts)})

    def _entry(self, name: str, rows: Sequence[TableRow], facts: dict[str, Any], kinds: Mapping[str, str]) -> Entry:
        kind = kinds[name]
        texts = {row.language: self._texts(row, kind) for row in rows}
        if all(row.texts.keys() == {"title"} for row in rows):
            title = str(rows[0].texts["title"])
            self._say.note("title_section" if looks_like_section(title) else "title_only", rows[0].line, "title", title)
        self._check_case(kind, facts, rows[0].line)
        of_cases: dict[str, Any] = {key: facts.get(key) for key in CASE_ONLY}
        return Entry(
            id=name,
            kind=kind,
            phases=facts.get("phases", {}),
            conditions=facts.get("conditions", {}),
            actors=facts.get("actors", ()),
            sources=facts.get("sources", ()),
            texts={language: texts[language] for language in LANGUAGES if language in texts},
            translation=self._translation(facts.get("translation", {}), rows),
            related=self._links(name, "related", facts, kinds, rows[0].line),
            illustrates=self._links(name, "illustrates", facts, kinds, rows[0].line),
            aliases=facts.get("aliases", ()),
            facets=facts.get("facets", {}),
            **of_cases,
        )

    def _merged(self, rows: Sequence[TableRow]) -> dict[str, Any]:
        """Put together what the rows of an entry say; where they differ the first is kept, but of facets all."""
        facts: dict[str, Any] = {}
        first: dict[str, int] = {}
        for row in rows:
            for key, value in row.facts.items():
                if key == "facets":
                    facts[key] = _together(facts.get(key, {}), value)
                elif facts.setdefault(key, value) != value:
                    self._say.note("differs", row.line, key, value, first[key])
                first.setdefault(key, row.line)
        return facts

    def _texts(self, row: TableRow, kind: str) -> dict[str, Text]:
        """Give the texts of a row to the fields of its kind, in reading order; none is lost."""
        texts = dict(row.texts)
        free = _FREE.get(kind, "description")
        for name in [name for name in texts if name not in FIELDS[kind]]:
            text = texts.pop(name)
            joined = "\n".join(text) if isinstance(text, tuple) else text
            texts[free] = f"{texts[free]}\n\n{joined}" if free in texts else joined
            if (kind, name) not in self._moved:
                self._moved.add((kind, name))
                self._say.note("moved", row.line, name, kind, free)
        return {name: texts[name] for name in FIELDS[kind] if name in texts}

    def _links(
        self, name: str, key: str, facts: Mapping[str, Any], kinds: Mapping[str, str], line: int
    ) -> tuple[str, ...]:
        """Keep the links to entries there are."""
        kept, kinds = [], {**self._others, **kinds}
        for link in facts.get(key, ()):
            if link not in kinds:
                self._say.note("no_link", line, key, link)
            elif link == name:
                self._say.note("self_link", line, key, link)
            elif key == "illustrates" and kinds[link] != "practice":
                self._say.note("link_kind", line, key, link)
            else:
                kept.append(link)
        return tuple(kept)

    def _check_case(self, kind: str, facts: dict[str, Any], line: int) -> None:
        """Set aside what only a case can have, and give a case the outcome it needs."""
        if kind == "case" and UNKNOWN in self._vocabulary.keys("outcomes"):
            facts.setdefault("outcome", UNKNOWN)
        for key in CASE_ONLY:
            if key in facts and kind != "case" and (kind, key) != ("resource", "country"):
                self._say.note("for_cases", line, key, facts.pop(key))

    def _translation(self, given: Mapping[str, str], rows: Sequence[TableRow]) -> dict[str, str]:
        """Say which text was first: as the table says, else that of the first row."""
        languages = [row.language for row in rows]
        first = given.get("first") if given.get("first") in languages else languages[0]
        if len(rows) == 1:
            return {"first": str(first), "other": ONE_LANGUAGE}
        ways = set(self._vocabulary.keys("translations")) - {ONE_LANGUAGE}
        return {"first": str(first), "other": given["other"] if given.get("other") in ways else ADAPTED}


def _together(one: Facets, other: Facets) -> dict[str, tuple[str, ...]]:
    """Return the values of both, by facet, each once."""
    return {name: tuple(dict.fromkeys((*one.get(name, ()), *other.get(name, ())))) for name in {**one, **other}}


def _lines(rows: Sequence[TableRow]) -> Lines:
    lines: dict[tuple[str, ...], int] = {(key,): rows[0].line for key in ("id", "kind", *rows[0].facts)}
    for row in rows:
        lines |= {(key,): row.line for key in row.facts if (key,) not in lines}
        lines[(row.language,)] = row.line
        lines |= {(row.language, name): row.line for name in row.texts}
    return lines
