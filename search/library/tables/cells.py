"""Read the cells of a table, as people fill them in."""

from __future__ import annotations

import json
import math
import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from rapidfuzz import process

from ...entries import LANGUAGES, Vocabulary
from ...text.analysis import fold
from ...text.markup import without_markup
from ...text.segmentation import is_blank
from .country_names import OTHER_NAMES
from .written_marks import without_marks

SHORT_LIST = 12
"""Names of a closed list that a problem lists all; of a longer one it gives the nearest."""

_ERROR = re.compile(
    r"#(?:N/A|N/D|REF!|NAME\?|NOM\?|VALUE!|VALEUR!|DIV/0!|NULL!|NUL!|NUM!|NOMBRE!|SPILL!|EPARS!|PROPAGATION!|CALC!"
    r"|CALCUL!|FIELD!|CHAMP!|BLOCKED!|CONNECT!|BUSY!|UNKNOWN!|EXTERNAL!|TIMEOUT!|PYTHON!|ERROR!|ERREUR!|GETTING_DATA)"
    r"|Err\s?:\s?\d{3}"
)
"""What spreadsheets show where a formula has failed, in English and in French."""

_NOTHING = re.compile(r"[-–—_/.?…]{1,4}|n[./][acd]\.?|null|nan|<na>|\(vide\)|\(blank\)", re.IGNORECASE)
"""What people and programs write into a cell that has no value: a dash, ``N/A``, ``NULL``."""

_DEGREES = re.compile(r"(-?\d{1,3}(?:[.,]\d+)?)\s*°?\s*([NSEWO])?", re.IGNORECASE)

_LANGUAGE_NAMES: Mapping[str, str] = {
    **dict.fromkeys(("fr", "fra", "fre", "francais", "francaise", "french"), "fr"),
    **dict.fromkeys(("en", "eng", "anglais", "anglaise", "english"), "en"),
}


class UnreadableError(Exception):
    """A cell cannot be read as what its column holds.

    Attributes:
        kind: Of `search.library.problems.MESSAGES`.
        value: What it holds.
        expected: What is wanted.
    """

    def __init__(self, kind: str, value: object = "", expected: object = "") -> None:
        self.kind, self.value, self.expected = kind, value, expected
        super().__init__(kind)


@dataclass(frozen=True)
class Broken:
    """Stands in a row for a cell that holds no value.

    Attributes:
        kind: Why.
        value: What it holds instead.
    """

    kind: str
    value: str


class Linked(str):
    """The text of a cell that leads somewhere, as a workbook has it.

    Attributes:
        target: The web address.
    """

    __slots__ = ("target",)

    def __new__(cls, text: str, target: str) -> Linked:
        """Make it of what the cell shows and where it leads."""
        made = super().__new__(cls, text)
        made.target = target
        return made

    target: str


def plain_value(cell: Any) -> Any:
    """Return a cell as text, number, list, mapping, `Broken`, or None when nothing is in it.

    Dates become texts as they are written here; what nobody can see is nothing.
    """
    if isinstance(cell, (datetime, date, time, timedelta)):
        return _moment(cell)
    if isinstance(cell, float):
        return _number(cell)
    if isinstance(cell, str):
        return _text(cell)
    if isinstance(cell, list):
        return [one for item in cell if (one := plain_value(item)) is not None] or None
    if isinstance(cell, dict):
        return {str(key): one for key, item in cell.items() if (one := plain_value(item)) is not None} or None
    return cell


def _number(cell: float) -> Any:
    if not math.isfinite(cell):
        return Broken("no_value", str(cell))
    return int(cell) if cell.is_integer() else cell


def _text(cell: str) -> Any:
    if is_blank(cell) or _NOTHING.fullmatch(cell.strip()):
        return None
    return Broken("error_value", cell.strip()) if _ERROR.fullmatch(cell.strip()) else cell


def _moment(cell: datetime | date | time | timedelta) -> str:
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    return cell.isoformat() if isinstance(cell, (date, time)) else str(cell)


_ESCAPED = re.compile("_x(00[0-1][0-9A-F])_")
"""A control character as a workbook writes it: XML has none."""

_BREAKS = str.maketrans("\v\f\x1c\x1d\x1e\x1f\x85", " " * 7)
"""Controls that part words, to a space: a line in a slide is broken by a vertical tab, a page ends with a form feed."""


_ESCAPED_TAG = re.compile(r"</[a-z][a-z0-9]*\s*>|<(?:br|p|li)\b[^<>]*>", re.IGNORECASE)


def shown_text(text: str) -> tuple[str, bool]:
    """Return a text without markup and without what cannot be shown, and whether it held any of the latter."""
    plain = _ESCAPED.sub(lambda one: chr(int(one[1], 16)), text.replace("_x000D_", ""))
    marked = plain.replace("\r\n", "\n").replace("\r", "\n").translate(_BREAKS)
    kept = "".join(_shown(character) for character in marked) if not marked.isprintable() else marked
    shown = without_markup(without_marks(kept), bullet="")
    if "&lt;" in kept and _ESCAPED_TAG.search(shown):  # a program has escaped the markup of another
        shown = without_markup(without_marks(shown), bullet="")
    return unicodedata.normalize("NFC", shown).strip(), kept != marked


def _shown(character: str) -> str:
    category = unicodedata.category(character)
    if category == "Cs":
        return "\ufffd"
    return "" if category == "Cc" and character not in "\n\t" else character


def text_of(value: Any) -> str:
    """Read a text; a list is one line an item.

    Args:
        value: As `plain_value` gives it.

    Raises:
        UnreadableError: It is a mapping, or holds a cell that cannot be read.
    """
    if isinstance(value, Broken):
        raise UnreadableError(value.kind, value.value)
    if isinstance(value, list):
        return "\n".join(text_of(item) for item in value)
    if isinstance(value, dict):
        raise UnreadableError("form", expected="a text")
    return str(value)


def texts_of(value: Any, separators: str = "\n") -> list[str]:
    """Read several texts: a list, a list written as JSON, or a text cut at separators."""
    if isinstance(value, str) and (listed := _json_list(value)) is not None:
        value = listed
    if isinstance(value, list):
        return [text_of(item) for item in value]
    return [item.strip() for item in re.split(f"[{separators}]", text_of(value)) if not is_blank(item)]


def _json_list(text: str) -> list[Any] | None:
    """Read ``["one", "two"]``."""
    if not (text.startswith("[") and text.endswith("]")):
        return None
    try:
        found = plain_value(json.loads(text))
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, list) else None


def names_of(value: Any) -> list[str]:
    """Read several names, each once: one a line, or with semicolons or commas between them."""
    return list(dict.fromkeys(texts_of(value, ",;|\n")))


def degrees_of(value: Any, most: int) -> float:
    """Read degrees, with a comma for a point where that is the custom.

    Args:
        value: As `plain_value` gives it: a number, or a text like "50,85° N".
        most: The largest number of degrees, north or south, east or west.

    Returns:
        Degrees from -most to most; south and west are negative ("O" is ouest).

    Raises:
        UnreadableError: It is no number of degrees, or too large.
    """
    found = _DEGREES.fullmatch(text_of(value).strip())
    number = float(found[1].replace(",", ".")) if found else math.inf
    if found and (found[2] or "").upper() in {"S", "W", "O"}:
        number = -number
    if abs(number) > most:
        raise UnreadableError("degrees", value, most)
    return number


def language_of(value: Any) -> str:
    """Read the language of a row, by code or name.

    Returns:
        One of LANGUAGES.

    Raises:
        UnreadableError: It is none of them.
    """
    name = re.split(r"[-_ ]", fold(text_of(value)).strip())[0]
    if name not in _LANGUAGE_NAMES:
        raise UnreadableError("language", value, ", ".join(LANGUAGES))
    return _LANGUAGE_NAMES[name]


_ARTICLE = re.compile(r"\A(?:l'|l[ae]s? |the )(?=\w{4})")
"""What may stand before the name of a country."""

_CODE = 3
"""Letters of the longest code; a word that cannot be read is not compared with codes."""


class ClosedLists:
    """Finds the key of a closed list that somebody means: by key, or by label in either language."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._keys = {name: vocabulary.keys(name) for name in vocabulary.lists}
        self._known = {name: self._names(vocabulary, name) for name in vocabulary.lists}

    @staticmethod
    def _names(vocabulary: Vocabulary, name: str) -> dict[str, str]:
        keys = vocabulary.keys(name)
        others = {other: key for other, key in OTHER_NAMES.items() if name == "countries" and key in keys}
        labels = {vocabulary.label(name, key, language): key for key in keys for language in LANGUAGES}
        named = {**others, **labels, **{str(key): key for key in keys}}
        return {_plain(said): key for said, key in named.items()}

    def key(self, name: str, value: Any) -> str:
        """Return the key of the list ``name`` that a value means.

        Raises:
            UnreadableError: It means none; the error names all keys of a short list, the nearest of a long one.
        """
        text = text_of(value).strip()
        if text in self._keys.get(name, ()):
            return text
        found = self._known.get(name, {}).get(_plain(text))
        if found is None:
            raise UnreadableError(*self._unknown(name, text))
        return found

    def _unknown(self, name: str, text: str) -> tuple[str, str, str]:
        keys = self._keys.get(name, ())
        if len(keys) <= SHORT_LIST:
            return "not_one_of", text, ", ".join(keys)
        near = process.extract(_plain(text), [said for said in self._known[name] if len(said) > _CODE], limit=6)
        return "not_near", text, ", ".join(dict.fromkeys(self._known[name][key] for key, *_ in near))


def _plain(text: str) -> str:
    """Return how a name of a closed list is compared: folded, without its article, points, and hyphens."""
    return _ARTICLE.sub("", " ".join(fold(text).replace(".", "").replace("-", " ").replace("’", "'").split()))


def marks_of(value: Any, key: Callable[[Any], str], basis: Callable[[Any], str]) -> dict[str, str]:
    """Read ``before: stated``, one an item; without a basis it is stated."""
    pairs = list(value.items()) if isinstance(value, dict) else [_pair(item) for item in names_of(value)]
    return {key(name): basis(given or "stated") for name, given in pairs}


def _pair(item: str) -> tuple[str, str]:
    name, _, given = item.partition(":")
    return name.strip(), given.strip()


def pairs_of(value: Any) -> dict[str, str]:
    """Read ``first: fr``, one an item, into a mapping."""
    if isinstance(value, dict):
        return {key: text_of(item) for key, item in value.items()}
    return dict(_pair(item) for item in names_of(value))
