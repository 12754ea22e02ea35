"""Words: BM25 over the passages of one language, with that language's stems."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Collection, Sequence
from functools import cache

import bm25s
import numpy as np
import Stemmer
from bm25s.stopwords import STOPWORDS_EN, STOPWORDS_FRENCH
from rapidfuzz import process
from rapidfuzz.distance import OSA

from search.entries import LANGUAGES

_WORD = re.compile(r"[^\W_]+")
_THOUSANDS = re.compile(r"(?<=\d)[.,\s](?=\d{3}(?!\d))")
_ELISION = re.compile(r"\b(?:[cdjlmnst]|qu|lorsqu|puisqu|jusqu|quoiqu|presqu)'(?=\w)")


def fold(text: str) -> str:
    """Lower-case a text, drop its accents, open its ligatures and straighten its apostrophes."""
    text = text.lower().replace("œ", "oe").replace("æ", "ae").replace("ł", "l").replace("ø", "o").replace("ß", "ss")
    text = re.sub("[’ʼ`´]", "'", text)
    if text.isascii():
        return text
    return "".join(sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.combining(sign))


_NO_TEXT = np.array([], dtype=np.int64)


@cache
def _stop_words(language: str) -> frozenset[str]:
    words = {"fr": STOPWORDS_FRENCH, "en": STOPWORDS_EN}[language]
    extra = {
        "fr": "a au aux on nous vous ils elles y en est sont ont plus sans tres ca cela comment quoi",
        "en": "we our us you your they their how what when who do does can",
    }
    return frozenset(fold(word) for word in words) | frozenset(extra[language].split())


@cache
def _stemmer(language: str) -> Stemmer.Stemmer:
    return Stemmer.Stemmer({"fr": "french", "en": "english"}[language])


def analyse(text: str, language: str) -> list[str]:
    """Cut a text into the stems words are compared by.

    Args:
        text: Any text.
        language: Whose elisions, stop words and stems to use, ``fr`` or ``en``.

    Returns:
        Stems in reading order, repeats kept; accents are folded first, so that a text typed without them
        gives the same stems. Marks between the thousands of a number are left out: 60,000, 60.000 and 60 000 are one.
    """
    folded = _THOUSANDS.sub("", fold(text))
    if language == "fr":
        folded = _ELISION.sub(" ", folded)
    return stems(_WORD.findall(folded), language)


def stems(words: Sequence[str], language: str) -> list[str]:
    """Return the stems of words that `fold` wrote, without the stop words."""
    stop = _stop_words(language)
    return list(_stemmer(language).stemWords([word for word in words if word not in stop]))


SHORTEST_MENDED, LONG_WORD = 4, 8
"""Letters from which a stem's spelling is mended at all, and from which two letters may be wrong."""


class WordIndex:
    """BM25 over texts of one language.

    Source:
        Robertson and Zaragoza, The Probabilistic Relevance Framework: BM25 and Beyond, 2009 (via bm25s, "lucene").
    """

    def __init__(self, texts: Sequence[str], language: str) -> None:
        """Index the texts.

        Args:
            texts: In the order scores are wanted.
            language: Of all of them.
        """
        self.language = language
        self._size = len(texts)
        tokens = [analyse(text, language) for text in texts]
        texts_with: dict[str, list[int]] = {}
        for number, row in enumerate(tokens):
            for token in dict.fromkeys(row):
                texts_with.setdefault(token, []).append(number)
        self._texts_with = {token: np.array(numbers) for token, numbers in texts_with.items()}
        self.vocabulary = frozenset(texts_with)
        self._by_letter: dict[str, list[str]] = {}
        for stem in texts_with:
            self._by_letter.setdefault(stem[0], []).append(stem)
        self._bm25: bm25s.BM25 | None = None
        if self.vocabulary:
            self._bm25 = bm25s.BM25(method="lucene")
            self._bm25.index(tokens, show_progress=False)

    def scores(self, query: str) -> np.ndarray:
        """Score every text against a query, whatever language the query is in; see `score_stems`."""
        return self.score_stems(analyse(query, self.language))

    def score_stems(self, stems: Collection[str]) -> np.ndarray:
        """Score every text against stems; each counts once.

        Returns:
            BM25 scores, float32, shape (n_texts,); 0 where no stem is shared.
        """
        known = [stem for stem in dict.fromkeys(stems) if stem in self.vocabulary]
        if self._bm25 is None or not known:
            return np.zeros(self._size, dtype=np.float32)
        return np.asarray(self._bm25.get_scores(known), dtype=np.float32)

    def coverage(self, stems: Collection[str]) -> np.ndarray:
        """Say how much of some stems each text has; a stem weighs by how few texts have it.

        Returns:
            Shares, float32, shape (n_texts,): 0 none, 1 all of them; a stem no text has weighs most.
        """
        covered = np.zeros(self._size, dtype=np.float32)
        total = 0.0
        for stem in dict.fromkeys(stems):
            numbers = self._texts_with.get(stem, _NO_TEXT)
            weight = math.log(1.0 + self._size / (len(numbers) + 0.5))
            covered[numbers] += weight
            total += weight
        return covered / total if total else covered

    def shared(self, query: str) -> np.ndarray:
        """Say what share of a query's different stems each text has, as it is spelt, float32, shape (n_texts,)."""
        asked = dict.fromkeys(analyse(query, self.language))
        counts = np.zeros(self._size, dtype=np.float32)
        for stem in asked:
            counts[self._texts_with.get(stem, _NO_TEXT)] += 1
        return counts / max(len(asked), 1)

    def nearest_spelling(self, stem: str) -> str | None:
        """Return the stem of the texts that a misspelt one stands for, or None when none is near enough.

        Near enough: one letter added, lost, changed or exchanged with its neighbour, two in a long word; the first
        letter is right.
        """
        if len(stem) < SHORTEST_MENDED or not stem.isalpha():
            return None
        wrong = 2 if len(stem) >= LONG_WORD else 1
        same_start = self._by_letter.get(stem[0], ())
        found = process.extractOne(stem, same_start, scorer=OSA.distance, score_cutoff=wrong)
        return str(found[0]) if found else None


def word_indexes(texts: dict[str, list[str]]) -> dict[str, WordIndex]:
    """Make one word index per language."""
    return {language: WordIndex(texts.get(language, []), language) for language in LANGUAGES}
