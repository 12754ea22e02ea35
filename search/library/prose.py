"""Tell what somebody wrote to be read from what a program put there: moments, numbers, addresses, names of files."""

from __future__ import annotations

import re

from ..text.analysis import fold

LETTERS = 0.7
"""Share of a text's characters that are letters or spaces, from which on it is one."""

# fmt: off
WHO = frozenset({
    "porteur", "porteuse", "porteurs", "structure", "organisme", "organisation", "organization", "association",
    "responsable", "referent", "contact", "auteur", "autrice", "author", "owner", "lead", "assignee", "maitre",
    "partenaire", "partenaires", "partner", "partners", "adresse", "address",
})
# fmt: on
"""Words, folded, in the names of columns that say who is behind something, or where to write to them."""

_ADDRESS = re.compile(r"https?://|www\.|\S@\S", re.IGNORECASE)


def is_prose(text: str) -> bool:
    """Say whether a text is words, mostly."""
    letters = sum(character.isalpha() or character.isspace() for character in text)
    return bool(text) and letters >= LETTERS * len(text) and not _ADDRESS.search(text[:200])


def says_who(name: str) -> bool:
    """Say whether the name of a column is one of people or organisations."""
    return not WHO.isdisjoint(re.findall(r"[^\W_]+", fold(name)))
