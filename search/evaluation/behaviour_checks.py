"""Checks that pass or fail: kinds of query on which searching by meaning alone is known to go wrong.

Each says which entries must be among the first and which must not; the figure is the share that pass, by category.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import fmean
from typing import Any

from ..entries import LANGUAGES
from ..errors import CorpusError, Problem
from ..library.aliases import current_ids, every_id
from ..library.jsonl import corpus_file, read_items
from ..library.reader import Library
from ..library.training_queries import text_faults
from ..retrieval.searcher import Searcher

CHECK_CATEGORIES = (
    "acronym",
    "misspelling",
    "exact-phrase",
    "amount",
    "frequent-word",
    "question-form",
    "dissimilar-excluded",
)


EXPECTED_WITHIN, EXCLUDED_WITHIN = 5, 10
"""One of the expected entries is among this many first; none of the excluded ones is among this many."""


@dataclass(frozen=True)
class Check:
    """One query typed in both languages, with what must and must not come.

    Attributes:
        id: Stable name.
        category: One of CHECK_CATEGORIES.
        texts: Language to what is typed.
        expected: Ids; one of them must be among the first EXPECTED_WITHIN.
        excluded: Ids; none of them may be among the first EXCLUDED_WITHIN.
    """

    id: str
    category: str
    texts: Mapping[str, str]
    expected: frozenset[str]
    excluded: frozenset[str] = frozenset()

    def renamed(self, names: Mapping[str, str]) -> Check:
        """Return the check with the ids that entries have now."""
        expected, excluded = (frozenset(current_ids(ids, names)) for ids in (self.expected, self.excluded))
        return replace(self, expected=expected, excluded=excluded)

    def passed(self, ranked: Sequence[str]) -> bool:
        """Say whether an order of ids, best first, is as it must be."""
        return bool(self.expected & set(ranked[:EXPECTED_WITHIN])) and not self.excluded & set(ranked[:EXCLUDED_WITHIN])


def read_checks(path: Path) -> tuple[Check, ...]:
    """Read one half of the checks.

    Args:
        path: A JSONL file with id, category, fr, en, expected and, if any, excluded on each line.

    Returns:
        The checks, in file order.

    Raises:
        CorpusError: A line is not as it should be; all of them are listed.
    """
    checks, problems = _read(path)
    if problems:
        raise CorpusError(problems)
    return tuple(checks.values())


def _read(path: Path) -> tuple[dict[int, Check], list[Problem]]:
    """Return the checks by line, and what is wrong with the other lines."""
    return read_items(path, _faults, _check_of)


def _check_of(row: Mapping[str, Any]) -> Check:
    return Check(
        id=row["id"],
        category=row["category"],
        texts={language: row[language] for language in LANGUAGES},
        expected=frozenset(row["expected"]),
        excluded=frozenset(row.get("excluded", ())),
    )


def _faults(row: Mapping[str, Any]) -> list[str]:
    """Say what is wrong with one line."""
    faults = text_faults(row, ("id", *LANGUAGES))
    if row.get("category") not in CHECK_CATEGORIES:
        faults.append(f"category {row.get('category')!r} is not one of {', '.join(CHECK_CATEGORIES)}")
    if not _ids(row.get("expected")) or not row["expected"]:
        faults.append("expected must be a list of at least one id")
    if not _ids(row.get("excluded", [])):
        faults.append("excluded must be a list of ids")
    return faults


def _ids(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(one, str) for one in value)


def check_checks(library: Library) -> list[Problem]:
    """Say what is wrong with a corpus's checks: lines that are not as they should be, unknown entries."""
    known = every_id(library.entries)
    problems: list[Problem] = []
    for path in sorted((library.path / "evaluation" / "checks").glob("*.jsonl")):
        checks, unreadable = _read(path)
        problems += unreadable
        problems += [
            Problem(corpus_file(path), number, f"{check.id!r} names {name!r}, and no entry has this id")
            for number, check in checks.items()
            for name in sorted((check.expected | check.excluded) - known)
        ]
    return problems


def pass_rates(searcher: Searcher, checks: Sequence[Check]) -> dict[str, float]:
    """Measure a searcher, as a person meets it: a query it abstains on does not pass.

    Args:
        searcher: The searcher.
        checks: The checks.

    Returns:
        Category to the share of its queries that pass, 0 to 1, both languages typed.
    """
    passed: dict[str, list[bool]] = {}
    for check in (one.renamed(searcher.index.metadata.aliases) for one in checks):
        for text in check.texts.values():
            ranked = [hit.entry.id for hit in searcher.search(text, k=EXCLUDED_WITHIN).hits]
            passed.setdefault(check.category, []).append(check.passed(ranked))
    return {category: fmean(passed[category]) for category in CHECK_CATEGORIES if category in passed}
