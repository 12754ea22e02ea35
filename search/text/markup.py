"""Take HTML out of texts that were copied from a site."""

from __future__ import annotations

import html
import re
from html.parser import HTMLParser

_TAG = (
    r"/?(?:a|abbr|article|b|blockquote|body|br|button|center|code|dd|del|div|dl|dt|em|figcaption|figure|font|footer"
    r"|h[1-6]|head|header|hr|html|i|iframe|img|input|ins|label|li|main|mark|nav|ol|p|pre|q|s|script|section|small|span"
    r"|strong|style|sub|sup|table|tbody|td|tfoot|th|thead|title|tr|u|ul|video|[a-z]{1,3}:[a-z]+)(?:\s[^<>]*)?/?>"
    r"|!--.*?-->"
)
"""What follows the “<” of markup: a tag HTML or an office program has, a comment; “<5 m” and “a < b” are text."""

_KNOWN = re.compile(f"<(?:{_TAG})", re.IGNORECASE | re.DOTALL)

_OTHER = re.compile(f"<(?!{_TAG})", re.IGNORECASE | re.DOTALL)

_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")

_BREAKING = frozenset(
    {
        "article",
        "blockquote",
        "br",
        "dd",
        "div",
        "dt",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "li",
        "ol",
        "p",
        "pre",
        "section",
        "table",
        "tr",
        "ul",
    }
)
"""Tags that end a line."""

_ALONE = frozenset({"br", "hr"})
"""Tags that have no end."""

_UNSHOWN = frozenset({"script", "style"})


class _Texts(HTMLParser):
    """Gathers what a browser would show."""

    def __init__(self, bullet: str) -> None:
        super().__init__(convert_charrefs=True)
        self._bullet = bullet
        self.parts: list[str] = []
        self._unshown = ""

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag in _UNSHOWN:
            self._unshown = tag
        self.parts.append("\n" if tag in _BREAKING else " " if tag in {"td", "th"} else "")
        self.parts.append(self._bullet if tag == "li" else "")

    def handle_endtag(self, tag: str) -> None:
        if tag == self._unshown:
            self._unshown = ""
        self.parts.append("\n" if tag in _BREAKING - _ALONE else "")

    def handle_data(self, data: str) -> None:
        if not self._unshown:
            self.parts.append(data)


def without_markup(text: str, *, bullet: str = "- ") -> str:
    """Return a text without tags and comments, entities read; as it is when it has none.

    Args:
        text: Any; lines end where a paragraph, an item or a row of it ends.
        bullet: What an item of a list begins with.
    """
    if not _KNOWN.search(text):
        return _ENTITY.sub(lambda found: html.unescape(found[0]), text)
    parser = _Texts(bullet)
    parser.feed(_as_text(text))
    parser.close()
    lines = (" ".join(line.split(" ")).strip() for line in "".join(parser.parts).split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(re.sub(r" {2,}", " ", line) for line in lines)).strip()


def _as_text(text: str) -> str:
    """Write a “<” that begins no tag, and an “&” that begins no entity, so that they are read as themselves."""
    kept = _OTHER.sub("&lt;", text)
    return re.sub(f"&(?!{_ENTITY.pattern[1:]})", "&amp;", kept)
