"""Entries of a folder that are still being written: they are not built, for nobody has read what they say."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Set
from pathlib import Path

from ..entries import LANGUAGES, Entry
from ..errors import CorpusError, Problem
from .problems import problem_of
from .reader import Library
from .schema import ONE_LANGUAGE

PLACEHOLDER = "TO-WRITE"
"""Marks what is left to write in the file of a new entry."""


def marked_lines(file: Path) -> Iterator[tuple[int, str]]:
    """Give each line of a file in which something is left to write, with its 1-based number."""
    text = file.read_text(encoding="utf-8-sig")
    if PLACEHOLDER in text:
        yield from ((line, found) for line, found in enumerate(text.splitlines(), 1) if PLACEHOLDER in found)


def without_unfinished(library: Library) -> Library:
    """Leave out what is not finished: one language where the other can stand alone, else the entry.

    Args:
        library: Of a folder.

    Returns:
        The library with a note on each entry that was left out, as a whole or in a language; links to it go too.

    Raises:
        CorpusError: Nothing is finished.
    """
    kept: list[Entry] = []
    notes: list[Problem] = []
    for entry in library.entries:
        file = library.file(entry)
        marks = [line for line, _ in marked_lines(library.path / file)]
        unfinished = {_language_at(library, entry, line) for line in marks}
        languages = [language for language in entry.languages if language not in unfinished]
        whole = not languages or None in unfinished
        if not whole:
            kept.append(_in_languages(entry, languages) if marks else entry)
        if marks:
            said = "unfinished" if whole else "unfinished_language"
            without = "" if whole else "+".join(sorted(map(str, unfinished)))
            notes.append(problem_of(said, file, marks[0], value=without, expected=PLACEHOLDER, warning=True))
    if not kept:
        raise CorpusError(dataclasses.replace(one, warning=False) for one in notes)
    gone = {entry.id for entry in library.entries} - {entry.id for entry in kept}
    found = dataclasses.replace(library, entries=tuple(kept), notes=(*library.notes, *notes)) if notes else library
    return without_links(found, gone)


def without_links(library: Library, gone: Set[str]) -> Library:
    """Take away the links to entries that are left out."""
    entries = tuple(_without_links(entry, gone) for entry in library.entries) if gone else library.entries
    return dataclasses.replace(library, entries=entries)


def _language_at(library: Library, entry: Entry, line: int) -> str | None:
    """Return the language whose texts a line of an entry's file belongs to; None where it is of both."""
    begun = [(at, keys[0]) for keys, at in library.lines[entry.id].items() if len(keys) == 1 and at <= line]
    key = max(begun, default=(0, ""))[1]
    return key if key in LANGUAGES else None


def _in_languages(entry: Entry, languages: Iterable[str]) -> Entry:
    texts = {language: entry.texts[language] for language in languages}
    return dataclasses.replace(entry, texts=texts, translation={"first": next(iter(texts)), "other": ONE_LANGUAGE})


def _without_links(entry: Entry, gone: Set[str]) -> Entry:
    if not gone & {*entry.related, *entry.illustrates}:
        return entry
    related, illustrates = (tuple(one for one in ids if one not in gone) for ids in (entry.related, entry.illustrates))
    return dataclasses.replace(entry, related=related, illustrates=illustrates)
