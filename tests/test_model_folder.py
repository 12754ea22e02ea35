"""What the folder of a model says of it, without its weights."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import search.encoding.encoder
from search.encoding.encoder import SHIPPED_MODEL, SentenceEncoder
from search.encoding.model_folder import ModelFacts


def write(folder: Path, name: str, data: object) -> None:
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(json.dumps(data), encoding="utf-8")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A model of two numbers whose vocabulary has the word "town"."""
    write(tmp_path, "modules.json", [{"type": f"some.where.{name}"} for name in ("Transformer", "Pooling")])
    write(tmp_path, "1_Pooling/config.json", {"embedding_dimension": 2, "pooling_mode": "mean"})
    write(tmp_path, "config_sentence_transformers.json", {"prompts": {"query": "ask: ", "document": ""}})
    write(tmp_path, "tokenizer.json", {"model": {"vocab": {"town": 0, "##s": 1}}})
    head = json.dumps({"__metadata__": {}, "one": {"data_offsets": [0, 4]}}).encode()
    (tmp_path / "model.safetensors").write_bytes(len(head).to_bytes(8, "little") + head + b"1234")
    return tmp_path


def test_a_folder_says_how_long_vectors_are_what_is_written_before_a_text_and_which_words_are_known(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search.encoding.encoder, "_load", lambda *_: pytest.fail("the model is loaded"))
    encoder = SentenceEncoder(folder)
    assert (encoder.dim, encoder.prompts, encoder.alike) == (2, {"query": "ask: ", "document": ""}, False)
    assert (encoder.has_word("town"), encoder.has_word("twon")) == (True, False)
    assert (SentenceEncoder(folder, dim=1).dim, SentenceEncoder(folder, dim=9).dim) == (1, 2)


def test_a_model_is_loaded_once_with_the_first_text(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Model:
        def encode_query(self, texts: list[str], **_: object) -> list[list[float]]:
            return [[3.0, 4.0]] * len(texts)

    loaded: list[int] = []
    monkeypatch.setattr(search.encoding.encoder, "_load", lambda *_: (loaded.append(1), Model())[1])
    encoder = SentenceEncoder(folder)
    assert loaded == []
    for _ in range(2):
        assert encoder.encode_query(["a"]).tolist() == [pytest.approx([0.6, 0.8])]
    encoder.load()
    assert loaded == [1]


def cut(folder: Path) -> None:
    weights = folder / "model.safetensors"
    weights.write_bytes(weights.read_bytes()[:-1])


@pytest.mark.parametrize(
    "change",
    [
        cut,
        lambda folder: (folder / "model.safetensors").write_bytes(b""),
        lambda folder: (folder / "model.safetensors").unlink(),
        lambda folder: (folder / "tokenizer.json").write_text("[", encoding="utf-8"),
        lambda folder: write(folder, "modules.json", [{"type": "some.Router"}, {"type": "some.Pooling"}]),
        lambda folder: write(folder, "1_Pooling/config.json", {"word_embedding_dimension": 2}),
        lambda folder: write(folder, "1_Pooling/config.json", {"embedding_dimension": 2, "pooling_mode": "mean max"}),
    ],
    ids=["cut", "empty", "no weights", "half a tokenizer", "router", "older pooling", "two vectors in a row"],
)
def test_a_folder_that_does_not_say_it_or_is_not_whole_is_left_to_the_loading(
    change: Callable[[Path], object], folder: Path
) -> None:
    change(folder)
    assert ModelFacts.read(folder) is None


def test_a_folder_that_is_no_model_says_nothing(tmp_path: Path) -> None:
    assert ModelFacts.read(tmp_path) is None


@pytest.mark.model
def test_the_shipped_model_is_what_its_folder_says(tmp_path: Path) -> None:
    known = SentenceEncoder()
    folder = tmp_path / "model"
    shutil.copytree(SHIPPED_MODEL, folder)
    pooling = json.loads((folder / "1_Pooling" / "config.json").read_text(encoding="utf-8"))
    write(folder, "1_Pooling/config.json", {"word_embedding_dimension": pooling["embedding_dimension"]})
    loaded = SentenceEncoder(folder)  # the older form: it is loaded at once
    assert "sentence_transformers" in sys.modules
    for name in ("dim", "prompts", "alike", "_words"):
        assert getattr(known, name) == getattr(loaded, name)
