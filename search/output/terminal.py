"""The terminal a command speaks to: what it cannot show is replaced, and what other packages say is kept short."""

from __future__ import annotations

import codecs
import io
import json
import logging
import os
import sys
from pathlib import Path
from typing import TextIO

JSON_ESCAPES = "passerelle-json"
"""Name of what writes a character that cannot be encoded as JSON does (``\\u2026``)."""

SHOWN = "passerelle-shown"
"""Name of what replaces a character that cannot be shown."""

BYTES = range(0xDC80, 0xDD00)
"""What Python makes of the bytes of a file's name that are no characters (PEP 383)."""

POOL = "psycopg.pool"
"""Name by which the connections to a database log; they try several times."""


def ready_outputs() -> None:
    """Give each output that was closed a place nobody reads, and have what an output cannot show replaced.

    A character becomes ``?``; a byte of a file's name that is no character is told by its number (in hexadecimal).
    """
    codecs.register_error(SHOWN, _shown)
    sys.stdout, sys.stderr = (one or _nowhere() for one in (sys.stdout, sys.stderr))
    for one in (sys.stdout, sys.stderr):
        if isinstance(one, io.TextIOWrapper) and one.errors in ("strict", "surrogateescape"):  # else one's own wish
            one.reconfigure(errors=SHOWN)


def ready_for_json() -> None:
    """Have JSON written in UTF-8, which programs read it as, or else in ASCII with escapes: nothing of it is lost."""
    codecs.register_error(JSON_ESCAPES, _escaped)
    if isinstance(sys.stdout, io.TextIOWrapper):
        is_utf8 = codecs.lookup(sys.stdout.encoding).name == "utf-8"
        sys.stdout.reconfigure(encoding="utf-8" if is_utf8 else "ascii", errors=JSON_ESCAPES)


def _nowhere() -> TextIO:
    """Open what takes the first place that is free: that of a closed output, before a file of the index takes it."""
    return Path(os.devnull).open("w", encoding="utf-8")


def _shown(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    signs = error.object[error.start : error.end]
    return "".join(f"\\x{ord(one) - 0xDC00:02x}" if ord(one) in BYTES else "?" for one in signs), error.end


def _escaped(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return "".join(json.dumps(one)[1:-1] for one in error.object[error.start : error.end]), error.end


def quiet_packages() -> None:
    """Have other packages say a thing once, and nothing of what they try again: a sentence tells what goes wrong."""
    os.environ.setdefault("HF_HUB_VERBOSITY", "error")  # read when the package is imported, which is later
    if not sys.stderr.isatty():
        os.environ["HF_HUB_DISABLE_PROGRESS_BARS"] = "1"  # of loading the encoder, too
    logging.getLogger(POOL).addFilter(_Once())


class _Once(logging.Filter):
    """Lets each message through once."""

    def __init__(self) -> None:
        super().__init__()
        self._said: set[str] = set()

    def filter(self, record: logging.LogRecord) -> bool:
        said = record.getMessage()
        new = said not in self._said
        self._said.add(said)
        return new
