"""Words of the texts that a reader from elsewhere may not know, each explained in one line of each language.

    glossary = read_glossary(default_corpus())
    for found in glossary.words_in("L’asbl attend son subside.", "fr"):
        print(found.start, found.end, found.word.lines["fr"])

They are in ``glossary.yaml`` of a corpus folder, or in ``NAME.glossary.yaml`` beside a table. A library may have none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from ..entries import LANGUAGES, Source
from ..errors import CorpusError
from ..locations import StrPath, default_corpus
from .reader import read_sources, read_vocabulary
from .yaml_files import CorpusReader

FILE = "glossary.yaml"
"""In a corpus folder."""


KEYS = frozenset({"where", "source", *LANGUAGES})
"""Of a word."""


@dataclass(frozen=True)
class GlossaryWord:
    """A word and what it means.

    Attributes:
        id: What it goes by in the file.
        where: Keys of the countries whose word it is.
        forms: Language to every form that texts of that language have, plurals too; none where it has no such word.
        lines: Language to the meaning, in one line.
        source: Where the meaning was looked up; only its address is known of one that is named by it.
    """

    id: str
    where: tuple[str, ...]
    forms: Mapping[str, tuple[str, ...]]
    lines: Mapping[str, str]
    source: Source | None = None


@dataclass(frozen=True)
class WordInText:
    """A place where a text has a word of the glossary.

    Attributes:
        start, end: In characters of the text; ``text[start:end]`` is the form that was found.
        word: The word.
    """

    start: int
    end: int
    word: GlossaryWord


@dataclass(frozen=True)
class Glossary:
    """The words of a library that are explained.

    Attributes:
        words: In the order of the file.
    """

    words: tuple[GlossaryWord, ...] = ()

    def words_in(self, text: str, language: str, *, once: bool = False) -> tuple[WordInText, ...]:
        """Find the words of a text that are explained.

        A form in small letters is found with a capital too; one with a capital as it is written only. Of forms that
        overlap the longest counts: ``régie de quartier``, and no ``régie`` in it.

        Args:
            text: Any text; empty gives nothing.
            language: ``fr`` or ``en``: the language of the text.
            once: Only the first place of each word.

        Returns:
            The places in order; none overlap.
        """
        if not (pattern := self._patterns.get(language)):
            return ()
        by_form = self._by_form[language]
        places = [WordInText(*found.span(), by_form[_plain(found[0])]) for found in pattern.finditer(text)]
        first = {found.word.id: found for found in reversed(places)}
        return tuple(found for found in places if not once or first[found.word.id] is found)

    @cached_property
    def _by_form(self) -> Mapping[str, Mapping[str, GlossaryWord]]:
        """Language to form, as `_plain` writes it, to word."""
        return {
            language: {_plain(form): word for word in self.words for form in word.forms.get(language, ())}
            for language in LANGUAGES
        }

    @cached_property
    def _patterns(self) -> Mapping[str, re.Pattern[str]]:
        """Language to what finds its forms, the longest first; none for a language without forms."""
        forms = {
            language: sorted({form for word in self.words for form in word.forms.get(language, ())}, key=len)[::-1]
            for language in LANGUAGES
        }
        return {
            language: re.compile(rf"(?<![\w-])(?:{'|'.join(map(_found_as, some))})(?![\w-])")
            for language, some in forms.items()
            if some
        }


def glossary_file(path: Path) -> Path:
    """Return where the glossary of a corpus folder or of a table is, when it has one."""
    return path.with_name(f"{path.stem}.{FILE}") if path.is_file() else path / FILE


def read_glossary(path: StrPath) -> Glossary:
    """Read the words that a library explains.

    Args:
        path: The folder or the table of the library.

    Returns:
        The words; an empty glossary when the library has none.

    Raises:
        CorpusError: Something is wrong; every problem is listed with its file and line.
    """
    file = glossary_file(Path(path))
    if not file.is_file():
        return Glossary()
    reading = _Reading(file)
    words = tuple(reading.words())
    if reading.reader.problems:
        raise CorpusError(reading.reader.problems)
    return Glossary(words)


class _Reading:
    """Reads one file, word by word, and remembers what is wrong."""

    def __init__(self, file: Path) -> None:
        self.file, self.reader = file.name, CorpusReader(file.parent)
        self.countries, self.sources = _countries(file), _sources(file)
        self.taken: dict[tuple[str, str], str] = {}

    def words(self) -> Iterator[GlossaryWord]:
        data, self.lines = self.reader.yaml(self.file, texts=True)
        for name, value in data.items():
            if not isinstance(value, dict) or not {"where", *LANGUAGES} <= set(value):
                self._tell("glossary_form", (name,), value=name)
                continue
            if unknown := sorted(set(value) - KEYS):
                self._tell("glossary_key", (name, unknown[0]), value=name, expected=", ".join(unknown))
            yield self._word(name, value)

    def _word(self, name: str, value: Mapping[str, Any]) -> GlossaryWord:
        said = {language: value[language] if isinstance(value[language], dict) else {} for language in LANGUAGES}
        forms = {language: self._forms(name, language, said[language]) for language in LANGUAGES}
        if not any(forms.values()) and None not in forms.values():
            self._tell("glossary_no_form", (name,), value=name)
        for language in LANGUAGES:
            line = said[language].get("line")
            if not isinstance(line, str) or not line.strip() or "\n" in line.strip():
                self._tell("glossary_line", (name, language), value=name, expected=language)
        lines = {language: str(said[language].get("line", "")).strip() for language in LANGUAGES}
        where, source = self._where(name, value["where"]), self._source(name, value)
        return GlossaryWord(name, where, {language: some or () for language, some in forms.items()}, lines, source)

    def _forms(self, name: str, language: str, said: Mapping[str, Any]) -> tuple[str, ...] | None:
        """Read the forms of one language; None when they cannot be read."""
        forms = said.get("forms", [])
        if not isinstance(forms, list) or not all(isinstance(form, str) and form.strip() for form in forms):
            self._tell("glossary_forms", (name, language), value=name, expected=language)
            return None
        for form in forms:
            other = self.taken.setdefault((language, _plain(form)), name)
            if other != name:
                self._tell("glossary_twice", (name, language), column=name, value=form, expected=other)
        return tuple(form.strip() for form in forms)

    def _where(self, name: str, where: Any) -> tuple[str, ...]:
        named = [str(one) for one in where] if isinstance(where, list) else []
        unknown = [one for one in named if one not in self.countries]
        if unknown or not named:
            self._tell("glossary_where", (name, "where"), column=name, value=", ".join(unknown) or where)
        return tuple(named)

    def _source(self, name: str, value: Mapping[str, Any]) -> Source | None:
        if "source" not in value:
            return None
        key = str(value["source"])
        if key.startswith(("http://", "https://")):
            return Source(key=key, publisher="", title="", url=key, read="")
        if key not in self.sources:
            self._tell("glossary_source", (name, "source"), column=name, value=key)
        return self.sources.get(key)

    def _tell(self, kind: str, keys: tuple[str, ...], **found: Any) -> None:
        line = self.lines.get(keys) or self.lines.get(keys[:1], 0)
        self.reader.tell(kind, self.file, line, **found)


def _countries(file: Path) -> frozenset[str]:
    """Return the keys of the countries a glossary may name: of the vocabulary beside it, else of the shipped one."""
    own = file.name.removesuffix(FILE) + "vocabulary.yaml"
    folder, name = (file.parent, own) if (file.parent / own).is_file() else (default_corpus(), "vocabulary.yaml")
    return frozenset(read_vocabulary(CorpusReader(folder), name).keys("countries"))


def _sources(file: Path) -> Mapping[str, Source]:
    """Return the sources a glossary may name: those of its folder; a table has no list of them."""
    if file.name != FILE or not (file.parent / "sources.yaml").is_file():
        return {}
    return read_sources(CorpusReader(file.parent))


def _plain(form: str) -> str:
    """Write a form as all its ways of being written: one space, one apostrophe, no capital where it has only one."""
    plain = re.sub(r"\s+", " ", form.strip()).replace("'", "’")
    return plain[:1].lower() + plain[1:]


def _found_as(form: str) -> str:
    """Write what finds a form in a text, its line breaks and no-break spaces too."""
    first, rest = form[:1], form[1:]
    either = f"[{first}{first.upper()}]" if form == form.lower() and first.isalpha() else re.escape(first)
    return either + r"\s+".join(re.escape(word).replace("’", "[’']") for word in rest.split(" "))
