"""Cells of a CSV that no spreadsheet runs as a formula, however the file is read; and their texts back again."""

from __future__ import annotations

import re
import unicodedata

_SIGNS = "=+-@\N{MINUS SIGN}"

RISKY = (*_SIGNS, *"＝＋－＠﹦﹢﹣﹫", "\t", "\r", "\n")
"""What a text that a spreadsheet may run as a formula begins with: signs, their wide and small forms, tab, line ends.

Source:
    OWASP, CSV Injection, https://owasp.org/www-community/attacks/CSV_Injection
"""

_BEGINS = re.compile(r"\A|(?<=[;,\t\r\n])")
"""Where a cell begins: the text, and what comes after a character that ends cells in a file read otherwise."""

_FILLERS = "\u115f\u1160\u3164\uffa0"
"""Letters of Korean that show nothing."""


def guarded(text: str) -> str:
    """Put an apostrophe before whatever a spreadsheet may run, also behind characters that are not seen.

    A file with commas that is read with semicolons, or the other way round, is cut inside its texts, and at their line
    ends: what begins there is guarded too. What looks guarded already gets one more, so that `unguarded` gives back
    the text that was.
    """
    return "'".join(_cut(text, [start for start in _starts(text) if _may_run(text, start)]))


def unguarded(text: str) -> str:
    """Give back the text that was guarded."""
    starts = [start for start in _starts(text) if text.startswith("'", start) and _may_run(text, start, after=1)]
    if not starts:
        return text
    first, *others = _cut(text, starts)
    return first + "".join(part[1:] for part in others)


def _starts(text: str) -> list[int]:
    return [found.start() for found in _BEGINS.finditer(text)]


def _cut(text: str, places: list[int]) -> list[str]:
    """Cut a text at some places, in order."""
    return [text[start:end] for start, end in zip([0, *places], [*places, len(text)], strict=True)]


def _may_run(text: str, start: int, after: int = 0) -> bool:
    """Say whether a cell may be run: it has a sign, behind quotation marks and what is not seen.

    Args:
        text: The text it is in.
        start: Where it begins; at the beginning of the text a tab or a line end counts as well.
        after: Characters of it that are left out.
    """
    if start == 0 and text[after:].lstrip("'").startswith(("\t", "\r", "\n")):
        return True
    for place in range(start + after, len(text)):
        if unicodedata.normalize("NFKC", text[place])[:1] in _SIGNS:
            return True
        if text[place] in "\t\r\n" or not _is_passed_over(text[place]):
            return False
    return False


def _is_passed_over(character: str) -> bool:
    """Say whether a character is a quotation mark, a space, or shows nothing."""
    kind = unicodedata.category(character)
    return character in f"'\"{_FILLERS}" or kind[0] in "ZC" or kind in {"Mn", "Me"}
