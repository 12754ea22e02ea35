"""What can be wrong with a table, its rows and its cells, in French and in English."""

from __future__ import annotations

from collections.abc import Mapping

TABLE_MESSAGES: Mapping[str, tuple[str, str]] = {
    # ---- Files
    "missing": ("n’est pas là", "is missing"),
    "no_file": (
        "n’existe pas : vérifiez le nom et le dossier",
        "is not there: look at its name and its folder",
    ),
    "not_table": (
        "n’est pas un tableau que l’on sait lire : enregistrez-le sous l’une de ces formes : {expected}",
        "is not a table that can be read: save it as one of {expected}",
    ),
    "no_entry": ("ne contient aucune fiche", "holds no entry"),
    "not_utf8": ("n’est pas en UTF-8 ; enregistrez-le en UTF-8", "is not UTF-8; save it as UTF-8"),
    "encoding": (
        "n’est pas en UTF-8 : il a été lu comme {value} ; si des accents sont faux, enregistrez-le en « CSV UTF-8 »",
        "is not UTF-8: it was read as {value}; if accents look wrong, save it as “CSV UTF-8”",
    ),
    "bad_bytes": (
        "a des octets qui ne sont pas de l’UTF-8 : ils sont remplacés par �",
        "has bytes that are no UTF-8: they are replaced by �",
    ),
    "twice_encoded": (
        "les accents y étaient encodés deux fois : « {value} » est lu comme « {expected} », et tout le reste de même",
        "has accents that were encoded twice: “{value}” is read as “{expected}”, and so is all the rest",
    ),
    "twice_encoded_some": (
        "a des accents qui semblent encodés deux fois, comme « {value} » : exportez-le de nouveau, en UTF-8",
        "has accents that seem to be encoded twice, as in “{value}”: export it again, as UTF-8",
    ),
    "text_not_utf8": ("n’est pas en UTF-8 ; enregistrez-le en UTF-8", "is not UTF-8; save it as UTF-8"),
    "not_csv": (
        'n’est pas du CSV : un guillemet (") est au milieu d’une case, et la suite ne peut pas être lue ; doublez les '
        'guillemets d’un texte (""), ou retirez-les',
        'is not CSV: a quotation mark (") is in the middle of a cell, and what follows cannot be read; double those '
        'of a text (""), or take them out',
    ),
    "cut_csv": (
        'n’est pas du CSV : un guillemet (") ouvert dans cette ligne n’est jamais fermé ; fermez-le, ou retirez-le',
        'is not CSV: a quotation mark (") opened in this row is never closed; close it, or take it out',
    ),
    "long_cell": (
        "a une case de plus de {expected} caractères ; on n’en lit pas plus : raccourcissez-la, ou fermez le guillemet "
        '(") qui y est ouvert',
        "has a cell of more than {expected} characters; no more are read: make it shorter, or close the quotation mark "
        '(") that is open in it',
    ),
    "misquoted": (
        'a un guillemet (") au milieu d’une case, et {value} cases alors que l’en-tête en a {expected} : doublez les '
        'guillemets d’un texte (""), ou retirez-les',
        'has a quotation mark (") in the middle of a cell, and {value} cells where the header has {expected}: double '
        'those of a text (""), or take them out',
    ),
    "quotes": (
        'a un guillemet (") au milieu d’une case : la ligne est lue au mieux ; vérifiez-la, ou doublez les '
        'guillemets d’un texte ("")',
        'has a quotation mark (") in the middle of a cell: the row is read as well as it can be; check it, '
        'or double those of a text ("")',
    ),
    "not_workbook": (
        "n’est pas un classeur : ouvrez-le dans un tableur et enregistrez-le en .xlsx",
        "is not a workbook: open it in a spreadsheet and save it as .xlsx",
    ),
    "old_workbook": (
        "est protégé par un mot de passe ou d’un ancien format : enregistrez-le en .xlsx, sans mot de passe",
        "is protected by a password or of an old format: save it as .xlsx, without a password",
    ),
    "broken_workbook": (
        "ne peut pas être lu comme classeur, car une de ses parties manque ou est abîmée : ouvrez-le dans un tableur "
        "et enregistrez-le de nouveau",
        "cannot be read as a workbook, as a part of it is missing or broken: open it in a spreadsheet and save it "
        "again",
    ),
    "open_document": (
        "est un fichier OpenDocument (.ods) : ouvrez-le dans un tableur et enregistrez-le en .xlsx, ou en CSV",
        "is an OpenDocument file (.ods): open it in a spreadsheet and save it as .xlsx, or as CSV",
    ),
    "numbers_document": (
        "est un fichier de Numbers : ouvrez-le dans Numbers et exportez-le en .xlsx, ou en CSV",
        "is a file of Numbers: open it in Numbers and export it as .xlsx, or as CSV",
    ),
    "no_sheet": (
        "n’a pas de feuille avec un tableau : mettez-y des lignes, ou enregistrez la bonne feuille en CSV",
        "has no sheet with a table: put rows into one, or save the right sheet as CSV",
    ),
    "unpacked": (
        "fait {value} octets une fois décompressé ; on en lit au plus {expected} : enregistrez-le en CSV",
        "unpacks to {value} bytes; at most {expected} are read: save it as CSV",
    ),
    "cells": (
        "a plus de {expected} cases, vides comprises ; on n’en lit pas plus : retirez les lignes et colonnes "
        "inutiles, ou enregistrez-le en CSV",
        "has more than {expected} cells, empty ones counted; no more are read: take out rows and columns that are not "
        "needed, or save it as CSV",
    ),
    "sheet": ("a été lue la feuille « {value} »", "the sheet “{value}” was read"),
    "other_sheet": (
        "la feuille « {column} » n’est pas lue (lignes sous l’en-tête : {value}) : si ce sont des fiches, "
        "enregistrez-la dans un fichier à part",
        "the sheet “{column}” is not read (rows below its header: {value}): if they are entries, save it as a file of "
        "its own",
    ),
    "sheet_hidden": (
        "a été lue la feuille « {value} », qui est masquée : les feuilles visibles sont vides",
        "the sheet “{value}” was read, which is hidden: the visible ones are empty",
    ),
    "other_sheet_hidden": (
        "la feuille masquée « {column} » n’est pas lue (lignes sous l’en-tête : {value}) : si ce sont des fiches à "
        "publier, enregistrez-la dans un fichier à part",
        "the hidden sheet “{column}” is not read (rows below its header: {value}): if they are entries to publish, "
        "save it as a file of its own",
    ),
    "header": (
        "les noms des colonnes ont été trouvés à la ligne {value} ; lignes au-dessus, non lues : {expected}",
        "the names of the columns were found in row {value}; rows above it, which are not read: {expected}",
    ),
    "no_names": (
        "ressemble à une fiche, pas aux noms des colonnes : elle est lue comme les autres, et les colonnes sont "
        "appelées {expected} ; mettez au-dessus une ligne avec leurs noms, comme Titre et Description",
        "looks like an entry, not like the names of the columns: it is read like the others, and the columns are "
        "called {expected}; put a row with their names above it, like Title and Description",
    ),
    "header_again": (
        "les noms des colonnes y sont encore une fois : la ligne n’est pas une fiche",
        "the names of the columns are there once more: the row is no entry",
    ),
    "no_title": (
        "aucune colonne n’est connue comme titre ; la ligne {value} semble porter les noms des colonnes ({expected}). "
        "« passerelle build --dry-run » écrit un brouillon où dire laquelle est « title »",
        "no column is known as the title; row {value} looks like the names of the columns ({expected}). "
        "“passerelle build --dry-run” writes a draft in which to say which one is “title”",
    ),
    "no_title_key": (
        "aucun nom n’est connu comme titre ({expected}). "
        "« passerelle build --dry-run » écrit un brouillon où dire lequel est « title »",
        "no name is known as the title ({expected}). "
        "“passerelle build --dry-run” writes a draft in which to say which one is “title”",
    ),
    # ---- JSON
    "json_deep": ("ne peut pas être lu : trop de niveaux imbriqués", "cannot be read: it is nested too deeply"),
    "json_file": (
        "n’est pas du JSON à partir de « {value} » : corrigez ce qui est là ou juste avant (une virgule, un guillemet, "
        "une accolade), ou exportez-le de nouveau",
        "is not JSON from “{value}” on: mend what is there or just before it (a comma, a quotation mark, a brace), or "
        "export it again",
    ),
    "json_file_cut": (
        "s’arrête avant la fin du JSON : il y manque un guillemet, un crochet ou une accolade ; exportez-le de nouveau",
        "ends before its JSON does: a quotation mark, a bracket or a brace is missing; export it again",
    ),
    "json_shape": (
        'n’a pas de liste d’objets : écrivez-le comme [{{"title": "…", "description": "…"}}, …], un objet pour '
        "chaque fiche, ou enregistrez-le en CSV",
        'has no list of objects: write it like [{{"title": "…", "description": "…"}}, …], one object for each '
        "entry, or save it as CSV",
    ),
    "json_wrong": (
        "ne peut pas être lu à partir de « {value} » : corrigez ce qui est là ou juste avant (une virgule, un "
        "guillemet, une accolade)",
        "cannot be read from “{value}” on: mend what is there or just before it (a comma, a quotation mark, a brace)",
    ),
    "json_cut": (
        "s’arrête avant la fin : il y manque un guillemet, un crochet ou une accolade",
        "ends too soon: a quotation mark, a bracket or a brace is missing",
    ),
    "json_blank": ("est vide : retirez cette ligne", "is empty: take this line out"),
    "json_number": ("a un nombre trop long pour être lu", "has a number that is too long to be read"),
    "json_list": (
        "la liste « {column} » n’est pas lue (objets : {value}), seule la plus longue l’est : si ce sont des fiches, "
        "mettez-les toutes dans une même liste, ou celles-ci dans un fichier à part",
        "the list “{column}” is not read (objects: {value}), only the longest is: if they are entries, put all into "
        "one list, or these into a file of their own",
    ),
    "json_item": (
        "n’est pas un objet (des noms et des valeurs) et n’est pas lu : écrivez-le comme les autres de la liste",
        "is no object (names and values) and is not read: write it like the others of the list",
    ),
    "json_no_object": ("doit contenir des noms et des valeurs", "must hold names and values"),
    # ---- YAML
    "not_yaml": ("n’est pas du YAML : {value}", "is not YAML: {value}"),
    "too_deep": ("a trop de niveaux imbriqués", "is nested too deeply"),
    "too_long": (
        "a {value} caractères ; on en lit au plus {expected}",
        "has {value} characters; at most {expected} are read",
    ),
    "not_keys": ("doit contenir des clés et des valeurs", "must hold keys and values"),
    "shared_anchor": (
        "emploie une ancre (&) plus d’une fois (*) ; écrivez-la en toutes lettres",
        "uses an anchor (&) more than once (*); write it out",
    ),
    "key_twice": ("la clé '{value}' est donnée deux fois", "key '{value}' is given twice"),
    # ---- Columns
    "column_twice": (
        "la colonne '{value}' y est deux fois : renommez-en une",
        "column '{value}' is there twice: name one of them otherwise",
    ),
    "column_again": (
        "une autre colonne a le même nom : celle-ci, la {expected}e, est appelée '{value}'",
        "another column has the same name: this one, number {expected}, is called '{value}'",
    ),
    "chosen_twice": (
        "est lue comme la colonne '{expected}' : choisissez autre chose pour l’une des deux",
        "is read as what column '{expected}' is read as: choose something else for one of the two",
    ),
    "column_unknown": (
        "n’est pas connue et n’est pas lue ; son nom chez nous peut être dit dans {expected}",
        "is not known and not read; what it is here can be said in {expected}",
    ),
    "column_facet": (
        "devient un filtre, avec les valeurs du tableau ; {expected} peut dire quelles colonnes en sont (facets) ou "
        "n’en sont pas (ignore)",
        "becomes a filter, with the values of the table; {expected} can say which columns are one (facets) or are not "
        "(ignore)",
    ),
    "column_like": (
        "ressemble à « {value} » mais n’est pas lue : confirmez-le dans {expected}",
        "looks like “{value}” but is not read: confirm it in {expected}",
    ),
    "column_confirm": (
        "est lue comme « {value} », par ressemblance : vérifiez-le dans {expected}",
        "is read as “{value}”, by likeness: check it in {expected}",
    ),
    "column_spare": (
        "n’est pas lue : « {value} » est lu de la colonne '{expected}'",
        "is not read: “{value}” is read from column '{expected}'",
    ),
    "column_unnamed": (
        "la colonne {value} n’a pas de nom et n’est pas lue",
        "column {value} has no name and is not read",
    ),
    "moved": (
        "une fiche de type « {value} » n’a pas ce champ : le texte est lu comme « {expected} »",
        "a {value} has no such field: the text is read as “{expected}”",
    ),
    # ---- Rows
    "cells_beyond": (
        "a {value} cases alors que l’en-tête en a {expected} : mettez entre guillemets le texte qui contient le "
        'séparateur, et doublez les guillemets ("") qui y sont',
        "has {value} cells where the header has {expected}: put a text that holds the separator in quotation marks, "
        'and double ("") those that are in it',
    ),
    "row_unread": (
        "n’a rien dans les colonnes qui sont lues, et n’est pas une fiche",
        "has nothing in the columns that are read, and is no entry",
    ),
    "no_text": (
        "n’a ni titre ni texte, et n’est pas une fiche",
        "has neither a title nor a text, and is no entry",
    ),
    "empty": (
        "est vide : donnez un titre à cette ligne, ou retirez-la",
        "is empty: give the row a title, or take it out",
    ),
    "title_form": ("doit être un texte", "must be a text"),
    "id_form": (
        "'{value}' n’est pas un identifiant : lettres, chiffres et traits d’union, 100 au plus",
        "'{value}' is not an id: letters, digits and hyphens, 100 at most",
    ),
    "id_twice": (
        "'{value}' est déjà à la ligne {expected}, dans la même langue : donnez un autre identifiant",
        "'{value}' is in row {expected} already, in the same language: give another id",
    ),
    "ids_made": (
        "ses valeurs ne sont pas des identifiants (lettres, chiffres et traits d’union, 100 au plus) : ceux des fiches "
        "en sont faits, '{value}' devient '{expected}'",
        "its values are no ids (letters, digits and hyphens, 100 at most): those of the entries are made of them, "
        "'{value}' becomes '{expected}'",
    ),
    "id_again": (
        "'{value}' est déjà à la ligne {expected}, avec un autre titre : la ligne est une fiche à part, avec un numéro "
        "après cet identifiant",
        "'{value}' is in row {expected} already, with another title: the row is an entry of its own, with a number "
        "after that id",
    ),
    "same_title": (
        "ce titre est déjà à la ligne {expected} : la ligne est une fiche à part, '{value}' ; pour deux langues d’une "
        "même fiche, donnez-leur un même id",
        "this title is in row {expected} already: the row is an entry of its own, '{value}'; two languages of one "
        "entry need one id in both rows",
    ),
    "language": (
        "'{value}' n’est pas une de {expected} : la bibliothèque est dans ces langues",
        "'{value}' is not one of {expected}: the library is in these languages",
    ),
    "title_borrowed": (
        "n’a pas de titre dans cette langue ({value}) : l’autre titre y sert",
        "has no title in this language ({value}): the other title is used",
    ),
    "title_only": (
        "n’a qu’un titre : la fiche n’est trouvée que par lui",
        "has a title only: the entry is found by it alone",
    ),
    "title_section": (
        "« {value} » n’a pas de texte et semble être un intertitre, un total ou une note du tableau : la ligne est lue "
        "comme une fiche ; si ce n’en est pas une, retirez-la",
        "“{value}” has no text and looks like a heading, a total or a note of the table: the row is read as an entry; "
        "if it is none, take it out",
    ),
    "differs": (
        "'{value}' n’est pas ce que dit la ligne {expected} de la même fiche, que l’on garde",
        "'{value}' is not what row {expected} of the same entry says, which is kept",
    ),
    # ---- Cells
    "not_one_of": ("'{value}' n’est pas un de {expected}", "'{value}' is not one of {expected}"),
    "not_near": (
        "'{value}' n’est pas de la liste ; les plus proches : {expected}",
        "'{value}' is not in the list; nearest: {expected}",
    ),
    "degrees": (
        "'{value}' doit être en degrés, de -{expected} à {expected}",
        "'{value}' must be degrees, -{expected} to {expected}",
    ),
    "date": (
        "'{value}' n’est pas une date : écrivez 2021, 2021-03, 2021-03-12 ou mars 2021",
        "'{value}' is not a date: write 2021, 2021-03, 2021-03-12 or March 2021",
    ),
    "end_first": (
        "'{value}' est avant le début, {expected} : corrigez l’un des deux",
        "'{value}' is before the start, {expected}: mend one of them",
    ),
    "half_place": (
        "'{value}' est seule : il faut la latitude et la longitude",
        "'{value}' is alone: both latitude and longitude are needed",
    ),
    "filled_in": (
        "dit quand le formulaire a été rempli, pas quand cela a eu lieu, et n’est pas lue ; si c’en est la date, "
        "dites-le dans {expected}",
        "says when the form was filled in, not when it took place, and is not read; if it is that date, say so in "
        "{expected}",
    ),
    "other_languages": (
        "des textes ne semblent être ni en français ni en anglais (lignes : {expected}) : ils sont lus comme tels ; "
        "traduisez-les, ou retirez ces lignes",
        "some texts seem to be neither in French nor in English (rows: {expected}): they are read as if they were; "
        "translate them, or take these rows out",
    ),
    "date_guess": ("'{value}' est lu comme {expected}", "'{value}' is read as {expected}"),
    "month_first": (
        "le mois y est avant le jour, comme dans 4/25/2014 : toutes ses dates sont lues ainsi",
        "has the month before the day, as in 4/25/2014: all its dates are read so",
    ),
    "month_first_as": (
        "le mois y est lu avant le jour, comme dans la colonne « {value} »",
        "is read with the month before the day, as column “{value}” is",
    ),
    "month_first_time": (
        "le mois y est lu avant le jour, car les heures y sont en am et pm : '{value}' est lu comme {expected} ; si "
        "c’est le jour qui est devant, écrivez les dates comme 2021-03-12",
        "is read with the month before the day, since its times are am and pm: '{value}' is read as {expected}; if the "
        "day is first, write the dates like 2021-03-12",
    ),
    "month_unsure": (
        "rien n’y dit si le jour est avant le mois : '{value}' est lu comme {expected} ; si c’est le mois qui est "
        "devant, écrivez les dates comme 2021-03-12",
        "does not say whether the day is before the month: '{value}' is read as {expected}; if the month is first, "
        "write the dates like 2021-03-12",
    ),
    "short_years": (
        "'{value}' y est lu comme deux années, pas comme un mois, et toute date écrite ainsi",
        "'{value}' is read as two years there, not as a month, and so is every date written like it",
    ),
    "years_unsure": (
        "rien n’y dit si '{value}' est un mois ou deux années : il est lu comme un mois ; si ce sont deux années, "
        "écrivez la seconde avec quatre chiffres, comme 2010-2011",
        "does not say whether '{value}' is a month or two years: it is read as a month; if it is two years, write the "
        "second with four digits, like 2010-2011",
    ),
    "address": (
        "'{value}' doit commencer par http:// ou https://",
        "'{value}' must begin with http:// or https://",
    ),
    "source_count": (
        "il faut une adresse par source (sources : {expected}, adresses : {value}) : chacune est lue comme une source "
        "à part ; pour les joindre, donnez-en autant, séparées par « ; »",
        "needs one address for each source (sources: {expected}, addresses: {value}): each is read as a source of its "
        "own; to join them, give as many, with semicolons between them",
    ),
    "address_beside": (
        "« {value} », à côté d’une adresse, n’est pas lu : une autre colonne donne le nom des sources",
        "“{value}”, beside an address, is not read: another column gives the names of the sources",
    ),
    "beside_count": (
        "il faut une valeur par source (sources : {expected}, valeurs : {value}) : séparez-les par « ; »",
        "needs one value for each source (sources: {expected}, values: {value}): put semicolons between them",
    ),
    "error_value": (
        "contient l’erreur de calcul {value} au lieu d’une valeur : corrigez la formule",
        "holds the error {value} instead of a value: mend the formula",
    ),
    "formula": (
        "contient une formule sans résultat ({value}) : ouvrez le fichier dans un tableur et enregistrez-le",
        "holds a formula without a result ({value}): open the file in a spreadsheet and save it",
    ),
    "no_value": ("contient {value}, qui n’est pas une valeur", "holds {value}, which is no value"),
    "form": ("doit être {expected}", "must be {expected}"),
    "characters": (
        "contient des caractères que l’on ne peut pas afficher : ils sont retirés ou remplacés par �",
        "holds characters that cannot be shown: they are taken out or replaced by �",
    ),
    "marks": ("doit être de la forme before: stated", "must be like before: stated"),
    "id_meets": (
        "la fiche « {value} » existe déjà dans « {column} » : celle-ci s’appelle ici « {expected} »",
        "the entry “{value}” is in “{column}” already: this one is called “{expected}” here",
    ),
    "label_differs": (
        "« {value} » ({column}) a un autre libellé dans une bibliothèque nommée avant : « {expected} » est gardé",
        "“{value}” ({column}) has another label in a library named before: “{expected}” is kept",
    ),
    "no_link": ("aucune fiche n’a l’identifiant '{value}'", "no entry has the id '{value}'"),
    "self_link": ("la fiche renvoie à elle-même", "the entry names itself"),
    "link_kind": (
        "'{value}' n’est pas une pratique",
        "'{value}' is not a practice",
    ),
    "for_cases": ("est pour les cas (kind: case)", "is for cases (kind: case)"),
}
"""Kind of problem to how it is said in French and in English, with the places of what was found."""
