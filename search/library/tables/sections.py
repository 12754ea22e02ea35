"""Rows of a table that look like no entry: the heading of the rows below, a total, a line about the table."""

from __future__ import annotations

import re

_HEADING = re.compile(
    r"(?:sous-?)?tota(?:l|ux)\b|subtotal\b|grand total\b"
    r"|(?:axe|partie|chapitre|section|volet|part|chapter|axis)\s+\w{1,4}\s*(?:[:.–—-]|$)"
    r"|(?:sources?|notes?|nb|légende|lecture|champ)\s*:",
    re.IGNORECASE,
)


def looks_like_section(title: str) -> bool:
    """Say whether a title, of a row without any text, is that of a part of a table or of its total.

    It begins as such (``Axe 2 : …``, ``Total``, ``Source : …``), or is in capitals and of two words or more.
    """
    return bool(_HEADING.match(title.strip())) or (title.isupper() and len(title.split()) > 1)
