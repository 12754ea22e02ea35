"""Ten tables as people have them, made by program: what each tool exports, over projects made of parts."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice, product
from pathlib import Path

from openpyxl import Workbook

ACTIONS = (
    ("Le four à pain", "Les voisins ont remis en état le four communal et cuisent ensemble le premier samedi du mois."),
    ("La maison des associations", "La mairie prête une ancienne école ; dix associations en tiennent le planning."),
    ("Le budget participatif", "Les habitants ont proposé puis voté l’emploi d’une part du budget de la commune."),
    ("Le jardin des remparts", "Un terrain vague est devenu un potager partagé, avec une convention de trois ans."),
    (
        "Le comité des usagers du bus",
        "Des passagers et la régie se réunissent chaque trimestre pour revoir les horaires.",
    ),
    ("Le café de la gare", "Une coopérative a rouvert le buffet fermé depuis vingt ans, avec un bail précaire."),
    ("La brigade des haies", "Agents et bénévoles replantent les talus arrachés pendant le remembrement."),
    ("Le conseil des jeunes", "Des collégiens suivent la rénovation du skate-park du début à la fin."),
)
PLACES = ("Aubenas", "Briec", "Cluny", "Digne", "Embrun", "Figeac", "Gaillac", "Hyères", "Istres", "Joigny")
ENGLISH = (
    ("The bread oven", "Neighbours repaired the village oven and bake together on the first Saturday of the month."),
    ("The house of clubs", "The council lends a former school; ten clubs share its calendar and clean it in turn."),
    ("The residents' budget", "People proposed projects and voted on how to spend part of the town budget."),
    ("The garden on the wall", "Waste land became a shared vegetable plot under a three-year agreement."),
    ("The bus users' panel", "Passengers and the operator meet every quarter to revise the timetable."),
    ("The station cafe", "A co-operative reopened the buffet that had been closed for twenty years."),
    ("The hedge brigade", "Officers and volunteers replant banks that were torn out a generation ago."),
    ("The youth council", "Pupils follow the renovation of the skate park from beginning to end."),
)

FRENCH_QUERY = (
    "Des passagers voudraient discuter des horaires avec la régie de transport",
    "Le comité des usagers du bus",
)
ENGLISH_QUERY = ("Passengers want to talk about timetables with the bus company", "The bus users' panel")


@dataclass(frozen=True)
class Project:
    """One row before it is written in anybody's form.

    Attributes:
        title, text, place: What it says.
        year: When it began.
    """

    title: str
    text: str
    place: str
    year: int


@dataclass(frozen=True)
class MadeTable:
    """A table, and what it should read as.

    Attributes:
        name: Of its file.
        shape: Whose export it is like.
        write: Writes it to a file.
        texts: Title to text, as they should be read, of every entry it should give.
        query: What is asked of it, and how the title begins that should answer first.
        languages: How many languages every entry should have.
    """

    name: str
    shape: str
    write: Callable[[Path], None]
    texts: Mapping[str, str]
    query: tuple[str, str]
    languages: int = 1


def projects(count: int, actions: Sequence[tuple[str, str]] = ACTIONS) -> list[Project]:
    """Make so many projects, each with a title of its own."""
    word, rounds = (" à " if actions is ACTIONS else ", "), range(1, 2 + count // (len(actions) * len(PLACES)))
    made = (
        Project(f"{title}{word}{place}" + (f" ({turn})" if turn > 1 else ""), text, place, 2010 + (turn + at) % 14)
        for turn, (at, place), (title, text) in product(rounds, enumerate(PLACES), actions)
    )
    return list(islice(made, count))


def texts_of(rows: Sequence[Project]) -> dict[str, str]:
    """Return title and text of each."""
    return {row.title: row.text for row in rows}


def write_csv(path: Path, rows: Iterator[Sequence[object]] | Sequence[Sequence[object]], **form: str) -> None:
    """Write a CSV file; ``form`` is its ``delimiter`` and its ``encoding``."""
    text = io.StringIO()
    csv.writer(text, delimiter=form.get("delimiter", ",")).writerows(rows)
    path.write_bytes(text.getvalue().encode(form.get("encoding", "utf-8"), errors="replace"))


# ---- The ten -------------------------------------------------------------------------------------------------


def excel_of_a_town() -> MadeTable:
    """A service's workbook: a title above in merged cells, districts merged over rows, a total below."""
    rows = projects(36)

    def write(path: Path) -> None:
        book = Workbook()
        sheet = book.worksheets[0]
        sheet.append(["Ville de Montreuil-sur-Aulne – Recensement des actions partagées"])
        sheet.append(["Mis à jour le 12/03/2024 par la direction de la vie locale"])
        sheet.append([])
        sheet.append(
            ["N°", "Quartier", "Intitulé de l’action", "Descriptif de l’action", "Lancement", "Budget (€)", "État"]
        )
        for number, row in enumerate(rows, 1):
            quarter = row.place if number % 8 == 1 else None
            sheet.append([number, quarter, row.title, row.text, f"mars {row.year}", 1500 * number, "En cours"])
        sheet.append(["TOTAL", None, None, None, None, 999000, None])
        sheet.merge_cells("A1:G1")
        sheet.merge_cells("A2:G2")
        for first in range(5, 5 + len(rows), 8):
            sheet.merge_cells(f"B{first}:B{min(first + 7, 4 + len(rows))}")
        book.save(path)

    return MadeTable("recensement.xlsx", "Excel of a French town", write, texts_of(rows), FRENCH_QUERY)


def google_form() -> MadeTable:
    """Answers to a form: a timestamp, an address, questions as names of columns."""
    rows = projects(24)
    names = [
        "Horodateur",
        "Adresse e-mail",
        "1. Quel est le nom de votre projet ou de votre initiative ?",
        "2. Décrivez-le en quelques phrases (objectifs, public visé, partenaires…)",
        "3. Dans quelle commune se déroule-t-il ?",
        "4. Depuis quand ?",
        "5. Acceptez-vous d’être recontacté·e ?",
    ]

    def write(path: Path) -> None:
        given = (
            ["2024/03/12 10:32:11 AM UTC+1", f"p{n}@exemple.fr", row.title, row.text, row.place, "depuis 2 ans", "Oui"]
            for n, row in enumerate(rows)
        )
        write_csv(path, [names, *given])

    return MadeTable("Réponses au formulaire 1.csv", "Google Forms", write, texts_of(rows), FRENCH_QUERY)


def airtable() -> MadeTable:
    """A base: cells of several lines, attachments, people, ticks."""
    rows = [Project(r.title, f"{r.text}\n\n- first step\n- next step", r.place, r.year) for r in projects(24, ENGLISH)]

    def write(path: Path) -> None:
        names = ["Name", "Status", "Attachments", "Notes", "Assignee", "Tags", "Done", "Last modified"]
        photo = "photo {n}.jpg (https://v5.airtableusercontent.com/v3/u/27/27/1709/abc{n}/def)"
        given = (
            [
                row.title,
                "In progress",
                photo.format(n=n),
                row.text,
                "Ana, Bo",
                "food,shared",
                "checked",
                "12/3/2024 10:3",
            ]
            for n, row in enumerate(rows)
        )
        write_csv(path, [names, *given], encoding="utf-8-sig")

    return MadeTable("Projects-Grid view.csv", "Airtable", write, texts_of(rows), ENGLISH_QUERY)


def notion() -> MadeTable:
    """A database of pages: mark of UTF-8, links to other pages, dates in words."""
    rows = projects(20)

    def write(path: Path) -> None:
        names = ["Nom", "Étiquettes", "Présentation", "Lié à", "URL", "Créé le", "Responsable"]
        given = (
            [
                row.title,
                "habitants, mairie",
                row.text,
                f"Autre page (https://www.notion.so/Autre-page-{n:032x}?pvs=21)",
                f"www.exemple.fr/projets/{n}" if n % 3 else "",
                f"12 mars {row.year} 10:32",
                "Inès",
            ]
            for n, row in enumerate(rows)
        )
        write_csv(path, [names, *given], encoding="utf-8-sig")

    return MadeTable("Projets 1f2e3d4c.csv", "Notion", write, texts_of(rows), FRENCH_QUERY)


def nested_lines() -> MadeTable:
    """Rows of an interface of programs: objects in objects, texts as HTML."""
    rows = projects(40)

    def write(path: Path) -> None:
        lines = (
            {
                "id": 4000 + n,
                "type": "initiative",
                "attributes": {
                    "title": row.title,
                    "body": {"value": f"<p>{row.text}</p>", "format": "basic_html"},
                    "address": {"locality": row.place, "country_code": "FR", "lat": 44.1 + n / 100, "lon": 4.2},
                    "created": f"{row.year}-03-04T10:00:00+01:00",
                    "tags": [{"name": "local"}, {"name": "partage"}],
                },
                "links": {"self": f"https://exemple.fr/api/initiatives/{4000 + n}"},
            }
            for n, row in enumerate(rows)
        )
        path.write_text("\n".join(json.dumps(line, ensure_ascii=False) for line in lines), encoding="utf-8")

    return MadeTable("initiatives.jsonl", "nested JSONL", write, texts_of(rows), FRENCH_QUERY)


def open_data() -> MadeTable:
    """A portal's file: 800 rows, 47 columns of codes, Windows-1252, semicolons."""
    rows = projects(800)
    codes = [f"CODE_{letter}{number}" for letter in "ABCDEFGH" for number in range(1, 6)]

    def write(path: Path) -> None:
        names = ["ID_PROJET", "ANNEE", "NOM_PROJET", "DESC_PROJET", "COMMUNE", "X_L93", "Y_L93", *codes]
        given = (
            [
                f"P{n:05}",
                row.year,
                row.title,
                row.text,
                row.place.upper(),
                650000 + n,
                6860000 - n,
                *[n % 7] * len(codes),
            ]
            for n, row in enumerate(rows)
        )
        write_csv(path, [names, *given], delimiter=";", encoding="cp1252")

    return MadeTable("projets_od_2024.csv", "open data, 800 rows of 47 columns", write, texts_of(rows), FRENCH_QUERY)


def libreoffice() -> MadeTable:
    """A workbook of several sheets: a page of explanations, the table, lists to choose from."""
    rows = projects(30)

    def write(path: Path) -> None:
        book = Workbook()
        book.worksheets[0].title = "Lisez-moi"
        for line in (["Observatoire des coopérations"], ["Une ligne par action."], ["Contact", "obs@exemple.fr"]):
            book.worksheets[0].append(line)
        sheet = book.create_sheet("Données")
        sheet.append(["Réf.", "Libellé", "Contenu de l’action", "Territoire", "Démarrage", "Part", "Total"])
        for number, row in enumerate(rows, 2):
            sheet.append([f"A-{number}", row.title, row.text, row.place, row.year, 0.5, f"=F{number}*1000"])
        lists = book.create_sheet("Listes")
        for state in (["État", "Territoire"], ["En cours", "Aubenas"], ["Arrêté", "Briec"]):
            lists.append(state)
        book.save(path)

    return MadeTable("observatoire.xlsx", "LibreOffice, several sheets", write, texts_of(rows), FRENCH_QUERY)


def english_list() -> MadeTable:
    """A list of an English network."""
    rows = projects(30, ENGLISH)

    def write(path: Path) -> None:
        names = ["Project Title", "Lead organisation", "What is it about?", "Town", "Start", "Finish", "Website"]
        given = (
            [row.title, "Town council", row.text, row.place, f"03/{row.year}", "ongoing", f"http://{n}.example.org"]
            for n, row in enumerate(rows)
        )
        write_csv(path, [names, *given])

    return MadeTable("case studies.csv", "a table in English", write, texts_of(rows), ENGLISH_QUERY)


def bilingual() -> MadeTable:
    """A workbook with a column for each language."""
    french, english = projects(24), projects(24, ENGLISH)

    def write(path: Path) -> None:
        book = Workbook()
        sheet = book.worksheets[0]
        sheet.append(["Titre (FR)", "Title (EN)", "Description FR", "Description EN", "Pays / Country"])
        for one, other in zip(french, english, strict=True):
            sheet.append([one.title, other.title, one.text, other.text, "France"])
        book.save(path)

    return MadeTable(
        "fiches bilingues.xlsx",
        "a column for each language",
        write,
        texts_of(french) | texts_of(english),
        FRENCH_QUERY,
        languages=2,
    )


def tabs() -> MadeTable:
    """What is copied out of a database: tabs between cells, no quotation marks."""
    rows = projects(50)

    def write(path: Path) -> None:
        lines = ["ref\tobjet\tcommentaire\tdate_debut\tcommune"]
        lines += [f"{n}\t{row.title}\t{row.text}\t01/03/{row.year}\t{row.place}" for n, row in enumerate(rows, 1)]
        path.write_text("\r\n".join(lines) + "\r\n", encoding="utf-16")

    return MadeTable("extraction.tsv", "tabs, UTF-16", write, texts_of(rows), FRENCH_QUERY)


TEN: tuple[Callable[[], MadeTable], ...] = (
    excel_of_a_town,
    google_form,
    airtable,
    notion,
    nested_lines,
    open_data,
    libreoffice,
    english_list,
    bilingual,
    tabs,
)
