"""Read the cells that say where a row comes from: what its sources are called, and their addresses."""

from __future__ import annotations

import json
import re
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from .cells import Linked, UnreadableError, plain_value, shown_text, text_of, texts_of
from .written_marks import MARKDOWN_LINK

_LINK = re.compile(r"<a\s[^<>]*href\s*=\s*[\"']?([^\"'\s<>]+)[^<>]*>([^<]*(?:<(?!/?a\b)[^<]*)*)", re.IGNORECASE)
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_IN_TEXT = re.compile(r"(?:https?://|\bwww\.)[^\s<>\"«»]*[^\s<>\"«».,;:!?)\]]", re.IGNORECASE)
_BARE_ADDRESS = re.compile(r"(?:[\w-]+\.)+[a-z]{2,}(?:[/?#]\S*)?", re.IGNORECASE)
_BETWEEN_ADDRESSES = re.compile(r"(?:\s*[;,|]\s*|\s+(?:(?:et|and|&|\+|-|/)\s+)?)(?=https?://|www\.)", re.I)
_BETWEEN_SOURCES = re.compile(r"\n|;\s+|;(?=https?://|www\.)", re.IGNORECASE)

_AROUND = " \t\n\xa0,;:|/&+–—-"
"""What stands between an address and the text beside it."""

_LEADS = re.compile(
    r"(?:(?:voir|aussi|cf\.?|et|ou|see|also|and|or|sources?|liens?|links?|(?:le |the )?sites?|(?:la |the )?page|web"
    r"|urls?|sur|on|ici|here)\b[\s:.]*)+"
    r"|(?:voir|cf\.?|see|sources?|liens?|links?|sites?|urls?)\s*:\s*",
    re.IGNORECASE,
)
"""Words that lead to an address and say nothing of it."""


@dataclass(frozen=True)
class SourceCells:
    """What the cells of a row say of its sources.

    Attributes:
        pairs: Name and address of each, in order; the name is the address where none is given, and the address empty.
        counts: How many names and addresses there are, where these do not go together: each is a source of its own.
        beside: Text that stands beside addresses and is not read, as their names are in another cell.
        fault: Why the addresses cannot be read, where names are given all the same.
    """

    pairs: tuple[tuple[str, str], ...]
    counts: tuple[int, int] | None = None
    beside: str = ""
    fault: UnreadableError | None = None


def address_of(text: str) -> str:
    """Read an address; one without ``https://`` is given it.

    Raises:
        UnreadableError: It is none.
    """
    if _ADDRESS.fullmatch(text):
        return text if text.lower().startswith("http") else f"https://{text}"
    if _BARE_ADDRESS.fullmatch(text):
        return f"https://{text}"
    raise UnreadableError("address", text)


def sources_of(keys: Any, urls: Any) -> SourceCells:
    """Read sources and their addresses, in order.

    Args:
        keys: What they are called; one a line, or with semicolons between them, or commas if that gives as many as
            there are addresses. None when only addresses are given.
        urls: Their addresses: one a line, or with anything between them; commas in them are kept. Without names, a
            text beside an address is its name, and one without an address is a source. None when only names are given.

    Raises:
        UnreadableError: There are only addresses, and one is none; or a cell has another form.
    """
    if keys is None:
        return SourceCells(tuple(dict.fromkeys(named_addresses(urls))))
    if urls is None:
        linked = [(shown_text(keys)[0], keys.target)] if isinstance(keys, Linked) else []
        return SourceCells(tuple(linked or ((name, "") for name in dict.fromkeys(_names(keys, 0)))))
    if in_places := _in_places(keys, urls):
        return SourceCells(tuple(dict.fromkeys(in_places)))
    try:
        found = named_addresses(urls)
    except UnreadableError as error:
        return SourceCells(tuple((name, "") for name in dict.fromkeys(_names(keys, 0))), fault=error)
    addresses = [url for _, url in found if url]
    beside = " ; ".join(name for name, url in found if name != url)
    names = _names(keys, len(addresses))
    if len(names) == len(addresses) or not addresses:
        addresses = addresses or [""] * len(names)
        return SourceCells(tuple(dict.fromkeys(zip(names, addresses, strict=True))), beside=beside)
    apart = dict.fromkeys([*((name, "") for name in names), *((url, url) for url in addresses)])
    return SourceCells(tuple(apart), (len(names), len(addresses)), beside)


def named_addresses(value: Any) -> list[tuple[str, str]]:
    """Read addresses, each with the text beside it as its name; a text without one among them has none.

    Raises:
        UnreadableError: Something is no address, and there is none beside it.
    """
    if isinstance(value, Linked) and not _IN_TEXT.search(value):
        return [((not _is_address(value.strip()) and _name(value)) or value.target, value.target)]
    value = plain_value(_listed(value) or value)
    value = MARKDOWN_LINK.sub(r"\n\1 \2\n", value).strip() if isinstance(value, str) else value
    items = texts_of(value) if value is not None else []
    if isinstance(value, str) and items == [value.strip()]:
        items = _BETWEEN_ADDRESSES.split(items[0])
        items = _bare(items[0]) if len(items) == 1 else items
    if not isinstance(value, str) or all(map(_is_address, items)):
        parts = [named_addresses(item) if isinstance(value, list) else [(address_of(item),) * 2] for item in items]
        return [pair for part in parts for pair in part]
    if not _IN_TEXT.search(value):
        raise UnreadableError("address", next(item for item in items if not _is_address(item)))
    text = shown_text(_LINK.sub(r"\n\2 \1\n", value))[0]
    return [pair for item in _BETWEEN_SOURCES.split(text) for pair in _beside_addresses(item)]


def _beside_addresses(item: str) -> list[tuple[str, str]]:
    """Read the addresses in a text: what is before each is its name, what is after the last belongs to it too."""
    found, end = list[tuple[str, str]](), 0
    for one in _IN_TEXT.finditer(item):
        url = address_of(one[0])
        found.append((_name(item[end : one.start()]) or url, url))
        end = one.end()
    rest = _name(item[end:])
    if rest and found:
        name, url = found[-1]
        found[-1] = (rest if name == url else f"{name}, {rest}", url)
    return found or ([(rest, "")] if rest else [])


def _name(text: str) -> str:
    """Return a text without what only leads to an address, or stands between it and the text."""
    name = text.lstrip(_AROUND + ")]").rstrip(_AROUND + "([").rstrip(".")
    name = name[1:-1].strip() if re.fullmatch(r"\([^()]*\)|\[[^\[\]]*\]", name) else name
    leads = _LEADS.match(name)
    name = name[leads.end() :] if leads and (leads[0].rstrip().endswith(":") or leads[0] == name) else name
    return name if re.search(r"\w", name) else ""


def _is_address(text: str) -> bool:
    return bool(_ADDRESS.fullmatch(text) or _BARE_ADDRESS.fullmatch(text))


def _in_places(keys: Any, urls: Any) -> list[tuple[str, str]]:
    """Read names and a list of addresses, as an export writes them, if one of its places is empty: of no address."""
    names, addresses = texts_of(plain_value(keys)), _listed(urls)
    if len(names) != len(addresses) or all(addresses):
        return []
    pairs = zip(names, addresses, strict=True)
    return [(name, address_of(text_of(url)) if url else "") for name, url in pairs]


def _listed(value: Any) -> list[Any]:
    """Return a list, also one written as JSON; an empty one for anything else."""
    if isinstance(value, str) and value.startswith("["):
        with suppress(ValueError, RecursionError):
            value = json.loads(value)
    return value if isinstance(value, list) else []


def told_of_sources(value: Any, count: int) -> list[str]:
    """Read what is told of each of some sources, in their order; empty where nothing is.

    Args:
        value: A list, also one written as JSON, in which null is nothing; one a line, or with semicolons or commas
            between them if that gives as many as there are sources. Of one source it is the whole text.
        count: How many sources there are.

    Raises:
        UnreadableError: It tells of more or fewer.
    """
    if isinstance(value, str) and value.startswith("["):
        with suppress(ValueError, RecursionError):
            value = json.loads(value)
    if isinstance(value, list):
        told = ["" if one is None else shown_text(text_of(one))[0] for one in value]
    else:
        text = shown_text(text_of(value))[0]
        cuts = [[text]] if count == 1 else [texts_of(text, separators) for separators in ("\n", ";\n", ",;\n")]
        told = next((cut for cut in cuts if len(cut) == count), cuts[0])
    if len(told) != count:
        raise UnreadableError("beside_count", len(told), count)
    return told


def _bare(text: str) -> list[str]:
    """Cut addresses without a beginning at semicolons, if all are such."""
    parts = [part.strip() for part in text.split(";") if part.strip()]
    return parts if all(_BARE_ADDRESS.fullmatch(part) for part in parts) else [text]


def _names(value: Any, addresses: int) -> list[str]:
    lines = texts_of(plain_value(value))
    if len(lines) != 1 or not isinstance(value, str):
        return lines
    if ";" in lines[0]:
        return texts_of(value, ";")
    parts = texts_of(value, ",")
    return lines if addresses and len(parts) != addresses else parts
