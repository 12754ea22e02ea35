"""What the library holds: entries in one or two languages, their sources, the closed lists they use."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

LANGUAGES = ("fr", "en")

FIELDS: Mapping[str, tuple[str, ...]] = {
    "practice": ("title", "summary", "description", "first_steps", "for_citizens", "for_authorities", "obstacles"),
    "condition": ("title", "summary", "description", "signs_it_is_missing"),
    "case": ("title", "summary", "context", "what_happened", "results", "limits"),
    "resource": ("title", "summary", "description", "how_to_join", "limits"),
    "insight": ("title", "summary", "description"),
    "phase": ("title", "summary", "description"),
}
"""The fields of each kind of entry, in reading order."""

LIST_FIELDS = frozenset({"first_steps", "obstacles", "signs_it_is_missing"})
"""Fields that hold several short texts instead of one."""


SOURCE_TRAITS = ("self_published", "party")
"""What is true of a source, or is not said: names of attributes of `Source`."""


@dataclass(frozen=True)
class Source:
    """Where a statement comes from.

    Attributes:
        key: Its name in sources.yaml.
        publisher: Who published it.
        title: As published.
        url: Address it was read at.
        read: Month it was read, YYYY-MM.
        copy: Set when the address is a stored copy, saying which.
        self_published: Nobody stands between who tells and what is told: the doer speaks of its own doing, or somebody
            on a site of their own.
        party: A political party speaks, or somebody elected for one.
    """

    key: str
    publisher: str
    title: str
    url: str
    read: str
    copy: str | None = None
    self_published: bool = False
    party: bool = False


@dataclass(frozen=True)
class Vocabulary:
    """The closed lists of a library with their labels.

    Attributes:
        lists: List name (``phases``...) to key to language to label, in the order of vocabulary.yaml.
    """

    lists: Mapping[str, Mapping[str, Mapping[str, str]]]

    def keys(self, name: str) -> tuple[str, ...]:
        """Return the keys of one list, in order; empty if there is no such list."""
        return tuple(self.lists.get(name, ()))

    def label(self, name: str, key: str, language: str) -> str:
        """Return what a person reads for a key (the key itself when it has no label).

        Args:
            name: Of a closed list, for example ``phases``.
            key: One of its keys.
            language: ``fr`` or ``en``.
        """
        return self.lists.get(name, {}).get(key, {}).get(language, key)


Text = str | tuple[str, ...]


@dataclass(frozen=True)
class Entry:
    """One practice, condition, case, resource, insight or phase, with its texts side by side.

    Attributes:
        id: Stable name, the same as the file's.
        kind: One of FIELDS.
        phases: Phase to basis, ``stated`` or ``inferred``.
        conditions: Condition to basis.
        actors: Who is concerned.
        related: Ids of entries that go with it.
        illustrates: Ids of the practices a case, resource or insight shows.
        sources: Where its facts come from.
        texts: Language to field to text (several texts for LIST_FIELDS).
        place, country, lat, lon: Where a case happened; degrees, approximate.
        start, end: YYYY, YYYY-MM or YYYY-MM-DD.
        outcome: What became of a case.
        last_known: When that was so, by the latest dated fact: YYYY or YYYY-MM.
        translation: Which language was written first, how the other was made.
        facets: Filters of the library's own, by name, to the values the entry has, all as its table writes them.
        aliases: Ids it had before, or that entries had which were merged into it: they still open it.
        library: Name of the library it is from, in an index; empty before it is in one.
    """

    id: str
    kind: str
    phases: Mapping[str, str]
    conditions: Mapping[str, str]
    actors: tuple[str, ...]
    related: tuple[str, ...]
    illustrates: tuple[str, ...]
    sources: tuple[Source, ...]
    texts: Mapping[str, Mapping[str, Text]]
    place: str | None = None
    country: str | None = None
    lat: float | None = None
    lon: float | None = None
    start: str | None = None
    end: str | None = None
    outcome: str | None = None
    last_known: str | None = None
    translation: Mapping[str, str] | None = None
    facets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    aliases: tuple[str, ...] = ()
    library: str = ""

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages the entry exists in."""
        return tuple(language for language in LANGUAGES if language in self.texts)

    def language_for(self, reader: str) -> str:
        """Return the reader's language if the entry exists in it, else the language it exists in."""
        return reader if reader in self.texts else self.languages[0]

    def text(self, field: str, reader: str) -> Text:
        """Return one field in the reader's language, or in the other when there is none; empty if unknown."""
        return self.texts[self.language_for(reader)].get(field, "")

    def title(self, reader: str) -> str:
        """Return the title in the reader's language, or in the other when there is none."""
        return str(self.text("title", reader))

    def summary(self, reader: str) -> str:
        """Return the summary in the reader's language, or in the other when there is none; empty if unknown."""
        return str(self.text("summary", reader))


@dataclass(frozen=True)
class Passage:
    """The piece of an entry that is embedded and shown.

    Attributes:
        entry_id: The entry it comes from.
        language: ``fr`` or ``en``.
        field: The field it comes from.
        position: Which item of a list field (0 for the others): the same place in both languages.
        text: Verbatim text of the entry.
    """

    entry_id: str
    language: str
    field: str
    position: int
    text: str
