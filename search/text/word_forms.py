"""Plurals and feminines that the stemmers leave apart: each word in the form whose stem they share."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache


def pairs(words: str) -> dict[str, str]:
    """Read pairs of words with a stroke between them."""
    return dict(pair.split("/") for pair in words.split())


_FORMS: Mapping[str, Mapping[str, str]] = {
    "fr": pairs(
        "lieux/lieu milieux/milieu enjeux/enjeu jeux/jeu feux/feu voeux/voeu neveux/neveu cheveux/cheveu aveux/aveu "
        "travaux/travail baux/bail vitraux/vitrail yeux/oeil cieux/ciel choux/chou bijoux/bijou genoux/genou "
        "cailloux/caillou clef/cle clefs/cle publique/public publiques/public grecque/grec turque/turc "
        "nouvelle/nouveau nouvelles/nouveau belle/beau belles/beau vieille/vieux "
        "vieilles/vieux messieurs/monsieur mesdames/madame "
        "travailleuse/travailleur travailleuses/travailleur chercheuse/chercheur chercheuses/chercheur "
        "porteuse/porteur porteuses/porteur entrepreneuse/entrepreneur entrepreneuses/entrepreneur vendeuse/vendeur "
        "vendeuses/vendeur chomeuse/chomeur chomeuses/chomeur joueuse/joueur joueuses/joueur copine/copain "
        "copines/copain mairesse/maire mairesses/maire professeure/professeur professeures/professeur "
        "auteure/auteur auteures/auteur sportive/sportif sportives/sportif neuve/neuf neuves/neuf "
        "veuve/veuf matrice/matrice matrices/matrice cicatrice/cicatrice "
        "subside/subvention subsides/subvention "
        "echevin/adjoint echevins/adjoint echevine/adjoint echevines/adjoint"
    ),
    "en": pairs(
        "children/child women/woman men/man feet/foot wives/wife knives/knife shelves/shelf halves/half "
        "allotments/allotment apartments/apartment departments/department"
    ),
}
"""A word as `fold` writes it, and the form it is taken for."""

UNSTEMMED = frozenset({"allotment", "apartment", "department"})
"""Words whose stem is that of another word (to allot, apart, to depart): they are compared as they are."""

_ENDINGS = (
    (re.compile(r"(?<=\w{2}[aiou])s\Z"), ""),  # élus, amis, délais: the stemmer keeps the s behind these letters
    (re.compile(r"(?<=\w{2}er)s\Z"), ""),  # usagers, conseillers: else the singular alone loses its -er
    (re.compile(r"(?<=\w{3}[ghil])eres?\Z"), "er"),  # conseillère, jardinières, usagère
    (re.compile(r"(?<=\w{2})trices?\Z"), "teur"),  # directrice, actrices
)
"""How words end in French, and what stands instead."""


@lru_cache(maxsize=20_000)
def usual_form(word: str, language: str) -> str:
    """Return the form a word is taken for: the singular, and the masculine of who is spoken of.

    Args:
        word: As `fold` writes it.
        language: ``fr`` or ``en``.
    """
    if form := _FORMS[language].get(word):
        return form
    if language != "fr" or len(word) < 4 or word[-1] not in "es":
        return word
    found = ((ending.search(word), instead) for ending, instead in _ENDINGS)
    return next((word[: end.start()] + instead for end, instead in found if end), word)
