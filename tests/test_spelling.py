"""One spelling for each word: inclusive endings, dotted acronyms, American words, usual names."""

from __future__ import annotations

from pathlib import Path

import pytest

import search
from search.retrieval.searcher import Searcher
from search.text.compounds import apart
from search.text.elisions import with_apostrophes
from search.text.names import acronyms, names
from search.text.other_names import TERMS, with_usual_names
from search.text.spelling import one_spelling


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("les habitant·e·s", "les habitants"),
        ("habitant.e.s et citoyen.ne.s", "habitants et citoyens"),
        ("élu-e-s", "élus"),
        ("agent(e)s", "agents"),
        ("voisin/e/s", "voisins"),
        ("conseiller·ère·s", "conseillers"),
        ("animateur-rice-s", "animateurs"),
        ("habitants(es)", "habitants"),
        ("intermittent·es", "intermittents"),
        ("tou·te·s", "tous"),
        ("heureux·se·s", "heureux"),
        ("HabitantEs", "Habitants"),
        ("communaux·ales, locaux-ales, municipaux.ales", "communaux, locaux, municipaux"),
        ("projet(s)", "projets"),
        ("un·e élu/e", "un élu"),
        ("C'est fini.le projet", "C'est fini.le projet"),
        ("dit-elle, donne-le, est-ce, et/ou", "dit-elle, donne-le, est-ce, et/ou"),
        ("www.ville.be/le/site", "www.ville.be/le/site"),
    ],
)
def test_inclusive_endings_are_left_out_and_the_plural_stays(text: str, expected: str) -> None:
    assert one_spelling(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("un C.L.T. et une A.S.B.L", "un CLT et une ASBL"),
        ("le G 1000 et le G-1000", "le G1000 et le G1000"),
        ("le plan B 2024", "le plan B 2024"),
        ("etc. Rien.", "etc. Rien."),
    ],
)
def test_dotted_acronyms_are_closed(text: str, expected: str) -> None:
    assert one_spelling(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Neighborhood center programs", "Neighbourhood centre programmes"),
        ("organizations organized", "organisations organised"),
        ("traveled, enrollment, catalogs, defense", "travelled, enrolment, catalogues, defence"),
        (
            "size prize seize citizen laboratory honorary bizarre",
            "size prize seize citizen laboratory honorary bizarre",
        ),
        ("the council's centre", "the council's centre"),
    ],
)
def test_american_words_are_written_the_british_way(text: str, expected: str) -> None:
    assert one_spelling(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Co-opérative, co-ordination, co-housing", "Coopérative, coordination, cohousing"),
        ("coconstruire, Cocréation, codesign, cogérer", "co-construire, Co-création, co-design, co-gérer"),
        ("code, coder, cogiter, coproprieté, copie", "code, coder, cogiter, coproprieté, copie"),
        ("éco-quartier, micro-crédit, auto-construction", "écoquartier, microcrédit, autoconstruction"),
        ("grass-roots, start-ups, non-profit, e-mail", "grassroots, startups, nonprofit, email"),
        ("policymakers, foodbank, minipublic", "policy-makers, food-bank, mini-public"),
        ("tiers-lieu, town-hall, on-going", "tiers-lieu, town-hall, on-going"),
    ],
)
def test_compounds_are_written_in_one_way(text: str, expected: str) -> None:
    assert one_spelling(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Cest lécole, jai une idee", "C'est l'école, j'ai une idee"),
        ("l ecole d en face, qu on aide, s il vous plait", "l'ecole d'en face, qu'on aide, s'il vous plait"),
        ("it doesnt work, don t know, I m lost, it s late", "it doesn't work, don't know, I'm lost, it's late"),
        ("daprès larrêté, shes late", "d'après l'arrêté, she's late"),
        ("Dun élu, quil dit", "D'un élu, qu'il dit"),
        ("la dune, plan c and s, c a d, a nest", "la dune, plan c and s, c a d, a nest"),
        ("it's l'été à l'eau", "it's l'été à l'eau"),
        ("ma rue dont on parle, le mont, la lune, a quest", "ma rue dont on parle, le mont, la lune, a quest"),
        ("we dont know, officers dont listen", "we don't know, officers don't listen"),
    ],
)
def test_apostrophes_that_were_left_out_are_put_back(text: str, expected: str) -> None:
    assert with_apostrophes(text) == expected


def test_without_hyphens_a_compound_is_two_words() -> None:
    assert apart("un tiers-lieu, y a-t-il 2020-2021 - voilà") == "un tiers lieu, y a t il 2020-2021 - voilà"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("à Luik et kobenhavn", "à Liège et Copenhagen"),
        ("St Gilles, St. Gilles, Ste-Marie", "Saint-Gilles, Saint-Gilles, Sainte-Marie"),
        ("un BP", "un budget participatif"),
        ("bp", "bp"),
        ("un local, nos locaux, au petit local", "une salle, nos salles, au petite salle"),
        ("un beau local, le même local", "un belle salle, le même salle"),
        ("le local et le global, du pain local", "le local et le global, du pain local"),
        ("our premises", "our rooms"),
        ("foncier solidaire", "foncier solidaire (community land trust)"),
        ("gentil", "gentil"),
    ],
)
def test_the_usual_name_is_read(text: str, expected: str) -> None:
    assert with_usual_names(text) == expected


def test_names_are_what_has_a_capital_inside_a_sentence() -> None:
    assert names("Le projet de Poker à Liège avec un CLT. Rien. Tout") == {"poker", "liege", "clt"}
    assert names("LE MAIRE NE VEUT PAS") == names("BUDJETS") == frozenset()  # everything is in capitals
    assert names("OSBL") == {"osbl"}
    assert names("un OSBL") == {"osbl"}


def test_acronyms_are_what_is_in_capitals_in_a_text_that_is_not() -> None:
    assert acronyms("Le projet de Poker avec un CLT") == {"clt"}
    assert acronyms("OSBL") == {"osbl"}
    assert acronyms("UN CLT A LILLE") == frozenset()


@pytest.fixture(scope="module")
def real(real_index: Path) -> Searcher:
    """Over the shipped library, with the shipped encoder."""
    return search.load(real_index)


@pytest.mark.model
@pytest.mark.parametrize("term", TERMS)
def test_a_term_of_the_field_leads_to_its_entry(real: Searcher, term: str) -> None:
    hits = real.search(term, k=5).hits
    assert TERMS[term][1] in {hit.entry.id for hit in hits}
