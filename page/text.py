"""Text that is shown as it is, whatever signs it holds; small pieces of Markdown."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterable, Sequence

# Word joiner: no width, no break. It keeps apart signs that Streamlit would turn into something else.
JOINER = "\u2060"

_TURNED_INTO_SOMETHING_ELSE = re.compile(
    r"(?<=:)(?=\S)"  # :smile: and :material/home: become pictures, http:// a link
    r"|(?=@)"  # an address becomes a link
    r"|(?<=www)(?=\.)"
    r"|(?<=[<>~-])(?=[->=])",  # -> becomes an arrow, -- a dash
    re.IGNORECASE,
)
_PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")


def escape(text: str) -> str:
    """Write a text so that ``st.markdown`` shows it as it is, line by line.

    Args:
        text: Anything, from an entry or from a person.

    Returns:
        Markdown without effect: every sign that could have one has a backslash before it, or a word joiner
        where a backslash does not help.
    """
    text = _PUNCTUATION.sub(r"\\\1", _TURNED_INTO_SOMETHING_ELSE.sub(JOINER, text))
    text = re.sub(r"^[ \t]+", " ", text)  # four spaces would start a block of code
    return re.sub(r"[ \t]*\r?\n[ \t]*", "  \n", text)


def one_line(text: str) -> str:
    """Do the same for a label, which has one line."""
    return escape(re.sub(r"[ \t\r\n]+", " ", text))


def cut(text: str, most: int) -> str:
    """Write a text in one line of so many characters at most; what was left out is told by dots."""
    line = " ".join(text.split())
    return line if len(line) <= most else f"{line[: most - 2].rstrip()} …"


Explained = tuple[int, int, str]
"""Where a word of a text begins and ends, and what it means."""


def explained(text: str, words: Sequence[Explained] = (), marks: Iterable[tuple[int, int]] = ()) -> str:
    """Write a text whose words can be pointed at, tapped or reached by the keyboard, to read what they mean.

    Args:
        text: Verbatim.
        words: In order, none over another.
        marks: Where bold begins and ends, in order.

    Returns:
        Markdown with HTML: for ``st.markdown(..., unsafe_allow_html=True)``. Signs of the text have no effect there.
    """
    marks, written, done = list(marks), "", 0
    for start, end, means in words:
        word = _bold(text, marks, start, end)
        written += f'{_bold(text, marks, done, start)}<abbr tabindex="0" title="{html.escape(means)}">{word}</abbr>'
        done = end
    return written + _bold(text, marks, done, len(text))


def highlight(
    passage: str, sentence: str, marks: Iterable[tuple[int, int]] = (), words: Sequence[Explained] = ()
) -> str:
    """Write a passage with one of its sentences marked, and words of that sentence in bold.

    Args:
        passage: Verbatim.
        sentence: Of it; the passage alone is written when the sentence is not in it.
        marks: Where what is bold begins and ends in the sentence, in order.
        words: Words of the passage that are explained, in order; with one, the text is for
            ``st.markdown(..., unsafe_allow_html=True)``.
    """
    if not sentence or sentence not in passage:
        return explained(passage, words)
    start = passage.index(sentence)
    end = start + len(sentence)
    marked = explained(sentence, _within(words, start, end), marks)
    before = explained(passage[:start], _within(words, 0, start))
    return f"{before}:primary-background[{marked}]{explained(passage[end:], _within(words, end, len(passage)))}"


def _within(words: Iterable[Explained], low: int, high: int) -> list[Explained]:
    """Return the words between two places, counted from the first."""
    return [(start - low, end - low, means) for start, end, means in words if low <= start and end <= high]


def _bold(text: str, marks: Iterable[tuple[int, int]], low: int, high: int) -> str:
    """Write what a text has between two places, with its marks in bold."""
    written, done = "", low
    for begins, ends in marks:
        start, end = max(begins, low), min(ends, high)
        if start < end:
            written += f"{escape(text[done:start])}**{escape(text[start:end])}**"
            done = end
    return written + escape(text[done:high])


def link(title: str, url: str) -> str:
    """Write a link, its address where it has no title; the title alone when the address is not one of the web."""
    if not re.match(r"https?://", url, re.IGNORECASE):
        return one_line(title)
    address = re.sub(r"[\s<>\\]", lambda sign: f"%{ord(sign.group()):02X}", url).replace("&", "&amp;")
    return f"[{one_line(title or url)}](<{address}>)"


def badge(color: str, text: str) -> str:
    """Write a badge."""
    return f":{color}-badge[{one_line(text)}]"


def bullets(items: Iterable[str]) -> str:
    """Write a list of texts that are Markdown already."""
    return "\n".join(f"- {item}" for item in items)


def capital(text: str) -> str:
    """Give a label a capital."""
    return text[:1].upper() + text[1:]


def sort_key(text: str) -> str:
    """Order words as a dictionary does: accents and capitals aside."""
    letters = unicodedata.normalize("NFD", text.casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))
