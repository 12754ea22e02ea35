"""Whatever texts an index holds, a search answers: the readers refuse most of these, an index must not rely on it."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search.building.indexing import build_index
from search.encoding.embedding_cache import EmbeddingCache
from search.entries import Entry, Passage, Text
from search.index.reading import load_index
from search.index.writing import save_index
from search.retrieval import candidates
from search.retrieval.searcher import Searcher
from tests.drawn import drawn_library
from tests.fakes import CountingEncoder

QUERIES = ("trust", '"trust" garden', "un jardin, sans argent, et la confiance manque", "?", "Titre")
TEXTS = st.sampled_from(
    ["", " ", "\u00a0\u2003", "\n\n", "\u200b", ".", "…", "trust", "Le jardin.\n \nLa confiance.", "x" * 2_000]
)
ROW = st.dictionaries(st.sampled_from(["summary", "description", "obstacles"]), TEXTS)


def entry(name: str, texts: Mapping[str, Mapping[str, Text]]) -> Entry:
    return Entry(name, "practice", {}, {}, (), (), (), (), texts)


def searcher_of(folder: Path, *entries: Entry) -> Searcher:
    """Build an index, write it and read it."""
    with closing(EmbeddingCache(folder / "embeddings.sqlite")) as cache:
        save_index(build_index(drawn_library(entries), CountingEncoder(), cache), folder / "index")
    return Searcher(load_index(folder / "index", CountingEncoder()), CountingEncoder())


def with_passages(monkeypatch: pytest.MonkeyPatch, *texts: str) -> None:
    """Let every entry have passages of these texts, which nobody would cut it into."""
    monkeypatch.setattr(
        "search.building.indexing.passages_of",
        lambda one: [Passage(one.id, "fr", "summary", n, text) for n, text in enumerate(texts)],
    )


@pytest.mark.parametrize("blank", ["", "   ", "\u00a0", "\n \n"])
def test_a_passage_without_a_sentence_is_shown_as_it_is(
    blank: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_passages(monkeypatch, blank)
    found = searcher_of(tmp_path, entry("a", {"fr": {"title": "La confiance", "summary": "Rien."}}))
    [hit] = found.search("trust, no garden").hits
    assert (hit.entry.id, hit.passage.text, hit.sentence) == ("a", blank, blank.strip())
    assert [one.entry.id for one in found.search('"confiance"').hits] == ["a"]


def test_a_library_without_a_passage_answers_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with_passages(monkeypatch)
    found = searcher_of(tmp_path, entry("a", {"fr": {"title": "La confiance"}}))
    for query in QUERIES:
        assert found.search(query).hits == ()
    assert found.similar("a").hits == ()


def test_an_entry_with_a_title_only_is_found_by_it(tmp_path: Path) -> None:
    title = entry("a", {"fr": {"title": "La confiance"}})
    found = searcher_of(tmp_path, title, entry("b", {"en": {"title": "One", "summary": "The garden."}}))
    assert [hit.entry.id for hit in found.search("garden").hits] == ["b", "a"]
    assert [hit.entry.id for hit in found.search("trust").hits] == ["a", "b"]
    assert found.search("trust").hits[0].sentence == "La confiance"
    assert [hit.entry.id for hit in found.similar("a").hits] == ["b"]


@pytest.mark.parametrize("all_to", [candidates.ALL_TO, 0])
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(ROW, min_size=1, max_size=4))
def test_any_texts_can_be_searched(
    all_to: int, rows: list[dict[str, str]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    fields = [{name: (text,) if name == "obstacles" else text for name, text in row.items()} for row in rows]
    entries = [entry(f"e{n}", {"fr": {"title": f"Titre {n}", **one}}) for n, one in enumerate(fields)]
    found = searcher_of(tmp_path_factory.mktemp("any"), *entries)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(candidates, "ALL_TO", all_to)
        for query in QUERIES:
            for hit in found.search(query, k=9).hits:
                assert hit.sentence in hit.passage.text
            assert found.search(query, languages=["en"]).hits == ()
        assert len(found.similar("e0").hits) <= len(entries) - 1
