"""The sheet as a file that can be opened again: what it holds, and how what somebody gives is checked."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from ..entries import LANGUAGES, Entry
from ..errors import SavedSheetError

FORMAT = 1
"""Of the files that are written; older ones are read too, newer ones are not."""

MARK = "passerelle-sheet"
"""What such a file calls itself."""

LARGEST = 2_000_000
"""Characters of a file; a sheet of a hundred entries with a page of notes each has a quarter of it."""

MOST_ENTRIES = 1_000

FILE_NAME = "passerelle-sheet.json"

Titles = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True)
class SavedSheet:
    """What somebody put together: enough to go on with it, whatever the library holds by then.

    Attributes:
        title: As the person called it.
        ids: The chosen entries, in the order they were chosen.
        notes: Entry id to what the person wrote of it; of entries that were taken off again too.
        titles: Entry id to language to what the entry was called, to name it should it leave the library.
        situation: What it is about, in the person's words.
    """

    title: str = ""
    ids: tuple[str, ...] = ()
    notes: Mapping[str, str] = field(default_factory=dict)
    titles: Titles = field(default_factory=dict)
    situation: str = ""

    def __bool__(self) -> bool:
        typed = (self.title, self.situation, *self.notes.values())
        return bool(self.ids or any(text.strip() for text in typed))


def titles_of(entries: Iterable[Entry]) -> dict[str, dict[str, str]]:
    """Return what entries are called in each language."""
    return {entry.id: {language: entry.title(language) for language in LANGUAGES} for entry in entries}


def as_data(saved: SavedSheet) -> dict[str, Any]:
    """Return a sheet as the values JSON has; of the titles only those of its entries."""
    ids = set(saved.ids)
    return {
        MARK: FORMAT,
        "title": saved.title,
        "entries": list(saved.ids),
        "notes": {name: note for name, note in saved.notes.items() if note},
        "titles": {name: dict(titles) for name, titles in saved.titles.items() if name in ids},
        **({"situation": saved.situation} if saved.situation else {}),
    }


def write_saved(saved: SavedSheet) -> str:
    """Write a sheet as the text of a file.

    Raises:
        SavedSheetError: It would not be read again: it has too many entries, is too long, or holds what is no text.
        ValueError: It is no saved sheet, or its ids are one text.
    """
    if not isinstance(saved, SavedSheet) or isinstance(saved.ids, str):
        raise ValueError(f"a SavedSheet is wanted, its ids a tuple of ids (got {saved!r})")
    text = json.dumps(as_data(saved), ensure_ascii=False, indent=2) + "\n"
    read_saved(text)
    return text


def read_saved(given: str | bytes) -> SavedSheet:
    """Read the file of a sheet.

    Args:
        given: The file, as text or as bytes in UTF-8.

    Raises:
        SavedSheetError: It is no such file, is cut or was changed, or a newer release wrote it.
    """
    return from_data(parsed(given))


def parsed(given: str | bytes) -> Any:
    """Return the values of a JSON text.

    Raises:
        SavedSheetError: It is no text, is too long, or is not JSON.
    """
    if not isinstance(given, str | bytes | bytearray):
        raise SavedSheetError("not_sheet")
    try:
        text = given if isinstance(given, str) else given.decode("utf-8")
        if len(text) > LARGEST:
            raise SavedSheetError("too_large", found=len(text), expected=LARGEST)
        return json.loads(text.removeprefix("\ufeff"))
    except (ValueError, RecursionError) as error:
        raise SavedSheetError("not_json") from error


def from_data(data: Any) -> SavedSheet:
    """Make a sheet of the values of its file.

    Raises:
        SavedSheetError: They are not those of a sheet; the field says which part is wrong.
    """
    if not isinstance(data, dict) or type(data.get(MARK)) is not int:
        raise SavedSheetError("not_sheet")
    if data[MARK] > FORMAT:
        raise SavedSheetError("newer", found=data[MARK], expected=FORMAT)
    ids = data.get("entries", [])
    if not isinstance(ids, list) or not all(isinstance(name, str) and name for name in ids):
        raise SavedSheetError("field", found="entries")
    if len(ids) > MOST_ENTRIES:
        raise SavedSheetError("too_many", found=len(ids), expected=MOST_ENTRIES)
    for name in ("title", "situation"):
        if not isinstance(data.get(name, ""), str):
            raise SavedSheetError("field", found=name)
    titles = data.get("titles", {})
    if not isinstance(titles, dict):
        raise SavedSheetError("field", found="titles")
    named = {sayable(name): words(one, "titles") for name, one in titles.items()}
    title, situation = (sayable(data.get(name, "")) for name in ("title", "situation"))
    notes = words(data.get("notes", {}), "notes")
    return SavedSheet(title, tuple(dict.fromkeys(map(sayable, ids))), notes, named, situation)


def words(data: Any, name: str) -> dict[str, str]:
    """Return a mapping of texts to texts.

    Raises:
        SavedSheetError: It is something else.
    """
    if not isinstance(data, dict) or not all(isinstance(text, str) for text in data.values()):
        raise SavedSheetError("field", found=name)
    return {sayable(key): sayable(text) for key, text in data.items()}


def sayable(text: str) -> str:
    """Replace the halves of characters that JSON can name and no text can hold."""
    return text.encode("utf-8", "replace").decode("utf-8")


def merged(own: SavedSheet, other: SavedSheet) -> SavedSheet:
    """Add a sheet to one's own: nothing of either is lost.

    Args:
        own: Its title, its situation and its order come first.
        other: Its entries come behind; where both have a note of an entry, one is written under the other.
    """
    notes = dict(own.notes)
    for name, note in other.notes.items():
        mine = notes.get(name, "")
        if note.strip() not in mine:
            notes[name] = f"{mine.rstrip()}\n\n{note}" if mine.strip() else note
    ids = tuple(dict.fromkeys([*own.ids, *other.ids]))
    title = own.title if own.title.strip() else other.title
    situation = own.situation if own.situation.strip() else other.situation
    return SavedSheet(title, ids, notes, {**other.titles, **own.titles}, situation)


def renamed(saved: SavedSheet, names: Mapping[str, str]) -> SavedSheet:
    """Return a sheet whose entries go by the ids they have now; the notes of two that became one stand together.

    Args:
        saved: The sheet.
        names: Old id to current one.
    """
    sheet = SavedSheet(saved.title, situation=saved.situation)
    for old in dict.fromkeys([*saved.ids, *saved.notes, *saved.titles]):
        name = names.get(old, old)
        one = SavedSheet(
            ids=(name,) if old in saved.ids else (),
            notes={name: saved.notes[old]} if old in saved.notes else {},
            titles={name: saved.titles[old]} if old in saved.titles else {},
        )
        sheet = merged(sheet, one)
    return sheet


def adds_to(own: SavedSheet, other: SavedSheet) -> bool:
    """Say whether a sheet has anything that one's own lacks."""
    both = merged(own, other)
    return (both.title, both.situation, both.ids, both.notes) != (own.title, own.situation, own.ids, own.notes)
