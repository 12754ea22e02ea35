"""What stands between the cells of a CSV, whatever stands in its texts."""

from __future__ import annotations

import pytest

from search.library.tables.columns import ColumnMap
from search.library.tables.delimiters import delimiter_of

SEMICOLONS = """\
Action menée;Ce que nous avons appris;Quartier
Jardin des Lilas;La mairie, l'office HLM et les voisins ont signé, après un vote, et beaucoup de café.;Nord
Café citoyen;Il faut un élu présent à chaque fois, sinon les gens partent.;Sud
"""
COMMAS = """\
Initiative,What we learned,Ward
Repair café,Ask early; ask again; bring cake; thank people; keep a log,North
River watch,Measure weekly; publish; repeat,South
"""


@pytest.mark.parametrize(
    ("text", "delimiter"),
    [
        (SEMICOLONS, ";"),
        (SEMICOLONS.replace(";", "\t"), "\t"),
        (SEMICOLONS.replace(";", "|"), "|"),
        (COMMAS, ","),
        ("Action menée,Appris,Qui\nJardin,On a ; ensemble ; oui,Mairie\nCafé,Parler ; noter ; suivre,Asso\n", ","),
        ("Action menée;Appris, et le reste\nJardin, café, marché;On a appris, ensemble\nFête;Parler, noter\n", ";"),
        ("Action menée;Appris, et le reste\nJardin, café;Ensemble\nFête;Parler, noter\n", ";"),  # both are even
        ("post_name,post_text\nA &amp; B,<p>Un; deux; trois.</p>\nC &amp; D,Quatre; cinq.\n", ","),
        ('Action menée,Appris\nJardin,"Un texte, long; ""vraiment"", oui"\nCafé,"Un, deux"\n', ","),
        ("Action menée;Appris;Qui;Où;Quand\nJardin;Un, deux;Mairie;Nord\nCafé;Un, deux;Asso\nFête;a, b;Asso\n", ";"),
        ("Liste des projets, 2024\n\nAction menée;Appris;Qui\nJardin;Un texte;Mairie\nCafé;Un autre;Asso\n", ";"),
    ],
)
def test_what_cuts_all_rows_alike_is_the_delimiter_though_no_name_is_known(text: str, delimiter: str) -> None:
    assert delimiter_of(text, ColumnMap().known) == delimiter


@pytest.mark.parametrize(
    ("text", "delimiter"),
    [
        ("Title,Summary\nA garden,Neighbours, a council, two years.\nA bench,Some; wood, and time.\n", ","),  # unquoted
        ("Titre\nJardin, café\nFête, marché\nFour, pain\n", ";"),  # one column
        ("Initiative,Learned,Ward\nCafé,Ask; results; date; place,North\nWatch,Measure; repeat,South\n", ","),
        ("Titre;Résumé\n", ";"),
    ],
)
def test_known_names_tell_of_the_delimiter_where_rows_are_cut_wrongly(text: str, delimiter: str) -> None:
    assert delimiter_of(text, ColumnMap().known) == delimiter
