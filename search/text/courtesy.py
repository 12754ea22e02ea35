"""The greetings and thanks around what a person tells: they say nothing of it."""

from __future__ import annotations

import re
from functools import lru_cache

from .analysis import fold, is_stop_word
from .courtesy_patterns import (
    BARE,
    CLOSES,
    COURTEOUS,
    GOES_ON,
    LEADS,
    NAME,
    OPENS,
    PART,
    PERSON,
    ROLE,
    SIGNED,
    THANKED,
    THANKED_FOR,
    TOLD_OF,
)
from .mail_marks import tells, without_block, without_device, without_subject_marks

_USUAL = (
    "aide aider reponse reponses repondre retour attention temps accueil patience comprehension lecture lire conseil "
    "conseils soutien travail engagement avance message rapide rapidement precieuse beaucoup help helping answer reply "
    "time reading support advice understanding everything consideration work hard quick kind anyway trouble assistance "
    "guidance petite petites petits suggestions pointers idees pistes service disponibilite"
    " collaboration bienveillance"
)
USUAL = frozenset(_USUAL.split())
"""What people give thanks for that ask for nothing, as `fold` writes it, beside function words."""


def without_courtesy(text: str) -> str:
    """Return a text without its greeting, its thanks and its signature; as it is when there is nothing else.

    Args:
        text: As `tidied` gives it, lines kept.
    """
    return _rest(text) or text


def is_courtesy(text: str) -> bool:
    """Say whether a text is a greeting, thanks or a signature, and nothing else.

    Thanks in advance for something ("merci de nous aider à trouver un local") ask for it.
    """
    return not _rest(text) and not any(map(_asks_for, THANKED_FOR.findall(text)))


def sounds_courteous(sentence: str) -> bool:
    """Say whether a sentence has a word or a phrase of courtesy, whatever else it says."""
    return bool(COURTEOUS.search(sentence))


def _asks_for(thing: str) -> bool:
    """Say whether what thanks are given for is more than help or an answer."""
    words = re.findall(r"[^\W\d_]+", fold(thing))
    return any(not is_stop_word(word) and word not in USUAL for word in words)


@lru_cache(maxsize=64)
def _rest(text: str) -> str:
    """Return what is left of a text without its courtesy."""
    text = without_block(without_device(without_subject_marks(text)), _ends_in_closing)
    parts = _parts(text)
    first = 0
    while first < len(parts) and _opens(parts[first], "".join(parts[first + 1 : first + 2])):
        first += 1
    last = _before_signature(parts, first)
    while first < last and _closes(parts[last - 1]):
        last -= 1
    kept = BARE.sub("", _unthanked(LEADS.sub("", "".join(parts[first:last]).strip())))
    return kept.rstrip(" ,;:")


def _parts(text: str) -> list[str]:
    """Cut a text behind its marks and its lines; a formula of politeness is one part."""
    return [part[0] for part in PART.finditer(text)]


def _opens(part: str, after: str) -> bool:
    """Say whether a part of a text only opens it; a person the next part tells of is no address ("Mrs Bo, who ...")."""
    if not OPENS.fullmatch(part) or LEADS.match(part):
        return False
    return not (TOLD_OF.fullmatch(part) and GOES_ON.match(after))


def _closes(part: str) -> bool:
    """Say whether a part of a text only closes it."""
    return bool(CLOSES.fullmatch(part)) and not any(map(_asks_for, THANKED_FOR.findall(part)))


def _ends_in_closing(text: str) -> bool:
    """Say whether a text ends with a closing or thanks, as before a name."""
    part = _parts(text)[-1]
    return bool(SIGNED.fullmatch(part)) or bool(THANKED.fullmatch(part) and _closes(part))


def _unthanked(text: str) -> str:
    """Leave out thanks that begin with a capital after words without a mark: "local currency Many thanks"."""
    starts = re.finditer(r"\s+(?=[A-ZÀ-Þ])", text)
    return next((text[: start.start()] for start in starts if _closes(text[start.end() :])), text)


def _before_signature(parts: list[str], first: int) -> int:
    """Say where the names behind a closing begin; at the end of the text when there are none."""
    for n in range(max(first, len(parts) - 4), len(parts) - 1):
        name, *roles = parts[n + 1 :]
        signed = NAME if SIGNED.fullmatch(parts[n]) else PERSON if THANKED.fullmatch(parts[n]) else None
        if signed and signed.fullmatch(name) and all(ROLE.fullmatch(role) and not tells(role) for role in roles):
            return n + 1
    return len(parts)
