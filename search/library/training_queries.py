"""Training queries: situations people describe, with the entries that answer them, if any.

The encoder learned from them, and the search uses them.
A new situation that is like one of these is answered by its entries (document expansion by queries).

Source:
    Nogueira, Yang, Lin and Cho, Document Expansion by Query Prediction, 2019; here the queries are written by people.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from ..entries import LANGUAGES, Vocabulary
from ..errors import CorpusError, Problem
from ..text.query import as_read
from .jsonl import read_items


@dataclass(frozen=True)
class TrainingQuery:
    """One situation, in each language.

    Attributes:
        entries: Ids of the entries that answer it, the one it was written for first; none when it is out of scope.
        texts: Language to text.
        phases, conditions: Where it stands and what it lacks, by their keys; None when nobody has said.
        translated: Language to what the text in the other language says, in this one; where somebody has translated
            it, since the two are told apart, each as people there would say it.
    """

    entries: tuple[str, ...]
    texts: Mapping[str, str]
    phases: tuple[str, ...] | None = None
    conditions: tuple[str, ...] | None = None
    translated: Mapping[str, str] = field(default_factory=dict)

    @property
    def asked(self) -> tuple[str, ...]:
        """Its tellings, translated ones last, as they are read when somebody asks them."""
        return tuple(as_read(text) for text in (*self.texts.values(), *self.translated.values()))

    @property
    def tellings(self) -> int:
        """How many times it is told."""
        return len(self.texts) + len(self.translated)


LENT = ("out-of-scope.jsonl", "off-topic-private.jsonl")
"""Files of what is out of scope that other libraries are measured with: errands at a counter, and private life."""


def read_training_queries(corpus: Path, *, files: str = "*.jsonl") -> tuple[TrainingQuery, ...]:
    """Read the situations of a corpus folder, ``training/*.jsonl``.

    Args:
        corpus: The folder.
        files: Which of the files, as for ``glob``.

    Returns:
        In order of file and line, each entry named once; none when there is no such folder. Ids are not compared with
        the entries: `search.curation.check_evaluation` does.

    Raises:
        CorpusError: A line is not as it should be; all of them are listed.
    """
    queries: list[TrainingQuery] = []
    problems: list[Problem] = []
    for path in sorted((corpus / "training").glob(files)):
        found, faults = read_items(path, training_query_faults, _query)
        queries += found.values()
        problems += faults
    if problems:
        raise CorpusError(problems)
    return tuple(queries)


def _query(row: Mapping[str, Any]) -> TrainingQuery:
    return TrainingQuery(
        tuple(dict.fromkeys(row["entries"])),
        {language: row[language] for language in LANGUAGES},
        **{name: tuple(row[name]) for name in LABELS if name in row},
        translated=dict(row.get(TRANSLATED, {})),
    )


TRANSLATED = "translated"
"""What a line may have beside its texts: each of them in the other language."""


LABELS = ("phases", "conditions")
"""What a line may say of where its situation stands, as keys of the vocabulary."""


def label_faults(row: Mapping[str, Any], known: Vocabulary | None = None) -> list[str]:
    """Say what is wrong with the labels of one line; keys are compared with the vocabulary when it is given."""
    faults = []
    for name in LABELS:
        keys = row.get(name, [])
        if not isinstance(keys, list) or not all(isinstance(key, str) for key in keys):
            faults.append(f"{name} must be a list of keys")
        elif known:
            faults += [
                f"{name}: {key!r} is not one of {', '.join(known.keys(name))}"
                for key in sorted(set(keys) - set(known.keys(name)))
            ]
    return faults


def training_query_faults(row: Mapping[str, Any], known: Collection[str] | None = None) -> list[str]:
    """Say what is wrong with one line.

    Args:
        row: The line.
        known: Ids of the entries: those of the line are then compared with them, and none may be there twice. Without
            them, a line is fit to be read, as older libraries have it.
    """
    faults = text_faults(row, LANGUAGES) + label_faults(row) + _translated_faults(row.get(TRANSLATED, {}))
    names = row.get("entries")
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        return [*faults, "entries must be a list of ids"]
    if known is None:
        return faults
    unknown = sorted(set(names) - set(known))
    faults += [f"names {name!r} twice" for name in dict.fromkeys(names) if names.count(name) > 1]
    return faults + [f"names {name!r}, and no entry has this id" for name in unknown]


def _translated_faults(texts: Any) -> list[str]:
    if not isinstance(texts, dict) or not set(texts) <= set(LANGUAGES):
        return [f"{TRANSLATED} must be texts by language: {', '.join(LANGUAGES)}"]
    return [f"{TRANSLATED}: {fault}" for fault in text_faults(texts, texts)]


def text_faults(row: Mapping[str, Any], names: Collection[str]) -> list[str]:
    """Say which of some values are missing, not a text, or empty."""
    return [f"{name} must be a text" for name in names if not isinstance(row.get(name), str) or not row[name].strip()]


ALL_TO = 5_000
"""Texts of training queries up to which a query is compared with all of them."""


def landmarks(queries: Sequence[TrainingQuery]) -> list[tuple[int, ...]]:
    """Choose what a query is compared with: each text of few training queries, of many the tellings of each together.

    Half as many comparisons take half as long, and what two tellings have in common is what is meant.

    Returns:
        Of each landmark the numbers of its texts, counted query by query; each text alone when there are ALL_TO at
        most.
    """
    ends = np.cumsum([query.tellings for query in queries], dtype=int).tolist()
    if not ends or ends[-1] <= ALL_TO:
        return [(row,) for row in range(sum(ends[-1:]))]
    return [tuple(range(start, end)) for start, end in zip([0, *ends], ends, strict=False)]
