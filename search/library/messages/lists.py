"""How problems are counted and listed, and what a build says around them, in French and in English."""

from __future__ import annotations

from collections.abc import Mapping

PARTS: Mapping[str, tuple[str, str]] = {
    "column": ("colonne {column} : {said}", "column {column}: {said}"),
    "columns": ("colonnes {column} : {said}", "columns {column}: {said}"),
    "in_values": ("values : {column} : {said}", "values: {column}: {said}"),
    "left_out": ("{said} ; la case est laissée de côté", "{said}; the cell is set aside"),
    "problem": ("1 problème", "1 problem"),
    "problems": ("{count} problèmes", "{count} problems"),
    "warning": ("1 remarque", "1 note"),
    "warnings": ("{count} remarques", "{count} notes"),
    "in_files": ("{problems} dans {files}.", "{problems} in {files}."),
    "times": ("{said} : {count} fois", "{said}: {count} times"),
    "more": ("… et {more}", "… and {more}"),
    "left_rows": ("Lignes laissées de côté :", "Rows that were left out:"),
    "draft": (
        "Comment les colonnes de {file} sont lues ; corrigez ce qui ne va pas, puis construisez.",
        "How the columns of {file} are read; change what is wrong, then build.",
    ),
    "to_confirm": ("par ressemblance : vérifiez", "by likeness: check it"),
    "suggested": (
        "peut-être : si oui, retirez le # du début de la ligne",
        "perhaps: if so, take out the # at the beginning of the line",
    ),
    "suggested_instead": (
        "ou bien {ours}, à la place de {other}",
        "or {ours}, in place of {other}",
    ),
    "built": (
        "{entries}, {passages} ({kept}, rappel {recall:.3f}), {model}, en {seconds:.1f} s : {path}",
        "{entries}, {passages} ({kept}, recall {recall:.3f}), {model}, in {seconds:.1f} s: {path}",
    ),
    "up_to_date": ("{folder} est à jour.", "{folder} is up to date."),
    "not_up_to_date": ("{folder} n’est pas à jour.", "{folder} is not up to date."),
    "draft_written": ("{file} est écrit :", "{file} was written:"),
    "draft_shown": (
        "Brouillon pour {file}, qui n’est pas touché :",
        "Draft for {file}, which is not touched:",
    ),
    "samples": ("Des fiches, comme on les lira :", "Some entries, as they will read:"),
    "held": (
        "{entries} ({kinds} ; {languages}), {passages}. Aucun index n’a été fait.",
        "{entries} ({kinds}; {languages}), {passages}. No index was made.",
    ),
    "skip": (
        "« --skip-bad-rows » construit les autres lignes et dit ce qui est laissé.",
        "“--skip-bad-rows” builds the other rows and says what it leaves out.",
    ),
    "all_in": ("Toutes les lignes sont dans {file}.", "All of them are in {file}."),
}
"""How a list of problems is put together."""

AMOUNTS: Mapping[str, tuple[tuple[str, str], tuple[str, str]]] = {
    "entry": (("fiche", "fiches"), ("entry", "entries")),
    "passage": (("passage", "passages"), ("passage", "passages")),
    "text": (("texte", "textes"), ("text", "texts")),
    "problem": (("problème", "problèmes"), ("problem", "problems")),
    "file": (("fichier", "fichiers"), ("file", "files")),
    "more": (("autre", "autres"), ("more", "more")),
}
"""What is counted to its names in French and in English, of one and of several."""

OF_COLUMNS: Mapping[str, tuple[str, str]] = {
    "column_unknown": (
        "ne sont pas connues et ne sont pas lues ; leurs noms chez nous peuvent être dits dans {expected}",
        "are not known and not read; their names here can be said in {expected}",
    ),
    "column_facet": (
        "deviennent des filtres, avec les valeurs du tableau ; {expected} peut dire quelles colonnes en sont (facets) "
        "ou n’en sont pas (ignore)",
        "become filters, with the values of the table; {expected} can say which columns are one (facets) or are not "
        "(ignore)",
    ),
}
"""Kinds of problems that many columns may have alike, to how they are said of several columns at once."""
