"""Ids that entries had before they were merged or called otherwise; an old id still names an entry."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping, Sequence

from ..entries import Entry


def aliases_of(entries: Iterable[Entry]) -> dict[str, str]:
    """Return each old id with the id it is now; an id that an entry has is nobody's old one."""
    entries = tuple(entries)
    ids, found = {entry.id for entry in entries}, dict[str, str]()
    for entry in entries:
        for old in entry.aliases:
            if old not in ids:
                found.setdefault(old, entry.id)
    return found


def every_id(entries: Iterable[Entry]) -> set[str]:
    """Return every id that names an entry, old ones too."""
    return {name for entry in entries for name in (entry.id, *entry.aliases)}


def with_current_links(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Return entries whose links name others by the ids they have now."""
    entries = tuple(entries)
    names = aliases_of(entries)
    return tuple(_linked(entry, names) for entry in entries) if names else entries


def _linked(entry: Entry, names: Mapping[str, str]) -> Entry:
    links = {key: current_ids(getattr(entry, key), names, but=entry.id) for key in ("related", "illustrates")}
    if links == {key: getattr(entry, key) for key in links}:
        return entry
    return dataclasses.replace(entry, related=links["related"], illustrates=links["illustrates"])


def current_ids(ids: Iterable[str], names: Mapping[str, str], *, but: str = "") -> tuple[str, ...]:
    """Return ids as they are now, in order, each once.

    Args:
        ids: Old and current ones.
        names: Old id to current one.
        but: An id that is left out.
    """
    return tuple(one for one in dict.fromkeys(names.get(name, name) for name in ids) if one != but)


def current_grades(grades: Mapping[str, int], names: Mapping[str, str]) -> dict[str, int]:
    """Return grades by the ids entries have now; of two for one entry the better counts."""
    found: dict[str, int] = {}
    for name, grade in grades.items():
        current = names.get(name, name)
        found[current] = max(grade, found.get(current, grade))
    return found


def clashes(aliases: Mapping[str, Sequence[str]], ids: Iterable[str]) -> list[tuple[str, str, str]]:
    """Return the old ids that name more than one entry.

    Args:
        aliases: Id of each entry to its old ones.
        ids: Of all entries.

    Returns:
        Of each: the entry that gives it, the old id, and the entry that has it or gave it before.
    """
    owner, found = {one: one for one in ids}, []
    for entry, olds in aliases.items():
        for old in olds:
            if owner.setdefault(old, entry) != entry or old == entry:
                found.append((entry, old, owner[old]))
    return found
