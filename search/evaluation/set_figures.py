"""What is measured on the judged sets of what people type: short needs, letters, a few words, what has no answer."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean

from ..entries import LANGUAGES
from ..library.judged_queries import USEFUL, JudgedQuery
from ..library.judged_sets import OFF_TOPIC, JudgedLetter, JudgedNeed, OffTopic, SearchTerms
from ..retrieval.results import GROUPS, Hit
from ..retrieval.searcher import Searcher
from .metrics import ndcg

SHOWN = 3
"""Hits of a group that a person sees first."""

DEEP = 60
"""Hits the page asks for, and shows in groups."""

OTHER = "other-language"


@dataclass(frozen=True)
class Figure:
    """A mean over everything that was asked.

    Attributes:
        name: What is measured.
        values: What was asked (a need, a letter, a situation) to its values, 0 to 1; those of one go together.
    """

    name: str
    values: Mapping[str, Sequence[float]]

    @property
    def mean(self) -> float:
        """Over all values, 0 to 1."""
        return fmean(value for values in self.values.values() for value in values)


def plain_figures(searcher: Searcher, needs: Sequence[JudgedNeed], *, k: int = 10) -> tuple[Figure, ...]:
    """Measure short needs: whether a fitting entry is among the first of its group, as a person meets it, and nDCG.

    A need that gets no answer is not met; nDCG is of what would be shown if the searcher never abstained.

    Args:
        searcher: What is measured.
        needs: The judged needs.
        k: Ranks that count.
    """
    met: dict[str, dict[str, list[float]]] = {language: {} for language in LANGUAGES}
    gains: dict[str, dict[str, list[float]]] = {language: {} for language in LANGUAGES}
    for need in needs:
        fitting = _fitting(need.judgements)
        for language in LANGUAGES:
            text = need.texts[language]
            hits = searcher.search(text, k=DEEP, abstain=False).hits
            answered = bool(searcher.search(text, k=1).hits)
            met[language][need.id] = [float(answered and bool(fitting & first_of_groups(hits)))]
            gains[language][need.id] = [ndcg([hit.entry.id for hit in hits], need.judgements, k)]
    return (
        *(Figure(f"a fitting entry among the first {SHOWN} of its group, {one}", met[one]) for one in LANGUAGES),
        *(Figure(f"nDCG@{k}, {one}", gains[one]) for one in LANGUAGES),
    )


def letter_figures(searcher: Searcher, letters: Sequence[JudgedLetter], *, k: int = 10) -> tuple[Figure, ...]:
    """Measure letters: the share of their concerns that an entry meets, among the first and among those of a group.

    Args:
        searcher: What is measured.
        letters: The judged letters.
        k: Ranks that count.
    """
    first: dict[str, dict[str, list[float]]] = {}
    grouped: dict[str, list[float]] = {}
    for letter in letters:
        hits = searcher.search(letter.text, k=DEEP, abstain=False).hits
        ranked, shown = {hit.entry.id for hit in hits[:k]}, first_of_groups(hits)
        concerns = [_fitting(concern.judgements) for concern in letter.concerns]
        first.setdefault(letter.language, {})[letter.id] = [float(bool(one & ranked)) for one in concerns]
        grouped[letter.id] = [float(bool(one & shown)) for one in concerns]
    both = {name: values for language in LANGUAGES for name, values in first.get(language, {}).items()}
    return (
        Figure(f"concerns met among the first {k}", both),
        *(Figure(f"concerns met among the first {k}, {one}", first[one]) for one in LANGUAGES if one in first),
        Figure(f"concerns met among the first {SHOWN} of a group", grouped),
    )


def search_box_figures(searcher: Searcher, items: Sequence[SearchTerms]) -> tuple[Figure, ...]:
    """Measure a word or a few: whether what has an answer gets one, and a fitting one, and what has none gets none.

    Of the entries that fit some are named: a fitting one among the first of its group is met at least so often.
    """
    inside, outside = [one for one in items if one.judgements], [one for one in items if not one.judgements]
    figures: list[Figure] = []
    for language in LANGUAGES:
        silent = {one.id: _silences(searcher, [one.texts[language]]) for one in inside}
        met = {one.id: [float(_is_met(searcher, one.texts[language], _fitting(one.judgements)))] for one in inside}
        figures += _some(f"answered where there is an answer, {language}", _turned(silent))
        figures += _some(f"a fitting entry among the first {SHOWN} of its group, {language}", met)
    for language in LANGUAGES:
        silent = {one.id: _silences(searcher, [one.texts[language]]) for one in outside}
        figures += _some(f"no answer where there is none, {language}", silent)
    return tuple(figures)


def _is_met(searcher: Searcher, text: str, fitting: Collection[str]) -> bool:
    return bool(first_of_groups(searcher.search(text, k=DEEP).hits) & set(fitting))


def off_topic_figures(
    searcher: Searcher,
    items: Sequence[OffTopic],
    *,
    situations: Sequence[JudgedQuery] = (),
    needs: Sequence[JudgedNeed] = (),
    letters: Sequence[JudgedLetter] = (),
) -> tuple[Figure, ...]:
    """Measure abstention: the share of what has no answer that gets none, and of what has one that gets none.

    What is written in another language and would have an answer is counted apart, by what is answered.

    Args:
        searcher: What is measured.
        items: What has no answer.
        situations: What has one, of the situations.
        needs: The same of short needs.
        letters: The same of letters.
    """
    without = [item for item in items if not item.answerable]
    silent = _silent(searcher, without)
    by_category = [(name, [item.id for item in without if item.category == name]) for name in OFF_TOPIC]
    answered = _silent(searcher, [item for item in items if item.answerable])
    inside = {query.id: tuple(query.texts.values()) for query in situations if query.in_scope}
    inside |= {need.id: tuple(need.texts.values()) for need in needs} | {one.id: (one.text,) for one in letters}
    return (
        Figure("no answer where there is none", silent),
        *(Figure(f"… {name}", {one: silent[one] for one in ids}) for name, ids in by_category if ids),
        *_some(f"answered where there is an answer, {OTHER}", _turned(answered)),
        *_some("no answer where there is one", {one: _silences(searcher, texts) for one, texts in inside.items()}),
    )


def first_of_groups(hits: Iterable[Hit]) -> set[str]:
    """Return the ids of the first SHOWN hits of each group of kinds."""
    hits = tuple(hits)
    return {hit.entry.id for kinds in GROUPS.values() for hit in [h for h in hits if h.entry.kind in kinds][:SHOWN]}


def _turned(values: Mapping[str, Sequence[float]]) -> dict[str, list[float]]:
    """Return 1 less each value."""
    return {one: [1 - value for value in some] for one, some in values.items()}


def _some(name: str, values: Mapping[str, Sequence[float]]) -> tuple[Figure, ...]:
    return (Figure(name, values),) if values else ()


def _fitting(judgements: Mapping[str, int]) -> set[str]:
    return {name for name, grade in judgements.items() if grade >= USEFUL}


def _silent(searcher: Searcher, items: Iterable[OffTopic]) -> dict[str, list[float]]:
    """Say of each item how often it gets no answer; what is the same in both languages is asked once."""
    return {item.id: _silences(searcher, dict.fromkeys(item.texts.values())) for item in items}


def _silences(searcher: Searcher, texts: Collection[str]) -> list[float]:
    return [float(not searcher.search(text, k=1).hits) for text in texts]
