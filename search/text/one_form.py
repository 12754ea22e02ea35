"""A query with its words in one form: the singular, and the masculine of who is spoken of.

An encoder reads "nos élues" and "notre élu" as two things; a person who asks means one. So a query is encoded in this
form too. The forms need be alike, not well written: a verb may lose its s, and what changes loses its capital and
accents, which the encoder does not read.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from .analysis import fold, is_stop_word
from .word_forms import pairs

SHORTEST = 4
"""Letters; a shorter word has one form."""

_WORD = re.compile(r"[^\W\d_]+")


def _words(text: str) -> frozenset[str]:
    return frozenset(fold(text).split())


_IRREGULAR: Mapping[str, Mapping[str, str]] = {
    "fr": pairs(
        fold(
            "travaux/travail baux/bail vitraux/vitrail yeux/oeil cieux/ciel lieux/lieu milieux/milieu enjeux/enjeu "
            "jeux/jeu feux/feu voeux/voeu neveux/neveu cheveux/cheveu aveux/aveu choux/chou bijoux/bijou genoux/genou "
            "cailloux/caillou copine/copain mairesse/maire maîtresse/maître travailleuse/travailleur "
            "chercheuse/chercheur porteuse/porteur entrepreneuse/entrepreneur vendeuse/vendeur chômeuse/chômeur "
            "joueuse/joueur coiffeuse/coiffeur danseuse/danseur conseillère/conseiller usagère/usager bergère/berger "
            "boulangère/boulanger bouchère/boucher jardinière/jardinier ouvrière/ouvrier infirmière/infirmier "
            "fermière/fermier policière/policier cuisinière/cuisinier épicière/épicier citoyenne/citoyen "
            "paysanne/paysan lycéenne/lycéen"
        )
    ),
    "en": pairs(
        "children/child women/woman men/man feet/foot teeth/tooth wives/wife knives/knife shelves/shelf halves/half "
        "councilwoman/councilman councilwomen/councilman chairwoman/chairman chairwomen/chairman councilmen/councilman "
        "chairmen/chairman"
    ),
}
"""Words whose other form no rule tells."""

_ALONE: Mapping[str, frozenset[str]] = {
    "fr": _words(
        "temps corps bras mois fois pays repas avis accès succès procès bois gros souris tapis colis relais palais "
        "concours parcours cours secours discours recours velours univers travers divers progrès abus refus anglais "
        "français bruxelles mauvais frais permis compris épais poids fils puis depuis après moins jamais ailleurs "
        "dehors dedans lors campus tennis virus bonus processus consensus gens vacances environs alentours fonds "
        "mœurs sens paris londres nantes matrice cicatrice"
    ),
    "en": _words(
        "news series species movies cookies politics economics ethics physics mathematics premises goods besides "
        "towards afterwards sometimes thanks perhaps always whereas means headquarters crossroads glasses clothes arms "
        "customs wales brussels paris athens"
    ),
}
"""Words that end like another form and have none, or mean something else in it."""

_NOUNS_LIKE_VERBS = _words(
    "maisons saisons raisons salons cantons crayons wagons patrons garçons piétons boissons poissons chansons leçons "
    "façons buissons liaisons prisons jalons ballons moutons bâtons jetons lois emplois convois envois tournois quais "
    "délais essais balais"
)
_LIKE_A_VERB = re.compile(r"(?:[^i]ons|[oau]is)\Z")
"""Nous voulons, je savais, je suis: words that end so and are no nouns of the list above keep their s."""

_WITH_E = re.compile(
    fold(
        "(habitant|adhérent|commerçant|étudiant|participant|représentant|militant|enseignant|migrant|avocat|marchand|"
        "artisan|adjoint|président|agent|client|passant|résident|assistant|gérant|dirigeant|intervenant|consultant|"
        "exploitant|débutant|élu|employé|retraité|réfugié|délégué|salarié|associé|ami|exclu|invité|handicapé|sinistré|"
        "candidat|voisin|cousin|échevin|député|auteur|professeur)e"
    )
)
"""People who have an e more when they are women."""


def in_one_form(text: str, language: str | None) -> str:
    """Put the words of a query into one form.

    Args:
        text: What is read of a query.
        language: ``fr`` or ``en``; a text of neither, or too short to say, is read as French.
    """
    known = language if language == "en" else "fr"
    return _WORD.sub(lambda word: _form(word[0], known), text)


@lru_cache(maxsize=20_000)
def _form(word: str, language: str) -> str:
    """Return the form of one word; the word itself where it has no other."""
    folded = fold(word)
    if len(folded) < SHORTEST or is_stop_word(folded) or folded in _ALONE[language]:
        return word
    irregular = _IRREGULAR[language]
    one = irregular.get(folded) or (_singular_french(folded) if language == "fr" else _singular_english(folded))
    form = irregular.get(one) or (_masculine(one) if language == "fr" else one)
    return word if form == folded else form


def _singular_french(word: str) -> str:
    if word.endswith(("eaux", "yaux")):
        return word[:-1]
    if word.endswith("aux") and len(word) > len("taux") + 1:
        return f"{word[:-3]}al"
    is_verb = bool(_LIKE_A_VERB.search(word)) and word not in _NOUNS_LIKE_VERBS
    return word[:-1] if word.endswith("s") and not word.endswith("ss") and not is_verb else word


def _singular_english(word: str) -> str:
    if word.endswith("ies") and len(word) > len("ties"):
        return f"{word[:-3]}y"
    if word.endswith(("ches", "shes", "sses", "xes", "zzes")):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith(("ss", "us", "is")) else word


def _masculine(word: str) -> str:
    """Return the masculine of who is spoken of in the singular."""
    if word.endswith("trice"):
        return f"{word[:-5]}teur"
    if word.endswith("ienne"):
        return word[:-2]
    person = _WITH_E.fullmatch(word)
    return person[1] if person else word
