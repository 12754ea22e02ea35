"""Make an entry of what a file says of it; everything wrong with it is listed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from rapidfuzz import process

from ..entries import FIELDS, LANGUAGES, LIST_FIELDS, Entry, Source, Text, Vocabulary
from ..text.segmentation import is_blank
from .last_known import is_future, is_month
from .parse_cache import Lines
from .yaml_files import CorpusReader

REQUIRED = ("id", "kind", "phases", "conditions", "actors", "related", "sources", "translation")


CASE_ONLY = ("place", "country", "lat", "lon", "start", "end", "outcome", "last_known")


OPTIONAL = ("illustrates", "aliases", *CASE_ONLY)


ONE_LANGUAGE = "none"
"""How the other text was made when there is none."""


DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")


class EntryReader:
    """Makes an entry of what a file says of it, and adds what is wrong to the corpus reader's problems.

    Attributes:
        needs_outcome: Whether a case must say what became of it.
    """

    needs_outcome = True

    def __init__(
        self,
        reader: CorpusReader,
        file: str,
        kind: str,
        vocabulary: Vocabulary,
        *,
        data: dict[str, Any],
        lines: Lines,
    ) -> None:
        self.reader, self.file, self.kind, self.vocabulary = reader, file, kind, vocabulary
        self.data, self.lines = data, lines

    @classmethod
    def of_file(cls, reader: CorpusReader, file: str, kind: str, vocabulary: Vocabulary) -> EntryReader:
        """Read the YAML file of one entry.

        Args:
            reader: Reads it, and remembers what is wrong with it.
            file: Relative to the reader's folder.
            kind: Of the entry, by the folder it is in.
            vocabulary: The closed lists.

        Returns:
            What makes an entry of it; one without data when it cannot be read or is empty, which is a problem.
        """
        before = len(reader.problems)
        data, lines = reader.yaml(file)
        if not data and len(reader.problems) == before:
            reader.tell("empty_file", file)
        return cls(reader, file, kind, vocabulary, data=data, lines=lines)

    @property
    def aliases(self) -> tuple[str, ...]:
        """The old ids it gives, those of them that are texts."""
        given = self.data.get("aliases")
        return tuple(one for one in given if isinstance(one, str)) if isinstance(given, list) else ()

    def wrong(self, kind: str, key: str, *, field: str = "", value: object = "", expected: object = "") -> None:
        """Remember a problem with a key, or with a field of a language, at its line.

        Args:
            kind: One of the kinds of `problem_of`.
            key: A key of the file, or the language that ``field`` is told in.
            field: Of that language; empty for the key itself.
            value: What stands there, for the message.
            expected: What could stand there, for the message.
        """
        line = self.lines.get((key, field)) or self.lines.get((key,), 1)
        column = f"{key}.{field}" if field else key
        self.reader.tell(kind, self.file, line, column=column, value=value, expected=expected)

    def read(self, sources: Mapping[str, Source], kinds: Mapping[str, str]) -> Entry | None:
        """Return the entry, or None when anything is wrong with it."""
        before = len(self.reader.problems)
        if not self.data:
            return None
        self._check_facts()
        marks = {key: self._marked(key) for key in ("phases", "conditions")}
        names = {key: self._names(key) for key in ("actors", "related", "illustrates", "sources", "aliases")}
        self._known("actors", names["actors"], "actors")
        self._check_sources(names["sources"], sources)
        self._check_links("related", names["related"], kinds)
        self._check_links("illustrates", names["illustrates"], kinds, wanted="practice")
        texts = {lang: self._texts(lang) for lang in LANGUAGES if lang in self.data}
        if not texts:
            self.wrong("no_texts", "fr")
        elif "translation" in self.data:
            self._check_translation(tuple(texts))
        if len(self.reader.problems) > before:
            return None
        return Entry(
            id=self.data["id"],
            kind=self.kind,
            phases=marks["phases"],
            conditions=marks["conditions"],
            actors=names["actors"],
            related=names["related"],
            illustrates=names["illustrates"],
            aliases=names["aliases"],
            sources=tuple(sources[key] for key in names["sources"]),
            texts=texts,
            translation=self.data["translation"],
            **self._facts(),
        )

    def _check_facts(self) -> None:
        self._check_keys()
        self._check_name()
        self._check_values()

    def _facts(self) -> dict[str, Any]:
        """Return where and when a case happened and what became of it; dates as texts."""
        facts = {key: self.data.get(key) for key in CASE_ONLY}
        return facts | {key: None if facts[key] is None else str(facts[key]) for key in ("start", "end", "last_known")}

    def _check_keys(self) -> None:
        for key in REQUIRED:
            if key not in self.data:
                self.wrong("no_key", key)
        known = (*REQUIRED, *OPTIONAL, *LANGUAGES)
        for key in self.data:
            if key not in known:
                self.wrong("unknown_key", str(key), expected=_nearest(key, known))
            if key in CASE_ONLY and self.kind != "case" and (self.kind, key) != ("resource", "country"):
                self.wrong("case_key", key)

    def _check_name(self) -> None:
        stem = Path(self.file).stem
        if self.data.get("id") != stem:
            self.wrong("id_file", "id", value=self.data.get("id"), expected=stem)
        if self.data.get("kind") != self.kind:
            self.wrong("kind_folder", "kind", value=self.data.get("kind"), expected=self.kind)

    def _check_values(self) -> None:
        if self.kind == "case" and self.needs_outcome and self.data.get("outcome") is None:
            self.wrong("no_outcome", "outcome", expected=", ".join(self.vocabulary.keys("outcomes")))
        for key, closed in (("outcome", "outcomes"), ("country", "countries")):
            if self.data.get(key) is not None:
                self._known(key, [self.data[key]], closed)
        for key, most in (("lat", 90), ("lon", 180)):
            value = self.data.get(key)
            if value is not None and not (isinstance(value, (int, float)) and abs(value) <= most):
                self.wrong("entry_degrees", key, value=value, expected=most)
        for key in ("start", "end"):
            if self.data.get(key) is not None and not _is_date(str(self.data[key])):
                self.wrong("entry_date", key, value=self.data[key])
        self._check_last_known(self.data.get("last_known"))

    def _check_last_known(self, value: object) -> None:
        if value is None:
            return
        if not is_month(str(value)):
            self.wrong("entry_last_known", "last_known", value=value)
        elif is_future(str(value), date.today()):
            self.wrong("entry_future", "last_known", value=value)

    def _check_sources(self, keys: tuple[str, ...], sources: Mapping[str, Source]) -> None:
        for key in keys:
            if key not in sources:
                self.wrong("unknown_source", "sources", value=key)
        if not keys:
            self.wrong("needs_source", "sources")

    def _check_links(
        self, key: str, names: tuple[str, ...], kinds: Mapping[str, str], *, wanted: str | None = None
    ) -> None:
        """Every id must exist, be another entry's, and be of the kind that is meant."""
        for name in names:
            if name not in kinds:
                self.wrong("entry_link", key, value=name)
            elif wanted and kinds[name] != wanted:
                self.wrong("entry_link_kind", key, value=name, expected=kinds[name])
            elif name in (self.data.get("id"), *self.aliases):
                self.wrong("entry_itself", key)

    def _check_translation(self, languages: tuple[str, ...]) -> None:
        """What it says must be known, and true of the languages the entry has."""
        given = self.data["translation"] if isinstance(self.data["translation"], dict) else {}
        if given.get("first") not in languages:
            self.wrong("translation_first", "translation", expected=", ".join(languages))
        other, allowed = given.get("other"), self.vocabulary.keys("translations")
        if other not in allowed:
            self.wrong("translation_other", "translation", value=other, expected=", ".join(allowed))
        elif (other == ONE_LANGUAGE) != (len(languages) == 1):
            self.wrong("translation_none", "translation", expected=ONE_LANGUAGE)

    def _known(self, key: str, values: Iterable[Any], closed: str) -> None:
        allowed = self.vocabulary.keys(closed)
        for value in values:
            if value not in allowed:
                self.wrong("entry_not_one_of", key, value=value, expected=", ".join(map(str, allowed)))

    def _marked(self, key: str) -> dict[str, str]:
        """Read ``{before: stated}``: closed keys, each stated or inferred."""
        value = self.data.get(key)
        if not isinstance(value, dict):
            self.wrong("entry_marks", key)
            return {}
        self._known(key, value, key)
        self._known(key, value.values(), "bases")
        return {str(name): str(basis) for name, basis in value.items()}

    def _names(self, key: str) -> tuple[str, ...]:
        value = self.data.get(key, [])
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            self.wrong("entry_names", key)
            return ()
        for name in [name for name, count in Counter(value).items() if count > 1]:
            self.wrong("named_twice", key, value=name)
        return tuple(value)

    def _texts(self, language: str) -> dict[str, Text]:
        """Read the texts of one language: every field of the kind, none empty, none unknown."""
        value = self.data[language]
        if not isinstance(value, dict):
            self.wrong("entry_texts", language, expected=", ".join(FIELDS[self.kind]))
            return {}
        for field in value:
            if field not in FIELDS[self.kind]:
                nearest = _nearest(field, FIELDS[self.kind])
                self.wrong("unknown_field", language, field=str(field), value=field, expected=nearest)
        texts: dict[str, Text] = {}
        for field in FIELDS[self.kind]:
            text = value.get(field)
            items: list[Any] = text if isinstance(text, list) else [text]
            if (field in LIST_FIELDS) != isinstance(text, list):
                self.wrong("entry_list" if field in LIST_FIELDS else "entry_text", language, field=field)
            elif not items or not all(isinstance(item, str) and not is_blank(item) for item in items):
                self.wrong("entry_empty", language, field=field)
            else:
                texts[field] = tuple(items) if field in LIST_FIELDS else str(text)
        return texts


def _nearest(name: object, known: Sequence[str]) -> str:
    """Return the known name that one is most like."""
    return str(process.extractOne(str(name), known)[0])


def _is_date(text: str) -> bool:
    """Say whether a text is YYYY, YYYY-MM or YYYY-MM-DD, and such a day exists."""
    if not DATE.fullmatch(text):
        return False
    try:
        date.fromisoformat(text + "-01-01"[len(text) - 4 :])
    except ValueError:
        return False
    return True
