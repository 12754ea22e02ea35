"""What tells of a situation, and what only names something."""

from __future__ import annotations

import pytest

from search.retrieval.situating import tells
from search.text.query import parse


@pytest.mark.parametrize(
    "text",
    [
        "confiance",
        "trust",
        "budget participatif",
        "tirage au sort",
        "compost de quartier",
        "community garden in town",
        "prêt de matériel",
        "Decidim",
        "Liège, Belgium",
    ],
)
def test_a_noun_or_a_name_tells_of_no_situation(text: str) -> None:
    assert not tells(parse(text))


@pytest.mark.parametrize(
    "text",
    [
        "We lack trust",
        "plus de bénévoles",
        "manque de confiance",
        "on nous promène",
        "nobody comes",
        "mairie sourde, habitants fatigués, projets abandonnés",
    ],
)
def test_who_lacks_or_does_something_tells_of_one(text: str) -> None:
    assert tells(parse(text))
