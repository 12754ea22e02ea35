"""Misspelt words, written as they are meant before their meaning is read: an encoder reads them as something else."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from ..encoding.encoder import Encoder
from ..index.index import Index
from ..index.word_list import SHORTEST
from ..text.analysis import fold, is_stop_word
from ..text.query import Query

Mend = Callable[[Query], str]
"""Query to what its meaning is read from."""

_SMALL = r"[^\W\d_A-ZÀ-ÖØ-Þ]"
_WORD = re.compile(rf"(?<![^\W_])(?:\A[^\W\d_]|{_SMALL}){_SMALL}{{{SHORTEST - 1},}}(?![^\W_])")


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
        """Return a query as it is read, with the words mended that neither the library nor the encoder knows.

        Names stay as they are, and so does a query in another language.
        """
        return query.read if query.other else _WORD.sub(lambda word: self._meant(word[0]), query.read)

    def _meant(self, written: str) -> str:
        word = fold(written)
        return written if self._is_real(word) else self.index.words.meant_by(word) or written

    def _is_real(self, word: str) -> bool:
        known = is_stop_word(word) or self.index.words.knows(word) or self.index.term_index.knows(word)
        has_word = getattr(self.encoder, "has_word", None)
        return known or bool(has_word and has_word(word))
