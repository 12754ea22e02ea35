"""What is left of a text without its greetings and thanks."""

from __future__ import annotations

import pytest

from search.text.courtesy import is_courtesy, sounds_courteous, without_courtesy


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
        ("On cherche un local. Merci d'avance pour vos pistes, même petites.", "On cherche un local."),
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


@pytest.mark.parametrize(
    "mark",
    [
        "Envoyé de mon iPhone",
        "Envoyé depuis mon téléphone",
        "envoyé depuis mon mobile",
        "Envoyé depuis Outlook pour Android",
        "Envoyé à partir de Outlook pour Android",
        "Envoyé depuis l'application Yahoo Mail pour Android",
        "Envoyé de mon smartphone Samsung Galaxy.",
        "Télécharger Outlook",
        "Sent from my iPhone 12",
        "sent from my phone",
        "Sent from my Samsung Galaxy S21 5G",
        "Sent from Outlook for Android",
        "Sent from Yahoo Mail on Android",
        "Sent from Mail for Windows 10",
        "Get Outlook for iOS<https://aka.ms/o0ukef>",
    ],
)
def test_what_a_phone_or_programme_writes_goes(mark: str) -> None:
    assert is_courtesy(mark)
    assert without_courtesy(f"la mairie ne répond jamais. {mark}") == "la mairie ne répond jamais."
    assert without_courtesy(f"we need a hall {mark}") == "we need a hall"
    assert without_courtesy(f"On cherche un local\n\nMerci, Anne\n--\n{mark}") == "On cherche un local"


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Subject: a hall for our club", "a hall for our club"),
        ("Objet : demande de local", "demande de local"),
        ("RE: TR: demande de local", "demande de local"),
        ("Fwd: empty building", "empty building"),
        ("TR : bâtiment vide", "bâtiment vide"),
        ("Bonjour,\nObjet : bâtiment vide", "bâtiment vide"),
        ("From: Ann <ann@a.org>\nSent: Monday\nTo: town\nSubject: empty hall", "empty hall"),
    ],
)
def test_the_marks_of_a_subject_go_and_its_words_stay(text: str, left: str) -> None:
    assert without_courtesy(text) == left


@pytest.mark.parametrize(
    "opening",
    [
        "Monsieur le Bourgmestre,",
        "Madame l'Échevine,",
        "Madame l'Échevine de la culture,",
        "Madame la Conseillère communale,",
        "Bonjour Monsieur le Conseiller,",
        "Bonjour, Madame la Directrice,",
        "Madame Dupont,",
        "Dear Mr. Smith,",
        "Bonjour Luc,",
        "Hi Sue!",
        "Salut la team,",
        "Bsr,",
        "bjr à tous,",
        "To whom it may concern,",
        "I wonder if you could help me.",
    ],
)
def test_openings_of_letters_go(opening: str) -> None:
    assert is_courtesy(opening)
    assert without_courtesy(f"{opening} le toit fuit") == "le toit fuit"
    assert without_courtesy(f"{opening}\nwe need a hall") == "we need a hall"


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Bonjour, je vous contacte au sujet du bruit la nuit", "bruit la nuit"),
        ("Je me permets de vous écrire concernant un local vide", "un local vide"),
        ("I am writing to you about the empty hall", "the empty hall"),
        ("I wonder if you could help me find a hall", "find a hall"),
        ("I was wondering if you could help us with damp housing", "damp housing"),
        ("Please send me the form at your earliest convenience.", "send me the form"),
    ],
)
def test_what_leads_to_a_request_goes_and_the_request_stays(text: str, left: str) -> None:
    assert without_courtesy(text) == left
    assert not is_courtesy(text)


@pytest.mark.parametrize(
    "closing",
    [
        "Recevez mes salutations distinguées.",
        "Veuillez recevoir, Madame, mes salutations les meilleures,\nAnne Dupont",
        "Je vous prie de croire, Monsieur le Bourgmestre, à l'assurance de mes sentiments distingués.",
        "Bien amicalement, Luc",
        "D'avance merci pour votre réponse",
        "Many thanks in anticipation",
        "Thanking you in advance for your help, Sue",
        "With kind regards",
        "Please reply at your earliest convenience.",
        "Ta very much",
        "Cheers mate",
        "Any advice welcome",
        "Any help would be much appreciated, thanks",
        "Toute aide serait la bienvenue",
        "TIA",
        "Merci et bonne continuation",
        "Bàv, Luc",
    ],
)
def test_closings_of_letters_go(closing: str) -> None:
    assert is_courtesy(closing)
    assert without_courtesy(f"Le toit fuit. {closing}") == "Le toit fuit."


@pytest.mark.parametrize(
    "signature",
    [
        "Thanks,\nMargaret Dobbs (Mrs)\nSecretary, Friends of the Hall\n01234 567890\n12 High Street, Ambridge",
        "Margaret Dobbs (Mrs)",
        "J. Smith\nChair, Tenants' Association\nTel: 01234 567890",
        "Cordialement,\n\nNadia Benali\nPrésidente\nASBL Les Voisins\nRue Haute 12, 1000 Bruxelles\n02 123 45 67",
        "-- \nNadia Benali\nPrésidente",
        "Bien à vous,\nN. Benali\nEnvoyé de mon iPhone",
    ],
)
def test_the_lines_of_a_signature_go(signature: str) -> None:
    assert without_courtesy(f"Le toit fuit.\n\n{signature}") == "Le toit fuit."


@pytest.mark.parametrize(
    "text",
    [
        "On habite à Ixelles. Merci de nous aider à trouver un local",
        "Nobody knows to whom it may concern",
        "Monsieur le Bourgmestre refuse de nous recevoir, que faire ?",
        "Madame Diallo, qui porte le projet, va lâcher",
        "Mrs Diallo, our treasurer, is leaving",
        "send us an officer from my street",
        "Le dossier est complet. Envoyé par mail à la commune",
        "The complaint was sent from my street to the council",
        "Je vous prie de prendre en considération notre demande",
        "Les salutations entre voisins disparaissent",
        "Re-use of empty halls",
        "Transport : le bus ne passe plus",
        "Any help welcome for our garden",
        "Get Outlook training for seniors",
        "Télécharger une carte du quartier",
        "Je cherche un local.\nCLT Bruxelles",
        "Notre local est vide.\nRue Haute 12\n1000 Bruxelles",
        "Nous voulons créer :\nUn Jardin\nUn Local",
        "Le toit fuit. Merci,\nAnne\nPS: nous cherchons aussi un local",
    ],
)
def test_what_only_looks_like_a_formula_or_a_signature_stays(text: str) -> None:
    assert not is_courtesy(text)
    assert without_courtesy(text) == text


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("D'avance merci, nous cherchons un local", "nous cherchons un local"),
        ("Merci d'avance : où trouver un local ?", "où trouver un local ?"),
        ("Mille mercis d'avance ! Où trouver un local ?", "Où trouver un local ?"),
        ("Thanks in advance, where can we meet?", "where can we meet?"),
        ("Merci, Nous cherchons un local", "Merci, Nous cherchons un local"),
    ],
)
def test_thanks_in_advance_may_come_first(text: str, left: str) -> None:
    assert without_courtesy(text) == left


@pytest.mark.parametrize(
    ("sentence", "courteous"),
    [
        ("Nous vous remercions de nous lire.", True),
        ("Any advice on where to begin?", True),
        ("We would be  glad to hear how others did it.", True),
        ("Best wishes", True),
        ("The hall has the best roof in town.", False),
        ("La salle ferme à six heures.", False),
    ],
)
def test_a_word_of_courtesy_is_heard_in_a_sentence(sentence: str, courteous: bool) -> None:
    assert sounds_courteous(sentence) == courteous
