"""How the texts of a library are worded: formulas, first steps, both forms of a noun, place names, words unexplained.

What the rules are is told in the README of the library; here each is looked for, and counted by `openings`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from ..entries import LANGUAGES, LIST_FIELDS, Entry
from ..errors import CorpusError, Problem
from ..library.glossary import Glossary, read_glossary
from ..library.problems import problem_of
from ..library.reader import Library
from ..text.gazetteer import gazetteer, place_adjectives, place_form
from ..text.segmentation import sentences
from .local_words import LOCAL_WORDS

FORMULAS: Mapping[str, re.Pattern[str]] = {
    "fr": re.compile(
        r"\bon (?:peut|pourra)(?: s’)? ?y (?:lire|voir)\b|\bpeut(?: s’y| se)? lire\b|\bil convient d|\bforce est d"
        r"|\bà noter qu|\bau niveau d(?:e la|e l’|es|u|e|’)\b|\ben termes d|\bn’hésitez pas\b|\bacteurs? clés?\b"
        r"|\bgagnant-gagnant\b|\bholistiques?\b|\bfai(?:t|re) sens\b|\bau final\b|\ben vrai\b|\bpour de vrai\b"
        r"|\ben capacité d|\bimpacte[rz]?\b|\bde manière (?:inclusive|transversale)\b",
        re.IGNORECASE,
    ),
    "en": re.compile(
        r"\b(?:can|could|may) (?:also )?be read (?:that|in|into|from)\b|\bit is worth noting\b|\bin order to\b"
        r"|\bwin-win\b|\bleverag(?:e[ds]|ing)\b|\bholistic\b|\bcutting-edge\b|\bstakeholder engagement\b"
        r"|\bkey (?:actors?|players?)\b|\bgoing forward\b|\bin terms of\b|\belected (?:people|persons?)\b"
        r"|\bproject holders?\b|\bin the framework of\b",
        re.IGNORECASE,
    ),
}
"""Turns that say nothing, or that are said so in one language only because the other one says so."""


OPENING = 4
"""Words of a sentence that are its opening."""


OPENS_OFTEN, AT_LEAST = 0.2, 20
"""Share of the entries, and entries, from which an opening that they have in common is a formula."""


_IMPERATIVE = re.compile(r"(?:ne |n’)?(?!(?:chez|assez|rez)\b)(?:\w+ez|(?:re)?(?:dites|faites))\b", re.IGNORECASE)


_BEFORE_VERB = re.compile(r"[^.!?:;]{1,60}?, ")
"""What may stand before the verb: “Before the last meeting, ask…”."""


_NO_IMPERATIVE = re.compile(
    r"(?:to|the|an?|you|we|they|it|there|this|that|these|each|every|some|someone|everyone|residents|councils?"
    r"|not|(?!bring\b|ring\b|sing\b|swing\b)\w+ing)\b",
    re.IGNORECASE,
)


_FEMININES = (
    ("teurs", "trices"),
    ("teur", "trice"),
    ("eurs", "euses"),
    ("eur", "euse"),
    ("ers", "ères"),
    ("er", "ère"),
    ("ens", "ennes"),
    ("en", "enne"),
    ("ons", "onnes"),
    ("ifs", "ives"),
    ("els", "elles"),
    ("s", "es"),
    ("", "e"),
)
"""Ends of a masculine noun or adjective to those of its feminine."""


_PAIR = re.compile(r"\b([^\W\d_]{3,}) (?:et|ou) (?:(?:les?|la|des?|du|un|une|aux|au) |d’|l’)?([^\W\d_]{3,})\b")


_BOTH_FORMS = re.compile(
    r"\w·\w|\w\((?:e|ne|le|trice|s|es)s?\)|\bceux et celles\b|\bils? (?:et|ou) elles?\b|\belles? (?:et|ou) ils?\b"
    r"|\bune? ou (?:d’)?une?\b|\bl[ea] ou l[ea]\b",
    re.IGNORECASE,
)


_SMALL = re.compile(r"à|aux?|d[eu]?|des|en|et|in|near|of|from|the|to|at|l[ae]?|les|pour|par|and|with|for|an?|une?")
"""Words that may have a capital because a sentence begins with them."""


_EXPLAINED_AFTER = re.compile(
    r"[»”]?(?:\s*\(|,? (?:c’est-à-dire|soit|that is|meaning)\b|, (?:les?|la|une?|the|an?)\s|, l’)"
)


_EXPLAINED_BEFORE = re.compile(r"(?:\(|, (?:les?|la) |, (?:dite?|appelée?s?|called)(?: the)? )[«“]?\u00a0?\Z")


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


def formulas_in(text: str, language: str) -> tuple[str, ...]:
    """Return the formulas of a text, as they stand in it."""
    return tuple(found[0] for found in FORMULAS[language].finditer(text))


def is_imperative(step: str, language: str) -> bool:
    """Say whether a first step begins with a verb in the imperative; a few words and a comma may stand before it."""
    opening = _BEFORE_VERB.match(step)
    starts = (step, step[opening.end() :]) if opening else (step,)
    return any(bool(_IMPERATIVE.match(one)) if language == "fr" else not _NO_IMPERATIVE.match(one) for one in starts)


def doublets_in(text: str) -> tuple[str, ...]:
    """Return where a French text names both forms of a noun, by two words or by a sign in one."""
    pairs = [found[0] for found in _PAIR.finditer(text) if _is_pair(found[1].lower(), found[2].lower())]
    return (*pairs, *(found[0] for found in _BOTH_FORMS.finditer(text)))


def _is_pair(one: str, other: str) -> bool:
    return any(
        male.endswith(ending) and female == male[: len(male) - len(ending)] + feminine
        for male, female in ((one, other), (other, one))
        for ending, feminine in _FEMININES
    )


def misnamed_places(text: str, language: str) -> tuple[tuple[str, str], ...]:
    """Return the places that a text calls by their name in the other language, each with its name in this one.

    What an organisation calls itself stays: a name beside another word with a capital, or after a small word that joins
    it to one ("Fondation rurale de Wallonie"), is taken for a part of such a name.
    """
    wrong, pattern = _other_names(language)
    return tuple((found[0], wrong[found[0]]) for found in pattern.finditer(text) if not _in_a_name(text, *found.span()))


@cache
def _other_names(language: str) -> tuple[Mapping[str, str], re.Pattern[str]]:
    """Return the names of places in the other language only, each to its name in this one; and what finds them."""
    places = [place.names for place in gazetteer().values()]
    right = {names[language] for names in places}
    pairs = {name: names[language] for names in places for name in names.values() if name not in right}
    known = place_adjectives()
    wrong = {
        name: own.replace("'", "’")
        for name, own in pairs.items()
        if not own.startswith(name) and place_form(name) not in known
    }
    return wrong, re.compile(rf"(?<![\w’-])(?:{'|'.join(map(re.escape, sorted(wrong, key=len)[::-1]))})(?![\w-])")


def _in_a_name(text: str, start: int, end: int) -> bool:
    before = re.search(r"([\w’-]+)[ \u00a0]\Z", text[:start])
    after = re.match(r"[ \u00a0-]([\w’-]+)", text[end:])
    if after and after[1][:1].isupper():
        return True
    if not before:
        return False
    word = before[1]
    return (word[:1].isupper() and not _SMALL.fullmatch(word.lower())) or (
        word in {"de", "du", "di", "of"}
        and bool(re.search(r"[A-ZÀ-Þ]\w+(?: \w+){0,3}[ \u00a0]\Z", text[: before.start(1)]))
    )


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
    if field == "first_steps" and field in LIST_FIELDS and not is_imperative(text, language):
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
                if found.start() not in known and found[0] not in seen and not _is_explained(found[0], whole):
                    seen.add(found[0])
                    yield _problem(library, entry, (language, field), ("word_unexplained", found[0], ""))


def _is_explained(word: str, text: str) -> bool:
    """Say whether a text explains a word where it first has it: by what stands in brackets, or between commas."""
    place = text.index(word)
    return bool(_EXPLAINED_BEFORE.search(text[:place]) or _EXPLAINED_AFTER.match(text, place + len(word)))


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
