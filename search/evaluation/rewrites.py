"""The same query as another person, phone or programme would write it: rewrites that must not change the answer.

Each rewrite is mechanical: it takes a text and, where these matter, its language and a number that says which of
several forms it takes. What it cannot change it gives back as it was, and that is not measured.
In REWRITES all are called alike.
"""

from __future__ import annotations

import re
import textwrap
import unicodedata
from collections.abc import Callable, Mapping, Sequence

from ..text.analysis import fold, is_stop_word
from .rewritten_words import AMERICAN, FEMININE, INCLUSIVE, PLURAL

Rewrite = Callable[[str, str, int], str]
"""Text, its language and a number that chooses among several forms to the text rewritten."""

BEFORE: Mapping[str, Sequence[str]] = {
    "fr": ("Bonjour, ", "Madame, Monsieur,\n\n", "Bonjour à tous ! ", "Bonsoir, j'espère que vous allez bien. "),
    "en": ("Hello, ", "Dear Sir or Madam,\n\n", "Hi all! ", "Good evening, I hope this finds you well. "),
}
AFTER: Mapping[str, Sequence[str]] = {
    "fr": (
        " Merci d'avance.",
        "\n\nCordialement,\nNadia",
        " Merci beaucoup pour votre aide !",
        " Bonne journée à vous.",
    ),
    "en": (" Thanks in advance.", "\n\nKind regards,\nNadia", " Many thanks for your help!", " Have a nice day."),
}
QUOTES = ("“{}”", '"{}"', "« {} »", "„{}“", "‹{}›", "‘{}’")
EMOJI = ("😡", "🙏🏽", "👩‍🌾", "🤷‍♀️", "❤️", "1️⃣")
LINE = 40
"""Characters of a line whose last word is cut with a hyphen."""

CUT_FROM = 8
"""Letters a word has that is cut at the end of a line, or has an invisible character inside."""

_LONG_WORD = re.compile(rf"(?<![\w'’-])[^\W\d_]{{{CUT_FROM},}}(?![\w'’-])")
_WORD = re.compile(r"(?<![\w'’-])[^\W\d_]+(?![\w’'-])")


def courtesy_before(text: str, language: str, number: int) -> str:
    """Greet first."""
    return BEFORE[language][number % len(BEFORE[language])] + text


def courtesy_after(text: str, language: str, number: int) -> str:
    """Thank or take leave at the end."""
    return text + AFTER[language][number % len(AFTER[language])]


def courtesy_around(text: str, language: str, number: int) -> str:
    """Greet first and thank at the end."""
    return courtesy_after(courtesy_before(text, language, number), language, number)


def in_capitals(text: str) -> str:
    """Write everything in capitals."""
    return text.upper()


def without_capitals(text: str) -> str:
    """Write everything in small letters."""
    return text.lower()


def without_accents(text: str) -> str:
    """Leave the accents out, as on a keyboard that has none."""
    decomposed = unicodedata.normalize("NFD", text)
    return unicodedata.normalize("NFC", "".join(one for one in decomposed if unicodedata.category(one) != "Mn"))


def decomposed(text: str) -> str:
    """Write each accent as a character of its own (NFD), as some systems do."""
    return unicodedata.normalize("NFD", text)


def with_typography(text: str) -> str:
    """Write it as a word processor does: curved apostrophes, ligatures, one character for three points."""
    text = re.sub(r"(?<=\w)['’](?=\w)", "’", text).replace("...", "…")
    for letters, ligature in (("ffi", "ﬃ"), ("ffl", "ﬄ"), ("fi", "ﬁ"), ("fl", "ﬂ"), ("ff", "ﬀ")):
        text = text.replace(letters, ligature)
    return re.sub(r"(?<=\w) (?=[:;?!»])", "\u00a0", text)


def with_plain_typography(text: str) -> str:
    """Write straight apostrophes, and oe for œ."""
    return text.replace("’", "'").replace("œ", "oe").replace("Œ", "Oe").replace("…", "...")


def cut_at_line_ends(text: str) -> str:
    """Break it into lines, a long word at the end of a line cut with a hyphen, as a copy from a leaflet has it."""
    lines, line = [], ""
    for word in text.split():
        room = LINE - len(line)
        if len(line) + len(word) > LINE and _LONG_WORD.fullmatch(word) and room >= 4:
            at = min(max(room - 1, 4), len(word) - 4)
            lines.append(f"{line}{word[:at]}-")
            line = f"{word[at:]} "
        elif len(line) + len(word) > LINE:
            lines.append(line.rstrip())
            line = f"{word} "
        else:
            line += f"{word} "
    return "\n".join([*lines, line.rstrip()])


def in_lines(text: str) -> str:
    """Break it into lines between words, as a mail program does."""
    return "\n".join(textwrap.wrap(text, LINE, break_long_words=False, break_on_hyphens=False))


def with_soft_hyphens(text: str) -> str:
    """Put an invisible hyphen into long words, as a web page does."""
    return _LONG_WORD.sub(lambda word: f"{word[0][:4]}\u00ad{word[0][4:]}", text)


def with_zero_width(text: str, number: int) -> str:
    """Put characters of no width beside the spaces and into long words."""
    invisible = "\u200b\u200d\ufeff\u2060"[number % 4]
    text = _LONG_WORD.sub(lambda word: f"{word[0][:5]}{invisible}{word[0][5:]}", text)
    return text.replace(" ", f"{invisible} ")


def with_zero_width_alone(text: str) -> str:
    """Put a space of no width where a space was, as some programs copy."""
    return text.replace(" ", "\u200b")


def with_other_spaces(text: str, number: int) -> str:
    """Put spaces that do not break where a space was."""
    return text.replace(" ", "\u00a0\u202f\u2009\u3000"[number % 4])


def as_markup(text: str, number: int) -> str:
    """Write it as HTML, as a copy from a page or a mail has it."""
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    forms = (
        f"<p>{escaped}</p>",
        f'<div class="msg"><b>{escaped.replace(". ", ".</b><br/>", 1)}</div>',
        f"<span style='color:red'>{escaped.replace('é', '&eacute;').replace(' ', '&nbsp;', 3)}</span>",
        f"<!-- copy --><ul>\n  <li>{escaped.replace('’', '&rsquo;').replace(chr(39), '&#39;')}</li>\n</ul>",
    )
    return forms[number % len(forms)]


def with_emoji(text: str, number: int) -> str:
    """Put emoji between its sentences and at its end."""
    one, other = EMOJI[number % len(EMOJI)], EMOJI[(number + 1) % len(EMOJI)]
    return f"{text.replace('. ', f'. {other} ', 1)} {one}{one}"


def repeated(text: str) -> str:
    """Say it twice, as a form that was sent twice has it."""
    return f"{text}\n{text}"


def with_loud_marks(text: str, number: int) -> str:
    """Shout: several marks at the end instead of one."""
    if text.rstrip().endswith("?"):
        return text + "??"
    return re.sub(r"[.?!…]*\Z", ("!!!", "...", " !", "!!1!")[number % 4], text, count=1)


def other_end(text: str, number: int) -> str:
    """End it otherwise: with no mark, a point, a question mark or a comma."""
    bare = text.rstrip(" .?!…")
    return f"{bare}{('', '.', ' ?', ',')[number % 4]}"


def without_hyphens(text: str) -> str:
    """Write compounds apart, as on a phone."""
    return re.sub(r"(?<=[^\W\d_])-(?=[^\W\d_])", " ", text)


def without_apostrophes(text: str, language: str, number: int) -> str:
    """Leave the apostrophes out, with or without a space instead, as on a phone."""
    return re.sub(r"(?<=\w)['’](?=\w)", " " if language == "fr" and number % 2 else "", text)


def quoted_word(text: str, number: int) -> str:
    """Put its longest word between quotation marks."""
    words = [word for word in _WORD.finditer(text) if not is_stop_word(fold(word[0]))]
    if not words:
        return text
    word = max(words, key=lambda one: len(one[0]))
    return text[: word.start()] + QUOTES[number % len(QUOTES)].format(word[0]) + text[word.end() :]


def quoted_whole(text: str, number: int) -> str:
    """Put all of it between quotation marks."""
    return QUOTES[number % 3].format(text)


def other_number(text: str, language: str) -> str:
    """Put one noun of the field into the other number, wherever it stands: plural for singular, singular for plural."""
    forms = PLURAL[language] | {plural: one for one, plural in PLURAL[language].items()}
    found = [word.lower() for word in _WORD.findall(text) if word.lower() in forms]
    return _replaced(text, {found[0]: forms[found[0]]}) if found else text


def inclusive(text: str, language: str, number: int) -> str:
    """Write the masculine plural of who is spoken of with both endings, in one of the usual ways."""
    if language != "fr":
        return text
    return _replaced(text, {both.masculine: both.written(number) for both in INCLUSIVE})


def feminine(text: str, language: str) -> str:
    """Put who is spoken of into the feminine."""
    return _replaced(text, FEMININE[language])


def misspelt(text: str, number: int) -> str:
    """Mistype one letter of one long word, in one of the usual ways."""
    words = [word for word in _LONG_WORD.finditer(text) if word[0].islower() and not is_stop_word(fold(word[0]))]
    if not words:
        return text
    word = words[number % len(words)]
    at = 2 + number % (len(word[0]) - 4)
    before, one, other, after = word[0][:at], word[0][at], word[0][at + 1], word[0][at + 2 :]
    mistyped = (before + other + after, before + one * 2 + other + after, before + other + one + after)
    return text[: word.start()] + mistyped[number % len(mistyped)] + text[word.end() :]


def across_the_ocean(text: str, language: str) -> str:
    """Write British words the American way, and American words the British way."""
    if language != "en":
        return text
    return _replaced(text, AMERICAN | {american: british for british, american in AMERICAN.items()})


def _replaced(text: str, forms: Mapping[str, str]) -> str:
    """Put words in place of others, with the capital they had."""

    def other(word: re.Match[str]) -> str:
        form = forms.get(word[0].lower(), word[0])
        return form[0].upper() + form[1:] if word[0][0].isupper() else form

    return re.sub(r"(?<![\w-])[^\W\d_]+(?![\w-])", other, text)


def _of_text(rewrite: Callable[[str], str]) -> Rewrite:
    """Let a rewrite be called as all are that looks at the text alone."""
    return lambda text, _language, _number: rewrite(text)


def _of_number(rewrite: Callable[[str, int], str]) -> Rewrite:
    """Let a rewrite be called as all are that does the same in every language."""
    return lambda text, _language, number: rewrite(text, number)


def _of_language(rewrite: Callable[[str, str], str]) -> Rewrite:
    """Let a rewrite be called as all are that has one form."""
    return lambda text, language, _number: rewrite(text, language)


REWRITES: Mapping[str, Rewrite] = {
    "courtesy before": courtesy_before,
    "courtesy after": courtesy_after,
    "courtesy before and after": courtesy_around,
    "capitals": _of_text(in_capitals),
    "small letters": _of_text(without_capitals),
    "no accents": _of_text(without_accents),
    "accents apart (NFD)": _of_text(decomposed),
    "typographic marks": _of_text(with_typography),
    "straight marks": _of_text(with_plain_typography),
    "words cut at line ends": _of_text(cut_at_line_ends),
    "lines": _of_text(in_lines),
    "soft hyphens": _of_text(with_soft_hyphens),
    "zero-width characters": _of_number(with_zero_width),
    "zero-width spaces alone": _of_text(with_zero_width_alone),
    "other spaces": _of_number(with_other_spaces),
    "HTML": _of_number(as_markup),
    "emoji": _of_number(with_emoji),
    "repeated": _of_text(repeated),
    "loud marks": _of_number(with_loud_marks),
    "another end": _of_number(other_end),
    "no hyphens": _of_text(without_hyphens),
    "no apostrophes": without_apostrophes,
    "one word quoted": _of_number(quoted_word),
    "all quoted": _of_number(quoted_whole),
    "plural and singular": _of_language(other_number),
    "inclusive endings": inclusive,
    "feminine": _of_language(feminine),
    "British and American": _of_language(across_the_ocean),
    "misspelt": _of_number(misspelt),
}
"""What each rewrite is called in tables."""
