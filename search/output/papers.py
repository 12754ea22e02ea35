"""One entry, or the answer to a situation, as a paper to take along."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from ..entries import FIELDS, Entry, Vocabulary
from ..retrieval.results import Hit, Results
from .blocks import PageAddress, entry_blocks, front_blocks, is_here, source_blocks
from .document import Block, Document, make_document
from .sheet import FIRST, entry_of
from .situation import told_situation
from .wording import WORDS, words_in

MOST_TAKEN = 10
"""Answers on the paper of an answer: those that serve every concern of a letter."""


def taken(results: Results) -> tuple[Hit, ...]:
    """Return the answers that are taken along, best first."""
    return tuple(results.hits[:MOST_TAKEN])


def entry_document(
    entry: Entry | Hit,
    vocabulary: Vocabulary,
    *,
    language: str,
    place: PageAddress | None = None,
    on: date | None = None,
) -> Document:
    """Make a paper of one entry, with all of its texts.

    Args:
        entry: The entry, or a hit.
        vocabulary: For the labels.
        language: ``fr`` or ``en``; an entry that does not exist in it is given in the other.
        place: Where it can be opened; nowhere when None.
        on: The day it is read; today when None.

    Raises:
        ValueError: The language is neither of the two, or the entry is none.
    """
    words_in(language)
    entry = entry_of(entry)
    place, day = place or PageAddress(), on or date.today()
    fields = [field for field in FIELDS[entry.kind] if field not in {"title", "summary"}]
    blocks = [
        *front_blocks(language, day, ""),
        *entry_blocks(entry, vocabulary, language, fields, on=day, titled=False),
        *source_blocks(entry, language, place),
    ]
    return make_document(language, entry.title(language), blocks, name=place.name)


def answer_document(
    results: Results,
    vocabulary: Vocabulary,
    *,
    language: str,
    situation: str = "",
    address: str = "",
    place: PageAddress | None = None,
    on: date | None = None,
) -> Document:
    """Make a paper of the best answers to a situation.

    Args:
        results: Of a search.
        vocabulary: For the labels.
        language: ``fr`` or ``en``.
        situation: As it was typed; as it was searched when empty.
        address: Where this answer can be opened again; nowhere when empty.
        place: Where its entries can be opened; nowhere when None.
        on: The day it is read; today when None.

    Raises:
        ValueError: The language is neither of the two, or there are no results.
    """
    if not isinstance(results, Results):
        raise ValueError(f"the results of a search are wanted (got {results!r})")
    place, day, words = place or PageAddress(), on or date.today(), words_in(language)
    blocks = [*front_blocks(language, day, situation or results.query), *_stand(results, vocabulary, language)]
    if address:
        blocks.append(Block("link", words["here_answer" if is_here(address) else "online_answer"], address))
    for hit in taken(results):
        entry = hit.entry
        blocks += entry_blocks(entry, vocabulary, language, FIRST[entry.kind], on=day)
        blocks += _nearest(hit, language)
        blocks += source_blocks(entry, language, place)
    return make_document(language, words["answer"], blocks, name=place.name)


def _stand(results: Results, vocabulary: Vocabulary, language: str) -> Iterator[Block]:
    """Yield where the situation stands, as it was read; nothing of a text that nothing answers."""
    read, words = told_situation(results), WORDS[language]
    for name, label, readings in (("phases", "stand", read.phases), ("conditions", "lacking", read.conditions)):
        if readings:
            value = _listed([vocabulary.label(name, one.key, language) for one in readings], language)
            yield Block("facts", words["named"].format(name=words[label], value=value))


def _listed(labels: Sequence[str], language: str) -> str:
    *first, last = labels
    return f"{', '.join(first)}{WORDS[language]['and']}{last}" if first else last


def _nearest(hit: Hit, language: str) -> Iterator[Block]:
    """Yield the sentence nearest to what was asked, unless it is in sight already."""
    passage, sentence = hit.by_language.get(language, (hit.passage, hit.sentence))
    if passage.field not in {"title", "summary", *FIRST[hit.entry.kind]}:
        yield Block("heading", WORDS[language]["nearest"])
        yield Block("text", WORDS[language]["quoted"].format(words=sentence))


def sheet_entries(results: Results) -> tuple[Entry, ...]:
    """Return the entries of the answers that are taken along, best first."""
    return tuple(hit.entry for hit in taken(results))
