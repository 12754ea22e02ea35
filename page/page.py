"""What a view is drawn with: the library, and the language of the person who reads."""

from __future__ import annotations

from dataclasses import dataclass

import search
from search.output.dates import date_in_words

from .chosen_filters import FACET
from .messages import MESSAGES
from .text import one_line


@dataclass(frozen=True)
class Page:
    """The library and the language of the person who reads."""

    searcher: search.Searcher
    reader: str

    def say(self, key: str, **values: object) -> str:
        """Return words of the page."""
        return MESSAGES[self.reader][key].format(**values)

    def label(self, name: str, key: str) -> str:
        """Return what a person reads for a key of a closed list."""
        if name == "languages":
            return self.say(f"language_{key}")
        if name.startswith(FACET):
            return key
        return self.searcher.vocabulary.label(name, key, self.reader)

    def outcome(self, key: str | None) -> str:
        """Return the label of what became of a case; words of our own where nothing is told."""
        return self.label("outcomes", key) if key else self.say("outcome_none")

    def own(self, key: str, otherwise: str) -> str:
        """Return words of the page for a key of the shipped lists; the label of one of a library's own."""
        return MESSAGES[self.reader].get(key, otherwise)

    def languages(self, entry: search.Entry) -> str:
        """Say which languages an entry exists in."""
        return self.say("and").join(self.label("languages", language) for language in entry.languages)

    def date(self, written: str) -> str:
        """Put YYYY, YYYY-MM or YYYY-MM-DD in words; what is none of them is left as it is written."""
        return one_line(date_in_words(written, self.reader))
