"""What can be wrong with a library's files, in French and in English."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from ..errors import LONGEST_NAMED, Problem
from .messages.column_maps import MAP_MESSAGES
from .messages.entries import ENTRY_MESSAGES
from .messages.lists import AMOUNTS, OF_COLUMNS, PARTS
from .messages.spoken_names import spoken
from .messages.tables import TABLE_MESSAGES
from .messages.wording import WORDING_MESSAGES
from .messages.writing import WRITING_MESSAGES

MESSAGES: Mapping[str, tuple[str, str]] = {
    **ENTRY_MESSAGES,
    **WRITING_MESSAGES,
    **WORDING_MESSAGES,
    **MAP_MESSAGES,
    **TABLE_MESSAGES,
}
"""Kind of problem to how it is said in French and in English, with the places of what was found."""

MOST_NAMED = 12
"""Columns that a short list names of those of which the same is said."""


IN_VALUES = "values."
"""What the kind of a problem begins with that the values of a column map have: what follows is that of a cell."""


SET_ASIDE = frozenset(
    {
        "not_one_of",
        "not_near",
        "degrees",
        "half_place",
        "end_first",
        "date",
        "entry_future",
        "address",
        "beside_count",
        "error_value",
        "formula",
        "no_value",
        "form",
        "marks",
        "alias_taken",
        "no_link",
        "self_link",
        "link_kind",
        "for_cases",
    }
)
"""Kinds of warnings about a cell that is left out; other warnings say themselves what was done."""


def problem_of(
    kind: str,
    file: str,
    line: int = 0,
    *,
    column: object = "",
    value: object = "",
    expected: object = "",
    warning: bool = False,
) -> Problem:
    """Make a problem of a kind; its message is the English one.

    Args:
        kind: Of MESSAGES.
        file: As in `Problem`.
        line: As in `Problem`.
        column: As in `Problem`.
        value: As in `Problem`; shown without line breaks, shortened.
        expected: As in `Problem`.
        warning: As in `Problem`.
    """
    one = Problem(file, line, "", kind, _shown(column), _shown(value), str(expected), warning)
    return dataclasses.replace(one, message=saying(one, "en"))


def _shown(value: object) -> str:
    """Return something on one line, shortened, without what a terminal cannot show."""
    text = str(value)
    short = repr(text[:LONGEST_NAMED])[1:-1]
    return short if len(text) <= LONGEST_NAMED else short + "…"


def saying(problem: Problem, language: str) -> str:
    """Say what is wrong, without where: in French or in English if its kind is known, else as its message does."""
    if problem.kind.startswith(IN_VALUES):
        bare = dataclasses.replace(problem, kind=problem.kind.removeprefix(IN_VALUES), column="", warning=False)
        return part("in_values", language, column=problem.column, said=saying(bare, language))
    if problem.kind not in MESSAGES:
        return problem.message
    at = 0 if language == "fr" else 1
    fields = {"column": problem.column, "value": problem.value, "expected": problem.expected}
    if problem.kind == "moved":
        fields |= {name: spoken(fields[name], language) for name in ("value", "expected")}
    said = MESSAGES[problem.kind][at].format_map(fields)
    if problem.warning and problem.kind in SET_ASIDE:
        said = PARTS["left_out"][at].format(said=said)
    if problem.column and "{column}" not in MESSAGES[problem.kind][at]:
        said = PARTS["column"][at].format(column=problem.column, said=said)
    return said


def said_with_place(problem: Problem, language: str) -> str:
    """Say where, and what is wrong: ``mine.csv:12 column start: …``."""
    place = f"{problem.file}:{problem.line}" if problem.line else problem.file
    return f"{place} {saying(problem, language)}"


def listed(problems: Sequence[Problem], language: str, most: int | None = None) -> Iterator[str]:
    """List problems one a line, those of a kind together, each kind with how many there are, the most first.

    What is said alike of several columns is one line that names them.

    Args:
        problems: All.
        language: ``fr`` or ``en``.
        most: Lines of a kind to give; the others are counted, as are columns beyond MOST_NAMED. All when None.
    """
    groups: dict[tuple[str, str], list[Problem]] = {}
    for one in problems:
        groups.setdefault((one.kind, one.file if one.kind in OF_COLUMNS else one.column), []).append(one)
    for group in sorted(groups.values(), key=len, reverse=True):
        if len(group) > 1 and group[0].kind in OF_COLUMNS:
            yield _of_columns(group, language, None if most is None else MOST_NAMED)
            continue
        if len(group) > 1:
            yield part("times", language, said=_heading(group[0], language), count=len(group))
        for one in group[:most]:
            yield f"{'  ' if len(group) > 1 else ''}{said_with_place(one, language)}"
        if most is not None and len(group) > most:
            yield "  " + part("more", language, more=amount("more", len(group) - most, language))


def _of_columns(group: Sequence[Problem], language: str, most: int | None) -> str:
    """Say at once what is said of several columns of a file."""
    first, names = group[0], ", ".join(one.column for one in group[:most])
    if most is not None and len(group) > most:
        names = f"{names} {part('more', language, more=amount('more', len(group) - most, language))}"
    said = OF_COLUMNS[first.kind][0 if language == "fr" else 1].format(expected=first.expected)
    return f"{first.file} {part('columns', language, column=names, said=said)}"


def _heading(problem: Problem, language: str) -> str:
    """Name a group of problems by the first of them, without its value."""
    blank = Problem(problem.file, 0, "…", problem.kind, problem.column, "…", "…", problem.warning)
    return saying(blank, language)


def counted(problems: Sequence[Problem], language: str) -> str:
    """Say how many problems, or notes, there are."""
    counts = Counter("warning" if one.warning else "problem" for one in problems)
    named = (part(name if count == 1 else f"{name}s", language, count=f"{count:,}") for name, count in counts.items())
    return ", ".join(named)


def part(name: str, language: str, **fields: object) -> str:
    """Return one of PARTS, filled in."""
    return PARTS[name][0 if language == "fr" else 1].format_map(fields)


def amount(name: str, count: int, language: str) -> str:
    """Say how many there are of one of AMOUNTS: ``1 fiche``, ``2 fiches``; in French none is singular too.

    Args:
        name: A key of AMOUNTS.
        count: 0 or more.
        language: ``fr`` or ``en``.
    """
    one, several = AMOUNTS[name][0 if language == "fr" else 1]
    return f"{count} {one if count == 1 or (not count and language == 'fr') else several}"
