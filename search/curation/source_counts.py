"""What a library rests on: its sources by kind, and the entries that no other leads to."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from ..entries import Source
from ..library.reader import Library

SOURCE_KINDS: Mapping[str, Callable[[Source], bool]] = {
    "Cited": lambda source: True,
    "Self-published": lambda source: source.self_published,
    "Of a party or somebody elected for one": lambda source: source.party,
    "Address of a copy, a list or a test version, said so": lambda source: source.copy is not None,
    "Address by plain http": lambda source: source.url.startswith("http://"),
}
"""How a kind of source is called, to what is of it; a source may be of several."""


@dataclass(frozen=True)
class SourceCounts:
    """What a library rests on.

    Attributes:
        kinds: For each of SOURCE_KINDS, how many sources; one that several entries cite counts once.
        only_self_published: Ids of the cases whose sources are all self-published.
        unlinked: Ids of the entries that no other names as related or as a practice it shows.
    """

    kinds: Mapping[str, int]
    only_self_published: tuple[str, ...]
    unlinked: tuple[str, ...]


def source_counts(library: Library) -> SourceCounts:
    """Count the sources of a library by kind; ids are in order of id."""
    sources = {source.key: source for entry in library.entries for source in entry.sources}
    linked = {name for entry in library.entries for name in (*entry.related, *entry.illustrates)}
    cases = [entry for entry in library.entries if entry.kind == "case" and entry.sources]
    return SourceCounts(
        kinds={kind: sum(map(has, sources.values())) for kind, has in SOURCE_KINDS.items()},
        only_self_published=tuple(one.id for one in cases if all(source.self_published for source in one.sources)),
        unlinked=tuple(entry.id for entry in library.entries if entry.id not in linked),
    )
