"""Which column of a table holds what: by its map, by its name in French or in English, by likeness."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from rapidfuzz import fuzz

from ..text.analysis import fold
from .export import COLUMNS, TEXT_FIELDS
from .yaml_files import CorpusReader

NAMES: Mapping[str, str] = {
    "id": "identifiant, identifier, record id",
    "kind": "type de fiche, entry type",
    "language": "langue, lang",
    "title": "titre, intitulé, titre du projet, intitulé du projet, nom du projet, nom de l’initiative, project title, "
    "project name, name of the project, nom, name, libellé, dénomination, objet",
    "summary": "résumé, en bref, in short, chapô, accroche, abstract, description courte, short description, "
    "brief description",
    "description": "descriptif, présentation, description du projet, project description, description longue, "
    "long description, de quoi il s’agit, what it is, récit, texte, text, contenu, content, body, détails, details",
    "context": "contexte",
    "what_happened": "ce qui s’est passé, déroulement, story",
    "results": "résultats, résultat, result, bilan",
    "limits": "limites, limitations",
    "first_steps": "premiers pas, premières étapes",
    "for_citizens": "côté habitants, pour les habitants, pour les citoyens",
    "for_authorities": "côté pouvoirs publics, pour les pouvoirs publics, pour les autorités",
    "obstacles": "obstacle, freins, barriers",
    "signs_it_is_missing": "signes qu’elle manque",
    "how_to_join": "comment s’y joindre, comment participer",
    "phases": "phase",
    "conditions": "condition",
    "actors": "acteurs, acteur, actor",
    "related": "voir aussi, see also",
    "illustrates": "illustre",
    "place": "lieu, ville, commune, city, town, municipality, localisation, location",
    "country": "pays",
    "lat": "latitude",
    "lon": "longitude, lng, long",
    "start": "début, date de début, start date, date, année, year",
    "end": "fin, date de fin, end date",
    "outcome": "issue",
    "sources": "source, références, references",
    "source_urls": "source url, url, lien, liens, link, links, adresse web, site web, site internet, website",
    "translation": "traduction",
}
"""Our name of a column to others it goes by, the likeliest first; accents, capitals and punctuation do not count."""

_WRAPPERS = frozenset({"fields", "properties", "attributes", "data", "record", "item", "node", "entry", "values"})
"""What an export puts around the names of a row."""

_ENDS = frozenset({"rendered", "plain text", "text", "value", "values", "content", "raw"})
"""What an export puts after a name, around its value."""

ALIKE = 85
"""Likeness of two names, of 100, from which one is suggested."""


@dataclass(frozen=True)
class ColumnMap:
    """How a table's columns are to be read; see `search.library.tables`.

    Attributes:
        columns: Their name to ours.
        values: Our name to the value of every row that has none.
        ignore: Their names that are passed over.
        skip_bad_rows: Rows that cannot be read are left out, whoever reads the table.
    """

    columns: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Any] = field(default_factory=dict)
    ignore: frozenset[str] = frozenset()
    skip_bad_rows: bool = False

    def known(self, name: str) -> bool:
        """Say whether a text is the name of a column that can be read, or is to be passed over."""
        return our_name(name) is not None or self.mapped(name) is not None or self.ignored(name)

    def mapped(self, name: str) -> str | None:
        """Return our name of a column that the map names."""
        if name in self.columns:
            return self.columns[name]
        return next((ours for theirs, ours in self.columns.items() if plain_name(theirs) == plain_name(name)), None)

    def ignored(self, name: str) -> bool:
        """Say whether a column is to be passed over."""
        return name in self.ignore or plain_name(name) in {plain_name(one) for one in self.ignore}


@dataclass(frozen=True)
class Column:
    """What a column of a table is read as.

    Attributes:
        name: As the table calls it.
        ours: What it is read as, one of COLUMNS; empty when it is not read.
        how: By what that was seen: ``map``, ``name``, ``suggestion``, ``ignore``; ``spare`` when another column is
            read as the same, ``unknown`` when nothing is known of it.
        suggestion: What it may hold, to be confirmed; empty when it is read or nothing is near.
    """

    name: str
    ours: str = ""
    how: str = "unknown"
    suggestion: str = ""


def plain_name(name: str) -> str:
    """Return a name without accents, capitals and punctuation: ``source_urls`` and ``Source URLs`` are one."""
    return " ".join(re.findall(r"[^\W_]+", fold(name)))


@cache
def _our_names() -> dict[str, tuple[str, int]]:
    """Return each plain name to ours, and its place among the names of that column."""
    known: dict[str, tuple[str, int]] = {}
    for ours, others in NAMES.items():
        for place, name in enumerate([ours, *others.split(", ")]):
            known.setdefault(plain_name(name), (ours, place))
    return known


def our_name(name: str) -> str | None:
    """Return our name of a column, by any of NAMES; None when it has none.

    Args:
        name: As a table calls it. Of a path with dots what only wraps is left out (``fields.Titre``,
            ``title.rendered``); of one that is longer still, the end counts if it is our own name of a text.
    """
    known = _known(name)
    return known[0] if known else None


@lru_cache(maxsize=10_000)
def _known(name: str) -> tuple[str, tuple[int, int]] | None:
    """Return our name of a column, and how unlikely it is that it means it: the smaller the likelier."""
    if found := _our_names().get(plain_name(name)):
        return found[0], (0, found[1])
    parts = [part for part in map(plain_name, name.split(".")) if part]
    depth = len(parts)
    while len(parts) > 1 and parts[-1] in _ENDS:
        parts.pop()
    while len(parts) > 1 and parts[0] in _WRAPPERS:
        parts.pop(0)
    if len(parts) == 1 and (found := _our_names().get(parts[0])):
        return found[0], (depth, found[1])
    end = next((text for text in TEXT_FIELDS if parts and plain_name(text) == parts[-1]), None)
    return (end, (depth, 0)) if end and len(parts) > 1 else None


def _place(name: str) -> tuple[int, int]:
    found = _known(name)
    return found[1] if found else (0, 0)


def resolve(names: Sequence[str], columns: ColumnMap) -> tuple[Column, ...]:
    """Say what each column of a table is read as.

    Args:
        names: Of its columns.
        columns: What its map says.

    Returns:
        One for each name, in order. What the map says goes before names; of several columns that are called alike the
        one with the likelier name is read.
    """
    found = {name: Column(name, how="ignore") for name in names if columns.ignored(name)}
    for name in names:
        if name not in found and (ours := columns.mapped(name)):
            found[name] = Column(name, ours, "map")
    named = sorted((name for name in names if name not in found and our_name(name)), key=_place)
    taken = {column.ours for column in found.values()}
    for name in named:
        ours = str(our_name(name))
        found[name] = Column(name, how="spare", suggestion=ours) if ours in taken else Column(name, ours, "name")
        taken.add(ours)
    for name in names:
        if name not in found:
            found[name] = Column(name, suggestion=_nearest(name, taken))
    return tuple(found[name] for name in names)


def _nearest(name: str, taken: Iterable[str]) -> str:
    """Return our name of the column that a name is most like, if it is like any that is not taken."""
    plain = plain_name(name.rpartition(".")[2] or name)
    free = {known: ours for known, (ours, _) in _our_names().items() if ours not in set(taken)}
    likeness = {known: (_alike(plain, known), fuzz.ratio(plain, known)) for known in free}
    best = max(likeness, key=likeness.__getitem__, default=None)
    return free[best] if best is not None and likeness[best][0] >= ALIKE else ""


def _alike(name: str, known: str) -> float:
    """Compare two names: letter by letter, or word by word when the known one is no short word."""
    words = fuzz.token_set_ratio(name, known) if len(known) > 2 else 0.0
    return max(fuzz.ratio(name, known), words)


def read_columns(reader: CorpusReader, path: Path) -> ColumnMap:
    """Read a column map; the usual names when there is none. What is wrong with it is a problem of the reader."""
    if not path.exists():
        return ColumnMap()
    data, lines = reader.yaml(path.name)
    for key in data:
        if key not in {"columns", "values", "ignore", "skip_bad_rows"}:
            reader.tell("map_key", path.name, lines.get((str(key),), 1), value=key)
    columns, values, ignore = data.get("columns") or {}, data.get("values") or {}, data.get("ignore") or []
    for key, part, form in (("columns", columns, dict), ("values", values, dict), ("ignore", ignore, list)):
        if not isinstance(part, form):
            kind = "map_list" if form is list else "map_mapping"
            reader.tell(kind, path.name, lines.get((key,), 1), value=key)
            return ColumnMap()
    for key, name in [*(("columns", ours) for ours in columns.values()), *(("values", ours) for ours in values)]:
        if not isinstance(name, str) or name not in COLUMNS:
            expected = ", ".join(COLUMNS)
            reader.tell("map_name", path.name, lines.get((key,), 1), column=key, value=name, expected=expected)
    theirs = {str(name): str(ours) for name, ours in columns.items()}
    for name in {ours for ours in theirs.values() if list(theirs.values()).count(ours) > 1}:
        reader.tell("map_twice", path.name, lines.get(("columns",), 1), value=name)
    skip = data.get("skip_bad_rows", False)
    if not isinstance(skip, bool):
        reader.tell("map_skip", path.name, lines.get(("skip_bad_rows",), 1), value=skip)
    return ColumnMap(theirs, dict(values), frozenset(map(str, ignore)), skip is True)
