"""What a person typed: cleaned, its language guessed, cut into pieces and clauses, its quoted phrases."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from ..errors import EmptyQueryError, QueryTooLongError
from .analysis import fold, is_stop_word
from .characters import tidied
from .compounds import apart, in_one_word
from .courtesy import is_courtesy, without_courtesy
from .elisions import with_apostrophes
from .language import guess_language
from .one_form import in_one_form
from .other_languages import other_language
from .other_names import with_usual_names
from .segmentation import sentences, spans
from .spelling import acronyms_closed, one_spelling

LONGEST_QUERY = 5_000
"""Characters read; about two pages."""

LONGEST_TYPED = 20 * LONGEST_QUERY
"""Characters beyond which a text is refused unread, whatever it would be once trimmed."""

PIECE = 700
"""A longer query is encoded in pieces of about this many characters, so that its end counts too."""

SHORTEST_CLAUSE = 3
"""Words; a shorter piece of a sentence is left with its neighbour."""

MOST_CLAUSES = 32
"""Of a text; each is encoded by itself, and a text of nothing else would take as long as twenty others."""

_WORD = re.compile(r"\S+")
_QUOTED = re.compile(
    r"[\"“„«‹]\s*([^\"“”„«»‹›]+?)\s*[\"”“»›]|(?<!\w)[‘‚]\s*([^‘‚]+?)\s*[’‘](?!\w)"
    r"|(?<!\w)[»›]\s*([^»«›‹]+?)\s*[«‹](?!\w)"
)
_CLOSING_MARK = re.compile(r"\s*[\"”“»›’](?=[.,;:!?…])")
_QUOTATION_MARKS = re.compile(r"[\"“”„«»‹›]|(?<!\w)['‘’‚]|['’](?!\w)")
_DECORATION = re.compile(r"[*_#~`|^<>•·]+|(?<!\w)[:;]-?[()DPpo](?!\w)")
_MARKS = re.compile(r"\s*[.!?…](?:[\s1]*[.!?…])*(?=\s|\Z)")
_AROUND = " .,;:–—-"
"""What may stand before and behind a query and says nothing."""

_BETWEEN_WORDS = re.compile(r"[\W_]+")
_CUT = re.compile(
    r"(?<=[;:,–—])\s+|\s+(?=(?:mais|sauf que|parce que|alors que|sans que|but|except that|because|while)\b)",
    re.IGNORECASE,
)


MEANT = 2
"""Content words from which a quoted phrase is looked for word by word in a longer query."""

SHORT = 3
"""Content words up to which a query is short: what it quotes is what it asks for."""


@dataclass(frozen=True)
class Query:
    """A query that was read; nothing of it is compared yet.

    Attributes:
        text: What was typed, cleaned, without its greeting and thanks.
        language: Its guessed language, ``fr`` or ``en``; None when undecided or another.
        clauses: Its clauses, verbatim, in order.
        phrases: Its quoted phrases that are looked for word by word, as `plain` writes them.
        courtesy: Whether it is a greeting or thanks, and nothing else.
        other: The other language it is in, like ``nl``; None when it may be French or English.
    """

    text: str
    language: str | None
    clauses: tuple[str, ...]
    phrases: tuple[str, ...]
    courtesy: bool = False
    other: str | None = None

    @property
    def read(self) -> str:
        """What its words and its meaning are read from; see `as_read`."""
        return as_read(self.text)

    @property
    def encoded(self) -> tuple[str, ...]:
        """What its meaning is read from: the same, and the same with its words in one form, both in `pieces`."""
        return tuple(dict.fromkeys([*pieces(self.read), *pieces(in_one_form(self.read, self.language))]))


def parse(text: str) -> Query:
    """Read what a person typed.

    Raises:
        ValueError: It is no text.
        EmptyQueryError: Nothing was typed.
        QueryTooLongError: More than LONGEST_QUERY characters.
    """
    typed = _checked(text)
    query = said_once(acronyms_closed(_in_one_line(without_courtesy(typed))))
    read = as_read(query)
    language = guess_language(read)
    other = other_language(read) if language is None else None
    return Query(query, language, clauses(query), meant_phrases(query), is_courtesy(typed), other)


def language_of(text: str) -> str | None:
    """Guess the language of what a person typed, as its results tell it; None when undecided or nothing to search."""
    try:
        return parse(text).language
    except (EmptyQueryError, QueryTooLongError):
        return None


def clean(text: str) -> str:
    """Trim a query, without markup, and put its characters in one form; see `tidied`.

    Raises:
        ValueError: It is no text.
        EmptyQueryError: Nothing is left.
        QueryTooLongError: More than LONGEST_QUERY characters are left.
    """
    return _in_one_line(_checked(text))


def _checked(text: str) -> str:
    """Tidy a text that was typed, its lines kept; errors are those of `clean`."""
    if not isinstance(text, str):
        raise ValueError(f"The query must be a text (got {type(text).__name__}).")
    if len(text) > LONGEST_TYPED:
        raise QueryTooLongError(LONGEST_QUERY, len(text))
    typed = tidied(text).strip()
    query = _in_one_line(typed)
    if not query:
        raise EmptyQueryError
    if len(query) > LONGEST_QUERY:
        raise QueryTooLongError(LONGEST_QUERY, len(query))
    return typed


def _in_one_line(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def sent_once(text: str) -> str:
    """Return a text in one line, once where it is the same words several times, as a form sent twice has them."""
    words = text.split(" ")
    for count in range(len(words), 1, -1):
        part = words[: len(words) // count]
        if len(words) % count == 0 and part * count == words:
            return " ".join(part)
    return text


def said_once(text: str) -> str:
    """Leave out what a text says again word by word: the whole of it, or sentences."""
    if (whole := sent_once(text)) != text:
        return whole
    told: dict[str, str] = {}
    for sentence in sentences(text):
        told.setdefault(plain(sentence), sentence)
    return " ".join(told.values()) if len(told) < len(sentences(text)) else text


@lru_cache(maxsize=64)
def as_read(text: str) -> str:
    """Return what the words and the meaning of a query are read from.

    Spelt in one way (`one_spelling`, `with_apostrophes`), by the usual names (`with_usual_names`), without hyphens,
    quotation marks and decoration, with a point after every sentence: whether somebody ends a wish with a mark, and
    with which, is habit.
    """
    spelt = with_apostrophes(one_spelling(_QUOTATION_MARKS.sub(" ", _CLOSING_MARK.sub("", text))))
    read = _MARKS.sub(".", apart(with_usual_names(in_one_word(spelt))))
    read = _in_one_line(re.sub(r"\s+(?=[.,])", "", _DECORATION.sub(" ", read))).strip(_AROUND)
    return f"{read}." if read else text


def pieces(query: str) -> list[str]:
    """Cut a query into pieces of about PIECE characters, at ends of sentences where there are any."""
    if len(query) <= PIECE:
        return [query]
    parts = [""]
    for sentence in sentences(query):
        for start in range(0, len(sentence), PIECE):
            part = sentence[start : start + PIECE]
            if parts[-1] and len(parts[-1]) + len(part) > PIECE:
                parts.append("")
            parts[-1] = f"{parts[-1]} {part}".strip()
    return parts


def clauses(text: str) -> tuple[str, ...]:
    """Cut a text into clauses: sentences, and their parts at commas and turning words; each stands verbatim in it.

    Of more than MOST_CLAUSES, neighbours stay together.
    """
    found = [part for start, end in spans(text) for part in _parts(text, start, end)]
    count = min(len(found), MOST_CLAUSES)
    groups = [found[n * len(found) // count : (n + 1) * len(found) // count] for n in range(count)]
    return tuple(text[group[0][0] : group[-1][1]].strip() for group in groups)


def _parts(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Give where the parts of a sentence begin and end; there are SHORTEST_CLAUSE words on both sides of a cut."""
    words = [word.start() for word in _WORD.finditer(text, start, end)]
    before = 0
    for cut in _CUT.finditer(text, start, end):
        here = bisect_left(words, cut.end())
        if min(here - before, len(words) - here) >= SHORTEST_CLAUSE:
            yield start, cut.start()
            start, before = cut.end(), here
    yield start, end


def quoted(query: str) -> tuple[str, ...]:
    """Return the phrases a query has between quotation marks, as `plain` writes them; ‘single’ ones must be curved."""
    return tuple(phrase for match in _QUOTED.finditer(query) if (phrase := plain(match[1] or match[2] or match[3])))


def meant_phrases(query: str) -> tuple[str, ...]:
    """Return the quoted phrases that are looked for word by word: of MEANT content words, or any in a short query."""
    phrases = quoted(query)
    if not phrases or len(content_words(query)) <= SHORT:
        return phrases
    return tuple(phrase for phrase in phrases if len(content_words(phrase)) >= MEANT)


def content_words(text: str) -> list[str]:
    """Return the words of a text that are no stop words, as `plain` writes them."""
    return [word for word in plain(text).split() if not is_stop_word(word)]


def has_phrase(text: str, phrase: str) -> bool:
    """Say whether a text has a phrase in whole words, both as `plain` writes them."""
    return f" {phrase} " in f" {text} "


@lru_cache(maxsize=64)
def plain(text: str) -> str:
    """Return a text folded, with single spaces for everything that is no letter or digit."""
    return _BETWEEN_WORDS.sub(" ", fold(text)).strip()
