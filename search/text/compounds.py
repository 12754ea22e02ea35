"""Compound words, which people write together, with a hyphen or apart: in one way."""

from __future__ import annotations

import re

_PREFIXES = "auto micro socio agro péri peri télé tele éco eco"
"""Written with what follows."""

_TOGETHER: dict[str, str] = {
    "co": "op[eé]r|ordin|hab|housing|working|voitur|propri|financ|opt[eé]",
    "crowd": "fund",
    "grass": "roots?",
    "start": "ups?",
    "non": "profit",
    "on": "line",
    "off": "line",
    "e": "mails?",
    "well": "being",
    "by": "laws?",
    "news": "letter",
    "tool": "kits?|box",
    "city": "wide",
    "fund": "rais",
}
"""First part of a compound that is written together: how the second begins."""

_BEFORE = "|".join(
    [rf"(?<=\b{prefix}-)(?=[^\W\d_])" for prefix in _PREFIXES.split()]
    + [rf"(?<=\b{first}-)(?={second})" for first, second in _TOGETHER.items()]
)
_HYPHEN = re.compile(f"-(?:{_BEFORE})", re.IGNORECASE)
_IN_TWO = re.compile(
    "|".join(rf"\b{first}\s(?={_TOGETHER[first]})" for first in ("co", "crowd", "grass", "non", "city", "fund"))
    + r"|\bstart\s(?=ups\b)",
    re.IGNORECASE,
)
"""Those that are nothing else in two words, as "start up" and "on line" are."""

_CO = re.compile(
    "co(?=(?:constru|cr[ée]|d[ée]ci[ds]|design|produ|gest|g[ée]r|concep|concev|r[ée]da|r[ée]dig|pilot|organis|éduqu|"
    "élabor|écri|respons|anim))"
)
_APART = re.compile(
    "(policy|decision)(?=makers?)|(food|time)(?=banks?)|(know)(?=how)|(follow)(?=ups?)|(mini)(?=public)|"
    "(community)(?=led)|(self)(?=organis|manag)"
)


def together(text: str) -> str:
    """Leave out the hyphen of compounds that are usually written together (co-operative, éco-quartier)."""
    return _HYPHEN.sub("", text) if "-" in text else text


def in_one_word(text: str) -> str:
    """Write such compounds together that were typed in two words (non profit, grass roots)."""
    return _IN_TWO.sub(lambda first: first[0][:-1], text)


def with_hyphen(word: str) -> str:
    """Write a compound in small letters that is usually not written together with a hyphen (coconstruire, foodbank)."""
    if word.startswith("co"):
        return _CO.sub("co-", word, count=1)
    found = _APART.match(word)
    return f"{found[0]}-{word[found.end() :]}" if found else word


def apart(text: str) -> str:
    """Write compounds apart that have a hyphen: an encoder reads "tiers-lieu" and "tiers lieu" as two things."""
    return _BETWEEN_LETTERS.sub(" ", text) if "-" in text else text


_BETWEEN_LETTERS = re.compile(r"-(?<=[^\W\d_]-)(?=[^\W\d_])")
