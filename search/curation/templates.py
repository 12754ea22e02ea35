"""The file of a new entry: every key in place, placeholders for the texts, comments that say what goes where."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Mapping
from pathlib import Path

from ..entries import FIELDS, LANGUAGES, LIST_FIELDS, Vocabulary
from ..errors import CorpusError
from ..library.reader import FOLDER_OF, FOLDERS, must_be_folder, read_sources, read_vocabulary
from ..library.unfinished import PLACEHOLDER
from ..library.yaml_files import CorpusReader
from ..whole_files import write_whole
from .lint import FEWEST_ITEMS, LENGTHS

ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
"""Lower-case words joined by hyphens."""


LONGEST_ID = 100
"""Characters: an id is the name of a file."""


WHAT: Mapping[str, str] = {
    "practice": "something one can do",
    "condition": "what must be in place",
    "case": "who has done it, with what result",
    "resource": "a network, a legal form, a method to lean on",
    "insight": "something to know",
    "phase": "a time in the life of a collaboration",
}
"""Kind to what an entry of it is."""


HINTS: Mapping[str, Mapping[str, str]] = {
    "practice": {
        "title": "a short noun or verb phrase, 3 to 9 words",
        "summary": "the gist in one or two sentences: who does what, and why",
        "description": "what it is, why it helps, and where it was done, with facts of the cases",
        "first_steps": "3 or 4 things one can do first, each beginning with a verb in the imperative",
        "for_citizens": "what it asks of a citizen group: time, money, people",
        "for_authorities": "what it asks of a public authority: staff, money, a decision",
        "obstacles": "2 or 3 items: the difficulty as it is lived, then what others did about it",
    },
    "condition": {
        "title": "the short name it has in vocabulary.yaml",
        "summary": "what is there when the condition is met, in one or two sentences",
        "description": "what it is, what it is not, how it comes about, with an example",
        "signs_it_is_missing": "3 to 5 sentences a person would say when it is missing",
    },
    "case": {
        "title": "what was done and where",
        "summary": "who did what, where and when, in one or two sentences",
        "context": "how things stood before: the place, the need, who began",
        "what_happened": "the story in order, with its dates, decisions and numbers",
        "results": "what came of it; a reading is told as a reading (“One reading is…”)",
        "limits": "what failed, what blocked it, what nobody knows",
    },
    "resource": {
        "title": "its usual name, and what it is when the name does not say so",
        "summary": "what it offers and to whom, in one or two sentences",
        "description": "what it is, who is behind it, since when, who it is for",
        "how_to_join": "how to join or use it, and what that costs",
        "limits": "what it does not do, who it is not for",
    },
    "insight": {
        "title": "a statement one can agree or disagree with",
        "summary": "the same in one or two sentences",
        "description": "what it rests on, with figures and their year, and how sure it is",
    },
    "phase": {
        "title": "the short name it has in vocabulary.yaml",
        "summary": "what this time is, in one or two sentences",
        "description": "how it is lived on both sides, and how one knows that it is over",
    },
}
"""Kind to text field to what belongs there; corpus/README.md shows the same lines."""


ILLUSTRATING = frozenset({"case", "resource", "insight"})


WIDTH = 118


def template(kind: str, name: str, vocabulary: Vocabulary, source: str) -> str:
    """Return the text of a new entry's file.

    The reader accepts it as it is; the check reports each line that is left to write, by PLACEHOLDER.

    Args:
        kind: One of FIELDS.
        name: The entry's id.
        vocabulary: Its lists are shown.
        source: Key of any source, as an example.

    Returns:
        YAML, in both languages.
    """
    lines = [*_metadata(kind, name, vocabulary, source)]
    low, high = LENGTHS[kind]
    lines += [
        "",
        f"# Texts: {low} to {high} words in each language, title apart. In one language only: delete the other block.",
    ]
    for language in LANGUAGES:
        lines += [f"{language}:", *_texts(kind), ""]
    return "\n".join(lines[:-1]) + "\n"


def _metadata(kind: str, name: str, vocabulary: Vocabulary, source: str) -> Iterator[str]:
    yield f"# {kind.capitalize()}: {WHAT[kind]}. What is marked is to be written: passerelle check lists it."
    yield from (f"id: {name}", f"kind: {kind}")
    bases = " or ".join(vocabulary.keys("bases"))
    for key in ("phases", "conditions"):
        example = f"{{{vocabulary.keys(key)[0]}: {vocabulary.keys('bases')[-1]}}}"
        yield from _comment(f"{key}, each {bases}, like {example}: {', '.join(vocabulary.keys(key))}")
        yield f"{key}: {{}}  # {PLACEHOLDER}"
    yield from _comment(f"who is concerned: {', '.join(vocabulary.keys('actors'))}")
    yield f"actors: []  # {PLACEHOLDER}"
    yield from ("# ids of entries that go with it, of any kind", "related: []")
    if kind in ILLUSTRATING:
        yield from ("# ids of the practices it shows", "illustrates: []")
    if kind == "case":
        yield from _case(vocabulary)
    if kind == "resource":
        yield from (
            *_comment(f"where it comes from, or null: {', '.join(vocabulary.keys('countries'))}"),
            "country: null",
        )
    yield f"# keys of sources.yaml; {source} is an example only"
    yield f"sources: [{source}]  # {PLACEHOLDER}"
    yield f"# first: the language written first; other: {', '.join(vocabulary.keys('translations'))}"
    yield f"translation: {{first: {LANGUAGES[0]}, other: {vocabulary.keys('translations')[0]}}}"


def _case(vocabulary: Vocabulary) -> Iterator[str]:
    """Yield the keys that only a case has."""
    outcomes = vocabulary.keys("outcomes")
    yield from ("# the town, then its region when it is little known", f"place: null  # {PLACEHOLDER}")
    yield from _comment(", ".join(vocabulary.keys("countries")))
    yield f"country: null  # {PLACEHOLDER}"
    yield from ("# degrees north and east, approximate, or null", "lat: null", "lon: null")
    yield from ('# "YYYY", "YYYY-MM", "YYYY-MM-DD" or null when unknown or not over', "start: null", "end: null")
    yield from _comment(", ".join(outcomes))
    yield f"outcome: {'unknown' if 'unknown' in outcomes else outcomes[-1]}  # {PLACEHOLDER}"
    yield from (
        '# when that was so, by the latest dated fact: "YYYY" or "YYYY-MM"',
        f"last_known: null  # {PLACEHOLDER}",
    )


def _texts(kind: str) -> Iterator[str]:
    """Yield the fields of one language, each under its hint."""
    for field in FIELDS[kind]:
        yield f"  # {HINTS[kind][field]}"
        if field in LIST_FIELDS:
            yield from (f"  {field}:", *["    - >-", f"      {PLACEHOLDER}"] * FEWEST_ITEMS)
        elif field == "title":
            yield f'  {field}: "{PLACEHOLDER}"'
        else:
            yield from (f"  {field}: >-", f"    {PLACEHOLDER}")


def _comment(text: str) -> list[str]:
    return textwrap.wrap(text, WIDTH, initial_indent="# ", subsequent_indent="#   ", break_on_hyphens=False)


def write_template(corpus: Path, kind: str, name: str) -> Path:
    """Write the file of a new entry into its folder.

    Args:
        corpus: Corpus folder; its other entries may have problems.
        kind: One of FIELDS.
        name: The new entry's id.

    Returns:
        The file.

    Raises:
        CorpusError: There is no such folder, the kind is unknown, the id is not lower-case words joined by hyphens or
            is taken, or the vocabulary or the sources cannot be read.
    """
    reader = CorpusReader(must_be_folder(corpus))
    folder = FOLDER_OF.get(kind)
    if folder is None:
        reader.add(kind, 0, f"is not a kind of entry: {', '.join(FOLDERS.values())}")
    if not ID.fullmatch(name) or len(name) > LONGEST_ID:
        message = "is not an id: lower-case words joined by hyphens, like neighbours-run-the-pool"
        reader.add(repr(name[:LONGEST_ID]), 0, message)
    elif taken := [f"{other}/{name}.yaml" for other in FOLDERS if (corpus / other / f"{name}.yaml").exists()]:
        reader.add(taken[0], 0, "is there already: choose another id")
    vocabulary, sources = read_vocabulary(reader), read_sources(reader)
    if not sources and not reader.problems:
        reader.add("sources.yaml", 0, "has no source: add the one the entry is written from first")
    if folder is None or reader.problems:
        raise CorpusError(reader.problems)
    path = corpus / folder / f"{name}.yaml"
    path.parent.mkdir(exist_ok=True)
    write_whole(path, template(kind, name, vocabulary, next(iter(sources))).encode())
    return path
