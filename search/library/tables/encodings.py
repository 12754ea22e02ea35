"""How the text of a table is encoded, as spreadsheets save it."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from pathlib import Path

from ..yaml_files import CorpusReader

WINDOWS = "cp1252"
"""What a spreadsheet on Windows saves as when it says “CSV”."""

MAC = "mac_roman"
"""What Excel on a Mac saves as when it says “CSV (Macintosh)”."""

SAMPLE = 100_000
"""Characters by which an encoding, or a delimiter, is chosen."""

ENCODING_NAMES = {
    "utf-8-sig": "UTF-8",
    "utf-16": "UTF-16",
    "utf-16-le": "UTF-16",
    "utf-16-be": "UTF-16",
    WINDOWS: "Windows-1252",
    MAC: "Mac Roman",
}
"""Encoding to what a person calls it."""

_ACCENTED = frozenset("éèêëàâçîïôöùûüÉÈÀÇŒœ’«»")  # what French and English texts have beyond ASCII


def encoding_of(path: Path) -> str:
    """Say how a text file is encoded: UTF-8, UTF-16 by its mark or its zeros, else Windows-1252 or Mac Roman."""
    with path.open("rb") as file:
        start = file.read(4_096)
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if start.count(0) > len(start) // 4:
        return "utf-16-le" if start[1::2].count(0) >= start[::2].count(0) else "utf-16-be"
    return max((WINDOWS, MAC), key=lambda name: _accented(path, name)) if _broken(path) else "utf-8-sig"


def _accented(path: Path, encoding: str) -> int:
    """Count the letters of French in the beginning of a file, read in an encoding."""
    with path.open(encoding=encoding, errors="replace", newline="") as file:
        return sum(character in _ACCENTED for character in file.read(SAMPLE))


def _broken(path: Path) -> bool:
    """Say whether a file has more bytes that are no UTF-8 than characters beyond ASCII that are."""
    bad, good = _counts(path)
    return bad > good


def _counts(path: Path) -> tuple[int, int]:
    """Count the places of a file that are no UTF-8, and its characters beyond ASCII."""
    bad = other = 0
    for block in _blocks(path):
        bad += block.count("\ufffd")
        other += sum(character > "\x7f" for character in block)
    return bad, other - bad


def _blocks(path: Path) -> Iterator[str]:
    """Yield a file read as UTF-8 in blocks, those with a character beyond ASCII."""
    with path.open(encoding="utf-8-sig", errors="replace", newline="") as file:
        while block := file.read(1 << 20):
            if not block.isascii():
                yield block


def told_encoding(path: Path, reader: CorpusReader) -> str:
    """Say how a file is encoded, with a note when it is not UTF-8 from end to end.

    Args:
        path: The file.
        reader: Remembers the note.
    """
    encoding = encoding_of(path)
    if ENCODING_NAMES[encoding] != "UTF-8":
        reader.note("encoding", path.name, value=ENCODING_NAMES[encoding])
    elif _counts(path)[0]:
        reader.note("bad_bytes", path.name)
    return encoding
