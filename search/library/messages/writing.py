"""What can be wrong with how an entry is written, in French and in English."""

from __future__ import annotations

from collections.abc import Mapping

WRITING_MESSAGES: Mapping[str, tuple[str, str]] = {
    "left_to_write": (
        "contient encore {expected} : écrivez ce qui est demandé",
        "still holds {expected}: write what is asked here",
    ),
    "word_count": (
        "{column} a {value} mots ; il en faut {expected}",
        "{column} has {value} words; {expected} are wanted",
    ),
    "item_count": (
        "{column} a {value} éléments ; il en faut {expected}, un par ligne",
        "{column} has {value} items; {expected} are wanted",
    ),
    "copied": ("{column} reprend {expected} mots : '{value}'", "{column} copies {expected} words: '{value}'"),
    "other_language": (
        "{column} se lit comme « {value} », pas « {expected} »",
        "{column} reads as {value}, not {expected}",
    ),
    "long_sentence": (
        "{column} a une phrase de plus de {expected} mots : coupez-la ; '{value}…'",
        "{column} has a sentence of more than {expected} words: '{value}'",
    ),
    "hard_space_before": (
        "{column} : il faut une espace insécable avant ; : ? ! » : '{value}'",
        "{column} needs a no-break space before ; : ? ! »: '{value}'",
    ),
    "soft_space_before": (
        "{column} : l’espace avant ; : ? ! » doit être insécable : '{value}'",
        "{column} has a breaking space before ; : ? ! »: '{value}'",
    ),
    "hard_space_after": (
        "{column} : il faut une espace insécable après « : '{value}'",
        "{column} needs a no-break space after «: '{value}'",
    ),
    "straight_apostrophe": (
        "{column} a une apostrophe droite ; écrivez ’ : '{value}'",
        "{column} has a straight apostrophe; use ’: '{value}'",
    ),
    "straight_quotes_fr": (
        "{column} a des guillemets droits ; écrivez « » : '{value}'",
        "{column} has straight quotes; use « »: '{value}'",
    ),
    "straight_quotes_en": (
        "{column} a des guillemets droits ; écrivez “ ” : '{value}'",
        "{column} has straight quotes; use “ ”: '{value}'",
    ),
    "ligature": ("{column} : écrivez œ en un signe : '{value}'", "{column} needs the ligature œ: '{value}'"),
    "space_before": (
        "{column} a une espace avant un signe de ponctuation : '{value}'",
        "{column} has a space before a punctuation mark: '{value}'",
    ),
    "french_quotes": (
        "{column} a des guillemets français ; écrivez “ ” : '{value}'",
        "{column} has French quotes; use “ ”: '{value}'",
    ),
    "undated": (
        "{column} dit '{value}' : donnez plutôt la date",
        "{column} says '{value}': give the date instead",
    ),
    "extra_numbers": (
        "{column} a des nombres qui ne sont pas dans ses faits : {value}",
        "{column} has numbers that are not in its facts: {value}",
    ),
    "numbers_differ": (
        "les textes français et anglais n’ont pas les mêmes nombres : {value}",
        "fr and en do not carry the same numbers: {value}",
    ),
    "no_case_said": (
        "{column} : aucun cas ne montre cette pratique, et le texte ne le dit pas",
        "{column}: no case shows this practice, and the text does not say so",
    ),
    "case_not_linked": (
        "{column} nomme « {value} » ({expected}) sans lien ni source : reliez le cas à la pratique, ou citez-le",
        "{column} names “{value}” ({expected}) without a link or a source: link the case to the practice, or cite it",
    ),
    # ---- Sources
    "source_host": (
        "'{value}' : l’hôte finit par un point ({expected}) : retirez-le",
        "'{value}': its host ends in a dot ({expected}): take it out",
    ),
    "source_proxy": (
        "'{value}' : {expected} passe les pages des autres : citez la page elle-même",
        "'{value}': {expected} hands on the pages of others: cite the page itself",
    ),
    "source_copy": (
        "'{value}' : {expected} est une copie : citez la page elle-même, ou dites dans copy quelle copie c’est",
        "'{value}': {expected} is a copy: cite the page itself, or say in copy which copy it is",
    ),
    "source_test": (
        "'{value}' : {expected} est une version d’essai : citez la page elle-même, ou dites-le dans copy",
        "'{value}': {expected} is a version made for tests: cite the page itself, or say so in copy",
    ),
    "source_list": (
        "'{value}' : {expected} est une liste qui change : citez la page elle-même, ou dites dans copy quelle liste",
        "'{value}': {expected} is a list that changes: cite the page itself, or say in copy which list it is",
    ),
    "source_http": (
        "'{value}' : ce site répond en https : {expected}",
        "'{value}': this site answers by https: {expected}",
    ),
    "source_unmarked": (
        "'{value}' : {expected} est un site personnel : ajoutez self_published: true",
        "'{value}': {expected} is a site of one’s own: add self_published: true",
    ),
    "source_party": (
        "'{value}' : {expected} est le site d’un parti : ajoutez party: true",
        "'{value}': {expected} is a party’s site: add party: true",
    ),
    # ---- The form of a new entry
    "draft_id": (
        "{column} '{value}' n’en est pas un : des mots en minuscules reliés par des traits d’union, comme my-town-pool",
        "{column} '{value}' is not an id: lower-case words joined by hyphens, like my-town-pool",
    ),
    "draft_no_id": (
        "{column} manque : quelques mots qui nomment la fiche, comme namur-bancs-pretes",
        "{column} is missing: a few words that name the entry, like my-town-pool",
    ),
    "draft_no_source": (
        "{column} : il en faut au moins une ; choisissez-la dans la liste, ou ajoutez-en une nouvelle",
        "{column}: at least one is needed; choose it from the list, or add a new one",
    ),
    "draft_id_taken": (
        "{column} '{value}' est déjà pris : choisissez-en un autre",
        "{column} '{value}' is there already: choose another id",
    ),
    "draft_no_texts": (
        "{column} : rien n’est encore écrit ; remplissez une langue, ou les deux",
        "{column}: nothing is written yet; fill in one language, or both",
    ),
    "draft_url": (
        "{column} doit commencer par http:// ou https://",
        "{column} must begin with http:// or https://",
    ),
    "draft_month": ("{column} doit être de la forme AAAA-MM", "{column} must be like 2026-11"),
}
"""Kind of problem to how it is said in French and in English; ``column`` is the field of the entry, or its language."""
