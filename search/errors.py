"""Every error a user of the library can meet, in one tree.

PasserelleError
├── CorpusError             the corpus has problems, all of them listed
├── QueryError
│   ├── EmptyQueryError     nothing was typed
│   ├── QueryTooLongError   more text than the search reads
│   ├── BusyError           too many people ask at once
│   ├── UnknownFilterError  a filter names something that is not in the vocabulary
│   ├── UnknownConcernError a concern is not in the text
│   ├── UnknownPlaceError   a place to keep is not in the text, or is none
│   └── UnknownEntryError   no entry has this id
├── SearchIndexError
│   ├── IndexMissingError   there is no index at this place
│   ├── IndexMismatchError  the index was made with another encoder
│   ├── IndexDamagedError   a file of the index is missing, cut or changed
│   │   └── IndexFormatError  it is whole, and another release made it
│   ├── IndexBusyError      another build of this index is under way
│   ├── IndexWriteError     the index could not be written; the one before stays in use
│   └── StoreError          a database that holds an index cannot be reached, read or written
├── ModelMissingError       the encoder's files could not be loaded
├── NeedsFullError          no more unmet needs, or opinions on answers, are kept
├── SavedSheetError         a file is not that of a saved sheet
├── BackupError             a backup cannot be written, or cannot be brought back
├── SettingsError           the settings of a library say something that cannot be
└── ExtraMissingError       what was asked for needs a package that is not installed
"""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from .locations import HIDDEN_ADDRESS, SHIPPED, UNKNOWN, DatabaseAddress, default_index


class PasserelleError(Exception):
    """Base of every error raised on purpose by the library; message and fields pass from one process to another."""

    def __reduce__(self) -> tuple[Any, ...]:
        """Say how a copy is made: as it is, since no class of the tree is made from its message alone."""
        return _copied, (type(self), self.args), self.__dict__


def _copied(kind: type[PasserelleError], args: tuple[Any, ...]) -> PasserelleError:
    """Make an error with its message, its fields still to come; `__init__` would write the message again."""
    return kind.__new__(kind, *args)


@dataclass(frozen=True, order=True)
class Problem:
    """One thing to mend in the corpus.

    Attributes:
        file: Path relative to the corpus folder.
        line: 1-based line, or 0 when the whole file is meant.
        message: What is wrong and what was expected.
        kind: Which kind of problem, by which it can be said in French too (`search.library.problems`); empty when only
            the message says it.
        column: The column of a table it is in, as the table calls it; the field of an entry, like ``fr.summary``.
        value: What was found there.
        expected: What is wanted instead.
        warning: It does not stop the reading: what cannot be read is set aside, or read as is said.
    """

    file: str
    line: int
    message: str
    kind: str = field(default="", compare=False)
    column: str = field(default="", compare=False)
    value: str = field(default="", compare=False)
    expected: str = field(default="", compare=False)
    warning: bool = field(default=False, compare=False)

    def __str__(self) -> str:
        return f"{self.file}:{self.line} {self.message}" if self.line else f"{self.file} {self.message}"


SHOWN, LONGEST_NAMED = 10, 80
"""Problems or values an error message lists, characters of a value; the error's field holds them all."""


MOST_EXPECTED = 100
"""Values that a filter has and an error message gives; of more, those nearest to what was asked for."""


class CorpusError(PasserelleError):
    """The corpus cannot be used as it is.

    Attributes:
        problems: Everything found, in file order.
    """

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(problems))
        count = f"{len(self.problems)} problem{'s' if len(self.problems) != 1 else ''}"
        more = f"; and {len(self.problems) - SHOWN} more" if len(self.problems) > SHOWN else ""
        super().__init__(f"{count}. " + "; ".join(map(str, self.problems[:SHOWN])) + more + ".")


class QueryError(PasserelleError):
    """What was asked cannot be searched."""


class EmptyQueryError(QueryError):
    """Nothing was typed."""

    def __init__(self) -> None:
        super().__init__("The query is empty. Describe a situation in one to three sentences.")


class QueryTooLongError(QueryError):
    """More text than the search reads.

    Attributes:
        expected: The most characters accepted.
        found: How many were given.
    """

    def __init__(self, expected: int, found: int) -> None:
        self.expected, self.found = expected, found
        super().__init__(
            f"The query has {found:,} characters; at most {expected:,} are read. Keep the part that matters most."
        )


class BusyError(QueryError):
    """Too many people ask at once: the turn did not come in time.

    Attributes:
        waiting: How many were still to be served before.
    """

    def __init__(self, waiting: int) -> None:
        self.waiting = waiting
        super().__init__(f"Too many people are asking at once: {waiting} before you. Ask again in a moment.")


class UnknownFilterError(QueryError):
    """A filter names something that is not in the vocabulary, or that no entry has.

    Attributes:
        field: The filter, for example ``phases``; a filter of the library's own by its name there.
        found: The values nobody knows.
        expected: The values there are; none when the library has no such filter.
    """

    def __init__(self, field: str, found: Iterable[str], expected: Iterable[str]) -> None:
        self.field, self.found, self.expected = field, tuple(sorted(found)), tuple(expected)
        more = f" and {len(self.found) - SHOWN} more" if len(self.found) > SHOWN else ""
        named = ", ".join(value[:LONGEST_NAMED] or "''" for value in self.found[:SHOWN]) + more
        shown, rest = self.expected, ""
        if len(shown) > MOST_EXPECTED:
            shown = tuple(get_close_matches(self.found[0], shown, SHOWN, 0.0)) if self.found else shown[:SHOWN]
            rest = f" and {len(self.expected) - len(shown)} more"
        known = f"is not one of {', '.join(shown)}{rest}" if shown else "is not known; this library has none"
        super().__init__(f"{field}: {named} {known}.")


def quoted(many: Iterable[str]) -> str:
    """Return some words of a text as a message shows them: each between quotation marks, long ones cut."""
    return ", ".join(f"“{words[:LONGEST_NAMED]}”" for words in many)


class UnknownConcernError(QueryError):
    """A concern that is to be answered is not in the text.

    Attributes:
        found: The words that are not in it.
        expected: The concerns that were understood.
        named: The first words that are not in it, quoted.
    """

    def __init__(self, found: Iterable[str], expected: Iterable[str]) -> None:
        self.found, self.expected = tuple(found), tuple(expected)
        self.named, known = quoted(self.found[:SHOWN]), quoted(self.expected) or "the text as a whole"
        super().__init__(
            f"The text does not say {self.named}. Give words that stand in it; what was understood: {known}."
        )


class UnknownPlaceError(QueryError):
    """A place that cases are to be limited to is not in the text, or nobody knows it.

    Attributes:
        found: The words that are no place in it.
        expected: The places that were read, in the words of the text.
        named: The first words that are none, quoted.
    """

    def __init__(self, found: Iterable[str], expected: Iterable[str]) -> None:
        self.found, self.expected = tuple(found), tuple(expected)
        self.named, known = quoted(self.found[:SHOWN]), quoted(self.expected) or "none"
        super().__init__(f"The text names no place {self.named}. Give the words of a place in it; those read: {known}.")


class UnknownEntryError(QueryError):
    """No entry has this id.

    Attributes:
        found: The id that was asked for.
    """

    def __init__(self, found: str) -> None:
        self.found = found
        super().__init__(f"No entry has the id {found[:LONGEST_NAMED]!r}.")


class SearchIndexError(PasserelleError):
    """The index cannot be used.

    Attributes:
        path: The index folder.
    """

    def __init__(self, path: Path, message: str) -> None:
        self.path = path
        super().__init__(message)


class IndexMissingError(SearchIndexError):
    """There is no index at this place."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, f"No index in {path}. Make it with: {_building(path)}")


def _building(path: Path, corpora: Iterable[str] = ()) -> str:
    """Return the command that makes the index of a folder, which it names unless that is the usual one."""
    named = ["YOURS" if one == UNKNOWN else shlex.quote(one) for one in corpora]
    usual = not named and path.absolute() == default_index().absolute()
    options = [f"--corpus {one}" for one in named] + ([] if usual else [f"--output {shlex.quote(str(path))}"])
    return " ".join(["passerelle build", *options])


class IndexMismatchError(SearchIndexError):
    """The index was made with another encoder.

    Attributes:
        expected: The encoder the index was made with.
        found: The encoder that was given.
    """

    def __init__(self, path: Path, expected: str, found: str) -> None:
        self.expected, self.found = expected, found
        super().__init__(
            path, f"The index in {path} holds vectors from {expected}; the encoder is {found}. Rebuild the index."
        )


class IndexDamagedError(SearchIndexError):
    """A file of the index is missing, cut or changed.

    Attributes:
        reason: What is wrong with it.
        corpora: What the builds in its folder were made from, the newest first; empty when there is none. Its command
            names all that the newest build of a library of one's own was made from.
    """

    _state = "is damaged"

    def __init__(self, path: Path, reason: str, builds: Iterable[Iterable[str]] = ()) -> None:
        each = [tuple(corpora) for corpora in builds]
        self.reason, self.corpora = reason, tuple(dict.fromkeys(one for corpora in each for one in corpora))
        own = next((corpora for corpora in each if set(corpora) - {SHIPPED}), ())
        made = f" It was made from {' and '.join(own)}." if own else ""
        again = _building(path, own)
        super().__init__(path, f"The index in {path} {self._state}: {reason}.{made} Make it again: {again}")


class IndexFormatError(IndexDamagedError):
    """The build in use was made by another release, in a format that this one does not read; it is whole."""

    _state = "was made by another release"


class IndexBusyError(SearchIndexError):
    """Another build of this index is under way.

    Attributes:
        holder: Who builds it: process, machine and since when; empty when that is not known.
    """

    def __init__(self, path: Path, holder: str) -> None:
        self.holder = holder
        by = f" by {holder}" if holder else ""
        super().__init__(path, f"The index in {path} is being built{by}. Wait until that is over, then build again.")


class IndexWriteError(SearchIndexError):
    """The index could not be written; the one before stays in use."""

    def __init__(
        self, path: Path, reason: str, advice: str = "Make room or give another folder with --output."
    ) -> None:
        super().__init__(path, f"The index in {path} could not be written: {reason}. {advice}".rstrip())


UNCLEAR_ADDRESS = (
    "its address is not one that can be read with certainty. Write postgresql://user@host/name; in a password %40 "
    "stands for @, %2F for /, %3A for :, %3F for ?, %20 for a space, %25 for %, or keep it in the file .pgpass"
)


class StoreError(SearchIndexError):
    """A database that holds an index cannot be reached, read or written. Neither fields nor text hold a password.

    Attributes:
        url: Its address, without what is secret.
        reason: Why it cannot be used, in the words of PostgreSQL where those are known.
        may_pass: Whether the same may succeed in a moment: no server answers now, or a standby is taking over.
    """

    def __init__(self, url: str, reason: str, *, may_pass: bool = False) -> None:
        self.may_pass = may_pass
        try:
            address = DatabaseAddress.of(url)
            self.url, self.reason = str(address), address.hide_secrets(reason.replace(url, str(address)))
        except ValueError:
            self.url, self.reason = HIDDEN_ADDRESS, UNCLEAR_ADDRESS
        except ImportError:
            self.url, self.reason = HIDDEN_ADDRESS, reason.replace(url, HIDDEN_ADDRESS)
        super().__init__(Path(), f"The index in {self.url} cannot be used: {self.reason}.")


class ModelMissingError(PasserelleError):
    """The encoder's files could not be loaded.

    Attributes:
        name: Folder or public name of the model.
    """

    def __init__(self, name: str, reason: str) -> None:
        self.name = name
        super().__init__(
            f"The model {name} could not be loaded ({reason}). Give a folder that holds it, or leave --model out to "
            "use the one that is shipped."
        )


class NeedsFullError(PasserelleError):
    """No more of what people leave is kept: the curators have much to read.

    Attributes:
        expected: The most that are kept.
        what: What they are.
    """

    def __init__(self, expected: int, what: str = "unmet needs") -> None:
        self.expected, self.what = expected, what
        super().__init__(f"{expected:,} {what} are kept, and no more. Read them, and move the file elsewhere.")


SAVED_SHEET: Mapping[str, str] = {
    "too_large": "This file is too large to be a saved sheet ({found:,} characters; at most {expected:,} are read).",
    "not_json": "This file cannot be read: it is cut, or it is no saved sheet. Give one that “Save my sheet” wrote.",
    "not_sheet": "This file is no saved sheet. Give one that “Save my sheet” wrote; its name ends in .json.",
    "newer": "A newer release wrote this sheet (format {found}; up to {expected} is read). Open it there.",
    "too_many": "This sheet has {found:,} entries; at most {expected:,} are read.",
    "field": "This saved sheet was changed: “{found}” cannot be read. Give it as it was saved.",
}
"""What can be wrong with the file of a sheet, and how it is said."""


class SavedSheetError(PasserelleError):
    """A file that was given is not that of a saved sheet.

    Attributes:
        kind: What is wrong, one of SAVED_SHEET.
        found: What is there: a length, a format, or the name of the part that is wrong.
        expected: The most that is read.
    """

    def __init__(self, kind: str, *, found: int | str = "", expected: int | str = "") -> None:
        self.kind, self.found, self.expected = kind, found, expected
        super().__init__(SAVED_SHEET[kind].format(found=found, expected=expected))


BACKUP: Mapping[str, str] = {
    "there": "{path} is there already. Give another name: no backup takes the place of another.",
    "folder": "{path} was not written: there is no folder {found}. Look at how it is written, or make it first.",
    "nothing": "There is nothing to keep: no index, nothing people left, no tables. docs/usage.md says where they lie.",
    "name": "{path} was not written: no restoring would take the name of {found}. Give that file another name first.",
    "none": "{path} is no backup, or it is cut. Give a file that passerelle backup wrote.",
    "newer": "A newer release wrote {path}. Bring it back with that release.",
    "changed": "{path} was cut or changed: {found} in it is not what was written. Nothing was brought back.",
}
"""What can be wrong with a backup, and how it is said."""


class BackupError(PasserelleError):
    """A backup cannot be written, or cannot be brought back.

    Attributes:
        path: Its file.
        kind: What is wrong, one of BACKUP.
        found: The part of it that is wrong.
    """

    def __init__(self, path: Path, kind: str, found: str = "") -> None:
        self.path, self.kind, self.found = path, kind, found
        super().__init__(BACKUP[kind].format(path=path, found=found))


SETTINGS: Mapping[str, Mapping[str, str]] = {
    "unreadable": {
        "fr": "ce fichier ne peut pas être lu ({found}). Corrigez-le, ou retirez-le.",
        "en": "this file cannot be read ({found}). Mend it, or take it away.",
    },
    "unknown": {
        "fr": "« {found} » n’est pas un réglage. Les réglages sont name, tagline, colors et logo.",
        "en": "“{found}” is no setting. The settings are name, tagline, colors and logo.",
    },
    "name": {
        "fr": "name doit être un texte de {found} caractères au plus.",
        "en": "name must be a text of {found} characters at most.",
    },
    "tagline": {
        "fr": "tagline doit donner un texte par langue ({found}).",
        "en": "tagline must give a text for each language ({found}).",
    },
    "colors": {
        "fr": "colors doit donner des couleurs pour {found}, et rien d’autre.",
        "en": "colors must give colours for {found}, and nothing else.",
    },
    "color": {
        "fr": '{found} n’est pas une couleur. Écrivez-la comme "#0b5e6b".',
        "en": '{found} is no colour. Write it as "#0b5e6b".',
    },
    "contrast": {
        "fr": "{found} se lit mal sur le fond : prenez une couleur plus foncée, ou un autre fond.",
        "en": "{found} is hard to read on its background: take a darker colour, or another background.",
    },
    "logo": {
        "fr": "le logo {found} ne peut pas être montré : il faut une image (.png, .jpg, .svg…) de 2 Mo au plus, dont "
        "le chemin part de ce fichier.",
        "en": "the logo {found} cannot be shown: it must be a picture (.png, .jpg, .svg…) of at most 2 MB, its path "
        "from this file.",
    },
}
"""What can be wrong with the settings of a library, and how it is said in both languages."""


class SettingsError(PasserelleError):
    """The settings of a library say something that cannot be.

    Attributes:
        path: Their file.
        kind: What is wrong, one of SETTINGS.
        found: What is there, or what was expected.
    """

    def __init__(self, path: Path, kind: str, found: str | int = "") -> None:
        self.path, self.kind, self.found = path, kind, found
        super().__init__(
            "\n".join(f"{path}{colon} {self.said(one)}" for one, colon in (("fr", "\u00a0:"), ("en", ":")))
        )

    def said(self, language: str) -> str:
        """Return what is wrong in one language, without the file."""
        return SETTINGS[self.kind][language].format(found=self.found)


class ExtraMissingError(PasserelleError):
    """What was asked for needs a package that an extra of this one brings, and it is not installed.

    Attributes:
        extra: The extra, for example ``xlsx``.
        found: The package that is missing, or why it cannot be imported.
    """

    def __init__(self, extra: str, found: str) -> None:
        self.extra, self.found = extra, found
        super().__init__(
            f"This needs a package that is not installed ({found}). Install it with: pip install 'passerelle[{extra}]'"
        )


@contextmanager
def needs_extra(extra: str) -> Iterator[None]:
    """Import the packages of an extra in the body.

    Args:
        extra: The extra that brings them.

    Raises:
        ExtraMissingError: One cannot be imported.
    """
    try:
        yield
    except ImportError as error:
        missing = error.name.split(".")[0] if error.name else str(error).split("\n", 1)[0].rstrip(".")
        raise ExtraMissingError(extra, missing) from error
