"""A new entry written in a form: its values in; out come its file, the lines of its sources and everything to mend."""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import yaml

from ..entries import FIELDS, LIST_FIELDS, Entry, Source, Text
from ..errors import CorpusError, Problem
from ..library.problems import problem_of
from ..library.reader import FOLDER_OF, Library, read_entry, read_sources
from ..library.schema import ONE_LANGUAGE
from ..library.tables.cells import UnreadableError
from ..library.tables.dates import read_date
from ..library.tables.source_cells import address_of
from ..library.yaml_files import CorpusReader
from ..text.analysis import fold
from .lint import check_library
from .templates import ID, LONGEST_ID

WIDTH = 110

UNNAMED = "new-entry"
"""What an entry is called while it has no id."""

MONTH = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])")

DATES = frozenset({"start", "end", "last_known"})
"""Facts that are dates."""

_APOSTROPHE = re.compile(r"(?<=\w)'(?=\w)")
_BEFORE, _AFTER = re.compile(r"(?<=\S) (?=[;:?!»])"), re.compile(r"(?<=«) (?=\S)")
"""Spaces before a sign of punctuation and inside quotation marks that must not break."""

SOURCE_PARTS = ("publisher", "title", "url", "read")
"""What is to be said of a source, in order."""


class _Dumper(yaml.SafeDumper):
    """Writes as the corpus is written: long texts folded, items indented."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=">" if len(text) > WIDTH // 2 else None)


_Dumper.add_representer(str, _text)


@dataclass(frozen=True)
class Draft:
    """What a form gives, whether it is ready or not.

    Attributes:
        kind: Of the entry.
        name: Its id, as it was typed.
        text: Its file as YAML; the reader accepts it when there is no problem.
        sources: The lines to add to sources.yaml; empty when the form has no new source.
        entry: What is filled in so far, to be looked at; None before there is any text.
        problems: Everything to mend; the ``column`` of each is the place: a key of the file, ``fr.summary``, or
            ``source 1 url``.
    """

    kind: str
    name: str
    text: str
    sources: str
    entry: Entry | None
    problems: tuple[Problem, ...]

    @property
    def file(self) -> str:
        """Where it belongs in the corpus folder."""
        return file_of(self.kind, self.name or UNNAMED)


def make_draft(
    library: Library,
    *,
    kind: str,
    name: str,
    texts: Mapping[str, Mapping[str, str]],
    phases: Sequence[str] = (),
    conditions: Sequence[str] = (),
    actors: Sequence[str] = (),
    sources: Sequence[str] = (),
    new_sources: Sequence[Source] = (),
    known: Mapping[str, Source] | None = None,
    **facts: Any,
) -> Draft:
    """Write the file of a new entry, and say what is to mend.

    Args:
        library: The entry is to join it.
        kind: One of FIELDS.
        name: Its id.
        texts: Language to field to text; the items of a list field are lines of one text.
        phases: Marked as inferred: the editors say which ones a source states.
        conditions: The same.
        actors: Who is concerned.
        sources: Keys of sources.yaml.
        new_sources: Sources that are to be added to it.
        known: What sources.yaml holds, as `known_sources` reads it; read when None.
        facts: What only some kinds have: ``place``, ``country``, ``lat``, ``lon``, ``start``, ``end``, ``outcome``,
            ``last_known``, ``illustrates``.
    """
    name, facts = id_from(name), {key: _date(fact) if key in DATES else fact for key, fact in facts.items()}
    texts = {language: _typeset(fields, language) for language, fields in texts.items()}
    new_sources = [replace(one, url=_address(one.url), read=_month(one.read)) for one in new_sources]
    marks = {"phases": dict.fromkeys(phases, "inferred"), "conditions": dict.fromkeys(conditions, "inferred")}
    cited = [*sources, *(source.key for source in new_sources)]
    written = name if is_id(name) else UNNAMED
    data = {"id": written, "kind": kind, **marks, "actors": list(actors), "related": [], **facts, "sources": cited}
    text = yaml.dump(data | _languages(kind, texts), Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=WIDTH)
    known = {**(known_sources(library) if known is None else known), **{one.key: one for one in new_sources}}
    used = tuple(known[key] for key in cited if key in known)
    entry = _filled(kind, written, texts, sources=used, actors=tuple(actors), **marks, **facts)
    problems = [*_id_problems(library, kind, name), *_source_problems(new_sources)]
    problems += _file_problems(library, text, entry, kind=kind, name=written, sources=known)
    return Draft(kind, name, text, source_lines(new_sources), entry, tuple(problems))


# ---- As people type ------------------------------------------------------------------------------------------


def id_from(typed: str) -> str:
    """Return what was typed as an id: "Namur, bancs prêtés" is namur-bancs-pretes; what is no words stays."""
    if re.search(r"[/\\<>|]|\w\.\w", typed):  # an address, a file, a mark: not the name of an entry
        return typed
    return "-".join(re.findall(r"[a-z0-9]+", fold(typed)))[:LONGEST_ID].strip("-") or typed


def _date(typed: Any) -> Any:
    """Return a date as entries have it, when it is one for sure; else what was typed, to be told."""
    found = read_date(typed) if typed else None
    return found.start if found and found.sure and not found.end else typed


def _month(typed: str) -> str:
    """Return the month of a date as sources have it."""
    found = str(_date(typed))
    return found[:7] if re.fullmatch(r"\d{4}-\d{2}-\d{2}", found) else found


def _address(typed: str) -> str:
    """Return an address with the beginning that a browser leaves out."""
    try:
        return address_of(typed)
    except UnreadableError:
        return typed


def _typeset(fields: Mapping[str, str], language: str) -> Mapping[str, str]:
    """Put in what hardly any keyboard has: apostrophes, and the no-break spaces of French."""
    fields = {name: _APOSTROPHE.sub("’", text) for name, text in fields.items()}
    if language != "fr":
        return fields
    return {name: _AFTER.sub("\u00a0", _BEFORE.sub("\u00a0", text)) for name, text in fields.items()}


def draft(library: Library, **filled: Any) -> str:
    """Write the file of a new entry.

    Args:
        library: The entry is to join it.
        filled: As `make_draft` takes them.

    Returns:
        YAML that the reader accepts.

    Raises:
        CorpusError: Something is missing or wrong; everything is listed.
    """
    made = make_draft(library, **filled)
    if made.problems:
        raise CorpusError(made.problems)
    return made.text


def file_of(kind: str, name: str) -> str:
    """Return where a draft belongs in the corpus folder."""
    return f"{FOLDER_OF[kind]}/{name}.yaml"


def is_id(name: str) -> bool:
    """Say whether a name can be that of a file and an entry."""
    return bool(ID.fullmatch(name)) and len(name) <= LONGEST_ID


def by_place(problems: Sequence[Problem]) -> dict[str, tuple[Problem, ...]]:
    """Put problems under the places of the form they are about; those about no place under an empty name."""
    places: dict[str, list[Problem]] = {}
    for problem in problems:
        places.setdefault(problem.column, []).append(problem)
    return {place: tuple(found) for place, found in places.items()}


# ---- Sources -------------------------------------------------------------------------------------------------


def known_sources(library: Library) -> dict[str, Source]:
    """Return the sources of a library's folder by key, those that no entry cites yet too."""
    return read_sources(CorpusReader(library.path))


def next_key(publisher: str, taken: Collection[str]) -> str:
    """Return the key of a new source as the library names them: its publisher and the first free number."""
    stem = re.sub(r"[^a-z0-9]+", "-", fold(publisher)).strip("-") or "source"
    return next(key for n in range(1, len(taken) + 2) if (key := f"{stem}-{n}") not in taken)


def source_lines(sources: Sequence[Source]) -> str:
    """Write sources as sources.yaml has them."""
    lines = []
    for source in sources:
        lines.append(f"{source.key}:")
        lines += [f"  {part}: {json.dumps(getattr(source, part), ensure_ascii=False)}" for part in SOURCE_PARTS]
    return "".join(f"{line}\n" for line in lines)


def _source_problems(sources: Sequence[Source]) -> Iterator[Problem]:
    """Look at each part of each new source; they are counted from 1."""
    for number, source in enumerate(sources, 1):
        for part in SOURCE_PARTS:
            place, value = f"source {number} {part}", getattr(source, part)
            if not value:
                yield problem_of("entry_empty", "sources.yaml", column=place)
            elif part == "url" and not value.startswith(("http://", "https://")):
                yield problem_of("draft_url", "sources.yaml", column=place)
            elif part == "read" and not MONTH.fullmatch(value):
                yield problem_of("draft_month", "sources.yaml", column=place)


# ---- The entry -----------------------------------------------------------------------------------------------


def _id_problems(library: Library, kind: str, name: str) -> Iterator[Problem]:
    """Refuse an id that is not one, or is taken."""
    if not name.strip():
        yield problem_of("draft_no_id", file_of(kind, UNNAMED), column="id")
    elif not is_id(name):
        yield problem_of("draft_id", file_of(kind, UNNAMED), column="id", value=name)
    elif any(entry.id == name for entry in library.entries):
        yield problem_of("draft_id_taken", file_of(kind, name), column="id", value=name)


def _languages(kind: str, texts: Mapping[str, Mapping[str, str]]) -> dict[str, Any]:
    """Return the texts of the languages that have any, and which was written first."""
    used = [language for language, fields in texts.items() if any(text.strip() for text in fields.values())]
    translation = {"first": (used or ["fr"])[0], "other": "adapted" if len(used) > 1 else ONE_LANGUAGE}
    return {"translation": translation, **{language: _fields(kind, texts[language]) for language in used}}


def _fields(kind: str, texts: Mapping[str, str]) -> dict[str, Any]:
    """Put the texts of one language in reading order; lines of a list field become its items."""
    fields: dict[str, Any] = {}
    for field in FIELDS[kind]:
        text = texts.get(field, "").strip()
        items = [line.strip() for line in text.splitlines() if line.strip()]
        fields[field] = items if field in LIST_FIELDS else " ".join(items)
    return fields


def _filled(kind: str, name: str, texts: Mapping[str, Mapping[str, str]], **known: Any) -> Entry | None:
    """Make an entry of what is filled in so far; None before there is any text."""
    told = {key: value for key, value in _languages(kind, texts).items() if key != "translation"}
    filled: dict[str, dict[str, Text]] = {}
    for language, fields in told.items():
        filled[language] = {
            field: tuple(text) if isinstance(text, list) else text for field, text in fields.items() if text
        }
    if not filled:
        return None
    illustrates = tuple(known.pop("illustrates", ()))
    return Entry(id=name, kind=kind, texts=filled, related=(), illustrates=illustrates, **known)


def _file_problems(
    library: Library, text: str, entry: Entry | None, *, kind: str, name: str, sources: Mapping[str, Source]
) -> list[Problem]:
    """Read the text as the corpus would be read, and look at its writing: of what is there when some is missing."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / file_of(kind, name)
        file.parent.mkdir()
        file.write_text(text, encoding="utf-8")
        try:
            return check_library(read_entry(Path(folder), kind=kind, name=name, library=library, sources=sources))
        except CorpusError as error:
            found = [_in_a_form(problem) for problem in error.problems]
        if entry:
            found += check_library(Library((entry,), library.vocabulary, Path(folder), {name: {}}))
        return found


def _in_a_form(problem: Problem) -> Problem:
    """Say what is to be done in a form where the words for a file would send elsewhere."""
    kinds = {"no_texts": "draft_no_texts", "needs_source": "draft_no_source"}
    if problem.kind not in kinds:
        return problem
    return problem_of(kinds[problem.kind], problem.file, column=problem.column)
