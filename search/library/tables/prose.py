"""Tell what somebody wrote to be read from what a program put there: moments, numbers, addresses, names of files."""

from __future__ import annotations

import re

from ...text.analysis import fold

LETTERS = 0.7
"""Share of a text's characters that are letters or spaces, from which on it is one."""

# fmt: off
WHO = frozenset({
    "porteur", "porteuse", "porteurs", "structure", "organisme", "organisation", "organization", "association",
    "responsable", "referent", "contact", "auteur", "autrice", "author", "owner", "lead", "assignee", "maitre",
    "partenaire", "partenaires", "partner", "partners", "adresse", "address", "associations", "organisations",
    "prenom", "prenoms", "surname", "firstname", "lastname", "email", "mail", "courriel", "mel", "telephone", "phone",
    "coordonnees", "interlocuteur", "interlocutrice", "referente", "president", "presidente", "coordinateur",
    "coordinatrice", "coordinator", "organisateur", "organisatrice", "organiser", "organizer", "demandeur", "applicant",
})
# fmt: on
"""Words, folded, in the names of columns that say who is behind something, or where to write to them."""

_NAME_OF_SOMEBODY = re.compile(
    r"\b(?:votre nom(?! d)|(?:your|first|last|full|family|given) name(?! of)|nom (?:complet|de famille|d usage))\b"
)
"""The same, of more words than one."""

_OF_SUBJECT = re.compile(r"\b(?:projet|project|action|initiative)s? (?:de|du|des|d|of|by|par)\b")
"""After it whose it is may be said of what is named: ``Nom du projet de l’association``."""

_GIVEN_NAME = re.compile(r"\b(?:prenoms?|firstname|forename|(?:first|given) name)\b")

_ADDRESS = re.compile(r"https?://|www\.|\S@\S", re.IGNORECASE)


def is_prose(text: str) -> bool:
    """Say whether a text is words, mostly."""
    letters = sum(character.isalpha() or character.isspace() for character in text)
    return bool(text) and letters >= LETTERS * len(text) and not _ADDRESS.search(text[:200])


def says_who(name: str) -> bool:
    """Say whether the name of a column is one of people or organisations."""
    said = _OF_SUBJECT.split(_plain(name), maxsplit=1)[0]
    return not WHO.isdisjoint(said.split()) or bool(_NAME_OF_SOMEBODY.search(said))


def names_given(name: str) -> bool:
    """Say whether the name of a column is one of given names."""
    return bool(_GIVEN_NAME.search(_plain(name)))


def _plain(name: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", fold(name)))
