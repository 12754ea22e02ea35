"""How the texts of a library are worded: what the rules of `wording` are against, and what its sentences begin with."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from ..entries import LANGUAGES, Entry
from ..errors import CorpusError, Problem
from ..library.glossary import Glossary, read_glossary
from ..library.problems import problem_of
from ..library.reader import Library
from ..text.segmentation import sentences
from .local_words import LOCAL_WORDS
from .wording import doublets_in, formulas_in, is_explained, is_imperative, misnamed_places

OPENING = 4
"""Words of a sentence that are its opening."""


OPENS_OFTEN, AT_LEAST = 0.2, 20
"""Share of the entries, and entries, from which an opening that they have in common is a formula."""


Fault = tuple[str, str, str]
"""Kind of problem, what was found, what is wanted instead."""


@dataclass(frozen=True)
class Opening:
    """Words that sentences of several entries begin with.

    Attributes:
        language: Of the texts.
        words: In small letters.
        entries: Ids of the entries, in order.
    """

    language: str
    words: str
    entries: tuple[str, ...]


def check_wording(library: Library) -> list[Problem]:
    """Look at the words of every text.

    Args:
        library: Read without a problem. Words that need an explanation are looked for when it has a glossary.

    Returns:
        Every finding, in order of file and line; those of the glossary's own file too.
    """
    try:
        glossary, found = read_glossary(library.path), list[Problem]()
    except CorpusError as error:
        glossary, found = Glossary(), list(error.problems)
    for entry in library.entries:
        for language, field, text in _texts(entry):
            faults = [fault for check in CHECKS for fault in check(text, language, field)]
            found += [_problem(library, entry, (language, field), fault) for fault in faults]
        if glossary.words:
            found += _unexplained(library, entry, glossary)
    return sorted([*found, *_opens_often(library)])


def openings(library: Library) -> tuple[Opening, ...]:
    """Return what sentences of several entries begin with: of each language in turn, what most entries share first."""
    entries: dict[tuple[str, str], dict[str, None]] = defaultdict(dict)
    for entry in library.entries:
        for language, field, text in _texts(entry):
            for sentence in sentences(text) if field != "title" else ():
                words = re.findall(r"[\w’-]+", sentence.lower())
                if len(words) > OPENING:
                    entries[language, " ".join(words[:OPENING])][entry.id] = None
    found = [Opening(*key, tuple(ids)) for key, ids in entries.items() if len(ids) > 1]
    return tuple(sorted(found, key=lambda one: (LANGUAGES.index(one.language), -len(one.entries), one.words)))


@dataclass(frozen=True)
class Wording:
    """How the texts of a library are worded, counted.

    Attributes:
        against: What the rules of writing are against, to how many places in French and in English.
        explained: Words of the glossary.
        used: Those of them that a text has.
        openings: As `openings` returns them.
    """

    against: Mapping[str, tuple[int, int]]
    explained: int
    used: int
    openings: tuple[Opening, ...]


COUNTED: Mapping[str, str] = {
    "formula_words": "Formulas",
    "first_step_form": "First steps that are not in the imperative",
    "doublet": "Both forms of a noun",
    "place_name": "Places by their name in the other language",
    "word_unexplained": "Local words that nothing explains",
}
"""Kinds of problems that are counted, to what they are called."""


def wording(library: Library) -> Wording:
    """Count how the texts of a library are worded.

    Raises:
        CorpusError: Something is wrong with its glossary.
    """
    glossary, found = read_glossary(library.path), Counter[tuple[str, str]]()
    for problem in check_wording(library):
        found[problem.kind, problem.column[:2]] += 1
    used = {
        place.word.id
        for entry in library.entries
        for one in _texts(entry)
        for place in glossary.words_in(one[2], one[0])
    }
    against = {what: (found[kind, "fr"], found[kind, "en"]) for kind, what in COUNTED.items()}
    return Wording(against, len(glossary.words), len(used), openings(library))


def _texts(entry: Entry) -> Iterator[tuple[str, str, str]]:
    """Yield language, field and text; each item of a list is a text."""
    for language in entry.languages:
        for field, text in entry.texts[language].items():
            for piece in text if isinstance(text, tuple) else (text,):
                yield language, field, piece


def _problem(library: Library, entry: Entry, place: tuple[str, str], fault: Fault) -> Problem:
    """Tell a fault of a text, which is at a language and a field."""
    kind, value, expected = fault
    line = library.lines[entry.id].get(place, 1)
    return problem_of(kind, library.file(entry), line, column=".".join(place), value=value, expected=expected)


def _formulas(text: str, language: str, _: str) -> Iterator[Fault]:
    yield from (("formula_words", found, "") for found in formulas_in(text, language))


def _first_steps(text: str, language: str, field: str) -> Iterator[Fault]:
    if field == "first_steps" and not is_imperative(text, language):
        yield "first_step_form", text[:40], ""


def _doublets(text: str, language: str, _: str) -> Iterator[Fault]:
    if language == "fr":
        yield from (("doublet", found, "") for found in doublets_in(text))


def _place_names(text: str, language: str, _: str) -> Iterator[Fault]:
    yield from (("place_name", name, own) for name, own in misnamed_places(text, language))


CHECKS: tuple[Callable[[str, str, str], Iterator[Fault]], ...] = (_formulas, _first_steps, _doublets, _place_names)
"""Each is given a text, its language and its field."""


def _unexplained(library: Library, entry: Entry, glossary: Glossary) -> Iterator[Problem]:
    """Words known in one country only that neither the glossary nor the entry explains; each once in a language."""
    said = {
        language: [(field, text) for one, field, text in _texts(entry) if one == language] for language in LANGUAGES
    }
    for language, texts in said.items():
        whole, seen = "\n".join(text for _, text in texts), set[str]()
        for field, text in texts:
            known = {n for found in glossary.words_in(text, language) for n in range(found.start, found.end)}
            for found in LOCAL_WORDS[language].finditer(text):
                if found.start() not in known and found[0] not in seen and not is_explained(found[0], whole):
                    seen.add(found[0])
                    yield _problem(library, entry, (language, field), ("word_unexplained", found[0], ""))


def _opens_often(library: Library) -> Iterator[Problem]:
    """Openings that so many entries share that they are a formula: told at the first entry that has one."""
    enough = max(AT_LEAST, OPENS_OFTEN * len(library.entries))
    by_id = {entry.id: entry for entry in library.entries}
    for opening in openings(library):
        if len(opening.entries) >= enough:
            entry = by_id[opening.entries[0]]
            line = library.lines[entry.id].get((opening.language,), 1)
            yield problem_of(
                "opening_often", library.file(entry), line, value=len(opening.entries), expected=opening.words
            )
