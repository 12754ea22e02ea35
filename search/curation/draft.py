"""A new entry written in a form: its values in, the text of a valid file out."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from ..entries import FIELDS, LIST_FIELDS
from ..errors import CorpusError, Problem
from ..library.reader import FOLDER_OF, Library, read_entry
from ..library.schema import ONE_LANGUAGE
from .lint import check_library
from .templates import ID

WIDTH = 110


class _Dumper(yaml.SafeDumper):
    """Writes as the corpus is written: long texts folded, items indented."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=">" if len(text) > WIDTH // 2 else None)


_Dumper.add_representer(str, _text)


def draft(
    library: Library,
    *,
    kind: str,
    name: str,
    texts: Mapping[str, Mapping[str, str]],
    phases: Sequence[str] = (),
    conditions: Sequence[str] = (),
    actors: Sequence[str] = (),
    sources: Sequence[str] = (),
    **facts: Any,
) -> str:
    """Write the file of a new entry.

    Args:
        library: The entry is to join it.
        kind: One of FIELDS.
        name: Its id.
        texts: Language to field to text; the items of a list field are lines of one text.
        phases: Marked as inferred: the editors say which ones a source states.
        conditions: The same.
        actors: Who is concerned.
        sources: Keys of sources.yaml.
        facts: What only some kinds have: ``place``, ``country``, ``lat``, ``lon``, ``start``, ``end``, ``outcome``,
            ``illustrates``.

    Returns:
        YAML that the reader accepts.

    Raises:
        CorpusError: Something is missing or wrong; everything is listed.
    """
    _check_id(library, name)
    marks = {"phases": dict.fromkeys(phases, "inferred"), "conditions": dict.fromkeys(conditions, "inferred")}
    links = {"actors": list(actors), "related": [], **facts, "sources": list(sources)}
    data = {"id": name, "kind": kind, **marks, **links, **_languages(kind, texts)}
    text = yaml.dump(data, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=WIDTH)
    _check_file(library, text, kind=kind, name=name)
    return text


def _check_id(library: Library, name: str) -> None:
    """Refuse an id that is not one, or is taken."""
    if not ID.fullmatch(name):
        message = "is not an id: lower-case words joined by hyphens, like my-town-pool"
        raise CorpusError([Problem(name or "id", 0, message)])
    if any(entry.id == name for entry in library.entries):
        raise CorpusError([Problem(name, 0, "is there already: choose another id")])


def _languages(kind: str, texts: Mapping[str, Mapping[str, str]]) -> dict[str, Any]:
    """Return the texts of the languages that have any, and which was written first."""
    used = [language for language, fields in texts.items() if any(text.strip() for text in fields.values())]
    translation = {"first": (used or ["fr"])[0], "other": "adapted" if len(used) > 1 else ONE_LANGUAGE}
    return {"translation": translation, **{language: _fields(kind, texts[language]) for language in used}}


def _check_file(library: Library, text: str, *, kind: str, name: str) -> None:
    """Read the text as the corpus would be read, and look at its writing."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / file_of(kind, name)
        file.parent.mkdir()
        file.write_text(text, encoding="utf-8")
        findings = check_library(read_entry(Path(folder), kind=kind, name=name, library=library))
    if findings:
        raise CorpusError(findings)


def _fields(kind: str, texts: Mapping[str, str]) -> dict[str, Any]:
    """Put the texts of one language in reading order; lines of a list field become its items."""
    fields: dict[str, Any] = {}
    for field in FIELDS[kind]:
        text = texts.get(field, "").strip()
        items = [line.strip() for line in text.splitlines() if line.strip()]
        fields[field] = items if field in LIST_FIELDS else " ".join(items)
    return fields


def file_of(kind: str, name: str) -> str:
    """Return where a draft belongs in the corpus folder."""
    return f"{FOLDER_OF[kind]}/{name}.yaml"
