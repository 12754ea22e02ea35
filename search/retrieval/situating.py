"""Where a query stands: what the model of situations reads, and what the person said instead."""

from __future__ import annotations

from ..index.index import Index
from ..learning.situation_model import NOT_READ, Situation, stated
from ..text.analysis import is_stop_word
from ..text.concerns import cues, only_introduces
from ..text.query import Query, plain
from .filters import Filters, in_use
from .query_vectors import EncodedQuery

FEWEST_WORDS = 5
"""A shorter text that only names something ("tirage au sort") tells of no situation."""

NAMING = frozenset(
    {"a", "an", "and", "as", "at", "between", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with"}
    | {"au", "aux", "avec", "d", "dans", "de", "des", "du", "en", "entre", "et", "l", "la", "le", "les", "ou", "par"}
    | {"pour", "sur", "un", "une"}
)
"""Function words that a name may have, as `plain` writes them."""


def tells(query: Query) -> bool:
    """Say whether a text tells of a situation: a noun alone does not, nor what something is called."""
    words = plain(query.read).split()
    return (
        len(words) >= FEWEST_WORDS
        or any(is_stop_word(word) and word not in NAMING for word in words)
        or bool(cues(query.read, 1, 2)["trouble"])
    )


def situation_of(index: Index, query: EncodedQuery, said: Filters, *, read: bool = True) -> Situation:
    """Read where a query stands; phases and conditions that were said stand for those that were read.

    Args:
        index: Whose model reads; nothing is read when it has none, nor of a query that only names something or says who
            somebody is.
        query: The query.
        said: ``phases`` and ``conditions`` that the person gave; other names are passed over.
        read: Whether the text is read: not where a place is all that is asked.
    """
    clauses = query.query.clauses
    told = [n for n, clause in enumerate(clauses) if not only_introduces(clause)]
    model = index.situation_model if read and told and tells(query.query) else None
    parts = [clauses[n] for n in told]
    found = model.read(query.vector, parts, query.clause_vectors[told]) if model else NOT_READ
    wanted = in_use(said, index.vocabulary)
    return stated(found, **{name: wanted.get(name, said.get(name)) for name in ("phases", "conditions")})
