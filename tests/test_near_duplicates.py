"""Entries that say nearly the same, with vectors worked out by hand.

The mean of each entry's passages, on the axes trust, money, building, garden (see tests/fakes.py; r is 0.7071, French
and English counting the same):

    commitment-charter    trust 3, money 1            cosine with participatory-budget: (3·1 + 1·3) / 10 = 0.6
    participatory-budget  trust 1, money 3
    brussels-budget       trust 1 + r, money 1 + r    cosine with lille-barracks: r·r / |(r, 2 + r)| = 0.1787
    lille-barracks        money r, building 2 + r
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

import search
from search.curation.near_duplicates import (
    check_allowed_pairs,
    check_near_duplicates,
    mean_vectors,
    near_duplicates,
    read_allowed_pairs,
)
from search.encoding.embedding_cache import EmbeddingCache
from search.library.reader import read_library
from tests.fakes import TINY_CORPUS, CountingEncoder, Main, replace_text


@pytest.fixture
def cache(tmp_path: Path) -> Iterator[EmbeddingCache]:
    cache = EmbeddingCache(tmp_path / "embeddings.sqlite")
    yield cache
    cache.close()


def test_an_entry_points_where_its_passages_do_on_average(cache: EmbeddingCache) -> None:
    entries = read_library(TINY_CORPUS).entries
    vectors = mean_vectors(entries, CountingEncoder(), cache)
    found = {entry.id: vector for entry, vector in zip(entries, vectors, strict=True)}
    assert found["commitment-charter"] == pytest.approx(np.array([3, 1, 0, 0]) / 10**0.5, abs=1e-6)
    assert found["brussels-budget"] == pytest.approx(np.array([1, 1, 0, 0]) / 2**0.5, abs=1e-6)
    assert found["garden-network"] == pytest.approx(np.array([0, 1, 0, 2]) / 5**0.5, abs=1e-6)


def test_an_entry_that_says_nothing_the_encoder_knows_is_like_no_other(corpus: Path, cache: EmbeddingCache) -> None:
    for old in ("jardin par", "jardin prête", "pas d’argent"):
        replace_text(corpus / "resources/garden-network.yaml", old, "x")
    entry = next(entry for entry in read_library(corpus).entries if entry.id == "garden-network")
    assert mean_vectors([entry], CountingEncoder(), cache).tolist() == [[0, 0, 0, 0]]


def test_pairs_of_one_kind_come_closest_first(cache: EmbeddingCache) -> None:
    pairs = near_duplicates(read_library(TINY_CORPUS), CountingEncoder(), cache, bound=0.1)
    assert [(pair.first.id, pair.second.id) for pair in pairs] == [
        ("commitment-charter", "participatory-budget"),
        ("brussels-budget", "lille-barracks"),
    ]  # brussels-budget and trust-first have 0.92 between them, but are a case and a condition
    assert [pair.cosine for pair in pairs] == pytest.approx([0.6, 0.1787], abs=1e-4)


@pytest.mark.parametrize(("bound", "expected"), [(0.59, 1), (0.61, 0)])
def test_the_bound_decides(cache: EmbeddingCache, bound: float, expected: int) -> None:
    assert len(near_duplicates(read_library(TINY_CORPUS), CountingEncoder(), cache, bound=bound)) == expected


def test_a_pair_that_is_too_close_is_a_problem(cache: EmbeddingCache) -> None:
    found = check_near_duplicates(read_library(TINY_CORPUS), CountingEncoder(), cache, bound=0.5)
    assert list(map(str, found)) == [
        "practices/commitment-charter.yaml:1 is nearly practices/participatory-budget.yaml (cosine 0.600): merge them, "
        "say in each what sets it apart, or add [commitment-charter, participatory-budget] to near-duplicates.yaml"
    ]


@pytest.mark.parametrize(
    "pair", ["[commitment-charter, participatory-budget]", "[participatory-budget, commitment-charter]"]
)
def test_a_pair_that_is_meant_to_be_close_is_none(corpus: Path, cache: EmbeddingCache, pair: str) -> None:
    (corpus / "near-duplicates.yaml").write_text(f"- {pair} # why\n", encoding="utf-8")
    library = read_library(corpus)
    assert check_near_duplicates(library, CountingEncoder(), cache, bound=0.5) == []
    assert read_allowed_pairs(library) == ({frozenset({"commitment-charter", "participatory-budget"})}, [])


@pytest.mark.parametrize("content", [None, "", "# nothing yet\n", "[]\n"])
def test_the_list_may_be_missing_or_empty(corpus: Path, content: str | None) -> None:
    if content is not None:
        (corpus / "near-duplicates.yaml").write_text(content, encoding="utf-8")
    assert read_allowed_pairs(read_library(corpus)) == (frozenset(), [])


FAULTS = {
    "an unknown id": ("[lille-barracks, gone]", "no entry has the id 'gone': mend it, or take the pair out"),
    "two unknown ids": ("[lost, gone]", "no entry has the id 'lost', 'gone': mend it, or take the pair out"),
    "one id": ("[lille-barracks]", "['lille-barracks'] must be [id, id]"),
    "no pair": ("lille-barracks", "'lille-barracks' must be [id, id]"),
    "numbers": ("[1, 2]", "[1, 2] must be [id, id]"),
    "an entry with itself": (
        "[lille-barracks, lille-barracks]",
        "'lille-barracks' is paired with itself: take the pair out",
    ),
    "a pair twice": (
        "[brussels-budget, lille-barracks]",
        "the pair ['brussels-budget', 'lille-barracks'] is given twice: take one out",
    ),
    "two kinds": (
        "[lille-barracks, trust-first]",
        "['lille-barracks', 'trust-first'] are of two kinds (case, condition) and not compared: take the pair out",
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_pair_that_cannot_be_is_reported_with_its_line(corpus: Path, fault: str) -> None:
    row, message = FAULTS[fault]
    good = "# pairs\n- [lille-barracks, brussels-budget]\n"
    (corpus / "near-duplicates.yaml").write_text(f"{good}- {row}\n", encoding="utf-8")
    assert list(map(str, check_allowed_pairs(read_library(corpus)))) == [f"near-duplicates.yaml:3 {message}"]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"a: b\n", "near-duplicates.yaml:1 must be a list of [id, id]"),
        (b"- [a\n", "near-duplicates.yaml:2 is not YAML: "),
        (b"[" * 1_000_000, "near-duplicates.yaml is nested too deeply"),
        (b"- - " * 200_000, "near-duplicates.yaml is nested too deeply"),
        (b"#" * 5_000_001, "near-duplicates.yaml has 5,000,001 characters; at most 5,000,000 are read"),
        (b"- &a [x, y]\n- *a\n", "near-duplicates.yaml:1 uses an anchor (&) more than once (*); write it out"),
        (b"- [\xe9, a]\n", "near-duplicates.yaml:1 is not UTF-8; save it as UTF-8"),
    ],
)
def test_a_list_that_cannot_be_read_is_reported(corpus: Path, content: bytes, message: str) -> None:
    (corpus / "near-duplicates.yaml").write_bytes(content)
    (problem,) = check_allowed_pairs(read_library(corpus))
    assert str(problem).startswith(message)


@pytest.fixture
def twins(corpus: Path) -> Path:
    """The tiny corpus with one practice told twice."""
    shutil.copy(corpus / "practices/commitment-charter.yaml", corpus / "practices/twin.yaml")
    replace_text(corpus / "practices/twin.yaml", "id: commitment-charter", "id: twin")
    return corpus


def test_the_check_looks_for_twins_only_when_asked_and_keeps_vectors_beside_the_index(
    monkeypatch: pytest.MonkeyPatch, main: Main, capsys: pytest.CaptureFixture[str], twins: Path, tmp_path: Path
) -> None:
    monkeypatch.setenv("PASSERELLE_INDEX", str(tmp_path / "index"))
    assert main("check", twins) == 1  # the tiny corpus is too short for the rules of writing
    assert "is nearly" not in capsys.readouterr().out
    assert not (tmp_path / "index").exists()
    assert main("check", twins, "--near-duplicates") == 1
    found = "practices/commitment-charter.yaml:1 is nearly practices/twin.yaml (cosine 1.000): merge them, "
    assert found in capsys.readouterr().out
    assert (tmp_path / "index/embeddings.sqlite").exists()


def test_the_check_reads_the_list_of_pairs_without_the_encoder(
    main: Main, capsys: pytest.CaptureFixture[str], corpus: Path
) -> None:
    (corpus / "near-duplicates.yaml").write_text("- [gone, lille-barracks]\n", encoding="utf-8")
    assert main("check", corpus) == 1
    assert (
        "near-duplicates.yaml:1 no entry has the id 'gone': mend it, or take the pair out\n" in capsys.readouterr().out
    )


def test_the_check_says_when_the_model_is_not_there(
    monkeypatch: pytest.MonkeyPatch, main: Main, capsys: pytest.CaptureFixture[str], corpus: Path, tmp_path: Path
) -> None:
    def missing() -> None:
        raise search.ModelMissingError("model", "the folder has no modules.json")

    monkeypatch.setenv("PASSERELLE_INDEX", str(tmp_path / "index"))
    monkeypatch.setattr("search.curation.command.SentenceEncoder", missing)
    assert main("check", corpus, "--near-duplicates") == 2
    assert "modules.json" in capsys.readouterr().err
