"""Where the tests go on a page in a browser, and what they ask there, in French and in English."""

from __future__ import annotations

import time
from urllib.parse import urlencode

from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By

from tests.browser_helpers import shows, wait

SITUATION = "La commune nous soutient un an, puis plus rien. Nous cherchons un accord qui tienne après les élections."
ENGLISH_SITUATION = "The council backs us for a year, then nothing. We want an agreement that survives the elections."
LETTER = {
    "fr": "Bonjour, je suis la présidente d’une association de quartier. Depuis trois ans nous demandons à la "
    "commune de pouvoir utiliser l’ancienne école, vide depuis sa fermeture, et personne ne nous répond. Les "
    "services se renvoient la balle et nous ne savons pas qui décide. Nous n’avons presque plus d’argent pour"
    " payer l’assurance et le matériel, et le subside promis n’est jamais arrivé. Les bénévoles se fatiguent,"
    " nous ne sommes plus que cinq à tout porter et personne ne veut prendre la relève. L’école est au bout "
    "de la rue. Il y a un grand arbre dans la cour. J’habite ici depuis longtemps. Merci de votre aide.",
    "en": "Good morning, I chair a neighbourhood association. For three years we have been asking the council to "
    "let us use the old school, which has stood empty since it closed, and nobody answers. The departments "
    "pass us from one to the other and we do not know who decides. We have almost no money left to pay for "
    "insurance and equipment, and the grant we were promised never came. Our volunteers are tired, there are "
    "only five of us left and nobody wants to take over. The school is at the end of the street. There is a "
    "big tree in the yard. I have lived here for a long time. Thank you for your help.",
}
"""A text with several concerns, of more than ninety words."""

TWO = [("on", "paris-participatory-budget"), ("on", "commitment-charter")]
PLACES = {
    "welcome": ("", []),
    "answer": ("", [("q", SITUATION)]),
    "abstention": ("", [("q", "What is the best recipe for an apple pie?")]),
    "entry": ("", [("entry", "commitment-charter")]),
    "list": ("browse", []),
    "grid": ("browse", [("show", "grid")]),
    "map": ("browse", [("show", "map"), ("kinds", "case")]),
    "years": ("browse", [("show", "years")]),
    "compare": ("compare", TWO),
    "sheet": ("sheet", TWO),
    "curators": ("curators", []),
    "about": ("about", []),
}
"""Name to view and what its address says."""


def go(browser: Chrome, address: str, place: str, *, language: str) -> None:
    """Open a place of PLACES and wait until it is drawn."""
    view, said = PLACES[place]
    browser.get(f"{address}{view}?{urlencode([*said, ('lang', language)])}")
    wait(browser, shows("Passerelle"))
    time.sleep(0.5)  # charts are drawn after the script has run
    wait(browser, lambda one: not one.find_elements(By.CSS_SELECTOR, "[data-testid=stSpinner]"))
