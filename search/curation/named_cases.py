"""Practices that name a case which a reader cannot go on to: it neither shows the practice nor is linked or cited."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import dropwhile

from ..entries import Entry, Source, Text
from ..errors import Problem
from ..library.problems import problem_of
from ..library.reader import Library
from ..text.analysis import fold, is_stop_word
from ..text.places.gazetteer import gazetteer, place_form, place_forms, places_named

SAYS_LITTLE = 10
"""Entries from which a source that they all cite is no source of a case: an article on the whole subject."""

SHORTEST = 4
"""Characters of the name of a place; shorter ones are words of other languages too."""

WIDE = 2
"""From so many places on that lie in it, a place is no town but a region or a country."""

_INSIDE = re.compile(r"\w*[a-z]\w*[A-Z]\w*")
_FIRST_PART = re.compile(r"[a-zà-ÿ,;:(] [A-ZÀ-Ý][a-zà-ÿ]{3,} $")
_RUN = re.compile(r"[A-ZÀ-Ý][\w’-]*(?: (?:(?:de|du|des|la|le|of|the|et|and|del|di) ){0,2}[A-ZÀ-Ý][\w’-]*)+")


@dataclass(frozen=True)
class _Known:
    """What a practice may be followed to.

    Attributes:
        links: Everything that shows it, that it is related to or that is related to it.
        sources: Keys of what it cites, but of what nearly everything cites.
        titles: Of these sources.
    """

    links: tuple[Entry, ...]
    sources: frozenset[str]
    titles: tuple[str, ...]

    def has(self, case: Entry) -> bool:
        """Say whether a case is linked, or shares a source."""
        return case in self.links or bool(_keys(case.sources) & self.sources)

    def tells_of(self, name: str) -> bool:
        """Say whether something linked is in a place, or speaks of it, or a source is about it."""
        if any(_says(title, name) for title in self.titles):
            return True
        place = place_forms().get(place_form(name))
        return any(place in places_named(one.place or "") or _says(_whole(one), name) for one in self.links)


def check_named_cases(library: Library) -> list[Problem]:
    """Say which practices name a case without a link to it or a source of it, by its place or by its own name."""
    cases = [entry for entry in library.entries if entry.kind == "case"]
    own_names = _own_names(cases)
    cited = Counter(source.key for entry in library.entries for source in entry.sources)
    problems: list[Problem] = []
    for practice in library.entries:
        if practice.kind == "practice":
            links = tuple(one for one in library.entries if _linked(practice, one))
            keys = frozenset(key for key in _keys(practice.sources) if cited[key] < SAYS_LITTLE)
            titles = tuple(source.title for source in practice.sources if source.key in keys)
            known = _Known(links, keys, titles)
            problems += _unlinked(library, practice, [one for one in cases if not known.has(one)], own_names, known)
    return sorted(problems)


def _unlinked(
    library: Library, practice: Entry, cases: Iterable[Entry], own_names: Mapping[str, str], known: _Known
) -> Iterator[Problem]:
    """Tell each name of a case once, where it is first said."""
    told: set[str] = set()
    for case in cases:
        place = _place(case)
        names = [name for name, owner in own_names.items() if owner == case.id]
        for name in (*([place] if len(place) >= SHORTEST and place not in _wide() else []), *names):
            at = _where(practice, name)
            if at and name not in told and not known.tells_of(name):
                told.add(name)
                line = library.lines[practice.id].get(at, 1)
                column = ".".join(at)
                file = library.file(practice)
                yield problem_of("case_not_linked", file, line, column=column, value=name, expected=case.id)


def _own_names(cases: Iterable[Entry]) -> dict[str, str]:
    """Return what cases are called by themselves (Campo de Cebada, synAthina), each with the id of the only one."""
    found: dict[str, set[str]] = {}
    for case in cases:
        titles = [case.title(language) for language in case.languages]
        shared = set.intersection(*({*_runs(title), *_INSIDE.findall(title)} for title in titles))
        for name in shared:
            found.setdefault(name, set()).add(case.id)
    return {name: next(iter(ids)) for name, ids in found.items() if len(ids) == 1}


def _runs(title: str) -> Iterator[str]:
    """Give the words with capitals that follow each other, without those that only begin a sentence (À Namur)."""
    for run in _RUN.findall(title):
        named = list(dropwhile(lambda word: is_stop_word(fold(word)), run.split(" ")))
        if len(named) > 1:
            yield " ".join(named)


def _place(case: Entry) -> str:
    return re.sub(r"\(.*?\)", "", case.place or "").split(",")[0].strip()


@cache
def _wide() -> frozenset[str]:
    """Return countries and regions: to name one is not to name a case there."""
    held = Counter(name for place in gazetteer().values() for name in place.within)
    return frozenset(name for name, count in held.items() if count >= WIDE)


def _linked(practice: Entry, other: Entry) -> bool:
    return practice.id in (*other.illustrates, *other.related) or other.id in practice.related


def _keys(sources: Iterable[Source]) -> set[str]:
    return {source.key for source in sources}


def _says(text: str, name: str) -> bool:
    """Say whether a text has a name that is not the end of a longer one (Bracknell Forest)."""
    said = re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text)
    return any(not _FIRST_PART.search(text[: one.start()]) for one in said)


def _joined(text: Text) -> str:
    return text if isinstance(text, str) else "\n".join(text)


def _whole(entry: Entry) -> str:
    return "\n".join(_joined(text) for fields in entry.texts.values() for text in fields.values())


def _where(practice: Entry, name: str) -> tuple[str, str] | None:
    """Return language and field that first say a name."""
    for language, fields in practice.texts.items():
        for field, text in fields.items():
            if field != "title" and _says(_joined(text), name):
                return language, field
    return None
