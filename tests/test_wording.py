"""Rules of wording, each broken on purpose: formulas, first steps, both forms of a noun, place names, local words."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from search.curation.check_wording import AT_LEAST, check_wording, openings, wording
from search.curation.coverage import report
from search.curation.wording import doublets_in, formulas_in, is_explained, is_imperative, misnamed_places
from search.errors import Problem
from search.library.problems import said_with_place
from search.library.reader import Library, read_library
from search.locations import default_corpus
from tests.fakes import CLEAN_ENTRY, CLEAN_FILE, TINY_CORPUS, replace_text, write_clean_corpus, write_corpus

GLOSSARY = """\
asbl:
  where: [belgium]
  fr: {forms: [asbl], line: "association sans but lucratif"}
  en: {forms: [asbl], line: "non-profit association"}
"""


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """One entry, well written, and a glossary of one word."""
    folder = write_clean_corpus(tmp_path / "corpus")
    shutil.copy(default_corpus() / "vocabulary.yaml", folder / "vocabulary.yaml")
    (folder / "glossary.yaml").write_text(GLOSSARY, encoding="utf-8")
    return folder


def changed(corpus: Path, old: str, new: str) -> Library:
    """Read the entry with one place of it changed."""
    replace_text(corpus / CLEAN_FILE, old, new)
    return read_library(corpus)


FAULTS = {
    "a formula in French": (
        "La mairie payait",
        "On peut y lire que la mairie payait",
        "insights/keep-a-place.yaml:13 fr.description uses a formula, 'On peut y lire': say it in everyday words",
        "insights/keep-a-place.yaml:13 fr.description emploie une formule, 'On peut y lire' : dites-le en mots de "
        "tous les jours",
    ),
    "a formula in English": (
        "The council paid",
        "The elected people paid",
        "insights/keep-a-place.yaml:21 en.description uses a formula, 'elected people': say it in everyday words",
        "insights/keep-a-place.yaml:21 en.description emploie une formule, 'elected people' : dites-le en mots de "
        "tous les jours",
    ),
    "both forms of a noun": (
        "30 voisins ont gardé",
        "30 voisins et voisines ont gardé",
        "insights/keep-a-place.yaml:13 fr.description names both forms, 'voisins et voisines': use a word such as "
        "« personnes » or « public », or the plural",
        "insights/keep-a-place.yaml:13 fr.description nomme les deux formes, 'voisins et voisines' : employez un mot "
        "comme « personnes » ou « public », ou le pluriel",
    ),
    "a place by its English name in French": (
        "À Lille, 30 voisins",
        "À Ghent, 30 voisins",
        "insights/keep-a-place.yaml:13 fr.description: 'Ghent' is called 'Gand' in this language",
        "insights/keep-a-place.yaml:13 fr.description : 'Ghent' se dit 'Gand' dans cette langue",
    ),
    "a place by its French name in English": (
        "In Lille, 30",
        "In Bruxelles, 30",
        "insights/keep-a-place.yaml:21 en.description: 'Bruxelles' is called 'Brussels' in this language",
        "insights/keep-a-place.yaml:21 en.description : 'Bruxelles' se dit 'Brussels' dans cette langue",
    ),
    "a local word that nothing explains": (
        "La mairie payait",
        "Le CPAS payait",
        "insights/keep-a-place.yaml:13 fr.description: 'CPAS' is not known everywhere: add it to glossary.yaml, or "
        "explain it between brackets",
        "insights/keep-a-place.yaml:13 fr.description : 'CPAS' n’est pas connu partout : ajoutez-le à glossary.yaml, "
        "ou expliquez-le entre parenthèses",
    ),
}


def plain(text: str) -> str:
    """Write no-break spaces as spaces."""
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def test_a_well_worded_entry_passes(corpus: Path) -> None:
    assert check_wording(read_library(corpus)) == []


@pytest.mark.parametrize(("old", "new", "english", "french"), FAULTS.values(), ids=FAULTS)
def test_each_fault_is_told_with_file_line_and_field_in_both_languages(
    corpus: Path, old: str, new: str, english: str, french: str
) -> None:
    [problem] = check_wording(changed(corpus, old, new))
    assert plain(said_with_place(problem, "en")) == english
    assert plain(said_with_place(problem, "fr")) == french


def test_first_steps_are_looked_at_in_both_languages(tmp_path: Path) -> None:
    folder = write_corpus(tmp_path / "corpus")
    name = "practices/commitment-charter.yaml"
    replace_text(folder / name, "Réunir tout le monde.", "Réunissez tout le monde.")
    replace_text(folder / name, "Write a single page.", "To write a single page.")
    problems = [one for one in check_wording(read_library(folder)) if one.file == name]
    assert [said_with_place(one, "en") for one in problems] == [
        f"{name}:14 fr.first_steps: a first step begins with a verb in the imperative (“List…”, “Ask…”): "
        "'Écrire une seule page.'",
        f"{name}:27 en.first_steps: a first step begins with a verb in the imperative (“List…”, “Ask…”): "
        "'To write a single page.'",
    ]
    assert plain(said_with_place(problems[0], "fr")) == (
        f"{name}:14 fr.first_steps : un premier pas commence par un verbe à l’impératif (« Listez… », « Demandez… ») : "
        "'Écrire une seule page.'"
    )


@pytest.mark.parametrize(
    ("step", "language", "imperative"),
    [
        ("Listez ce qui manque.", "fr", True),
        ("Demandez-vous ce qui manque.", "fr", True),
        ("Faites la liste, puis appelez.", "fr", True),
        ("Refaites le calcul.", "fr", True),
        ("Ne promettez rien.", "fr", True),
        ("Avant de partir, dites qui répondra.", "fr", True),
        ("Pour chaque bien, écrivez le propriétaire, les conditions et le contact.", "fr", True),
        ("Lister ce qui manque.", "fr", False),
        ("Avant de partir, dire qui répondra.", "fr", False),
        ("Une liste de ce qui manque.", "fr", False),
        ("Chez les voisins, une visite.", "fr", False),
        ("Assez d’argent pour un an.", "fr", False),
        ("List what is missing.", "en", True),
        ("Bring people together.", "en", True),
        ("Before leaving, say who will reply.", "en", True),
        ("That same evening, send a message.", "en", True),
        ("To list what is missing.", "en", False),
        ("Listing what is missing.", "en", False),
        ("The group lists what is missing.", "en", False),
        ("You list what is missing.", "en", False),
    ],
)
def test_a_first_step_tells_somebody_what_to_do(step: str, language: str, imperative: bool) -> None:
    assert is_imperative(step, language) is imperative


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Des habitants et habitantes votent.", ("habitants et habitantes",)),
        ("Les électrices et les électeurs votent.", ("électrices et les électeurs",)),
        ("un conseiller ou une conseillère", ("conseiller ou une conseillère",)),
        ("les citoyens et les citoyennes", ("citoyens et les citoyennes",)),
        ("des militants et des militantes", ("militants et des militantes",)),
        ("les habitant·es", ("t·e",)),
        ("les habitant(e)s", ("t(e)",)),
        ("ceux et celles qui votent", ("ceux et celles",)),
        ("il ou elle vote", ("il ou elle",)),
        ("un ou une juriste", ("un ou une",)),
        ("celles et ceux qui votent", ()),  # the pronoun stays, in this order
        ("des femmes et des hommes", ()),
        ("les partis et les parties prenantes", ()),
        ("habitants et associations", ()),
        ("une habitante et un agent", ()),  # two persons
        ("les écoles et les rues", ()),
    ],
)
def test_both_forms_of_a_noun_are_found_and_nothing_else(text: str, found: tuple[str, ...]) -> None:
    assert doublets_in(text) == found


@pytest.mark.parametrize(
    ("text", "language", "found"),
    [
        ("Une visite à Ghent.", "fr", (("Ghent", "Gand"),)),
        ("Reggio Emilia et Gand", "fr", (("Reggio Emilia", "Reggio d’Émilie"),)),
        ("Decidim Barcelona est une plateforme", "fr", ()),  # part of a name
        ("La Brussels Academy donne des cours", "fr", ()),
        ("la Fondazione del Monte di Bologna", "fr", ()),
        ("Residents of Bruxelles voted.", "en", (("Bruxelles", "Brussels"),)),
        ("The Fondation rurale de Wallonie helps.", "en", ()),
        ("Inter-Environnement Bruxelles criticised it.", "en", ()),
        ("The Argentine city of Rosario", "en", ()),  # an adjective
        ("New York and Naga", "en", ()),  # short for their names
        ("Ghent, Brussels and Lisbon", "en", ()),
    ],
)
def test_places_go_by_their_name_in_the_language_of_the_text(
    text: str, language: str, found: tuple[tuple[str, str], ...]
) -> None:
    assert misnamed_places(text, language) == found


@pytest.mark.parametrize(
    ("text", "language", "found"),
    [
        ("On peut y lire que cela aide.", "fr", ("On peut y lire",)),
        ("Ils se sont vus en vrai, au niveau de la commune.", "fr", ("en vrai", "au niveau de la")),
        ("On y lit trois noms ; on peut lire le rapport.", "fr", ()),
        ("This can be read in many ways as a win-win.", "en", ("can be read in", "win-win")),
        ("Our reading: it helps. The project leaders met.", "en", ()),
    ],
)
def test_formulas_are_found_as_they_stand(text: str, language: str, found: tuple[str, ...]) -> None:
    assert formulas_in(text, language) == found


@pytest.mark.parametrize(
    ("word", "text", "explained"),
    [
        ("CPAS", "Le CPAS (service social de la commune) aide.", True),
        ("CPAS", "Le centre public d’action sociale (CPAS) aide.", True),
        ("COCOF", "La COCOF, le parlement francophone, a suivi.", True),
        ("PCDR", "It writes the programme, called the PCDR, for ten years.", True),
        ("échevin", "L’échevin, c’est-à-dire l’adjoint, signe.", True),
        ("échevin", "L’échevin, le bourgmestre et le préfet signent.", False),  # a list
        ("CPAS", "Le CPAS aide. Le CPAS (service social) paie.", False),  # only where it comes first
        ("ward", "A step forward (at last) for each ward.", False),
    ],
)
def test_a_word_is_explained_where_it_comes_first(word: str, text: str, explained: bool) -> None:
    assert is_explained(word, text) is explained


def test_a_word_of_the_glossary_needs_no_other_explanation(corpus: Path) -> None:
    assert check_wording(changed(corpus, "La mairie payait", "Une asbl payait")) == []


def test_a_library_without_a_glossary_is_not_asked_to_explain(corpus: Path) -> None:
    (corpus / "glossary.yaml").unlink()
    assert check_wording(changed(corpus, "La mairie payait", "Le CPAS payait")) == []


def test_a_glossary_that_cannot_be_read_is_reported_with_the_rest(corpus: Path) -> None:
    (corpus / "glossary.yaml").write_text(GLOSSARY.replace("[belgium]", "[narnia]"), encoding="utf-8")
    found = check_wording(changed(corpus, "À Lille, 30 voisins", "À Ghent, 30 voisins"))
    assert [(problem.file, problem.line) for problem in found] == [("glossary.yaml", 2), (CLEAN_FILE, 13)]


def test_an_opening_that_many_entries_share_is_told_once(corpus: Path) -> None:
    for number in range(AT_LEAST):
        text = CLEAN_ENTRY.replace("id: keep-a-place", f"id: place-{number:02}")
        text = text.replace("Personne n’avait", f"Les sources ne disent rien de {number}. Personne n’avait")
        text = text.replace("Nobody had an office.", f"The sources of {number} say little. Nobody had an office.")
        (corpus / f"insights/place-{number:02}.yaml").write_text(text, encoding="utf-8")
    (corpus / CLEAN_FILE).unlink()
    library = read_library(corpus)
    told = {one.words: len(one.entries) for one in openings(library) if one.language == "fr"}
    assert told["les sources ne disent"] == AT_LEAST
    found = [problem for problem in check_wording(library) if "les sources ne disent" in problem.message]
    assert found == [
        Problem(
            "insights/place-00.yaml",
            10,
            f"{AT_LEAST} entries have a sentence that begins with “les sources ne disent”: vary it, here and elsewhere",
        )
    ]
    (corpus / "insights/place-00.yaml").unlink()
    assert not [one for one in check_wording(read_library(corpus)) if "les sources ne" in one.message]


def test_the_coverage_page_counts_the_wording_of_a_library() -> None:
    library = read_library(TINY_CORPUS)
    counts = wording(library)
    assert counts.against["First steps that are not in the imperative"] == (4, 0)  # two practices, two steps each
    assert (counts.explained, counts.used) == (0, 0)
    page = report(library)
    assert "| First steps that are not in the imperative | 4 | 0 |" in page
    assert "| Formulas | 0 | 0 |" in page
    assert "The glossary explains 0 words; 0 of them are in the texts." in page


def test_the_shipped_library_keeps_the_rules_it_is_written_by() -> None:
    counts = wording(read_library(default_corpus()))
    assert set(counts.against.values()) == {(0, 0)}
    assert counts.explained >= 60
