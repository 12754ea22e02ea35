"""What the reader cannot see: is a corpus well written? Every finding has its file and line."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from datetime import date
from functools import partial
from pathlib import Path

from ..entries import LIST_FIELDS, Entry, Text
from ..errors import CorpusError, Problem
from ..library.jsonl import read_items
from ..library.last_known import CURRENT_YEARS, UNKNOWN, is_stale
from ..library.problems import problem_of
from ..library.reader import Library
from ..library.unfinished import PLACEHOLDER, marked_lines
from ..text.analysis import fold
from ..text.language import written_language
from ..text.segmentation import sentences
from .check_wording import check_wording

LENGTHS: Mapping[str, tuple[int, int]] = {
    "practice": (120, 350),
    "case": (120, 350),
    "condition": (90, 350),
    "phase": (80, 350),
    "resource": (80, 350),
    "insight": (50, 350),
}
"""Fewest and most words of an entry in one language, title apart."""


LONGEST_SENTENCE = 40
"""Words; a longer sentence is hard to read aloud."""


FEWEST_ITEMS, MOST_ITEMS = 2, 6


COPIED_RUN = 8
"""Words in a row shared with a text that may not be copied."""


ENOUGH_WORDS = 8
"""Words from which the language of a text can be recognised."""


UNDATED = {"fr": r"\b(aujourd[’']hui|actuellement|à ce jour)\b", "en": r"\b(today|currently|nowadays)\b"}
"""Words that are true only on the day they are written."""


_WORD = re.compile(r"[^\W_]+(?:[’'-][^\W_]+)*")


_TYPOGRAPHY = {
    "fr": (
        (
            re.compile(r"(?<![\s\u00a0\u202f])[;?!»]|[^\s\u00a0\u202f\d/]:(?=\s|$)"),
            "hard_space_before",
        ),
        (re.compile(r"[^\S\u00a0\u202f][;:?!»]"), "soft_space_before"),
        (re.compile(r"«(?![\u00a0\u202f])"), "hard_space_after"),
        (re.compile(r"(?<=\w)'(?=\w)"), "straight_apostrophe"),
        (re.compile('"'), "straight_quotes_fr"),
        (re.compile(r"\b(?:[Oo]euvre|[Cc]oeur|[Ss]oeur|[Vv]oeu|[Nn]oeud|[Bb]oeuf)"), "ligature"),
    ),
    "en": (
        (re.compile(r"\s[;:?!,](?=\s|$)"), "space_before"),
        (re.compile(r"(?<=\w)'(?=\w)"), "straight_apostrophe"),
        (re.compile('"'), "straight_quotes_en"),
        (re.compile("[«»]"), "french_quotes"),
    ),
}


def check_library(
    library: Library, *, seed: str = "", facts: Mapping[str, str] | None = None, on: date | None = None
) -> list[Problem]:
    """Look at the writing of every entry.

    Args:
        library: Read without a problem.
        seed: A text no run of COPIED_RUN words may be shared with; empty for none.
        facts: Entry id to the facts it was written from: its numbers must occur there. Ids that are not in it are
            not checked.
        on: The day a case that goes on must be known for; today when None.

    Returns:
        Every finding, in order of file and line.
    """
    runs = _runs(seed)
    problems = []
    for entry in library.entries:
        problems += list(_check_finished(library, entry))
        problems += list(_check_last_known(library, entry, on or date.today()))
        for language in entry.languages:
            problems += list(_check_texts(library, entry, language, runs))
        problems += list(_check_numbers(library, entry, facts or {}))
        if entry.kind == "practice" and not any(entry.id in other.illustrates for other in library.entries):
            problems += list(_check_no_case_said(library, entry))
    problems += [problem for problem in check_wording(library) if PLACEHOLDER not in problem.value]  # told already
    return sorted(problems)


def read_facts(path: Path) -> dict[str, str]:
    """Read a fact base (JSON lines, each with an id) into id to everything it says.

    Raises:
        CorpusError: A line is not a JSON object with an id; all of them are listed.
        OSError: There is no such file.
    """
    rows, problems = read_items(path, lambda row: [] if "id" in row else ["has no id"], lambda row: row)
    if problems:
        raise CorpusError(problems)
    return {str(row["id"]): json.dumps(row, ensure_ascii=False) for row in rows.values()}


def words(text: str) -> list[str]:
    """Return the words of a text as a reader counts them."""
    return _WORD.findall(text)


def numbers(text: str) -> frozenset[str]:
    """Return the numbers written in digits, in one form: 9 000, 9,000 and 9.000 are 9000; 2,5 is 2.5."""
    joined = re.sub(r"(?<=\d)[\u00a0\u202f ,.](?=\d{3}(?!\d))", "", text.replace("²", "2"))
    return frozenset(re.sub(",", ".", number) for number in re.findall(r"\d+(?:[.,]\d+)?", joined))


def _pieces(text: Text) -> tuple[str, ...]:
    return text if isinstance(text, tuple) else (text,)


def _line(library: Library, entry: Entry, language: str, field: str) -> int:
    return library.lines[entry.id].get((language, field), 1)


def _body(entry: Entry, language: str) -> str:
    return "\n".join(
        piece for field, text in entry.texts[language].items() if field != "title" for piece in _pieces(text)
    )


def _check_finished(library: Library, entry: Entry) -> Iterator[Problem]:
    """Nothing of the file is still a placeholder: comments are looked at too, an example value may be beside them."""
    file = library.file(entry)
    for line, _ in marked_lines(library.path / file):
        yield problem_of("left_to_write", file, line, expected=PLACEHOLDER)


def _check_last_known(library: Library, entry: Entry, on: date) -> Iterator[Problem]:
    """A case says when it was last known, and goes on only when a fact of the last years says so."""
    lines = library.lines[entry.id]
    told = ("last_known",) in lines if entry.outcome == UNKNOWN else entry.last_known is not None
    if entry.kind == "case" and not told:
        yield problem_of("no_last_known", library.file(entry), lines.get(("outcome",), 1), column="last_known")
    if is_stale(entry, on):
        line = library.lines[entry.id].get(("outcome",), 1)
        yield problem_of(
            "ongoing_long_ago",
            library.file(entry),
            line,
            column="last_known",
            value=entry.last_known,
            expected=CURRENT_YEARS,
        )


def _check_texts(library: Library, entry: Entry, language: str, runs: frozenset[tuple[str, ...]]) -> Iterator[Problem]:
    """Length, language, sentences, typography and copied runs of one language of an entry."""
    file = library.file(entry)
    low, high = LENGTHS[entry.kind]
    count = len(words(_body(entry, language)))
    if not low <= count <= high:
        line = library.lines[entry.id].get((language,), 1)
        yield problem_of("word_count", file, line, column=language, value=count, expected=f"{low}–{high}")
    for field, text in entry.texts[language].items():
        tell = partial(problem_of, file=file, line=_line(library, entry, language, field), column=f"{language}.{field}")
        if field in LIST_FIELDS and not FEWEST_ITEMS <= len(text) <= MOST_ITEMS:
            yield tell("item_count", value=len(text), expected=f"{FEWEST_ITEMS}–{MOST_ITEMS}")
        for piece in _pieces(text):
            for kind, value, expected in _faults(piece, language, is_title=field == "title"):
                yield tell(kind, value=value, expected=expected)
            for run in _shared(piece, runs):
                yield tell("copied", value=" ".join(run), expected=COPIED_RUN)


def _faults(text: str, language: str, *, is_title: bool) -> Iterator[tuple[str, str, object]]:
    """Say what is wrong with one text: kind of problem, where, what is wanted."""
    if len(words(text)) >= ENOUGH_WORDS and not is_title and (found := written_language(text)) not in (language, None):
        yield "other_language", str(found), language
    for sentence in sentences(text):
        if len(words(sentence)) > LONGEST_SENTENCE:
            yield "long_sentence", sentence[:50], LONGEST_SENTENCE
    for pattern, kind in _TYPOGRAPHY[language]:
        if match := pattern.search(text):
            yield kind, text[max(0, match.start() - 15) : match.end() + 10], ""
    if match := re.search(UNDATED[language], text, re.IGNORECASE):
        yield "undated", match.group(0), ""


def _check_numbers(library: Library, entry: Entry, facts: Mapping[str, str]) -> Iterator[Problem]:
    """The two languages carry the same numbers, and a case's numbers are in its facts."""
    file, found = library.file(entry), {}
    for language in entry.languages:
        found[language] = numbers(f"{entry.title(language)}\n{_body(entry, language)}")
        line = library.lines[entry.id].get((language,), 1)
        if entry.id in facts and entry.kind in {"case", "resource"}:
            extra = sorted(found[language] - numbers(facts[entry.id]))
            if extra:
                yield problem_of("extra_numbers", file, line, column=language, value=", ".join(extra))
    if len(found) == 2 and found["fr"] != found["en"]:
        differing = ", ".join(sorted(found["fr"] ^ found["en"]))
        yield problem_of("numbers_differ", file, library.lines[entry.id].get(("en",), 1), value=differing)


def _check_no_case_said(library: Library, entry: Entry) -> Iterator[Problem]:
    """A practice nobody is known to have tried must say so."""
    for language, saying in (
        ("fr", r"\baucun\b[^.]*\bcas\b|\bcas\b[^.]*\baucun|pas de cas"),
        ("en", r"\bno\b[^.]*\bcase\b|\bcases?\b[^.]*\bnone"),
    ):
        if language in entry.languages and not re.search(saying, _body(entry, language), re.IGNORECASE):
            line = library.lines[entry.id].get((language,), 1)
            yield problem_of("no_case_said", library.file(entry), line, column=language)


def _tokens(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", fold(text))


def _runs(text: str) -> frozenset[tuple[str, ...]]:
    tokens = _tokens(text)
    return frozenset(tuple(tokens[n : n + COPIED_RUN]) for n in range(len(tokens) - COPIED_RUN + 1))


def _shared(text: str, runs: frozenset[tuple[str, ...]]) -> Iterator[tuple[str, ...]]:
    """Yield the first run of words a text shares, if any."""
    tokens = _tokens(text) if runs else []
    for n in range(len(tokens) - COPIED_RUN + 1):
        if tuple(tokens[n : n + COPIED_RUN]) in runs:
            yield tuple(tokens[n : n + COPIED_RUN])
            return
