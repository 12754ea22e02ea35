"""Engines beside Passerelle: what is compared with what, on passages whose answers are known."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("psutil")

from scripts.bench import peers
from scripts.bench.peer_engines import Bm25s, Engine, Faiss, Passages, Question

PASSAGES = Passages(
    texts=["garden garden trust", "garden", "money", "trust money"],
    languages=["en"] * 4,
    vectors=np.array([[1, 0], [0.8, 0.6], [0, 1], [0.6, 0.8]], dtype=np.float32),
    narrow=np.array([False, True, False, True]),
)
ASKED = Question("a garden", np.array([1, 0], dtype=np.float32))


@pytest.mark.parametrize(
    ("engine", "wide", "narrow"), [(Faiss(), [0, 1, 3, 2], [1, 3]), (Bm25s(), [0, 1], [1])], ids=["faiss", "bm25s"]
)
def test_an_engine_answers_from_its_folder_with_and_without_the_filter(
    tmp_path: Path, engine: Engine, wide: list[int], narrow: list[int]
) -> None:
    engine.build(PASSAGES, tmp_path)
    ask = engine.open(tmp_path)
    assert sorted(ask(ASKED, 4, False)) == sorted(wide)
    assert list(ask(ASKED, 4, True)) == narrow


def test_recall_is_the_share_of_the_truly_nearest_that_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(peers, "K", 2)
    wide = peers.truly_nearest(PASSAGES, [ASKED], narrow=False)
    narrow = peers.truly_nearest(PASSAGES, [ASKED], narrow=True)
    assert (wide.tolist(), narrow.tolist()) == ([[0, 1]], [[1, 3]])
    assert peers.recall_of(lambda *_: [1, 2], [ASKED], wide, narrow=False) == 0.5


def test_one_entry_in_a_hundred_passes_the_narrow_filter() -> None:
    kinds = [entry.kind for entry in peers.with_cases(600).entries]
    assert [n for n, kind in enumerate(kinds) if kind == "case"] == [0, 100, 200]


def test_a_row_has_what_was_measured_and_gaps_where_nothing_was() -> None:
    rows = list(peers.table({"bm25s": {"build": 1.5, "load": 0.25, "memory": 80.0, "p50": 1, "p95": 2}}))
    assert rows[2] == "| bm25s | 1.50 | 0.25 | 80.00 | 1.00 | 2.00 |  |  |  |  |"


def test_passerelle_is_told_as_a_share_of_txtai() -> None:
    found = {
        "Passerelle": {"p50": 6.0, "narrow p50": 4.0, "build": 30.0},
        "txtai hybrid": {"p50": 12.0, "narrow p50": 16.0, "build": 10.0},
    }
    assert peers.beside_txtai(found) == "Of txtai's hybrid: query 0.50, under the filter 0.25, build 3.0."
    assert peers.beside_txtai({"Passerelle": {"p50": 6.0}}) == ""
