"""The library by rows: passages by entry and language, filters and links as arrays."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from search.entries import LANGUAGES
from search.index.index import Index
from search.index.metadata import Metadata
from tests.fakes import ENTRY_IDS, tiny_index


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    return tiny_index(tmp_path_factory.mktemp("metadata"))


def test_each_passage_is_under_its_entry_and_language(index: Index) -> None:
    metadata = index.metadata
    assert metadata.ids == ENTRY_IDS
    assert [ENTRY_IDS[n] for n in metadata.entry] == [passage.entry_id for passage in index.passages]
    assert [LANGUAGES[n] for n in metadata.language] == [passage.language for passage in index.passages]
    for name in ENTRY_IDS:
        rows = metadata.passages_of(metadata.number[name])
        assert {index.passages[row].entry_id for row in rows} == {name}
    assert sum(metadata.counts.values()) == len(index.passages)


def test_filters_say_which_entries_have_a_value(index: Index) -> None:
    for kind in ("case", "practice", "insight"):
        assert index.metadata.having("kinds", {kind}).tolist() == [entry.kind == kind for entry in index.entries]
    assert index.metadata.having("kinds", {"case", "practice"}).sum() == sum(
        entry.kind in {"case", "practice"} for entry in index.entries
    )
    assert index.metadata.having("outcomes", {"nothing of the kind"}).sum() == 0


def test_a_part_has_all_passages_of_its_entries_and_the_links_between_them(index: Index) -> None:
    metadata = index.metadata
    shown_by = {entry.id: entry.illustrates for entry in index.entries}
    case = next(name for name, practices in shown_by.items() if practices)
    chosen = np.array(sorted({metadata.number[case], metadata.number[shown_by[case][0]]}))
    part = metadata.part(chosen)
    assert {index.passages[row].entry_id for row in part.passages} == {case, shown_by[case][0]}
    assert len(part.passages) == sum(len(metadata.passages_of(int(number))) for number in chosen)
    assert [set(row[row >= 0].tolist()) for row in part.shown] == [{1}, {0}]  # each the other's only neighbour
    texts = [part.passages[row[row >= 0]] for row in part.members]
    found = [{(index.passages[p].entry_id, index.passages[p].language) for p in rows} for rows in texts]
    assert all(len(some) == 1 for some in found)
    assert len({one for some in found for one in some}) == len(texts)


def test_the_whole_is_every_part_together(index: Index) -> None:
    whole = index.metadata.whole
    assert whole.whole
    assert whole.passages.tolist() == list(range(len(index.passages)))
    everything = index.metadata.part(np.arange(len(ENTRY_IDS)))
    assert everything.members.tolist() == whole.members.tolist()
    assert everything.shown.tolist() == whole.shown.tolist()


def test_a_metadata_read_from_a_folder_is_the_one_written(index: Index, tmp_path: Path) -> None:
    index.metadata.save(tmp_path)
    loaded = Metadata.load(tmp_path)
    assert (loaded.ids, loaded.values) == (index.metadata.ids, index.metadata.values)
    assert loaded.whole.members.tolist() == index.metadata.whole.members.tolist()
    assert loaded.sentences.tolist() == index.metadata.sentences.tolist()
    assert loaded.having("kinds", {"case"}).tolist() == index.metadata.having("kinds", {"case"}).tolist()


def test_nothing_has_metadata_too(tmp_path: Path) -> None:
    none = Metadata.of((), ())
    assert none.whole.passages.tolist() == []
    none.save(tmp_path)
    assert Metadata.load(tmp_path).counts == {"fr": 0, "en": 0}
