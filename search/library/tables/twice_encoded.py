"""Texts whose accents were encoded twice, ``CafÃ©`` for ``Café``: mended where that is certain, else told."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

from ..yaml_files import CorpusReader
from .cells import Linked
from .columns import ColumnMap
from .headers import Worksheet

ENCODINGS = ("cp1252", "mac_roman", "cp850")
"""What UTF-8 is taken for by mistake: by programs on Windows, on a Mac, and in a terminal of Windows."""

TIMES = 3
"""How often a text is mended at most: each program that it went through may have made the mistake again."""

_WORD = re.compile(r"\S*[^\x00-\x7f]\S*")
_MARKS = re.compile("Ã[\u00a0-\u00bf‰€Š‡ˆ´\u0153]|â€[™œ\u009d“”¦˜]|√[©®†ß§¥¢]|├[®¿á]")
"""Two signs that stand side by side in no text of a person: é, è, à, ê, ç, ’ encoded twice."""

_EXPECTED = re.compile(
    r"[\x00-\x7f\u00a0-\u017f\u2000-\u214f\u2190-\u21ff\u2500-\u27bf\ufe0f\ufeff\U0001f000-\U0001faff]*"
)
"""Characters of French and English texts, with those of their neighbours, punctuation, arrows and small pictures."""


def with_accents(sheet: Worksheet, columns: ColumnMap, path: Path, reader: CorpusReader) -> Worksheet:
    """Mend the texts of a table whose accents were encoded twice, with a note.

    Args:
        sheet: A table.
        columns: The map; the name of a column that it knows stays as it is.
        path: The file, for messages.
        reader: Remembers notes.

    Returns:
        The table, mended only if every character of it beyond ASCII can be read so. If only some can, the first of
        those texts is noted.
    """
    for _ in range(TIMES):
        found = next((one for one in (_mended(sheet, columns, encoding) for encoding in ENCODINGS) if one), None)
        if found is None:
            break
        if not any(note.kind == "twice_encoded" for note in reader.notes):
            before, after = (_first_word(one) for one in (sheet, found))
            reader.note("twice_encoded", path.name, value=before, expected=after)
        sheet = found
    for line, text in _texts(sheet):
        if not text.isascii() and _MARKS.search(text):
            word = next((one for one in _WORD.findall(text) if _MARKS.search(f"{one} ")), text)
            reader.note("twice_encoded_some", path.name, line, value=word)
            break
    return sheet


def _mended(sheet: Worksheet, columns: ColumnMap, encoding: str) -> Worksheet | None:
    """Read the bytes of each text anew; None when one of them cannot be read so, or none is beyond ASCII."""
    if all(text.isascii() for _, text in _texts(sheet)):
        return None
    read = partial(_read_anew, encoding=encoding)
    try:
        anew = {name: read(name) for name in sheet.names}
        named = {name: name if columns.known(name) else mended for name, mended in anew.items()}
        rows = [
            (line, {named.get(name, name): _each_text(cell, read) for name, cell in row.items()})
            for line, row in sheet.rows
        ]
    except ValueError:
        return None
    return dataclasses.replace(sheet, names=tuple(named.values()), rows=rows)


def _read_anew(text: str, encoding: str) -> str:
    """Read a text's bytes in an encoding as UTF-8.

    Raises:
        ValueError: They are no UTF-8, or what comes out is no French or English text.
    """
    if text.isascii():
        return text
    # a no-break space, the second byte of à, becomes a space where somebody tidies
    shown = text.replace("Ã ", "Ã\u00a0") if encoding == "cp1252" else text
    found = b"".join(_byte(character, encoding) for character in shown).decode()
    if not _EXPECTED.fullmatch(found):
        raise ValueError
    return found


def _byte(character: str, encoding: str) -> bytes:
    """Return the byte of a character; those that Windows-1252 has none for are kept as they are numbered."""
    return character.encode("latin-1") if "\x80" <= character <= "\x9f" else character.encode(encoding)


def _each_text(value: Any, change: Callable[[str], str]) -> Any:
    """Change each text that a cell holds."""
    if isinstance(value, Linked):
        return Linked(change(value), value.target)
    if isinstance(value, str):
        return change(value)
    if isinstance(value, list):
        return [_each_text(item, change) for item in value]
    if isinstance(value, dict):
        return {name: _each_text(item, change) for name, item in value.items()}
    return value


def _texts(sheet: Worksheet) -> Iterator[tuple[int, str]]:
    """Yield the texts of a table, each with its row: the names of the columns first."""
    yield from ((sheet.header, name) for name in sheet.names)
    for line, row in sheet.rows:
        for cell in row.values():
            yield from ((line, text) for text in _texts_in(cell))


def _texts_in(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, (list, dict)):
        for item in value.values() if isinstance(value, dict) else value:
            yield from _texts_in(item)


def _first_word(sheet: Worksheet) -> str:
    """Return the first word of a table with a character beyond ASCII."""
    return next((found[0] for _, text in _texts(sheet) if (found := _WORD.search(text))), "")
