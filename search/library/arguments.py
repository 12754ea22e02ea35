"""What is typed after a command, read: paths, libraries, counts and ports, each refused in a sentence."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from pathlib import Path

from ..locations import corpus_named
from ..text.language import system_language

MESSAGES: Mapping[str, tuple[str, str]] = {
    "path": ("donnez un nom de fichier ou de dossier (rien n’est écrit)", "give the name of a file or folder (got '')"),
    "count": ("doit être un nombre entier, 1 ou plus ({found!r})", "must be a whole number, 1 or more (got {found!r})"),
    "port": (
        "doit être un nombre entier de 1 à {most} ({found!r})",
        "must be a whole number from 1 to {most} (got {found!r})",
    ),
}
"""Why something that is typed cannot be, in French and in English."""

LAST_PORT = 65_535


def path_typed(text: str) -> Path:
    """Read a path; an empty text is none, and does not mean the folder one is in.

    Raises:
        ArgumentTypeError: The text is empty, in the language of this computer.
    """
    if not text.strip():
        raise _refused("path")
    return Path(text)


def corpus_typed(text: str) -> Path:
    """Read where a corpus is: a path, or what an index calls the shipped one.

    Raises:
        ArgumentTypeError: The text is empty, in the language of this computer.
    """
    return corpus_named(str(path_typed(text)))


def positive(text: str) -> int:
    """Read a whole number, 1 or more.

    Raises:
        ArgumentTypeError: It is none, in the language of this computer.
    """
    if not text.isdecimal() or int(text) < 1:
        raise _refused("count", found=text)
    return int(text)


def port_typed(text: str) -> int:
    """Read a port of a computer.

    Raises:
        ArgumentTypeError: It is no whole number from 1 to LAST_PORT, in the language of this computer.
    """
    if not text.isdecimal() or not 1 <= int(text) <= LAST_PORT:
        raise _refused("port", found=text, most=LAST_PORT)
    return int(text)


def _refused(name: str, **fields: object) -> argparse.ArgumentTypeError:
    """Make the error of something that cannot be, in the language of this computer."""
    said = MESSAGES[name][0 if system_language() == "fr" else 1]
    return argparse.ArgumentTypeError(said.format_map(fields))
