"""What a mail has around its words: the marks of its subject, the line of a phone or programme, the signature."""

from __future__ import annotations

import re
from collections.abc import Callable

LONGEST_BLOCK = 8
"""Lines of a signature: a name, a role, an organisation, an address, ways to call."""

LONGEST_LINE = 9
"""Words in a line of a signature; a longer one tells something."""

_SUBJECT = re.compile(
    r"\s*(?:(?:subject|subj|objet|concerne|re|tr|fwd?)(?:\[\d+\])?\s*:\s*)+",
    re.IGNORECASE,
)
_HEADER = re.compile(
    r"\s*(?:-{2,}[^\n]*-{2,}\s*)?(?:(?:from|de|sent|envoyé|date|to|à|cc)\s*:[^\n]*\n\s*)+(?=(?:subject|objet)\s*:)",
    re.IGNORECASE,
)
_SYSTEM = r"(?:android|ios|iphone|ipad|mac|windows|mobile)(?: \d+)?"
_PROGRAMME = r"(?:outlook|yahoo(?: ?mail)?|gmail|hotmail|proton ?mail|bluemail|aqua ?mail|mail|courrier)"
_PHONE = (
    r"(?:iphone|ipad|samsung(?: galaxy)?|galaxy|huawei|xiaomi|nokia|pixel|blackberry|android|smartphone|téléphone"
    r"(?: (?:portable|mobile))?|telephone|phone|mobile(?: (?:phone|device))?|portable|gsm|tablette"
    r"|tablet|cell(?: phone)?)"
)
_MODEL = r"(?: (?:[a-z]?\d\w*|pro|max|plus|mini|ultra|galaxy|4g|5g|device|smartphone|samsung|huawei|orange|proximus))"
_DEVICE = (
    r"(?:envoyé|envoye|sent|écrit|ecrit|written)"
    r" (?:de|depuis|from|via|à partir de|a partir de|avec|with|using|on|sur)"
    rf" (?:(?:my|mon|ma|a|un|une|d'un|l'application|the) (?:\w+ )?{_PHONE}{_MODEL}{{0,3}}"
    rf"|(?:l'application )?(?:{_PHONE}{_MODEL}{{0,3}}|(?:microsoft )?{_PROGRAMME}))"
    rf"(?:(?: (?:app|application|mobile))?(?: (?:pour|for|sur|on|avec|with|via) (?:{_SYSTEM}|{_PROGRAMME})){{0,2}})"
    rf"|(?:get|télécharge[rz]?|telecharger|obtenir|obtenez|download) (?:{_PROGRAMME})(?: (?:pour|for) {_SYSTEM})?"
    r"|garanti sans virus|virus-free|sans virus"
)
_BY_DEVICE = re.compile(
    rf"(?:\A|(?<=[\s.,;:!?…>-]))(?:(?:{_DEVICE})(?:\s?[<(\[][^\s]+)?(?:[\s.]+|\Z))+\Z", re.IGNORECASE
)
_RULED = re.compile(r"\s*\n[ \t]*[-_=*–—]{2,}[ \t]*\Z")
_TITLE = r"(?:Mrs?|Ms|Miss|Dr|Prof|Mme|Mlle|M)"
_PART_OF_NAME = r"(?:[A-ZÀ-Þ][^\W\d_]*(?:['’.-][A-ZÀ-Þ]?[^\W\d_]*)*|van|von|de|den|der|du|di|le|la|el|ben)"
_NAME = re.compile(
    rf"(?:{_TITLE}\.? )?(?=[A-ZÀ-Þ]){_PART_OF_NAME}(?: {_PART_OF_NAME}){{0,4}}(?P<title> \({_TITLE}\.?\))?"
    r"(?:, (?P<role>[^.!?\n]{1,60}))?[ ,.]*"
)
_REACHED = re.compile(
    r"\b(?:t[ée]l|gsm|phone|mob(?:ile)?|fax|e-?mail)\b\.?\s*:|\bwww\.|https?:|\S@\S|(?:\+|\b0)\d[\d ./()-]{6,}\d",
    re.IGNORECASE,
)
_TELLS = re.compile(
    r"[?!]|\A(?:p\.?-?s\b|je|j'|j’|nous|on|il|elle|ils|elles|nos"
    r"|notre|mon|ma|mes|we|i|i'm|our|my|they|it|there|how|what"
    r"|where|who|why|when|comment|où|qui|que|pourquoi|quand|can"
    r"|could|please|need|looking|besoin|cherche\w*|recherche\w*"
    r"|merci|pas|plus|no|aucun\w*)\b",
    re.IGNORECASE,
)


def without_subject_marks(text: str) -> str:
    """Leave out what marks a subject ("Objet :", "RE: TR:") before the words of a text."""
    text = _HEADER.sub("", text, count=1) if _HEADER.match(text) else text
    mark = _SUBJECT.match(text)
    return text[mark.end() :] if mark else text


def without_device(text: str) -> str:
    """Leave out what a phone or a programme writes below a text ("Sent from my iPhone")."""
    found = _BY_DEVICE.search(text)
    return _RULED.sub("", text[: found.start()].rstrip()) if found else text


def without_block(text: str, closes: Callable[[str], bool]) -> str:
    """Leave out the lines of a signature: a name, then who that is and how to reach them.

    Args:
        text: Its lines kept.
        closes: Says whether a text ends as one does before a name; where it does not, a signature is told by a rule
            above it, by a title ("(Mrs)") or by a way to call or write.
    """
    lines = text.rstrip().split("\n")
    told = [n for n, line in enumerate(lines) if line.strip()]
    for n in told[-LONGEST_BLOCK:]:
        before, block = "\n".join(lines[:n]).rstrip(), [line.strip() for line in lines[n:] if line.strip()]
        ruled = bool(_RULED.search(before))
        if before and _is_block(block, surely=ruled or closes(before)):
            return _RULED.sub("", before)
    return text


def tells(line: str) -> bool:
    """Say whether a line asks or tells something, as no line of a signature does."""
    return bool(_TELLS.search(line))


def _is_block(lines: list[str], *, surely: bool) -> bool:
    """Say whether lines are a signature; one that comes where signatures stand needs no other sign."""
    name = _NAME.fullmatch(lines[0])
    if not name or tells(lines[0]) or tells(name["role"] or ""):
        return False
    if any(tells(line) or len(line.split()) > LONGEST_LINE for line in lines[1:]):
        return False
    return surely or bool(name["title"]) or any(map(_REACHED.search, lines[1:]))
