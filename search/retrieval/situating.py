"""Where a query stands: what the model of situations reads, and what the person said instead."""

from __future__ import annotations

from ..index.index import Index
from ..learning.situation_model import NOT_READ, Situation, stated
from ..text.query import content_words
from .filters import Filters, in_use
from .query_vectors import EncodedQuery

TELLING = 2
"""Content words from which a query may tell a situation: one alone names something, and is no proof of anything."""


def situation_of(index: Index, query: EncodedQuery, said: Filters) -> Situation:
    """Read where a query stands; phases and conditions that were said stand for those that were read.

    Args:
        index: Whose model reads; nothing is read when it has none, nor of a query that only names something.
        query: The query.
        said: ``phases`` and ``conditions`` that the person gave; other names are passed over.
    """
    model = index.situation_model
    telling = len(content_words(query.query.text)) >= TELLING
    read = model.read(query.vector, query.query.clauses, query.clause_vectors) if model and telling else NOT_READ
    wanted = in_use(said, index.vocabulary)
    return stated(read, **{name: wanted.get(name, said.get(name)) for name in ("phases", "conditions")})
