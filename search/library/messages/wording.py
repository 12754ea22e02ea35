"""What can be wrong with the words of entries and with a glossary, in French and in English."""

from __future__ import annotations

from collections.abc import Mapping

WORDING_MESSAGES: Mapping[str, tuple[str, str]] = {
    # ---- glossary.yaml
    "glossary_form": (
        "'{value}' doit avoir where, fr et en",
        "'{value}' must hold where, fr and en",
    ),
    "glossary_key": (
        "'{value}' a une clé inconnue ({expected}) : where, source, fr et en sont connues",
        "'{value}' has an unknown key ({expected}): where, source, fr and en are known",
    ),
    "glossary_no_form": (
        "'{value}' n’a de formes dans aucune langue : écrivez-en une, comme les textes l’ont",
        "'{value}' has forms in no language: write one, as the texts have it",
    ),
    "glossary_forms": (
        "'{value}' : forms doit être une liste de mots dans « {expected} » ; vide si cette langue n’a pas ce mot",
        "'{value}': forms must be a list of words in {expected}; empty when that language has no such word",
    ),
    "glossary_line": (
        "'{value}' n’est pas expliqué dans « {expected} » : écrivez line, en une ligne",
        "'{value}' is not explained in {expected}: write line, in one line",
    ),
    "glossary_twice": (
        "{column} : '{value}' est déjà une forme de '{expected}' : laissez-la à un seul mot",
        "{column}: '{value}' is a form of '{expected}' already: leave it to one word",
    ),
    "glossary_where": (
        "{column} : where doit être une liste de pays de vocabulary.yaml, pas '{value}'",
        "{column}: where must be a list of countries of vocabulary.yaml, not '{value}'",
    ),
    "glossary_source": (
        "{column} : source inconnue '{value}' ; ajoutez-la à sources.yaml, ou écrivez son adresse",
        "{column}: unknown source '{value}'; add it to sources.yaml, or write its address",
    ),
    # ---- Words of entries
    "formula_words": (
        "{column} emploie une formule, '{value}' : dites-le en mots de tous les jours",
        "{column} uses a formula, '{value}': say it in everyday words",
    ),
    "opening_often": (
        "{value} fiches ont une phrase qui commence par « {expected} » : variez-la, ici et ailleurs",
        "{value} entries have a sentence that begins with “{expected}”: vary it, here and elsewhere",
    ),
    "first_step_form": (
        "{column} : un premier pas commence par un verbe à l’impératif (« Listez… », « Demandez… ») : '{value}'",
        "{column}: a first step begins with a verb in the imperative (“List…”, “Ask…”): '{value}'",
    ),
    "doublet": (
        "{column} nomme les deux formes, '{value}' : employez un mot comme « personnes » ou « public », ou le pluriel",
        "{column} names both forms, '{value}': use a word such as « personnes » or « public », or the plural",
    ),
    "place_name": (
        "{column} : '{value}' se dit '{expected}' dans cette langue",
        "{column}: '{value}' is called '{expected}' in this language",
    ),
    "word_unexplained": (
        "{column} : '{value}' n’est pas connu partout : ajoutez-le à glossary.yaml, ou expliquez-le entre parenthèses",
        "{column}: '{value}' is not known everywhere: add it to glossary.yaml, or explain it between brackets",
    ),
}
"""Kind of problem to how it is said in French and in English; ``column`` is the field of the entry, or the word."""
