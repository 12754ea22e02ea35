"""Judged sets of what people really type: short needs, letters, words for a search box, and what has no answer.

Each is a folder of ``evaluation/`` with one file for each half; the situations beside them are `judged_queries`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from ..entries import LANGUAGES
from ..errors import CorpusError, Problem
from .jsonl import read_items
from .judged_queries import judgement_faults
from .training_queries import text_faults

OFF_TOPIC = ("word", "greeting", "function-words", "administrative", "everyday", "near-topic", "other-language")
"""What is typed without an answer: one word; a greeting; function words alone; what an office does; what nobody but a
search engine is asked; what is near the library's topics and not in it; another language."""


@dataclass(frozen=True)
class JudgedNeed:
    """One need in a short plain sentence, in both languages, with the entries that answer it.

    Attributes:
        id: Stable name.
        voice: Who speaks.
        texts: Language to text.
        judgements: Entry id to grade, as in a `JudgedQuery`.
    """

    id: str
    voice: str
    texts: Mapping[str, str]
    judgements: Mapping[str, int]


@dataclass(frozen=True)
class JudgedConcern:
    """One of the concerns of a letter.

    Attributes:
        words: What says it, verbatim in the letter.
        judgements: Entry id to grade.
    """

    words: str
    judgements: Mapping[str, int]


@dataclass(frozen=True)
class JudgedLetter:
    """A letter in one language, with its concerns in order.

    Attributes:
        id: Stable name.
        language: It is written in.
        voice: Who speaks.
        text: The whole letter.
        concerns: What it asks or complains of; nothing else in it has an answer.
    """

    id: str
    language: str
    voice: str
    text: str
    concerns: tuple[JudgedConcern, ...]


@dataclass(frozen=True)
class OffTopic:
    """Something typed that the library has no answer to.

    Attributes:
        id: Stable name.
        category: One of OFF_TOPIC.
        texts: Language to text; of another language, the same twice.
        answerable: Whether something answers all the same, if the language were understood.
    """

    id: str
    category: str
    texts: Mapping[str, str]
    answerable: bool = False


@dataclass(frozen=True)
class SearchTerms:
    """A word or a few, as typed into a search box, in both languages.

    Attributes:
        id: Stable name.
        texts: Language to text.
        judgements: Entry id to grade, of those first thought of; none when the library has no answer.
    """

    id: str
    texts: Mapping[str, str]
    judgements: Mapping[str, int]


JudgedItem = JudgedNeed | JudgedLetter | SearchTerms | OffTopic

T = TypeVar("T")


def read_plain(path: Path) -> tuple[JudgedNeed, ...]:
    """Read short needs: id, voice, fr, en and judgements on each line.

    Raises:
        CorpusError: A line is not as it should be; all of them are listed.
    """
    return _sound(read_items(path, _need_faults, _need))


def read_letters(path: Path) -> tuple[JudgedLetter, ...]:
    """Read letters: id, language, voice, text and concerns (words, judgements) on each line; errors as `read_plain`."""
    return _sound(read_items(path, _letter_faults, _letter))


def read_search_terms(path: Path) -> tuple[SearchTerms, ...]:
    """Read words for a search box: id, fr, en and judgements, which may be none, on each line; see `read_plain`."""
    return _sound(read_items(path, _search_terms_faults, _search_terms))


def read_off_topic(path: Path) -> tuple[OffTopic, ...]:
    """Read what has no answer: id, category, fr and en on each line; errors as `read_plain`."""
    return _sound(read_items(path, _off_topic_faults, _off_topic))


def judged_sets_by_line(evaluation: Path, half: str) -> Iterator[tuple[Path, dict[int, JudgedItem], list[Problem]]]:
    """Give each set of a half: its file, its items by 1-based line, and what is wrong with the other lines."""
    makers: tuple[tuple[str, Any, Any], ...] = (
        ("plain", _need_faults, _need),
        ("letters", _letter_faults, _letter),
        ("search-box", _search_terms_faults, _search_terms),
        ("off-topic", _off_topic_faults, _off_topic),
    )
    for name, faults, make in makers:
        if (path := evaluation / name / f"{half}.jsonl").exists():
            yield path, *read_items(path, faults, make)


def _sound(read: tuple[dict[int, T], list[Problem]]) -> tuple[T, ...]:
    items, problems = read
    if problems:
        raise CorpusError(problems)
    return tuple(items.values())


def _texts(row: Mapping[str, Any]) -> dict[str, str]:
    return {language: row[language] for language in LANGUAGES}


def _need(row: Mapping[str, Any]) -> JudgedNeed:
    return JudgedNeed(row["id"], row["voice"], _texts(row), row["judgements"])


def _need_faults(row: Mapping[str, Any]) -> list[str]:
    return text_faults(row, ("id", "voice", *LANGUAGES)) + judgement_faults(row.get("judgements"))


def _letter(row: Mapping[str, Any]) -> JudgedLetter:
    concerns = tuple(JudgedConcern(one["words"], one["judgements"]) for one in row["concerns"])
    return JudgedLetter(row["id"], row["language"], row["voice"], row["text"], concerns)


def _letter_faults(row: Mapping[str, Any]) -> list[str]:
    faults = text_faults(row, ("id", "voice", "text"))
    if row.get("language") not in LANGUAGES:
        faults.append(f"language {row.get('language')!r} is not one of {', '.join(LANGUAGES)}")
    concerns = row.get("concerns")
    if not isinstance(concerns, list) or not concerns or not all(isinstance(one, dict) for one in concerns):
        return [*faults, "concerns must be a list of at least one, each with its words and judgements"]
    for number, concern in enumerate(concerns, 1):
        found = text_faults(concern, ("words",)) + judgement_faults(concern.get("judgements"))
        if not found and "text must be a text" not in faults and concern["words"] not in row["text"]:
            found = ["its words are not in the letter"]
        faults += [f"concern {number}: {fault}" for fault in found]
    return faults


def _search_terms(row: Mapping[str, Any]) -> SearchTerms:
    return SearchTerms(row["id"], _texts(row), row["judgements"])


def _search_terms_faults(row: Mapping[str, Any]) -> list[str]:
    return text_faults(row, ("id", *LANGUAGES)) + judgement_faults(row.get("judgements"), fewest=0)


def _off_topic(row: Mapping[str, Any]) -> OffTopic:
    return OffTopic(row["id"], row["category"], _texts(row), row.get("answerable", False))


def _off_topic_faults(row: Mapping[str, Any]) -> list[str]:
    faults = text_faults(row, ("id", *LANGUAGES))
    if row.get("category") not in OFF_TOPIC:
        faults.append(f"category {row.get('category')!r} is not one of {', '.join(OFF_TOPIC)}")
    if not isinstance(row.get("answerable", False), bool):
        faults.append("answerable must be true or false")
    return faults
