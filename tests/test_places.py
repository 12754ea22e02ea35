"""Places that are asked about, told from places that are merely said; examples of both kinds."""

from __future__ import annotations

import pytest

from search.text.places.gazetteer import gazetteer, place_forms, places_named
from search.text.places.reading import read_places

ASKED = {
    "exemples en Wallonie": "Wallonia",
    "EXEMPLES EN WALLONIE": "Wallonia",
    "exemples en wallonie": "Wallonia",
    "examples in Scotland": "Scotland",
    "des exemples au Québec de jardins collectifs": "Québec",
    "Je cherche des exemples de budgets participatifs en Flandre": "Flanders",
    "Nous cherchons des exemples à Gand": "Ghent",
    "what did Lisbon do?": "Lisbon",
    "What did the city of Lisbon do about empty buildings?": "Lisbon",
    "Que fait la ville de Nantes pour les associations ?": "Nantes",
    "Comment s'y prend Gand pour les friches ?": "Ghent",
    "Qu'est-ce que Barcelone a fait avec les superîlots ?": "Barcelona",
    "what are cities in Poland doing about air quality?": "Poland",
    "Quelles villes de Flandre ont un budget participatif ?": "Flanders",
    "Qui l'a déjà fait en Flandre ?": "Flanders",
    "Has anyone in Sweden tried this?": "Sweden",
    "jardins partagés à Bruxelles": "Brussels",
    "le budget participatif à Lisbonne": "Lisbon",
    "jardins collectifs Québec": "Québec",
    "Wallonie : budgets participatifs": "Wallonia",
    "habitat participatif en France : exemples": "France",
    "Et en Écosse, des exemples ?": "Scotland",
    "exemples wallons": "Wallonia",
    "Scottish examples of land reform": "Scotland",
    "Examples from Italian cities": "Italy",
    "Canadian examples, not European ones": "Canada",
    "examples from Luik": "Liège",
    "case studies from the US": "United States",
    "exemples à Mons": "Mons",
    "exemples à Nice": "Nice",
    "lessons from Reading": "Reading",
    "Et à Gand ?": "Ghent",
    "what about Paris?": "Paris",
    "exemples à Liège, Belgique": "Liège",
    "la ville de Gand": "Ghent",
    "Exemples d'occupation temporaire (Bruxelles)": "Brussels",
    "Notre commune hésite. Avez-vous des exemples en Wallonie ?": "Wallonia",
    "exemples près de Mons": "Mons",
    "jardins partagés autour de Liège": "Liège",
    "des exemples pas loin de Namur": "Namur",
    "près de Mons": "Mons",
    "community gardens near Leeds": "Leeds",
    "examples around Ghent": "Ghent",
    "Who does this near Leeds?": "Leeds",
    "exemples en France, pas à Paris": "France",
    "examples outside Belgium, in France": "France",
    "what did the Danes do?": "Denmark",
    "How do the Dutch do it?": "Netherlands",
    "how did the Germans deal with empty buildings?": "Germany",
    "what did Londoners do about rents?": "London",
    "Qu'ont fait les Danois ?": "Denmark",
    "que font les bretons ?": "Brittany",
    "Comment les Suisses font-ils ?": "Switzerland",
    "une ville italienne qui a transformé ses friches": "Italy",
    "Italian cities that have banned cars": "Italy",
    "communes bretonnes": "Brittany",
    "des villes allemandes ?": "Germany",
    "initiatives bruxelloises de compostage": "Brussels",
    "Je cherche une commune wallonne avec un verger": "Wallonia",
    "Comment fonctionne le budget participatif à Paris ?": "Paris",
    "comment s'organise le réseau de jardins en Wallonie": "Wallonia",
    "En quoi consiste le permis de végétaliser à Paris ?": "Paris",
    "C'est quoi le droit de défi à Rotterdam ?": "Rotterdam",
    "comment ça se passe à Montréal ?": "Montréal",
    "projects in the U.S.": "United States",
    "community land trust in N.Y.C.": "New York City",
    "examples from Québec City": "Quebec City",
    "que fait la Ville de Québec ?": "Quebec City",
    "exemples de la province de Québec": "Québec",
    "exemples dans la province de Luxembourg": "Province of Luxembourg",
    "exemples au Luxembourg": "Luxembourg",
    "exemples dans la province de Liège": "Province of Liège",
    "exemples en Europe de l'Est": "Eastern Europe",
    "Eastern Europe participatory budgets": "Eastern Europe",
    "exemples dans le Sud de l'Europe": "Southern Europe",
    "examples from the North of England": "Northern England",
    "examples in northern England": "Northern England",
    "budgets participatifs dans le Nord": "Nord",
    "exemples dans le nord de la France": "Northern France",
    "exemples dans le sud de la Belgique": "Belgium",
    "examples from the east of Slovakia": "Slovakia",
    "exemples en Brabant wallon": "Walloon Brabant",
    "exemples dans le canton de Vaud": "Vaud",
    "community gardens in Yorkshire": "Yorkshire",
    "UK examples": "United Kingdom",
    "US case studies of land trusts": "United States",
    "Ghent examples": "Ghent",
    "UK cities that share halls": "United Kingdom",
    "UK community orchards": "United Kingdom",
}

SAID = (
    "Comment faire un jardin partagé à Paris ?",
    "Comment se faire entendre à Gand ?",
    "Nous habitons à Lyon et la mairie ne répond pas",
    "Je suis élu à Namur et je cherche des exemples de chartes",
    "À Lyon nous cherchons des exemples de jardins",
    "À Namur, la commune ne répond plus",
    "Notre quartier à Bruxelles manque d'espaces verts",
    "We run a garden in Leeds and the council wants it back",
    "The council in Bristol closed our hall",
    "In Ghent the council never answers our letters",
    "La mairie ferme les salles à Lille",
    "Le projet patine à Lyon",
    "Comment convaincre la ville de Lyon ?",
    "Comment la commune de Forest peut-elle nous aider ?",
    "Où trouver un local à Namur ?",
    "Who can help in Leeds?",
    "créer un CLT à Bruxelles",
    "start a garden in Leeds",
    "besoin de local à Liège",
    "a shopkeeper in Ghent",
    "Je cherche un exemple de charte pour ma commune en Wallonie",
    "L'expérience de Barcelone nous a inspirés mais nos élus n'en veulent pas",
    "We got the idea from a case in Porto Alegre, now our council is afraid",
    "dans notre cas, à Lyon, rien ne bouge",
    "for example in Leeds they closed it",
    "Nous sommes hors de Paris",
    "La mairie n'écoute ni Paris ni Bruxelles",
    "We are a non-Belgian group and need a garden",
    "Manger dehors à Namur, c'est fini ?",
    "The bus stops outside Leeds and nobody walks",
    "le projet n'avance pas à Lyon",
    "La commune refuse tout sauf Lyon",
    "Je cherche un local près de Namur",
    "nous habitons près de Mons",
    "exemples autour de Wikipédia",
    "les communes wallonnes ne répondent pas",
    "une commune wallonne refuse le permis",
    "Belgian towns are slow",
    "projets européens",
    "Les Danois",
    "le Nord de la ville est oublié",
    "exemples dans le Nord de la ville",
    "give us examples",
    "GIVE US EXAMPLES OF GARDENS",
    "US is what they forget",
    "what does the polish do?",
    "how do poles work?",
    "How did the English garden start?",
    "How is the French language taught?",
    "un jardin comme à Gand",
    "moving from London to Bristol",
    "budget participatif de Paris",
    "reading groups in libraries",
    "examples in reading",
    "a nice place to meet",
    "tours de rôle dans les comités",
    "exemples de tours de parole",
    "examples of forest management",
    "Forest gardens",
    "help us",
    "Lisbon",
    "Liège, Belgique",
    "examples in English",
    "des exemples en français",
    "exemples de budgets participatifs",
    "what did the council do",
)


@pytest.mark.parametrize(("text", "place"), ASKED.items())
def test_a_place_that_is_asked_about_is_read(text: str, place: str) -> None:
    read = read_places(text, place_forms())
    assert read is not None
    assert [mention.place for mention in read.mentions if not mention.refused] == [place]
    assert read.mentions[0].words in text


@pytest.mark.parametrize("text", SAID)
def test_nothing_is_read_where_a_place_is_merely_said(text: str) -> None:
    assert read_places(text, place_forms()) is None


@pytest.mark.parametrize(
    ("text", "words", "rest"),
    [
        ("des exemples au Québec de jardins collectifs", "au Québec", "jardins collectifs"),
        ("What did the city of Lisbon do about empty buildings?", "the city of Lisbon", "empty buildings"),
        ("Qu'a fait Gand ?", "Gand", ""),
        ("bons exemples en Wallonie", "en Wallonie", ""),
        ("jardins partagés à Bruxelles", "à Bruxelles", "jardins partagés"),
        # a question about who does something is asked whole: cut, it would be no sentence
        ("Who shares halls in Ghent?", "in Ghent", "Who shares halls in Ghent?"),
        ("Rien ne bouge. Des exemples à Gand ?", "à Gand", "Rien ne bouge."),
        ("community gardens near Leeds", "near Leeds", "community gardens"),
        ("exemples de jardins en France, pas à Paris", "en France", "jardins"),
        ("how did the Danes deal with empty buildings?", "Danes", "deal with empty buildings"),
        ("qu'ont fait les écossais pour la terre ?", "écossais", "terre"),
        ("initiatives bruxelloises de compostage", "bruxelloises", "compostage"),
        ("associations lyonnaises", "lyonnaises", "associations"),
    ],
)
def test_what_is_searched_is_what_remains(text: str, words: str, rest: str) -> None:
    read = read_places(text, place_forms())
    assert read is not None
    assert (read.mentions[0].words, read.rest) == (words, rest)


@pytest.mark.parametrize(
    "text",
    [
        "anything like this in the Netherlands?",
        "something similar in Denmark?",
        "quelque chose de semblable en Suisse ?",
        "quelque chose comme ça au Québec ?",
        "et en Allemagne ?",
        "any in Ireland?",
        "y en a-t-il en Suisse ?",
        "la même chose en Écosse ?",
        "communes bretonnes",
        "what did the Danes do?",
    ],
)
def test_where_only_cue_words_stand_beside_a_place_nothing_remains(text: str) -> None:
    read = read_places(text, place_forms())
    assert read is not None
    assert (len(read.mentions), read.rest) == (1, "")


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("examples that are not from Belgium", "examples"),
        ("exemples hors de Belgique", "exemples"),
        ("un exemple concret svp, pas à Paris", "un exemple concret svp"),
        ("citizens' assemblies outside Europe", "citizens' assemblies"),
        ("des jardins partagés ailleurs qu'à Lyon", "des jardins partagés"),
        ("des budgets participatifs, mais pas à Paris", "des budgets participatifs"),
        ("exemples de jardins qui ne viennent pas de Paris", "exemples de jardins"),
        ("Has any city outside Europe tried this?", "Has any city tried this?"),
        ("how to run a hall outside London?", "how to run a hall?"),
        ("jardins partagés hors de Belgique et de France", "jardins partagés"),
        ("community gardens not in London or in Leeds", "community gardens"),
        ("Qui d'autre que Lyon a fait un jardin ?", "Qui a fait un jardin ?"),
        ("exemples (pas à Paris) de jardins", "exemples de jardins"),
        # nothing else is said: the name alone is left out
        ("ailleurs qu'à Lyon", "ailleurs qu'à"),
    ],
)
def test_a_place_that_is_refused_is_not_searched(text: str, rest: str) -> None:
    read = read_places(text, place_forms())
    assert read is not None
    assert read.rest == rest
    assert {mention.refused for mention in read.mentions} == {True}


@pytest.mark.parametrize(
    ("text", "asked", "refused"),
    [
        ("jardins partagés en Belgique sauf Bruxelles", "Belgium", {"sauf Bruxelles": "Brussels"}),
        ("shared halls in the Netherlands, not Amsterdam", "Netherlands", {"not Amsterdam": "Amsterdam"}),
        ("examples from France (but not Paris or Lyon)", "France", {"but not Paris": "Paris", "Lyon": "Lyon"}),
        ("jardins partagés en Belgique, Bruxelles exclue", "Belgium", {"Bruxelles exclue": "Brussels"}),
        ("Canadian examples, not European ones", "Canada", {"not European": "Europe"}),
        ("vergers partagés ailleurs qu'en France", None, {"ailleurs qu'en France": "France"}),
        ("des exemples, mais ni à Paris ni à Lyon", None, {"mais ni à Paris": "Paris", "à Lyon": "Lyon"}),
        ("non-European examples of gardens", None, {"non-European": "Europe"}),
        ("exemples non européens de jardins", None, {"non européens": "Europe"}),
    ],
)
def test_a_place_that_is_refused_is_read_beside_the_one_that_is_asked_about(
    text: str, asked: str | None, refused: dict[str, str]
) -> None:
    read = read_places(text, place_forms())
    assert read is not None
    assert [mention.place for mention in read.mentions if not mention.refused] == ([asked] if asked else [])
    assert {mention.words: mention.place for mention in read.mentions if mention.refused} == refused


def test_several_places_are_read_together() -> None:
    read = read_places("exemples en Wallonie ou à Bruxelles", place_forms())
    assert read is not None
    assert [(mention.words, mention.place) for mention in read.mentions] == [
        ("en Wallonie", "Wallonia"),
        ("à Bruxelles", "Brussels"),
    ]


@pytest.mark.parametrize("name", ["Saint-Nulle-Part", "Milton Keynes", "Nouvelle-Galles"])
def test_a_name_that_nobody_knows_is_read_where_it_is_asked_about(name: str) -> None:
    read = read_places(f"exemples à {name} de jardins", place_forms())
    assert read is not None
    assert [(mention.name, mention.place) for mention in read.mentions] == [(name, "")]
    assert read.rest == "jardins"
    assert read_places(f"Notre jardin à {name} est fermé", place_forms()) is None


@pytest.mark.parametrize(
    ("said", "places"),
    [
        (
            "Schaerbeek and Evere, Brussels",
            ("Schaerbeek", "Brussels", "Belgium", "Benelux", "Western Europe", "Europe", "Evere"),
        ),
        (
            "Wallonia (Namur, Ciney)",
            ("Wallonia", "Belgium", "Benelux", "Western Europe", "Europe", "Namur", "Province of Namur", "Ciney"),
        ),
        ("Brussels (five living labs)", ("Brussels", "Belgium", "Benelux", "Western Europe", "Europe")),
        (
            "Malaunay (near Rouen)",
            (
                "Malaunay",
                "Seine-Maritime",
                "Normandy",
                "Northern France",
                "Western France",
                "France",
                "Western Europe",
                "Europe",
                "Rouen",
            ),
        ),
        ("Puglia region", ("Puglia", "Southern Italy", "Italy", "Southern Europe", "Europe")),
        (
            "Ville de Namur",
            ("Namur", "Province of Namur", "Wallonia", "Belgium", "Benelux", "Western Europe", "Europe"),
        ),
        ("Trifouilly-les-Oies", ("Trifouilly-les-Oies",)),
        ("England (150 areas)", ("England", "United Kingdom", "Western Europe", "Europe")),
    ],
)
def test_where_something_is_is_read_with_all_it_lies_in(said: str, places: tuple[str, ...]) -> None:
    assert places_named(said) == places


@pytest.mark.parametrize(
    ("town", "region"),
    [
        ("Genappe", "Walloon Brabant"),
        ("Charleroi", "Hainaut"),
        ("Lausanne", "Vaud"),
        ("Leeds", "Yorkshire"),
        ("Wigan", "Northern England"),
        ("Lille", "Nord"),
        ("Lille", "Nord-Pas-de-Calais"),
        ("Freiburg im Breisgau", "Baden-Württemberg"),
        ("Bologna", "Emilia-Romagna"),
        ("Seville", "Andalusia"),
        ("Warsaw", "Eastern Europe"),
        ("Warsaw", "Central Europe"),
        ("Bayonne", "Basque Country"),
        ("Kampala", "Uganda"),
    ],
)
def test_a_town_lies_in_its_region(town: str, region: str) -> None:
    assert region in gazetteer()[town].within


def test_the_basque_country_lies_in_two_countries() -> None:
    assert "Spain" not in gazetteer()["Bayonne"].within
    assert "France" not in gazetteer()["Gipuzkoa"].within


def test_what_lies_in_a_part_of_a_continent_is_a_country_still() -> None:
    assert {name for name in ("Denmark", "Belgium", "Rwanda", "Wallonia", "Kigali") if gazetteer()[name].kind} == {
        "Denmark",
        "Belgium",
        "Rwanda",
    }


def test_every_place_lies_in_one_that_there_is() -> None:
    for place in gazetteer().values():
        assert set(place.within) <= gazetteer().keys()
        assert place.name not in place.within
