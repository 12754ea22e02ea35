"""Apostrophes that were left out: "jai", "l ecole", "dont" for j'ai, l'école, don't."""

from __future__ import annotations

import re
from collections.abc import Mapping

from .analysis import fold

_FRENCH = (
    "c'est c'était c'etait n'est n'était n'a n'ai n'ont n'avons n'avez n'y n'en j'ai j'avais j'étais j'etais "
    "j'aimerais j'aurais j'y j'en j'habite j'arrive j'aide j'essaie m'a m'ont s'il s'ils s'est s'en t'as d'un d'une "
    "d'accord d'abord d'autre d'autres d'ailleurs d'ici d'être d'etre d'aide d'avoir qu'il qu'ils qu'elle qu'elles "
    "qu'on qu'un qu'une qu'est qu'en jusqu'à jusqu'a jusqu'au jusqu'en aujourd'hui quelqu'un lorsqu'il lorsqu'on "
    "puisqu'il puisqu'on l'on l'un l'une l'autre l'année l'an l'argent l'eau l'accord l'aide l'avis l'appel "
    "l'adjoint l'adjointe l'agent l'ancien l'ancienne l'entrée l'énergie l'endroit l'ensemble l'entretien "
    "l'entreprise l'enquête l'équipe l'espace l'état l'été l'étage l'église l'école l'échevin l'échevine l'élu "
    "l'élue l'élection l'événement l'évaluation l'hiver l'hôpital l'hôtel l'habitat l'habitant l'histoire l'idée "
    "l'immeuble l'initiative l'impression l'intérêt l'usine l'urbanisme l'union l'assemblée l'association l'asbl "
    "l'assurance l'administration l'aménagement l'autorité l'autorisation d'argent d'associations d'association "
    "d'habitants d'habitant d'élus d'élections d'idées d'initiatives d'entretien d'espace d'espaces d'énergie "
    "d'équipe d'école d'eau d'autorisation d'assurance d'assemblée d'agents d'après l'arrêté l'action l'activité "
    "l'acteur l'atelier l'avenir l'occupation l'ordre l'objectif l'office l'usager l'utilité l'exemple l'expérience "
    "l'économie l'éducation l'employé l'habitante l'inverse l'invitation"
)
_ENGLISH = (
    "doesn't didn't won't can't couldn't shouldn't wouldn't isn't aren't wasn't weren't hasn't haven't hadn't "
    "needn't i'm i've you're you've they're they've we've that's she's what's there's who's where's how's let's it'll "
    "they'll you'll somebody's nobody's everyone's"
)
_WORDS_TOO = fold("dune na ma mont nest sen lun lan lune laide lavis quelle quelles quest tas ny lets whos").split()
"""What is a word of its own without its apostrophe."""

_DONT = re.compile(
    r"\bdont\b(?:(?<=\bi dont)|(?<=\bwe dont)|(?<=\byou dont)|(?<=\bthey dont)|(?<=\bwho dont)|(?= (?:know|have|want|"
    r"get|see|think|like|need|even|care|feel|work|listen|reply"
    r"|answer|let|trust|understand|agree|come|talk|you|we|they)\b))",
    re.IGNORECASE,
)
"""The English word; the French one is another."""


def _left_out(words: str) -> Mapping[str, str]:
    """Return words without their apostrophe, also without their accents, to the words."""
    found: dict[str, str] = {}
    for word in words.split():
        for form in (word, fold(word)):
            found.setdefault(form.replace("'", ""), word)
    return {left: word for left, word in found.items() if left not in _WORDS_TOO}


_INSTEAD = {**_left_out(_ENGLISH), **_left_out(_FRENCH)}
_GLUED = re.compile(rf"(?<![\w'’-])(?:{'|'.join(sorted(_INSTEAD, key=len, reverse=True))})(?![\w'’-])", re.IGNORECASE)
_APART = re.compile(
    r"[ ´`](?:(?<=[^\w'’][ldjnmcs].)|(?<=\A[ldjnmcs].)|(?<=qu.))"
    r"(?=[aeiouyhàâéèêëîïôûœ])(?!(?:a|and|as|at|i|if|in|is|it|its|of|or|our|us)\b)",
    re.IGNORECASE,
)
_CONTRACTED = re.compile(
    r" (?:(?<=n )(?=t\b)|(?<=\bi )(?=(?:m|ve|d)\b)|(?:(?<=\bit )|(?<=\bhe ))(?=s\b))", re.IGNORECASE
)
"""Of what is contracted in English, the space that stands for the apostrophe."""

_WORD = re.compile(r"[^\W\d_]+")


def with_apostrophes(text: str) -> str:
    """Put the apostrophes that were left out, where a word is none without (cest, l ecole, doesnt, don t)."""
    text = _CONTRACTED.sub("'", _APART.sub("'", text))
    text = _DONT.sub("don't", text) if "dont" in text.lower() else text
    if _INSTEAD.keys().isdisjoint(_WORD.findall(text.lower())):
        return text
    return _GLUED.sub(_with_its_own, text)


def _with_its_own(found: re.Match[str]) -> str:
    """Return a word with its apostrophe, and the capital it had."""
    word = _INSTEAD[found[0].lower()]
    return word.capitalize() if found[0][0].isupper() else word
