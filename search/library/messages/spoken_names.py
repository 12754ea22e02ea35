"""What kinds of entries and their fields are called in French: their keys are English words."""

from __future__ import annotations

from collections.abc import Mapping

IN_FRENCH: Mapping[str, str] = {
    # ---- Kinds
    "practice": "pratique",
    "condition": "condition",
    "case": "cas",
    "resource": "ressource",
    "insight": "enseignement",
    "phase": "phase",
    # ---- Fields of texts
    "title": "titre",
    "summary": "en bref",
    "description": "description",
    "context": "contexte",
    "what_happened": "ce qui s’est passé",
    "results": "résultats",
    "limits": "limites",
    "first_steps": "premiers pas",
    "for_citizens": "côté habitants",
    "for_authorities": "côté pouvoirs publics",
    "obstacles": "obstacles",
    "signs_it_is_missing": "signes qu’elle manque",
    "how_to_join": "comment s’y joindre",
}
"""Key of a kind or of a field to its name, as inside a sentence; every one of these a table knows as a column too."""


def spoken(key: str, language: str) -> str:
    """Return what a kind or a field is called in a language; the key itself in English, or when it is another."""
    return IN_FRENCH.get(key, key) if language == "fr" else key
