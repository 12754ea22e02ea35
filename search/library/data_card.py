"""The data card of an export: what it holds, where it comes from, and what its limits are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from .glossary import read_glossary
from .last_known import CURRENT_YEARS
from .reader import Library
from .tables.our_columns import COLUMNS

NAME = "passerelle"
"""Stem of the exported files."""

WESTERN_EUROPE = frozenset(
    {
        "austria",
        "belgium",
        "france",
        "germany",
        "ireland",
        "luxembourg",
        "netherlands",
        "switzerland",
        "united-kingdom",
    }
)
"""Countries the card counts together, to say how much of the library they are."""


HEAD = """\
# Passerelle library

Practices, conditions, cases and resources of collaboration between citizen initiatives and public authorities, in
French and in English.

**Licence**: [CC BY 4.0](https://creativecommons.org/licenses/by/4.0/). Share and adapt it for any purpose; give credit
(“Passerelle library, CC BY 4.0”), keep a link to the licence and say what you changed. The sources each entry names
keep their own terms.
"""


OWN_HEAD = """\
# A library, from {file}

Its licence is that of the table it was made from.
"""


CARD = """\
{head}
## What it holds

{entries} entries, {rows} rows: one row per entry and language. {both} entries are in both languages, {french} in French
only, {english} in English only.

| Kind | Entries |
|---|---|
{kinds}

| File | What it is |
|---|---|
| `{name}.jsonl` | UTF-8, one JSON object a line; lists are lists, what is absent is null |
| `{name}.csv` | UTF-8 with a byte-order mark (`utf-8-sig`) and a header; list items are joined by line breaks |
| `{name}.vocabulary.yaml` | the closed lists, with their labels in French and in English |
{glossary}
In the CSV whatever a spreadsheet could run (`=`, `+`, `-`, `@` and their wide forms at the beginning of a text, or
inside it after a semicolon, a comma, a tab or a line end, also behind characters that are not seen) has an apostrophe
before it; numbers are left as they are. `passerelle build --corpus` takes these apostrophes away again.

{more}
## Fields

| Field | What it holds |
|---|---|
{columns}
"""


GLOSSARY_ROW = (
    "| `{name}.glossary.yaml` | words known in one country only, each explained in one line of each language |\n"
)


HOW_WRITTEN = """
## How it was written

- From {sources} cited sources, in our own words: facts carry over from a source, sentences do not.
- Every name, date and number of a case or a resource is in one of its sources; what is a reading is told as a reading
  (“One reading is…”).
- The advice of a practice is the library’s own, drawn from the cases that show it.
- Each entry was read twice: when it was written, and again line by line against the facts noted from its sources.
- `phases` and `conditions` say how sure they are: *stated* by the sources, or *inferred* by the editors.
- One language was written first; `translation` says which, and how the other was made.

## Limits

- **Where**: Western Europe is over-represented, with {western} of {cases} cases, {belgian} of them in Belgium. By
  country: {countries}.
- **Outcome**: {outcomes}. *Ongoing* means that a fact of the {current_years} years before the sources were read says
  so; *unknown* that none tells what became of a case. `last_known` is when each was last heard of.
- **Places**: coordinates are approximate; {unplaced} cases have none.
- **Time**: the sources were read in {read}; what has happened since is not told.
- **Basis**: {inferred} of the {marks} phases and conditions given to entries are inferred, not stated.
- Being in the library recommends nothing and nobody.
"""
"""What the card of a folder says besides; of a table nobody knows how it was written, nor its licence."""


MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def data_card(library: Library) -> str:
    """Say what the export holds, where it comes from and what its limits are (Markdown, in English)."""
    entries, vocabulary, own = library.entries, library.vocabulary, library.path.is_file()
    kinds, languages = Counter(entry.kind for entry in entries), Counter(entry.languages for entry in entries)
    labels = {kind: vocabulary.label("kinds", kind, "en") for kind in vocabulary.keys("kinds")}
    return CARD.format(
        head=OWN_HEAD.format(file=library.path.name) if own else HEAD,
        name=NAME,
        entries=len(entries),
        rows=sum(len(entry.languages) for entry in entries),
        both=languages["fr", "en"],
        french=languages["fr",],
        english=languages["en",],
        kinds="\n".join(f"| {label} | {kinds[kind]} |" for kind, label in labels.items()),
        glossary=GLOSSARY_ROW.format(name=NAME) if read_glossary(library.path).words else "",
        more="" if own else _how_written(library),
        columns="\n".join(f"| `{column}` | {what} |" for column, what in COLUMNS.items()),
    )


def _how_written(library: Library) -> str:
    """Say how the entries of a folder were written, and what their limits are."""
    entries = library.entries
    cases = [entry for entry in entries if entry.kind == "case"]
    sources = {source.key: source for entry in entries for source in entry.sources}
    bases = [basis for entry in entries for marks in (entry.phases, entry.conditions) for basis in marks.values()]
    return HOW_WRITTEN.format(
        sources=len(sources),
        cases=len(cases),
        western=sum(entry.country in WESTERN_EUROPE for entry in cases),
        belgian=sum(entry.country == "belgium" for entry in cases),
        countries=_counts((entry.country for entry in cases), library, "countries"),
        outcomes=_counts((entry.outcome for entry in cases), library, "outcomes"),
        current_years=CURRENT_YEARS,
        unplaced=sum(entry.lat is None or entry.lon is None for entry in cases),
        read=_months(source.read for source in sources.values()),
        inferred=bases.count("inferred"),
        marks=len(bases),
    )


def _counts(keys: Iterable[str | None], library: Library, closed: str) -> str:
    """Return counts as words, most first then by key: ``Belgium 12, France 3``."""
    counts = sorted(Counter(keys).items(), key=lambda item: (-item[1], item[0] or ""))
    labels = {key: library.vocabulary.label(closed, key, "en") if key else "not given" for key, _ in counts}
    return ", ".join(f"{labels[key]} {count}" for key, count in counts)


def _months(read: Iterable[str]) -> str:
    """Return the first and last month of ``YYYY-MM`` texts in words."""
    months = sorted({month[:7] for month in read})
    words = [f"{MONTHS[int(month[5:7]) - 1]} {month[:4]}" for month in dict.fromkeys((months[0], months[-1]))]
    return " to ".join(words)
