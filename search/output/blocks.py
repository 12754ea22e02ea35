"""The blocks that papers share: the day and the situation, an entry with its facts and texts, a note, its sources."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from ..entries import Entry, Vocabulary
from ..locations import THIS_COMPUTER, percent_encoded
from .dates import date_in_words
from .document import Block
from .facts import facts, source_line
from .wording import WORDS

_HOST = re.compile(r"https?://(\[[^\]]*\]|[^:/?#]*)")


@dataclass(frozen=True)
class PageAddress:
    """Where the library can be opened.

    Attributes:
        address: Of the page, with the slash at its end; empty when there is none.
        name: Of the library.
    """

    address: str = ""
    name: str = "Passerelle"

    @property
    def is_here(self) -> bool:
        """Whether its address leads there on this computer only: it is of no use to whom it is sent."""
        return is_here(self.address)

    def entry(self, entry_id: str) -> str:
        """Return the address of an entry."""
        return f"{self.address}?entry={percent_encoded(entry_id)}"

    def sheet(self, ids: Iterable[str]) -> str:
        """Return the address of a sheet with some entries."""
        return f"{self.address}sheet?{'&'.join(f'on={percent_encoded(name)}' for name in ids)}"


def is_here(address: str) -> bool:
    """Say whether an address is that of the computer itself, and so of another one wherever else it is opened."""
    host = _HOST.match(address)
    return host is not None and host[1].strip("[]").lower() in THIS_COMPUTER


def front_blocks(language: str, day: date, situation: str) -> Iterator[Block]:
    """Yield the day and the person's situation."""
    words = WORDS[language]
    yield Block("day", words["day"].format(date=date_in_words(day, language)))
    if situation.strip():
        yield Block("label", words["situation"])
        yield Block("situation", situation.strip())


def entry_blocks(
    entry: Entry, vocabulary: Vocabulary, language: str, fields: Iterable[str], *, on: date, titled: bool = True
) -> Iterator[Block]:
    """Yield the title, the facts and the texts of an entry.

    Args:
        entry: The entry.
        vocabulary: For the labels.
        language: One it does not exist in is said; its texts are then those of the other.
        fields: What is told after its summary, in order.
        on: The day it is read.
        titled: Whether its title comes first.
    """
    words = WORDS[language]
    if titled:
        yield Block("entry", entry.title(language))
    yield Block("facts", facts(entry, vocabulary, language, on))
    if language not in entry.languages:
        yield Block("facts", words["only"])
    yield Block("text", entry.summary(language))
    for field in fields:
        text = entry.text(field, language)
        texts = (text,) if isinstance(text, str) else text
        if any(texts):
            yield Block("heading", words[field])
            yield from (Block("item" if len(texts) > 1 else "text", one) for one in texts)


def note_blocks(language: str, note: str) -> Iterator[Block]:
    """Yield what the person wrote of an entry."""
    if note.strip():
        yield Block("note_heading", WORDS[language]["note"])
        yield Block("note", note.strip())


def source_blocks(entry: Entry, language: str, place: PageAddress) -> Iterator[Block]:
    """Yield where the facts of an entry come from, and where it is found again: its address, or its name."""
    words = WORDS[language]
    if entry.sources:
        yield Block("sources", words["sources"])
        yield from (Block("source", source_line(source, language), source.url) for source in entry.sources)
    told = words["named"].format
    if place.address:
        yield Block("source", words["here" if place.is_here else "online"], place.entry(entry.id))
    else:
        yield Block("source", told(name=words["id"], value=entry.id))
