"""Which column of a table holds what: by its map, by its name in French or in English, by likeness."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from rapidfuzz import fuzz

from ...entries import LANGUAGES
from ...text.analysis import fold
from ..parse_cache import Lines
from ..yaml_files import CorpusReader
from .map_faults import KEYS, map_faults
from .our_columns import COLUMNS, TEXT_FIELDS

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
    "aliases": "alias, anciens identifiants, former ids",
    "place": "lieu, ville, commune, city, town, municipality, localisation, location",
    "country": "pays",
    "lat": "latitude",
    "lon": "longitude, lng, long",
    "start": "début, date de début, date début, start date, date, année, year",
    "end": "fin, date de fin, date fin, end date",
    "outcome": "issue",
    "last_known": "dernier fait connu, dernières nouvelles, last known on, last heard of",
    "sources": "source, références, references",
    "source_urls": "source url, url, lien, liens, link, links, adresse web, site web, site internet, website",
    "source_publishers": "source publisher, éditeur de la source, éditeurs des sources",
    "source_titles": "source title, titre de la source, titres des sources",
    "source_read": "source read on, consultée le, consulté le, date de consultation, accessed on, date accessed",
    "source_copies": "source copy, copie de la source, copies des sources",
    "source_traits": "source trait, nature de la source, nature des sources",
    "translation": "traduction",
    "facets": "facettes",
}
"""Our name of a column to others it goes by, the likeliest first; accents, capitals and punctuation do not count."""

_WRAPPERS = frozenset({"fields", "properties", "attributes", "data", "record", "item", "node", "entry", "values"})
"""What an export puts around the names of a row."""

IN_ONE_LANGUAGE: Mapping[str, tuple[str, str]] = {
    f"{text}_{language}": (text, language) for text in TEXT_FIELDS for language in LANGUAGES
}
"""Our name of a column of texts in one language (``title_fr``) to the field and the language."""

READ_AS = frozenset({*COLUMNS, *IN_ONE_LANGUAGE})
"""Everything a column can be read as."""

_OF_SOURCES: Mapping[str, str] = {
    **dict.fromkeys(("url", "href", "link", "lien", "uri", "adresse", "address"), "source_urls"),
    **dict.fromkeys(("title", "titre", "name", "nom", "label", "libelle"), "sources"),
    **dict.fromkeys(("publisher", "editeur"), "source_publishers"),
}
"""What is told of each source, by the last part of a name that begins with that of the sources: ``sources.url``."""

_MARK = re.compile(
    r"(?<![^\W_])(?:(?:en|in|version)[ _])?"
    r"(?:(?P<fr>francaise?|french|fra|fre|fr|vf)|(?P<en>anglaise?|english|eng|en))(?![^\W_])"
)
"""What says in a name, folded, that a column is in one language: ``titre_fr``, ``Text (EN)``, ``Nom en anglais``."""

_NUMBER = re.compile(r" \(\d+\)\Z")
"""What is put after a name that is there already: ``Lien (2)``."""

_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")

_ENDS = frozenset({"rendered", "plain text", "text", "value", "values", "content", "raw"})
"""What an export puts after a name, around its value."""

ALIKE = 85
"""Likeness of two names, of 100, from which one is suggested."""


@dataclass(frozen=True)
class ColumnMap:
    """How a table's columns are to be read; see `search.library.tables.reading`.

    Attributes:
        columns: Their name to ours.
        values: Our name to the value of every row that has none.
        ignore: Their names that are passed over.
        facets: Their names that are filters of the library's own; those that look like it when None.
        skip_bad_rows: Rows that cannot be read are left out, whoever reads the table.
        file: That it was read from; None when it was not.
        lines: Line of each key of the file, as `CorpusReader.yaml` returns them.
    """

    columns: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Any] = field(default_factory=dict)
    ignore: frozenset[str] = frozenset()
    facets: tuple[str, ...] | None = None
    skip_bad_rows: bool = False
    file: Path | None = field(default=None, compare=False)
    lines: Lines = field(default_factory=dict, compare=False)

    def known(self, name: str) -> bool:
        """Say whether a text is the name of a column that can be read, or is to be passed over."""
        return our_name(name) is not None or self.mapped(name) is not None or self.ignored(name) or self.is_facet(name)

    def mapped(self, name: str) -> str | None:
        """Return our name of a column that the map names."""
        if name in self.columns:
            return self.columns[name]
        return next((ours for theirs, ours in self.columns.items() if plain_name(theirs) == plain_name(name)), None)

    def ignored(self, name: str) -> bool:
        """Say whether a column is to be passed over."""
        return name in self.ignore or plain_name(name) in {plain_name(one) for one in self.ignore}

    def is_facet(self, name: str) -> bool:
        """Say whether the map names a column as a filter of the library's own."""
        named = self.facets or ()
        return name in named or plain_name(name) in {plain_name(one) for one in named}


@dataclass(frozen=True)
class Column:
    """What a column of a table is read as.

    Attributes:
        name: As the table calls it.
        ours: What it is read as, one of READ_AS; empty when it is not read.
        how: By what that was seen: ``map``, ``name``, ``suggestion``, ``ignore``; ``spare`` when another column is
            read as the same, ``unknown`` when nothing is known of it.
        suggestion: What it may hold, to be confirmed; empty when it is read or nothing is near.
        facet: Its values are a filter of the library's own, whatever else it is read as.
    """

    name: str
    ours: str = ""
    how: str = "unknown"
    suggestion: str = ""
    facet: bool = False


def field_of(ours: str) -> str:
    """Return our name of a column whatever its language: ``title`` of ``title_fr``."""
    return IN_ONE_LANGUAGE.get(ours, (ours, ""))[0]


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
            ``title.rendered``); of one that is longer still, the end counts if it is our own name of a text, or
            degrees.
    """
    known = _known(name)
    return known[0] if known else None


@lru_cache(maxsize=10_000)
def _known(name: str) -> tuple[str, tuple[int, int]] | None:
    """Return our name of a column, and how unlikely it is that it means it: the smaller the likelier."""
    if found := _our_names().get(plain_name(name)):
        return found[0], (0, found[1])
    if marked := _in_one_language(name):
        return marked
    parts = [part for part in map(plain_name, name.split(".")) if part]
    depth = len(parts)
    while len(parts) > 1 and parts[-1] in _ENDS:
        parts.pop()
    while len(parts) > 1 and parts[0] in _WRAPPERS:
        parts.pop(0)
    if len(parts) == 1 and (found := _our_names().get(parts[0])):
        return found[0], (depth, found[1])
    if len(parts) == 2 and _our_names().get(parts[0], ("", 0))[0] in {"sources", "source_urls"}:
        return (_OF_SOURCES[parts[1]], (depth, 0)) if parts[1] in _OF_SOURCES else None
    end = _our_names().get(parts[-1], ("", 0))[0] if len(parts) > 1 else ""
    by_own_name = end in TEXT_FIELDS and plain_name(end) == parts[-1]
    return (end, (depth, 0)) if by_own_name or end in {"lat", "lon"} else None


def _in_one_language(name: str) -> tuple[str, tuple[int, int]] | None:
    """Return as `_known` what a column is that names its language; what is no text has none."""
    folded = fold(_CAMEL.sub(" ", name))
    languages = {language for found in _MARK.finditer(folded) for language in LANGUAGES if found[language]}
    rest = ".".join(part for part in _MARK.sub(" ", folded).split(".") if plain_name(part))
    if len(languages) != 1 or not (known := _known(rest)) or known[0] in {"id", "kind", "language"}:
        return None
    ours, (depth, place) = known
    return f"{ours}_{languages.pop()}" if ours in TEXT_FIELDS else ours, (depth + 1, place)


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
            again = our_name(_NUMBER.sub("", name)) if _NUMBER.search(name) else None
            spare = again is not None and again in taken
            near = again if again and spare else _nearest(name, taken)
            found[name] = Column(name, how="spare" if spare else "unknown", suggestion=near)
    return _in_other_language([found[name] for name in names])


def _in_other_language(columns: Sequence[Column]) -> tuple[Column, ...]:
    """Read a text whose name says no language as the one that is left: ``title`` beside ``title_fr`` is English.

    Where each row says its language that is what counts; beside columns for both languages it is not read, unless it is
    a title, which serves where the others are empty.
    """
    taken = {column.ours for column in columns}
    if "language" in taken:
        return tuple(columns)
    found = []
    for column in columns:
        left = [name for name, (text, _) in IN_ONE_LANGUAGE.items() if text == column.ours and name not in taken]
        both = column.ours == "title" and not left
        if column.how != "name" or column.ours not in TEXT_FIELDS or len(left) == len(LANGUAGES) or both:
            found.append(column)
        elif left:
            found.append(Column(column.name, left[0], "name"))
        else:
            found.append(Column(column.name, how="spare", suggestion=f"{column.ours}_{LANGUAGES[0]}"))
    return tuple(found)


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
    data, lines = _map_file(reader, path)
    for key in data:
        if key not in KEYS:
            left = isinstance(data[key], str) and data[key] in READ_AS
            reader.tell("map_left" if left else "map_key", path.name, lines.get((str(key),), 1), value=key)
    columns, values, ignore = data.get("columns") or {}, data.get("values") or {}, data.get("ignore") or []
    facets = data.get("facets") or []
    forms = (("columns", columns, dict), ("values", values, dict), ("ignore", ignore, list), ("facets", facets, list))
    for key, part, form in forms:
        if not isinstance(part, form):
            kind = "map_list" if form is list else "map_mapping"
            reader.tell(kind, path.name, lines.get((key,), 1), value=key)
            return ColumnMap()
    named = [(("columns", str(theirs)), ours) for theirs, ours in columns.items()]
    for keys, name in [*named, *((("values", str(ours)), ours) for ours in values)]:
        if not isinstance(name, str) or name not in READ_AS:
            expected = ", ".join(COLUMNS)
            reader.tell("map_name", path.name, lines.get(keys, 1), column=keys[0], value=name, expected=expected)
    theirs = {str(name): str(ours) for name, ours in columns.items()}
    for name, ours in theirs.items():
        if others := [repr(other) for other in theirs if other != name and theirs[other] == ours]:
            at, also = lines.get(("columns", name), 1), ", ".join(others)
            reader.tell("map_twice", path.name, at, column=name, value=ours, expected=also)
    skip = data.get("skip_bad_rows", False)
    if not isinstance(skip, bool):
        reader.tell("map_skip", path.name, lines.get(("skip_bad_rows",), 1), value=skip)
    chosen = tuple(map(str, facets)) if "facets" in data else None
    return ColumnMap(theirs, dict(values), frozenset(map(str, ignore)), chosen, skip is True, path, lines)


def _map_file(reader: CorpusReader, path: Path) -> tuple[dict[str, Any], Lines]:
    """Read the file of a column map; one that is no YAML is told line by line, as people change it."""
    trial = CorpusReader(path.parent)
    read = trial.yaml(path.name)
    for one in trial.problems:
        known = one.kind == "not_yaml"
        text = path.read_text(encoding="utf-8-sig") if known else ""
        reader.problems += map_faults(text, path.name, one.line) if known else [one]
    return read
