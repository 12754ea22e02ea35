"""The sheet one brings to the meeting: chosen entries in order of phase, with notes of one's own, in either language.

Its texts are those of the entries, verbatim; a sheet never leaves out where an entry is found again or a source,
whatever its language.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby

from ..entries import Entry, Vocabulary
from ..retrieval.results import Hit
from .blocks import PageAddress, entry_blocks, front_blocks, note_blocks, source_blocks
from .document import Block, Document, make_document
from .wording import WORDS, words_in

FIRST: Mapping[str, tuple[str, ...]] = {
    "practice": ("first_steps", "for_citizens", "for_authorities"),
    "condition": ("signs_it_is_missing",),
    "case": ("results", "limits"),
    "resource": ("how_to_join", "limits"),
    "insight": (),
    "phase": (),
}
"""What a sheet says of each kind of entry, after its summary."""


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
        situation: What it is about, in the person's words; empty for nothing.
        place: Where its entries can be opened.
        day: When it is made.
    """

    title: str
    language: str
    items: tuple[Item, ...]
    vocabulary: Vocabulary
    situation: str = ""
    place: PageAddress = field(default_factory=PageAddress)
    day: date = field(default_factory=date.today)

    @property
    def words(self) -> Mapping[str, str]:
        """The sheet's own words."""
        return WORDS[self.language]

    def phases(self) -> Iterator[tuple[str, tuple[Item, ...]]]:
        """Yield each phase that has items, by its label, in order."""
        for phase, items in groupby(self.items, key=lambda item: item.phase):
            label = self.vocabulary.label("phases", phase, self.language) if phase else self.words["any_time"]
            yield label, tuple(items)

    def document(self) -> Document:
        """Return it as a title and blocks; one that was given no title says what it is."""
        return make_document(self.language, self.title or self.words["sheet"], self._blocks(), name=self.place.name)

    def _blocks(self) -> Iterator[Block]:
        yield from front_blocks(self.language, self.day, self.situation)
        if self.place.address:
            ids = tuple(item.entry.id for item in self.items)
            told = self.words["here_sheet" if self.place.is_here else "online_sheet"]
            yield Block("link", told, self.place.sheet(ids))
        for label, items in self.phases():
            yield Block("section", label)
            for item in items:
                entry = item.entry
                yield from entry_blocks(entry, self.vocabulary, self.language, FIRST[entry.kind], on=self.day)
                yield from note_blocks(self.language, item.note)
                yield from source_blocks(entry, self.language, self.place)


def entry_of(given: Entry | Hit) -> Entry:
    """Return an entry, which may be given as a hit.

    Raises:
        ValueError: It is neither: the id of one, most often.
    """
    entry = given.entry if isinstance(given, Hit) else given
    if not isinstance(entry, Entry):
        raise ValueError(f"an entry or a hit is wanted (got {given!r}); searcher.entry(id) gives the entry of an id")
    return entry


def make_sheet(
    title: str,
    entries: Iterable[Entry | Hit],
    vocabulary: Vocabulary,
    *,
    language: str,
    notes: Mapping[str, str] | None = None,
    situation: str = "",
    place: PageAddress | None = None,
    on: date | None = None,
    by_phase: bool = True,
) -> Sheet:
    """Put chosen entries on a sheet.

    Args:
        title: What the person calls it.
        entries: In the order they were chosen, or the results of a search; one that comes twice counts once.
        vocabulary: Of their library; its phases give the order.
        language: ``fr`` or ``en``; an entry that does not exist in it is given in the other.
        notes: Entry id to what the person wrote of it.
        situation: What it is about, in the person's words.
        place: Where its entries can be opened; nowhere when None.
        on: The day it is made; today when None.
        by_phase: Put the entries in order of phase; else they stay as they were chosen.

    Raises:
        ValueError: The language is neither of the two, or the title or the situation is no text, or an entry is none.
    """
    words_in(language)
    for name, text in (("title", title), ("situation", situation)):
        if not isinstance(text, str):
            raise ValueError(f"{name} must be a text (got {text!r})")
    order = {phase: n for n, phase in enumerate(vocabulary.keys("phases"))}
    items = []
    for entry in {entry.id: entry for entry in map(entry_of, entries)}.values():
        phase = min(entry.phases, key=lambda name: order.get(name, len(order)), default=None)
        items.append(Item(entry, phase, (notes or {}).get(entry.id, "").strip()))
    if by_phase:
        items.sort(key=lambda item: order.get(item.phase or "", len(order)))
    return Sheet(
        title.strip(), language, tuple(items), vocabulary, situation.strip(), place or PageAddress(), on or date.today()
    )
