"""What people say of answers, if they agree to have it kept: useful or not, what they expected; grouped for editors."""

from __future__ import annotations

import datetime
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..entries import LANGUAGES
from ..errors import Problem
from ..text.query import clean, plain
from .left_lines import LeftLines

USEFUL, NOT_USEFUL = "useful", "not-useful"
VERDICTS = (USEFUL, NOT_USEFUL, "")
"""What may be said of an answer; empty when somebody says only what they expected."""

MOST_KEPT, LARGEST_FILE = 1_000, 10_000_000
"""Lines and bytes of the file from which on nothing more is kept; both texts have LONGEST_QUERY characters at most."""


@dataclass(frozen=True)
class Feedback:
    """What somebody said of an answer.

    Attributes:
        text: The situation, as it was typed.
        language: Of it, ``fr`` or ``en``; None when undecided.
        entry: Id of the entry that answered; empty when all the answers together are meant.
        verdict: One of VERDICTS.
        expected: What they expected, in their words; empty when they did not say.
        day: When, YYYY-MM-DD; no hour, so that it tells less of who left it.
    """

    text: str
    language: str | None
    entry: str
    verdict: str
    expected: str
    day: str


@dataclass(frozen=True)
class FeedbackGroup:
    """What people said of the answers to one situation.

    Attributes:
        text: The situation, as it was typed last.
        language: Of it.
        useful: Entry to how many found it useful, most first; the empty id stands for all the answers together.
        not_useful: The same of those who did not.
        expected: What people expected, with the entry it was said of; latest first.
        day: The last one.
    """

    text: str
    language: str | None
    useful: Mapping[str, int]
    not_useful: Mapping[str, int]
    expected: tuple[tuple[str, str], ...]
    day: str


def leave_feedback(
    path: Path,
    text: str,
    *,
    language: str | None,
    entry: str = "",
    verdict: str = "",
    expected: str = "",
    day: datetime.date | None = None,
) -> Feedback:
    """Add what somebody says of an answer to the file. Ask the person first: the file is read by others.

    The same said of the same answer to the same text is kept once. The file is for its owner only.

    Args:
        path: JSON lines; made when missing.
        text: The situation.
        language: Of the text; None when undecided.
        entry: Id of the entry that answered; empty for all the answers together.
        verdict: One of VERDICTS.
        expected: What the person expected.
        day: When; today for None.

    Returns:
        What was written; what is there already, where it is.

    Raises:
        ValueError: The verdict is none of VERDICTS, or neither a verdict nor anything expected is given.
        EmptyQueryError: There is no situation.
        QueryTooLongError: A text is longer than the search reads.
        NeedsFullError: MOST_KEPT are kept, or LARGEST_FILE bytes.
        OSError: The file cannot be written.
    """
    if verdict not in VERDICTS:
        raise ValueError(f"verdict must be one of {', '.join(map(repr, VERDICTS))} (got {verdict!r})")
    told = clean(expected) if expected.strip() else ""
    if not verdict and not told:
        raise ValueError("say whether the answer is useful, or what was expected")
    left = Feedback(clean(text), language, entry, verdict, told, (day or datetime.date.today()).isoformat())
    return OPINIONS.leave(path, left)


def read_feedback(path: Path) -> tuple[Feedback, ...]:
    """Read what was left, latest first; none when there is no file. Lines that cannot be read hide no others."""
    return OPINIONS.read(path)


def feedback_problems(path: Path) -> tuple[Problem, ...]:
    """Return what is wrong with the lines of the file that cannot be read, in order."""
    return OPINIONS.problems(path)


def grouped(left: Iterable[Feedback]) -> tuple[FeedbackGroup, ...]:
    """Put what people said together by situation: capitals, accents and marks aside, one text is one situation.

    Args:
        left: Latest first, as `read_feedback` gives it.

    Returns:
        The groups, that of the latest first.
    """
    groups: dict[str, list[Feedback]] = {}
    for one in left:
        groups.setdefault(plain(one.text) or one.text, []).append(one)
    return tuple(map(_group, groups.values()))


def _group(said: Sequence[Feedback]) -> FeedbackGroup:
    counts = {
        verdict: dict(Counter(one.entry for one in said if one.verdict == verdict).most_common())
        for verdict in (USEFUL, NOT_USEFUL)
    }
    return FeedbackGroup(
        text=said[0].text,
        language=said[0].language,
        useful=counts[USEFUL],
        not_useful=counts[NOT_USEFUL],
        expected=tuple((one.entry, one.expected) for one in said if one.expected),
        day=said[0].day,
    )


def draft_training_query(group: FeedbackGroup) -> str:
    """Write the line of a training query from what people found useful, for an editor to check and complete.

    Args:
        group: What they said of the answers to one situation.

    Returns:
        One object of JSON, as ``training/*.jsonl`` has them. The telling in the other language is left empty: until
        somebody has written it, the check of the library refuses the line.

    Raises:
        ValueError: Nobody found an entry useful.
    """
    entries = [entry for entry in group.useful if entry]
    if not entries:
        raise ValueError("nobody found an answer to this useful")
    told = {language: group.text if language == (group.language or LANGUAGES[0]) else "" for language in LANGUAGES}
    return json.dumps({"entries": entries, **told}, ensure_ascii=False)


def _faults(row: Mapping[str, Any]) -> list[str]:
    """Say what is wrong with one line."""
    names = ("text", "entry", "verdict", "expected", "day")
    if set(row) != {*names, "language"} or not all(isinstance(row[name], str) for name in names):
        return [f"must have the texts {', '.join(names)}, and language"]
    if not isinstance(row["language"], str | None):
        return ["language must be a text or null"]
    return [] if row["verdict"] in VERDICTS else [f"verdict: {row['verdict']!r} is not one of {', '.join(VERDICTS)}"]


OPINIONS = LeftLines(
    what="opinions on answers",
    lines="feedback",
    make=Feedback,
    faults=_faults,
    said=lambda left: (left.text.casefold(), left.entry, left.verdict, left.expected.casefold()),
    most=MOST_KEPT,
    largest=LARGEST_FILE,
)
"""How they are kept."""
