"""What a person is told whose text is in neither French nor English: in their language where it is a neighbour's."""

from __future__ import annotations

NOTICES = {
    "fr": "Nous lisons le français et l’anglais. Écrivez dans l’une de ces langues pour être bien compris.",
    "en": "We read French and English. Write in one of these languages to be well understood.",
    "nl": "Wij lezen Frans en Engels. Schrijf uw situatie in een van deze talen om goed begrepen te worden.",
    "de": "Wir lesen Französisch und Englisch. Schreiben Sie in einer dieser Sprachen, um gut verstanden zu werden.",
    "es": "Leemos francés e inglés. Escriba su situación en una de estas lenguas para que la entendamos bien.",
    "it": "Leggiamo il francese e l’inglese. Scriva la sua situazione in una di queste lingue per essere capito bene.",
}
"""Language to the request to write in French or English."""


def other_language_notice(language: str | None, reader: str) -> str:
    """Return the request to write in French or English, or nothing when the text is in one of them.

    Args:
        language: Of the text, as results have it; None when undecided.
        reader: Language of the page, for a text in a language that has no notice of its own.

    Returns:
        The request, in the language of the text where there is one, else in the reader's.
    """
    if language in (None, "fr", "en"):
        return ""
    return NOTICES.get(str(language), NOTICES[reader])
