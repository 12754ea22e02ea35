"""What is left of a text without its greetings and thanks."""

from __future__ import annotations

import pytest

from search.text.courtesy import is_courtesy, without_courtesy


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Bonjour, CLT Bruxelles", "CLT Bruxelles"),
        ("Bonjour je cherche un local svp", "je cherche un local"),
        ("Madame, Monsieur,\n\nRien ne bouge.\n\nCordialement,\nNadia Benali, présidente", "Rien ne bouge."),
        ("Bonsoir, j'espère que vous allez bien. Le local est vide. Bonne journée à vous.", "Le local est vide."),
        ("Hi all! We need a hall. Many thanks for your help!", "We need a hall."),
        ("local currency Many thanks for your help!", "local currency"),
        ("Dear mayor, we want a garden.", "we want a garden."),
        ("Le local est vide. Je vous prie d'agréer, Madame, mes salutations distinguées.", "Le local est vide."),
        ("Comment devenir maire ?", "Comment devenir maire ?"),
        ("Salut public", "Salut public"),
        ("On nous dit merci, mais rien ne bouge", "On nous dit merci, mais rien ne bouge"),
        ("Au revoir les voitures, place aux enfants", "Au revoir les voitures, place aux enfants"),
        ("ASBL. Merci, Anne", "ASBL."),
        (
            "Our council does not answer. Many thanks,\nAnna Dubois\nPresident of the club",
            "Our council does not answer.",
        ),
        ("Comment toucher les jeunes ? Grand merci, Anne", "Comment toucher les jeunes ?"),
        ("Merci, Nous cherchons un local", "Merci, Nous cherchons un local"),
        ("Rien ne bouge. Je reste à votre disposition pour en parler.", "Rien ne bouge."),
        ("We need a hall. Should you need anything else, please do not hesitate to call.", "We need a hall."),
        ("We need a hall. Do let me know if you have any questions.", "We need a hall."),
        ("Bonjour", "Bonjour"),
        ("Merci d'avance", "Merci d'avance"),
    ],
)
def test_courtesy_goes_and_nothing_else(text: str, left: str) -> None:
    assert without_courtesy(text) == left


@pytest.mark.parametrize(
    "text",
    [
        "Merci beaucoup, bonne soirée à vous",
        "Thanks a million, have a lovely evening",
        "Bonne fin de journée à toute l'équipe",
        "hello",
        "à demain !",
        "Merci à tous les bénévoles",
        "Un grand merci à toute l'équipe pour son engagement",
        "merci de votre réponse rapide",
        "Nous vous remercions de votre aide",
        "Nous restons à votre disposition pour toute question.",
        "What would you advise us to do?",
        "Could you point us in the right direction?",
    ],
)
def test_a_greeting_or_thanks_alone_are_courtesy_and_stay_as_they_are(text: str) -> None:
    assert is_courtesy(text)
    assert without_courtesy(text) == text


def test_a_greeting_before_something_is_no_courtesy_alone() -> None:
    assert not is_courtesy("Bonjour, CLT Bruxelles")
    assert not is_courtesy("aide")


@pytest.mark.parametrize(
    "text",
    [
        "Let us know how to involve residents in the budget",
        "Let me know when the council meets",
        "If you want any change in our street the council must listen",
        "How do you think residents could be involved?",
        "Chercher un local",
        "chercher des bénévoles pour la fête",
        "Merci de nous aider à trouver un local",
        "Thanks for any tips on finding a room",
        "Merci de nous financer",
        "je vous remercie de nous aider à trouver un local",
        "Nous vous remercions de nous dire où trouver des subsides",
        "Cher loyer pour notre asso",
        "dear prices for our hall",
    ],
)
def test_what_begins_like_a_greeting_or_thanks_and_asks_for_something_is_no_courtesy(text: str) -> None:
    assert not is_courtesy(text)
    assert without_courtesy(text) == text


@pytest.mark.parametrize(
    "greeting", ["Cher·e·s voisin·e·s", "Cher(e)s amis", "Chères et chers collègues", "Cheres toutes"]
)
def test_inclusive_greetings_are_courtesy(greeting: str) -> None:
    assert without_courtesy(f"{greeting}, on cherche un local") == "on cherche un local"


def test_please_before_something_is_left_out() -> None:
    assert without_courtesy("Svp un local") == "un local"
