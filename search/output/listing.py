"""Answers and situations in plain text, for a terminal, and as data, for a program."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from typing import Any

from ..entries import Source, Vocabulary
from ..learning.situation_model import Situation
from ..retrieval.results import Hit, Results
from .other_language import other_language_notice
from .situation import told_situation

NOTHING_CLOSE = {
    "fr": "Rien dans la bibliothèque n’est assez proche ; ce qui s’en approche le plus :",
    "en": "Nothing in the library is close enough to this; what comes nearest:",
}
NOTHING_LEFT = {
    "fr": "Aucune fiche ne passe ces filtres : retirez-en un, ou élargissez-le.",
    "en": "No entry passes these filters: take one away, or widen it.",
}
FROM = {"fr": "Cas de ce lieu :", "en": "Cases from:"}
WITHOUT = {"fr": "Sans les cas de :", "en": "Without cases from:"}
NOT_FROM = {"fr": "La bibliothèque n'a rien de ce lieu :", "en": "The library has nothing from:"}
UNDERSTOOD = {"fr": "Compris :", "en": "Understood:"}
NOTHING_CLEAR = {
    "fr": "Le texte ne parle clairement d’aucune phase, ni d’aucune condition qui manque.",
    "en": "It speaks clearly of no phase and of no condition that lacks.",
}
STRENGTHS: Mapping[str, Mapping[str, str]] = {
    "fr": {"strong": "lien fort", "related": "sujet proche", "weak": "lien faible"},
    "en": {},
}
"""What a strength is called; in English as it is."""

READ = {"fr": ("phase", "condition qui manque"), "en": ("phase", "weak condition")}
COLON = {"fr": " :", "en": ":"}


def list_results(results: Results, reader: str, vocabulary: Vocabulary | None = None) -> str:
    """Write the answers, or what comes nearest, best first.

    Args:
        results: Of a search.
        reader: Language titles and sentences are wanted in, where an entry has it.
        vocabulary: Whose labels of kinds are shown; kinds are named by their keys when None.
    """
    lines = [line for hit in results.hits or results.near_misses for line in _lines(hit, reader, vocabulary)]
    head = [*filter(None, [other_language_notice(results.language, reader)]), *_places(results, reader)]
    return "\n".join([*head, *(_understood(results, reader) if results.hits else _none(results, reader)), *lines])


def _none(results: Results, reader: str) -> Iterator[str]:
    """Write that nothing answers: nothing is close enough, or filters leave nothing that could be."""
    yield NOTHING_CLOSE[reader] if results.near_misses else NOTHING_LEFT[reader]


def _places(results: Results, reader: str) -> Iterator[str]:
    """Write the places that are asked about, those the library has nothing from apart."""
    for place in results.places:
        if place.kept:
            said = WITHOUT if place.refused else FROM if place.place else NOT_FROM
            yield f"{said[reader]} {place.names[reader]} (“{place.words}”)"


def _understood(results: Results, reader: str) -> Iterator[str]:
    """Write the concerns of a letter in the person's words, each with the ranks of the hits that answer it."""
    if results.concerns:
        yield UNDERSTOOD[reader]
    for concern in results.concerns:
        ranks = ", ".join(str(hit.rank) for hit in sorted(concern.hits, key=lambda hit: hit.rank)) or "–"
        yield f"  {'+' if concern.kept else '-'} “{concern.words}” ({ranks})"
    if results.concerns:
        yield ""


def _lines(hit: Hit, reader: str, vocabulary: Vocabulary | None) -> Iterator[str]:
    strength = STRENGTHS[reader].get(hit.strength, hit.strength)
    kind = _kind(hit.entry.kind, reader, vocabulary)
    yield f"{f'{hit.rank} {strength}'.rstrip()}{COLON[reader]} {hit.entry.title(reader)} ({kind}, {hit.entry.id})"
    yield f"    {_sentence(hit, reader)}"
    if hit.entry.sources:
        first, *others = hit.entry.sources
        yield f"    {_source(first, reader)}{_more(len(others), reader)}"


def _kind(kind: str, reader: str, vocabulary: Vocabulary | None) -> str:
    """Return what a kind is called, as inside a sentence."""
    label = vocabulary.label("kinds", kind, reader) if vocabulary else kind
    return label[:1].lower() + label[1:]


def _source(source: Source, reader: str) -> str:
    """Write what is told of a source: who published it, its title, its address, or its name where that is all."""
    name = ", ".join(filter(None, (source.publisher, source.title)))
    return f"{COLON[reader]} ".join(filter(None, (name, source.url))) or source.key


def _more(count: int, reader: str) -> str:
    """Say how many sources there are beside the first."""
    if not count:
        return ""
    return f" (et {count} autre{'s' if count > 1 else ''})" if reader == "fr" else f" (and {count} more)"


def _sentence(hit: Hit, reader: str) -> str:
    """Return the nearest sentence in the reader's language, or in the one the entry was found in."""
    return hit.by_language.get(reader, (hit.passage, hit.sentence))[1]


def list_situation(situation: Situation, vocabulary: Vocabulary, reader: str) -> str:
    """Write the phases and the weak conditions with the words that say so, surest first.

    Args:
        situation: What was read.
        vocabulary: Whose labels are shown.
        reader: Language of the labels.
    """
    phase, condition = READ[reader]
    read = [(phase, "phases", one) for one in situation.phases]
    read += [(condition, "conditions", one) for one in situation.conditions]
    lines = [
        f"{what}{COLON[reader]} {vocabulary.label(name, one.key, reader)}" + (f" (“{one.words}”)" if one.words else "")
        for what, name, one in read
    ]
    return "\n".join(lines or [NOTHING_CLEAR[reader]])


def results_data(results: Results, reader: str) -> dict[str, Any]:
    """Return everything a program needs of a search, ready for JSON; titles and sentences as in `list_results`."""
    return {
        "query": results.query,
        "language": results.language,
        "total": results.total,
        "situation": dataclasses.asdict(told_situation(results)),
        "concerns": [
            {"words": one.words, "kept": one.kept, "close": one.close, "hits": [hit.entry.id for hit in one.hits]}
            for one in results.concerns
        ],
        "places": [dataclasses.asdict(place) for place in results.places],
        "hits": [_hit_data(hit, reader) for hit in results.hits],
        "near_misses": [_hit_data(hit, reader) for hit in results.near_misses],
    }


def _hit_data(hit: Hit, reader: str) -> dict[str, Any]:
    entry = hit.entry
    return {
        "rank": hit.rank,
        "id": entry.id,
        "kind": entry.kind,
        "library": entry.library,
        "strength": hit.strength,
        "matched": hit.matched,
        "score": round(hit.score, 4),
        "title": entry.title(reader),
        "sentence": _sentence(hit, reader),
        "answers": hit.answers,
        "facets": {name: list(values) for name, values in entry.facets.items()},
        "sources": [dataclasses.asdict(source) for source in entry.sources],
    }
