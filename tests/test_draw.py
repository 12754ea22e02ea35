"""The pictures of the benchmark."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

pytest.importorskip("matplotlib")

from scripts.bench import draw


def test_every_engine_and_size_is_in_the_picture(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ours = {"p50": 3.0, "build": 4.0, "load": 0.2, "memory": 300.0}
    for name, size in (("small", 10), ("large", 1_000)):
        figures = {str(size): {"Passerelle": ours, "FAISS flat": {"p50": 1.0, "build": 0.1}}}
        (tmp_path / f"{name}.json").write_text(json.dumps(figures), encoding="utf-8")
    files = [str(tmp_path / "large.json"), str(tmp_path / "small.json")]
    assert list(draw.read([Path(file) for file in files])) == [10, 1_000]
    monkeypatch.setattr(sys, "argv", ["draw.py", *files, "--output", str(tmp_path)])
    assert draw.main() == 0
    query = (tmp_path / "performance-query.svg").read_text(encoding="utf-8")
    assert ">Passerelle<" in query
    assert ">FAISS flat<" in query
    assert ">Chroma<" not in query
    first = (tmp_path / "performance-growth.svg").read_bytes()
    assert draw.main() == 0
    assert (tmp_path / "performance-growth.svg").read_bytes() == first
