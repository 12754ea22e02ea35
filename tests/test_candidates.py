"""A large library: a query is compared closely with candidates, and answered as if with all."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from search.building.indexing import build_index
from search.encoding.embedding_cache import EmbeddingCache
from search.entries import Entry, Text
from search.index.index import Index
from search.retrieval import candidates as searching
from search.retrieval.candidates import first_stage, gather
from search.retrieval.filters import select
from search.retrieval.query_vectors import encode
from search.retrieval.searcher import Searcher
from search.text.query import parse
from tests.drawn import WORDS, WordVectors, drawn_entries, drawn_library

COUNT = 400
FILTERS: list[dict[str, Any]] = [{}, {"kinds": ["case"]}, {"countries": ["france"]}, {"languages": ["en"]}]


@pytest.fixture(scope="module", params=["flat", "ivf"])
def index(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Index:
    library = drawn_library(tuple(drawn_entries(COUNT)))
    cache = EmbeddingCache(tmp_path_factory.mktemp("drawn") / "embeddings.sqlite")
    try:
        return build_index(library, WordVectors(), cache, index_type=request.param)
    finally:
        cache.close()


def answers(index: Index, query: str, **filters: Any) -> tuple[list[str], int]:
    results = Searcher(index, WordVectors()).search(query, **filters)
    return [hit.entry.id for hit in results.hits], results.total


@pytest.mark.parametrize("filters", FILTERS, ids=str)
def test_candidates_answer_as_all_do(index: Index, filters: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    chance = np.random.default_rng(1)
    queries = [" ".join(chance.choice(WORDS, 5)) for _ in range(20)]
    everything = [answers(index, query, **filters) for query in queries]
    monkeypatch.setattr(searching, "ALL_TO", 0)
    monkeypatch.setattr(searching, "CANDIDATES", 60)
    some = [answers(index, query, **filters) for query in queries]
    assert [total for _, total in some] == [total for _, total in everything]
    assert all(len(ids) == len(others) for (ids, _), (others, _) in zip(some, everything, strict=True))
    same = [len({*ids} & {*others}) / len(others) for (ids, _), (others, _) in zip(some, everything, strict=True)]
    assert np.mean(same) >= 0.95
    # what a filter leaves out lifts what it is linked to, and is no candidate: two firsts of twenty may differ
    firsts = [ids[0] == others[0] for (ids, _), (others, _) in zip(some, everything, strict=True)]
    assert sum(firsts) >= 20 - 2 * bool(filters)


def test_a_name_and_a_quoted_phrase_are_found_among_many(index: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    text = index.passages[401].text
    phrase = " ".join(text.split()[:3])
    everything = [answers(index, "Titre137"), answers(index, f'{index.passages[10].text} "{phrase}"')]
    monkeypatch.setattr(searching, "ALL_TO", 0)
    monkeypatch.setattr(searching, "CANDIDATES", 1)
    assert [answers(index, "Titre137")[0][0], answers(index, f'{index.passages[10].text} "{phrase}"')[0][0]] == [
        ids[0] for ids, _ in everything
    ]
    assert everything[0][0][0] == "entry-0137"
    assert everything[1][0][0] == index.passages[401].entry_id


REPORT = " ".join(WORDS[:6])


def practice(name: str, *texts: str) -> Entry:
    """An entry of one summary and as many passages more."""
    fields: dict[str, Text] = {"title": "Rapport", "summary": texts[0], "obstacles": texts[1:]}
    return Entry(name, "practice", {}, {}, (), (), (), (), {"fr": fields})


def index_of(folder: Path, entries: Sequence[Entry], index_type: str) -> Index:
    with closing(EmbeddingCache(folder / "embeddings.sqlite")) as cache:
        return build_index(
            drawn_library(sorted(entries, key=lambda one: one.id)), WordVectors(), cache, index_type=index_type
        )


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take the library for a large one, of which 20 passages are looked at first."""
    monkeypatch.setattr(searching, "ALL_TO", 0)
    monkeypatch.setattr(searching, "CANDIDATES", 20)


@pytest.fixture(scope="module", params=["flat", "fp16", "ivf"])
def reported(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Index:
    """Many entries, and a report of 688 passages that are all nearer to the query than anything else."""
    report = practice("a-report", *[REPORT] * 688)
    entries = [report, *drawn_entries(COUNT), *(practice(f"z-{n:02}", f"{REPORT} {WORDS[n]}") for n in range(9))]
    return index_of(tmp_path_factory.mktemp("reported"), entries, request.param)


@pytest.mark.usefixtures("few")
@pytest.mark.parametrize("k", [1, 10, 150])
def test_beside_a_report_of_hundreds_of_passages_there_are_as_many_hits_as_are_wanted(reported: Index, k: int) -> None:
    hits = Searcher(reported, WordVectors()).search(REPORT, k=k).hits
    assert len(hits) == k
    assert {hit.entry.id for hit in hits[:10]} <= {"a-report", *(f"z-{n:02}" for n in range(9))}


@pytest.mark.usefixtures("few")
def test_what_is_similar_is_counted_in_entries_too(reported: Index) -> None:
    assert len(Searcher(reported, WordVectors()).similar("z-00", k=30).hits) == 30


@pytest.mark.usefixtures("few")
def test_a_filter_that_leaves_few_gives_all_of_them(reported: Index) -> None:
    results = Searcher(reported, WordVectors()).search(REPORT, k=50, kinds=["practice"])
    assert {hit.entry.id for hit in results} == {"a-report", *(f"z-{n:02}" for n in range(9))}
    assert results.total == 10


@pytest.fixture(scope="module")
def quoted(tmp_path_factory: pytest.TempPathFactory) -> Index:
    """Sixty entries with the words of a phrase in another order, cases and insights in turn, and a late one with it."""
    words = "jardin pont maitier"
    others = [
        replace(entry, texts={"fr": {"title": "Titre", "summary": "pont jardin maitier balton routon."}})
        for entry in drawn_entries(60)
    ]
    last = replace(
        practice("z-last", f"balton {words} routon terler roudin mailer bater rouler, jardin."), country="france"
    )
    stop = practice("z-stop", "baltier, ce que nous sommes, terton.")
    return index_of(tmp_path_factory.mktemp("quoted"), [*others, last, stop], "flat")


@pytest.mark.usefixtures("few")
@pytest.mark.parametrize("filters", [{}, {"kinds": ["practice"]}, {"countries": ["france"]}], ids=str)
def test_a_quoted_phrase_in_a_late_entry_is_found(quoted: Index, filters: dict[str, Any]) -> None:
    assert answers(quoted, '"jardin pont maitier"', **filters)[0][0] == "z-last"


@pytest.mark.usefixtures("few")
def test_filters_come_before_the_passages_looked_through_for_a_phrase_are_cut(
    quoted: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(searching, "LOOKED_THROUGH", 31)  # of 61 with the words; the late one says most besides
    assert answers(quoted, '"jardin pont maitier"', kinds=["practice"])[0][0] == "z-last"
    query = '"jardin pont maitier" balton'
    assert (answers(quoted, query, countries=["france"])[0] or [""])[0] == "z-last"


@pytest.mark.usefixtures("few")
def test_passages_with_the_phrase_are_those_the_words_of_the_query_say_most_of(
    quoted: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(searching, "LOOKED_THROUGH", 1)
    assert answers(quoted, '"jardin pont maitier" terler roudin')[0][0] == "z-last"


@pytest.mark.usefixtures("few")
def test_a_phrase_of_stop_words_is_looked_for_in_what_is_near(quoted: Index) -> None:
    assert answers(quoted, '"ce que nous sommes" baltier')[0][0] == "z-stop"


@pytest.mark.usefixtures("few")
def test_what_training_queries_make_likely_is_cut_behind_the_filters(
    index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(searching, "LIKELY", 5)
    monkeypatch.setattr(searching, "FEWEST", 1)
    selection = select({"kinds": ["insight"]}, index.metadata, index.vocabulary)
    first = first_stage(index, encode(parse(WORDS[0]), WordVectors()), titles=False, spelling=True)
    likely = np.where(selection.entries, 0.0, 0.9)  # every case, before one insight
    likely[398] = 0.5
    taught = replace(first, training=replace(first.training, answers=likely))
    none = np.array([], dtype=np.int64)
    added = {*gather(index, taught, selection, quoting=none).entries.tolist()} - {
        *gather(index, first, selection, quoting=none).entries.tolist()
    }
    assert added == {398, 399}  # and the case that shows it
