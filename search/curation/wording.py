"""Rules of wording, each for one text: formulas, first steps, both forms of a noun, names of places, explained words.

What they are is told in the README of the library; `check_wording` looks at all of its texts.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from ..text.places.gazetteer import gazetteer, place_adjectives, place_form

FORMULAS: Mapping[str, re.Pattern[str]] = {
    "fr": re.compile(
        r"\bon (?:peut|pourra)(?: s’)? ?y (?:lire|voir)\b|\bpeut (?:s’y|se) lire\b|\bil convient d|\bforce est d"
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


_NO_PAIR = frozenset({"parti", "partis", "point", "points", "port", "ports"})
"""Words whose other form is another word: partis and parties."""


_BOTH_FORMS = re.compile(
    r"\w·\w|\w\((?:e|ne|le|trice|s|es)s?\)|\bceux et celles\b|\bils? (?:et|ou) elles?\b|\belles? (?:et|ou) ils?\b"
    r"|\bune? ou (?:d’)?une?\b|\bl[ea] ou l[ea]\b",
    re.IGNORECASE,
)


_SMALL = re.compile(r"à|aux?|d[eu]?|des|en|et|in|near|of|from|the|to|at|l[ae]?|les|pour|par|and|with|for|an?|une?")
"""Words that may have a capital because a sentence begins with them."""


_JOINS: Mapping[str, frozenset[str]] = {"fr": frozenset({"of", "di"}), "en": frozenset({"de", "du", "des", "di"})}
"""Small words of the other language, inside what an organisation there is called."""


_EXPLAINED_AFTER = re.compile(r"(?:\u00a0»|”)?(?:\s\(|,? (?:c’est-à-dire|soit|that is|meaning)\b)")


_BESIDE_AFTER = re.compile(r", (?:(?:les?|la|une?|the|an?) |l’)")


_BESIDE_BEFORE = re.compile(r"(?:, (?:les?|la) |, (?:dite?|appelée?s?|called)(?: the)? )\Z")


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
    return not {one, other} & _NO_PAIR and any(
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
    return tuple(
        (found[0], wrong[found[0]]) for found in pattern.finditer(text) if not _in_a_name(text, *found.span(), language)
    )


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


def _in_a_name(text: str, start: int, end: int, language: str) -> bool:
    before = re.search(r"([\w’-]+)[ \u00a0]\Z", text[:start])
    after = re.match(r"[ \u00a0-]([\w’-]+)", text[end:])
    if after and after[1][:1].isupper():
        return True
    if not before:
        return False
    word = before[1]
    return (word[:1].isupper() and not _SMALL.fullmatch(word.lower())) or (
        word in _JOINS[language] and bool(re.search(r"[A-ZÀ-Þ]\w+(?: \w+){0,3}[ \u00a0]\Z", text[: before.start(1)]))
    )


def is_explained(word: str, text: str) -> bool:
    """Say whether a text explains a word where it first has it: by what stands in brackets, or after "that is".

    Beside an acronym, commas will do: "la COCOF, le parlement francophone"; beside a word they may be those of a list.
    """
    place = re.search(rf"(?<![\w-]){re.escape(word)}(?![\w-])", text)
    if not place:
        return False
    before, after = text[: place.start()], text[place.end() :]
    beside = word.isupper() and (_BESIDE_BEFORE.search(before) or _BESIDE_AFTER.match(after))
    return bool(beside or before.endswith("(") or _EXPLAINED_AFTER.match(after))
