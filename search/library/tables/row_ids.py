"""The ids of the rows of a table: as they are given, made of what is given, or made of the title."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from itertools import groupby

from ...text.analysis import fold
from .rows import RowReader, TableRow

ID = re.compile(r"[^\W_](?:[\w.-]{0,98}[^\W_])?")
"""A letter or digit at both ends; between them also hyphens, dots and underscores; 100 characters at most."""

LINKS = ("related", "illustrates")
"""Columns that name other entries by their ids."""

_LONGEST_MADE = 95

Groups = dict[str, list[TableRow]]
"""Id of each entry to its rows, one per language."""


def by_entry(rows: Iterable[TableRow], say: RowReader, *, says_language: bool) -> Groups:
    """Gather the rows of each entry, one per language; a row without an id is an entry of its own.

    Args:
        rows: In the order of the table.
        say: Told of ids that are none or are there twice.
        says_language: There is a column of languages, so that one id in two rows is one entry. Where there is none, a
            row with the id of another row and another title is an entry of its own.
    """
    found, waiting = list(rows), list[TableRow]()
    _make_ids(found, say)
    given = _GivenIds(say, {row.id for row in found}, says_language=says_language)
    for _, of_line in groupby(found, key=lambda row: row.line):
        together = list(of_line)
        if together[0].id:
            given.add(together)
        else:
            waiting += together
    _name(waiting, given.groups, say)
    return given.groups


class _GivenIds:
    """Gathers rows by the ids they are given.

    Attributes:
        groups: The entries so far.
    """

    def __init__(self, say: RowReader, taken: Collection[str], *, says_language: bool) -> None:
        self.groups: Groups = {}
        self._say, self._free, self._says_language = say, _FreeNames(taken), says_language
        self._lines: dict[tuple[str, str], int] = {}
        self._titles: dict[tuple[str, str, str], int] = {}

    def add(self, rows: Sequence[TableRow]) -> None:
        """Add the rows of one line, with one id; if it has their language already it is a problem, or another entry."""
        given, line = rows[0].id, rows[0].line
        if not ID.fullmatch(given):
            return self._say.wrong("id_form", line, "id", given)
        other = next((at for row in rows if (at := self._lines.get((given, row.language)))), 0)
        same = next((at for row in rows if (at := self._titles.get((given, row.language, _title(row))))), 0)
        if same or (other and self._says_language):
            return self._say.wrong("id_twice", line, "id", given, same or other)
        if other:
            self._say.note("id_again", line, "id", given, other)
        self.groups.setdefault(self._free.of(given) if other else given, []).extend(rows)
        for row in rows:
            self._lines.setdefault((given, row.language), line)
            self._titles[given, row.language, _title(row)] = line
        return None


class _FreeNames:
    """Gives names that are not taken: the first number after one that makes it so."""

    def __init__(self, taken: Collection[str]) -> None:
        self._taken, self._numbers = set(taken), defaultdict[str, int](lambda: 1)

    def of(self, stem: str) -> str:
        """Return a name, which is taken from then on."""
        name = stem
        while name in self._taken:
            self._numbers[stem] += 1
            name = f"{stem}-{self._numbers[stem]}"
        self._taken.add(name)
        return name


def _title(row: TableRow) -> str:
    return fold(str(row.texts["title"]))


def _make_ids(rows: Sequence[TableRow], say: RowReader) -> None:
    """Make ids of what is given, with one note, where at least half of the values of the column can be none."""
    given = dict.fromkeys(row.id for row in rows if row.id)
    wrong = [one for one in given if not ID.fullmatch(one)]
    if not wrong or 2 * len(wrong) < len(given):
        return
    free = _FreeNames(given)
    stems = {one: _slug(re.sub(r"\Ahttps?://(?:www\.)?", "", fold(one))) for one in wrong}
    made = {one: free.of(stem) if stem else "" for one, stem in stems.items()}
    say.note("ids_made", 0, "id", wrong[0], made[wrong[0]] or "…")
    for row in rows:
        row.id = made.get(row.id, row.id)
        row.facts |= {key: tuple(made.get(link, link) for link in row.facts[key]) for key in LINKS if key in row.facts}


def _slug(folded: str) -> str:
    """Return the letters and digits of a folded text, with hyphens between them."""
    return "-".join(re.findall(r"[a-z0-9]+", folded))[:_LONGEST_MADE].strip("-")


def _name(rows: Iterable[TableRow], groups: Groups, say: RowReader) -> None:
    """Name the rows without an id by their titles; each is an entry of its own, though a title be there twice."""
    titles: dict[str, int] = {}
    free = _FreeNames(groups)
    for line, of_line in groupby(rows, key=lambda row: row.line):
        together = list(of_line)
        title = _title(together[0])
        name = free.of(_slug(title) or f"row-{line}")
        if title in titles:
            say.note("same_title", line, "title", name, titles[title])
        titles.setdefault(title, line)
        groups[name] = together
