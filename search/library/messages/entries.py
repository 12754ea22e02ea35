"""What can be wrong with a corpus folder, its entries, sources and closed lists, in French and in English."""

from __future__ import annotations

from collections.abc import Mapping

ENTRY_MESSAGES: Mapping[str, tuple[str, str]] = {
    # ---- Files
    "not_folder": ("n’est pas un dossier", "is not a folder"),
    "unfinished": (
        "n’est pas finie : ce qui est marqué {expected} reste à écrire, et la fiche n’est pas reprise d’ici là",
        "is not finished: what is marked {expected} is still to be written, and the entry is left out until then",
    ),
    "unfinished_language": (
        "n’est pas finie en {value} : ce qui est marqué {expected} reste à écrire, et ces textes ne sont pas repris "
        "d’ici là",
        "is not finished in {value}: what is marked {expected} is still to be written, and these texts are left out "
        "until then",
    ),
    "empty_file": (
        "est vide : « passerelle new-entry » écrit un fichier à remplir",
        "is empty: “passerelle new-entry” writes a file to be filled in",
    ),
    "id_taken": (
        "porte l’identifiant d’une autre fiche ({expected}) : donnez un autre nom au fichier",
        "has the id of another entry ({expected}): give the file another name",
    ),
    "alias_taken": (
        "{column} donne '{value}', qui nomme déjà une fiche ({expected}) : retirez-le de l’une des deux",
        "{column} gives '{value}', which names an entry already ({expected}): take it out of one of them",
    ),
    # ---- Keys
    "no_key": ("n’a pas la clé '{column}' : ajoutez-la", "has no '{column}': add this key"),
    "unknown_key": (
        "clé inconnue '{column}' : retirez-la, ou écrivez '{expected}' si c’est elle",
        "unknown key '{column}': take it out, or write '{expected}' if that is meant",
    ),
    "case_key": (
        "'{column}' est pour les cas : retirez cette clé, ou mettez la fiche dans cases/",
        "'{column}' is for cases: take this key out, or put the entry into cases/",
    ),
    "id_file": (
        "{column} '{value}' doit être le nom du fichier, '{expected}'",
        "{column} '{value}' must be the file's name, '{expected}'",
    ),
    "kind_folder": (
        "{column} '{value}' doit être '{expected}' dans ce dossier",
        "{column} '{value}' must be '{expected}' in this folder",
    ),
    # ---- Values
    "no_outcome": (
        "un cas doit dire ce qu’il est devenu : donnez {column}, une de {expected}",
        "a case must say what became of it: give {column}, one of {expected}",
    ),
    "entry_not_one_of": (
        "{column} '{value}' n’est pas un de {expected}",
        "{column} '{value}' is not one of {expected}",
    ),
    "entry_degrees": (
        "{column} doit être en degrés, de -{expected} à {expected}",
        "{column} must be degrees, -{expected} to {expected}",
    ),
    "entry_date": (
        "{column} doit être de la forme AAAA, AAAA-MM ou AAAA-MM-JJ",
        "{column} must be YYYY, YYYY-MM or YYYY-MM-DD",
    ),
    "entry_last_known": (
        "{column} '{value}' doit être l’année, ou l’année et le mois, du dernier fait connu : AAAA ou AAAA-MM",
        "{column} '{value}' must be the year, or the year and month, of the latest known fact: YYYY or YYYY-MM",
    ),
    "entry_future": (
        "{column} '{value}' est dans l’avenir : donnez la date du dernier fait connu",
        "{column} '{value}' is in the future: give the date of the latest known fact",
    ),
    "ongoing_long_ago": (
        "{column} '{value}' : un cas n’est en cours qu’avec un fait des {expected} dernières années ; cherchez-en un, "
        "ou écrivez outcome: unknown",
        "{column} '{value}': a case is ongoing only with a fact of the last {expected} years; look for one, "
        "or write outcome: unknown",
    ),
    "no_last_known": (
        "un cas doit dire quand on en a eu les dernières nouvelles : donnez {column}, AAAA ou AAAA-MM (rien seulement "
        "pour une issue inconnue)",
        "a case must say when it was last known: give {column}, YYYY or YYYY-MM (nothing only for an unknown outcome)",
    ),
    "entry_marks": (
        "{column} doit être de la forme {{before: stated}}",
        "{column} must be like {{before: stated}}",
    ),
    "entry_names": (
        "{column} doit être une liste de noms, comme [un, deux]",
        "{column} must be a list of names, like [one, two]",
    ),
    "named_twice": (
        "{column} nomme '{value}' deux fois : retirez-en une",
        "{column} names '{value}' twice: take one out",
    ),
    # ---- Links and sources
    "entry_link": (
        "{column} : aucune fiche n’a l’identifiant '{value}' ; écrivez le nom de son fichier, ou retirez-le",
        "{column}: no entry has the id '{value}'; write the name of its file, or take it out",
    ),
    "entry_link_kind": (
        "{column} : '{value}' n’est pas une pratique (kind: {expected}) : nommez-en une, ou retirez-le",
        "{column}: '{value}' is no practice (kind: {expected}): name one, or take it out",
    ),
    "entry_itself": (
        "{column} : la fiche se nomme elle-même ; retirez-la",
        "{column}: the entry names itself; take it out",
    ),
    "unknown_source": (
        "{column} : source inconnue '{value}' ; ajoutez-la à sources.yaml",
        "{column}: unknown source '{value}'; add it to sources.yaml",
    ),
    "needs_source": (
        "{column} : il faut au moins une source ; nommez-en une de sources.yaml",
        "{column}: needs at least one source; name one of sources.yaml",
    ),
    # ---- Texts
    "no_texts": ("n’a pas de texte : donnez {column}, en, ou les deux", "has no text: give {column}, en or both"),
    "entry_texts": ("{column} doit contenir {expected}", "{column} must hold {expected}"),
    "unknown_field": (
        "{column} : champ inconnu '{value}' ; retirez-le, ou écrivez '{expected}' si c’est lui",
        "{column}: unknown field '{value}'; take it out, or write '{expected}' if that is meant",
    ),
    "entry_text": ("{column} doit être un seul texte, sans tirets", "{column} must be one text, without dashes"),
    "entry_list": (
        "{column} doit être une liste de textes, chacun après un tiret",
        "{column} must be a list of texts, each after a dash",
    ),
    "entry_empty": ("{column} est vide : écrivez-le", "{column} is empty: write it"),
    "translation_first": (
        "{column} : first doit dire quelle langue a été écrite d’abord, une de {expected}",
        "{column}: first must say which language was written first, one of {expected}",
    ),
    "translation_other": (
        "{column} : other '{value}' n’est pas un de {expected}",
        "{column}: other '{value}' is not one of {expected}",
    ),
    "translation_none": (
        "{column} : other est {expected} quand il n’y a qu’une langue, et seulement alors",
        "{column}: other is {expected} when there is one language, and only then",
    ),
    # ---- sources.yaml and vocabulary.yaml
    "no_list": ("n’a pas la liste '{value}' : ajoutez-la", "has no list '{value}': add it"),
    "no_label": (
        "'{value}' doit avoir un nom en fr et en en : écrivez {{fr: …, en: …}}",
        "'{value}' needs a label in fr and in en: write {{fr: …, en: …}}",
    ),
    "source_form": (
        "'{value}' doit contenir publisher, title, url et read",
        "'{value}' must hold publisher, title, url and read",
    ),
    "source_lacks": ("'{value}' n’a pas {expected} : ajoutez-le", "'{value}' has no {expected}: add it"),
    "source_key": (
        "'{value}' a une clé inconnue ({expected}) : publisher, title, url, read et copy sont connues",
        "'{value}' has an unknown key ({expected}): publisher, title, url, read and copy are known",
    ),
    "source_trait": (
        "'{value}' : {expected} doit être true ou ne pas être là",
        "'{value}': {expected} must be true or not be there",
    ),
    "source_url": (
        "'{value}' : l’adresse (url) doit commencer par http:// ou https://",
        "'{value}': the url must begin with http:// or https://",
    ),
    # ---- near-duplicates.yaml
    "not_list": ("doit être une liste de {expected}", "must be a list of {expected}"),
    "pair_form": ("{value} doit être [id, id]", "{value} must be [id, id]"),
    "pair_unknown": (
        "aucune fiche n’a l’identifiant '{value}' : corrigez-le, ou retirez la paire",
        "no entry has the id '{value}': mend it, or take the pair out",
    ),
    "pair_itself": (
        "'{value}' est avec elle-même : retirez la paire",
        "'{value}' is paired with itself: take the pair out",
    ),
    "pair_kinds": (
        "{value} ne sont pas du même genre ({expected}) et ne sont pas comparées : retirez la paire",
        "{value} are of two kinds ({expected}) and not compared: take the pair out",
    ),
    "pair_twice": (
        "la paire {value} est donnée deux fois : retirez-en une",
        "the pair {value} is given twice: take one out",
    ),
}
"""Kind of problem to how it is said in French and in English; ``column`` is the field of the entry."""
