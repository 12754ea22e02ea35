"""What a library covers and where it is thin: counted, then written as a page of Markdown with labels in English."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from ..entries import Entry
from ..library.last_known import CURRENT_YEARS, is_month, is_recent
from ..library.reader import Library
from .check_wording import Wording, wording
from .source_counts import source_counts

GRID_KINDS = ("practice", "case")
"""Kinds counted on the phase x condition grid."""


FEW = 3
"""A cell of the grid with fewer entries of a kind is weak."""


FEW_CASES = 2
"""A practice shown by fewer cases is thin."""


LISTED_CASES = 3
"""Practices shown by this many cases or fewer are listed one by one."""


MOST_SHOWN = 10
"""Length of the list of practices with most cases."""


RARE = 0.05
"""An outcome of a smaller share of the cases is rare."""


UNKNOWN_OUTCOME = "unknown"
"""Not something to look for more of."""


AGES = (f"Last known in the {CURRENT_YEARS} years before the newest source was read", "Earlier", "Not dated")
"""Of what is known of cases, as headings."""


Cell = tuple[str, str]
"""A phase and a condition."""


@dataclass(frozen=True)
class Tally:
    """How many entries of a kind stand in a cell.

    Attributes:
        stated: Both the phase and the condition are stated by the entry's sources.
        inferred: At least one of the two was inferred by the editors.
    """

    stated: int = 0
    inferred: int = 0

    @property
    def total(self) -> int:
        """Both counts together."""
        return self.stated + self.inferred


@dataclass(frozen=True)
class Coverage:
    """The counts of one library.

    Attributes:
        kinds: Kind to entries.
        grid: Kind (of GRID_KINDS) to cell to counts; every cell is there. An entry counts in each cell whose phase
            and condition it names, so the cells add up to more than the entries.
        countries: Country to cases, most first then by key; None for cases without one.
        outcomes: Outcome to cases, in the order of the vocabulary; zeros are there.
        last_known: Outcome to cases by how long ago they were last known, one count for each of AGES; zeros are there.
        decades: First year of a decade to cases that started in it, in order; None, last, for an unknown start.
        cases_of: Practice id to the ids of the cases that show it, both in order of id.
        one_source: Kind to the ids of entries with a single source.
        one_language: The language to the ids of entries that exist in it only.
    """

    kinds: Mapping[str, int]
    grid: Mapping[str, Mapping[Cell, Tally]]
    countries: Mapping[str | None, int]
    outcomes: Mapping[str, int]
    last_known: Mapping[str, tuple[int, ...]]
    decades: Mapping[int | None, int]
    cases_of: Mapping[str, tuple[str, ...]]
    one_source: Mapping[str, tuple[str, ...]]
    one_language: Mapping[str, tuple[str, ...]]

    @property
    def most_shown(self) -> tuple[str, ...]:
        """The MOST_SHOWN practices with most cases, then by id."""
        return tuple(sorted(self.cases_of, key=lambda name: (-len(self.cases_of[name]), name))[:MOST_SHOWN])

    @property
    def rare_outcomes(self) -> tuple[str, ...]:
        """Outcomes of less than RARE of the cases, in the order of the vocabulary."""
        cases = sum(self.outcomes.values())
        return tuple(name for name, count in self.outcomes.items() if name != UNKNOWN_OUTCOME and count < RARE * cases)

    def shown_by(self, count: int) -> tuple[str, ...]:
        """Return the practices shown by exactly so many cases."""
        return tuple(name for name, cases in self.cases_of.items() if len(cases) == count)

    def weak_cells(self, kind: str) -> tuple[Cell, ...]:
        """Return the cells with fewer than FEW entries of a kind, the empty ones too."""
        return tuple(cell for cell, tally in self.grid[kind].items() if tally.total < FEW)


def coverage(library: Library) -> Coverage:
    """Count what a library covers.

    Args:
        library: Read without a problem.

    Returns:
        The counts; the same library gives the same counts in the same order.
    """
    entries = library.entries
    cases = [entry for entry in entries if entry.kind == "case"]
    outcomes = Counter(entry.outcome for entry in cases)
    one_language = {entry.id: entry.languages[0] for entry in entries if len(entry.languages) == 1}
    return Coverage(
        kinds={kind: sum(entry.kind == kind for entry in entries) for kind in library.vocabulary.keys("kinds")},
        grid={kind: _grid(library, kind) for kind in GRID_KINDS},
        countries=_by_count(entry.country for entry in cases),
        outcomes={name: outcomes[name] for name in library.vocabulary.keys("outcomes")},
        last_known=_last_known(cases, library),
        decades=_decades(cases),
        cases_of={
            entry.id: tuple(case.id for case in cases if entry.id in case.illustrates)
            for entry in entries
            if entry.kind == "practice"
        },
        one_source=_group((entry.kind, entry.id) for entry in entries if len(entry.sources) == 1),
        one_language=_group((language, name) for name, language in one_language.items()),
    )


def _grid(library: Library, kind: str) -> dict[Cell, Tally]:
    """Count the entries of a kind in every cell, phases first, in the order of the vocabulary."""
    grid = {}
    entries = [entry for entry in library.entries if entry.kind == kind]
    for phase in library.vocabulary.keys("phases"):
        for condition in library.vocabulary.keys("conditions"):
            here = [entry for entry in entries if phase in entry.phases and condition in entry.conditions]
            stated = sum(entry.phases[phase] == entry.conditions[condition] == "stated" for entry in here)
            grid[phase, condition] = Tally(stated, len(here) - stated)
    return grid


def _by_count(names: Iterable[str | None]) -> dict[str | None, int]:
    return dict(sorted(Counter(names).items(), key=lambda item: (-item[1], item[0] or "")))


def last_read(library: Library) -> date:
    """Return the month the newest source was read, by its first day: what the library tells holds until then."""
    read = (source.read[:7] for entry in library.entries for source in entry.sources)
    months = [month for month in read if len(month) == len("YYYY-MM") and is_month(month)]
    return date.fromisoformat(f"{max(months)}-01") if months else date.min


def _last_known(cases: Iterable[Entry], library: Library) -> dict[str, tuple[int, ...]]:
    """Count the cases of each outcome by AGES, counted back from the month the newest source was read."""
    on = last_read(library)
    counts = Counter((case.outcome, _age(case.last_known, on)) for case in cases)
    return {name: tuple(counts[name, age] for age in AGES) for name in library.vocabulary.keys("outcomes")}


def _age(last_known: str | None, on: date) -> str:
    if last_known is None:
        return AGES[-1]
    return AGES[0] if is_recent(last_known, on) else AGES[1]


def _decades(cases: Sequence[Entry]) -> dict[int | None, int]:
    known = Counter(int(entry.start[:4]) // 10 * 10 for entry in cases if entry.start)
    counts: dict[int | None, int] = dict(sorted(known.items()))
    unknown = sum(not entry.start for entry in cases)
    return counts | {None: unknown} if unknown else counts


def _group(pairs: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    groups: dict[str, list[str]] = {}
    for key, name in pairs:
        groups.setdefault(key, []).append(name)
    return {key: tuple(names) for key, names in groups.items()}


def report(library: Library) -> str:
    """Say what a library covers and where it is thin.

    Args:
        library: Read without a problem.

    Returns:
        A page of Markdown, labels in English; the same library gives the same page.
    """
    page = _Page(library)
    sections = (page.holds(), page.grids(), page.cases(), page.practices(), page.sources(), page.wording(), page.thin())
    return "\n".join(line for section in sections for line in section)


LANGUAGE_NAMES = {"fr": "French", "en": "English"}


class _Page:
    """Draws the counts, section by section; each section ends with an empty line but the last."""

    def __init__(self, library: Library) -> None:
        self.counts, self.source_counts, self.words = coverage(library), source_counts(library), wording(library)
        self.vocabulary = library.vocabulary
        self.titles = {entry.id: entry.title("en") for entry in library.entries}

    def label(self, closed: str, key: str) -> str:
        return self.vocabulary.label(closed, key, "en")

    def cell(self, cell: Cell) -> str:
        return f"{self.label('phases', cell[0])} / {self.label('conditions', cell[1])}"

    def holds(self) -> Iterator[str]:
        rows = [(self.label("kinds", kind), count) for kind, count in self.counts.kinds.items()]
        yield from ("# What the library covers", "")
        yield "Printed by `passerelle coverage`; what to add next is at the end, under *What is thin*."
        yield ""
        yield from _table(("Kind", "Entries"), [*rows, ("All", sum(count for _, count in rows))])

    def grids(self) -> Iterator[str]:
        yield from ("## Phases and conditions", "")
        yield "A cell is *stated + inferred*: entries whose sources state both the phase and the condition, then those"
        yield "where the editors inferred at least one of the two. An entry counts in every cell it names."
        yield ""
        conditions = self.vocabulary.keys("conditions")
        for kind, heading in zip(GRID_KINDS, ("Practices", "Cases"), strict=True):
            yield from (f"### {heading}", "")
            rows = [
                (self.label("phases", phase), *(self._tally(kind, phase, condition) for condition in conditions))
                for phase in self.vocabulary.keys("phases")
            ]
            yield from _table(("Phase", *(self.label("conditions", condition) for condition in conditions)), rows)

    def _tally(self, kind: str, phase: str, condition: str) -> str:
        tally = self.counts.grid[kind][phase, condition]
        return f"{tally.stated} + {tally.inferred}"

    def cases(self) -> Iterator[str]:
        counts = self.counts
        yield from ("## Cases", "", "### By country", "")
        yield from _table(
            ("Country", "Cases"),
            [(self.label("countries", key) if key else "not given", count) for key, count in counts.countries.items()],
        )
        yield from ("### By outcome", "")
        rows: list[tuple[str | int, ...]] = [
            (self.label("outcomes", key), count, *counts.last_known[key]) for key, count in counts.outcomes.items()
        ]
        yield from _table(("Outcome", "Cases", *AGES), rows)
        yield from ("### By decade of start", "")
        yield from _table(
            ("Start", "Cases"), [(f"{key}s" if key else "unknown", count) for key, count in counts.decades.items()]
        )

    def practices(self) -> Iterator[str]:
        counts = self.counts
        yield from ("## Practices by number of cases", "")
        few = [(str(number), len(counts.shown_by(number))) for number in range(LISTED_CASES + 1)]
        more = len(counts.cases_of) - sum(count for _, count in few)
        yield from _table(("Cases", "Practices"), [*few, (f"{LISTED_CASES + 1} or more", more)])
        yield from (f"### {LISTED_CASES} cases or fewer", "")
        yield from self._practice_table(name for number in range(LISTED_CASES + 1) for name in counts.shown_by(number))
        yield from (f"### The {MOST_SHOWN} with most cases", "")
        yield from self._practice_table(counts.most_shown)

    def _practice_table(self, names: Iterable[str]) -> Iterator[str]:
        rows = [(len(self.counts.cases_of[name]), self.titles[name], f"`{name}`") for name in names]
        return _table(("Cases", "Practice", "Id"), rows)

    def sources(self) -> Iterator[str]:
        counts = self.source_counts
        yield from ("## Sources and links", "")
        yield from _table(("Sources", "Number"), list(counts.kinds.items()))
        self_published = [f"`{name}`" for name in counts.only_self_published]
        yield from _listed("Cases told by self-published sources only", self_published)
        yield from _listed("Entries that no other leads to", [f"`{name}`" for name in counts.unlinked])

    def wording(self) -> Iterator[str]:
        words: Wording = self.words
        yield from ("## How it is worded", "", "Places in the texts that the rules of writing are against:", "")
        yield from _table(
            ("What", *LANGUAGE_NAMES.values()), [(what, *counts) for what, counts in words.against.items()]
        )
        yield f"The glossary explains {words.explained} words; {words.used} of them are in the texts."
        yield from ("", "### Openings that most entries share", "")
        rows = [
            (LANGUAGE_NAMES[one.language], one.words, len(one.entries))
            for language in LANGUAGE_NAMES
            for one in [one for one in words.openings if one.language == language][:MOST_SHOWN]
        ]
        yield from _table(("Language", "Sentences that begin with", "Entries"), rows)

    def thin(self) -> Iterator[str]:
        counts = self.counts
        yield from ("## What is thin", "")
        for kind, plural in zip(GRID_KINDS, ("practices", "cases"), strict=True):
            weak = [f"{self.cell(cell)} ({counts.grid[kind][cell].total})" for cell in counts.weak_cells(kind)]
            yield from _listed(f"Cells with fewer than {FEW} {plural}", weak)
        thin = [f"`{name}` ({count})" for count in range(FEW_CASES) for name in counts.shown_by(count)]
        yield from _listed(f"Practices with fewer than {FEW_CASES} cases", thin)
        single = [self.label("countries", key) for key, count in counts.countries.items() if key and count == 1]
        yield from _listed("Countries with one case", single)
        rare = [f"{self.label('outcomes', key)} ({counts.outcomes[key]})" for key in counts.rare_outcomes]
        yield from _listed(f"Outcomes told by fewer than {RARE:.0%} of the cases", rare)
        for kind in counts.kinds:
            names = [f"`{name}`" for name in counts.one_source.get(kind, ())]
            yield from _listed(f"Entries with a single source, {self.label('kinds', kind).lower()}", names)
        for language, name in LANGUAGE_NAMES.items():
            yield from _listed(f"Entries in {name} only", [f"`{key}`" for key in counts.one_language.get(language, ())])


def _table(header: Sequence[str], rows: Iterable[Sequence[str | int]]) -> Iterator[str]:
    """Draw a table, then an empty line."""
    lines = [[str(cell).replace("|", "\\|") for cell in row] for row in rows]
    yield f"| {' | '.join(header)} |"
    yield f"|{'|'.join('---' for _ in header)}|"
    yield from (f"| {' | '.join(line)} |" for line in lines)
    yield ""


def _listed(heading: str, names: Sequence[str]) -> Iterator[str]:
    yield f"**{heading}: {len(names)}.** {', '.join(names)}".rstrip()
    yield ""
