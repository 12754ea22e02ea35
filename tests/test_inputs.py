"""What an index is made from beside the entries: the judged queries its calibration is fitted on."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from search.building.inputs import Inputs
from search.library.fingerprint import corpus_hash
from search.library.reader import read_library
from tests.fakes import write_corpus


def write(path: Path, row: dict[str, Any]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(row) + "\n", encoding="utf-8")


def test_a_calibration_is_fitted_on_situations_short_needs_and_what_has_no_answer(tmp_path: Path) -> None:
    corpus = write_corpus(tmp_path / "corpus")
    both = {"fr": "un", "en": "one"}
    folder = corpus / "evaluation"
    write(
        folder / "tune.jsonl",
        both | {"id": "s", "category": "situation", "voice": "officer", "judgements": {"trust-first": 2}},
    )
    write(folder / "plain" / "tune.jsonl", both | {"id": "n", "voice": "old", "judgements": {"trust-first": 3}})
    write(folder / "off-topic" / "tune.jsonl", both | {"id": "o", "category": "word"})
    write(folder / "search-box" / "tune.jsonl", both | {"id": "b", "judgements": {"trust-first": 3}})
    judged = Inputs.of(read_library(corpus)).judged
    assert [(one.id, one.in_scope) for one in judged] == [("s", True), ("n", True), ("b", True), ("o", False)]
    before = corpus_hash(corpus)
    write(folder / "off-topic" / "tune.jsonl", both | {"id": "o", "category": "greeting"})
    assert corpus_hash(corpus) != before


def test_short_needs_alone_do_not_calibrate(tmp_path: Path) -> None:
    corpus = write_corpus(tmp_path / "corpus")
    need = {"id": "n", "voice": "old", "fr": "un", "en": "one", "judgements": {"trust-first": 3}}
    write(corpus / "evaluation" / "plain" / "tune.jsonl", need)
    assert not Inputs.of(read_library(corpus)).judged
