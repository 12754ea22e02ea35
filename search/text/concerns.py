"""The concerns of a letter: the sentences that say what somebody lacks, wants, fears or asks, in the person's words.

A short text is one concern. In a longer one, greetings and thanks carry none, nor do sentences in which people say who
they are, nor what only sets the scene; a sentence that leans on the one before it ("They never answered.") is joined
to it. What carries a concern is told by a few cues, weighed together as logistic regression weighs them on the tuning
half (`scripts/bench/letters.py`).
"""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from .analysis import fold, is_stop_word
from .characters import tidied
from .concern_patterns import (
    ANNOUNCED,
    COUNTS,
    HAS_ALREADY,
    INTRODUCTION,
    LEANS,
    NOT_WANTED,
    ORDER,
    SAYS_WHO,
    SPARE_US,
    THEM,
    TROUBLE,
)
from .courtesy import is_courtesy, sounds_courteous
from .query import sent_once
from .segmentation import sentences

LETTER_FROM = 90
"""Words of a letter; a shorter text is mostly about one thing, told in several sentences."""

FEWEST, FEWEST_OF_SHORT = 2, 3
"""Concerns from which a letter or list, and a shorter text, are answered one by one (`scripts.bench.letters`)."""

LISTED_FROM = 2
"""Items from which a text is a list; each carries a concern."""

MOST_CONCERNS = 12
"""Of a letter, those that carry most; a letter of more asks for more than ten answers can give."""

CARRIES_FROM = -1.1
"""Sum of the cues (log-odds) from which a sentence carries a concern: chosen so that few are missed."""

WEIGHTS = {"intercept": -4.6, "trouble": 0.9, "courtesy": -1.5, "introduction": -1.4, "words": 1.7, "edge": -1.3}
"""What each cue adds to the log-odds (see `cues`): near the fit on the letters, with less for length, so that those
of short needs are read too."""

MOST_TROUBLE = 4
"""Words of trouble or want that count in a sentence."""

SHORTEST, SHORT_FORMULA = 3, 15
"""Words: a shorter sentence carries nothing alone; a longer one is no formula of courtesy, whatever it says."""

SHORT_LEANING = 7
"""Words; a sentence of no more that ends in a pronoun ("We've never met them.") leans on the one before it."""

EDGE = 0.2
"""Share of the sentences at either end of a letter, where people greet, say who they are, and take their leave."""

MIDDLE = (1, 3)
"""Place of a sentence, and how many there are, where it stands at neither end."""

FOLDED_AT = 120
"""Characters of the longest line to which a text may have been folded; in one of longer lines all end where they are
meant to."""

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_BULLET = re.compile(r"\s*(?:[-–—*•]|\d+[.)])\s+")
_MAILED = re.compile(r"^[ \t]*(?:>[ \t]*)+", re.MULTILINE)
_LISTED_IN_LINE = re.compile(r"(?:\A|\s+)(?:-|–|—|\*|•)\s+")
_COUNTED = tuple(
    re.compile(rf"(?:\A|(?<=\s)){mark}\s+(?=\S)")
    for mark in (r"\((?P<count>\d|[a-h])\)", r"(?P<count>\d|[a-h])\)", r"(?P<count>\d)[.°]", r"(?P<count>\d)\.\)")
)
"""How items are counted in a line: each list in one way."""

_BARS = re.compile(r"\s+/\s+")
_ENDS = re.compile(r"[.!?…:;,]\s*[»”\"']?\s*$")


@dataclass(frozen=True)
class Concern:
    """What somebody is concerned with, in one part of a text.

    Attributes:
        words: What says it, verbatim but for white space.
        readings: The texts it is searched by: the sentence that says it, and this with the sentence before it, where
            it leans on that or where that has no concern of its own.
    """

    words: str
    readings: tuple[str, ...]


def concerns(text: str) -> tuple[Concern, ...]:
    """Cut a text into its concerns.

    Args:
        text: What was typed, with its line breaks: a blank line, a bullet or the end of a greeting ends a sentence.

    Returns:
        In order; none when the text is to be answered as a whole: with fewer than FEWEST, or FEWEST_OF_SHORT where it
        is no list and shorter than LETTER_FROM words.
    """
    text = tidied(text)
    line = " ".join(text.split())
    text = once if (once := sent_once(line)) != line else text
    told = _told(text)
    listed = _items(told)
    sure = bool(listed) or _is_long(text)
    said = [sentence.words for sentence in told]
    starts = [n if n in listed else _start(said, n) for n in range(len(said))]
    carrying = _carrying(said, listed, framed=_is_long(text))
    found: dict[int, list[int]] = {}  # the sentence a concern begins with, to those that carry it
    for n in carrying:
        began = next((first for first, others in found.items() if first <= starts[n] <= others[-1]), starts[n])
        found.setdefault(began, []).append(n)
    set_before = {n + 1 for n in range(len(said)) if n not in carrying and _has_content(said[n])}
    with_before = {n for n in carrying if starts[n] < n or n in set_before}
    made = tuple(_concern(said, first, carriers, with_before) for first, carriers in found.items())
    return made if len(made) >= (FEWEST if sure else FEWEST_OF_SHORT) else ()


def is_letter(text: str) -> bool:
    """Say whether a text is long enough for a letter, or a list: its concerns are surely several things."""
    text = tidied(text)
    return _is_long(text) or bool(_items(_told(text)))


def _is_long(text: str) -> bool:
    return len(_WORD.findall(text)) >= LETTER_FROM


def _items(told: Sequence[_Told]) -> Collection[int]:
    """Return the sentences that are items of a list and carry a concern; none when these are fewer than LISTED_FROM."""
    found = {n for n, sentence in enumerate(told) if sentence.listed and _is_item(sentence.words)}
    return found if len(found) >= LISTED_FROM else ()


def _carrying(said: list[str], listed: Collection[int], *, framed: bool) -> list[int]:
    """Return the sentences that carry a concern, in order: those that are listed, and those whose cues say so.

    A short text begins with what it is about: its ends are no greeting and no leave.
    """
    read = with_what_they_lean_on(said)
    weighed = [log_odds(one, n, len(said)) if framed else log_odds(one, *MIDDLE) for n, one in enumerate(read)]
    found = [n for n, odds in enumerate(weighed) if n in listed or odds >= CARRIES_FROM]
    return sorted(sorted(found, key=lambda n: -weighed[n])[:MOST_CONCERNS])


def with_what_they_lean_on(said: list[str]) -> list[str]:
    """Return each sentence of a letter, one that leans on the sentence before it together with that."""
    return [" ".join(said[_start(said, n) : n + 1]) for n in range(len(said))]


def _start(said: list[str], n: int) -> int:
    """Return the sentence that a sentence leans on, or itself."""
    leans = LEANS.match(said[n]) or (len(_WORD.findall(said[n])) <= SHORT_LEANING and THEM.search(said[n]))
    return n - 1 if leans and n and _has_content(said[n - 1]) else n


def _concern(said: list[str], first: int, carriers: list[int], with_before: Collection[int]) -> Concern:
    """Make a concern of the sentences from the first to the last that carries it."""
    readings: dict[str, None] = {}
    for n in carriers:
        readings[said[n]] = None
        if n in with_before:
            readings[f"{said[n - 1]} {said[n]}"] = None
    return Concern(" ".join(said[first : carriers[-1] + 1]), tuple(readings))


class _Told(NamedTuple):
    """A line, or a sentence; ``listed`` says whether it begins an item of a list."""

    words: str
    listed: bool


def lettered_sentences(text: str) -> list[str]:
    """Cut a letter into sentences; lines that were only folded are put together again."""
    return [sentence.words for sentence in _told(text)]


def _told(text: str) -> list[_Told]:
    """Cut a text into sentences."""
    return [
        _Told(sentence, line.listed and not place)
        for line in _unfolded(_in_lines(text))
        for place, sentence in enumerate(_whole_sentences(" ".join(line.words.split())))
    ]


def _in_lines(text: str) -> str:
    """Give the items of a list lines of their own, and take away what mail programs put before what they quote."""
    text = _MAILED.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    if "\n" in (line := text.strip()):
        return text
    if numbered := _numbered(line):
        return numbered
    if apart := _in_order(line):
        return apart
    items = [item for item in (_LISTED_IN_LINE if _BULLET.match(line) else _BARS).split(line) if item]
    return "\n".join(f"- {item}" for item in items) if len(items) > LISTED_FROM else text


def _numbered(line: str) -> str:
    """Give the items of a list that are counted from the first on in one line ("1) ... 2) ...") lines of their own.

    Returns:
        The lines, items with a bullet; empty where fewer than LISTED_FROM are counted one after another.
    """
    for marks in _COUNTED:
        run: list[re.Match[str]] = []
        for mark in marks.finditer(line):
            if _number(mark["count"]) == len(run) + 1:
                run.append(mark)
        if len(run) >= LISTED_FROM:
            ends = [*(mark.start() for mark in run[1:]), len(line)]
            items = [line[mark.end() : end].strip(" ;,") for mark, end in zip(run, ends, strict=True)]
            return "\n".join(filter(None, [line[: run[0].start()].strip(), *(f"- {item}" for item in items)]))
    return ""


def _number(count: str) -> int:
    """Return which item a count is of: "2" and "b" are of the second."""
    return int(count) if count.isdecimal() else ord(count.lower()) - ord("a") + 1


def _in_order(line: str) -> str:
    """Set parts apart that are told in an order ("First, ...; second, ...; third, ..."); empty where there are none."""
    found = [order for order in ORDER if order.search(line)]
    if len(found) < len(ORDER):
        return ""
    places = [order.search(line) for order in ORDER]
    starts = [place.start() for place in places if place]
    if starts != sorted(starts) or len(set(starts)) < len(ORDER):
        return ""
    cuts = [0, *(start for start in starts if start), len(line)]
    return "\n\n".join(line[start:end].strip() for start, end in pairwise(cuts))


def _is_item(sentence: str) -> bool:
    """Say whether an item of a list carries a concern: it has a word that says something, and more than one."""
    told = [fold(word) for word in _WORD.findall(sentence)]
    says = any(not is_stop_word(word) and not word.isdecimal() for word in told)
    return (
        len(told) > 1 and says and not (is_courtesy(sentence) or only_announces(sentence) or only_introduces(sentence))
    )


def _whole_sentences(line: str) -> Iterator[str]:
    """Cut a line into sentences; a fragment ("Also compost!") begins the sentence after it."""
    held = ""
    for sentence in sentences(line):
        held = f"{held} {sentence}".strip()
        if len(_WORD.findall(held)) >= SHORTEST or sounds_courteous(held):
            yield held
            held = ""
    if held:
        yield held


def _unfolded(text: str) -> Iterator[_Told]:
    """Give the lines of a text as they were meant: one that ends in the middle of a sentence goes on in the next."""
    lines = [line.strip() for line in text.split("\n")]
    width, held, listed, before = max(map(len, lines)), "", False, ""
    for line in [*lines, ""]:
        bullet = _BULLET.match(line)
        ends = not line or bullet or ((listed or _ENDS.search(held)) and line[0].isupper())
        if held and (ends or _would_have_fitted(line, before, width)):
            yield _Told(held, listed)
            held = ""
        listed, before = (listed if held else bool(bullet)), line
        held = f"{held} {line[bullet.end() :] if bullet else line}".strip()


def _would_have_fitted(line: str, before: str, width: int) -> bool:
    """Say whether the first word of a line had room in the line before it: then the break is meant."""
    return width > FOLDED_AT or len(before) + 1 + len(line.split(maxsplit=1)[0]) <= width


def log_odds(sentence: str, place: int, count: int) -> float:
    """Say how likely a sentence is to carry a concern, as log-odds.

    Args:
        sentence: The sentence.
        place: Its number, from 0.
        count: How many sentences there are.
    """
    empty = only_announces(sentence) or is_courtesy(sentence) or only_refuses(sentence)
    return -math.inf if empty else log_odds_of(cues(sentence, place, count))


def only_announces(sentence: str) -> bool:
    """Say whether a sentence has no word of its own: it counts or names what is told after it, and carries nothing."""
    told = [fold(word) for word in _WORD.findall(sentence)]
    own = [word for word in told if not is_stop_word(word) and word not in COUNTS and not word.isdecimal()]
    return bool(own) and ANNOUNCED.issuperset(own) and "?" not in sentence


def only_introduces(sentence: str) -> bool:
    """Say whether a sentence, or a part of one, says who somebody is and nothing of trouble or want."""
    return bool(SAYS_WHO.match(sentence)) and not TROUBLE.search(sentence)


def only_refuses(sentence: str) -> bool:
    """Say whether a sentence only says what is not asked for: what is there already, or nobody shall propose."""
    return bool(SPARE_US.match(sentence)) or bool(NOT_WANTED.match(sentence) and HAS_ALREADY.search(sentence))


def log_odds_of(found: Mapping[str, float]) -> float:
    """Weigh the cues of a sentence; a fragment carries nothing."""
    if found["words"] < math.log(SHORTEST):
        return -math.inf
    return WEIGHTS["intercept"] + sum(WEIGHTS[name] * value for name, value in found.items())


def cues(sentence: str, place: int, count: int) -> dict[str, float]:
    """Read what tells a concern from the rest of a letter.

    Args:
        sentence: The sentence.
        place: Its number, from 0.
        count: How many sentences there are.

    Returns:
        ``trouble``: words of trouble, want or doubt, at most MOST_TROUBLE; ``courtesy`` and ``introduction``: 1 where
        it greets, thanks or asks for advice in general, and where it says who somebody is; ``words``: the logarithm of
        how many it has; ``edge``: 1 at either end of the letter.
    """
    words = len(_WORD.findall(sentence))
    return {
        "trouble": float(min(len(TROUBLE.findall(sentence)), MOST_TROUBLE)),
        "courtesy": float(words < SHORT_FORMULA and sounds_courteous(sentence)),
        "introduction": float(bool(INTRODUCTION.search(sentence))),
        "words": math.log(max(words, 1)),
        "edge": float(not EDGE <= (place + 0.5) / count <= 1 - EDGE),
    }


def _has_content(sentence: str) -> bool:
    """Say whether a sentence tells anything that the next may lean on: it is no formula and no signature."""
    found = cues(sentence, 1, 2)
    return not found["courtesy"] and found["words"] >= math.log(SHORTEST) and not only_announces(sentence)
