"""Misspelt words, written as they are meant before their meaning is read: an encoder reads them as something else."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, lru_cache, partial

from ..encoding.encoder import Encoder
from ..encoding.encoder_traits import knows_word
from ..entries import LANGUAGES
from ..index.index import Index
from ..text.analysis import fold, is_stop_word, stem_of
from ..text.dictionary import in_dictionary
from ..text.query import Query
from ..text.text_messages import written_out

REMEMBERED = 20_000
"""Words whose meaning is kept once it is found."""

Mend = Callable[[Query], str]
"""Query to what its meaning is read from."""

_SMALL = r"[^\W\d_A-ZÀ-ÖØ-Þ]"
_WORD = re.compile(rf"(?<![^\W_])(?:\A[^\W\d_]|{_SMALL})(?:{_SMALL}+|(?!['’]))(?![^\W_])")


def as_typed(query: Query) -> str:
    """Mend nothing."""
    return query.read


@dataclass(frozen=True)
class Mender:
    """Writes the words of queries as they are meant.

    Attributes:
        index: Of the library, which has the words that are meant.
        encoder: The words it knows are real ones too.
    """

    index: Index
    encoder: Encoder

    def __call__(self, query: Query) -> str:
        """Return a query as it is read, with the words mended that neither library, encoder nor dictionary knows.

        Words shortened as in text messages are written out. Names stay as they are, and so does a query in another
        language.
        """
        if query.other:
            return query.read
        return _WORD.sub(lambda word: self._meant(word[0], query.language), query.read)

    @cached_property
    def _meant(self) -> Callable[[str, str | None], str]:
        """Find what a word of a text in a language means; those of many words are kept."""
        return lru_cache(maxsize=REMEMBERED)(partial(_meant, self.index, self.encoder))


def _meant(index: Index, encoder: Encoder, written: str, language: str | None) -> str:
    word, words = fold(written), index.words
    if whole := written_out(word, language):
        return whole
    if is_stop_word(word) or words.counts.get(word) or in_dictionary(word, language):
        return written
    if language == "fr" and (meant := words.heard_as(word)):
        return meant
    if _is_known(index, encoder, word) or not (meant := words.meant_by(word, language=language)):
        return written
    return written if _is_form(index, word) and not _alike(word, meant) else meant


def _is_known(index: Index, encoder: Encoder, word: str) -> bool:
    """Say whether training queries or the encoder know a word."""
    return index.words.knows(word) or knows_word(encoder, word)


def _is_form(index: Index, word: str) -> bool:
    """Say whether a word may be another form of one of the library's."""
    return index.words.knows_form(word) or index.term_index.knows(word)


def _alike(word: str, other: str) -> bool:
    """Say whether two words may be forms of one."""
    return any(stem_of(word, language) == stem_of(other, language) for language in LANGUAGES)
