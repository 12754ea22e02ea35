"""Several libraries as one: each entry says which it is from; ids and labels that meet are told, none is lost."""

from __future__ import annotations

import dataclasses
import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ..entries import LANGUAGES, Entry, Vocabulary
from ..errors import Problem
from ..locations import SHIPPED, default_corpus
from .aliases import aliases_of, current_grades, current_ids, every_id, with_current_links
from .corpus import read_corpus
from .judged_queries import JudgedQuery
from .parse_cache import Lines, ParseCache
from .problems import problem_of
from .reader import Library, kinds_of_folder
from .training_queries import TrainingQuery
from .unfinished import without_links

SHIPPED_LABEL = "Passerelle"
"""What a person reads for the shipped library."""


@dataclass(frozen=True)
class Joined:
    """Several libraries as one.

    Attributes:
        library: All entries, each with the name of its library; the closed lists together, and ``libraries`` as one of
            them.
        names: Of the libraries, in order.
        renamed: For each library, the ids that are other ones here, each with what it is here; its old ids too.
        met: Notes on ids and labels that met; the library has them too.
    """

    library: Library
    names: tuple[str, ...]
    renamed: tuple[Mapping[str, str], ...]
    met: tuple[Problem, ...]


def in_order(corpora: Iterable[Path]) -> tuple[Path, ...]:
    """Return each of some corpora once, the shipped one first: what it calls its entries is what others refer to."""
    each = {os.path.realpath(corpus): corpus for corpus in reversed(list(corpora))}
    given = list(reversed(each.values()))
    return tuple(sorted(given, key=lambda corpus: not _is_shipped(corpus)))


def library_names(corpora: Sequence[Path]) -> tuple[str, ...]:
    """Name libraries by their files or folders, each otherwise; the shipped one is SHIPPED."""
    names: list[str] = []
    for corpus in corpora:
        stem = re.sub(r"[^\w.-]+", "-", called(corpus)).strip("-") or "library"
        name, n = SHIPPED if _is_shipped(corpus) else stem, 2
        while name in names or (name == SHIPPED and not _is_shipped(corpus)):
            name, n = f"{stem}-{n}", n + 1
        names.append(name)
    return tuple(names)


def called(corpus: Path) -> str:
    """Return what a corpus is called where people read it."""
    where = Path(os.path.realpath(corpus))
    return SHIPPED_LABEL if _is_shipped(corpus) else where.stem if where.is_file() else where.name


def _is_shipped(corpus: Path) -> bool:
    return os.path.realpath(corpus) == os.path.realpath(default_corpus())


# ---- Reading -------------------------------------------------------------------------------------------------


def read_libraries(
    corpora: Sequence[Path], cache: ParseCache | None = None, *, skip_bad_rows: bool = False
) -> tuple[Library, ...]:
    """Read libraries, each of which may link to entries of the others.

    Args:
        corpora: Corpus folders or tables.
        cache: Files already parsed; receives the others.
        skip_bad_rows: Leave out the rows of tables that cannot be read.

    Raises:
        CorpusError: One of them has problems.
    """
    if len(corpora) == 1:
        return (read_corpus(corpora[0], cache, skip_bad_rows=skip_bad_rows),)
    kinds = [_kinds(corpus, cache, skip_bad_rows=skip_bad_rows) for corpus in corpora]
    libraries = [
        read_corpus(corpus, cache, skip_bad_rows=skip_bad_rows, others=_together(kinds[:n] + kinds[n + 1 :]))
        for n, corpus in enumerate(corpora)
    ]
    gone = set[str]().union(*kinds) - every_id(entry for library in libraries for entry in library.entries)
    return tuple(without_links(library, gone) for library in libraries)


def _kinds(corpus: Path, cache: ParseCache | None, *, skip_bad_rows: bool) -> dict[str, str]:
    """Return the kind of every entry of a corpus, by its id and its old ones."""
    if corpus.is_dir():
        return kinds_of_folder(corpus, cache)
    entries = read_corpus(corpus, skip_bad_rows=skip_bad_rows).entries
    return {name: entry.kind for entry in entries for name in (*entry.aliases, entry.id)}


def _together(kinds: Sequence[Mapping[str, str]]) -> dict[str, str]:
    """Put ids together; of two that are the same the first counts."""
    return {name: kind for some in reversed(kinds) for name, kind in some.items()}


# ---- Joining -------------------------------------------------------------------------------------------------


def join(libraries: Sequence[Library]) -> Joined:
    """Make one library of several; of an id or a label that two have the first keeps it.

    Args:
        libraries: In order; at least one.

    Returns:
        The library, with a note on every id that is another one now and every label that is another library's.
    """
    names = library_names([library.path for library in libraries])
    renamed = _new_ids(libraries, names)
    vocabulary, label_notes = _join_vocabularies(libraries)
    labels = {name: dict.fromkeys(LANGUAGES, called(one.path)) for name, one in zip(names, libraries, strict=True)}
    entries: dict[str, Entry] = {}
    lines: dict[str, Lines] = {}
    for library, name, ids in zip(libraries, names, renamed, strict=True):
        entries |= {one.id: one for one in (_moved(entry, name, ids) for entry in library.entries)}
        lines |= {ids.get(one, one): found for one, found in library.lines.items()}
    met = (*_id_notes(libraries, names, renamed), *label_notes)
    joined = Library(
        entries=with_current_links(entries[one] for one in sorted(entries)),
        vocabulary=Vocabulary({**vocabulary.lists, "libraries": labels, "last_known": _years(entries.values())}),
        path=libraries[0].path,
        lines=lines,
        notes=(*(note for library in libraries for note in library.notes), *met),
        skipped=tuple(one for library in libraries for one in library.skipped),
    )
    return Joined(joined, names, tuple(map(_with_aliases, libraries, renamed)), met)


def _with_aliases(library: Library, ids: Mapping[str, str]) -> dict[str, str]:
    """Add the old ids of a library to those that are other ones now."""
    return {**{old: ids.get(one, one) for old, one in aliases_of(library.entries).items()}, **ids}


def _years(entries: Iterable[Entry]) -> dict[str, dict[str, str]]:
    """List the years in which cases were last known, newest first."""
    years = {entry.last_known[:4] for entry in entries if entry.last_known}
    return {year: dict.fromkeys(LANGUAGES, year) for year in sorted(years, reverse=True)}


def _new_ids(libraries: Sequence[Library], names: Sequence[str]) -> tuple[dict[str, str], ...]:
    """Give each id that a library before has already the name of its own library in front."""
    every = {entry.id for library in libraries for entry in library.entries}
    taken: set[str] = set()
    found = []
    for library, name in zip(libraries, names, strict=True):
        ids = [entry.id for entry in library.entries]
        renamed: dict[str, str] = {}
        for one in ids:
            if one in taken:
                renamed[one] = _free(f"{name}-{one}", every)
                every.add(renamed[one])
        taken |= set(ids)
        found.append(renamed)
    return tuple(found)


def _free(name: str, every: set[str]) -> str:
    """Return a name, with a number behind it when it is taken."""
    free, n = name, 2
    while free in every:
        free, n = f"{name}-{n}", n + 1
    return free


def _moved(entry: Entry, library: str, ids: Mapping[str, str]) -> Entry:
    """Return an entry as it is among several libraries; a link means one's own entry before that of another."""
    return dataclasses.replace(
        entry,
        id=ids.get(entry.id, entry.id),
        related=tuple(ids.get(one, one) for one in entry.related),
        illustrates=tuple(ids.get(one, one) for one in entry.illustrates),
        library=library,
    )


def _id_notes(
    libraries: Sequence[Library], names: Sequence[str], renamed: Sequence[Mapping[str, str]]
) -> Iterator[Problem]:
    """Tell which ids met."""
    owner: dict[str, str] = {}
    for library, name, ids in zip(libraries, names, renamed, strict=True):
        for old, new in ids.items():
            line = library.lines.get(old, {}).get(("id",), 0)
            file = library.path.name
            yield problem_of("id_meets", file, line, column=owner[old], value=old, expected=new, warning=True)
        owner = {entry.id: name for entry in library.entries} | owner


def _join_vocabularies(libraries: Sequence[Library]) -> tuple[Vocabulary, list[Problem]]:
    """Put the closed lists together, in order, and tell which labels differ."""
    lists: dict[str, dict[str, Mapping[str, str]]] = {}
    notes = []
    for library in libraries:
        for name, keys in library.vocabulary.lists.items():
            known = lists.setdefault(name, {})
            for key, labels in keys.items():
                if known.setdefault(key, labels) != labels:
                    kept = known[key].get(LANGUAGES[0], key)
                    notes.append(
                        problem_of(
                            "label_differs", library.path.name, column=name, value=key, expected=kept, warning=True
                        )
                    )
    return Vocabulary(lists), notes


# ---- Queries -------------------------------------------------------------------------------------------------


def renamed_training(queries: Iterable[TrainingQuery], ids: Mapping[str, str]) -> tuple[TrainingQuery, ...]:
    """Return the training queries of a library with the ids its entries have among several."""
    return tuple(dataclasses.replace(one, entries=current_ids(one.entries, ids)) for one in queries)


def renamed_judged(queries: Iterable[JudgedQuery], ids: Mapping[str, str]) -> tuple[JudgedQuery, ...]:
    """Return the judged queries of a library with the ids its entries have among several."""
    return tuple(dataclasses.replace(one, judgements=current_grades(one.judgements, ids)) for one in queries)
