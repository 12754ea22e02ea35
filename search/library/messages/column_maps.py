"""What can be wrong with a column map, in French and in English."""

from __future__ import annotations

from collections.abc import Mapping

MAP_MESSAGES: Mapping[str, tuple[str, str]] = {
    "map_key": (
        "clé inconnue '{value}' : columns, values, ignore, facets et skip_bad_rows sont connues",
        "unknown key '{value}': columns, values, ignore, facets and skip_bad_rows are known",
    ),
    "map_left": (
        "'{value}' est au bord gauche : si c’est une colonne du tableau, mettez-la sous columns:, avec deux espaces "
        "devant",
        "'{value}' is at the left edge: if it is a column of the table, move it under columns: with two spaces before "
        "it",
    ),
    "map_indent": (
        "espaces au début de cette ligne : {value} ; ses voisines en ont {expected}, mettez-en autant",
        "spaces at the beginning of this line: {value}; its neighbours have {expected}, put as many",
    ),
    "map_tab": (
        "cette ligne commence par une tabulation : remplacez-la par deux espaces",
        "this line begins with a tab: put two spaces in its place",
    ),
    "map_line": (
        "ne peut pas être lu autour de cette ligne : sous columns:, une ligne est faite de deux espaces, du nom de la "
        "colonne entre guillemets droits, de deux-points, d’un espace et de ce qu’elle est ici, comme title",
        "cannot be read around this line: under columns:, a line is two spaces, the name of the column in straight "
        "quotation marks, a colon, a space and what it is here, like title",
    ),
    "map_mapping": ("{value} doit être de la forme {{leur nom: le nôtre}}", "{value} must be a mapping"),
    "map_skip": (
        "skip_bad_rows doit être true ou false, pas '{value}'",
        "skip_bad_rows must be true or false, not '{value}'",
    ),
    "map_list": ("{value} doit être une liste", "{value} must be a list"),
    "map_name": ("{column} : '{value}' n’est pas un de {expected}", "{column}: '{value}' is not one of {expected}"),
    "map_twice": (
        "columns : '{value}' est lu de deux colonnes, '{column}' et {expected} : n’en gardez qu’une",
        "columns: '{value}' is read from two columns, '{column}' and {expected}: keep one of them",
    ),
    "map_absent": (
        "le tableau n’a pas de colonne '{value}'",
        "the table has no column '{value}'",
    ),
    "map_no_title": (
        "ne dit pas quelle colonne est « title » : dites-le, ou supprimez ce fichier et « passerelle build --dry-run » "
        "en écrira un nouveau",
        "does not say which column is “title”: say it, or delete this file and “passerelle build --dry-run” will "
        "write a new one",
    ),
    "map_stale": (
        "nomme des colonnes que le tableau n’a pas ({expected}) : corrigez ce fichier, ou supprimez-le et « passerelle "
        "build --dry-run » en écrira un nouveau",
        "names columns that the table has not ({expected}): correct this file, or delete it and “passerelle build "
        "--dry-run” will write a new one",
    ),
    "no_title_here": (
        "aucune colonne n’est connue comme titre ; la ligne {value} semble porter les noms des colonnes ({expected})",
        "no column is known as the title; row {value} looks like the names of the columns ({expected})",
    ),
    "no_title_key_here": (
        "aucun nom n’est connu comme titre ({expected})",
        "no name is known as the title ({expected})",
    ),
}
"""Kind of problem to how it is said in French and in English, as `search.library.problems.MESSAGES`."""
