"""What rewriting judged queries changes of their answers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean

import numpy as np

from ..encoding.encoder import Encoder
from ..encoding.encoder_traits import KnowsWords, TurnsQueries, knows_word, towards_answers
from ..entries import LANGUAGES
from ..library.judged_queries import JudgedQuery
from ..retrieval.searcher import Searcher
from .rewrites import REWRITES, Rewrite
from .variants import with_encoder


class RememberingEncoder(KnowsWords, TurnsQueries):
    """Encodes no query twice: most rewrites come out as texts that were asked before."""

    def __init__(self, encoder: Encoder) -> None:
        """Take the encoder that is asked once for each text."""
        self.encoder, self.known = encoder, dict[str, np.ndarray]()
        self.name, self.dim = encoder.name, encoder.dim

    def has_word(self, word: str) -> bool:
        """Say whether the encoder knows a word."""
        return knows_word(self.encoder, word)

    def towards_answers(self, vector: np.ndarray) -> np.ndarray:
        """Turn the unit vector of a query, shape (dim,), to where its answers are expected."""
        return towards_answers(self.encoder, vector)

    def encode_query(self, texts: Sequence[str]) -> np.ndarray:
        """Return unit rows, float32, shape (n_texts, dim)."""
        new = [text for text in dict.fromkeys(texts) if text not in self.known]
        if new:
            self.known |= dict(zip(new, self.encoder.encode_query(new), strict=True))
        return np.stack([self.known[text] for text in texts])

    def encode_document(self, texts: Sequence[str]) -> np.ndarray:
        """Return unit rows, float32, shape (n_texts, dim)."""
        return self.encoder.encode_document(texts)


FITTING = 0.95, 0.98
"""Share of the first places that should be the same, and of the silences."""


@dataclass(frozen=True)
class Changed:
    """One telling, asked as it is and rewritten.

    Attributes:
        query: The query told.
        language: Of the telling.
        text: As it was rewritten.
        overlap: Share of the first k that both have in common, 0 to 1; asked as if never silent.
        same_silence: Whether both are answered, or neither.
    """

    query: JudgedQuery
    language: str
    text: str
    overlap: float
    same_silence: bool


Asked = tuple[bool, list[str]]
"""Whether a text is answered, and the ids of its first k as if it were."""


def plain_forms(searcher: Searcher, queries: Sequence[JudgedQuery], *, k: int = 10) -> dict[str, Asked]:
    """Ask every telling as it is; text to what came.

    Args:
        searcher: Any that can abstain.
        queries: Whose tellings, in both languages.
        k: Places that count.

    Returns:
        Each text to whether it is answered, and to the ids of its first k as if it were.
    """
    return {text: _asked(searcher, text, k) for query in queries for text in query.texts.values()}


def changes(
    searcher: Searcher,
    queries: Sequence[JudgedQuery],
    rewrite: Rewrite,
    plain: Mapping[str, Asked],
    *,
    k: int = 10,
) -> list[Changed]:
    """Ask each telling that a rewrite changes once more, rewritten.

    Args:
        searcher: The searcher.
        queries: Whose tellings; their number is what `rewrite` is given.
        rewrite: One of REWRITES.
        plain: Of `plain_forms`.
        k: Places that count.
    """
    found = []
    for number, query in enumerate(queries):
        for language, told in query.texts.items():
            if (text := rewrite(told, language, number)) != told:
                (answered, first), (also, ids) = plain[told], _asked(searcher, text, k)
                shared = len(set(first) & set(ids)) / max(len(first), 1)
                found.append(Changed(query, language, text, shared, answered == also))
    return found


def _asked(searcher: Searcher, text: str, k: int) -> Asked:
    """Say whether a text is answered, and give the ids of the first k as if it were."""
    results = searcher.search(text, k=k)
    hits = results.hits or searcher.search(text, k=k, abstain=False).hits
    return bool(results.hits), [hit.entry.id for hit in hits]


def rewrites_table(searcher: Searcher, queries: Sequence[JudgedQuery], half: str, *, k: int = 10) -> str:
    """Put what each rewrite changes in a table of Markdown.

    Args:
        searcher: The searcher.
        queries: Judged queries of one half, in and out of scope.
        half: Which.
        k: Places that count.
    """
    counted = sum(query.in_scope for query in queries)
    columns = [f"{name} {language}" for name in ("shared", "silence") for language in (*LANGUAGES, "all")]
    return "\n".join(
        [
            f"Rewrites of {counted} situations in scope and {len(queries) - counted} out of scope ({half} half), in "
            f"French and in English, each compared with its plain form: share of the first {k} that both have in "
            f"common (situations in scope; goal {FITTING[0]}), share with the same silence (all; goal {FITTING[1]}).",
            "",
            f"| rewrite | changed | {' | '.join(columns)} |",
            "|---|" + "---|" * (len(columns) + 1),
            *(_row(name, found) for name, found in _every(searcher, queries, k) if found),
        ]
    )


def _every(searcher: Searcher, queries: Sequence[JudgedQuery], k: int) -> Iterator[tuple[str, list[Changed]]]:
    """Yield what each rewrite changes."""
    searcher = with_encoder(searcher, RememberingEncoder(searcher.encoder))
    plain = plain_forms(searcher, queries, k=k)
    for name, rewrite in REWRITES.items():
        yield name, changes(searcher, queries, rewrite, plain, k=k)


def _row(name: str, found: Sequence[Changed]) -> str:
    """Write the line of one rewrite."""
    values = [_mean(found, language, silence) for silence in (False, True) for language in (*LANGUAGES, None)]
    return f"| {name} | {len(found)} | " + " | ".join(values) + " |"


def _mean(found: Sequence[Changed], language: str | None, silence: bool) -> str:
    """Write one mean, of one language or of both; a stroke where nothing was changed."""
    some = [one for one in found if language in (None, one.language) and (silence or one.query.in_scope)]
    return f"{fmean(one.same_silence if silence else one.overlap for one in some):.3f}" if some else "–"
