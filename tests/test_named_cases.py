"""Practices that name a case: it must be linked, cited, or followed by way of something that is linked."""

from __future__ import annotations

from pathlib import Path

import pytest

from search.curation.named_cases import check_named_cases
from search.library.reader import read_library
from search.locations import default_corpus
from tests.fakes import replace_text, write_corpus

BUDGET, BARRACKS = "practices/participatory-budget.yaml", "cases/lille-barracks.yaml"


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """The budget names Lille, where the barracks are, which show the charter and cite the source of the budget."""
    corpus = write_corpus(tmp_path / "corpus")
    replace_text(corpus / BUDGET, "Les habitants choisissent où va l’argent.", "À Lille, on choisit où va l’argent.")
    return corpus


def found(corpus: Path) -> list[str]:
    return [str(one) for one in check_named_cases(read_library(corpus))]


def cite_another(corpus: Path) -> None:
    replace_text(corpus / BARRACKS, "sources: [gazette-1]", "sources: [herald-1]")


def test_a_case_that_shares_a_source_is_cited(corpus: Path) -> None:
    assert found(corpus) == []


def test_a_place_that_is_named_without_a_link_or_a_source_is_told_once_at_its_line(corpus: Path) -> None:
    cite_another(corpus)
    assert found(corpus) == [
        f"{BUDGET}:12 fr.summary names “Lille” (lille-barracks) without a link or a source: link the case to the "
        "practice, or cite it"
    ]


@pytest.mark.parametrize("said", ["Le conseil, Vieille Lille, choisit.", "Les Lillois choisissent."])
def test_the_end_of_a_longer_name_names_no_case(corpus: Path, said: str) -> None:
    cite_another(corpus)
    replace_text(corpus / BUDGET, "À Lille, on choisit où va l’argent.", said)
    assert found(corpus) == []


def test_to_name_a_country_is_not_to_name_the_case_that_is_all_over_it(corpus: Path) -> None:
    cite_another(corpus)
    replace_text(corpus / BARRACKS, 'place: "Lille"', 'place: "France"')
    replace_text(corpus / BUDGET, "À Lille, on choisit", "En France, on choisit")
    assert found(corpus) == []


@pytest.mark.parametrize("way", ["illustrates", "related", "of the practice"])
def test_a_link_either_way_is_enough(corpus: Path, way: str) -> None:
    cite_another(corpus)
    if way == "illustrates":
        replace_text(corpus / BARRACKS, "[commitment-charter]", "[commitment-charter, participatory-budget]")
    elif way == "related":
        replace_text(corpus / BARRACKS, "related: []", "related: [participatory-budget]")
    else:
        replace_text(corpus / BUDGET, "related: [commitment-charter]", "related: [commitment-charter, lille-barracks]")
    assert found(corpus) == []


def test_something_linked_that_speaks_of_the_place_is_enough(corpus: Path) -> None:
    cite_another(corpus)
    replace_text(corpus / "practices/commitment-charter.yaml", "Without trust, no promise", "In Lille, no promise")
    assert found(corpus) == []


def test_a_name_of_its_own_in_both_titles_is_looked_for(corpus: Path) -> None:
    cite_another(corpus)
    replace_text(corpus / BUDGET, "À Lille, on choisit", "Au Grand Palais Rose, on choisit")
    replace_text(corpus / BARRACKS, "La caserne de Lille", "Grand Palais Rose, une caserne")
    replace_text(corpus / BARRACKS, "The Lille barracks", "The barracks of Grand Palais Rose")
    assert [one.split(" (")[0] for one in found(corpus)] == [f"{BUDGET}:12 fr.summary names “Grand Palais Rose”"]


@pytest.mark.parametrize("begins", ["À Gand", "Dans Gand", "The Gand"])
def test_a_word_that_only_begins_the_sentence_makes_no_name_of_a_place(corpus: Path, begins: str) -> None:
    cite_another(corpus)
    replace_text(corpus / BUDGET, "À Lille, on choisit", f"{begins}, on choisit")
    replace_text(corpus / BARRACKS, "La caserne de Lille", f"{begins}, une caserne")
    replace_text(corpus / BARRACKS, "The Lille barracks", f"{begins}, a barracks")
    assert found(corpus) == []


def test_part_of_a_word_is_no_name(corpus: Path) -> None:
    cite_another(corpus)
    replace_text(corpus / BUDGET, "À Lille, on choisit", "À Lillebonne, on choisit")
    assert found(corpus) == []


def test_every_case_that_a_practice_of_the_shipped_library_names_can_be_followed() -> None:
    assert [str(one) for one in check_named_cases(read_library(default_corpus()))] == []
