"""Tables of strangers: nothing that somebody wrote is lost, or read as something else, in silence."""

from __future__ import annotations

from pathlib import Path

import pytest

from search.library.tables.cells import shown_text
from search.library.tables.facets import looks_like_facet
from search.library.tables.preview import TablePreview
from search.library.tables.reading import preview_table


def read(folder: Path, text: str, name: str = "mine.csv", *, columns: str = "") -> TablePreview:
    file = folder / name
    file.write_bytes(text.encode())
    if columns:
        (folder / f"{file.stem}.columns.yaml").write_text(columns, encoding="utf-8")
    return preview_table(file)


def notes(preview: TablePreview, *kinds: str) -> list[tuple[int, str]]:
    return [(note.line, note.message) for note in preview.notes if not kinds or note.kind in kinds]


# ---- Characters --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("control", ["\v", "\f", "\x85", "\x1c", "\x1f", "_x000B_", "_x000C_"])
def test_a_control_between_words_leaves_a_space(control: str) -> None:
    assert shown_text(f"Les habitants{control}jardinent") == ("Les habitants jardinent", False)


def test_a_control_that_parts_nothing_is_taken_out_with_a_note() -> None:
    assert shown_text("jar\x07din_x000D_") == ("jardin", True)


def test_a_break_inside_a_cell_ends_no_row(tmp_path: Path) -> None:
    preview = read(tmp_path, "Titre,Description\nUn,Le jardin; ici\x0bet ailleurs\nDeux,Un café; là\x85aussi\n")
    assert [entry.text("description", "fr") for entry in preview.entries] == [
        "Un café; là aussi",
        "Le jardin; ici et ailleurs",
    ]


# ---- Tables without names of columns -----------------------------------------------------------------------------

NO_NAMES = """\
Jardin de la rue;Les voisins tiennent un jardin avec la commune depuis trois ans.;Namur
Atelier vélo;Un groupe a ouvert un atelier dans une salle que prête la ville.;Namur
Café des voisins;Des bénévoles servent le café, et la mairie prête le local.;Dinant
"""


def test_a_first_row_that_is_an_entry_is_read_as_one_and_said(tmp_path: Path) -> None:
    preview = read(tmp_path, NO_NAMES)
    assert [entry.id for entry in preview.entries] == ["atelier-velo", "cafe-des-voisins", "jardin-de-la-rue"]
    assert notes(preview, "no_names") == [
        (
            1,
            "looks like an entry, not like the names of the columns: it is read like the others, and the columns are "
            "called A, B, C; put a row with their names above it, like Title and Description",
        )
    ]
    again = read(tmp_path, NO_NAMES, columns="columns: {A: title, B: description}\nfacets: [C]\n")
    assert {entry.id: entry.facets["C"] for entry in again.entries}["jardin-de-la-rue"] == ("Namur",)


def test_a_text_of_one_sentence_a_line_is_an_entry_a_line(tmp_path: Path) -> None:
    lines = [
        "Les habitants tiennent un jardin. La commune aide.",
        "Un groupe, avec l’aide de la ville, a ouvert un atelier.",
        "Le café est tenu par des bénévoles, la mairie prête le local.",
        "Une maison, tenue par des voisins, pour se rencontrer.",
    ]
    preview = read(tmp_path, "\n".join(lines), "mine.txt")
    assert sorted(entry.title("fr") for entry in preview.entries) == sorted(lines)


@pytest.mark.parametrize(
    "header",
    [
        "Votre initiative;Décrivez votre initiative en quelques phrases.",  # a question of a form
        "Initiative;Ce qui a été fait avec les habitants du quartier",
        "Titre;Décrivez l’initiative en quelques phrases simples.",
    ],
)
def test_a_row_of_questions_or_known_names_is_no_entry(tmp_path: Path, header: str) -> None:
    rows = "".join(line.rpartition(";")[0] + "\n" for line in NO_NAMES.splitlines())
    assert read(tmp_path, f"{header}\n{rows}").header == 1


# ---- Texts that are no filters -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "cells",
    [
        ["Présents : Ana\nDécision : on plante", "Présents : Ana\nDécision : on attend", "Présents : Ana"],
        ["- Un lieu ouvert\n- Des bénévoles", "- Un lieu ouvert\n- Peu cher", "- Des bénévoles"],
        ["Contexte\nLa ville donne un local.\nDes habitants l’ont.", "Contexte\nDes élus écoutent ici.", "Contexte"],
    ],
)
def test_the_lines_of_a_text_are_no_values_of_a_filter(tmp_path: Path, cells: list[str]) -> None:
    rows = "".join(f'Jardin {at},Un texte,"{cell}"\n' for at, cell in enumerate(cells))
    preview = read(tmp_path, f"Titre,Description,Suivi\n{rows}")
    assert [column.facet for column in preview.columns] == [False, False, False]
    assert notes(preview, "column_unknown") != []  # not read, and told


def test_several_short_values_in_a_cell_are_a_filter_still() -> None:
    assert looks_like_facet([("Jardin", "École"), ("Jardin",), ("École", "Mobilité")])


def test_a_story_in_markdown_is_the_text_where_there_is_no_other(tmp_path: Path) -> None:
    story = "## Contexte\n**La commune** prête une salle depuis mai.\n* un café\n[le site](https://a.be/x)"
    rows = "".join(f'Nom {at},"{story} {at}"\n' for at in ("un", "deux", "trois"))
    preview = read(tmp_path, f"Name,Notes\n{rows}")
    assert preview.entries[0].text("description", "fr") == (
        "Contexte\nLa commune prête une salle depuis mai.\n- un café\nle site (https://a.be/x) deux"
    )


# ---- Marks and links ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("**Jardin** de la *rue*", "Jardin de la rue"),
        ("# Titre #\n![photo](a.png) et `code`", "Titre\nphoto et code"),
        ("les habitant*es et voisin*es", "les habitant*es et voisin*es"),
        ("3 * 4 * 5, mon_fichier_2", "3 * 4 * 5, mon_fichier_2"),
        ("prix* et conditions*", "prix* et conditions*"),
        ("<p>Voir <a href='https://a.be/x' class=b><b>le site</b></a>.</p>", "Voir le site (https://a.be/x)."),
        ('https://a.be/x est <a href="https://a.be/x">https://a.be/x</a>', "https://a.be/x est https://a.be/x"),
        ("&lt;p&gt;Un &lt;b&gt;jardin&lt;/b&gt;&lt;/p&gt;", "Un jardin"),
        ("moins de &lt;5 m", "moins de <5 m"),
    ],
)
def test_marks_are_read_as_what_they_mean_and_addresses_stay(text: str, shown: str) -> None:
    assert shown_text(text)[0] == shown


def test_where_a_title_or_a_source_leads_is_the_address_of_a_source(tmp_path: Path) -> None:
    preview = read(
        tmp_path,
        "Titre,Texte,Sources\n[Jardin](https://a.be/j),Un texte,[Rapport](https://a.be/r)\n"
        "<a href='https://a.be/c'>Café</a>,Un autre,[Bilan](https://a.be/b)\n",
    )
    assert {one.title("fr"): [(s.title, s.url) for s in one.sources] for one in preview.entries} == {
        "Jardin": [("Rapport", "https://a.be/r"), ("", "https://a.be/j")],
        "Café": [("Bilan", "https://a.be/b"), ("", "https://a.be/c")],
    }


def test_sources_that_are_objects_have_their_titles_and_addresses(tmp_path: Path) -> None:
    line = '{"title": "Jardin", "text": "Un texte", "sources": [{"title": "Rapport", "url": "https://a.be/r"}]}\n'
    [entry] = read(tmp_path, line, "mine.jsonl").entries
    assert [(one.title, one.url) for one in entry.sources] == [("Rapport", "https://a.be/r")]


# ---- Facts that are none -----------------------------------------------------------------------------------------


def test_when_a_form_was_filled_in_is_no_date_of_a_project(tmp_path: Path) -> None:
    rows = "2024-01-01T10:00:00.000+01:00,2024-01-01T10:10:00.000+01:00,Jardin,Un texte\n"
    preview = read(tmp_path, f"start,end,Titre,Description\n{rows}")
    assert [(one.kind, one.start, one.end) for one in preview.entries] == [("practice", None, None)]
    assert [note.column for note in preview.notes if note.kind == "filled_in"] == ["end", "start"]
    days = rows.replace("10:00:00.000", "00:00:00").replace("10:10:00.000", "00:00:00")
    assert read(tmp_path, f"start,end,Titre,Description\n{days}", "days.csv").entries[0].start == "2024-01-01"


def test_an_end_before_its_start_and_half_a_place_are_set_aside_and_told(tmp_path: Path) -> None:
    preview = read(
        tmp_path,
        "Titre;Texte;Début;Fin;Latitude;Longitude\nUn;Un texte;2025;2019;999;4,5\n"
        "Deux;Un texte;2019-05-01;2019;50,4;4,5\n",
    )
    facts = {one.id: (one.start, one.end, one.lat, one.lon) for one in preview.entries}
    assert facts == {"un": ("2025", None, None, None), "deux": ("2019-05-01", "2019", 50.4, 4.5)}
    assert notes(preview, "end_first", "half_place") == [
        (2, "column Fin: '2019' is before the start, 2025: mend one of them; the cell is set aside"),
        (2, "column Longitude: '4.5' is alone: both latitude and longitude are needed; the cell is set aside"),
    ]


def test_texts_in_another_language_are_named_once_with_their_rows(tmp_path: Path) -> None:
    preview = read(
        tmp_path,
        "Titre;Texte\nJardin;Les habitants tiennent un jardin avec la commune.\n"
        "Tuin;De bewoners onderhouden samen met de gemeente een tuin in de wijk.\n"
        "Garten;Die Bewohner pflegen gemeinsam mit der Stadt einen Garten und ein Café.\n",
    )
    [(line, said)] = notes(preview, "other_languages")
    assert (line, "(rows: 3 (nl), 4 (de))" in said, len(preview.entries)) == (0, True, 3)
